//! `report`: what the output for a description covers. Writes nothing.

use super::Common;
use super::output::Terminal;
use super::settings::Settings;
use super::show::write;
use clap::{Args, ValueEnum};
use specwright::diag::render::Format;
use specwright::{index, pipeline};
use std::path::PathBuf;

/// The flags of the command.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The description
    spec: PathBuf,
    /// The form of the report [default: text, or JSON with `--message-format json`]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Form>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A page that loads nothing, with a picture of what refers to what
    Html,
}

/// Prints or writes a report; returns whether `generate` would write the description. Messages are part of the report; they are printed on their own
/// only if there is none.
pub(super) fn report(flags: &Report, common: &Common, terminal: &mut Terminal) -> bool {
    let spec = flags.spec.as_path();
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let options = settings.options(spec);
    let mut diagnostics = options.diagnostics();
    let (sources, entry) = index::load(spec, &options.access, &mut diagnostics);
    let report =
        entry.and_then(|entry| pipeline::assess(&sources, entry, &options, &mut diagnostics));
    let Some(report) = report else {
        terminal.messages(&diagnostics, &sources);
        return false;
    };
    let form = flags.format.unwrap_or(match terminal.format() {
        Format::Json => Form::Json,
        Format::Human | Format::Github => Form::Text,
    });
    let text = match form {
        Form::Text => report.to_text(&sources, common.all),
        Form::Json => report.to_json(&sources),
        Form::Html => report.to_html(&sources),
    };
    let is_written = match (form, &flags.output) {
        (Form::Html, output) => write(&text, output.as_deref(), terminal),
        (Form::Text | Form::Json, Some(path)) => write(&text, Some(path), terminal),
        (Form::Json, None) => {
            terminal.json(&text);
            true
        }
        (Form::Text, None) => {
            terminal.lines(&text);
            true
        }
    };
    if terminal.format() == Format::Github {
        terminal.messages_aside(&diagnostics, &sources);
    }
    is_written && !diagnostics.has_errors()
}
