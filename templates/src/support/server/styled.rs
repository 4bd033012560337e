//! Parameters and forms that aren't one plain value. Needs `body.rs`, `decode.rs`, `exchange.rs`, `problem.rs`, `style.rs` of both
//! sides, `text.rs` of the types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::super::types::TextTree;
use super::{
    Exchange, Problem, Style, Validate, cookies, percent_decoded, query_decoded, query_pairs,
};

/// What is expected where the text doesn't tell: `a,b` is a list, `R,100,G,200` may be an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One plain value.
    Value,
    /// A list.
    List,
    /// An object or a map.
    Object,
    /// Any of them: several values are a list, `name[…]` is an object.
    Any,
}

/// How deeply `name[a][b]` may nest.
const MAX_DEPTH: usize = 32;

/// Parameters: 400 if one isn't as described.
impl Exchange {
    /// The path parameter number `index`.
    pub(crate) fn path_styled<T: DeserializeOwned>(
        &self,
        index: usize,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        let raw = self.path_value(index)?;
        let text = of_path(name, raw, style, kind);
        read(name, text.ok_or_else(|| malformed(name))?)
    }

    /// A query parameter.
    pub(crate) fn query_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        let query = self.parts.uri.query().unwrap_or_default();
        let text = of_pairs(name, &pairs(query)?, style, kind);
        text.map_err(|()| malformed(name))?
            .map(|text| read(name, text))
            .transpose()
    }

    /// A query parameter that must be there.
    pub(crate) fn require_query_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        self.query_styled(name, style, kind)?
            .ok_or_else(|| missing(name))
    }

    /// The query parameter that stands there by its members: everything but the `others`. `None` if there is nothing else.
    pub(crate) fn query_members<T: DeserializeOwned>(
        &self,
        others: &[&str],
    ) -> Result<Option<T>, Problem> {
        let query = self.parts.uri.query().unwrap_or_default();
        let mut pairs = pairs(query)?;
        pairs.retain(|(name, _)| !others.contains(&name.as_ref()));
        if pairs.is_empty() {
            return Ok(None);
        }
        let members = members(&pairs, &[]).map_err(|()| malformed("query"))?;
        members.read().map(Some).map_err(|error| {
            let name = error.pointer().trim_start_matches('/');
            Problem::parameter(
                if name.is_empty() { "query" } else { name },
                error.message(),
            )
        })
    }

    /// The query parameter that stands there by its members and must be there.
    pub(crate) fn require_query_members<T: DeserializeOwned>(
        &self,
        others: &[&str],
    ) -> Result<T, Problem> {
        match self.query_members(others)? {
            Some(value) => Ok(value),
            // An object without required members may well be empty.
            None => TextTree::Map(Vec::new())
                .read()
                .map_err(|_| Problem::invalid("required query parameters are missing")),
        }
    }

    /// A query parameter that may be there without a value, which is then absent.
    pub(crate) fn query_or_empty<T: super::FromParam>(
        &self,
        name: &str,
    ) -> Result<Option<T>, Problem> {
        match self.query::<String>(name)?.as_deref() {
            None | Some("") => Ok(None),
            Some(_) => self.query(name),
        }
    }

    /// A header.
    pub(crate) fn header_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        let text: Option<String> = self.header(name)?;
        let Some(text) = text else {
            return Ok(None);
        };
        let keep = |text: &str| Some(text.trim().to_owned());
        let exploded = style == Style::SimpleExploded;
        let text = match style {
            Style::Json => Some(TextTree::leaf(text)),
            _ => separated(&text, ",", exploded, kind, &keep),
        };
        let text = text.ok_or_else(|| malformed(name))?;
        if style == Style::Json {
            return json(name, text).map(Some);
        }
        read(name, text).map(Some)
    }

    /// A header that must be there.
    pub(crate) fn require_header_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        self.header_styled(name, style, kind)?
            .ok_or_else(|| missing(name))
    }

    /// A cookie, or several of one name.
    pub(crate) fn cookie_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        let pairs: Vec<(Cow<'_, str>, &str)> = cookies(&self.parts.headers)
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect();
        let text = of_pairs(name, &pairs, style, kind);
        let text = text.map_err(|()| malformed(name))?;
        match (text, style) {
            (None, _) => Ok(None),
            (Some(text), Style::Json) => json(name, text).map(Some),
            (Some(text), _) => read(name, text).map(Some),
        }
    }

    /// A cookie that must be there.
    pub(crate) fn require_cookie_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        self.cookie_styled(name, style, kind)?
            .ok_or_else(|| missing(name))
    }
}

