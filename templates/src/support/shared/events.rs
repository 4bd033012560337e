//! Server-sent events (HTML Standard, section 9.2). Needs `body.rs`, `channel.rs`, `stream_error.rs`; crate `futures-core` behind the feature
//! `stream`. Clients and servers have a copy each.

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::Body as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{
    Body, BodySender, BoxError, MAX_VALUE_BYTES, ReadError, SendError, StreamError, from_json,
};

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type; `None` for an ordinary message.
    pub event: Option<String>,
    /// The last id of the stream, to send as `Last-Event-ID` when it is requested again.
    pub id: Option<String>,
    /// How long to wait before the stream is requested again, in milliseconds, if that was sent since the previous event.
    pub retry: Option<u64>,
    /// The data.
    pub data: T,
}

impl<T> Event<T> {
    /// Creates an ordinary message.
    pub fn new(data: T) -> Self {
        Self {
            event: None,
            id: None,
            retry: None,
            data,
        }
    }

    /// Sets the type. Line breaks aren't valid in it and are removed.
    #[must_use]
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// Sets the id. Line breaks and NUL aren't valid in it and are removed.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how long a client waits before it requests the stream again, in milliseconds.
    #[must_use]
    pub fn retry(mut self, milliseconds: u64) -> Self {
        self.retry = Some(milliseconds);
        self
    }
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

/// A stream of events with JSON or text data.
///
/// ```text
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.data);
/// }
/// ```
pub struct Events<T> {
    body: Body,
    /// Boxed, as an enum of responses holds the whole stream.
    parser: Box<Parser>,
    decode: fn(&str) -> Decoded<T>,
    has_ended: bool,
    /// The request that the stream is the response to, of a type that this file needn't know, where a client may send it again.
    pub(crate) origin: Option<Arc<dyn Any + Send + Sync>>,
    /// What does that. The lock makes it `Sync`, and is never contended.
    again: Option<Mutex<Box<dyn Again>>>,
    is_interrupted: bool,
}

/// A decoded value; `None` if the text marks the end of the stream.
type Decoded<T> = Result<Option<T>, ReadError>;

/// Requests a stream again after it has ended.
pub(crate) trait Again: Send {
    /// The stream from where it was interrupted, by the id of its last event, empty if there was none, and by the time that the server wants
    /// to pass before, in milliseconds. `None` if there is nothing more.
    fn poll_again(
        &mut self,
        last_id: &str,
        retry: Option<u64>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Body>, StreamError>>;

    /// An event has arrived.
    fn arrived(&mut self);
}

/// Reading events.
impl<T> Events<T> {
    /// Reads events with JSON data from a body. `[DONE]` instead of JSON ends the stream, as with `OpenAI`'s API.
    pub fn from_body(body: impl Into<Body>) -> Self
    where
        T: DeserializeOwned,
    {
        Self::decoded_by(body.into(), |data| match data {
            "[DONE]" => Ok(None),
            json => from_json(json.as_bytes()).map(Some),
        })
    }

    fn decoded_by(body: Body, decode: fn(&str) -> Decoded<T>) -> Self {
        Self {
            body,
            parser: Box::default(),
            decode,
            has_ended: false,
            origin: None,
            again: None,
            is_interrupted: false,
        }
    }

    /// What reads streams of other bodies, with data like that of this one.
    pub(crate) fn reader(&self) -> impl FnOnce(Body) -> Self + use<T> {
        let decode = self.decode;
        move |body| Self::decoded_by(body, decode)
    }

    /// Has the stream requested again whenever it ends.
    pub(crate) fn resumed_by(&mut self, again: impl Again + 'static) {
        self.again = Some(Mutex::new(Box::new(again)));
    }

    /// Returns the id of the stream so far, to send as `Last-Event-ID` when it is requested again; also that of events without data, which are
    /// dropped.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        Some(self.parser.last_id.as_str()).filter(|id| !id.is_empty())
    }

