//! The result of validation. Needs no other file.

use std::fmt;

/// A violated constraint.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Violation {
    /// The JSON pointer of the value (RFC 6901), empty for the root. A very long one is truncated and ends with `…`.
    pub pointer: String,
    /// The problem, such as `must have at least 1 item`. It never contains the value.
    pub message: String,
}

impl Violation {
    /// Creates a violation at a JSON pointer.
    #[must_use]
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}

/// The violated constraints of a value; at least one.
///
/// If there are very many, only the first are kept, at most [`Violations::LIMIT`] that fit into a few KiB, so that no input can cause a
/// large response. [`Violations::total`] counts all of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Violations {
    pub(crate) list: Vec<Violation>,
    pub(crate) more: usize,
}

impl Violations {
    /// The greatest number of violations that are kept.
    pub const LIMIT: usize = 100;

    /// The greatest total length of their pointers and messages, as JSON in bytes.
    pub(crate) const BYTES: usize = 8 << 10;

    /// Iterates over the violations that were kept, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Number of violated constraints, including those that weren't kept.
    #[must_use]
    pub fn total(&self) -> usize {
        self.list.len() + self.more
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for Violations {}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = std::slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
