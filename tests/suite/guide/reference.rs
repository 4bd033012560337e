//! Parts of pages that are made of something else: keys of the configuration, the help of commands, tables of figures.
//!
//! They stand between `<!-- from … -->` and `<!-- end -->`. `INSTA_UPDATE=always cargo test -p specwright-tests --test suite guide::` writes
//! what is out of date, adds what is missing, and removes what is gone.

use super::pages::{self, PAGES};
use crate::check::{root, scratch};
use crate::command::specwright;
use serde_json::Value;
use specwright::config::{API_KEYS, Key, TOP_KEYS};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

const REFRESH: &str = "INSTA_UPDATE=always cargo test -p specwright-tests --test suite guide::";
const END: &str = "\n<!-- end -->\n";

/// Compares sections of a page, each a heading and what has to follow it, and writes them if that is wanted.
fn compare(page: &str, from: &str, sections: &[(String, String)]) {
    let path = root().join(PAGES).join(page);
    let text = pages::page(&path).text;
    let begin = format!("<!-- from {from} -->\n");
    let mut fresh = text.clone();
    for (heading, body) in sections {
        let head = format!("\n{heading}\n\n{begin}");
        let wanted = format!("{head}\n{}\n", body.trim_end());
        let at = fresh.find(&head);
        let end = at.and_then(|at| Some(at + fresh[at..].find(END)?));
        match (at, end) {
            (Some(at), Some(end)) => fresh.replace_range(at..end, &wanted),
            _ => write!(fresh, "{wanted}{END}").unwrap(),
        }
    }
    let headings: BTreeSet<&str> = sections
        .iter()
        .map(|(heading, _)| heading.as_str())
        .collect();
    let parts = text.rsplit(&begin).skip(1);
    let listed = parts.filter_map(|part| part.trim_end().lines().last());
    for gone in listed.filter(|heading| !headings.contains(heading)) {
        fresh = without_section(&fresh, gone);
    }
    if fresh != text {
        let is_wanted = std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always");
        assert!(is_wanted, "{page} is out of date; `{REFRESH}` writes it");
        fs::write(path, fresh).unwrap();
    }
}

/// A page without a section of what isn't there any more.
fn without_section(text: &str, heading: &str) -> String {
    let Some((before, section)) = text.split_once(&format!("\n{heading}\n")) else {
        return text.to_owned();
    };
    let next = section
        .find("\n## ")
        .into_iter()
        .chain(section.find("\n### "))
        .min();
    let after = next.map_or("", |next| &section[next..]);
    format!("{before}{after}")
}

#[test]
fn each_key_of_the_configuration_is_explained() {
    let help = specwright(&scratch("guide-keys"), &["generate", "-h"])
        .success()
        .out;
    let schema: Value = serde_json::from_str(&specwright::config::schema()).unwrap();
    let of_both = |key: &Key| {
        TOP_KEYS
            .iter()
            .any(|top| top.name == key.name && top.name != "apis")
    };
    let top = TOP_KEYS.iter().map(|key| {
        let is_twice = API_KEYS.iter().any(|other| other.name == key.name);
        let heading = if is_twice { ", for all APIs" } else { "" };
        (
            format!("### `{}`{heading}", key.name),
            body(key, "", &schema),
        )
    });
    let api = API_KEYS.iter().map(|key| {
        assert!(of_both(key) == ["out", "lints"].contains(&key.name));
        (format!("### `{}`", key.name), body(key, &help, &schema))
    });
    let sections: Vec<(String, String)> = top.chain(api).collect();
    compare("reference/configuration.md", "config/keys.rs", &sections);
}

/// What the table says of a key.
fn body(key: &Key, help: &str, schema: &Value) -> String {
    let mut out = format!("{}.\n", key.about);
    let example = key.example.replace("\"NAME\"", "\"PETS\"");
    let example = example.replace("NAME", "pets");
    if !example.is_empty() {
        write!(out, "\n```toml\n{example}\n```\n").unwrap();
    }
    let own: Value = serde_json::from_str(key.schema).unwrap();
    write!(out, "\nValue: {}.", value(&own, schema)).unwrap();
    if help.contains(&format!("--{} <", key.name)) {
        write!(out, " Flag: `--{}`.", key.name).unwrap();
    }
    out
}

