//! Reads the arguments of a call from what was matched. Needs `body_input.rs`, `facts.rs`, `given.rs`, `problem.rs`.

use std::path::Path;

use clap::ArgMatches;
use serde_json::Value;

use super::body_input::{Input, body};
use super::{Argument, Datum, Given, GivenFile, Kind, Operation, Place, Problem};

/// The arguments of an operation.
pub(crate) fn matched<C>(
    operation: &'static Operation<C>,
    matches: &ArgMatches,
) -> Result<Given, Problem> {
    let mut given = Given {
        all_pages: operation.is_paged && matches.get_flag("all-pages"),
        ..Given::default()
    };
    let mut input = Input::default();
    for argument in operation.arguments {
        let Some(texts) = matches.get_many::<String>(argument.name) else {
            continue;
        };
        let texts: Vec<&str> = texts.map(String::as_str).collect();
        match (argument.kind, argument.place) {
            (Kind::File, _) => {
                let files = texts.into_iter().map(file).collect::<Result<_, _>>()?;
                given.files.insert(argument.name, files);
                input.has_parts = true;
            }
            (_, Place::Property) => input
                .properties
                .push((argument.wire, datum(argument, &texts))),
            (_, place) => {
                input.has_parts |= place == Place::Part;
                given.values.insert(argument.name, datum(argument, &texts));
            }
        }
    }
    body(operation, matches, input, &mut given)?;
    Ok(given)
}

fn datum(argument: &Argument, texts: &[&str]) -> Datum {
    if !argument.many {
        return one(argument.kind, texts.last().copied().unwrap_or_default());
    }
    let items: Vec<Datum> = texts.iter().map(|text| one(argument.kind, text)).collect();
    let is_either = items.iter().any(|item| matches!(item, Datum::Either(..)));
    let (first, second): (Vec<Value>, Vec<Value>) = items
        .into_iter()
        .map(|item| match item {
            Datum::Plain(value) => (value.clone(), value),
            Datum::Either(json, text) => (json, text),
        })
        .unzip();
    match is_either {
        true => Datum::Either(first.into(), second.into()),
        false => Datum::Plain(first.into()),
    }
}

fn one(kind: Kind, text: &str) -> Datum {
    let plain = || Value::from(text);
    match kind {
        Kind::Text | Kind::File => Datum::Plain(plain()),
        // What isn't a number was rejected before.
        Kind::Integer | Kind::Number | Kind::Boolean => {
            Datum::Plain(serde_json::from_str(text).unwrap_or_else(|_| plain()))
        }
        Kind::Json => match serde_json::from_str(text) {
            Ok(json) => Datum::Either(json, plain()),
            Err(_) => Datum::Plain(plain()),
        },
    }
}

/// A file to send; `-` is standard input.
fn file(path: &str) -> Result<GivenFile, Problem> {
    let path = path.strip_prefix('@').unwrap_or(path);
    let content = super::body_input::content(path)?;
    let name = Path::new(path).file_name();
    let name = name.filter(|_| path != "-");
    Ok(GivenFile {
        name: name.map_or_else(
            || "file".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        ),
        content,
    })
}
