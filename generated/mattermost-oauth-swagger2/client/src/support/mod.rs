//! The support code of a generated client: requests, responses, errors, credentials, transports.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod base64_code;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub(crate) mod builder;
mod connection;
mod encode;
mod error;
mod header;
mod operation;
mod outcome;
mod recorder;
mod redirect;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod scheme;
mod secret;
pub(crate) mod sendable;
mod sending;
mod shown;
#[cfg(any(feature = "reqwest", feature = "tower"))]
mod time_limit;
#[cfg(feature = "tower")]
mod tower_transport;
#[cfg(feature = "tracing")]
mod trace;
mod transport;

pub(crate) use self::base64_code::*;
pub use self::body::*;
pub use self::builder::*;
pub use self::connection::*;
pub(crate) use self::encode::*;
pub use self::error::*;
pub use self::header::*;
pub use self::operation::*;
pub use self::recorder::*;
pub use self::request::*;
#[cfg(feature = "reqwest")]
pub use self::reqwest_transport::*;
pub use self::response::*;
pub use self::scheme::*;
pub use self::secret::*;
pub use self::sendable::*;
pub(crate) use self::shown::*;
#[cfg(feature = "tower")]
pub use self::tower_transport::*;
pub use self::transport::*;

pub(crate) use super::types::{FromParam, ReadError, ToParam, from_json};
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
