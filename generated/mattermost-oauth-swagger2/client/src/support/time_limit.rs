//! Enforces the time limit of calls for transports. Needs `body.rs`, `transport.rs`; crate `tokio` (rt, time).

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::{Body, BoxError, Limits, Streamed, TransportError, collected};

/// The time limit of a call, which starts when this is created.
pub(crate) struct TimeLimit {
    timer: Timer,
    limits: Limits,
}

impl TimeLimit {
    pub(crate) fn new(limits: Limits) -> Self {
        let end = limits
            .timeout
            .and_then(|time| Instant::now().checked_add(time));
        Self {
            timer: end.map_or(Timer::None, Timer::At),
            limits,
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
        let response = self.wait(response).await?;
        let takes_its_time = self.limits.is_streamed && Streamed::is_stream(&response);
        let size = response.body().size_hint().lower();
        match self.limits.max_bytes {
            _ if takes_its_time => Ok(response.map(Body::received)),
            // What is redirected is asked for again, and not read.
            Some(limit) if size <= limit as u64 && !response.status().is_redirection() => {
                let (head, body) = response.into_parts();
                let bytes = async {
                    let bytes = collected(body, limit).await;
                    bytes.map_err(TransportError::from_body)
                };
                let bytes = self.wait(bytes).await?;
                Ok(http::Response::from_parts(head, bytes.into()))
            }
            _ if matches!(self.timer, Timer::None) => Ok(response.map(Body::received)),
            _ => Ok(response.map(|body| {
                Body::stream(Timed {
                    body: Body::received(body),
                    timer: self.timer,
                })
            })),
        }
    }

    async fn wait<T>(
        &mut self,
        future: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut future = pin!(future);
        let in_time = poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(output),
            Poll::Pending => self.timer.poll(cx).map(Err),
        });
        in_time.await
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
