//! The support code of a generated server: routing, reading requests, authentication, responses.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod arriving;
mod asked;
mod auth;
mod base64_code;
mod body;
mod builder;
mod call;
mod decode;
pub(crate) mod errors;
mod exchange;
mod hidden;
mod json_bytes;
mod layers;
mod media;
mod observed;
mod operation;
mod problem;
mod reply;
mod reply_headers;
mod request_body;
mod request_id;
mod response_checks;
mod response_future;
mod route;
mod route_values;
mod scheme;
mod service;
mod shown;
mod shutdown;
mod time_limit;

pub(crate) use self::arriving::*;
pub use self::asked::*;
pub use self::auth::*;
pub(crate) use self::base64_code::*;
pub use self::body::*;
pub use self::builder::*;
pub use self::call::*;
pub(crate) use self::decode::*;
pub(crate) use self::errors::errors;
pub use self::exchange::*;
pub(crate) use self::hidden::*;
pub(crate) use self::json_bytes::*;
pub use self::layers::*;
pub(crate) use self::media::*;
pub(crate) use self::observed::*;
pub use self::operation::*;
pub use self::problem::*;
pub use self::reply::*;
pub use self::reply_headers::*;
pub(crate) use self::request_body::*;
pub use self::request_id::*;
pub use self::response_checks::*;
pub use self::response_future::*;
pub use self::route::*;
pub use self::route_values::*;
pub use self::scheme::*;
pub use self::service::*;
pub(crate) use self::shown::*;
pub use self::shutdown::*;
pub(crate) use self::time_limit::*;

pub(crate) use super::types::{
    FromParam, ReadError, ToParam, Validate, Validator, Violations, from_json, refusing_nulls,
};
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
