//! The server as a `tower` service. Needs `arriving.rs`, `asked.rs`, `auth.rs`, `body.rs`, `exchange.rs`, `layers.rs`, `media.rs`, `observed.rs`,
//! `operation.rs`, `problem.rs`, `reply.rs`, `request_body.rs`, `response_future.rs`, `route.rs`, `route_values.rs`, `shutdown.rs`,
//! `time_limit.rs`.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderMap, Method};
use tokio::runtime::Handle;

use super::{
    Asked, Body, BoxError, Endpoint, Exchange, Handled, Handler, Handling, HttpResponse, LayerFor,
    Observed, Operation, OperationService, PathOf, PathValues, Problem, Reading, RequestParts,
    Responding, ResponseFuture, Route, Routes, Shutdown, Unauthenticated, accepts, arriving,
    layered, read_body, within,
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
    layered: Option<Layered>,
    requests: PhantomData<fn() -> R>,
}

struct Inner<P, A> {
    handlers: Arc<Handlers<P, A>>,
    routes: Routes,
    options: Options,
    responding: Arc<Responding>,
}

/// The services of operations with layers, by their routes; empty without any.
type Layered = Arc<[Option<OperationService>]>;

/// How requests are routed and read.
pub(crate) struct Options {
    pub(crate) base_path: Option<String>,
    pub(crate) only_path: Option<Arc<str>>,
    pub(crate) body_checks: Vec<BodyCheck>,
    pub(crate) reading: Reading,
    pub(crate) time_limit: Option<Duration>,
    /// Whether handlers are tasks of their own.
    pub(crate) detached: bool,
}

/// What looks at requests of some operations as they come, before they are authenticated and decoded.
pub(crate) struct BodyCheck {
    pub(crate) operations: Vec<&'static Operation>,
    pub(crate) check: Arc<Check>,
}

type Check = dyn Fn(&HeaderMap, &[u8]) -> Result<(), Problem> + Send + Sync;

/// An operation with the number of its route, and the values in the path.
struct Found<H> {
    number: usize,
    operation: &'static Operation,
    handler: Handler<H>,
    values: PathValues,
}

/// What routing says of a request.
enum Routed<H> {
    /// An operation.
    Found(Found<H>),
    /// Its response is known.
    Not(Handling),
}

