//! Prints types. In: a type of the layout tree and where it may stand. Out: text, or that it doesn't fit.

use super::out::{Out, STEP, Shape};
use super::tree::{Type, TypeKind};

impl Out {
    /// A type on one line.
    pub(super) fn flat_type(&mut self, ty: &Type) {
        match &ty.kind {
            TypeKind::Text(text) => self.push(text),
            TypeKind::Generic(name, types) => {
                self.push(name);
                self.push("<");
                self.flat_types(types);
                self.push(">");
            }
            TypeKind::Tuple(types) => {
                self.push("(");
                self.flat_types(types);
                self.push(if types.len() == 1 { ",)" } else { ")" });
            }
            TypeKind::Prefix(prefix, ty) => {
                self.push(prefix);
                self.flat_type(ty);
            }
            TypeKind::Bounds(keyword, bounds) => {
                self.push(keyword);
                for (index, bound) in bounds.iter().enumerate() {
                    if index > 0 {
                        self.push(" + ");
                    }
                    self.flat_type(bound);
                }
            }
        }
    }

    fn flat_types(&mut self, types: &[Type]) {
        for (index, ty) in types.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.flat_type(ty);
        }
    }

    /// A type, broken where it has to be; whether it fits.
    pub(super) fn ty(&mut self, ty: &Type, shape: Shape) -> bool {
        if self.column + ty.width <= shape.limit {
            self.flat_type(ty);
            return true;
        }
        match &ty.kind {
            TypeKind::Text(_) => false,
            TypeKind::Generic(name, types) => {
                self.push(name);
                self.type_list("<", types, ">", shape)
            }
            TypeKind::Tuple(types) => self.type_list("(", types, ")", shape),
            TypeKind::Prefix(prefix, ty) => {
                self.push(prefix);
                self.ty(ty, shape)
            }
            TypeKind::Bounds(keyword, bounds) => {
                // What rustfmt measures is the bounds alone.
                let is_short = self.column + ty.width - keyword.len() <= shape.limit;
                if is_short {
                    self.flat_type(ty);
                    return true;
                }
                self.push(keyword);
                let limit = shape.limit + keyword.len();
                self.bounds(bounds, Shape::new(shape.indent, limit), shape.indent)
            }
        }
    }

    /// Bounds of which each may be on a line of its own.
    pub(super) fn bounds(&mut self, bounds: &[Type], shape: Shape, indent: usize) -> bool {
        for (index, bound) in bounds.iter().enumerate() {
            if index > 0 {
                let last = self.text.rsplit('\n').next().unwrap_or_default();
                let is_closed = last.chars().all(|c| matches!(c, ')' | '>' | ' '));
                if is_closed {
                    self.push(" + ");
                } else {
                    self.newline(indent);
                    self.push("+ ");
                }
            }
            if !self.ty(bound, Shape::new(indent, shape.limit)) {
                return false;
            }
        }
        true
    }

    /// Types in brackets, a line each.
    pub(super) fn type_list(
        &mut self,
        open: &str,
        types: &[Type],
        close: &str,
        shape: Shape,
    ) -> bool {
        if self.column >= shape.limit {
            return false;
        }
        self.push(open);
        let inner = shape.indent + STEP;
        for ty in types {
            self.newline(inner);
            if !self.ty(ty, Shape::new(inner, self.line - 1)) {
                return false;
            }
            self.push(",");
        }
        self.newline(shape.indent);
        self.push(close);
        true
    }
}
