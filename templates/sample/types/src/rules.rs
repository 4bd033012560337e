// Written by specwright; changes are overwritten.

//! Constraints that Rust types can't express: a table for each schema, which `Validate`
//! evaluates.

use super::support::{Json, Rule, Rules};

static ANYTHING: Rules = Rules(&[]);

static PARCEL_IF: Rules = Rules(&[
    Rule::Required(&["size"]),
    Rule::Properties(&[("size", &PARCEL_IF_SIZE)]),
]);

static PARCEL_IF_SIZE: Rules = Rules(&[Rule::OneOf(&[Json::Text("big")])]);

/// The rules of `PARCEL`.
pub static PARCEL_RULES: Rules = Rules(&[Rule::If(&PARCEL_IF, &PARCEL_THEN, &ANYTHING)]);

static PARCEL_THEN: Rules = Rules(&[Rule::Required(&["weight"])]);
