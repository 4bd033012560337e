//! Hostile text in every field: each description gives output or errors, output contains no injected code, and a crate with all payloads
//! compiles without running any of them.

use crate::check::{Job, scratch};
use crate::command::{run, target_dir};
use crate::sinks::{self, MARKER, PAYLOADS};
use crate::workspace::Workspace;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::{Map, Value, json};
use specwright::CrateKind;
use specwright::config::{Options, PackageName};
use specwright::diag::render::{Format, render};
use specwright::diag::{Diagnostics, Severity};
use specwright::hidden::is_hidden;
use specwright::source::Sources;
use specwright::write::{Files, NOT_RUST};
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// The output for a text, all kinds of crates.
fn generate(text: &str) -> (Option<Files>, Vec<&'static str>) {
    generate_kinds(text, &CrateKind::ALL)
}

/// The output for a text; the stack has the smallest default size of all platforms.
fn generate_kinds(text: &str, kinds: &'static [CrateKind]) -> (Option<Files>, Vec<&'static str>) {
    let text = text.to_owned();
    let work = move || {
        let mut diagnostics = Diagnostics::default();
        let (sources, entry) = Sources::from_texts(&[("openapi.yaml", &text)], &mut diagnostics);
        let mut options = Options::new(PackageName::new("hostile").unwrap());
        options.emit = kinds.to_vec();
        let output = entry.and_then(|entry| {
            specwright::pipeline::compile(&sources, entry, &options, &mut diagnostics)
        });
        assert_eq!(output.is_some(), !diagnostics.has_errors());
        let messages = render(&diagnostics, &sources, Format::Human, false);
        let steers = messages.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(steers, None, "a message steers the terminal: {messages:?}");
        let errors = diagnostics
            .iter()
            .filter(|one| one.severity == Severity::Error);
        let errors = errors.map(|one| one.code.id()).collect();
        for (path, text) in output.iter().flat_map(Files::iter) {
            let hidden = text.chars().find(|c| is_hidden(*c) && !"\n\t".contains(*c));
            assert_eq!(hidden, None, "{path} misleads who reads it");
        }
        (output, errors)
    };
    let worker = thread::Builder::new().stack_size(2 << 20).spawn(work);
    worker.unwrap().join().unwrap()
}

/// Every text field of OpenAPI 3.1, with a payload.
fn fields(payload: &str) -> Vec<(&'static str, Value)> {
    let base = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1", "description": "d", "summary": "s", "termsOfService": "t",
            "license": {"name": "MIT", "identifier": "MIT"}, "contact": {"name": "c"}},
        "externalDocs": {"url": "https://x.example", "description": "d"},
        "servers": [{"url": "https://x.example/{v}", "description": "d",
            "variables": {"v": {"default": "v1", "enum": ["v1", "v2"], "description": "d"}}}],
        "tags": [{"name": "tag", "description": "d"}],
        "security": [{"scheme": ["scope"]}],
        "paths": {"/p/{id}": {"summary": "s", "post": {
            "operationId": "op", "summary": "s", "description": "d", "tags": ["tag"], "x-api-path-slug": "slug",
            "externalDocs": {"url": "https://x.example", "description": "d"},
            "parameters": [
                {"name": "id", "in": "path", "required": true, "description": "d", "schema": {"type": "string"}, "example": "e"},
                {"name": "q", "in": "query", "description": "d", "schema": {"type": "string", "default": "x", "enum": ["x", "y"]}},
                {"name": "X-H", "in": "header", "schema": {"type": "string", "pattern": "p"}},
                {"name": "c", "in": "cookie", "schema": {"type": "string", "default": "x"}}],
            "requestBody": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Model"}}}},
            "responses": {"200": {"description": "d", "headers": {"X-A": {"description": "d", "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Union"}, "examples": {"e": {"value": "v"}}}}},
                "4XX": {"description": "d", "content": {"application/problem+json": {"schema": {"type": "object"}}}}}}}},
        "components": {
            "schemas": {
                "Model": {"title": "t", "description": "d", "type": "object", "required": ["kind"], "x-ext": "x",
                    "externalDocs": {"url": "https://x.example"},
                    "properties": {
                        "kind": {"type": "string", "const": "model"},
                        "text": {"type": "string", "description": "d", "default": "x", "examples": ["e"], "pattern": "p", "format": "f"},
                        "choice": {"type": "string", "enum": ["a", "b"], "description": "d", "x-enum-varnames": ["A", "B"],
                            "x-enumDescriptions": {"a": "d"}},
                        "nested": {"type": "object", "properties": {"deep": {"type": "integer", "title": "t"}}}}},
                "Other": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "const": "other"}}},
                "Union": {"oneOf": [{"$ref": "#/components/schemas/Model"}, {"$ref": "#/components/schemas/Other"}],
                    "discriminator": {"propertyName": "kind", "mapping": {"model": "#/components/schemas/Model", "other": "#/components/schemas/Other"}}}},
            "securitySchemes": {"scheme": {"type": "oauth2", "description": "d", "flows": {"clientCredentials": {
                "tokenUrl": "https://x.example", "scopes": {"scope": "d"}}}},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "d"}}}
    });
    let mut documents = Vec::new();
    for place in places(&base, "") {
        let mut document = base.clone();
        if let Some(value) = document.pointer_mut(&place) {
            *value = payload.into();
        }
        documents.push(("value", document));
    }
    for place in objects(&base, "") {
        let mut document = base.clone();
        let Some(members) = document.pointer_mut(&place).and_then(Value::as_object_mut) else {
            continue;
        };
        *members = members
            .iter()
            .enumerate()
            .map(|(index, (key, value))| {
                let key = if index == 0 { payload } else { key };
                (key.to_owned(), value.clone())
            })
            .collect::<Map<_, _>>();
        documents.push(("key", document));
    }
    documents
}

