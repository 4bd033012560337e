//! Requests that the server rejects, and the problems that it responds with.

use http::header::RETRY_AFTER;
use http_body_util::BodyExt;
use sample_client::Body;
use sample_server::files::GetFileError;
use sample_server::oauth::{GetOAuthAppError, RegisterOAuthClientError, UpdateOAuthAppError};
use sample_server::types::AppError;
use sample_server::{
    AuthError, Body as ServerBody, Call, Credentials, Dispatch, FilesApi, Handlers, HeaderValue,
    HttpResponse, OauthApi, Problem, ProblemKind, RequestParts, Server, ShopApi, StatusCode,
    Unauthenticated, ValuesApi,
};
use serde_json::{Value, json};
use tower_service::Service;

use crate::provider::{Provider, Session, Tokens, chunked, client, server};

/// Sends one request: method, path, headers, body.
async fn send(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (http::response::Parts, String) {
    answer_of(server(), method, path, headers, body).await
}

async fn answer_of<P, A>(
    mut server: Server<P, A>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (http::response::Parts, String)
where
    Handlers<P, A>: Dispatch,
{
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = server
        .call(request.body(body.into()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    (parts, text)
}

const APPS: &str = "/api/v4/oauth/apps";
const TOKEN: (&str, &str) = ("authorization", "Bearer good");
const JSON: (&str, &str) = ("content-type", "application/json");
const GOOD: &str = r#"{"name":"ci","callback_urls":["https://a"]}"#;

async fn status(method: &str, path: &str, headers: &[(&str, &str)], body: &'static str) -> u16 {
    send(method, path, headers, body).await.0.status.as_u16()
}

/// The problem document of a rejected request.
async fn problem(method: &str, path: &str, headers: &[(&str, &str)], body: &'static str) -> Value {
    let (parts, text) = send(method, path, headers, body).await;
    assert_eq!(parts.headers["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["status"], parts.status.as_u16());
    problem
}

#[tokio::test]
async fn a_good_request_is_answered() {
    let (parts, text) = send("POST", APPS, &[TOKEN, JSON], GOOD).await;
    assert_eq!(
        (parts.status.as_u16(), &parts.headers["content-type"]),
        (201, &"application/json".parse().unwrap())
    );
    assert_eq!(
        text,
        r#"{"id":"ann","name":"ci","callback_urls":["https://a"]}"#
    );
}

#[tokio::test]
async fn listed_answers_of_the_provider_are_sent() {
    for (body, expected) in [
        (r#"{"name":"taken","callback_urls":["u:x"]}"#, 400),
        (r#"{"name":"disabled","callback_urls":["u:x"]}"#, 501),
        (r#"{"name":"teapot","callback_urls":["u:x"]}"#, 418),
    ] {
        assert_eq!(status("POST", APPS, &[TOKEN, JSON], body).await, expected);
    }
    let teapot = problem(
        "POST",
        APPS,
        &[TOKEN, JSON],
        r#"{"name":"teapot","callback_urls":["u:x"]}"#,
    )
    .await;
    assert_eq!(
        teapot,
        json!({ "title": "I'm a teapot", "status": 418, "detail": "short and stout" })
    );
    let csrf = ("x-csrf-token", "c");
    let app = r#"{"id":"i","name":"n","callback_urls":[]}"#;
    let put =
        async |id: &str| send("PUT", &format!("{APPS}/{id}"), &[TOKEN, csrf, JSON], app).await;
    assert_eq!(put("x").await.1, app);
    let (same, text) = put("same").await;
    assert_eq!(
        (
            same.status.as_u16(),
            text.as_str(),
            same.headers.get("content-type")
        ),
        (204, "", None)
    );
    assert_eq!(put("gone").await.0.status, 410);
}

#[tokio::test]
async fn unknown_paths_are_404() {
    for path in [
        "/",
        "/api/v4/oauth/apps/a/icon-.png",
        "/api",
        "/api/v4/oauth/app",
        "/api/v4/oauth/apps/",
        "//api/v4/oauth/apps",
        "/api/v4/oauth/apps/a/b",
        "/API/v4/oauth/apps",
        "/api/v4/oauth/apps/..",
        "/api/v4/oauth/apps/.",
        "/api/v4/oauth/apps/%2e%2E",
        "/x/../api/v4/oauth/apps",
    ] {
        assert_eq!(status("GET", path, &[TOKEN], "").await, 404, "{path}");
    }
    let problem = problem("GET", "/s3cret", &[], "").await;
    assert_eq!(problem, json!({ "title": "Not Found", "status": 404 }));
}

#[tokio::test]
async fn segments_are_compared_and_handed_over_decoded() {
    let (_, text) = send("GET", "/%61pi/v4/oauth/apps/a%2Fb%20%C3%BC+%2e", &[], "").await;
    assert!(text.contains(r#""id":"a/b ü+.""#), "{text}");
    for path in [
        "/api/v4/oauth/apps/%ff",
        "/api/v4/oauth/apps/%zz",
        "/api/v4/oauth/apps/%2",
    ] {
        assert_eq!(
            problem("GET", path, &[], "").await["detail"],
            "the path is not UTF-8",
            "{path}"
        );
        assert_eq!(status("GET", path, &[], "").await, 400);
    }
}

#[tokio::test]
async fn a_concrete_path_gets_all_its_requests() {
    let register = "/api/v4/oauth/apps/register";
    assert_eq!(status("POST", register, &[], "").await, 400);
    // `register` isn't the id of an app, whatever the method.
    for method in ["GET", "DELETE", "PUT"] {
        let (parts, _) = send(method, register, &[TOKEN], "").await;
        assert_eq!(parts.status.as_u16(), 405, "{method}");
        assert_eq!(parts.headers["allow"], "OPTIONS, POST");
    }
}

#[tokio::test]
async fn other_methods_are_405_with_allow() {
    let (parts, _) = send("PATCH", APPS, &[], "").await;
    assert_eq!(
        (
            parts.status.as_u16(),
            parts.headers["allow"].to_str().unwrap()
        ),
        (405, "GET, HEAD, OPTIONS, POST")
    );
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let (get, text) = send("GET", "/api/v4/oauth/apps/a1", &[], "").await;
    let (head, nothing) = send("HEAD", "/api/v4/oauth/apps/a1", &[], "").await;
    assert_eq!((head.status, nothing.as_str()), (get.status, ""));
    assert_eq!(
        head.headers["content-length"].to_str().unwrap(),
        text.len().to_string()
    );
    assert_eq!(head.headers["content-type"], "application/json");
    let (missing, nothing) = send("HEAD", "/nope", &[], "").await;
    assert_eq!((missing.status.as_u16(), nothing.as_str()), (404, ""));
}

#[tokio::test]
async fn callers_have_to_say_who_they_are() {
    for (headers, challenge) in [
        (vec![], "Bearer"),
        (vec![("authorization", "Bearer ")], "Bearer"),
        (vec![("authorization", "Basic Z29vZDo=")], "Bearer"),
        (vec![("authorization", "good")], "Bearer"),
        (vec![TOKEN, TOKEN], "Bearer"),
        (
            vec![("authorization", "Bearer bad")],
            "Bearer error=\"invalid_token\"",
        ),
    ] {
        let (parts, _) = send("POST", APPS, &headers, GOOD).await;
        assert_eq!(parts.status, 401, "{headers:?}");
        assert_eq!(parts.headers["www-authenticate"], challenge);
    }
    assert_eq!(
        status("GET", APPS, &[("Authorization", "bEARER good")], "").await,
        200
    );
    let (weak, _) = send("POST", APPS, &[("authorization", "Bearer weak")], GOOD).await;
    assert_eq!(weak.status, 403);
    assert_eq!(
        weak.headers["www-authenticate"],
        "Bearer error=\"insufficient_scope\", scope=\"manage_oauth\""
    );
    assert_eq!(
        status("GET", APPS, &[("authorization", "Bearer trouble")], "").await,
        503
    );
}

#[tokio::test]
async fn alternatives_are_tried_in_order_and_all_of_one_are_needed() {
    let delete = |query: &str| format!("{APPS}/a{query}");
    // The request gets to the provider, which doesn't implement it: 501.
    assert_eq!(status("DELETE", &delete("?key=k1"), &[], "").await, 501);
    assert_eq!(
        status("DELETE", &delete("?key=bad"), &[TOKEN], "").await,
        501
    );
    assert_eq!(status("DELETE", &delete("?key=bad"), &[], "").await, 401);
    assert_eq!(
        status(
            "DELETE",
            &delete("?key=weak"),
            &[("authorization", "Bearer bad")],
            ""
        )
        .await,
        403
    );
    assert_eq!(
        status("DELETE", &delete("?key=k1&key=k1"), &[], "").await,
        401
    );
    let (parts, _) = send("DELETE", &delete(""), &[], "").await;
    let challenges: Vec<_> = parts.headers.get_all("www-authenticate").iter().collect();
    assert_eq!(
        challenges,
        [
            "ApiKey in=\"query\", name=\"key\"",
            "Bearer",
            "Basic realm=\"api\", charset=\"UTF-8\""
        ]
    );

    let app = r#"{"id":"i","name":"n","callback_urls":[]}"#;
    assert_eq!(status("PUT", &delete(""), &[TOKEN, JSON], app).await, 401);
    assert_eq!(
        status(
            "PUT",
            &delete(""),
            &[TOKEN, JSON, ("x-csrf-token", "c")],
            app
        )
        .await,
        200
    );
}

#[tokio::test]
async fn authentication_can_be_optional_but_not_wrong() {
    let name =
        async |headers: &[(&str, &str)]| send("GET", "/api/v4/oauth/apps/a1", headers, "").await;
    assert!(name(&[]).await.1.contains(r#""name":"nobody""#));
    assert!(name(&[TOKEN]).await.1.contains(r#""name":"ann""#));
    assert_eq!(name(&[("authorization", "Bearer bad")]).await.0.status, 401);
}

#[tokio::test]
async fn callers_are_checked_before_their_input() {
    assert_eq!(status("POST", APPS, &[], "nonsense").await, 401);
    assert_eq!(
        status("GET", "/api/v4/oauth/apps?page=x", &[], "").await,
        401
    );
}

#[tokio::test]
async fn a_function_can_authenticate() {
    let hook = |credentials: Credentials| async move {
        assert!(
            format!("{credentials:?}") == "[\"bearer\"]",
            "{credentials:?}"
        );
        match credentials.bearer() {
            Some("fn") => Ok(Session {
                user: "fay".to_owned(),
            }),
            _ => Err(AuthError::Unauthorized),
        }
    };
    let server = Server::builder(Provider).authenticate(hook).build();
    let (parts, _) = answer_of(server, "GET", APPS, &[("authorization", "Bearer fn")], "").await;
    assert_eq!(parts.status, 200);
}

/// `T::value()` compiles only if exactly one of the two implementations applies.
trait NotDispatch<Marker> {
    fn value() -> bool {
        true
    }
}
impl<T> NotDispatch<()> for T {}
impl<T: Dispatch> NotDispatch<u8> for T {}

#[test]
fn a_server_with_secured_operations_needs_authentication() {
    // If a server could be built without an authentication hook, this wouldn't compile.
    assert!(<Handlers<Provider, Unauthenticated> as NotDispatch<_>>::value());
    let _ = Server::builder(Provider).authenticate(Tokens).build();
}

#[tokio::test]
async fn parameters_are_read_and_checked() {
    let (_, text) = send(
        "GET",
        &format!("{APPS}?page=2&ids=a+b&ids=c%26d&words=x,y&other=1"),
        &[TOKEN],
        "",
    )
    .await;
    for part in [
        "page: 2",
        "per_page: 60",
        r#"ids: Some([\"a b\", \"c&d\"])"#,
        r#"words: Some([\"x\", \"y\"])"#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let headers = [
        TOKEN,
        ("x-request-id", "r1"),
        ("cookie", "a=b; locale=de%20AT"),
    ];
    let (_, text) = send("GET", APPS, &headers, "").await;
    assert!(
        text.contains(r#"x_request_id: Some(\"r1\"), locale: Some(\"de AT\")"#),
        "{text}"
    );

    for (query, detail) in [
        ("page=s3cret", "must be an integer of 64 bits"),
        ("page=", "must be an integer of 64 bits"),
        ("page", "must be an integer of 64 bits"),
        ("page=1&page=1", "must not stand twice"),
        ("page=%ff", "is not valid text"),
        ("page=-1", "must be at least 0"),
    ] {
        let problem = problem("GET", &format!("{APPS}?{query}"), &[TOKEN], "").await;
        assert_eq!(
            problem["errors"],
            json!([{ "parameter": "page", "detail": detail }]),
            "{query}"
        );
        assert_eq!(problem["status"], 400);
    }
    let twice = problem(
        "GET",
        APPS,
        &[TOKEN, ("x-request-id", "a"), ("x-request-id", "b")],
        "",
    )
    .await;
    assert_eq!(twice["errors"][0]["parameter"], "X-Request-Id");
    let both = problem("GET", &format!("{APPS}?page=-1&per_page=500"), &[TOKEN], "").await;
    assert_eq!(both["errors"].as_array().unwrap().len(), 2);
    let long = problem("GET", &format!("{APPS}/{}", "x".repeat(27)), &[], "").await;
    assert_eq!(
        long["errors"],
        json!([{ "parameter": "app_id", "detail": "must be at most 26 characters long" }])
    );
}

#[tokio::test]
async fn bodies_are_read_and_checked() {
    for (body, detail, errors) in [
        ("", "a JSON body is required", json!(null)),
        (
            "{",
            "the body is not JSON",
            json!([{ "pointer": "", "detail": "is not JSON: EOF while parsing an object at line 1 column 1" }]),
        ),
        (
            r#"{"name":5,"callback_urls":[]}"#,
            "the body is not as described",
            json!([{ "pointer": "/name", "detail": "invalid type: integer, expected a string" }]),
        ),
        (
            r#"{"name":"n"}"#,
            "the body is not as described",
            json!([{ "pointer": "/callback_urls", "detail": "required property is missing" }]),
        ),
        (
            r#"{"name":"n","callback_urls":["u:x"],"lifetime":"s3cret"}"#,
            "the body is not as described",
            json!([{ "pointer": "/lifetime", "detail": "invalid type: string, expected an integer of 32 bits" }]),
        ),
        (
            r#"{"name":"","callback_urls":["s3cret"]}"#,
            "the body is not as described",
            json!([
                { "pointer": "/name", "detail": "must be at least 1 character long" },
                { "pointer": "/callback_urls/0", "detail": "must be a URI" },
            ]),
        ),
    ] {
        let problem = problem("POST", APPS, &[TOKEN, JSON], body).await;
        assert_eq!(
            (problem["status"].as_u64(), &problem["title"]),
            (Some(400), &json!("Bad Request"))
        );
        assert_eq!(
            (&problem["detail"], &problem["errors"]),
            (&json!(detail), &errors),
            "{body}"
        );
        assert!(!problem.to_string().contains("s3cret"));
    }
}

#[tokio::test]
async fn other_media_types_are_415() {
    for good in [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/x+json",
    ] {
        assert_eq!(
            status("POST", APPS, &[TOKEN, ("content-type", good)], GOOD).await,
            201,
            "{good}"
        );
    }
    assert_eq!(status("POST", APPS, &[TOKEN], GOOD).await, 201);
    for bad in [
        "text/plain",
        "",
        "application/xml",
        "application/json; charset=iso-8859-1",
        "json",
    ] {
        let problem = problem("POST", APPS, &[TOKEN, ("content-type", bad)], GOOD).await;
        assert_eq!(
            (&problem["status"], &problem["detail"]),
            (&json!(415), &json!("the body must be application/json")),
            "{bad}"
        );
    }
}

#[tokio::test]
async fn large_bodies_are_413_with_and_without_content_length() {
    for (length, expected) in [(1000, 400), (1001, 413)] {
        let (parts, text) = send("POST", APPS, &[TOKEN, JSON], vec![b' '; length]).await;
        assert_eq!(parts.status.as_u16(), expected, "{text}");
        let (parts, text) = send("POST", APPS, &[TOKEN, JSON], chunked(length)).await;
        assert_eq!(parts.status.as_u16(), expected, "{text}");
    }
}

#[tokio::test]
async fn what_the_client_does_not_accept_is_406() {
    for (accept, expected) in [
        ("application/json", 200),
        ("*/*", 200),
        ("application/*;q=0.1", 200),
        ("text/html, */*;q=0.1", 200),
        ("", 200),
        ("Application/Json; charset=x", 200),
        ("text/html", 406),
        ("text/html, application/json;q=0", 406),
        ("*/*, application/json;q=0.0", 406),
        ("application/json, */*;q=0", 200),
        ("text/*", 406),
        ("application/*;q=0, */*", 406),
    ] {
        assert_eq!(
            status("GET", "/api/v4/oauth/apps/a1", &[("accept", accept)], "").await,
            expected,
            "{accept}"
        );
    }
    let two = [("accept", "text/html"), ("accept", "application/json")];
    assert_eq!(status("GET", "/api/v4/oauth/apps/a1", &two, "").await, 200);
    // A response without a body is always acceptable.
    assert_eq!(
        status(
            "DELETE",
            &format!("{APPS}/a"),
            &[TOKEN, ("accept", "text/html")],
            ""
        )
        .await,
        501
    );
}

#[tokio::test]
async fn what_is_not_written_is_501() {
    let problem = problem("DELETE", &format!("{APPS}/a"), &[TOKEN], "").await;
    assert_eq!(
        problem,
        json!({ "title": "Not Implemented", "status": 501, "detail": "DeleteOAuthApp is not implemented" })
    );
}

#[tokio::test]
async fn problems_can_be_rendered_otherwise() {
    let render = |problem: &Problem, _: &RequestParts| -> HttpResponse {
        assert_eq!(problem.kind(), ProblemKind::MethodNotAllowed);
        let response = http::Response::builder().status(problem.status());
        response
            .body(format!("{{\"message\":\"{}\"}}", problem.title()).into())
            .unwrap()
    };
    let server = Server::builder(Provider)
        .authenticate(Tokens)
        .render_problems(render)
        .build();
    let (parts, text) = answer_of(server, "PATCH", APPS, &[], "").await;
    assert_eq!(
        (parts.status.as_u16(), text.as_str()),
        (405, r#"{"message":"Method Not Allowed"}"#)
    );
    assert_eq!(parts.headers["allow"], "GET, HEAD, OPTIONS, POST");
}

#[tokio::test]
async fn the_base_path_can_be_moved() {
    let moved = || {
        Server::builder(Provider)
            .authenticate(Tokens)
            .base_path("/mm/")
            .build()
    };
    for (path, expected) in [
        ("/mm/api/v4/oauth/apps/a", 200),
        ("/api/v4/oauth/apps/a", 404),
        ("/mmapi/v4/oauth/apps/a", 404),
        ("/mm", 404),
    ] {
        assert_eq!(
            answer_of(moved(), "GET", path, &[], "")
                .await
                .0
                .status
                .as_u16(),
            expected,
            "{path}"
        );
    }
}

#[tokio::test]
async fn client_and_server_agree_on_every_parameter() {
    let call = client()
        .oauth()
        .get_oauth_apps()
        .page(3)
        .per_page(7)
        .ids(["a,b", "&=+ %"])
        .words(["w1", "ü"]);
    let apps = call.x_request_id("r-1").locale("de;AT").await.unwrap();
    assert_eq!(
        apps[0].name,
        "GetOAuthAppsParams { page: 3, per_page: 7, ids: Some([\"a,b\", \"&=+ %\"]), words: Some([\"w1\", \"ü\"]), \
         x_request_id: Some(\"r-1\"), locale: Some(\"de;AT\") }"
    );
}

#[test]
fn problems_are_documents_of_rfc_9457() {
    let problem = Problem::new(http::StatusCode::CONFLICT)
        .with_type("https://e/taken")
        .with_title("Taken");
    let problem = problem
        .with_detail("try again")
        .with_error(sample_server::Place::Body("/a".to_owned()), "is taken");
    assert_eq!(
        problem.to_json(),
        json!({ "type": "https://e/taken", "title": "Taken", "status": 409, "detail": "try again",
                "errors": [{ "pointer": "/a", "detail": "is taken" }] })
    );
    assert_eq!(problem.to_string(), "409 Taken: try again");
    assert!(size_of::<Problem>() <= 8);
}

#[tokio::test]
async fn bodies_need_not_be_json() {
    let oauth = client().oauth();
    let icon = oauth.get_oauth_app_icon("a/1", 16).send().await.unwrap();
    assert_eq!(icon.headers()["content-type"], "image/png");
    let icon = icon.into_body().bytes().await.unwrap();
    assert_eq!(icon.as_ref(), b"16 pixels of a/1\0");
    let answer = oauth
        .set_oauth_app_icon("a", Body::from(vec![0_u8, 1, 2]).content_type("image/png"))
        .send()
        .await
        .unwrap();
    assert_eq!(*answer, "a has 3 bytes, ü");
    assert_eq!(
        answer.headers()["content-type"],
        "text/plain; charset=utf-8"
    );

    let path = format!("{APPS}/a/icon");
    assert_eq!(
        status("PUT", &path, &[("content-type", "image/gif")], "x").await,
        200
    );
    assert_eq!(
        status("PUT", &path, &[("content-type", "text/plain")], "x").await,
        415
    );
    let size = problem("GET", &format!("{APPS}/a/icon-x.png"), &[], "").await;
    assert_eq!(
        size["errors"],
        json!([{ "parameter": "size", "detail": "must be an integer of 32 bits" }])
    );
}

#[tokio::test]
async fn basic_authentication_is_decoded() {
    let path = format!("{APPS}/a");
    let delete = async |value: &str| status("DELETE", &path, &[("authorization", value)], "").await;
    assert_eq!(delete("Basic YW5uOnA6w6Q=").await, 501); // ann:p:ä
    assert_eq!(delete("basic YW5uOnA6w6Q").await, 501);
    for bad in [
        "Basic YW5u",
        "Basic !",
        "Basic Y",
        "Basic /w==",
        "Basic",
        "Basic YW5uOng=",
    ] {
        assert_eq!(delete(bad).await, 401, "{bad}");
    }
    let transport = sample_client::TowerTransport::new(server());
    let client = sample_client::Client::builder(crate::provider::BASE_URL).transport(transport);
    let client = client.basic("ann", "p:ä").build().unwrap();
    assert_eq!(
        client
            .oauth()
            .delete_oauth_app("a")
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        501
    );
}

/// A custom error, which an operation may document or not.
enum Failed {
    Gone,
    Late,
    Busy,
    Off,
}

impl From<Failed> for Problem {
    fn from(failed: Failed) -> Self {
        let error = AppError::new().message("no");
        match failed {
            Failed::Gone => Self::new(StatusCode::NOT_FOUND).with_body(error),
            Failed::Late => Self::new(StatusCode::REQUEST_TIMEOUT).with_body(error),
            Failed::Busy => {
                let busy = Self::new(StatusCode::NOT_FOUND).with_body(error);
                busy.with_header(RETRY_AFTER, HeaderValue::from_static("5"))
            }
            Failed::Off => Self::new(StatusCode::FORBIDDEN).with_body(()),
        }
    }
}

#[test]
fn an_error_of_ones_own_is_what_each_operation_documents() {
    let error = AppError::new().message("no");
    let found = GetOAuthAppError::from(Failed::Gone);
    assert_eq!(found, GetOAuthAppError::NotFound(error.clone()));
    // A status in a documented range gets the variant of the range, any other that of `default`.
    let (gone, late) = (StatusCode::NOT_FOUND, StatusCode::REQUEST_TIMEOUT);
    let found = UpdateOAuthAppError::from(Failed::Gone);
    assert_eq!(found, UpdateOAuthAppError::ClientError(gone, error.clone()));
    let found = RegisterOAuthClientError::from(Failed::Late);
    assert_eq!(found, RegisterOAuthClientError::Default(late, error));
    let found = RegisterOAuthClientError::from(Failed::Off);
    assert_eq!(found, RegisterOAuthClientError::Forbidden);
}

#[test]
fn an_error_that_an_operation_does_not_document_stays_a_problem() {
    // An undocumented status, a body of another type, headers that no variant has, and no body.
    let found = GetOAuthAppError::from(Failed::Late);
    assert_eq!(found, GetOAuthAppError::Other(Failed::Late.into()));
    let text = || Problem::new(StatusCode::NOT_FOUND).with_body("no");
    let found = GetOAuthAppError::from(text());
    assert_eq!(found, GetOAuthAppError::Other(text()));
    let found = GetOAuthAppError::from(Failed::Busy);
    assert_eq!(found, GetOAuthAppError::Other(Failed::Busy.into()));
    let found = GetOAuthAppError::from(Problem::new(StatusCode::NOT_FOUND));
    assert!(matches!(found, GetOAuthAppError::Other(problem) if problem != Failed::Gone.into()));
}

/// Rejects requests in ways that the operation doesn't document.
struct Refusing;

impl FilesApi for Refusing {
    async fn get_file(&self, _: Call, name: String) -> Result<ServerBody, GetFileError> {
        Err(match name.as_str() {
            "late" => Failed::Late.into(),
            "busy" => Failed::Busy.into(),
            _ => Failed::Off.into(),
        })
    }
}

impl ShopApi for Refusing {}
impl ValuesApi for Refusing {}

impl OauthApi for Refusing {
    type Session = Session;
}

#[tokio::test]
async fn an_own_body_is_sent_as_it_is() {
    for (name, expected, body) in [
        ("late", 408, r#"{"message":"no"}"#),
        ("busy", 404, r#"{"message":"no"}"#),
        ("off", 403, ""),
    ] {
        let server = Server::builder(Refusing)
            .authenticate(Tokens)
            .problems_as(|_, _| json!("rendered"))
            .build();
        let path = format!("/files/{name}");
        let (parts, text) = answer_of(server, "GET", &path, &[], "").await;
        assert_eq!(
            (parts.status.as_u16(), text.as_str()),
            (expected, body),
            "{name}"
        );
        let media_type = (!body.is_empty()).then_some("application/json");
        let sent = parts.headers.get("content-type");
        assert_eq!(sent.map(|sent| sent.to_str().unwrap()), media_type);
        assert_eq!(parts.headers.contains_key("retry-after"), name == "busy");
    }
}
