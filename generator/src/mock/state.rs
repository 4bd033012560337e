//! What was created, by convention: `POST /pets` creates, `GET /pets` lists, `GET`, `PUT`, `PATCH` and `DELETE` of `/pets/{id}` are about
//! one of them.

use crate::ir::{Api, Operation, SegmentPart};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Objects that are kept; more aren't, so that memory is bounded.
const MOST: usize = 10_000;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Create,
    List,
    Read,
    Replace,
    Change,
    Delete,
}

/// An operation on a collection.
#[derive(Debug)]
pub(super) struct Step {
    action: Action,
    /// The path of the collection, with the values of the request.
    collection: String,
    /// The id in the path; empty for operations on the collection.
    id: String,
    /// The name of the id's parameter: `petId`.
    parameter: String,
}

impl Step {
    /// The step of a request; `None` if the operation isn't one on a collection.
    pub(super) fn of(api: &Api, operation: &Operation, path: &str) -> Option<Self> {
        let segments = &operation.path.segments;
        let lone = |operation: &Operation| {
            let last = operation.path.segments.last()?;
            match last.parts.as_slice() {
                [SegmentPart::Parameter(name)] => Some(name.clone()),
                _ => None,
            }
        };
        if let Some(parameter) = lone(operation) {
            let (collection, id) = path.rsplit_once('/')?;
            let action = match operation.method.as_str() {
                "GET" => Action::Read,
                "PUT" => Action::Replace,
                "PATCH" => Action::Change,
                "DELETE" => Action::Delete,
                _ => return None,
            };
            return Some(Self {
                action,
                collection: collection.to_owned(),
                id: id.to_owned(),
                parameter,
            });
        }
        let action = match operation.method.as_str() {
            "GET" => Action::List,
            "POST" => Action::Create,
            _ => return None,
        };
        // A collection is a path that another one goes on from, with the id.
        let mut items = api.operations.iter().filter(|other| {
            let longer = &other.path.segments;
            longer.len() == segments.len() + 1 && longer.starts_with(segments)
        });
        let parameter = items.find_map(lone)?;
        Some(Self {
            action,
            collection: path.trim_end_matches('/').to_owned(),
            id: String::new(),
            parameter,
        })
    }

    /// The names that the property with the id may have.
    fn id_names(&self) -> Vec<String> {
        let mut names = vec![self.parameter.clone(), "id".to_owned()];
        let lower = self.parameter.to_ascii_lowercase();
        names.extend(lower.strip_suffix("_id").map(|_| "id".to_owned()));
        names.extend(["name", "key", "slug", "uuid"].map(str::to_owned));
        names
    }
}

/// Everything that was created.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Objects by collection and id, in the order of ids.
    collections: BTreeMap<String, BTreeMap<Key, Value>>,
    count: usize,
    last: u64,
}

/// An id: numbers in their order, before texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Text(String),
}

impl Key {
    fn new(text: &str) -> Self {
        match text.parse() {
            Ok(number) => Self::Number(number),
            Err(_) => Self::Text(text.to_owned()),
        }
    }
}

impl State {
    /// Takes a step. `made` is the body of the response as it is made without state; a body from the state is returned if it is valid.
    ///
    /// # Errors
    /// Which object isn't there, in a collection in which something was created.
    pub(super) fn take(
        &mut self,
        step: &Step,
        body: Option<&Value>,
        made: Option<Value>,
        is_valid: &mut dyn FnMut(&Value) -> bool,
    ) -> Result<Option<Value>, String> {
        if step.action == Action::Create {
            return Ok(self.create(step, body, made, is_valid));
        }
        let Some(collection) = self.collections.get_mut(&step.collection) else {
            return Ok(None);
        };
        let key = Key::new(&step.id);
        let missing = || format!("there is no `{}` in `{}`", step.id, step.collection);
        match step.action {
            Action::Create => Ok(None),
            Action::List => {
                let items = collection.values().cloned().collect();
                Ok(made.and_then(|made| listed(made, items, is_valid)))
            }
            Action::Read => {
                let found = collection.get(&key).ok_or_else(missing)?;
                Ok(fitted(found.clone(), made.as_ref(), is_valid))
            }
            Action::Replace | Action::Change => {
                let found = collection.get_mut(&key).ok_or_else(missing)?;
                let mut changed = found.clone();
                if let Some(body) = body {
                    merge(&mut changed, body);
                }
                *found = changed.clone();
                Ok(made.and_then(|made| fitted(changed, Some(&made), is_valid)))
            }
            Action::Delete => {
                collection.remove(&key).ok_or_else(missing)?;
                self.count -= 1;
                Ok(None)
            }
        }
    }

