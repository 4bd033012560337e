//! Flows of OAuth 2: what is asked, what is kept, what is refused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sample_client::*;
use serde_json::{Value, json};
use tokio::time::{Instant, advance};

use crate::provider::BASE_URL;

/// Responds with one object after the other.
fn answers(objects: impl IntoIterator<Item = (u16, Value)>) -> Recorder {
    let recorder = Recorder::new();
    objects
        .into_iter()
        .fold(recorder, |recorder, (status, object)| {
            recorder.json(status, &object)
        })
}

fn issued(number: u32) -> (u16, Value) {
    let (access, refresh) = (format!("a{number}"), format!("r{number}"));
    let object = json!({
        "access_token": access, "token_type": "Bearer", "expires_in": 3600, "refresh_token": refresh
    });
    (200, object)
}

fn server(recorder: &Recorder) -> AuthorizationServer {
    let server = AuthorizationServer::new(Client::GRANTS).base_url("https://api.test/v1");
    server.transport(recorder.clone())
}

fn app(recorder: &Recorder) -> OAuthClient {
    server(recorder).client("app").secret("s3cret:ü")
}

/// The form of each request, after its URL.
fn forms(recorder: &Recorder) -> Vec<(String, BTreeMap<String, String>)> {
    let requests = recorder.requests();
    let decoded = |text: &str| {
        text.replace("%3A", ":")
            .replace("%20", " ")
            .replace("%2F", "/")
    };
    let form = |request: &RecordedRequest| {
        let body = String::from_utf8(request.body.to_vec()).unwrap();
        let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
        let pairs = pairs.map(|(name, value)| (name.to_owned(), decoded(value)));
        (request.uri.to_string(), pairs.collect())
    };
    requests.iter().map(form).collect()
}

fn form<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A client of the API, and the tokens that it sends.
fn api(token: impl Into<Secret>) -> (Client, Recorder) {
    let recorder = Recorder::new().respond(|_| {
        let response = http::Response::builder().status(204);
        Ok(response.body(Body::empty()).unwrap())
    });
    let client = Client::builder(BASE_URL).grants(token);
    let client = client.transport(recorder.clone()).build().unwrap();
    (client, recorder)
}

