//! Differences in the Static Analysis Results Interchange Format (OASIS, SARIF 2.1.0), which code hosts show in changes.

use super::{Diff, Finding, Input, Spot, Wire};
use crate::diff::ALL;
use serde_json::{Value, json};
use std::fmt::Write;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(diff: &Diff, inputs: [Input<'_>; 2]) -> String {
    let rules = ALL.iter().map(|rule| {
        json!({
            "id": rule.id,
            "shortDescription": {"text": rule.says},
            "properties": {
                "request": rule.request.word(),
                "response": rule.response.word(),
                "client": rule.client.word(),
                "server": rule.server.word(),
            },
        })
    });
    let mut results: Vec<Value> = diff
        .findings
        .iter()
        .map(|one| result(one, inputs))
        .collect();
    for one in &diff.ignored {
        let mut result = result(&one.finding, inputs);
        // Section 3.35: the reason stands where the result is suppressed.
        result["suppressions"] = json!([{"kind": "external", "justification": one.reason}]);
        results.push(result);
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "specwright",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(finding: &Finding, [old, new]: [Input<'_>; 2]) -> Value {
    let level = match finding.wire {
        Wire::Breaking => "error",
        Wire::Warning => "warning",
        Wire::Info => "note",
    };
    let index = ALL.iter().position(|rule| rule.id == finding.rule.id);
    let place = finding.place();
    let text = match place.as_str() {
        "" => finding.sentence(),
        place => format!("{place}: {}", finding.sentence()),
    };
    let mut before = location(&old.spot(&finding.old));
    before["message"] = json!({"text": "before"});
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": level,
        "message": {"text": text},
        "locations": [location(&new.spot(&finding.new))],
        "relatedLocations": [before],
        "properties": {
            "client": finding.rule.client.word(),
            "server": finding.rule.server.word(),
            "direction": super::direction(finding),
        },
    })
}

fn location(spot: &Spot) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(&spot.path)}});
    if let (Some(line), Some(column)) = (spot.line, spot.column) {
        physical["region"] = json!({"startLine": line, "startColumn": column});
    }
    json!({"physicalLocation": physical})
}

/// A path as a relative reference (RFC 3986, section 4.2): what isn't allowed in one is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
