//! What comes of a run: its messages, and what was written or why nothing was.

use super::last::Changes;
use crate::diag::render::{Format, printable, render};
use crate::diag::{Diagnostics, Severity};
use crate::source::Sources;
use std::fmt;
use std::path::PathBuf;

/// The result of generating an API.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The name of the API.
    pub name: String,
    /// The directory that it was written to.
    pub out: PathBuf,
    /// The directory of the package with the support code, if APIs share one. Its files are among those below.
    pub runtime: Option<PathBuf>,
    /// Number of operations in client and server.
    pub operations: usize,
    /// Number of named types.
    pub types: usize,
    /// The package to start with and its directory: the client, else the server, else the types; `None` for modules.
    pub begin_with: Option<(String, PathBuf)>,
    /// The cargo features that the generated code uses.
    pub features: Vec<&'static str>,
    /// Files that were created or changed, relative to `out`.
    pub written: Vec<PathBuf>,
    /// Files that aren't generated any more and were deleted, relative to `out`.
    pub removed: Vec<PathBuf>,
    /// Number of files that were up to date.
    pub unchanged: usize,
    /// The titles of all warnings.
    pub warnings: Vec<String>,
}

/// The error of a run that wrote nothing. It displays as the messages with their excerpts.
pub struct Failed {
    messages: String,
}

/// A finished run: its messages, and its outcome.
pub struct Run<T> {
    #[doc(hidden)]
    pub sources: Sources,
    /// Messages about the description and the output directory.
    pub diagnostics: Diagnostics,
    /// The outcome; `None` if there were errors.
    pub outcome: Option<T>,
    /// What the description has changed since the last run; `None` if nothing, or if there was none.
    #[doc(hidden)]
    pub changes: Option<Changes>,
}

impl<T> Run<T> {
    /// Renders the diagnostics for a terminal or a program. `Human` includes excerpts of the description, without colours.
    #[must_use]
    pub fn messages(&self, format: Format) -> String {
        render(&self.diagnostics, &self.sources, format, false)
    }

    pub(super) fn finished(self) -> Result<T, Failed> {
        let messages = match self.outcome {
            Some(outcome) => return Ok(outcome),
            None => self.messages(Format::Human),
        };
        Err(Failed { messages })
    }
}

/// The titles of the warnings.
pub(super) fn warnings(diagnostics: &Diagnostics) -> Vec<String> {
    let warnings = diagnostics
        .iter()
        .filter(|one| one.severity == Severity::Warning);
    warnings.map(|one| printable(&one.code.title())).collect()
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.messages.trim_end())
    }
}

/// Like `Display`, so that `unwrap()` in a build script prints readable messages.
impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}\n")
    }
}

impl std::error::Error for Failed {}
