//! The signatures of functions, and `where` clauses. In: tokens. Out: what they are made of, and that as text.

use super::out::{Out, STEP, Shape};
use super::parse_types;
use super::tokens::{self, Cursor};
use super::tree::{Type, TypeKind, excess, joined, width};
use proc_macro2::Delimiter;

/// A signature.
#[derive(Debug)]
pub(super) struct Signature {
    /// `pub fn name`
    head: String,
    /// `T`
    generics: Vec<String>,
    parameters: Vec<Parameter>,
    output: Option<Type>,
    pub bounds: Vec<(String, Type)>,
}

/// `name: Type`, or `&self`.
#[derive(Debug)]
struct Parameter {
    name: String,
    ty: Option<Type>,
}

impl Parameter {
    fn width(&self) -> usize {
        let ty = self.ty.as_ref().map_or(0, |ty| ty.width.saturating_add(2));
        width(&self.name).saturating_add(ty)
    }
}

impl Signature {
    /// The signature that comes next, up to its body or `;`.
    pub(super) fn read(tokens: &mut Cursor) -> Option<Self> {
        let begin = tokens.place();
        tokens.text_until(|tokens| tokens.is_ident("fn"));
        tokens.skip(2);
        let head = tokens::text(tokens.since(begin));
        let generics = generics(tokens);
        let mut inner = Cursor::new(tokens.take_group(Delimiter::Parenthesis)?);
        let mut parameters = Vec::new();
        while !inner.is_end() {
            let name = inner.text_until(|tokens| tokens.is_punct(':') || tokens.is_punct(','));
            let ty = inner.take_punct(':').then(|| parse_types::ty(&mut inner));
            parameters.push(Parameter { name, ty });
            if !inner.take_punct(',') && !inner.is_end() {
                return None;
            }
        }
        let output = tokens.is_operator("->").then(|| {
            tokens.skip(2);
            parse_types::ty(tokens)
        });
        let bounds = where_clause(tokens)?;
        Some(Self {
            head,
            generics,
            parameters,
            output,
            bounds,
        })
    }

    /// rustfmt measures signatures in bytes.
    fn excess(&self) -> usize {
        let types = self
            .parameters
            .iter()
            .filter_map(|parameter| parameter.ty.as_ref());
        let types = types.chain(&self.output).map(Type::excess);
        let names = self
            .parameters
            .iter()
            .map(|parameter| excess(&parameter.name));
        types.chain(names).sum::<usize>() + excess(&self.head)
    }

    /// The columns of the arrow and what is returned, if that is on one line.
    fn output_width(&self, indent: usize, line: usize) -> Option<usize> {
        let Some(output) = &self.output else {
            return Some(0);
        };
        let keyword = match &output.kind {
            TypeKind::Bounds(keyword, _) => keyword.len(),
            _ => 0,
        };
        let measured = output.width - keyword.min(output.width);
        (measured + indent + 3 <= line).then_some(output.width + 3)
    }
}

/// The parameters between `<` and `>`, if these come next.
fn generics(tokens: &mut Cursor) -> Vec<String> {
    let mut generics = Vec::new();
    if !tokens.is_punct('<') {
        return generics;
    }
    let begin = tokens.place();
    tokens.angles();
    let mut inner = tokens.since(begin);
    inner = inner.get(1..inner.len() - 1).unwrap_or_default();
    let mut open = 0_usize;
    let parts = inner.split(|token| {
        open += usize::from(tokens::is_punct(Some(token), '<'));
        open = open.saturating_sub(usize::from(tokens::is_punct(Some(token), '>')));
        open == 0 && tokens::is_punct(Some(token), ',')
    });
    generics.extend(parts.map(tokens::text).filter(|part| !part.is_empty()));
    generics
}

/// The bounds behind a `where`, if one comes next.
pub(super) fn where_clause(tokens: &mut Cursor) -> Option<Vec<(String, Type)>> {
    let mut bounds = Vec::new();
    if !tokens.take_ident("where") {
        return Some(bounds);
    }
    while !tokens.is_end() && !tokens.is_group(Delimiter::Brace) && !tokens.is_punct(';') {
        let name = tokens.text_until(|tokens| tokens.is_punct(':'));
        if !tokens.take_punct(':') {
            return None;
        }
        bounds.push((name, parse_types::bounds(tokens)));
        if !tokens.take_punct(',') {
            break;
        }
    }
    Some(bounds)
}

