//! What all calls of a client have in common. Needs `preview.rs`, `transfer.rs`, `verbose.rs`.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::{Preview, Secret, Uploads, Verbose};

/// What all calls of a client have in common.
pub struct Settings {
    /// The URL of the server.
    pub server: String,
    /// Credentials by their names, from a profile.
    pub credentials: BTreeMap<String, String>,
    /// Credentials of a user who is logged in.
    pub(crate) secrets: BTreeMap<&'static str, Secret>,
    /// Headers of all requests.
    pub headers: Vec<(String, String)>,
    /// How long a call may take; zero for no limit.
    pub timeout: Option<Duration>,
    /// How often a call is repeated.
    pub retries: Option<u32>,
    pub(crate) verbose: Option<Verbose>,
    pub(crate) uploads: Option<Uploads>,
    pub(crate) preview: Option<Preview>,
}

impl Settings {
    /// A credential of the user who is logged in, or else of the profile.
    #[must_use]
    pub fn credential(&self, name: &str) -> Option<Secret> {
        let of_login = self.secrets.get(name).cloned();
        of_login.or_else(|| Some(self.credentials.get(name)?.as_str().into()))
    }

    /// User and password of the profile, with a colon between them.
    #[must_use]
    pub fn user_and_password(&self, name: &str) -> Option<(String, String)> {
        let both = self.credentials.get(name)?;
        let (user, password) = both.split_once(':').unwrap_or((both, ""));
        Some((user.to_owned(), password.to_owned()))
    }
}

/// Shows no credentials.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("server", &self.server)
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
