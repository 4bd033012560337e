//! The server as a `tower` service. Needs `asked.rs`, `auth.rs`, `body.rs`, `exchange.rs`, `media.rs`,
//! `problem.rs`, `reply.rs`, `route.rs`.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use http_body::Body as _;
use serde::Serialize;

use super::{
    Asked, Body, BoxError, BoxFuture, Endpoint, Exchange, HttpResponse, Problem, Reading,
    RequestParts, Route, Routes, Unauthenticated, Validator, accepts,
};

/// A request body is no larger than this unless told otherwise (2 MiB).
const MAX_BODY_BYTES: usize = 2 << 20;

/// A request body doesn't take longer than this unless told otherwise.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// The requests that callers send to the paths of the API: what a [`Server`] answers unless its type says otherwise. Requests that
/// the API itself sends, if there are such, have a type beside this one.
#[derive(Debug)]
pub enum Paths {}

/// A provider of the API, and what decides who calls it.
#[derive(Debug)]
#[doc(hidden)]
pub struct Handlers<P, A> {
    pub(crate) api: P,
    pub(crate) auth: A,
}

/// How the operations that answer the requests `R` are called; generated code implements it for [`Handlers`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't answer all operations of this API",
    note = "the provider has to implement the trait of each group",
    note = "an API with secured operations needs `.authenticate(…)` before `.build()`"
)]
#[doc(hidden)]
pub trait Dispatch<R = Paths>: Send + Sync + Sized + 'static {
    /// The operations, by their paths. Of several with one method and path the first comes first.
    const ROUTES: &'static [Endpoint<Self>];
    /// The path that all paths of the API are below, without a slash at its end.
    const BASE_PATH: &'static str;

    /// Which of these operations, by their positions in the routes, a request is for whose method and path lead to all of them.
    fn choose(operations: &[usize], _query: &str, _headers: &HeaderMap) -> Option<usize> {
        operations.first().copied()
    }
}

/// The API as a `tower` service, for axum, hyper or anything else that takes one. Clones share the provider.
pub struct Server<P, A = Unauthenticated, R = Paths> {
    inner: Arc<Inner<P, A>>,
    requests: PhantomData<fn() -> R>,
}

struct Inner<P, A> {
    handlers: Arc<Handlers<P, A>>,
    routes: Routes,
    options: Options,
}

struct Options {
    base_path: Option<String>,
    only_path: Option<String>,
    reading: Reading,
    accept_overlaps: bool,
    render: Arc<Renderer>,
}

type Renderer = dyn Fn(&Problem, &RequestParts) -> HttpResponse + Send + Sync;

impl<P> Server<P> {
    /// Begins a server whose operations the provider answers.
    pub fn builder(api: P) -> ServerBuilder<P> {
        let mut builder = Self::begin(api);
        builder.options.reading.refuses_nulls = true;
        builder
    }
}

impl<P, R> Server<P, Unauthenticated, R> {
    /// Begins a server that answers the requests `R`.
    pub(crate) fn begin(api: P) -> ServerBuilder<P, Unauthenticated, R> {
        let options = Options {
            base_path: None,
            only_path: None,
            reading: Reading {
                max_body_bytes: MAX_BODY_BYTES,
                body_timeout: BODY_TIMEOUT,
                // What the API itself sends is read as its clients read it.
                refuses_nulls: false,
            },
            accept_overlaps: false,
            render: Arc::new(|problem: &Problem, _: &RequestParts| problem_json(problem)),
        };
        ServerBuilder {
            handlers: Handlers {
                api,
                auth: Unauthenticated,
            },
            options,
            requests: PhantomData,
        }
    }
}

/// Sets up a [`Server`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ServerBuilder<P, A = Unauthenticated, R = Paths> {
    handlers: Handlers<P, A>,
    options: Options,
    requests: PhantomData<fn() -> R>,
}

impl<P, R> ServerBuilder<P, Unauthenticated, R> {
    /// What decides who calls.
    pub fn authenticate<A>(self, auth: A) -> ServerBuilder<P, A, R> {
        ServerBuilder {
            handlers: Handlers {
                api: self.handlers.api,
                auth,
            },
            options: self.options,
            requests: PhantomData,
        }
    }
}

