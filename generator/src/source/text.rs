//! The text of one file, in memory only while somebody looks at it.
//!
//! A description is read once and its text then needed again for messages alone, if there are any: it is let go of, and read again
//! from where it stands.

use super::disk;
use super::load::decode;
use crate::digest::digest;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::sync::OnceLock;

/// A text, at hand or to be read again.
#[derive(Debug)]
pub(super) struct Text {
    held: OnceLock<String>,
    digest: String,
    /// What tells it from another that is read in its place later.
    mark: u64,
}

impl Text {
    pub(super) fn new(text: String) -> Self {
        Self {
            digest: digest(text.as_bytes()),
            mark: mark(&text),
            held: OnceLock::from(text),
        }
    }

    /// What [`digest`] says of the text.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// The text, which came from the file at `path`. Empty if that was changed or removed since: nothing could be found in it.
    pub(super) fn get(&self, path: &Path) -> &str {
        self.held.get_or_init(|| {
            let text = disk::read(path).ok().and_then(decode);
            let same = text.filter(|text| mark(text) == self.mark);
            same.unwrap_or_default()
        })
    }

    /// Lets go of the text, if it can be read again from `path`.
    pub(super) fn forget(&mut self, path: &Path) {
        if path.is_file() {
            self.held.take();
        }
    }
}

/// A hash of a text, at a fraction of the cost of its digest. Nothing depends on it but where messages point.
fn mark(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}
