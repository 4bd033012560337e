//! Keeping transports to the time of a call. Needs `body.rs`, `transport.rs`; crate `tokio` (rt, time).

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::{Body, BoxError, Streamed, Timeout, TransportError};

/// The time that a call has left. It begins when this is made.
pub(crate) struct TimeLimit {
    timer: Timer,
    /// Whether the body of a success may take longer.
    is_streamed: bool,
}

impl TimeLimit {
    /// The limit in the extensions of a request. Outside of tokio there is none.
    pub(crate) fn of(request: &http::Request<Body>) -> Self {
        let extensions = request.extensions();
        let end = extensions
            .get::<Timeout>()
            .and_then(|Timeout(time)| Instant::now().checked_add(*time))
            .filter(|_| tokio::runtime::Handle::try_current().is_ok());
        Self {
            timer: Timer(end.map(|end| Box::pin(sleep_until(end)))),
            is_streamed: extensions.get::<Streamed>().is_some(),
        }
    }

    /// Waits for a response, whose body has to end in time, too.
    pub(crate) async fn keep(
        mut self,
        response: impl Future<Output = Result<http::Response<Body>, TransportError>>,
    ) -> Result<http::Response<Body>, TransportError> {
        let mut response = pin!(response);
        let in_time = poll_fn(|cx| match response.as_mut().poll(cx) {
            Poll::Ready(response) => Poll::Ready(response),
            Poll::Pending => self.timer.poll(cx).map(Err),
        });
        let response = in_time.await?;
        if self.is_streamed && Streamed::is_stream(&response) {
            return Ok(response);
        }
        let timer = self.timer;
        Ok(response.map(|body| Body::stream(Timed { body, timer })))
    }
}

/// Rings when the time of a call is up.
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
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
