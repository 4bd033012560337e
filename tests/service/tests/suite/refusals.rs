//! What the generated server refuses by itself, in Mattermost's form.

use serde_json::json;

use crate::database::Database;
use crate::world::{APPS, World};

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
#[allow(clippy::too_many_lines)] // a list
async fn built_in_errors_are_mattermosts() {
    let world = World::with(Database::sqlite(), &[("SERVICE_MAX_BODY", "2000")]).await;
    let bearer = format!("Bearer {}", world.ann.token);
    let ann = ("authorization", bearer.as_str());
    let long = json!({ "name": "n".repeat(3000) }).to_string();
    for (method, path, headers, body, status, id) in [
        (
            "GET",
            APPS,
            &[][..],
            "",
            401,
            "api.context.session_expired.app_error",
        ),
        (
            "GET",
            APPS,
            &[("authorization", "Bearer unknown")],
            "",
            401,
            "api.context.session_expired.app_error",
        ),
        (
            "GET",
            "/api/v4/unknown",
            &[ann],
            "",
            404,
            "api.context.404.app_error",
        ),
        (
            "PATCH",
            APPS,
            &[ann],
            "",
            405,
            "api.context.request.app_error",
        ),
        (
            "GET",
            APPS,
            &[ann, ("accept", "text/html")],
            "",
            406,
            "api.context.request.app_error",
        ),
        (
            "GET",
            "/api/v4/oauth/apps?page=one",
            &[ann],
            "",
            400,
            "api.context.invalid_url_param.app_error",
        ),
        (
            "POST",
            APPS,
            &[ann, JSON],
            "{",
            400,
            "api.context.invalid_body_param.app_error",
        ),
        (
            "POST",
            APPS,
            &[ann, JSON],
            "{}",
            400,
            "api.context.invalid_body_param.app_error",
        ),
        (
            "POST",
            APPS,
            &[ann, JSON],
            &long,
            413,
            "api.context.request.app_error",
        ),
        (
            "POST",
            APPS,
            &[ann, ("content-type", "text/plain")],
            "x",
            415,
            "api.context.request.app_error",
        ),
    ] {
        let answer = world.raw(method, path, headers, body).await;
        assert_eq!(
            (answer.status(), answer.error_id()),
            (status, id),
            "{method} {path}"
        );
        assert_eq!(answer.header("www-authenticate").is_some(), status == 401);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let answer = world.raw("POST", APPS, &[ann, JSON], "{}").await;
    assert_eq!(
        answer.json["message"],
        "the body is not as described: /name required property is missing"
    );
    let answer = world.raw("DELETE", APPS, &[ann], "").await;
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS, POST"));
}

#[tokio::test]
async fn a_database_that_fails_is_500_and_says_nothing() {
    let world = World::new(Database::sqlite()).await;
    let bearer = format!("Bearer {}", world.ann.token);
    world.store.close().await;
    let answer = world
        .raw("GET", APPS, &[("authorization", &bearer)], "")
        .await;
    assert_eq!(
        (answer.status(), answer.error_id()),
        (500, "app.oauth.store.app_error")
    );
    assert_eq!(answer.json["message"], "The database failed.");
}

/// A connection on which a body was left unread isn't used again, and the client is told so before it sends the next request.
#[tokio::test]
async fn a_body_that_is_left_unread_closes_the_connection() {
    let world = World::new(Database::sqlite()).await;
    let bearer = format!("Bearer {}", world.ann.token);
    let ann = ("authorization", bearer.as_str());
    let closes = async |path: &str, headers: &[(&str, &str)], body: &str| {
        let answer = world.raw("POST", path, headers, body).await;
        (
            answer.status(),
            answer.header("connection") == Some("close"),
        )
    };
    assert_eq!(closes(APPS, &[JSON], "{}").await, (401, true));
    assert_eq!(closes("/unknown", &[JSON], "{}").await, (404, true));
    assert_eq!(
        closes(APPS, &[ann, ("content-type", "a/b")], "{}").await,
        (415, true)
    );
    assert_eq!(
        closes(APPS, &[ann, JSON], "{}").await,
        (400, false),
        "it was read"
    );
    assert_eq!(closes(APPS, &[], "").await, (401, false), "there is none");
}

/// The description and the page that shows it are for everybody, and may be kept, unlike responses of the API.
#[tokio::test]
async fn the_description_is_served_next_to_the_api() {
    let world = World::new(Database::sqlite()).await;
    let answer = world.raw("GET", "/openapi.json", &[], "").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json["info"]["title"], "Mattermost API Reference");
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let known = [("if-none-match", answer.header("etag").unwrap())];
    let answer = world.raw("GET", "/openapi.json", &known, "").await;
    assert_eq!(answer.status(), 304);
    let answer = world.raw("HEAD", "/explorer/", &[], "").await;
    assert_eq!(answer.status(), 200);
    assert!(answer.header("content-security-policy").is_some());
    let answer = world.raw("POST", "/openapi.json", &[], "").await;
    assert_eq!(answer.status(), 404);
}
