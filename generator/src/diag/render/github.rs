//! Renders diagnostics for GitHub checks: workflow commands, `::error file=…,line=…,col=…,title=SW0201::…`.

use super::super::{Diagnostic, Severity};
use super::{Spot, printable};
use crate::source::Sources;

pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note | Severity::Allowed => "notice",
    };
    let spot = Spot::of(&diagnostic.place, sources);
    let mut properties = Vec::new();
    if let Some(spot) = &spot {
        properties.push(format!("file={}", property(&spot.path())));
        properties.extend(spot.line().map(|line| format!("line={line}")));
        properties.extend(spot.column().map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", diagnostic.code.id()));
    let message = format!(
        "{}\nhelp: {}",
        printable(&diagnostic.code.title()),
        printable(&diagnostic.code.help())
    );
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

/// Escapes a message: `%` and line breaks.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property: separators of properties too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
