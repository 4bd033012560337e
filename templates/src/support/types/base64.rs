//! `format: byte`, `contentEncoding: base64` and `base64url`. Needs `base64_code.rs`, `formatted.rs`.

use std::fmt;

use super::{base64_decoded, base64_encoded, base64_url_encoded, formatted};

formatted! {
    /// Bytes as base64 text (RFC 4648), kept exactly as written.
    ///
    /// Both alphabets are accepted, with or without padding; line breaks, as in MIME, are ignored.
    Base64, "must be base64", is_base64
}

impl Base64 {
    /// Encodes bytes in the standard alphabet with padding (section 4).
    #[must_use]
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        Self(base64_encoded(bytes.as_ref()))
    }

    /// Encodes bytes in the URL-safe alphabet without padding (section 5).
    #[must_use]
    pub fn url_safe(bytes: impl AsRef<[u8]>) -> Self {
        Self(base64_url_encoded(bytes.as_ref()))
    }

    /// Decodes the bytes.
    ///
    /// # Errors
    /// The text isn't valid base64.
    pub fn decode(&self) -> Result<Vec<u8>, NotBase64> {
        base64_decoded(&self.0).ok_or(NotBase64)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

/// Error returned for text that isn't valid base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBase64;

impl fmt::Display for NotBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text isn't base64")
    }
}

impl std::error::Error for NotBase64 {}

fn is_base64(text: &str) -> bool {
    base64_decoded(text).is_some()
}
