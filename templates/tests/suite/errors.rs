//! How the client handles responses that aren't successes.

use std::error::Error as _;

use sample_client::oauth::RegisterOAuthClientError;
use sample_client::types::*;
use sample_client::*;
use serde_json::json;

use crate::provider::{BASE_URL, answer, body, client};

fn answered_with(response: http::Response<Body>) -> OauthApi {
    let recorder = Recorder::new().response(response);
    Client::builder(BASE_URL)
        .transport(recorder)
        .build()
        .unwrap()
        .oauth()
}

#[tokio::test]
async fn listed_errors_are_typed() {
    match client().oauth().get_oauth_app("nope").await {
        Err(Error::Api(error)) if error.status() == 404 => {
            assert_eq!(error.body().unwrap().id.as_deref(), Some("app.404"));
            assert_eq!(error.message(), Some("no such app"));
            assert_eq!(error.headers()["content-type"], "application/json");
            assert_eq!(
                error.into_body().unwrap().message.as_deref(),
                Some("no such app")
            );
        }
        other => panic!("{other:?}"),
    }
    let error = client().oauth().get_oauth_app("nope").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetOAuthApp: GET /api/v4/oauth/apps/{app_id}: responded with 404 Not Found: no such app"
    );
    assert_eq!(error.status().unwrap(), 404);
    assert!(!error.is_timeout());
}

#[tokio::test]
async fn errors_of_different_types_are_told_apart_by_status() {
    let register = async |name: &str| {
        let request = ClientRegistrationRequest::new(None, ["https://a/cb"]).client_name(name);
        match client().oauth().register_oauth_client(request).await {
            Err(Error::Api(error)) => (error.status().as_u16(), error.into_body().unwrap()),
            other => panic!("{other:?}"),
        }
    };
    let bad = ClientRegistrationError::new("invalid_client_metadata");
    assert_eq!(
        register("bad").await,
        (400, RegisterOAuthClientError::BadRequest(bad))
    );
    assert_eq!(
        register("off").await,
        (403, RegisterOAuthClientError::Forbidden)
    );
    let busy = AppError::new().message("busy");
    assert_eq!(
        register("busy").await,
        (503, RegisterOAuthClientError::Default(busy))
    );
}

#[tokio::test]
async fn unlisted_statuses_keep_the_response() {
    let oauth = answered_with(answer(
        418,
        "application/json",
        r#"{"error":{"message":"tea"}}"#,
    ));
    let error = oauth.get_oauth_apps().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetOAuthApps: GET /api/v4/oauth/apps: responded with 418 I'm a teapot: tea (the description doesn't document this status)"
    );
    assert!(matches!(error, Error::Unexpected(response) if response.bytes().starts_with(b"{")));

    // An unregistered status is still a status.
    let odd = answered_with(answer(799, "text/plain", ""))
        .get_oauth_apps()
        .await
        .unwrap_err();
    assert_eq!(odd.status().unwrap(), 799);
}

