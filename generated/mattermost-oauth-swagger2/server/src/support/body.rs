//! The body of a request or response. Needs no other file. Clients and servers have a copy each.

use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;

/// An error of any kind that can be sent to another thread.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The body of a request or response: bytes in memory, or a stream of them.
pub struct Body {
    inner: Inner,
    media_type: Option<String>,
}

enum Inner {
    Bytes(Bytes),
    /// The lock makes any stream `Sync`, so that structs with a body can be shared. It is never contended.
    Stream(Mutex<UnsyncBoxBody<Bytes, BoxError>>),
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// Creates a body from a stream of chunks.
    pub fn stream<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::of(Inner::Stream(Mutex::new(
            body.map_err(Into::into).boxed_unsync(),
        )))
    }

    /// Creates a body from one that arrives, which may be empty.
    pub(crate) fn received<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        match body.is_end_stream() {
            true => Self::empty(),
            false => Self::stream(body),
        }
    }

    fn of(inner: Inner) -> Self {
        Self {
            inner,
            media_type: None,
        }
    }

    /// Sets the media type, for descriptions that declare several or a range such as `image/*`. Default: the first declared one.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Takes the media type that was set.
    pub(crate) fn take_content_type(&mut self) -> Option<String> {
        self.media_type.take()
    }

    /// Creates a body whose chunks are produced by an async function, each from the state that the previous call returned.
    ///
    /// ```text
    /// Body::unfold(file, |mut file| async move {
    ///     let mut chunk = vec![0; 64 << 10];
    ///     let length = file.read(&mut chunk).await?;
    ///     chunk.truncate(length);
    ///     Ok::<_, std::io::Error>((length > 0).then_some((chunk.into(), file)))
    /// })
    /// ```
    pub fn unfold<S, F, N, E>(state: S, next: F) -> Self
    where
        S: Send + 'static,
        F: FnMut(S) -> N + Send + 'static,
        N: Future<Output = Result<Option<(Bytes, S)>, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::stream(Unfold::<S, F, E> {
            next,
            step: Step::Ready(state),
        })
    }

    /// Returns the next chunk; `None` at the end of the body.
    ///
    /// # Errors
    /// The body can't be read further, for example because the connection was closed.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        loop {
            match self.frame().await?.map(Frame::into_data) {
                Ok(Ok(chunk)) if chunk.is_empty() => {}
                Ok(Ok(chunk)) => return Some(Ok(chunk)),
                Ok(Err(_trailers)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Reads all bytes, without a limit.
    ///
    /// # Errors
    /// The body can't be read to its end.
    pub async fn bytes(self) -> Result<Bytes, BoxError> {
        match self.into_bytes() {
            Ok(bytes) => Ok(bytes),
            Err(stream) => Ok(stream.collect().await?.to_bytes()),
        }
    }

    /// Reads all bytes, but no more than `limit`.
    pub(crate) async fn bytes_up_to(self, limit: usize) -> Result<Bytes, BodyError> {
        // A `Content-Length` that is too large is rejected before anything is read.
        if http_body::Body::size_hint(&self).lower() > limit as u64 {
            return Err(BodyError::TooLarge);
        }
        match self.into_bytes() {
            Ok(bytes) => up_to(limit, bytes),
            Err(stream) => {
                let bytes = collected(stream, limit).await;
                up_to(limit, bytes.map_err(BodyError::Failed)?)
            }
        }
    }

    /// The bytes of a body in memory, but no more than `limit`; or the stream that has to be read.
    pub(crate) fn into_bytes_up_to(self, limit: usize) -> Result<Result<Bytes, BodyError>, Self> {
        self.into_bytes().map(|bytes| up_to(limit, bytes))
    }

    /// Returns a copy of a body in memory, which can be sent again; `None` for a stream, which can't.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        let Inner::Bytes(bytes) = &self.inner else {
            return None;
        };
        Some(Self {
            inner: Inner::Bytes(bytes.clone()),
            media_type: self.media_type.clone(),
        })
    }

    /// Returns the bytes, if they are in memory.
    pub(crate) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.inner {
            Inner::Bytes(bytes) => Ok(bytes),
            stream @ Inner::Stream(_) => Err(Self::of(stream)),
        }
    }
}

/// The bytes of a body; if these are more than `limit`, those up to the piece that makes them so.
pub(crate) async fn collected<B>(body: B, limit: usize) -> Result<Bytes, BoxError>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    let mut body = pin!(body);
    // Most bodies come in one piece.
    let mut only = Bytes::new();
    let mut all = Vec::new();
    while only.len().max(all.len()) <= limit {
        let frame = poll_fn(|cx| {
            let poll = AssertUnwindSafe(|| body.as_mut().poll_frame(cx));
            match catch_unwind(poll) {
                Ok(frame) => frame.map_err(Into::into),
                Err(_) => Poll::Ready(Some(Err(PANICKED.into()))),
            }
        });
        let Some(frame) = frame.await else { break };
        match frame?.into_data() {
            Ok(piece) if only.is_empty() => only = piece,
            Ok(piece) => {
                if all.is_empty() {
                    all.extend_from_slice(&only);
                }
                all.extend_from_slice(&piece);
            }
            Err(_trailers) => {}
        }
    }
    match all.is_empty() {
        true => Ok(only),
        false => Ok(all.into()),
    }
}

fn up_to(limit: usize, bytes: Bytes) -> Result<Bytes, BodyError> {
    match bytes.len() > limit {
        true => Err(BodyError::TooLarge),
        false => Ok(bytes),
    }
}

const PANICKED: &str = "the source of the body panicked";

/// Why a body can't be read as a whole.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// It is larger than is read.
    TooLarge,
    /// It broke off.
    Failed(BoxError),
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::of(Inner::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.inner {
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(stream) => {
                let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                let poll = AssertUnwindSafe(|| Pin::new(stream).poll_frame(cx));
                // A panic would end the whole connection, and with it other requests.
                catch_unwind(poll).unwrap_or_else(|_| {
                    self.inner = Inner::Bytes(Bytes::new());
                    Poll::Ready(Some(Err(PANICKED.into())))
                })
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(stream) => locked(stream).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(stream) => locked(stream).size_hint(),
        }
    }
}

/// The stream of [`Body::unfold`].
struct Unfold<S, F, E> {
    next: F,
    step: Step<S, E>,
}

enum Step<S, E> {
    Ready(S),
    Running(BoxFuture<'static, Result<Option<(Bytes, S)>, E>>),
    Ended,
}

/// Only the future is ever pinned, and it is on the heap.
impl<S, F, E> Unpin for Unfold<S, F, E> {}

impl<S, F, N, E> http_body::Body for Unfold<S, F, E>
where
    F: FnMut(S) -> N,
    N: Future<Output = Result<Option<(Bytes, S)>, E>> + Send + 'static,
{
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        let mut running = match std::mem::replace(&mut self.step, Step::Ended) {
            Step::Ready(state) => Box::pin((self.next)(state)),
            Step::Running(running) => running,
            Step::Ended => return Poll::Ready(None),
        };
        match running.as_mut().poll(cx) {
            Poll::Ready(Ok(Some((chunk, state)))) => {
                self.step = Step::Ready(state);
                Poll::Ready(Some(Ok(Frame::data(chunk))))
            }
            Poll::Ready(Ok(None)) => Poll::Ready(None),
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Pending => {
                self.step = Step::Running(running);
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.step, Step::Ended)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Shows only the size, as bodies may be private.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match http_body::Body::size_hint(self).exact() {
            Some(size) => write!(f, "Body({size} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}
