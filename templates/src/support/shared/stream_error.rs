//! Errors of streams of values. Needs `body.rs`, `channel.rs`, `shown.rs`. Clients and servers have a copy each.

use std::fmt::{self, Write};

use super::{BoxError, Closed, ReadError, Shown, write_causes};

/// Limit of a single value in a stream, in bytes (16 MiB).
pub(crate) const MAX_VALUE_BYTES: usize = 16 << 20;

/// Error returned instead of the next value of a stream.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The body is not complete.
    Body(BoxError),
    /// The next value is larger than the limit. The stream ends here.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A value is not as documented. Those after it can still be read.
    Value(ReadError),
    /// The last value isn't complete (RFC 7464, section 2.4).
    Truncated,
    /// A blocking call was made inside an async runtime.
    Blocking,
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        match self {
            Self::Body(error) => write_causes(f, error.as_ref()),
            Self::TooLarge { limit } => write!(f, "a value is larger than {limit} bytes"),
            Self::Value(error) => write!(f, "a value is not as described: {error}"),
            Self::Truncated => f.write_str("a value is not complete"),
            Self::Blocking => {
                f.write_str("a blocking call inside an async runtime; call `next().await` there")
            }
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // `Display` is that of the inner error, so the chain continues after it.
            Self::Body(error) => error.source(),
            Self::Value(error) => Some(error),
            _ => None,
        }
    }
}

/// Error returned when a value can't be sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// The receiver was dropped.
    Closed,
    /// The value can't be serialized as JSON.
    Json(serde_json::Error),
}

impl From<Closed> for SendError {
    fn from(_: Closed) -> Self {
        Self::Closed
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the receiver of the stream is gone"),
            Self::Json(error) => write!(f, "the value can't be written as JSON: {error}"),
        }
    }
}

impl std::error::Error for SendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Closed => None,
            Self::Json(error) => Some(error),
        }
    }
}
