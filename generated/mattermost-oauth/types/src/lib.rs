// Written by specwright; changes are overwritten.

//! The types of Mattermost API Reference, read from and written to JSON with serde.
//!
//! The OAuth operations of Mattermost's API, version 4.

#![forbid(unsafe_code)]

mod models;
mod support;

pub use models::*;
pub use serde_json::{Map, Value};
pub use support::{
    FromParam, ReadError, ToParam, Uri, Validate, Validator, Violation, Violations,
    from_json, refusing_nulls,
};
