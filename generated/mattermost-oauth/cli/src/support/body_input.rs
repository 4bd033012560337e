//! Puts a body together: what `--body` gives, the flags of its properties, then `--set`. Needs `facts.rs`, `given.rs`, `problem.rs`.

use std::fs;
use std::io::Read;

use clap::ArgMatches;
use serde_json::{Map, Value};

use super::{Content, Datum, Form, Given, GivenBody, Operation, Place, Problem};

/// What flags say of a body.
#[derive(Default)]
pub(crate) struct Input {
    /// Properties by their names on the wire.
    pub(crate) properties: Vec<(&'static str, Datum)>,
    /// Whether there are parts of a form.
    pub(crate) has_parts: bool,
}

/// Puts the body of a call together.
pub(crate) fn body<C>(
    operation: &Operation<C>,
    matches: &ArgMatches,
    input: Input,
    given: &mut Given,
) -> Result<(), Problem> {
    if operation.contents.is_empty() {
        return Ok(());
    }
    let text = |name: &str| {
        matches
            .try_get_one::<String>(name)
            .ok()
            .flatten()
            .map(String::as_str)
    };
    let (whole, media_type) = (text("body"), text("content-type"));
    let set = matches.try_get_many::<String>("set").ok().flatten();
    let set: Vec<&str> = set.into_iter().flatten().map(String::as_str).collect();
    given.content = content_of(operation.contents, media_type, &input)?;
    let Some(content) = operation.contents.get(given.content) else {
        return Ok(());
    };
    if content.media_type.contains('*') {
        given.media_type = media_type.map(str::to_owned);
    }
    match content.form {
        Form::Parts => {
            let is_wanted = input.has_parts || operation.needs_body;
            if is_wanted {
                given.body = Some(GivenBody::Value(Value::Null));
            }
        }
        Form::Bytes => match whole {
            Some(whole) => given.body = Some(GivenBody::Bytes(read(whole)?)),
            None if operation.needs_body => return Err(missing()),
            None => {}
        },
        Form::Value => {
            let has_properties = operation
                .arguments
                .iter()
                .any(|one| one.place == Place::Property);
            let is_given = whole.is_some() || !input.properties.is_empty() || !set.is_empty();
            if is_given || (operation.needs_body && has_properties) {
                given.body = Some(GivenBody::Value(value(
                    content,
                    whole,
                    input.properties,
                    &set,
                )?));
            } else if operation.needs_body {
                return Err(missing());
            }
        }
    }
    Ok(())
}

fn missing() -> Problem {
    Problem::usage("the operation needs a body: give it by `--body`")
}

/// The content that is meant: by its media type, else by what is given, else the first.
fn content_of(
    contents: &[Content],
    media_type: Option<&str>,
    input: &Input,
) -> Result<usize, Problem> {
    if let Some(wanted) = media_type {
        let found = contents
            .iter()
            .position(|one| matches_type(one.media_type, wanted));
        return found.ok_or_else(|| {
            let known: Vec<&str> = contents.iter().map(|one| one.media_type).collect();
            let known = known.join(", ");
            Problem::usage(format!("`--content-type` is none of: {known}"))
        });
    }
    let form = match input {
        Input {
            has_parts: true, ..
        } => Form::Parts,
        Input { properties, .. } if !properties.is_empty() => Form::Value,
        Input { .. } => return Ok(0),
    };
    let found = contents.iter().position(|one| one.form == form);
    Ok(found.unwrap_or_default())
}

/// Whether a media type is the listed one, or in the listed range.
fn matches_type(listed: &str, wanted: &str) -> bool {
    let plain = |text: &str| {
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let (listed, wanted) = (plain(listed), plain(wanted));
    match listed.strip_suffix('*') {
        Some("*/") => true,
        Some(range) => wanted.starts_with(range),
        None => listed == wanted,
    }
}

/// A body that is a value.
fn value(
    content: &Content,
    whole: Option<&str>,
    properties: Vec<(&'static str, Datum)>,
    set: &[&str],
) -> Result<Value, Problem> {
    let mut value = match whole {
        Some(whole) => serde_json::from_slice(&read(whole)?)
            .map_err(|error| Problem::usage(format!("`--body` isn't JSON: {error}")))?,
        None => Value::Object(Map::new()),
    };
    if !properties.is_empty() {
        let Some(object) = value.as_object_mut() else {
            let message = "flags of properties need a body that is an object";
            return Err(Problem::usage(message));
        };
        for (name, datum) in properties {
            let (Datum::Plain(value) | Datum::Either(value, _)) = datum;
            object.insert(name.to_owned(), value);
        }
    }
    for one in set {
        let (path, text) = one
            .split_once('=')
            .ok_or_else(|| Problem::usage(format!("`--set {one}` has no `=`")))?;
        let new = serde_json::from_str(text).unwrap_or_else(|_| text.into());
        insert(&mut value, path, new)
            .ok_or_else(|| Problem::usage(format!("`--set {one}`: there is no such place")))?;
    }
    if let Some(object) = value.as_object_mut() {
        for (name, json) in content.constants {
            if !object.contains_key(*name)
                && let Ok(constant) = serde_json::from_str(json)
            {
                object.insert((*name).to_owned(), constant);
            }
        }
    }
    Ok(value)
}

/// Sets a value within another, by names and indexes with dots between them; objects on the way are created. `None` if a list has no such
/// place, or something else is in the way.
fn insert(into: &mut Value, path: &str, new: Value) -> Option<()> {
    let mut place = into;
    for name in path.split('.') {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        place = match place {
            Value::Object(object) => object.entry(name).or_insert(Value::Null),
            Value::Array(items) => {
                let index: usize = name.parse().ok()?;
                if index == items.len() {
                    items.push(Value::Null);
                }
                items.get_mut(index)?
            }
            _ => return None,
        };
    }
    *place = new;
    Some(())
}

/// The text itself, or what is in a file: `@FILE`, or `@-` for standard input.
fn read(text: &str) -> Result<Vec<u8>, Problem> {
    match text.strip_prefix('@') {
        Some(path) => content(path),
        None => Ok(text.into()),
    }
}

/// The content of a file; `-` is standard input.
pub(crate) fn content(path: &str) -> Result<Vec<u8>, Problem> {
    let result = match path {
        "-" => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        path => fs::read(path),
    };
    result.map_err(|error| Problem::other(format!("{path} can't be read: {error}")))
}
