//! Headers that a provider adds to its response. Needs no other file.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::ToParam;

/// Documented headers of a response.
pub trait ReplyHeaders {
    /// Adds these headers to others.
    fn write(&self, headers: &mut HeaderMap);
}

/// Any other headers.
impl ReplyHeaders for HeaderMap {
    fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in self {
            headers.append(name, value.clone());
        }
    }
}

/// Sets a header if there is a value that is valid in a header.
pub(crate) fn set_header<T: ToParam>(headers: &mut HeaderMap, name: &str, value: Option<&T>) {
    let value = value.map(ToParam::to_param);
    if let Some(value) = value {
        insert(headers, name, &value);
    }
}

/// Sets a header to several values: `a,b`.
pub(crate) fn set_header_list<T: ToParam>(headers: &mut HeaderMap, name: &str, values: &[T]) {
    let values: Vec<_> = values.iter().map(ToParam::to_param).collect();
    if !values.is_empty() {
        insert(headers, name, &values.join(","));
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        headers.insert(name, value);
    }
}
