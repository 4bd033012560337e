//! Tokens one after another, and as text.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::fmt::Write as _;

/// A place in a stream of tokens.
#[derive(Debug)]
pub(super) struct Cursor {
    tokens: Vec<TokenTree>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(tokens: TokenStream) -> Self {
        Self {
            tokens: tokens.into_iter().collect(),
            at: 0,
        }
    }

    /// The token that comes next.
    pub(super) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    /// The token behind so many others.
    pub(super) fn ahead(&self, count: usize) -> Option<&TokenTree> {
        self.tokens.get(self.at + count)
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn back(&mut self, place: usize) {
        self.at = place;
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// The tokens since a place.
    pub(super) fn since(&self, place: usize) -> &[TokenTree] {
        &self.tokens[place..self.at.min(self.tokens.len())]
    }

    pub(super) fn is_punct(&self, wanted: char) -> bool {
        is_punct(self.peek(), wanted)
    }

    /// Whether an operator of several characters comes next.
    pub(super) fn is_operator(&self, wanted: &str) -> bool {
        let last = wanted.len() - 1;
        wanted.chars().enumerate().all(|(index, c)| {
            matches!(self.ahead(index), Some(TokenTree::Punct(punct))
                if punct.as_char() == c && (index == last || punct.spacing() == Spacing::Joint))
        })
    }

    pub(super) fn is_ident(&self, wanted: &str) -> bool {
        matches!(self.peek(), Some(TokenTree::Ident(ident)) if ident == wanted)
    }

    /// Whether one of the characters comes next, and goes past it.
    pub(super) fn take_punct(&mut self, wanted: char) -> bool {
        let found = self.is_punct(wanted);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take_ident(&mut self, wanted: &str) -> bool {
        let found = self.is_ident(wanted);
        self.at += usize::from(found);
        found
    }

    /// Goes past `<…>`, which comes next.
    pub(super) fn angles(&mut self) {
        let mut open = 0_usize;
        let mut arrow = false;
        while let Some(token) = self.peek() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '<' => open += 1,
                TokenTree::Punct(punct) if punct.as_char() == '>' && !arrow => {
                    open = open.saturating_sub(1);
                }
                _ => {}
            }
            arrow = is_punct(Some(token), '-');
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }

    /// The content of a group that comes next, and goes past it.
    pub(super) fn take_group(&mut self, delimiter: Delimiter) -> Option<TokenStream> {
        let stream = match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => group.stream(),
            _ => return None,
        };
        self.at += 1;
        Some(stream)
    }

    pub(super) fn is_group(&self, delimiter: Delimiter) -> bool {
        is_group(self.peek(), delimiter)
    }

    /// The tokens before the first for which this says so, as text.
    pub(super) fn text_until(&mut self, end: impl Fn(&Self) -> bool) -> String {
        let begin = self.at;
        while !self.is_end() && !end(self) {
            self.at += 1;
        }
        text(self.since(begin))
    }
}

/// Whether a token is a character.
pub(super) fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// Whether a token is a group.
pub(super) fn is_group(token: Option<&TokenTree>, delimiter: Delimiter) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
}

/// Tokens as text on one line.
pub(super) fn text(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    append(tokens.iter().cloned(), &mut text);
    text
}

/// What stands before a token, as far as spaces are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing that a space could be behind.
    Open,
    /// A name, a literal, or what closes.
    Word,
    /// What a space stands behind.
    Spaced,
    /// A keyword.
    Keyword,
}

/// Appends tokens. Groups are on a stack of their own: they may be nested as deeply as anybody likes.
fn append(tokens: impl Iterator<Item = TokenTree>, out: &mut String) {
    let mut stack: Vec<(Vec<TokenTree>, &str)> = vec![(reversed(tokens), "")];
    let mut before = Before::Open;
    let mut joint = false;
    // How many `<` of types are open.
    let mut angles = 0_usize;
    while let Some((rest, close)) = stack.last_mut() {
        let Some(token) = rest.pop() else {
            out.push_str(close);
            stack.pop();
            before = Before::Word;
            continue;
        };
        match token {
            // Documentation in the form of ours.
            TokenTree::Group(group) if out.ends_with("#[doc") => {
                out.push_str(" = ");
                before = Before::Open;
                stack.push((reversed(group.stream().into_iter()), ""));
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if group.stream().is_empty() || out.ends_with("::") => {
                        ("{", "}")
                    }
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let is_brace = group.delimiter() == Delimiter::Brace;
                let spaced = matches!(before, Before::Spaced | Before::Keyword);
                if spaced || (is_brace && before == Before::Word) {
                    out.push(' ');
                }
                out.push_str(open);
                before = Before::Open;
                stack.push((reversed(group.stream().into_iter()), close));
            }
            TokenTree::Ident(ident) => {
                if before != Before::Open {
                    out.push(' ');
                }
                let begin = out.len();
                let _ = write!(out, "{ident}");
                before = if is_keyword(&out[begin..]) {
                    Before::Keyword
                } else {
                    Before::Word
                };
            }
            TokenTree::Literal(literal) => {
                if before != Before::Open {
                    out.push(' ');
                }
                let _ = write!(out, "{literal}");
                before = Before::Word;
            }
            TokenTree::Punct(punct) => {
                let c = punct.as_char();
                before = append_punct(c, joint, &mut angles, before, out);
                joint = punct.spacing() == Spacing::Joint;
                if joint && !matches!(c, '>' | '<' | '&' | '*') {
                    before = Before::Open;
                }
                continue;
            }
        }
        joint = false;
    }
}

fn reversed(tokens: impl Iterator<Item = TokenTree>) -> Vec<TokenTree> {
    let mut tokens: Vec<TokenTree> = tokens.collect();
    tokens.reverse();
    tokens
}

fn append_punct(
    c: char,
    joint: bool,
    angles: &mut usize,
    before: Before,
    out: &mut String,
) -> Before {
    let space = |out: &mut String| {
        if before != Before::Open {
            out.push(' ');
        }
    };
    match c {
        ',' | ';' => {
            out.push(c);
            Before::Spaced
        }
        ':' => {
            let is_path = joint && out.ends_with(':');
            if before == Before::Spaced {
                out.push(' ');
            }
            out.push(c);
            if is_path {
                Before::Open
            } else {
                Before::Spaced
            }
        }
        '.' | '?' => {
            if before == Before::Spaced || before == Before::Keyword {
                out.push(' ');
            }
            out.push(c);
            if c == '.' { Before::Open } else { Before::Word }
        }
        '<' if matches!(before, Before::Word | Before::Open) && !joint => {
            *angles += 1;
            out.push(c);
            Before::Open
        }
        '>' if *angles > 0 && !out.ends_with(['-', '=']) => {
            *angles -= 1;
            out.push(c);
            Before::Word
        }
        '!' if before == Before::Word => {
            out.push(c);
            Before::Open
        }
        '&' | '*' | '-' | '!' | '\'' | '#' | '|' if before != Before::Word => {
            space(out);
            out.push(c);
            Before::Open
        }
        _ => {
            if !joint {
                space(out);
            }
            out.push(c);
            // `1..=2`
            if out.ends_with("..=") {
                Before::Open
            } else {
                Before::Spaced
            }
        }
    }
}

/// Whether a word isn't a name that is called or indexed.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "as" | "async"
            | "const"
            | "dyn"
            | "else"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "match"
            | "move"
            | "mut"
            | "return"
            | "static"
            | "unsafe"
            | "where"
            | "while"
    )
}
