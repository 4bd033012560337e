//! Reads the blocks of YAML, line by line: what a line belongs to is told by its indentation.

use super::flow::{self, is_closed};
use super::{Cursor, Kind, NodeId, Span, Tree, quoted};

/// A block collection that isn't closed yet.
struct Open {
    node: NodeId,
    is_mapping: bool,
    /// The column of its keys or dashes.
    column: usize,
    /// Its last member or item.
    slot: NodeId,
}

struct Reader<'a> {
    tree: &'a mut Tree,
    text: &'a str,
    at: usize,
    open: Vec<Open>,
    /// The end of the last value.
    end: usize,
    /// Lines beyond this column belong to a block scalar.
    prose: Option<usize>,
    /// What is about to be written at the end of what was read.
    cursor: Cursor,
}

/// A line without its line ending, as offsets.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    /// The first character that isn't white space.
    content: usize,
    end: usize,
}

/// Reads the first document of a text.
pub(super) fn read(tree: &mut Tree, text: &str) -> Cursor {
    let mut reader = Reader {
        tree,
        text,
        at: 0,
        open: Vec::new(),
        end: 0,
        prose: None,
        cursor: Cursor::Nothing,
    };
    // The last line may be empty, with the cursor in it.
    while reader.at < text.len() {
        let line = reader.line();
        if !reader.take(line) {
            break;
        }
    }
    if text.is_empty() || text.ends_with('\n') {
        reader.blank(text.len());
    }
    let cursor = reader.cursor;
    while !reader.open.is_empty() {
        reader.close();
    }
    cursor
}

