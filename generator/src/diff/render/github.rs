//! Differences as annotations of GitHub: in the new description, as that is what a change shows.

use super::{Diff, Input, Wire, summary};
use crate::hidden::printable;
use std::fmt::Write;

pub(super) fn render(diff: &Diff, [old, new]: [Input<'_>; 2]) -> String {
    let mut out = String::new();
    for finding in &diff.findings {
        let command = match finding.wire {
            Wire::Breaking => "error",
            Wire::Warning => "warning",
            Wire::Info => "notice",
        };
        let spot = new.spot(&finding.new);
        let mut properties = vec![format!("file={}", property(&spot.path))];
        properties.extend(spot.line.map(|line| format!("line={line}")));
        properties.extend(spot.column.map(|column| format!("col={column}")));
        properties.push(format!("title={}", finding.rule.id));
        let message = format!(
            "{}: {}\nbefore: {}\nRust: {} for types and client, {} for the server",
            printable(&finding.place()),
            printable(&finding.sentence()),
            printable(&old.spot(&finding.old).to_string()),
            finding.rule.client,
            finding.rule.server
        );
        let _ = writeln!(
            out,
            "::{command} {}::{}",
            properties.join(","),
            data(&message)
        );
    }
    out + &format!("{}\n", summary(diff))
}

/// Escapes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property.
fn property(text: &str) -> String {
    data(&printable(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}
