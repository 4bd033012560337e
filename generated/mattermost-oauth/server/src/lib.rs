// Written by specwright; changes are overwritten.

//! A server stub for Mattermost API Reference. Start with [`Server::builder`].
//!
//! The OAuth operations of Mattermost's API, version 4.
//!
//! # Quick start
//!
//! ```no_run
//! use mattermost_oauth_server::{AuthError, Credentials, OauthApi, Server};
//!
//! struct Provider;
//!
//! impl OauthApi for Provider {
//!     type Session = String;
//! }
//!
//! async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
//!     match credentials.bearer() {
//!         Some("secret") => Ok("a user".to_owned()),
//!         _ => Err(AuthError::Unauthorized),
//!     }
//! }
//!
//! # fn serve() {
//! let service = Server::builder(Provider).authenticate(authenticate).build();
//! # let _ = service;
//! # }
//! ```
//!
//! - A [`Server`] is a `tower` service. `axum::Router::new().fallback_service(service)` serves it
//!   in axum; hyper is shown in `examples/basic.rs`.
//! - A method of a trait gets a [`Call`], which has the session of the caller and the request's
//!   headers, and the decoded and validated parameters and body. Methods that aren't implemented
//!   respond with 501.
//! - Requests that are not valid don't reach the traits. The server responds with a [`Problem`],
//!   as `application/problem+json`; [`problems_as`](ServerBuilder::problems_as) sends the error
//!   type of the API instead.
//! - In tests, a generated client calls it without a socket: `Client::over(service).build()`,
//!   with the client's feature `tower`.
//! - `document().serve(service)` also serves the description of the API, at `/openapi.json` and
//!   `/openapi.yaml`, and with the feature `explorer` and `explorer_at` a page that sends
//!   requests to this server.
//!
//! # Authentication
//!
//! [`authenticate`](ServerBuilder::authenticate) takes an async function from [`Credentials`]
//! to a session, a type of your own, which methods get from their [`Call`]. Requests without
//! the credentials that an operation requires are rejected before.
//!
//! | scheme | sent as | read with |
//! | --- | --- | --- |
//! | `bearerAuth` | `Authorization: Bearer …` | [`bearer()`](Credentials::bearer) |
//!
//! # Operations
//!
//! ## [`OauthApi`]
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
//! | `tracing` | Spans of a client's calls, of a server's requests, by `tracing`. |
//! | `metrics` | The duration and number of requests, by `metrics`. |
//! | `explorer` | A page that shows the API and sends requests to it, by Swagger UI. |

#![forbid(unsafe_code)]

pub mod errors;
pub mod oauth;
mod service;
mod support;

pub use mattermost_oauth_types as types;
pub use oauth::OauthApi;
#[doc(hidden)]
pub use self::runtime::*;
pub use support::{
    AuthError, Authenticate, Call, Credentials, Problem, Server, ServerBuilder,
};

/// What requests and responses consist of: bodies and streams, parts of forms, the details of
/// problems, and what is known of an operation.
pub mod runtime {
    pub use super::support::*;
}

/// The description of this API, to be served next to it: `document().serve(service)`.
#[must_use]
pub fn document() -> runtime::Document {
    let json = include_bytes!("openapi.json");
    let yaml = include_bytes!("openapi.yaml");
    runtime::Document::new(json, yaml, "")
}
