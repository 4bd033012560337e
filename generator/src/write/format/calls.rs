//! Prints what stands in brackets, and chains of calls. In: a part of the layout tree and where it may stand. Out: text, or that it
//! doesn't fit.

use super::out::{Mark, Out, STEP, Shape};
use super::tree::{BROKEN, CALL, Chain, Expr, ExprKind, Step, sum, width};

/// Columns of an item that may share a line with others of a long list.
const SHORT: usize = 10;

impl Out {
    /// Items in brackets, behind a name of so many columns: on one line; with the last going over lines; a line each.
    pub(super) fn list(
        &mut self,
        brackets: [&str; 2],
        items: &[Expr],
        name: usize,
        shape: Shape,
    ) -> bool {
        let [open, close] = brackets;
        let begin = self.mark();
        self.push(open);
        let Some((last, others)) = items.split_last() else {
            self.push(close);
            return self.column <= shape.limit;
        };
        let combined = others.is_empty() && name < STEP;
        let inner = Shape::new(shape.indent + STEP, self.line - 1);
        let are_flat = others
            .iter()
            .all(|item| sum([inner.indent, item.width]) <= inner.limit);
        if are_flat && (combined || can_overflow(last, items.len())) && self.may_try() {
            let overflowed = self.attempt(|out| out.overflow(items, combined, shape, begin));
            if let Some(fits) = overflowed {
                self.push(close);
                return fits;
            }
            self.back(begin);
            self.push(open);
        }
        let [horizontal, fits_inside] = self.measure(items, inner, shape);
        if horizontal && items.len() == 1 && fits_inside {
            self.flat(last);
            self.push(close);
            return true;
        }
        let fits = self.vertical(items, shape, inner);
        self.push(close);
        fits
    }

    /// Whether a single item is on one line, and whether that fits between the brackets.
    fn measure(&self, items: &[Expr], inner: Shape, shape: Shape) -> [bool; 2] {
        let Some(last) = items.last() else {
            return [true, true];
        };
        let is_flat = sum([inner.indent, last.width]) <= inner.limit;
        let fits = sum([self.column, last.width, 1]) <= shape.limit;
        [is_flat, fits]
    }

