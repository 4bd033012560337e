//! Calling a `tower` service. Needs `body.rs`, `transport.rs`; crates `tower-service`, `tokio` (time).

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};
use tower_service::Service;

use super::{Body, BoxError, BoxFuture, Timeout, Transport, TransportError};

/// Hands requests to a [`tower_service::Service`]: a server in the same process, or a stack of middleware.
///
/// The service sees the whole URL. Timeouts need a tokio runtime with a timer; outside of tokio there are none.
pub struct TowerTransport<S> {
    // Services needn't be `Sync`; a lock around cloning makes this transport so.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// A transport that calls a clone of the service for each request.
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
        let mut service = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(async move {
            let mut timer = Timer::of(&request);
            let mut answer = pin!(async {
                poll_fn(|cx| service.poll_ready(cx)).await?;
                service.call(request).await
            });
            let answer = poll_fn(|cx| match answer.as_mut().poll(cx) {
                Poll::Ready(answer) => Poll::Ready(answer.map_err(TransportError::new)),
                Poll::Pending => timer.poll(cx).map(Err),
            });
            Ok(answer.await?.map(|body| {
                Body::stream(Timed {
                    body: Body::stream(body),
                    timer,
                })
            }))
        })
    }
}

/// Rings when the time of a call is up.
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    fn of(request: &http::Request<Body>) -> Self {
        let end = request
            .extensions()
            .get::<Timeout>()
            .and_then(|Timeout(time)| Instant::now().checked_add(*time));
        let in_tokio = tokio::runtime::Handle::try_current().is_ok();
        Self(
            end.filter(|_| in_tokio)
                .map(|end| Box::pin(sleep_until(end))),
        )
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<TransportError> {
        match &mut self.0 {
            Some(sleep) => sleep
                .as_mut()
                .poll(cx)
                .map(|()| TransportError::timeout("the time is up")),
            None => Poll::Pending,
        }
    }
}

/// A body that has to be complete before the timer rings.
struct Timed {
    body: Body,
    timer: Timer,
}

impl http_body::Body for Timed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => Poll::Ready(frame),
            Poll::Pending => self.timer.poll(cx).map(|error| Some(Err(error.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
