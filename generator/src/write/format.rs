//! Tokens → text, as rustfmt would have it.
//!
//! Items are printed while they are read (`items`, `structures`, `signature`, `attributes`). Expressions and types become a layout tree first
//! (`parse_expressions`, `parse_statements` and `parse_types` → `tree`), whose nodes know how wide they are on one line, and are then
//! printed by rustfmt's rules (`expressions`, `arms`, `calls`, `flat`, `types` → `out`). What isn't known is text on one
//! line: no token is lost.

use crate::emit::{Chunk, Content, Piece, RustFile, SourceFile, Used};
use out::Out;
use proc_macro2::TokenStream;
use rayon::prelude::*;

/// Hands the path and text of each file to `take`, as soon as it is made: files and their parts are made and laid out in parallel, in no
/// order. The parts are where they belong in any case.
pub fn format(files: &[SourceFile<'_>], take: impl Fn(&str, String) + Sync) {
    files.par_iter().for_each(|file| {
        let text = match &file.content {
            Content::Pieces(make) => make().into_iter().map(piece).collect(),
            Content::Rust(file) => rust(file),
        };
        take(&file.path, text);
    });
}

fn piece(piece: Piece) -> String {
    match piece {
        Piece::Text(text) => text,
        Piece::Rust(rust) => chunks(rust),
    }
}

/// The mark of generated files, the first line of each.
const HEADER: &str = "// Written by specwright; changes are overwritten.\n\n";

fn rust(file: &RustFile<'_>) -> String {
    let parts: Vec<(String, Used)> = file
        .parts
        .par_iter()
        .map(|make| {
            let text = chunks(make());
            let used = Used::of(&text);
            (text, used)
        })
        .collect();
    let (texts, used): (Vec<String>, Vec<Used>) = parts.into_iter().unzip();
    let used = used.into_iter().fold(Used::default(), Used::and);
    let head = chunks((file.head)(&used));
    let all = std::iter::once(head).chain(texts);
    let all: Vec<String> = all.filter(|text| !text.is_empty()).collect();
    // No bigger than it is: some keep all files.
    let mut whole =
        String::with_capacity(HEADER.len() + all.iter().map(|text| text.len() + 1).sum::<usize>());
    whole.push_str(HEADER);
    for (index, text) in all.into_iter().enumerate() {
        if index > 0 {
            whole.push('\n');
        }
        whole.push_str(&text);
    }
    whole
}

/// Chunks as text, a blank line between them.
fn chunks(chunks: Vec<Chunk>) -> String {
    let mut text = String::new();
    for chunk in chunks {
        let before = text.len();
        if before > 0 {
            text.push('\n');
        }
        let begin = text.len();
        match chunk {
            Chunk::Tokens(tokens) => items(tokens, &mut text),
            Chunk::Lines(lines) => {
                for line in lines {
                    text.push_str(&line);
                    text.push('\n');
                }
            }
        }
        if text.len() == begin {
            text.truncate(before);
        }
    }
    text
}

/// Appends items.
fn items(tokens: TokenStream, text: &mut String) {
    let mut out = Out::new(std::mem::take(text));
    items::lay_out(tokens, &mut out);
    *text = out.text;
}

mod arms;
mod attributes;
mod calls;
mod expressions;
mod flat;
mod items;
mod out;
mod parse_expressions;
mod parse_statements;
mod parse_types;
mod signature;
mod structures;
mod tokens;
mod tree;
mod types;

#[cfg(test)]
mod tests;
