//! Parses the text of parameters and forms into trees. Needs `decode.rs`, `style.rs` of both sides, `text.rs` of the types.
//!
//! Percent-encoding distinguishes separators from the same characters within items, so text is split before it is decoded. The time is
//! about linear in the length of any input, and a tree is at most [`MAX_DEPTH`] deep.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::super::types::TextTree;
use super::{Style, percent_decoded, query_decoded};

/// The expected kind of value, where the text is ambiguous: `a,b` is a list, `R,100,G,200` may be an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(hidden)]
pub enum Kind {
    /// A scalar.
    Value,
    /// A list.
    List,
    /// A list of items without commas, such as numbers: many clients also encode the commas between them.
    Atoms,
    /// An object or a map.
    Object,
    /// Any kind: several values are a list, `name[…]` is an object.
    Any,
}

/// A decoded name and an encoded value.
pub(crate) type Pair<'p> = (Cow<'p, str>, &'p str);

/// Nesting limit of `name[a][b]`.
const MAX_DEPTH: usize = 32;

type Decode<'d> = &'d dyn Fn(&str) -> Option<String>;

fn decoded(text: &str) -> Option<String> {
    query_decoded(text).map(Cow::into_owned)
}

fn path_decoded(text: &str) -> Option<String> {
    percent_decoded(text).map(Cow::into_owned)
}

/// Parses a path parameter.
pub(crate) fn of_path(name: &str, raw: &str, style: Style, kind: Kind) -> Option<TextTree> {
    match style {
        Style::Label => separated(raw.strip_prefix('.')?, ",", kind, &path_decoded),
        Style::LabelExploded => exploded(raw.strip_prefix('.')?, ".", kind, &path_decoded),
        Style::Matrix => separated(
            named(name, raw.strip_prefix(';')?)?,
            ",",
            kind,
            &path_decoded,
        ),
        Style::MatrixExploded => matrix(name, raw.strip_prefix(';')?, kind),
        Style::SimpleExploded => exploded(raw, ",", kind, &path_decoded),
        style => match lone_separator(style) {
            Some(separator) => separated(&path_decoded(raw)?, separator, kind, &as_it_is),
            None => separated(raw, ",", kind, &path_decoded),
        },
    }
}

/// The separator in styles that don't distinguish it from the same character within items.
fn lone_separator(style: Style) -> Option<&'static str> {
    match style {
        Style::Space => Some(" "),
        Style::Pipe => Some("|"),
        Style::Tab => Some("\t"),
        _ => None,
    }
}

fn as_it_is(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Parses a header, which isn't encoded.
pub(crate) fn of_header(text: &str, style: Style, kind: Kind) -> Option<TextTree> {
    // White space around items is ignored (RFC 9110, section 5.6.1).
    let trimmed = |text: &str| Some(text.trim().to_owned());
    match style {
        Style::SimpleExploded => exploded(text, ",", kind, &trimmed),
        style => separated(text, lone_separator(style).unwrap_or(","), kind, &trimmed),
    }
}

/// `;name=a;name=b` or `;R=100;G=200`, without the first semicolon.
fn matrix(name: &str, raw: &str, kind: Kind) -> Option<TextTree> {
    if kind == Kind::Object {
        return exploded(raw, ";", kind, &path_decoded);
    }
    let values: Option<Vec<&str>> = raw.split(';').map(|pair| named(name, pair)).collect();
    repeated(&values?, kind, &path_decoded)
}

/// The value in `name=value`.
fn named<'p>(name: &str, pair: &'p str) -> Option<&'p str> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    (percent_decoded(key)? == name).then_some(value)
}