/// Bodies: 413 if one is too large, 415 if it is of another media type, 400 if it isn't as described.
impl Exchange {
    /// The body, as `application/x-www-form-urlencoded`. `encodings` are the properties that are written in another way than
    /// a query parameter by default.
    pub(crate) async fn form<T: DeserializeOwned + Validate>(
        &mut self,
        encodings: &[(&str, Style, Kind)],
    ) -> Result<T, Problem> {
        let form = self.bytes().await?;
        let form =
            std::str::from_utf8(&form).map_err(|_| Problem::invalid("the body is not UTF-8"))?;
        let malformed = || Problem::invalid("the body is not a form");
        let members = members(&pairs(form)?, encodings).map_err(|()| malformed())?;
        let value: T = members
            .read()
            .map_err(|error| Problem::unreadable(&error))?;
        value.validate().map_err(Problem::invalid_body)?;
        Ok(value)
    }

    /// The form, if there is one.
    pub(crate) async fn form_optional<T: DeserializeOwned + Validate>(
        &mut self,
        encodings: &[(&str, Style, Kind)],
    ) -> Result<Option<T>, Problem> {
        match self.has_body() {
            true => self.form(encodings).await.map(Some),
            false => Ok(None),
        }
    }
}

fn missing(name: &str) -> Problem {
    Problem::parameter(name, "is required")
}

fn malformed(name: &str) -> Problem {
    Problem::parameter(name, "is not written as described")
}

fn read<T: DeserializeOwned>(name: &str, text: TextTree) -> Result<T, Problem> {
    text.read().map_err(|error| {
        let place = format!("{name}{}", error.pointer());
        Problem::parameter(&place, error.message())
    })
}

/// A value that was written as JSON.
fn json<T: DeserializeOwned>(name: &str, text: TextTree) -> Result<T, Problem> {
    let text = text.to_value().unwrap_or_default();
    super::from_json(text.as_bytes()).map_err(|error| {
        let place = format!("{name}{}", error.pointer());
        Problem::parameter(&place, error.message())
    })
}

/// Names, decoded, and values, as they stand there.
fn pairs(query: &str) -> Result<Vec<(Cow<'_, str>, &str)>, Problem> {
    query_pairs(query)
        .map(|(name, value)| {
            let name = query_decoded(name).ok_or_else(|| Problem::invalid("a name is not text"))?;
            Ok((name, value))
        })
        .collect()
}

fn decoded(text: &str) -> Option<String> {
    query_decoded(text).map(Cow::into_owned)
}

fn path_decoded(text: &str) -> Option<String> {
    percent_decoded(text).map(Cow::into_owned)
}

/// What stands in the place of a path parameter.
fn of_path(name: &str, raw: &str, style: Style, kind: Kind) -> Option<TextTree> {
    match style {
        Style::Json => serde_json::from_str(&path_decoded(raw)?).ok(),
        Style::Label => separated(raw.strip_prefix('.')?, ",", false, kind, &path_decoded),
        Style::LabelExploded => separated(raw.strip_prefix('.')?, ".", true, kind, &path_decoded),
        Style::Matrix | Style::MatrixExploded => {
            let raw = raw.strip_prefix(';')?;
            let exploded = style == Style::MatrixExploded;
            if exploded && kind == Kind::Object {
                return separated(raw, ";", true, kind, &path_decoded);
            }
            let value = |pair: &str| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                (path_decoded(key)? == name).then(|| value.to_owned())
            };
            if exploded && kind != Kind::Value {
                let items = raw.split(';').map(|pair| path_decoded(&value(pair)?));
                return items
                    .map(|item| item.map(TextTree::leaf))
                    .collect::<Option<_>>()
                    .map(TextTree::List);
            }
            separated(&value(raw)?, ",", false, kind, &path_decoded)
        }
        style => {
            let exploded = style == Style::SimpleExploded;
            separated(raw, ",", exploded, kind, &path_decoded)
        }
    }
}

/// A value whose items, or the names and values of whose members, have a separator between them.
fn separated(
    raw: &str,
    separator: &str,
    exploded: bool,
    kind: Kind,
    decode: &dyn Fn(&str) -> Option<String>,
) -> Option<TextTree> {
    let items = || raw.split(separator).filter(|_| !raw.is_empty());
    match kind {
        Kind::Any if raw.contains(separator) => {
            separated(raw, separator, exploded, Kind::List, decode)
        }
        Kind::Value | Kind::Any => decode(raw).map(TextTree::leaf),
        Kind::List => items()
            .map(|item| decode(item).map(TextTree::leaf))
            .collect::<Option<_>>()
            .map(TextTree::List),
        Kind::Object if exploded => items()
            .map(|member| {
                let (name, value) = member.split_once('=')?;
                Some((decode(name)?, TextTree::leaf(decode(value)?)))
            })
            .collect::<Option<_>>()
            .map(TextTree::Map),
        Kind::Object => {
            let items: Vec<&str> = items().collect();
            items
                .chunks(2)
                .map(|pair| match pair {
                    [name, value] => Some((decode(name)?, TextTree::leaf(decode(value)?))),
                    _ => None,
                })
                .collect::<Option<_>>()
                .map(TextTree::Map)
        }
    }
}

