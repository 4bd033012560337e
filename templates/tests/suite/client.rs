//! Requests of the client, and how it reads responses.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sample_client::types::*;
use sample_client::*;
use serde_json::json;

use crate::provider::{BASE_URL, answer, body, chunked, client, oauth_app};

fn recording(recorder: &Recorder) -> ClientBuilder {
    Client::builder(BASE_URL).transport(recorder.clone())
}

fn app() -> serde_json::Value {
    json!({ "id": "a1", "name": "ci", "callback_urls": [] })
}

/// The only request that a recorder has recorded.
fn only(recorder: &Recorder) -> RecordedRequest {
    let mut requests = recorder.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

#[tokio::test]
async fn a_call_is_sent_as_described() {
    let recorder = Recorder::new().json(201, &app());
    let client = recording(&recorder)
        .bearer("t0ken")
        .header("x-team", "a")
        .build()
        .unwrap();
    let app = client
        .oauth()
        .create_oauth_app(body().lifetime(60))
        .header("x-trace", "1")
        .await
        .unwrap();
    assert_eq!(app.id, "a1");

    let request = only(&recorder);
    assert_eq!(request.method, Method::POST);
    assert_eq!(request.uri, "http://chat.test/api/v4/oauth/apps");
    let body: serde_json::Value = request.json().unwrap();
    assert_eq!(
        body,
        json!({ "name": "ci", "callback_urls": ["https://ci.example/cb"], "lifetime": 60 })
    );
    for (name, value) in [
        ("accept", "application/json"),
        ("authorization", "Bearer t0ken"),
        ("content-type", "application/json"),
        ("user-agent", "sample-client/0.1.0"),
        ("x-team", "a"),
        ("x-trace", "1"),
    ] {
        assert_eq!(request.headers[name], value, "{name}");
    }
}

#[tokio::test]
async fn parameters_are_encoded() {
    let recorder = Recorder::new().json(200, &json!([]));
    let client = recording(&recorder).build().unwrap();
    let call = client
        .oauth()
        .get_oauth_apps()
        .page(-1)
        .ids(["a&b", "c=d"])
        .words(["x,y", "ü z"]);
    call.per_page(2)
        .x_request_id("r 1")
        .locale("de; x=1")
        .await
        .unwrap();
    let request = only(&recorder);
    assert_eq!(
        request.uri.query(),
        Some("page=-1&ids=a%26b&ids=c%3Dd&words=x%2Cy,%C3%BC%20z&per_page=2")
    );
    assert_eq!(request.headers["x-request-id"], "r 1");
    assert_eq!(request.headers["cookie"], "locale=de%3B%20x%3D1");
}

#[tokio::test]
async fn path_values_stay_one_segment() {
    for (value, path) in [
        ("a/b", "a%2Fb"),
        ("../x", "..%2Fx"),
        ("%2e%2e", "%252e%252e"),
        ("a?b#c", "a%3Fb%23c"),
        ("{app_id}", "%7Bapp_id%7D"),
        ("ü", "%C3%BC"),
        ("...", "..."),
        ("a.b-c_d~e", "a.b-c_d~e"),
    ] {
        let recorder = Recorder::new().json(200, &app());
        recording(&recorder)
            .build()
            .unwrap()
            .oauth()
            .get_oauth_app(value)
            .await
            .unwrap();
        assert_eq!(
            only(&recorder).uri.path(),
            format!("/api/v4/oauth/apps/{path}")
        );
    }
}

#[tokio::test]
async fn path_values_that_lead_elsewhere_are_refused() {
    let recorder = Recorder::new();
    let client = recording(&recorder).build().unwrap();
    for value in ["", ".", ".."] {
        let error = client.oauth().get_oauth_app(value).await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error}");
        assert_eq!(
            error.to_string(),
            "GetOAuthApp: GET /api/v4/oauth/apps/{app_id}: not sent: the path segment {app_id} can't be empty, `.` or `..`"
        );
    }
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_and_not_a_panic() {
    let recorder = Recorder::new();
    let client = recording(&recorder).build().unwrap();
    let long = client
        .oauth()
        .get_oauth_app("x".repeat(100_000))
        .await
        .unwrap_err();
    assert!(matches!(long, Error::Request(_)), "{long}");
    let name = client
        .oauth()
        .get_oauth_apps()
        .header("bad name", "x")
        .await
        .unwrap_err();
    assert!(
        name.to_string().contains("the header \"bad name\""),
        "{name}"
    );
    let value = client
        .oauth()
        .get_oauth_apps()
        .x_request_id("s3cret\n")
        .await
        .unwrap_err();
    assert!(
        matches!(value, Error::Request(_)) && !value.to_string().contains("s3cret"),
        "{value}"
    );
    let token = Secret::provider(async || Ok::<_, BoxError>("a\nb".to_owned()));
    let token = recording(&recorder).bearer(token).build().unwrap();
    assert!(matches!(
        token.oauth().get_oauth_apps().await,
        Err(Error::Request(_))
    ));
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn credentials_go_only_where_they_are_asked_for() {
    let send = async |builder: fn(ClientBuilder) -> ClientBuilder| {
        let recorder = Recorder::new().respond(|_| Ok(answer(204, "text/plain", "")));
        let oauth = builder(recording(&recorder)).build().unwrap().oauth();
        let app = oauth_app("a", "n", []);
        let _ = oauth.create_oauth_app(body()).send_raw().await;
        let _ = oauth.get_oauth_app("a").send_raw().await;
        let _ = oauth.update_oauth_app("a", app).send_raw().await;
        let _ = oauth.delete_oauth_app("a").send_raw().await;
        let _ = oauth
            .register_oauth_client(ClientRegistrationRequest::new(None, ["u:x"]))
            .send_raw()
            .await;
        let credentials = |request: &RecordedRequest| {
            let mut found = String::new();
            found += if request.headers.contains_key("authorization") {
                "b"
            } else {
                ""
            };
            found += if request.headers.contains_key("x-csrf-token") {
                "c"
            } else {
                ""
            };
            found
                + if request.uri.query() == Some("key=k%2B1") {
                    "k"
                } else {
                    ""
                }
        };
        recorder
            .requests()
            .iter()
            .map(credentials)
            .collect::<Vec<_>>()
            .join(" ")
    };
    // create: bearer; get: bearer or nothing; update: bearer and csrf; delete: key, else bearer; register: public.
    assert_eq!(send(|b| b).await, "    ");
    assert_eq!(send(|b| b.bearer("t")).await, "b b  b ");
    assert_eq!(send(|b| b.csrf("c").key("k+1")).await, "   k ");
    assert_eq!(
        send(|b| b.bearer("t").csrf("c").key("k+1")).await,
        "b b bc k "
    );
}

#[tokio::test]
async fn a_secret_can_come_from_a_provider() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let recorder = Recorder::new().respond(|_| Ok(answer(200, "application/json", "[]")));
    let provider = Secret::provider(|| async {
        let call = CALLS.fetch_add(1, Ordering::Relaxed);
        if call < 2 {
            Ok(format!("t{call}"))
        } else {
            Err("the token service is down")
        }
    });
    let client = recording(&recorder).bearer(provider).build().unwrap();
    client.oauth().get_oauth_apps().await.unwrap();
    client.oauth().get_oauth_apps().await.unwrap();
    let error = client.oauth().get_oauth_apps().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("not sent: there is no credential for bearer: the token service is down"),
        "{error}"
    );
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "the token service is down"
    );
    let tokens: Vec<_> = recorder
        .requests()
        .iter()
        .map(|r| r.headers["authorization"].clone())
        .collect();
    assert_eq!(tokens, ["Bearer t0", "Bearer t1"]);
}

