//! Diagnostics: what is wrong with the input or was repaired, as data.
//!
//! In: codes with their data, pushed by every stage up to `plan`. Out: a list, and its renderings (terminal, JSON, GitHub annotations).
//! Knows places in files; knows nothing of OpenAPI or Rust beyond the words of its messages.

mod code;
mod levels;
mod pages;
pub mod render;

pub use crate::source::Place;
pub use code::{ALL, Code};
pub use levels::{Level, Levels, Lint};
pub use pages::{Page, page, pages};

use std::collections::HashSet;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Hidden by the user; only `report` counts it.
    Allowed,
    /// Information; not an error with `--strict`, only if its code is denied.
    Note,
    /// Something was repaired or dropped; the output is usable. `--strict` turns it into an error.
    Warning,
    /// Nothing is written.
    Error,
}

/// What a diagnostic means for the output; `report` counts by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Nothing is written because of it.
    Refused,
    /// A value has the type of any JSON although the schema has keywords.
    Fallback,
    /// Values that violate a constraint are accepted.
    LostConstraint,
    /// A part of the description is ignored.
    PassedOver,
    /// Something invalid was read as what it most likely means.
    Repair,
    /// Information; nothing is lost.
    Note,
}

/// A diagnostic of a run.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of the diagnostic, with its data.
    pub code: Code,
    /// The severity, given the code, the configured levels, and `--strict`.
    pub severity: Severity,
    /// The place in the input.
    pub place: Place,
    /// Related places, each with a short explanation.
    pub related: Vec<(Place, String)>,
}

/// What makes two messages of a code the same, so that only the first is kept.
#[derive(Debug, Clone, Copy)]
pub enum Same<'a> {
    /// The place.
    Place,
    /// A word of the message.
    Word(&'a str),
    /// Both.
    WordAtPlace(&'a str),
}

/// A sink for diagnostics, which every stage pushes to.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Messages added by [`push_once`](Self::push_once), by code and what makes them the same.
    said: HashSet<(&'static str, Option<Place>, Option<String>)>,
    strict: bool,
    levels: Levels,
}

impl Diagnostics {
    /// An empty sink; a `strict` one turns every warning into an error.
    #[must_use]
    pub fn new(strict: bool) -> Self {
        Self {
            strict,
            ..Self::default()
        }
    }

    /// Sets levels for some codes.
    #[must_use]
    pub fn with_levels(self, levels: Levels) -> Self {
        Self { levels, ..self }
    }

    /// The same errors and warnings.
    #[must_use]
    pub fn without_notes(&self) -> Self {
        let mut severe = self.clone();
        severe.list.retain(|one| one.severity >= Severity::Warning);
        severe
    }

    /// The configured levels.
    #[must_use]
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Adds a message.
    pub fn push(&mut self, code: Code, place: Place) {
        self.push_related(code, place, Vec::new());
    }

    /// Adds a message unless this method has added the same one before.
    pub fn push_once(&mut self, same: Same<'_>, code: Code, place: Place) {
        let (at, word) = match same {
            Same::Place => (true, None),
            Same::Word(word) => (false, Some(word)),
            Same::WordAtPlace(word) => (true, Some(word)),
        };
        let key = (
            code.id(),
            at.then(|| place.clone()),
            word.map(str::to_owned),
        );
        if self.said.insert(key) {
            self.push(code, place);
        }
    }

    /// Adds a message with related places.
    pub fn push_related(&mut self, code: Code, place: Place, related: Vec<(Place, String)>) {
        let severity = self.levels.severity(&code, self.strict);
        self.list.push(Diagnostic {
            code,
            severity,
            place,
            related,
        });
    }

    /// Whether there is an error, so that nothing can be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The messages, in the order they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Counts the messages of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
