//! Tokens → types. What isn't known here is text; nothing is lost.

use super::tokens::{self, Cursor, is_punct};
use super::tree::{Type, TypeKind};
use proc_macro2::{Delimiter, TokenTree};

/// Types nested deeper are text.
const DEPTH: usize = 64;

/// The type that comes next, up to what can't belong to one.
pub(super) fn ty(tokens: &mut Cursor) -> Type {
    nested(tokens, 0)
}

/// The bounds that come next, `A + B`.
pub(super) fn bounds(tokens: &mut Cursor) -> Type {
    bounds_of(tokens, "", 0)
}

fn nested(tokens: &mut Cursor, depth: usize) -> Type {
    if depth > DEPTH {
        return rest(tokens, tokens.place());
    }
    let begin = tokens.place();
    if tokens.take_punct('&') {
        if tokens.take_punct('\'') {
            tokens.skip(1);
        }
        tokens.take_ident("mut");
        let mut prefix = tokens::text(tokens.since(begin));
        if !prefix.ends_with('&') {
            prefix.push(' ');
        }
        return Type::new(TypeKind::Prefix(
            prefix,
            Box::new(nested(tokens, depth + 1)),
        ));
    }
    for (keyword, text) in [("impl", "impl "), ("dyn", "dyn ")] {
        if tokens.take_ident(keyword) {
            return bounds_of(tokens, text, depth + 1);
        }
    }
    if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
        let mut inner = Cursor::new(group);
        let (types, comma) = types(&mut inner, depth + 1);
        if inner.is_end() && (types.len() != 1 || comma) {
            return Type::new(TypeKind::Tuple(types));
        }
        return rest(tokens, begin);
    }
    path(tokens, begin, depth)
}

/// Types between commas, and whether a comma stands behind the last.
fn types(tokens: &mut Cursor, depth: usize) -> (Vec<Type>, bool) {
    let mut types = Vec::new();
    let mut comma = false;
    while !tokens.is_end() && !tokens.is_punct('>') {
        types.push(named(tokens, depth));
        comma = tokens.take_punct(',');
        if !comma {
            break;
        }
    }
    (types, comma)
}

/// `T`, `Output = T`
fn named(tokens: &mut Cursor, depth: usize) -> Type {
    let is_named =
        matches!(tokens.peek(), Some(TokenTree::Ident(_))) && is_punct(tokens.ahead(1), '=');
    if is_named {
        let begin = tokens.place();
        tokens.skip(2);
        let prefix = tokens::text(tokens.since(begin)) + " ";
        return Type::new(TypeKind::Prefix(
            prefix,
            Box::new(nested(tokens, depth + 1)),
        ));
    }
    nested(tokens, depth)
}

fn bounds_of(tokens: &mut Cursor, keyword: &'static str, depth: usize) -> Type {
    let mut bounds = Vec::new();
    loop {
        let begin = tokens.place();
        let bound = if tokens.take_punct('\'') {
            tokens.skip(1);
            Type::new(TypeKind::Text(tokens::text(tokens.since(begin))))
        } else {
            path(tokens, begin, depth)
        };
        bounds.push(bound);
        if !tokens.take_punct('+') {
            return Type::new(TypeKind::Bounds(keyword, bounds));
        }
    }
}

/// `a::B<C>`
fn path(tokens: &mut Cursor, begin: usize, depth: usize) -> Type {
    loop {
        if tokens.is_operator("::") {
            tokens.skip(2);
        }
        if !matches!(tokens.peek(), Some(TokenTree::Ident(_))) {
            return rest(tokens, begin);
        }
        tokens.skip(1);
        if !tokens.is_operator("::") {
            break;
        }
    }
    let name = tokens::text(tokens.since(begin));
    if !tokens.take_punct('<') {
        return if ends(tokens) {
            Type::new(TypeKind::Text(name))
        } else {
            rest(tokens, begin)
        };
    }
    let (types, _) = types(tokens, depth + 1);
    if tokens.take_punct('>') && ends(tokens) {
        Type::new(TypeKind::Generic(name, types))
    } else {
        rest(tokens, begin)
    }
}

/// Whether no more tokens belong to a type.
fn ends(tokens: &Cursor) -> bool {
    match tokens.peek() {
        None => true,
        Some(TokenTree::Punct(punct)) => {
            matches!(punct.as_char(), ',' | ';' | '>' | '=' | '+' | '|')
        }
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(ident)) => ident == "for" || ident == "where",
        Some(TokenTree::Literal(_)) => false,
    }
}

/// A type that isn't known, as text.
fn rest(tokens: &mut Cursor, begin: usize) -> Type {
    tokens.back(begin);
    let mut open = 0_usize;
    let mut arrow = false;
    while let Some(token) = tokens.peek() {
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' => open += 1,
                '>' if arrow => {}
                '>' if open > 0 => open -= 1,
                ',' | ';' | '=' | '>' if open == 0 => break,
                _ => {}
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && open == 0 => break,
            TokenTree::Ident(ident) if open == 0 && (ident == "where" || ident == "for") => break,
            _ => {}
        }
        arrow = is_punct(Some(token), '-');
        tokens.skip(1);
    }
    Type::new(TypeKind::Text(tokens::text(tokens.since(begin))))
}
