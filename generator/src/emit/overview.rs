//! Documentation that users read first: what a crate is, a quick start, a table of operations, and the results of their methods.

use crate::plan::{CrateKind, Doc, Failure, Group, Layout, Operation, Plan, Server};
use std::fmt::Display;

/// The greatest number of operations in the documentation of a crate; for a larger API it lists the groups.
const LISTED: usize = 100;

/// The greatest number of servers that it lists.
const SERVERS: usize = 10;

/// Documentation of a crate: what it is, the sections of its kind, then those of all kinds. A description of more than a paragraph comes
/// last, as it is about the API and not about its Rust code.
pub(super) fn about(plan: &Plan, kind: CrateKind, what: &str, sections: Vec<Doc>) -> Doc {
    let is_short = plan.doc.is_paragraph();
    let (first, last) = if is_short {
        (plan.doc.clone(), Doc::none())
    } else {
        (Doc::none(), section("Description", plan.doc.nested()))
    };
    let sections = sections.into_iter().chain([features(plan, kind), last]);
    sections.fold(Doc::text(what).then(first), Doc::then)
}

/// A section `# Title`, if it isn't empty.
pub(super) fn section(title: &str, doc: Doc) -> Doc {
    if doc.is_empty() {
        return doc;
    }
    Doc::heading(1, title).then(doc)
}

/// The quick start, which compiles as an example of a crate; for modules, the paths to import aren't known.
pub(super) fn quick_start(plan: &Plan, imports: Vec<String>, lines: Vec<String>) -> Doc {
    let limit = plan.recursion_limit();
    let limit = limit.map(|limit| format!("# #![recursion_limit = \"{limit}\"]"));
    match plan.layout {
        Layout::Crates => {
            let begin = limit.into_iter().chain(imports).chain([String::new()]);
            let lines: Vec<String> = begin.chain(lines).collect();
            Doc::block("no_run", &lines)
        }
        Layout::Modules => Doc::block("ignore", &lines),
    }
}

/// The servers of the description, for a client, and those of single operations.
pub(super) fn servers(plan: &Plan) -> Doc {
    if plan.servers.is_empty() {
        return Doc::none();
    }
    let listed = plan.servers.iter().take(SERVERS).map(server);
    let list = listed.fold(Doc::none(), Doc::and);
    let more = plan.servers.len().saturating_sub(SERVERS);
    let more = (more > 0).then(|| Doc::bullet(&format!("… and {more} others")));
    let own = plan
        .operations()
        .any(|(_, operation)| operation.server.is_some());
    let own = own.then(|| {
        Doc::text(
            "Operations with a server of their own are sent there, unless the client is for a server that isn't listed here.",
        )
    });
    let begin = "[`Client::builder`] takes the URL of a server. The description declares these, as [`SERVERS`]:";
    let list = list.and(more.unwrap_or_default());
    let doc = Doc::text(begin).then(list).then(own.unwrap_or_default());
    section("Servers", doc)
}

/// An item such as ``- `https://eu.example.com`: Europe. [`server_url`] makes the URL from its variables.``
fn server(server: &Server) -> Doc {
    let function = server.function.as_ref();
    let function = function.map(|function| {
        Doc::text(&format!(
            "[`{}`] makes the URL for other values of its variables.",
            function.name
        ))
    });
    Doc::item(
        &server.url,
        &server.doc.clone().beside(function.unwrap_or_default()),
    )
}

