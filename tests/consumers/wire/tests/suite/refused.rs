//! Requests that a server itself rejects, and those that it could reject but doesn't.

use consumer_wire::Echo;
use consumer_wire::odd::server::{Body, Server, ServerBuilder};
use http::{HeaderMap, Request};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower_service::Service;

async fn answer(
    server: ServerBuilder<Echo>,
    method: &str,
    path: &str,
    body: impl Into<Body>,
) -> (u16, HeaderMap, String) {
    let request = Request::builder().method(method).uri(path);
    let request = request.body(body.into()).unwrap();
    let (parts, body) = server.build().call(request).await.unwrap().into_parts();
    let text = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(text.to_vec()).unwrap();
    (parts.status.as_u16(), parts.headers, text)
}

async fn report(server: ServerBuilder<Echo>, body: Value) -> (u16, String) {
    let (status, _, text) = answer(server, "POST", "/reports", body.to_string()).await;
    (status, text)
}

/// With a long key and many invalid items, such a response once had two hundred times the length of the request.
#[tokio::test]
async fn a_large_request_gets_a_small_refusal() {
    let key = "k".repeat(1_900_000);
    let body = json!({ "lists": { key: vec![""; 200] } });
    let (status, text) = report(Server::builder(Echo), body).await;
    assert_eq!(status, 400);
    assert!(text.len() < 16 << 10, "{}", text.len());
    let problem: Value = serde_json::from_str(&text).unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(": 200 errors"), "{detail}");
}

#[tokio::test]
async fn null_is_refused_where_nothing_allows_it() {
    let note = || json!({ "note": null });
    let (status, text) = report(Server::builder(Echo), note()).await;
    assert_eq!(status, 400, "{text}");
    assert!(text.contains("/note") && text.contains("must not be null"));
    let lenient = Server::builder(Echo).accept_nulls();
    assert_eq!(report(lenient, note()).await.0, 200);
    for allowed in ["nothing", "anything", "named", "either"] {
        let (status, text) = report(Server::builder(Echo), json!({ allowed: null })).await;
        assert_eq!(status, 200, "{allowed}: {text}");
    }
}

#[tokio::test]
async fn several_alternatives_at_once_are_refused_unless_the_server_takes_them() {
    let both = || json!({ "contact": { "email": "a", "phone": "1" } });
    let (status, text) = report(Server::builder(Echo), both()).await;
    assert_eq!(status, 400, "{text}");
    assert!(
        text.contains("/contact") && text.contains("exactly one"),
        "{text}"
    );
    let lenient = || Server::builder(Echo).accept_overlaps();
    assert_eq!(report(lenient(), both()).await.0, 200);
    // A value that matches none isn't accepted.
    assert_eq!(report(lenient(), json!({ "contact": {} })).await.0, 400);
    let one = json!({ "contact": { "email": "a" } });
    assert_eq!(report(Server::builder(Echo), one).await.0, 200);
}

#[tokio::test]
async fn a_handler_that_panics_is_500() {
    let (status, text) = report(Server::builder(Echo), json!({ "note": "panic" })).await;
    assert_eq!(status, 500);
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({ "status": 500, "title": "Internal Server Error" })
    );
}

#[tokio::test]
async fn lists_are_read_as_clients_write_them() {
    let plain = "/lists/1,2?days=2026-01-02,2026-01-03&sizes=big,small&words=a,b";
    let expected = answer(Server::builder(Echo), "GET", plain, "").await;
    assert_eq!(expected.0, 200, "{}", expected.2);
    let encoded = "/lists/1%2C2?days=2026-01-02%2C2026-01-03&sizes=big%2csmall&words=a,b";
    let read = answer(Server::builder(Echo), "GET", encoded, "").await;
    assert_eq!((read.0, &read.2), (200, &expected.2));
    // Words may contain commas.
    let words = "/lists/1?sizes=big&words=a%2Cb,c";
    let read = answer(Server::builder(Echo), "GET", words, "").await;
    assert!(read.2.contains(r#"[\"a,b\", \"c\"]"#), "{}", read.2);
}

#[tokio::test]
async fn a_concrete_path_is_no_value_of_a_template() {
    for method in ["GET", "DELETE"] {
        let answer = answer(Server::builder(Echo), method, "/names/known?body=b", "").await;
        assert_eq!(
            (answer.0, &answer.1["allow"]),
            (405, &"OPTIONS, POST".parse().unwrap())
        );
    }
    let other = answer(Server::builder(Echo), "GET", "/names/other?body=b", "").await;
    assert_eq!(other.0, 200);
}

#[tokio::test]
async fn a_path_may_be_long() {
    let path = format!("/deep{}/x", "/d".repeat(300));
    let answer = answer(Server::builder(Echo), "GET", &path, "").await;
    assert_eq!((answer.0, answer.2.as_str()), (200, r#"["x"]"#));
}

/// A form needs write-only properties, and no read-only ones.
#[tokio::test]
async fn a_form_needs_what_only_requests_have() {
    async fn send(method: &str, content_type: &str, body: &str) -> (u16, String) {
        let request = Request::builder().method(method).uri("/secrets");
        let request = request.header("content-type", content_type);
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let mut server = Server::builder(Echo).build();
        let (parts, body) = server.call(request).await.unwrap().into_parts();
        let text = body.collect().await.unwrap().to_bytes();
        (
            parts.status.as_u16(),
            String::from_utf8(text.to_vec()).unwrap(),
        )
    }
    let form = "application/x-www-form-urlencoded";
    let (status, text) = send("POST", form, "id=1").await;
    assert!(status == 400 && text.contains("/word"), "{status}: {text}");
    // Accepted, and then not implemented.
    assert_eq!(send("POST", form, "word=w").await.0, 501);
    let parts = "multipart/form-data; boundary=b";
    let part = |name| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nx\r\n--b--\r\n")
    };
    let (status, text) = send("PUT", parts, &part("word")).await;
    assert_eq!(status, 200, "{text}");
    let (status, text) = send("PUT", parts, &part("id")).await;
    assert!(status == 400 && text.contains("/word"), "{status}: {text}");
}
