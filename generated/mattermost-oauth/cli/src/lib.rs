// Written by specwright; changes are overwritten.

//! The command line of Mattermost API Reference: `mattermost-oauth-cli`.
//!
//! The OAuth operations of Mattermost's API, version 4.
//!
//! # Quick start
//!
//! ```text
//! mattermost-oauth-cli --help
//! mattermost-oauth-cli oauth --help
//! mattermost-oauth-cli oauth get-oauth-apps
//! ```
//!
//! # Groups
//!
//! | group | operations | about |
//! | --- | --- | --- |
//! | `oauth` | 10 | Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider. |
//!
//! # Cargo features
//!
//! | feature | purpose |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls with ring. |
//! | `aws-lc-rs` | TLS by rustls with AWS-LC instead of ring. |
//! | `native-tls` | TLS by that of the operating system. |

#![forbid(unsafe_code)]

mod commands;
mod support;

use std::ffi::OsString;
use std::process::ExitCode;

use mattermost_oauth_client::{self as client, BuildError, Client, types};
use support::{Api, Credential, Group, Settings, connect};

/// Runs the program with arguments, of which the first is its name. Prints what there is to print, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    support::run(&API, arguments)
}

static API: Api<Client> = Api {
    program: "mattermost-oauth-cli",
    name: "mattermost-oauth",
    version: "0.1.0",
    title: "Mattermost API Reference",
    about: "The OAuth operations of Mattermost's API, version 4.",
    servers: client::SERVERS,
    server_variable: "MATTERMOST_OAUTH_BASE_URL",
    profile_variable: "MATTERMOST_OAUTH_PROFILE",
    credentials: &[
        Credential {
            name: "bearer",
            about: "the credential bearerAuth: Authorization: Bearer …",
            variables: &["MATTERMOST_OAUTH_TOKEN"],
            query: None,
        },
    ],
    groups: &[
        Group {
            name: "oauth",
            about: "Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.",
            operations: commands::oauth::OPERATIONS,
        },
    ],
    connect: connected,
    login: None,
};

/// A client with these settings; credentials of the environment go before those of a profile.
fn connected(settings: Settings) -> Result<Client, BuildError> {
    let mut builder = Client::builder(settings.server.as_str())
        .user_agent("mattermost-oauth-cli/0.1.0");
    if let Some(credential) = settings.credential("bearer") {
        builder = builder.bearer(credential);
    }
    let builder = builder.credentials_from_env();
    connect!(builder, settings)
}
