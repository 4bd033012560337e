//! Calls that fail for reasons that aren't documented.

use std::convert::Infallible;
use std::error::Error as _;
use std::future::Pending;
use std::task::{Context, Poll};
use std::time::Duration;

use mattermost_oauth_client::{
    Body, BuildError, Client, Error, Recorder, TowerTransport, TransportError,
};
use serde_json::json;

use crate::world::{URL, body, recorded, world};

fn answer(status: u16, content_type: &str, body: &'static str) -> http::Response<Body> {
    let builder = http::Response::builder().status(status);
    builder
        .header("content-type", content_type)
        .body(body.into())
        .unwrap()
}

#[tokio::test]
async fn a_status_that_is_not_listed_is_handed_over_as_it_came() {
    for (status, message) in [
        (418, "short and stout"),
        (500, "oops"),
        (204, ""),
        (302, ""),
    ] {
        let recorder = Recorder::new().json(status, &json!({ "message": message }));
        let error = recorded(&recorder)
            .oauth()
            .get_oauth_apps()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.operation().id, "GetOAuthApps");
        let text = error.to_string();
        assert!(
            text.contains("(the description doesn't document this status)")
                && text.contains(message),
            "{text}"
        );
        let Error::Unexpected(response) = error else {
            panic!("{error:?}")
        };
        assert_eq!(
            response.json::<serde_json::Value>().unwrap()["message"],
            message
        );
    }
    // 404 is documented for one operation and not for another.
    let recorder = Recorder::new().json(404, &json!({})).json(404, &json!({}));
    let oauth = recorded(&recorder).oauth();
    assert!(matches!(
        oauth.get_oauth_apps().await,
        Err(Error::Unexpected(_))
    ));
    assert!(matches!(
        oauth.get_oauth_app("a1").await,
        Err(Error::Api(_))
    ));
}

#[tokio::test]
async fn a_body_that_is_not_as_described_is_named_by_its_place() {
    let apps = json!([{ "id": "a1" }, { "id": "a2", "callback_urls": ["https://a", 7] }]);
    let recorder = Recorder::new()
        .json(200, &apps)
        .json(200, &json!({ "issuer": "i" }))
        .json(403, &json!({ "status_code": "403" }));
    let oauth = recorded(&recorder).oauth();
    let error = oauth.get_oauth_apps().await.unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(decode.pointer(), "/1/callback_urls/1");
    assert_eq!(decode.response().json::<serde_json::Value>().unwrap(), apps);
    assert_eq!(
        error.to_string(),
        "GetOAuthApps: GET /api/v4/oauth/apps: responded with 200 OK, but its body is not as described: \
         /1/callback_urls/1: invalid type: integer, expected a string"
    );
    let error = oauth.get_authorization_server_metadata().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("/response_types_supported: required property is missing"),
        "{error}"
    );
    // A documented error is one even if its body isn't as described.
    let Err(Error::Api(error)) = oauth.get_oauth_apps().await else {
        panic!("a listed status")
    };
    let decode = error.decode_error().unwrap();
    assert_eq!(
        (decode.pointer(), error.status().as_u16(), error.body()),
        ("/status_code", 403, None)
    );
}

/// For example the page of a proxy.
#[tokio::test]
async fn a_body_that_is_not_json_says_what_it_is() {
    let page = "<html>s3cret</html>";
    let recorder = Recorder::new()
        .response(answer(200, "text/html; charset=utf-8", page))
        .response(answer(200, "application/json", "{"));
    let oauth = recorded(&recorder).oauth();
    let error = oauth.get_oauth_apps().await.unwrap_err();
    assert!(
        error.to_string().ends_with("it is text/html, not JSON"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("s3cret"));
    assert!(
        oauth
            .get_oauth_apps()
            .await
            .unwrap_err()
            .to_string()
            .contains("is not JSON")
    );
}

#[tokio::test]
async fn a_failing_transport_is_told_with_its_reason() {
    let reason = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "cable pulled");
    let recorder = Recorder::new().response(TransportError::new(reason));
    let error = recorded(&recorder)
        .oauth()
        .create_oauth_app(body())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    assert_eq!((error.status(), error.is_timeout()), (None, false));
    assert_eq!(
        error.to_string(),
        "CreateOAuthApp: POST /api/v4/oauth/apps: cable pulled"
    );
    // A recorder without further responses fails in the same way.
    assert!(matches!(
        recorded(&recorder).oauth().get_oauth_apps().await,
        Err(Error::Transport { .. })
    ));
}

