//! What is known of an operation before it is called. Needs no other file.

/// An operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// Its name in the description.
    pub id: &'static str,
    /// The method of its requests.
    pub method: &'static str,
    /// The URL of its own server, where the description says that it is elsewhere than the API.
    pub server: Option<&'static str>,
    /// The path below the server's URL, with a `{name}` for each path parameter.
    pub path: &'static str,
    /// The media types that its answers may have, as the `Accept` header says it.
    pub accept: Option<&'static str>,
    /// The redirects that it answers with, as documented: they are handed over, all others are followed.
    pub redirects: &'static [u16],
    /// Whether a success is handed over as it comes: bytes, events or lines whose end nobody waits for.
    pub streams: bool,
    /// The credentials that it asks for: one of these groups, of which each scheme is needed. Empty for a
    /// public operation.
    pub security: &'static [&'static [&'static Scheme]],
}

impl Operation {
    /// What most operations have in common: no server of their own, no redirects, no credentials.
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

/// A way to prove who calls: a security scheme of the description.
#[derive(Debug)]
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
    /// Outside of what this client writes: a client certificate, or a scheme that the transport has to add.
    External,
}
