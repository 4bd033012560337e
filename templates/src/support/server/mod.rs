//! The support code of a generated server: routing, reading requests, authentication, responses.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod arriving;
mod asked;
mod auth;
#[path = "../common/base64_code.rs"]
mod base64_code;
#[path = "../shared/body.rs"]
mod body;
#[path = "../shared/body_stream.rs"]
mod body_stream;
mod builder;
mod call;
#[path = "../shared/channel.rs"]
mod channel;
mod choice;
mod decode;
mod document;
pub(crate) mod errors;
#[path = "../shared/events.rs"]
mod events;
mod exchange;
mod explorer;
mod explorer_assets;
mod file;
#[path = "../common/hidden.rs"]
mod hidden;
mod json_bytes;
mod layers;
#[path = "../shared/lines.rs"]
mod lines;
mod media;
mod multipart;
mod multipart_reader;
mod observed;
mod operation;
mod parts;
mod problem;
#[path = "../shared/progress.rs"]
mod progress;
mod reply;
mod reply_headers;
mod request_body;
mod request_id;
mod response_checks;
mod response_future;
mod route;
mod route_values;
#[path = "../shared/scheme.rs"]
mod scheme;
mod served_file;
mod service;
#[path = "../shared/shown.rs"]
mod shown;
mod shutdown;
#[path = "../shared/signature.rs"]
#[cfg(feature = "signatures")]
mod signature;
mod signed;
mod stream_checks;
#[path = "../shared/stream_error.rs"]
mod stream_error;
mod stream_reply;
#[path = "../shared/style.rs"]
mod style;
mod styled;
mod styled_text;
mod time_limit;
mod xml;

pub(crate) use self::arriving::*;
pub use self::asked::*;
pub use self::auth::*;
pub(crate) use self::base64_code::*;
pub use self::body::*;
pub use self::builder::*;
pub use self::call::*;
pub use self::channel::*;
pub use self::choice::*;
pub(crate) use self::decode::*;
pub use self::document::*;
pub(crate) use self::errors::errors;
pub use self::events::*;
pub use self::exchange::*;
pub use self::file::*;
pub(crate) use self::hidden::*;
pub(crate) use self::json_bytes::*;
pub use self::layers::*;
pub use self::lines::*;
pub(crate) use self::media::*;
pub use self::multipart::*;
pub(crate) use self::multipart_reader::*;
pub(crate) use self::observed::*;
pub use self::operation::*;
pub use self::parts::*;
pub use self::problem::*;
pub use self::progress::*;
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
#[cfg(feature = "signatures")]
pub use self::signature::*;
pub(crate) use self::stream_checks::*;
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
