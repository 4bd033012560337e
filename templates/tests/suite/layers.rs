//! What a builder puts around methods: layers of operations, limits, checks of responses, the end of the server.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use http::Request;
use http_body_util::BodyExt;
use sample_server::oauth::*;
use sample_server::runtime::Place;
use sample_server::types::OAuthApp;
use sample_server::{
    Body, BoxError, Call, Events, FilesApi, Lines, OauthApi, OperationService, Problem, RequestIds,
    ResponseChecks, Server, ServerBuilder, ShopApi, Shutdown, StatusCode, ValuesApi, files,
};
use tower_service::Service;

use crate::provider::{Session, Tokens, chunked, oauth_app};

const APP: &str = "/api/v4/oauth/apps/a1";

/// Counts the methods that came to their end.
#[derive(Clone, Default)]
struct Provider(Arc<AtomicUsize>);

impl ShopApi for Provider {}
impl ValuesApi for Provider {}

impl FilesApi for Provider {
    async fn get_talk(&self, call: Call) -> Result<Events<String>, files::GetTalkError> {
        assert!(
            call.shutdown()
                .is_some_and(|shutdown| !shutdown.has_begun())
        );
        let (mut sender, events) = Events::text_channel();
        let ended = Arc::clone(&self.0);
        tokio::spawn(async move {
            while sender.send("hello".to_owned()).await.is_ok() {}
            ended.fetch_add(1, Ordering::SeqCst);
        });
        Ok(events)
    }

    async fn get_events(
        &self,
        call: Call,
    ) -> Result<files::GetEventsResponse, files::GetEventsError> {
        if call.headers().contains_key("x-csrf-token") {
            return Ok(files::GetEventsResponse::Ok(apps().into()));
        }
        let (mut sender, events) = Events::channel();
        tokio::spawn(async move {
            for app in apps() {
                if sender.send(app).await.is_err() {
                    break;
                }
            }
        });
        Ok(files::GetEventsResponse::OkEventStream(events))
    }

    async fn get_lines(&self, _: Call) -> Result<Lines<OAuthApp>, files::GetLinesError> {
        Ok(lines())
    }

    async fn get_sequence(&self, _: Call) -> Result<Lines<OAuthApp>, files::GetSequenceError> {
        Ok(lines())
    }

    async fn get_file(&self, _: Call, name: String) -> Result<Body, files::GetFileError> {
        let app = oauth_app(name, "ci", ["not a URI"]);
        Err(Problem::new(StatusCode::NOT_FOUND).with_body(app).into())
    }
}

/// Three apps, of which the second violates a constraint.
fn apps() -> [OAuthApp; 3] {
    let urls = ["urn:first", "not a URI", "urn:third"];
    urls.map(|url| oauth_app("a1", "ci", [url]))
}

fn lines() -> Lines<OAuthApp> {
    Lines::unfold(apps().into_iter(), |mut apps| async move {
        Ok::<_, BoxError>(apps.next().map(|app| (app, apps)))
    })
}

impl OauthApi for Provider {
    type Session = Session;

    async fn get_oauth_app(
        &self,
        _: Call<Option<Session>>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppError> {
        Ok(oauth_app(app_id, "ci", ["not a URI"]))
    }

    async fn get_oauth_app_icon(
        &self,
        _: Call,
        _: String,
        size: i32,
    ) -> Result<Body, GetOAuthAppIconError> {
        tokio::time::sleep(Duration::from_millis(size.unsigned_abs().into())).await;
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok("icon".into())
    }

    async fn set_oauth_app_icon(
        &self,
        _: Call,
        _: String,
        body: Body,
    ) -> Result<String, SetOAuthAppIconError> {
        let read = body.bytes().await;
        let read = read.map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE))?;
        Ok(read.len().to_string())
    }

    async fn update_oauth_app(
        &self,
        _: Call<Session>,
        _: String,
        body: OAuthApp,
    ) -> Result<UpdateOAuthAppResponse, UpdateOAuthAppError> {
        Ok(UpdateOAuthAppResponse::Ok(body))
    }
}

