//! The server as a `tower` service. Needs `asked.rs`, `auth.rs`, `body.rs`, `exchange.rs`, `media.rs`, `observed.rs`, `operation.rs`,
//! `problem.rs`, `reply.rs`, `request_id.rs`, `response_future.rs`, `route.rs`, `route_values.rs`.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderMap, Method};

use super::{
    Asked, Body, BoxError, Endpoint, Exchange, Handled, Handler, Handling, HttpResponse, Observed,
    Operation, PathOf, PathValues, Problem, Reading, RequestId, RequestParts, Responding,
    ResponseFuture, Route, Routes, Unauthenticated, accepts, problem_json, rendered,
};

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
    responding: Arc<Responding>,
}

/// How requests are routed and read.
pub(crate) struct Options {
    pub(crate) base_path: Option<String>,
    pub(crate) only_path: Option<Arc<str>>,
    pub(crate) reading: Reading,
}

/// What routing says of a request.
enum Routed<H> {
    /// The operation, and the values in the path.
    Found(&'static Operation, Handler<H>, PathValues),
    /// Its response is known.
    Not(Handling),
}

impl<P, A, R> Server<P, A, R>
where
    Handlers<P, A>: Dispatch<R>,
{
    pub(crate) fn new(handlers: Handlers<P, A>, options: Options, responding: Responding) -> Self {
        let routes = <Handlers<P, A> as Dispatch<R>>::ROUTES.iter();
        let routes = Routes::new(routes.map(|one| (one.method, one.path)));
        let inner = Inner {
            handlers: Arc::new(handlers),
            routes,
            options,
            responding: Arc::new(responding),
        };
        Self {
            inner: Arc::new(inner),
            requests: PhantomData,
        }
    }

    /// Returns the operation that handles requests with this head, for layers around the server.
    pub fn operation(&self, request: &RequestParts) -> Option<&'static Operation> {
        match self.route(request) {
            Routed::Found(operation, ..) => Some(operation),
            Routed::Not(_) => None,
        }
    }

    /// Finds the operation of a request.
    fn route(&self, parts: &RequestParts) -> Routed<Handlers<P, A>> {
        let refused = |problem| Routed::Not(Handling::Refused(problem));
        let Some((path, start)) = self.path(parts) else {
            return refused(Problem::not_found());
        };
        let routes = &self.inner.routes;
        let (operations, values) = match routes.find(parts.method.as_str(), path, start) {
            Route::Found(operations, values) => (operations, values),
            Route::OtherMethods(allow) if parts.method == Method::OPTIONS => {
                return Routed::Not(Handling::Methods(allow));
            }
            Route::OtherMethods(allow) => return refused(Problem::method_not_allowed(allow)),
            Route::Unreadable => return refused(Problem::invalid("the path is not UTF-8")),
            Route::Unknown => return refused(Problem::not_found()),
        };
        let query = parts.uri.query().unwrap_or_default();
        <Handlers<P, A> as Dispatch<R>>::choose(operations, query, &parts.headers)
            .and_then(|number| <Handlers<P, A> as Dispatch<R>>::ROUTES.get(number))
            .and_then(|endpoint| endpoint.operation)
            .map_or_else(
                || refused(Problem::not_found()),
                |(operation, handler)| Routed::Found(operation, handler, values),
            )
    }

    /// The path of a request, and where it begins below the base path.
    fn path<'r>(&'r self, parts: &'r RequestParts) -> Option<(&'r str, usize)> {
        if let Some(path) = &self.inner.options.only_path {
            return Some((&**path, 0));
        }
        let path = parts.uri.path();
        Some((path, below(path, self.base_path())?))
    }

    fn base_path(&self) -> &str {
        let base_path = self.inner.options.base_path.as_deref();
        base_path.unwrap_or(<Handlers<P, A> as Dispatch<R>>::BASE_PATH)
    }

    /// Calls the handler of an operation.
    fn handle(
        &self,
        operation: &'static Operation,
        handler: Handler<Handlers<P, A>>,
        values: PathValues,
        asked: &Arc<Asked>,
        body: Body,
    ) -> Handling {
        let Inner {
            handlers, options, ..
        } = &*self.inner;
        if !is_accepted(&asked.parts.headers, operation.produces) {
            return Handling::Refused(Problem::not_acceptable(operation.produces));
        }
        let path = PathOf {
            only: options.only_path.clone(),
            values,
        };
        let exchange = Exchange::new(operation, Arc::clone(asked), path, body, options.reading);
        Handling::Running(handler(Arc::clone(handlers), exchange))
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
        let (mut parts, body) = request.into_parts();
        let responding = &self.inner.responding;
        if let Some(ids) = &responding.request_ids {
            ids.give(&mut parts);
        }
        let routed = self.route(&parts);
        let operation = match routed {
            Routed::Found(operation, ..) => Some(operation),
            Routed::Not(_) => None,
        };
        if let (true, Some(operation)) = (responding.tell_operation, operation) {
            parts.extensions.insert(operation);
        }
        let observed = Observed::begin(&parts, operation, self.base_path());
        let asked = Arc::new(Asked::new(parts));
        let handling = match routed {
            Routed::Found(operation, handler, values) => {
                self.handle(operation, handler, values, &asked, Body::received(body))
            }
            Routed::Not(handling) => handling,
        };
        ResponseFuture::new(asked, operation, Arc::clone(responding), observed, handling)
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
