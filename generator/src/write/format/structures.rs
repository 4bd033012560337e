//! Prints structs and enums. In: their tokens. Out: lines.

use super::attributes::Attributes;
use super::out::{Out, STEP, Shape};
use super::parse_types;
use super::tokens::{self, Cursor};
use super::tree::{CALL, Type, TypeKind, joined};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// `struct Name { fields }`, `enum Name { variants }`: whether it fits, if it is one.
pub(super) fn structure(
    tokens: &mut Cursor,
    out: &mut Out,
    indent: usize,
    is_enum: bool,
) -> Option<bool> {
    let head = tokens.text_until(|tokens| {
        tokens.is_punct(';')
            || tokens.is_group(Delimiter::Brace)
            || (tokens.is_group(Delimiter::Parenthesis) && !is_visibility(tokens))
    });
    out.push(&head);
    if let Some(types) = tokens.take_group(Delimiter::Parenthesis) {
        let fits = tuple(types, out, Shape::new(indent, out.line - 1))?;
        tokens.take_punct(';').then(|| out.push(";"))?;
        return Some(fits);
    }
    if tokens.take_punct(';') {
        out.push(";");
        return Some(true);
    }
    let group = tokens.take_group(Delimiter::Brace)?;
    let braces = if group.is_empty() { "{}" } else { "{" };
    if out.column + 1 + braces.len() > out.line {
        out.newline(indent);
    } else {
        out.push(" ");
    }
    out.push(braces);
    if group.is_empty() {
        return Some(true);
    }
    members(group, out, indent + STEP, is_enum)?;
    out.newline(indent);
    out.push("}");
    Some(true)
}

/// Fields or variants, a line each. One that can't be made to fit is printed as if lines had no end.
fn members(group: TokenStream, out: &mut Out, indent: usize, is_enum: bool) -> Option<()> {
    let member = if is_enum { variant } else { field };
    let mut inner = Cursor::new(group);
    while !inner.is_end() {
        Attributes::read(&mut inner).append(out, indent);
        out.newline(indent);
        let (place, mark) = (inner.place(), out.mark());
        if !member(&mut inner, out, Shape::new(indent, out.line - 1))? {
            inner.back(place);
            out.back(mark);
            out.unlimited(|out| member(&mut inner, out, Shape::new(indent, out.line - 1)))?;
        }
        out.push(",");
        if !inner.take_punct(',') && !inner.is_end() {
            return None;
        }
    }
    Some(())
}

/// Whether the brackets that come next are those of `pub(crate)`.
fn is_visibility(tokens: &Cursor) -> bool {
    let place = tokens.place();
    place == 1
        || matches!(tokens.since(place.saturating_sub(1)).first(), Some(TokenTree::Ident(ident)) if ident == "pub")
}

fn field(tokens: &mut Cursor, out: &mut Out, shape: Shape) -> Option<bool> {
    let name = tokens.text_until(|tokens| tokens.is_punct(':'));
    if !tokens.take_punct(':') {
        return None;
    }
    let ty = parse_types::ty(tokens);
    out.push(&name);
    out.push(":");
    Some(out.right_side(shape, false, |out, shape| out.ty(&ty, shape)))
}

fn variant(tokens: &mut Cursor, out: &mut Out, shape: Shape) -> Option<bool> {
    let Some(TokenTree::Ident(name)) = tokens.peek() else {
        return None;
    };
    out.push(&name.to_string());
    tokens.skip(1);
    match tokens.take_group(Delimiter::Parenthesis) {
        Some(types) => tuple(types, out, shape),
        None if tokens.is_end() || tokens.is_punct(',') => Some(true),
        None => None,
    }
}

/// `(A, B)`
fn tuple(types: TokenStream, out: &mut Out, shape: Shape) -> Option<bool> {
    let mut tokens = Cursor::new(types);
    let mut types: Vec<Type> = Vec::new();
    while !tokens.is_end() {
        let begin = tokens.place();
        let visibility = tokens.take_ident("pub");
        if visibility {
            tokens.take_group(Delimiter::Parenthesis);
        }
        let prefix = tokens::text(tokens.since(begin));
        let ty = parse_types::ty(&mut tokens);
        types.push(if visibility {
            Type::new(TypeKind::Prefix(prefix + " ", Box::new(ty)))
        } else {
            ty
        });
        if !tokens.take_punct(',') && !tokens.is_end() {
            return None;
        }
    }
    let width = joined(types.iter().map(|ty| ty.width));
    let is_short = types.len() == 1 || width <= CALL;
    if is_short && out.column + width + 2 <= shape.limit {
        out.push("(");
        for (index, ty) in types.iter().enumerate() {
            if index > 0 {
                out.push(", ");
            }
            out.flat_type(ty);
        }
        out.push(")");
        return Some(true);
    }
    Some(out.type_list("(", &types, ")", shape))
}