impl Out {
    /// A signature without what stands behind it.
    pub(super) fn signature(
        &mut self,
        signature: &Signature,
        indent: usize,
        has_body: bool,
    ) -> bool {
        let Signature {
            head,
            generics,
            parameters,
            output,
            bounds,
        } = signature;
        self.push(head);
        let begin = self.mark();
        self.generics(
            generics,
            indent,
            if has_body && bounds.is_empty() { 4 } else { 2 },
        );
        let output_width = signature.output_width(indent, self.line);
        let behind = match (has_body, bounds.is_empty()) {
            (false, _) => 1,
            (true, true) => 2,
            (true, false) => 0,
        };
        let used = self.column + 2 + usize::from(output.is_some()) + behind + signature.excess();
        let list = joined(parameters.iter().map(Parameter::width));
        let on_line = !self.is_broken(begin)
            && output_width.is_some_and(|output| used + output + list <= self.line);
        self.push("(");
        if on_line || parameters.is_empty() {
            for (index, parameter) in parameters.iter().enumerate() {
                if index > 0 {
                    self.push(", ");
                }
                self.push(&parameter.name);
                if let Some(ty) = &parameter.ty {
                    self.push(": ");
                    self.flat_type(ty);
                }
            }
        } else {
            self.parameters(parameters, indent);
        }
        self.push(")");
        if let Some(output) = output {
            self.push(" -> ");
            if output_width.is_some() {
                self.flat_type(output);
            } else {
                let mark = self.mark();
                if !self.ty(output, Shape::new(indent, self.line - indent)) {
                    self.back(mark);
                    self.unlimited(|out| out.ty(output, Shape::new(indent, out.line - indent)));
                }
            }
        }
        self.where_clause(bounds, indent)
    }

    /// `<A, B>`, a line each if there is no room for so many columns behind them.
    fn generics(&mut self, generics: &[String], indent: usize, behind: usize) {
        if generics.is_empty() {
            return;
        }
        let list = joined(generics.iter().map(|generic| width(generic)));
        self.push("<");
        if self.column + list + 1 + behind <= self.line {
            self.push(&generics.join(", "));
        } else {
            for generic in generics {
                self.newline(indent + STEP);
                self.push(generic);
                self.push(",");
            }
            self.newline(indent);
        }
        self.push(">");
    }

    /// A parameter a line.
    fn parameters(&mut self, parameters: &[Parameter], indent: usize) {
        let inner = Shape::new(indent + STEP, self.line - 1);
        for parameter in parameters {
            self.newline(inner.indent);
            self.push(&parameter.name);
            if let Some(ty) = &parameter.ty {
                self.push(": ");
                let mark = self.mark();
                // What can't be made to fit is left as it is.
                if !self.ty(ty, inner) {
                    self.back(mark);
                    self.flat_type(ty);
                }
            }
            self.push(",");
        }
        self.newline(indent);
    }

    /// Whether there is no room for a brace behind a signature; rustfmt counts what stands before it twice.
    pub(super) fn ends_with_brace_line(&self, begin: super::out::Mark, indent: usize) -> bool {
        let before = if self.is_broken(begin) { 0 } else { indent };
        self.column - before + 2 > self.line - indent
    }

    /// `where` and a line for each type.
    pub(super) fn where_clause(&mut self, bounds: &[(String, Type)], indent: usize) -> bool {
        if bounds.is_empty() {
            return true;
        }
        self.newline(indent);
        self.push("where");
        let shape = Shape::new(indent + STEP, self.line - 1);
        let mut fits = true;
        for (name, bounds) in bounds {
            self.newline(shape.indent);
            self.push(name);
            self.push(":");
            fits &= self.right_side(shape, false, |out, shape| {
                out.bounds_type(bounds, shape, shape.indent + STEP)
            });
            self.push(",");
        }
        fits
    }

    /// Bounds on one line, or a line each.
    pub(super) fn bounds_type(&mut self, ty: &Type, shape: Shape, indent: usize) -> bool {
        match &ty.kind {
            TypeKind::Bounds(_, bounds) if self.column + ty.width > shape.limit => {
                self.bounds(bounds, shape, indent)
            }
            _ => self.ty(ty, shape),
        }
    }
}
