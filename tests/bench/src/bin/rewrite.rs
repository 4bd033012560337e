//! What generation is counted beside: a JSON text is parsed, and the bytes of all files of a folder are written into another.
//!
//! `rewrite DOCUMENT FROM TO`

use serde_json::Value;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [document, from, to] = &arguments[..] else {
        return Err(io::Error::other("rewrite DOCUMENT FROM TO"));
    };
    let text = fs::read_to_string(document)?;
    let value: Value = serde_json::from_str(&text)?;
    black_box(&value);
    write(from, to)
}

fn write(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            write(&entry.path(), &to)?;
        } else {
            fs::write(to, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}