#[tokio::test]
async fn secrets_never_show() {
    let recorder = Recorder::new().json(200, &json!([]));
    let builder = recording(&recorder)
        .bearer("s3cret")
        .key("s3cret")
        .csrf(Secret::basic("ann", "s3cret"));
    let mut shown = format!("{builder:?} {:?}", Secret::from("s3cret"));
    let client = builder.build().unwrap();
    shown += &format!("{client:?} {:?}", client.oauth());
    let call = client
        .oauth()
        .get_oauth_apps()
        .header("authorization", "s3cret")
        .header("cookie", "s3cret");
    shown += &format!("{call:?}");
    shown += &format!("{:?}", call.await.unwrap());
    let app = oauth_app("a", "n", []);
    let _ = client.oauth().update_oauth_app("a", app).await;
    let _ = client.oauth().delete_oauth_app("a").await;
    shown += &format!("{recorder:?} {:?}", recorder.requests());
    assert!(
        recorder.requests()[2]
            .uri
            .query()
            .unwrap()
            .contains("s3cret")
    );
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(shown.contains("Sensitive"), "{shown}");
}

#[test]
fn base_urls_are_checked() {
    for good in [
        "http://a",
        "https://a:1/",
        "http://a/b/c",
        "http://a/b/",
        "http://[::1]:80",
        "http://[::1]",
        "http://a:65535/b/..c/.%2e%2e",
    ] {
        assert!(Client::new(good).is_ok(), "{good}");
    }
    for (bad, problem) in [
        ("", "is not a URL"),
        ("a b", "is not a URL"),
        ("example.com", "must begin with http:// or https://"),
        ("/api", "must begin with http:// or https://"),
        ("ftp://a", "must begin with http:// or https://"),
        ("http://u:s3cret@a", "must not have a user name or password"),
        ("http://a/?x=1", "must not have a query (`?…`)"),
        ("http://a?", "must not have a query (`?…`)"),
        ("http://a/#x", "must not have a fragment (`#…`)"),
        ("http://a/b/../c", "must not have `.` or `..` in its path"),
        ("http://a/%2e%2e/c", "must not have `.` or `..` in its path"),
        ("http://a/b/%2E", "must not have `.` or `..` in its path"),
        ("http://a/.%2E", "must not have `.` or `..` in its path"),
        ("http://a/b\\..\\c", "must not have a backslash"),
        ("http:\\\\a", "must not have a backslash"),
        (
            "http://a:99999",
            "must have a port between 0 and 65535, or none",
        ),
        (
            "http://[::1]:65536/a",
            "must have a port between 0 and 65535, or none",
        ),
    ] {
        let error = Client::new(bad).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the base URL {problem}"),
            "{bad}"
        );
    }
    let header = Client::builder("http://a")
        .header("x", "a\nb")
        .build()
        .unwrap_err();
    assert_eq!(
        header.to_string(),
        "the header \"x\" can't have this name or value"
    );
}

