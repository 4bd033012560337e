//! specwright reads API descriptions and writes Rust crates: types, a client, a server stub.
//!
//! ```text
//! text → Document → ir::Api → plan::Plan → Files → disk
//! ```
//!
//! Every stage has its own types and its own folder; up to `plan` a stage returns a value and pushes [`diag::Diagnostics`], after
//! it nothing can fail but the disk. `ARCHITECTURE.md` beside this crate says what each stage knows and what it may not know.
//! From a build script begin with [`Generator`].

pub mod compare;
pub mod config;
pub mod crates;
pub mod diag;
pub mod digest;
pub mod document;
pub mod emit;
mod generator;
pub mod hidden;
pub mod index;
pub mod ir;
pub mod lower;
pub mod plan;
mod regex;
pub mod report;
pub mod source;
pub mod spelling;
pub mod write;

pub use crates::CrateKind;
pub use generator::{Failed, Generator, Report, Run, Written};

use config::Options;
use diag::{Code, Diagnostics, Place};
use document::Document;
use plan::Plan;
use source::{FileId, Sources};
use spelling::did_you_mean;
use std::sync::{Mutex, PoisonError};
use write::Files;

/// What is written for one API.
#[derive(Debug, Clone)]
pub struct Output {
    /// The files, relative to the API's folder.
    pub files: Files,
    /// What is in them.
    pub summary: Summary,
}

/// What an output holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Operations of the client and the server.
    pub operations: usize,
    /// Types with a name.
    pub types: usize,
}

impl Summary {
    /// Of what a plan is for.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            operations: plan.operations().count(),
            types: plan.types.len(),
        }
    }
}

/// A description and what to do with it → the files to write. `None` when anything forbids writing; the diagnostics say what.
pub fn compile(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Output> {
    let document = read(sources, entry, options, diagnostics)?;
    let plan = plan_document(document, options, diagnostics)?;
    let all = Mutex::new(Vec::new());
    lay_out(&plan, |path, text| {
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((path.to_owned(), text));
    });
    let mut files = Files::default();
    for (path, text) in all.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Err(bad) = files.insert(&path, text) {
            let reason = bad.to_string();
            diagnostics.push(Code::Unwritable { path, reason }, Place::Nowhere);
        }
    }
    (!diagnostics.has_errors()).then_some(Output {
        files,
        summary: Summary::of(&plan),
    })
}

/// A description → its document, without the operations that are left out. What the options name to no end is told.
pub fn read(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let mut document = index::document(sources, entry, diagnostics)?;
    for (number, meant) in document.skip(&options.skip) {
        let code = Code::UnmatchedSkip {
            name: options.skip[number].clone(),
            meant: did_you_mean(meant.as_deref()),
        };
        let place = sources.said(|said| said.skip.get(number).copied());
        diagnostics.push(code, place);
    }
    let roots = &options.access.roots;
    for number in sources.unused_roots(entry, roots) {
        let root = roots[number].display().to_string();
        let place = sources.said(|said| said.roots.get(number).copied());
        diagnostics.push(Code::UnmatchedRoot { root }, place);
    }
    Some(document)
}

/// A document → every decision about the code to write. Each stage lets go of the one before it, so that two of them are in memory at
/// most. `None` when anything forbids writing.
pub fn plan_document(
    document: Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Plan> {
    let draft = lower::draft(&document, diagnostics);
    drop(document);
    let api = draft.finish();
    let plan = plan::plan(&api, options, diagnostics);
    (!diagnostics.has_errors()).then_some(plan)
}

/// Hands over path and text of every file, each as soon as it is made, from several threads.
pub fn lay_out(plan: &Plan, take: impl Fn(&str, String) + Sync) {
    write::format(&emit::emit(plan), take);
}

/// What the output for a description is worth. `None` when it can't be read at all; `diagnostics` gets all that is found.
pub fn report(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<report::Report> {
    let document = read(sources, entry, options, diagnostics)?;
    let api = lower::lower(&document, diagnostics);
    let plan = plan::plan(&api, options, diagnostics);
    let passed_over = document::passed_over(sources, entry);
    Some(report::report(
        sources,
        &document,
        &api,
        &plan,
        passed_over,
        diagnostics,
    ))
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
    /// The Rust type of every schema: a JSON object a line.
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
    Some(plan::plan(&api, options, diagnostics).dump())
}
