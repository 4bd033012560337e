//! Reads values with the generated types and writes them back; `run.py` compiles it once for each description.
//!
//! In: lines with a schema's number, a space, and JSON. Out, for each, a line of JSON: `{"refused": why}`, or `{"written": the JSON text,
//! "is": the beginning of its debug output, "violations": …, "request": …, "response": …}`, the last three being the results of `validate`,
//! `validate_request` and `validate_response`.

mod table; // written by run.py: `TYPES`, one `check::<T>` for each schema

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::io::{self, BufRead, Write};
use types::{Validate, Violations, from_json, refusing_nulls};

type Check = fn(&str) -> Value;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (number, json) = line.split_once(' ').unwrap_or_default();
        let check = number
            .parse()
            .ok()
            .and_then(|number: usize| table::TYPES.get(number));
        let answer =
            check.map_or_else(|| json!({"refused": "no such schema"}), |check| check(json));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn check<T: DeserializeOwned + Serialize + Validate + Debug>(json: &str) -> Value {
    // As servers do: clients would read null as absent for optional properties.
    let value: T = match refusing_nulls(|| from_json(json.as_bytes())) {
        Ok(value) => value,
        Err(error) => return json!({"refused": error.to_string()}),
    };
    let is: String = format!("{value:?}").chars().take(200).collect();
    match serde_json::to_string(&value) {
        Ok(written) => json!({
            "written": written,
            "is": is,
            "violations": found(value.validate()),
            "request": found(value.validate_request()),
            "response": found(value.validate_response()),
        }),
        Err(error) => json!({"unwritable": error.to_string()}),
    }
}

fn found(checked: Result<(), Violations>) -> Vec<String> {
    let violations = checked.err();
    violations
        .iter()
        .flat_map(Violations::iter)
        .map(ToString::to_string)
        .collect()
}
