//! Digests, which tell whether a text has changed.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 (FIPS 180-4) in hexadecimal. CR LF counts as LF, as git may convert line ends on checkout.
#[must_use]
pub fn digest(content: &[u8]) -> String {
    let mut hasher = Sha256::new();
    let mut rest = content;
    if content.contains(&b'\r') {
        while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
            hasher.update(&rest[..at]);
            rest = &rest[at + 1..];
        }
    }
    hasher.update(rest);
    hasher
        .finalize()
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
