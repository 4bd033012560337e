//! The state that all calls of a client share. Needs `secret.rs`, `transport.rs`, `blocking.rs` (feature `blocking`).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::{Credential, Transport};

/// The state that all calls of a client share: the server's URL, the transport, credentials and limits.
#[derive(Clone)]
#[doc(hidden)]
pub struct Core {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    /// Without a trailing slash.
    pub(crate) base_url: String,
    /// Whether the server is one of those in the description.
    pub(crate) is_documented: bool,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_response_bytes: usize,
    pub(crate) max_redirects: usize,
    #[cfg(feature = "blocking")]
    pub(crate) runtime: super::blocking::Runtime,
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn shared(&self) -> &Inner {
        &self.inner
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.inner.base_url)
            .finish_non_exhaustive()
    }
}
