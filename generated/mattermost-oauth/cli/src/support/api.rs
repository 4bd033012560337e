//! What a program knows of its API. Needs `facts.rs`, `problem.rs`, `settings.rs`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::{BoxFuture, BuildError, Group, Problem, Secret, Settings};

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
    /// How users log in, if they can.
    pub(crate) login: Option<&'static dyn Login>,
}

/// Logging in: its commands, and the credentials that users have by it.
pub(crate) trait Login: fmt::Debug + Sync {
    /// The commands.
    fn commands(&self) -> Vec<Command>;

    /// Runs one of them.
    fn run<'r>(
        &'r self,
        command: &str,
        matches: &'r ArgMatches,
        session: &'r Session,
    ) -> BoxFuture<'r, Result<(), Problem>>;

    /// The credentials of a user who is logged in, by their names. They are renewed if they have to be and may be.
    fn credentials(
        &self,
        session: &Session,
        may_renew: bool,
    ) -> Result<BTreeMap<&'static str, Secret>, Problem>;
}

/// What a user is logged in to.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The name of the program.
    pub(crate) program: &'static str,
    /// The name of the profile.
    pub(crate) profile: String,
    /// The URL of the server, if it is known.
    pub(crate) server: Option<String>,
    /// The directory of profiles, if there is any.
    pub(crate) directory: Option<PathBuf>,
}

impl Session {
    /// The URL of the server.
    pub(crate) fn server(&self) -> Result<&str, Problem> {
        let server = self.server.as_deref();
        server.ok_or_else(|| {
            Problem::usage("the description has no server: give its URL by `--server`")
        })
    }
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