#[tokio::test]
async fn credentials_that_no_header_can_hold_are_refused_at_once() {
    for builder in [
        Client::builder("http://a").bearer("s3cret\n"),
        Client::builder("http://a").csrf("s3cret\0"),
    ] {
        let error = builder.build().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.starts_with("the credential for "), "{shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
    // Base64 and percent-encoding allow any text.
    let builder = Client::builder("http://a").basic("ann", "\n").key("\n");
    assert!(builder.build().is_ok());
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    for base in ["http://a/mm", "http://a/mm/"] {
        let recorder = Recorder::new().json(200, &json!([]));
        let client = Client::builder(base)
            .transport(recorder.clone())
            .build()
            .unwrap();
        client.oauth().get_oauth_apps().await.unwrap();
        assert_eq!(only(&recorder).uri, "http://a/mm/api/v4/oauth/apps");
    }
}

#[tokio::test]
async fn responses_have_status_headers_and_body() {
    let recorder = Recorder::new().json(201, &app());
    let response = recording(&recorder)
        .build()
        .unwrap()
        .oauth()
        .create_oauth_app(body())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(
        (response.name.as_str(), response.body().id.as_str()),
        ("ci", "a1")
    );
    let (status, _, app) = response.clone().into_parts();
    assert_eq!((status.as_u16(), app), (201, response.into_body()));
}

#[tokio::test]
async fn several_successes_are_told_apart() {
    let recorder = Recorder::new()
        .json(200, &app())
        .response(answer(204, "text/html", "ignored"));
    let oauth = recording(&recorder).build().unwrap().oauth();
    let update = || oauth.update_oauth_app("a", oauth_app("a", "n", []));
    assert!(
        matches!(update().await.unwrap(), oauth::UpdateOAuthAppResponse::Ok(app) if app.id == "a1")
    );
    assert_eq!(
        update().await.unwrap(),
        oauth::UpdateOAuthAppResponse::NoContent
    );
}

#[tokio::test]
async fn raw_responses_are_not_looked_at() {
    let recorder = Recorder::new().response(answer(418, "text/plain; charset=utf-8", "tea"));
    let raw = recording(&recorder)
        .build()
        .unwrap()
        .oauth()
        .get_oauth_apps()
        .send_raw()
        .await
        .unwrap();
    assert_eq!((raw.status().as_u16(), raw.text().as_str()), (418, "tea"));
    assert_eq!(raw.content_type(), Some("text/plain"));
    assert!(raw.json::<String>().is_err());
    assert_eq!(raw.operation().id, "GetOAuthApps");
}

#[tokio::test]
async fn requests_can_be_kept_and_spawned() {
    let client = client();
    let call = { client.oauth().get_oauth_app("a1") };
    drop(client);
    let app = tokio::spawn(call.into_future()).await.unwrap().unwrap();
    assert_eq!(app.id, "a1");
}

#[tokio::test(start_paused = true)]
async fn a_call_gives_up_after_its_time() {
    let start = tokio::time::Instant::now();
    let error = client().oauth().get_oauth_app("slow").await.unwrap_err();
    assert!(error.is_timeout() && error.status().is_none());
    assert_eq!(start.elapsed().as_secs(), 30);
    assert!(
        error
            .to_string()
            .ends_with("no complete response within 30s"),
        "{error}"
    );

    let start = tokio::time::Instant::now();
    let call = client()
        .oauth()
        .get_oauth_app("slow")
        .timeout(Duration::from_secs(5));
    assert!(call.await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed().as_secs(), 5);
}

/// A body that never ends.
struct Endless;

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(
            &[b' '; 1000],
        )))))
    }
}

