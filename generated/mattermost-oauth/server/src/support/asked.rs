//! A request without its body, and the headers of its response. Needs `reply_headers.rs`.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use http::header::CONNECTION;
use http::{HeaderMap, HeaderValue, Version};

use super::ReplyHeaders;

/// A request without its body: method, URL, headers, and extensions of middleware.
pub type RequestParts = http::request::Parts;

/// A request without its body, and headers to add to the response. The server shares it with the call.
pub(crate) struct Asked {
    pub(crate) parts: RequestParts,
    /// Made when the first is set: most requests set none.
    added: OnceLock<Mutex<HeaderMap>>,
    /// Whether a part of the body hasn't been read.
    unread: AtomicBool,
}

impl Asked {
    /// A request with a body that hasn't been read, or none.
    pub(crate) fn new(parts: RequestParts, has_body: bool) -> Self {
        Self {
            parts,
            added: OnceLock::new(),
            unread: AtomicBool::new(has_body),
        }
    }

    /// All of the body has been read.
    pub(crate) fn body_has_arrived(&self) {
        self.unread.store(false, Ordering::Relaxed);
    }

    /// Has the connection closed after the response if the body wasn't read to its end. What is left of it would have to be read before the
    /// next request, and a client has to know that before it sends one (RFC 9112, section 9.3).
    pub(crate) fn close_unread(&self, headers: &mut HeaderMap) {
        if self.unread.load(Ordering::Relaxed) && self.parts.version <= Version::HTTP_11 {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }

    /// Adds headers to the response.
    pub(crate) fn add_response_headers(&self, headers: &impl ReplyHeaders) {
        let added = self.added.get_or_init(Mutex::default);
        headers.write(&mut added.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Moves the added headers to the response, except for those that describe its body.
    pub(crate) fn move_added(&self, headers: &mut HeaderMap) {
        let Some(added) = self.added.get() else {
            return;
        };
        let added = std::mem::take(&mut *added.lock().unwrap_or_else(PoisonError::into_inner));
        let mut last = None;
        for (name, value) in added {
            // `HeaderMap` iterates with a name only at its first value.
            last = name.or(last);
            if let Some(name) = last.clone() {
                headers.append(name, value);
            }
        }
    }
}

/// Hides the added headers, which may be secret.
impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}
