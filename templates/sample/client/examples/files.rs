//! Reads from the group `files` and prints the results.
//!
//! Server and credentials come from the environment, see `Client::from_env`.

use sample_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let result = client.files().list_tokens().await?;
    println!("{result:?}");
    let result = client.files().list_counted().await?;
    println!("{result:?}");
    let result = client.files().list_offsets().await?;
    println!("{result:?}");
    Ok(())
}
