//! Metadata of an operation. Needs `scheme.rs`.

use super::Scheme;

/// An operation of the API, as declared in the description.
#[derive(Debug)]
pub struct OperationInfo {
    /// The operationId, or method and path.
    pub id: &'static str,
    /// The method of its requests.
    pub method: &'static str,
    /// The URL of its own server, if it differs from the API's.
    pub server: Option<&'static str>,
    /// The path below the server's URL, with a `{name}` for each path parameter.
    pub path: &'static str,
    /// The media types of its responses, as an `Accept` header.
    pub accept: Option<&'static str>,
    /// Redirects that are documented responses: these are returned, all others are followed.
    pub redirects: &'static [u16],
    /// Whether the body of a successful response is read as a stream of bytes, events or lines.
    pub streams: bool,
    /// The credentials that it requires: all schemes of one of these groups. Empty for a public operation.
    pub security: &'static [&'static [&'static Scheme]],
}

impl OperationInfo {
    /// The defaults: no server of its own, no redirects, no credentials.
    pub const PLAIN: Self = Self {
        id: "",
        method: "GET",
        server: None,
        path: "/",
        accept: None,
        redirects: &[],
        streams: false,
        security: &[],
    };
}
