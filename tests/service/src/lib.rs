//! Mattermost's OAuth API over SQLite or PostgreSQL, on the generated server.
//!
//! `api` implements the generated trait and knows the types of the API; what an operation does is in `provider`, who calls in `session`,
//! what is stored in `store` and how in `secrets`. `listen` knows connections, `front` what each response gets, `config` the
//! environment. `examples/by_hand.rs` is the same on axum, without the generated server: the load is compared with it.

mod api;
pub mod config;
pub mod front;
pub mod listen;
pub mod provider;
pub mod refusal;
pub mod rules;
pub mod secrets;
pub mod session;
pub mod start;
pub mod store;

use mattermost_oauth_server::runtime::{Documented, RequestIds};
use mattermost_oauth_server::{Server, document};

use config::Config;
use front::Front;
use provider::Provider;
use session::Sessions;
use store::Store;

/// The service: the generated server with everything around it.
pub type Service = Front<Documented<Server<Provider, Sessions>>>;

/// The path of the page that shows the API and sends requests to it.
pub const EXPLORER: &str = "/explorer/";

/// Builds the service.
pub fn service(store: &Store, config: &Config) -> Service {
    let provider = Provider::new(store.clone(), config.settings.clone());
    let server = Server::builder(provider)
        .authenticate(Sessions::new(store.clone()))
        .max_body_bytes(config.max_body)
        .body_timeout(config.body_timeout)
        // Clients choose no ids: they are in the log.
        .request_ids(RequestIds::new().ignore_received().make(secrets::new_id))
        .on_server_error(refusal::log)
        .problems_as(refusal::built_in)
        .check_responses(config.checks)
        .build();
    Front(document().explorer_at(EXPLORER).serve(server))
}
