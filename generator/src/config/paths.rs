//! Paths in configurations and manifests.

use std::path::{Component, Path, PathBuf};

/// The path that leads from a directory to a file, as it is written in a configuration in that directory.
#[must_use]
pub fn way(folder: &Path, file: &Path) -> String {
    match std::env::current_dir() {
        Ok(here) => from(&join(&here, folder), &join(&here, file)),
        Err(_) => from(folder, file),
    }
}

/// Whether two paths lead to the same existing file.
#[must_use]
pub fn is_same(a: &Path, b: &Path) -> bool {
    let actual = |path: &Path| path.canonicalize().ok();
    actual(a).is_some_and(|a| actual(b) == Some(a))
}

/// The relative path from a directory to a path, if both are relative or both absolute; else the absolute path.
pub(super) fn from(folder: &Path, path: &Path) -> String {
    let way = if folder.is_absolute() == path.is_absolute() {
        let shared = folder.components().zip(path.components());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let up = folder
            .components()
            .skip(shared)
            .map(|_| Component::ParentDir);
        up.chain(path.components().skip(shared)).collect()
    } else {
        std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
    };
    // Manifests use `/` on every system.
    let parts = way
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let parts: Vec<_> = parts.collect();
    parts.join("/").replace("//", "/")
}

/// Joins paths, resolving each `..` lexically.
pub(super) fn join(folder: &Path, path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in folder.join(path).components() {
        let last = out.components().next_back();
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
