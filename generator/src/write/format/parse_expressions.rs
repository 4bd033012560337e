//! Tokens → expressions and statements. What isn't known here is text; nothing is lost.

use super::parse_statements::{block_in, choice, matching, repetition};
use super::tokens::{self, Cursor, is_group, is_punct};
use super::tree::{Chain, Expr, ExprKind, Field, Step};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Expressions nested deeper are text.
pub(super) const DEPTH: usize = 150;

/// Operators that stand between what is assigned to and a value.
const ASSIGNMENTS: [&str; 7] = ["=", "+=", "-=", "*=", "/=", "|=", "&="];

/// The expression that comes next, up to a `,` or `;`.
pub(super) fn expression_in(tokens: &mut Cursor, depth: usize) -> Expr {
    let begin = tokens.place();
    if depth > DEPTH {
        return rest(tokens, begin);
    }
    let Some(left) = operand(tokens, depth + 1) else {
        return rest(tokens, begin);
    };
    if matches!(
        left.kind,
        ExprKind::If(..) | ExprKind::Match(..) | ExprKind::Loop(..) | ExprKind::Block(..)
    ) {
        return left;
    }
    if is_finished(tokens) {
        return left;
    }
    for operator in ASSIGNMENTS {
        if tokens.is_operator(operator) && !tokens.is_operator("==") {
            tokens.skip(operator.len());
            let right = expression_in(tokens, depth + 1);
            let kind = ExprKind::Assign(Box::new(left), operator.to_owned(), Box::new(right));
            return Expr::new(kind);
        }
    }
    if tokens.is_ident("as") {
        let begin = tokens.place();
        tokens.skip(1);
        tokens.text_until(is_finished);
        let suffix = format!(" {}", tokens::text(tokens.since(begin)));
        return Expr::new(ExprKind::Suffix(Box::new(left), suffix));
    }
    rest(tokens, begin)
}

fn is_finished(tokens: &Cursor) -> bool {
    tokens.is_end() || tokens.is_punct(',') || tokens.is_punct(';')
}

/// An expression that isn't known, as text.
fn rest(tokens: &mut Cursor, begin: usize) -> Expr {
    tokens.back(begin);
    let text = tokens.text_until(is_finished);
    Expr::new(ExprKind::Text(text))
}

/// What stands between operators.
fn operand(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    if depth > DEPTH {
        return None;
    }
    if let Some(prefix) = prefix(tokens) {
        let value = operand(tokens, depth + 1)?;
        return Some(Expr::new(ExprKind::Prefix(prefix, Box::new(value))));
    }
    if is_closure(tokens) {
        return closure(tokens, depth);
    }
    let parent = primary(tokens, depth)?;
    Some(chain(tokens, parent, depth))
}

fn prefix(tokens: &mut Cursor) -> Option<String> {
    let Some(TokenTree::Punct(punct)) = tokens.peek() else {
        return None;
    };
    let c = punct.as_char();
    if !matches!(c, '&' | '*' | '!' | '-') {
        return None;
    }
    tokens.skip(1);
    if c == '&' && tokens.take_ident("mut") {
        return Some("&mut ".to_owned());
    }
    Some(c.to_string())
}

fn is_closure(tokens: &Cursor) -> bool {
    tokens.is_punct('|') || (tokens.is_ident("move") && is_punct(tokens.ahead(1), '|'))
}

fn closure(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    let begin = tokens.place();
    tokens.take_ident("move");
    tokens.skip(1);
    while !tokens.take_punct('|') {
        if tokens.is_end() {
            return None;
        }
        tokens.skip(1);
    }
    let head = closure_head(tokens.since(begin));
    let body = expression_in(tokens, depth + 1);
    Some(Expr::new(ExprKind::Closure(head, Box::new(body))))
}

/// `move |a, b|`
fn closure_head(tokens: &[TokenTree]) -> String {
    let bar = tokens.iter().position(|token| is_punct(Some(token), '|'));
    let bar = bar.unwrap_or_default();
    let parameters = &tokens[bar + 1..tokens.len() - 1];
    let parameters = tokens::text(parameters);
    let mover = if bar > 0 { "move " } else { "" };
    format!("{mover}|{}|", parameters.trim_end_matches(','))
}

fn primary(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    match tokens.peek()? {
        TokenTree::Literal(literal) => {
            let text = literal.to_string();
            tokens.skip(1);
            Some(Expr::new(ExprKind::Text(text)))
        }
        TokenTree::Group(group) => {
            let delimiter = group.delimiter();
            let stream = group.stream();
            tokens.skip(1);
            grouped(delimiter, stream, depth)
        }
        TokenTree::Punct(_) if !tokens.is_operator("::") => None,
        TokenTree::Ident(ident) => match ident.to_string().as_str() {
            "if" => choice(tokens, depth),
            "match" => matching(tokens, depth),
            "for" => repetition(tokens, depth),
            "async" | "unsafe" => prefixed_block(tokens, depth),
            "return" | "break" | "continue" | "let" | "while" | "loop" | "move" | "static"
            | "const" => None,
            _ => path(tokens, depth),
        },
        TokenTree::Punct(_) => path(tokens, depth),
    }
}

