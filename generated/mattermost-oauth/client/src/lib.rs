// Written by specwright; changes are overwritten.

//! A client for Mattermost API Reference. Start with [`Client::builder`].
//!
//! The OAuth operations of Mattermost's API, version 4.
//!
//! # Quick start
//!
//! ```no_run
//! use mattermost_oauth_client::Client;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let token = std::env::var("TOKEN")?;
//! let client = Client::builder("http://your-mattermost-url.com").bearer(token).build()?;
//! let result = client.oauth().get_oauth_apps().await?;
//! println!("{result:?}");
//! # Ok(())
//! # }
//! ```
//!
//! Each operation is a method of its group. It takes what is required and returns a request,
//! which has a method for each optional parameter.
//!
//! - `.await` sends the request and gives the body of the response, as one of the [`types`].
//! - `.send().await` gives a [`Response`], which has the status and headers, too, and
//!   `.send_raw().await` the response as it came. With the feature `blocking`, `.send_blocking()`
//!   does the same outside of async code.
//! - [`Error`] distinguishes the errors that the description documents ([`Error::Api`], with a
//!   typed body) from everything else that can happen.
//! - The request for a page of a list has `.paginate()`, which gives [`Pages`]: `.next().await`
//!   requests one page after the other, `.items()` gives the items of all.
//! - [`ClientBuilder`] sets what all requests have in common: credentials, headers, timeouts,
//!   retries, hooks, the transport.
//! - Calls that failed for a reason which may pass are repeated if that is safe, see [`Retries`].
//!   `.options(…)` takes choices for one call, [`CallOptions`].
//! - [`Client::raw`] calls what the description doesn't have, with the same credentials and
//!   retries.
//! - With the feature `tower`, `Client::over(service)` configures a client of a server in the
//!   same process, for tests: no socket, and bodies are streamed.
//! - With the feature `mock`, `Client::mocked(&mock)` configures a client of a `Mock`, whose
//!   operations respond as a test has it; `Recording` writes the calls of a client to a file
//!   without secrets, `Replay` responds with these.
//!
//! # Authentication
//!
//! Credentials are given to the builder, once, and sent only to operations that require them.
//!
//! | scheme | sent as | method of the builder |
//! | --- | --- | --- |
//! | `bearerAuth` | `Authorization: Bearer …` | [`bearer`](ClientBuilder::bearer) |
//!
//! - [`Client::from_env`] takes server and credentials from the environment,
//!   [`credentials_from_env`](ClientBuilder::credentials_from_env) the credentials.
//! - A token that expires comes from a [`TokenSource`], by [`Secret::tokens`]: it is kept,
//!   fetched anew before it expires, once for all calls that need it, and once more if the server
//!   responds with 401.
//!
//! # Servers
//!
//! [`Client::builder`] takes the URL of a server. The description declares these, as
//! [`SERVERS`]:
//!
//! - `http://your-mattermost-url.com`
//! - `https://your-mattermost-url.com`
//!
//! # Operations
//!
//! ## [`client.oauth()`](OauthApi)
//!
//! Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
//!
//! | method | request | summary |
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
//!
//! # Cargo features
//!
//! | feature | purpose |
//! | --- | --- |
//! | `reqwest` (default) | The default transport, by reqwest. |
//! | `rustls` (default) | TLS for reqwest, by rustls with ring. |
//! | `aws-lc-rs` | TLS for reqwest, by rustls with AWS-LC instead of ring. |
//! | `native-tls` | TLS for reqwest, by that of the operating system. |
//! | `hyper` | A transport without reqwest, by hyper-util. |
//! | `hyper-rustls` | TLS for hyper, by rustls with ring. |
//! | `tower` | Any `tower` service as transport. |
//! | `blocking` | Calls outside of async code. |
//! | `gzip` | Responses that are compressed by gzip. |
//! | `brotli` | Responses that are compressed by Brotli. |
//! | `zstd` | Responses that are compressed by Zstandard. |
//! | `mock` | Mocks and recorded calls, for tests. |
//! | `stream` | Streams and bodies as `futures_core::Stream`. |
//! | `tracing` | Spans of a client's calls, of a server's requests, by `tracing`. |
//! | `metrics` | The duration and number of requests, by `metrics`. |
//! | `oauth2` | Tokens by the flows of OAuth 2. |

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
    location: CredentialLocation::Bearer,
};

static SECURITY: &[&[&Scheme]] = &[&[&BEARER_AUTH]];

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

    /// Creates a client for the server at the URL in the environment variable
    /// `MATTERMOST_OAUTH_BASE_URL`, or at `http://your-mattermost-url.com` if it isn't set, with
    /// [credentials from the environment](ClientBuilder::credentials_from_env) and the default
    /// settings.
    ///
    /// # Errors
    ///
    /// A URL or credential is invalid, or no transport is available.
    pub fn from_env() -> Result<Self, BuildError> {
        Self::builder(base_url_from_env("MATTERMOST_OAUTH_BASE_URL", SERVERS))
            .credentials_from_env()
            .build()
    }

    /// Configures a client for the server at `base_url`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        ClientBuilder {
            core: CoreBuilder::new(base_url.into(), SERVERS, user_agent),
        }
    }

    /// Configures a client of a `tower` service in this process, such as the server in a test. Requests and responses are handed
    /// over as they are, without a socket; bodies are streamed.
    #[cfg(feature = "tower")]
    pub fn over<S>(service: S) -> ClientBuilder
    where
        TowerTransport<S>: Transport,
    {
        Self::builder("http://localhost").transport(TowerTransport::new(service))
    }

    /// Configures a client of a mock, for tests: what is called responds as the test has it.
    #[cfg(feature = "mock")]
    pub fn mocked(mock: &Mock) -> ClientBuilder {
        Self::builder("http://localhost").transport(mock.transport())
    }

    /// Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
    pub fn oauth(&self) -> OauthApi {
        OauthApi::new(self.core.clone())
    }

    /// Starts a request that is no operation of the description: to a path below the client's base URL, with or without a
    /// query. It is sent like those of operations, with the same credentials, limits and retries.
    pub fn raw(&self, method: Method, path: &str) -> RawCall {
        RawCall::new(self.core.clone(), method, path, SECURITY)
    }
}

/// Configures a [`Client`]. Returned by [`Client::builder`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    core: CoreBuilder,
}

impl ClientBuilder {
    /// The token for `bearerAuth`, sent as `Authorization: Bearer …`.
    ///
    /// It is only sent to operations that require it.
    ///
    /// The format of the token: `Token`.
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.core.credential(&BEARER_AUTH, token.into());
        self
    }

    /// Sets the credentials that environment variables have, which go before earlier ones;
    /// variables that aren't set, or are empty, set nothing.
    ///
    /// | variable | like |
    /// | --- | --- |
    /// | `MATTERMOST_OAUTH_TOKEN` | [`bearer`](Self::bearer) |
    pub fn credentials_from_env(mut self) -> Self {
        self.core.credential_from_env(&BEARER_AUTH, "MATTERMOST_OAUTH_TOKEN");
        self
    }
}

builder! { ClientBuilder => Client }
