//! What the last run has recorded of the description, to compare the next one with it.
//!
//! It is a file like any other that is written: listed in the manifest, moved into place with the rest, put back with the rest.

use super::RelPath;
use super::disk::{self, Found};
use super::manifest::{MANIFEST, Manifest};
use std::path::Path;

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
