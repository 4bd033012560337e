// Written by specwright; changes are overwritten.

//! The types of Sample, read from and written to JSON with serde.
//!
//! # Quick start
//!
//! ```no_run
//! use sample_types::{Item, Validate};
//!
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let value = Item::new("a value").quantity(1);
//! let json = serde_json::to_string(&value)?;
//!
//! let value: Item = serde_json::from_str(&json)?;
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
//!   `Color::new(ColorRequired { … })`.
//! - A property that may be both absent and null is an `Option<Option<T>>`: `None` is absent,
//!   `Some(None)` is null.
//! - Enums keep values that the description doesn't list, so that a new value is no error.
//! - [`validate`](Validate::validate) checks what the description says of values (lengths,
//!   ranges, patterns, …) and reports every violation with its JSON pointer.
//! - All types implement serde's traits. Errors say where in the JSON they are; those of
//!   [`from_json`] have the pointer as a value, too.
//!
//! # Cargo features
//!
//! | feature | purpose |
//! | --- | --- |
//! | `chrono` | Conversions from and to the types of chrono. |
//! | `jiff` | Conversions from and to the types of jiff. |
//! | `time` | Conversions from and to the types of time. |
//! | `uuid` | Conversions from and to `uuid::Uuid`. |
//! | `proptest` | Random values for tests: `Arbitrary` of proptest. |

#![forbid(unsafe_code)]

#[cfg(feature = "proptest")]
mod arbitrary;
mod models;
pub mod rules;
mod support;
pub mod xml;

pub use models::*;
pub use serde_json::{Map, Value};
pub use support::{
    Backtracking, Base64, Date, DateTime, Decimal, Duration, FromParam, NotBase64,
    Pattern, ReadError, TextTree, Time, ToParam, Uri, Uuid, Validate, Validator,
    Violation, Violations, from_json, refusing_nulls,
};
