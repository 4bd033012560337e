//! Serves the API at http://127.0.0.1:3000; every operation answers 501 until it is written.

use mattermost_oauth_server::{AuthError, Credentials, OauthApi, Server};

struct Provider;

impl OauthApi for Provider {
    type Session = String;
}

async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
    match credentials.bearer() {
        Some("secret") => Ok("a user".to_owned()),
        _ => Err(AuthError::Unauthorized),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = Server::builder(Provider).authenticate(authenticate).build();
    let router = axum::Router::new().fallback_service(service);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, router).await?;
    Ok(())
}
