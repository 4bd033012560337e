//! What a program knows of its API. Needs `facts.rs`, `settings.rs`.

use super::{BuildError, Group, Settings};

/// An API, and the program that calls it. `C` is the client.
#[derive(Debug)]
pub struct Api<C: 'static> {
    /// The name of the program.
    pub program: &'static str,
    /// The name of the API, which its directory of profiles has.
    pub name: &'static str,
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
    /// The environment variable with the name of the profile.
    pub profile_variable: &'static str,
    /// The credentials that operations may need.
    pub credentials: &'static [Credential],
    /// The groups of operations.
    pub groups: &'static [Group<C>],
    /// Makes a client.
    pub connect: fn(Settings) -> Result<C, BuildError>,
}

/// A credential.
#[derive(Debug)]
pub struct Credential {
    /// Its name in profiles.
    pub name: &'static str,
    /// How it is sent.
    pub about: &'static str,
    /// The environment variables that have it.
    pub variables: &'static [&'static str],
    /// The query parameter that it is sent in, if it is.
    pub query: Option<&'static str>,
}
