//! The table of a comparison.
//!
//! In: a [`Comparison`]. Out: a line for each operation, then the totals. Long texts are named, not shown.

use super::{Change, Comparison, Difference, Field, Outcome, Pair, Row};
use crate::diag::render::printable;
use std::fmt::{self, Display};

impl Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = &self.labels;
        writeln!(f, "A  {}\nB  {}\n", printable(a), printable(b))?;
        let rows: Vec<_> = self.rows.iter().map(|row| (printable(&row.method), printable(&row.path), row)).collect();
        let widest = |of: fn(&(String, String, &Row)) -> usize| rows.iter().map(of).max().unwrap_or_default();
        let method_width = widest(|(method, ..)| method.chars().count());
        let path_width = widest(|(_, path, _)| path.chars().count());
        for (method, path, row) in &rows {
            writeln!(f, "{method:method_width$} {path:path_width$}   {}", outcome(&row.outcome))?;
        }
        let same = self.count(|outcome| *outcome == Outcome::Same);
        let differ = self.count(|outcome| matches!(outcome, Outcome::Differs(_)));
        let (only_a, only_b) = (self.count(|outcome| *outcome == Outcome::OnlyA), self.count(|outcome| *outcome == Outcome::OnlyB));
        let gap = if rows.is_empty() { "" } else { "\n" };
        let shared = same + differ;
        writeln!(f, "{gap}{shared} shared ({same} same, {differ} different), {only_a} only in A, {only_b} only in B")
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Same => "same".to_owned(),
        Outcome::OnlyA => "only in A".to_owned(),
        Outcome::OnlyB => "only in B".to_owned(),
        Outcome::Differs(differences) => printable(&format!("differs in: {}", groups(differences).join(", "))),
    }
}

/// The differences, those of parameters and of responses each joined into one group.
fn groups(differences: &[Difference]) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for difference in differences {
        let (group, detail) = detail(difference);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, details)) => details.extend(detail),
            None => groups.push((group, detail.into_iter().collect())),
        }
    }
    let words = |(group, details): (&str, Vec<String>)| match details.as_slice() {
        [] => group.to_owned(),
        details => format!("{group} ({})", details.join("; ")),
    };
    groups.into_iter().map(words).collect()
}

/// The group a difference belongs to, and what is said of it there.
fn detail(difference: &Difference) -> (&'static str, Option<String>) {
    match difference {
        Difference::Parameter { name, change, .. } => ("parameters", Some(about(name, change))),
        Difference::Body(change) => ("body", Some(about("", change))),
        Difference::Response { status, change } => ("responses", Some(about(&status.to_string(), change))),
        Difference::Security(pair) => ("security", Some(values(pair))),
        Difference::Text { field, values: pair } => match field {
            // These are too long to be shown in a line.
            Field::OperationId => ("operationId", None),
            Field::Summary => ("summary", None),
            Field::Description => ("description", None),
            Field::Tags => ("tags", Some(values(pair))),
            Field::Deprecated => ("deprecated", Some(values(pair))),
        },
    }
}

fn about(what: &str, change: &Change) -> String {
    let colon = |what: String| if what.is_empty() { String::new() } else { format!("{what}: ") };
    match change {
        Change::OnlyA => format!("{what} only in A").trim_start().to_owned(),
        Change::OnlyB => format!("{what} only in B").trim_start().to_owned(),
        Change::Type(ty) => {
            let place = if ty.at.is_empty() { what.to_owned() } else { format!("{what} at {}", ty.at) };
            format!("{}{} / {}", colon(place.trim_start().to_owned()), ty.a, ty.b)
        }
        Change::Fact(name, pair) => format!("{}{}", colon(format!("{what} {name}").trim_start().to_owned()), values(pair)),
    }
}

fn values(pair: &Pair) -> String {
    format!("{} / {}", pair.a, pair.b)
}
