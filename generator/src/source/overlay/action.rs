//! Reads the actions of an overlay.

use super::super::{Node, Origin, Value};
use crate::diag::{Code, Diagnostics, Place};
use serde_json::Value as Json;

/// An Action Object.
#[derive(Debug)]
pub(super) struct Action {
    /// A JSONPath query, and where it is.
    pub(super) target: (String, Origin),
    pub(super) change: Change,
}

/// What an action does to its targets.
#[derive(Debug)]
pub(super) enum Change {
    /// Removes them; `remove` is here.
    Remove(Origin),
    /// Merges a value into them.
    Update(Json, Origin),
    /// Merges what a query selects.
    Copy((String, Origin)),
}

type Failure = (String, Place);

/// The actions of an overlay, or what is wrong with it.
pub(super) fn read(root: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Action>> {
    let mut wrong = |(detail, place): Failure| {
        diagnostics.push(Code::BadOverlay { detail }, place);
    };
    let listed = match actions(root) {
        Ok(listed) => listed,
        Err(failure) => {
            wrong(failure);
            return None;
        }
    };
    let (mut read, mut is_valid) = (Vec::new(), true);
    for node in listed {
        match action(&node) {
            Ok(action) => read.push(action),
            Err(failure) => {
                is_valid = false;
                wrong(failure);
            }
        }
    }
    is_valid.then_some(read)
}

/// The items of `actions`, if the file is an overlay of a known version.
fn actions<'a>(root: &Node<'a>) -> Result<Vec<Node<'a>>, Failure> {
    let whole = || Place::Value(root.origin());
    let Some(version) = root.get("overlay") else {
        let detail = "it has no `overlay: 1.1.0`".to_owned();
        return Err((detail, whole()));
    };
    let text = match version.value {
        Value::String(text) => text.to_string(),
        other => other.to_string(),
    };
    let mut numbers = text.split('.');
    if numbers.next() != Some("1") || !matches!(numbers.next(), Some("0" | "1")) {
        let detail = format!("version `{text}` isn't supported, only 1.0 and 1.1 are");
        return Err((detail, Place::Value(version.origin())));
    }
    only(root, &["overlay", "info", "extends", "actions"])?;
    let actions = root.get("actions");
    let listed: Vec<_> = actions.iter().flat_map(Node::items).collect();
    if listed.is_empty() {
        let place = actions.map_or_else(whole, |actions| Place::Key(actions.origin()));
        return Err((
            "`actions` has to list at least one action".to_owned(),
            place,
        ));
    }
    Ok(listed)
}

fn action(node: &Node<'_>) -> Result<Action, Failure> {
    let whole = || Place::Value(node.origin());
    if !node.value.is_object() {
        let detail = format!("an action is a mapping, not {}", node.kind());
        return Err((detail, whole()));
    }
    only(node, &["target", "description", "update", "copy", "remove"])?;
    let Some(target) = node.get("target") else {
        return Err(("an action needs a `target`".to_owned(), whole()));
    };
    Ok(Action {
        target: query("target", &target)?,
        change: change(node)?,
    })
}

fn change(node: &Node<'_>) -> Result<Change, Failure> {
    let remove = node.get("remove");
    if let Some(remove) = &remove {
        match remove.value {
            Value::Bool(true) => return Ok(Change::Remove(remove.origin())),
            Value::Bool(false) => {}
            _ => {
                let detail = format!("`remove` is a boolean, not {}", remove.kind());
                return Err((detail, Place::Value(remove.origin())));
            }
        }
    }
    match (node.get("update"), node.get("copy")) {
        (Some(update), None) => Ok(Change::Update(Json::from(update.value), update.origin())),
        (None, Some(copy)) => Ok(Change::Copy(query("copy", &copy)?)),
        (Some(_), Some(copy)) => {
            let detail = "an action has either `update` or `copy`".to_owned();
            Err((detail, Place::Key(copy.origin())))
        }
        (None, None) => {
            let detail = "an action needs `update`, `copy` or `remove: true`".to_owned();
            Err((detail, Place::Value(node.origin())))
        }
    }
}

fn query(field: &str, node: &Node<'_>) -> Result<(String, Origin), Failure> {
    let Some(query) = node.value.as_str() else {
        let detail = format!("`{field}` is a string, not {}", node.kind());
        return Err((detail, Place::Value(node.origin())));
    };
    Ok((query.to_owned(), node.origin()))
}

/// Complains about a field that an object doesn't have: a misspelled one would do nothing.
fn only(node: &Node<'_>, fields: &[&str]) -> Result<(), Failure> {
    let mut members = node.members();
    let unknown = members.find(|(key, _)| !fields.contains(key) && !key.starts_with("x-"));
    let Some((key, member)) = unknown else {
        return Ok(());
    };
    let detail = format!(
        "unknown field `{key}`, expected one of `{}`",
        fields.join("`, `")
    );
    Err((detail, Place::Key(member.origin())))
}
