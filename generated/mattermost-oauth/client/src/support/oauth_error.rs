//! Errors of OAuth 2. Needs `shown.rs`, `transport.rs`.

use std::error::Error;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::{Shown, TransportError, write_causes};

/// Error of a flow of OAuth 2. It never holds a secret.
///
/// [`OAuthError::of`] finds it among the causes of a call that failed for want of a token.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum OAuthError {
    /// Neither the description nor the server's metadata have this endpoint, flow or value.
    Missing(&'static str),
    /// This URL is not one of HTTP(S), or isn't as secure as that of the server.
    Url(&'static str),
    /// There is no transport, as the features `reqwest` and `hyper` are disabled and none was set, or no random numbers.
    Unavailable(&'static str),
    /// The server couldn't be reached, or its response is too large.
    Transport(Arc<TransportError>),
    /// The server refused (RFC 6749, sections 4.1.2.1 and 5.2).
    Refused {
        /// The status of its response; `None` if it redirected the user's browser.
        status: Option<u16>,
        /// The code of the error, such as `invalid_grant`.
        code: String,
        /// Its text for developers.
        description: Option<String>,
    },
    /// The response is not as OAuth 2 has it.
    Response {
        /// The status of the response.
        status: u16,
        /// What is wrong.
        problem: &'static str,
    },
    /// The browser was redirected with something that isn't the response to this request.
    Redirect(&'static str),
    /// The token is over, and there is nothing to get another one by: the user has to authorize the client again.
    NoRefreshToken,
}

impl OAuthError {
    /// Finds the error among the causes of another one.
    #[must_use]
    pub fn of<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(found) = error.downcast_ref() {
                return Some(found);
            }
            next = error.source();
        }
        None
    }

    /// The code of a refusal, such as `invalid_grant`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Whether the same may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let is_passing = |status: u16| matches!(status, 408 | 429 | 500 | 502..=504);
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Response { status, .. } => is_passing(*status),
            Self::Refused { status, code, .. } => {
                status.is_some_and(is_passing) || code == "temporarily_unavailable"
            }
            _ => false,
        }
    }

    /// The error of a call: one of the transport if the call may be repeated.
    pub(crate) fn into_call_error(self) -> super::BoxError {
        match &self {
            Self::Transport(error) if error.is_timeout() => TransportError::timeout(self).into(),
            _ if self.is_retryable() => TransportError::new(self).into(),
            _ => self.into(),
        }
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Shown::new(f);
        match self {
            Self::Missing(what) => write!(f, "the authorization server has no {what}"),
            Self::Url(what) => write!(f, "the {what} of the authorization server can't be used"),
            Self::Unavailable(what) => f.write_str(what),
            Self::Transport(error) => {
                f.write_str("the authorization server can't be reached: ")?;
                write_causes(f, &**error)
            }
            Self::Refused {
                code, description, ..
            } => {
                write!(f, "the authorization server refused: {code}")?;
                match description {
                    Some(description) => write!(f, ": {description}"),
                    None => Ok(()),
                }
            }
            Self::Response { status, problem } => {
                write!(
                    f,
                    "the authorization server responded with {status}: {problem}"
                )
            }
            Self::Redirect(problem) => write!(f, "the redirection isn't accepted: {problem}"),
            Self::NoRefreshToken => {
                f.write_str("the token is over and there is no refresh token: authorize again")
            }
        }
    }
}

impl Error for OAuthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error.inner()),
            _ => None,
        }
    }
}
