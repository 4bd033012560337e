// Written by specwright; changes are overwritten.

//! The types of Mattermost API Reference, read from and written to JSON with serde.
//!
//! -api-v4-is-stable-with-the-mattermost-server-4-0-release--api-v3-was-deprecated-on-january-16th-2018-and-scheduled-for-removal-in-mattermost-v5-0--details-heretagapiv3deprecation--looking-for-the-api-v3-reference-it-has-moved-herehttpsapi-mattermost-comv3-

#![forbid(unsafe_code)]

mod support;

pub use serde_json::{Map, Value};
pub use support::{
    FromParam, ReadError, ToParam, Validate, Validator, Violation, Violations, from_json,
    refusing_nulls,
};
