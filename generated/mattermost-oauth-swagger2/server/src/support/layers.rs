//! Layers around single operations. Needs `body.rs`, `operation.rs`, `problem.rs`, `reply.rs`.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Request;
use tower_service::Service;

use super::{Body, BoxError, BoxFuture, HttpResponse, Operation, Problem};

type Handle =
    dyn Fn(Request<Body>) -> BoxFuture<'static, Result<HttpResponse, Problem>> + Send + Sync;

/// An operation as a `tower` service: what layers of [`ServerBuilder::layer_for`](super::ServerBuilder::layer_for) are put around.
///
/// It authenticates, decodes and validates, calls the provider's method, and responds. Its error is that of a layer around it.
#[derive(Clone)]
pub struct OperationService(Arc<Handle>);

impl OperationService {
    /// The service that handles requests by a function.
    pub(crate) fn new<F>(handle: impl Fn(Request<Body>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<HttpResponse, Infallible>> + Send + 'static,
    {
        Self(Arc::new(move |request| {
            let handled = handle(request);
            Box::pin(async move { handled.await.map_err(|never| match never {}) })
        }))
    }

    /// The service with layers around it.
    pub(crate) fn of<S, B>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Arc::new(move |request| {
            let mut service = service.clone();
            Box::pin(async move {
                let ready = poll_fn(|cx| service.poll_ready(cx)).await;
                ready.map_err(|error| problem(error.into()))?;
                let response = service.call(request).await;
                let response = response.map_err(|error| problem(error.into()))?;
                Ok(response.map(Body::received))
            })
        }))
    }

    pub(crate) fn handle(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'static, Result<HttpResponse, Problem>> {
        (self.0)(request)
    }
}

/// The problem that a layer failed with: one of its own, or 500.
fn problem(error: BoxError) -> Problem {
    match error.downcast() {
        Ok(problem) => *problem,
        Err(error) => Problem::unexpected(error),
    }
}

impl<B> Service<Request<B>> for OperationService
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = HttpResponse;
    type Error = Problem;
    type Future = BoxFuture<'static, Result<HttpResponse, Problem>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Problem>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.handle(request.map(Body::received))
    }
}

impl fmt::Debug for OperationService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperationService(…)")
    }
}

/// A layer, and the operations that it is for.
pub(crate) struct LayerFor {
    pub(crate) operations: Vec<&'static Operation>,
    pub(crate) wrap: Box<dyn Fn(OperationService) -> OperationService + Send + Sync>,
}

/// The service of an operation with its layers, each around those before it; `None` without any.
pub(crate) fn layered(
    layers: &[LayerFor],
    operation: &'static Operation,
    plain: impl FnOnce() -> OperationService,
) -> Option<OperationService> {
    let is_meant = |one: &&LayerFor| one.operations.iter().any(|of| std::ptr::eq(*of, operation));
    let mut layers = layers.iter().filter(is_meant).peekable();
    layers.peek()?;
    Some(layers.fold(plain(), |service, layer| (layer.wrap)(service)))
}
