//! The service over both databases: its rules, many writers, kills, slow peers. The tests over PostgreSQL are skipped, with a message, where
//! it isn't installed.
#![allow(missing_docs, clippy::unwrap_used)]

mod database;
mod durability;
mod login;
mod peers;
mod program;
mod refusals;
mod registration;
mod rules;
mod world;
mod writers;
