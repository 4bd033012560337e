//! `compare`, `index` and `dump`: a text about descriptions, nothing written.

use super::output::Terminal;
use super::{Common, Stage};
use specwright::config::{Options, PackageName};
use specwright::diag::{Code, Diagnostics, Place};
use specwright::source::{Access, FileId, Sources};
use std::path::Path;

/// Compares two descriptions; whether both could be read.
pub(super) fn compare(specs: [&Path; 2], common: &Common, terminal: &mut Terminal) -> bool {
    let apis = specs.map(|spec| {
        read(spec, common, terminal, |sources, entry, diagnostics| {
            let document = specwright::document::read(sources, entry, diagnostics)?;
            Some(specwright::lower::lower(&document, diagnostics))
        })
    });
    let [Some(_a), Some(_b)] = apis else { return false };
    // terminal.result(&specwright::compare::run(&a, &b)); true
    not_yet("`compare`", terminal)
}

/// Lists an index; whether it could be read and nothing is missing.
pub(super) fn index(file: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    // read(file, common, terminal, |sources, entry, diagnostics| specwright::index::run(sources, entry, diagnostics))
    let _ = (file, common);
    not_yet("`index`", terminal)
}

/// Prints a stage; whether it was reached.
pub(super) fn dump(stage: Stage, spec: &Path, common: &Common, terminal: &mut Terminal) -> bool {
    let stage = match stage {
        Stage::Document => specwright::Stage::Document,
        Stage::Ir => specwright::Stage::Ir,
        Stage::Plan => specwright::Stage::Plan,
    };
    let options = Options::new(PackageName::of_path(spec));
    let text = read(spec, common, terminal, |sources, entry, diagnostics| {
        specwright::dump(stage, sources, entry, &options, diagnostics)
    });
    text.inspect(|text| terminal.result(text)).is_some()
}

fn not_yet(what: &str, terminal: &mut Terminal) -> bool {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Code::Unsupported { what: what.to_owned() }, Place::Nowhere);
    terminal.messages_aside(&diagnostics, &Sources::default());
    false
}

/// Loads a file, makes something of it and prints the messages; `None` if there were errors.
fn read<T>(
    spec: &Path,
    common: &Common,
    terminal: &mut Terminal,
    make: impl FnOnce(&Sources, FileId, &mut Diagnostics) -> Option<T>,
) -> Option<T> {
    let mut diagnostics = Diagnostics::new(common.strict);
    let (sources, entry) = Sources::load(spec, &Access::default(), &mut diagnostics);
    let result = entry.and_then(|entry| make(&sources, entry, &mut diagnostics));
    terminal.messages_aside(&diagnostics, &sources);
    result.filter(|_| !diagnostics.has_errors())
}
