//! The support code with the types of the sample, as in its client and server, to test functions that only generated code calls.

#![allow(clippy::duplicate_mod)] // as in `src/lib.rs`

#[path = "../../src/support/client/mod.rs"]
pub mod client;
#[path = "../../src/support/server/mod.rs"]
pub mod server;

pub use sample_types as types;
