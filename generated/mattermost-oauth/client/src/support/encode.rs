//! Encodes text for URLs and cookies. Needs no other file.

/// The unreserved characters (RFC 3986, section 2.3).
const UNRESERVED: &[u8; 66] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/// Whether each byte is one of them.
const IS_UNRESERVED: [bool; 256] = {
    let mut is_unreserved = [false; 256];
    let mut index = 0;
    while index < UNRESERVED.len() {
        is_unreserved[UNRESERVED[index] as usize] = true;
        index += 1;
    }
    is_unreserved
};

/// Appends text with everything but unreserved characters percent-encoded (RFC 3986, section 2.1).
pub(crate) fn push_percent_encoded(out: &mut String, text: &str) {
    // Most names and ids have nothing to encode.
    match text.bytes().all(|byte| IS_UNRESERVED[usize::from(byte)]) {
        true => out.push_str(text),
        false => push_percent_encoded_bytes(out, text.as_bytes()),
    }
}

/// Appends bytes, percent-encoded except for unreserved characters.
pub(crate) fn push_percent_encoded_bytes(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len());
    for &byte in bytes {
        if IS_UNRESERVED[usize::from(byte)] {
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

/// Decodes a name or value of a query or form: `%20` and `+` are spaces. What isn't UTF-8 is replaced.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex_value(*high), hex_value(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'%', &rest[1..]),
            },
            (b'+', after) => (b' ', after),
            (byte, after) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
