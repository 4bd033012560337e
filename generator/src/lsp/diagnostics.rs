//! Messages as editors show them, by the file that they are about.

use super::positions::{Columns, Encoding};
use crate::diag::{Code, Diagnostics, Place, Severity};
use crate::source::{FileId, Sources};
use gen_lsp_types::{Position, Range};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) range: Range,
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    /// What is wrong, and what to do.
    pub(super) text: String,
    pub(super) related: Vec<(PathBuf, Range, String)>,
}

/// Messages by the canonical path of their file.
pub(super) type ByFile = BTreeMap<PathBuf, Vec<Found>>;

/// Collects messages.
pub(super) struct Collector<'a> {
    sources: &'a Sources,
    encoding: Encoding,
    /// The file of messages that aren't about any in particular.
    home: &'a Path,
    columns: HashMap<FileId, Columns>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(sources: &'a Sources, home: &'a Path, encoding: Encoding) -> Self {
        Self {
            sources,
            encoding,
            home,
            columns: HashMap::new(),
        }
    }

    /// Adds all messages that aren't allowed.
    pub(super) fn add(&mut self, diagnostics: &Diagnostics, found: &mut ByFile) {
        let loud = diagnostics.iter();
        let loud = loud.filter(|one| one.severity > Severity::Allowed);
        for one in loud {
            self.push(&one.code, one.severity, (&one.place, &one.related), found);
        }
    }

    /// Adds what is wrong with files that weren't read.
    pub(super) fn add_broken(&mut self, found: &mut ByFile) {
        for (code, place) in self.sources.broken() {
            self.push(code, Severity::Error, (place, &[]), found);
        }
    }

    fn push(
        &mut self,
        code: &Code,
        severity: Severity,
        (place, related): (&Place, &[(Place, String)]),
        found: &mut ByFile,
    ) {
        let (path, range) = self.at(place);
        let related = related.iter().map(|(place, words)| {
            let (path, range) = self.at(place);
            (path, range, words.clone())
        });
        let message = Found {
            range,
            severity,
            code: code.id(),
            text: format!("{}\nhelp: {}", code.title(), code.help()),
            related: related.collect(),
        };
        let list = found.entry(path).or_default();
        if !list.contains(&message) {
            list.push(message);
        }
    }

    fn at(&mut self, place: &Place) -> (PathBuf, Range) {
        if let Some((file, position, length)) = self.sources.locate(place) {
            let (sources, encoding) = (self.sources, self.encoding);
            let columns = self.columns.entry(file);
            let columns = columns.or_insert_with(|| Columns::of(sources.text(file), encoding));
            let (line, column) = (position.line.saturating_sub(1), position.column.max(1) - 1);
            let range = Range {
                start: columns.position(line, column),
                end: columns.position(line, column + length),
            };
            return (absolute(self.sources.actual(file)), range);
        }
        let path = match place {
            Place::Value(origin) | Place::Key(origin) => {
                let file = self.sources.written(origin).file;
                self.sources.actual(file).to_path_buf()
            }
            Place::Text { file, .. } => self.sources.actual(*file).to_path_buf(),
            Place::Path(path) if path.is_file() => path.clone(),
            Place::Path(_) | Place::Nowhere => self.home.to_path_buf(),
        };
        (absolute(&path), beginning())
    }
}

/// The canonical path of a file; one that is only in the editor has its own.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The first character.
fn beginning() -> Range {
    let at = |character| Position { line: 0, character };
    Range {
        start: at(0),
        end: at(1),
    }
}
