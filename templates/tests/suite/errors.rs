//! What the client makes of answers that aren't successes.

use std::error::Error as _;

use sample_client::oauth::RegisterOAuthClientError;
use sample_client::types::*;
use sample_client::*;
use serde_json::json;

use crate::provider::{BASE_URL, answer, body, client};

fn answered_with(response: http::Response<Body>) -> OauthApi {
    let recorder = Recorder::new().answer(response);
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
            assert_eq!(error.body().id.as_deref(), Some("app.404"));
            assert_eq!(error.message(), Some("no such app"));
            assert_eq!(error.headers()["content-type"], "application/json");
            assert_eq!(error.into_body().message.as_deref(), Some("no such app"));
        }
        other => panic!("{other:?}"),
    }
    let error = client().oauth().get_oauth_app("nope").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetOAuthApp: GET /api/v4/oauth/apps/{app_id}: answered 404 Not Found: no such app"
    );
    assert_eq!(error.status().unwrap(), 404);
    assert!(!error.is_timeout());
}

#[tokio::test]
async fn errors_of_different_types_are_told_apart_by_status() {
    let register = async |name: &str| {
        let request = ClientRegistrationRequest::new(["https://a/cb"], None).client_name(name);
        match client().oauth().register_oauth_client(request).await {
            Err(Error::Api(error)) => (error.status().as_u16(), error.into_body()),
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
        "GetOAuthApps: GET /api/v4/oauth/apps: answered 418 I'm a teapot: tea (the description has no type for that)"
    );
    assert!(matches!(error, Error::Unexpected(response) if response.bytes().starts_with(b"{")));

    // A status outside of what is registered is still a status.
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
        "GetOAuthApps: GET /api/v4/oauth/apps: answered 200 OK, but its body is not as described: \
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
async fn another_content_type_is_named_when_the_body_cannot_be_read() {
    let page = || answer(404, "text/html; charset=utf-8", "<h1>no</h1>");
    let error = answered_with(page()).get_oauth_app("a").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("not as described: it is text/html, not JSON"),
        "{error}"
    );
    assert_eq!(error.status().unwrap(), 404);

    // What can be read is read, whatever the header says.
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
    let recorder = Recorder::new().answer(TransportError::new(std::io::Error::other("cable cut")));
    let oauth = Client::builder(BASE_URL)
        .transport(recorder.clone())
        .build()
        .unwrap()
        .oauth();
    let error = oauth.get_oauth_apps().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }));
    assert!(error.to_string().ends_with(": cable cut"), "{error}");

    let recorder = recorder.answer(TransportError::timeout("late"));
    assert!(oauth.get_oauth_apps().await.unwrap_err().is_timeout());
    assert!(
        oauth
            .get_oauth_apps()
            .await
            .unwrap_err()
            .to_string()
            .contains("no answer left")
    );
    assert_eq!(recorder.requests().len(), 3);
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
