//! The support code of a generated client: requests, responses, errors, credentials, transports.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod attempt;
mod base64_code;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
#[cfg(target_family = "wasm")]
mod browser;
pub(crate) mod builder;
mod call_options;
mod compression;
mod connection;
#[cfg(feature = "mock")]
mod differences;
mod encode;
mod error;
mod header;
mod hidden;
mod hook;
#[cfg(feature = "hyper")]
mod hyper_transport;
#[cfg(feature = "metrics")]
mod metrics;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "mock")]
mod mock_call;
#[cfg(feature = "mock")]
mod mock_reply;
#[cfg(feature = "oauth2")]
mod oauth;
#[cfg(feature = "oauth2")]
mod oauth_code;
#[cfg(feature = "oauth2")]
mod oauth_device;
#[cfg(feature = "oauth2")]
mod oauth_discovery;
#[cfg(feature = "oauth2")]
mod oauth_error;
#[cfg(feature = "oauth2")]
mod oauth_introspection;
#[cfg(feature = "oauth2")]
mod oauth_revocation;
#[cfg(feature = "oauth2")]
mod oauth_server;
mod operation;
mod outcome;
mod outgoing;
mod paging;
mod progress;
mod raw_call;
mod received;
#[cfg(feature = "mock")]
mod recorded;
mod recorder;
#[cfg(feature = "mock")]
mod recording;
#[cfg(feature = "mock")]
mod redaction;
mod redirect;
#[cfg(feature = "mock")]
mod replay;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod retry;
mod retry_after;
mod scheme;
mod secret;
pub(crate) mod sendable;
mod sending;
mod shown;
mod timer;
mod tokens;
#[cfg(feature = "tower")]
mod tower_transport;
#[cfg(feature = "tracing")]
mod trace;
mod transport;

pub use self::attempt::*;
pub(crate) use self::base64_code::*;
pub use self::body::*;
pub use self::builder::*;
pub use self::call_options::*;
pub use self::connection::*;
#[cfg(feature = "mock")]
pub(crate) use self::differences::*;
pub(crate) use self::encode::*;
pub use self::error::*;
pub use self::header::*;
pub(crate) use self::hidden::*;
pub use self::hook::*;
#[cfg(feature = "hyper")]
pub use self::hyper_transport::*;
#[cfg(feature = "mock")]
pub use self::mock::*;
#[cfg(feature = "mock")]
pub use self::mock_call::*;
#[cfg(feature = "mock")]
pub use self::mock_reply::*;
#[cfg(feature = "oauth2")]
pub use self::oauth::*;
#[cfg(feature = "oauth2")]
pub use self::oauth_code::*;
#[cfg(feature = "oauth2")]
pub use self::oauth_device::*;
#[cfg(feature = "oauth2")]
pub use self::oauth_discovery::*;
#[cfg(feature = "oauth2")]
pub use self::oauth_error::*;
#[cfg(feature = "oauth2")]
pub use self::oauth_introspection::*;
#[cfg(feature = "oauth2")]
pub use self::oauth_server::*;
pub use self::operation::*;
pub use self::paging::*;
pub use self::progress::*;
pub use self::raw_call::*;
#[cfg(feature = "mock")]
pub(crate) use self::recorded::*;
pub use self::recorder::*;
#[cfg(feature = "mock")]
pub use self::recording::*;
#[cfg(feature = "mock")]
pub(crate) use self::redaction::*;
#[cfg(feature = "mock")]
pub use self::replay::*;
pub use self::request::*;
#[cfg(feature = "reqwest")]
pub use self::reqwest_transport::*;
pub use self::response::*;
pub use self::retry::*;
pub use self::scheme::*;
pub use self::secret::*;
pub use self::sendable::*;
pub(crate) use self::shown::*;
pub use self::timer::Sleep;
pub use self::tokens::*;
#[cfg(feature = "tower")]
pub use self::tower_transport::*;
pub use self::transport::*;

pub(crate) use super::types::{FromParam, ReadError, ToParam, from_json};
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
