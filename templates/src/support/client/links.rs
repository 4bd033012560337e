//! Values of a response, and of the request that it is for, in the next request: what the methods of links are made of (OpenAPI 3.1.1, section
//! 4.8.20). Needs `header.rs`, `response.rs`.

use std::borrow::Cow;

use super::{FromParam, Response, ToParam, header};

/// A value as one of another type, by way of its text.
pub(crate) fn link_value<V: FromParam>(value: impl ToParam) -> Option<V> {
    V::from_param(&value.to_param()).ok()
}

/// A header of the response.
pub(crate) fn link_header<T>(response: &Response<T>, name: &str) -> Option<String> {
    header(response.headers(), name)
}

/// A path parameter of the request.
pub(crate) fn sent_path<T>(response: &Response<T>, name: &str) -> Option<String> {
    let mut path = response.sent()?.path.iter();
    let (_, encoded) = path.find(|(known, _)| *known == name)?;
    decoded(encoded).map(Cow::into_owned)
}

/// A query parameter of the request.
pub(crate) fn sent_query<T>(response: &Response<T>, name: &str) -> Option<String> {
    let pairs = response.sent()?.query.split('&');
    let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
    let (_, encoded) = pairs.find(|(key, _)| decoded(key).as_deref() == Some(name))?;
    decoded(encoded).map(Cow::into_owned)
}

/// A header of the request.
pub(crate) fn sent_header<T>(response: &Response<T>, name: &str) -> Option<String> {
    let mut headers = response.sent()?.headers.iter();
    let (_, value) = headers.find(|(known, _)| known.as_str().eq_ignore_ascii_case(name))?;
    std::str::from_utf8(value.as_bytes())
        .ok()
        .map(str::to_owned)
}

/// The URL of the request, without credentials.
pub(crate) fn sent_url<T>(response: &Response<T>) -> Option<String> {
    response.sent().map(|sent| sent.url.clone())
}

/// Text without its percent-encoding (RFC 3986, section 2.1); `None` if it isn't UTF-8 then.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                bytes.push(digit(*high)? << 4 | digit(*low)?);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}