    /// A line an item, or as many as fit if all of them are short.
    fn vertical(&mut self, items: &[Expr], shape: Shape, inner: Shape) -> bool {
        let is_short = items
            .iter()
            .all(|item| is_simple(item) && item.width <= SHORT);
        self.newline(inner.indent);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                // The comma behind the last isn't counted.
                let comma = usize::from(index + 1 < items.len());
                if is_short && sum([self.column, 1, item.width, comma]) <= inner.limit {
                    self.push(" ");
                } else {
                    self.newline(inner.indent);
                }
            }
            if !self.expression(item, inner) {
                return false;
            }
            self.push(",");
        }
        self.newline(shape.indent);
        true
    }

    /// Puts the items on the line, the last going over further lines; whether that fits, unless another way has to be found.
    fn overflow(
        &mut self,
        items: &[Expr],
        combined: bool,
        shape: Shape,
        begin: Mark,
    ) -> Option<bool> {
        let (last, others) = items.split_last()?;
        let content = self.mark();
        let mut limit = shape.limit.checked_sub(1)?;
        if !others.is_empty() || last.is_nested_call() {
            limit = limit.min(content.column + CALL);
        }
        for item in others {
            self.flat(item);
            self.push(", ");
        }
        if self.column > limit {
            return None;
        }
        let chain = self.one_line_chain;
        if !combined && is_method_call(last) {
            self.one_line_chain = true;
        }
        let last_mark = self.mark();
        let fits = self.overflowing(last, items, Shape::new(shape.indent, limit));
        self.one_line_chain = chain;
        let first_end = self.first_end(content);
        let first = first_end.saturating_sub(content.column);
        if !fits || first > CALL.min(shape.limit.saturating_sub(content.column + 1)) {
            return None;
        }
        if others.is_empty() && self.lines == last_mark.lines + 1 {
            // Over two lines isn't better than on a line of its own.
            let inner = Shape::new(shape.indent + STEP, self.line - 1);
            if sum([inner.indent, last.width]) <= inner.limit {
                self.back(last_mark);
                if sum([self.column, last.width, 1]) <= shape.limit {
                    self.flat(last);
                } else {
                    self.newline(inner.indent);
                    self.flat(last);
                    self.newline(shape.indent);
                }
                return Some(true);
            }
        }
        // What closes a line has to fit on it.
        if first_end + 1 > shape.limit && !self.is_broken(begin) {
            return None;
        }
        Some(true)
    }

    fn overflowing(&mut self, last: &Expr, items: &[Expr], shape: Shape) -> bool {
        match &last.kind {
            ExprKind::Closure(head, body) => {
                let closures = items.iter();
                let closures = closures.filter(|item| matches!(item.kind, ExprKind::Closure(..)));
                closures.count() == 1 && self.closure(head, body, shape)
            }
            ExprKind::If(branches, _) => {
                let is_flat = branches
                    .first()
                    .is_some_and(|(head, _)| sum([self.column, 5, head.width()]) <= shape.limit);
                is_flat && self.expression(last, shape)
            }
            _ => self.expression(last, shape),
        }
    }

    /// A chain: on one line but for what its last step goes over lines with, or a step a line.
    pub(super) fn chain(&mut self, chain: &Chain, shape: Shape) -> bool {
        let begin = self.mark();
        let offset = begin.column.saturating_sub(shape.indent);
        if !self.expression(&chain.parent, shape.before(chain.tries)) {
            return false;
        }
        self.tries(chain.tries);
        let mut steps = &chain.steps[..];
        let is_list = matches!(
            chain.parent.kind,
            ExprKind::Call(..) | ExprKind::Struct(..) | ExprKind::Tuple(_) | ExprKind::Match(..)
        );
        let mut ends_block = self.is_broken(begin) && is_list;
        while let [first, rest @ ..] = steps
            && !self.is_broken(begin)
            && self.column - begin.column <= STEP.saturating_sub(offset)
        {
            let mark = self.mark();
            if !self.attempt(|out| out.step(first, shape)) {
                if !self.may_try() {
                    return false;
                }
                self.back(mark);
                break;
            }
            ends_block = self.ends_extendable(begin);
            steps = rest;
        }
        let fits = match steps.split_last() {
            None => true,
            Some((last, middle)) => {
                let is_long = chain.steps.len() > 1;
                self.steps(
                    middle,
                    last,
                    shape,
                    [begin, self.mark()],
                    ends_block,
                    is_long,
                )
            }
        };
        fits && self.fits(begin, shape)
    }

    /// The steps behind the root of a chain, which stands between the marks.
    fn steps(
        &mut self,
        middle: &[Step],
        last: &Step,
        shape: Shape,
        [begin, root]: [Mark; 2],
        ends_block: bool,
        is_long: bool,
    ) -> bool {
        let extendable = self.ends_extendable(begin);
        let indent = shape.indent + if ends_block { 0 } else { STEP };
        let is_root_flat = !self.is_broken(begin);
        let middle_width = sum(middle.iter().map(|step| step.width));
        let is_flat = is_root_flat
            && middle
                .iter()
                .all(|step| sum([indent, step.width]) <= self.line);
        let almost = if extendable {
            sum([root.column, last.tries])
        } else {
            sum([
                root.column.saturating_sub(begin.column),
                middle_width,
                last.tries,
            ])
        };
        let columns = shape.limit.saturating_sub(begin.column);
        let columns = if is_long { columns.min(CALL) } else { columns };
        let budget = columns.saturating_sub(almost);
        let all_in_line = is_flat && budget > 0;
        let mut one_line = None;
        let mut could_fit = false;
        if (all_in_line || extendable) && self.may_try() {
            let limit = if all_in_line { shape.limit } else { self.line };
            // rustfmt counts the `?`s behind the last step again and again, where that can be broken.
            let again = last.arguments.as_ref().map_or(0, |_| 2 * last.tries);
            let limit = limit.saturating_sub(again);
            let mut fits = middle_width < BROKEN;
            if fits {
                for step in middle {
                    self.flat_step(step);
                }
            }
            let place = self.mark();
            let inner = Shape::new(shape.indent, limit);
            fits = fits && place.column <= limit && self.attempt(|out| out.step(last, inner));
            if fits {
                let end = self.first_end(place);
                could_fit = end - place.column <= budget;
                let lines = self.lines - place.lines + 1;
                if could_fit && (lines >= 5 || lines == 1) && all_in_line {
                    return true;
                }
                one_line = Some((self.cut(root), lines));
            } else {
                self.back(root);
            }
        }
        let fits = self.own_lines(middle, last, shape, indent);
        match one_line {
            Some((printed, lines)) if could_fit && all_in_line => {
                let own = self.last_lines(last, root, fits);
                if !fits || own >= lines {
                    self.back(root);
                    self.paste(&printed);
                    return true;
                }
                fits && !self.one_line_chain
            }
            _ => fits && !self.one_line_chain,
        }
    }

    /// How many lines the last step took, on a line of its own.
    fn last_lines(&self, last: &Step, root: Mark, fits: bool) -> usize {
        if !fits {
            return usize::MAX;
        }
        let since = &self.text[root.length..];
        since
            .rfind(&format!(" {}", last.name))
            .map_or(1, |at| since[at..].lines().count())
    }

    fn own_lines(&mut self, middle: &[Step], last: &Step, shape: Shape, indent: usize) -> bool {
        for step in middle {
            self.newline(indent);
            if !self.step(step, Shape::new(indent, self.line)) {
                return false;
            }
        }
        self.newline(indent);
        let limit = shape.limit.saturating_sub(last.tries);
        self.step(last, Shape::new(indent, limit))
    }

    /// A step of a chain, which may go over lines.
    fn step(&mut self, step: &Step, shape: Shape) -> bool {
        if sum([self.column, step.width]) <= shape.limit {
            self.flat_step(step);
            return true;
        }
        self.push(&step.name);
        let shape = shape.before(step.tries);
        let fits = match &step.arguments {
            Some(arguments) => self.list(["(", ")"], arguments, width(&step.name), shape),
            None => self.column <= shape.limit,
        };
        self.tries(step.tries);
        fits
    }
}