fn builder() -> ServerBuilder<Provider, Tokens> {
    Server::builder(Provider::default()).authenticate(Tokens)
}

async fn sent(
    server: &Server<Provider, Tokens>,
    method: &str,
    path: &str,
    body: impl Into<Body>,
) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path);
    let request = request
        .header("authorization", "Bearer good")
        .header("x-csrf-token", "c")
        .header("x-request-id", "r1");
    let request = match path.ends_with("/icon") {
        true => request.header("content-type", "image/png"),
        false => request.header("content-type", "application/json"),
    };
    let response = server.clone().call(request.body(body.into()).unwrap());
    let response = response.await.unwrap();
    assert!(
        response
            .headers()
            .get("x-request-id")
            .is_none_or(|id| id == "r1")
    );
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// A layer that writes down what comes by, and may fail instead.
#[derive(Clone)]
struct Noted<S> {
    inner: S,
    name: &'static str,
    notes: Arc<Mutex<Vec<String>>>,
    error: Option<fn() -> BoxError>,
}

type Answer = http::Response<Body>;

impl<S> Service<Request<Body>> for Noted<S>
where
    S: Service<Request<Body>, Response = Answer> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
    type Response = Answer;
    type Error = BoxError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Answer, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if let Some(error) = self.error {
            return Box::pin(async move { Err(error()) });
        }
        let line = format!("{} {}", self.name, request.uri().path());
        let (notes, response) = (Arc::clone(&self.notes), self.inner.call(request));
        Box::pin(async move {
            let response = response.await.map_err(Into::into)?;
            notes
                .lock()
                .unwrap()
                .push(format!("{line} {}", response.status().as_u16()));
            Ok(response)
        })
    }
}

#[tokio::test]
async fn layers_are_around_the_operations_that_they_are_for() {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let noted = |name: &'static str| {
        let notes = Arc::clone(&notes);
        move |inner: OperationService| Noted {
            inner,
            name,
            notes: Arc::clone(&notes),
            error: None,
        }
    };
    let server = builder()
        .layer_for(&[&GET_OAUTH_APP, &GET_OAUTH_APPS], noted("in"))
        .layer_for(OPERATIONS, noted("out"))
        .request_ids(RequestIds::new())
        .build();
    assert_eq!(sent(&server, "GET", APP, "").await.0, 200);
    assert_eq!(sent(&server, "PUT", APP, "{").await.0, 400);
    assert_eq!(
        sent(&server, "HEAD", APP, "").await,
        (StatusCode::OK, String::new())
    );
    for (method, path, status) in [
        ("GET", "/files/talk/more", 404),
        ("PATCH", APP, 405),
        ("OPTIONS", APP, 204),
        ("GET", "/files/f1/place", 501),
    ] {
        assert_eq!(sent(&server, method, path, "").await.0, status, "{path}");
    }
    let lines = ["in", "out", "out", "in", "out"]
        .iter()
        .zip([200, 200, 400, 200, 200]);
    let expected: Vec<String> = lines
        .map(|(name, code)| format!("{name} {APP} {code}"))
        .collect();
    assert_eq!(*notes.lock().unwrap(), expected);
}

#[tokio::test]
async fn a_layer_that_fails_is_a_response() {
    let problem: fn() -> BoxError = || Problem::new(StatusCode::TOO_MANY_REQUESTS).into();
    let other: fn() -> BoxError = || "s3cret".into();
    for (error, status) in [(problem, 429), (other, 500)] {
        let failing = move |inner| Noted {
            inner,
            name: "",
            notes: Arc::default(),
            error: Some(error),
        };
        let server = builder().layer_for(&[&GET_OAUTH_APP], failing).build();
        let (got, text) = sent(&server, "GET", APP, "").await;
        assert_eq!(got, status);
        assert!(text.contains(&format!("\"status\":{status}")) && !text.contains("s3cret"));
    }
}