impl<P, A, R> ServerBuilder<P, A, R> {
    /// The largest request body that is read, in bytes. Default: 2 MiB.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.options.reading.max_body_bytes = bytes;
        self
    }

    /// How long a request body may take: the whole of one that is read into memory; of one that is handed on as it comes, any piece.
    /// What takes longer is answered by 408. Default: 60 seconds; `Duration::MAX` is no limit.
    ///
    /// The clock is tokio's: in another runtime there is no limit. How long a request's head may take is a matter of what the
    /// service is run by.
    pub fn body_timeout(mut self, limit: Duration) -> Self {
        self.options.reading.body_timeout = limit;
        self
    }

    /// Takes null for a property that may be left out as if it were left out, although the description doesn't allow null there.
    /// Default: such a request is answered by 400. Requests that the API itself sends are always read this way.
    pub fn accept_nulls(mut self) -> Self {
        self.options.reading.refuses_nulls = false;
        self
    }

    /// Takes values that are several of the alternatives of a `oneOf`, of which exactly one has to hold; without this they are
    /// refused. Descriptions often mean `anyOf`.
    pub fn accept_overlaps(mut self) -> Self {
        self.options.accept_overlaps = true;
        self
    }

    /// The path that all paths are below. Default: that of the first server in the description. An empty one fits a
    /// server that is nested in a router which takes the path away.
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.options.base_path = Some(path.into());
        self
    }

    /// Takes every request for one to this path (`/name`), whatever its own path is: for a webhook or callback that has a URL to
    /// itself. The base path doesn't count then.
    pub fn only_path(mut self, path: impl Into<String>) -> Self {
        self.options.only_path = Some(path.into());
        self
    }

    /// Answers the problems that the server finds by itself, and those of the provider, with the API's own errors instead of
    /// `application/problem+json` (RFC 9457): `error` makes a value of the documented type, which is sent as JSON with the problem's
    /// status and headers. It sees the request, for a request id or the language. Problems that have a
    /// [body of their own](Problem::with_body) are sent with that.
    ///
    /// ```text
    /// .problems_as(|problem, request| AppError::new().message(problem.to_string()))
    /// ```
    pub fn problems_as<T: Serialize>(
        self,
        error: impl Fn(&Problem, &RequestParts) -> T + Send + Sync + 'static,
    ) -> Self {
        self.render_problems(move |problem, request| {
            match serde_json::to_vec(&error(problem, request)) {
                Ok(json) => rendered(problem, "application/json", json),
                Err(_) => problem_json(problem),
            }
        })
    }

    /// Renders these problems as any response, apart from those that have a [body of their own](Problem::with_body). The headers of a
    /// problem, such as `Allow`, are added to it.
    pub fn render_problems(
        mut self,
        render: impl Fn(&Problem, &RequestParts) -> HttpResponse + Send + Sync + 'static,
    ) -> Self {
        self.options.render = Arc::new(render);
        self
    }

    /// The server.
    pub fn build(self) -> Server<P, A, R>
    where
        Handlers<P, A>: Dispatch<R>,
    {
        let routes = <Handlers<P, A> as Dispatch<R>>::ROUTES.iter();
        let routes = Routes::new(routes.map(|one| (one.method, one.path)));
        Server {
            inner: Arc::new(Inner {
                handlers: Arc::new(self.handlers),
                routes,
                options: self.options,
            }),
            requests: PhantomData,
        }
    }
}

