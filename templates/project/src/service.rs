//! All routes: those of the API, and the health check. //: private
//! All routes: those of the API, its description, and the health check. //: served

use axum::Router;
use axum::routing::get;

use api_server::Server; //: private
use api_server::runtime::{RequestIds, Shutdown};
use api_server::{Server, document}; //: served

use crate::app::App;
use crate::auth; //: secured
use crate::config::Config;
use crate::health;

/// The service. What is in front of all requests goes around this router: layers of `tower-http` for CORS, compression, limits.
pub fn router(config: &Config, shutdown: &Shutdown) -> Router {
    api_services
}
