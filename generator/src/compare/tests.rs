//! Compares two small documents, or the two of Mattermost.

use super::*;
use crate::diag::Diagnostics;
use crate::source::Sources;
use std::path::Path;

fn api(text: &str) -> Api {
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("openapi.yaml", text)], &mut diagnostics);
    let document = crate::document::read(&sources, entry.unwrap(), &mut diagnostics).unwrap();
    let api = crate::lower::lower(&document, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    api
}

/// A 3.1 document with this body after the usual head.
fn v3(rest: &str) -> Api {
    api(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}"
    ))
}

/// An operation `GET /a` that responds with this schema, which may refer to `schemas`.
fn answering(schema: &str, schemas: &str) -> Api {
    let content = format!("content: {{application/json: {{schema: {schema}}}}}");
    v3(&format!(
        "paths: {{/a: {{get: {{responses: {{200: {{description: x, {content}}}}}}}}}}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    ))
}

/// The differences of the only operation.
fn said(a: &Api, b: &Api) -> String {
    let text = run(a, b).to_string();
    let line = text.lines().nth(3).unwrap();
    line.split_once("   ").unwrap().1.to_owned()
}

#[test]
fn mattermost_s_two_documents_share_eight_operations() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let read =
        |name: &str| api(&std::fs::read_to_string(specs.join(name).join("openapi.yaml")).unwrap());
    let (a, b) = (read("mattermost-oauth-swagger2"), read("mattermost-oauth"));
    let comparison = run(&a, &b);
    let only: Vec<_> = comparison
        .rows
        .iter()
        .filter(|row| row.outcome == Outcome::OnlyB)
        .collect();
    let only: Vec<_> = only
        .iter()
        .map(|row| format!("{} {}", row.method, row.path))
        .collect();
    assert_eq!(
        only,
        [
            "GET /.well-known/oauth-authorization-server",
            "POST /api/v4/oauth/apps/register"
        ]
    );
    let text = comparison
        .labelled(["two.yaml".to_owned(), "three\u{1b}.yaml".to_owned()])
        .to_string();
    assert!(
        text.starts_with("A  two.yaml\nB  three\\u{1b}.yaml\n\nPOST   /api/v4/oauth/apps "),
        "{text}"
    );
    assert!(
        text.ends_with("\n8 shared (0 same, 8 different), 0 only in A, 2 only in B\n"),
        "{text}"
    );
    assert!(
        text.contains("parameters (page: string / int64; page default: none / 0; per_page: "),
        "{text}"
    );
    assert!(text.contains("body (any / object; required: no / yes), responses (200 only in A; 201, 400, 401, 403, 501 only in B)"), "{text}");
    assert!(text.contains("security (none / bearer token)"), "{text}");
    assert!(
        run(&b, &b)
            .to_string()
            .ends_with("\n10 shared (10 same, 0 different), 0 only in A, 0 only in B\n")
    );
}

#[test]
fn paths_are_matched_behind_the_server_and_without_template_names() {
    let path = |name: &str| {
        format!(
            "get: {{parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}], responses: {{204: {{description: x}}}}}}"
        )
    };
    let a = v3(&format!(
        "servers: [{{url: 'https://h/api/'}}]\npaths:\n  /x/{{id}}: {{{}}}\n  /x/all: {{get: {{responses: {{204: {{description: x}}}}}}}}\n",
        path("id")
    ));
    let b = v3(&format!("paths:\n  /api/x/{{key}}: {{{}}}\n", path("key")));
    let text = run(&a, &b).to_string();
    let wanted = "A  A\nB  B\n\nGET /api/x/{id}   differs in: parameters (id name: id / key)\nGET /api/x/all    only in A\n\n\
                  1 shared (0 same, 1 different), 1 only in A, 0 only in B\n";
    assert_eq!(text, wanted);
    let empty = v3("paths: {}\n");
    assert_eq!(
        run(&empty, &empty).to_string(),
        "A  A\nB  B\n\n0 shared (0 same, 0 different), 0 only in A, 0 only in B\n"
    );
    assert_eq!(
        run(&empty, &b).count(|outcome| *outcome == Outcome::OnlyB),
        1
    );
}

#[test]
fn every_difference_is_named() {
    let a = v3(
        "components: {securitySchemes: {k: {type: apiKey, in: header, name: X-Key}}}\npaths: {/a: {post: {operationId: a, summary: One, \
         description: \"x\\ny\", tags: [t], security: [{k: []}], parameters: [{name: p, in: query, schema: {type: string}}, \
         {name: q, in: query, schema: {type: string}}], requestBody: {content: {text/plain: {}}}, responses: {200: {description: x, \
         content: {application/json: {schema: {type: integer}}}}, 404: {description: x}}}}}\n",
    );
    let b = v3(
        "paths: {/a: {post: {operationId: b, summary: Two, description: \"x y\", deprecated: true, parameters: [{name: p, in: query, \
         required: true, schema: {type: string, default: z}}, {name: p, in: header, schema: {type: string}}], \
         requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {n: {type: string}}}}}}, \
         responses: {200: {description: other, headers: {X-Next: {schema: {type: string}}}}, default: {description: x}}}}}\n",
    );
    let wanted = "differs in: parameters (p required: no / yes; p default: none / \"z\"; q only in A; p only in B), \
                  body (media type: text/plain / application/json; body: text / object; required: no / yes), \
                  responses (200 body: int64 / no body; 200 headers: none / x-next; 404 only in A; default only in B), \
                  security (header x-key / none), operationId, summary, tags (t / none), deprecated (no / yes)";
    assert_eq!(said(&a, &b), wanted);
}

#[test]
fn types_are_compared_by_what_they_are() {
    let list = |name: &str, value: &str| {
        format!(
            "{name}: {{type: object, required: [v], properties: {{v: {{type: {value}}}, next: {{$ref: '#/components/schemas/{name}'}}}}}}"
        )
    };
    let node = |name: &str, value: &str| {
        answering(
            &format!("{{$ref: '#/components/schemas/{name}'}}"),
            &list(name, value),
        )
    };
    assert_eq!(
        said(&node("Node", "string"), &node("Liste", "string")),
        "same"
    );
    assert_eq!(
        said(&node("Node", "string"), &node("Node", "boolean")),
        "differs in: responses (200 at v: string / boolean)"
    );

    let pairs = [
        (
            "{type: object, properties: {a: {type: string}, b: {}}}",
            "{type: object, properties: {b: {}, a: {type: string}}}",
            "same",
        ),
        (
            "{type: string, maxLength: 3}",
            "{type: string, maxLength: 4}",
            "200: string (at most 3) / string (at most 4)",
        ),
        (
            "{type: array, items: {type: object, properties: {a: {}}}}",
            "{type: array, items: {type: string}}",
            "200 at []: object / string",
        ),
        (
            "{type: array, items: {}}",
            "{type: array, minItems: 1, items: {}}",
            "200: [any] / [any] (1 or more)",
        ),
        (
            "{type: object, properties: {a: {}}}",
            "{type: object, properties: {b: {}}}",
            "200 at a: present / absent",
        ),
        (
            "{type: object, properties: {a: {}}}",
            "{type: object, properties: {a: {}, b: {}}}",
            "200 at b: absent / present",
        ),
        (
            "{type: object, properties: {a: {}}}",
            "{type: object, required: [a], properties: {a: {}}}",
            "200 at a: optional / required",
        ),
        (
            "{type: object, properties: {a: {}}, additionalProperties: false}",
            "{type: object, properties: {a: {}}}",
            "200: closed object / open object",
        ),
        (
            "{type: object, additionalProperties: {type: array, items: {type: string}}}",
            "{type: object, additionalProperties: {type: array, items: {type: integer}}}",
            "200 at {}[]: string / int64",
        ),
    ];
    for (a, b, wanted) in pairs {
        let wanted = if wanted == "same" {
            wanted.to_owned()
        } else {
            format!("differs in: responses ({wanted})")
        };
        assert_eq!(said(&answering(a, ""), &answering(b, "")), wanted);
    }
}

#[test]
fn null_in_the_place_of_a_body_is_compared() {
    let named = "S: {type: object, properties: {a: {type: string}}}";
    let plain = answering("{$ref: '#/components/schemas/S'}", named);
    let null = "{oneOf: [{$ref: '#/components/schemas/S'}, {type: 'null'}]}";
    let nullable = answering(null, named);
    let text = said(&plain, &nullable);
    assert!(text.contains("null"), "{text}");
    assert!(
        text.contains("not allowed") && text.contains("allowed"),
        "{text}"
    );
    assert!(
        run(&nullable, &nullable)
            .rows
            .iter()
            .all(|row| row.outcome == Outcome::Same)
    );
}
