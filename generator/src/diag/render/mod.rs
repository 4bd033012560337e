//! Renders diagnostics as text.
//!
//! In: diagnostics and the sources that they point into. Out: text for a terminal, for programs (JSON), or for GitHub annotations. The only
//! code that turns a place into a line and column. Prints nothing itself.

mod github;
mod json;
mod terminal;
#[cfg(test)]
mod tests;

use super::{Diagnostic, Diagnostics, Place, Severity};
pub use crate::hidden::printable;
use crate::source::Sources;
use std::path::Path;

/// The format of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, with an excerpt of the source.
    #[default]
    Human,
    /// One JSON object per line.
    Json,
    /// GitHub's workflow commands, one per line; GitHub shows them next to the changed lines of a pull request.
    Github,
}

/// How many messages of a code people see; the others are counted.
const SHOWN: usize = 3;

/// Renders every message that isn't allowed. For people, the messages of one code are grouped, and truncated if there are many.
#[must_use]
pub fn render(
    diagnostics: &Diagnostics,
    sources: &Sources,
    format: Format,
    colour: bool,
) -> String {
    let lines = |line: fn(&Diagnostic, &Sources) -> String| {
        let loud = loud(diagnostics);
        loud.map(|diagnostic| line(diagnostic, sources)).collect()
    };
    match format {
        Format::Human => human(diagnostics, sources, colour, SHOWN),
        Format::Json => lines(json::render),
        Format::Github => lines(github::render),
    }
}

/// Like [`render`] for people, with all messages of each code.
#[must_use]
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, colour: bool) -> String {
    human(diagnostics, sources, colour, usize::MAX)
}

fn loud(diagnostics: &Diagnostics) -> impl Iterator<Item = &Diagnostic> {
    let all = diagnostics.iter();
    all.filter(|diagnostic| diagnostic.severity > Severity::Allowed)
}

/// The most severe messages come last, where people look first.
fn human(diagnostics: &Diagnostics, sources: &Sources, colour: bool, shown: usize) -> String {
    let mut groups: Vec<(&str, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in loud(diagnostics) {
        let code = diagnostic.code.id();
        match groups.iter_mut().find(|(id, _)| *id == code) {
            Some((_, group)) => group.push(diagnostic),
            None => groups.push((code, vec![diagnostic])),
        }
    }
    groups.sort_by_key(|(_, group)| group[0].severity);
    let mut out = String::new();
    for (code, group) in groups {
        for diagnostic in group.iter().take(shown) {
            out.push_str(&terminal::render(diagnostic, sources, colour));
        }
        if let Some(more) = group.len().checked_sub(shown).filter(|more| *more > 0) {
            out.push_str(&terminal::more(code, group[0].severity, more, colour));
        }
    }
    out
}

/// The name of a severity, the same in every format.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
        Severity::Allowed => "allowed",
    }
}

/// The position of a place.
struct Spot<'s> {
    path: &'s Path,
    /// Line, column and length of the text to mark, and the line itself.
    text: Option<(usize, usize, usize, &'s str)>,
    /// The JSON pointer, in lines that are too long to find a column in.
    pointer: Option<String>,
}

/// The longest line, in characters, in which people find a column: a line among others, and a line that is the whole file.
const COUNTABLE: (usize, usize) = (1000, 120);

impl<'s> Spot<'s> {
    fn of(place: &'s Place, sources: &'s Sources) -> Option<Self> {
        if let Some((file, position, length)) = sources.locate(place) {
            let line = sources.line(file, position.line);
            let is_whole = position.line == 1 && sources.line(file, 2).is_empty();
            let (among_others, whole) = COUNTABLE;
            let countable = if is_whole { whole } else { among_others };
            let long = line.chars().nth(countable).is_some();
            let pointer = if long { sources.pointer(place) } else { None };
            return Some(Self {
                path: sources.path(file),
                text: Some((position.line, position.column, length, line)),
                pointer: pointer.map(|pointer| printable(&pointer.to_string())),
            });
        }
        let path = match place {
            Place::Path(path) => path,
            Place::Value(origin) | Place::Key(origin) => sources.path(sources.written(origin).file),
            Place::Text { file, .. } => sources.path(*file),
            Place::Nowhere => return None,
        };
        Some(Self {
            path,
            text: None,
            pointer: None,
        })
    }

    fn line(&self) -> Option<usize> {
        self.text.map(|(line, ..)| line)
    }

    fn column(&self) -> Option<usize> {
        self.text.map(|(_, column, ..)| column)
    }

    fn path(&self) -> String {
        printable(&self.path.to_string_lossy())
    }
}
