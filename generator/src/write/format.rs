//! Prints tokens: syn parses items, prettyplease prints each, and blank lines are put between them.

use super::Text;
use crate::emit::{Chunk, Content, Docs, Member, Piece, RustFile, SourceFile, Used, comment_line};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::mem::take;
use std::sync::{Mutex, PoisonError};
use syn::token::Bracket;
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, File, ImplItem, Item, Lit, LitStr, Meta, MetaNameValue,
    Token, TraitItem,
};

/// Passes the path and text of each file to `take` as soon as it is printed. Files and their parts are built and printed in parallel, so
/// files arrive in no particular order; the parts of a file keep theirs.
pub fn format(files: &[SourceFile<'_>], take: impl Fn(&str, Text) + Sync) {
    files.par_iter().for_each(|file| {
        let text = match &file.content {
            Content::Pieces(make) => pieces(make),
            Content::Rust(file) => rust(file),
        };
        take(&file.path, text);
    });
}

fn pieces(make: impl FnOnce() -> Vec<Piece>) -> Text {
    let (pieces, docs) = Docs::of(make);
    let texts = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Rust(rust) => {
            let mut text = String::new();
            chunks(rust, &docs, &mut text, &mut Used::default());
            text
        }
    });
    Text::of(texts.collect())
}

/// Appends one part of a file, after a blank line if there is text before it, and collects what it uses.
fn part(make: impl FnOnce() -> Vec<Chunk>, text: &mut String, used: &mut Used) {
    let (all, docs) = Docs::of(make);
    chunks(all, &docs, text, used);
}

/// The first line of each generated file.
const HEADER: &str = "// Written by specwright; changes are overwritten.\n\n";

/// How many parts are printed into one text: what they use is merged once for all of them, and few big texts fragment memory less than
/// many small ones.
const RUN: usize = 32;

fn rust(file: &RustFile<'_>) -> Text {
    let all_used = Mutex::new(Used::default());
    let runs = file.parts.par_chunks(RUN);
    // Printed into one buffer and then copied, so that no text grows among those that are kept, which would fragment memory, too.
    let texts: Vec<String> = runs
        .map_init(String::new, |text, run| {
            text.clear();
            let mut used = Used::default();
            for make in run {
                part(make, text, &mut used);
            }
            let mut all = all_used.lock().unwrap_or_else(PoisonError::into_inner);
            all.add_all(used);
            text.clone()
        })
        .collect();
    let used = all_used
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    let mut head = String::new();
    part(|| (file.head)(&used), &mut head, &mut Used::default());
    let mut all = vec![HEADER.to_owned()];
    let mut is_first = true;
    for text in std::iter::once(head).chain(texts) {
        if text.is_empty() {
            continue;
        }
        if !take(&mut is_first) {
            all.push("\n".to_owned());
        }
        all.push(text);
    }
    Text::of(all)
}

/// Appends chunks with a blank line between them, and before them if there is text, and collects what they use.
fn chunks(chunks: Vec<Chunk>, docs: &Docs, text: &mut String, used: &mut Used) {
    for chunk in chunks {
        let before = text.len();
        if before > 0 {
            text.push('\n');
        }
        let begin = text.len();
        match chunk {
            Chunk::Tokens(tokens) => used.add_all(self::tokens(tokens, docs, text)),
            Chunk::Member(member) => used.add_all(self::member(&member, docs, text)),
            Chunk::Lines(lines) => self::lines(&lines, text),
            Chunk::Code(code, its) => {
                text.push_str(&code);
                used.add_all(its);
            }
            Chunk::Call(lines, its) => {
                self::lines(&lines, text);
                used.add_all(its);
            }
        }
        if text.len() == begin {
            text.truncate(before);
        }
    }
}

fn lines(lines: &[String], text: &mut String) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}

/// Appends printed tokens; returns what they use.
fn tokens(tokens: TokenStream, docs: &Docs, text: &mut String) -> Used {
    let mut printed = String::new();
    let used = lay_out(tokens, &mut printed);
    document(&printed, docs, text);
    used
}

