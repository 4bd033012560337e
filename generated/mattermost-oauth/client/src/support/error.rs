//! The errors of calls. Needs `body.rs`, `operation.rs`, `response.rs`, `shown.rs`, `transport.rs`.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt::{self, Write};
use std::sync::OnceLock;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{BoxError, OperationInfo, RawResponse, ReadError, Shown, TransportError, write_causes};

/// Error returned by a call. `E` is the body of the errors that the description documents for the operation.
///
/// ```text
/// match client.pets().get_pet(7).await {
///     Ok(pet) => println!("{pet:?}"),
///     Err(Error::Api(error)) => println!("{}: {:?}", error.status(), error.body()),
///     Err(error) => println!("{error}"),
/// }
/// ```
///
/// `{}` displays it in one line of at most 500 characters, without control characters.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The server responded with a documented error. Its body may still be something else.
    Api(Box<ApiError<E>>),
    /// The server responded with a status that the description doesn't document.
    Unexpected(Box<RawResponse>),
    /// The server responded with a documented success, but its body is not as documented.
    Decode(Box<DecodeError>),
    /// The request was not sent, because an argument is not valid in it.
    Request(Box<RequestError>),
    /// There is no response, or only an incomplete one.
    Transport {
        /// The operation that was called.
        operation: &'static OperationInfo,
        /// The error of the transport.
        error: TransportError,
        /// How many attempts were made.
        attempts: u32,
    },
    /// The response wasn't complete in time.
    Timeout {
        /// The operation that was called.
        operation: &'static OperationInfo,
        /// The time limit of the call or of an attempt, unless it is one of the transport.
        after: Option<Duration>,
        /// How many attempts were made.
        attempts: u32,
    },
    /// The response body is larger than the client accepts.
    BodyTooLarge {
        /// The operation that was called.
        operation: &'static OperationInfo,
        /// The limit in bytes.
        limit: usize,
        /// How many attempts were made.
        attempts: u32,
    },
    /// A blocking call was made inside an async runtime. The request was not sent.
    Blocking {
        /// The operation that was called.
        operation: &'static OperationInfo,
    },
}

/// The error body of operations without typed error bodies: it has no values.
pub type NoError = Infallible;

impl<E> Error<E> {
    /// Returns the operation that was called.
    pub fn operation(&self) -> &'static OperationInfo {
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

    /// Returns the status of the response, if there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns the response, not decoded, if there is one.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(&error.response),
            Self::Unexpected(response) => Some(response),
            Self::Decode(error) => Some(&error.response),
            _ => None,
        }
    }

    /// Returns the server's id of the failed request, to be given to its operators; see [`RawResponse::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    /// Returns how many attempts were made; 0 if the request was not sent.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) => error.response.attempts(),
            Self::Unexpected(response) => response.attempts(),
            Self::Decode(error) => error.response.attempts(),
            Self::Request(_) | Self::Blocking { .. } => 0,
            Self::Transport { attempts, .. }
            | Self::Timeout { attempts, .. }
            | Self::BodyTooLarge { attempts, .. } => *attempts,
        }
    }

    /// Whether the same call may succeed later: there was no connection, no response in time, or its status is one of 408, 429, 500, 502,
    /// 503, 504. Whether it is safe to repeat it is another question, see [`OperationInfo::is_idempotent`].
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { error, .. } => error.is_retryable(),
            Self::Timeout { .. } => true,
            _ => self
                .status()
                .is_some_and(|status| is_passing(status.as_u16())),
        }
    }

    /// Whether the response wasn't complete in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// Converts the error of a call without decoding.
    pub(crate) fn of(error: Error) -> Self {
        match error {
            Error::Api(error) => Self::Api(Box::new(error.without_body())),
            Error::Unexpected(response) => Self::Unexpected(response),
            Error::Decode(error) => Self::Decode(error),
            Error::Request(error) => Self::Request(error),
            Error::Transport {
                operation,
                error,
                attempts,
            } => Self::Transport {
                operation,
                error,
                attempts,
            },
            Error::Timeout {
                operation,
                after,
                attempts,
            } => Self::Timeout {
                operation,
                after,
                attempts,
            },
            Error::BodyTooLarge {
                operation,
                limit,
                attempts,
            } => Self::BodyTooLarge {
                operation,
                limit,
                attempts,
            },
            Error::Blocking { operation } => Self::Blocking { operation },
        }
    }
}