/// Never responds.
#[derive(Clone)]
struct Silence;

impl tower_service::Service<http::Request<Body>> for Silence {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pending<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Body>) -> Self::Future {
        std::future::pending()
    }
}

/// The time is paused except for timeouts, so the test takes none.
#[tokio::test(start_paused = true)]
async fn calls_end_when_their_time_is_up() {
    let builder = || Client::builder(URL).transport(TowerTransport::new(Silence));
    let start = tokio::time::Instant::now();
    let oauth = builder().build().unwrap().oauth();
    let error = oauth.get_oauth_apps().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        start.elapsed(),
        Duration::from_secs(30),
        "unless told otherwise"
    );
    let error = oauth
        .get_oauth_apps()
        .timeout(Duration::from_secs(2))
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("no complete response within 2s"),
        "{error}"
    );
    assert_eq!(start.elapsed(), Duration::from_secs(32));
    let patient = builder()
        .timeout(Duration::from_secs(3600))
        .build()
        .unwrap();
    assert!(
        patient
            .oauth()
            .get_oauth_apps()
            .await
            .unwrap_err()
            .is_timeout()
    );
    assert_eq!(start.elapsed(), Duration::from_secs(3632));
    let endless = builder().no_timeout().build().unwrap();
    let call = endless.oauth().get_oauth_apps().send();
    assert!(
        tokio::time::timeout(Duration::from_secs(1 << 20), call)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_response_that_is_too_large_is_not_read() {
    let world = world();
    world.app().await;
    let builder = Client::builder(URL)
        .bearer("ann")
        .transport(world.transport());
    let client = builder.max_response_bytes(300).build().unwrap();
    assert!(
        client
            .oauth()
            .get_oauth_app("short")
            .await
            .unwrap_err()
            .status()
            .is_some()
    );
    let error = client.oauth().get_oauth_apps().await.unwrap_err();
    assert!(
        matches!(error, Error::BodyTooLarge { limit: 300, .. }),
        "{error:?}"
    );
}

#[test]
fn a_client_that_cannot_work_is_not_built() {
    for url in [
        "",
        "chat.test",
        "ftp://chat.test",
        "https://u:hunter2@chat.test",
        "https://chat.test?a=s3cret",
        "https://chat.test/../a",
        "https://chat.test/#a",
    ] {
        let error = Client::new(url).unwrap_err();
        assert!(
            matches!(error, BuildError::BaseUrl { .. }),
            "{url}: {error:?}"
        );
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    let error = Client::builder(URL).header("x y", "z").build().unwrap_err();
    assert!(
        matches!(&error, BuildError::Header(name) if name == "x y"),
        "{error:?}"
    );
    assert!(error.source().is_none());
    assert!(Client::new("http://127.0.0.1:8065/sub/").is_ok());
}

/// Everything that a caller has can be sent to another thread, and shared between tasks.
#[test]
fn clients_calls_and_errors_are_send() {
    fn is_send_and_sync<T: Send + Sync + 'static>(_: &T) {}
    fn is_send<T: Send + 'static>(_: &T) {}
    let client = world().client("ann");
    is_send_and_sync(&client);
    is_send_and_sync(&client.oauth());
    is_send(&client.oauth().get_oauth_apps());
    is_send(&client.oauth().get_oauth_apps().send());
    is_send(&client.oauth().create_oauth_app(body()).into_future());
    let error: Option<Error<mattermost_oauth_client::types::AppError>> = None;
    is_send_and_sync(&error);
}
