//! `report`: what the output for a description covers. Writes nothing.

use super::Common;
use super::output::Terminal;
use super::settings::Settings;
use specwright::diag::render::Format;
use specwright::{index, pipeline};
use std::path::Path;

/// Prints a report; returns whether `generate` would write the description. Messages are part of the report; they are printed on their own
/// only if there is none.
pub(super) fn report(spec: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let options = settings.options(spec);
    let mut diagnostics = options.diagnostics();
    let (sources, entry) = index::load(spec, &options.access, &mut diagnostics);
    let report =
        entry.and_then(|entry| pipeline::assess(&sources, entry, &options, &mut diagnostics));
    match (&report, terminal.format()) {
        (Some(report), Format::Json) => terminal.result(&report.to_json(&sources)),
        (Some(report), Format::Human) => terminal.result(&report.to_text(&sources, common.all)),
        (Some(report), Format::Github) => {
            terminal.result(&report.to_text(&sources, common.all));
            terminal.messages_aside(&diagnostics, &sources);
        }
        (None, _) => terminal.messages(&diagnostics, &sources),
    }
    report.is_some() && !diagnostics.has_errors()
}
