//! Links of responses: which request may follow, and where its values come from.

use super::Location;
use crate::source::Origin;
use serde_json::Value;

/// What may follow a response.
#[derive(Debug, Clone)]
pub struct Link {
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    pub target: LinkTarget,
    /// The parameters that it gives values, each with its location if the link says it.
    pub parameters: Vec<(Option<Location>, String, LinkValue)>,
    /// The body that it gives.
    pub body: Option<LinkValue>,
    /// The URL of its own server.
    pub server: Option<String>,
    pub origin: Origin,
}

/// The operation of the next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An index into [`Api::operations`](super::Api::operations).
    Operation(usize),
    /// What the link names instead of an operation, as written; empty if it names nothing.
    Unknown(String),
}

/// Where a value comes from: a runtime expression (OpenAPI 3.1.1, section 4.8.20.4), or a constant.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkValue {
    Constant(Value),
    /// `$url`.
    Url,
    /// `$method`.
    Method,
    /// `$statusCode`.
    Status,
    /// `$request.…`.
    Request(LinkSource),
    /// `$response.…`.
    Response(LinkSource),
    /// Text with expressions in it.
    Template(String),
    /// What begins like an expression and isn't one.
    Wrong(String),
}

/// A part of a request or response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkSource {
    Header(String),
    Query(String),
    Path(String),
    /// The place in the body, as the tokens of a JSON pointer.
    Body(Vec<String>),
}

impl LinkValue {
    /// Reads what a link says. Text in braces is an expression, too.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let Some(text) = value.as_str() else {
            return Self::Constant(value.clone());
        };
        let inner = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        let expression = inner.filter(|inner| inner.starts_with('$')).unwrap_or(text);
        if !expression.starts_with('$') {
            return if text.contains("{$") {
                Self::Template(text.to_owned())
            } else {
                Self::Constant(value.clone())
            };
        }
        expression_of(expression).unwrap_or_else(|| Self::Wrong(text.to_owned()))
    }
}

fn expression_of(text: &str) -> Option<LinkValue> {
    match text {
        "$url" => return Some(LinkValue::Url),
        "$method" => return Some(LinkValue::Method),
        "$statusCode" => return Some(LinkValue::Status),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix("$request.") {
        return source(rest).map(LinkValue::Request);
    }
    let rest = text.strip_prefix("$response.")?;
    source(rest).map(LinkValue::Response)
}

fn source(text: &str) -> Option<LinkSource> {
    if let Some(pointer) = text.strip_prefix("body") {
        return match pointer.strip_prefix('#') {
            None => pointer.is_empty().then(|| LinkSource::Body(Vec::new())),
            Some("") => Some(LinkSource::Body(Vec::new())),
            Some(pointer) => {
                let tokens = pointer.strip_prefix('/')?.split('/');
                let plain = |token: &str| token.replace("~1", "/").replace("~0", "~");
                Some(LinkSource::Body(tokens.map(plain).collect()))
            }
        };
    }
    let (place, name) = text.split_once('.')?;
    if name.is_empty() {
        return None;
    }
    let name = name.to_owned();
    match place {
        "header" => Some(LinkSource::Header(name)),
        "query" => Some(LinkSource::Query(name)),
        "path" => Some(LinkSource::Path(name)),
        _ => None,
    }
}

/// As in a description.
impl std::fmt::Display for LinkValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Constant(value) => write!(f, "{value}"),
            Self::Url => f.write_str("$url"),
            Self::Method => f.write_str("$method"),
            Self::Status => f.write_str("$statusCode"),
            Self::Request(source) => write!(f, "$request.{source}"),
            Self::Response(source) => write!(f, "$response.{source}"),
            Self::Template(text) | Self::Wrong(text) => f.write_str(text),
        }
    }
}

impl std::fmt::Display for LinkSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Header(name) => write!(f, "header.{name}"),
            Self::Query(name) => write!(f, "query.{name}"),
            Self::Path(name) => write!(f, "path.{name}"),
            Self::Body(tokens) if tokens.is_empty() => f.write_str("body"),
            Self::Body(tokens) => {
                f.write_str("body#")?;
                tokens.iter().try_for_each(|token| {
                    let token = token.replace('~', "~0").replace('/', "~1");
                    write!(f, "/{token}")
                })
            }
        }
    }
}
