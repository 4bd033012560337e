//! What surrounds methods: credentials, ids, spans, metrics, logs, `OPTIONS`.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http::{HeaderName, Request};
use http_body_util::BodyExt;
use sample_server::oauth::*;
use sample_server::types::{AppError, OAuthApp};
use sample_server::webhooks::{EventError, GetEventError};
use sample_server::{
    AuthError, Body, Call, Credentials, Dispatch, FilesApi, Handlers, HttpResponse, OauthApi,
    Operation, Problem, RequestId, RequestIds, RequestParts, Server, ServerBuilder, ShopApi,
    StatusCode, ValuesApi, Webhooks,
};
use serde_json::{Value, json};
use tower_http::cors::{AllowMethods, AllowOrigin, CorsLayer};
use tower_layer::Layer;
use tower_service::Service;

use crate::provider::oauth_app;

const APPS: &str = "/api/v4/oauth/apps";

/// An error of the provider's own, with something that is nobody's business.
#[derive(Debug)]
enum Failure {
    Database(std::io::Error),
    Missing,
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Database(error) => Self::unexpected(error).with_detail("s3cret table"),
            Failure::Missing => {
                Self::new(StatusCode::NOT_FOUND).with_body(AppError::new().message("no such app"))
            }
        }
    }
}

fn query(app_id: &str) -> Result<OAuthApp, Failure> {
    match app_id {
        "broken" => Err(Failure::Database(std::io::Error::other(
            "s3cret\nat 10.0.0.7",
        ))),
        "missing" => Err(Failure::Missing),
        _ => Ok(oauth_app(app_id, "ci", ["https://ci.example/cb"])),
    }
}

/// Responds with what is known of the call.
struct Provider;

impl FilesApi for Provider {}
impl ShopApi for Provider {}
impl ValuesApi for Provider {}

impl OauthApi for Provider {
    type Session = &'static str;

    async fn get_oauth_app(
        &self,
        call: Call<Option<&'static str>>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppError> {
        let mut app = query(&app_id)?;
        app.name = call.request_id().unwrap_or("none").to_owned();
        Ok(app)
    }

    async fn delete_oauth_app(
        &self,
        call: Call<&'static str>,
        app_id: String,
    ) -> Result<(), DeleteOAuthAppError> {
        query(&app_id)?;
        let requirement = call.requirement().expect("it is secured");
        let schemes = requirement.schemes.iter().map(|(scheme, _)| scheme.name);
        let schemes: Vec<&str> = schemes.collect();
        Err(Problem::new(StatusCode::CONFLICT)
            .with_detail(schemes.join("+"))
            .into())
    }
}

/// Knows three callers, and which scopes their tokens have.
async fn authenticate(credentials: Credentials) -> Result<&'static str, AuthError> {
    match (credentials.bearer(), credentials.api_key("csrf")) {
        (Some("reader"), _) => credentials.require_scopes(&["read"]).map(|()| "reader"),
        (Some("manager"), csrf) => {
            let is_put = credentials.operation().id == "UpdateOAuthApp";
            assert_eq!(csrf.is_some(), is_put, "both are given, or none");
            credentials.require_scopes(&["read".to_owned(), "manage_oauth".to_owned()])?;
            Ok("manager")
        }
        _ if credentials.api_key("key") == Some("k") => Ok("key"),
        _ => Err(AuthError::Unauthorized),
    }
}

type Auth = fn(Credentials) -> Hooked;
type Hooked = std::pin::Pin<Box<dyn Future<Output = Result<&'static str, AuthError>> + Send>>;

