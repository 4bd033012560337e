// Written by specwright; changes are overwritten.

//! A client for Sample. Start with [`Client::builder`].
//!
//! # Quick start
//!
//! ```no_run
//! use sample_client::Client;
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
//! - What may follow a response is a method of [`Response`], which takes the client and gives the
//!   next request: a trait next to the request has those of an operation, `…Links`.
//! - The request of an operation that goes on after its response has `.until_done()`, which gives
//!   [`Polling`]: `.await` asks the server until it is done and gives the result, or a
//!   [`PollingError`].
//! - [`Events`] give one event after the other, by `.next().await`, or with the feature
//!   `blocking` by the iterator `.blocking()`.
//!   [`.reconnecting(Reconnect::new())`](Events::reconnecting) has a stream requested again where
//!   it broke off. With the feature `stream` they are a `futures_core::Stream`, as are bodies and
//!   pages.
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
//! | `bearer` | `Authorization: Bearer …` | [`bearer`](ClientBuilder::bearer) |
//! | `csrf` | the header `X-CSRF-Token` | [`csrf`](ClientBuilder::csrf) |
//! | `basic` | `Authorization: Basic …` | [`basic`](ClientBuilder::basic) |
//! | `key` | the query parameter `key` | [`key`](ClientBuilder::key) |
//! | `vault` | `Authorization: Vault …` | [`vault`](ClientBuilder::vault) |
//! | `certificate` | a client certificate | `client_certificate`, with a feature for rustls |
//! | `grants` | `Authorization: Bearer …` | [`grants`](ClientBuilder::grants) |
//!
//! - [`Client::from_env`] takes server and credentials from the environment,
//!   [`credentials_from_env`](ClientBuilder::credentials_from_env) the credentials.
//! - A token that expires comes from a [`TokenSource`], by [`Secret::tokens`]: it is kept,
//!   fetched anew before it expires, once for all calls that need it, and once more if the server
//!   responds with 401.
//! - With the feature `oauth2`, tokens come from flows of OAuth 2: `AuthorizationServer::new`
//!   takes what the description says of a scheme, a constant of [`Client`]; `client("id")` of it
//!   has a method for each flow, whose result is the token.
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
//! Endpoints for OAuth 2.0 apps
//!
//! | method | request | summary |
//! | --- | --- | --- |
//! | [`create_oauth_app`](OauthApi::create_oauth_app) | `POST /api/v4/oauth/apps` | Register OAuth app |
//! | [`get_oauth_apps`](OauthApi::get_oauth_apps) | `GET /api/v4/oauth/apps` | Get OAuth apps |
//! | [`get_oauth_app`](OauthApi::get_oauth_app) | `GET /api/v4/oauth/apps/{app_id}` | Get an OAuth app |
//! | [`update_oauth_app`](OauthApi::update_oauth_app) | `PUT /api/v4/oauth/apps/{app_id}` | Update an OAuth app |
//! | [`delete_oauth_app`](OauthApi::delete_oauth_app) | `DELETE /api/v4/oauth/apps/{app_id}` | Delete an OAuth app |
//! | [`get_oauth_app_icon`](OauthApi::get_oauth_app_icon) | `GET /api/v4/oauth/apps/{app_id}/icon-{size}.png` | Get an OAuth app's icon |
//! | [`set_oauth_app_icon`](OauthApi::set_oauth_app_icon) | `PUT /api/v4/oauth/apps/{app_id}/icon` | Set an OAuth app's icon |
//! | [`register_oauth_client`](OauthApi::register_oauth_client) | `POST /api/v4/oauth/apps/register` | Register OAuth client using Dynamic Client Registration |
//! | [`get_by_token`](OauthApi::get_by_token) | `GET /guarded/token` | Get what a token of OAuth 2 allows |
//! | [`set_by_token`](OauthApi::set_by_token) | `POST /guarded/token` | Set what a token of OAuth 2 allows |
//! | [`get_by_scheme`](OauthApi::get_by_scheme) | `GET /guarded/scheme` | Get what credentials of an HTTP scheme allow |
//! | [`get_by_either`](OauthApi::get_by_either) | `GET /guarded/either` | Get what a certificate allows, or a key |
//!
//! ## [`client.files()`](FilesApi)
//!
//! Files and what happens to them
//!
//! | method | request | summary |
//! | --- | --- | --- |
//! | [`upload_file`](FilesApi::upload_file) | `POST /files` | Upload a file |
//! | [`upload_related`](FilesApi::upload_related) | `POST /files/related` | Upload the parts of an object |
//! | [`get_events`](FilesApi::get_events) | `GET /files/events` | Follow what happens |
//! | [`get_talk`](FilesApi::get_talk) | `GET /files/talk` | Follow what is said |
//! | [`ask_talk`](FilesApi::ask_talk) | `POST /files/talk` | Say something, and follow what is said to it |
//! | [`get_lines`](FilesApi::get_lines) | `GET /files/lines` | Get all apps |
//! | [`get_sequence`](FilesApi::get_sequence) | `GET /files/sequence` | Get all apps |
//! | [`get_file`](FilesApi::get_file) | `GET /files/{name}` | Get a file |
//! | [`set_file`](FilesApi::set_file) | `PUT /files/{name}` | Set a file |
//! | [`find_file`](FilesApi::find_file) | `GET /files/{name}/place` | Find a file |
//! | [`list_tokens`](FilesApi::list_tokens) | `GET /lists/tokens` |  |
//! | [`search_words`](FilesApi::search_words) | `POST /lists/search` |  |
//! | [`search_numbers`](FilesApi::search_numbers) | `POST /lists/numbers` |  |
//! | [`list_counted`](FilesApi::list_counted) | `GET /lists/counted` |  |
//! | [`list_offsets`](FilesApi::list_offsets) | `GET /lists/offsets` |  |
//! | [`list_charges`](FilesApi::list_charges) | `GET /lists/last` |  |
//! | [`list_urls`](FilesApi::list_urls) | `GET /lists/urls` |  |
//! | [`list_links`](FilesApi::list_links) | `GET /lists/links` |  |
//!
//! ## [`client.shop()`](ShopApi)
//!
//! Forms, and books in XML
//!
//! | method | request | summary |
//! | --- | --- | --- |
//! | [`start_report`](ShopApi::start_report) | `POST /reports` |  |
//! | [`set_report`](ShopApi::set_report) | `PUT /reports/{name}` |  |
//! | [`delete_report`](ShopApi::delete_report) | `DELETE /reports/{name}` |  |
//! | [`create_charge`](ShopApi::create_charge) | `POST /charges` | Charge |
//! | [`add_book`](ShopApi::add_book) | `POST /books` | Add a book |
//! | [`set_counts`](ShopApi::set_counts) | `POST /books` | Set how many there are |
//!
//! ## [`client.values()`](ValuesApi)
//!
//! Values of every kind
//!
//! | method | request | summary |
//! | --- | --- | --- |
//! | [`set_values`](ValuesApi::set_values) | `POST /values/{color}` | Set values |
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
//! | `fs` | Bodies and parts of forms from paths. |
//! | `gzip` | Responses that are compressed by gzip. |
//! | `brotli` | Responses that are compressed by Brotli. |
//! | `zstd` | Responses that are compressed by Zstandard. |
//! | `mock` | Mocks and recorded calls, for tests. |
//! | `senders` | Sending webhooks and callbacks. |
//! | `signatures` | Signatures of webhooks and callbacks. |
//! | `stream` | Streams and bodies as `futures_core::Stream`. |
//! | `tracing` | Spans of a client's calls, of a server's requests, by `tracing`. |
//! | `metrics` | The duration and number of requests, by `metrics`. |
//! | `oauth2` | Tokens by the flows of OAuth 2. |

