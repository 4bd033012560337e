//! `README.md`, with the example of `example.rs` in it.

use super::example::example;
use super::{Emitter, Piece};
use crate::plan::{Doc, Group, Package, Plan, Receiver, Server};
use std::fmt::Write;

/// What the README of a kind of crates says.
pub(super) struct Readme {
    /// What the crate is.
    begin: fn(&Plan) -> String,
    /// What users have to know, behind the example.
    more: fn(&Plan) -> String,
    /// How the crate gets at the servers that the description names; `None` if it has nothing to do with them.
    server: Option<fn(&Server) -> String>,
}

pub(super) const TYPES: Readme = Readme {
    begin: types_words,
    more: |_| String::new(),
    server: None,
};

pub(super) const CLIENT: Readme = Readme {
    begin: client_words,
    more: |_| String::new(),
    server: Some(|server| match &server.function {
        Some(function) => format!("; `{}` gives others", function.name),
        None => String::new(),
    }),
};

pub(super) const SERVER: Readme = Readme {
    begin: server_words,
    more: refusals,
    server: Some(|_| String::new()),
};

/// The README of one of the packages, with its example.
pub(super) fn readme(plan: &Plan, package: &Package, emitter: &Emitter) -> Vec<Piece> {
    let readme = &emitter.readme;
    let words = (readme.begin)(plan);
    let begin = format!(
        "# {}\n\n{}\n\nWritten by specwright; changes are overwritten.\n",
        package.name, words
    );
    let mut pieces = vec![Piece::Text(begin)];
    if let Some(example) = example(plan, emitter) {
        let before = "\n## Example\n\n`examples/basic.rs`:\n\n```rust\n".to_owned();
        let behind = "```\n".to_owned();
        pieces.extend([
            Piece::Text(before),
            Piece::Rust(example),
            Piece::Text(behind),
        ]);
    }
    let mut out = (readme.more)(plan);
    features(&mut out, package, plan.groups.iter());
    if let Some(of_server) = readme.server.filter(|_| !plan.servers.is_empty()) {
        out.push_str("\n## Servers\n\nThe description names these; give yours in the same form, with its path:\n\n");
        for server in &plan.servers {
            let url = Doc::code(&server.url).as_str().replace('\n', " ");
            let _ = writeln!(out, "- {url}{}", of_server(server));
        }
    }
    pieces.push(Piece::Text(out));
    pieces
}

/// What a server answers by itself, and how it receives what the API sends.
fn refusals(plan: &Plan) -> String {
    let mut out = REFUSALS.to_owned();
    for receiver in &plan.receivers {
        received(&mut out, receiver);
    }
    out
}

/// What users of a server are surprised by otherwise.
const REFUSALS: &str = "
## What it answers by itself

A request is refused before your code sees it when there is no such path (404) or method (405, with `Allow`), when the caller doesn't
prove who it is (401, 403, by your authentication hook), when it wants no media type that there is (406), and when its parameters or
body aren't as described (400, 413, 415) or the body doesn't arrive in time (408). A method that you haven't written answers 501, one
that panics 500: the panic is caught, its message goes to the panic hook (which prints it), and other requests go on.

These answers are `application/problem+json` (RFC 9457). `problems_as` of the builder sends your API's own errors instead, which is what
its clients expect: it takes a function that makes one of a `&Problem` and the `&RequestParts`. `render_problems` takes one that makes
the whole response.
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
