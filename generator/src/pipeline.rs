//! Runs the stages one after the other.
//!
//! In: the files that were read and the options of an API. Out: the result of the requested stage; each function pushes diagnostics. Knows
//! every stage, but not the disk.

#[cfg(feature = "lsp")]
mod study;

#[cfg(feature = "lsp")]
pub use study::{Becomes, BecomesType, Studied, study};

use crate::config::own::Entry;
use crate::config::{GoesOn, OperationOptions, Options};
use crate::diag::{Code, Diagnostics, Place};
use crate::diff::{self, Diff};
use crate::document::{self, Choice, Document};
use crate::export::{self, Bundle, Export, Left, Syntax, Version};
use crate::hidden::printable_json;
use crate::ir::Api;
#[cfg(feature = "mock")]
use crate::mock::Described;
use crate::plan::{self, CrateKind, Dependency, Plan, Served};
use crate::report::{self, Report};
use crate::source::{FileId, Position, Said, Sources};
use crate::spelling::did_you_mean;
use crate::write::{self, Files, Text};
use crate::{emit, index, lower};
use std::sync::{Mutex, PoisonError};

/// Compiles a description to the files to write. Returns `None` after errors.
pub fn compile(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Files> {
    let document = read(sources, entry, options, diagnostics)?;
    let served = served(sources, entry, &document, options, diagnostics);
    let described = described_for_tools(&document, options);
    let mut plan = self::plan(sources, document, options, diagnostics)?;
    plan.served = served;
    plan.described = described;
    files(&plan, diagnostics)
}

/// Compiles a description and reports on it, as [`compile`] and [`assess`] do, but reads and plans it once. There are no files after errors, and
/// no report if the description can't be read at all.
pub fn compile_and_assess(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> (Option<Files>, Option<Report>) {
    let Some(document) = read(sources, entry, options, diagnostics) else {
        return (None, None);
    };
    let served = served(sources, entry, &document, options, diagnostics);
    let described = described_for_tools(&document, options);
    let api = lower::lower(&document, diagnostics);
    let mut plan = plan_api(sources, &api, options, diagnostics);
    let passed_over = document::passed_over(sources, entry, &document);
    let report = report::assess(sources, &document, &api, &plan, passed_over, diagnostics);
    plan.served = served;
    plan.described = described;
    let files = (!diagnostics.has_errors()).then(|| files(&plan, diagnostics));
    (files.flatten(), Some(report))
}

/// All files of a plan. Returns `None` after errors.
fn files(plan: &Plan, diagnostics: &mut Diagnostics) -> Option<Files> {
    let all = Mutex::new(Vec::new());
    lay_out(plan, |path, text| {
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((path.to_owned(), String::from(text)));
    });
    let mut files = Files::default();
    for (path, text) in all.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Err(bad) = files.insert(&path, text) {
            let reason = bad.to_string();
            diagnostics.push(Code::Unwritable { path, reason }, Place::Nowhere);
        }
    }
    (!diagnostics.has_errors()).then_some(files)
}

/// Reads a description and drops what the user doesn't want of it. Reports options without effect.
pub fn read(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let mut document = index::document(sources, entry, diagnostics)?;
    choose(sources, &mut document, options, diagnostics);
    let unmatched = set_operations(&mut document, &options.operations);
    tell(sources, diagnostics, unmatched, |number, meant| {
        let name = options.operations[number].0.clone();
        (Code::UnmatchedOperation { name, meant }, |said| {
            &said.operations
        })
    });
    let roots = &options.access.roots;
    for number in sources.unused_roots(entry, roots) {
        let root = roots[number].display().to_string();
        let place = sources.said(|said| said.roots.get(number).copied());
        diagnostics.push(Code::UnmatchedRoot { root }, place);
    }
    let formats = options.own.formats.iter();
    document.known_formats = formats.map(|format| format.name.clone()).collect();
    Some(document)
}

/// Sets what the configuration says of single operations. Returns the indexes of the entries that match none, each with a similar name.
fn set_operations(
    document: &mut Document,
    set: &[(String, OperationOptions)],
) -> Vec<(usize, Option<String>)> {
    let retries = set.iter();
    let retries: Vec<_> = retries
        .filter_map(|(name, set)| Some((name.clone(), set.retries?)))
        .collect();
    document.set_idempotent(&retries);
    let going_on = set.iter().filter_map(|(name, set)| {
        let said = match set.long_running.as_ref()? {
            GoesOn::No => None,
            GoesOn::Yes(how) => Some(how.clone()),
        };
        Some((name.clone(), said))
    });
    document.set_long_running(&going_on.collect::<Vec<_>>());
    let limits = set.iter().map(|(name, set)| (name.clone(), set.limits));
    document.limit(&limits.collect::<Vec<_>>());
    // What it says of pages is for the plan.
    let names: Vec<_> = set.iter().map(|(name, _)| name.clone()).collect();
    document.unmatched(&names)
}

/// Drops the operations that the user doesn't want, and the types that are needed by nothing else.
fn choose(
    sources: &Sources,
    document: &mut Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let choice = choice(options);
    let before = (options.prune.is_none() && !choice.is_all()).then(|| document.reached());
    let [include, exclude] = document.choose(&choice);
    if options.prune == Some(true) || before.is_some() {
        document.prune(before.as_ref());
    }
    let unmatched =
        |key: &str, entries: &[String], number: usize, meant| Code::UnmatchedOperationEntry {
            key: key.to_owned(),
            entry: entries[number].clone(),
            meant,
        };
    tell(sources, diagnostics, include, |number, meant| {
        let code = unmatched("include", &options.include, number, meant);
        (code, |said| &said.include)
    });
    tell(sources, diagnostics, exclude, |number, meant| {
        let code = unmatched("exclude", &options.exclude, number, meant);
        (code, |said| &said.exclude)
    });
}

/// The operations that the user wants.
fn choice(options: &Options) -> Choice<'_> {
    let Options {
        include, exclude, ..
    } = options;
    Choice { include, exclude }
}

