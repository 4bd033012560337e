//! Pairs of small documents, and the rules of their differences.

mod coverage;
mod table;
mod texts;

use super::*;
use crate::diag::Diagnostics;
use crate::source::Sources;

/// An API with the sources that its places point into.
struct Read {
    api: Api,
    sources: Sources,
}

fn read(text: &str) -> Read {
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("openapi.yaml", text)], &mut diagnostics);
    let document = crate::document::read(&sources, entry.unwrap(), &mut diagnostics).unwrap();
    let api = crate::lower::lower(&document, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{text}\n{diagnostics:?}");
    Read { api, sources }
}

/// A 3.1 document with this body after the usual head.
fn document(rest: &str) -> String {
    if rest.starts_with("openapi") {
        return rest.to_owned();
    }
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}")
}

/// A document in which a schema `T` is sent both ways.
fn both_ways(schema: &str) -> String {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}";
    document(&format!(
        "paths: {{/a: {{post: {{requestBody: {{required: true, {content}}}, responses: {{200: {{description: x, {content}}}}}}}}}}}\n\
         components: {{schemas: {{T: {schema}, A: {{type: object, required: [k], properties: {{k: {{type: string}}, a: {{type: string}}}}}}, \
         B: {{type: object, required: [k], properties: {{k: {{type: string}}, b: {{type: string}}}}}}, \
         C: {{type: object, required: [k], properties: {{k: {{type: string}}, c: {{type: string}}}}}}}}}}\n"
    ))
}

/// A document with these fields of an operation `POST /a/{id}`.
fn operation(fields: &str) -> String {
    let responses = if fields.contains("responses:") {
        ""
    } else {
        ", responses: {204: {description: x}}"
    };
    let path = if fields.contains("in: path") {
        "/a/{id}"
    } else {
        "/a"
    };
    document(&format!(
        "components: {{securitySchemes: {{k: {{type: apiKey, in: header, name: K}}, o: {{type: oauth2, flows: {{}}}}}}}}\n\
         paths: {{'{path}': {{post: {{operationId: a{fields}{responses}}}}}}}\n"
    ))
}

fn differences(old: &str, new: &str) -> Diff {
    run(&read(old).api, &read(new).api)
}

/// The rules of all findings, without repetitions, in order.
fn rules_of(diff: &Diff) -> Vec<&'static str> {
    let mut rules: Vec<&str> = diff.findings.iter().map(|one| one.rule.id).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// The verdicts on the wire of a rule in both directions.
fn wires(diff: &Diff, rule: &str) -> [Option<Wire>; 2] {
    [Direction::Request, Direction::Response].map(|direction| {
        let mut found = diff.findings.iter();
        let found = found.find(|one| one.rule.id == rule && one.direction == Some(direction));
        found.map(|one| one.wire)
    })
}

#[test]
fn a_document_is_equal_to_itself_in_another_order() {
    let old = document(
        "paths:\n  /a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {204: {description: x}}}}\n  \
         /b: {get: {responses: {204: {description: x}}}}\n",
    );
    let new = document(
        "paths:\n  /b: {get: {responses: {204: {description: x}}}}\n  \
         /a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {204: {description: x}}}}\n",
    );
    assert!(differences(&old, &new).findings.is_empty());
    assert!(differences(&old, &old).verdict().is_none());
}

/// What a request may narrow breaks, what a response may: not; and the other way round.
#[test]
fn requests_are_contravariant_and_responses_covariant() {
    let schema = |required: &str, most: &str| {
        format!(
            "{{type: object, required: [{required}], properties: {{a: {{type: string{most}}}, b: {{type: string}}}}}}"
        )
    };
    let (loose, tight) = (schema("b", ""), schema("a, b", ", maxLength: 5"));
    let (loose, tight) = (both_ways(&loose), both_ways(&tight));
    let narrowed = differences(&loose, &tight);
    let (breaking, info) = (Some(Wire::Breaking), Some(Wire::Info));
    assert_eq!(
        wires(&narrowed, "property-became-required"),
        [breaking, info]
    );
    assert_eq!(wires(&narrowed, "limit-added"), [Some(Wire::Warning), info]);
    let widened = differences(&tight, &loose);
    assert_eq!(
        wires(&widened, "property-became-optional"),
        [info, breaking]
    );
    assert_eq!(wires(&widened, "limit-removed"), [info, breaking]);
}

