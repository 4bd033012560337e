//! Each keyword gives values that the evaluator accepts, or a reason.

use super::super::random::Random;
use super::super::table::{Tables, Way};
use super::{Heights, Maker, Reason};
use crate::diag::Diagnostics;
use crate::document::{Document, read};
use crate::source::Sources;
use serde_json::{Value, json};

/// A document of OpenAPI 3.1 with these schemas; the one to make is called `It`.
fn document(schemas: &Value) -> Document {
    let text = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas}
    });
    let mut diagnostics = Diagnostics::default();
    let text = text.to_string();
    let (sources, file) = Sources::from_texts(&[("t.json", &text)], &mut diagnostics);
    read(&sources, file.unwrap(), &mut diagnostics).unwrap()
}

fn make(schemas: &Value, way: Way, dynamic: bool, seed: u64) -> Result<Value, Reason> {
    let document = document(schemas);
    let named = document.named_schemas.iter().find(|(name, _)| name == "It");
    let schema = named.unwrap().1;
    let mut tables = Tables::new();
    let heights = Heights::of(&document, way);
    let mut maker = Maker {
        document: &document,
        tables: &mut tables,
        heights: &heights,
        way,
        random: Random::new(seed, &["test"]),
        dynamic,
        extreme: false,
        made: 0,
    };
    maker.value(schema)
}

/// The value of a schema, without and with random choices; all of them were accepted by the evaluator.
#[allow(clippy::needless_pass_by_value)] // written in place
fn of(schema: Value) -> Value {
    let schemas = json!({"It": schema});
    for seed in 0..8 {
        let made = make(&schemas, Way::Response, true, seed);
        made.unwrap_or_else(|reason| panic!("{schemas} with the seed {seed}: {reason}"));
    }
    make(&schemas, Way::Response, false, 0).unwrap_or_else(|reason| panic!("{schemas}: {reason}"))
}

#[allow(clippy::needless_pass_by_value)]
fn reason(schema: Value) -> String {
    let made = make(&json!({"It": schema}), Way::Response, false, 0);
    made.expect_err("a reason").to_string()
}

#[test]
fn scalars_obey_their_bounds() {
    assert_eq!(of(json!({"type": "boolean"})), json!(true));
    assert_eq!(of(json!({"type": "null"})), json!(null));
    assert_eq!(of(json!({"type": "integer"})), json!(1));
    assert_eq!(
        of(json!({"type": "integer", "minimum": 5, "multipleOf": 4})),
        json!(8)
    );
    assert_eq!(
        of(json!({"type": "integer", "exclusiveMaximum": -3})),
        json!(-4)
    );
    assert_eq!(
        of(json!({"type": "integer", "minimum": 18_446_744_073_709_551_615_u64})),
        json!(u64::MAX)
    );
    assert_eq!(of(json!({"type": "number"})), json!(1.5));
    assert_eq!(
        of(json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1})),
        json!(0.5)
    );
    of(json!({"type": "number", "multipleOf": 0.01, "minimum": 0.1, "maximum": 0.2}));
    of(json!({"type": "integer", "multipleOf": 2.5, "minimum": 3}));
    of(json!({"type": "integer", "format": "int8", "maximum": -100}));
    assert!(reason(json!({"type": "integer", "minimum": 2, "maximum": 1})).contains("bounds"));
    assert!(
        reason(json!({"type": "integer", "minimum": 1, "maximum": 4, "multipleOf": 5}))
            .contains("bounds")
    );
}

