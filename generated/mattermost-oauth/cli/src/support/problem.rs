//! Why a program fails, and its exit code. Needs `call.rs`, `given.rs`.

use super::{BuildError, Failure, Invalid, StatusCode};

/// Why a program fails.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: u8,
    pub(crate) message: String,
}

/// Exit codes, as the help lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  any other error: a file can't be read or written, a response isn't as documented
  2  wrong usage: nothing was sent
  3  the server responded with a client error (4xx)
  4  the server responded with a server error (5xx)
  5  there is no complete response: no connection, or not in time";

impl Problem {
    /// Any other problem.
    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(1, message)
    }

    /// Wrong usage.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(2, message)
    }

    /// There is no complete response.
    pub(crate) fn network(message: impl Into<String>) -> Self {
        Self::new(5, message)
    }

    /// A response that is an error.
    pub(crate) fn status(status: StatusCode, message: impl Into<String>) -> Self {
        let code = match status.as_u16() {
            400..=499 => 3,
            500.. => 4,
            _ => 1,
        };
        Self::new(code, message)
    }

    fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Response(response, message) => Self::status(response.status(), message),
            Failure::Request(message) => Self::usage(message),
            Failure::Network(message) => Self::network(message),
        }
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        Self::usage(invalid.to_string())
    }
}

impl From<BuildError> for Problem {
    fn from(error: BuildError) -> Self {
        Self::usage(error.to_string())
    }
}
