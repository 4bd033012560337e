//! `report`: what the output for a description is worth. Nothing is written.

use super::Common;
use super::output::Terminal;
use super::settings::Settings;
use specwright::diag::render::Format;
use specwright::{index, pipeline};
use std::path::Path;

/// Reports on a description; whether `generate` would write it. The report holds the messages: they are printed on their own
/// only where they can't be part of it.
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
