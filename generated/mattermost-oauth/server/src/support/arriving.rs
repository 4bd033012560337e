//! The body of a request that is read as a stream, which tells when all of it is there. Needs `asked.rs`, `body.rs`.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{Asked, Body, BoxError};

/// The body of a request, whose end the request gets to know.
pub(crate) fn arriving(body: Body, asked: &Arc<Asked>) -> Body {
    match body.into_bytes() {
        // It is there.
        Ok(bytes) => Body::from(bytes),
        Err(body) => Body::stream(Arriving {
            body,
            asked: Arc::clone(asked),
        }),
    }
}

struct Arriving {
    body: Body,
    asked: Arc<Asked>,
}

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
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
