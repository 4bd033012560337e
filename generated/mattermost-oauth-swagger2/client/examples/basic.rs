//! Calls `get_oauth_apps`.

use mattermost_oauth_swagger2_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new("http://your-mattermost-url.com/api/v4")?;
    client.oauth().get_oauth_apps().await?;
    Ok(())
}
