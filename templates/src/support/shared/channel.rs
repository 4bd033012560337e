//! Bodies that are filled by another task. Needs `body.rs`. Clients and servers have a copy each.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http_body::Frame;

use super::{Body, BoxError};

/// Number of chunks that may be queued before [`BodySender::send`] waits.
const CAPACITY: usize = 16;

impl Body {
    /// Creates a body, and a sender that fills it from another task while it is being sent.
    ///
    /// The body ends when the sender is dropped.
    #[must_use]
    pub fn channel() -> (BodySender, Self) {
        let shared = Arc::new(Mutex::new(State::default()));
        let body = Self::stream(Receiver(Arc::clone(&shared)));
        (BodySender(shared), body)
    }
}

/// Fills a body; see [`Body::channel`].
pub struct BodySender(Arc<Mutex<State>>);

/// The body filled by a [`BodySender`].
struct Receiver(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    chunks: VecDeque<Bytes>,
    error: Option<BoxError>,
    sender_is_gone: bool,
    receiver_is_gone: bool,
    sender: Option<Waker>,
    receiver: Option<Waker>,
}

/// Error returned when the receiver of a body has been dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl BodySender {
    /// Sends a chunk as soon as there is room for it.
    ///
    /// # Errors
    /// The receiver was dropped, for example because the connection was closed.
    pub async fn send(&mut self, chunk: impl Into<Bytes>) -> Result<(), Closed> {
        let mut chunk = Some(chunk.into());
        poll_fn(|cx| self.poll_send(&mut chunk, cx)).await
    }

    /// Ends the body with an error: the receiver gets an incomplete body.
    pub fn fail(self, error: impl Into<BoxError>) {
        locked(&self.0).error = Some(error.into());
    }

    /// Whether the receiver has been dropped.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        locked(&self.0).receiver_is_gone
    }

    fn poll_send(
        &self,
        chunk: &mut Option<Bytes>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Closed>> {
        let mut state = locked(&self.0);
        if state.receiver_is_gone {
            return Poll::Ready(Err(Closed));
        }
        if state.chunks.len() >= CAPACITY {
            state.sender = Some(cx.waker().clone());
            return Poll::Pending;
        }
        state.chunks.extend(chunk.take());
        wake(state, |state| &mut state.receiver);
        Poll::Ready(Ok(()))
    }
}

impl Drop for BodySender {
    fn drop(&mut self) {
        let mut state = locked(&self.0);
        state.sender_is_gone = true;
        wake(state, |state| &mut state.receiver);
    }
}

impl http_body::Body for Receiver {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut state = locked(&self.0);
        if let Some(chunk) = state.chunks.pop_front() {
            wake(state, |state| &mut state.sender);
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        if state.sender_is_gone {
            return Poll::Ready(state.error.take().map(Err));
        }
        state.receiver = Some(cx.waker().clone());
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        let state = locked(&self.0);
        state.sender_is_gone && state.chunks.is_empty() && state.error.is_none()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let mut state = locked(&self.0);
        state.receiver_is_gone = true;
        state.chunks.clear();
        wake(state, |state| &mut state.sender);
    }
}

/// Wakes the other side after releasing the lock.
fn wake(mut state: MutexGuard<'_, State>, who: fn(&mut State) -> &mut Option<Waker>) {
    let waker = who(&mut state).take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for BodySender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodySender(…)")
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the receiver of the body is gone")
    }
}

impl std::error::Error for Closed {}
