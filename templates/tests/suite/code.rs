//! The support code with the types of the sample, as its client and server have it, for tests of functions that generated code
//! calls and users don't.

#![allow(clippy::duplicate_mod)] // as in `src/lib.rs`

#[path = "../../src/support/client/mod.rs"]
pub mod client;
#[path = "../../src/support/server/mod.rs"]
pub mod server;

pub use sample_types as types;
