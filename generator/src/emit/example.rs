//! Writes the files in `examples/`. `basic.rs` is also shown in the README.

use super::tokens::{FOREIGN_LETTERS, head};
use super::{Chunk, Emitter, Piece, SourceFile};
use crate::plan::{Doc, Plan};
use proc_macro2::TokenStream;
use quote::quote;

/// The parts of an example.
pub(super) struct Example {
    pub(super) doc: Doc,
    /// Groups of imports, as lines.
    pub(super) imports: Vec<Vec<String>>,
    pub(super) lines: Vec<String>,
}

/// The file `examples/basic.rs`, if there is anything to show.
pub(super) fn file<'p>(plan: &'p Plan, emitter: &'static Emitter) -> Option<SourceFile<'p>> {
    example(plan, emitter)?;
    Some(SourceFile::pieces("examples/basic.rs", move || {
        example(plan, emitter)
            .map(Piece::Rust)
            .into_iter()
            .collect()
    }))
}

/// The example of a package.
pub(super) fn example(plan: &Plan, emitter: &Emitter) -> Option<Vec<Chunk>> {
    (emitter.example)(plan).map(|example| chunks(plan, example))
}

/// An example as a file.
pub(super) fn chunks(plan: &Plan, example: Example) -> Vec<Chunk> {
    let Example {
        doc,
        imports,
        lines,
    } = example;
    // An example is a crate of its own.
    let limit = plan.recursion_limit().map(|limit| {
        let limit = limit.to_string();
        quote! { #![recursion_limit = #limit] }
    });
    let mut all_lines = imports.iter().flatten().chain(&lines);
    let letters = all_lines.any(|line| !line.is_ascii()).then(|| {
        let lints: TokenStream = FOREIGN_LETTERS.parse().unwrap_or_default();
        quote! { #![allow(#lints)] }
    });
    let mut chunks = head(&doc, &quote! { #limit #letters }, imports);
    chunks.push(Chunk::Lines(lines));
    chunks
}

/// Indents lines by one level.
pub(super) fn indented(lines: Vec<String>) -> impl Iterator<Item = String> {
    let indented = |line: String| match &line[..] {
        "" => line,
        _ => format!("    {line}"),
    };
    lines.into_iter().map(indented)
}

/// A statement with a chain of method calls: on one line if it fits, else on a line each.
pub(super) fn chain(begin: &str, calls: &[String]) -> Vec<String> {
    let whole = format!("{begin}{};", calls.concat());
    if whole.chars().count() <= WIDTH || calls.len() < 2 {
        return vec![whole];
    }
    let mut lines = vec![begin.to_owned()];
    lines.extend(calls.iter().map(|call| format!("    {call}")));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

/// Greatest width of a statement on one line.
const WIDTH: usize = 88;
