//! Reads flow collections: JSON, and the braces and brackets of YAML.

use super::{Cursor, Kind, NodeId, Span, Tree, quoted};

/// A collection that isn't closed yet.
struct Open {
    node: NodeId,
    is_mapping: bool,
    state: State,
}

/// How far a member or an item is.
#[derive(Clone, Copy)]
enum State {
    /// A key or an item comes next.
    Next,
    /// A key is written.
    Key(Span),
    /// A colon follows the key.
    Colon(NodeId),
    /// The value is written.
    Done(NodeId),
}

/// Where a collection ends, and what is about to be written there if that is the end of the text.
pub(super) struct Read {
    pub(super) end: usize,
    pub(super) cursor: Cursor,
}

struct Reader<'a> {
    tree: &'a mut Tree,
    text: &'a str,
    at: usize,
    open: Vec<Open>,
    /// In a block of YAML, the least column of further lines.
    margin: Option<usize>,
}

/// Reads the collection that begins at an offset as the value of a node. A line before the column `margin` ends it.
pub(super) fn read(
    tree: &mut Tree,
    text: &str,
    node: NodeId,
    at: usize,
    margin: Option<usize>,
) -> Read {
    let mut reader = Reader {
        tree,
        text,
        at,
        open: Vec::new(),
        margin,
    };
    reader.begin(node);
    while !reader.open.is_empty() {
        let Some(byte) = text.as_bytes().get(reader.at) else {
            let cursor = reader.cursor();
            reader.abandon();
            return Read {
                end: text.len(),
                cursor,
            };
        };
        if !reader.step(*byte) {
            reader.abandon();
        }
    }
    Read {
        end: reader.at,
        cursor: Cursor::Nothing,
    }
}

