//! Prints on one line what fits on one, and blocks.

use super::out::{LINE, Out, STEP, Shape};
use super::tree::{Block, Chain, Expr, ExprKind, Field, Statement, StatementKind, Step, Type};

impl Out {
    /// An expression on one line.
    pub(super) fn flat(&mut self, value: &Expr) {
        match &value.kind {
            ExprKind::Text(text) => self.push(text),
            ExprKind::Prefix(prefix, value) => {
                self.push(prefix);
                self.flat(value);
            }
            ExprKind::Suffix(value, suffix) => {
                self.flat(value);
                self.push(suffix);
            }
            ExprKind::Chain(chain) => self.flat_chain(chain),
            ExprKind::Call(callee, arguments) => {
                self.push(callee);
                self.flat_list("(", arguments, ")");
            }
            ExprKind::Array(items) => self.flat_list("[", items, "]"),
            ExprKind::Tuple(items) => {
                self.flat_list("(", items, if items.len() == 1 { ",)" } else { ")" });
            }
            ExprKind::Struct(name, fields) => self.flat_literal(name, fields),
            ExprKind::Block(prefix, block) => {
                self.push(prefix);
                self.flat_block(block);
            }
            ExprKind::If(branches, otherwise) => {
                for (index, (head, block)) in branches.iter().enumerate() {
                    self.push(if index > 0 { " else if " } else { "if " });
                    self.push(&head.text);
                    if !head.text.is_empty() {
                        self.push(" ");
                    }
                    self.flat(&head.value);
                    self.push(" ");
                    self.flat_block(block);
                }
                if let Some(block) = otherwise {
                    self.push(" else ");
                    self.flat_block(block);
                }
            }
            ExprKind::Closure(head, body) => {
                self.push(head);
                self.push(" ");
                match &body.kind {
                    ExprKind::Block(prefix, block) if prefix.is_empty() => match block.only() {
                        Some(only) => self.flat(only),
                        None => self.flat_block(block),
                    },
                    _ => self.flat(body),
                }
            }
            ExprKind::Assign(left, operator, right) => {
                self.flat(left);
                self.push(" ");
                self.push(operator);
                self.push(" ");
                self.flat(right);
            }
            // These are never on one line.
            ExprKind::Match(..) | ExprKind::Loop(..) => {
                self.expression(value, Shape::new(0, LINE));
            }
        }
    }

    fn flat_list(&mut self, open: &str, items: &[Expr], close: &str) {
        self.push(open);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.flat(item);
        }
        self.push(close);
    }

    fn flat_literal(&mut self, name: &str, fields: &[Field]) {
        self.push(name);
        if fields.is_empty() {
            self.push(" {}");
            return;
        }
        self.push(" { ");
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.push(&field.name);
            if let Some(value) = &field.value {
                self.push(": ");
                self.flat(value);
            }
        }
        self.push(" }");
    }

    fn flat_chain(&mut self, chain: &Chain) {
        self.flat(&chain.parent);
        self.tries(chain.tries);
        for step in &chain.steps {
            self.flat_step(step);
        }
    }

    pub(super) fn flat_step(&mut self, step: &Step) {
        self.push(&step.name);
        if let Some(arguments) = &step.arguments {
            self.flat_list("(", arguments, ")");
        }
        self.tries(step.tries);
    }

    pub(super) fn tries(&mut self, count: usize) {
        for _ in 0..count {
            self.push("?");
        }
    }

    fn flat_block(&mut self, block: &Block) {
        match block.only() {
            Some(only) => {
                self.push("{ ");
                self.flat(only);
                self.push(" }");
            }
            None => self.block(block, 0),
        }
    }

    /// `{ … }`, a statement a line.
    pub(super) fn block(&mut self, block: &Block, indent: usize) {
        if block.statements.is_empty() {
            self.push("{}");
            return;
        }
        self.push("{");
        for statement in &block.statements {
            for attribute in &statement.attributes {
                self.newline(indent + STEP);
                self.push(attribute);
            }
            self.newline(indent + STEP);
            self.alone(indent + STEP, |out, shape| out.statement(statement, shape));
        }
        self.newline(indent);
        self.push("}");
    }

    /// Prints what stands alone on its lines. What rustfmt can't make fit it leaves as it is, so here that is printed as if lines had
    /// no end.
    pub(super) fn alone(&mut self, indent: usize, layout: impl Fn(&mut Self, Shape) -> bool) {
        let mark = self.mark();
        let line = std::mem::replace(&mut self.line, LINE);
        let chain = std::mem::replace(&mut self.one_line_chain, false);
        let mut fits = false;
        if self.may_try() {
            fits = self.attempt(|out| layout(out, Shape::new(indent, LINE)));
        }
        if !fits {
            self.back(mark);
            self.lost |= !self.unlimited(|out| layout(out, Shape::new(indent, out.line)));
        }
        self.line = line;
        self.one_line_chain = chain;
    }

    fn statement(&mut self, statement: &Statement, shape: Shape) -> bool {
        let inner = shape.before(1);
        match &statement.kind {
            StatementKind::Let(name, ty, value) => {
                self.push(name);
                let mut fits = true;
                if let Some(ty) = ty {
                    self.push(": ");
                    fits = self.ty(ty, shape.before(2));
                }
                if let Some(value) = value {
                    self.push(" =");
                    fits &=
                        self.right_side(inner, false, |out, shape| out.expression(value, shape));
                }
                self.push(";");
                fits
            }
            StatementKind::Static(head, ty, value) => self.constant(head, ty, value, shape),
            StatementKind::Expr(value, ends) => {
                if !ends {
                    return self.expression(value, shape);
                }
                let fits = self.expression(value, inner);
                self.push(";");
                fits
            }
        }
    }

    /// `static NAME: Type = value;`
    pub(super) fn constant(&mut self, head: &str, ty: &Type, value: &Expr, shape: Shape) -> bool {
        self.push(head);
        self.push(":");
        if self.column + 1 + ty.width + 2 <= shape.limit {
            self.push(" ");
        } else {
            self.newline(shape.indent + STEP);
        }
        let mut fits = self.ty(ty, Shape::new(shape.indent + STEP, shape.limit));
        self.push(" =");
        fits &= self.right_side(shape.before(1), true, |out, shape| {
            out.expression(value, shape)
        });
        self.push(";");
        fits
    }
}
