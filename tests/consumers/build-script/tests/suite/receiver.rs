//! A receiver of callbacks: typed calls, and documented responses.

use consumer_build_script::notes::server::callbacks::CreateNoteOnDueError;
use consumer_build_script::notes::server::callbacks::CreateNoteOnDueParams;
use consumer_build_script::notes::server::webhooks::KeptError;
use consumer_build_script::notes::server::{
    AuthError, Body, Call, Callbacks, Credentials, Server, Webhooks,
};
use consumer_build_script::notes::types::{CreateNoteOnDueResponse, Failure, Label, Note};
use http_body_util::BodyExt;
use tower_service::Service;

struct Receiver;

impl Webhooks for Receiver {
    type Session = ();

    async fn kept(&self, _: Call<()>, body: Note) -> Result<(), KeptError> {
        match body.label {
            Some(Label::Done) => Err(KeptError::Gone(Failure::new(body.text))),
            _ => Ok(()),
        }
    }
}

impl Callbacks for Receiver {
    async fn create_note_on_due(
        &self,
        _: Call,
        note_id: i64,
        params: CreateNoteOnDueParams,
    ) -> Result<CreateNoteOnDueResponse, CreateNoteOnDueError> {
        let label = if note_id == 7 && params.attempt > 1 {
            Label::Done
        } else {
            Label::Todo
        };
        Ok(CreateNoteOnDueResponse::new(label))
    }
}

async fn authenticate(credentials: Credentials) -> Result<(), AuthError> {
    match credentials.api_key("signature") {
        Some("good") => Ok(()),
        _ => Err(AuthError::Unauthorized),
    }
}

/// The status and the text of the response to a `POST`.
async fn sent(
    mut server: impl Service<http::Request<Body>, Response = http::Response<Body>>,
    path: &str,
    header: (&str, &str),
    body: &'static str,
) -> (u16, String) {
    let request = http::Request::post(path)
        .header("content-type", "application/json")
        .header(header.0, header.1);
    let response = server.call(request.body(Body::from(body)).unwrap()).await;
    let Ok(response) = response else {
        panic!("a server answers")
    };
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

const NOTE: &str = r#"{"id":1,"text":"fly"}"#;
const DONE: &str = r#"{"id":1,"text":"fly","label":"done"}"#;

#[tokio::test]
async fn webhooks_are_typed_calls() {
    let server = || Server::webhooks(Receiver).authenticate(authenticate);
    let kept = async |path, signature, body| {
        let server = server().base_path("/hooks").build();
        sent(server, path, ("signature", signature), body).await
    };
    let gone = (410, r#"{"message":"fly"}"#.to_owned());
    assert_eq!(
        kept("/hooks/kept", "good", NOTE).await,
        (204, String::new())
    );
    assert_eq!(kept("/hooks/kept", "good", DONE).await, gone);
    assert_eq!(kept("/hooks/kept", "good", r#"{"id":1}"#).await.0, 400);
    // The token of the API's callers has no meaning for a webhook.
    assert_eq!(kept("/hooks/kept", "bad", NOTE).await.0, 401);
    assert_eq!(kept("/kept", "good", NOTE).await.0, 404);
    let only = server().only_path("/kept").build();
    assert_eq!(
        sent(only, "/any?where=1", ("signature", "good"), DONE).await,
        gone
    );
}

#[tokio::test]
async fn callbacks_have_the_path_behind_the_receiver_s_url() {
    let due = async |path, attempt| {
        let server = Server::callbacks(Receiver).build();
        sent(server, path, ("attempt", attempt), "").await
    };
    let label = |label| (200, format!(r#"{{"label":"{label}"}}"#));
    assert_eq!(due("/createNote/onDue/7", "2").await, label("done"));
    assert_eq!(due("/createNote/onDue/8", "2").await, label("todo"));
    assert_eq!(due("/createNote/onDue/x", "2").await.0, 400);
    assert_eq!(due("/createNote/onDue", "2").await.0, 404);
}
