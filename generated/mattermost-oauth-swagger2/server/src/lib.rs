// Written by specwright; changes are overwritten.

//! A server stub for Mattermost API Reference. Start with [`Server::builder`].
//!
//! -api-v4-is-stable-with-the-mattermost-server-4-0-release--api-v3-was-deprecated-on-january-16th-2018-and-scheduled-for-removal-in-mattermost-v5-0--details-heretagapiv3deprecation--looking-for-the-api-v3-reference-it-has-moved-herehttpsapi-mattermost-comv3-
//!
//! # Quick start
//!
//! ```no_run
//! use mattermost_oauth_swagger2_server::{OauthApi, Server};
//!
//! struct Provider;
//!
//! impl OauthApi for Provider {}
//!
//! # fn serve() {
//! let service = Server::builder(Provider).build();
//! # let _ = service;
//! # }
//! ```
//!
//! - A [`Server`] is a `tower` service. `axum::Router::new().fallback_service(service)` serves it
//!   in axum; hyper is shown in `examples/basic.rs`.
//! - A method of a trait gets a [`Call`], which has the request's headers, and the decoded and
//!   validated parameters and body. Methods that aren't implemented respond with 501.
//! - Requests that are not valid don't reach the traits. The server responds with a [`Problem`],
//!   as `application/problem+json`; [`problems_as`](ServerBuilder::problems_as) sends the error
//!   type of the API instead.
//! - In tests, a generated client calls it without a socket: `Client::over(service).build()`,
//!   with the client's feature `tower`.
//! - All paths are below `/api/v4`, the path of the first server that the description declares,
//!   unless [`base_path`](ServerBuilder::base_path) is set.
//!
//! # Operations
//!
//! ## [`OauthApi`]
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
//! | `tracing` | Spans of a client's calls, of a server's requests, by `tracing`. |
//! | `metrics` | The duration and number of requests, by `metrics`. |

#![forbid(unsafe_code)]

pub mod errors;
pub mod oauth;
mod service;
mod support;

pub use mattermost_oauth_swagger2_types as types;
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
