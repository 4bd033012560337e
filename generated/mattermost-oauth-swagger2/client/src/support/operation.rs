//! Metadata of an operation. Needs `scheme.rs`.

use super::Scheme;

/// An operation of the API, as declared in the description.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The operationId, or method and path.
    pub id: &'static str,
    /// The method of its requests.
    pub method: &'static str,
    /// The URL of its own server, if it differs from the API's.
    pub server: Option<&'static str>,
    /// The path below the server's URL, with a `{name}` for each path parameter.
    pub path: &'static str,
    /// Its tags.
    pub tags: &'static [&'static str],
    /// The media types of its responses, as an `Accept` header.
    pub accept: Option<&'static str>,
    /// Redirects that are documented responses: these are returned, all others are followed.
    pub redirects: &'static [u16],
    /// Whether the body of a successful response is read as a stream of bytes, events or lines.
    pub streams: bool,
    /// The credentials that it requires: all schemes of one of these groups. Empty for a public operation.
    pub security: &'static [&'static [&'static Scheme]],
    /// The scopes or roles that it requires of a scheme: the scheme's name, and one entry for each group of `security` that lists some.
    pub scopes: &'static [(&'static str, &'static [&'static str])],
    /// Whether a request may be repeated, where description or configuration say so; otherwise its method decides.
    pub idempotent: Option<bool>,
    /// The header by which the server recognizes a repeated request. Each call sets it to a new key.
    pub idempotency_key: Option<&'static str>,
    /// Whether a response keeps its request, as the links of the operation take values of it.
    pub keeps_request: bool,
}

impl OperationInfo {
    /// The defaults: no server of its own, no redirects, no credentials.
    pub const PLAIN: Self = Self {
        id: "",
        method: "GET",
        server: None,
        path: "/",
        tags: &[],
        accept: None,
        redirects: &[],
        streams: false,
        security: &[],
        scopes: &[],
        idempotent: None,
        idempotency_key: None,
        keeps_request: false,
    };

    /// Whether a request does no more when it is sent twice than when it is sent once, so that a call may repeat it: by what description or
    /// configuration say, else by its method (RFC 9110, section 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
            .unwrap_or_else(|| is_idempotent_method(self.method))
    }
}

/// Whether a method is idempotent (RFC 9110, section 9.2.2, and the QUERY method).
pub(crate) fn is_idempotent_method(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY"
    )
}
