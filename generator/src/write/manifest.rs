//! What an earlier run wrote: `.specwright.json` in the output folder.
//!
//! The same input gives the same manifest everywhere: sorted, without times, without absolute paths, and hashes don't
//! see whether lines end in LF or CR LF (git may change that on checkout).

use super::{Files, Inputs, RelPath};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The name of the manifest.
pub const MANIFEST: &str = ".specwright.json";

/// The manifest.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the tool.
    specwright: String,
    /// Hash of each input file, by its path from the description's folder.
    inputs: BTreeMap<String, String>,
    /// Hash of each written file.
    files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(files: &Files, inputs: &Inputs<'_>) -> Self {
        Self {
            specwright: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: inputs
                .iter()
                .map(|(path, text)| (path.clone(), hash(text.as_bytes())))
                .collect(),
            files: files
                .iter()
                .map(|(path, text)| (path.to_string(), hash(text.as_bytes())))
                .collect(),
        }
    }

    /// Reads a manifest, which may have come from anywhere: a path in it that leads out of the folder is refused.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        match manifest
            .files
            .keys()
            .find_map(|path| RelPath::new(path).err())
        {
            Some(bad) => Err(bad.to_string()),
            None => Ok(manifest),
        }
    }

    pub(super) fn text(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// Whether an earlier run wrote a file at this path.
    pub(super) fn lists(&self, path: &RelPath) -> bool {
        self.files.contains_key(path.as_str())
    }

    /// Whether an earlier run wrote exactly this.
    pub(super) fn wrote(&self, path: &RelPath, content: &[u8]) -> bool {
        self.files
            .get(path.as_str())
            .is_some_and(|wanted| *wanted == hash(content))
    }

    /// Every file that an earlier run wrote.
    pub(super) fn paths(&self) -> impl Iterator<Item = RelPath> {
        self.files.keys().filter_map(|path| RelPath::new(path).ok())
    }
}

/// SHA-256 in hexadecimal, CR LF taken for LF.
fn hash(content: &[u8]) -> String {
    let mut hasher = Sha256::new();
    let mut rest = content;
    if content.contains(&b'\r') {
        while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
            hasher.update(&rest[..at]);
            rest = &rest[at + 1..];
        }
    }
    hasher.update(rest);
    hasher
        .finalize()
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
