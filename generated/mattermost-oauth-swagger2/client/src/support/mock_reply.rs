//! What a mock responds with. Needs `body.rs`, `error.rs`, `outcome.rs`, `response.rs`, `transport.rs`; behind the feature `mock`.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::{Body, Error, MockedResponse, RawResponse, Response, TransportError};

/// A response of a [`Mock`](super::Mock), or an error of the transport. `T` is what the call returns, `E` the body of its documented errors.
///
/// What is given as a value of Rust reaches the caller as it is: nothing of it is written as JSON and read again, so that
/// `send_raw` gives a response without a body. [`json`](Self::json) and [`bytes`](Self::bytes) are read as a response of the server
/// would be.
#[derive(Clone)]
#[must_use = "a reply does nothing until a mock has it"]
pub struct MockReply<T, E> {
    content: Content<T, E>,
    status: StatusCode,
    headers: HeaderMap,
    delay: Duration,
}

#[derive(Clone)]
enum Content<T, E> {
    Success(T),
    Failure(E),
    Body(Bytes),
    Lost { text: String, kind: Lost },
}

#[derive(Clone, Copy)]
enum Lost {
    Connection,
    Timeout,
    /// What can't be sent, however often that is tried.
    Never,
}

impl<T, E> MockReply<T, E> {
    /// Responds with what the call returns, and status 200.
    pub fn ok(value: T) -> Self {
        Self::new(200, Content::Success(value))
    }

    /// Responds with a documented error.
    pub fn error(status: u16, body: E) -> Self {
        Self::new(status, Content::Failure(body))
    }

    /// Responds with a status and no body.
    pub fn status(status: u16) -> Self {
        Self::new(status, Content::Body(Bytes::new()))
    }

    /// Responds with JSON, which is read as the description has it for this status.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::bytes(status, "application/json", body),
            Err(error) => Self::never(format!("the body can't be written as JSON: {error}")),
        }
    }

    /// Responds with bytes, such as text, XML or the events of a stream, which are read as the description has them for this status.
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        Self::new(status, Content::Body(body.into())).header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Fails like a connection that breaks, or that there isn't.
    pub fn disconnect() -> Self {
        Self::lost("the mock has no connection".to_owned(), Lost::Connection)
    }

    /// Fails like a call that takes too long.
    pub fn timeout() -> Self {
        Self::lost("the mock took too long".to_owned(), Lost::Timeout)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => Self::never(format!("the header {name:?} can't have this name or value")),
        }
    }

    /// Sets another status, such as 201 for something that was created.
    pub fn with_status(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => {
                self.status = status;
                self
            }
            Err(_) => Self::never(format!("{status} is not a status")),
        }
    }

    /// Has the mock wait before it replies. A test can stop tokio's clock, so that it needn't wait.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    fn new(status: u16, content: Content<T, E>) -> Self {
        let reply = Self {
            content,
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            delay: Duration::ZERO,
        };
        reply.with_status(status)
    }

    fn never(text: String) -> Self {
        Self::lost(text, Lost::Never)
    }

    fn lost(text: String, kind: Lost) -> Self {
        Self::new(200, Content::Lost { text, kind })
    }
}

impl<T: Send + 'static, E: Send + 'static> MockReply<T, E> {
    /// How long to wait, and what the transport returns then.
    pub(crate) fn into_answer(self) -> MockAnswer {
        let (body, typed) = match self.content {
            Content::Body(body) => (body, None),
            Content::Success(value) => {
                let decode = move |response: RawResponse| Ok(response.with_body(value));
                (Bytes::new(), Some(mocked::<T, E>(decode)))
            }
            Content::Failure(error) => {
                let decode = move |response: RawResponse| Err(response.with_error(Ok(error)));
                (Bytes::new(), Some(mocked::<T, E>(decode)))
            }
            Content::Lost { text, kind } => {
                let error = match kind {
                    Lost::Connection => TransportError::new(text),
                    Lost::Timeout => TransportError::timeout(text),
                    Lost::Never => TransportError::permanent(text),
                };
                return (self.delay, Err(error));
            }
        };
        let mut response = http::Response::new(Body::from(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        if let Some(typed) = typed {
            response.extensions_mut().insert(typed);
        }
        (self.delay, Ok(response))
    }
}

pub(crate) type MockAnswer = (Duration, Result<http::Response<Body>, TransportError>);

/// What decodes the response to a call of an operation: it has the result already.
pub(crate) type MockDecode<T, E> = Box<dyn FnOnce(RawResponse) -> Result<T, Error<E>> + Send>;

fn mocked<T: Send + 'static, E: Send + 'static>(
    decode: impl FnOnce(RawResponse) -> Result<Response<T>, Error<E>> + Send + 'static,
) -> MockedResponse {
    let decode: MockDecode<Response<T>, E> = Box::new(decode);
    MockedResponse::new(decode)
}

impl<T, E> From<T> for MockReply<T, E> {
    fn from(value: T) -> Self {
        Self::ok(value)
    }
}

/// Shows neither value nor body.
impl<T, E> fmt::Debug for MockReply<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockReply")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}
