//! The support code of generated crates, as far as a mock needs it: what a generated server accepts is what a mock accepts. The modules
//! have the places that they have in a generated crate, as they name each other.
#![allow(
    dead_code,
    missing_docs,
    unexpected_cfgs,
    unreachable_pub,
    unused_imports,
    unused_macros
)]
#![allow(clippy::pedantic, clippy::iter_over_hash_type)] // they are linted where they belong

pub(super) mod server;
pub(super) mod types;