#[tokio::test]
async fn bodies_that_are_not_as_described_name_the_place() {
    let json =
        r#"[{"id":"a","name":"n","callback_urls":[]},{"id":"a","name":55,"callback_urls":[]}]"#;
    let error = answered_with(answer(200, "application/json", json))
        .get_oauth_apps()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetOAuthApps: GET /api/v4/oauth/apps: responded with 200 OK, but its body is not as described: \
         /1/name: invalid type: integer, expected a string"
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "/1/name: invalid type: integer, expected a string"
    );
    match error {
        Error::Decode(error) => {
            assert_eq!(error.pointer(), "/1/name");
            assert_eq!(error.response().status(), 200);
            assert_eq!(error.into_response().text(), json);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_error_is_caught_by_its_status_whatever_its_body() {
    for (content_type, body, reason) in [
        (
            "text/html; charset=utf-8",
            "<h1>no</h1>",
            "it is text/html, not JSON",
        ),
        ("application/json", "", "it is empty"),
        ("text/html", "", "it is empty"),
        (
            "application/json",
            "[]",
            "invalid type: sequence, expected an object",
        ),
    ] {
        let oauth = answered_with(answer(404, content_type, body));
        match oauth.get_oauth_app("a").await {
            Err(Error::Api(error)) if error.status() == 404 => {
                assert_eq!((error.body(), error.message()), (None, None));
                assert_eq!(error.response().text(), body);
                assert_eq!(error.headers()["content-type"], content_type);
                let shown = format!(
                    "responded with 404 Not Found, but its body is not as described: {reason}"
                );
                assert_eq!(error.to_string(), shown);
                let error = Error::Api(error);
                assert_eq!(
                    error.to_string(),
                    format!("GetOAuthApp: GET /api/v4/oauth/apps/{{app_id}}: {shown}")
                );
                assert!(error.source().is_some());
            }
            other => panic!("{body}: {other:?}"),
        }
    }
    // The message for people is used, whatever else is wrong with the body.
    let json = r#"{"message":"no such app","id":4}"#;
    let oauth = answered_with(answer(404, "application/json", json));
    let Err(Error::Api(error)) = oauth.get_oauth_app("a").await else {
        panic!()
    };
    assert_eq!(error.decode_error().unwrap().pointer(), "/id");
    assert_eq!(
        error.to_string(),
        "responded with 404 Not Found: no such app (its body is not as described: /id: invalid type: integer, expected a string)"
    );
    // The same for enums of several errors; but a success that only `default` documents is no API error.
    let request = || ClientRegistrationRequest::new(None, ["https://a/cb"]);
    for (status, is_api) in [(400, true), (503, true), (200, false)] {
        let oauth = answered_with(answer(status, "text/html", "<h1>no</h1>"));
        let error = oauth.register_oauth_client(request()).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(matches!(error, Error::Api(_)), is_api, "{status}");
        assert_eq!(matches!(error, Error::Decode(_)), !is_api, "{status}");
    }
}

#[tokio::test]
async fn what_can_be_read_is_read_whatever_the_header_says() {
    for content_type in [
        "text/plain",
        "application/json; charset=iso-8859-1",
        "application/vnd.x+json",
    ] {
        let oauth = answered_with(answer(200, content_type, "[]"));
        assert_eq!(oauth.get_oauth_apps().await.unwrap(), []);
    }
}

#[tokio::test]
async fn transport_failures_keep_their_cause() {
    let recorder =
        Recorder::new().response(TransportError::new(std::io::Error::other("cable cut")));
    let oauth = Client::builder(BASE_URL)
        .transport(recorder.clone())
        .build()
        .unwrap()
        .oauth();
    let error = oauth.get_oauth_apps().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }));
    assert!(error.to_string().ends_with(": cable cut"), "{error}");

    let recorder = recorder.response(TransportError::timeout("late"));
    assert!(oauth.get_oauth_apps().await.unwrap_err().is_timeout());
    assert!(
        oauth
            .get_oauth_apps()
            .await
            .unwrap_err()
            .to_string()
            .contains("no response left")
    );
    assert_eq!(recorder.requests().len(), 3);
}

#[tokio::test]
async fn errors_are_one_short_line() {
    let hostile = format!("\u{1b}[2J\r\n\u{202e}\u{9b}{}", "x".repeat(100_000));
    let json = json!({ "message": hostile }).to_string();
    let shown = |error: &dyn std::error::Error| {
        let text = error.to_string();
        assert!(text.chars().count() <= 520 && text.ends_with('…'), "{text}");
        let escaped = r"\u{1b}[2J\r\n\u{202e}\u{9b}xxx";
        assert!(text.contains(escaped), "{text}");
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'));
    };
    for status in [404, 418] {
        let oauth = answered_with(answer(status, "application/json", json.clone()));
        let error = oauth.get_oauth_app("a").await.unwrap_err();
        shown(&error);
        if let Error::Api(error) = error {
            shown(&*error);
            assert_eq!(error.message(), Some(hostile.as_str()));
        }
    }
    shown(&TransportError::new(hostile.clone()));
    let recorder = Recorder::new().response(TransportError::new(hostile));
    let client = Client::builder(BASE_URL).transport(recorder).build();
    shown(&client.unwrap().oauth().get_oauth_apps().await.unwrap_err());
}

