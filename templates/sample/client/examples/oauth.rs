//! Reads from the group `oauth` and prints the results.
//!
//! Server and credentials come from the environment, see `Client::from_env`.

use sample_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let result = client.oauth().get_oauth_apps().await?;
    println!("{result:?}");
    Ok(())
}
