//! Encodes text for URLs and cookies. Needs no other file.

/// Appends text with everything but unreserved characters percent-encoded (RFC 3986, sections 2.1 and 2.3).
pub(crate) fn push_percent_encoded(out: &mut String, text: &str) {
    push_percent_encoded_bytes(out, text.as_bytes());
}

/// Appends bytes, percent-encoded except for unreserved characters.
pub(crate) fn push_percent_encoded_bytes(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 0xf));
        }
    }
}

/// Percent-encodes everything except unreserved characters.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_percent_encoded(&mut out, text);
    out
}

fn hex_digit(nibble: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(nibble & 0xf)])
}