/// The API sends what a webhook requests, so a required property more breaks no receiver.
#[test]
fn webhooks_turn_directions_round() {
    let webhook = |required: &str| {
        document(&format!(
            "webhooks: {{w: {{post: {{requestBody: {{content: {{application/json: {{schema: {{type: object, required: [{required}], \
             properties: {{a: {{type: string}}}}}}}}}}}}, responses: {{204: {{description: x}}}}}}}}}}\n"
        ))
    };
    let diff = differences(&webhook(""), &webhook("a"));
    assert_eq!(
        wires(&diff, "property-became-required"),
        [None, Some(Wire::Info)]
    );
    let diff = differences(&webhook("a"), &webhook(""));
    assert_eq!(
        wires(&diff, "property-became-optional"),
        [None, Some(Wire::Breaking)]
    );
}

/// A property that one direction leaves out is judged for the other one only.
#[test]
fn what_a_direction_leaves_out_does_not_break_it() {
    let schema = |kind: &str| {
        both_ways(&format!(
            "{{type: object, properties: {{a: {{type: {kind}, readOnly: true}}}}}}"
        ))
    };
    let diff = differences(&schema("string"), &schema("integer"));
    assert_eq!(wires(&diff, "type-changed"), [None, Some(Wire::Breaking)]);
    assert_eq!(diff.findings.len(), 1, "{:?}", diff.findings);
}

/// A schema that nothing uses is still an item of the types.
#[test]
fn what_nobody_sends_breaks_only_rust() {
    let schema = |kind: &str| {
        document(&format!(
            "paths: {{}}\ncomponents: {{schemas: {{S: {{type: object, properties: {{a: {{type: {kind}}}}}}}}}}}\n"
        ))
    };
    let diff = differences(&schema("string"), &schema("integer"));
    let verdict = diff.verdict().unwrap();
    assert_eq!((verdict.wire, verdict.client), (Wire::Info, Bump::Major));
    assert_eq!(diff.findings[0].place(), "schema S, .a");
}

#[test]
fn recursive_schemas_end_and_are_told_once() {
    let tree = |kind: &str| {
        both_ways(&format!(
            "{{type: object, properties: {{value: {{type: {kind}}}, children: {{type: array, items: {{$ref: '#/components/schemas/T'}}}}, \
             next: {{anyOf: [{{$ref: '#/components/schemas/T'}}, {{type: string}}]}}}}}}"
        ))
    };
    let diff = differences(&tree("string"), &tree("boolean"));
    assert_eq!(rules_of(&diff), ["type-changed"]);
    assert_eq!(diff.findings.len(), 2);
}

/// Places are those of what differs, in both files.
#[test]
fn places_point_at_what_differs() {
    let old = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n        - {name: p, in: query, schema: {type: string}}\n      responses: {204: {description: x}}\n";
    let new = old.replace("schema: {type: string}", "schema: {type: integer}");
    let (old, new) = (read(old), read(&new));
    let diff = run(&old.api, &new.api);
    let spot = |origin: &Origin, read: &Read| {
        let place = crate::source::Place::Value(origin.clone());
        read.sources.position(&place).unwrap().1.line
    };
    let [one] = &diff.findings[..] else {
        panic!("{:?}", diff.findings)
    };
    assert_eq!((spot(&one.old, &old), spot(&one.new, &new)), (7, 7));
    assert_eq!(
        one.old.pointer.to_string(),
        "/paths/~1a/get/parameters/0/schema"
    );
    assert_eq!(one.sentence(), "the type changed: int64, was string");
    assert_eq!(
        one.place(),
        "POST /a, query parameter p".replace("POST", "GET")
    );
}

#[test]
fn thresholds_are_words() {
    assert_eq!("wire:warning".parse(), Ok(Threshold::Wire(Wire::Warning)));
    assert_eq!("rust:major".parse(), Ok(Threshold::Rust(Bump::Major)));
    for wrong in ["", "wire", "wire:major", "rust:breaking", "types:major"] {
        assert!(wrong.parse::<Threshold>().is_err(), "{wrong}");
    }
}

#[test]
fn ids_are_unique_words() {
    let mut ids: Vec<&str> = ALL.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let is_word = |id: &&str| {
        id.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    assert!(ids.iter().all(is_word));
}

/// The list of all rules isn't part of this repository.
#[test]
fn no_rule_is_left_out() {
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/design/breaking-rules.tsv");
    let Ok(text) = std::fs::read_to_string(list) else {
        println!("skipped: there is no list of rules");
        return;
    };
    let table = coverage::table();
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|line| line.rsplit('\t').next())
        .collect();
    let missing: Vec<&&str> = ids.iter().filter(|id| !table.contains_key(**id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(ids.len() > 500, "{}", ids.len());
}