fn grouped(delimiter: Delimiter, stream: TokenStream, depth: usize) -> Option<Expr> {
    match delimiter {
        Delimiter::Brace => {
            let block = block_in(stream, depth + 1);
            Some(Expr::new(ExprKind::Block(String::new(), block)))
        }
        Delimiter::Bracket => Some(Expr::new(ExprKind::Array(list(stream, depth)?.0))),
        Delimiter::Parenthesis => {
            let (items, comma) = list(stream, depth)?;
            if items.len() == 1 && !comma {
                return None;
            }
            Some(Expr::new(ExprKind::Tuple(items)))
        }
        Delimiter::None => None,
    }
}

/// Expressions between commas, and whether a comma stands behind the last.
fn list(stream: TokenStream, depth: usize) -> Option<(Vec<Expr>, bool)> {
    let mut tokens = Cursor::new(stream);
    let mut items = Vec::new();
    let mut comma = false;
    while !tokens.is_end() {
        items.push(expression_in(&mut tokens, depth + 1));
        comma = tokens.take_punct(',');
        if !comma && !tokens.is_end() {
            return None;
        }
    }
    Some((items, comma))
}

/// A path, and what is called, built or expanded by that name.
fn path(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    let begin = tokens.place();
    loop {
        if tokens.is_operator("::") {
            tokens.skip(2);
            if tokens.is_punct('<') {
                tokens.angles();
            }
        }
        if matches!(tokens.peek(), Some(TokenTree::Ident(_))) {
            tokens.skip(1);
        }
        if !tokens.is_operator("::") {
            break;
        }
    }
    if tokens.is_punct('!') && is_group(tokens.ahead(1), Delimiter::Parenthesis) {
        tokens.skip(1);
    }
    let name = tokens::text(tokens.since(begin));
    if name.is_empty() {
        return None;
    }
    if let Some(arguments) = tokens.take_group(Delimiter::Parenthesis) {
        let (arguments, _) = list(arguments, depth)?;
        return Some(Expr::new(ExprKind::Call(name, arguments)));
    }
    // Before the block of an `if`, `match` or `for` no literal can stand.
    if tokens.is_group(Delimiter::Brace) && !name.ends_with('!') {
        let fields = fields(tokens.take_group(Delimiter::Brace)?, depth)?;
        return Some(Expr::new(ExprKind::Struct(name, fields)));
    }
    Some(Expr::new(ExprKind::Text(name)))
}

fn fields(stream: TokenStream, depth: usize) -> Option<Vec<Field>> {
    let mut tokens = Cursor::new(stream);
    let mut fields = Vec::new();
    while !tokens.is_end() {
        let named = matches!(tokens.peek(), Some(TokenTree::Ident(_)));
        let field = if named && is_punct(tokens.ahead(1), ':') {
            let begin = tokens.place();
            tokens.skip(1);
            let name = tokens::text(tokens.since(begin));
            tokens.skip(1);
            let value = expression_in(&mut tokens, depth + 1);
            Field {
                name,
                value: Some(value),
            }
        } else {
            Field {
                name: tokens.text_until(is_finished),
                value: None,
            }
        };
        fields.push(field);
        if !tokens.take_punct(',') && !tokens.is_end() {
            return None;
        }
    }
    Some(fields)
}

fn prefixed_block(tokens: &mut Cursor, depth: usize) -> Option<Expr> {
    let begin = tokens.place();
    tokens.skip(1);
    tokens.take_ident("move");
    let prefix = tokens::text(tokens.since(begin)) + " ";
    let block = block_in(tokens.take_group(Delimiter::Brace)?, depth + 1);
    Some(Expr::new(ExprKind::Block(prefix, block)))
}

/// The steps behind a value.
fn chain(tokens: &mut Cursor, mut parent: Expr, depth: usize) -> Expr {
    let mut tries = 0;
    while tokens.is_group(Delimiter::Bracket) {
        let begin = tokens.place();
        tokens.skip(1);
        let index = tokens::text(tokens.since(begin));
        parent = Expr::new(ExprKind::Suffix(Box::new(parent), index));
    }
    let mut steps: Vec<Step> = Vec::new();
    loop {
        if tokens.take_punct('?') {
            match steps.last_mut() {
                Some(step) => {
                    step.tries += 1;
                    step.width = step.width.saturating_add(1);
                }
                None => tries += 1,
            }
        } else if tokens.is_punct('.') && !tokens.is_operator("..") {
            let place = tokens.place();
            let Some(step) = step(tokens, depth) else {
                tokens.back(place);
                break;
            };
            steps.push(step);
        } else {
            break;
        }
    }
    if tries == 0 && steps.is_empty() {
        return parent;
    }
    Expr::new(ExprKind::Chain(Chain {
        parent: Box::new(parent),
        tries,
        steps,
    }))
}

fn step(tokens: &mut Cursor, depth: usize) -> Option<Step> {
    let begin = tokens.place();
    tokens.skip(1);
    if !matches!(
        tokens.peek(),
        Some(TokenTree::Ident(_) | TokenTree::Literal(_))
    ) {
        return None;
    }
    tokens.skip(1);
    if tokens.is_operator("::") {
        tokens.skip(2);
        tokens.angles();
    }
    let name = tokens::text(tokens.since(begin));
    let arguments = match tokens.take_group(Delimiter::Parenthesis) {
        Some(arguments) => Some(list(arguments, depth)?.0),
        None => None,
    };
    Some(Step::new(name, arguments))
}
