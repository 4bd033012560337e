//! Common mistakes that are repaired: each description gives output, with exactly these warnings; and what remains an error.

use specwright::config::{Options, PackageName};
use specwright::diag::{Diagnostics, Severity};
use specwright::source::Sources;

const V3: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
const V2: &str = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n";
const DONE: &str = "responses: {'204': {description: Done}}";

/// The codes of a description; panics if there is no output in spite of only warnings, or the other way round.
fn codes(text: &str) -> Vec<&'static str> {
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("a.yaml", text)], &mut diagnostics);
    let options = Options::new(PackageName::new("a").unwrap());
    let output = entry.and_then(|entry| {
        specwright::pipeline::compile(&sources, entry, &options, &mut diagnostics)
    });
    assert_eq!(output.is_some(), !diagnostics.has_errors(), "{text}");
    let mut codes: Vec<_> = diagnostics.iter().map(|one| one.code.id()).collect();
    if diagnostics.count(Severity::Error) > 0 {
        codes.insert(0, "error");
    }
    codes.dedup();
    codes
}

#[track_caller]
fn all(cases: &[(&str, String, &[&str])]) {
    for (what, text, wanted) in cases {
        assert_eq!(codes(text), *wanted, "{what}\n{text}");
    }
}

/// An operation at `path` with this content.
fn operation(path: &str, inside: &str) -> String {
    format!("{V3}paths: {{'{path}': {{post: {{operationId: a, {inside}}}}}}}\n")
}

fn parameters(list: &str) -> String {
    operation("/a", &format!("parameters: {list}, {DONE}"))
}

fn responses(inside: &str) -> String {
    operation("/a", &format!("responses: {inside}"))
}

/// Named schemas next to an operation.
fn schemas(inside: &str) -> String {
    operation("/a", DONE) + "components: {schemas: {" + inside + "}}\n"
}

fn top(line: &str) -> String {
    operation("/a", DONE) + line + "\n"
}

#[test]
fn the_top() {
    let bare = operation("/a", DONE);
    all(&[
        (
            "no version",
            bare.replace(", version: '1'", ""),
            &["SW0124"],
        ),
        (
            "no info",
            bare.replace("info: {title: T, version: '1'}\n", ""),
            &["SW0124"],
        ),
        ("no paths", V3.to_owned(), &["SW0306"]),
        ("null paths", format!("{V3}paths:\n"), &["SW0306"]),
        (
            "a list for an empty mapping",
            format!("{V3}paths: []\n"),
            &["SW0138", "SW0306"],
        ),
        ("version 3", bare.replace("3.0.3", "3"), &[]),
        ("a version with a v", bare.replace("3.0.3", "v3.0.3"), &[]),
        ("a version as a number", bare.replace("3.0.3", "3.0"), &[]),
        ("a tag as a text", top("tags: a"), &["SW0138"]),
        (
            "a server as a text",
            top("servers: https://x.example"),
            &["SW0138"],
        ),
        (
            "one server",
            top("servers: {url: https://x.example}"),
            &["SW0138"],
        ),
        (
            "servers as texts",
            top("servers: [https://x.example]"),
            &["SW0138"],
        ),
        (
            "a server without url",
            top("servers: [{description: x}]"),
            &["SW0131"],
        ),
        (
            "a variable without default",
            top("servers: [{url: 'https://{x}.example', variables: {x: {}}}]"),
            &["SW0131"],
        ),
        (
            "null everywhere",
            top("servers: null\ntags: null\nsecurity: null\nexternalDocs: null\ncomponents: null"),
            &[],
        ),
        (
            "extensions in odd places",
            top("x-a: 1\ncomponents: {x-l: 1, schemas: {x-m: {type: string}}}"),
            &[],
        ),
        ("a key twice", top("tags: []\ntags: []"), &["SW0004"]),
    ]);
}

