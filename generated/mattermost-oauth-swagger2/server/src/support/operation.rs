//! Metadata of an operation. Needs `scheme.rs`.

use std::time::Duration;

use super::Scheme;

/// An operation of the API, as declared in the description.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The operationId, or method and path.
    pub id: &'static str,
    /// The method of its requests.
    pub method: &'static str,
    /// The path relative to the base path, with a `{name}` for each path parameter.
    pub path: &'static str,
    /// The tags that it has in the description.
    pub tags: &'static [&'static str],
    /// The media types that a request body may have.
    pub consumes: &'static [&'static str],
    /// The media types of successful responses.
    pub produces: &'static [&'static str],
    /// The credentials that it requires: one of these alternatives. Empty for a public operation.
    pub security: &'static [Requirement],
    /// Its own limits, instead of those of the server.
    pub limits: Limits,
}

/// Limits of an operation; `None` is that of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The largest request body, in bytes, also of one that is read as a stream.
    pub body_bytes: Option<usize>,
    /// The time from the head of the request to that of the response.
    pub time: Option<Duration>,
}

impl Limits {
    /// No limits but those of the server.
    pub const NONE: Self = Self {
        body_bytes: None,
        time: None,
    };
}

/// Credentials that are required together.
#[derive(Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The schemes, with the scopes that each requires.
    pub schemes: &'static [(&'static Scheme, &'static [&'static str])],
}

impl Requirement {
    /// Requires credentials of these schemes, with the scopes of each.
    #[must_use]
    pub const fn new(schemes: &'static [(&'static Scheme, &'static [&'static str])]) -> Self {
        Self { schemes }
    }
}
