//! Choices for one call. Needs `request.rs`, `retry.rs`.

use std::fmt;
use std::time::Duration;

use super::{Retries, ToParam};

/// Choices for one call, instead of those of the client. What isn't set stays as the client has it.
///
/// ```text
/// let patient = CallOptions::new().timeout(Duration::from_secs(300)).query("trace", true).no_retries();
/// client.pets().list_pets().options(patient).await?;
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until a call has them"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retries: Option<Retries>,
    pub(crate) is_idempotent: bool,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

impl CallOptions {
    /// Nothing is set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long the call may wait, with all its attempts.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt may take.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how often the call is repeated if it fails.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Has the call made once.
    pub fn no_retries(self) -> Self {
        self.retries(Retries::none())
    }

    /// Says that this call may be repeated, although its operation isn't idempotent.
    pub fn idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// Sets the idempotency key. Default: a new one for each call of an operation that has keys.
    ///
    /// It is sent in the operation's header for it, else as `Idempotency-Key`; calls with a key may be repeated.
    /// If the call is for a list, the key is that of the first page; each page after it has a new one.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: impl ToParam) -> Self {
        self.headers
            .push((name.to_owned(), value.to_param().into_owned()));
        self
    }

    /// Adds `name=value` to the query.
    pub fn query(mut self, name: &str, value: impl ToParam) -> Self {
        self.query
            .push((name.to_owned(), value.to_param().into_owned()));
        self
    }
}

/// Shows no values, which may be secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