fn builder() -> ServerBuilder<Provider, Auth> {
    Server::builder(Provider).authenticate((|given| Box::pin(authenticate(given))) as Auth)
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

async fn sent<P, A, R: 'static>(
    server: &Server<P, A, R>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> HttpResponse
where
    Handlers<P, A>: Dispatch<R>,
{
    let mut server = server.clone();
    let sent = server.call(request(method, path, headers));
    sent.await.unwrap()
}

async fn text(response: HttpResponse) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn json(response: HttpResponse) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

#[tokio::test]
async fn hook_and_method_know_the_alternative_that_was_met() {
    let server = builder().build();
    let path = format!("{APPS}/a1");
    let token = ("authorization", "Bearer reader");
    // One of: a key, a token, a password.
    let with_key = |key: &str| format!("{path}?key={key}");
    for (path, headers, met) in [
        (&with_key("k"), &[][..], "key"),
        (&path, &[token], "bearer"),
    ] {
        let response = sent(&server, "DELETE", path, headers).await;
        assert_eq!(response.status(), 409);
        assert_eq!(json(response).await["detail"], met);
    }
    // A key that isn't accepted doesn't stand in the way of a token that is.
    let response = sent(&server, "DELETE", &with_key("other"), &[token]).await;
    assert_eq!(json(response).await["detail"], "bearer");
}

#[tokio::test]
async fn scopes_are_those_of_the_alternative() {
    let server = builder().build();
    let post = async |token: &str| {
        let token = format!("Bearer {token}");
        sent(&server, "POST", APPS, &[("authorization", &token)]).await
    };
    let refused = post("reader").await;
    assert_eq!(refused.status(), 403);
    assert_eq!(
        refused.headers()["www-authenticate"],
        r#"Bearer error="insufficient_scope", scope="manage_oauth""#
    );
    // The body is missing: the caller got that far.
    assert_eq!(post("manager").await.status(), 400);
    // A token and a key together, of which one alone isn't enough.
    let put = async |headers: &[(&str, &str)]| {
        let path = format!("{APPS}/a1");
        sent(&server, "PUT", &path, headers).await.status()
    };
    let (token, csrf) = (("authorization", "Bearer manager"), ("x-csrf-token", "c"));
    assert_eq!(put(&[token]).await, 401);
    assert_eq!(put(&[csrf]).await, 401);
    assert_eq!(put(&[token, csrf]).await, 400);
}

#[tokio::test]
async fn an_error_of_ones_own_is_logged_and_not_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let report = move |problem: &Problem, request: &RequestParts| {
        let source = std::error::Error::source(problem).map(ToString::to_string);
        let line = format!("{problem} | {} | {source:?}", request.uri);
        log.lock().unwrap().push(line);
    };
    let own = |problem: &Problem, _: &RequestParts| format!("{problem:?}");
    for render in [false, true] {
        let server = builder().on_server_error(report.clone());
        let server = if render {
            server.problems_as(own).build()
        } else {
            server.build()
        };
        let response = sent(&server, "GET", &format!("{APPS}/broken"), &[]).await;
        assert_eq!(response.status(), 500);
        let text = text(response).await;
        assert!(
            !text.contains("s3cret") && !text.contains("10.0.0.7"),
            "{text}"
        );
        if !render {
            assert_eq!(text, r#"{"status":500,"title":"Internal Server Error"}"#);
        }
        // The documented response of the operation.
        let response = sent(&server, "GET", &format!("{APPS}/missing"), &[]).await;
        assert_eq!(response.status(), 404);
        assert_eq!(json(response).await, json!({ "message": "no such app" }));
        let line = "500 Internal Server Error: s3cret table | /api/v4/oauth/apps/broken | \
                    Some(\"s3cret\\nat 10.0.0.7\")";
        assert_eq!(std::mem::take(&mut *told.lock().unwrap()), [line]);
    }
}

#[tokio::test]
async fn a_report_that_panics_is_no_harm() {
    let report = |_: &Problem, _: &RequestParts| panic!("no room in the log");
    let server = builder().on_server_error(report).build();
    let response = sent(&server, "GET", &format!("{APPS}/broken"), &[]).await;
    assert_eq!(response.status(), 500);
}

#[tokio::test]
async fn requests_have_the_id_that_they_came_with() {
    let server = builder().request_ids(RequestIds::new()).build();
    let id = ("x-request-id", "Root=1-67891233/ab:c@d.~_+");
    let response = sent(&server, "GET", &format!("{APPS}/a1"), &[id]).await;
    assert_eq!(response.headers()["x-request-id"], id.1);
    assert_eq!(json(response).await["name"], id.1);
    for (method, path, status) in [
        ("GET", "/nope", 404),
        ("PATCH", APPS, 405),
        ("POST", APPS, 401),
    ] {
        let response = sent(&server, method, path, &[id]).await;
        assert_eq!(response.headers()["x-request-id"], id.1);
        let problem = json(response).await;
        assert_eq!(problem["request_id"], id.1, "{path}");
        assert_eq!(problem["status"], status);
    }
    let broken = sent(&server, "GET", &format!("{APPS}/broken"), &[id]).await;
    assert_eq!(json(broken).await["request_id"], id.1);
}

#[tokio::test]
async fn ids_of_strangers_are_limited() {
    let server = builder().request_ids(RequestIds::new()).build();
    let longest = "x".repeat(128);
    let given = async |headers: &[(&str, &str)]| {
        let response = sent(&server, "GET", "/nope", headers).await;
        let mut values = response.headers().get_all("x-request-id").iter();
        let (id, second) = (values.next().unwrap().clone(), values.next());
        assert!(second.is_none());
        let id = id.to_str().unwrap().to_owned();
        assert_eq!(json(response).await["request_id"], id);
        id
    };
    assert_eq!(given(&[("x-request-id", &longest)]).await, longest);
    let mut made = vec![given(&[]).await];
    for hostile in [
        "",
        " ",
        "a b",
        "a\tb",
        "\"",
        "a,b",
        "<script>",
        "{}",
        "%0a",
        "\\n",
        "ü",
        "a;b",
        &"x".repeat(129),
    ] {
        made.push(given(&[("x-request-id", hostile)]).await);
    }
    made.push(given(&[("x-request-id", "a"), ("x-request-id", "b")]).await);
    for id in &made {
        let is_made = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_made, "{id}");
    }
    made.sort();
    made.dedup();
    assert_eq!(made.len(), 15);
}

