// Written by specwright; changes are overwritten.

//! Response headers: `call.add_response_headers(&LinkHeaders::new().link(…))`. Each operation
//! has an alias for its own.

use super::support::{HeaderMap, ReplyHeaders, set_header};

/// The header of a response.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct LinkHeaders {
    /// The header `link`.
    pub link: Option<String>,
}

impl LinkHeaders {
    /// Creates a set without headers; all are optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The header `link`.
    #[must_use]
    pub fn link(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }
}

impl ReplyHeaders for LinkHeaders {
    fn write(&self, headers: &mut HeaderMap) {
        set_header(headers, "link", self.link.as_ref());
    }
}