/// Whether the last of so many items may go over lines while the others stand before it.
fn can_overflow(value: &Expr, count: usize) -> bool {
    match &value.kind {
        ExprKind::Block(..) | ExprKind::Closure(..) => true,
        ExprKind::Match(..)
        | ExprKind::If(..)
        | ExprKind::Loop(..)
        | ExprKind::Array(_)
        | ExprKind::Struct(..)
        | ExprKind::Call(..)
        | ExprKind::Tuple(_) => count == 1,
        ExprKind::Chain(chain) => match chain.steps.last() {
            Some(step) => step.arguments.is_some() && count == 1,
            None => can_overflow(&chain.parent, count),
        },
        ExprKind::Prefix(_, value) | ExprKind::Suffix(value, _) => can_overflow(value, count),
        ExprKind::Text(_) | ExprKind::Assign(..) => false,
    }
}

fn is_method_call(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Chain(chain) => chain
            .steps
            .last()
            .is_some_and(|step| step.arguments.is_some()),
        ExprKind::Prefix(_, value) | ExprKind::Suffix(value, _) => is_method_call(value),
        _ => false,
    }
}

/// Whether a value is a name, a literal, or a field of one.
fn is_simple(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Text(text) => !text.contains("::"),
        ExprKind::Prefix(_, value) | ExprKind::Suffix(value, _) => is_simple(value),
        ExprKind::Chain(chain) => {
            is_simple(&chain.parent) && chain.steps.iter().all(|step| step.arguments.is_none())
        }
        _ => false,
    }
}
