//! The same API, by hand.

pub mod client;
pub mod server;
pub mod types;
