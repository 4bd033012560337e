//! Sequences of JSON values: JSON lines, and JSON text sequences (RFC 7464). Needs `body.rs`, `channel.rs`, `stream_error.rs`; crate
//! `futures-core` behind the feature `stream`. Clients and servers have a copy each.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::Body as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Body, BodySender, BoxError, MAX_VALUE_BYTES, SendError, StreamError, from_json};

/// The beginning of each value in a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1E;

/// A stream of values as JSON lines, or as a JSON text sequence.
///
/// ```text
/// while let Some(value) = lines.next().await {
///     println!("{:?}", value?);
/// }
/// ```
pub struct Lines<T> {
    records: Records,
    value: PhantomData<fn() -> T>,
}

impl<T> Lines<T> {
    /// Reads values from a body. If it begins with a record separator it is a JSON text sequence, else JSON lines.
    pub fn from_body(body: impl Into<Body>) -> Self {
        Self {
            records: Records::new(body.into()),
            value: PhantomData,
        }
    }

    /// Returns the next value; `None` at the end of the stream.
    ///
    /// # Errors
    /// The body is not complete or a value is too large, which ends the stream; or a value is not as documented.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>>
    where
        T: DeserializeOwned,
    {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Like [`next`](Self::next), for futures and streams of your own.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>>
    where
        T: DeserializeOwned,
    {
        let record = ready!(self.records.poll_next(cx));
        Poll::Ready(record.map(|record| from_json(&record?).map_err(StreamError::Value)))
    }

    /// Creates a stream, and a sender for another task. The stream ends when the sender is dropped.
    #[must_use]
    pub fn channel() -> (LineSender<T>, Self) {
        let (body, lines) = Body::channel();
        let sender = LineSender {
            body,
            value: PhantomData,
        };
        (sender, Self::from_body(lines))
    }

    /// Creates a stream whose values are produced by an async function; see [`Body::unfold`].
    pub fn unfold<S, F, N, E>(state: S, mut next: F) -> Self
    where
        T: Serialize,
        S: Send + 'static,
        F: FnMut(S) -> N + Send + 'static,
        N: Future<Output = Result<Option<(T, S)>, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::from_body(Body::unfold(state, move |state| {
            let step = next(state);
            async move {
                let Some((value, state)) = step.await.map_err(Into::into)? else {
                    return Ok(None);
                };
                let line = line(&value).map_err(BoxError::from)?;
                Ok::<_, BoxError>(Some((line, state)))
            }
        }))
    }

    /// The body as it is sent, as JSON lines or as a JSON text sequence, depending on the media type; of a stream that hasn't been read
    /// from.
    pub fn into_body(self, media_type: &str) -> Body {
        let essence = media_type.split(';').next().unwrap_or_default();
        if !essence.trim().ends_with("json-seq") {
            return self.records.body;
        }
        Body::unfold(self.records, |mut records| async move {
            let Some(record) = poll_fn(|cx| records.poll_next(cx)).await else {
                return Ok(None);
            };
            let record = [&[RECORD_SEPARATOR], record?.trim_ascii(), b"\n"].concat();
            Ok::<_, StreamError>(Some((record.into(), records)))
        })
    }
}

#[cfg(feature = "stream")]
impl<T: DeserializeOwned> futures_core::Stream for Lines<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Self::poll_next(&mut self, cx)
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lines(…)")
    }
}

/// Sends values to a [`Lines`] stream.
pub struct LineSender<T> {
    body: BodySender,
    value: PhantomData<fn(T)>,
}

impl<T: Serialize> LineSender<T> {
    /// Sends a value as soon as there is room for it.
    ///
    /// # Errors
    /// The receiver was dropped, or the value can't be serialized as JSON.
    pub async fn send(&mut self, value: impl Into<T>) -> Result<(), SendError> {
        let line = line(&value.into()).map_err(SendError::Json)?;
        Ok(self.body.send(line).await?)
    }

    /// Ends the stream with an error: the receiver gets an incomplete one.
    pub fn fail(self, error: impl Into<BoxError>) {
        self.body.fail(error);
    }

    /// Whether the receiver has been dropped.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.body.is_closed()
    }
}

impl<T> fmt::Debug for LineSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineSender(…)")
    }
}

fn line(value: &impl Serialize) -> Result<Bytes, serde_json::Error> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line.into())
}

/// Splits a stream into JSON texts, independent of chunk boundaries.
struct Records {
    body: Body,
    /// Received but not split yet.
    chunk: Bytes,
    /// The beginning of an incomplete text.
    record: Vec<u8>,
    framing: Framing,
    has_ended: bool,
}

