// Written by specwright; changes are overwritten.

//! The types of Mattermost API Reference, read from and written to JSON with serde.
//!
//! The OAuth operations of Mattermost's API, version 4.
//!
//! # Quick start
//!
//! ```no_run
//! use mattermost_oauth_types::{OAuthApp, Validate};
//!
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let value = OAuthApp::new().id("a value");
//! let json = serde_json::to_string(&value)?;
//!
//! let value: OAuthApp = serde_json::from_str(&json)?;
//! value.validate()?;
//! println!("{value:?}");
//! # Ok(())
//! # }
//! ```
//!
//! # Values
//!
//! - Structs have public fields. Each optional property has a method of its name that sets it,
//!   and `new` takes the required ones, by name where two could be mixed up:
//!   `CreateOAuthAppBody::new(CreateOAuthAppBodyRequired { … })`.
//! - [`validate`](Validate::validate) checks what the description says of values (lengths,
//!   ranges, patterns, …) and reports every violation with its JSON pointer.
//! - All types implement serde's traits. Errors say where in the JSON they are; those of
//!   [`from_json`] have the pointer as a value, too.

#![forbid(unsafe_code)]

mod models;
mod support;

pub use models::*;
pub use serde_json::{Map, Value};
pub use support::{
    FromParam, ReadError, ToParam, Uri, Validate, Validator, Violation, Violations,
    from_json, refusing_nulls,
};
