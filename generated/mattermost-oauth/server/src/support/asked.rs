//! A request without its body, and the headers of its response. Needs `reply_headers.rs`.

use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

use http::HeaderMap;

use super::ReplyHeaders;

/// A request without its body: method, URL, headers, and extensions of middleware.
pub type RequestParts = http::request::Parts;

/// A request without its body, and headers to add to the response. The server shares it with the call.
pub(crate) struct Asked {
    pub(crate) parts: RequestParts,
    /// Made when the first is set: most requests set none.
    added: OnceLock<Mutex<HeaderMap>>,
}

impl Asked {
    pub(crate) fn new(parts: RequestParts) -> Self {
        Self {
            parts,
            added: OnceLock::new(),
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
