//! What a program knows of its API. Needs `facts.rs`.

use super::{BuildError, Group};

/// An API, and the program that has its tools. `C` is the client.
#[derive(Debug)]
pub struct Api<C: 'static> {
    /// The name of the program.
    pub program: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// One line about the API.
    pub title: &'static str,
    /// What the description says of it; may be empty.
    pub about: &'static str,
    /// The servers that the description declares.
    pub servers: &'static [&'static str],
    /// The environment variable with the URL of the server.
    pub server_variable: &'static str,
    /// The environment variable with the token that callers over HTTP have to send.
    pub token_variable: &'static str,
    /// The environment variables with the id and the secret by which an authorization server is asked about tokens of callers over HTTP.
    pub client_variables: [&'static str; 2],
    /// Whether a token of callers can be the credential of requests.
    pub can_forward: bool,
    /// The description, as JSON of OpenAPI 3.1.
    pub description: &'static str,
    /// The credentials that operations may need.
    pub credentials: &'static [Credential],
    /// The groups of operations.
    pub groups: &'static [Group<C>],
    /// Makes a client for the URL of a server, with the credentials of the environment; or with the tokens of callers, if that is wanted.
    pub connect: fn(&str, bool) -> Result<C, BuildError>,
}

/// A credential.
#[derive(Debug)]
pub struct Credential {
    /// How it is sent.
    pub about: &'static str,
    /// The environment variables that have it.
    pub variables: &'static [&'static str],
}
