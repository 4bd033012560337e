//! Differences for programs: an object per line, as in messages, and at the end the verdicts.

use super::{Diff, Finding, Input, Spot, Wire, direction};
use serde_json::{Value, json};
use std::fmt::Write;

pub(super) fn render(diff: &Diff, inputs: [Input<'_>; 2]) -> String {
    let mut lines: Vec<Value> = diff
        .findings
        .iter()
        .map(|one| object(one, inputs))
        .collect();
    for one in &diff.ignored {
        let mut object = object(&one.finding, inputs);
        object["ignored"] = one.reason.as_str().into();
        lines.push(object);
    }
    let verdict = diff.verdict();
    lines.push(json!({
        "reason": "verdict",
        "old": inputs[0].name,
        "new": inputs[1].name,
        "wire": verdict.map(|one| one.wire.word()),
        "client": verdict.map(|one| one.client.word()),
        "server": verdict.map(|one| one.server.word()),
        "breaking": diff.count(Wire::Breaking),
        "warning": diff.count(Wire::Warning),
        "info": diff.count(Wire::Info),
        "ignored": diff.ignored.len(),
    }));
    let mut out = String::new();
    for line in lines {
        let _ = writeln!(out, "{line}");
    }
    out
}

fn object(finding: &Finding, [old, new]: [Input<'_>; 2]) -> Value {
    let at = |spot: Spot| json!({"file": spot.path, "line": spot.line, "column": spot.column});
    let place = |input: Input<'_>, origin: &crate::source::Origin| {
        let mut object = at(input.spot(origin));
        object["pointer"] = origin.pointer.to_string().into();
        object
    };
    json!({
        "reason": "difference",
        "rule": finding.rule.id,
        "message": finding.sentence(),
        "wire": finding.wire.word(),
        "client": finding.rule.client.word(),
        "server": finding.rule.server.word(),
        "direction": direction(finding),
        "operation": finding.operation,
        "part": finding.part,
        "at": finding.at,
        "before": finding.before,
        "after": finding.after,
        "old": place(old, &finding.old),
        "new": place(new, &finding.new),
    })
}