/// The pointers of all strings.
fn places(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::String(_) => vec![at.to_owned()],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(index, item)| places(item, &format!("{at}/{index}")))
                .collect()
        }
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, member)| places(member, &format!("{at}/{}", key.replace('/', "~1"))))
            .collect(),
        _ => Vec::new(),
    }
}

/// The pointers of all mappings with names chosen by the author.
fn objects(value: &Value, at: &str) -> Vec<String> {
    let named = [
        "/paths",
        "/schemas",
        "/properties",
        "/mapping",
        "/securitySchemes",
        "/scopes",
        "/headers",
        "/content",
        "/responses",
        "/variables",
        "/0",
    ];
    let mut found = Vec::new();
    if value.is_object() && named.iter().any(|name| at.ends_with(name)) {
        found.push(at.to_owned());
    }
    match value {
        Value::Array(items) => {
            found.extend(
                items
                    .iter()
                    .enumerate()
                    .flat_map(|(index, item)| objects(item, &format!("{at}/{index}"))),
            );
        }
        Value::Object(members) => {
            let members = members.iter();
            found.extend(members.flat_map(|(key, member)| {
                objects(member, &format!("{at}/{}", key.replace('/', "~1")))
            }));
        }
        _ => {}
    }
    found
}

fn all_wanted() -> bool {
    std::env::var_os("SPECWRIGHT_HOSTILE").is_some_and(|wanted| wanted == "all")
}

/// Every payload in every field. Unless all are wanted, each run tries a part of the pairs, chosen so that each payload and each field
/// occurs, and so they do in the third of which programs are written, too.
#[test]
fn every_payload_in_every_field() {
    let all = all_wanted();
    let (mut made, mut written, mut wrong) = (0, 0, Vec::new());
    for (turn, payload) in PAYLOADS.iter().enumerate() {
        let fields = fields(payload).into_iter().enumerate();
        for (index, (kind, document)) in fields {
            if !all && (index + turn) % 32 != 0 {
                continue;
            }
            made += 1;
            let kinds: &[CrateKind] = if all || (index + turn) % 96 == 0 {
                &CrateKind::ALL
            } else {
                &CrateKind::DEFAULT
            };
            let (files, _) = generate_kinds(&document.to_string(), kinds);
            written += usize::from(files.is_some());
            if let Some(problem) = files.and_then(|files| sinks::wrong(&files, "hostile")) {
                wrong.push(format!("{payload:?} as {kind} {index}: {problem}"));
            }
        }
    }
    println!("{made} descriptions made, {written} written");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(written * 10 > made * 7, "{written} of {made} are written");
}

