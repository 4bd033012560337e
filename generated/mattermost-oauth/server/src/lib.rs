// Written by specwright; changes are overwritten.

//! A server stub for Mattermost API Reference. Start with [`Server::builder`].
//!
//! A provider implements [`OauthApi`].
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
