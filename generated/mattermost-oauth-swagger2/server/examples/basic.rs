//! Serves the API at http://127.0.0.1:3000; every operation answers 501 until it is written.

use mattermost_oauth_swagger2_server::{OauthApi, Server};

struct Provider;

impl OauthApi for Provider {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = Server::builder(Provider).build();
    let router = axum::Router::new().fallback_service(service);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, router).await?;
    Ok(())
}
