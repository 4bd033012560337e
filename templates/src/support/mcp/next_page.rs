//! Finds the arguments for the next page of a list. Needs `facts.rs`, `schemas.rs`.

use serde_json::Value;

use super::{Argument, Kind, NextBy, NextPage, Object, Operation, RawResponse, Way};

/// What a model has called a list with, and how its pages follow each other.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The arguments that the operation takes.
    known: &'static [Argument],
    /// How the pages follow each other; `None` if only the header `Link` says it.
    next: Option<&'static NextPage>,
    /// The arguments of the call.
    given: Object,
}

impl Listing {
    pub(crate) fn of<C>(operation: &'static Operation<C>, given: &Object) -> Self {
        // Bodies may be long, and what has one is seldom a list.
        let is_kept = operation.is_paged || operation.contents.is_empty();
        Self {
            known: operation.arguments,
            next: operation.next.as_ref(),
            given: if is_kept {
                given.clone()
            } else {
                Object::new()
            },
        }
    }

    /// The arguments of the page after this one; empty if there is none.
    pub(crate) fn next(self, response: &RawResponse) -> Object {
        let Some(next) = self.next else {
            return match linked(response) {
                Some(url) => self.at_url(&url),
                None => Object::new(),
            };
        };
        let page = serde_json::from_slice(response.bytes()).unwrap_or_default();
        self.after(next, &page).unwrap_or_default()
    }

    /// The arguments of the page after `page`. A page that says nothing of those after it ends the list if it has no items.
    fn after(self, next: &'static NextPage, page: &Value) -> Option<Object> {
        let flag = |way: Way| found(page, way)?.as_bool();
        let has_more = next.has_more.and_then(flag);
        let has_more = has_more.or_else(|| Some(!next.is_last.and_then(flag)?));
        let items = found(page, next.items).and_then(Value::as_array);
        let count = items.map_or(0, Vec::len);
        if has_more == Some(false) {
            return None;
        }
        let is_counted = count > 0 || has_more == Some(true);
        let (argument, value) = match next.by {
            NextBy::Page { .. } | NextBy::Offset { .. } if !is_counted => return None,
            NextBy::Page { argument, first } => {
                let present = self.number(argument).unwrap_or(first);
                let pages = next.pages.and_then(|way| found(page, way)?.as_i64());
                let before = present.saturating_sub(first);
                // Some say 0 if they don't know.
                if has_more.is_none()
                    && pages.is_some_and(|pages| (1..=before.saturating_add(1)).contains(&pages))
                {
                    return None;
                }
                (argument, Value::from(present.saturating_add(1)))
            }
            NextBy::Offset { argument, first } => {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                let before = self.number(argument).unwrap_or(first);
                (argument, Value::from(before.saturating_add(count)))
            }
            NextBy::Token { argument, at } => (argument, found(page, at)?.clone()),
            NextBy::LastItem { argument, id } => (argument, items?.last()?.get(id)?.clone()),
            NextBy::Url { at } => return Some(self.at_url(found(page, at)?.as_str()?)),
        };
        self.with(argument, value)
    }

    fn number(&self, argument: Way) -> Option<i64> {
        let (first, rest) = argument.split_first()?;
        found(self.given.get(*first)?, rest)?.as_i64()
    }

    /// The arguments with another value of one. `None` if there is no such value, or if it stays as it was: a page that leads to itself.
    fn with(self, argument: Way, value: Value) -> Option<Object> {
        let (name, rest) = argument.split_first()?;
        let kind = self.known.iter().find(|one| one.name == *name);
        let kind = kind.map_or(Kind::Text, |one| one.kind);
        let value = match value {
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) if kind == Kind::Integer => {
                serde_json::from_str(&text).unwrap_or(Value::String(text))
            }
            Value::Number(number) if kind == Kind::Text && rest.is_empty() => {
                number.to_string().into()
            }
            Value::String(_) | Value::Number(_) => value,
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        let mut next = self.given.clone();
        let mut place = next.entry(*name).or_insert(Value::Null);
        for property in rest {
            if !place.is_object() {
                *place = Object::new().into();
            }
            place = place
                .as_object_mut()?
                .entry(*property)
                .or_insert(Value::Null);
        }
        *place = value;
        (next != self.given).then_some(next)
    }

    /// The arguments with those that the query of a URL has, as far as the operation has such arguments. Nothing else is taken of a URL: it may
    /// lead anywhere.
    fn at_url(self, url: &str) -> Object {
        let query = url.split('#').next().unwrap_or_default();
        let query = query.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let said: Object = pairs
            .filter_map(|(name, value)| {
                let name = decoded(name);
                let argument = self.known.iter().find(|one| one.wire == name)?;
                // Lists say what is listed, not from where on, and are written in many ways.
                let is_kept = argument.many && self.given.contains_key(argument.name);
                let said = || (argument.name.to_owned(), read(argument, decoded(value)));
                (!is_kept).then(said)
            })
            .collect();
        let is_same = |(name, value): (&String, &Value)| self.given.get(name) == Some(value);
        if said.iter().all(is_same) {
            return Object::new();
        }
        let mut next = self.given;
        next.extend(said);
        next
    }
}

/// What is at the end of a way.
fn found<'v>(from: &'v Value, way: &[&str]) -> Option<&'v Value> {
    way.iter().try_fold(from, |value, name| value.get(name))
}

/// The value of an argument in a query.
fn read(argument: &Argument, text: String) -> Value {
    let plain = match argument.kind {
        Kind::Integer | Kind::Number | Kind::Boolean => serde_json::from_str(&text).ok(),
        Kind::Text | Kind::Json | Kind::File => None,
    };
    let value = plain.unwrap_or(Value::String(text));
    match argument.many {
        true => Value::Array(vec![value]),
        false => value,
    }
}

/// The URL with the relation `next` in the header `Link` (RFC 8288).
fn linked(response: &RawResponse) -> Option<String> {
    let links = response.headers().get_all("link").iter();
    let links = links.filter_map(|link| link.to_str().ok());
    let mut links = links.flat_map(|link| link.split(",<").flat_map(|link| link.split(", <")));
    links.find_map(|link| {
        let (url, parameters) = link.trim_start_matches('<').split_once('>')?;
        let is_next = |parameter: &str| {
            let parameter = parameter.trim().to_ascii_lowercase();
            parameter.strip_prefix("rel=").is_some_and(|relations| {
                let relations = relations.trim_matches('"');
                relations.split_ascii_whitespace().any(|one| one == "next")
            })
        };
        let is_next = parameters.split(';').any(is_next);
        is_next.then(|| url.to_owned())
    })
}

/// A part of a query, decoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        rest = match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                &after[2..]
            }
            (b'+', _) => {
                bytes.push(b' ');
                after
            }
            (other, _) => {
                bytes.push(*other);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