/// Appends a member of an `impl`, with what stands around all of them if it is the first or the last; returns what it uses.
fn member(member: &Member, docs: &Docs, text: &mut String) -> Used {
    let Member { head, tokens, .. } = member;
    let mut printed = String::new();
    let used = self::tokens(quote! { #head { #tokens } }, docs, &mut printed);
    let mut lines = &printed[..];
    if !member.is_first {
        // The first brace is that of the `impl`.
        lines = lines.split_once("{\n").map_or(lines, |(_, lines)| lines);
    }
    if !member.is_last {
        lines = lines.strip_suffix("}\n").unwrap_or(lines);
    }
    text.push_str(lines);
    used
}

/// Appends printed code and replaces its marks: blank lines, and documentation comments. No other line begins with `///`, as a literal
/// begins with its quote.
fn document(printed: &str, docs: &Docs, text: &mut String) {
    for line in printed.split_inclusive('\n') {
        let said = line.trim_start_matches(' ');
        let mark = said.strip_prefix("///").map(str::trim_end);
        if mark == Some(BLANK) {
            text.push('\n');
        } else if let Some(lines) = mark.and_then(|mark| docs.lines(mark)) {
            let indent = &line[..line.len() - said.len()];
            for words in lines {
                text.push_str(indent);
                comment_line(words, text);
            }
        } else {
            text.push_str(line);
        }
    }
}

/// Prefix of the message that replaces tokens that don't parse.
pub const NOT_RUST: &str = "specwright wrote what isn't Rust: ";

/// Appends the beginning of a file, or items; returns what they use.
fn lay_out(tokens: TokenStream, text: &mut String) -> Used {
    match syn::parse2::<File>(tokens) {
        Ok(file) => {
            let used = Used::of(&file);
            attributes(file.attrs, text);
            items(file.items, text);
            used
        }
        // Emission writes valid Rust. If it ever doesn't, the output has to say so where code is missing; tests look for this message.
        Err(error) => {
            let message = Literal::string(&format!("{NOT_RUST}{error}"));
            // Writing to a String can't fail.
            let _ = writeln!(text, "compile_error!({message});");
            Used::default()
        }
    }
}

/// Appends inner attributes, with a blank line after documentation.
fn attributes(attributes: Vec<Attribute>, text: &mut String) {
    let mut after_doc = false;
    for attribute in attributes {
        let is_doc = is_doc(&attribute);
        if after_doc && !is_doc {
            text.push('\n');
        }
        after_doc = is_doc;
        let printed = unparse(vec![attribute], Vec::new());
        text.push_str(printed.trim_end());
        text.push('\n');
    }
}

fn is_doc(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::NameValue(meta) if meta.path.is_ident("doc"))
}

/// Appends items with a blank line between them; runs of modules or imports stay together.
fn items(items: Vec<Item>, text: &mut String) {
    let mut before = None;
    for item in items {
        let run = match &item {
            Item::Use(_) => Some("use"),
            Item::Mod(_) => Some("mod"),
            _ => None,
        };
        let together = run.is_some() && before == run;
        if !text.is_empty() && !text.ends_with("\n\n") && !together {
            text.push('\n');
        }
        before = run;
        text.push_str(&unparse(Vec::new(), vec![apart(item)]));
    }
}

/// Marks each member of an item that a blank line goes before: all but the first, and not within runs of constants or types.
fn apart(mut item: Item) -> Item {
    match &mut item {
        Item::Impl(item) => {
            let line = |member: &ImplItem| match member {
                ImplItem::Const(member) if member.attrs.is_empty() => Some("const"),
                ImplItem::Type(member) if member.attrs.is_empty() => Some("type"),
                _ => None,
            };
            mark(&mut item.items, line, of_impl);
        }
        Item::Trait(item) => mark(&mut item.items, |_| None, of_trait),
        _ => {}
    }
    item
}

fn mark<M>(
    members: &mut [M],
    line: impl Fn(&M) -> Option<&'static str>,
    attributes: fn(&mut M) -> Option<&mut Vec<Attribute>>,
) {
    let mut before = None;
    for member in members {
        let run = line(member);
        let is_apart = before.is_some_and(|before| run.is_none() || run != before);
        before = Some(run);
        if let (true, Some(attributes)) = (is_apart, attributes(member)) {
            attributes.insert(0, blank());
        }
    }
}

fn of_impl(member: &mut ImplItem) -> Option<&mut Vec<Attribute>> {
    match member {
        ImplItem::Const(member) => Some(&mut member.attrs),
        ImplItem::Fn(member) => Some(&mut member.attrs),
        ImplItem::Type(member) => Some(&mut member.attrs),
        _ => None,
    }
}

fn of_trait(member: &mut TraitItem) -> Option<&mut Vec<Attribute>> {
    match member {
        TraitItem::Const(member) => Some(&mut member.attrs),
        TraitItem::Fn(member) => Some(&mut member.attrs),
        TraitItem::Type(member) => Some(&mut member.attrs),
        _ => None,
    }
}

/// The mark of a blank line. No documentation begins with it, and no mark of documentation is equal to it.
const BLANK: &str = "-";

/// The mark of a blank line as an attribute, which is printed as a comment.
fn blank() -> Attribute {
    let here = Span::call_site();
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", here).into(),
            eq_token: <Token![=]>::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::Str(LitStr::new(BLANK, here)),
            }),
        }),
    }
}

/// Prints a part of a file with prettyplease.
fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}

#[cfg(test)]
mod tests;
