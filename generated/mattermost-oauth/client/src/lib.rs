// Written by specwright; changes are overwritten.

//! A client of Mattermost API Reference: begin with [`Client::builder`].
//!
//! The operations are in [`OauthApi`].
//!
//! The OAuth operations of Mattermost's API, version 4.

#![forbid(unsafe_code)]

pub mod oauth;
mod support;

pub use mattermost_oauth_types as types;
pub use oauth::OauthApi;
pub use support::*;

/// The servers that the description names.
pub const SERVERS: &[&str] = &[
    "http://your-mattermost-url.com",
    "https://your-mattermost-url.com",
];

static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    placement: Placement::Bearer,
};

/// A client of Mattermost API Reference. Clones share connections and settings.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// A client of the server at `base_url`, with the default settings.
    ///
    /// # Errors
    ///
    /// The URL can't be used, or there is no transport.
    pub fn new(base_url: impl Into<String>) -> Result<Self, BuildError> {
        Self::builder(base_url).build()
    }

    /// Sets up a client of the server at `base_url`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        ClientBuilder {
            core: CoreBuilder::new(base_url.into(), SERVERS, user_agent),
        }
    }

    /// Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
    pub fn oauth(&self) -> OauthApi {
        OauthApi::new(self.core.clone())
    }
}

/// Sets up a [`Client`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    core: CoreBuilder,
}

impl ClientBuilder {
    /// The token for `bearerAuth` sent as `Authorization: Bearer …`.
    ///
    /// It goes to the operations that ask for it, and to no other.
    ///
    /// The format of the token: `Token`.
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.core.credential(&BEARER_AUTH, token.into());
        self
    }
}

builder! { ClientBuilder => Client }
