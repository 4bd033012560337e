//! What validation found. Needs no other file.

use std::fmt;

/// One broken constraint.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Violation {
    /// Where the value is: a JSON pointer (RFC 6901), empty for the whole. A very long one is cut, and ends with `…`.
    pub pointer: String,
    /// What is wrong with it, for example `must have at least 1 item`. The value itself is never repeated.
    pub message: String,
}

impl Violation {
    /// A violation at a JSON pointer.
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

/// Every broken constraint of a value; at least one.
///
/// Of a value with very many broken constraints only the first are kept, [`Violations::LIMIT`] at most and those that fit into a
/// few KiB, so that no input can cause a large response. [`Violations::total`] counts all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Violations {
    pub(crate) list: Vec<Violation>,
    pub(crate) more: usize,
}

impl Violations {
    /// How many violations are kept at most.
    pub const LIMIT: usize = 100;

    /// How many bytes their pointers and messages have at most, in JSON.
    pub(crate) const BYTES: usize = 8 << 10;

    /// The violations, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// How many constraints are broken, with those that weren't kept.
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
