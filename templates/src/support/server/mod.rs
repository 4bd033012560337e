//! The support code of a generated server: routing, reading requests, authentication, answers.
//!
//! It is the same for every API, so one API may not need all of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub(crate) mod answer_headers;
pub(crate) mod asked;
pub(crate) mod auth;
#[path = "../shared/body.rs"]
pub(crate) mod body;
pub(crate) mod call;
#[path = "../shared/channel.rs"]
pub(crate) mod channel;
pub(crate) mod choice;
pub(crate) mod decode;
#[path = "../shared/events.rs"]
pub(crate) mod events;
pub(crate) mod exchange;
pub(crate) mod file;
#[path = "../shared/lines.rs"]
pub(crate) mod lines;
pub(crate) mod media;
pub(crate) mod multipart;
pub(crate) mod multipart_reader;
pub(crate) mod operation;
pub(crate) mod parts;
pub(crate) mod problem;
pub(crate) mod reply;
pub(crate) mod request_body;
pub(crate) mod route;
pub(crate) mod service;
#[path = "../shared/shown.rs"]
pub(crate) mod shown;
#[path = "../shared/stream_error.rs"]
pub(crate) mod stream_error;
pub(crate) mod stream_reply;
#[path = "../shared/style.rs"]
pub(crate) mod style;
pub(crate) mod styled;
pub(crate) mod styled_text;
pub(crate) mod time_limit;
pub(crate) mod xml;

pub use self::answer_headers::*;
pub use self::asked::*;
pub use self::auth::*;
pub use self::body::*;
pub use self::call::*;
pub use self::channel::*;
pub use self::choice::*;
pub(crate) use self::decode::*;
pub use self::events::*;
pub use self::exchange::*;
pub use self::file::*;
pub use self::lines::*;
pub(crate) use self::media::*;
pub use self::multipart::*;
pub(crate) use self::multipart_reader::*;
pub use self::operation::*;
pub use self::parts::*;
pub use self::problem::*;
pub use self::reply::*;
pub(crate) use self::request_body::*;
pub use self::route::*;
pub use self::service::*;
pub(crate) use self::shown::*;
pub use self::stream_error::*;
pub(crate) use self::stream_reply::*;
pub use self::style::*;
pub use self::styled_text::*;
pub(crate) use self::time_limit::*;
pub use self::xml::*;

pub(crate) use super::types::{
    FromParam, ReadError, ToParam, Validate, Validator, Violations, from_json, refusing_nulls,
};
pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
