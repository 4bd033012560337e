//! Places that messages point at.

use super::{FileId, Origin};
use std::path::PathBuf;

/// A place in the input that a message points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The value at an origin.
    Value(Origin),
    /// The key of the member at an origin.
    Key(Origin),
    /// A position in a text that couldn't be parsed. Line and column count from 1.
    Text {
        file: FileId,
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// A file that couldn't be read or written.
    Path(PathBuf),
    /// No particular place.
    Nowhere,
}

impl Place {
    /// The value at `origin`.
    #[must_use]
    pub fn value(origin: &Origin) -> Self {
        Self::Value(origin.clone())
    }

    /// The key at `origin`.
    #[must_use]
    pub fn key(origin: &Origin) -> Self {
        Self::Key(origin.clone())
    }
}
