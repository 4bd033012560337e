//! Real documents, and hostile ones: nothing panics; each gives output or at least one error, and what is generated is Rust.
//!
//! They are too big for this repository: `../shared/corpus` and `../shared/hostile`, beside the repository, are used where they exist.
//! A sample of them is read in the everyday run, all of them with `SPECWRIGHT_CORPUS=all`.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use specwright::config::{Options, PackageName};
use specwright::diag::{Diagnostics, Severity};
use specwright::{compile, index};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Bytes of one document, in the everyday run.
const SMALL: u64 = 200_000;

/// Bytes of all documents together, in the everyday run.
const SAMPLE: u64 = 4_000_000;

#[test]
fn real_documents() {
    every_document("corpus");
}

#[test]
fn hostile_documents() {
    every_document("hostile");
}

fn every_document(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(name);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let (documents, skipped) = sample(documents(&folder));
    let started = Instant::now();
    let (mut written, mut refused, mut wrong) = (0, 0, Vec::new());
    for path in &documents {
        match catch_unwind(AssertUnwindSafe(|| outcome(path))) {
            Ok(Ok(true)) => written += 1,
            Ok(Ok(false)) => refused += 1,
            Ok(Err(reason)) => wrong.push(format!("{}: {reason}", path.display())),
            Err(_) => wrong.push(format!("{}: panics", path.display())),
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{name}: {written} written, {refused} refused, {skipped} left out for their size, {seconds:.1} s"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        documents.len() > 10,
        "{} holds next to nothing",
        folder.display()
    );
}

/// Whether a document is written; or what is wrong with that.
fn outcome(path: &Path) -> Result<bool, String> {
    let mut diagnostics = Diagnostics::default();
    let options = Options::new(PackageName::of_path(path));
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let output = entry.and_then(|entry| compile(&sources, entry, &options, &mut diagnostics));
    let errors = diagnostics.count(Severity::Error);
    let Some(output) = output else {
        return if errors > 0 {
            Ok(false)
        } else {
            Err("neither output nor an error".to_owned())
        };
    };
    if errors > 0 {
        return Err(format!("output in spite of {errors} errors"));
    }
    for (file, text) in output
        .files
        .iter()
        .map(|(file, text)| (file.as_str(), text))
        .filter(|(file, _)| is_generated_rust(file))
    {
        syn::parse_file(text).map_err(|error| format!("{file} isn't Rust: {error}"))?;
    }
    Ok(true)
}

fn is_generated_rust(file: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|extension| extension == "rs")
        && !file.contains("/support/")
}

/// The files that are documents of their own, smallest first: everything but the parts of a description in many files.
fn documents(folder: &Path) -> Vec<(u64, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name == "multifile") {
                found.extend(entries(&path));
            } else {
                found.extend(documents(&path));
            }
        } else if is_document(&path) {
            found.push((fs::metadata(&path).unwrap().len(), path));
        }
    }
    found.sort();
    found
}

/// Of each folder of a description in many files the entry, which stands at its top.
fn entries(folder: &Path) -> Vec<(u64, PathBuf)> {
    let folders = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>()
    });
    files
        .filter(|path| is_document(path))
        .map(|path| (SMALL * 10, path))
        .collect()
}

fn is_document(path: &Path) -> bool {
    path.is_file()
        && path.extension().is_some_and(|extension| {
            ["yaml", "yml", "json"]
                .iter()
                .any(|known| extension == *known)
        })
}

/// What is read now, and how many are left out.
fn sample(documents: Vec<(u64, PathBuf)>) -> (Vec<PathBuf>, usize) {
    if std::env::var_os("SPECWRIGHT_CORPUS").is_some_and(|wanted| wanted == "all") {
        return (documents.into_iter().map(|(_, path)| path).collect(), 0);
    }
    let all = documents.len();
    let mut left = SAMPLE;
    let mut chosen = Vec::new();
    for (size, path) in documents {
        if size <= SMALL && size <= left {
            left -= size;
            chosen.push(path);
        }
    }
    let skipped = all - chosen.len();
    (chosen, skipped)
}
