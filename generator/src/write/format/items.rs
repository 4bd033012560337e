//! Prints items. In: tokens of items. Out: lines, with a blank line between items, and between those of an `impl` or `trait`.

use super::attributes::Attributes;
use super::out::{LINE, Out, STEP, Shape};
use super::parse_statements::{block, constant_in};
use super::parse_types;
use super::signature::{Signature, where_clause};
use super::structures::structure;
use super::tokens::{self, Cursor, is_group, is_punct};
use super::tree::{Type, sum};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Items nested deeper are text.
const DEPTH: usize = 32;

/// What an item is, as far as blank lines are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    Mod,
    Const,
    Other,
}

/// Appends the lines of items.
pub(super) fn lay_out(tokens: TokenStream, out: &mut Out) {
    items(&mut Cursor::new(tokens), out, 0, 0);
    if !out.text.is_empty() && !out.text.ends_with('\n') {
        out.text.push('\n');
    }
}

fn items(tokens: &mut Cursor, out: &mut Out, indent: usize, depth: usize) {
    let mut before = None;
    if super::attributes::inner(tokens, out, indent) {
        before = Some(Kind::Other);
    }
    while !tokens.is_end() {
        let attributes = Attributes::read(tokens);
        let kind = kind(tokens);
        let together = match before {
            None => true,
            Some(before) => {
                let is_run =
                    matches!(kind, Kind::Use | Kind::Mod) || (kind == Kind::Const && indent > 0);
                is_run && before == kind && attributes.is_empty()
            }
        };
        if !together {
            out.blank();
        }
        attributes.append(out, indent);
        if !tokens.is_end() {
            out.line_begin(indent);
            item(tokens, out, indent, depth);
        }
        before = Some(kind);
    }
}

/// The keyword of the item that comes next, behind its visibility.
fn keyword(tokens: &Cursor) -> (usize, String) {
    let mut at = 0;
    if tokens.is_ident("pub") {
        at = 1 + usize::from(is_group(tokens.ahead(1), Delimiter::Parenthesis));
    }
    let word = match tokens.ahead(at) {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    };
    (at, word)
}

fn kind(tokens: &Cursor) -> Kind {
    match keyword(tokens).1.as_str() {
        "use" => Kind::Use,
        "mod" => Kind::Mod,
        "const" => Kind::Const,
        _ => Kind::Other,
    }
}

/// An item. What rustfmt can't make fit it leaves as it is, so here that is printed as if lines had no end.
fn item(tokens: &mut Cursor, out: &mut Out, indent: usize, depth: usize) {
    let (place, mark) = (tokens.place(), out.mark());
    for unlimited in [false, true] {
        let printed = if unlimited {
            out.unlimited(|out| known(tokens, out, indent, depth))
        } else {
            known(tokens, out, indent, depth)
        };
        let lost = std::mem::take(&mut out.lost);
        if printed == Some(true) && !lost {
            return;
        }
        out.back(mark);
        tokens.back(place);
        if printed.is_none() {
            break;
        }
    }
    unknown(tokens, out);
}

/// An item that isn't known, as text: up to a `;`, or a block that isn't behind a `=`.
fn unknown(tokens: &mut Cursor, out: &mut Out) {
    let begin = tokens.place();
    let mut has_value = false;
    while let Some(token) = tokens.peek() {
        has_value |= is_punct(Some(token), '=');
        let is_block = is_group(Some(token), Delimiter::Brace) && !has_value;
        let ends = is_block || is_punct(Some(token), ';');
        tokens.skip(1);
        if ends {
            break;
        }
    }
    out.push(&tokens::text(tokens.since(begin)));
}

/// Prints an item of which the kind is known; whether it fits.
fn known(tokens: &mut Cursor, out: &mut Out, indent: usize, depth: usize) -> Option<bool> {
    let begin = tokens.place();
    let (at, word) = keyword(tokens);
    if depth > DEPTH {
        return None;
    }
    match word.as_str() {
        "struct" | "enum" => structure(tokens, out, indent, word == "enum"),
        "impl" if at == 0 => implementation(tokens, out, indent, depth),
        "trait" => interface(tokens, out, indent, depth),
        "static" => value(tokens, out, indent),
        "const" if !is_fn(tokens, at) => value(tokens, out, indent),
        "type" => alias(tokens, out, indent),
        "use" => {
            out.push(&tokens.text_until(|tokens| tokens.is_punct(';')));
            tokens.take_punct(';').then(|| out.push(";"))?;
            Some(true)
        }
        "mod" => module(tokens, out, indent, depth),
        _ if is_fn(tokens, at) => {
            tokens.back(begin);
            function(tokens, out, indent)
        }
        _ => None,
    }
}

/// Whether a function comes next: `fn` stands behind words only.
fn is_fn(tokens: &Cursor, at: usize) -> bool {
    (at..at + 4)
        .map_while(|at| match tokens.ahead(at) {
            Some(TokenTree::Ident(ident)) => Some(ident == "fn"),
            _ => None,
        })
        .any(|is_fn| is_fn)
}

fn module(tokens: &mut Cursor, out: &mut Out, indent: usize, depth: usize) -> Option<bool> {
    let head =
        tokens.text_until(|tokens| tokens.is_punct(';') || tokens.is_group(Delimiter::Brace));
    out.push(&head);
    if tokens.take_punct(';') {
        out.push(";");
        return Some(true);
    }
    body(tokens.take_group(Delimiter::Brace)?, out, indent, depth);
    Some(true)
}

