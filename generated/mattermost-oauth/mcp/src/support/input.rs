//! Reads the arguments of a call from what a model gives. Needs `base64_code.rs`, `facts.rs`, `given.rs`, `schemas.rs`.

use serde_json::Value;

use super::{
    Argument, Content, Datum, Form, Given, GivenBody, GivenFile, Kind, Object, Operation, Place,
    base64_decoded,
};

/// The arguments of an operation, or why they aren't valid.
pub(crate) fn read_arguments<C>(
    operation: &'static Operation<C>,
    mut arguments: Object,
) -> Result<Given, String> {
    let mut given = Given::default();
    for argument in operation.arguments {
        if matches!(argument.place, Place::Part | Place::Property) {
            continue;
        }
        // Models write `null` for what they leave out.
        let value = arguments.remove(argument.name);
        if let Some(value) = value.filter(|value| argument.required || !value.is_null()) {
            given.values.insert(argument.name, Datum::Plain(value));
        }
    }
    if let Some(first) = operation.contents.first() {
        let media_type = arguments
            .remove("content_type")
            .filter(|one| !one.is_null());
        let content = match &media_type {
            None => first,
            Some(wanted) => chosen(operation.contents, wanted, &mut given)?,
        };
        let body = arguments.remove("body");
        let body = body.filter(|body| operation.needs_body || !body.is_null());
        if let Some(body) = body {
            self::body(operation.arguments, content, body, &mut given)?;
        } else if operation.needs_body {
            return Err("body: is required".to_owned());
        }
    }
    match arguments.keys().next() {
        None => Ok(given),
        Some(unknown) => Err(format!("{unknown}: is unknown; {}", known(operation))),
    }
}

/// What an operation takes, in words.
fn known<C>(operation: &Operation<C>) -> String {
    let parameters = operation.arguments.iter();
    let parameters = parameters.filter(|one| matches!(one.place, Place::Path | Place::Parameter));
    let mut names: Vec<&str> = parameters.map(|one| one.name).collect();
    if !operation.contents.is_empty() {
        names.push("body");
    }
    match &names[..] {
        [] => "the tool takes no arguments".to_owned(),
        names => format!("the tool takes {}", names.join(", ")),
    }
}

/// The content that is meant.
fn chosen(
    contents: &'static [Content],
    wanted: &Value,
    given: &mut Given,
) -> Result<&'static Content, String> {
    let wanted = wanted.as_str().unwrap_or_default();
    let all = contents.iter().enumerate();
    let mut found = all.filter(|(_, one)| is_in(wanted, one.media_type));
    let (index, content) = found.next().ok_or_else(|| {
        let known: Vec<&str> = contents.iter().map(|one| one.media_type).collect();
        format!("content_type: is none of {}", known.join(", "))
    })?;
    given.content = index;
    if content.media_type.contains('*') && !wanted.contains('*') {
        given.media_type = Some(wanted.to_owned());
    }
    Ok(content)
}

/// Whether a media type is the listed one, or in the listed range.
fn is_in(wanted: &str, listed: &str) -> bool {
    match listed.strip_suffix('*') {
        Some("*/") => wanted.contains('/'),
        Some(range) => wanted.starts_with(range),
        None => listed.eq_ignore_ascii_case(wanted),
    }
}

fn body(
    arguments: &'static [Argument],
    content: &Content,
    mut body: Value,
    given: &mut Given,
) -> Result<(), String> {
    given.body = Some(match content.form {
        Form::Value => {
            if let Some(object) = body.as_object_mut() {
                for (name, json) in content.constants {
                    if !object.contains_key(*name)
                        && let Ok(constant) = serde_json::from_str(json)
                    {
                        object.insert((*name).to_owned(), constant);
                    }
                }
            }
            GivenBody::Value(body)
        }
        Form::Parts => {
            parts(arguments, body, given)?;
            GivenBody::Value(Value::Null)
        }
        Form::Bytes => GivenBody::Bytes(file(body, "body")?.content),
    });
    Ok(())
}

/// The parts of a multipart form.
fn parts(arguments: &'static [Argument], body: Value, given: &mut Given) -> Result<(), String> {
    let Value::Object(mut body) = body else {
        return Err("body: has to be an object with the parts of the form".to_owned());
    };
    for part in arguments.iter().filter(|one| one.place == Place::Part) {
        let value = body.remove(part.wire);
        let Some(value) = value.filter(|value| part.required || !value.is_null()) else {
            continue;
        };
        match (part.kind, value) {
            (Kind::File, Value::Array(files)) if part.many => {
                let files = files.into_iter().map(|one| file(one, part.wire));
                given
                    .files
                    .insert(part.name, files.collect::<Result<_, _>>()?);
            }
            (Kind::File, one) => {
                given.files.insert(part.name, vec![file(one, part.wire)?]);
            }
            (_, value) => {
                given.values.insert(part.name, Datum::Plain(value));
            }
        }
    }
    match body.keys().next() {
        None => Ok(()),
        Some(unknown) => Err(format!("body: has no part {unknown}")),
    }
}

/// A file: text, or an object with a name and text or base64.
fn file(value: Value, name: &str) -> Result<GivenFile, String> {
    let object = match value {
        Value::String(text) => {
            return Ok(GivenFile {
                name: "file".to_owned(),
                content: text.into_bytes(),
            });
        }
        Value::Object(object) => object,
        _ => Object::new(),
    };
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let content = match (text("text"), text("base64")) {
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(base64)) => {
            base64_decoded(base64).ok_or_else(|| format!("{name}: isn't valid base64"))?
        }
        _ => return Err(format!("{name}: has to have either text or base64")),
    };
    Ok(GivenFile {
        name: text("name").unwrap_or("file").to_owned(),
        content,
    })
}
