//! What went wrong or was repaired, as data.
//!
//! In: codes with their data, pushed by every stage up to `plan`. Out: a list, and its renderings
//! (terminal, JSON, GitHub annotations). Knows places in files; knows nothing of OpenAPI or Rust beyond the words of
//! its messages.

mod code;
mod levels;
pub mod render;

pub use crate::source::Place;
pub use code::{ALL, Code};
pub use levels::{Level, Levels, Lint};

use std::collections::HashSet;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The user wants to hear nothing of it; only `report` counts it.
    Allowed,
    /// Good to know; never an error, however strict the run is.
    Note,
    /// Something was repaired or left out; the output is usable. `--strict` turns it into an error.
    Warning,
    /// Nothing is written.
    Error,
}

/// What a message means for the worth of the output; `report` counts by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Nothing is written because of it.
    Refused,
    /// A value is passed on as any JSON although the description says more.
    Fallback,
    /// Values that break a constraint are let through.
    LostConstraint,
    /// A part of the description that has no counterpart in the output.
    PassedOver,
    /// Something wrong was read as what it most likely means.
    Repair,
    /// Good to know; nothing is lost.
    Note,
}

/// One message of a run.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What it is.
    pub code: Code,
    /// How bad it is; from the code, the levels that were chosen, and `--strict`.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// Other places that matter, each with a few words.
    pub related: Vec<(Place, String)>,
}

/// What makes a message of a code the same as another, where only the first is worth saying.
#[derive(Debug, Clone, Copy)]
pub enum Same<'a> {
    /// Its place.
    Place,
    /// What it is about.
    Word(&'a str),
    /// Both.
    WordAtPlace(&'a str),
}

/// The sink that every stage pushes to.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// What [`push_once`](Self::push_once) has been told: the code, and what makes messages of it the same.
    said: HashSet<(&'static str, Option<Place>, Option<String>)>,
    strict: bool,
    levels: Levels,
}

impl Diagnostics {
    /// An empty sink; a `strict` one takes every warning for an error.
    #[must_use]
    pub fn new(strict: bool) -> Self {
        Self {
            strict,
            ..Self::default()
        }
    }

    /// The same with levels for some codes.
    #[must_use]
    pub fn with_levels(self, levels: Levels) -> Self {
        Self { levels, ..self }
    }

    /// The levels that were chosen.
    #[must_use]
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Adds a message.
    pub fn push(&mut self, code: Code, place: Place) {
        self.push_related(code, place, Vec::new());
    }

    /// Adds a message unless the same has been added by this function.
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

    /// Adds a message that has to do with other places too.
    pub fn push_related(&mut self, code: Code, place: Place, related: Vec<(Place, String)>) {
        let severity = self.levels.severity(&code, self.strict);
        self.list.push(Diagnostic {
            code,
            severity,
            place,
            related,
        });
    }

    /// Whether anything forbids writing.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The messages, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many messages of this severity there are.
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
