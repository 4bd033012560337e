//! Every rule of oasdiff, the best known tool of this kind, is told by a rule of ours, or it is said why not.

use super::{both_ways, differences, rules_of};
use crate::diff::ALL;
use std::collections::BTreeMap;

pub(super) fn table() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let lines = include_str!("oasdiff.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        (cell(), (cell(), cell()))
    });
    rows.collect()
}

#[test]
fn what_covers_a_rule_exists_and_what_does_not_has_a_reason() {
    for (id, (ours, reason)) in table() {
        if ours == "-" {
            assert!(!reason.is_empty(), "{id}");
            continue;
        }
        for ours in ours.split(',') {
            assert!(ALL.iter().any(|rule| rule.id == ours), "{id}: {ours}");
        }
    }
}

/// Ids without their direction, and what they are about: the schema of a property, old and new.
const EXAMPLES: &[(&str, &str, &str)] = &[
    (
        "one-of-removed",
        "{oneOf: [{type: string}, {type: integer}, {type: boolean}]}",
        "{oneOf: [{type: string}, {type: integer}]}",
    ),
    (
        "one-of-removed",
        "{oneOf: [{type: string}, {type: integer}]}",
        "{oneOf: [{type: string}]}",
    ),
    (
        "any-of-added",
        "{anyOf: [{type: string}]}",
        "{anyOf: [{type: string}, {type: integer}]}",
    ),
    ("type-generalized", "{type: integer}", "{type: number}"),
    (
        "type-generalized",
        "{type: string, format: date}",
        "{type: string}",
    ),
    ("type-specialized", "{type: number}", "{type: integer}"),
    (
        "type-specialized",
        "{type: string}",
        "{type: string, format: email}",
    ),
    ("type-changed", "{type: integer}", "{type: string}"),
    ("const-added", "{type: string}", "{type: string, const: a}"),
    (
        "const-removed",
        "{type: string, const: a}",
        "{type: string}",
    ),
    (
        "const-changed",
        "{type: string, const: a}",
        "{type: string, const: b}",
    ),
    (
        "enum-value-added",
        "{type: string, enum: [a]}",
        "{type: string, enum: [a, b]}",
    ),
    (
        "enum-value-added",
        "{type: string, enum: [a, b]}",
        "{type: string, enum: [a, b, c]}",
    ),
    (
        "contains-added",
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: string}, contains: {const: a}}",
    ),
    (
        "min-contains-increased",
        "{type: array, items: {type: string}, contains: {const: a}, minContains: 1}",
        "{type: array, items: {type: string}, contains: {const: a}, minContains: 2}",
    ),
    (
        "max-contains-increased",
        "{type: array, items: {type: string}, contains: {const: a}, maxContains: 1}",
        "{type: array, items: {type: string}, contains: {const: a}, maxContains: 2}",
    ),
    (
        "dependent-required-changed",
        "{type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}}, dependentRequired: {a: [b]}}",
        "{type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}}, dependentRequired: {a: [c]}}",
    ),
    (
        "dependent-schema-added",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, dependentSchemas: {a: {required: [b]}}}",
    ),
    (
        "if-added",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, if: {required: [a]}, then: {required: [b]}}",
    ),
    (
        "else-added",
        "{type: object, properties: {a: {type: string}}, if: {required: [a]}, then: {required: [b]}}",
        "{type: object, properties: {a: {type: string}}, if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}",
    ),
    (
        "unevaluated-properties-added",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, unevaluatedProperties: false}",
    ),
    (
        "unevaluated-items-added",
        "{type: array, prefixItems: [{type: string}]}",
        "{type: array, prefixItems: [{type: string}], unevaluatedItems: false}",
    ),
    (
        "prefix-items-added",
        "{type: array, prefixItems: [{type: string}]}",
        "{type: array, prefixItems: [{type: string}, {type: integer}]}",
    ),
    (
        "pattern-property-added",
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, patternProperties: {'^x': {type: integer}}}",
    ),
    (
        "property-names-added",
        "{type: object, additionalProperties: {type: string}}",
        "{type: object, additionalProperties: {type: string}, propertyNames: {maxLength: 3}}",
    ),
    (
        "list-of-types-widened",
        "{type: [string]}",
        "{type: [string, integer]}",
    ),
    (
        "list-of-types-narrowed",
        "{type: [string, integer, boolean]}",
        "{type: [string, integer]}",
    ),
    (
        "all-of-added",
        "{allOf: [{type: object, properties: {a: {type: string}}}]}",
        "{allOf: [{type: object, properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]}",
    ),
    (
        "all-of-added-annotation-only",
        "{allOf: [{type: string}]}",
        "{allOf: [{type: string}, {description: x}]}",
    ),
    (
        "content-encoding-changed",
        "{type: string}",
        "{type: string, contentEncoding: base64}",
    ),
    (
        "content-media-type-changed",
        "{type: string}",
        "{type: string, contentMediaType: application/json}",
    ),
    (
        "exclusive-max-set",
        "{type: integer}",
        "{type: integer, exclusiveMaximum: 5}",
    ),
    (
        "default-value-added",
        "{type: string}",
        "{type: string, default: a}",
    ),
    (
        "became-nullable",
        "{type: string}",
        "{type: [string, 'null']}",
    ),
];

#[test]
fn doubtful_rules_are_told_as_listed() {
    let table = table();
    let mut wrong = Vec::new();
    for (kind, old, new) in EXAMPLES {
        let text =
            |property: &str| both_ways(&format!("{{type: object, properties: {{p: {property}}}}}"));
        let found = rules_of(&differences(&text(old), &text(new)));
        let ids = ["request", "response"].map(|way| format!("{way}-property-{kind}"));
        let listed: Vec<_> = ids.iter().filter_map(|id| table.get(id.as_str())).collect();
        assert!(!listed.is_empty(), "{kind}");
        for (ours, _) in listed {
            let is_told = match *ours {
                "-" => found.is_empty(),
                ours => {
                    let ours: Vec<&str> = ours.split(',').collect();
                    !found.is_empty() && found.iter().all(|rule| ours.contains(rule))
                }
            };
            if !is_told {
                wrong.push(format!("{kind} is told by {found:?}, listed are {ours}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