/// Splits a value into items, or names and values of members.
fn separated(raw: &str, separator: &str, kind: Kind, decode: Decode<'_>) -> Option<TextTree> {
    let items = || raw.split(separator).filter(|_| !raw.is_empty());
    match kind {
        Kind::Any if raw.contains(separator) => separated(raw, separator, Kind::List, decode),
        Kind::Value | Kind::Any => decode(raw).map(TextTree::leaf),
        Kind::Atoms if separator == "," && !raw.contains(',') => {
            separated(&decode(raw)?, separator, Kind::List, &as_it_is)
        }
        Kind::List | Kind::Atoms => items()
            .map(|item| decode(item).map(TextTree::leaf))
            .collect::<Option<_>>()
            .map(TextTree::List),
        Kind::Object => {
            let items: Vec<&str> = items().collect();
            let member = |pair: &[&str]| match pair {
                [name, value] => Some((decode(name)?, TextTree::leaf(decode(value)?))),
                _ => None,
            };
            let members: Option<Vec<_>> = items.chunks(2).map(member).collect();
            members.map(TextTree::Map)
        }
    }
}

/// Like [`separated`], with members written as `name=value`.
fn exploded(raw: &str, separator: &str, kind: Kind, decode: Decode<'_>) -> Option<TextTree> {
    if kind != Kind::Object {
        return separated(raw, separator, kind, decode);
    }
    let mut members: Vec<(&str, String)> = Vec::new();
    for item in raw.split(separator).filter(|_| !raw.is_empty()) {
        match item.split_once('=') {
            Some((name, value)) => members.push((name, value.to_owned())),
            // Only a dot may be unencoded in a value.
            None if separator == "." => {
                let (_, value) = members.last_mut()?;
                value.push('.');
                value.push_str(item);
            }
            // `;name` without a value.
            None if separator == ";" => members.push((item, String::new())),
            None => return None,
        }
    }
    members
        .iter()
        .map(|(name, value)| Some((decode(name)?, TextTree::leaf(decode(value)?))))
        .collect::<Option<_>>()
        .map(TextTree::Map)
}

/// A value that is repeated for each item.
fn repeated(values: &[&str], kind: Kind, decode: Decode<'_>) -> Option<TextTree> {
    match (kind, values) {
        (Kind::Value | Kind::Object | Kind::Any, [value]) => decode(value).map(TextTree::leaf),
        (Kind::Value | Kind::Object, _) => None,
        (Kind::List | Kind::Atoms | Kind::Any, _) => values
            .iter()
            .map(|value| decode(value).map(TextTree::leaf))
            .collect::<Option<_>>()
            .map(TextTree::List),
    }
}

