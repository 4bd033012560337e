//! `report`: its counts, its places, and that free-form schemas aren't fallbacks.

use crate::check::{root, scratch};
use crate::command::specwright;
use serde_json::{Value, json};
use std::fs;

const SMALL: &str = r##"openapi: 3.1.0
info: {title: Small, version: 1.2.0}
paths:
  /things/{id}:
    parameters: [{name: id, in: path, schema: {type: string}}]
    get:
      operationId: getThing
      tags: [things]
      parameters: [{name: page, in: query, schema: {type: integer}}, {name: size, in: query}]
      responses:
        "200":
          description: Thing
          content:
            application/json: {schema: {$ref: "#/components/schemas/Thing"}}
        okay: {description: No status}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Thing:
      type: object
      properties:
        free: {}
        map: {type: object}
        list: {type: array}
        mixed: {not: {type: string}, $dynamicRef: "#nowhere"}
        none: {allOf: [{type: string}, {type: integer}]}
    Words: {type: string, enum: [a, b]}
    Either: {oneOf: [{type: string}, {type: integer}]}
    Free: {description: Whatever you like}
"##;

const TEXT: &str = "Small 1.2.0 (OpenAPI 3.1.0)

paths       1
operations  1: GET 1
groups      1: things 1
parameters  3: path 1, query 2
            1 with a page number that begins with 0 or 1, which isn't said: `pagination` settles it
types       4: structs 1, enums 1, unions 1, aliases 1
security    1: key (a key in the header `X-Key`)
free-form   4 places say nothing about the value

2 fallbacks: read as any JSON value although the description says more
  SW0304  1
    the schemas of this `allOf` contradict each other: no value has both types
      small.yaml:26:41  #/components/schemas/Thing/properties/none/allOf/1
  SW0312  1
    `$dynamicRef` is read as any JSON value
      small.yaml:25:9  #/components/schemas/Thing/properties/mixed

1 lost constraint: values that violate them are accepted
  SW0310  1
    `$dynamicRef` isn't checked
      small.yaml:25:9  #/components/schemas/Thing/properties/mixed

1 ignored element: described, but not part of the output
  SW0126  1
    `okay` is not a valid response key
      small.yaml:15:9  #/paths/~1things~1{id}/get/responses/okay

2 repairs: read as what was most likely meant
  SW0120  1
    the path parameter `id` isn't marked `required: true`
      small.yaml:5:25  #/paths/~1things~1{id}/parameters/0/name
  SW0121  1
    the parameter `size` has no type
      small.yaml:9:77  #/paths/~1things~1{id}/get/parameters/1/name

1 note: nothing is lost
  SW0322  1
    no Rust type expresses `not`, so any JSON value is accepted
      small.yaml:25:9  #/components/schemas/Thing/properties/mixed
";

#[test]
fn people_read_what_there_is_and_what_was_lost() {
    let folder = scratch("report");
    fs::write(folder.join("small.yaml"), SMALL).unwrap();
    let ran = specwright(&folder, &["report", "small.yaml"]).exit(0);
    assert_eq!(ran.out, TEXT);
    assert_eq!(ran.err, "");
}

#[test]
fn programs_read_the_same() {
    let folder = scratch("report-json");
    fs::write(folder.join("small.yaml"), SMALL).unwrap();
    let arguments = ["report", "small.yaml", "--message-format", "json"];
    let ran = specwright(&folder, &arguments).exit(0);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let counts = [
        ("/reason", json!("report")),
        ("/format", "OpenAPI 3.1.0".into()),
        ("/paths", 1.into()),
        (
            "/operations",
            json!({"total": 1, "methods": {"GET": 1}, "groups": {"things": 1}}),
        ),
        ("/parameters", json!({"path": 1, "query": 2})),
        (
            "/types",
            json!({"total": 4, "structs": 1, "enums": 1, "unions": 1, "aliases": 1}),
        ),
        ("/freeForm", 4.into()),
        ("/errors", 0.into()),
        ("/fallbacks", 2.into()),
        ("/lostConstraints", 1.into()),
        ("/passedOver", 1.into()),
        ("/repairs", 2.into()),
        ("/notes", 1.into()),
    ];
    for (pointer, wanted) in counts {
        assert_eq!(report.pointer(pointer), Some(&wanted), "{pointer}");
    }
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 7);
    let last = findings.iter().find(|one| one["code"] == "SW0312").unwrap();
    let place = json!({
        "category": "fallback",
        "code": "SW0312",
        "title": "`$dynamicRef` is read as any JSON value",
        "help": last["help"],
        "allowed": false,
        "allowedBecause": null,
        "pointer": "/components/schemas/Thing/properties/mixed",
        "file": "small.yaml",
        "line": 25,
        "column": 9,
    });
    assert_eq!(*last, place);
}

#[test]
fn many_places_are_cut_short_unless_all_are_wanted() {
    let spec = "specs/mattermost-oauth-swagger2/openapi.yaml";
    let short = specwright(&root(), &["report", spec]).exit(0).out;
    let all = specwright(&root(), &["report", spec, "--all"]).exit(0).out;
    assert!(
        short.contains("    and 7 more; `--all` lists them\n"),
        "{short}"
    );
    assert_eq!(short.matches("has no type\n").count(), 3);
    assert_eq!(all.matches("has no type\n").count(), 10);
    assert!(!all.contains(" more; "), "{all}");
    // A dangling reference is one fallback, and not another one at its use.
    assert!(short.contains("\n2 fallbacks: "), "{short}");
}

#[test]
fn what_cannot_be_written_is_told_and_fails() {
    let folder = scratch("report-fails");
    fs::write(
        folder.join("bad.yaml"),
        SMALL.replace("/things/{id}", "/things/{id"),
    )
    .unwrap();
    fs::write(folder.join("none.yaml"), "a: 1\n").unwrap();
    let bad = specwright(&folder, &["report", "bad.yaml"]).exit(1);
    assert!(
        bad.out
            .contains("\n1 error: nothing is written because of them\n  SW0109  1\n"),
        "{}",
        bad.out
    );
    let none = specwright(&folder, &["report", "none.yaml"]).exit(1);
    assert!(
        none.out.is_empty() && none.err.starts_with("error[SW0101]: "),
        "{}{}",
        none.out,
        none.err
    );
}

#[test]
fn a_plain_description_has_nothing_to_report() {
    let folder = scratch("report-plain");
    let plain = "openapi: 3.0.3\ninfo: {title: Plain, version: 1.0.0}\npaths:\n  /a: {get: {operationId: a, responses: {'204': {description: Done}}}}\n";
    fs::write(folder.join("plain.yaml"), plain).unwrap();
    let ran = specwright(&folder, &["report", "plain.yaml", "--strict"]).exit(0);
    assert!(
        ran.out
            .ends_with("\n\nEverything that the description says is in the output.\n"),
        "{}",
        ran.out
    );
}
