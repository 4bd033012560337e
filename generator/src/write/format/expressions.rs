//! Prints expressions. In: an expression of the layout tree and where it may stand. Out: text, or that it doesn't fit.

use super::out::{Mark, Out, STEP, Shape};
use super::tree::{Arm, Block, Expr, ExprKind, Field, Head, sum, width};

impl Out {
    /// An expression, broken where it has to be; whether it fits.
    pub(super) fn expression(&mut self, value: &Expr, shape: Shape) -> bool {
        if sum([self.column, value.width, counted_again(value)]) <= shape.limit {
            self.flat(value);
            return true;
        }
        match &value.kind {
            ExprKind::Text(text) => {
                self.push(text);
                // Texts may be longer than lines.
                text.starts_with('"')
            }
            ExprKind::Prefix(prefix, value) => {
                self.push(prefix);
                self.expression(value, shape)
            }
            ExprKind::Suffix(value, suffix) => {
                let fits = self.expression(value, shape.before(width(suffix)));
                self.push(suffix);
                fits
            }
            ExprKind::Chain(chain) => self.chain(chain, shape),
            ExprKind::Call(callee, arguments) => {
                self.push(callee);
                self.list(["(", ")"], arguments, width(callee), shape)
            }
            ExprKind::Array(items) => self.list(["[", "]"], items, 0, shape),
            ExprKind::Tuple(items) => self.list(["(", ")"], items, 0, shape),
            ExprKind::Struct(name, fields) => self.literal(name, fields, shape),
            ExprKind::Block(prefix, block) => {
                self.push(prefix);
                self.block(block, shape.indent);
                true
            }
            ExprKind::If(branches, otherwise) => self.choice(branches, otherwise.as_ref(), shape),
            ExprKind::Match(value, arms) => self.matching(value, arms, shape),
            ExprKind::Loop(head, block) => {
                self.head(head, shape) && {
                    self.block(block, shape.indent);
                    true
                }
            }
            ExprKind::Closure(head, body) => self.closure(head, body, shape),
            ExprKind::Assign(left, operator, right) => {
                self.expression(left, shape) && {
                    self.push(" ");
                    self.push(operator);
                    self.right_side(shape, false, |out, shape| out.expression(right, shape))
                }
            }
        }
    }

    /// What stands behind a `=` or `:`: on the same line, or on the next if that looks better.
    pub(super) fn right_side(
        &mut self,
        shape: Shape,
        overflows: bool,
        layout: impl Fn(&mut Self, Shape) -> bool,
    ) -> bool {
        let mark = self.mark();
        self.push(" ");
        let same = self.mark();
        let fits = self.attempt(|out| layout(out, shape))
            && (self.is_broken(same) || self.column <= shape.limit);
        if fits && (!self.is_broken(same) || !self.may_try()) {
            return true;
        }
        let printed_any = fits || (self.is_overlong_text(same) && !self.is_broken(same));
        let original = self.cut(same);
        self.back(mark);
        let next_shape = Shape::new(shape.indent + STEP, shape.limit);
        self.newline(next_shape.indent);
        let next_mark = self.mark();
        let next_fits = self.attempt(|out| layout(out, next_shape));
        let is_better = match (printed_any, next_fits) {
            (true, true) => {
                self.fits(next_mark, next_shape) && {
                    let next = self.cut(next_mark);
                    let better = original.is_worse_than(&next);
                    self.paste(&next);
                    better
                }
            }
            (false, true) => true,
            _ => false,
        };
        if is_better {
            return true;
        }
        self.back(mark);
        if printed_any {
            self.push(" ");
            self.paste(&original);
            return true;
        }
        if overflows {
            self.push(" ");
            return self.unlimited(|out| layout(out, Shape::new(shape.indent, out.line)));
        }
        self.push(" ");
        self.paste(&original);
        false
    }

    /// Whether what was printed since is a text that is longer than a line.
    fn is_overlong_text(&self, mark: Mark) -> bool {
        self.text[mark.length..].starts_with('"')
    }

    /// Prints as if lines had no end.
    pub(super) fn unlimited<T>(&mut self, layout: impl FnOnce(&mut Self) -> T) -> T {
        let line = std::mem::replace(&mut self.line, usize::MAX / 2);
        let printed = layout(self);
        self.line = line;
        printed
    }