#[test]
fn paths() {
    let twins = format!(
        "{V3}paths: {{'/a/{{x}}': {{get: {{operationId: one, {DONE}}}}}, '/a/{{y}}': {{get: {{operationId: two, {DONE}}}}}}}\n"
    );
    let other = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
    let with = |path: &str| operation(path, &format!("{other}, {DONE}"));
    all(&[
        ("no slash", operation("a", DONE), &["SW0216"]),
        ("empty", operation("", DONE), &["SW0216"]),
        (
            "a template without parameter",
            operation("/a/{id}", DONE),
            &["SW0107"],
        ),
        ("a parameter without template", with("/a"), &["SW0108"]),
        ("another case", with("/a/{ID}"), &["SW0218"]),
        ("a star", with("/a/{id*}"), &["SW0218"]),
        ("a plus", with("/a/{+id}"), &["SW0218"]),
        ("a template twice", with("/{id}/{id}"), &["SW0112"]),
        ("twins", twins, &["SW0107", "SW0111"]),
        (
            "a method twice",
            format!("{V3}paths: {{/a: {{GET: {{{DONE}}}, get: {{{DONE}}}}}}}\n"),
            &["SW0136"],
        ),
        (
            "an unclosed template",
            with("/a/{id"),
            &["error", "SW0109", "SW0306"],
        ),
        (
            "a URL",
            operation("https://x.example/a", DONE),
            &["error", "SW0109"],
        ),
        (
            "the same operationId",
            format!(
                "{V3}paths: {{/a: {{get: {{operationId: a, {DONE}}}, put: {{operationId: a, {DONE}}}}}}}\n"
            ),
            &["SW0110"],
        ),
        (
            "nothing in an operation",
            format!("{V3}paths: {{/a: {{get: }}, /b: }}\n"),
            &["SW0306"],
        ),
    ]);
}

#[test]
fn parameters_of_all_kinds() {
    let v2 = |list: &str| {
        format!("{V2}paths: {{/a: {{post: {{operationId: a, parameters: {list}, {DONE}}}}}}}\n")
    };
    all(&[
        (
            "no schema",
            parameters("[{name: x, in: query}]"),
            &["SW0121"],
        ),
        (
            "a type beside it",
            parameters("[{name: x, in: query, type: integer}]"),
            &["SW0121", "SW0134"],
        ),
        (
            "another case",
            parameters("[{name: x, in: Query, schema: {type: string}}]"),
            &["SW0130"],
        ),
        ("null", parameters("[null]"), &["SW0127"]),
        (
            "twice",
            parameters(
                "[{name: x, in: query, schema: {type: string}}, {name: x, in: query, schema: {type: integer}}]",
            ),
            &["SW0106"],
        ),
        (
            "a style of elsewhere",
            parameters("[{name: x, in: query, style: simple, schema: {type: string}}]"),
            &["SW0130"],
        ),
        (
            "nowhere",
            parameters("[{name: x, in: nowhere, schema: {type: string}}]"),
            &["error", "SW0105"],
        ),
        (
            "no name",
            parameters("[{in: query, schema: {type: string}}]"),
            &["error", "SW0103"],
        ),
        (
            "gone",
            parameters("[{$ref: '#/components/parameters/X'}]"),
            &["error", "SW0201"],
        ),
        (
            "a cookie in Swagger 2",
            v2("[{name: x, in: cookie, type: string}]"),
            &[],
        ),
        (
            "an unknown collectionFormat",
            v2("[{name: x, in: query, type: array, items: {type: string}, collectionFormat: no}]"),
            &["SW0130"],
        ),
        (
            "a body without schema",
            v2("[{name: x, in: body}]"),
            &["SW0132"],
        ),
        (
            "two bodies",
            v2(
                "[{name: x, in: body, schema: {type: object}}, {name: y, in: body, schema: {type: object}}]",
            ),
            &["SW0106"],
        ),
        (
            "a body and a form",
            v2(
                "[{name: x, in: body, schema: {type: object}}, {name: y, in: formData, type: string}]",
            ),
            &["error", "SW0129"],
        ),
    ]);
}

