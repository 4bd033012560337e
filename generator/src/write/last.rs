//! What the last run has recorded: of the description, to compare the next one with it, and of files.
//!
//! It is a file like any other that is written: listed in the manifest, moved into place with the rest, put back with the rest.

use super::RelPath;
use super::disk::{self, Found};
use super::manifest::{MANIFEST, Manifest};
use crate::digest::digest;
use std::path::{Path, PathBuf};

/// The description as one normalised document, with the version of the packages that were made of it.
pub const DESCRIPTION: &str = ".specwright.api.json";

/// The text of [`DESCRIPTION`] that the last run wrote for `api` below `out`. `None` if there is none, if it is of another API, or if it
/// isn't as it was written.
#[must_use]
pub fn last_description(out: &Path, api: &str) -> Option<String> {
    let text = |name| match disk::look(out, name) {
        Ok(Found::File(content)) => Some(content),
        Ok(Found::Nothing | Found::Folder(_) | Found::Other(_)) | Err(_) => None,
    };
    let manifest = Manifest::parse(&text(MANIFEST)?).ok()?;
    if manifest.of_another(api).is_some() {
        return None;
    }
    let content = text(DESCRIPTION)?;
    let path = RelPath::new(DESCRIPTION).ok()?;
    let text = manifest
        .wrote(&path, &content)
        .then(|| String::from_utf8(content))?;
    Some(text.ok()?.replace("\r\n", "\n"))
}

/// The files that the last run wrote below `out`, and its manifest, each with its digest.
#[must_use]
pub fn recorded_files(out: &Path) -> Vec<(PathBuf, String)> {
    let Ok(Found::File(content)) = disk::look(out, MANIFEST) else {
        return Vec::new();
    };
    let files = Manifest::parse(&content).map(|manifest| manifest.files());
    let mut files: Vec<_> = files
        .unwrap_or_default()
        .into_iter()
        .map(|(path, digest)| (path.below(out), digest))
        .collect();
    files.push((out.join(MANIFEST), digest(&content)));
    files
}
