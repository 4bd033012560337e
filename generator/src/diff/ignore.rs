//! Exceptions: differences that are known and meant, with the reason why.
//!
//! In: a file in TOML. Out: a [`Diff`] without the findings that it names. A rule is named by its id; a place narrows it down to an operation
//! or to what is below a place.
//!
//! ```toml
//! [[ignore]]
//! rule = "optional-property-removed"
//! place = "GET /pets, response 200"
//! reason = "nobody has read it since 2024"
//! ```

use super::rules::ALL;
use super::{Diff, Finding};
use crate::diag::{Code, Diagnostics, Place};
use crate::source::{FileId, Sources, decode, disk, why_unread};
use crate::spelling::{did_you_mean, nearest};
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

/// An entry of the list of exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The id of a rule.
    pub rule: String,
    /// The place as findings say it, or its beginning; `None` for everywhere.
    pub place: Option<String>,
    /// Why the difference is meant.
    pub reason: String,
    /// The place of the entry in its file.
    at: Place,
}

/// A finding that an entry names.
#[derive(Debug, Clone)]
pub struct Ignored {
    pub finding: Finding,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    ignore: Vec<Spanned<RawIgnore>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIgnore {
    rule: Spanned<String>,
    place: Option<String>,
    reason: Spanned<String>,
}

impl Ignore {
    /// Reads a list of exceptions. Problems are pushed; `None` after errors.
    pub fn load(
        path: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Self>> {
        let code = match disk::read(path) {
            Ok(bytes) => match decode(bytes) {
                Some(text) => return Self::parse(path, text, sources, diagnostics),
                None => Code::NotUtf8,
            },
            Err(unread) => why_unread(path, &unread),
        };
        diagnostics.push(code, Place::Path(path.to_path_buf()));
        None
    }

    /// Parses a list of exceptions. Problems are pushed; `None` after errors.
    pub fn parse(
        path: &Path,
        text: String,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Self>> {
        let file = sources.add_text(path, text);
        let text = sources.text(file);
        let raw: RawFile = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let detail = error.message().trim().replace('\n', ", ");
                let at = place(file, text, error.span());
                diagnostics.push(Code::BadException { detail }, at);
                return None;
            }
        };
        let before = diagnostics.has_errors();
        let mut list = Vec::new();
        for entry in raw.ignore {
            let at = |span: Range<usize>| place(file, text, Some(span));
            let (whole, entry) = (entry.span(), entry.into_inner());
            let rule = entry.rule.get_ref();
            if !ALL.iter().any(|known| known.id == rule) {
                let meant = nearest(rule, ALL.iter().map(|rule| rule.id));
                let code = Code::UnknownRule {
                    rule: rule.clone(),
                    meant: did_you_mean(meant),
                };
                diagnostics.push(code, at(entry.rule.span()));
            }
            if entry.reason.get_ref().trim().is_empty() {
                let detail = "the reason is empty".to_owned();
                diagnostics.push(Code::BadException { detail }, at(entry.reason.span()));
            }
            list.push(Self {
                rule: entry.rule.into_inner(),
                place: entry.place,
                reason: entry.reason.into_inner(),
                at: at(whole),
            });
        }
        (before || !diagnostics.has_errors()).then_some(list)
    }

    /// Whether it names a finding.
    fn names(&self, finding: &Finding) -> bool {
        let within = |place: &String| {
            let all = finding.place();
            let rest = all.strip_prefix(place.as_str());
            // `GET /pets` doesn't name `GET /pets/{id}`.
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', '[', '{', '|']))
        };
        self.rule == finding.rule.id && self.place.as_ref().is_none_or(within)
    }
}

impl Diff {
    /// Sets the findings aside that are named. Entries that name none are reported.
    #[must_use]
    pub fn without(mut self, list: &[Ignore], diagnostics: &mut Diagnostics) -> Self {
        let mut used = vec![false; list.len()];
        let (mut findings, mut ignored) = (Vec::new(), self.ignored);
        for finding in self.findings {
            match list.iter().position(|entry| entry.names(&finding)) {
                Some(at) => {
                    used[at] = true;
                    let reason = list[at].reason.clone();
                    ignored.push(Ignored { finding, reason });
                }
                None => findings.push(finding),
            }
        }
        for (entry, _) in list.iter().zip(used).filter(|(_, used)| !used) {
            let rule = entry.rule.clone();
            diagnostics.push(Code::UnmatchedException { rule }, entry.at.clone());
        }
        (self.findings, self.ignored) = (findings, ignored);
        self
    }
}

/// The place of a span in a text.
fn place(file: FileId, text: &str, span: Option<Range<usize>>) -> Place {
    let before = span.and_then(|span| text.get(..span.start));
    let before = before.unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Place::Text {
        file,
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
    }
}
