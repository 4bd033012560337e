//! Tokens → blocks, and what has blocks. What isn't known here is text; nothing is lost.

use super::parse_expressions::expression_in;
use super::parse_types;
use super::tokens::{self, Cursor, is_group, is_punct};
use super::tree::{Arm, Block, Expr, ExprKind, Head, Statement, StatementKind, Type};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The statements of a block.
pub(super) fn block(tokens: TokenStream) -> Block {
    block_in(tokens, 0)
}

/// The same, nested so deeply.
pub(super) fn block_in(tokens: TokenStream, depth: usize) -> Block {
    let mut tokens = Cursor::new(tokens);
    let mut statements = Vec::new();
    while !tokens.is_end() {
        statements.push(statement(&mut tokens, depth + 1));
    }
    Block { statements }
}

/// `#[…]`s that come next.
pub(super) fn attributes(tokens: &mut Cursor) -> Vec<String> {
    let mut attributes = Vec::new();
    while tokens.is_punct('#') && is_group(tokens.ahead(1), Delimiter::Bracket) {
        let begin = tokens.place();
        tokens.skip(2);
        attributes.push(tokens::text(tokens.since(begin)));
    }
    attributes
}

fn statement(tokens: &mut Cursor, depth: usize) -> Statement {
    let attributes = attributes(tokens);
    let kind = if tokens.is_ident("let") {
        binding(tokens, depth)
    } else if tokens.is_ident("static") || tokens.is_ident("const") {
        constant(tokens, depth)
    } else {
        plain(tokens, depth)
    };
    Statement { attributes, kind }
}

fn binding(tokens: &mut Cursor, depth: usize) -> StatementKind {
    let begin = tokens.place();
    let name = tokens.text_until(|tokens| {
        tokens.is_punct('=') || tokens.is_punct(';') || (tokens.is_punct(':') && !in_path(tokens))
    });
    let ty = tokens.take_punct(':').then(|| parse_types::ty(tokens));
    let value = tokens
        .take_punct('=')
        .then(|| expression_in(tokens, depth + 1));
    if tokens.take_punct(';') || tokens.is_end() {
        StatementKind::Let(name, ty, value)
    } else {
        unknown(tokens, begin)
    }
}

/// Whether a `:` is half of a `::`.
fn in_path(tokens: &Cursor) -> bool {
    tokens.is_operator("::")
        || (tokens.place() > 0 && is_punct(tokens.since(tokens.place() - 1).first(), ':'))
}

fn constant(tokens: &mut Cursor, depth: usize) -> StatementKind {
    let begin = tokens.place();
    match constant_in(tokens, depth) {
        Some((head, ty, value)) => StatementKind::Static(head, ty, value),
        None => unknown(tokens, begin),
    }
}

/// `static NAME: Type = value;`: what stands before the type, the type and the value.
pub(super) fn constant_in(tokens: &mut Cursor, depth: usize) -> Option<(String, Type, Expr)> {
    let head = tokens.text_until(|tokens| {
        tokens.is_punct('=') || tokens.is_punct(';') || (tokens.is_punct(':') && !in_path(tokens))
    });
    if !tokens.take_punct(':') {
        return None;
    }
    let ty = parse_types::ty(tokens);
    if !tokens.take_punct('=') {
        return None;
    }
    let value = expression_in(tokens, depth + 1);
    tokens.take_punct(';').then_some((head, ty, value))
}

fn plain(tokens: &mut Cursor, depth: usize) -> StatementKind {
    let begin = tokens.place();
    let value = expression_in(tokens, depth);
    let ends_itself = matches!(
        value.kind,
        ExprKind::If(..) | ExprKind::Match(..) | ExprKind::Loop(..) | ExprKind::Block(..)
    );
    if tokens.take_punct(';') {
        StatementKind::Expr(value, true)
    } else if tokens.is_end() || (ends_itself && tokens.place() > begin) {
        StatementKind::Expr(value, false)
    } else {
        unknown(tokens, begin)
    }
}

