//! Problems in Mattermost's format, instead of problem documents.

use consumer_mattermost::app_error;
use mattermost_oauth_client::{Client, Error, TowerTransport};
use mattermost_oauth_server::types::AppError;
use mattermost_oauth_server::{Place, Problem, ProblemKind, RequestParts, Server};

use crate::world::{APPS, METADATA, URL, raw, world};

/// A problem in Mattermost's format.
fn as_app_error(problem: &Problem, request: &RequestParts) -> AppError {
    let id = match problem.kind() {
        ProblemKind::Unauthorized => "api.context.session_expired.app_error",
        ProblemKind::InvalidRequest => "api.context.invalid_body_param.app_error",
        ProblemKind::NotFound => "api.context.404.app_error",
        _ => "api.context.other.app_error",
    };
    let places: Vec<String> = problem
        .errors()
        .iter()
        .map(|error| match &error.place {
            Place::Body(pointer) => format!("{pointer} {}", error.detail),
            Place::Parameter(name) => format!("{name} {}", error.detail),
        })
        .collect();
    let message = if places.is_empty() {
        problem.title().to_owned()
    } else {
        places.join("; ")
    };
    let mut error = app_error(problem.status(), id, &message);
    let request_id = request.headers.get("x-request-id");
    error.request_id = request_id
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    error
}

#[tokio::test]
async fn what_the_server_refuses_reads_like_what_the_provider_refuses() {
    let world = world();
    let server = Server::builder(world.provider.clone())
        .authenticate(world.sessions.clone())
        .problems_as(as_app_error)
        .build();

    // The headers of a problem are kept.
    let answer = raw(server.clone(), "GET", APPS, &[], "").await;
    assert_eq!(
        (answer.status(), answer.header("www-authenticate")),
        (401, Some("Bearer"))
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.json()["id"], "api.context.session_expired.app_error");
    let answer = raw(server.clone(), "PATCH", METADATA, &[], "").await;
    assert_eq!(
        (answer.status(), answer.header("allow")),
        (405, Some("GET, HEAD, OPTIONS"))
    );
    let request_id = [("x-request-id", "r1")];
    let answer = raw(server.clone(), "GET", "/nowhere", &request_id, "").await;
    assert_eq!(answer.json()["id"], "api.context.404.app_error");
    assert_eq!(answer.json()["request_id"], "r1");
    assert_eq!(answer.json()["status_code"], 404);
    let wrong = [
        ("authorization", "Bearer ann"),
        ("content-type", "application/json"),
    ];
    let answer = raw(server.clone(), "POST", APPS, &wrong, r#"{"name":1}"#).await;
    assert_eq!(
        answer.json()["message"],
        "/name invalid type: integer, expected a string"
    );

    // The client decodes it as the documented type.
    let builder = Client::builder(URL).transport(TowerTransport::new(server));
    let error = builder
        .build()
        .unwrap()
        .oauth()
        .get_oauth_apps()
        .await
        .unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.body().unwrap().status_code, Some(401));
    assert_eq!(
        error.body().unwrap().message.as_deref(),
        Some("Unauthorized")
    );
}