#[tokio::test]
async fn ids_are_made_as_one_likes() {
    let header = HeaderName::from_static("x-trace");
    for (made, expected) in [("own-1", Some("own-1")), ("not\nvalid", None)] {
        let ids = RequestIds::in_header(header.clone())
            .ignore_received()
            .make(move || made.to_owned());
        let own = |_: &Problem, request: &RequestParts| {
            let id = RequestId::of(request).unwrap().to_string();
            assert_eq!(request.headers["x-trace"], id);
            json!({ "trace": id })
        };
        let server = builder().request_ids(ids).problems_as(own).build();
        let response = sent(&server, "GET", "/nope", &[("x-trace", "theirs")]).await;
        let id = response.headers()["x-trace"].to_str().unwrap().to_owned();
        assert_eq!(json(response).await, json!({ "trace": id }));
        assert_eq!(id, expected.unwrap_or(&id));
        assert_ne!(id, "theirs");
    }
    let plain = sent(&builder().build(), "GET", "/nope", &[("x-request-id", "a")]).await;
    assert!(plain.headers().get("x-request-id").is_none());
}

/// The operation among the extensions of a response.
fn told(response: &HttpResponse) -> Option<&'static Operation> {
    response.extensions().get().copied()
}

#[tokio::test]
async fn responses_tell_their_operation() {
    let server = builder().operation_extensions().build();
    let path = format!("{APPS}/a1");
    let found = sent(&server, "GET", &path, &[]).await;
    let operation = told(&found).unwrap();
    assert!(std::ptr::eq(operation, &raw const GET_OAUTH_APP));
    assert_eq!(
        (
            operation.id,
            operation.method,
            operation.path,
            operation.tags
        ),
        (
            "GetOAuthApp",
            "GET",
            "/api/v4/oauth/apps/{app_id}",
            &["OAuth"][..]
        )
    );
    // Whatever becomes of it.
    let refused = sent(&server, "GET", APPS, &[]).await;
    assert_eq!(refused.status(), 401);
    assert_eq!(told(&refused).unwrap().id, "GetOAuthApps");
    for (method, path) in [("GET", "/nope"), ("PATCH", APPS), ("OPTIONS", APPS)] {
        assert_eq!(told(&sent(&server, method, path, &[]).await), None);
    }
    assert_eq!(
        told(&sent(&builder().build(), "GET", &path, &[]).await),
        None
    );
    let (parts, _) = request("DELETE", &path, &[]).into_parts();
    assert_eq!(server.operation(&parts), Some(&DELETE_OAUTH_APP));
    let (parts, _) = request("DELETE", "/nope", &[]).into_parts();
    assert_eq!(server.operation(&parts), None);
    assert!(OPERATIONS.contains(&&DELETE_OAUTH_APP));
}

