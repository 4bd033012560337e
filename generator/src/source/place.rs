//! Where in what was read something is.

use super::{FileId, Origin};
use std::path::PathBuf;

/// A place that a message points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The value at a pointer.
    Value(Origin),
    /// The key of the member at a pointer.
    Key(Origin),
    /// A line and column of a text that could not be parsed; both count from 1.
    Text {
        /// The file.
        file: FileId,
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// A file that could not be read or written.
    Path(PathBuf),
    /// Nowhere in particular.
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
