//! Writes `README.md`, including the example of `example.rs`.

mod client;
mod programs;

use super::example::example;
use super::{Emitter, Piece};
use crate::plan::{Doc, Group, Package, Plan, Receiver, Server};
use std::fmt::Write;

/// The parts of the README of a kind of crate.
pub(super) struct Readme {
    /// An introduction of the crate.
    pub(super) begin: fn(&Plan) -> String,
    /// Further sections, after the example.
    pub(super) more: fn(&Plan) -> String,
    /// How to use a server of the description; `None` if the crate doesn't need servers.
    pub(super) server: Option<fn(&Server) -> String>,
}

pub(super) const TYPES: Readme = Readme {
    begin: types_words,
    more: |_| String::new(),
    server: None,
};

pub(super) const CLIENT: Readme = Readme {
    begin: client_words,
    more: client::about_calls,
    server: Some(|server| match &server.function {
        Some(function) => format!("; `{}` builds the others", function.name),
        None => String::new(),
    }),
};

pub(super) const CLI: Readme = Readme {
    begin: cli_words,
    more: programs::about_commands,
    server: Some(|_| String::new()),
};

pub(super) const MCP: Readme = Readme {
    begin: mcp_words,
    more: programs::about_tools,
    server: Some(|_| String::new()),
};

pub(super) const SERVER: Readme = Readme {
    begin: server_words,
    more: refusals,
    server: Some(|_| String::new()),
};

/// The README of a package, with its example.
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
        let more = package.examples.len() > 1;
        let more = if more { GROUP_EXAMPLES } else { "" };
        let behind = format!("```\n{more}");
        pieces.extend([
            Piece::Text(before),
            Piece::Rust(example),
            Piece::Text(behind),
        ]);
    }
    let mut out = (readme.more)(plan);
    features(&mut out, package, plan.groups.iter());
    if let Some(of_server) = readme.server.filter(|_| !plan.servers.is_empty()) {
        out.push_str("\n## Servers\n\nThe description declares these servers; write the URL of yours in the same form, including the path:\n\n");
        for server in &plan.servers {
            let url = Doc::code(&server.url).as_str().replace('\n', " ");
            let _ = writeln!(out, "- {url}{}", of_server(server));
        }
    }
    pieces.push(Piece::Text(out));
    pieces
}

const GROUP_EXAMPLES: &str =
    "\n`examples/` has a program for each group of operations that has something to read.\n";

/// The built-in error responses of a server, and how it receives webhooks and callbacks.
fn refusals(plan: &Plan) -> String {
    let mut out = REFUSALS.to_owned();
    if plan.served.is_some() {
        out.push_str(DOCUMENT);
    }
    for receiver in &plan.receivers {
        received(&mut out, plan, receiver);
    }
    out
}

/// Facts about errors that users of a server may not expect.
const REFUSALS: &str = "
## Errors

Each operation has an error type: a variant for each documented response, and `Other` for any other. To return one error type of your own
from all operations, implement `From<MyError>` for `Problem`:

```rust
impl From<MyError> for Problem {
    fn from(error: MyError) -> Self {
        match error {
            // A documented response: the status, and the body that the description has for it.
            MyError::NotFound(body) => Problem::new(StatusCode::NOT_FOUND).with_body(body),
            // Any other, sent like the built-in ones.
            MyError::Internal => Problem::new(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}
```

`?` then turns it into the error type of any operation. If the operation doesn't document the status with a body of this type, status and
body are sent nevertheless, as JSON.

## Built-in error responses

A request is rejected before it reaches your code if its path (404) or method (405, with `Allow`) doesn't exist, if your authentication
hook rejects the caller (401, 403), if no available media type is acceptable (406), if its parameters or body violate the description
(400, 413, 415), or if the body doesn't arrive in time (408). A method that isn't implemented responds with 501. One that panics
responds with 500: the panic is caught after the panic hook has printed its message, and other requests continue.

These responses are `application/problem+json` (RFC 9457). To send the error type of your API instead, which is what its clients expect,
give `problems_as` of the builder a function from `&Problem` and `&RequestParts` to that type; `render_problems` takes a function that
builds the whole response.
";

/// How the description is served.
const DOCUMENT: &str = "
## The description

The crate has the description of the API, in one file, and serves it next to the API:

```rust
let service = document().explorer_at(\"/explorer\").serve(service);
```

It is at `/openapi.json` and `/openapi.yaml`, with an `ETag`; `json_at` and `yaml_at` change the paths. With the feature `explorer`,
`explorer_at` adds a page that shows the API and sends requests to this server. The page is Swagger UI, all of it within the program: a browser
loads nothing from elsewhere.
";

/// How webhooks or callbacks are served.
fn received(out: &mut String, plan: &Plan, receiver: &Receiver) {
    let Group {
        kind, module, api, ..
    } = &receiver.group;
    let (word, begin) = (kind.word(), plan.receiving(receiver));
    let authenticate = if receiver.group.is_secured() {
        ".authenticate(authenticate)"
    } else {
        ""
    };
    let _ = write!(
        out,
        "\n## {api}\n\nThe API sends requests, too. To receive them, implement `{api}`, which has a method for each {word}, and register URLs \
         of your server with it, each with the path that the documentation of the method gives:\n\n\
         ```rust\nlet service = {begin}(Receiver){authenticate}.base_path(\"/hooks\").build();\n```\n"
    );
    let _ = write!(
        out,
        "\nMost senders sign what they send. With the feature `signatures`, each {word} is verified before anything of it is decoded; several \
         secrets may be valid at once:\n\n\
         ```rust\nlet signatures = Signatures::standard([secret])?; // Standard Webhooks; other forms by `Signatures::new`\n\
         let service = {begin}(Receiver){authenticate}.verify({module}::OPERATIONS, signatures).build();\n```\n"
    );
    let mut operations = receiver.group.operations.iter();
    if let Some(operation) = operations.find(|operation| operation.path_parameters.is_empty()) {
        let path = super::tokens::literal(&operation.path);
        let _ = write!(
            out,
            "\nA service for one {word} only, at any path:\n\n\
             ```rust\nlet service = {begin}(Receiver){authenticate}.only_path({path}).build();\n```\n"
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
    format!("A client for {}.", Doc::escaped(&plan.title))
}

fn cli_words(plan: &Plan) -> String {
    format!("A command line for {}.", Doc::escaped(&plan.title))
}

fn mcp_words(plan: &Plan) -> String {
    format!(
        "Tools for language models: a server of the Model Context Protocol with a tool for each operation of {}.",
        Doc::escaped(&plan.title)
    )
}

fn server_words(plan: &Plan) -> String {
    format!(
        "A server stub for {}: a `tower` service that calls your implementation.",
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
            "Each group of operations is a feature, and all of them are enabled by default. To compile only what you use:\n\n\
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
    out.push_str("| feature | purpose |\n| --- | --- |\n");
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
