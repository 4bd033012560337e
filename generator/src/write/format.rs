//! Tokens → text, the way rustfmt would have it. The only surgery on generated text.
//!
//! prettyplease lays items out; this file puts blank lines between them and irons out where rustfmt differs: it
//! allows 100 columns where prettyplease stops at 89, and keeps arguments together only up to 60.

use crate::emit::{Chunk, Content, SourceFile};

/// A source file as text.
#[must_use]
pub fn format(file: &SourceFile) -> String {
    match &file.content {
        Content::Text(text) => text.clone(),
        Content::Rust(chunks) => rust(chunks),
    }
}

/// The mark of generated files, the first line of each.
const HEADER: &str = "// Written by specwright; changes are overwritten.\n\n";

fn rust(chunks: &[Chunk]) -> String {
    let mut out = String::from(HEADER);
    for (index, chunk) in chunks.iter().enumerate() {
        let text = match chunk {
            Chunk::Tokens(tokens) => items(tokens),
            Chunk::Lines(lines) => lines.join("\n") + "\n",
        };
        if index > 0 && !text.is_empty() {
            out.push('\n');
        }
        out.push_str(&text);
    }
    out
}

/// Items as text. Tokens that aren't items can't come from emission; they would be shown as they are, for the compiler to point at.
fn items(tokens: &proc_macro2::TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => layout::reflow(&prettyplease::unparse(&file)),
        Err(error) => format!("// {error}\n{tokens}\n"),
    }
}

mod layout;
