//! The crate that a build script belongs to, as far as its source says something that generated code depends on.

use std::fs;
use std::path::{Path, PathBuf};

/// The files at the root of the package that a build script belongs to, as far as they exist.
pub(crate) fn crate_roots() -> Vec<PathBuf> {
    let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        return Vec::new();
    };
    let roots = ["src/lib.rs", "src/main.rs"].map(|root| package.join(root));
    roots.into_iter().filter(|root| root.is_file()).collect()
}

/// Whether the root of a crate sets a `recursion_limit`.
pub(crate) fn sets_limit(root: &Path) -> bool {
    let text = fs::read_to_string(root).unwrap_or_default();
    text.contains("#![recursion_limit")
}