impl Reader<'_> {
    /// Reads what begins with a byte; `false` if the collection ends here although nothing closes it.
    fn step(&mut self, byte: u8) -> bool {
        match byte {
            b'\n' => {
                self.at += 1;
                return self.goes_on();
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'#' if self.margin.is_some() => self.skip_line(),
            b'{' | b'[' => {
                let node = self.slot();
                self.begin(node);
            }
            b'}' | b']' => {
                self.at += 1;
                self.end();
            }
            b',' => {
                self.at += 1;
                self.comma();
            }
            b':' => {
                self.at += 1;
                self.colon();
            }
            b'"' => {
                let length = quoted(&self.text[self.at..]).0;
                self.token(length);
            }
            b'\'' if self.margin.is_some() => {
                let length = quoted(&self.text[self.at..]).0;
                self.token(length);
            }
            _ => {
                let length = plain(&self.text[self.at..], self.margin.is_some());
                self.token(length);
            }
        }
        true
    }

    /// Whether the line that begins here belongs to the collection.
    fn goes_on(&self) -> bool {
        let Some(margin) = self.margin else {
            return true;
        };
        let line = self.text[self.at..].lines().next().unwrap_or_default();
        let content = line.trim_start_matches([' ', '\t']);
        let closes = content.starts_with(['}', ']']);
        content.trim_end().is_empty() || closes || line.len() - content.len() >= margin
    }

    fn skip_line(&mut self) {
        let line = self.text[self.at..].find('\n');
        self.at = line.map_or(self.text.len(), |end| self.at + end);
    }

    /// Opens a collection.
    fn begin(&mut self, node: NodeId) {
        let is_mapping = self.text.as_bytes().get(self.at) == Some(&b'{');
        let kind = if is_mapping {
            Kind::Mapping
        } else {
            Kind::Sequence
        };
        let value = Span::new(self.at, self.at);
        self.tree.set(node, kind, value);
        self.open.push(Open {
            node,
            is_mapping,
            state: State::Next,
        });
        self.at += 1;
    }

    /// Closes the innermost collection.
    fn end(&mut self) {
        self.leave();
        if let Some(open) = self.open.pop() {
            self.tree.close(open.node, self.at);
        }
        if let Some(Open { state, .. }) = self.open.last_mut()
            && let State::Colon(node) = *state
        {
            *state = State::Done(node);
        }
    }

    /// Closes everything at once.
    fn abandon(&mut self) {
        while !self.open.is_empty() {
            self.end();
        }
    }

    /// Ends a member that is a key only.
    fn leave(&mut self) {
        let at = self.at;
        if let Some(Open { node, state, .. }) = self.open.last_mut()
            && let State::Key(key) = *state
        {
            let (node, member) = (*node, Some(key));
            *state = State::Next;
            let member = self.tree.add(node, member, key.end.min(at));
            self.tree.close(member, key.end);
        }
    }

    fn comma(&mut self) {
        self.leave();
        if let Some(open) = self.open.last_mut() {
            open.state = State::Next;
        }
    }

    fn colon(&mut self) {
        let at = self.at;
        if let Some(open) = self.open.last_mut()
            && let State::Key(key) = open.state
        {
            let member = self.tree.add(open.node, Some(key), at);
            open.state = State::Colon(member);
        }
    }

    /// The node whose value comes next.
    fn slot(&mut self) -> NodeId {
        let at = self.at;
        let Some(open) = self.open.last_mut() else {
            return Tree::root();
        };
        if let State::Colon(node) = open.state {
            return node;
        }
        // An item. In a mapping, something that can't be a key.
        let item = self.tree.add(open.node, None, at);
        open.state = State::Done(item);
        item
    }

    /// Takes a scalar: a key, or a value.
    fn token(&mut self, length: usize) {
        let span = Span::new(self.at, self.at + length);
        let is_key = self.open.last().is_some_and(|open| {
            // After a value without a comma, too.
            open.is_mapping && !matches!(open.state, State::Colon(_))
        });
        if is_key {
            self.leave();
            self.at = span.end;
            if let Some(open) = self.open.last_mut() {
                open.state = State::Key(span);
            }
            return;
        }
        self.at = span.start;
        let node = self.slot();
        self.at = span.end;
        self.tree.set(node, Kind::Scalar, span);
        self.tree.close(node, span.end);
        if let Some(open) = self.open.last_mut() {
            open.state = State::Done(node);
        }
    }

    /// What is about to be written at the end of the text.
    fn cursor(&mut self) -> Cursor {
        let end = self.text.len();
        let here = Span::new(end, end);
        let in_comment = {
            let line = self.text.rsplit('\n').next().unwrap_or_default();
            self.margin.is_some() && line.contains(" #")
        };
        let Some(open) = self.open.last() else {
            return Cursor::Nothing;
        };
        match open.state {
            _ if in_comment => Cursor::Nothing,
            State::Next if open.is_mapping => Cursor::Key(open.node, here),
            State::Next => {
                let node = self.slot();
                Cursor::Value(node, here)
            }
            State::Key(key) if key.end == end && !is_closed(key, self.text) => {
                Cursor::Key(open.node, key)
            }
            State::Colon(node) => Cursor::Value(node, here),
            State::Done(node) => {
                let value = self.tree.value(node);
                let is_word = self.tree.kind(node) == Kind::Scalar && value.end == end;
                if is_word && !is_closed(value, self.text) {
                    Cursor::Value(node, value)
                } else {
                    Cursor::Nothing
                }
            }
            State::Key(_) => Cursor::Nothing,
        }
    }
}

/// Whether a scalar has a closing quote, so that nothing more can be written of it.
pub(super) fn is_closed(span: Span, text: &str) -> bool {
    let written = span.of(text);
    written.starts_with(['"', '\'']) && quoted(written).1
}

/// Length of the plain scalar that a text begins with: at least one byte.
fn plain(text: &str, is_yaml: bool) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let ends = match byte {
            b',' | b'{' | b'}' | b'[' | b']' | b'\n' | b'"' => true,
            b':' if !is_yaml => true,
            b':' => bytes
                .get(end + 1)
                .is_none_or(|next| b" ,{}[]\r\n\t".contains(next)),
            b'#' if is_yaml => end > 0 && bytes[end - 1] == b' ',
            _ => false,
        };
        if ends && end > 0 {
            break;
        }
        end += 1;
    }
    // Never between the bytes of a character, as all that ends it is ASCII.
    let written = &text[..end];
    written
        .trim_end()
        .len()
        .max(written.chars().next().map_or(1, char::len_utf8))
}