impl Reader<'_> {
    /// The line that begins here; the next one is after it.
    fn line(&mut self) -> Line {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find('\n').unwrap_or(rest.len());
        self.at = (start + length + 1).min(self.text.len());
        let line = rest[..length].trim_end_matches('\r');
        let content = line.len() - line.trim_start_matches([' ', '\t', '\u{feff}']).len();
        Line {
            start,
            content: start + content,
            end: start + line.len(),
        }
    }

    /// Reads a line; `false` if the document ends before it.
    fn take(&mut self, line: Line) -> bool {
        self.cursor = Cursor::Nothing;
        let content = &self.text[line.content..line.end];
        let column = line.content - line.start;
        if content.is_empty() {
            // Only in the last line is there a cursor.
            if line.end == self.text.len() {
                self.blank(line.start);
            }
            return true;
        }
        if self.prose.is_some_and(|margin| column > margin) {
            self.end = line.end;
            return true;
        }
        self.prose = None;
        if column == 0 && (content.starts_with("---") || content.starts_with("...")) {
            return self.open.is_empty();
        }
        let is_directive = column == 0 && content.starts_with('%');
        if !content.starts_with('#') && !is_directive {
            self.entry(line, column);
        }
        true
    }

    /// The last line, if it is empty before the cursor.
    fn blank(&mut self, start: usize) {
        let column = self.text.len().saturating_sub(start);
        let is_prose = self.prose.is_some_and(|margin| column > margin);
        if !is_prose {
            let end = self.text.len();
            self.cursor = self.bare(column, Span::new(end, end));
        }
    }

    /// What may be written at a column where no key is yet.
    fn bare(&self, column: usize, word: Span) -> Cursor {
        let mut open = self.open.iter().rev();
        let around =
            open.find(|open| open.column < column || open.is_mapping && open.column == column);
        match around {
            None if self.open.is_empty() => Cursor::Either(Tree::root(), word),
            // Before everything that is there.
            None => Cursor::Key(Tree::root(), word),
            Some(open) if open.column == column => Cursor::Key(open.node, word),
            Some(open) => match self.tree.kind(open.slot) {
                Kind::Mapping => Cursor::Key(open.slot, word),
                Kind::Empty => Cursor::Either(open.slot, word),
                Kind::Scalar if self.tree.value(open.slot) == word => {
                    Cursor::Either(open.slot, word)
                }
                Kind::Scalar | Kind::Sequence => Cursor::Nothing,
            },
        }
    }

    /// Reads dashes, then a key or a scalar.
    fn entry(&mut self, line: Line, mut column: usize) {
        let mut at = line.content;
        loop {
            let rest = &self.text[at..line.end];
            if let Some(after) = rest.strip_prefix('-')
                && (after.is_empty() || after.starts_with([' ', '\t']))
            {
                self.item(column, at);
                let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
                at += 1 + spaces;
                column += 1 + spaces;
                if at < line.end && !self.text[at..].starts_with('#') {
                    continue;
                }
                if line.end == self.text.len() && spaces > 0 && at >= line.end {
                    self.cursor = self.bare(column, Span::new(line.end, line.end));
                }
                return;
            }
            match key(rest) {
                Some((length, value)) => {
                    let key = Span::new(at, at + length);
                    self.member(
                        column,
                        key,
                        Line {
                            content: at + value,
                            ..line
                        },
                    );
                }
                None => self.scalar(
                    column,
                    Line {
                        content: at,
                        ..line
                    },
                ),
            }
            return;
        }
    }

    /// Closes collections that a line at this column isn't a part of.
    fn leave(&mut self, column: usize, is_dash: bool) {
        while let Some(open) = self.open.last() {
            let is_over =
                open.column > column || open.column == column && !open.is_mapping && !is_dash;
            if !is_over {
                break;
            }
            self.close();
        }
    }

    /// Closes the innermost collection.
    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.end_slot(open.slot);
            self.tree.close(open.node, self.end);
        }
    }

    fn end_slot(&mut self, slot: NodeId) {
        if matches!(self.tree.kind(slot), Kind::Empty | Kind::Scalar) {
            let end = self.tree.value(slot).end;
            self.tree.close(slot, end);
        }
    }

    /// The collection at this column, opened unless it is open.
    fn collection(&mut self, is_mapping: bool, column: usize, at: usize) -> NodeId {
        if let Some(open) = self.open.last()
            && open.is_mapping == is_mapping
            && open.column == column
        {
            let (node, slot) = (open.node, open.slot);
            self.end_slot(slot);
            return node;
        }
        let node = self.open.last().map_or(Tree::root(), |open| open.slot);
        let kind = if is_mapping {
            Kind::Mapping
        } else {
            Kind::Sequence
        };
        self.tree.set(node, kind, Span::new(at, at));
        self.open.push(Open {
            node,
            is_mapping,
            column,
            slot: node,
        });
        node
    }

    fn item(&mut self, column: usize, at: usize) {
        self.leave(column, true);
        let node = self.collection(false, column, at);
        let item = self.tree.add(node, None, at + 1);
        self.end = at + 1;
        if let Some(open) = self.open.last_mut() {
            open.slot = item;
        }
    }

    /// Adds a member whose value, if any, is in the rest of the line.
    fn member(&mut self, column: usize, key: Span, rest: Line) {
        self.leave(column, false);
        let node = self.collection(true, column, key.start);
        let member = self.tree.add(node, Some(key), rest.content);
        self.end = rest.content;
        if let Some(open) = self.open.last_mut() {
            open.slot = member;
        }
        let written = &self.text[rest.content..rest.end];
        let begin = rest.content + written.len() - written.trim_start_matches([' ', '\t']).len();
        let is_last = rest.end == self.text.len();
        if begin == rest.end && is_last && begin > rest.content {
            self.cursor = Cursor::Value(member, Span::new(begin, begin));
        }
        self.value(
            member,
            column,
            Line {
                content: begin,
                ..rest
            },
        );
    }

    /// A line, or what follows a dash, without a key.
    fn scalar(&mut self, column: usize, line: Line) {
        self.leave(column, false);
        let written = &self.text[line.content..line.end];
        let word = Span::new(line.content, line.content + written.trim_end().len());
        let is_last = word.end == self.text.len();
        if let Some(open) = self.open.last()
            && open.is_mapping
            && open.column == column
        {
            // A key that has no colon yet.
            let node = open.node;
            let slot = open.slot;
            self.end_slot(slot);
            let member = self.tree.add(node, Some(word), word.end);
            self.end = word.end;
            if let Some(open) = self.open.last_mut() {
                open.slot = member;
            }
            if is_last {
                self.cursor = Cursor::Key(node, word);
            }
            return;
        }
        let slot = self.open.last().map_or(Tree::root(), |open| open.slot);
        if self.tree.kind(slot) == Kind::Empty {
            let margin = column.saturating_sub(1);
            self.value(slot, margin, line);
            let is_word = self.tree.kind(slot) == Kind::Scalar && self.tree.value(slot) == word;
            if is_last && is_word && !is_closed(word, self.text) {
                self.cursor = self.bare(column, word);
            }
        } else if self.tree.kind(slot) == Kind::Scalar {
            // A further line of it.
            let start = self.tree.value(slot).start;
            self.tree
                .set(slot, Kind::Scalar, Span::new(start, line.end));
            self.end = line.end;
        }
    }

    /// Reads the value of a node in the rest of a line, and in further lines beyond a column.
    fn value(&mut self, node: NodeId, column: usize, line: Line) {
        let at = self.after_properties(line);
        let written = &self.text[at..line.end];
        match written.chars().next() {
            None => {}
            // The beginning of a reference that lacks its quotes.
            Some('#') if !written.starts_with("#/") => {}
            Some('|' | '>') => {
                self.tree.set(node, Kind::Scalar, Span::new(at, line.end));
                self.end = line.end;
                self.prose = Some(column);
            }
            Some('{' | '[') => {
                let read = flow::read(self.tree, self.text, node, at, Some(column + 1));
                self.end = self.text[..read.end].trim_end().len();
                self.cursor = read.cursor;
                self.at = read.end;
                // What follows it in its line isn't read. It may have been given up at the beginning of a line.
                if !self.text[..read.end].ends_with('\n') {
                    self.line();
                }
            }
            Some('"' | '\'') => {
                let end = self.quoted(at, column, line);
                self.set_scalar(node, Span::new(at, end), line);
            }
            Some(_) => {
                let comment = written.find(" #").unwrap_or(written.len());
                let end = at + written[..comment].trim_end().len();
                self.set_scalar(node, Span::new(at, end), line);
            }
        }
    }

    fn set_scalar(&mut self, node: NodeId, span: Span, line: Line) {
        self.tree.set(node, Kind::Scalar, span);
        self.end = span.end;
        let is_last = line.end == self.text.len() && span.end == line.end;
        if is_last && !is_closed(span, self.text) {
            self.cursor = Cursor::Value(node, span);
        }
    }

    /// The offset after anchors and tags.
    fn after_properties(&self, line: Line) -> usize {
        let mut at = line.content;
        loop {
            let rest = &self.text[at..line.end];
            if !rest.starts_with(['&', '!']) {
                return at;
            }
            let word = rest.find([' ', '\t']).unwrap_or(rest.len());
            let after = &rest[word..];
            at += word + after.len() - after.trim_start_matches([' ', '\t']).len();
            if at >= line.end {
                return line.end;
            }
        }
    }

    /// The end of a quoted scalar. Further lines are part of it if they are beyond a column, and one of them has the closing quote.
    fn quoted(&mut self, at: usize, column: usize, line: Line) -> usize {
        let (length, is_closed) = quoted(&self.text[at..line.end]);
        if is_closed {
            return at + length;
        }
        let quote = self.text.as_bytes()[at];
        let mut next = self.at;
        while next < self.text.len() {
            let rest = &self.text[next..];
            let line = rest.split('\n').next().unwrap_or_default();
            let content = line.trim_start_matches([' ', '\t']);
            let is_within = content.trim_end().is_empty() || line.len() - content.len() > column;
            if !is_within {
                break;
            }
            let mut escaped = false;
            let end = line.bytes().position(|byte| {
                let ends = byte == quote && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            });
            if let Some(end) = end {
                self.at = (next + line.len() + 1).min(self.text.len());
                return next + end + 1;
            }
            next += line.len() + 1;
        }
        line.end
    }
}

/// The length of the key that a text begins with, and the length with its colon; `None` if it doesn't begin with one.
fn key(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let ends = |at: usize| {
        bytes.get(at) == Some(&b':')
            && bytes
                .get(at + 1)
                .is_none_or(|next| matches!(next, b' ' | b'\t'))
    };
    if text.starts_with(['"', '\'']) {
        let (length, _) = quoted(text);
        let rest = &text[length..];
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        return ends(length + spaces).then_some((length, length + spaces + 1));
    }
    if text.starts_with(['{', '[', '&', '!', '*', '|', '>', '%', '@', '`', '#', '?']) {
        return None;
    }
    let comment = text.find(" #").unwrap_or(text.len());
    let colon = (0..comment).find(|at| ends(*at))?;
    Some((text[..colon].trim_end().len(), colon + 1))
}