    /// Returns the next event; `None` at the end of the stream.
    ///
    /// # Errors
    /// The body is not complete or an event is too large, which ends the stream; or the data is not as documented.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Like [`next`](Self::next), for futures and streams of your own.
    pub fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<T>, StreamError>>> {
        let event = loop {
            if self.has_ended {
                return Poll::Ready(None);
            }
            if self.is_interrupted {
                match ready!(self.poll_again(cx)) {
                    Ok(Some(body)) => self.body = body,
                    Ok(None) => return self.end(None),
                    Err(error) => return self.end(Some(error)),
                }
                self.is_interrupted = false;
            }
            match ready!(self.parser.poll_event(&mut self.body, cx)) {
                Some(Ok(event)) => break event,
                None | Some(Err(StreamError::Body(_))) if self.again.is_some() => self.interrupt(),
                Some(Err(error)) => return self.end(Some(error)),
                None => return self.end(None),
            }
        };
        if let Some(again) = &mut self.again {
            again
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .arrived();
        }
        match (self.decode)(&event.data) {
            Ok(Some(data)) => Poll::Ready(Some(Ok(Event {
                event: event.event,
                id: event.id,
                retry: event.retry,
                data,
            }))),
            Ok(None) => self.end(None),
            Err(error) => Poll::Ready(Some(Err(StreamError::Value(error)))),
        }
    }

    fn poll_again(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Body>, StreamError>> {
        let Some(again) = &mut self.again else {
            return Poll::Ready(Ok(None));
        };
        let again = again.get_mut().unwrap_or_else(PoisonError::into_inner);
        again.poll_again(&self.parser.last_id, self.parser.wait, cx)
    }

    /// Drops what is left of a body. What is known for the next one is kept, as browsers do.
    fn interrupt(&mut self) {
        self.body = Body::empty();
        self.is_interrupted = true;
        *self.parser = Parser {
            id: self.parser.last_id.clone(),
            last_id: std::mem::take(&mut self.parser.last_id),
            wait: self.parser.wait,
            ..Parser::default()
        };
    }

    /// Drops the body, so that its connection can be closed.
    fn end(&mut self, error: Option<StreamError>) -> Poll<Option<Result<Event<T>, StreamError>>> {
        self.interrupt();
        self.has_ended = true;
        self.again = None;
        Poll::Ready(error.map(Err))
    }
}

/// Creating event streams.
impl<T> Events<T> {
    /// Creates a stream, and a sender for another task. The stream ends when the sender is dropped.
    pub fn channel() -> (EventSender<T>, Self)
    where
        T: Serialize + DeserializeOwned,
    {
        let (body, events) = Body::channel();
        let sender = EventSender {
            body,
            encode: encode_json,
            data: PhantomData,
        };
        (sender, Self::from_body(events))
    }

    /// Creates a stream whose events are produced by an async function; see [`Body::unfold`].
    pub fn unfold<S, F, N, E>(state: S, mut next: F) -> Self
    where
        T: Serialize + DeserializeOwned,
        S: Send + 'static,
        F: FnMut(S) -> N + Send + 'static,
        N: Future<Output = Result<Option<(Event<T>, S)>, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::from_body(Body::unfold(state, move |state| {
            let step = next(state);
            async move {
                let Some((event, state)) = step.await.map_err(Into::into)? else {
                    return Ok(None);
                };
                let text = encode_json(&event).map_err(BoxError::from)?;
                Ok::<_, BoxError>(Some((text.into(), state)))
            }
        }))
    }

    /// The body as it is sent, of a stream that hasn't been read from.
    pub fn into_body(self) -> Body {
        self.body
    }
}

/// Streams of events with text data.
impl Events<String> {
    /// Reads events with text data from a body.
    pub fn from_text_body(body: impl Into<Body>) -> Self {
        Self::decoded_by(body.into(), |text| Ok(Some(text.to_owned())))
    }

    /// Like [`channel`](Self::channel), for text data.
    #[must_use]
    pub fn text_channel() -> (EventSender<String>, Self) {
        let (body, events) = Body::channel();
        let sender = EventSender {
            body,
            encode: |event: &Event<String>| Ok(encode(event, &event.data)),
            data: PhantomData,
        };
        (sender, Self::from_text_body(events))
    }
}

#[cfg(feature = "stream")]
impl<T> futures_core::Stream for Events<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Self::poll_next(&mut self, cx)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(…)")
    }
}

/// Sends events to an [`Events`] stream.
pub struct EventSender<T> {
    body: BodySender,
    encode: fn(&Event<T>) -> Result<String, serde_json::Error>,
    data: PhantomData<fn(T)>,
}

impl<T> EventSender<T> {
    /// Sends an event, or data as an ordinary message, as soon as there is room for it.
    ///
    /// # Errors
    /// The receiver was dropped, or the data can't be serialized as JSON.
    pub async fn send(&mut self, event: impl Into<Event<T>>) -> Result<(), SendError> {
        let text = (self.encode)(&event.into()).map_err(SendError::Json)?;
        Ok(self.body.send(text).await?)
    }

