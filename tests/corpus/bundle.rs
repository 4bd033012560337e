//! Whether the same code comes of a description in several files and of its bundle.

use crate::documents::Document;
use crate::outcome::{bundled, crates};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Code without documentation: what the place of a definition is called in is not the same.
fn code(crates: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<&str>> {
    let code = crates.iter().map(|(path, text)| {
        let lines = text.lines().map(str::trim);
        let lines =
            lines.filter(|line| !line.starts_with("//") && *line != "#[allow(missing_docs)]");
        (path.as_str(), lines.collect())
    });
    code.collect()
}

/// Bundles each description in several files, and compares what comes of both.
pub(crate) fn check(documents: &[Document]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bundled");
    fs::create_dir_all(&folder).unwrap();
    for document in documents
        .iter()
        .filter(|one| one.name.starts_with("multifile/"))
    {
        let Some(before) = crates(&document.path, &document.path) else {
            continue; // It is broken, or a part of another.
        };
        let written = folder.join("openapi.yaml");
        fs::write(&written, bundled(&document.path)).unwrap();
        let after = crates(&written, &document.path).unwrap();
        assert!(code(&before) == code(&after), "{} differs", document.name);
    }
}
