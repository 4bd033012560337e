//! The values of response headers. Needs no other file.

use http::HeaderMap;

use super::FromParam;

/// A header, if it is there once and as the description says.
pub(crate) fn header<T: FromParam>(headers: &HeaderMap, name: &str) -> Option<T> {
    let mut values = headers.get_all(name).into_iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    T::from_param(value.to_str().ok()?.trim()).ok()
}

/// The items of a list in one header or several (RFC 9110, section 5.3), those left out that aren't as the description says.
pub(crate) fn header_list<T: FromParam>(headers: &HeaderMap, name: &str) -> Vec<T> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|item| T::from_param(item.trim()).ok())
        .collect()
}
