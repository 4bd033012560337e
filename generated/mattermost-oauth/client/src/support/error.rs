//! Why a call gave no result. Needs `body.rs`, `operation.rs`, `response.rs`, `shown.rs`, `transport.rs`.

use std::convert::Infallible;
use std::fmt::{self, Write};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{BoxError, Operation, RawResponse, ReadError, Shown, TransportError, write_causes};

/// Why a call gave no result. `E` is the body of the errors that the description lists for the operation.
///
/// What is shown with `{}` is one line without control characters, of 500 characters at most.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The server answered with an error whose status the description lists, whatever its body is.
    Api(Box<ApiError<E>>),
    /// The server answered with a status that the description doesn't list.
    Unexpected(Box<RawResponse>),
    /// The server answered with a success that the description lists, but a body that it doesn't.
    Decode(Box<DecodeError>),
    /// The request was not sent, because an argument can't be put into it.
    Request(Box<RequestError>),
    /// There is no response, or only a part of it.
    Transport {
        /// The operation that was called.
        operation: &'static Operation,
        /// What went wrong.
        error: TransportError,
    },
    /// The response wasn't complete in time.
    Timeout {
        /// The operation that was called.
        operation: &'static Operation,
        /// The time that it had, unless the transport has a limit of its own.
        after: Option<Duration>,
    },
    /// The response body is larger than the client accepts.
    BodyTooLarge {
        /// The operation that was called.
        operation: &'static Operation,
        /// The limit in bytes.
        limit: usize,
    },
    /// A blocking call was made where blocking would stop an async runtime. The request was not sent.
    Blocking {
        /// The operation that was called.
        operation: &'static Operation,
    },
}

/// The error body of an operation whose description gives errors no type: there is no such value.
pub type NoError = Infallible;

impl<E> Error<E> {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Api(error) => error.response.operation(),
            Self::Unexpected(response) => response.operation(),
            Self::Decode(error) => error.response.operation(),
            Self::Request(error) => error.operation,
            Self::Transport { operation, .. }
            | Self::Timeout { operation, .. }
            | Self::BodyTooLarge { operation, .. }
            | Self::Blocking { operation } => operation,
        }
    }

    /// The status of the response, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The response as it came, if one came.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(&error.response),
            Self::Unexpected(response) => Some(response),
            Self::Decode(error) => Some(&error.response),
            _ => None,
        }
    }

    /// Whether the response wasn't complete in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// The error of a call whose response nobody has looked at, as one of a call that might have failed with a listed error.
    pub(crate) fn of(error: Error) -> Self {
        match error {
            Error::Api(error) => Self::Api(Box::new(error.without_body())),
            Error::Unexpected(response) => Self::Unexpected(response),
            Error::Decode(error) => Self::Decode(error),
            Error::Request(error) => Self::Request(error),
            Error::Transport { operation, error } => Self::Transport { operation, error },
            Error::Timeout { operation, after } => Self::Timeout { operation, after },
            Error::BodyTooLarge { operation, limit } => Self::BodyTooLarge { operation, limit },
            Error::Blocking { operation } => Self::Blocking { operation },
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        let Operation {
            id, method, path, ..
        } = self.operation();
        write!(f, "{id}: {method} {path}: ")?;
        match self {
            Self::Api(error) => write!(f, "{error}"),
            Self::Unexpected(response) => {
                write_answer(f, response.status(), response.error_message().as_deref())?;
                f.write_str(" (the description doesn't list this status)")
            }
            Self::Decode(error) => write!(f, "{error}"),
            Self::Request(error) => write!(f, "{error}"),
            Self::Transport { error, .. } => write!(f, "{error}"),
            Self::Timeout {
                after: Some(after), ..
            } => write!(f, "no complete response within {after:?}"),
            Self::Timeout { after: None, .. } => f.write_str("no complete response in time"),
            Self::BodyTooLarge { limit, .. } => {
                write!(f, "the response body is larger than {limit} bytes")
            }
            Self::Blocking { .. } => {
                f.write_str("a blocking call inside an async runtime; call `send().await` there")
            }
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(error) => error.decode_error().map(|error| &error.error as _),
            Self::Decode(error) => Some(&error.error),
            Self::Request(error) => error.source.as_deref().map(|source| source as _),
            Self::Transport { error, .. } => std::error::Error::source(error),
            _ => None,
        }
    }
}

/// `answered 404 Not Found: no such app`
fn write_answer(f: &mut impl Write, status: StatusCode, message: Option<&str>) -> fmt::Result {
    write!(f, "answered {status}")?;
    match message {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

/// An error whose status the description lists.
#[derive(Debug, Clone)]
pub struct ApiError<E> {
    pub(crate) response: RawResponse,
    pub(crate) message: Option<String>,
    pub(crate) body: Option<E>,
    pub(crate) mismatch: Option<Box<DecodeError>>,
}

impl<E> ApiError<E> {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// What the server says for people, found in the body where servers put it (`message`, `detail`, `title`…).
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The body. `None` where it isn't what the description says, [for a reason](Self::decode_error), or where the description
    /// gives it no type, as to text; it is in the [response](Self::response) all the same.
    pub fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// The body, by value.
    pub fn into_body(self) -> Option<E> {
        self.body
    }

    /// Why the body isn't what the description says: most likely somebody on the way answered instead of the server.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.mismatch.as_deref()
    }

    /// The response as it came.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The same, of a call whose errors have another body.
    fn without_body<B>(self) -> ApiError<B> {
        ApiError {
            response: self.response,
            message: self.message,
            body: None,
            mismatch: self.mismatch,
        }
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        match (&self.mismatch, &self.message) {
            (Some(mismatch), None) => write!(f, "{mismatch}"),
            (mismatch, message) => {
                write_answer(f, self.status(), message.as_deref())?;
                let Some(mismatch) = mismatch else {
                    return Ok(());
                };
                f.write_str(" (its body is not as described: ")?;
                mismatch.write_reason(f)?;
                f.write_str(")")
            }
        }
    }
}

impl<E: fmt::Debug> std::error::Error for ApiError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.decode_error().map(|error| &error.error as _)
    }
}

/// A response whose body isn't what the description says.
#[derive(Debug, Clone)]
pub struct DecodeError {
    pub(crate) response: RawResponse,
    pub(crate) error: ReadError,
    /// What the body should be, where its media type says that it is something else.
    pub(crate) expected: Option<&'static str>,
}

impl DecodeError {
    /// The response as it came.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The response as it came, by value.
    pub fn into_response(self) -> RawResponse {
        self.response
    }

    /// The JSON pointer of the value that isn't as described; empty for the whole body.
    pub fn pointer(&self) -> &str {
        self.error.pointer()
    }
}

impl DecodeError {
    fn write_reason(&self, f: &mut impl Write) -> fmt::Result {
        match (self.response.content_type(), self.expected) {
            _ if self.response.bytes().is_empty() => f.write_str("it is empty"),
            // Most likely a proxy's page: its type says more than where it stops to look like JSON.
            (Some(other), Some(expected)) => write!(f, "it is {other}, not {expected}"),
            _ => write!(f, "{}", self.error),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        let status = self.response.status();
        write!(f, "answered {status}, but its body is not as described: ")?;
        self.write_reason(f)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// A request that can't be made from its arguments.
#[derive(Debug)]
pub struct RequestError {
    pub(crate) operation: &'static Operation,
    pub(crate) message: String,
    pub(crate) source: Option<BoxError>,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        write!(f, "not sent: {}", self.message)?;
        let Some(source) = &self.source else {
            return Ok(());
        };
        f.write_str(": ")?;
        write_causes(f, source.as_ref())
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
