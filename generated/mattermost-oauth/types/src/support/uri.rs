//! `format: uri`. Needs `formatted.rs`, `rfc3986.rs`.

use super::formatted;
use super::rfc3986::is_uri;

formatted! {
    /// A URI (RFC 3986), kept exactly as written.
    ///
    /// Deserializing accepts any string: servers send empty strings and relative references where their description promises a URI, and one
    /// of them shouldn't make the whole response unreadable. `Validate` checks that it is a URI. Nothing is normalised, as the redirect
    /// URIs of OAuth are compared character by character (RFC 6749, section 3.1.2.3).
    Uri, "must be a URI", is_uri
}
