//! What a user reads first: the operations of a crate as a table, and what calling each of them gives.

use crate::plan::{Doc, Failure, Group, Operation};
use std::fmt::Display;

/// The most operations that the documentation of a crate lists; of a larger API it lists the groups.
const LISTED: usize = 100;

/// A table of the operations, with links to their methods.
pub(super) fn operations(groups: &[Group]) -> Doc {
    let count: usize = groups.iter().map(|group| group.operations.len()).sum();
    let table = match count {
        0 => return Doc::none(),
        1..=LISTED => {
            let rows = groups.iter().flat_map(|group| {
                let operations = group.operations.iter();
                operations.map(|operation| operation_row(group, operation))
            });
            Doc::table(&["operation", "method and path", "summary"], rows)
        }
        _ => {
            let head = ["group", "operations", "about"];
            Doc::table(&head, groups.iter().map(group_row))
        }
    };
    Doc::markdown("# Operations").then(table)
}

fn operation_row(group: &Group, operation: &Operation) -> Vec<Doc> {
    let method = format!("{}::{}", group.api, operation.name.plain());
    let endpoint = format!("{} {}", operation.method, operation.path);
    vec![
        link(operation.name.plain(), method),
        Doc::code(&endpoint),
        operation.summary.clone(),
    ]
}

fn group_row(group: &Group) -> Vec<Doc> {
    let count = group.operations.len().to_string();
    vec![
        link(&group.api, &group.api),
        Doc::text(&count),
        group.doc.first_line(),
    ]
}

/// `///` of a method of the client: what the description says, what awaiting the request gives, and what can be set before.
/// `output` and `error` are the types as they are written in the module.
pub(super) fn method(operation: &Operation, output: &str, error: &str) -> Doc {
    let response = match output {
        "()" => "No content.".to_owned(),
        output => format!("{}.", typed(operation, output)),
    };
    let response = format!("{response}{}", errors(operation, error));
    let said = Doc::markdown("# Response")
        .then(Doc::text(&response))
        .then(optional(operation));
    operation.doc.clone().then(said)
}

/// ``Errors with [`AppError`](types::AppError): 400, 404.``
fn errors(operation: &Operation, error: &str) -> String {
    let statuses = operation.errors.iter();
    let statuses: Vec<String> = statuses.map(|error| error.status.to_string()).collect();
    let with = match operation.failure {
        _ if statuses.is_empty() => return String::new(),
        Failure::None => String::new(),
        Failure::Same(_) | Failure::ByStatus => format!(" with {}", typed(operation, error)),
    };
    format!(" Errors{with}: {}.", statuses.join(", "))
}

/// `Optional: [`page`](GetOAuthApps::page) (default: `0`).`
fn optional(operation: &Operation) -> Doc {
    let parameters = operation.parameters.iter();
    let optional = parameters.filter(|parameter| !parameter.required);
    let optional = optional.map(|parameter| {
        let name = parameter.setter.plain();
        let link = link(name, format!("{}::{name}", operation.request));
        if parameter.default_doc.is_empty() {
            link.as_str().to_owned()
        } else {
            format!(
                "{} (default: {})",
                link.as_str(),
                parameter.default_doc.as_str()
            )
        }
    });
    let optional: Vec<String> = optional.collect();
    if optional.is_empty() {
        return Doc::none();
    }
    Doc::text(&format!("Optional parameters: {}.", optional.join(", ")))
}

/// A type as code, with a link if it is a generated one.
fn typed(operation: &Operation, ty: &str) -> String {
    let Operation {
        response, error, ..
    } = operation;
    let plain = ty.strip_prefix("types::").unwrap_or(ty);
    let is_name = plain.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_local = ty == response.as_str() || ty == error.as_str();
    if is_name && (is_local || plain != ty) {
        link(plain, ty).as_str().to_owned()
    } else {
        format!("`{ty}`")
    }
}

/// A link to an item, shown as code.
fn link(text: impl Display, item: impl Display) -> Doc {
    let (text, item) = (text.to_string(), item.to_string());
    if text == item {
        Doc::text(&format!("[`{text}`]"))
    } else {
        Doc::text(&format!("[`{text}`]({item})"))
    }
}