/// The parameter of a name among pairs of a query; `None` if it isn't there.
fn of_pairs(
    name: &str,
    pairs: &[(Cow<'_, str>, &str)],
    style: Style,
    kind: Kind,
) -> Result<Option<TextTree>, ()> {
    if style == Style::DeepObject {
        return deep(name, pairs);
    }
    let values: Vec<&str> = pairs
        .iter()
        .filter(|(known, _)| known == name)
        .map(|(_, value)| *value)
        .collect();
    let Some(first) = values.first() else {
        return Ok(None);
    };
    let text = match style {
        Style::FormExploded => return exploded(&values, kind).map(Some),
        _ if values.len() > 1 => None,
        Style::Json => decoded(first).and_then(|text| serde_json::from_str(&text).ok()),
        // These can't stand in a URL as they are, so that they are told apart from those of items by no one.
        Style::Space | Style::Pipe | Style::Tab => {
            let separator = match style {
                Style::Space => " ",
                Style::Pipe => "|",
                _ => "\t",
            };
            let keep = |text: &str| Some(text.to_owned());
            decoded(first).and_then(|raw| separated(&raw, separator, false, kind, &keep))
        }
        _ => separated(first, ",", false, kind, &decoded),
    };
    text.map(Some).ok_or(())
}

fn exploded(values: &[&str], kind: Kind) -> Result<TextTree, ()> {
    let mut texts = values
        .iter()
        .map(|value| decoded(value).map(TextTree::leaf))
        .collect::<Option<Vec<_>>>()
        .ok_or(())?;
    match (kind, texts.len()) {
        (Kind::Value | Kind::Any | Kind::Object, 1) => Ok(texts.remove(0)),
        (Kind::Value | Kind::Object, _) => Err(()),
        (Kind::List | Kind::Any, _) => Ok(TextTree::List(texts)),
    }
}

/// An object whose members are pairs.
fn members(
    pairs: &[(Cow<'_, str>, &str)],
    encodings: &[(&str, Style, Kind)],
) -> Result<TextTree, ()> {
    let mut members: Vec<(String, TextTree)> = Vec::new();
    for (name, style, kind) in encodings {
        if let Some(text) = of_pairs(name, pairs, *style, *kind)? {
            members.push(((*name).to_owned(), text));
        }
    }
    let is_encoded = |name: &str| {
        encodings.iter().any(|(known, style, _)| {
            name == *known
                || (*style == Style::DeepObject
                    && name
                        .strip_prefix(known)
                        .is_some_and(|rest| rest.starts_with('[')))
        })
    };
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in pairs {
        if !is_encoded(name) {
            values.entry(name).or_default().push(value);
        }
    }
    for (name, values) in values {
        members.push((name.to_owned(), exploded(&values, Kind::Any)?));
    }
    Ok(TextTree::Map(members))
}

/// A place in `name[a][b]`.
#[derive(Default)]
struct Node {
    values: Vec<String>,
    members: BTreeMap<String, Node>,
}

/// The value of `name`, `name[a]`, `name[a][b]`, …
fn deep(name: &str, pairs: &[(Cow<'_, str>, &str)]) -> Result<Option<TextTree>, ()> {
    let mut root = Node::default();
    let mut found = false;
    for (key, value) in pairs {
        let Some(rest) = key.strip_prefix(name) else {
            continue;
        };
        if !rest.is_empty() && !rest.starts_with('[') {
            continue;
        }
        found = true;
        let mut node = &mut root;
        for step in steps(rest)? {
            node = node.members.entry(step.to_owned()).or_default();
        }
        node.values.push(decoded(value).ok_or(())?);
    }
    Ok(found.then(|| root.into_text()))
}

/// `[a][b]` → `a`, `b`
fn steps(rest: &str) -> Result<Vec<&str>, ()> {
    let mut steps = Vec::new();
    let mut rest = rest;
    while let Some(inner) = rest.strip_prefix('[') {
        let (step, after) = inner.split_once(']').ok_or(())?;
        steps.push(step);
        rest = after;
        if steps.len() > MAX_DEPTH {
            return Err(());
        }
    }
    if rest.is_empty() { Ok(steps) } else { Err(()) }
}

impl Node {
    fn into_text(self) -> TextTree {
        if !self.members.is_empty() {
            let members = self.members.into_iter();
            return TextTree::Map(
                members
                    .map(|(name, node)| (name, node.into_text()))
                    .collect(),
            );
        }
        let mut values = self.values;
        match values.len() {
            1 => TextTree::leaf(values.remove(0)),
            _ => TextTree::List(values.into_iter().map(TextTree::leaf).collect()),
        }
    }
}
