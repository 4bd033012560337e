//! Problems in the form that Mattermost has for them, instead of problem documents.

use consumer_mattermost::app_error;
use mattermost_oauth_client::{Client, Error, TowerTransport};
use mattermost_oauth_server::{Body, HeaderValue, Place, Problem, ProblemKind, Response, Server};

use crate::world::{APPS, METADATA, URL, raw, world};

/// A problem as Mattermost would say it.
fn as_app_error(problem: &Problem) -> Response {
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
    let error = app_error(problem.status(), id, &message);
    let mut response = Response::new(Body::from(serde_json::to_vec(&error).unwrap()));
    *response.status_mut() = problem.status();
    response
        .headers_mut()
        .insert("content-type", HeaderValue::from_static("application/json"));
    response
}

#[tokio::test]
async fn what_the_server_refuses_reads_like_what_the_provider_refuses() {
    let world = world();
    let server = Server::builder(world.provider.clone())
        .authenticate(world.sessions.clone())
        .render_problems(as_app_error)
        .build();

    // The headers that belong to a problem stay with it.
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
        (405, Some("GET, HEAD"))
    );
    let answer = raw(server.clone(), "GET", "/nowhere", &[], "").await;
    assert_eq!(answer.json()["id"], "api.context.404.app_error");
    let wrong = [
        ("authorization", "Bearer ann"),
        ("content-type", "application/json"),
    ];
    let answer = raw(server.clone(), "POST", APPS, &wrong, r#"{"name":1}"#).await;
    assert_eq!(
        answer.json()["message"],
        "/name invalid type: integer, expected a string"
    );

    // And the client has it as the type that the description promises.
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
