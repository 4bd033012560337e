//! The values of response headers. Needs no other file.

use std::fmt;

use http::{HeaderMap, HeaderValue};

use super::FromParam;

/// Reads a response header; `None` if it is missing, repeated or not valid.
pub(crate) fn header<T: FromParam>(headers: &HeaderMap, name: &str) -> Option<T> {
    let mut values = headers.get_all(name).into_iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    T::from_param(text(value)?.trim()).ok()
}

/// Reads a required header.
pub(crate) fn require_header<T: FromParam>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<T, MissingHeader> {
    header(headers, name).ok_or(MissingHeader(name))
}

/// Error returned when a required response header is missing or not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingHeader(&'static str);

impl MissingHeader {
    /// The name of the header.
    pub fn name(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for MissingHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header {} is missing or not valid", self.0)
    }
}

impl std::error::Error for MissingHeader {}

/// The items of a list in one header or several (RFC 9110, section 5.3), without those that are not valid.
pub(crate) fn header_list<T: FromParam>(headers: &HeaderMap, name: &str) -> Vec<T> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(text)
        .flat_map(|value| value.split(','))
        .filter_map(|item| T::from_param(item.trim()).ok())
        .collect()
}

/// The text of a header; servers write non-ASCII text as UTF-8.
fn text(value: &HeaderValue) -> Option<&str> {
    std::str::from_utf8(value.as_bytes()).ok()
}