/// A body that never starts.
struct Stuck;

impl http_body::Body for Stuck {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

/// A service with this response body.
#[derive(Clone)]
struct With<F>(F);

impl<F: Fn() -> B, B: http_body::Body> tower_service::Service<http::Request<Body>> for With<F> {
    type Response = http::Response<B>;
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Body>) -> Self::Future {
        std::future::ready(Ok(http::Response::new((self.0)())))
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_includes_the_body() {
    let client = Client::builder(BASE_URL)
        .transport(TowerTransport::new(With(|| Stuck)))
        .build()
        .unwrap();
    assert!(
        client
            .oauth()
            .get_oauth_apps()
            .await
            .unwrap_err()
            .is_timeout()
    );
}

#[tokio::test]
async fn large_responses_are_refused_while_they_are_read() {
    let endless = TowerTransport::new(With(|| Endless));
    let client = Client::builder(BASE_URL)
        .transport(endless)
        .max_response_bytes(5000)
        .build()
        .unwrap();
    let error = client.oauth().get_oauth_apps().await.unwrap_err();
    assert!(
        matches!(error, Error::BodyTooLarge { limit: 5000, .. }),
        "{error}"
    );

    for (length, fits) in [(5000, true), (5001, false)] {
        let recorder = Recorder::new().response(answer(200, "text/plain", vec![b' '; length]));
        let client = recording(&recorder)
            .max_response_bytes(5000)
            .build()
            .unwrap();
        assert_eq!(
            client.oauth().get_oauth_apps().send_raw().await.is_ok(),
            fits
        );
    }
}

#[tokio::test]
async fn the_limit_is_exact_without_a_content_length() {
    for (length, fits) in [(5000, true), (5001, false)] {
        let transport = TowerTransport::new(With(move || chunked(length)));
        let client = Client::builder(BASE_URL)
            .transport(transport)
            .max_response_bytes(5000);
        let call = client.build().unwrap().oauth().get_oauth_apps().send_raw();
        assert_eq!(call.await.is_ok(), fits);
    }
}

#[test]
fn blocking_calls_work_outside_of_async_code() {
    let client = client();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let client = client.clone();
            scope.spawn(move || {
                let id = format!("a{number}");
                assert_eq!(
                    client
                        .oauth()
                        .get_oauth_app(&id)
                        .send_blocking()
                        .unwrap()
                        .id,
                    id
                );
                assert_eq!(
                    client
                        .oauth()
                        .get_oauth_app("nope")
                        .send_raw_blocking()
                        .unwrap()
                        .status(),
                    404
                );
            });
        }
    });
}

#[tokio::test]
async fn blocking_calls_inside_of_async_code_are_an_error() {
    let client = client();
    let error = client
        .oauth()
        .get_oauth_app("a1")
        .send_blocking()
        .unwrap_err();
    assert!(matches!(error, Error::Blocking { .. }), "{error}");
    assert!(matches!(
        client.oauth().get_oauth_apps().send_raw_blocking(),
        Err(Error::Blocking { .. })
    ));
    // A client that was used for blocking calls may be dropped in async code.
    std::thread::scope(|scope| {
        scope
            .spawn(|| client.oauth().get_oauth_app("a1").send_blocking().unwrap())
            .join()
            .unwrap()
    });
    drop(client);
}

struct Retry<T>(T);

impl<T: Transport> Transport for Retry<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = http_body_util::BodyExt::collect(body)
                .await
                .map_err(TransportError::new)?
                .to_bytes();
            let again = http::Request::from_parts(parts.clone(), body.clone().into());
            let first = self
                .0
                .send(http::Request::from_parts(parts, body.into()))
                .await?;
            if first.status() == 503 {
                self.0.send(again).await
            } else {
                Ok(first)
            }
        })
    }
}

#[tokio::test]
async fn middleware_wraps_a_transport() {
    let recorder = Recorder::new().json(503, &json!({})).json(201, &app());
    let client = Client::builder(BASE_URL)
        .transport(Retry(recorder.clone()))
        .build()
        .unwrap();
    client.oauth().create_oauth_app(body()).await.unwrap();
    let [first, second] = recorder.requests().try_into().unwrap();
    assert_eq!((first.body, first.headers), (second.body, second.headers));
}
