//! Reads a value from standard input, validates it, and writes it back.

use sample_types::{Book, Validate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let value: Book = serde_json::from_reader(std::io::stdin())?;
    value.validate()?;
    let json = serde_json::to_string_pretty(&value)?;
    println!("{json}");
    Ok(())
}
