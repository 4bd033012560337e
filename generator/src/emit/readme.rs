//! `README.md` and the example that it shows.

use super::SourceFile;
use super::tokens::{FOREIGN_LETTERS, recursion_limit, use_list, version_order};
use crate::plan::{
    Body, Doc, Group, Named, NamedKind, Operation, Outcome, Package, Parameter, Payload, Placement,
    Plan, Receiver, Scheme, Server, Success, Ty, TypeItem,
};
use std::fmt::Write;

/// The README of one of the packages, with its example.
pub(super) fn readme(plan: &Plan, folder: &str) -> String {
    let (package, words) = match folder {
        "types" => (&plan.packages.types, types_words(plan)),
        "client" => (&plan.packages.client, client_words(plan)),
        _ => (&plan.packages.server, server_words(plan)),
    };
    let mut out = format!(
        "# {}\n\n{}\n\nWritten by specwright; changes are overwritten.\n",
        package.name, words
    );
    if let Some(example) = example(plan, folder) {
        // Writing to a String can't fail.
        let _ = write!(
            out,
            "\n## Example\n\n`examples/basic.rs`:\n\n```rust\n{}```\n",
            example.join("\n") + "\n"
        );
    }
    if folder == "server" {
        out.push_str(REFUSALS);
        for receiver in &plan.receivers {
            received(&mut out, receiver);
        }
    }
    features(&mut out, package, plan.groups.iter());
    if !plan.servers.is_empty() && folder != "types" {
        out.push_str("\n## Servers\n\nThe description names these; give yours in the same form, with its path:\n\n");
        for Server { url, function } in &plan.servers {
            let url = Doc::code(url).as_str().replace('\n', " ");
            let _ = match function.as_ref().filter(|_| folder == "client") {
                Some(function) => writeln!(out, "- {url}; `{}` gives others", function.name),
                None => writeln!(out, "- {url}"),
            };
        }
    }
    out
}

/// What users of a server are surprised by otherwise.
const REFUSALS: &str = "
## What it answers by itself

A request is refused before your code sees it when there is no such path (404) or method (405, with `Allow`), when the caller doesn't
prove who it is (401, 403, by your authentication hook), when it wants no media type that there is (406), and when its parameters or
body aren't as described (400, 413, 415). A method that you haven't written answers 501.

These answers are `application/problem+json` (RFC 9457). `render_problems` of the builder turns them into the form that your API's
errors have, which is what its clients expect.
";

/// How webhooks or callbacks are served.
fn received(out: &mut String, receiver: &Receiver) {
    let Group {
        kind, module, api, ..
    } = &receiver.group;
    let word = kind.word();
    let authenticate = if receiver.group.is_secured() {
        ".authenticate(authenticate)"
    } else {
        ""
    };
    let _ = write!(
        out,
        "\n## {api}\n\nThe API sends requests too. Who receives them implements `{api}`, which has a method for each {word}, and gives out URLs \
         below its own, each with the path that the documentation of the method names:\n\n\
         ```rust\nlet service = Server::{module}(Receiver){authenticate}.base_path(\"/hooks\").build();\n```\n"
    );
    let mut operations = receiver.group.operations.iter();
    if let Some(operation) = operations.find(|operation| operation.path_parameters.is_empty()) {
        let path = super::tokens::literal(&operation.path);
        let _ = write!(
            out,
            "\nA service for one {word} alone, whatever the path of its URL is:\n\n\
             ```rust\nlet service = Server::{module}(Receiver){authenticate}.only_path({path}).build();\n```\n"
        );
    }
}

fn types_words(plan: &Plan) -> String {
    format!(
        "The types of {}, read from and written to JSON with serde.",
        Doc::escaped(&plan.title)
    )
}

fn client_words(plan: &Plan) -> String {
    format!("A client of {}.", Doc::escaped(&plan.title))
}

fn server_words(plan: &Plan) -> String {
    format!(
        "A server stub of {}: a `tower` service that calls what you implement.",
        Doc::escaped(&plan.title)
    )
}

fn features<'p>(out: &mut String, package: &Package, mut groups: impl Iterator<Item = &'p Group>) {
    if package.features.is_empty() {
        return;
    }
    out.push_str("\n## Cargo features\n\n");
    if let Some(first) = groups.find_map(|group| group.feature.as_deref()) {
        let _ = write!(
            out,
            "Each group of operations is a feature, and all are on by default. To compile only what you use:\n\n\
             ```toml\n{} = {{ version = \"{}\", default-features = false, features = [\"{first}\"{}] }}\n```\n\n",
            package.name,
            package.version,
            if package
                .features
                .iter()
                .any(|feature| feature.name == "rustls")
            {
                ", \"rustls\""
            } else {
                ""
            }
        );
    }
    out.push_str("| feature | what for |\n| --- | --- |\n");
    for feature in package
        .features
        .iter()
        .filter(|feature| feature.name != "default")
    {
        let default = package
            .features
            .iter()
            .any(|all| all.name == "default" && all.enables.contains(&feature.name));
        let _ = writeln!(
            out,
            "| `{}`{} | {} |",
            feature.name,
            if default { " (default)" } else { "" },
            feature.purpose
        );
    }
}

