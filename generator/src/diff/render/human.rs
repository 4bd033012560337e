//! Differences for people: those that break something come last, where people look first.

use super::{Diff, Finding, Input, Wire, direction, summary};
use std::fmt::Write;

pub(super) fn render(diff: &Diff, inputs: [Input<'_>; 2]) -> String {
    let mut out = String::new();
    for one in &diff.ignored {
        let finding = &one.finding;
        let _ = writeln!(
            out,
            "ignored[{}]: {}: {}\n  = because: {}\n",
            finding.rule.id,
            finding.place(),
            finding.sentence(),
            one.reason
        );
    }
    for wire in Wire::ALL {
        for finding in diff.findings.iter().filter(|one| one.wire == wire) {
            out.push_str(&entry(finding, inputs));
        }
    }
    let _ = writeln!(out, "{}", summary(diff));
    out
}

fn entry(finding: &Finding, [old, new]: [Input<'_>; 2]) -> String {
    let mut place = finding.place();
    if place.is_empty() {
        "the API".clone_into(&mut place);
    }
    let direction = direction(finding).map_or(String::new(), |word| format!(" ({word})"));
    format!(
        "{}[{}]: {place}{direction}: {}\n  --> {}\n  ::: {}\n  = Rust: {} for types and client, {} for the server\n\n",
        finding.wire,
        finding.rule.id,
        finding.sentence(),
        old.spot(&finding.old),
        new.spot(&finding.new),
        finding.rule.client,
        finding.rule.server,
    )
}
