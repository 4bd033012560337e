//! Finds the documents of the corpus.

use std::fs;
use std::path::{Path, PathBuf};

/// A self-contained document, as opposed to a part of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Document {
    /// Size of its entry. The biggest come first, so that none of them is left at the end.
    size: std::cmp::Reverse<u64>,
    /// The path relative to the corpus, with `/` as separator.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl Document {
    /// The size of its entry.
    pub(crate) fn bytes(&self) -> u64 {
        self.size.0
    }
}

/// Every document of the corpus; `None` if there is no corpus.
pub(crate) fn all() -> Option<Vec<Document>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    let document = |path: PathBuf| Document {
        size: std::cmp::Reverse(size(&path)),
        name: path
            .strip_prefix(&folder)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/"),
        path,
    };
    let mut documents: Vec<_> = paths.into_iter().map(document).collect();
    documents.sort();
    assert!(documents.len() > 100, "{} holds few", folder.display());
    Some(documents)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if !path.is_dir() {
            found.extend(is_document(&path).then_some(path));
        } else if path.file_name().is_some_and(|name| name == "multifile") {
            // In each directory the entry is at the top level.
            let folders = entries(&path).into_iter().filter(|path| path.is_dir());
            let files = folders.flat_map(|folder| entries(&folder));
            found.extend(files.filter(|path| is_document(path)));
        } else {
            collect(&path, found);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn is_document(path: &Path) -> bool {
    let known = |extension: &std::ffi::OsStr| {
        ["yaml", "yml", "json"]
            .iter()
            .any(|known| extension == *known)
    };
    path.is_file() && path.extension().is_some_and(known)
}

/// The entry of a description in many files is small, but its parts aren't.
fn size(path: &Path) -> u64 {
    if path
        .components()
        .any(|part| part.as_os_str() == "multifile")
    {
        return u64::MAX;
    }
    fs::metadata(path).unwrap().len()
}
