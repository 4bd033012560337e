//! The support code of a generated command line: commands, arguments, output, settings, exit codes.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod api;
mod body_input;
mod call;
mod call_pages;
mod chosen;
mod command;
pub(crate) mod connect;
mod facts;
mod given;
mod hidden;
mod json;
mod matched;
mod output;
mod preview;
mod problem;
mod profile;
mod run;
mod settings;
mod shell;
mod table;
mod terminal;
mod transfer;
mod verbose;
mod yaml;

pub use self::api::*;
pub use self::call::*;
pub(crate) use self::chosen::*;
pub(crate) use self::command::*;
pub(crate) use self::connect::*;
pub use self::facts::*;
pub use self::given::*;
pub(crate) use self::hidden::*;
pub(crate) use self::json::*;
pub(crate) use self::matched::*;
pub(crate) use self::output::*;
pub(crate) use self::preview::*;
pub(crate) use self::problem::*;
pub(crate) use self::profile::*;
pub use self::run::*;
pub use self::settings::*;
pub(crate) use self::table::*;
pub(crate) use self::terminal::*;
pub(crate) use self::transfer::*;
pub(crate) use self::verbose::*;
pub(crate) use self::yaml::*;

pub(crate) use super::client::{
    Attempt, Body, BoxError, BoxFuture, BuildError, Error, Hook, Progress, RawResponse, Retries,
    Secret, StatusCode, Transport, TransportError,
};
pub(crate) use super::types::from_json;
