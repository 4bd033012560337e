//! `specwright new`: what is written once and again, and what is told. `tests/scaffold/run.py` compiles such projects, tests and runs them.

use crate::check::scratch;
use crate::command::{Ran, specwright};
use crate::snapshot::Snapshots;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Public operations.
const PUBLIC: &str = "\
openapi: 3.0.3
info: {title: A shop, version: '1'}
servers: [{url: 'https://shop.example/v1'}]
tags:
  - {name: orders, description: What was bought.}
paths:
  /orders:
    get:
      tags: [orders]
      operationId: listOrders
      summary: Lists orders
      parameters: [{name: first, in: query, schema: {type: integer}}]
      responses:
        '200': {description: All, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}
    post:
      tags: [orders]
      operationId: createOrder
      deprecated: true
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'201': {description: Created}, '400': {description: Wrong}}
  /{page}:
    get:
      tags: [pages]
      parameters: [{name: page, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: Text, content: {text/plain: {schema: {type: string}}}}}
components:
  schemas:
    Order: {type: object, required: [id], properties: {id: {type: string}}}
";

/// A group that requires credentials, which come in several ways.
const SECURED: &str = "  \
  /orders/{id}/events:
    get:
      tags: [events]
      operationId: watchOrder
      security: [{token: []}, {key: [], user: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: All, content: {text/event-stream: {schema: {$ref: '#/components/schemas/Order'}}}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
    user: {type: http, scheme: basic}
";

/// The files of a project that are its owner's.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy();
            if name == "generated" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                texts.insert(name.replace('\\', "/"), text);
            }
        }
    }
    texts
}

/// All files in one text.
fn listed(texts: &BTreeMap<String, String>) -> String {
    let files = texts.iter();
    let files: Vec<String> = files
        .map(|(path, text)| format!("==> {path}\n{text}\n"))
        .collect();
    files.concat()
}

#[test]
fn a_project_is_as_a_careful_engineer_would_begin_it() {
    let folder = scratch("project");
    let secured = PUBLIC.replace("components:\n", SECURED);
    fs::write(folder.join("shop.yaml"), secured).unwrap();
    let ran = specwright(&folder, &["new", "shop.yaml", "work/shop"]).exit(0);
    assert!(ran.out.starts_with("shop-service: "), "{}", ran.out);
    let next = "next: `cd work/shop && cargo run`; work/shop/README.md says where everything is\n";
    assert!(ran.err.ends_with(next), "{}", ran.err);
    let mut snapshots = Snapshots::new("snapshots/project");
    let mut tree = texts(&folder.join("work/shop"));
    let schema = tree.remove("specwright.schema.json").unwrap();
    assert!(schema.contains("\"unknown-fields\""), "{schema}");
    snapshots.check("tree", &listed(&tree));

    // What the API sends is received by a project of its own.
    let hooks = "openapi: 3.1.0\ninfo: {title: Hooks, version: '1'}\nwebhooks:\n  sold: {post: {operationId: sold, responses: {'204': {description: Noted}}}}\n";
    fs::write(folder.join("hooks.yaml"), hooks).unwrap();
    specwright(&folder, &["new", "hooks.yaml", "hooks"]).exit(0);
    let written = texts(&folder.join("hooks"));
    let service = &written["src/service.rs"];
    assert!(
        service.contains("Server::webhooks(app.clone())")
            && service.contains("\"/webhooks/{*path}\""),
        "{service}"
    );
    assert!(written["src/handlers/webhooks.rs"].contains("impl Webhooks for App"));
    snapshots.finish();
}

#[test]
fn a_project_serves_its_description_if_one_wants() {
    let folder = scratch("project-served");
    fs::write(folder.join("shop.yaml"), PUBLIC).unwrap();
    let hooks = "openapi: 3.1.0\ninfo: {title: Hooks, version: '1'}\nwebhooks:\n  sold: {post: {operationId: sold, responses: {'204': {description: Noted}}}}\n";
    fs::write(folder.join("hooks.yaml"), hooks).unwrap();
    for (name, service) in [("shop", "api"), ("hooks", "webhooks.clone()")] {
        let spec = format!("{name}.yaml");
        specwright(&folder, &["new", &spec, name, "--serve-document"]).exit(0);
        let written = texts(&folder.join(name));
        let (router, read_me) = (&written["src/service.rs"], &written["README.md"]);
        let call = format!("document().serve({service})");
        assert!(router.contains(&call), "{router}");
        assert!(router.contains("::{Server, document};"), "{router}");
        assert!(read_me.contains("/openapi.json"), "{read_me}");
        let config = &written["specwright.toml"];
        assert!(config.contains("\nserve-document = true\n"), "{config}");
        // The crates follow the configuration from then on.
        let project = folder.join(name);
        specwright(&project, &["check"]).exit(0);
        fs::write(
            project.join("specwright.toml"),
            config.replace("serve-document = true", ""),
        )
        .unwrap();
        specwright(&project, &["check"]).exit(1);
    }
}

