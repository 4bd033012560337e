//! What is known of an operation before it is called. Needs no other file.

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

/// A way to prove who calls: a security scheme of the description.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the description.
    pub name: &'static str,
    /// Where the credential stands in a request.
    pub placement: Placement,
}

/// Where a credential stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// `Authorization: Bearer …` (RFC 6750)
    Bearer,
    /// `Authorization: Basic …` (RFC 7617)
    Basic,
    /// A header of its own.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// Outside of what this server reads: a client certificate, or a scheme that the hook looks for itself.
    External,
}
