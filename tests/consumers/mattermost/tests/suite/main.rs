//! What users of the generated crates rely on: client and server of Mattermost's OAuth API, together and alone.

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