/// A statement that isn't known, as text.
fn unknown(tokens: &mut Cursor, begin: usize) -> StatementKind {
    tokens.back(begin);
    let text = tokens.text_until(|tokens| tokens.is_punct(';'));
    let ended = tokens.take_punct(';');
    StatementKind::Expr(Expr::new(ExprKind::Text(text)), ended)
}

/// What stands between a keyword and a block.
fn head(tokens: &mut Cursor, text: String, depth: usize) -> Head {
    let begin = tokens.place();
    tokens.text_until(|tokens| tokens.is_group(Delimiter::Brace));
    Head {
        text,
        value: whole(tokens.since(begin), depth),
    }
}

/// An expression that all of the tokens belong to.
fn whole(tokens: &[TokenTree], depth: usize) -> Expr {
    let mut cursor = Cursor::new(tokens.iter().cloned().collect());
    let value = expression_in(&mut cursor, depth + 1);
    if cursor.is_end() {
        return value;
    }
    Expr::new(ExprKind::Text(tokens::text(tokens)))
}

/// `if … { … } else { … }`
pub(super) fn choice(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    let mut branches = Vec::new();
    loop {
        if !tokens.take_ident("if") {
            return None;
        }
        let text = if tokens.is_ident("let") {
            let pattern = tokens.text_until(|tokens| tokens.is_punct('='));
            tokens.skip(1);
            pattern + " ="
        } else {
            String::new()
        };
        let head = head(tokens, text, depth);
        let block = block_in(tokens.take_group(Delimiter::Brace)?, depth + 1);
        branches.push((head, block));
        if !tokens.take_ident("else") {
            return Some(Expr::new(ExprKind::If(branches, None)));
        }
        if let Some(otherwise) = tokens.take_group(Delimiter::Brace) {
            let otherwise = block_in(otherwise, depth + 1);
            return Some(Expr::new(ExprKind::If(branches, Some(otherwise))));
        }
    }
}

/// `for … in … { … }`
pub(super) fn repetition(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    let pattern = tokens.text_until(|tokens| tokens.is_ident("in"));
    tokens.skip(1);
    let head = head(tokens, pattern + " in", depth);
    let block = block_in(tokens.take_group(Delimiter::Brace)?, depth + 1);
    Some(Expr::new(ExprKind::Loop(Box::new(head), block)))
}

/// `match … { … }`
pub(super) fn matching(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    tokens.skip(1);
    let head = head(tokens, String::new(), depth);
    let mut inner = Cursor::new(tokens.take_group(Delimiter::Brace)?);
    let mut arms = Vec::new();
    while !inner.is_end() {
        arms.push(arm(&mut inner, depth)?);
    }
    Some(Expr::new(ExprKind::Match(Box::new(head.value), arms)))
}

fn arm(tokens: &mut Cursor, depth: usize) -> Option<Arm> {
    let attributes = attributes(tokens);
    let mut patterns = Vec::new();
    loop {
        let ends = |tokens: &Cursor| {
            tokens.is_punct('|') || tokens.is_ident("if") || tokens.is_operator("=>")
        };
        patterns.push(tokens.text_until(ends));
        if !tokens.take_punct('|') {
            break;
        }
    }
    let guard = tokens.take_ident("if").then(|| {
        let begin = tokens.place();
        tokens.text_until(|tokens| tokens.is_operator("=>"));
        whole(tokens.since(begin), depth)
    });
    if !tokens.is_operator("=>") {
        return None;
    }
    tokens.skip(2);
    let body = expression_in(tokens, depth + 1);
    let is_block = matches!(body.kind, ExprKind::Block(..));
    if !tokens.take_punct(',') && !tokens.is_end() && !is_block {
        return None;
    }
    Some(Arm {
        attributes,
        patterns,
        guard,
        body,
    })
}
