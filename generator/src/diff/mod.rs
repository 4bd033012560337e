//! Lists every difference between two descriptions of an API, and what it breaks.
//!
//! In: two [`Api`]s, the old one and the new one. Out: a [`Diff`]: findings, each with its [`Rule`], its place in both files and two
//! verdicts, on the wire and in Rust. A request is what the API takes and so may get wider, a response is what it gives and so may get
//! narrower. Pairs of types are walked once for each direction, so that the cost is linear and recursive schemas end. Doesn't know documents,
//! and of Rust no more than the table in `rules.rs`.

mod bodies;
mod choices;
mod ignore;
mod keywords;
mod objects;
mod operations;
mod parameters;
mod render;
mod responses;
mod rules;
mod security;
#[cfg(test)]
mod tests;
mod told;
mod types;
mod values;
mod walk;

pub use ignore::{Ignore, Ignored};
pub use render::{Format, Input, render};
pub use rules::{ALL, Bump, Rule, Wire};

use crate::ir::{Api, Direction};
use crate::source::Origin;

/// The differences between two descriptions.
#[derive(Debug, Clone, Default)]
pub struct Diff {
    /// The differences, in the order of the old description; what only the new one has comes last.
    pub findings: Vec<Finding>,
    /// The differences that an entry of the list of exceptions names, with its reason.
    pub ignored: Vec<Ignored>,
}

/// A difference.
#[derive(Debug, Clone)]
pub struct Finding {
    pub rule: &'static Rule,
    /// Who sends what differs; `None` if it isn't sent.
    pub direction: Option<Direction>,
    /// The operation in which it was met first: `GET /pets`; empty if it is of the API as a whole.
    pub operation: String,
    /// The part of the operation or the API: `response 200`, `parameter limit`, `schema Pet`.
    pub part: String,
    /// The path from there: `.items[].name`.
    pub at: String,
    /// What the old description has there, in words.
    pub before: Option<String>,
    /// What the new description has there.
    pub after: Option<String>,
    /// The place in the old description, or the place of what would hold it.
    pub old: Origin,
    /// The place in the new description.
    pub new: Origin,
    /// The verdict on the wire.
    pub wire: Wire,
}

/// The most severe verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub wire: Wire,
    /// For the crates of types and client.
    pub client: Bump,
    /// For the server crate.
    pub server: Bump,
}

impl Diff {
    /// The most severe verdicts of all findings; `None` if there are none.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        Some(Verdict {
            wire: self.findings.iter().map(|one| one.wire).max()?,
            client: self.findings.iter().map(|one| one.rule.client).max()?,
            server: self.findings.iter().map(|one| one.rule.server).max()?,
        })
    }

    /// The number of findings with this verdict on the wire.
    #[must_use]
    pub fn count(&self, wire: Wire) -> usize {
        let of = self.findings.iter().filter(|one| one.wire == wire);
        of.count()
    }
}

impl Finding {
    /// The place in words: `GET /pets, response 200, [].name`.
    #[must_use]
    pub fn place(&self) -> String {
        let parts = [&self.operation, &self.part, &self.at];
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// What differs, in a sentence, with both values: `a limit became tighter: maxLength 20, was 30`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let values = match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!(": {after}, was {before}"),
            (Some(one), None) | (None, Some(one)) => format!(": {one}"),
            (None, None) => String::new(),
        };
        format!("{}{values}", self.rule.says)
    }
}

/// A verdict from which on differences count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    Wire(Wire),
    /// In types and client, or in the server.
    Rust(Bump),
    Client(Bump),
    Server(Bump),
}

impl Threshold {
    /// Whether a finding has this verdict or a more severe one.
    #[must_use]
    pub fn is_met(self, finding: &Finding) -> bool {
        let rule = finding.rule;
        match self {
            Self::Wire(wire) => finding.wire >= wire,
            Self::Rust(bump) => rule.client.max(rule.server) >= bump,
            Self::Client(bump) => rule.client >= bump,
            Self::Server(bump) => rule.server >= bump,
        }
    }
}

impl std::str::FromStr for Threshold {
    type Err = String;

    /// `wire:breaking`, `rust:major`, `client:minor`, `server:patch`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, verdict) = text.split_once(':').unwrap_or((text, ""));
        let wire = Wire::ALL.into_iter().find(|wire| wire.word() == verdict);
        let bump = Bump::ALL.into_iter().find(|bump| bump.word() == verdict);
        let found = match (kind, wire, bump) {
            ("wire", Some(wire), _) => Self::Wire(wire),
            ("rust", _, Some(bump)) => Self::Rust(bump),
            ("client", _, Some(bump)) => Self::Client(bump),
            ("server", _, Some(bump)) => Self::Server(bump),
            _ => {
                return Err(
                    "expected `wire:` with breaking, warning or info, or `rust:`, `client:` or `server:` with major, minor or patch"
                        .to_owned(),
                );
            }
        };
        Ok(found)
    }
}

/// Lists the differences between two APIs.
#[must_use]
pub fn run(old: &Api, new: &Api) -> Diff {
    let mut walk = walk::Walk::new(old, new);
    operations::api(&mut walk);
    let findings = walk.finish();
    Diff {
        findings,
        ignored: Vec::new(),
    }
}