/// `examples/basic.rs`
pub(super) fn example_file(plan: &Plan, folder: &str) -> Option<SourceFile<'static>> {
    let text = example(plan, folder)?.join("\n") + "\n";
    Some(SourceFile::text("examples/basic.rs", move || text.clone()))
}

fn example(plan: &Plan, folder: &str) -> Option<Vec<String>> {
    let mut lines = match folder {
        "types" => types_example(plan),
        "client" => client_example(plan),
        _ => server_example(plan),
    }?;
    // An example is a crate of its own.
    let limit = recursion_limit(plan).map(|limit| format!("#![recursion_limit = \"{limit}\"]"));
    let letters = lines.iter().any(|line| !line.is_ascii());
    let letters = letters.then(|| format!("#![allow({FOREIGN_LETTERS})]"));
    let attributes: Vec<String> = limit.into_iter().chain(letters).collect();
    if !attributes.is_empty() {
        let behind_words = lines.iter().position(String::is_empty).unwrap_or_default();
        let attributes = [String::new()].into_iter().chain(attributes);
        lines.splice(behind_words..behind_words, attributes);
    }
    Some(lines)
}

/// Reads a value from standard input, checks it and writes it back.
fn types_example(plan: &Plan) -> Option<Vec<String>> {
    let name = &plan.types.iter().find_map(TypeItem::as_shown)?.name;
    let library = &plan.packages.types.crate_name;
    let mut used = [name.as_str(), "Validate"];
    used.sort_by(|a, b| version_order(a, b));
    let used = used.join(", ");
    let text = format!(
        "//! Reads a value from standard input, checks it, and writes it back.\n\
         \n\
         use {library}::{{{used}}};\n\
         \n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
         \x20   let value: {name} = serde_json::from_reader(std::io::stdin())?;\n\
         \x20   value.validate()?;\n\
         \x20   println!(\"{{}}\", serde_json::to_string_pretty(&value)?);\n\
         \x20   Ok(())\n\
         }}"
    );
    Some(text.lines().map(str::to_owned).collect())
}

/// Calls the operation that needs the least.
fn client_example(plan: &Plan) -> Option<Vec<String>> {
    let (group, operation) = plan
        .operations()
        .filter(|(_, operation)| operation.is_simple())
        .min_by_key(|(_, operation)| effort(operation))?;
    let library = &plan.packages.client.crate_name;
    let url = plan
        .servers
        .iter()
        .map(|server| server.url.as_str())
        .find(|url| url.starts_with("http") && !url.contains(['{', '"', '\\']));
    let url = url.unwrap_or("https://api.example.com");
    let gives_nothing = matches!(
        &operation.success,
        Success::One(Outcome {
            payload: Payload::Empty,
            ..
        })
    );
    let prints = if gives_nothing {
        ""
    } else {
        " and prints what it gives"
    };
    let mut lines = vec![
        format!("//! Calls `{}`{prints}.", operation.name.plain()),
        String::new(),
        format!("use {library}::Client;"),
        String::new(),
        "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    lines.extend(builder(plan, operation, url));
    lines.extend(body_statement(operation));
    lines.push(format!("    let api = client.{}();", group.module));
    let required = operation.path_parameters.iter().chain(
        operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required),
    );
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .map(|_| "body".to_owned());
    let arguments: Vec<String> = required.map(sample).chain(body).collect();
    let call = format!("api.{}({}).await?;", operation.name, arguments.join(", "));
    if gives_nothing {
        lines.push(format!("    {call}"));
    } else {
        lines.extend([
            format!("    let answer = {call}"),
            "    println!(\"{answer:?}\");".to_owned(),
        ]);
    }
    lines.extend(["    Ok(())", "}"].map(str::to_owned));
    Some(lines)
}

/// How much has to be known for a call: nothing is best, then parameters, then a body.
fn effort(operation: &Operation) -> (bool, usize, bool) {
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .count()
        + operation.path_parameters.len();
    (
        operation.body.as_ref().is_some_and(|body| body.required),
        required,
        operation.method != "GET",
    )
}

fn builder(plan: &Plan, operation: &Operation, url: &str) -> Vec<String> {
    use crate::plan::Security;
    let url = super::tokens::literal(url);
    let (Security::Required(groups) | Security::Optional(groups)) = &operation.security else {
        return vec![format!("    let client = Client::new({url})?;")];
    };
    let schemes = groups
        .first()
        .into_iter()
        .flatten()
        .filter_map(|(constant, _)| {
            plan.schemes.iter().find(|scheme| {
                scheme.constant == *constant && scheme.placement != Placement::External
            })
        });
    let mut lines = Vec::new();
    let mut setters = Vec::new();
    for scheme in schemes {
        let Scheme {
            setter, placement, ..
        } = scheme;
        let name = setter;
        if *placement == Placement::Basic {
            setters.push(format!("        .{setter}(\"user\", &{name})"));
            lines.push(format!("    let {name} = std::env::var(\"PASSWORD\")?;"));
        } else {
            setters.push(format!("        .{setter}({name})"));
            lines.push(format!("    let {name} = std::env::var(\"TOKEN\")?;"));
        }
    }
    if let [only] = &setters[..] {
        let chain = format!("Client::builder({url}){}.build()?", only.trim_start());
        if chain.len() <= 60 {
            lines.push(format!("    let client = {chain};"));
            return lines;
        }
    }
    lines.push(format!("    let client = Client::builder({url})"));
    lines.extend(setters);
    lines.push("        .build()?;".to_owned());
    lines
}

fn body_statement(operation: &Operation) -> Vec<String> {
    let Some(Body {
        contents,
        required: true,
    }) = &operation.body
    else {
        return Vec::new();
    };
    match contents.first().map(|content| &content.payload) {
        Some(Payload::Json(_) | Payload::Xml(_)) => {
            vec!["    let body = serde_json::from_reader(std::io::stdin())?;".to_owned()]
        }
        _ => {
            vec!["    let body = std::io::read_to_string(std::io::stdin())?;".to_owned()]
        }
    }
}

/// A value for a parameter.
fn sample(parameter: &Parameter) -> String {
    sample_of(&parameter.ty, parameter)
}

fn sample_of(ty: &Ty, parameter: &Parameter) -> String {
    match ty.plain() {
        Ty::Vec(item) => format!("[{}]", sample_of(item, parameter)),
        Ty::Bool => "true".to_owned(),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => "1".to_owned(),
        Ty::F64 => "1.0".to_owned(),
        Ty::Named(Named {
            kind: NamedKind::IntegerEnum,
            ..
        }) => "1_i64.into()".to_owned(),
        Ty::Named(_) => "\"a value\".into()".to_owned(),
        _ => super::tokens::literal(parameter.name.plain()),
    }
}

/// A provider that hasn't written anything yet, served by axum.
fn server_example(plan: &Plan) -> Option<Vec<String>> {
    plan.groups.first()?;
    let library = &plan.packages.server.crate_name;
    let secured = plan.is_secured();
    let mut imports: Vec<&str> = plan
        .groups
        .iter()
        .map(|group| group.api.as_str())
        .chain(["Server"])
        .collect();
    if secured {
        imports.extend(["AuthError", "Credentials"]);
    }
    imports.sort_by(|a, b| version_order(a, b));
    let mut lines = vec![
        "//! Serves the API at http://127.0.0.1:3000; every operation answers 501 until it is written.".to_owned(),
        String::new(),
    ];
    lines.extend(use_list(library, &imports));
    lines.extend([String::new(), "struct Provider;".to_owned(), String::new()]);
    for group in &plan.groups {
        lines.extend(provider(group));
    }
    if secured {
        lines.extend(AUTHENTICATE.lines().map(str::to_owned));
    }
    lines.extend([
        "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!(
            "    let service = Server::builder(Provider){}.build();",
            if secured {
                ".authenticate(authenticate)"
            } else {
                ""
            }
        ),
        "    let router = axum::Router::new().fallback_service(service);".to_owned(),
        "    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:3000\").await?;".to_owned(),
        "    axum::serve(listener, router).await?;".to_owned(),
        "    Ok(())".to_owned(),
        "}".to_owned(),
    ]);
    Some(lines)
}

fn provider(group: &Group) -> Vec<String> {
    let api = &group.api;
    if group.is_secured() {
        vec![
            format!("impl {api} for Provider {{"),
            "    type Session = String;".to_owned(),
            "}".to_owned(),
            String::new(),
        ]
    } else {
        vec![format!("impl {api} for Provider {{}}"), String::new()]
    }
}

const AUTHENTICATE: &str = "\
async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
    match credentials.bearer() {
        Some(\"secret\") => Ok(\"a user\".to_owned()),
        _ => Err(AuthError::Unauthorized),
    }
}

";