/// Whether a status says that the same request may have another result later.
pub(crate) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

impl Error {
    /// What went wrong with an attempt, in one of few words as OpenTelemetry wants it: a status, or a kind of error.
    pub(crate) fn type_of(result: &Result<RawResponse, Self>) -> Option<Cow<'static, str>> {
        let kind = match result {
            Ok(response) if response.status().as_u16() >= 400 => {
                return Some(response.status().as_str().to_owned().into());
            }
            Ok(_) => return None,
            Err(Self::Timeout { .. }) => "timeout",
            Err(Self::Transport { .. }) => "transport",
            Err(Self::BodyTooLarge { .. }) => "body_too_large",
            Err(Self::Request(_)) => "request",
            Err(_) => "_OTHER",
        };
        Some(kind.into())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        let OperationInfo {
            id, method, path, ..
        } = self.operation();
        write!(f, "{id}: {method} {path}: ")?;
        self.write_reason(f)?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, " ({attempts} attempts)"),
        }
    }
}

impl<E> Error<E> {
    fn write_reason(&self, f: &mut impl Write) -> fmt::Result {
        match self {
            Self::Api(error) => write!(f, "{error}"),
            Self::Unexpected(response) => {
                write_response(f, response.status(), response.error_message().as_deref())?;
                f.write_str(" (the description doesn't document this status)")
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

/// `responded with 404 Not Found: no such app`
fn write_response(f: &mut impl Write, status: StatusCode, message: Option<&str>) -> fmt::Result {
    write!(f, "responded with {status}")?;
    match message {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

/// A documented error response, in [`Error::Api`].
#[derive(Debug, Clone)]
pub struct ApiError<E> {
    pub(crate) response: RawResponse,
    /// Computed on demand, as most errors are handled by status or body.
    pub(crate) message: OnceLock<Option<String>>,
    pub(crate) body: Option<E>,
    pub(crate) mismatch: Option<Box<DecodeError>>,
}

impl<E> ApiError<E> {
    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns the server's message for people, from the usual places in the body (`message`, `detail`, `title`, …).
    pub fn message(&self) -> Option<&str> {
        let message = || self.response.error_message();
        self.message.get_or_init(message).as_deref()
    }

    /// Returns the body. `None` if it is not as documented ([`decode_error`](Self::decode_error) says why), or has no type, such as text;
    /// it is always in the [response](Self::response).
    pub fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// Returns the body, by value.
    pub fn into_body(self) -> Option<E> {
        self.body
    }

    /// Returns why the body is not as documented: most likely the response is that of a proxy.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.mismatch.as_deref()
    }

    /// Returns the response, not decoded.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// Converts to the error of a call with another type of error bodies.
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
        match (&self.mismatch, self.message()) {
            (Some(mismatch), None) => write!(f, "{mismatch}"),
            (mismatch, message) => {
                write_response(f, self.status(), message)?;
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

/// A response whose body is not as documented.
#[derive(Debug, Clone)]
pub struct DecodeError {
    pub(crate) response: RawResponse,
    pub(crate) error: ReadError,
    /// What the body should be, if it has another media type.
    pub(crate) expected: Option<&'static str>,
}

impl DecodeError {
    /// Returns the response, not decoded.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// Returns the response, not decoded, by value.
    pub fn into_response(self) -> RawResponse {
        self.response
    }

    /// Returns the JSON pointer of the value that is not as documented; empty for the whole body.
    pub fn pointer(&self) -> &str {
        self.error.pointer()
    }
}

impl DecodeError {
    fn write_reason(&self, f: &mut impl Write) -> fmt::Result {
        match (self.response.content_type(), self.expected) {
            _ if self.response.bytes().is_empty() => f.write_str("it is empty"),
            // Usually the page of a proxy: its media type says more than the position of the syntax error.
            (Some(other), Some(expected)) => write!(f, "it is {other}, not {expected}"),
            _ => write!(f, "{}", self.error),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        let status = self.response.status();
        write!(
            f,
            "responded with {status}, but its body is not as described: "
        )?;
        self.write_reason(f)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Error for an argument that is not valid in a request.
#[derive(Debug)]
pub struct RequestError {
    pub(crate) operation: &'static OperationInfo,
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
