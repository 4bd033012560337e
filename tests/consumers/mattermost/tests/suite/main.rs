//! What a project relies on that uses the generated crates: client and server of Mattermost's OAuth API, against each other and alone.

mod auth;
mod failures;
mod matterapi;
mod operations;
mod presence;
mod refusals;
mod rendering;
mod socket;
mod swagger2;
mod values;
mod world;
