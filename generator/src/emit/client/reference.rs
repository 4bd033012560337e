//! `reference.md`: every operation with its call, for people. `llms.txt`: the same as an index, for language models (llmstxt.org).

use super::{argument as method, body, guide, required, responses};
use crate::emit::tokens::compact;
use crate::plan::{CrateKind, Doc, Failure, Group, Operation, Parameter, Plan};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write;

/// What the calls of both files have in common.
const CALLS: &str = "Each operation is a method of its group, takes what it requires, and returns a request: a builder that has a method for \
                     each optional value. `.await` sends the request and gives the body of the response, `.send().await` status and headers, too.";

/// `reference.md`.
pub(super) fn reference(plan: &Plan) -> String {
    let client = plan.crate_name(CrateKind::Client);
    let mut out = format!(
        "# Reference of `{client}`\n\nWritten by specwright; changes are overwritten.\n\n{CALLS} `client` is a `{client}::Client`; `types` is its \
         module of the types of the API.\n"
    );
    for group in &plan.groups {
        let _ = write!(out, "\n## `client.{}()`\n", group.module);
        paragraph(&mut out, &group.doc.first_line());
        for operation in &group.operations {
            entry(&mut out, group, operation);
        }
    }
    out
}

/// The section of an operation.
fn entry(out: &mut String, group: &Group, operation: &Operation) {
    let Operation { method, path, .. } = operation;
    let endpoint = Doc::code(&format!("{method} {path}"));
    let _ = write!(
        out,
        "\n### `{}`\n\n{}",
        heading(group, operation),
        endpoint.as_str()
    );
    if operation.deprecated {
        out.push_str(", deprecated");
    }
    out.push('\n');
    paragraph(out, &operation.summary);
    let _ = write!(out, "\n```rust\n{}.await?\n```\n\n", call(group, operation));
    for item in items(operation) {
        let _ = writeln!(out, "- {item}");
    }
}

/// What an operation takes and gives, an item each.
fn items(operation: &Operation) -> Vec<String> {
    let described = |code: &TokenStream, parameter: &Parameter| {
        let doc = parameter.doc.first_line();
        let code = Doc::code(&compact(code));
        if doc.is_empty() {
            code.as_str().to_owned()
        } else {
            format!("{}: {}", code.as_str(), line(&doc))
        }
    };
    let in_path = operation.path_parameters.iter();
    let mut items: Vec<String> = in_path
        .map(|parameter| described(&method::argument(parameter), parameter))
        .collect();
    items.extend(
        operation
            .required_parameters()
            .into_iter()
            .map(|parameter| {
                let Parameter { name, .. } = parameter;
                let argument = match &operation.required {
                    Some(_) => {
                        let ty = required::parameter_type(parameter);
                        quote! { #name: #ty }
                    }
                    None => method::argument(parameter),
                };
                described(&argument, parameter)
            }),
    );
    let body = operation.body.as_ref();
    let local = quote! { body };
    if let Some(body) = body.filter(|body| body.required) {
        let argument = body::argument(&local, operation, body);
        items.push(Doc::code(&compact(&argument)).as_str().to_owned());
    }
    let optional = operation.parameters.iter().filter(|one| !one.required);
    items.extend(optional.map(|parameter| {
        let (setter, argument) = (&parameter.setter, method::argument(parameter));
        described(&quote! { .#setter(#argument) }, parameter)
    }));
    if let Some(body) = body.filter(|body| !body.required) {
        let argument = body::argument(&local, operation, body);
        items.push(
            Doc::code(&compact(&quote! { .body(#argument) }))
                .as_str()
                .to_owned(),
        );
    }
    if operation.paging.is_some() {
        items.push("`.paginate()`: all pages, and all items of the list".to_owned());
    }
    if operation.long_running.is_some() {
        items.push("`.until_done()`: the result, when the server is done".to_owned());
    }
    items.push(format!("Response: {}", response(operation)));
    items.extend(errors(operation));
    items
}

/// The type of the response.
fn response(operation: &Operation) -> String {
    let output = compact(&responses::output(operation));
    match &*output {
        "()" => "no content".to_owned(),
        output => Doc::code(output).as_str().to_owned(),
    }
}

/// ``Errors with `types::AppError`: 400, 404``.
fn errors(operation: &Operation) -> Option<String> {
    let statuses = operation
        .errors
        .iter()
        .map(|error| error.status.to_string());
    let statuses: Vec<String> = statuses.collect();
    let with = match operation.failure {
        Failure::None => String::new(),
        Failure::Same(_) | Failure::ByStatus => {
            let error = compact(&responses::error(operation));
            format!(" with {}", Doc::code(&error).as_str())
        }
    };
    (!statuses.is_empty()).then(|| format!("Errors{with}: {}", statuses.join(", ")))
}

/// `client.oauth().get_oauth_app(app_id)`.
fn call(group: &Group, operation: &Operation) -> String {
    let names = |parameters: &mut dyn Iterator<Item = &Parameter>| -> Vec<String> {
        parameters.map(|one| one.name.to_string()).collect()
    };
    let mut arguments = names(&mut operation.path_parameters.iter());
    let outside = names(&mut operation.required_parameters().into_iter());
    match &operation.required {
        Some(name) => arguments.push(format!("{name} {{ {} }}", outside.join(", "))),
        None => arguments.extend(outside),
    }
    let body = operation.body.as_ref().filter(|body| body.required);
    arguments.extend(body.map(|_| "body".to_owned()));
    format!("{}({})", heading(group, operation), arguments.join(", "))
}

/// `client.oauth().get_oauth_app`.
fn heading(group: &Group, operation: &Operation) -> String {
    format!("client.{}().{}", group.module, operation.name)
}

/// The fragment that leads to a heading, as GitHub, docs.rs and others make it: lowercase, without punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || *c == '_');
    kept.flat_map(char::to_lowercase).collect()
}

/// `llms.txt`.
pub(super) fn index(plan: &Plan) -> String {
    let client = plan.crate_name(CrateKind::Client);
    let title = Doc::escaped(&plan.title);
    let mut out = format!("# {title}: the Rust client `{client}`\n");
    let about = plan.doc.first_line();
    if !about.is_empty() {
        let _ = write!(out, "\n> {}\n", line(&about));
    }
    let _ = write!(out, "\n{CALLS}\n");
    if let Some(lines) = guide::first_call(plan) {
        let _ = write!(out, "\n```rust\n{}\n```\n", lines.join("\n"));
    }
    for group in &plan.groups {
        let _ = write!(out, "\n## `client.{}()`\n\n", group.module);
        for operation in &group.operations {
            let Operation {
                method,
                path,
                summary,
                ..
            } = operation;
            let _ = write!(
                out,
                "- [`{}`](reference.md#{}): {}",
                call(group, operation),
                anchor(&heading(group, operation)),
                Doc::code(&format!("{method} {path}")).as_str()
            );
            if !summary.is_empty() {
                let _ = write!(out, ", {}", line(summary));
            }
            out.push('\n');
        }
    }
    out.push_str("\n## Optional\n\n- [README](README.md): an example, features, servers\n");
    out
}

fn paragraph(out: &mut String, doc: &Doc) {
    if !doc.is_empty() {
        let _ = write!(out, "\n{}\n", doc.as_str());
    }
}

/// A paragraph as one line.
fn line(doc: &Doc) -> String {
    doc.as_str()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
