//! Webhooks: how receivers get them, and at which paths.

use http_body_util::BodyExt;
use sample_server::types::Event;
use sample_server::webhooks::{EventError, GetEventError, WebhookRequests};
use sample_server::{Body, Call, Problem, Server, ServerBuilder, Webhooks};
use tower_service::Service;

use crate::provider::{Session, Tokens};

/// Responds with 409 to known ids: everything that is deleted.
struct Receiver;

impl Webhooks for Receiver {
    type Session = Session;

    async fn event(&self, call: Call<Session>, body: Event) -> Result<(), EventError> {
        assert_eq!(
            (call.session().user.as_str(), call.operation().id),
            ("ann", "event")
        );
        match body {
            Event::Created(_) => Ok(()),
            _ => Err(Problem::new(http::StatusCode::CONFLICT).into()),
        }
    }

    async fn get_event(&self, call: Call) -> Result<String, GetEventError> {
        Ok(call.uri().to_string())
    }
}

type Builder = ServerBuilder<Receiver, Tokens, WebhookRequests>;

/// The status and the text of a response.
async fn sent(
    set: impl Fn(Builder) -> Builder,
    method: &str,
    path: &str,
    token: &str,
    body: &'static str,
) -> (u16, String) {
    let mut server = set(Server::webhooks(Receiver).authenticate(Tokens)).build();
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"));
    let response = server.call(request.body(Body::from(body)).unwrap());
    let (parts, body) = response.await.unwrap().into_parts();
    let text = body.collect().await.unwrap().to_bytes();
    (
        parts.status.as_u16(),
        String::from_utf8(text.to_vec()).unwrap(),
    )
}

const CREATED: &str = r#"{"kind":"created","id":"ab"}"#;

#[tokio::test]
async fn a_webhook_is_a_typed_call() {
    let post = async |token, body| sent(|it| it, "POST", "/event", token, body).await.0;
    assert_eq!(post("good", CREATED).await, 204);
    assert_eq!(post("good", r#"{"kind":"deleted","id":"ab"}"#).await, 409);
    assert_eq!(post("good", r#"{"kind":"created"}"#).await, 400);
    assert_eq!(post("bad", CREATED).await, 401);
    assert_eq!(sent(|it| it, "PUT", "/event", "good", CREATED).await.0, 405);
    assert_eq!(
        sent(|it| it, "POST", "/other", "good", CREATED).await.0,
        404
    );
}

#[tokio::test]
async fn a_webhook_may_have_a_url_to_itself() {
    for path in ["/", "/hooks/7", "/event"] {
        let only = |it: Builder| it.base_path("/hooks").only_path("/event");
        assert_eq!(sent(only, "POST", path, "good", CREATED).await.0, 204);
        assert_eq!(
            sent(only, "GET", path, "", "").await,
            (200, path.to_owned())
        );
        assert_eq!(sent(only, "PUT", path, "good", CREATED).await.0, 405);
        let nowhere = |it: Builder| it.only_path("/other");
        assert_eq!(sent(nowhere, "POST", path, "good", CREATED).await.0, 404);
    }
    let below = |it: Builder| it.base_path("/hooks");
    assert_eq!(
        sent(below, "POST", "/hooks/event", "good", CREATED).await.0,
        204
    );
    assert_eq!(sent(below, "POST", "/event", "good", CREATED).await.0, 404);
}
