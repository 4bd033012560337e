//! Differences as a changelog: what breaks first, by operation.

use super::{Diff, Finding, Input, Wire, summary};
use std::fmt::Write;

pub(super) fn render(diff: &Diff, [old, new]: [Input<'_>; 2]) -> String {
    let (from, to) = (code(old.name), code(new.name));
    let mut out = format!(
        "# Changes from {from} to {to}\n\n{}.\n",
        capital(&summary(diff))
    );
    for wire in Wire::ALL.iter().rev() {
        let title = match wire {
            Wire::Breaking => "Breaking changes",
            Wire::Warning => "Changes that may break",
            Wire::Info => "Other changes",
        };
        let findings = diff.findings.iter().filter(|one| one.wire == *wire);
        let findings: Vec<&Finding> = findings.collect();
        if findings.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {title}");
        for (operation, findings) in by_operation(&findings) {
            let _ = match operation {
                "" => writeln!(out, "\n### The API\n"),
                operation => writeln!(out, "\n### {}\n", code(operation)),
            };
            for finding in findings {
                out.push_str(&item(finding));
            }
        }
    }
    if !diff.ignored.is_empty() {
        out.push_str("\n## Known and meant\n\n");
        for one in &diff.ignored {
            let place = code(&one.finding.place());
            let reason = text(&one.reason);
            let _ = writeln!(out, "- {place} ({}): {reason}", code(one.finding.rule.id));
        }
    }
    out
}

/// Findings by operation, in the order in which operations come first.
fn by_operation<'f>(findings: &[&'f Finding]) -> Vec<(&'f str, Vec<&'f Finding>)> {
    let mut groups: Vec<(&str, Vec<&Finding>)> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for finding in findings {
        let at = *known.entry(finding.operation.as_str()).or_insert_with(|| {
            groups.push((&finding.operation, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(finding);
    }
    groups
}

fn item(finding: &Finding) -> String {
    let parts = [&finding.part, &finding.at];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let place = match parts.join(", ") {
        place if place.is_empty() => String::new(),
        place => format!("{}: ", code(&place)),
    };
    let values = match (&finding.before, &finding.after) {
        (Some(before), Some(after)) => format!(": {}, was {}", code(after), code(before)),
        (Some(one), None) | (None, Some(one)) => format!(": {}", code(one)),
        (None, None) => String::new(),
    };
    format!(
        "- {place}{}{values} ({}; Rust: {}, server {})\n",
        finding.rule.says,
        code(finding.rule.id),
        finding.rule.client,
        finding.rule.server
    )
}

/// Any text as a code span (CommonMark 0.31, section 6.1), on one line.
fn code(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.is_empty() {
        String::new()
    } else if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Any text as text: punctuation is escaped.
fn text(text: &str) -> String {
    let mut out = String::new();
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if "\\`*_{}[]<>#|&!~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