/// The cargo features of a crate. Those of groups, which may be many, are one sentence.
fn features(plan: &Plan, kind: CrateKind) -> Doc {
    let packages = plan.packages.iter();
    let Some(package) = packages.clone().find(|package| package.kind == kind) else {
        return Doc::none();
    };
    let is_group = |name: &str| {
        plan.all_groups()
            .any(|group| group.feature.as_deref() == Some(name))
    };
    let by_default = |name: &String| {
        let mut features = package.features.iter();
        features.any(|all| all.name == "default" && all.enables.contains(name))
    };
    let rows = package
        .features
        .iter()
        .filter(|feature| feature.name != "default" && !is_group(&feature.name));
    let rows: Vec<Vec<Doc>> = rows
        .map(|feature| {
            let mark = if by_default(&feature.name) {
                " (default)"
            } else {
                ""
            };
            let name = format!("`{}`{mark}", feature.name);
            vec![Doc::text(&name), Doc::text(&feature.purpose)]
        })
        .collect();
    let table = if rows.is_empty() {
        Doc::none()
    } else {
        Doc::table(&["feature", "purpose"], rows)
    };
    let groups = if plan.has_features() {
        Doc::text(GROUPS)
    } else {
        Doc::none()
    };
    section("Cargo features", groups.then(table))
}

/// How to compile fewer groups, if they have features.
const GROUPS: &str = "Each group of operations is a feature, called like its module, and all of them are enabled by default. With \
                      `default-features = false` and only the groups that you use, the crate compiles in a fraction of the time.";

/// The operations with links to their methods: a table for each group, after `call`, which says how to get to the group.
pub(super) fn operations(groups: &[Group], call: impl Fn(&Group) -> String) -> Doc {
    let count: usize = groups.iter().map(|group| group.operations.len()).sum();
    let tables = match count {
        0 => return Doc::none(),
        1..=LISTED => {
            let tables = groups.iter().map(|group| {
                let rows = group.operations.iter();
                let rows = rows.map(|operation| operation_row(group, operation));
                let head = ["method", "request", "summary"];
                Doc::heading(2, link(call(group), &group.api).as_str())
                    .then(group.doc.first_line())
                    .then(Doc::table(&head, rows))
            });
            tables.fold(Doc::none(), Doc::then)
        }
        _ => {
            let rows = groups.iter().map(|group| {
                let count = group.operations.len().to_string();
                vec![
                    link(call(group), &group.api),
                    Doc::text(&count),
                    group.doc.first_line(),
                ]
            });
            Doc::table(&["group", "operations", "about"], rows)
        }
    };
    section("Operations", tables)
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

/// Documentation of a client's method: the description, the optional parameters, and the result of the call. `output` and `error` are the
/// types as written in the module.
pub(super) fn method(operation: &Operation, output: &str, error: &str) -> Doc {
    let response = match output {
        "()" => "No content.".to_owned(),
        output => format!("{}.", typed(operation, output)),
    };
    let page = operation.paging.as_ref().map(|_| {
        let to = link("paginate", format!("{}::paginate", operation.request));
        format!(" One page of a list, of which {} gives all.", to.as_str())
    });
    let page = page.unwrap_or_default();
    let response = format!("{response}{page}{}", errors(operation, error));
    let said = operation.doc.clone().then(optional(operation));
    said.then(section("Response", Doc::text(&response)))
}

/// A sentence such as ``Errors with [`AppError`](types::AppError): 400, 404.``
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

/// A section such as ``[`page`](GetOAuthApps::page) (default: `0`).``
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
    let list = Doc::text(&format!("{}.", optional.join(", ")));
    section("Optional parameters", list)
}

/// A type as code, linked to the generated type that it is or contains.
fn typed(operation: &Operation, ty: &str) -> String {
    let is_local = ty == operation.response.as_str() || ty == operation.error.as_str();
    let mut named = ty.match_indices("types::").map(|(start, prefix)| {
        let name = &ty[start + prefix.len()..];
        let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
        &name[..end.unwrap_or(name.len())]
    });
    let shown = ty.replace("types::", "");
    match (named.next(), named.next()) {
        (Some(name), None) => link(shown, format!("types::{name}")).as_str().to_owned(),
        _ if is_local => link(&shown, ty).as_str().to_owned(),
        _ => format!("`{shown}`"),
    }
}

/// A link to an item, as code.
fn link(text: impl Display, item: impl Display) -> Doc {
    let (text, item) = (text.to_string(), item.to_string());
    if text == item {
        Doc::text(&format!("[`{text}`]"))
    } else {
        Doc::text(&format!("[`{text}`]({item})"))
    }
}
