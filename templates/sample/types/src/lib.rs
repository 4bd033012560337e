//! Types of a small piece of Mattermost's API.
//!
//! Written by hand, in the shape that the generator writes.
#![forbid(unsafe_code)]

mod models;
#[path = "../../../src/support/types/mod.rs"] // in a generated crate the folder is `src/support`
mod support;
pub mod xml;

pub use models::*;
pub use serde_json::Value;
pub use support::{
    Backtracking, FromParam, Pattern, ReadError, TextTree, ToParam, Uri, Validate, Validator,
    Violation, Violations, from_json, refusing_nulls,
};