/// A schema in words.
fn value(schema: &Value, whole: &Value) -> String {
    let quoted = |values: &Value| {
        let values = values.as_array().into_iter().flatten();
        values
            .map(|value| format!("`{value}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if let Some(reference) = schema["$ref"].as_str() {
        return value(
            whole.pointer(reference.trim_start_matches('#')).unwrap(),
            whole,
        );
    }
    if let Some(values) = schema.get("enum") {
        return quoted(values);
    }
    if let Some(fixed) = schema.get("const") {
        return format!("`{fixed}`");
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let choices: Vec<String> = choices.iter().map(|choice| value(choice, whole)).collect();
        return choices.join(", or ");
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => vec![kind.as_str().unwrap()],
    };
    let kinds = kinds.into_iter().map(|kind| match kind {
        "string" => "a string".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "integer" => "an integer".to_owned(),
        "array" => format!(
            "a list, of which each entry is {}",
            value(&schema["items"], whole)
        ),
        _ => match schema["properties"].as_object() {
            Some(keys) => {
                let keys: Vec<String> = keys.keys().map(|key| format!("`{key}`")).collect();
                format!("a table with {}", keys.join(", "))
            }
            None if schema["additionalProperties"]["$ref"] == "#/definitions/api" => {
                "a table of each API".to_owned()
            }
            None => format!(
                "a table, in which each value is {}",
                value(&schema["additionalProperties"], whole)
            ),
        },
    });
    kinds.collect::<Vec<_>>().join(" or ")
}

#[test]
fn each_command_is_explained() {
    let folder = scratch("guide-commands");
    let all = specwright(&folder, &["-h"]).success().out;
    let (_, commands) = all.split_once("\nCommands:\n").unwrap();
    let (commands, options) = commands.split_once("\n\nOptions:\n").unwrap();
    let names = commands
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let names = names.filter(|name| *name != "help");
    let common: BTreeSet<String> = options.lines().filter_map(flag).collect();
    assert!(
        common.contains("--root") && common.contains("--help"),
        "{common:?}"
    );
    let of_commands = names.map(|name| {
        let help = specwright(&folder, &[name, "-h"]).success().out;
        (format!("## `{name}`"), fenced(&own(name, &help, &common)))
    });
    let first = ("## All commands".to_owned(), fenced(&all));
    let sections: Vec<(String, String)> = [first].into_iter().chain(of_commands).collect();
    compare("reference/commands.md", "-h", &sections);
}

fn fenced(text: &str) -> String {
    format!("```text\n{}\n```", text.trim_end())
}

/// The long name of the flag that a line is about.
fn flag(line: &str) -> Option<String> {
    let words = line.split_whitespace();
    let mut words = words.take_while(|word| word.starts_with('-'));
    words.find(|word| word.starts_with("--")).map(str::to_owned)
}

/// A command's help without the flags that all have; `check` has the keys of `generate`.
fn own(name: &str, help: &str, common: &BTreeSet<String>) -> String {
    let is_own = |line: &&str| flag(line).is_none_or(|flag| !common.contains(&flag));
    let text: Vec<&str> = help.lines().filter(is_own).collect();
    let text = text.join("\n");
    let (text, keys) = text
        .split_once("\nOptions of the configuration")
        .unwrap_or((&text, ""));
    match (keys, name) {
        ("", _) => text.trim_end().trim_end_matches("\nOptions:").to_owned(),
        (keys, "generate") => format!("{text}\nOptions of the configuration{keys}"),
        _ => format!("{text}\nOptions of the configuration: as those of `generate`"),
    }
}

/// Figures are those of the files that commands write.
#[test]
fn figures_are_those_that_were_measured() {
    let page = pages::page(&root().join(PAGES).join("comparison.md"));
    let mut rows = 0;
    for part in page.text.split("<!-- from ").skip(1) {
        let (from, part) = part.split_once(" -->\n").unwrap();
        let (part, _) = part.split_once(END).unwrap();
        let file = fs::read_to_string(root().join(from)).unwrap();
        let lines: BTreeSet<&str> = file.lines().collect();
        for row in part.lines().filter(|row| !row.is_empty()) {
            assert!(lines.contains(row), "{from} doesn't say\n{row}");
            rows += 1;
        }
    }
    assert!(rows > 20, "{rows}");
}