    /// Creates an object: what the response would have, with the properties of the request, and an id of its own.
    fn create(
        &mut self,
        step: &Step,
        body: Option<&Value>,
        made: Option<Value>,
        is_valid: &mut dyn FnMut(&Value) -> bool,
    ) -> Option<Value> {
        let has_body = made.as_ref().is_some_and(Value::is_object);
        let mut object = made
            .filter(Value::is_object)
            .unwrap_or_else(|| Value::Object(Map::new()));
        if self.count >= MOST {
            return None;
        }
        for (name, value) in body
            .into_iter()
            .flat_map(|body| body.as_object().into_iter().flatten())
        {
            set(&mut object, name, value.clone(), has_body, is_valid);
        }
        let names = step.id_names();
        let name = names
            .iter()
            .find(|name| object.get(name.as_str()).is_some());
        let name = name.cloned().unwrap_or_else(|| "id".to_owned());
        let given = body.and_then(|body| body.get(&name));
        if given.is_none() {
            self.last += 1;
            let id = self.last;
            let before = object.clone();
            set(&mut object, &name, Value::from(id), has_body, is_valid);
            if object == before {
                set(
                    &mut object,
                    &name,
                    Value::from(id.to_string()),
                    has_body,
                    is_valid,
                );
            }
        }
        let key = match object.get(&name) {
            Some(Value::String(text)) => Key::new(text),
            Some(other) => Key::new(&other.to_string()),
            None => return None,
        };
        let collection = self.collections.entry(step.collection.clone()).or_default();
        if collection.insert(key, object.clone()).is_none() {
            self.count += 1;
        }
        has_body.then_some(object)
    }
}

/// Sets a property, if the object is valid with it.
fn set(
    object: &mut Value,
    name: &str,
    value: Value,
    is_checked: bool,
    is_valid: &mut dyn FnMut(&Value) -> bool,
) {
    let mut changed = object.clone();
    if let Value::Object(members) = &mut changed {
        members.insert(name.to_owned(), value);
    }
    if !is_checked || is_valid(&changed) {
        *object = changed;
    }
}

/// An object as a response has it, which may be of another type than that of its creation: then it is the response that was made without
/// state, with the values of the object for the properties that both have.
fn fitted(
    object: Value,
    made: Option<&Value>,
    is_valid: &mut dyn FnMut(&Value) -> bool,
) -> Option<Value> {
    if is_valid(&object) {
        return Some(object);
    }
    let mut fitted = made.filter(|made| made.is_object())?.clone();
    for (name, value) in object.as_object().into_iter().flatten() {
        if fitted.get(name).is_some() {
            set(&mut fitted, name, value.clone(), true, is_valid);
        }
    }
    Some(fitted)
}

/// The items as the response has them: as a list, or as the only list in an object.
fn listed(
    made: Value,
    items: Vec<Value>,
    is_valid: &mut dyn FnMut(&Value) -> bool,
) -> Option<Value> {
    let members = match made {
        Value::Array(made) => return fitted_items(items, &made, is_valid, &Value::Array),
        Value::Object(members) => members,
        _ => return None,
    };
    let mut lists = members
        .iter()
        .filter_map(|(name, member)| Some((name, member.as_array()?)));
    let (name, made) = lists.next()?;
    if lists.next().is_some() {
        return None;
    }
    let within = |items: Vec<Value>| {
        let mut members = members.clone();
        for total in ["total", "count", "total_count", "totalCount"] {
            if members.get(total).is_some_and(Value::is_number) {
                members.insert(total.to_owned(), Value::from(items.len()));
            }
        }
        members.insert(name.clone(), Value::Array(items));
        Value::Object(members)
    };
    fitted_items(items, made, is_valid, &within)
}

/// The response with these items, each as an item of the response that was made without state if they can't be in it as they are.
fn fitted_items(
    items: Vec<Value>,
    made: &[Value],
    is_valid: &mut dyn FnMut(&Value) -> bool,
    response: &dyn Fn(Vec<Value>) -> Value,
) -> Option<Value> {
    let whole = response(items.clone());
    if is_valid(&whole) {
        return Some(whole);
    }
    let made = made.first();
    let mut is_item = |item: &Value| is_valid(&response(vec![item.clone()]));
    let items = items
        .into_iter()
        .map(|item| fitted(item, made, &mut is_item));
    Some(response(items.collect::<Option<_>>()?)).filter(|whole| is_valid(whole))
}

/// Takes over the properties of a request.
fn merge(object: &mut Value, body: &Value) {
    if let (Value::Object(members), Value::Object(changes)) = (object, body) {
        for (name, value) in changes {
            members.insert(name.clone(), value.clone());
        }
    }
}
