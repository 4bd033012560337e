// Written by specwright; changes are overwritten.

//! Response headers: `LinkHeaders::from(response.headers())`. Each operation has an alias for
//! its own.

use super::support::{HeaderMap, header};

/// The header of a response.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct LinkHeaders {
    /// The header `link`.
    pub link: Option<String>,
}

impl From<&HeaderMap> for LinkHeaders {
    fn from(headers: &HeaderMap) -> Self {
        Self {
            link: header(headers, "link"),
        }
    }
}