/// All payloads in one description: as schemas, properties, enum values, defaults, parameters, tags, operations, documentation.
fn packed() -> Value {
    let (mut paths, mut schemas, mut properties) = (Map::new(), Map::new(), Map::new());
    for (index, payload) in PAYLOADS.iter().enumerate() {
        let operation = json!({
            "operationId": payload, "summary": payload, "description": payload, "tags": [payload],
            "parameters": [
                {"name": "id", "in": "path", "required": true, "description": payload, "schema": {"type": "string"}},
                {"name": format!("q{payload}"), "in": "query", "description": payload,
                    "schema": {"type": "string", "default": payload}}],
            "responses": {"200": {"description": payload, "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{}", escaped(payload))}}}}},
        });
        paths.insert(format!("/{index}/{{id}}"), json!({"get": operation}));
        schemas.insert(
            (*payload).to_owned(),
            json!({"title": payload, "description": payload, "type": "object", "properties": {
                "text": {"type": "string", "description": payload, "default": payload, "pattern": payload, "format": payload},
                "choice": {"type": "string", "enum": PAYLOADS, "description": payload}}}),
        );
        properties.insert(
            (*payload).to_owned(),
            json!({"type": "string", "description": payload}),
        );
    }
    schemas.insert(
        "Everything".to_owned(),
        json!({"type": "object", "properties": properties}),
    );
    let all = PAYLOADS.join("\n\n");
    json!({
        "openapi": "3.1.0",
        "info": {"title": "x\"]\n[dependencies]\npwned = \"1\" //", "version": "1\n2", "description": all},
        "servers": [{"url": "https://x.example/\"onload=\"", "description": all}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn escaped(name: &str) -> String {
    name.replace('%', "%25")
        .replace('~', "~0")
        .replace('/', "~1")
        .replace('#', "%23")
}

/// Crates with all payloads: they compile without warnings, rustdoc accepts them, and their only documentation tests are the quick start and the calls of operations.
/// Programs, which have little else of the description than literals, are only parsed.
#[test]
fn all_payloads_together_compile_and_run_nothing() {
    let folder = target_dir().join("hostile");
    fs::create_dir_all(&folder).unwrap();
    let spec = folder.join("openapi.json");
    fs::write(&spec, packed().to_string()).unwrap();
    let mut job = Job::new(spec, "hostile");
    job.options.emit = CrateKind::ALL.to_vec();
    // Links to items of disabled features couldn't be resolved.
    job.options.features = Some(false);
    let checked = job.check();
    let Some(files) = &checked.files else {
        panic!("{}", checked.messages);
    };
    assert_eq!(sinks::wrong(files, "hostile"), None);
    checked.write_to(&folder.join("out"));
    let members = CrateKind::DEFAULT.map(|kind| format!("out/{kind}"));
    let workspace = Workspace::write(&folder, &members);
    let quiet = |what: &str| {
        let mut command = workspace.cargo(what);
        command.arg("--no-default-features");
        command
    };
    let ran = run(quiet("clippy").args(["--workspace", "--", "-D", "warnings"]));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
    let ran = run(quiet("doc")
        .args(["--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings"));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
    // Generated manifests disable documentation tests; if they didn't, there would be only the quick start of each crate and the calls.
    let mut listed = String::new();
    for kind in CrateKind::DEFAULT {
        let path = folder.join("out").join(kind.name()).join("Cargo.toml");
        let manifest = fs::read_to_string(path).unwrap();
        assert!(manifest.contains("doctest = false\n"), "{manifest}");
        let mut list = quiet("rustdoc");
        list.arg(format!("--package=hostile-{kind}"));
        let ran = run(list.args(["--", "--test", "--test-args=--list"]));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        listed += &ran.out;
    }
    let tests = listed.lines().filter(|line| line.ends_with(": test"));
    let tests: Vec<&str> = tests.collect();
    let is_start = |test: &&&str| test.contains("/src/lib.rs - (line 7)");
    let shown = files.iter().map(|(path, text)| calls(path.as_str(), text));
    assert_eq!(tests.iter().filter(is_start).count(), 3, "{listed}");
    assert_eq!(tests.len(), 3 + shown.sum::<usize>(), "{listed}");
    for (path, text) in files
        .iter()
        .filter(|(path, _)| std::path::Path::new(path.as_str()).extension() == Some("rs".as_ref()))
    {
        // Those of programs show what to type.
        let mut roots = CrateKind::DEFAULT
            .map(|kind| format!("{kind}/src/lib.rs"))
            .into_iter();
        let has_start = roots.any(|root| path.as_str() == root);
        assert_eq!(
            tests_in_docs(text),
            usize::from(has_start) + calls(path.as_str(), text),
            "{} has code that rustdoc would take for a test",
            path.as_str()
        );
    }
}

/// Number of operations in a module of a client whose documentation shows their calls. Support code has facts of raw calls, too.
fn calls(path: &str, text: &str) -> usize {
    let is_module = path.contains("client/src/") && !path.contains("/support/");
    if !is_module || text.contains("#![cfg(feature = \"senders\")]") {
        return 0;
    }
    let is_operation =
        |line: &&str| line.starts_with("static ") && line.contains(": OperationInfo");
    text.lines().filter(is_operation).count()
}

/// Number of code blocks in documentation that rustdoc would run as tests: all those that aren't fenced as `json` or `text`.
fn tests_in_docs(text: &str) -> usize {
    let mut docs = vec![String::new()];
    for line in text.lines().map(str::trim_start) {
        match line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            Some(doc) => {
                let last = docs.len() - 1;
                docs[last] += doc.strip_prefix(' ').unwrap_or(doc);
                docs[last].push('\n');
            }
            None => docs.push(String::new()),
        }
    }
    let is_test = |event: &Event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => {
            !["json", "text"].contains(&&**word)
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        _ => false,
    };
    docs.iter()
        .flat_map(|doc| Parser::new(doc))
        .filter(is_test)
        .count()
}

/// The descriptions in `../shared/hostile`, if it exists: each gives output without injected code, or errors.
#[test]
fn known_attacks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/hostile");
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (files, errors) = generate(&fs::read_to_string(&path).unwrap());
        let problem = files.and_then(|files| sinks::wrong(&files, "hostile"));
        println!("{}: {errors:?}", path.display());
        wrong.extend(problem.map(|problem| format!("{}: {problem}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Structures that are too big or cyclic: each is fast, and gives output or errors.
#[test]
#[allow(clippy::too_many_lines)] // a list
fn structures_that_never_end() {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}}\n";
    let schemas = |inside: &str| format!("{head}components: {{schemas: {{{inside}}}}}\n");
    let deep = |open: &str, close: &str| {
        format!(
            "{head}x: {}1{}\n",
            open.repeat(10_000),
            close.repeat(10_000)
        )
    };
    // A debug build takes a minute for each.
    let lots = if all_wanted() { 100_000 } else { 10_000 };
    let many = |count: usize, one: &dyn Fn(usize) -> String| {
        (0..count).map(one).collect::<Vec<_>>().join(", ")
    };
    let cases: [(&str, String, Option<&str>); 17] = [
        ("aliases of aliases", bomb(head), Some("SW0007")),
        ("lists in lists", deep("[", "]"), Some("SW0006")),
        ("mappings in mappings", deep("{a: ", "}"), Some("SW0006")),
        (
            "the same in JSON",
            format!(
                "{{\"openapi\": \"3.1.0\", \"x\": {}1{}}}",
                "[".repeat(10_000),
                "]".repeat(10_000)
            ),
            Some("SW0006"),
        ),
        (
            "lists by indentation",
            format!(
                "{head}x:\n{}",
                (0..10_000).map(|_| "- ").collect::<String>()
            ),
            Some("SW0006"),
        ),
        (
            "a schema that is itself",
            schemas("A: {$ref: '#/components/schemas/A'}"),
            Some("SW0202"),
        ),
        (
            "a circle of three",
            schemas(
                "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/C'}, C: {$ref: '#/components/schemas/A'}",
            ),
            Some("SW0202"),
        ),
        (
            "allOf itself",
            schemas(
                "A: {allOf: [{$ref: '#/components/schemas/A'}], properties: {x: {type: string}}}",
            ),
            None,
        ),
        (
            "allOf in a circle",
            schemas(
                "A: {allOf: [{$ref: '#/components/schemas/B'}], properties: {x: {type: string}}}, B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {y: {type: string}}}",
            ),
            None,
        ),
        (
            "oneOf itself",
            schemas("A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}"),
            None,
        ),
        (
            "anyOf in a circle",
            schemas(
                "A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: string}]}, B: {anyOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}",
            ),
            None,
        ),
        (
            "not itself",
            schemas("A: {not: {$ref: '#/components/schemas/A'}, type: string}"),
            None,
        ),
        (
            "items of itself",
            schemas("A: {type: array, items: {$ref: '#/components/schemas/A'}}"),
            None,
        ),
        (
            "a required property of itself",
            schemas(
                "A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}",
            ),
            None,
        ),
        (
            "many values",
            schemas(&format!(
                "A: {{type: string, enum: [{}]}}",
                many(lots, &|index| format!("v{index}"))
            )),
            None,
        ),
        (
            "many properties",
            schemas(&format!(
                "A: {{type: object, properties: {{{}}}}}",
                many(lots, &|index| format!("p{index}: {{type: string}}"))
            )),
            None,
        ),
        (
            "a text of 10 MB",
            format!(
                "{head}x: {}\ncomponents: {{schemas: {{A: {{type: string, description: '{}'}}}}}}\n",
                "y".repeat(5_000_000),
                "z ".repeat(2_500_000)
            ),
            None,
        ),
    ];
    for (what, text, error) in cases {
        let started = Instant::now();
        let (files, errors) = generate(&text);
        let took = started.elapsed();
        println!("{what}: {errors:?} {took:?}");
        match error {
            Some(error) => assert!(errors.contains(&error), "{what}: {errors:?}"),
            None => assert_eq!(errors, [] as [&str; 0], "{what}"),
        }
        let wrong = files
            .filter(|_| text.len() < 100_000)
            .and_then(|files| sinks::wrong(&files, "hostile"));
        assert_eq!(wrong, None, "{what}");
        assert!(took < Duration::from_secs(120), "{what} takes {took:?}");
    }
}

/// Ten levels of ten aliases each.
fn bomb(head: &str) -> String {
    let mut text = format!("{head}x-0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
    for level in 1..10 {
        let aliases = vec![format!("*x{}", level - 1); 10].join(", ");
        let line = format!("x-{level}: &x{level} [{aliases}]\n");
        text.push_str(&line);
    }
    text
}

/// Escapes in YAML and JSON of what isn't a character, and tags that create objects in other languages.
#[test]
fn escapes_and_tags() {
    let head = "openapi: 3.1.0\npaths: {}\n";
    for text in ["\\ud800", "\\udc00\\ud800", "\\u0000", "\\uffff"] {
        let json = format!(
            "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"a{text}b\", \"version\": \"1\"}}, \"paths\": {{}}}}"
        );
        let (files, _) = generate(&json);
        assert_eq!(
            files.and_then(|files| sinks::wrong(&files, "hostile")),
            None,
            "{text}"
        );
        let yaml = format!("{head}info: {{title: \"a{text}b\", version: '1'}}\n");
        let (files, _) = generate(&yaml);
        assert_eq!(
            files.and_then(|files| sinks::wrong(&files, "hostile")),
            None,
            "{text}"
        );
    }
    for tag in [
        "!!python/object:os.system",
        "!!javax.script.ScriptEngineManager",
        "!ruby/object:Gem",
        "!<tag:x,2000:y>",
    ] {
        let (files, errors) = generate(&format!("{head}info: {{title: {tag} x, version: '1'}}\n"));
        assert!(
            files.is_none() && errors.contains(&"SW0002"),
            "{tag}: {errors:?}"
        );
    }
}

/// A reference never leaves the directory, uses the network or opens a device.
#[test]
fn references_stay_at_home() {
    let folder = scratch("hostile-references");
    for reference in [
        "file:///etc/passwd",
        "/etc/passwd",
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "http://169.254.169.254/latest/meta-data",
        "//evil.example/x",
        "/dev/zero",
        "file:///proc/self/environ",
        "\\\\evil\\share",
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}\n"
        );
        let spec = folder.join("openapi.yaml");
        fs::write(&spec, text).unwrap();
        let checked = Job::new(spec, "hostile").check();
        assert!(checked.files.is_none(), "{reference}");
        assert!(
            !checked.messages.contains("root:"),
            "{reference}: {}",
            checked.messages
        );
    }
}

/// Problems found by `fuzz/`, minimised.
#[test]
fn found_by_mutation() {
    let description = |tag: &str, scheme: &str| {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "\u{feff}T", "version": "1"},
            "security": [{scheme: []}],
            "paths": {"/a": {"get": {"operationId": "a", "tags": [tag], "responses": {"204": {"description": "d"}}}}},
            "components": {"securitySchemes": {scheme: {"type": "http", "scheme": "bearer"}}},
        })
        .to_string()
    };
    let cases = [
        (
            "a keyword that becomes a variable of the example",
            description("t", "in"),
        ),
        (
            "a tag that no compiler looks for a file of",
            description("ﬀ ß Ǆ", "s"),
        ),
        ("a tag in another script", description("名前", "s")),
        (
            "a letter whose lower case is two",
            description("İı\u{307}", "s"),
        ),
        ("a tag that is a device", description("CON", "s")),
    ];
    for (what, text) in cases {
        let (files, errors) = generate(&text);
        assert_eq!(errors, [] as [&str; 0], "{what}");
        let files = files.unwrap();
        assert_eq!(sinks::wrong(&files, "hostile"), None, "{what}");
    }
}

