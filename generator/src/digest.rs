//! Digests, which tell whether a text has changed.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 (FIPS 180-4) in hexadecimal. CR LF counts as LF, as git may convert line ends on checkout.
#[must_use]
pub fn digest(content: &[u8]) -> String {
    digest_pieces([content])
}

/// The same of a content in pieces, none of which ends between CR and LF.
#[must_use]
pub fn digest_pieces<'c>(pieces: impl IntoIterator<Item = &'c [u8]>) -> String {
    let mut hasher = Sha256::new();
    for piece in pieces {
        let mut rest = piece;
        if piece.contains(&b'\r') {
            while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
                hasher.update(&rest[..at]);
                rest = &rest[at + 1..];
            }
        }
        hasher.update(rest);
    }
    hasher
        .finalize()
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
