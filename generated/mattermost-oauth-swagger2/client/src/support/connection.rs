//! The state that all calls of a client share. Needs `body.rs`, `hook.rs`, `retry.rs`, `secret.rs`, `timer.rs`, `transport.rs`, `blocking.rs`
//! (feature `blocking`).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::uri::{Authority, Scheme};
use http::{HeaderMap, HeaderName};

use super::{Body, BoxError, Budget, Credential, Hook, Retries, Sleep, Transport};

/// The state that all calls of a client share: the server's URL, the transport, credentials and limits.
#[derive(Clone)]
#[doc(hidden)]
pub struct Core {
    inner: Arc<Inner>,
    target: Option<Arc<Target>>,
}

/// Where webhooks and callbacks are sent, instead of the server.
pub(crate) struct Target {
    pub(crate) url: String,
    pub(crate) sign: Option<Box<dyn Sign>>,
}

/// Signs requests.
pub(crate) trait Sign: Send + Sync {
    /// The header that has the id of a message.
    fn id(&self) -> Option<&HeaderName>;

    /// Adds the headers with the signature.
    fn sign(&self, request: &mut http::Request<Body>) -> Result<(), BoxError>;
}

pub(crate) struct Inner {
    /// The base URL, in its parts.
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    /// Without a trailing slash.
    pub(crate) base_path: String,
    /// Whether the server is one of those in the description.
    pub(crate) is_documented: bool,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) stall_timeout: Option<Duration>,
    pub(crate) retries: Retries,
    pub(crate) budget: Budget,
    pub(crate) hooks: Vec<Box<dyn Hook>>,
    pub(crate) sleep: Option<Arc<dyn Sleep>>,
    pub(crate) max_response_bytes: usize,
    pub(crate) max_redirects: usize,
    #[cfg(feature = "blocking")]
    pub(crate) runtime: super::blocking::Runtime,
}

impl Inner {
    /// The port of the server.
    pub(crate) fn port(&self) -> u16 {
        let usual = if self.scheme == Scheme::HTTPS {
            443
        } else {
            80
        };
        self.authority.port_u16().unwrap_or(usual)
    }
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
            target: None,
        }
    }

    /// The same, for requests that are sent to somebody else.
    pub(crate) fn to(&self, target: Target) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            target: Some(Arc::new(target)),
        }
    }

    pub(crate) fn target(&self) -> Option<&Arc<Target>> {
        self.target.as_ref()
    }

    pub(crate) fn shared(&self) -> &Inner {
        &self.inner
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("server", &self.inner.authority)
            .finish_non_exhaustive()
    }
}
