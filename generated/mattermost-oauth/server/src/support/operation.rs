//! The facts of an operation. Needs `scheme.rs`.

use super::Scheme;

/// An operation of the API: what the description declares of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the description.
    pub id: &'static str,
    /// The method of its requests.
    pub method: &'static str,
    /// The path below the base path, with a `{name}` for each path parameter.
    pub path: &'static str,
    /// The media types that a request body may have.
    pub consumes: &'static [&'static str],
    /// The media types of successful responses.
    pub produces: &'static [&'static str],
    /// The credentials that it requires: one of these alternatives. Empty for a public operation.
    pub security: &'static [Requirement],
}

/// Credentials that are required together.
#[derive(Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Each scheme, with the scopes that it must have.
    pub schemes: &'static [(&'static Scheme, &'static [&'static str])],
}

impl Requirement {
    /// Credentials of these schemes, each with the scopes that it must have.
    #[must_use]
    pub const fn new(schemes: &'static [(&'static Scheme, &'static [&'static str])]) -> Self {
        Self { schemes }
    }
}
