// Written by specwright; changes are overwritten.

//! A client for Mattermost API Reference. Start with [`Client::builder`].
//!
//! -api-v4-is-stable-with-the-mattermost-server-4-0-release--api-v3-was-deprecated-on-january-16th-2018-and-scheduled-for-removal-in-mattermost-v5-0--details-heretagapiv3deprecation--looking-for-the-api-v3-reference-it-has-moved-herehttpsapi-mattermost-comv3-
//!
//! # Quick start
//!
//! ```no_run
//! use mattermost_oauth_swagger2_client::Client;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new("http://your-mattermost-url.com/api/v4")?;
//! client.oauth().get_oauth_apps().await?;
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
//! The description declares no security schemes. Should the API want credentials all the same,
//! [`header`](ClientBuilder::header) sets a header of all requests.
//!
//! # Servers
//!
//! [`Client::builder`] takes the URL of a server. The description declares these, as
//! [`SERVERS`]:
//!
//! - `http://your-mattermost-url.com/api/v4`
//!
//! # Operations
//!
//! ## [`client.oauth()`](OauthApi)
//!
//! The operations tagged `OAuth`.
//!
//! | method | request | summary |
//! | --- | --- | --- |
//! | [`register_oauth_app`](OauthApi::register_oauth_app) | `POST /oauth/apps` | Register OAuth app |
//! | [`get_oauth_apps`](OauthApi::get_oauth_apps) | `GET /oauth/apps` | Get OAuth apps |
//! | [`get_oauth_app`](OauthApi::get_oauth_app) | `GET /oauth/apps/{app_id}` | Get an OAuth app |
//! | [`update_oauth_app`](OauthApi::update_oauth_app) | `PUT /oauth/apps/{app_id}` | Update an OAuth app |
//! | [`delete_oauth_app`](OauthApi::delete_oauth_app) | `DELETE /oauth/apps/{app_id}` | Delete an OAuth app |
//! | [`regenerate_oauth_app_secret`](OauthApi::regenerate_oauth_app_secret) | `POST /oauth/apps/{app_id}/regen_secret` | Regenerate OAuth app secret |
//! | [`get_info_on_oauth_app`](OauthApi::get_info_on_oauth_app) | `GET /oauth/apps/{app_id}/info` | Get info on an OAuth app |
//! | [`get_authorized_oauth_apps`](OauthApi::get_authorized_oauth_apps) | `GET /users/{user_id}/oauth/apps/authorized` | Get authorized OAuth apps |
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
//! | `tracing` | Spans of a client's calls, of a server's requests, by `tracing`. |
//! | `metrics` | The duration and number of requests, by `metrics`. |

#![forbid(unsafe_code)]

pub mod oauth;
mod support;

pub use mattermost_oauth_swagger2_types as types;
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
pub const SERVERS: &[&str] = &["http://your-mattermost-url.com/api/v4"];

static SECURITY: &[&[&Scheme]] = &[];

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

    /// Configures a client of a `tower` service in this process, such as the server in a test. Requests and responses are handed
    /// over as they are, without a socket; bodies are streamed.
    #[cfg(feature = "tower")]
    pub fn over<S>(service: S) -> ClientBuilder
    where
        TowerTransport<S>: Transport,
    {
        Self::builder("http://localhost/api/v4").transport(TowerTransport::new(service))
    }

    /// Configures a client of a mock, for tests: what is called responds as the test has it.
    #[cfg(feature = "mock")]
    pub fn mocked(mock: &Mock) -> ClientBuilder {
        Self::builder("http://localhost/api/v4").transport(mock.transport())
    }

    /// The operations tagged `OAuth`.
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

builder! { ClientBuilder => Client }
