//! What becomes of a connection on which a body was left unread.

use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE};
use http::{Request, Version};
use sample_server::runtime::Body;
use tower_service::Service;

use crate::provider::{body, chunked, server};

const APPS: &str = "/api/v4/oauth/apps";

/// The status of a response, and whether it closes the connection.
async fn closes(request: http::request::Builder, body: impl Into<Body>) -> (u16, bool) {
    let request = request
        .header(AUTHORIZATION, "Bearer good")
        .body(body.into());
    let response = server().call(request.unwrap()).await.unwrap();
    let connection = response.headers().get(CONNECTION);
    assert!(connection.is_none_or(|value| value == "close"));
    (response.status().as_u16(), connection.is_some())
}

fn post(path: &str, media_type: &str) -> http::request::Builder {
    Request::post(path).header(CONTENT_TYPE, media_type)
}

#[tokio::test]
async fn a_body_that_is_left_unread_closes_the_connection() {
    let json = |path| post(path, "application/json");
    assert_eq!(closes(json("/unknown"), "{}").await, (404, true));
    assert_eq!(closes(Request::patch(APPS), "{}").await, (405, true));
    assert_eq!(closes(post(APPS, "a/b"), "{}").await, (415, true));
    let picky = json(APPS).header("accept", "image/png");
    assert_eq!(closes(picky, "{}").await, (406, true));
    assert!(closes(Request::get(APPS), "{}").await.1);
    // A stream that the method doesn't read.
    let file = post("/files/a", "application/octet-stream").method("PUT");
    assert_eq!(closes(file, Body::stream(chunked(900))).await, (501, true));
    // More than the limit, with a length and without.
    assert_eq!(closes(json(APPS), "x".repeat(1001)).await, (413, true));
    assert_eq!(
        closes(json(APPS), Body::stream(chunked(50_000))).await,
        (413, true)
    );
}

#[tokio::test]
async fn what_was_read_or_is_not_there_keeps_the_connection() {
    let json = || post(APPS, "application/json");
    assert_eq!(closes(json(), "{").await, (400, false));
    assert_eq!(closes(json(), "{}").await, (400, false));
    assert_eq!(closes(Request::post("/unknown"), "").await, (404, false));
    let app = serde_json::to_string(&body()).unwrap();
    assert_eq!(closes(json(), app).await, (201, false));
    // Streams of HTTP/2 end without their connection (RFC 9113, section 8.2.2).
    let two = Request::post("/unknown").version(Version::HTTP_2);
    assert_eq!(closes(two, "{}").await, (404, false));
}