#[test]
fn bodies_and_responses() {
    all(&[
        (
            "a body without content",
            operation("/a", &format!("requestBody: {{required: true}}, {DONE}")),
            &["SW0132"],
        ),
        (
            "a body that is gone",
            operation(
                "/a",
                &format!("requestBody: {{$ref: '#/components/requestBodies/X'}}, {DONE}"),
            ),
            &["SW0123"],
        ),
        ("no responses", operation("/a", "summary: A"), &[]),
        ("no description", responses("{'204': {}}"), &["SW0122"]),
        ("nothing", responses("{'204': }"), &["SW0122"]),
        ("a text", responses("{'204': Done}"), &["SW0138"]),
        (
            "gone",
            responses("{'204': {$ref: '#/components/responses/X'}}"),
            &["SW0209"],
        ),
        (
            "a header as a text",
            responses("{'204': {description: d, headers: {X-A: string}}}"),
            &["SW0127"],
        ),
        ("2xx", responses("{2xx: {description: d}}"), &[]),
        ("spaces", responses("{'default ': {description: d}}"), &[]),
        (
            "a whole hundred",
            responses("{200-299: {description: d}}"),
            &["SW0130"],
        ),
        (
            "a status and its words",
            responses("{200 OK: {description: d}}"),
            &["SW0130"],
        ),
        (
            "a decimal",
            responses("{'200.0': {description: d}}"),
            &["SW0130"],
        ),
        (
            "several",
            responses("{'200,201': {description: d}}"),
            &["SW0130"],
        ),
        (
            "none",
            responses("{ok: {description: d}, '600': {description: d}, '0': {description: d}}"),
            &["SW0126"],
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines)] // a list
fn kinds_of_schemas() {
    all(&[
        (
            "another case of a type",
            schemas("A: {type: String}"),
            &["SW0128"],
        ),
        ("file", schemas("A: {type: file}"), &[]),
        (
            "a word for a schema",
            schemas("A: {properties: {x: string}}"),
            &["SW0138"],
        ),
        (
            "required: true",
            schemas("A: {properties: {x: {type: string, required: true}}}"),
            &["SW0127"],
        ),
        (
            "numbers as texts",
            schemas("A: {type: integer, minimum: '1'}"),
            &[],
        ),
        (
            "no numbers",
            schemas("A: {type: integer, minimum: one}"),
            &["SW0127"],
        ),
        (
            "no enum values",
            schemas("A: {type: string, enum: []}"),
            &["SW0138"],
        ),
        (
            "enum as a mapping",
            schemas("A: {type: string, enum: {a: b}}"),
            &["SW0127"],
        ),
        ("no items", schemas("A: {type: array}"), &[]),
        (
            "a list for no properties",
            schemas("A: {type: object, properties: []}"),
            &["SW0138"],
        ),
        (
            "one for a list",
            schemas("A: {allOf: {type: string}}"),
            &["SW0138"],
        ),
        (
            "gone",
            schemas("A: {properties: {x: {$ref: '#/components/schemas/X'}}}"),
            &["SW0208"],
        ),
        (
            "where Swagger 2 has it",
            schemas("A: {properties: {x: {$ref: '#/definitions/B'}}}, B: {type: string}"),
            &["SW0215"],
        ),
        (
            "a bare name",
            schemas("A: {properties: {x: {$ref: B}}}, B: {type: string}"),
            &["SW0215"],
        ),
        (
            "a sibling",
            schemas(
                "A: {properties: {x: {$ref: '#/components/schemas/B', description: d}}}, B: {type: string}",
            ),
            &[],
        ),
        (
            "nothing but itself",
            schemas("A: {type: array, items: {$ref: '#/components/schemas/A'}}"),
            &[],
        ),
        (
            "another name for itself",
            schemas("A: {allOf: [{$ref: '#/components/schemas/A'}]}"),
            &["SW0313"],
        ),
        (
            "a circle",
            schemas("A: {$ref: '#/components/schemas/A'}"),
            &["error", "SW0202"],
        ),
        (
            "a discriminator without property",
            schemas("A: {type: object, discriminator: {}}"),
            &["SW0131"],
        ),
        (
            "a discriminator that is none",
            schemas("A: {type: object, discriminator: true}"),
            &["SW0127"],
        ),
        (
            "null everywhere",
            schemas(
                "A: {type: null, properties: null, required: null, allOf: null, enum: null, items: null, format: null}, B: null",
            ),
            &[],
        ),
    ]);
}

#[test]
fn security() {
    let schemes =
        |inside: &str| operation("/a", DONE) + "components: {securitySchemes: {" + inside + "}}\n";
    all(&[
        ("unknown", top("security: [{no: []}]"), &["SW0125"]),
        (
            "as a mapping",
            top("security: {no: []}"),
            &["SW0138", "SW0125"],
        ),
        ("as texts", top("security: [no]"), &["SW0138", "SW0125"]),
        ("an unknown type", schemes("a: {type: no}"), &["SW0127"]),
        ("no type", schemes("a: {}"), &["SW0131"]),
        (
            "a key without a name",
            schemes("a: {type: apiKey, in: header}"),
            &["SW0131"],
        ),
        ("no flows", schemes("a: {type: oauth2}"), &[]),
        ("no address", schemes("a: {type: openIdConnect}"), &[]),
    ]);
}

/// An invalid scheme must not make an operation public: it requires a bearer token instead.
#[test]
fn an_unknown_scheme_keeps_its_operations_closed() {
    let text = top("security: [{no: []}]");
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("a.yaml", &text)], &mut diagnostics);
    let options = Options::new(PackageName::new("a").unwrap());
    let plan = specwright::pipeline::dump(
        specwright::pipeline::Stage::Plan,
        &sources,
        entry.unwrap(),
        &options,
        &mut diagnostics,
    );
    let plan = plan.unwrap();
    assert!(
        plan.contains("scheme NO .bearer(…) Bearer from A_TOKEN\n")
            && plan.contains("    proves NO\n"),
        "{plan}"
    );
}
