//! Bodies that say how far they are. Needs `body.rs`. Clients and servers have a copy each.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::{Body, BoxError};

/// The most that is handed over at once, so that a body in memory has a progress, too.
const PIECE: usize = 64 << 10;

/// How much of a body has been handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The number of bytes so far.
    pub bytes: u64,
    /// The number of all bytes, if it is known: from the `Content-Length` of what is received, or the size of what is sent.
    pub total: Option<u64>,
}

impl Body {
    /// Has a function told of each piece that is handed over: of a request to the transport, of a response to the code that reads it.
    ///
    /// ```text
    /// let body = client.files().get_file("a").await?.on_progress(|progress| bar.set_position(progress.bytes));
    /// client.files().set_file("a", Body::from(bytes).on_progress(|progress| println!("{progress:?}"))).await?;
    /// ```
    ///
    /// Such a body is a stream, so a request with it is sent once. There is nothing to tell of an empty one.
    #[must_use]
    pub fn on_progress(mut self, told: impl FnMut(Progress) + Send + 'static) -> Self {
        if self.size_hint().exact() == Some(0) {
            return self;
        }
        let media_type = self.take_content_type();
        let watched = Self::stream(Watched {
            total: self.size_hint().exact(),
            body: self,
            rest: Bytes::new(),
            bytes: 0,
            told,
        });
        match media_type {
            Some(media_type) => watched.content_type(media_type),
            None => watched,
        }
    }
}

struct Watched<F> {
    body: Body,
    /// What isn't handed over yet of a chunk.
    rest: Bytes,
    bytes: u64,
    total: Option<u64>,
    told: F,
}

/// The function is never pinned.
impl<F> Unpin for Watched<F> {}

impl<F: FnMut(Progress)> http_body::Body for Watched<F> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        while this.rest.is_empty() {
            match ready!(Pin::new(&mut this.body).poll_frame(cx))
                .map(|frame| frame.map(Frame::into_data))
            {
                Some(Ok(Ok(chunk))) => this.rest = chunk,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let piece = this.rest.split_to(this.rest.len().min(PIECE));
        this.bytes += piece.len() as u64;
        (this.told)(Progress {
            bytes: this.bytes,
            total: this.total,
        });
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, of_body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(of_body.lower().saturating_add(rest));
        if let Some(upper) = of_body.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint
    }
}