/// The check detects what it is meant to detect.
#[test]
fn sinks_that_leak_are_seen() {
    let message = format!("compile_error!(\"{NOT_RUST}x\");");
    let table = |operations: &str| format!("static OPERATIONS: &[Operation] = &[{operations}];");
    let [twice, hidden, own, flag] = [
        "Operation { name: \"a\" }, Operation { name: \"a\" }",
        "Operation { name: \"a\", about: \"x\\u{202e}\" }",
        "Operation { name: \"read_more\" }",
        "Operation { name: \"a\", arguments: &[Argument { ..Argument::new(\"output\", P, K) }] }",
    ]
    .map(table);
    let leaks: [(&str, &str); 16] = [
        ("types/src/lib.rs", &message),
        ("types/src/lib.rs", "pub fn pwned() {}"),
        ("types/src/lib.rs", "struct S { pwned: u8 }"),
        ("types/src/lib.rs", "// \u{202e}"),
        ("types/src/lib.rs", "fn"),
        ("types/Cargo.toml", "[package]\nbuild = \"x\"\n"),
        ("types/Cargo.toml", "[dependencies]\nevil = \"1\"\n"),
        ("types/rustfmt.toml", "required_version = \"1\"\n"),
        ("types/README.md", "<script>x</script>"),
        ("types/README.md", "[x](javascript:y)"),
        ("client/llms.txt", "[x](javascript:y)"),
        ("cli/src/commands/a.rs", &twice),
        ("cli/src/commands/a.rs", &flag),
        ("mcp/src/operations/a.rs", &hidden),
        ("mcp/src/operations/a.rs", &own),
        ("mcp/src/openapi.json", "{"),
    ];
    for (path, text) in leaks {
        let mut files = Files::default();
        files.insert(path, text.to_owned()).unwrap();
        assert!(sinks::wrong(&files, "hostile").is_some(), "{path}: {text}");
    }
    assert_eq!(MARKER, "pwned");
    assert_eq!(
        tests_in_docs("/// a\n///\n/// ```text\n/// x\n/// ```\nfn f() {}"),
        0
    );
    assert_eq!(
        tests_in_docs("/// - a: ```text\n///   x\n///   ```\n///\n///   y"),
        1
    );
    assert_eq!(tests_in_docs("///     x\nfn f() {}"), 1);
}
