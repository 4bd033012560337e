//! Configures a server. Needs `asked.rs`, `auth.rs`, `body.rs`, `json_bytes.rs`, `layers.rs`, `operation.rs`, `problem.rs`, `reply.rs`,
//! `request_body.rs`, `request_id.rs`, `response_checks.rs`, `response_future.rs`, `service.rs`, `shutdown.rs`.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use serde::Serialize;
use tower_service::Service;

use super::{
    Body, BodyCheck, BoxError, Dispatch, Handlers, HttpResponse, LayerFor, Operation,
    OperationService, Options, Paths, Problem, Reading, RequestId, RequestIds, RequestParts,
    Responding, ResponseChecks, Server, Shutdown, Unauthenticated, json_bytes, problem_json,
    rendered,
};

/// Default limit of a request body (2 MiB).
const MAX_BODY_BYTES: usize = 2 << 20;

/// Default time limit of a request body.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

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
            body_checks: Vec::new(),
            time_limit: None,
            detached: false,
            reading: Reading {
                max_body_bytes: MAX_BODY_BYTES,
                body_timeout: BODY_TIMEOUT,
                // Requests from the API itself are read leniently, as clients read responses.
                refuses_nulls: false,
            },
        };
        ServerBuilder {
            handlers: Handlers {
                api,
                auth: Unauthenticated,
            },
            options,
            responding: Responding::default(),
            layers: Vec::new(),
            requests: PhantomData,
        }
    }
}

/// Configures a [`Server`]. Returned by [`Server::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ServerBuilder<P, A = Unauthenticated, R = Paths> {
    handlers: Handlers<P, A>,
    options: Options,
    responding: Responding,
    layers: Vec<LayerFor>,
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
            responding: self.responding,
            layers: self.layers,
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

    /// Sets the time limit of operations that have [none of their own](super::Limits): from the head of a request to that of its response,
    /// which is 503 after that. The method is dropped. Default: none. The timer is tokio's.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.options.time_limit = Some(limit);
        self
    }

    /// Runs methods as tasks of their own, in tokio's runtime, so that they come to their end even if the client closes the connection.
    /// Default: a method is dropped then, at an `await`.
    pub fn detached(mut self) -> Self {
        self.options.detached = true;
        self
    }

    /// Ends streams of events and of lines, which have no end of their own, when `shutdown` begins. Methods have it as
    /// [`Call::shutdown`](super::Call::shutdown).
    pub fn shutdown(mut self, shutdown: &Shutdown) -> Self {
        self.responding.shutdown = Some(shutdown.clone());
        self
    }

    /// Sets what is done about bodies in JSON or XML, and events and lines of streams, that violate constraints of the description. Default:
    /// they aren't checked, which costs least; in tests use [`ResponseChecks::Refuse`].
    pub fn check_responses(mut self, checks: ResponseChecks) -> Self {
        self.responding.checks = checks;
        self
    }

    /// Puts a layer around operations: `|service| layer.layer(service)`. Each goes around those before it. It sees requests before
    /// authentication, and responses of all kinds; if it fails with a [`Problem`], that is the response, with any other error it is 500.
    ///
    /// ```text
    /// .layer_for(oauth::OPERATIONS, |service| ConcurrencyLimit::new(service, 8))
    /// .layer_for(&[&oauth::CREATE_OAUTH_APP], move |service| audit.layer(service))
    /// ```
    pub fn layer_for<S, B>(
        mut self,
        operations: &[&'static Operation],
        layer: impl Fn(OperationService) -> S + Send + Sync + 'static,
    ) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers.push(LayerFor {
            operations: operations.to_vec(),
            wrap: Box::new(move |service| OperationService::of(layer(service))),
        });
        self
    }

    /// Has a function look at the headers and the whole body of each request of some operations, before anything else does.
    pub(crate) fn check_bodies(
        mut self,
        operations: Vec<&'static Operation>,
        check: impl Fn(&HeaderMap, &[u8]) -> Result<(), Problem> + Send + Sync + 'static,
    ) -> Self {
        let check = Arc::new(check);
        self.options
            .body_checks
            .push(BodyCheck { operations, check });
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
        self.responding.accept_overlaps = true;
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
        self.render_problems(
            move |problem, request| match json_bytes(&error(problem, request)) {
                Ok(json) => rendered(problem, "application/json", json),
                Err(_) => problem_json(problem, RequestId::of(request).map(RequestId::as_str)),
            },
        )
    }

    /// Renders problems as any response, except for those with a [custom body](Problem::with_body). The headers of a problem, such as
    /// `Allow`, are added to it.
    pub fn render_problems(
        mut self,
        render: impl Fn(&Problem, &RequestParts) -> HttpResponse + Send + Sync + 'static,
    ) -> Self {
        self.responding.render = Some(Box::new(render));
        self
    }

    /// Calls a function for each problem with a status from 500 up, for a log: it gets all details, of which a response with status 500 has
    /// none. The feature `tracing` logs them, too.
    pub fn on_server_error(
        mut self,
        report: impl Fn(&Problem, &RequestParts) + Send + Sync + 'static,
    ) -> Self {
        self.responding.report = Some(Box::new(report));
        self
    }

    /// Gives each request an id: the one in its header, if that is valid, or a new one. It is in the response's header, in problem documents
    /// as `request_id`, in spans, and known to methods as [`Call::request_id`](super::Call::request_id). Default: requests have no ids.
    pub fn request_ids(mut self, ids: RequestIds) -> Self {
        self.responding.request_ids = Some(ids);
        self
    }

    /// Adds the operation, a `&'static Operation`, to the extensions of requests and responses, so that layers around the server can use
    /// its id, its route and its tags as labels. Responses to paths and methods that the API doesn't have are without.
    pub fn operation_extensions(mut self) -> Self {
        self.responding.tell_operation = true;
        self
    }

    /// Builds the server.
    pub fn build(self) -> Server<P, A, R>
    where
        Handlers<P, A>: Dispatch<R>,
        R: 'static,
    {
        Server::new(self.handlers, self.options, self.responding, &self.layers)
    }
}

impl<P, A, R> fmt::Debug for ServerBuilder<P, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBuilder").finish_non_exhaustive()
    }
}
