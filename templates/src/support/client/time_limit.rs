//! Enforces the time limit of calls for transports. Needs `body.rs`, `transport.rs`; crate `tokio` (rt, time).

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::{Body, BoxError, Streamed, Timeout, TransportError};

/// The time limit of a call, which starts when this is created.
pub(crate) struct TimeLimit {
    timer: Timer,
    /// Whether the body of a successful response may take longer.
    is_streamed: bool,
}

impl TimeLimit {
    /// Reads the limit from the extensions of a request.
    pub(crate) fn of(request: &http::Request<Body>) -> Self {
        let extensions = request.extensions();
        let end = extensions
            .get::<Timeout>()
            .and_then(|Timeout(time)| Instant::now().checked_add(*time));
        Self {
            timer: end.map_or(Timer::None, Timer::At),
            is_streamed: extensions.get::<Streamed>().is_some(),
        }
    }

    /// Waits for a response. The limit also applies to its body.
    pub(crate) async fn keep<B>(
        mut self,
        response: impl Future<Output = Result<http::Response<B>, TransportError>>,
    ) -> Result<http::Response<Body>, TransportError>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut response = pin!(response);
        let in_time = poll_fn(|cx| match response.as_mut().poll(cx) {
            Poll::Ready(response) => Poll::Ready(response),
            Poll::Pending => self.timer.poll(cx).map(Err),
        });
        let response = in_time.await?;
        let takes_its_time = self.is_streamed && Streamed::is_stream(&response);
        let response = response.map(Body::stream);
        match self.timer {
            Timer::None => Ok(response),
            _ if takes_its_time => Ok(response),
            timer => Ok(response.map(|body| Body::stream(Timed { body, timer }))),
        }
    }
}

/// A timer for the time limit.
enum Timer {
    /// No limit.
    None,
    /// Not started, as nothing had to wait yet.
    At(Instant),
    /// Running.
    Set(Pin<Box<Sleep>>),
}

impl Timer {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<TransportError> {
        if let Self::At(end) = *self {
            // There is no timer outside of tokio.
            let has_timer = tokio::runtime::Handle::try_current().is_ok();
            *self = match has_timer {
                true => Self::Set(Box::pin(sleep_until(end))),
                false => Self::None,
            };
        }
        match self {
            Self::Set(sleep) => sleep
                .as_mut()
                .poll(cx)
                .map(|()| TransportError::timeout("the time is up")),
            Self::None | Self::At(_) => Poll::Pending,
        }
    }
}

/// A body that has to be complete before the time limit.
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
