//! A program that logs its user in, without being known to the server before: it finds the endpoints (RFC 8414), registers itself
//! (RFC 7591), has the user's browser ask for permission (RFC 6749 with RFC 7636), and calls the API with the token.
//!
//!     cargo run --manifest-path tests/service/Cargo.toml --example log_in -- http://127.0.0.1:8065
//!
//! The service here has no page for the browser, as the description has none; a Mattermost does. For HTTPS, the client needs its feature
//! `rustls`.

use std::error::Error;

use mattermost_oauth_client::{AuthorizationServer, Client, ClientRegistration};

/// Where the browser comes back to. A program with a window listens there; this one has the user copy the URL.
const REDIRECT: &str = "http://127.0.0.1:8000/callback";

/// Logs a user in: `browse` is given the URL to open in a browser, and returns the URL that the browser is redirected to.
pub(crate) async fn log_in(
    site: &str,
    browse: impl AsyncFnOnce(&str) -> Result<String, Box<dyn Error>>,
) -> Result<Client, Box<dyn Error>> {
    let server = AuthorizationServer::at(site).discover().await?;
    let registration = ClientRegistration::new([REDIRECT]).name("Backup").public();
    let app = server.register(&registration).await?.client();
    let authorization = app.authorize(REDIRECT)?;
    let redirected = browse(authorization.url()).await?;
    let tokens = authorization.redeem(&redirected).await?;
    Ok(Client::builder(site).bearer(tokens).build()?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = std::env::args().nth(1).ok_or("the URL of a server")?;
    let client = log_in(&site, async |url: &str| {
        println!("Open {url}\nand copy the URL that you are sent to:");
        let mut redirected = String::new();
        std::io::stdin().read_line(&mut redirected)?;
        Ok(redirected.trim().to_owned())
    });
    let client = client.await?;
    let apps = client.oauth().get_authorized_oauth_apps_for_user("me");
    for app in apps.await? {
        println!("{}", app.name.unwrap_or_default());
    }
    Ok(())
}
