//! Decodes the text of URLs. Needs no other file.

use std::borrow::Cow;

/// Percent-decodes text (RFC 3986, section 2.1). `None` if it isn't UTF-8 or a `%` isn't followed by two digits.
pub(crate) fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => bytes.push(hex_value(rest.next()?)? << 4 | hex_value(rest.next()?)?),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// Like [`percent_decoded`], for a query, where `+` is a space (URL Standard, section 5.1).
pub(crate) fn query_decoded(text: &str) -> Option<Cow<'_, str>> {
    match text.contains('+') {
        true => percent_decoded(&text.replace('+', " ")).map(|text| Cow::Owned(text.into_owned())),
        false => percent_decoded(text),
    }
}

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// Name and value of each parameter of a query, still encoded.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}