#![forbid(unsafe_code)]

pub mod files;
pub mod headers;
pub mod oauth;
pub mod shop;
mod support;
pub mod values;
pub mod webhooks;

pub use files::FilesApi;
pub use oauth::OauthApi;
pub use sample_types as types;
pub use shop::ShopApi;
pub use values::ValuesApi;
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

static BEARER: Scheme = Scheme {
    name: "bearer",
    location: CredentialLocation::Bearer,
};

static CSRF: Scheme = Scheme {
    name: "csrf",
    location: CredentialLocation::Header("X-CSRF-Token"),
};

static BASIC: Scheme = Scheme {
    name: "basic",
    location: CredentialLocation::Basic,
};

static KEY: Scheme = Scheme {
    name: "key",
    location: CredentialLocation::Query("key"),
};

static VAULT: Scheme = Scheme {
    name: "vault",
    location: CredentialLocation::Http("Vault"),
};

static CERTIFICATE: Scheme = Scheme {
    name: "certificate",
    location: CredentialLocation::External,
};

static GRANTS: Scheme = Scheme {
    name: "grants",
    location: CredentialLocation::Bearer,
};

static SECURITY: &[&[&Scheme]] = &[
    &[&BEARER],
    &[&GRANTS],
    &[&KEY],
    &[&BASIC],
    &[&BEARER, &CSRF],
    &[&CERTIFICATE],
    &[&VAULT],
];

