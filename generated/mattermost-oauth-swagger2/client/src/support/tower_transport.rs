//! Calling a `tower` service. Needs `body.rs`, `received.rs`, `transport.rs`; crate `tower-service`.

use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tower_service::Service;

use super::received::received;
use super::{Body, BoxError, BoxFuture, Limits, Transport, TransportError};

/// Sends requests to a `tower` service: a server in the same process, or a stack of middleware.
///
/// The service sees the full URL, and the [`Attempt`](super::Attempt) among the extensions of the request.
pub struct TowerTransport<S> {
    // Services needn't be `Sync`, so cloning takes a lock.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// Creates a transport that calls a clone of the service for each request.
    pub fn new(service: S) -> Self {
        Self {
            service: Mutex::new(service),
        }
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport(…)")
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let limits = Limits::of(request.extensions());
        self.send_within(request, limits)
    }

    fn send_within(
        &self,
        mut request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        limits.write_attempt(request.extensions_mut());
        let mut service = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(async move {
            poll_fn(|cx| service.poll_ready(cx))
                .await
                .map_err(TransportError::new)?;
            let response = service.call(request).await;
            received(response.map_err(TransportError::new)?, limits).await
        })
    }
}