fn sent(recorder: &Recorder) -> Vec<String> {
    let requests = recorder.requests();
    let header = |request: &RecordedRequest| request.headers["authorization"].clone();
    let values = requests.iter().map(header);
    values
        .map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_client_gets_tokens_for_itself_and_keeps_them() {
    let recorder = answers([issued(1), issued(2)]);
    let app = app(&recorder)
        .scopes(["read", "write"])
        .parameter("audience", "x");
    let (client, calls) = api(app.client_credentials().unwrap());
    for _ in 0..3 {
        client.oauth().get_by_token().await.unwrap();
    }
    advance(Duration::from_secs(3500)).await;
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(
        sent(&calls),
        ["Bearer a1", "Bearer a1", "Bearer a1", "Bearer a2"]
    );
    let wanted = form([
        ("grant_type", "client_credentials"),
        ("scope", "read write"),
        ("audience", "x"),
    ]);
    let url = "https://api.test/oauth/token".to_owned();
    assert_eq!(
        forms(&recorder),
        [(url.clone(), wanted.clone()), (url, wanted)]
    );
    // RFC 6749, section 2.3.1: both are encoded as in a form.
    let basic = recorder.requests()[0].headers["authorization"].clone();
    assert_eq!(basic, "Basic YXBwOnMzY3JldCUzQSVDMyVCQw==");
    assert!(basic.is_sensitive());
}

#[tokio::test(start_paused = true)]
async fn refresh_tokens_are_replaced_and_told() {
    let invalid = (
        400,
        json!({ "error": "invalid_grant", "error_description": "over" }),
    );
    let recorder = answers([issued(1), issued(2), invalid]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = told.clone();
    let app = app(&recorder).secret_in_body().on_tokens(move |issued| {
        let refresh = issued.refresh_token().map(str::to_owned);
        list.lock().unwrap().push(refresh.unwrap());
    });
    let tokens = app.refresh_token("r0").unwrap();
    assert_eq!(tokens.access_token().await.unwrap(), "a1");
    advance(Duration::from_secs(3600)).await;
    assert_eq!(tokens.access_token().await.unwrap(), "a2");
    assert_eq!(*told.lock().unwrap(), ["r1", "r2"]);
    let wanted = |token| {
        form([
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", "app"),
            ("client_secret", "s3cret:%C3%BC"),
        ])
    };
    let url = "https://api.test/oauth/refresh".to_owned();
    assert_eq!(
        forms(&recorder),
        [(url.clone(), wanted("r0")), (url, wanted("r1"))]
    );
    // Once it is over, the server isn't asked again.
    advance(Duration::from_secs(3600)).await;
    for code in [Some("invalid_grant"), None] {
        let error = tokens.access_token().await.unwrap_err();
        let error = OAuthError::of(error.as_ref()).unwrap().clone();
        assert_eq!(error.code(), code, "{error}");
    }
    assert_eq!(recorder.requests().len(), 3);
}

#[tokio::test]
async fn an_authorization_is_redeemed_by_its_own_redirection_only() {
    let recorder = answers([issued(1)]);
    let app = server(&recorder).client("app").scopes(["read"]);
    // The example of RFC 7636, appendix B.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let authorization = app
        .resume("http://127.0.0.1/cb", "st/te", verifier)
        .unwrap();
    assert_eq!(
        authorization.url(),
        "https://api.test/oauth/authorize?response_type=code&client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb\
         &state=st%2Fte&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&scope=read"
    );
    for (redirected, problem) in [
        (
            "http://127.0.0.1/cb?code=c&state=other",
            "its state is not that",
        ),
        ("http://127.0.0.1/cb?code=c", "its state is not that"),
        (
            "http://127.0.0.1/cb?state=st/te&state=st/te&code=c",
            "its state is not that",
        ),
        ("http://127.0.0.1/cb?state=st%2Fte", "it has no code"),
        (
            "?state=st%2Fte&error=access_denied&error_description=not+now%1b[2J",
            "access_denied: not now\\u{1b}[2J",
        ),
    ] {
        let error = authorization.clone().redeem(redirected).await.unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
    assert_eq!(recorder.requests().len(), 0);
    let redirected = "http://127.0.0.1/cb?code=c%201&state=st%2Fte#_";
    let tokens = authorization.redeem(redirected).await.unwrap();
    assert_eq!(tokens.access_token().await.unwrap(), "a1");
    assert_eq!(tokens.issued().refresh_token(), Some("r1"));
    let wanted = form([
        ("grant_type", "authorization_code"),
        ("code", "c 1"),
        ("redirect_uri", "http://127.0.0.1/cb"),
        ("code_verifier", verifier),
        ("client_id", "app"),
    ]);
    assert_eq!(forms(&recorder)[0].1, wanted);
    // Each has its own state and verifier.
    let (one, other) = (app.authorize("x").unwrap(), app.authorize("x").unwrap());
    assert_eq!((one.verifier().len(), one.state().len()), (43, 43));
    assert!(one.verifier() != other.verifier() && one.state() != other.state());
    assert_ne!(one.verifier(), one.state());
}

#[tokio::test(start_paused = true)]
async fn a_device_waits_as_long_as_the_server_says() {
    let refused = |code| (400, json!({ "error": code }));
    let device = json!({
        "device_code": "d", "user_code": "AB-CD", "verification_uri": "https://api.test/d",
        "expires_in": 600, "interval": 2
    });
    let pending = refused("authorization_pending");
    let recorder = answers([
        (200, device),
        pending.clone(),
        refused("slow_down"),
        (503, json!({})),
        issued(1),
    ]);
    let app = server(&recorder).client("app").scopes(["read"]);
    let begin = Instant::now();
    let device = app.authorize_device().await.unwrap();
    assert_eq!(device.user_code(), "AB-CD");
    assert_eq!(device.verification_uri(), "https://api.test/d");
    assert_eq!(device.expires_in(), Duration::from_secs(600));
    let tokens = device.tokens().await.unwrap();
    assert_eq!(tokens.access_token().await.unwrap(), "a1");
    // 2 and 2, then 5 more, then twice as long.
    assert_eq!(begin.elapsed().as_secs(), 2 + 2 + 7 + 14);
    let forms = forms(&recorder);
    assert_eq!(forms[0].0, "https://api.test/oauth/device");
    assert_eq!(forms[0].1, form([("client_id", "app"), ("scope", "read")]));
    let wanted = form([
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", "d"),
        ("client_id", "app"),
    ]);
    assert_eq!(forms[1].1, wanted);
}

#[tokio::test(start_paused = true)]
async fn a_device_does_not_wait_forever() {
    let device = json!({ "device_code": "d", "user_code": "u", "verification_uri": "https://x", "expires_in": 12 });
    let recorder = answers([
        (200, device),
        (400, json!({ "error": "authorization_pending" })),
        (400, json!({ "error": "authorization_pending" })),
    ]);
    let device = app(&recorder).authorize_device().await.unwrap();
    let error = device.tokens().await.unwrap_err();
    assert_eq!(error.code(), Some("expired_token"));
    assert_eq!(recorder.requests().len(), 3);
}

#[tokio::test]
async fn a_password_is_only_given_to_servers_that_want_it() {
    let again = (400, json!({ "error": "invalid_grant" }));
    let recorder = answers([issued(1), again, issued(2)]);
    let tokens = app(&recorder).password("ann", "pw").unwrap();
    let (client, calls) = api(tokens);
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(forms(&recorder)[0].1["grant_type"], "password");
    assert_eq!(sent(&calls), ["Bearer a1"]);
    let found =
        discovered(json!({ "issuer": "https://id.test", "token_endpoint": "https://id.test/t" }));
    let error = found.await.unwrap().client("app").password("ann", "pw");
    assert!(matches!(error, Err(OAuthError::Missing(_))));
}

/// The server `https://id.test`, whose metadata is this.
async fn discovered(metadata: Value) -> Result<AuthorizationServer, OAuthError> {
    let recorder = answers([(200, metadata)]);
    let server = AuthorizationServer::at("https://id.test").transport(recorder);
    server.discover().await
}

#[tokio::test]
async fn metadata_is_looked_for_where_it_may_be() {
    let metadata = json!({ "issuer": "https://id.test/a", "token_endpoint": "https://id.test/t" });
    let missing = (404, json!({}));
    let recorder = answers([missing.clone(), missing, (200, metadata)]);
    let server = AuthorizationServer::at("https://id.test/a").transport(recorder.clone());
    let server = server.discover().await.unwrap();
    let found = server.metadata().unwrap();
    assert_eq!(found.token_endpoint.as_deref(), Some("https://id.test/t"));
    let urls: Vec<String> = forms(&recorder).into_iter().map(|(url, _)| url).collect();
    assert_eq!(
        urls,
        [
            "https://id.test/.well-known/oauth-authorization-server/a",
            "https://id.test/a/.well-known/openid-configuration",
            "https://id.test/.well-known/openid-configuration/a",
        ]
    );
}

#[tokio::test]
async fn metadata_of_others_is_rejected() {
    let of_another =
        json!({ "issuer": "https://evil.test", "token_endpoint": "https://evil.test/t" });
    let error = discovered(of_another).await.unwrap_err();
    assert!(
        error.to_string().contains("that of another issuer"),
        "{error}"
    );
    // Secrets that belong to https aren't sent without.
    let plain = json!({ "issuer": "https://id.test", "token_endpoint": "http://id.test/t" });
    let server = discovered(plain).await.unwrap();
    let error = server.client("app").client_credentials();
    assert!(matches!(error, Err(OAuthError::Url("token endpoint"))));
    let nothing = answers([(404, json!({ "error": "x" })), (200, json!([]))]);
    let server = AuthorizationServer::at("https://id.test").transport(nothing);
    let error = server.discover().await.unwrap_err();
    assert!(matches!(error, OAuthError::Missing("metadata")), "{error}");
}

#[tokio::test]
async fn a_client_registers_and_is_one() {
    let metadata = json!({
        "issuer": "https://id.test",
        "authorization_endpoint": "https://id.test/a?x=1",
        "token_endpoint": "https://id.test/t",
        "registration_endpoint": "https://id.test/r",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
        "authorization_response_iss_parameter_supported": true,
    });
    let registered = json!({ "client_id": "c1", "client_secret": "s1" });
    let recorder = answers([(200, metadata), (201, registered), issued(1)]);
    let server = AuthorizationServer::at("https://id.test").transport(recorder.clone());
    let server = server.discover().await.unwrap();
    let registration = ClientRegistration::new(["https://app.test/cb"]).name("App");
    let registered = server
        .register(&registration.initial_access_token("i1"))
        .await
        .unwrap();
    assert_eq!((registered.id(), registered.secret()), ("c1", Some("s1")));
    let request = &recorder.requests()[1];
    assert_eq!(request.headers["authorization"], "Bearer i1");
    let wanted = json!({ "redirect_uris": ["https://app.test/cb"], "client_name": "App" });
    assert_eq!(request.json::<Value>().unwrap(), wanted);
    let authorization = registered
        .client()
        .authorize("https://app.test/cb")
        .unwrap();
    assert!(
        authorization
            .url()
            .starts_with("https://id.test/a?x=1&response_type=code&")
    );
    let state = authorization.state().to_owned();
    for rest in ["", "&iss=https%3A%2F%2Fevil.test"] {
        let redirected = format!("https://app.test/cb?code=c&state={state}{rest}");
        let error = authorization.clone().redeem(&redirected).await.unwrap_err();
        assert!(matches!(error, OAuthError::Redirect(_)), "{error}");
    }
    let redirected = format!("https://app.test/cb?code=c&state={state}&iss=https%3A%2F%2Fid.test");
    authorization.redeem(&redirected).await.unwrap();
    // The server takes secrets in the body only.
    assert_eq!(forms(&recorder)[2].1["client_secret"], "s1");
}

#[tokio::test]
async fn what_a_server_sends_is_checked_and_bounded() {
    for (status, object, problem) in [
        (200, json!({ "token_type": "bearer" }), "no access token"),
        (
            200,
            json!({ "access_token": "a", "token_type": "mac" }),
            "no bearer token",
        ),
        (200, json!({ "access_token": "a\nb" }), "can't be sent"),
        (
            200,
            json!({ "error": "bad_verification_code" }),
            "refused: bad_verification_code",
        ),
        (500, json!([]), "responded with 500"),
        (302, json!({}), "responded with 302"),
        (400, json!({ "error": "e".repeat(100_000) }), "refused: eee"),
        (
            200,
            json!({ "access_token": "a".repeat(1 << 20) }),
            "too large",
        ),
    ] {
        let recorder = answers([(status, object)]);
        let (client, _) = api(app(&recorder).client_credentials().unwrap());
        let error = client.oauth().get_by_token().await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(problem) && text.len() < 1000, "{text}");
        assert!(OAuthError::of(&error).is_some(), "{error:?}");
        assert_eq!(error.is_retryable(), status == 500, "{error}");
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let recorder = answers([issued(1)]);
    let app = app(&recorder);
    let tokens = app.client_credentials().unwrap();
    tokens.access_token().await.unwrap();
    let authorization = app.resume("x", "state", "verifier").unwrap();
    let shown = format!("{app:?} {tokens:?} {:?} {authorization:?}", tokens.issued());
    for secret in ["s3cret", "a1", "r1", "verifier"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn flows_work_outside_of_async_code() {
    let recorder = answers([issued(1)]);
    let authorization = app(&recorder).resume("x", "s", "v").unwrap();
    let tokens = authorization.redeem_blocking("code=c&state=s").unwrap();
    assert_eq!(tokens.issued().access_token(), "a1");
}

/// oauth2-mock-server (npm), which nobody here wrote: `tests/oauth/run.py` installs it, starts it, and runs this.
#[tokio::test]
async fn the_mock_server_of_others_issues_tokens() {
    let Ok(url) = std::env::var("OAUTH_URL") else {
        eprintln!("OAUTH_URL isn't set, so oauth2-mock-server is not asked");
        return;
    };
    let server = AuthorizationServer::at(&url).discover().await.unwrap();
    let app = server.client("app").secret("s3cret").scopes(["read"]);
    let (client, calls) = api(app.client_credentials().unwrap());
    client.oauth().get_by_token().await.unwrap();
    client.oauth().get_by_token().await.unwrap();
    let first = sent(&calls);
    // A token of three parts, a JSON Web Token, which was kept.
    assert!(
        first[0] == first[1] && first[0].split('.').count() == 3,
        "{first:?}"
    );
    let authorization = app.authorize("http://127.0.0.1:1/cb").unwrap();
    let browser = Client::builder(&url).max_redirects(0).build().unwrap();
    let path = authorization.url().strip_prefix(&url).unwrap();
    let redirected = browser.raw(Method::GET, path).await.unwrap();
    let location = redirected.headers()["location"]
        .to_str()
        .unwrap()
        .to_owned();
    let tokens = authorization.redeem(&location).await.unwrap();
    let issued = tokens.issued();
    assert!(issued.id_token().is_some() && issued.expires_in().is_some());
    let refresh = issued.refresh_token().unwrap().to_owned();
    let again = app.refresh_token(refresh).unwrap().access_token().await;
    assert_eq!(again.unwrap().split('.').count(), 3);
    let user = app.password("ann", "pw").unwrap().access_token().await;
    assert_eq!(user.unwrap().split('.').count(), 3);
    // A code with another verifier is refused.
    let authorization = app.authorize("http://127.0.0.1:1/cb").unwrap();
    let path = authorization.url().strip_prefix(&url).unwrap();
    let redirected = browser.raw(Method::GET, path).await.unwrap();
    let location = redirected.headers()["location"]
        .to_str()
        .unwrap()
        .to_owned();
    let state = authorization.state().to_owned();
    let other = app
        .resume("http://127.0.0.1:1/cb", state, "v".repeat(43))
        .unwrap();
    let error = other.redeem(&location).await.unwrap_err();
    assert!(
        matches!(error, OAuthError::Response { status: 400, .. }),
        "{error}"
    );
}
