// Written by specwright; changes are overwritten.

//! A server stub of Mattermost API Reference: begin with [`Server::builder`].
//!
//! A provider implements [`OauthApi`].
//!
//! The OAuth operations of Mattermost's API, version 4.

#![forbid(unsafe_code)]

pub mod oauth;
mod service;
mod support;

pub use mattermost_oauth_types as types;
pub use oauth::OauthApi;
pub use support::*;
