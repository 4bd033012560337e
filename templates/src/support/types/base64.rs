//! `format: byte`, `contentEncoding: base64` and `base64url`. Needs `formatted.rs`.

use std::fmt;

use super::formatted;

formatted! {
    /// Bytes as text in base64 (RFC 4648), kept exactly as it was written.
    ///
    /// Both alphabets are read, with or without padding; line breaks, which MIME puts in, are passed over.
    Base64, "must be base64", is_base64
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Base64 {
    /// These bytes, in the standard alphabet with padding (section 4).
    #[must_use]
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        let mut text = encode(bytes.as_ref(), STANDARD);
        while !text.len().is_multiple_of(4) {
            text.push('=');
        }
        Self(text)
    }

    /// These bytes, in the alphabet for URLs and file names without padding (section 5).
    #[must_use]
    pub fn url_safe(bytes: impl AsRef<[u8]>) -> Self {
        Self(encode(bytes.as_ref(), URL_SAFE))
    }

    /// The bytes.
    ///
    /// # Errors
    /// The text isn't base64.
    pub fn decode(&self) -> Result<Vec<u8>, NotBase64> {
        decode(&self.0).ok_or(NotBase64)
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

/// A text that was expected to be base64 isn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBase64;

impl fmt::Display for NotBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text isn't base64")
    }
}

impl std::error::Error for NotBase64 {}

fn is_base64(text: &str) -> bool {
    decode(text).is_some()
}

fn encode(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        // One more character than there are bytes: 6 bits each.
        for position in 0..=chunk.len() {
            let index = bits >> (18 - 6 * position) & 63;
            text.push(char::from(alphabet[index as usize]));
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let length = digits
        .iter()
        .rposition(|digit| *digit != b'=')
        .map_or(0, |last| last + 1);
    let (digits, padding) = digits.split_at(length);
    let is_padded =
        padding.is_empty() || (padding.len() <= 2 && (length + padding.len()).is_multiple_of(4));
    if !is_padded || length % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(length / 4 * 3 + 2);
    for chunk in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in chunk {
            bits = bits << 6 | value(*digit)?;
        }
        bits <<= 6 * (4 - chunk.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

/// The six bits that a character of either alphabet stands for.
fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}
