//! What an earlier run wrote: `.specwright.json` in the output folder.
//!
//! The same input gives the same manifest everywhere: sorted, without times, without absolute paths, and digests don't
//! see whether lines end in LF or CR LF.

use super::{Inputs, RelPath};
use crate::digest::digest;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the manifest.
pub const MANIFEST: &str = ".specwright.json";

/// The manifest.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the tool.
    specwright: String,
    /// The name of the API; nothing in a manifest of before it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api: Option<String>,
    /// Digest of each input file, by its path from the description's folder.
    inputs: Inputs,
    /// Digest of each written file.
    files: BTreeMap<String, String>,
    /// While files take their places, and after a run that was killed then: what else each may hold, by digest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    changing: BTreeMap<String, BTreeSet<String>>,
}

impl Manifest {
    /// Of files, each given with its digest.
    pub(super) fn new(api: &str, files: &BTreeMap<RelPath, String>, inputs: &Inputs) -> Self {
        let files = files.iter();
        Self {
            specwright: env!("CARGO_PKG_VERSION").to_owned(),
            api: Some(api.to_owned()),
            inputs: inputs.clone(),
            files: files
                .map(|(path, digest)| (path.to_string(), digest.clone()))
                .collect(),
            changing: BTreeMap::new(),
        }
    }

    /// Reads a manifest, which may have come from anywhere: a path in it that leads out of the folder is refused.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        let mut paths = manifest.files.keys().chain(manifest.changing.keys());
        match paths.find_map(|path| RelPath::new(path).err()) {
            Some(bad) => Err(bad.to_string()),
            None => Ok(manifest),
        }
    }

    /// This one on the way to another: what is there already, and what the files that are `written` are going to hold.
    pub(super) fn meanwhile(&self, written: &[RelPath], next: &Self) -> Self {
        let mut changing = self.changing.clone();
        for path in written {
            let digest = next.files.get(path.as_str());
            let may_hold: &mut BTreeSet<_> = changing.entry(path.to_string()).or_default();
            may_hold.extend(digest.cloned());
        }
        Self {
            specwright: next.specwright.clone(),
            api: next.api.clone(),
            inputs: self.inputs.clone(),
            files: self.files.clone(),
            changing,
        }
    }

    /// The name of the API, where it is another one's.
    pub(super) fn of_another(&self, api: &str) -> Option<&str> {
        self.api.as_deref().filter(|name| *name != api)
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
        let path = path.as_str();
        let found = digest(content);
        self.files.get(path) == Some(&found)
            || self
                .changing
                .get(path)
                .is_some_and(|may_hold| may_hold.contains(&found))
    }

    /// Every file that an earlier run wrote, or was about to write when it was killed.
    pub(super) fn paths(&self) -> BTreeSet<RelPath> {
        let all = self.files.keys().chain(self.changing.keys());
        all.filter_map(|path| RelPath::new(path).ok()).collect()
    }
}
