//! The support code of generated tools for language models: which there are, their schemas, calls, results, transports.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports)]

mod api;
#[path = "../common/base64_code.rs"]
mod base64_code;
#[path = "../calls/call.rs"]
mod call;
#[path = "../calls/call_bytes.rs"]
mod call_bytes;
#[path = "../calls/call_pages.rs"]
mod call_pages;
#[path = "../calls/call_streams.rs"]
mod call_streams;
mod caller;
mod catalog;
mod clean;
mod docs;
#[path = "../calls/facts.rs"]
mod facts;
#[path = "../calls/given.rs"]
mod given;
#[path = "../calls/given_files.rs"]
mod given_files;
mod handler;
#[path = "../common/hidden.rs"]
mod hidden;
mod input;
mod kept;
mod next_page;
mod outcome;
#[cfg(feature = "streamable-http")]
mod protected;
mod run;
mod schemas;
mod settings;
#[cfg(feature = "streamable-http")]
mod streamable;

pub use self::api::*;
pub(crate) use self::base64_code::*;
pub use self::call::*;
pub use self::caller::*;
pub(crate) use self::catalog::*;
pub(crate) use self::clean::*;
pub(crate) use self::docs::*;
pub use self::facts::*;
pub use self::given::*;
pub(crate) use self::handler::*;
pub(crate) use self::hidden::*;
pub(crate) use self::input::*;
pub(crate) use self::kept::*;
pub(crate) use self::next_page::*;
pub(crate) use self::outcome::*;
#[cfg(feature = "streamable-http")]
pub(crate) use self::protected::*;
pub use self::run::*;
pub(crate) use self::schemas::*;
pub(crate) use self::settings::*;
#[cfg(feature = "streamable-http")]
pub(crate) use self::streamable::*;

#[cfg(feature = "streamable-http")]
pub(crate) use super::client::{AuthorizationServer, Introspection, OAuthClient};
pub(crate) use super::client::{
    Body, BoxFuture, BuildError, Error, RawResponse, Secret, StatusCode,
};
pub(crate) use super::types::from_json;
