//! Calls `get_oauth_apps` and prints what it gives.

use mattermost_oauth_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bearer = std::env::var("TOKEN")?;
    let client = Client::builder("http://your-mattermost-url.com")
        .bearer(bearer)
        .build()?;
    let api = client.oauth();
    let answer = api.get_oauth_apps().await?;
    println!("{answer:?}");
    Ok(())
}