#[test]
fn a_second_run_adds_files_and_never_touches_what_is_there() {
    let folder = scratch("project-again");
    fs::write(folder.join("shop.yaml"), PUBLIC).unwrap();
    let new = |expected| specwright(&folder, &["new", "shop.yaml", "shop"]).exit(expected);
    new(0);
    let project = folder.join("shop");
    let first = texts(&project);
    assert!(!first.contains_key("src/auth.rs"));
    let again = new(0);
    assert_eq!((again.err.as_str(), texts(&project) == first), ("", true));

    // The owner moves handlers elsewhere, and deletes what isn't needed.
    let orders = &first["src/handlers/orders.rs"];
    let mine = format!("mod all {{\n{}\n}}\n", orders.replace("//! ", "// "));
    fs::write(project.join("src/mine.rs"), mine).unwrap();
    fs::remove_file(project.join("src/handlers/orders.rs")).unwrap();
    fs::remove_file(project.join("Dockerfile")).unwrap();
    let before = texts(&project);
    let secured = PUBLIC.replace("components:\n", SECURED);
    fs::write(folder.join("shop.yaml"), secured).unwrap();
    let Ran { out, err, .. } = new(0);
    assert!(out.starts_with("shop-service: 2 files in shop; "), "{out}");
    for line in [
        "new: shop/src/auth.rs",
        "new: shop/src/handlers/events.rs",
        "add to shop/src/handlers/mod.rs: mod events;",
        "add to shop/src/lib.rs: pub mod auth;",
        "add to shop/src/service.rs: .authenticate(",
    ] {
        assert!(err.contains(line), "{line}\n{err}");
    }
    let mut after = texts(&project);
    after.remove("src/auth.rs").unwrap();
    after.remove("src/handlers/events.rs").unwrap();
    assert!(after == before, "{}", listed(&after));
    let generated = fs::read_to_string(project.join("generated/server/src/lib.rs")).unwrap();
    assert!(generated.contains("pub mod events;"));

    // A file that is in the way of a new one is told, too.
    fs::remove_file(project.join("src/handlers/events.rs")).unwrap();
    fs::write(project.join("src/handlers/events.rs"), "// later\n").unwrap();
    let ran = new(0);
    assert!(
        ran.err
            .contains("add to shop/src/handlers/events.rs: impl EventsApi for App"),
        "{}",
        ran.err
    );
    let json = ["new", "shop.yaml", "shop", "--message-format", "json"];
    let ran = specwright(&folder, &json).exit(0);
    assert!(ran.out.contains("\"reason\":\"project\"") && ran.out.contains("\"additions\":["));
}

#[test]
fn what_no_project_can_be_made_of() {
    let folder = scratch("project-wrong");
    fs::write(folder.join("shop.yaml"), PUBLIC).unwrap();
    let types = "openapi: 3.0.3\ninfo: {title: Types, version: '1'}\npaths: {}\n";
    fs::write(folder.join("types.yaml"), types).unwrap();
    let told = |spec: &str, dir: &str, code: &str| {
        let ran = specwright(&folder, &["new", spec, dir]).exit(1);
        assert!(ran.err.contains(&format!("error[{code}]")), "{}", ran.err);
    };
    told("types.yaml", "types", "SW0811");
    assert!(!folder.join("types").exists());
    told("missing.yaml", "x", "SW0001");
    fs::create_dir(folder.join("package")).unwrap();
    fs::write(folder.join("package/Cargo.toml"), "[package]\n").unwrap();
    told("shop.yaml", "package", "SW0812");
    assert_eq!(texts(&folder.join("package")).len(), 1);
    let config = "[apis.types]\nspec = \"../types.yaml\"\n";
    fs::create_dir(folder.join("other")).unwrap();
    fs::write(folder.join("other/specwright.toml"), config).unwrap();
    told("shop.yaml", "other", "SW0813");
    let ran = specwright(&folder, &["new", "-", "x"]).exit(2);
    assert!(ran.err.contains("save it as a file first"), "{}", ran.err);
    assert!(!folder.join("x").exists());
}
