//! Prints the arms of a `match`. In: an arm of the layout tree. Out: text, or that it doesn't fit.

use super::out::{Out, STEP, Shape};
use super::tree::{Arm, Expr, ExprKind, width};

impl Out {
    /// An arm of a `match`; whether it fits.
    pub(super) fn arm(&mut self, arm: &Arm, indent: usize) -> bool {
        let shape = Shape::new(indent, self.line);
        for attribute in &arm.attributes {
            self.newline(indent);
            self.push(attribute);
        }
        self.newline(indent);
        let begin = self.mark();
        self.patterns(&arm.patterns, shape);
        if let Some(guard) = &arm.guard {
            let mark = self.mark();
            // Behind a pattern that is no wider than a step the guard may go over lines.
            let is_short = self.column - indent <= STEP;
            self.push(" if ");
            let fits = self.expression(guard, shape.before(5));
            if !fits || (self.is_broken(mark) && !is_short) {
                self.back(mark);
                self.newline(indent + STEP);
                self.push("if ");
                if !self.expression(guard, Shape::new(indent + STEP, self.line - 5)) {
                    return false;
                }
            }
        }
        let has_broken_head = self.is_broken(begin) && arm.guard.is_some();
        self.push(" =>");
        self.arm_body(&arm.body, shape, has_broken_head)
    }

    /// `A | B`: as many alternatives a line as there is room for.
    fn patterns(&mut self, patterns: &[String], shape: Shape) {
        let total = patterns
            .iter()
            .map(|pattern| width(pattern) + 3)
            .sum::<usize>()
            - 3;
        let fits = self.column + total + 5 <= shape.limit;
        let is_short = patterns.iter().all(|pattern| width(pattern) <= 20);
        for (index, pattern) in patterns.iter().enumerate() {
            if index > 0 {
                let room = self.column + 3 + width(pattern) + 5 <= shape.limit;
                if fits || (is_short && room) {
                    self.push(" | ");
                } else {
                    self.newline(shape.indent);
                    self.push("| ");
                }
            }
            if self.column + width(pattern) + 5 > shape.limit {
                self.pattern(pattern, shape.indent);
            } else {
                self.push(pattern);
            }
        }
    }

    /// `Name(value)`, too long for one line: what it holds a line each.
    fn pattern(&mut self, pattern: &str, indent: usize) {
        let Some((name, held)) = pattern
            .strip_suffix(')')
            .and_then(|text| text.split_once('('))
        else {
            self.push(pattern);
            return;
        };
        self.push(name);
        self.push("(");
        for held in held.trim_end_matches(',').split(", ") {
            self.newline(indent + STEP);
            self.push(held);
            self.push(",");
        }
        self.newline(indent);
        self.push(")");
    }

    fn arm_body(&mut self, body: &Expr, shape: Shape, has_broken_head: bool) -> bool {
        let (extends, body) = flattened(body);
        let is_block = matches!(body.kind, ExprKind::Block(..));
        let is_plain_block = matches!(&body.kind, ExprKind::Block(prefix, _) if prefix.is_empty());
        let comma = if is_plain_block { "" } else { "," };
        let mark = self.mark();
        self.push(" ");
        let same = self.mark();
        let same_shape = shape.before(comma.len());
        let fits = !has_broken_head && self.attempt(|out| out.expression(body, same_shape));
        let is_flat = !self.is_broken(same) && self.column <= same_shape.limit;
        if fits && (is_block || is_flat || !self.may_try()) {
            self.push(comma);
            return true;
        }
        let first_fits = fits && self.first_end(same) <= same_shape.limit;
        let original = self.cut(same);
        self.back(mark);
        if has_broken_head {
            self.newline(shape.indent);
            self.push("{");
        } else {
            self.push(" {");
        }
        let next_shape = Shape::new(shape.indent + STEP, shape.limit);
        self.newline(next_shape.indent);
        let next_mark = self.mark();
        let next_fits = self.attempt(|out| out.expression(body, next_shape));
        let next = self.cut(next_mark);
        let takes_next = match (fits, next_fits) {
            (true, true) if original.is_worse_than(&next) => true,
            (true, _) if extends && first_fits => false,
            (true, true) => original.lines > 0,
            (true, false) => false,
            (false, next_fits) => {
                if !next_fits {
                    self.back(mark);
                    self.push(" ");
                    self.paste(&original);
                    return false;
                }
                true
            }
        };
        if takes_next {
            self.paste(&next);
            self.newline(shape.indent);
            self.push("}");
        } else {
            self.back(mark);
            self.push(" ");
            self.paste(&original);
            self.push(comma);
        }
        true
    }
}

/// Whether the body of an arm may stand beside the arrow over several lines, and what that body is.
fn flattened(body: &Expr) -> (bool, &Expr) {
    if let ExprKind::Block(prefix, block) = &body.kind
        && prefix.is_empty()
        && let Some(only) = block.only()
    {
        return match &only.kind {
            ExprKind::Block(..) => flattened(only),
            _ => (extends(only), only),
        };
    }
    (extends(body), body)
}

fn extends(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Match(..)
        | ExprKind::Block(..)
        | ExprKind::Closure(..)
        | ExprKind::Array(_)
        | ExprKind::Call(..)
        | ExprKind::Struct(..)
        | ExprKind::Tuple(_) => true,
        ExprKind::Chain(chain) => match chain.steps.last() {
            Some(step) if step.arguments.is_some() => true,
            Some(_) => false,
            None => extends(&chain.parent),
        },
        ExprKind::Prefix(_, value) | ExprKind::Suffix(value, _) => extends(value),
        ExprKind::If(..) | ExprKind::Loop(..) | ExprKind::Text(_) | ExprKind::Assign(..) => false,
    }
}
