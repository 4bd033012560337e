//! What is known of an operation before it is called. Needs `scheme.rs`.

use super::Scheme;

/// An operation of the API.
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
    /// The media types that a success may have.
    pub produces: &'static [&'static str],
    /// What a caller has to prove: one of these. Empty for a public operation.
    pub security: &'static [Requirement],
}

/// Credentials that are needed together.
#[derive(Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Each scheme, with the scopes that it must have.
    pub schemes: &'static [(&'static Scheme, &'static [&'static str])],
}
