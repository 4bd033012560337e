//! Headers that a provider adds to its answer. Needs no other file.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::ToParam;

/// Headers of an answer, as the description lists them.
pub trait AnswerHeaders {
    /// Puts them among the others.
    fn write(&self, headers: &mut HeaderMap);
}

/// Any headers.
impl AnswerHeaders for HeaderMap {
    fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in self {
            headers.append(name, value.clone());
        }
    }
}

/// The headers that have been set for an answer, shared by the call and the server that sends it.
#[derive(Clone, Default)]
pub(crate) struct Added(Arc<Mutex<HeaderMap>>);

impl Added {
    pub(crate) fn write(&self, headers: &impl AnswerHeaders) {
        headers.write(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Adds them to the answer; those of its body's form stay.
    pub(crate) fn move_to(&self, headers: &mut HeaderMap) {
        let added = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut last = None;
        for (name, value) in added {
            // A name stands in front of the first of its values only.
            last = name.or(last);
            if let Some(name) = last.clone() {
                headers.append(name, value);
            }
        }
    }
}

impl fmt::Debug for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Added(…)")
    }
}

/// Sets a header, if there is a value that a header can have.
pub(crate) fn set_header<T: ToParam>(headers: &mut HeaderMap, name: &str, value: Option<&T>) {
    let value = value.map(ToParam::to_param);
    if let Some(value) = value {
        insert(headers, name, &value);
    }
}

/// Sets a header of several values: `a,b`.
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