#[tokio::test]
async fn secrets_of_servers_are_not_for_logs() {
    let secrets = [
        ("location", "https://a/?code=s3cret"),
        ("set-cookie", "sid=s3cret"),
        ("www-authenticate", "Bearer realm=s3cret"),
        ("authentication-info", "nextnonce=s3cret"),
        ("link", "<https://a/?key=s3cret>; rel=next"),
        ("token", "s3cret"),
        ("x-csrf-token", "s3cret"),
        ("x-api-key", "s3cret"),
    ];
    let response = |status: u16| {
        let response = http::Response::builder().status(status);
        let response = secrets.iter().fold(response, |response, (name, value)| {
            response.header(*name, *value)
        });
        response.header("x-request-id", "r1").body(Body::from("{}"))
    };
    for status in [200, 404, 418] {
        let oauth = answered_with(response(status).unwrap());
        let error = oauth.get_oauth_app("a").await.unwrap_err();
        let raw = answered_with(response(status).unwrap()).get_oauth_app("a");
        let raw = raw.send_raw().await.unwrap();
        let shown = format!("{error:?} {error} {raw:?}");
        assert!(!shown.contains("s3cret") && shown.contains("r1"), "{shown}");
        assert_eq!(raw.headers()["token"], "s3cret");
    }
    let recorder = Recorder::new().response(response(204).unwrap());
    let client = Client::builder(BASE_URL).transport(recorder.clone());
    let client = client.header("x-session", "s3cret").build().unwrap();
    let delete = client
        .oauth()
        .delete_oauth_app("a")
        .header("x-api-key", "s3cret");
    let deleted = delete.send().await.unwrap();
    let shown = format!("{deleted:?} {recorder:?}");
    assert!(
        !shown.contains("s3cret") && shown.contains("x-session"),
        "{shown}"
    );
}

#[tokio::test]
async fn an_operation_without_listed_errors_still_has_errors() {
    let error = answered_with(answer(500, "application/json", r#"{"message":"oops"}"#));
    let error: Error<NoError> = error.delete_oauth_app("a").await.unwrap_err();
    assert!(
        matches!(error, Error::Unexpected(_)) && error.to_string().contains("oops"),
        "{error}"
    );
}

#[test]
fn results_are_small_and_can_cross_threads() {
    fn sends<T: Send + Sync + 'static>() {}
    sends::<Error<AppError>>();
    sends::<Response<OAuthApp>>();
    sends::<Client>();
    sends::<Body>();
    assert!(
        size_of::<Error<AppError>>() <= 48,
        "{}",
        size_of::<Error<AppError>>()
    );
}

#[test]
fn messages_are_found_where_servers_put_them() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for (body, message) in [
        (json!({ "message": "m", "error": "e" }), Some("m")),
        (json!({ "title": "t", "detail": "d" }), Some("d")),
        (json!({ "error": "e", "error_description": "d" }), Some("d")),
        (json!({ "error": { "message": "m" } }), Some("m")),
        (json!({ "error": { "code": 1 } }), None),
        (json!({ "message": "" }), None),
        (
            json!({ "detail": "d", "errors": [{ "parameter": "page", "detail": "is required" }, { "detail": "x" }] }),
            Some("d: page: is required"),
        ),
        (
            json!({ "title": "t", "errors": [{ "pointer": "", "detail": "is not JSON" }] }),
            Some("t: is not JSON"),
        ),
        (
            json!({ "message": "m", "errors": { "page": ["is required"] } }),
            Some("m"),
        ),
        (json!(["x"]), None),
    ] {
        let oauth = answered_with(answer(500, "application/json", body.to_string()));
        let error = runtime.block_on(async { oauth.get_oauth_apps().await.unwrap_err() });
        let expected = format!(
            "500 Internal Server Error{}",
            message.map(|m| format!(": {m}")).unwrap_or_default()
        );
        assert!(
            error
                .to_string()
                .contains(&format!("{expected} (the description")),
            "{error}"
        );
    }
    let _ = body();
}
