// Written by specwright; changes are overwritten.

//! A client for Mattermost API Reference. Start with [`Client::builder`].
//!
//! The OAuth operations of Mattermost's API, version 4.
//!
//! # Operations
//!
//! | operation | method and path | summary |
//! | --- | --- | --- |
//! | [`create_oauth_app`](OauthApi::create_oauth_app) | `POST /api/v4/oauth/apps` | Register OAuth app |
//! | [`get_oauth_apps`](OauthApi::get_oauth_apps) | `GET /api/v4/oauth/apps` | Get OAuth apps |
//! | [`get_oauth_app`](OauthApi::get_oauth_app) | `GET /api/v4/oauth/apps/{app_id}` | Get an OAuth app |
//! | [`update_oauth_app`](OauthApi::update_oauth_app) | `PUT /api/v4/oauth/apps/{app_id}` | Update an OAuth app |
//! | [`delete_oauth_app`](OauthApi::delete_oauth_app) | `DELETE /api/v4/oauth/apps/{app_id}` | Delete an OAuth app |
//! | [`regenerate_oauth_app_secret`](OauthApi::regenerate_oauth_app_secret) | `POST /api/v4/oauth/apps/{app_id}/regen_secret` | Regenerate OAuth app secret |
//! | [`get_oauth_app_info`](OauthApi::get_oauth_app_info) | `GET /api/v4/oauth/apps/{app_id}/info` | Get info on an OAuth app |
//! | [`get_authorization_server_metadata`](OauthApi::get_authorization_server_metadata) | `GET /.well-known/oauth-authorization-server` | Get OAuth 2.0 Authorization Server Metadata |
//! | [`register_oauth_client`](OauthApi::register_oauth_client) | `POST /api/v4/oauth/apps/register` | Register OAuth client using Dynamic Client Registration |
//! | [`get_authorized_oauth_apps_for_user`](OauthApi::get_authorized_oauth_apps_for_user) | `GET /api/v4/users/{user_id}/oauth/apps/authorized` | Get authorized OAuth apps |

#![forbid(unsafe_code)]

pub mod oauth;
mod support;

pub use mattermost_oauth_types as types;
pub use oauth::OauthApi;
#[doc(hidden)]
pub use self::runtime::*;
pub use support::{ApiError, BuildError, Error, Response};

/// What calls are made with: transports, bodies and streams, raw responses, and the causes of
/// errors.
pub mod runtime {
    pub use super::support::*;
}

/// The servers that the description declares.
pub const SERVERS: &[&str] = &[
    "http://your-mattermost-url.com",
    "https://your-mattermost-url.com",
];

static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    placement: Placement::Bearer,
};

/// A client for Mattermost API Reference. Clones share connections and settings.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// Creates a client for the server at `base_url`, with the default settings.
    ///
    /// # Errors
    ///
    /// The URL is invalid, or no transport is available.
    pub fn new(base_url: impl Into<String>) -> Result<Self, BuildError> {
        Self::builder(base_url).build()
    }

    /// Configures a client for the server at `base_url`.
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

/// Configures a [`Client`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    core: CoreBuilder,
}

impl ClientBuilder {
    /// The token for `bearerAuth` sent as `Authorization: Bearer …`.
    ///
    /// It is only sent to operations that require it.
    ///
    /// The format of the token: `Token`.
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.core.credential(&BEARER_AUTH, token.into());
        self
    }
}

builder! { ClientBuilder => Client }