    /// Sends a comment, which receivers ignore, to keep idle connections open.
    ///
    /// # Errors
    /// The receiver was dropped.
    pub async fn keep_alive(&mut self) -> Result<(), SendError> {
        Ok(self.body.send(":\n\n").await?)
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

impl<T> fmt::Debug for EventSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventSender(…)")
    }
}

fn encode_json<T: Serialize>(event: &Event<T>) -> Result<String, serde_json::Error> {
    Ok(encode(event, &serde_json::to_string(&event.data)?))
}

/// An event as lines, including the final empty line.
fn encode<T>(event: &Event<T>, data: &str) -> String {
    let one_line = |text: &str| text.replace(['\r', '\n', '\0'], "");
    let mut out = String::new();
    let mut push = |name: &str, value: &str| {
        out.push_str(name);
        out.push_str(": ");
        out.push_str(value);
        out.push('\n');
    };
    if let Some(event) = &event.event {
        push("event", &one_line(event));
    }
    if let Some(id) = &event.id {
        push("id", &one_line(id));
    }
    if let Some(retry) = event.retry {
        push("retry", &retry.to_string());
    }
    // CR, LF and CR LF all end a line of the stream, so each starts a new line of data.
    for line in data.replace("\r\n", "\n").split(['\r', '\n']) {
        push("data", line);
    }
    out.push('\n');
    out
}

/// Parses the lines of a stream, independent of chunk boundaries.
struct Parser {
    /// Received but not parsed yet.
    chunk: Bytes,
    /// The beginning of an incomplete line.
    line: Vec<u8>,
    /// The last line ended with a carriage return; a following line feed belongs to it.
    after_return: bool,
    is_first_line: bool,
    data: String,
    event: String,
    id: String,
    retry: Option<u64>,
    /// The id as of the last empty line.
    last_id: String,
    /// The last time in a `retry` field.
    wait: Option<u64>,
}

impl Default for Parser {
    fn default() -> Self {
        Self {
            chunk: Bytes::new(),
            line: Vec::new(),
            after_return: false,
            is_first_line: true,
            data: String::new(),
            event: String::new(),
            id: String::new(),
            retry: None,
            last_id: String::new(),
            wait: None,
        }
    }
}

impl Parser {
    /// The next event, not decoded. An incomplete one at the end of the body is dropped (section 9.2.6).
    fn poll_event(
        &mut self,
        body: &mut Body,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<String>, StreamError>>> {
        loop {
            match self.event_in_chunk() {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
            match ready!(Pin::new(&mut *body).poll_frame(cx)) {
                Some(Ok(frame)) => self.chunk = frame.into_data().unwrap_or_default(),
                Some(Err(error)) => return Poll::Ready(Some(Err(StreamError::Body(error)))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// Parses the chunk until an event is complete.
    fn event_in_chunk(&mut self) -> Result<Option<Event<String>>, StreamError> {
        while !self.chunk.is_empty() {
            if std::mem::take(&mut self.after_return) && self.chunk.starts_with(b"\n") {
                self.chunk.advance(1);
                continue;
            }
            let end = self.chunk.iter().position(|byte| b"\r\n".contains(byte));
            let part = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
            if self.data.len() + self.line.len() + part.len() > MAX_VALUE_BYTES {
                let limit = MAX_VALUE_BYTES;
                return Err(StreamError::TooLarge { limit });
            }
            self.line.extend_from_slice(&part);
            if end.is_none() {
                break;
            }
            self.after_return = self.chunk.starts_with(b"\r");
            self.chunk.advance(1);
            if let Some(event) = self.end_of_line() {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    fn end_of_line(&mut self) -> Option<Event<String>> {
        let mut line = std::mem::take(&mut self.line);
        let text = match std::mem::take(&mut self.is_first_line) {
            true => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line),
            false => &line,
        };
        let event = match text.is_empty() {
            true => self.dispatch(),
            false => {
                self.field(&String::from_utf8_lossy(text));
                None
            }
        };
        line.clear();
        self.line = line; // keeps its room
        event
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().or(self.retry);
                self.wait = self.retry.or(self.wait);
            }
            _ => {} // a comment has no name
        }
    }

    /// The event that an empty line completes. Without data there is none.
    fn dispatch(&mut self) -> Option<Event<String>> {
        self.id.clone_into(&mut self.last_id);
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        data.pop()?; // the line feed behind the last line
        let text = |text: String| (!text.is_empty()).then_some(text);
        Some(Event {
            event: text(event),
            id: text(self.id.clone()),
            retry: self.retry.take(),
            data,
        })
    }
}
