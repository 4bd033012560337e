//! What an earlier run wrote: `.specwright.json` in the output folder.
//!
//! The same input gives the same manifest everywhere: sorted, without times, without absolute paths, and digests don't
//! see whether lines end in LF or CR LF.

use super::{Inputs, RelPath};
use crate::digest::digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the manifest.
pub const MANIFEST: &str = ".specwright.json";

/// The manifest.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the tool.
    specwright: String,
    /// Digest of each input file, by its path from the description's folder.
    inputs: Inputs,
    /// Digest of each written file.
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// Of files, each given with its digest.
    pub(super) fn new(files: &BTreeMap<RelPath, String>, inputs: &Inputs) -> Self {
        let files = files.iter();
        Self {
            specwright: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: inputs.clone(),
            files: files
                .map(|(path, digest)| (path.to_string(), digest.clone()))
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
            .is_some_and(|wanted| *wanted == digest(content))
    }

    /// Every file that an earlier run wrote.
    pub(super) fn paths(&self) -> impl Iterator<Item = RelPath> {
        self.files.keys().filter_map(|path| RelPath::new(path).ok())
    }
}
