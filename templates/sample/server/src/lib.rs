// Written by specwright; changes are overwritten.

//! A server stub for Sample. Start with [`Server::builder`].
//!
//! # Quick start
//!
//! ```no_run
//! use sample_server::{AuthError, Credentials, FilesApi, OauthApi, Server, ShopApi};
//! # use sample_server::*;
//!
//! struct Provider;
//!
//! impl OauthApi for Provider {
//!     type Session = String;
//! }
//!
//! impl FilesApi for Provider {}
//!
//! impl ShopApi for Provider {}
//!
//! // … and 1 more traits, one for each group of operations.
//! # impl ValuesApi for Provider {}
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
//! | `bearer` | `Authorization: Bearer …` | [`bearer()`](Credentials::bearer) |
//! | `csrf` | the header `X-CSRF-Token` | [`api_key("csrf")`](Credentials::api_key) |
//! | `basic` | `Authorization: Basic …` | [`basic()`](Credentials::basic) |
//! | `key` | the query parameter `key` | [`api_key("key")`](Credentials::api_key) |
//! | `vault` | `Authorization: Vault …` | [`api_key("vault")`](Credentials::api_key) |
//! | `certificate` | a client certificate | known to the transport |
//! | `grants` | `Authorization: Bearer …` | [`bearer()`](Credentials::bearer) |
//!
//! # Incoming requests
//!
//! The API sends requests, too. Each kind has a trait and a server of its own:
//!
//! - [`Webhooks`], served by [`Server::webhooks`]
//!
//! # Operations
//!
//! ## [`OauthApi`]
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
//! ## [`FilesApi`]
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
//! ## [`ShopApi`]
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
//! ## [`ValuesApi`]
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
//! | `signatures` | Signatures of webhooks and callbacks. |
//! | `stream` | Streams and bodies as `futures_core::Stream`. |
//! | `tracing` | Spans of a client's calls, of a server's requests, by `tracing`. |
//! | `metrics` | The duration and number of requests, by `metrics`. |
//! | `explorer` | A page that shows the API and sends requests to it, by Swagger UI. |

#![forbid(unsafe_code)]

pub mod errors;
pub mod files;
pub mod headers;
pub mod oauth;
mod service;
pub mod shop;
mod support;
pub mod values;
pub mod webhooks;

pub use files::FilesApi;
pub use oauth::OauthApi;
pub use sample_types as types;
pub use shop::ShopApi;
pub use values::ValuesApi;
pub use webhooks::Webhooks;
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
