//! The support code of a generated server: routing, reading requests, authentication, answers.
//!
//! It is the same for every API, so one API may not need all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod answer_headers;
mod asked;
mod auth;
mod body;
mod call;
mod decode;
mod exchange;
mod media;
mod operation;
mod problem;
mod reply;
mod request_body;
mod route;
mod service;
mod time_limit;

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
