//! The text of a file, in memory only while it is needed.
//!
//! A text is parsed once and afterwards only needed for messages. It is dropped after parsing, and read again for the first message.

use super::disk;
use super::load::decode;
use crate::digest::digest;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::sync::OnceLock;

/// A text, in memory or to be read again.
#[derive(Debug)]
pub(super) struct Text {
    held: OnceLock<String>,
    digest: String,
    /// Tells whether the file has changed when it is read again.
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

    /// The [`digest`] of the text.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// The text of the file at `path`. Empty if the file was changed or removed since, as no position would be right.
    pub(super) fn get(&self, path: &Path) -> &str {
        self.held.get_or_init(|| {
            let text = disk::read(path).ok().and_then(decode);
            let same = text.filter(|text| mark(text) == self.mark);
            same.unwrap_or_default()
        })
    }

    /// Whether a text is the same.
    pub(super) fn is(&self, text: &str) -> bool {
        mark(text) == self.mark
    }

    /// Drops the text if it can be read again from `path`.
    pub(super) fn forget(&mut self, path: &Path) {
        if path.is_file() {
            self.held.take();
        }
    }
}

/// A fast hash of a text. It only decides whether messages can show an excerpt.
fn mark(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}