impl<P, A, R> Server<P, A, R>
where
    Handlers<P, A>: Dispatch<R>,
{
    async fn answer(self, request: http::Request<Body>) -> HttpResponse {
        let (parts, body) = request.into_parts();
        let asked = Arc::new(Asked::new(parts));
        let answer = self.dispatch(&asked, body).await;
        let mut response = answer.unwrap_or_else(|problem| self.render(&problem, &asked.parts));
        asked.move_added(response.headers_mut());
        if asked.parts.method == Method::HEAD {
            without_body(response)
        } else {
            response
        }
    }

    async fn dispatch(&self, asked: &Arc<Asked>, body: Body) -> Result<HttpResponse, Problem> {
        let parts = &asked.parts;
        let options = &self.inner.options;
        let base_path = options
            .base_path
            .as_deref()
            .unwrap_or(<Handlers<P, A> as Dispatch<R>>::BASE_PATH);
        let path = match &options.only_path {
            Some(path) => path,
            None => below(parts.uri.path(), base_path).ok_or_else(Problem::not_found)?,
        };
        let (operations, values) = match self.inner.routes.find(parts.method.as_str(), path) {
            Route::Found(operations, values) => (operations, values),
            Route::OtherMethods(methods) => return Err(Problem::method_not_allowed(&methods)),
            Route::Unreadable => return Err(Problem::invalid("the path is not UTF-8")),
            Route::Unknown => return Err(Problem::not_found()),
        };
        let query = parts.uri.query().unwrap_or_default();
        let (operation, handler) =
            <Handlers<P, A> as Dispatch<R>>::choose(operations, query, &parts.headers)
                .and_then(|number| <Handlers<P, A> as Dispatch<R>>::ROUTES.get(number))
                .and_then(|endpoint| endpoint.operation)
                .ok_or_else(Problem::not_found)?;
        if !accepts(&accept(&parts.headers), operation.produces) {
            return Err(Problem::not_acceptable(operation.produces));
        }
        let exchange = Exchange::new(operation, Arc::clone(asked), values, body, options.reading);
        let handlers = Arc::clone(&self.inner.handlers);
        let answer = handler(handlers, exchange);
        match options.accept_overlaps {
            true => unwound(Box::pin(accepting_overlaps(answer))).await,
            false => unwound(answer).await,
        }
    }

    fn render(&self, problem: &Problem, request: &RequestParts) -> HttpResponse {
        let render = || match problem.own_body() {
            Some(json) => rendered(problem, "application/json", json),
            None => (self.inner.options.render)(problem, request),
        };
        let mut response =
            catch_unwind(AssertUnwindSafe(render)).unwrap_or_else(|_| problem_json(problem));
        for (name, value) in problem.headers() {
            response.headers_mut().append(name, value.clone());
        }
        response
    }
}

/// Runs a future within which a value may be several of the alternatives of a `oneOf`.
async fn accepting_overlaps<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| Validator::accepting_overlaps(|| future.as_mut().poll(context))).await
}

impl<P, A, R, B> tower_service::Service<http::Request<B>> for Server<P, A, R>
where
    Handlers<P, A>: Dispatch<R>,
    R: 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = HttpResponse;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<HttpResponse, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let answer = self.clone().answer(request.map(Body::stream));
        Box::pin(async move { Ok(answer.await) })
    }
}

impl<P, A, R> Clone for Server<P, A, R> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            requests: PhantomData,
        }
    }
}

impl<P, A, R> fmt::Debug for Server<P, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl<P, A, R> fmt::Debug for ServerBuilder<P, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBuilder").finish_non_exhaustive()
    }
}

/// The rest of a path below a base path.
fn below<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    path.strip_prefix(base.trim_end_matches('/'))
        .filter(|rest| rest.starts_with('/'))
}

/// The values of all `Accept` headers.
fn accept(headers: &HeaderMap) -> String {
    let values: Vec<&str> = headers
        .get_all(ACCEPT)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    values.join(",")
}

/// The response to `GET`, as `HEAD` has it: without the body, with its length (RFC 9110, section 9.3.2).
fn without_body(response: HttpResponse) -> HttpResponse {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact() {
        parts
            .headers
            .entry(CONTENT_LENGTH)
            .or_insert_with(|| length.into());
    }
    HttpResponse::from_parts(parts, Body::empty())
}

/// An answer, or 500 if the code that makes it panics: the panic goes no further than its request. What it said has gone to the
/// panic hook, which prints it unless the program has set another.
async fn unwound(
    mut answer: BoxFuture<'static, Result<HttpResponse, Problem>>,
) -> Result<HttpResponse, Problem> {
    let answered = poll_fn(|cx| {
        // The future is never polled again.
        match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
            Ok(poll) => poll,
            Err(_) => Poll::Ready(Err(Problem::panicked())),
        }
    });
    answered.await
}

fn problem_json(problem: &Problem) -> HttpResponse {
    let json = problem.to_json().to_string();
    rendered(problem, "application/problem+json", json.into_bytes())
}

fn rendered(problem: &Problem, media_type: &'static str, json: Vec<u8>) -> HttpResponse {
    let is_empty = json.is_empty();
    let mut response = HttpResponse::new(Body::from(json));
    *response.status_mut() = problem.status();
    if !is_empty {
        let media_type = HeaderValue::from_static(media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    response
}