#[test]
fn strings_have_their_length_pattern_and_format() {
    assert_eq!(of(json!({"type": "string"})), json!("string"));
    assert_eq!(
        of(json!({"type": "string", "minLength": 8})),
        json!("stringaa")
    );
    assert_eq!(of(json!({"type": "string", "maxLength": 3})), json!("str"));
    assert_eq!(of(json!({"type": "string", "maxLength": 0})), json!(""));
    of(json!({"type": "string", "pattern": "^[A-Z]{2}-\\d+$", "minLength": 9}));
    of(json!({"type": "string", "pattern": "^(?=.*[A-Z])(?=.*\\d).{8,}$"}));
    for length in [20, 22, 24, 25, 27, 30] {
        let timed = json!({"type": "string", "format": "date-time", "minLength": length, "maxLength": length});
        assert_eq!(of(timed).as_str().unwrap().len(), length);
    }
    of(json!({"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "z$"}]}));
    for format in [
        "date-time",
        "date",
        "time",
        "duration",
        "uuid",
        "byte",
        "decimal",
        "uri",
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ip",
        "ipv4",
        "ipv6",
        "uri-reference",
        "iri",
        "iri-reference",
        "uri-template",
        "json-pointer",
        "relative-json-pointer",
        "date-time-local",
        "time-local",
        "regex",
        "password",
        "binary",
        "anything else",
    ] {
        of(json!({"type": "string", "format": format}));
    }
    of(json!({"type": "string", "format": "uri", "minLength": 60}));
    of(json!({"type": "string", "format": "uri", "maxLength": 10}));
    of(json!({"type": "string", "format": "email", "maxLength": 5}));
    of(json!({"type": "string", "format": "email", "minLength": 40}));
    of(json!({"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}));
    assert!(reason(json!({"type": "string", "minLength": 3, "maxLength": 2})).contains("lengths"));
    assert!(reason(json!({"type": "string", "pattern": "^a(?!a)a$"})).contains("`^a(?!a)a$`"));
    assert!(
        reason(json!({"type": "string", "pattern": "^b$", "minLength": 2})).contains("pattern")
    );
    assert!(reason(json!({"type": "string", "minLength": 4_000_000_000_u64})).contains("too long"));
}

#[test]
fn listed_values_are_taken_as_far_as_the_rest_allows() {
    assert_eq!(of(json!({"enum": ["a", "b"]})), json!("a"));
    assert_eq!(of(json!({"const": {"a": [1]}})), json!({"a": [1]}));
    assert_eq!(of(json!({"enum": [null, "b"]})), json!("b"));
    assert_eq!(of(json!({"type": "integer", "enum": ["a", 7]})), json!(7));
    assert_eq!(
        of(json!({"enum": ["a", "b"], "not": {"const": "a"}})),
        json!("b")
    );
    assert!(reason(json!({"type": "integer", "enum": ["a"]})).contains("listed"));
}

#[test]
fn examples_and_defaults_are_taken_where_they_are_valid() {
    assert_eq!(
        make(
            &json!({"It": {"type": "string", "examples": ["wow"]}}),
            Way::Response,
            false,
            0
        ),
        Ok(json!("wow"))
    );
    assert_eq!(
        of(json!({"type": "integer", "examples": ["no"], "default": 3})),
        json!(3)
    );
    let object =
        json!({"type": "object", "properties": {"a": {"type": "string", "examples": ["x"]}}});
    assert_eq!(of(object), json!({"a": "x"}));
}

#[test]
fn lists_have_their_items() {
    assert_eq!(
        of(json!({"type": "array", "items": {"type": "integer"}})),
        json!([1])
    );
    assert_eq!(
        of(json!({"type": "array", "items": {"type": "integer"}, "minItems": 2})),
        json!([1, 1])
    );
    assert_eq!(of(json!({"type": "array", "maxItems": 0})), json!([]));
    let unique = of(
        json!({"type": "array", "items": {"type": "integer"}, "minItems": 5, "uniqueItems": true}),
    );
    assert_eq!(unique.as_array().map(Vec::len), Some(5));
    of(json!({"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 3, "uniqueItems": true}));
    of(json!({"type": "array", "items": {"type": "boolean"}, "minItems": 2, "uniqueItems": true}));
    assert_eq!(
        of(
            json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false})
        ),
        json!(["string", 1])
    );
    of(
        json!({"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 100}, "minContains": 2}),
    );
    of(json!({"type": "array", "contains": {"const": 5}, "maxContains": 1, "minItems": 3}));
    of(json!({"type": "array", "prefixItems": [{"type": "string"}], "unevaluatedItems": false}));
    assert!(
        reason(
            json!({"type": "array", "items": {"enum": [1]}, "minItems": 2, "uniqueItems": true})
        )
        .contains("different")
    );
    assert!(reason(json!({"type": "array", "minItems": 1_000_000_000})).contains("too long"));
}

#[test]
fn objects_have_their_properties() {
    assert_eq!(
        of(
            json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a", "b"]})
        ),
        json!({"a": "string", "b": "string"})
    );
    assert_eq!(
        of(json!({"type": "object", "additionalProperties": {"type": "integer"}})),
        json!({"additionalProperty1": 1, "additionalProperty2": 1})
    );
    of(
        json!({"type": "object", "patternProperties": {"^x-[a-z]{3}$": {"type": "integer"}}, "additionalProperties": false, "minProperties": 2}),
    );
    of(json!({"type": "object", "propertyNames": {"pattern": "^[a-z]{2}$"}, "minProperties": 3}));
    of(
        json!({"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "maxProperties": 2, "required": ["c"]}),
    );
    of(
        json!({"type": "object", "properties": {"a": {}, "b": {}}, "dependentRequired": {"a": ["b", "c"]}, "required": ["a"]}),
    );
    of(
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "dependentSchemas": {"a": {"required": ["z"], "properties": {"z": {"type": "integer"}}}}}),
    );
    of(json!({"type": "object", "properties": {"a": {}}, "unevaluatedProperties": false}));
    of(
        json!({"type": "object", "allOf": [{"properties": {"a": {"type": "integer"}}}], "unevaluatedProperties": {"type": "string"}, "minProperties": 2}),
    );
    assert!(
        reason(json!({"type": "object", "required": ["a"], "additionalProperties": false}))
            .contains("forbidden")
    );
    assert!(
        reason(json!({"type": "object", "required": ["a", "b"], "maxProperties": 1}))
            .contains("more properties")
    );
    assert!(
        reason(json!({"type": "object", "required": ["a"], "properties": {"a": false}}))
            .contains("/a")
    );
}

#[test]
fn compositions_hold_as_a_whole() {
    assert_eq!(
        of(
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}, {"properties": {"a": {"minimum": 10}}}]})
        ),
        json!({"a": 10})
    );
    of(json!({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 0}]}));
    of(
        json!({"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}]}),
    );
    of(json!({"anyOf": [false, {"type": "integer"}]}));
    of(json!({"type": ["string", "integer"], "not": {"type": "string"}}));
    of(
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "not": {"required": ["a"]}}),
    );
    of(
        json!({"type": "object", "properties": {"kind": {"enum": ["x", "y"]}, "n": {"type": "integer"}}, "required": ["kind"],
        "if": {"properties": {"kind": {"const": "x"}}}, "then": {"required": ["n"]}, "else": {"not": {"required": ["n"]}}}),
    );
    of(json!({"type": ["null", "string"]}));
    assert!(reason(json!({"not": {}})).contains("not"));
    assert!(reason(json!({"allOf": [{"type": "string"}, {"type": "integer"}]})).contains("types"));
    assert!(
        reason(json!({"oneOf": [{"type": "string"}, {"type": "string"}]})).contains("exactly one")
    );
    assert_eq!(reason(json!(false)), "the schema `false` allows no value");
}

#[test]
fn recursive_schemas_end() {
    let tree = json!({"It": {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"},
        "left": {"$ref": "#/components/schemas/It"},
        "right": {"$ref": "#/components/schemas/It"},
        "all": {"type": "array", "items": {"$ref": "#/components/schemas/It"}}
    }}});
    let made = make(&tree, Way::Response, false, 0).unwrap();
    assert!(made.to_string().len() < 100_000);
    let list = json!({"It": {"type": "array", "minItems": 1, "items": {"anyOf": [{"$ref": "#/components/schemas/It"}, {"type": "integer"}]}}});
    make(&list, Way::Response, false, 0).unwrap();
    let endless = json!({"It": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/It"}}}});
    let reason = make(&endless, Way::Response, false, 0).unwrap_err();
    assert!(reason.words.contains("without end"), "{reason}");
    let itself = json!({"It": {"allOf": [{"$ref": "#/components/schemas/It"}], "type": "integer"}});
    assert_eq!(make(&itself, Way::Response, false, 0), Ok(json!(1)));
}

#[test]
fn a_wide_and_deep_schema_is_bounded() {
    let mut schemas = serde_json::Map::new();
    for level in 0..8 {
        let target = if level == 7 {
            "It".to_owned()
        } else {
            format!("L{}", level + 1)
        };
        let properties = (0..12).map(|n| {
            (
                format!("p{n}"),
                json!({"$ref": format!("#/components/schemas/{target}")}),
            )
        });
        let properties: serde_json::Map<String, Value> = properties.collect();
        let name = if level == 0 {
            "It".to_owned()
        } else {
            format!("L{level}")
        };
        schemas.insert(name, json!({"type": "object", "properties": properties}));
    }
    let made = make(&Value::Object(schemas), Way::Response, false, 0).unwrap();
    assert!(made.to_string().len() < 200_000);
}

#[test]
fn each_direction_has_its_own_properties() {
    let schemas = json!({"It": {"type": "object", "required": ["id", "secret"], "properties": {
        "id": {"type": "integer", "readOnly": true},
        "secret": {"type": "string", "writeOnly": true}
    }, "examples": [{"id": 3, "secret": "x"}]}});
    assert_eq!(
        make(&schemas, Way::Response, false, 0),
        Ok(json!({"id": 3}))
    );
    assert_eq!(
        make(&schemas, Way::Request, false, 0),
        Ok(json!({"secret": "x"}))
    );
}

#[test]
fn a_discriminator_names_the_alternative() {
    let schemas = json!({
        "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
        "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
        "It": {"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"tom": "#/components/schemas/Cat"}}}
    });
    assert_eq!(
        make(&schemas, Way::Response, false, 0),
        Ok(json!({"kind": "tom", "lives": 1}))
    );
    let inherited = json!({
        "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"}},
        "It": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"bark": {"type": "boolean"}}}]}
    });
    assert_eq!(
        make(&inherited, Way::Response, false, 0),
        Ok(json!({"kind": "It", "bark": true}))
    );
}

#[test]
fn the_same_seed_gives_the_same_value() {
    let schemas = json!({"It": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"type": "string", "format": "uuid"}}}});
    let made = |seed| make(&schemas, Way::Response, true, seed).unwrap();
    assert_eq!(made(1), made(1));
    assert_ne!(made(1), made(2));
}