/// Where the configuration has the entries of a list.
type Entries = fn(&Said) -> &Vec<Position>;

/// Reports the entries of a list in the configuration that match no operation: by number, each with a name that may have been meant.
fn tell(
    sources: &Sources,
    diagnostics: &mut Diagnostics,
    unmatched: Vec<(usize, Option<String>)>,
    message: impl Fn(usize, String) -> (Code, Entries),
) {
    for (number, meant) in unmatched {
        let (code, entries) = message(number, did_you_mean(meant.as_deref()));
        let place = sources.said(|said| entries(said).get(number).copied());
        diagnostics.push(code, place);
    }
}

/// Turns a document into a plan. Each stage drops its input, so that at most two of them are in memory. Returns `None` after errors.
pub fn plan(
    sources: &Sources,
    document: Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Plan> {
    let draft = lower::draft(&document, diagnostics);
    drop(document);
    let api = draft.finish();
    let plan = plan_api(sources, &api, options, diagnostics);
    (!diagnostics.has_errors()).then_some(plan)
}

/// The description as the server has it: the author's, in one file; of an index, what it comes to. Both are without what the user doesn't want.
/// `None` unless the user wants it.
pub fn served(
    sources: &Sources,
    entry: FileId,
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Served> {
    if !options.serve_document {
        return None;
    }
    let value = match document::references(sources, entry) {
        Some(references) => {
            let mut bundle = export::bundle(sources, entry, &references);
            tell_left(&bundle, diagnostics);
            export::choose(&mut bundle.value, &choice(options));
            bundle.value
        }
        None => export::export(document, Version::V31).value,
    };
    let [json, yaml] = [Syntax::Json, Syntax::Yaml].map(|syntax| syntax.text(&value));
    Some(Served { json, yaml })
}

/// The description that schemas of tools are made of: one document, in JSON. `None` unless there are tools.
#[must_use]
pub fn described_for_tools(document: &Document, options: &Options) -> Option<String> {
    let described = || printable_json(&recorded(document)).into_owned();
    options.emits(CrateKind::Mcp).then(described)
}

/// What a run records of a description, to compare the next one with it: one document, in JSON.
#[must_use]
pub fn recorded(document: &Document) -> String {
    export::recorded(document)
}

/// Plans an API. Reports options without effect.
fn plan_api(
    sources: &Sources,
    api: &Api,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let plan = plan::plan(api, options, diagnostics);
    for number in &plan.unmet_words {
        let word = options.words[*number].clone();
        let place = sources.said(|said| said.words.get(*number).copied());
        diagnostics.push(Code::UnmatchedWord { word }, place);
    }
    for (entry, code) in &plan.own_problems {
        let place = sources.said(|said| match *entry {
            Entry::Type(at) => said.types.get(at).copied(),
            Entry::Format(at) => said.formats.get(at).copied(),
            Entry::Derive(at) => said.derives.get(at).copied(),
            Entry::Attribute(_) => None,
        });
        diagnostics.push(code.clone(), place);
    }
    plan
}

/// Passes path and text of every file to `take`, each as soon as it is printed, from several threads.
pub fn lay_out(plan: &Plan, take: impl Fn(&str, Text) + Sync) {
    write::format(&emit::emit(plan), take);
}

/// Passes path and text of every file of the package with the support code of several APIs, if there is one, relative to its directory.
pub fn lay_out_runtime(plan: &Plan, take: impl Fn(&str, Text) + Sync) {
    write::format(&emit::emit_runtime(plan), take);
}

/// The dependencies that modules need, with the active cargo features of the package that they are a part of; and each as a manifest has it.
pub fn requirements(plan: &Plan, is_active: impl Fn(&str) -> bool) -> Vec<(Dependency, String)> {
    let needs = plan.needs(is_active).into_iter();
    needs
        .map(|needed| {
            let requirement = emit::requirement(&needed);
            (needed, requirement)
        })
        .collect()
}

/// The project around the server of a plan. `spec` is the path of the description, for people.
#[must_use]
pub fn project(plan: &Plan, spec: &str) -> emit::Project {
    emit::project(plan, spec)
}

/// Reports on a description; `None` if it can't be read at all. `diagnostics` gets all messages.
pub fn assess(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let document = read(sources, entry, options, diagnostics)?;
    let api = lower::lower(&document, diagnostics);
    let plan = plan_api(sources, &api, options, diagnostics);
    let passed_over = document::passed_over(sources, entry, &document);
    Some(report::assess(
        sources,
        &document,
        &api,
        &plan,
        passed_over,
        diagnostics,
    ))
}

/// Reads and lowers a description, even with errors; `None` if it can't be read at all.
pub fn api(sources: &Sources, entry: FileId, diagnostics: &mut Diagnostics) -> Option<Api> {
    let document = index::document(sources, entry, diagnostics)?;
    Some(lower::lower(&document, diagnostics))
}

/// A description → what a mock needs of it. Returns `None` after errors.
#[cfg(feature = "mock")]
pub fn described(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Described> {
    let document = read(sources, entry, options, diagnostics)?;
    let api = lower::lower(&document, diagnostics);
    (!diagnostics.has_errors()).then_some(Described { document, api })
}

/// An API as the command line holds it for comparisons.
pub type Compared = Api;

/// Lists the differences between an old and a new description.
#[must_use]
pub fn diff(old: &Api, new: &Api) -> Diff {
    diff::run(old, new)
}

/// A description → the same as one document of another version, without the operations that are left out. What isn't in it is told.
pub fn export(
    version: Version,
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Export> {
    let document = read(sources, entry, options, diagnostics)?;
    let passed_over = document::passed_over(sources, entry, &document).into_iter();
    for (field, object, origin) in
        passed_over.filter(|(field, object, _)| !export::keeps(object, field))
    {
        diagnostics.push(Code::NotExported { field, object }, Place::Value(origin));
    }
    let extensions = export::extensions(sources.root(entry).value);
    if !extensions.is_empty() {
        let names = export::listed(&extensions);
        let place = Place::Value(document.origin.clone());
        diagnostics.push(Code::ExtensionsLeftOut { names }, place);
    }
    let export = export::export(&document, version);
    for unsaid in &export.unsaid {
        let code = Code::Unsayable {
            what: unsaid.what.clone(),
            version: version.as_str().to_owned(),
            instead: unsaid.instead(),
        };
        diagnostics.push(code, Place::Value(unsaid.origin.clone()));
    }
    Some(export)
}

/// A description → the same as one document, in the author's words.
pub fn bundle(sources: &Sources, entry: FileId, diagnostics: &mut Diagnostics) -> Option<Bundle> {
    document::read(sources, entry, diagnostics)?;
    let references = document::references(sources, entry)?;
    let bundle = export::bundle(sources, entry, &references);
    tell_left(&bundle, diagnostics);
    Some(bundle)
}

/// Reports what a bundle doesn't have as it should.
fn tell_left(bundle: &Bundle, diagnostics: &mut Diagnostics) {
    for left in &bundle.left {
        let (code, origin) = match left {
            Left::Apart(field, text, origin) => {
                let (field, text) = ((*field).to_owned(), text.clone());
                (Code::RefersApart { field, text }, origin)
            }
            Left::Recursive(origin) => (Code::RecursiveInPlace, origin),
            Left::Large(origin) => (Code::LargeInPlace, origin),
        };
        diagnostics.push(code, Place::Value(origin.clone()));
    }
}

/// A stage whose result can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The document form.
    Document,
    /// The IR.
    Ir,
    /// The plan.
    Plan,
    /// The Rust type of every schema: one JSON object per line.
    Types,
}

/// The result of a stage as text.
pub fn dump(
    stage: Stage,
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let document = read(sources, entry, options, diagnostics)?;
    if stage == Stage::Document {
        return Some(document::dump(&document));
    }
    let api = lower::lower(&document, diagnostics);
    if stage == Stage::Ir {
        return Some(api.dump());
    }
    if stage == Stage::Types {
        let types = plan::types(&api, options, diagnostics);
        return Some(plan::dump_types(&types, |file| {
            sources.relative(entry, file)
        }));
    }
    Some(plan_api(sources, &api, options, diagnostics).dump())
}
