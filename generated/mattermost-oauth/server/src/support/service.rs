//! The server as a `tower` service. Needs `asked.rs`, `auth.rs`, `body.rs`, `exchange.rs`, `media.rs`,
//! `problem.rs`, `reply.rs`, `response_future.rs`, `route.rs`, `route_values.rs`.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::ACCEPT;
use serde::Serialize;

use super::{
    Asked, Body, BoxError, Endpoint, Exchange, Handled, HttpResponse, PathOf, Problem, Reading,
    RequestParts, Responding, ResponseFuture, Route, Routes, Unauthenticated, accepts,
    problem_json, rendered,
};

/// Default limit of a request body (2 MiB).
const MAX_BODY_BYTES: usize = 2 << 20;

/// Default time limit of a request body.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// Marks a [`Server`] that handles the operations of the API's paths. Servers of webhooks and callbacks have other markers.
#[derive(Debug)]
pub enum Paths {}

/// A provider of the API, and its authentication hook.
#[derive(Debug)]
#[doc(hidden)]
pub struct Handlers<P, A> {
    pub(crate) api: P,
    pub(crate) auth: A,
}

/// The routes of the operations that handle the requests `R`. Implemented by generated code for [`Handlers`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't handle all operations of this API",
    note = "the provider has to implement the trait of each group",
    note = "an API with secured operations needs `.authenticate(…)` before `.build()`"
)]
#[doc(hidden)]
pub trait Dispatch<R = Paths>: Send + Sync + Sized + 'static {
    /// The operations with their paths. Of several with the same method and path the first takes precedence.
    const ROUTES: &'static [Endpoint<Self>];
    /// The base path of the API, without a trailing slash.
    const BASE_PATH: &'static str;

    /// Chooses among operations (indexes into the routes) with the same method and path.
    fn choose(operations: &[usize], _query: &str, _headers: &HeaderMap) -> Option<usize> {
        operations.first().copied()
    }
}

/// The API as a `tower` service, for axum, hyper or any other server that accepts one. Clones share the provider.
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
    only_path: Option<Arc<str>>,
    reading: Reading,
    responding: Responding,
}

impl<P> Server<P> {
    /// Configures a server for the operations that the provider implements.
    pub fn builder(api: P) -> ServerBuilder<P> {
        let mut builder = Self::begin(api);
        builder.options.reading.refuses_nulls = true;
        builder
    }
}

impl<P, R> Server<P, Unauthenticated, R> {
    /// Configures a server for the requests `R`.
    pub(crate) fn begin(api: P) -> ServerBuilder<P, Unauthenticated, R> {
        let options = Options {
            base_path: None,
            only_path: None,
            reading: Reading {
                max_body_bytes: MAX_BODY_BYTES,
                body_timeout: BODY_TIMEOUT,
                // Requests from the API itself are read leniently, as clients read responses.
                refuses_nulls: false,
            },
            responding: Responding {
                render: None,
                accept_overlaps: false,
            },
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

/// Configures a [`Server`]. Returned by [`Server::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ServerBuilder<P, A = Unauthenticated, R = Paths> {
    handlers: Handlers<P, A>,
    options: Options,
    requests: PhantomData<fn() -> R>,
}

impl<P, R> ServerBuilder<P, Unauthenticated, R> {
    /// Sets the hook that authenticates callers: a function from [`Credentials`](super::Credentials) to a session.
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
    /// Sets the largest request body that is read, in bytes. Default: 2 MiB.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.options.reading.max_body_bytes = bytes;
        self
    }

    /// Sets the time limit for a request body that is read into memory, or for each chunk of a streamed one; after that the response is
    /// 408. Default: 60 seconds; `Duration::MAX` is no limit.
    ///
    /// The timer is tokio's; in other runtimes there is no limit. The time for the head of a request is limited by the HTTP server.
    pub fn body_timeout(mut self, limit: Duration) -> Self {
        self.options.reading.body_timeout = limit;
        self
    }

    /// Reads null as absent for optional properties that aren't nullable. Default: the response to such a request is 400. Webhooks
    /// and callbacks are always read this way.
    pub fn accept_nulls(mut self) -> Self {
        self.options.reading.refuses_nulls = false;
        self
    }

    /// Accepts values that match several alternatives of a `oneOf`, for descriptions that mean `anyOf`. Default: they are rejected.
    pub fn accept_overlaps(mut self) -> Self {
        self.options.responding.accept_overlaps = true;
        self
    }

    /// Sets the base path. Default: that of the first server in the description. Set it to an empty path for a server that is nested in a
    /// router which strips the path.
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.options.base_path = Some(path.into());
        self
    }