/// ` { items }`
fn body(group: TokenStream, out: &mut Out, indent: usize, depth: usize) {
    if group.is_empty() {
        out.push(" {}");
        return;
    }
    out.push(" {");
    inner_items(group, out, indent, depth);
}

fn inner_items(group: TokenStream, out: &mut Out, indent: usize, depth: usize) {
    let line = std::mem::replace(&mut out.line, LINE);
    items(&mut Cursor::new(group), out, indent + STEP, depth + 1);
    out.line = line;
    out.newline(indent);
    out.push("}");
}

/// `impl<T> Trait for Type where … { items }`
fn implementation(tokens: &mut Cursor, out: &mut Out, indent: usize, depth: usize) -> Option<bool> {
    let begin = out.mark();
    tokens.skip(1);
    let place = tokens.place();
    if tokens.is_punct('<') {
        tokens.angles();
    }
    let mut head = "impl".to_owned();
    head.push_str(&tokens::text(tokens.since(place)));
    out.push(&head);
    let first = parse_types::ty(tokens);
    let second = tokens.take_ident("for").then(|| parse_types::ty(tokens));
    let bounds = where_clause(tokens)?;
    let group = tokens.take_group(Delimiter::Brace)?;
    let overhead = if bounds.is_empty() { 2 } else { 0 };
    let mut fits = match &second {
        Some(second) => {
            implemented("", &first, 0, out, indent)
                && implemented("for ", second, overhead, out, indent)
        }
        None => implemented("", &first, overhead, out, indent),
    };
    fits &= out.where_clause(&bounds, indent);
    let is_broken = out.is_broken(begin);
    if group.is_empty() && !is_broken {
        out.push(" {}");
    } else if group.is_empty() {
        out.newline(indent);
        out.push("{");
        out.newline(indent);
        out.push("}");
    } else {
        if is_broken {
            out.newline(indent);
            out.push("{");
        } else {
            out.push(" {");
        }
        inner_items(group, out, indent, depth);
    }
    Some(fits)
}

/// The trait, or the type for which it is implemented: on the line or on one of its own.
fn implemented(keyword: &str, ty: &Type, behind: usize, out: &mut Out, indent: usize) -> bool {
    let needed = sum([out.column, 1, keyword.len(), ty.width, behind]);
    if needed <= out.line {
        out.push(" ");
    } else {
        out.newline(indent + STEP);
    }
    out.push(keyword);
    out.ty(ty, Shape::new(indent + STEP, out.line))
}

/// `trait Name: Bounds { items }`
fn interface(tokens: &mut Cursor, out: &mut Out, indent: usize, depth: usize) -> Option<bool> {
    let head = tokens.text_until(|tokens| {
        tokens.is_punct(':') || tokens.is_group(Delimiter::Brace) || tokens.is_ident("where")
    });
    out.push(&head);
    let mut fits = true;
    let mut is_broken = false;
    if tokens.take_punct(':') {
        let bounds = parse_types::bounds(tokens);
        out.push(":");
        // rustfmt counts what stands before the name twice.
        let twice = head.find("trait ").map_or(0, |at| at + "trait ".len());
        is_broken = out.column + 1 + bounds.width + twice > out.line;
        if is_broken {
            out.newline(indent + STEP);
        } else {
            out.push(" ");
        }
        fits = out.bounds_type(&bounds, Shape::new(indent + STEP, out.line), indent + STEP);
    }
    let group = tokens.take_group(Delimiter::Brace)?;
    if is_broken {
        out.newline(indent);
        out.push("{");
        if group.is_empty() {
            out.newline(indent);
            out.push("}");
        } else {
            inner_items(group, out, indent, depth);
        }
    } else {
        body(group, out, indent, depth);
    }
    Some(fits)
}

/// `const NAME: Type = value;`
fn value(tokens: &mut Cursor, out: &mut Out, indent: usize) -> Option<bool> {
    let (head, ty, value) = constant_in(tokens, 0)?;
    Some(out.constant(&head, &ty, &value, Shape::new(indent, out.line)))
}

/// `type Name = Type;`
fn alias(tokens: &mut Cursor, out: &mut Out, indent: usize) -> Option<bool> {
    let head = tokens.text_until(|tokens| tokens.is_punct('=') || tokens.is_punct(';'));
    out.push(&head);
    let mut fits = true;
    if tokens.take_punct('=') {
        let ty = parse_types::ty(tokens);
        out.push(" =");
        let shape = Shape::new(indent, out.line - 1);
        fits = out.right_side(shape, true, |out, shape| {
            // On a line of its own rustfmt leaves no room for the `;`.
            let is_alone = shape.indent > indent;
            let behind = usize::from(is_alone);
            out.ty(&ty, Shape::new(shape.indent, shape.limit + behind))
        });
    }
    tokens.take_punct(';').then(|| out.push(";"))?;
    Some(fits)
}

fn function(tokens: &mut Cursor, out: &mut Out, indent: usize) -> Option<bool> {
    let signature = Signature::read(tokens)?;
    let group = tokens.take_group(Delimiter::Brace);
    if group.is_none() && !tokens.take_punct(';') {
        return None;
    }
    let begin = out.mark();
    let fits = out.signature(&signature, indent, group.is_some());
    match group {
        Some(group) => {
            let statements = block(group);
            if signature.bounds.is_empty() && !out.ends_with_brace_line(begin, indent) {
                out.push(" ");
            } else {
                out.newline(indent);
            }
            out.block(&statements, indent);
        }
        None => out.push(";"),
    }
    Some(fits)
}
