// Written by specwright; changes are overwritten.

//! A server stub of Mattermost API Reference: begin with [`Server::builder`].
//!
//! A provider implements [`OauthApi`].
//!
//! -api-v4-is-stable-with-the-mattermost-server-4-0-release--api-v3-was-deprecated-on-january-16th-2018-and-scheduled-for-removal-in-mattermost-v5-0--details-heretagapiv3deprecation--looking-for-the-api-v3-reference-it-has-moved-herehttpsapi-mattermost-comv3-

#![forbid(unsafe_code)]

pub mod oauth;
mod service;
mod support;

pub use mattermost_oauth_swagger2_types as types;
pub use oauth::OauthApi;
pub use support::*;
