//! The errors of handlers, and the responses that they become.

use std::fmt;

use http::StatusCode;

use api_server::Problem;

/// Any error.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The error of a handler. `?` turns it into the error of any operation, by way of [`Problem`].
///
/// Add a variant for each error that callers are told, and its status below. For a status that the description documents with a body, give
/// that body to [`Problem::with_body`].
#[derive(Debug)]
pub enum Error {
    /// 501: the operation isn't implemented.
    NotImplemented(&'static str),
    /// 500: anything else. The caller learns nothing of it; the log has all.
    Unexpected(BoxError),
}

impl Error {
    /// Any error that callers aren't told: `store.get(id).await.map_err(Error::unexpected)?`.
    pub fn unexpected(error: impl Into<BoxError>) -> Self {
        Self::Unexpected(error.into())
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotImplemented(operation) => Self::new(StatusCode::NOT_IMPLEMENTED)
                .with_detail(format!("{operation} is not implemented")),
            Error::Unexpected(error) => Self::unexpected(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotImplemented(operation) => write!(f, "{operation} is not implemented"),
            Self::Unexpected(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
