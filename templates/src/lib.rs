//! The support code of generated crates. Each folder is copied into the crates of its kind; see the README.

// `shared/` is part of the client and of the server, which are separate crates once they are copied.
#![allow(clippy::duplicate_mod)]

#[path = "support/client/mod.rs"]
pub mod client;
#[path = "support/server/mod.rs"]
pub mod server;
#[path = "support/types/mod.rs"]
pub mod types;
