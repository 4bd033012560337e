//! Equal input gives equal bytes, and names depend neither on the order of the document nor on additions.

use crate::check::{Checked, Job, scratch};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Cases with colliding names, and others that could depend on the order.
const CASES: [&str; 13] = [
    "all-of",
    "bodies",
    "lists",
    "maps",
    "names",
    "no-operation-ids",
    "parameters",
    "recursion",
    "required-by-name",
    "responses",
    "string-enums",
    "swagger2",
    "unions",
];

#[test]
fn twice_gives_the_same_bytes() {
    for (name, job) in jobs() {
        let (one, other) = (job.check(), job.check());
        assert_eq!(one.messages, other.messages, "{name}");
        let texts = |checked: &Checked| {
            checked
                .files
                .as_ref()
                .unwrap()
                .iter()
                .map(|(path, text)| (path.to_string(), text.to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&one), texts(&other), "{name}");
    }
}

#[test]
fn order_names_nothing() {
    let folder = scratch("shuffled");
    for (name, job) in jobs() {
        if DEPENDS_ON_ORDER.contains(&name.as_str()) {
            continue;
        }
        let before = names(&job.check());
        let document = parsed(&job.spec);
        for (round, shuffle) in [reversed as fn(&Value) -> Value, rotated]
            .into_iter()
            .enumerate()
        {
            let path = folder.join(format!("{name}-{round}.json"));
            fs::write(
                &path,
                serde_json::to_string_pretty(&shuffle(&document)).unwrap(),
            )
            .unwrap();
            let checked = Job {
                spec: path,
                options: job.options.clone(),
            }
            .check();
            assert_eq!(names(&checked), before, "{name}: {}", checked.messages);
        }
    }
}

/// A duplicate operationId is kept by the first operation.
const DEPENDS_ON_ORDER: [&str; 1] = ["no-operation-ids"];

#[test]
fn what_is_added_renames_nothing() {
    let folder = scratch("added");
    for (name, job) in jobs() {
        let before = names(&job.check());
        let mut document = parsed(&job.spec);
        let paths = document["paths"].as_object_mut().unwrap();
        // At the beginning, and using the types of others: a type named after its first user would be renamed.
        let mut operation = paths
            .values()
            .flat_map(|item| item.as_object().unwrap())
            .find(|(key, _)| *key != "parameters")
            .unwrap()
            .1
            .clone();
        let operation_fields = operation.as_object_mut().unwrap();
        operation_fields.insert("operationId".to_owned(), "addedLater".into());
        operation_fields.remove("parameters");
        let responses: Map<String, Value> =
            paths.values().flat_map(responses_with_reference).collect();
        operation_fields
            .entry("responses")
            .or_insert_with(|| Map::new().into())
            .as_object_mut()
            .unwrap()
            .extend(responses);
        let old = std::mem::take(paths);
        paths.insert(
            "/added/later".to_owned(),
            serde_json::json!({"post": operation}),
        );
        paths.extend(old);
        let path = folder.join(format!("{name}.json"));
        fs::write(&path, serde_json::to_string_pretty(&document).unwrap()).unwrap();
        let checked = Job {
            spec: path,
            options: job.options.clone(),
        }
        .check();
        let after = names(&checked);
        let lost: Vec<_> = before
            .iter()
            .filter(|name| !after.contains(*name))
            .collect();
        assert_eq!(lost, [] as [&String; 0], "{name}: {}", checked.messages);
    }
}

fn jobs() -> BTreeMap<String, Job> {
    CASES
        .iter()
        .map(|case| ((*case).to_owned(), Job::case(case)))
        .chain(Job::repository())
        .collect()
}

/// The responses of a path that are references.
fn responses_with_reference(item: &Value) -> Vec<(String, Value)> {
    let responses = item
        .as_object()
        .unwrap()
        .values()
        .filter_map(|operation| operation.get("responses")?.as_object());
    responses
        .flatten()
        .filter(|(_, response)| response.get("$ref").is_some())
        .map(|(status, response)| (status.clone(), response.clone()))
        .collect()
}

fn parsed(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    let text = text
        .trim_start_matches("---\n")
        .trim_end()
        .trim_end_matches("---");
    let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    json(value)
}

/// Keys that aren't strings become strings.
fn json(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Mapping(mapping) => {
            let key = |key: serde_yaml::Value| {
                key.as_str()
                    .map_or_else(|| key.as_u64().unwrap().to_string(), str::to_owned)
            };
            Value::Object(
                mapping
                    .into_iter()
                    .map(|(name, value)| (key(name), json(value)))
                    .collect(),
            )
        }
        serde_yaml::Value::Sequence(items) => items.into_iter().map(json).collect(),
        plain => serde_json::to_value(plain).unwrap(),
    }
}

/// Reverses every mapping, down to the schemas; lists keep their order, which has a meaning.
fn reversed(value: &Value) -> Value {
    mapped(value, &|entries| entries.reverse())
}

/// Moves the second half of every mapping to its beginning.
fn rotated(value: &Value) -> Value {
    mapped(value, &|entries| {
        let half = entries.len() / 2;
        entries.rotate_left(half);
    })
}

type Entries = Vec<(String, Value)>;

fn mapped(value: &Value, shuffle: &dyn Fn(&mut Entries)) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Entries = map
                .iter()
                .map(|(key, value)| (key.clone(), mapped(value, shuffle)))
                .collect();
            shuffle(&mut entries);
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(|item| mapped(item, shuffle)).collect(),
        plain => plain.clone(),
    }
}

/// `wire name → Rust name` of everything that has both, as unordered lines of the plan.
fn names(checked: &Checked) -> BTreeSet<String> {
    let plan = checked.dump(specwright::pipeline::Stage::Plan).unwrap();
    let mut names = BTreeSet::new();
    let mut aliases = Vec::new();
    let mut owner = String::new();
    for line in plan.lines() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().collect();
        if let (0, ["type", name, "=", target]) = (indent, &words[..]) {
            aliases.push((*name, *target));
        }
        match (indent, &words[..]) {
            (0, ["struct" | "enum" | "type" | "union", name, ..]) => {
                owner = String::from(*name);
                names.insert(owner.clone());
            }
            (0, ["group", module, api]) => {
                owner = String::from(*module);
                names.insert(format!("{module} {api}"));
            }
            (0, _) => owner.clear(),
            (2, [method, request, "=", rest @ ..])
                if owner.chars().next().is_some_and(char::is_lowercase) =>
            {
                names.insert(format!("{owner}.{method} {request} = {}", rest.join(" ")));
            }
            (2, [name, ..]) if !owner.is_empty() => {
                names.insert(format!(
                    "{owner}.{name} = {}",
                    line.rsplit_once('"')
                        .map_or("", |(before, _)| before.rsplit('"').next().unwrap())
                ));
            }
            _ => {}
        }
    }
    // A type that is equal to another one keeps its own name.
    for (name, target) in aliases {
        let members = names.iter().filter_map(|member| {
            let rest = member.strip_prefix(target)?;
            rest.starts_with('.').then(|| format!("{name}{rest}"))
        });
        let members: Vec<String> = members.collect();
        names.extend(members);
    }
    assert!(names.len() > 1, "{plan}");
    names
}
