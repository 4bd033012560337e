//! What has been printed: text, and where on a line it stands.

use super::tree::width;

/// Columns in a line.
pub(super) const LINE: usize = 100;

/// Columns of a step to the right.
pub(super) const STEP: usize = 4;

/// Attempts inside attempts to lay something out; further inside the first is taken, so that cost stays linear.
const ATTEMPTS: usize = 6;

/// Where something may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Columns before a new line of it.
    pub indent: usize,
    /// The column that its first line and its last may go up to.
    pub limit: usize,
}

impl Shape {
    pub(super) fn new(indent: usize, limit: usize) -> Self {
        Self { indent, limit }
    }

    /// The same with room for what stands behind.
    pub(super) fn before(self, columns: usize) -> Self {
        Self::new(self.indent, self.limit.saturating_sub(columns))
    }
}

/// Text that is being printed.
#[derive(Debug)]
pub(super) struct Out {
    pub text: String,
    /// The column of what comes next.
    pub column: usize,
    /// How many lines have ended.
    pub lines: usize,
    /// How many columns a line has; more than any has where something can't be made to fit.
    pub line: usize,
    /// Whether a chain may not be broken.
    pub one_line_chain: bool,
    /// How many attempts to lay something out are under way.
    attempts: usize,
    /// Whether something couldn't be printed.
    pub lost: bool,
}

/// A place to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub length: usize,
    pub column: usize,
    pub lines: usize,
}

impl Out {
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            column: 0,
            lines: 0,
            line: LINE,
            one_line_chain: false,
            attempts: 0,
            lost: false,
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += width(text);
    }

    /// Whether there may be more than one way to lay out what comes next.
    pub(super) fn may_try(&self) -> bool {
        self.attempts < ATTEMPTS
    }

    /// Prints what may be printed in another way as well.
    pub(super) fn attempt<T>(&mut self, layout: impl FnOnce(&mut Self) -> T) -> T {
        self.attempts += 1;
        let printed = layout(self);
        self.attempts -= 1;
        printed
    }

    /// Begins a line.
    pub(super) fn newline(&mut self, indent: usize) {
        self.text.push('\n');
        self.lines += 1;
        self.column = indent;
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    /// Begins a line, unless one has just begun.
    pub(super) fn line_begin(&mut self, indent: usize) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            self.column = indent;
            self.text.extend(std::iter::repeat_n(' ', indent));
        } else {
            self.newline(indent);
        }
    }

    /// Leaves a line empty.
    pub(super) fn blank(&mut self) {
        self.text.push_str(if self.text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        });
        self.lines += 1;
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            length: self.text.len(),
            column: self.column,
            lines: self.lines,
        }
    }

    /// Forgets what was printed since.
    pub(super) fn back(&mut self, mark: Mark) {
        self.text.truncate(mark.length);
        self.column = mark.column;
        self.lines = mark.lines;
    }

    /// Takes what was printed since.
    pub(super) fn cut(&mut self, mark: Mark) -> Printed {
        let printed = Printed {
            text: self.text[mark.length..].to_owned(),
            column: self.column,
            lines: self.lines - mark.lines,
        };
        self.back(mark);
        printed
    }

    /// Puts back what was taken, where it was.
    pub(super) fn paste(&mut self, printed: &Printed) {
        self.text.push_str(&printed.text);
        self.column = printed.column;
        self.lines += printed.lines;
    }

    /// Whether anything since goes over lines.
    pub(super) fn is_broken(&self, mark: Mark) -> bool {
        self.lines > mark.lines
    }

    /// The last column of the first line since.
    pub(super) fn first_end(&self, mark: Mark) -> usize {
        match self.text[mark.length..].find('\n') {
            Some(end) => mark.column + width(&self.text[mark.length..mark.length + end]),
            None => self.column,
        }
    }

    /// Whether lines since are as long as lines may be.
    pub(super) fn fits(&self, mark: Mark, shape: Shape) -> bool {
        if self.column > shape.limit || self.first_end(mark) > shape.limit {
            return false;
        }
        let since = &self.text[mark.length..];
        !self.is_broken(mark) || since.lines().skip(1).all(|line| width(line) <= self.line)
    }

    /// Whether the last line since is nothing but what closes.
    pub(super) fn ends_extendable(&self, mark: Mark) -> bool {
        let since = &self.text[mark.length..];
        let last = since.rsplit('\n').next().unwrap_or_default();
        last.chars()
            .all(|c| matches!(c, '(' | ')' | ']' | '}' | '?' | '>' | ' '))
    }
}

/// Text that was printed and taken.
#[derive(Debug)]
pub(super) struct Printed {
    pub text: String,
    pub column: usize,
    pub lines: usize,
}

impl Printed {
    fn first_line(&self) -> &str {
        self.text.split('\n').next().unwrap_or_default()
    }

    /// Whether another way to lay out the same, on a line of its own, looks better.
    pub(super) fn is_worse_than(&self, next: &Self) -> bool {
        let opens = |c: char| {
            let ends = |printed: &Self| printed.lines > 0 && printed.first_line().ends_with(c);
            ends(self) && !ends(next)
        };
        next.lines == 0 || self.lines > next.lines + 1 || opens('(') || opens('{') || opens('[')
    }
}
