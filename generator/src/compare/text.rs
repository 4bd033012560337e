//! The table of a comparison.
//!
//! In: a [`Comparison`]. Out: a line for each operation, then the totals. Long texts are only mentioned.

use super::{Change, Comparison, Difference, Field, Outcome, Pair, Row};
use crate::diag::render::printable;
use std::fmt::{self, Display};

impl Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = &self.labels;
        writeln!(f, "A  {}\nB  {}\n", printable(a), printable(b))?;
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| (printable(&row.method), printable(&row.path), row))
            .collect();
        let widest = |of: fn(&(String, String, &Row)) -> usize| {
            rows.iter().map(of).max().unwrap_or_default()
        };
        let method_width = widest(|(method, ..)| method.chars().count());
        let path_width = widest(|(_, path, _)| path.chars().count());
        for (method, path, row) in &rows {
            writeln!(
                f,
                "{method:method_width$} {path:path_width$}   {}",
                outcome(&row.outcome)
            )?;
        }
        let same = self.count(|outcome| *outcome == Outcome::Same);
        let differ = self.count(|outcome| matches!(outcome, Outcome::Differs(_)));
        let (only_a, only_b) = (
            self.count(|outcome| *outcome == Outcome::OnlyA),
            self.count(|outcome| *outcome == Outcome::OnlyB),
        );
        let gap = if rows.is_empty() { "" } else { "\n" };
        let shared = same + differ;
        writeln!(
            f,
            "{gap}{shared} shared ({same} same, {differ} different), {only_a} only in A, {only_b} only in B"
        )
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Same => "same".to_owned(),
        Outcome::OnlyA => "only in A".to_owned(),
        Outcome::OnlyB => "only in B".to_owned(),
        Outcome::Differs(differences) => {
            printable(&format!("differs in: {}", groups(differences).join(", ")))
        }
    }
}

/// A group of differences: details, then the parts that only one API has.
#[derive(Default)]
struct Group {
    details: Vec<String>,
    only: [Vec<String>; 2],
}

/// The differences as text; those of parameters and of responses are joined into one group each.
fn groups(differences: &[Difference]) -> Vec<String> {
    let mut groups: Vec<(&str, Group)> = Vec::new();
    for difference in differences {
        let (name, part, change) = place(difference);
        let at = groups
            .iter()
            .position(|(known, _)| *known == name)
            .unwrap_or_else(|| {
                groups.push((name, Group::default()));
                groups.len() - 1
            });
        let group = &mut groups[at].1;
        match change {
            Some(Said::Change(Change::OnlyA)) => group.only[0].push(part),
            Some(Said::Change(Change::OnlyB)) => group.only[1].push(part),
            Some(Said::Change(Change::Type(ty))) => {
                group.details.push(about(&part, "at", &ty.at, &ty.a, &ty.b));
            }
            Some(Said::Change(Change::Fact(fact, pair))) => {
                group.details.push(about(&part, "", fact, &pair.a, &pair.b));
            }
            Some(Said::Values(pair)) => group.details.push(about("", "", "", &pair.a, &pair.b)),
            None => {}
        }
    }
    groups
        .into_iter()
        .map(|(name, group)| group.words(name))
        .collect()
}

impl Group {
    fn words(self, name: &str) -> String {
        let Self { mut details, only } = self;
        for (parts, whose) in only.iter().zip(["A", "B"]) {
            if !parts.is_empty() {
                details.push(
                    format!("{} only in {whose}", parts.join(", "))
                        .trim_start()
                        .to_owned(),
                );
            }
        }
        if details.is_empty() {
            name.to_owned()
        } else {
            format!("{name} ({})", details.join("; "))
        }
    }
}

/// The value of a difference.
enum Said<'a> {
    Change(&'a Change),
    Values(&'a Pair),
}

/// The group of a difference, the part that differs, and how; `None` for texts too long for a line.
fn place(difference: &Difference) -> (&'static str, String, Option<Said<'_>>) {
    let whole = String::new();
    match difference {
        Difference::Parameter { name, change, .. } => {
            ("parameters", name.clone(), Some(Said::Change(change)))
        }
        Difference::Body(change) => ("body", whole, Some(Said::Change(change))),
        Difference::Response { status, change } => {
            ("responses", status.to_string(), Some(Said::Change(change)))
        }
        Difference::Security(pair) => ("security", whole, Some(Said::Values(pair))),
        Difference::Text { field, values } => match field {
            Field::OperationId => ("operationId", whole, None),
            Field::Summary => ("summary", whole, None),
            Field::Description => ("description", whole, None),
            Field::Tags => ("tags", whole, Some(Said::Values(values))),
            Field::Deprecated => ("deprecated", whole, Some(Said::Values(values))),
        },
    }
}

/// `part fact: a / b`, without empty parts; `word` precedes the fact if there is one.
fn about(part: &str, word: &str, fact: &str, a: &str, b: &str) -> String {
    let word = if fact.is_empty() { "" } else { word };
    let head: Vec<_> = [part, word, fact]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if head.is_empty() {
        format!("{a} / {b}")
    } else {
        format!("{}: {a} / {b}", head.join(" "))
    }
}
