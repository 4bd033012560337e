//! `compare`, `index`, `dump`, `upgrade` and `bundle`: print a text about descriptions, or another form of one.

use super::output::Terminal;
use super::settings::Settings;
use super::{Bundle, Common, Stage, Upgrade};
use specwright::compare::Outcome;
use specwright::config::Options;
use specwright::diag::Diagnostics;
use specwright::diag::render::{Format, printable};
use specwright::export::{Syntax, Version};
use specwright::pipeline;
use specwright::source::{FileId, Sources};
use std::path::Path;

/// Compares two descriptions; returns whether both could be read and, if that is asked for, have the same operations.
pub(super) fn compare(
    specs: [&Path; 2],
    fails: bool,
    common: &Common,
    terminal: &mut Terminal,
) -> bool {
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let apis = specs.map(|spec| {
        let options = settings.options(spec).as_written();
        read(spec, &options, terminal, |sources, entry, diagnostics| {
            pipeline::api(sources, entry, diagnostics)
        })
    });
    let [Some(a), Some(b)] = apis else {
        return false;
    };
    let labels = specs.map(|spec| spec.display().to_string());
    let comparison = specwright::compare::run(&a, &b).labelled(labels);
    match terminal.format() {
        Format::Json => terminal.json(&comparison.json_lines()),
        Format::Human | Format::Github => terminal.lines(&comparison.to_string()),
    }
    let same = comparison.count(|outcome| *outcome == Outcome::Same);
    !fails || same == comparison.rows.len()
}

/// Lists an index; returns whether it could be read. Missing descriptions are part of the list, not errors.
pub(super) fn index(file: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    let settings = Settings::load(common, terminal);
    let options = settings.map(|settings| settings.options(file));
    let survey =
        options.and_then(|options| read(file, &options, terminal, specwright::index::survey));
    survey
        .inspect(|survey| terminal.result(&survey.to_string()))
        .is_some()
}

/// Prints the result of a stage; returns whether the stage was reached.
pub(super) fn dump(stage: Stage, spec: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    let stage = match stage {
        Stage::Document => pipeline::Stage::Document,
        Stage::Ir => pipeline::Stage::Ir,
        Stage::Plan => pipeline::Stage::Plan,
        Stage::Types => pipeline::Stage::Types,
    };
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let options = settings.options(spec);
    let text = read(spec, &options, terminal, |sources, entry, diagnostics| {
        pipeline::dump(stage, sources, entry, &options, diagnostics)
    });
    let Some(text) = text else { return false };
    match stage {
        pipeline::Stage::Types => terminal.json(&text),
        _ => terminal.result(&text),
    }
    true
}

/// Writes a description in another version; whether it could be read and written.
pub(super) fn upgrade(upgrade: &Upgrade, common: &Common, terminal: &mut Terminal) -> bool {
    let Upgrade {
        spec,
        output,
        to,
        json,
        overlays,
        include,
        exclude,
    } = upgrade;
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let version = match to {
        super::Version::V30 => Version::V30,
        super::Version::V31 => Version::V31,
        super::Version::V32 => Version::V32,
    };
    let mut options = settings.options(spec);
    options.access.overlays.extend_from_slice(overlays);
    options.include.extend_from_slice(include);
    options.exclude.extend_from_slice(exclude);
    let export = read(spec, &options, terminal, |sources, entry, diagnostics| {
        pipeline::export(version, sources, entry, &options, diagnostics)
    });
    let Some(export) = export else { return false };
    let syntax = syntax(output.as_deref(), *json).unwrap_or(Syntax::Yaml);
    write(&export.text(syntax), output.as_deref(), terminal)
}

/// Writes the files of a description as one; whether they could be read and it could be written.
pub(super) fn bundle(bundle: &Bundle, common: &Common, terminal: &mut Terminal) -> bool {
    let Bundle { spec, output, json } = bundle;
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let options = settings.options(spec);
    let made = read(spec, &options, terminal, |sources, entry, diagnostics| {
        let bundle = pipeline::bundle(sources, entry, diagnostics)?;
        let own = if sources.is_json(entry) {
            Syntax::Json
        } else {
            Syntax::Yaml
        };
        let syntax = syntax(output.as_deref(), *json).unwrap_or(own);
        Some(syntax.text(&bundle.value))
    });
    made.is_some_and(|text| write(&text, output.as_deref(), terminal))
}

/// The syntax that the user asks for.
fn syntax(output: Option<&Path>, json: bool) -> Option<Syntax> {
    let end = output.and_then(Path::extension);
    if json || end.is_some_and(|end| end.eq_ignore_ascii_case("json")) {
        return Some(Syntax::Json);
    }
    output.map(|_| Syntax::Yaml)
}

/// Writes a document to a file or to standard output; whether that worked.
pub(super) fn write(text: &str, output: Option<&Path>, terminal: &mut Terminal) -> bool {
    let Some(path) = output else {
        terminal.document(text);
        return true;
    };
    let written = specwright::write::single(path, text);
    if let Err(error) = &written {
        let path = printable(&path.to_string_lossy());
        Terminal::error(&format!("error: `{path}` can't be written: {error}\n"));
    }
    written.is_ok()
}

/// Loads a file, applies a function and prints the messages; `None` after errors.
pub(super) fn read<T>(
    spec: &Path,
    options: &Options,
    terminal: &mut Terminal,
    make: impl FnOnce(&mut Sources, FileId, &mut Diagnostics) -> Option<T>,
) -> Option<T> {
    let mut diagnostics = options.diagnostics();
    let (mut sources, entry) = specwright::index::load(spec, &options.access, &mut diagnostics);
    let result = entry.and_then(|entry| make(&mut sources, entry, &mut diagnostics));
    terminal.messages_aside(&diagnostics, &sources);
    result.filter(|_| !diagnostics.has_errors())
}