/// A client for Sample. Clones share connections and settings.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// What the description says of the scheme `grants`, for [`AuthorizationServer::new`]: where
    /// the tokens of [`grants`](ClientBuilder::grants) come from.
    #[cfg(feature = "oauth2")]
    pub const GRANTS: &'static OAuthScheme = &OAuthScheme {
        name: "grants",
        flows: &[
            OAuthFlow {
                grant: OAuthGrant::AuthorizationCode,
                authorization_url: Some("/oauth/authorize"),
                token_url: Some("/oauth/token"),
                refresh_url: Some("/oauth/refresh"),
                scopes: &[("read", "Read"), ("write", "Write")],
            },
            OAuthFlow {
                grant: OAuthGrant::ClientCredentials,
                authorization_url: None,
                token_url: Some("/oauth/token"),
                refresh_url: None,
                scopes: &[("read", "Read")],
            },
            OAuthFlow {
                grant: OAuthGrant::DeviceAuthorization,
                authorization_url: Some("/oauth/device"),
                token_url: Some("/oauth/token"),
                refresh_url: None,
                scopes: &[("read", "Read")],
            },
            OAuthFlow {
                grant: OAuthGrant::Password,
                authorization_url: None,
                token_url: Some("/oauth/token"),
                refresh_url: None,
                scopes: &[("read", "Read")],
            },
        ],
        metadata_url: None,
        servers: SERVERS,
    };

    /// Creates a client for the server at `base_url`, with the default settings.
    ///
    /// # Errors
    ///
    /// The URL is invalid, or no transport is available.
    pub fn new(base_url: impl Into<String>) -> Result<Self, BuildError> {
        Self::builder(base_url).build()
    }

    /// Creates a client for the server at the URL in the environment variable `SAMPLE_BASE_URL`, or
    /// at `http://your-mattermost-url.com` if it isn't set, with [credentials from the
    /// environment](ClientBuilder::credentials_from_env) and the default settings.
    ///
    /// # Errors
    ///
    /// A URL or credential is invalid, or no transport is available.
    pub fn from_env() -> Result<Self, BuildError> {
        Self::builder(base_url_from_env("SAMPLE_BASE_URL", SERVERS))
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

    /// Endpoints for OAuth 2.0 apps
    pub fn oauth(&self) -> OauthApi {
        OauthApi::new(self.core.clone())
    }

    /// Files and what happens to them
    pub fn files(&self) -> FilesApi {
        FilesApi::new(self.core.clone())
    }

    /// Forms, and books in XML
    pub fn shop(&self) -> ShopApi {
        ShopApi::new(self.core.clone())
    }

    /// Values of every kind
    pub fn values(&self) -> ValuesApi {
        ValuesApi::new(self.core.clone())
    }

    /// Sends webhooks, as the API does, to a URL or a [`Subscriber`], which may have them signed.
    /// Of the client's credentials only those are sent that the webhook itself requires.
    #[cfg(feature = "senders")]
    pub fn webhooks(&self, to: impl Into<Subscriber>) -> webhooks::Webhooks {
        webhooks::Webhooks::new(self.core.to(to.into().into_target()))
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
    /// The token for `bearer`, sent as `Authorization: Bearer …`.
    ///
    /// It is only sent to operations that require it.
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.core.credential(&BEARER, token.into());
        self
    }

    /// The key for `csrf`, sent as the header `X-CSRF-Token`.
    ///
    /// It is only sent to operations that require it.
    pub fn csrf(mut self, key: impl Into<Secret>) -> Self {
        self.core.credential(&CSRF, key.into());
        self
    }

    /// The user and password for `basic`, sent as `Authorization: Basic …`.
    ///
    /// It is only sent to operations that require it.
    pub fn basic(mut self, user: &str, password: &str) -> Self {
        self.core.credential(&BASIC, Secret::basic(user, password));
        self
    }

    /// The key for `key`, sent as the query parameter `key`.
    ///
    /// It is only sent to operations that require it.
    pub fn key(mut self, key: impl Into<Secret>) -> Self {
        self.core.credential(&KEY, key.into());
        self
    }

    /// The credentials for `vault`, sent as `Authorization: Vault …`.
    ///
    /// It is only sent to operations that require it.
    pub fn vault(mut self, credentials: impl Into<Secret>) -> Self {
        self.core.credential(&VAULT, credentials.into());
        self
    }

    /// The client certificate for `certificate`.
    ///
    /// It is PEM with the certificate, those that it was signed with, and its private key. The
    /// default transport sends it to the server, whatever the operation.
    #[cfg(any(feature = "aws-lc-rs", feature = "rustls"))]
    pub fn client_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.core.client_certificate(&CERTIFICATE, pem.as_ref());
        self
    }

    /// The token for `grants`, sent as `Authorization: Bearer …`.
    ///
    /// It is only sent to operations that require it.
    ///
    /// The OAuth 2 flow `authorizationCode`: authorize at `/oauth/authorize`, tokens come from
    /// `/oauth/token`, they are refreshed at `/oauth/refresh`. Scopes:
    ///
    /// - `read`: Read
    /// - `write`: Write
    ///
    /// The OAuth 2 flow `clientCredentials`: tokens come from `/oauth/token`. Scopes:
    ///
    /// - `read`: Read
    ///
    /// The OAuth 2 flow `deviceAuthorization`: authorize at `/oauth/device`, tokens come from
    /// `/oauth/token`. Scopes:
    ///
    /// - `read`: Read
    ///
    /// The OAuth 2 flow `password`: tokens come from `/oauth/token`. Scopes:
    ///
    /// - `read`: Read
    pub fn grants(mut self, token: impl Into<Secret>) -> Self {
        self.core.credential(&GRANTS, token.into());
        self
    }

    /// Sets the credentials that environment variables have, which go before earlier ones;
    /// variables that aren't set, or are empty, set nothing.
    ///
    /// | variable | like |
    /// | --- | --- |
    /// | `SAMPLE_BEARER_TOKEN` | [`bearer`](Self::bearer) |
    /// | `SAMPLE_CSRF_API_KEY` | [`csrf`](Self::csrf) |
    /// | `SAMPLE_USERNAME` and `SAMPLE_PASSWORD` | [`basic`](Self::basic) |
    /// | `SAMPLE_KEY` | [`key`](Self::key) |
    /// | `SAMPLE_VAULT_TOKEN` | [`vault`](Self::vault) |
    /// | `SAMPLE_GRANTS_TOKEN` | [`grants`](Self::grants) |
    /// | `SAMPLE_CLIENT_ID` and `SAMPLE_CLIENT_SECRET` | tokens of the client itself for `grants` (feature `oauth2`) |
    pub fn credentials_from_env(mut self) -> Self {
        #[cfg(feature = "oauth2")]
        self.core
            .client_credentials_from_env(
                &GRANTS,
                Client::GRANTS,
                "SAMPLE_CLIENT_ID",
                "SAMPLE_CLIENT_SECRET",
            );
        self.core.credential_from_env(&BEARER, "SAMPLE_BEARER_TOKEN");
        self.core.credential_from_env(&CSRF, "SAMPLE_CSRF_API_KEY");
        self.core.basic_from_env(&BASIC, "SAMPLE_USERNAME", "SAMPLE_PASSWORD");
        self.core.credential_from_env(&KEY, "SAMPLE_KEY");
        self.core.credential_from_env(&VAULT, "SAMPLE_VAULT_TOKEN");
        self.core.credential_from_env(&GRANTS, "SAMPLE_GRANTS_TOKEN");
        self
    }
}

builder! { ClientBuilder => Client }
