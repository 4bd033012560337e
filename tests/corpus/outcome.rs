//! The outcome of a document.

use crate::documents::Document;
use crate::programs::Tables;
use specwright::CrateKind;
use specwright::config::{Options, PackageName};
use specwright::diag::{Category, Diagnostics};
use specwright::index;
use specwright::pipeline::{compile, compile_and_assess};
use specwright::report::Report;
use specwright::source::Sources;
use specwright::write::{Files, NOT_RUST};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The outcome of a document.
pub(crate) struct Outcome {
    /// Whether there is output.
    pub(crate) written: bool,
    /// The counts; `None` if the document can't be read at all.
    pub(crate) totals: Option<Totals>,
    /// The code and place of each error.
    pub(crate) errors: Vec<(String, String)>,
    /// A defect of the generator, as opposed to one of the document.
    pub(crate) wrong: Option<String>,
}

/// The columns of the table.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Totals {
    pub(crate) operations: usize,
    pub(crate) types: usize,
    pub(crate) fallbacks: usize,
    pub(crate) lost: usize,
    pub(crate) passed_over: usize,
    pub(crate) repairs: usize,
    pub(crate) free_form: usize,
}

/// The source of each crate that a description gives, named after another one, without the support code; `None` if it is broken.
pub(crate) fn crates(path: &Path, named_after: &Path) -> Option<BTreeMap<String, String>> {
    let options = Options::new(PackageName::of_path(named_after));
    let is_wanted = |path: &str| path.contains("/src/") && !path.contains("/support/");
    files(path, &options, is_wanted)
}

/// The files of the programs that a description gives; `None` if it is broken.
pub(crate) fn programs(path: &Path) -> Option<BTreeMap<String, String>> {
    let is_wanted = |path: &str| path.starts_with("cli/") || path.starts_with("mcp/");
    files(path, &with_programs(path), is_wanted)
}

fn with_programs(path: &Path) -> Options {
    let mut options = Options::new(PackageName::of_path(path));
    options.emit = CrateKind::ALL.to_vec();
    options
}

fn files(
    path: &Path,
    options: &Options,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<BTreeMap<String, String>> {
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let files = compile(&sources, entry?, options, &mut diagnostics)?;
    let files = files.iter().filter(|(path, _)| is_wanted(path.as_str()));
    Some(
        files
            .map(|(path, text)| (path.to_string(), text.to_owned()))
            .collect(),
    )
}

/// A description as OpenAPI 3.1.
pub(crate) fn upgraded(path: &Path) -> String {
    let mut diagnostics = Diagnostics::default();
    let options = Options::new(PackageName::of_path(path));
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let version = specwright::export::Version::V31;
    let written = specwright::pipeline::export(
        version,
        &sources,
        entry.unwrap(),
        &options,
        &mut diagnostics,
    );
    written.unwrap().text(specwright::export::Syntax::Yaml)
}

/// A description in one file.
pub(crate) fn bundled(path: &Path) -> String {
    let mut diagnostics = Diagnostics::default();
    let options = Options::new(PackageName::of_path(path));
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let bundle = specwright::pipeline::bundle(&sources, entry.unwrap(), &mut diagnostics).unwrap();
    specwright::export::Syntax::Yaml.text(&bundle.value)
}

/// Generates a document.
pub(crate) fn outcome(document: &Document) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| generate(&document.path))).unwrap_or_else(|_| Outcome {
        written: false,
        totals: None,
        errors: Vec::new(),
        wrong: Some("panics".to_owned()),
    })
}

fn generate(path: &Path) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let options = with_programs(path);
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let (output, report) = match entry {
        Some(entry) => compile_and_assess(&sources, entry, &options, &mut diagnostics),
        None => (None, None),
    };
    let errors = errors(&diagnostics, &sources);
    let wrong = match &output {
        None if errors.is_empty() => Some("neither output nor an error".to_owned()),
        None => None,
        Some(_) if !errors.is_empty() => Some("output in spite of errors".to_owned()),
        Some(files) => wrong(files),
    };
    Outcome {
        written: output.is_some(),
        totals: report.as_ref().map(totals),
        errors,
        wrong,
    }
}

/// The first defect of generated files.
fn wrong(files: &Files) -> Option<String> {
    let mut tables = Tables::default();
    let files = files.iter().map(|(path, text)| (path.as_str(), text));
    let mut files = files.filter(|(path, _)| is_generated_rust(path));
    files.find_map(|(path, text)| {
        if text.contains(NOT_RUST) {
            return Some(format!("{path} has a part that isn't Rust"));
        }
        match syn::parse_file(text) {
            Ok(file) => tables.wrong(path, &file),
            Err(error) => Some(format!("isn't Rust: {error}")),
        }
        .map(|wrong| format!("{path}: {wrong}"))
    })
}

fn is_generated_rust(path: &str) -> bool {
    let rust = Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs");
    rust && !path.contains("/support/")
}

fn totals(report: &Report) -> Totals {
    Totals {
        operations: report.operations,
        types: report.types.total(),
        fallbacks: report.count(Category::Fallback),
        lost: report.count(Category::LostConstraint),
        passed_over: report.count(Category::PassedOver),
        repairs: report.count(Category::Repair),
        free_form: report.free_form,
    }
}

/// Code and place of each error: the JSON pointer, or the line of a text that doesn't parse.
fn errors(diagnostics: &Diagnostics, sources: &Sources) -> Vec<(String, String)> {
    use specwright::diag::{Place, Severity};
    let errors = diagnostics
        .iter()
        .filter(|one| one.severity == Severity::Error);
    let errors = errors.map(|one| {
        let place = match &one.place {
            Place::Value(origin) | Place::Key(origin) => format!("#{}", origin.pointer),
            place => sources
                .locate(place)
                .map_or_else(String::new, |(_, at, _)| {
                    format!("{}:{}", at.line, at.column)
                }),
        };
        (one.code.id().to_owned(), place)
    });
    errors.collect()
}
