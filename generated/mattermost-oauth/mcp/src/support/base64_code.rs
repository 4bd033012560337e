//! Base64 (RFC 4648). Needs no other file. Types, clients and servers have a copy each, as far as they need it.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Encodes in the standard alphabet, with padding (section 4).
pub(crate) fn base64_encoded(bytes: &[u8]) -> String {
    let mut text = encode(bytes, STANDARD);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Encodes in the URL-safe alphabet, without padding (section 5).
pub(crate) fn base64_url_encoded(bytes: &[u8]) -> String {
    encode(bytes, URL_SAFE)
}

fn encode(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        // A chunk gives one more character than it has bytes, each of 6 bits.
        for position in 0..=chunk.len() {
            let index = bits >> (18 - 6 * position) & 63;
            text.push(char::from(alphabet[index as usize]));
        }
    }
    text
}

/// Decodes text in either alphabet, with or without padding; white space is ignored. `None` if it isn't valid base64.
pub(crate) fn base64_decoded(text: &str) -> Option<Vec<u8>> {
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

/// The six bits of a character of either alphabet.
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
