//! Why a call gave no result. Needs `body.rs`, `operation.rs`, `response.rs`, `transport.rs`.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{BoxError, Operation, RawResponse, ReadError, TransportError};

/// Why a call gave no result. `E` is the body of the errors that the description lists for the operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The server answered with an error that the description lists.
    Api(Box<ApiError<E>>),
    /// The server answered with a status that the description doesn't list, or lists without a type: with text or bytes.
    Unexpected(Box<RawResponse>),
    /// The server answered with a status that the description lists, but a body that it doesn't.
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

/// The error body of an operation whose description lists no errors: there is no such value.
pub type NoError = Infallible;

impl<E> Error<E> {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Api(error) => error.operation,
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
        match self {
            Self::Api(error) => Some(error.status),
            Self::Unexpected(response) => Some(response.status()),
            Self::Decode(error) => Some(error.response.status()),
            _ => None,
        }
    }

    /// Whether the response wasn't complete in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// The error of a call that can't have failed with a listed error, as one of a call that might have.
    pub(crate) fn of(error: Error) -> Self {
        match error {
            Error::Api(error) => match error.body {},
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
        let operation = self.operation();
        write!(
            f,
            "{}: {} {}: ",
            operation.id, operation.method, operation.path
        )?;
        match self {
            Self::Api(error) => fmt_answer(f, error.status, error.message.as_deref()),
            Self::Unexpected(response) => {
                fmt_answer(f, response.status(), response.error_message().as_deref())?;
                f.write_str(" (the description has no type for that)")
            }
            Self::Decode(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Transport { error, .. } => error.fmt(f),
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
            Self::Decode(error) => Some(&error.error),
            Self::Request(error) => error.source.as_deref().map(|source| source as _),
            Self::Transport { error, .. } => std::error::Error::source(error),
            _ => None,
        }
    }
}

/// `answered 404 Not Found: no such app`
fn fmt_answer(
    f: &mut fmt::Formatter<'_>,
    status: StatusCode,
    message: Option<&str>,
) -> fmt::Result {
    write!(f, "answered {status}")?;
    match message {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

/// An error that the description lists.
#[derive(Debug, Clone)]
pub struct ApiError<E> {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) message: Option<String>,
    pub(crate) body: E,
}

impl<E> ApiError<E> {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What the server says for people, found in the body where servers put it (`message`, `detail`, `title`…).
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The body.
    pub fn body(&self) -> &E {
        &self.body
    }

    /// The body, by value.
    pub fn into_body(self) -> E {
        self.body
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

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "answered {}, but its body is not as described: ",
            self.response.status()
        )?;
        match (self.response.content_type(), self.expected) {
            // Most likely a proxy's page: its type says more than where it stops to look like JSON.
            (Some(other), Some(expected)) => write!(f, "it is {other}, not {expected}"),
            _ => self.error.fmt(f),
        }
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
        write!(f, "not sent: {}", self.message)
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
