//! Differences as the XML of `JUnit`, which most CI systems show: a test case for each, one that passes if there are none.

use super::{Diff, Finding, Input, summary, xml};
use std::fmt::Write;

pub(super) fn render(
    diff: &Diff,
    [old, new]: [Input<'_>; 2],
    fails: &dyn Fn(&Finding) -> bool,
) -> String {
    let failures = diff.findings.iter().filter(|one| fails(one)).count();
    let tests = (diff.findings.len() + diff.ignored.len()).max(1);
    let name = xml(&format!("{} to {}", old.name, new.name));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"specwright diff\" tests=\"{tests}\" failures=\"{failures}\">\n  \
         <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{}\">\n",
        diff.ignored.len()
    );
    for finding in &diff.findings {
        let (class, name) = names(finding);
        let spot = new.spot(&finding.new).to_string();
        let text = format!(
            "{}\nold: {}\nnew: {spot}\nRust: {} for types and client, {} for the server",
            finding.sentence(),
            old.spot(&finding.old),
            finding.rule.client,
            finding.rule.server
        );
        let _ = write!(out, "    <testcase classname=\"{class}\" name=\"{name}\"");
        let _ = if fails(finding) {
            let (message, kind) = (xml(&finding.sentence()), finding.wire.word());
            writeln!(
                out,
                ">\n      <failure message=\"{message}\" type=\"{kind}\">{}</failure>\n    </testcase>",
                xml(&text)
            )
        } else {
            let text = xml(&text);
            writeln!(
                out,
                ">\n      <system-out>{text}</system-out>\n    </testcase>"
            )
        };
    }
    for one in &diff.ignored {
        let ((class, name), reason) = (names(&one.finding), xml(&one.reason));
        let _ = writeln!(
            out,
            "    <testcase classname=\"{class}\" name=\"{name}\">\n      <skipped message=\"{reason}\"/>\n    </testcase>"
        );
    }
    if diff.findings.is_empty() && diff.ignored.is_empty() {
        let name = summary(diff);
        let _ = writeln!(
            out,
            "    <testcase classname=\"specwright\" name=\"{name}\"/>"
        );
    }
    out + "  </testsuite>\n</testsuites>\n"
}

fn names(finding: &Finding) -> (String, String) {
    let class = match finding.operation.as_str() {
        "" => "the API",
        operation => operation,
    };
    let parts = [finding.rule.id, &finding.part, &finding.at];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (xml(class), xml(&parts.join(" ")))
}
