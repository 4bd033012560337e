//! A request without its body, and the headers of its response. Needs `reply_headers.rs`.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;

use super::ReplyHeaders;

/// A request without its body: method, URL, headers, and what middleware has added.
pub type RequestParts = http::request::Parts;

/// A request without its body, and the headers that are set for its response. The server shares it with the call.
pub(crate) struct Asked {
    pub(crate) parts: RequestParts,
    added: Mutex<HeaderMap>,
}

impl Asked {
    pub(crate) fn new(parts: RequestParts) -> Self {
        Self {
            parts,
            added: Mutex::default(),
        }
    }

    /// Sets headers of the response.
    pub(crate) fn add_response_headers(&self, headers: &impl ReplyHeaders) {
        headers.write(&mut self.added.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Adds what was set to the headers of the response; those that describe its body stay.
    pub(crate) fn move_added(&self, headers: &mut HeaderMap) {
        let added = std::mem::take(&mut *self.added.lock().unwrap_or_else(PoisonError::into_inner));
        let mut last = None;
        for (name, value) in added {
            // A name stands in front of the first of its values only.
            last = name.or(last);
            if let Some(name) = last.clone() {
                headers.append(name, value);
            }
        }
    }
}

/// Headers that are set may be secret.
impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}
