// Written by specwright; changes are overwritten.

//! A client of Mattermost API Reference: begin with [`Client::builder`].
//!
//! The operations are in [`OauthApi`].
//!
//! -api-v4-is-stable-with-the-mattermost-server-4-0-release--api-v3-was-deprecated-on-january-16th-2018-and-scheduled-for-removal-in-mattermost-v5-0--details-heretagapiv3deprecation--looking-for-the-api-v3-reference-it-has-moved-herehttpsapi-mattermost-comv3-

#![forbid(unsafe_code)]

pub mod oauth;
mod support;

pub use mattermost_oauth_swagger2_types as types;
pub use oauth::OauthApi;
pub use support::*;

/// The servers that the description names.
pub const SERVERS: &[&str] = &["http://your-mattermost-url.com/api/v4"];

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

    /// The operations tagged `OAuth`.
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

builder! { ClientBuilder => Client }
