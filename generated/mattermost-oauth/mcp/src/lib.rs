// Written by specwright; changes are overwritten.

//! Tools for language models, by the Model Context Protocol: the operations of Mattermost API
//! Reference. The program is `mattermost-oauth-mcp`.
//!
//! The OAuth operations of Mattermost's API, version 4.
//!
//! # Quick start
//!
//! ```json
//! {
//!   "mcpServers": {
//!     "mattermost-oauth": { "command": "mattermost-oauth-mcp", "args": ["--read-only"] }
//!   }
//! }
//! ```
//!
//! # Tools
//!
//! | tool | operation | about |
//! | --- | --- | --- |
//! | `CreateOAuthApp` | `POST /api/v4/oauth/apps` | Register OAuth app |
//! | `GetOAuthApps` | `GET /api/v4/oauth/apps` | Get OAuth apps |
//! | `GetOAuthApp` | `GET /api/v4/oauth/apps/{app_id}` | Get an OAuth app |
//! | `UpdateOAuthApp` | `PUT /api/v4/oauth/apps/{app_id}` | Update an OAuth app |
//! | `DeleteOAuthApp` | `DELETE /api/v4/oauth/apps/{app_id}` | Delete an OAuth app |
//! | `RegenerateOAuthAppSecret` | `POST /api/v4/oauth/apps/{app_id}/regen_secret` | Regenerate OAuth app secret |
//! | `GetOAuthAppInfo` | `GET /api/v4/oauth/apps/{app_id}/info` | Get info on an OAuth app |
//! | `GetAuthorizationServerMetadata` | `GET /.well-known/oauth-authorization-server` | Get OAuth 2.0 Authorization Server Metadata |
//! | `RegisterOAuthClient` | `POST /api/v4/oauth/apps/register` | Register OAuth client using Dynamic Client Registration |
//! | `GetAuthorizedOAuthAppsForUser` | `GET /api/v4/users/{user_id}/oauth/apps/authorized` | Get authorized OAuth apps |
//!
//! # Cargo features
//!
//! | feature | purpose |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls with ring. |
//! | `aws-lc-rs` | TLS by rustls with AWS-LC instead of ring. |
//! | `native-tls` | TLS by that of the operating system. |
//! | `streamable-http` | Tools for language models over HTTP. |

#![forbid(unsafe_code)]

mod operations;
mod support;

use std::ffi::OsString;
use std::process::ExitCode;

use mattermost_oauth_client::{self as client, BuildError, Client, types};
use support::{Api, Credential, Group};

/// Runs the program with arguments, of which the first is its name: responds to requests of the Model Context Protocol until its input ends. Returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    support::run(&API, arguments)
}

static API: Api<Client> = Api {
    program: "mattermost-oauth-mcp",
    version: "0.1.0",
    title: "Mattermost API Reference",
    about: "The OAuth operations of Mattermost's API, version 4.",
    servers: client::SERVERS,
    server_variable: "MATTERMOST_OAUTH_BASE_URL",
    token_variable: "MATTERMOST_OAUTH_MCP_TOKEN",
    client_variables: ["MATTERMOST_OAUTH_MCP_CLIENT_ID", "MATTERMOST_OAUTH_MCP_CLIENT_SECRET"],
    can_forward: true,
    description: include_str!("openapi.json"),
    credentials: &[
        Credential {
            about: "the credential bearerAuth: Authorization: Bearer …",
            variables: &["MATTERMOST_OAUTH_TOKEN"],
        },
    ],
    groups: &[
        Group {
            name: "oauth",
            about: "Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.",
            operations: operations::oauth::OPERATIONS,
        },
    ],
    connect: connected,
};

/// A client for a server, with the credentials of the environment, or with the tokens of callers.
fn connected(server: &str, forwards: bool) -> Result<Client, BuildError> {
    let builder = Client::builder(server).user_agent("mattermost-oauth-mcp/0.1.0");
    let builder = match forwards {
        true => builder.bearer(support::callers_token()),
        false => builder.credentials_from_env(),
    };
    builder.build()
}
