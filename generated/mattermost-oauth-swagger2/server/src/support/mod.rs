//! The support code of a generated server: routing, reading requests, authentication, answers.
//!
//! It is the same for every API, so one API may not need all of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub(crate) mod answer_headers;
pub(crate) mod asked;
pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod decode;
pub(crate) mod exchange;
pub(crate) mod media;
pub(crate) mod operation;
pub(crate) mod problem;
pub(crate) mod reply;
pub(crate) mod request_body;
pub(crate) mod route;
pub(crate) mod service;
pub(crate) mod time_limit;

pub use self::answer_headers::*;
pub use self::asked::*;
pub use self::auth::*;
pub use self::body::*;
pub use self::call::*;
pub(crate) use self::decode::*;
pub use self::exchange::*;
pub(crate) use self::media::*;
pub use self::operation::*;
pub use self::problem::*;
pub use self::reply::*;
pub(crate) use self::request_body::*;
pub use self::route::*;
pub use self::service::*;
pub(crate) use self::time_limit::*;

pub(crate) use super::types::{
    FromParam, ReadError, ToParam, Validate, Validator, Violations, from_json, refusing_nulls,
};
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
