//! What one caller can't do to others: large errors, panics, slow bodies.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use http_body_util::BodyExt;
use sample_client::types::AppError;
use sample_server::files::{GetFileError, SetFileError};
use sample_server::types::{ClientRegistrationRequest, OAuthApp, Uri, Validate, from_json};
use sample_server::{
    Body, Bytes, Call, FilesApi, OauthApi, Problem, ProblemKind, RequestParts, Server, ShopApi,
    ValuesApi, oauth,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::provider::{Session, Tokens, oauth_app};

/// As much as a caller may send, in characters that take six times the space when escaped.
fn long_name() -> String {
    "\"é~/".repeat(300_000)
}

#[test]
fn however_long_names_are_a_report_is_short() {
    let map = BTreeMap::from([(long_name(), vec![Uri::from("not a URI"); 200])]);
    let violations = map.validate().unwrap_err();
    let pointers = violations.iter().map(|violation| &violation.pointer);
    let json = serde_json::to_string(&pointers.clone().collect::<Vec<_>>()).unwrap();
    assert!((1000..9000).contains(&json.len()), "{}", json.len());
    for pointer in pointers {
        assert!(pointer.len() < 300 && pointer.ends_with('…'), "{pointer}");
    }
    assert_eq!(violations.total(), 200);
    assert!(violations.to_string().len() < 9000);
    assert!(violations.to_string().ends_with(" more"));
}

#[test]
fn however_long_names_are_what_cannot_be_read_is_told_in_short() {
    let name = serde_json::to_string(&long_name()).unwrap();
    for wrong in [
        format!(r#"{{{name}:["u:x",1]}}"#),
        format!(r#"{{"a":["u:x",{name}],"b":{name}}}"#),
    ] {
        let error = from_json::<BTreeMap<String, Vec<Uri>>>(wrong.as_bytes()).unwrap_err();
        assert!(error.to_string().len() < 400, "{error}");
    }
    let value = format!(r#"{{"id":"i","name":"n","callback_urls":[],"is_trusted":{name}}}"#);
    let error = from_json::<OAuthApp>(value.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/is_trusted: invalid type: string, expected a boolean"
    );
}

#[tokio::test]
async fn however_much_is_wrong_with_a_request_its_answer_is_short() {
    let urls = vec!["\u{1}"; 40_000];
    let body = json!({ "name": "", "callback_urls": urls }).to_string();
    let answer = call(server(), post(body)).await;
    assert_eq!(answer.0, 400);
    assert!(answer.1.len() < 16 << 10, "{}", answer.1.len());
    let problem: Value = serde_json::from_str(&answer.1).unwrap();
    let listed = problem["errors"].as_array().unwrap().len();
    assert_eq!(
        problem["detail"],
        format!("the body is not as described: 40002 errors, the first {listed} are listed")
    );
}

/// Panics, before and after an await.
struct Panics;

impl FilesApi for Panics {
    async fn get_file(&self, _: Call, name: String) -> Result<Body, GetFileError> {
        Ok(match name.as_str() {
            "panics" => Body::unfold((), |()| async {
                if true {
                    panic!("in a body")
                }
                Ok::<Option<(Bytes, ())>, Problem>(None)
            }),
            _ => Body::from("a file"),
        })
    }

    async fn set_file(&self, _: Call, _: String, mut body: Body) -> Result<String, SetFileError> {
        let failed = Problem::new(http::StatusCode::IM_A_TEAPOT);
        while let Some(chunk) = body.chunk().await {
            chunk.map_err(|error| failed.clone().with_detail(error.to_string()))?;
        }
        Ok(String::new())
    }
}

impl ShopApi for Panics {}
impl ValuesApi for Panics {}

impl OauthApi for Panics {
    type Session = Session;

    async fn get_oauth_app(
        &self,
        call: Call<Option<Session>>,
        app_id: String,
    ) -> Result<OAuthApp, oauth::GetOAuthAppError> {
        let mut header = http::HeaderMap::new();
        header.insert("x-before", http::HeaderValue::from_static("1"));
        call.add_response_headers(&header);
        assert_ne!(app_id, "at-once", "s3cret");
        tokio::task::yield_now().await;
        assert_ne!(app_id, "later", "s3cret");
        Ok(oauth_app(app_id, "n", ["u:x"]))
    }
}

fn server() -> Server<Panics, Tokens> {
    Server::builder(Panics)
        .authenticate(Tokens)
        .body_timeout(Duration::from_millis(200))
        .build()
}

fn post(body: impl Into<Body>) -> http::Request<Body> {
    let request = http::Request::post("/api/v4/oauth/apps").header("authorization", "Bearer good");
    request.body(body.into()).unwrap()
}

async fn call(mut server: Server<Panics, Tokens>, request: http::Request<Body>) -> (u16, String) {
    let response = server.call(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn connection() -> TcpStream {
    let router = Router::new().fallback_service(server());
    let url = crate::socket::serve(router).await;
    TcpStream::connect(url.trim_start_matches("http://"))
        .await
        .unwrap()
}

/// What has been received up to `end`, or up to the end of the stream.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&read).ends_with(end) {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(length) => read.extend_from_slice(&buffer[..length]),
        }
    }
    String::from_utf8(read).unwrap()
}

#[tokio::test]
async fn a_panic_is_500_and_the_connection_goes_on() {
    let mut stream = connection().await;
    for (app, status) in [("at-once", 500), ("later", 500), ("a1", 200)] {
        let request = format!("GET /api/v4/oauth/apps/{app} HTTP/1.1\r\nhost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let answer = read_until(&mut stream, "}").await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(answer.contains("x-before: 1"), "{answer}");
        if status == 500 {
            assert!(
                answer.contains("content-type: application/problem+json"),
                "{answer}"
            );
            assert!(
                answer.ends_with(r#"{"status":500,"title":"Internal Server Error"}"#)
                    || answer.ends_with(r#"{"title":"Internal Server Error","status":500}"#),
                "{answer}"
            );
            assert!(!answer.contains("s3cret"), "{answer}");
        }
    }
}

#[tokio::test]
async fn a_renderer_that_panics_gives_way_to_problem_documents() {
    let server = Server::builder(Panics).authenticate(Tokens);
    let server = server.problems_as(|problem: &Problem, request: &RequestParts| {
        assert_ne!(problem.kind(), ProblemKind::NotFound);
        let language = request.headers.get("accept-language");
        let language = language.and_then(|value| value.to_str().ok());
        AppError::new()
            .message(problem.title())
            .id(language.unwrap_or("none"))
    });
    let server = server.build();
    let request = |path: &str| {
        let request = http::Request::get(path).header("accept-language", "de");
        request.body(Body::empty()).unwrap()
    };
    let (status, json) = call(server.clone(), request("/api/v4/oauth/apps/later")).await;
    let error: AppError = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (status, error.message.as_deref(), error.id.as_deref()),
        (500, Some("Internal Server Error"), Some("de"))
    );
    let (status, json) = call(server, request("/nowhere")).await;
    assert_eq!(status, 404);
    assert!(json.contains("\"status\":404"), "{json}");
}

#[tokio::test]
async fn a_body_that_panics_ends_with_an_error() {
    let request = http::Request::get("/files/panics");
    let mut response = server()
        .call(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let body = response.body_mut();
    let error = body.chunk().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the source of the body panicked");
    assert!(body.chunk().await.is_none());
}

/// A body that sends something at once, and then nothing more.
fn endless() -> Body {
    Body::unfold(false, |came| async move {
        if came {
            std::future::pending::<()>().await;
        }
        Ok::<_, std::io::Error>(Some((Bytes::from_static(b"{"), true)))
    })
}

#[tokio::test]
async fn a_body_that_does_not_come_is_408() {
    let (status, json) = call(server(), post(endless())).await;
    assert_eq!(status, 408);
    assert!(json.contains("the body did not arrive in time"), "{json}");

    // The connection can't be used afterwards.
    let mut stream = connection().await;
    let head = "POST /api/v4/oauth/apps HTTP/1.1\r\nhost: a\r\nauthorization: Bearer good\r\n";
    let request = format!("{head}content-length: 100\r\n\r\n{{");
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = read_until(&mut stream, "never").await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn a_stream_whose_next_piece_does_not_come_fails() {
    let request = http::Request::put("/files/a").header("content-type", "application/octet-stream");
    let (status, json) = call(server(), request.body(endless()).unwrap()).await;
    assert_eq!(status, 418);
    assert!(json.contains("the body did not arrive in time"), "{json}");
}

/// There is no timer in other runtimes.
#[test]
fn without_tokio_nothing_has_a_limit() {
    let body = json!({ "name": "n", "callback_urls": ["u:x"] }).to_string();
    let waited = Body::unfold(Some(body), |body| async move {
        let mut waited = false;
        std::future::poll_fn(move |cx| {
            cx.waker().wake_by_ref();
            match std::mem::replace(&mut waited, true) {
                true => std::task::Poll::Ready(()),
                false => std::task::Poll::Pending,
            }
        })
        .await;
        Ok::<_, std::io::Error>(body.map(|body| (Bytes::from(body), None)))
    });
    let mut answer = std::pin::pin!(server().call(post(waited)));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    let response = loop {
        if let std::task::Poll::Ready(response) = answer.as_mut().poll(&mut cx) {
            break response.unwrap();
        }
    };
    assert_eq!(response.status(), 501);
}

#[tokio::test]
async fn null_is_no_value_of_a_property_that_may_be_left_out() {
    let registration = json!({ "redirect_uris": ["u:x"], "motto": null, "client_name": null });
    // Clients are lenient.
    let text = registration.to_string();
    assert!(from_json::<ClientRegistrationRequest>(text.as_bytes()).is_ok());

    let builder = || Server::builder(crate::provider::Provider).authenticate(Tokens);
    let answer = |server: Server<_, _>, body: String| async move {
        let request = http::Request::post("/api/v4/oauth/apps/register");
        let mut server = server;
        let response = server
            .call(request.body(Body::from(body)).unwrap())
            .await
            .unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    };
    let (status, json) = answer(builder().build(), text.clone()).await;
    let problem: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(status, 400);
    assert_eq!(
        problem["errors"],
        json!([{ "pointer": "/client_name", "detail": "must not be null" }])
    );
    assert_eq!(answer(builder().accept_nulls().build(), text).await.0, 201);
    let nullable = json!({ "redirect_uris": ["u:x"], "motto": null, "nickname": null }).to_string();
    assert_eq!(answer(builder().build(), nullable).await.0, 201);
}

#[tokio::test]
async fn bodies_in_unknown_codings_are_415() {
    let body = r#"{"name":"n","callback_urls":["u:x"]}"#;
    for (coding, status) in [
        ("gzip", 415),
        ("identity, br", 415),
        ("x", 415),
        ("identity", 501),
        ("Identity", 501),
        ("", 501),
    ] {
        let mut request = post(body);
        let value = http::HeaderValue::from_static(coding);
        request.headers_mut().insert("content-encoding", value);
        let response = server().call(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{coding}");
        let told = response.headers().get("accept-encoding");
        assert_eq!(told.is_some(), status == 415);
        assert!(told.is_none_or(|told| told == "identity"));
    }
}