/// Whether a key is `name` or `name[…`.
pub(crate) fn nests(key: &str, name: &str) -> bool {
    key.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

/// Whether `name[…]` belongs to a property or parameter.
fn takes_brackets(style: Style, kind: Kind) -> bool {
    style == Style::DeepObject || kind == Kind::Any
}

/// The parameter with this name in the pairs of a query; `None` if it is absent.
pub(crate) fn of_pairs(
    name: &str,
    pairs: &[Pair<'_>],
    style: Style,
    kind: Kind,
) -> Result<Option<TextTree>, ()> {
    let brackets = takes_brackets(style, kind);
    let values: Vec<(&str, &str)> = pairs
        .iter()
        .filter(|(key, _)| key == name || (brackets && nests(key, name)))
        .map(|(key, value)| (&key[name.len()..], *value))
        .collect();
    if values.is_empty() {
        return Ok(None);
    }
    of_values(&values, style, kind).map(Some).ok_or(())
}

/// The text of a JSON parameter; `None` if it is absent.
pub(crate) fn json_text(name: &str, pairs: &[Pair<'_>]) -> Result<Option<String>, ()> {
    let mut values = pairs.iter().filter(|(key, _)| key == name);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some((_, value)), None) => decoded(value).map(Some).ok_or(()),
        _ => Err(()),
    }
}

/// An object with pairs as its members. An error is the name of a member.
pub(crate) fn members(
    pairs: &[Pair<'_>],
    encodings: &[(&str, Style, Kind)],
) -> Result<TextTree, String> {
    let encodings: HashMap<&str, (Style, Kind)> = encodings
        .iter()
        .map(|(name, style, kind)| (*name, (*style, *kind)))
        .collect();
    let takes_brackets = |name: &str| matches!(encodings.get(name), Some((style, kind)) if takes_brackets(*style, *kind));
    let mut groups: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (key, value) in pairs {
        let name = match key.split_once('[') {
            Some((name, _)) if !encodings.contains_key(&**key) && takes_brackets(name) => name,
            _ => key,
        };
        groups
            .entry(name)
            .or_default()
            .push((&key[name.len()..], value));
    }
    let member = |(name, values): (&str, Vec<(&str, &str)>)| {
        let encoding = encodings.get(name).copied();
        let (style, kind) = encoding.unwrap_or((Style::FormExploded, Kind::Any));
        match of_values(&values, style, kind) {
            Some(text) => Ok((name.to_owned(), text)),
            None => Err(name.to_owned()),
        }
    };
    groups
        .into_iter()
        .map(member)
        .collect::<Result<_, _>>()
        .map(TextTree::Map)
}

/// Parses pairs of the text in brackets after a name, and the value.
fn of_values(values: &[(&str, &str)], style: Style, kind: Kind) -> Option<TextTree> {
    if style == Style::DeepObject || values.iter().any(|(rest, _)| !rest.is_empty()) {
        return deep(values);
    }
    let raw: Vec<&str> = values.iter().map(|(_, value)| *value).collect();
    match (style, raw.as_slice()) {
        (Style::FormExploded, values) => repeated(values, kind, &decoded),
        // These are always encoded in URLs, so separators can't be distinguished from the same characters within items.
        (Style::Space, [raw]) => separated_decoded(raw, " ", kind),
        (Style::Pipe, [raw]) => separated_decoded(raw, "|", kind),
        (Style::Tab, [raw]) => separated_decoded(raw, "\t", kind),
        (Style::Json, [raw]) => json(decoded(raw)?),
        (_, [raw]) => separated(raw, ",", kind, &decoded),
        _ => None,
    }
}

/// Converts JSON to a tree. Lists and objects remain text, which is parsed when one of them is requested.
fn json(text: String) -> Option<TextTree> {
    match serde_json::from_str(&text).ok()? {
        Value::Null => Some(TextTree::Null),
        Value::String(text) => Some(TextTree::leaf(text)),
        _ => Some(TextTree::leaf(text)),
    }
}

fn separated_decoded(raw: &str, separator: &str, kind: Kind) -> Option<TextTree> {
    separated(&decoded(raw)?, separator, kind, &as_it_is)
}

/// A node of `name[a][b]`.
#[derive(Default)]
struct Node {
    values: Vec<String>,
    members: BTreeMap<String, Node>,
}

/// The value of ``, `[a]`, `[a][b]`, …
fn deep(values: &[(&str, &str)]) -> Option<TextTree> {
    let mut root = Node::default();
    for (rest, value) in values {
        let mut node = &mut root;
        for step in steps(rest)? {
            node = node.members.entry(step.to_owned()).or_default();
        }
        node.values.push(decoded(value)?);
    }
    root.into_text()
}

/// Splits `[a][b]` into `a` and `b`.
fn steps(rest: &str) -> Option<Vec<&str>> {
    let mut steps = Vec::new();
    let mut rest = rest;
    while let Some(inner) = rest.strip_prefix('[') {
        let (step, after) = inner.split_once(']')?;
        steps.push(step);
        rest = after;
        if steps.len() > MAX_DEPTH {
            return None;
        }
    }
    rest.is_empty().then_some(steps)
}

impl Node {
    /// `None` if a node has both a value and members.
    fn into_text(self) -> Option<TextTree> {
        let mut values: Vec<TextTree> = self.values.into_iter().map(TextTree::leaf).collect();
        match (self.members.is_empty(), values.len()) {
            (false, 0) => {
                let members = self.members.into_iter();
                let members = members.map(|(name, node)| Some((name, node.into_text()?)));
                members.collect::<Option<_>>().map(TextTree::Map)
            }
            (false, _) => None,
            (true, 1) => values.pop(),
            (true, _) => Some(TextTree::List(values)),
        }
    }
}
