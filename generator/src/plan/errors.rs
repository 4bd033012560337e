//! Plans the server's error types. Operations with the same documented errors share one, which is named after its contents.

use super::Status;
use super::doc::Doc;
use super::media_types;
use super::names::{self, Case};
use super::operations::{Group, Operation, Outcome, Payload};
use super::rust::Ident;
use super::words::Speller;
use std::collections::HashMap;

/// The error types that operations share.
#[derive(Debug, Clone)]
pub struct Errors {
    /// The module of the server crate that contains them: `errors`, unless a group has that name.
    pub module: Ident,
    pub types: Vec<ErrorType>,
    /// The shared type for which an operation's own name is an alias, by the group's module and that name.
    aliases: HashMap<(Ident, Ident), Ident>,
}

impl Errors {
    /// The type that an operation shares with others, if there are any.
    #[must_use]
    pub fn shared(&self, group: &Group, operation: &Operation) -> Option<&Ident> {
        let key = (group.module.clone(), operation.error.clone());
        self.aliases.get(&key)
    }
}

/// An error type that several operations share.
#[derive(Debug, Clone)]
pub struct ErrorType {
    /// The name, made of bodies and statuses: `AppError400_404`.
    pub name: Ident,
    pub outcomes: Vec<Outcome>,
    /// How many operations share it.
    pub operations: usize,
    /// The first of them: `POST /pets`.
    pub example: String,
    /// The features that each enable it; empty if it is always compiled.
    pub features: Vec<String>,
}

/// The name of the type for operations without documented errors.
const UNDOCUMENTED: &str = "Undocumented";

/// Operations with the same documented errors: the key, and their positions (group, operation).
struct Alike {
    key: String,
    members: Vec<(usize, usize)>,
}

/// Finds the error types that operations share.
pub(super) fn share(groups: &[Group], speller: &Speller) -> Errors {
    let shared = alike(groups);
    let wanted: Vec<(String, String)> = shared
        .iter()
        .filter_map(|alike| {
            let (group, operation) = *alike.members.first()?;
            let errors = &groups[group].operations[operation].errors;
            Some((words(errors, speller), alike.key.clone()))
        })
        .collect();
    let idents = names::error_types(&wanted);
    let mut types = Vec::new();
    let mut aliases = HashMap::new();
    for (name, alike) in idents.into_iter().zip(shared) {
        types.push(ErrorType {
            name: name.clone(),
            outcomes: outcomes(groups, &alike),
            operations: alike.members.len(),
            example: example(groups, &alike),
            features: features(groups, &alike),
        });
        for (group, operation) in alike.members {
            let group = &groups[group];
            let own = group.operations[operation].error.clone();
            aliases.insert((group.module.clone(), own), name.clone());
        }
    }
    types.sort_by(|a, b| a.name.cmp(&b.name));
    let modules: Vec<&str> = groups.iter().map(|group| group.module.as_str()).collect();
    Errors {
        module: names::first_free(&["errors", "error_types"], &modules),
        types,
        aliases,
    }
}

/// Groups operations with the same errors, ordered by first occurrence.
fn alike(groups: &[Group]) -> Vec<Alike> {
    let mut all: Vec<Alike> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        for (position, operation) in group.operations.iter().enumerate() {
            let key = key(&operation.errors);
            let index = *known.entry(key.clone()).or_insert(all.len());
            if index == all.len() {
                let members = Vec::new();
                all.push(Alike { key, members });
            }
            all[index].members.push((at, position));
        }
    }
    all.retain(|alike| alike.members.len() > 1);
    all
}

/// The key of documented errors: everything except documentation.
fn key(errors: &[Outcome]) -> String {
    let errors = errors.iter().map(|error| {
        let Outcome {
            status,
            payload,
            media_type,
            variant,
            ..
        } = error;
        format!("{status} {variant} {media_type} {payload:?}\n")
    });
    errors.collect()
}

/// The responses of a shared type. Documentation is kept only if it is the same in all operations.
fn outcomes(groups: &[Group], alike: &Alike) -> Vec<Outcome> {
    let members = alike.members.iter();
    let mut members = members.map(|(group, operation)| &groups[*group].operations[*operation]);
    let mut outcomes: Vec<Outcome> = members
        .next()
        .map(|first| first.errors.clone())
        .unwrap_or_default();
    for operation in members {
        for (outcome, other) in outcomes.iter_mut().zip(&operation.errors) {
            if outcome.doc.as_str() != other.doc.as_str() {
                outcome.doc = Doc::text(&outcome.status.to_string());
            }
        }
    }
    outcomes
}

/// The first operation, as documentation names it.
fn example(groups: &[Group], alike: &Alike) -> String {
    let first = alike.members.first();
    let first = first.map(|(group, operation)| &groups[*group].operations[*operation]);
    let first = first.map(|operation| format!("{} {}", operation.method, operation.path));
    first.unwrap_or_default()
}

fn features(groups: &[Group], alike: &Alike) -> Vec<String> {
    let groups = alike.members.iter().map(|(group, _)| &groups[*group]);
    let features: Option<Vec<String>> = groups.map(|group| group.feature.clone()).collect();
    let mut features = features.unwrap_or_default();
    features.sort();
    features.dedup();
    features
}

/// The words for a shared type, such as `AppError400_404`: each body with its statuses, in order.
fn words(errors: &[Outcome], speller: &Speller) -> String {
    if errors.is_empty() {
        return UNDOCUMENTED.to_owned();
    }
    let mut bodies: Vec<(String, Vec<String>)> = Vec::new();
    for error in errors {
        let body = body_words(error, speller);
        let status = match error.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}xx"),
            Status::Default => "Default".to_owned(),
        };
        match bodies.iter_mut().find(|(known, _)| *known == body) {
            Some((_, statuses)) => statuses.push(status),
            None => bodies.push((body, vec![status])),
        }
    }
    let bodies = bodies.into_iter().map(|(body, statuses)| {
        // Separates `Error2` and 404, as `Error2404` would be ambiguous.
        let between = if body.ends_with(|last: char| last.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        format!("{body}{between}{}", statuses.join("_"))
    });
    bodies.collect::<String>().replace("_Default", "Default")
}

/// What a response holds: `AppError`, and in front of it the media type if that isn't the usual one, `VimeoUserLegacyError`.
fn body_words(error: &Outcome, speller: &Speller) -> String {
    let camel = |text: &str| {
        let ident = names::ident(speller, Case::Type, text);
        ident.plain().to_owned()
    };
    let held = match &error.payload {
        Payload::Empty => return "Empty".to_owned(),
        Payload::Json(ty) | Payload::Form(ty, _) => camel(&ty.to_string()),
        Payload::Xml(xml) => camel(&xml.ty.to_string()),
        Payload::Text => "Text".to_owned(),
        Payload::Multipart(_) | Payload::Events(_) | Payload::Lines(_) | Payload::Bytes => {
            "Bytes".to_owned()
        }
    };
    let media_type = media_types::name(&error.media_type);
    if media_type.is_empty() {
        held
    } else {
        camel(&media_type) + &held
    }
}
