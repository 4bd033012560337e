//! Computes the outline of a JSON text.
//!
//! In: a text that was parsed as JSON, so that it has no errors. Out: calls to the [`Builder`] of an outline, in document order. A scanner
//! of a few lines is much faster here than the position-aware YAML parser.

use super::outline::{Builder, Kind, Outline, Stretch, number};
use std::borrow::Cow;

impl Outline {
    /// Outlines a text that was parsed as JSON.
    pub(super) fn of_json(text: &str) -> Self {
        let mut builder = Builder::default();
        walk(text, &mut builder);
        builder.finished()
    }
}

/// Passes every key and value of `text` to `builder`.
fn walk(text: &str, builder: &mut Builder) {
    let mut cursor = Cursor {
        text,
        offset: 0,
        line: 1,
        column: 0,
    };
    while let Some(byte) = text.as_bytes().get(cursor.offset) {
        match byte {
            b'{' => builder.open(Kind::Mapping, 0, cursor.take(1).0),
            b'[' => builder.open(Kind::Sequence, 0, cursor.take(1).0),
            b'}' | b']' => {
                cursor.take(1);
                builder.close();
            }
            b'"' => {
                let (at, quoted) = cursor.take(string(&text[cursor.offset..]));
                let key = builder.wants_key().then(|| unquoted(quoted));
                builder.scalar(key.as_deref().unwrap_or_default(), 0, at);
            }
            b'\r' if text.as_bytes().get(cursor.offset + 1) == Some(&b'\n') => cursor.newline(2),
            b'\n' | b'\r' => cursor.newline(1),
            b' ' | b'\t' | b',' | b':' => {
                cursor.take(1);
            }
            _ => {
                let rest = &text[cursor.offset..];
                let end = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']);
                let (at, plain) = cursor.take(end.unwrap_or(rest.len()));
                builder.scalar(plain, 0, at);
            }
        }
    }
}

/// A position in the text. Lines count from 1, columns, in characters, from 0.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'t> Cursor<'t> {
    /// Advances by `length` bytes within one line.
    fn take(&mut self, length: usize) -> (Stretch, &'t str) {
        let taken = &self.text[self.offset..self.offset + length];
        let start = (self.line, self.column);
        self.offset += length;
        self.column += number(taken.chars().count());
        let end = (self.line, self.column);
        (Stretch { start, end }, taken)
    }

    fn newline(&mut self, length: usize) {
        self.offset += length;
        self.line += 1;
        self.column = 0;
    }
}

/// Length in bytes of the string that a text begins with, its quotes included.
fn string(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// Unescapes a string. Few have escapes.
fn unquoted(quoted: &str) -> Cow<'_, str> {
    let plain = || Cow::Borrowed(quoted.trim_matches('"'));
    if !quoted.contains('\\') {
        return plain();
    }
    serde_json::from_str(quoted).map_or_else(|_| plain(), Cow::Owned)
}
