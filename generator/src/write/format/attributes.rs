//! Prints attributes and documentation. In: tokens. Out: lines.

use super::out::{LINE, Out, STEP};
use super::tokens::{self, Cursor, is_group, is_punct};
use super::tree::width;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::borrow::Cow;

/// Columns of the arguments of an attribute that stay on one line.
const ARGUMENTS: usize = 70;

/// Attributes of an item.
#[derive(Debug)]
pub(super) struct Attributes(Vec<TokenStream>);

impl Attributes {
    /// The attributes that come next.
    pub(super) fn read(tokens: &mut Cursor) -> Self {
        let mut attributes = Vec::new();
        while tokens.is_punct('#') && is_group(tokens.ahead(1), Delimiter::Bracket) {
            tokens.skip(1);
            attributes.extend(tokens.take_group(Delimiter::Bracket));
        }
        Self(attributes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A line each.
    pub(super) fn append(self, out: &mut Out, indent: usize) {
        for attribute in self.0 {
            one(attribute, ["///", "#["], out, indent);
        }
    }
}

/// `#![…]` and `//! …` at the beginning of a file; whether there were any.
pub(super) fn inner(tokens: &mut Cursor, out: &mut Out, indent: usize) -> bool {
    let mut was_comment = None;
    while tokens.is_punct('#') && is_punct(tokens.ahead(1), '!') {
        tokens.skip(2);
        let Some(attribute) = tokens.take_group(Delimiter::Bracket) else {
            break;
        };
        let is_comment = documentation(attribute.clone()).is_some();
        if was_comment == Some(true) && !is_comment {
            out.blank();
        }
        one(attribute, ["//!", "#!["], out, indent);
        was_comment = Some(is_comment);
    }
    was_comment.is_some()
}

fn one(attribute: TokenStream, [comment, open]: [&str; 2], out: &mut Out, indent: usize) {
    if let Some((text, space)) = documentation(attribute.clone()) {
        for line in unescaped(&text).split('\n') {
            let space = if space && !line.is_empty() { " " } else { "" };
            out.line_begin(indent);
            out.push(comment);
            out.push(space);
            out.push(line.trim_end_matches(' '));
        }
        return;
    }
    out.line_begin(indent);
    let mut tokens: Vec<TokenTree> = attribute.into_iter().collect();
    out.push(open);
    let mut close = "]".to_owned();
    let is_derive = tokens
        .first()
        .is_some_and(|first| first.to_string() == "derive");
    while let [path @ .., TokenTree::Group(group)] = &tokens[..]
        && group.delimiter() == Delimiter::Parenthesis
    {
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        out.push(&tokens::text(path));
        out.push("(");
        close.insert(0, ')');
        tokens = inside;
        if !matches!(tokens[..], [TokenTree::Ident(_), TokenTree::Group(_)]) {
            break;
        }
    }
    let inside = tokens::text(&tokens);
    let width = width(inside.trim_end_matches(','));
    if close.len() == 1
        || ((width <= ARGUMENTS || is_derive) && out.column + width + close.len() <= LINE)
    {
        out.push(&inside);
    } else {
        arguments(tokens.into_iter().collect(), out, indent);
    }
    out.push(&close);
}

/// An argument a line.
fn arguments(stream: TokenStream, out: &mut Out, indent: usize) {
    let mut tokens = Cursor::new(stream);
    while !tokens.is_end() {
        out.newline(indent + STEP);
        out.push(&tokens.text_until(|tokens| tokens.is_punct(',')));
        tokens.take_punct(',');
        out.push(",");
    }
    out.newline(indent);
}

/// The literal of documentation, and whether a space stands before each of its lines: `#[doc["…"]]`, which is ours, `#[doc = "…"]`.
fn documentation(attribute: TokenStream) -> Option<(String, bool)> {
    let mut tokens = attribute.into_iter();
    match tokens.next()? {
        TokenTree::Ident(ident) if ident == "doc" => {}
        _ => return None,
    }
    let (literal, space) = match tokens.next()? {
        TokenTree::Punct(punct) if punct.as_char() == '=' => (tokens.next()?, false),
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            (group.stream().into_iter().next()?, true)
        }
        _ => return None,
    };
    let literal = literal.to_string();
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    Some((text.to_owned(), space))
}

/// What a string literal stands for, as proc-macro2 writes it.
fn unescaped(literal: &str) -> Cow<'_, str> {
    let Some(first) = literal.find('\\') else {
        return Cow::Borrowed(literal);
    };
    let mut text = literal[..first].to_owned();
    let mut rest = &literal[first..];
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = escape.chars();
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let (digits, behind) = escape[1..].split_once('}').unwrap_or_default();
                let number = u32::from_str_radix(digits.trim_start_matches('{'), 16);
                text.extend(number.ok().and_then(char::from_u32));
                chars = behind.chars();
            }
            Some(other) => text.push(other),
            None => {}
        }
        rest = chars.as_str();
    }
    text.push_str(rest);
    Cow::Owned(text)
}