#[tokio::test(start_paused = true)]
async fn operations_have_limits_of_their_own() {
    let server = builder().max_body_bytes(10).build();
    let icon = |time: u32| format!("{APP}/icon-{time}.png");
    assert_eq!(sent(&server, "GET", &icon(1900), "").await.0, 200);
    let (status, text) = sent(&server, "GET", &icon(2100), "").await;
    assert_eq!(status, 503);
    assert!(text.contains("the operation took too long"), "{text}");
    // Larger than the server's, which is 10 bytes.
    let app = r#"{"id":"i","name":"n","callback_urls":[]}"#;
    assert_eq!(sent(&server, "PUT", APP, app).await.0, 200);
    let padded = |length: usize| format!("{app:length$}");
    assert_eq!(sent(&server, "PUT", APP, padded(2048)).await.0, 200);
    assert_eq!(sent(&server, "PUT", APP, padded(2049)).await.0, 413);
    let post = sent(&server, "POST", "/api/v4/oauth/apps", padded(11)).await;
    assert_eq!(post.0, 413);
    // What is read as a stream, of a size that is known or not.
    let icon = format!("{APP}/icon");
    assert_eq!(
        sent(&server, "PUT", &icon, Body::stream(chunked(1 << 20))).await,
        (StatusCode::OK, (1 << 20).to_string())
    );
    assert_eq!(
        sent(&server, "PUT", &icon, Body::stream(chunked((1 << 20) + 1)))
            .await
            .0,
        413
    );
    assert_eq!(
        sent(&server, "PUT", &icon, vec![0; (1 << 20) + 1]).await.0,
        413
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_limits_the_time_of_all_operations() {
    let server = builder().time_limit(Duration::from_secs(1)).build();
    let icon = format!("{APP}/icon-1900.png");
    // The operation's own limit goes before.
    assert_eq!(sent(&server, "GET", &icon, "").await.0, 200);
    assert_eq!(sent(&server, "GET", APP, "").await.0, 200);
}

#[tokio::test]
async fn responses_are_checked_if_one_wants() {
    for (checks, status, reports) in [
        (ResponseChecks::Off, 200, 0),
        (ResponseChecks::Log, 200, 1),
        (ResponseChecks::Refuse, 500, 1),
    ] {
        let told = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&told);
        let server = builder()
            .check_responses(checks)
            .on_server_error(move |problem, request| {
                assert_eq!(request.uri.path(), APP);
                log.lock().unwrap().push(problem.clone());
            })
            .build();
        let (got, text) = sent(&server, "GET", APP, "").await;
        assert_eq!(got, status);
        assert_eq!(text.contains("callback_urls"), status == 200, "{text}");
        let told = told.lock().unwrap();
        assert_eq!(told.len(), reports);
        for problem in told.iter() {
            let errors = format!("{:?}", problem.errors());
            assert!(errors.contains("/callback_urls/0"), "{errors}");
        }
    }
}

/// The pointers of all problems that were reported.
type Pointers = Arc<Mutex<Vec<String>>>;

/// A server that checks responses, and what it reports.
fn checking(checks: ResponseChecks) -> (ServerBuilder<Provider, Tokens>, Pointers) {
    let pointers = Pointers::default();
    let log = Arc::clone(&pointers);
    let builder = builder().check_responses(checks);
    let builder = builder.on_server_error(move |problem, _| {
        assert_eq!(problem.status(), 500);
        let places = problem.errors().iter().map(|error| match &error.place {
            Place::Body(pointer) => pointer.clone(),
            Place::Parameter(name) => panic!("{name} is in a request"),
        });
        log.lock().unwrap().extend(places);
    });
    (builder, pointers)
}

/// The body of a response to `GET`, and whether it is complete.
async fn streamed(mut server: Server<Provider, Tokens>, path: &str) -> (String, bool) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = server.call(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut body = response.into_body();
    let mut text = String::new();
    while let Some(chunk) = body.chunk().await {
        match chunk {
            Ok(chunk) => text.push_str(std::str::from_utf8(&chunk).unwrap()),
            Err(_) => return (text, false),
        }
    }
    (text, true)
}

#[tokio::test]
async fn values_of_streams_are_checked_when_they_are_sent() {
    for (checks, sent, reported) in [
        (ResponseChecks::Off, 3, None),
        (ResponseChecks::Log, 3, Some("/1/callback_urls/0")),
        (ResponseChecks::Refuse, 1, Some("/1/callback_urls/0")),
    ] {
        for path in ["/files/events", "/files/lines", "/files/sequence"] {
            for around in ["nothing", "a layer", "a task"] {
                let (builder, pointers) = checking(checks);
                let builder = match around {
                    "a layer" => builder.layer_for(files::OPERATIONS, |inner| Noted {
                        inner,
                        name: "",
                        notes: Arc::default(),
                        error: None,
                    }),
                    "a task" => builder.detached(),
                    _ => builder,
                };
                let (text, is_complete) = streamed(builder.build(), path).await;
                let case = format!("{checks:?}, {path} in {around}: {text}");
                assert_eq!(text.matches("callback_urls").count(), sent, "{case}");
                assert_eq!(text.contains("not a URI"), sent == 3, "{case}");
                assert_eq!(is_complete, sent == 3, "{case}");
                let pointers = pointers.lock().unwrap();
                assert_eq!(*pointers, Vec::from_iter(reported), "{case}");
            }
        }
    }
}

#[tokio::test]
async fn responses_that_are_not_documented_are_sent_as_they_are() {
    let (builder, pointers) = checking(ResponseChecks::Refuse);
    let server = builder.build();
    // The operation documents 404 with another type.
    let (status, text) = sent(&server, "GET", "/files/a1", "").await;
    assert_eq!(status, 404);
    assert!(text.contains("not a URI"), "{text}");
    assert!(pointers.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_method_goes_on_if_it_is_detached() {
    for (detached, ended) in [(false, 0), (true, 1)] {
        let shutdown = Shutdown::new();
        let provider = Provider::default();
        let counted = Arc::clone(&provider.0);
        let server = Server::builder(provider)
            .authenticate(Tokens)
            .shutdown(&shutdown);
        let server = if detached {
            server.detached().build()
        } else {
            server.build()
        };
        let icon = format!("{APP}/icon-1000.png");
        // The client leaves early.
        let call = sent(&server, "GET", &icon, "");
        let waited = tokio::time::timeout(Duration::from_millis(10), call).await;
        assert!(waited.is_err());
        shutdown.begin();
        shutdown.finished().await;
        assert_eq!(counted.load(Ordering::SeqCst), ended);
        // Whoever waits gets the response, and a panic is one.
        assert_eq!(sent(&server, "GET", &icon, "").await.1, "icon");
        assert_eq!(sent(&server, "GET", "/nope", "").await.0, 404);
    }
}

#[tokio::test]
async fn streams_end_with_the_server() {
    let shutdown = Shutdown::new();
    let provider = Provider::default();
    let ended = Arc::clone(&provider.0);
    let mut server = Server::builder(provider)
        .authenticate(Tokens)
        .shutdown(&shutdown)
        .build();
    let request = Request::get("/files/talk").body(Body::empty()).unwrap();
    let mut body = server.call(request).await.unwrap().into_body();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "data: hello\n\n");
    let waiting = shutdown.clone();
    let finished = tokio::spawn(async move { waiting.finished().await });
    assert!(!finished.is_finished());
    shutdown.begin();
    while let Some(chunk) = body.chunk().await {
        chunk.unwrap();
    }
    finished.await.unwrap();
    while ended.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
}
