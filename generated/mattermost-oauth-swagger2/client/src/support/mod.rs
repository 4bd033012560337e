//! The support code of a generated client: requests, responses, errors, credentials, transports.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod attempt;
mod base64_code;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub(crate) mod builder;
mod call_options;
mod compression;
mod connection;
mod encode;
mod error;
mod header;
mod hook;
#[cfg(feature = "metrics")]
mod metrics;
mod operation;
mod outcome;
mod outgoing;
mod raw_call;
mod received;
mod recorder;
mod redirect;
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
pub(crate) use self::encode::*;
pub use self::error::*;
pub use self::header::*;
pub use self::hook::*;
pub use self::operation::*;
pub use self::raw_call::*;
pub use self::recorder::*;
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
#[cfg(feature = "tower")]
pub use self::tower_transport::*;
pub use self::transport::*;

pub(crate) use super::types::{FromParam, ReadError, ToParam, from_json};
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
