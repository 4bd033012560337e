//! The manifest: `.specwright.json` in the output directory, the record of what an earlier run wrote.
//!
//! The same input gives the same manifest on every machine: it is sorted, has no times and no absolute paths, and digests ignore whether
//! lines end in LF or CR LF.

use super::{Inputs, RelPath};
use crate::digest::digest;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub const MANIFEST: &str = ".specwright.json";

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of specwright.
    specwright: String,
    /// The name of the API; missing in manifests of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api: Option<String>,
    /// Digest of each input file, by its path relative to the description's directory.
    inputs: Inputs,
    /// Digest of each written file.
    files: BTreeMap<String, String>,
    /// While files are moved into place, and after a run was killed meanwhile: other contents that a file may have, by digest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    changing: BTreeMap<String, BTreeSet<String>>,
}

impl Manifest {
    /// `files` are paths and digests.
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

    /// Parses a manifest. It may come from anywhere, so paths that lead out of the directory are rejected.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        let mut paths = manifest.files.keys().chain(manifest.changing.keys());
        match paths.find_map(|path| RelPath::new(path).err()) {
            Some(bad) => Err(bad.to_string()),
            None => Ok(manifest),
        }
    }

    /// The manifest for the time in which this one becomes `next`: the current files, and the contents that the `written` ones will have.
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

    /// The name of the API, if it is another one.
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

    /// Whether an earlier run wrote exactly this content.
    pub(super) fn wrote(&self, path: &RelPath, content: &[u8]) -> bool {
        let path = path.as_str();
        let found = digest(content);
        self.files.get(path) == Some(&found)
            || self
                .changing
                .get(path)
                .is_some_and(|may_hold| may_hold.contains(&found))
    }

    /// The written files with their digests.
    pub(super) fn files(&self) -> Vec<(RelPath, String)> {
        let files = self.files.iter();
        files
            .filter_map(|(path, digest)| Some((RelPath::new(path).ok()?, digest.clone())))
            .collect()
    }

    /// Every file that an earlier run wrote, or may have written when it was killed.
    pub(super) fn paths(&self) -> BTreeSet<RelPath> {
        let all = self.files.keys().chain(self.changing.keys());
        all.filter_map(|path| RelPath::new(path).ok()).collect()
    }
}
