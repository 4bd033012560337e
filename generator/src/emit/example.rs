//! `examples/basic.rs`, which the README shows too.

use super::tokens::{FOREIGN_LETTERS, head, recursion_limit};
use super::{Chunk, Emitter, Piece, SourceFile};
use crate::plan::{Doc, Plan};
use proc_macro2::TokenStream;
use quote::quote;

/// What an example is made of.
pub(super) struct Example {
    pub(super) doc: Doc,
    /// Groups of lines.
    pub(super) imports: Vec<Vec<String>>,
    /// The items.
    pub(super) lines: Vec<String>,
}

/// `examples/basic.rs`, if there is anything to show.
pub(super) fn file<'p>(plan: &'p Plan, emitter: &'static Emitter) -> Option<SourceFile<'p>> {
    example(plan, emitter)?;
    Some(SourceFile::pieces("examples/basic.rs", move || {
        example(plan, emitter)
            .map(Piece::Rust)
            .into_iter()
            .collect()
    }))
}

/// The example of one of the packages.
pub(super) fn example(plan: &Plan, emitter: &Emitter) -> Option<Vec<Chunk>> {
    let Example {
        doc,
        imports,
        lines,
    } = (emitter.example)(plan)?;
    // An example is a crate of its own.
    let limit = recursion_limit(plan).map(|limit| {
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
    Some(chunks)
}

/// The same lines, a level deeper.
pub(super) fn indented(lines: Vec<String>) -> impl Iterator<Item = String> {
    let indented = |line: String| match &line[..] {
        "" => line,
        _ => format!("    {line}"),
    };
    lines.into_iter().map(indented)
}

/// A statement that calls one method after the other: in one line, if it fits, else a line each.
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

/// Columns of a statement in a line.
const WIDTH: usize = 88;
