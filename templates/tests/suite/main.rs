//! Tests of the support code, through the sample crates in `sample` that have the shape of generated ones.

mod client;
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
mod streams;
mod styles;
mod trace;
mod types;
mod unions;
mod webhooks;
mod whole;
mod xml;
