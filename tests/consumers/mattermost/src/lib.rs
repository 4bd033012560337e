//! A small OAuth provider with Mattermost's API, in memory, written with the generated server as any user would.
//!
//! ```
//! use consumer_mattermost::{Provider, Sessions};
//! use mattermost_oauth_server::Server;
//!
//! let service = Server::builder(Provider::new("https://chat.example")).authenticate(Sessions::new()).build();
//! ```
//!
//! Most operations are secured, so a server without an authentication hook doesn't compile:
//!
//! ```compile_fail
//! use consumer_mattermost::Provider;
//! use mattermost_oauth_server::Server;
//!
//! let service = Server::builder(Provider::new("https://chat.example")).build();
//! ```
//!
//! Neither does one whose hook has another session type than the provider:
//!
//! ```compile_fail
//! use consumer_mattermost::Provider;
//! use mattermost_oauth_server::{AuthError, Credentials, Server};
//!
//! async fn authenticate(_: Credentials) -> Result<String, AuthError> {
//!     Ok(String::new())
//! }
//!
//! let service = Server::builder(Provider::new("https://chat.example")).authenticate(authenticate).build();
//! ```

mod apps;
mod provider;
mod refusal;
mod sessions;

pub use provider::Provider;
pub use refusal::app_error;
pub use sessions::{Permission, Session, Sessions};
