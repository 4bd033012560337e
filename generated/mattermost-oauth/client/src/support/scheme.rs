//! Security schemes. Needs no other file. Clients and servers have a copy each.

/// A security scheme, as declared in the description.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name in the description.
    pub name: &'static str,
    /// Where the credential is in a request.
    pub location: CredentialLocation,
}

/// Where a credential is in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialLocation {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// `Authorization` with another scheme, of this name (RFC 9110, section 11.4).
    Http(&'static str),
    /// A custom header.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// Outside of the request as this code sees it: a client certificate, or a key that is part of the path.
    External,
}
