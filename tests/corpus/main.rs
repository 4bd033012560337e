//! Generates crates from real documents. The results are in `TOTALS.md`; invalid documents are in `expected.toml`.
//!
//! The documents are too big for this repository: `../shared/corpus`, next to the repository, is used if it exists. Every run generates
//! every document. `SPECWRIGHT_CORPUS=third` compiles a third of the output (`CI` a sixth), `SPECWRIGHT_CORPUS=all` all of it,
//! `SPECWRIGHT_CORPUS=programs` the command lines and tools of a twelfth, `SPECWRIGHT_CORPUS=NAME` all of documents with `NAME` in their
//! name. `UPDATE_TOTALS=1` updates both files.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod bundle;
mod compile;
mod documents;
mod expected;
mod outcome;
#[path = "../sinks/programs.rs"]
mod programs;
mod totals;
mod upgrade;
#[path = "../workspace/mod.rs"]
mod workspace;

use documents::Document;
use outcome::{Outcome, outcome};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Instant;

/// The stack size of the command's main thread.
const STACK: usize = 8 << 20;

/// Every document with its outcome, generated once; `None` without a corpus.
fn corpus() -> Option<&'static [(Document, Outcome)]> {
    static CORPUS: OnceLock<Option<Vec<(Document, Outcome)>>> = OnceLock::new();
    CORPUS
        .get_or_init(|| documents::all().map(|documents| generate(&documents)))
        .as_deref()
}

/// Generates every document, in parallel.
fn generate(documents: &[Document]) -> Vec<(Document, Outcome)> {
    let started = Instant::now();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        let work = || {
            while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                let outcome = outcome(document);
                done.lock().unwrap().push((document.clone(), outcome));
            }
        };
        for _ in 0..workers {
            let worker = thread::Builder::new().stack_size(STACK);
            worker.spawn_scoped(scope, work).unwrap();
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by(|(left, _), (right, _)| left.name.cmp(&right.name));
    let written = done.iter().filter(|(_, outcome)| outcome.written).count();
    println!(
        "{written} of {} documents written, {:.1} s",
        done.len(),
        started.elapsed().as_secs_f64()
    );
    done
}

/// Nothing panics, each document gives output or an error, and all output is valid Rust.
#[test]
fn every_document_is_written_or_refused() {
    let Some(corpus) = corpus() else { return };
    let wrong = corpus.iter().filter_map(|(document, outcome)| {
        let wrong = outcome.wrong.as_ref()?;
        Some(format!("{}: {wrong}", document.name))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn totals_are_those_of_the_table() {
    let Some(corpus) = corpus() else { return };
    totals::check(corpus);
}

#[test]
fn broken_documents_are_the_expected_ones() {
    let Some(corpus) = corpus() else { return };
    expected::check(corpus);
}

/// Some documents are generated once more: maps that are gone through in the order of their hashes would show.
#[test]
fn programs_are_the_same_again() {
    let Some(corpus) = corpus() else { return };
    let some = corpus.iter().filter(|(_, outcome)| outcome.written);
    for (document, _) in some.step_by(24) {
        let one = outcome::programs(&document.path);
        assert!(one.is_some(), "{}", document.name);
        assert!(
            one == outcome::programs(&document.path),
            "{}",
            document.name
        );
    }
}

#[test]
fn what_is_generated_compiles() {
    let Some(corpus) = corpus() else { return };
    compile::check(corpus);
}

#[test]
fn what_is_written_as_another_version_gives_the_same_crates() {
    let Some(documents) = documents::all() else {
        return;
    };
    upgrade::check(&documents);
}

#[test]
fn one_file_gives_the_same_code_as_several() {
    if let Some(documents) = documents::all() {
        bundle::check(&documents);
    }
}
