//! Writes text to the disk.
//!
//! In: the text of every file, each as soon as it is printed. Out: a directory that contains exactly these files, and a list of the
//! changes. The only writer of the project. Doesn't know what the texts mean, nor diagnostics: callers turn [`Problem`]s into those.

#[cfg(feature = "cli")]
mod cache;
#[cfg(feature = "cli")]
mod dependencies;
mod disk;
mod format;
mod last;
mod lock;
mod manifest;
mod project;
mod single;
mod sync;
#[cfg(test)]
mod tests;

#[cfg(feature = "cli")]
pub use cache::{Cache, program};
#[cfg(feature = "cli")]
pub use dependencies::{add_dependencies, add_requirements};
pub use format::{NOT_RUST, format};
pub use last::{DESCRIPTION, last_description, recorded_files};
pub use lock::OnWait;
pub use manifest::MANIFEST;
pub use project::{add, text_of};
pub use single::single;
pub use sync::{Checker, Problem, StaleFile, Synced, Writer, sync};

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// The text of a file, in the pieces in which it was printed. They are never joined: the text of the largest file is much of all that is in
/// memory.
#[derive(Debug, Clone, Default)]
pub struct Text(Vec<String>);

impl Text {
    /// Of pieces, none of which ends between CR and LF.
    fn of(pieces: Vec<String>) -> Self {
        Self(pieces)
    }

    fn pieces(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(String::as_str)
    }

    fn bytes(&self) -> impl Iterator<Item = &[u8]> + Clone {
        self.pieces().map(str::as_bytes)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0.concat()
    }
}

/// Texts to write, by path.
#[derive(Debug, Clone, Default)]
pub struct Files {
    texts: BTreeMap<RelPath, String>,
    paths: Paths,
}

impl Files {
    /// Adds a file. Fails if the path isn't valid for a generated file, or was added before (compared without case, for file systems that
    /// ignore it).
    pub fn insert(&mut self, path: &str, text: impl Into<String>) -> Result<(), BadPath> {
        self.texts.insert(self.paths.add(path)?, text.into());
        Ok(())
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&RelPath, &str)> {
        self.texts.iter().map(|(path, text)| (path, text.as_str()))
    }

    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// Digests of the input texts, by path.
pub type Inputs = BTreeMap<String, String>;

/// The paths so far, as seen by a file system that ignores case.
#[derive(Debug, Clone, Default)]
struct Paths(BTreeSet<String>);

impl Paths {
    fn add(&mut self, path: &str) -> Result<RelPath, BadPath> {
        let path = RelPath::new(path)?;
        if self.0.insert(path.0.to_lowercase()) {
            return Ok(path);
        }
        Err(BadPath {
            path: path.0,
            reason: "it is there already",
        })
    }
}

/// A path below the output directory, `/` between its parts, that is valid on every file system and can't lead out of the directory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

impl RelPath {
    /// Fails if the path is absolute, leads out of the directory, or has a special meaning on some system.
    pub fn new(path: &str) -> Result<Self, BadPath> {
        let reason = path.split('/').find_map(bad_part);
        let reason = reason.or_else(|| (path.len() > 400).then_some("it is too long"));
        match reason.or_else(|| is_ours(path).then_some("it is specwright's own")) {
            Some(reason) => Err(BadPath {
                path: path.to_owned(),
                reason,
            }),
            None => Ok(Self(path.to_owned())),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Joins the path to a directory.
    #[must_use]
    pub fn below(&self, folder: &Path) -> PathBuf {
        self.0
            .split('/')
            .fold(folder.to_path_buf(), |path, part| path.join(part))
    }
}

impl std::borrow::Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a path is that of the manifest or of the staging directory.
fn is_ours(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    [MANIFEST, disk::STAGING]
        .iter()
        .any(|ours| first.eq_ignore_ascii_case(ours))
}

/// Why a component of a path can't be used, if so.
fn bad_part(part: &str) -> Option<&'static str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = matches!(
        stem.as_bytes(),
        [b'c', b'o', b'm', b'0'..=b'9'] | [b'l', b'p', b't', b'0'..=b'9']
    );
    if part.is_empty() || part == "." || part == ".." {
        Some("it is outside of the output directory")
    } else if part
        .chars()
        .any(|c| c.is_control() || "\\:*?\"<>|".contains(c))
    {
        Some("it holds a character that file systems give a meaning")
    } else if part.ends_with(['.', ' ']) {
        Some("Windows drops a dot or space at the end")
    } else if DEVICES.contains(&stem.as_str()) || numbered {
        Some("Windows takes it for a device")
    } else if part.len() > 120 {
        Some("it is too long")
    } else {
        None
    }
}

/// A path that no generated file may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPath {
    pub path: String,
    pub reason: &'static str,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no file can be written to {:?}: {}",
            self.path, self.reason
        )
    }
}

impl std::error::Error for BadPath {}