    /// `Name { fields }`, a field a line.
    fn literal(&mut self, name: &str, fields: &[Field], shape: Shape) -> bool {
        self.push(name);
        if self.column + 2 > shape.limit {
            return false;
        }
        self.push(" {");
        let inner = Shape::new(shape.indent + STEP, self.line - 1);
        for field in fields {
            self.newline(inner.indent);
            self.push(&field.name);
            if let Some(value) = &field.value {
                let mark = self.mark();
                self.push(": ");
                let fits = self.attempt(|out| out.expression(value, inner));
                if !fits && self.may_try() {
                    self.back(mark);
                    self.push(":");
                    self.newline(inner.indent + STEP);
                    if !self.expression(value, Shape::new(inner.indent + STEP, self.line)) {
                        return false;
                    }
                }
            }
            if !field.name.starts_with("..") {
                self.push(",");
            }
        }
        self.newline(shape.indent);
        self.push("}");
        true
    }

    /// What stands before a block, with the space before its brace, for which rustfmt leaves no room.
    fn head(&mut self, head: &Head, shape: Shape) -> bool {
        let mark = self.mark();
        let shape = Shape::new(shape.indent, self.line);
        let fits = if head.text.is_empty() {
            self.expression(&head.value, shape)
        } else {
            self.push(&head.text);
            self.right_side(shape, false, |out, shape| {
                out.expression(&head.value, shape)
            })
        };
        self.before_brace(mark, shape.indent);
        fits
    }

    /// The space before a brace, or a new line if what stands before it is long.
    fn before_brace(&mut self, head: Mark, indent: usize) {
        let is_full = self.is_broken(head) || self.column + 2 > self.line;
        if is_full && !self.ends_extendable(head) {
            self.newline(indent);
        } else {
            self.push(" ");
        }
    }

    fn choice(
        &mut self,
        branches: &[(Head, Block)],
        otherwise: Option<&Block>,
        shape: Shape,
    ) -> bool {
        for (index, (head, block)) in branches.iter().enumerate() {
            self.push(if index > 0 { " else if " } else { "if " });
            if !self.head(head, shape) {
                return false;
            }
            self.block(block, shape.indent);
        }
        if let Some(otherwise) = otherwise {
            self.push(" else ");
            self.block(otherwise, shape.indent);
        }
        true
    }

    fn matching(&mut self, value: &Expr, arms: &[Arm], shape: Shape) -> bool {
        self.push("match ");
        let head = self.mark();
        if !self.expression(value, Shape::new(shape.indent, self.line)) {
            return false;
        }
        self.before_brace(head, shape.indent);
        self.push("{");
        for arm in arms {
            if !self.arm(arm, shape.indent + STEP) {
                return false;
            }
        }
        self.newline(shape.indent);
        self.push("}");
        true
    }

    /// A closure, whose body gets a block if it doesn't fit on the line.
    pub(super) fn closure(&mut self, head: &str, body: &Expr, shape: Shape) -> bool {
        self.push(head);
        self.push(" ");
        let inner = match &body.kind {
            ExprKind::Block(prefix, block) if prefix.is_empty() => block.only(),
            _ => None,
        };
        let value = inner.unwrap_or(body);
        if is_forced(value) {
            return self.in_block(value, shape);
        }
        let mark = self.mark();
        let fits = self.attempt(|out| out.expression(value, shape));
        if fits && (!self.is_broken(mark) || may_break(value) || !self.may_try()) {
            return true;
        }
        self.back(mark);
        match &body.kind {
            ExprKind::Block(prefix, block) if prefix.is_empty() => {
                self.block(block, shape.indent);
                true
            }
            _ => self.in_block(body, shape),
        }
    }

    fn in_block(&mut self, value: &Expr, shape: Shape) -> bool {
        self.push("{");
        self.newline(shape.indent + STEP);
        self.alone(shape.indent + STEP, |out, shape| {
            out.expression(value, shape)
        });
        self.newline(shape.indent);
        self.push("}");
        true
    }
}

/// rustfmt counts the `?`s behind the last step of a chain again and again.
fn counted_again(value: &Expr) -> usize {
    match &value.kind {
        ExprKind::Chain(chain) => chain.steps.last().map_or(0, |step| 2 * step.tries),
        _ => 0,
    }
}

/// Whether the body of a closure has to stand in a block.
fn is_forced(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::If(..) | ExprKind::Loop(..) => true,
        ExprKind::Prefix(_, value) => is_forced(value),
        _ => false,
    }
}

/// Whether the body of a closure may go over lines without a block.
fn may_break(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Match(..) | ExprKind::Block(..) | ExprKind::Struct(..) => true,
        ExprKind::Prefix(_, value) | ExprKind::Suffix(value, _) => may_break(value),
        _ => false,
    }
}
