//! JSON as it was sent: properties in their order, numbers with all their digits. Needs `terminal.rs`.
//!
//! `serde_json` sorts properties, unless a feature says otherwise that would hold for all crates of a program.

use std::borrow::Cow;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use super::Paint;

/// A JSON value, made of pieces of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json<'t> {
    /// The text of anything but a list and an object.
    Plain(&'t str),
    List(Vec<Self>),
    /// The properties, with the texts of their names.
    Object(Vec<(&'t str, Self)>),
}

impl<'t> Json<'t> {
    /// The value with this text; `None` if that isn't JSON, or more than 127 levels deep.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        serde_json::from_str::<Value>(text).ok()?;
        Some(Reader(text).value())
    }

    /// What a query finds in the value with this text: the only result, or the list of all.
    pub(crate) fn find(text: &'t str, query: &JsonPath) -> Option<Self> {
        let value = serde_json::from_str(text).ok()?;
        let json = Reader(text).value();
        let found = query.query_located(&value);
        let places = found.locations().map(|path| json.at(path.iter()));
        let mut found: Vec<Self> = places.collect::<Option<_>>()?;
        Some(match (found.pop(), found.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                found.extend(last);
                Self::List(found)
            }
        })
    }

    fn at<'p>(&self, path: impl IntoIterator<Item = &'p PathElement<'p>>) -> Option<Self> {
        let mut place = self;
        for element in path {
            place = match (place, element) {
                (Self::List(items), PathElement::Index(index)) => items.get(*index)?,
                (Self::Object(properties), PathElement::Name(name)) => {
                    // The last of several, as `serde_json` has it.
                    let mut last = properties.iter().rev();
                    &last
                        .find(|(text, _)| string(text).as_deref() == Some(*name))?
                        .1
                }
                (Self::Plain(_) | Self::List(_) | Self::Object(_), _) => return None,
            };
        }
        Some(place.clone())
    }

    /// The value, if it is a string.
    pub(crate) fn as_str(&self) -> Option<Cow<'t, str>> {
        match self {
            Self::Plain(text) => string(text),
            Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The value on one line.
    pub(crate) fn line(&self) -> String {
        self.text(None, plain)
    }

    /// The value with a line for each item and property.
    pub(crate) fn lines(&self) -> String {
        self.text(Some(0), plain)
    }

    /// The value in colours, on one line or with a line for each item and property. Nothing in it steers a terminal.
    pub(crate) fn coloured(&self, is_compact: bool) -> String {
        self.text((!is_compact).then_some(0), coloured)
    }

    fn text(&self, depth: Option<usize>, add: Add) -> String {
        let mut out = String::new();
        self.write(&mut out, depth, add);
        out
    }

    fn write(&self, out: &mut String, depth: Option<usize>, add: Add) {
        let inner = depth.map(|depth| depth + 1);
        match self {
            Self::Plain(text) => add(out, Token::Value, &shown(text)),
            Self::List(items) => {
                let write = |out: &mut String, item: &Self| item.write(out, inner, add);
                listed(out, ['[', ']'], items, depth, write);
            }
            Self::Object(properties) => {
                let write = |out: &mut String, (name, value): &(&str, Self)| {
                    add(out, Token::Name, &shown(name));
                    out.push_str(if depth.is_some() { ": " } else { ":" });
                    value.write(out, inner, add);
                };
                listed(out, ['{', '}'], properties, depth, write);
            }
        }
    }
}

/// Adds the text of a token to what is written.
type Add = fn(&mut String, Token, &str);

/// What a text is, other than a mark between others.
enum Token {
    /// The name of a property.
    Name,
    /// Anything but a list and an object.
    Value,
}

fn plain(out: &mut String, _: Token, text: &str) {
    out.push_str(text);
}

fn coloured(out: &mut String, token: Token, text: &str) {
    let paint = match (token, text.chars().next()) {
        (Token::Name, _) => Paint::Name,
        (Token::Value, Some('"')) => Paint::Text,
        (Token::Value, Some('t' | 'f' | 'n')) => Paint::Word,
        (Token::Value, _) => Paint::Number,
    };
    out.push_str(&paint.on(text));
}

/// Writes items between brackets.
fn listed<I>(
    out: &mut String,
    [begin, end]: [char; 2],
    items: &[I],
    depth: Option<usize>,
    write: impl Fn(&mut String, &I),
) {
    let line = |out: &mut String, more: usize| {
        if let Some(depth) = depth {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth + more));
        }
    };
    out.push(begin);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(out, 1);
        write(out, item);
    }
    if !items.is_empty() {
        line(out, 0);
    }
    out.push(end);
}

/// The string that a text of JSON stands for.
pub(crate) fn string(text: &str) -> Option<Cow<'_, str>> {
    let inner = text.strip_prefix('"')?;
    match text.contains('\\') {
        true => serde_json::from_str(text).ok().map(Cow::Owned),
        false => Some(Cow::Borrowed(inner.strip_suffix('"').unwrap_or(inner))),
    }
}

/// A text with as few escapes as possible.
fn shown(text: &str) -> Cow<'_, str> {
    match string(text) {
        Some(Cow::Owned(string)) => Cow::Owned(Value::from(string).to_string()),
        Some(Cow::Borrowed(_)) | None => Cow::Borrowed(text),
    }
}

/// Takes a text apart that is known to be valid; what is left of it.
struct Reader<'t>(&'t str);

impl<'t> Reader<'t> {
    fn value(&mut self) -> Json<'t> {
        match self.peek() {
            Some('[') => {
                self.skip();
                let mut items = Vec::new();
                while self.has_next() {
                    items.push(self.value());
                }
                Json::List(items)
            }
            Some('{') => {
                self.skip();
                let mut properties = Vec::new();
                while self.has_next() {
                    let name = self.token();
                    self.peek();
                    self.skip(); // the colon
                    properties.push((name, self.value()));
                }
                Json::Object(properties)
            }
            Some(_) | None => Json::Plain(self.token()),
        }
    }

    /// Goes to the next item, or behind the last one.
    fn has_next(&mut self) -> bool {
        if self.peek() == Some(',') {
            self.skip();
        }
        let is_over = matches!(self.peek(), Some(']' | '}') | None);
        if is_over {
            self.skip();
        }
        !is_over
    }

    /// The next character that isn't white space.
    fn peek(&mut self) -> Option<char> {
        self.0 = self.0.trim_start();
        self.0.chars().next()
    }

    fn skip(&mut self) {
        let mut chars = self.0.chars();
        chars.next();
        self.0 = chars.as_str();
    }

    /// The text of a string, a number, a boolean or null.
    fn token(&mut self) -> &'t str {
        let mut is_escaped = false;
        let length = match self.0.strip_prefix('"') {
            Some(inner) => inner
                .find(|c| {
                    let is_end = c == '"' && !is_escaped;
                    is_escaped = c == '\\' && !is_escaped;
                    is_end
                })
                .map(|end| end + 2),
            None => self.0.find([',', ']', '}', ' ', '\t', '\n', '\r']),
        };
        let (token, rest) = self.0.split_at(length.unwrap_or(self.0.len()));
        self.0 = rest;
        token
    }
}
