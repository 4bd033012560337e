//! Calls `get_oauth_apps` and prints the result.

use sample_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("TOKEN")?;
    let client = Client::builder("http://your-mattermost-url.com").bearer(token).build()?;
    let result = client.oauth().get_oauth_apps().await?;
    println!("{result:?}");
    Ok(())
}
