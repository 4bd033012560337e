//! Text that is safe in URLs, cookies and credentials. Needs no other file.

/// Appends text with everything but unreserved characters percent-encoded (RFC 3986, sections 2.1 and 2.3).
pub(crate) fn push_percent_encoded(out: &mut String, text: &str) {
    push_percent_encoded_bytes(out, text.as_bytes());
}

/// Appends bytes, all but those of unreserved characters percent-encoded.
pub(crate) fn push_percent_encoded_bytes(out: &mut String, bytes: &[u8]) {
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

/// Text with everything but unreserved characters percent-encoded.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_percent_encoded(&mut out, text);
    out
}

fn hex_digit(nibble: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(nibble & 0xf)])
}

/// Base64 with padding (RFC 4648, section 4), for basic authentication.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            // One byte fills two characters, two bytes three, three bytes four.
            let sextet = (group >> (18 - 6 * position)) & 0x3f;
            out.push(if position <= chunk.len() {
                char::from(ALPHABET[sextet as usize])
            } else {
                '='
            });
        }
    }
    out
}