enum Framing {
    /// Only white space has been received.
    Unknown,
    Lines,
    Sequence(Nesting),
}

impl Records {
    fn new(body: Body) -> Self {
        Self {
            body,
            chunk: Bytes::new(),
            record: Vec::new(),
            framing: Framing::Unknown,
            has_ended: false,
        }
    }

    /// The next JSON text, possibly with white space around it.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, StreamError>>> {
        while !self.has_ended {
            match self.record_in_chunk() {
                Ok(Some(record)) => return Poll::Ready(Some(Ok(record))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => self.chunk = frame.into_data().unwrap_or_default(),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(StreamError::Body(error))));
                }
                None => {
                    self.end();
                    return Poll::Ready(self.last().transpose());
                }
            }
        }
        Poll::Ready(None)
    }

    /// Drops the body, so that its connection can be closed.
    fn end(&mut self) {
        self.has_ended = true;
        self.body = Body::empty();
        self.chunk.clear();
    }

    /// Reads the chunk until a text is complete.
    fn record_in_chunk(&mut self) -> Result<Option<Vec<u8>>, StreamError> {
        while !self.chunk.is_empty() {
            let end = self.end_in_chunk();
            let part = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
            if self.record.len() + part.len() > MAX_VALUE_BYTES {
                self.end();
                let limit = MAX_VALUE_BYTES;
                return Err(StreamError::TooLarge { limit });
            }
            self.record.extend_from_slice(&part);
            if end.is_none() {
                break;
            }
            let is_separator = self.chunk.starts_with(&[RECORD_SEPARATOR]);
            self.chunk.advance(1);
            let record = self.take_record();
            if record.is_empty() {
                continue;
            }
            if is_separator && self.may_be_truncated(&record) {
                return Err(StreamError::Truncated);
            }
            return Ok(Some(record));
        }
        Ok(None)
    }

    /// The end of the current text in the chunk: the end of a line, or a separator.
    fn end_in_chunk(&mut self) -> Option<usize> {
        loop {
            match &mut self.framing {
                Framing::Unknown => {
                    let first = self.chunk.iter().find(|byte| !byte.is_ascii_whitespace())?;
                    self.framing = match *first {
                        RECORD_SEPARATOR => Framing::Sequence(Nesting::default()),
                        _ => Framing::Lines,
                    };
                }
                Framing::Lines => return self.chunk.iter().position(|byte| *byte == b'\n'),
                Framing::Sequence(nesting) => {
                    let ends = |byte: &u8| *byte == RECORD_SEPARATOR || nesting.ends_with(*byte);
                    return self.chunk.iter().position(ends);
                }
            }
        }
    }

    fn take_record(&mut self) -> Vec<u8> {
        if let Framing::Sequence(nesting) = &mut self.framing {
            *nesting = Nesting::default();
        }
        let record = std::mem::take(&mut self.record);
        match record.trim_ascii().is_empty() {
            true => Vec::new(),
            false => record,
        }
    }

    /// Whether a text in a sequence may have been cut off. That can't be seen for numbers and words without white space after them; other
    /// texts have a definite end (RFC 7464, section 2.4).
    fn may_be_truncated(&self, record: &[u8]) -> bool {
        let has_end = |text: &[u8]| matches!(text.first(), Some(b'{' | b'[' | b'"'));
        matches!(self.framing, Framing::Sequence(_))
            && !has_end(record.trim_ascii())
            && !record.ends_with(b" ")
            && !record.ends_with(b"\t")
            && !record.ends_with(b"\r")
    }

    /// The text after the last line feed, which the last line needn't have.
    fn last(&mut self) -> Result<Option<Vec<u8>>, StreamError> {
        let record = self.take_record();
        if record.is_empty() {
            return Ok(None);
        }
        match self.may_be_truncated(&record) {
            true => Err(StreamError::Truncated),
            false => Ok(Some(record)),
        }
    }
}

/// The nesting of a position in a JSON text. In a sequence, a line feed ends a text only if the text is complete.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    after_backslash: bool,
    has_begun: bool,
}

impl Nesting {
    /// Whether the text is complete after this byte, a line feed.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.after_backslash => self.after_backslash = false,
                b'\\' => self.after_backslash = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'\n' => return self.has_begun && self.depth == 0,
            b' ' | b'\t' | b'\r' => return false,
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.has_begun = true;
        false
    }
}
