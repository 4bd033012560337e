//! Diagnostics → text.
//!
//! In: diagnostics and the sources they point into. Out: text for a terminal, for a program (JSON), or for the
//! annotations of GitHub's checks. The only code that turns a place into a line and column. Prints nothing itself.

mod github;
mod json;
mod terminal;
#[cfg(test)]
mod tests;

use super::{Diagnostics, Place, Severity};
use crate::source::Sources;
use std::collections::BTreeMap;
use std::path::Path;

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, with an excerpt of the source.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// GitHub's workflow commands, one a line, which it shows beside the changed lines of a pull request.
    Github,
}

/// Messages of one code that people are shown; the rest is counted.
const SHOWN: usize = 10;

/// Renders every message; for people, many of one code are cut short.
#[must_use]
pub fn render(
    diagnostics: &Diagnostics,
    sources: &Sources,
    format: Format,
    colour: bool,
) -> String {
    match format {
        Format::Human => human(diagnostics, sources, colour),
        Format::Json => diagnostics
            .iter()
            .map(|diagnostic| json::render(diagnostic, sources))
            .collect(),
        Format::Github => diagnostics
            .iter()
            .map(|diagnostic| github::render(diagnostic, sources))
            .collect(),
    }
}

fn human(diagnostics: &Diagnostics, sources: &Sources, colour: bool) -> String {
    let mut out = String::new();
    let mut seen: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    for diagnostic in diagnostics {
        let (count, _) = seen
            .entry(diagnostic.code.id())
            .or_insert((0, diagnostic.severity));
        *count += 1;
        if *count <= SHOWN {
            out.push_str(&terminal::render(diagnostic, sources, colour));
        }
    }
    for (code, (count, severity)) in seen.into_iter().filter(|(_, (count, _))| *count > SHOWN) {
        out.push_str(&terminal::more(code, severity, count - SHOWN, colour));
    }
    out
}

/// A place, found.
struct Spot<'s> {
    path: &'s Path,
    /// Line, column and length of the marked text, and the line itself.
    text: Option<(usize, usize, usize, &'s str)>,
}

impl<'s> Spot<'s> {
    fn of(place: &'s Place, sources: &'s Sources) -> Option<Self> {
        if let Some((file, position, length)) = sources.locate(place) {
            let line = sources.line(file, position.line);
            return Some(Self {
                path: sources.path(file),
                text: Some((position.line, position.column, length, line)),
            });
        }
        let path = match place {
            Place::Path(path) => path,
            Place::Value(origin) | Place::Key(origin) => sources.path(origin.file),
            Place::Text { file, .. } => sources.path(*file),
            Place::Nowhere => return None,
        };
        Some(Self { path, text: None })
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

/// Text from a document or a path, made safe to print: what would steer a terminal or reorder its text is spelt out.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, and those that change the direction of text or can't be seen.
fn steers(c: char) -> bool {
    let invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_control() || invisible
}
