//! Writes differences as text: for people, for programs, as a changelog, and for what shows the results of checks.

mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

use super::{Diff, Finding, Wire};
use crate::ir::Direction;
use crate::source::{Origin, Place, Sources};
use std::fmt::Write;

/// The form of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, the most severe differences last.
    Human,
    /// One JSON object per line, the verdicts last.
    Json,
    /// GitHub's workflow commands: annotations in the new description.
    Github,
    /// A changelog in Markdown.
    Markdown,
    /// The XML of `JUnit`: a test case for each difference, which fails if it breaks something.
    Junit,
    /// SARIF 2.1.0.
    Sarif,
}

/// A description as results name it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The name as the user gave it.
    pub name: &'a str,
    /// What precedes the paths of its files: `git:main:`, or nothing.
    pub prefix: &'a str,
    pub sources: &'a Sources,
}

/// Writes the differences between an old and a new description. `fails` says which of them are failures for `JUnit`.
#[must_use]
pub fn render(
    diff: &Diff,
    inputs: [Input<'_>; 2],
    format: Format,
    fails: &dyn Fn(&Finding) -> bool,
) -> String {
    match format {
        Format::Human => human::render(diff, inputs),
        Format::Json => json::render(diff, inputs),
        Format::Github => github::render(diff, inputs),
        Format::Markdown => markdown::render(diff, inputs),
        Format::Junit => junit::render(diff, inputs, fails),
        Format::Sarif => sarif::render(diff, inputs),
    }
}

/// A position in a file.
struct Spot {
    path: String,
    line: Option<usize>,
    column: Option<usize>,
}

impl Input<'_> {
    fn spot(&self, origin: &Origin) -> Spot {
        let found = self.sources.position(&Place::Value(origin.clone()));
        let path = self
            .sources
            .path(self.sources.written(origin).file)
            .to_string_lossy();
        Spot {
            path: format!("{}{}", self.prefix, path.replace('\\', "/")),
            line: found.map(|(_, position)| position.line),
            column: found.map(|(_, position)| position.column),
        }
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

/// The direction in a word.
fn direction(finding: &Finding) -> Option<&'static str> {
    finding.direction.map(|direction| match direction {
        Direction::Request => "request",
        Direction::Response => "response",
    })
}

/// How many differences there are, in a sentence, and the verdicts.
fn summary(diff: &Diff) -> String {
    let Some(verdict) = diff.verdict() else {
        return match diff.ignored.len() {
            0 => "no differences".to_owned(),
            count => format!("no differences but {count} that {}", are_ignored(count)),
        };
    };
    let count = diff.findings.len();
    let noun = if count == 1 {
        "difference"
    } else {
        "differences"
    };
    let mut text = format!("{count} {noun}: ");
    for wire in Wire::ALL.iter().rev() {
        let _ = write!(text, "{} {wire}, ", diff.count(*wire));
    }
    let _ = write!(
        text,
        "on the wire; in Rust {} for types and client, {} for the server",
        verdict.client, verdict.server
    );
    if !diff.ignored.is_empty() {
        let count = diff.ignored.len();
        let _ = write!(text, "; {count} more {}", are_ignored(count));
    }
    text.replace(", on the wire", " on the wire")
}

fn are_ignored(count: usize) -> &'static str {
    if count == 1 {
        "is ignored"
    } else {
        "are ignored"
    }
}

/// Escapes text for XML.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Nothing else below a space is allowed in XML 1.0 (section 2.2).
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
