//! What the description has changed since the last run: the verdicts, and what breaks.

use super::git;
use super::output::Terminal;
use serde_json::json;
use specwright::Changes;
use specwright::diag::render::{Format, printable};
use specwright::diff::{Finding, Verdict, Wire};
use std::fmt::Write;
use std::path::Path;

/// The greatest number of differences that are listed unless all are asked for.
const LISTED: usize = 8;

/// Prints the verdicts and the most severe differences; all of them with `all`. Prints nothing if there are none.
pub(super) fn tell(name: &str, spec: &Path, changes: &Changes, how: (bool, &mut Terminal)) {
    let (all, terminal) = how;
    let Some(verdict) = changes.diff.verdict() else {
        return;
    };
    match terminal.format() {
        Format::Json => {
            let text = object(name, changes, verdict);
            terminal.result(&format!("{text}\n"));
        }
        Format::Github => {}
        Format::Human => {
            let mut text = sentence(name, changes, verdict);
            let count = if all { usize::MAX } else { LISTED };
            text += &list(changes, count);
            if changes.diff.findings.len() > count && git::has(&changes.record) {
                let (record, spec) = (changes.record.display(), spec.display());
                let _ = writeln!(
                    text,
                    "  all of them: specwright diff git:HEAD:{record} {spec}"
                );
            }
            terminal.remark(&printable_lines(&text));
        }
    }
}

fn printable_lines(text: &str) -> String {
    let lines = text.lines().map(|line| printable(line) + "\n");
    lines.collect()
}

fn object(name: &str, changes: &Changes, verdict: Verdict) -> serde_json::Value {
    let count = |wire| changes.diff.count(wire);
    json!({
        "reason": "changed", "api": name,
        "breaking": count(Wire::Breaking), "warning": count(Wire::Warning), "info": count(Wire::Info),
        "client": verdict.client.word(), "server": verdict.server.word(),
        "before": changes.before, "version": changes.version,
    })
}

/// `pets: the description changed: 1 breaking, 2 info on the wire; in Rust major for types and client, minor for the server; version 0.2.0`
fn sentence(name: &str, changes: &Changes, verdict: Verdict) -> String {
    let counts = Wire::ALL
        .iter()
        .rev()
        .map(|wire| (changes.diff.count(*wire), wire));
    let counts = counts.filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, wire)| format!("{count} {wire}"))
        .collect();
    let version = if changes.version == changes.before {
        String::new()
    } else {
        format!("; version {}, was {}", changes.version, changes.before)
    };
    format!(
        "{name}: the description changed: {} on the wire; in Rust {} for types and client, {} for the server{version}\n",
        counts.join(", "),
        verdict.client,
        verdict.server,
    )
}

/// The most severe differences, a line for each.
fn list(changes: &Changes, count: usize) -> String {
    let mut found: Vec<&Finding> = changes.diff.findings.iter().collect();
    found.sort_by_key(|one| {
        let rust = one.rule.client.max(one.rule.server);
        (std::cmp::Reverse(one.wire), std::cmp::Reverse(rust))
    });
    let mut text = String::new();
    for one in found.iter().take(count) {
        let place = one.place();
        let place = if place.is_empty() { "the API" } else { &place };
        // Writing to a String can't fail.
        let _ = writeln!(
            text,
            "  {}[{}]: {place}: {}",
            one.wire,
            one.rule.id,
            one.sentence()
        );
    }
    if let Some(more @ 1..) = found.len().checked_sub(count) {
        let _ = writeln!(text, "  … and {more} others");
    }
    text
}