impl<P, A, R> Server<P, A, R>
where
    Handlers<P, A>: Dispatch<R>,
{
    pub(crate) fn new(
        handlers: Handlers<P, A>,
        options: Options,
        responding: Responding,
        layers: &[LayerFor],
    ) -> Self
    where
        R: 'static,
    {
        let routes = <Handlers<P, A> as Dispatch<R>>::ROUTES.iter();
        let routes = Routes::new(routes.map(|one| (one.method, one.path)));
        let inner = Inner {
            handlers: Arc::new(handlers),
            routes,
            options,
            responding: Arc::new(responding),
        };
        let plain = Self {
            inner: Arc::new(inner),
            layered: None,
            requests: PhantomData,
        };
        let layered = (!layers.is_empty()).then(|| plain.layered(layers));
        Self { layered, ..plain }
    }

    /// The services of operations with layers.
    fn layered(&self, layers: &[LayerFor]) -> Layered
    where
        R: 'static,
    {
        let routes = <Handlers<P, A> as Dispatch<R>>::ROUTES.iter();
        let services = routes.map(|route| {
            let (operation, _) = route.operation?;
            layered(layers, operation, || {
                let server = self.clone();
                OperationService::new(move |request| server.part(request))
            })
        });
        services.collect()
    }

    /// The response to a request within the layers of its operation.
    fn part(&self, request: http::Request<Body>) -> ResponseFuture {
        let (parts, body) = request.into_parts();
        let routed = self.route(&parts);
        let asked = Arc::new(Asked::new(parts, false));
        let handling = match routed {
            Routed::Found(found) => self.handle(found, &asked, body),
            Routed::Not(handling) => handling,
        };
        ResponseFuture::part(asked, Arc::clone(&self.inner.responding), handling)
    }

    /// Returns the operation that handles requests with this head, for layers around the server.
    pub fn operation(&self, request: &RequestParts) -> Option<&'static Operation> {
        match self.route(request) {
            Routed::Found(found) => Some(found.operation),
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
            .and_then(|number| {
                let route = <Handlers<P, A> as Dispatch<R>>::ROUTES.get(number)?;
                let (operation, handler) = route.operation?;
                Some(Routed::Found(Found {
                    number,
                    operation,
                    handler,
                    values,
                }))
            })
            .unwrap_or_else(|| refused(Problem::not_found()))
    }

    /// The service with the layers of a route.
    fn layers(&self, number: usize) -> Option<&OperationService> {
        self.layered.as_ref()?.get(number)?.as_ref()
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
    fn handle(&self, found: Found<Handlers<P, A>>, asked: &Arc<Asked>, body: Body) -> Handling {
        let Inner {
            handlers, options, ..
        } = &*self.inner;
        let operation = found.operation;
        if !is_accepted(&asked.parts.headers, operation.produces) {
            return Handling::Refused(Problem::not_acceptable(operation.produces));
        }
        let mut reading = options.reading;
        if let Some(limit) = operation.limits.body_bytes {
            if http_body::Body::size_hint(&body).lower() > limit as u64 {
                return Handling::Refused(Problem::too_large(limit));
            }
            reading.max_body_bytes = limit;
        }
        let path = PathOf {
            only: options.only_path.clone(),
            values: found.values,
        };
        let (handler, handlers, asked) = (found.handler, Arc::clone(handlers), Arc::clone(asked));
        let checks = options.body_checks.iter();
        let is_meant =
            |one: &&BodyCheck| one.operations.iter().any(|of| std::ptr::eq(*of, operation));
        let checks: Vec<_> = checks
            .filter(is_meant)
            .map(|one| Arc::clone(&one.check))
            .collect();
        let head = Arc::clone(&asked);
        let exchange = move |body| Exchange::new(operation, asked, path, body, reading);
        let handled = match checks.is_empty() {
            true => handler(handlers, exchange(body)),
            false => Box::pin(async move {
                let whole = read_body(body, reading).await?;
                head.body_has_arrived();
                for check in checks {
                    check(&head.parts.headers, &whole)?;
                }
                handler(handlers, exchange(whole.into())).await
            }),
        };
        Handling::Running(match operation.limits.time.or(options.time_limit) {
            Some(limit) => limited(handled, limit),
            None => handled,
        })
    }

    /// Handles a request as a task of its own.
    fn detached(&self, asked: &Arc<Asked>, handling: Handling) -> Handling {
        let Ok(runtime) = Handle::try_current() else {
            return handling;
        };
        let responding = Arc::clone(&self.inner.responding);
        let at_work = responding.shutdown.as_ref().map(Shutdown::at_work);
        let part = ResponseFuture::part(Arc::clone(asked), responding, handling);
        let task = runtime.spawn(async move {
            let response = part.await;
            drop(at_work);
            response
        });
        Handling::Running(Box::pin(async move {
            match task.await {
                Ok(Ok(response)) => Ok(response),
                Err(error) => Err(Problem::unexpected(error)),
            }
        }))
    }
}

/// What is done for a request, up to a time limit.
fn limited(handled: Handled, limit: Duration) -> Handled {
    Box::pin(async move {
        let result = within(limit, handled).await;
        result.unwrap_or_else(|_| Err(Problem::timed_out()))
    })
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
        if let Some(shutdown) = &responding.shutdown {
            parts.extensions.insert(shutdown.clone());
        }
        let routed = self.route(&parts);
        let operation = match &routed {
            Routed::Found(found) => Some(found.operation),
            Routed::Not(_) => None,
        };
        if let (true, Some(operation)) = (responding.tell_operation, operation) {
            parts.extensions.insert(operation);
        }
        let observed = Observed::begin(&parts, operation, self.base_path());
        let has_body = !body.is_end_stream();
        let body = Body::received(body);
        let (asked, handling) = match routed {
            Routed::Not(handling) => (Arc::new(Asked::new(parts, has_body)), handling),
            Routed::Found(found) => match self.layers(found.number) {
                Some(service) => {
                    let asked = Arc::new(Asked::new(parts.clone(), has_body));
                    let body = arriving(body, &asked);
                    let request = http::Request::from_parts(parts, body);
                    (asked, Handling::Running(service.handle(request)))
                }
                None => {
                    let asked = Arc::new(Asked::new(parts, has_body));
                    let handling = self.handle(found, &asked, body);
                    (asked, handling)
                }
            },
        };
        let handling = match (self.inner.options.detached, handling) {
            (true, running @ Handling::Running(_)) => {
                observed.within(|| self.detached(&asked, running))
            }
            (_, handling) => handling,
        };
        ResponseFuture::new(asked, operation, Arc::clone(responding), observed, handling)
    }
}

impl<P, A, R> Clone for Server<P, A, R> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            layered: self.layered.clone(),
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
