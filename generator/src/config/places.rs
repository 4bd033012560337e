//! Where a configuration says something, for messages.

use crate::diag::Place;
use crate::source::{FileId, Position};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The place of a byte range.
pub(super) fn place(file: FileId, text: &str, span: Option<Range<usize>>) -> Place {
    let Position { line, column } = position(text, span);
    Place::Text { file, line, column }
}

pub(super) fn positions<T>(text: &str, entries: &[Spanned<T>]) -> Vec<Position> {
    let entries = entries.iter();
    entries
        .map(|entry| position(text, Some(entry.span())))
        .collect()
}

pub(super) fn keys<T>(text: &str, entries: &BTreeMap<Spanned<String>, T>) -> Vec<Position> {
    let keys = entries.keys();
    keys.map(|key| position(text, Some(key.span()))).collect()
}

fn position(text: &str, span: Option<Range<usize>>) -> Position {
    let before = span
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Position { line, column }
}
