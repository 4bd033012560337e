//! Requests and responses, whatever carries them.

use super::support::server::query_decoded;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// A request to the mock.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Request {
    /// The method, in upper case.
    pub method: String,
    /// The path as it was sent, percent-encoded.
    pub path: String,
    /// What follows the `?`, as it was sent; empty if there is nothing.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as it was sent.
    pub body: Bytes,
}

impl Request {
    /// The value of a header; several are joined by commas (RFC 9110, section 5.3).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.get_all(name).into_iter();
        let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let values: Vec<String> = values.collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body as JSON; `None` if it isn't.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    pub(super) fn content_type(&self) -> Option<String> {
        self.header(CONTENT_TYPE.as_str())
    }

    pub(super) fn accept(&self) -> Option<String> {
        self.header(ACCEPT.as_str())
    }

    /// The names and values of cookies, as sent.
    pub(super) fn cookies(&self) -> Vec<(String, String)> {
        let headers = self.headers.get_all(COOKIE).into_iter();
        let texts = headers.filter_map(|value| value.to_str().ok());
        let pairs = texts.flat_map(|text| text.split(';'));
        let pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// What `Prefer` (RFC 7240) asks for under this name, or else a parameter of the query with two underscores before it.
    pub(super) fn preference(&self, name: &str) -> Option<String> {
        let header = self.header("prefer").unwrap_or_default();
        let mut pairs = header
            .split([',', ';'])
            .filter_map(|one| one.trim().split_once('='));
        let found = pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        if let Some((_, value)) = found {
            return Some(value.trim().trim_matches('"').to_owned());
        }
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| key.strip_prefix("__") == Some(name))?;
        query_decoded(value).map(std::borrow::Cow::into_owned)
    }
}

/// What the mock responds with.
#[derive(Debug, Clone)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Response {
    pub(super) fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// Sets a header; what isn't one is left out.
    pub(super) fn with_header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name);
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }

    pub(super) fn with_body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.headers.remove(CONTENT_TYPE);
        self.body = body.into();
        self.with_header(CONTENT_TYPE.as_str(), media_type)
    }
}

/// A violation in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Error {
    /// Of a parameter: where it is, its name, and the JSON pointer within it.
    Parameter {
        place: &'static str,
        name: String,
        pointer: String,
        detail: String,
    },
    /// Of the body: the JSON pointer.
    Body { pointer: String, detail: String },
}

impl Error {
    /// The violation of a required parameter that is absent.
    pub(super) const ABSENT: &str = "is required";

    pub(super) fn is_absence(&self) -> bool {
        matches!(self, Self::Parameter { detail, .. } if detail == Self::ABSENT)
    }

    /// As in the problems of generated servers, with the place of a parameter in addition.
    pub(super) fn json(&self) -> Value {
        match self {
            Self::Parameter {
                place,
                name,
                pointer,
                detail,
            } if pointer.is_empty() => json!({"detail": detail, "parameter": name, "in": place}),
            Self::Parameter {
                place,
                name,
                pointer,
                detail,
            } => json!({"detail": detail, "parameter": name, "in": place, "pointer": pointer}),
            Self::Body { pointer, detail } => json!({"detail": detail, "pointer": pointer}),
        }
    }
}

/// A problem of the mock itself (RFC 9457).
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) status: u16,
    pub(super) detail: String,
    pub(super) errors: Vec<Error>,
}

impl Problem {
    pub(super) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    pub(super) fn response(&self) -> Response {
        let title = http::StatusCode::from_u16(self.status).ok();
        let title = title.and_then(|status| status.canonical_reason());
        let mut problem = json!({
            "title": title.unwrap_or("Error"),
            "status": self.status,
            "detail": self.detail,
        });
        if !self.errors.is_empty() {
            problem["errors"] = self.errors.iter().map(Error::json).collect();
        }
        Response::new(self.status).with_body("application/problem+json", problem.to_string())
    }
}
