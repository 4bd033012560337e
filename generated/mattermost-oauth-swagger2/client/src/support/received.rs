//! The body of a response: what transports collect at once, and the limit of a stream. Needs `body.rs`, `timer.rs`, `transport.rs`.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::timer::{Instant, Timer};
use super::{Body, BoxError, Limits, Sleep, Streamed, TransportError, collected};

/// Takes over a response: collects its body, unless it is a stream or too large.
// Not an `async fn`, whose future would keep the whole response beside its parts.
pub(crate) fn received<B>(
    response: http::Response<B>,
    limits: Limits,
) -> impl Future<Output = Result<http::Response<Body>, TransportError>> + Send
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let (head, body) = response.into_parts();
    let takes_its_time = limits.is_streamed && Streamed::is_stream(head.status, &head.headers);
    let size = body.size_hint().lower();
    // What is redirected is asked for again, and not read.
    let is_collected =
        |limit: &usize| !takes_its_time && size <= *limit as u64 && !head.status.is_redirection();
    let limit = limits.max_bytes.filter(is_collected);
    async move {
        let body = match limit {
            Some(limit) => {
                let bytes = collected(body, limit).await;
                bytes.map_err(TransportError::from_body)?.into()
            }
            None => Body::received(body),
        };
        Ok(http::Response::from_parts(head, body))
    }
}

/// A body that fails if it sends nothing for a while.
pub(crate) struct Unstalled {
    body: Body,
    limit: Duration,
    sleep: Option<Arc<dyn Sleep>>,
    timer: Timer,
}

impl Unstalled {
    pub(crate) fn body(body: Body, limit: Duration, sleep: Option<Arc<dyn Sleep>>) -> Body {
        Body::stream(Self {
            body,
            limit,
            sleep,
            timer: Timer::None,
        })
    }
}

impl http_body::Body for Unstalled {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            this.timer = Timer::None;
            return Poll::Ready(frame);
        }
        if matches!(this.timer, Timer::None) {
            let end = Instant::now().checked_add(this.limit);
            this.timer = Timer::new(end, this.sleep.as_ref());
        }
        if this.timer.poll(cx).is_pending() {
            return Poll::Pending;
        }
        (this.timer, this.body) = (Timer::None, Body::empty());
        let error = TransportError::timeout("the stream has stalled");
        Poll::Ready(Some(Err(error.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
