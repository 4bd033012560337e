//! Time limits of bodies. Needs `body.rs`.
//!
//! The timer is tokio's. In other runtimes there are no limits.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep, timeout};

use super::{Body, BoxError};

/// Waits for a future, up to a time limit.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Result<F::Output, TooSlow> {
    let mut future = pin!(future);
    // A future that is ready needs no timer.
    let at_once = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await;
    match at_once {
        Poll::Ready(output) => Ok(output),
        Poll::Pending if has_clock() => timeout(limit, future).await.map_err(|_| TooSlow),
        Poll::Pending => Ok(future.await),
    }
}

fn has_clock() -> bool {
    Handle::try_current().is_ok()
}

/// The error for an exceeded time limit.
#[derive(Debug)]
pub(crate) struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body did not arrive in time")
    }
}

impl std::error::Error for TooSlow {}

/// A body that fails if the next chunk takes longer than the limit.
pub(crate) fn watched(body: Body, limit: Duration) -> Body {
    // A body in memory is never late.
    match body.into_bytes() {
        Ok(bytes) => Body::from(bytes),
        Err(body) => Body::stream(Watched {
            body,
            limit,
            alarm: None,
        }),
    }
}

struct Watched {
    body: Body,
    limit: Duration,
    /// Set while waiting for a chunk.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.alarm = None;
            return Poll::Ready(frame);
        }
        if self.alarm.is_none() && has_clock() {
            self.alarm = Some(Box::pin(sleep(self.limit)));
        }
        match &mut self.alarm {
            Some(alarm) => alarm.as_mut().poll(cx).map(|()| Some(Err(TooSlow.into()))),
            None => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
