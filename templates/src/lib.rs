//! The support code of generated crates. Each directory is copied into the crates of its kind; see the README.

// The client and the server, which are separate crates in generated code, both include `shared/`.
#![allow(clippy::duplicate_mod)]

#[cfg(feature = "cli")]
#[path = "support/cli/mod.rs"]
pub mod cli;
#[path = "support/client/mod.rs"]
pub mod client;
#[cfg(feature = "mcp")]
#[path = "support/mcp/mod.rs"]
pub mod mcp;
#[path = "support/server/mod.rs"]
pub mod server;
#[path = "support/types/mod.rs"]
pub mod types;

#[cfg(all(test, feature = "cli"))]
mod cli_tests;
#[cfg(all(test, any(feature = "cli", feature = "streamable-http")))]
mod endpoint;
#[cfg(all(test, feature = "hyper", not(feature = "hyper-rustls")))]
mod hyper_tests;
#[cfg(all(test, feature = "streamable-http"))]
mod mcp_tests;
