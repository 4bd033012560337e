//! `compare`, `index` and `dump`: a text about descriptions, nothing written.

use super::output::Terminal;
use super::{Common, Stage};
use specwright::config::{Options, PackageName};
use specwright::diag::Diagnostics;
use specwright::index;
use specwright::source::{Access, FileId, Sources};
use std::path::Path;

/// Compares two descriptions; whether both could be read.
pub(super) fn compare(specs: [&Path; 2], common: &Common, terminal: &mut Terminal) -> bool {
    let apis = specs.map(|spec| {
        read(spec, common, terminal, |sources, entry, diagnostics| {
            let document = index::document(sources, entry, diagnostics)?;
            Some(specwright::lower::lower(&document, diagnostics))
        })
    });
    let [Some(a), Some(b)] = apis else {
        return false;
    };
    let labels = specs.map(|spec| spec.display().to_string());
    terminal.result(
        &specwright::compare::run(&a, &b)
            .labelled(labels)
            .to_string(),
    );
    true
}

/// Lists an index; whether it could be read. What is missing is told, not complained of.
pub(super) fn index(file: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    let survey = read(file, common, terminal, index::survey);
    survey
        .inspect(|survey| terminal.result(&survey.to_string()))
        .is_some()
}

/// Prints a stage; whether it was reached.
pub(super) fn dump(stage: Stage, spec: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    let stage = match stage {
        Stage::Document => specwright::Stage::Document,
        Stage::Ir => specwright::Stage::Ir,
        Stage::Plan => specwright::Stage::Plan,
        Stage::Types => specwright::Stage::Types,
    };
    let options = Options::new(PackageName::of_path(spec));
    let text = read(spec, common, terminal, |sources, entry, diagnostics| {
        specwright::dump(stage, sources, entry, &options, diagnostics)
    });
    text.inspect(|text| terminal.result(text)).is_some()
}

/// Loads a file, makes something of it and prints the messages; `None` if there were errors.
fn read<T>(
    spec: &Path,
    common: &Common,
    terminal: &mut Terminal,
    make: impl FnOnce(&mut Sources, FileId, &mut Diagnostics) -> Option<T>,
) -> Option<T> {
    let mut diagnostics = Diagnostics::new(common.strict);
    let (mut sources, entry) = index::load(spec, &Access::default(), &mut diagnostics);
    let result = entry.and_then(|entry| make(&mut sources, entry, &mut diagnostics));
    terminal.messages_aside(&diagnostics, &sources);
    result.filter(|_| !diagnostics.has_errors())
}
