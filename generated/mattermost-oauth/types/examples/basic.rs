//! Reads a value from standard input, validates it, and writes it back.

use mattermost_oauth_types::{AppError, Validate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let value: AppError = serde_json::from_reader(std::io::stdin())?;
    value.validate()?;
    let json = serde_json::to_string_pretty(&value)?;
    println!("{json}");
    Ok(())
}