    /// Handles every request as one to this path (`/name`), whatever its own path, for a webhook or callback with its own URL. The base
    /// path is ignored then.
    pub fn only_path(mut self, path: impl Into<String>) -> Self {
        self.options.only_path = Some(path.into().into());
        self
    }

    /// Sends problems of the server and of the provider as the API's own error type instead of `application/problem+json` (RFC 9457):
    /// `error` creates a value of the documented type, which is sent as JSON with the problem's status and headers. It gets the request,
    /// for example for a request id or the language. Problems with a [custom body](Problem::with_body) are sent with that.
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

    /// Renders problems as any response, except for those with a [custom body](Problem::with_body). The headers of a problem, such as
    /// `Allow`, are added to it.
    pub fn render_problems(
        mut self,
        render: impl Fn(&Problem, &RequestParts) -> HttpResponse + Send + Sync + 'static,
    ) -> Self {
        self.options.responding.render = Some(Arc::new(render));
        self
    }

    /// Builds the server.
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
    /// Finds the operation of a request and calls its handler.
    fn dispatch(&self, asked: &Arc<Asked>, body: Body) -> Result<Handled, Problem> {
        let Inner {
            handlers,
            routes,
            options,
        } = &*self.inner;
        let parts = &asked.parts;
        let (path, start) = match &options.only_path {
            Some(path) => (&**path, 0),
            None => {
                let path = parts.uri.path();
                let base_path = options.base_path.as_deref();
                let base_path = base_path.unwrap_or(<Handlers<P, A> as Dispatch<R>>::BASE_PATH);
                (path, below(path, base_path).ok_or_else(Problem::not_found)?)
            }
        };
        let (operations, values) = match routes.find(parts.method.as_str(), path, start) {
            Route::Found(operations, values) => (operations, values),
            Route::OtherMethods(allow) => return Err(Problem::method_not_allowed(allow)),
            Route::Unreadable => return Err(Problem::invalid("the path is not UTF-8")),
            Route::Unknown => return Err(Problem::not_found()),
        };
        let query = parts.uri.query().unwrap_or_default();
        let (operation, handler) =
            <Handlers<P, A> as Dispatch<R>>::choose(operations, query, &parts.headers)
                .and_then(|number| <Handlers<P, A> as Dispatch<R>>::ROUTES.get(number))
                .and_then(|endpoint| endpoint.operation)
                .ok_or_else(Problem::not_found)?;
        if !is_accepted(&parts.headers, operation.produces) {
            return Err(Problem::not_acceptable(operation.produces));
        }
        let path = PathOf {
            only: options.only_path.clone(),
            values,
        };
        let exchange = Exchange::new(operation, Arc::clone(asked), path, body, options.reading);
        Ok(handler(Arc::clone(handlers), exchange))
    }
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
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let asked = Arc::new(Asked::new(parts));
        let handled = self.dispatch(&asked, Body::received(body));
        ResponseFuture::new(asked, self.inner.options.responding.clone(), handled)
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

/// The end of a base path in a path.
fn below(path: &str, base: &str) -> Option<usize> {
    let rest = path.strip_prefix(base.trim_end_matches('/'))?;
    rest.starts_with('/').then(|| path.len() - rest.len())
}

/// Whether the `Accept` headers of a request, if any, accept one of these media types.
fn is_accepted(headers: &HeaderMap, media_types: &[&str]) -> bool {
    let mut values = headers.get_all(ACCEPT).into_iter();
    let first = match (values.next(), values.next()) {
        (None, _) => return true,
        (Some(only), None) => only.as_bytes(),
        (Some(_), Some(_)) => &[],
    };
    // Most clients send one of these.
    if first == b"*/*" || media_types.iter().any(|listed| listed.as_bytes() == first) {
        return true;
    }
    let values: Vec<&str> = headers
        .get_all(ACCEPT)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    accepts(&values.join(","), media_types)
}
