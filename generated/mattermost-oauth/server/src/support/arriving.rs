//! The body of a request as it arrives, which tells when all of it is there. Needs `asked.rs`, `body.rs`.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{Asked, Body, BoxError};

/// The body of a request, whose end the request gets to know.
pub(crate) fn arriving<B>(body: B, asked: &Arc<Asked>) -> Body
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    match body.is_end_stream() {
        true => Body::empty(),
        false => Body::stream(Arriving {
            body: Box::pin(body),
            asked: Arc::clone(asked),
        }),
    }
}

struct Arriving<B> {
    body: Pin<Box<B>>,
    asked: Arc<Asked>,
}

impl<B: http_body::Body<Data = Bytes>> http_body::Body for Arriving<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let frame = ready!(self.body.as_mut().poll_frame(cx));
        if frame.is_none() || self.body.is_end_stream() {
            self.asked.body_has_arrived();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