#[tokio::test]
async fn options_lists_the_methods_of_a_path() {
    let server = builder().build();
    let register = format!("{APPS}/register");
    for (path, methods) in [
        (APPS, "GET, HEAD, OPTIONS, POST"),
        (register.as_str(), "OPTIONS, POST"),
    ] {
        let response = sent(&server, "OPTIONS", path, &[]).await;
        assert_eq!(response.status(), 204);
        assert_eq!(response.headers()["allow"], methods);
        assert_eq!(text(response).await, "");
    }
    assert_eq!(sent(&server, "OPTIONS", "/nope", &[]).await.status(), 404);
}

#[tokio::test]
async fn browsers_may_ask_first() {
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::exact("https://app.example".parse().unwrap()))
        .allow_methods(AllowMethods::mirror_request());
    let mut server = cors.layer(builder().build());
    let origin = ("origin", "https://app.example");
    let ahead = ("access-control-request-method", "DELETE");
    let mut sent = async |method: &str, headers: &[(&str, &str)]| {
        let request = request(method, &format!("{APPS}/a1"), headers);
        let response: Result<_, Infallible> = server.call(request).await;
        response.unwrap()
    };
    let preflight = sent("OPTIONS", &[origin, ahead]).await;
    assert_eq!(preflight.status(), 200);
    assert_eq!(
        preflight.headers()["access-control-allow-methods"],
        "DELETE"
    );
    // What follows is the route's to decide, and the browser may read it.
    let call = sent("GET", &[origin]).await;
    assert_eq!(call.status(), 200);
    assert_eq!(call.headers()["access-control-allow-origin"], origin.1);
    let refused = sent("PATCH", &[origin]).await;
    assert_eq!(refused.status(), 405);
    assert_eq!(refused.headers()["access-control-allow-origin"], origin.1);
}

/// What receives webhooks has all of this, too.
struct Receiver;

impl Webhooks for Receiver {
    type Session = &'static str;

    async fn get_event(&self, call: Call) -> Result<String, GetEventError> {
        Ok(call.request_id().unwrap_or("none").to_owned())
    }

    async fn event(
        &self,
        _: Call<&'static str>,
        _: sample_server::types::Event,
    ) -> Result<(), EventError> {
        Err(Problem::unexpected("s3cret").into())
    }
}

#[tokio::test]
async fn receivers_have_the_same_around_them() {
    let server = Server::webhooks(Receiver)
        .authenticate(authenticate)
        .request_ids(RequestIds::new())
        .operation_extensions()
        .only_path("/event")
        .build();
    let response = sent(&server, "GET", "/hook/7", &[("x-request-id", "w1")]).await;
    assert_eq!(response.headers()["x-request-id"], "w1");
    let event = &sample_server::webhooks::GET_EVENT;
    assert_eq!(told(&response), Some(event));
    assert_eq!(text(response).await, "w1");
    let methods = sent(&server, "OPTIONS", "/hook/7", &[]).await;
    assert_eq!(methods.headers()["allow"], "GET, HEAD, OPTIONS, POST");
}
