//! A client of a small piece of Mattermost's API.
//!
//! Written by hand, in the shape that the generator writes.
#![forbid(unsafe_code)]

pub mod files;
pub mod oauth;
pub mod styles;
#[path = "../../../src/support/client/mod.rs"] // in a generated crate the folder is `src/support`
mod support;

pub use files::FilesApi;
pub use oauth::OauthApi;
pub use sample_types as types;
#[cfg(feature = "reqwest")]
pub use support::ReqwestTransport;
#[cfg(feature = "tower")]
pub use support::TowerTransport;
pub use support::{
    ApiError, Body, BodySender, BoxError, BoxFuture, BuildError, Bytes, Closed, DecodeError, Error,
    Event, EventSender, Events, File, HeaderMap, HeaderName, HeaderValue, LineSender, Lines,
    Method, NoError, OperationInfo, Placement, RawResponse, RecordedRequest, Recorder,
    RequestError, Response, ResponseOrError, Scheme, Secret, SendError, Sending, StatusCode,
    StreamError, Streamed, Style, Timeout, Transport, TransportError,
};

use support::{Core, CoreBuilder, builder};

/// The servers that the description names.
pub const SERVERS: &[&str] = &[
    "http://your-mattermost-url.com",
    "https://your-mattermost-url.com",
];

const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    placement: Placement::Bearer,
};
static CSRF: Scheme = Scheme {
    name: "csrf",
    placement: Placement::Header("X-CSRF-Token"),
};
static BASIC: Scheme = Scheme {
    name: "basic",
    placement: Placement::Basic,
};
static KEY: Scheme = Scheme {
    name: "key",
    placement: Placement::Query("key"),
};

/// A client of the Mattermost API. Clones share connections.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// A client without credentials.
    ///
    /// # Errors
    /// The base URL can't be used, or there is no transport.
    pub fn new(base_url: impl Into<String>) -> Result<Self, BuildError> {
        Self::builder(base_url).build()
    }

    /// Begins a client of the server at this URL, to which the paths of the API are appended.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            core: CoreBuilder::new(base_url.into(), SERVERS, USER_AGENT),
        }
    }

    /// Files and what happens to them
    pub fn files(&self) -> FilesApi {
        FilesApi::new(self.core.clone())
    }

    /// Endpoints for OAuth 2.0 apps
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
    /// The token for `bearerAuth`.
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.core.credential(&BEARER_AUTH, token.into());
        self
    }

    /// The key for `csrf`.
    pub fn csrf(mut self, key: impl Into<Secret>) -> Self {
        self.core.credential(&CSRF, key.into());
        self
    }

    /// The user name and password for `basic`.
    pub fn basic(mut self, user: &str, password: &str) -> Self {
        self.core.credential(&BASIC, Secret::basic(user, password));
        self
    }

    /// The key for `key`.
    pub fn key(mut self, key: impl Into<Secret>) -> Self {
        self.core.credential(&KEY, key.into());
        self
    }
}

builder! { ClientBuilder => Client }
