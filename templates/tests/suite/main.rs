//! Tests of the support code, through the crates in `sample`, which are generated.

mod client;
mod code;
mod enums;
mod errors;
mod events;
mod formats;
mod forms;
mod limits;
mod lines;
mod multipart;
mod provider;
mod redirects;
mod routes;
mod rules;
mod server;
mod socket;
mod spots;
mod streams;
mod styles;
mod trace;
mod types;
mod unions;
mod webhooks;
mod whole;
mod xml;
