"""Every keyword of JSON Schema's validation vocabulary and of its applicators: do generated types refuse what `jsonschema` refuses?

`run.py --keywords` runs it: the cases below, typical ones and those at the edges, and schemas that are drawn from the same pieces.
Every schema becomes the property `v` of an object, so that nothing is about whether an alias checks itself. Of each pair of a schema
and a value both have to say the same; the default configuration and `unknown-fields = "keep"` are examined alike.
"""

import json
import random

import crates
from jsonschema import Draft202012Validator

OBJECTS = [{}, {"a": 1}, {"a": "x"}, {"b": 2}, {"a": 1, "b": 2}, {"a": "x", "b": "y", "c": 3}, {"c": None}, {"x-a": 1}, {"x-a": "s", "a": 1}]
LISTS = [[], [1], [1, 1], [1, 1.0], [5, "a"], ["a", "b"], ["a", 1, 2], [{"a": 1}, {"a": 1.0}], [[1], [True]], [None], [6, 7, 8]]
TEXTS = ["", "a", "ab", "abc", "xyz", "äöü", "1"]
NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, -1, 10, 100]
FLOATS = [0, 0.5, 1, 1.5, 2, 3, 3.5, -0.5, 4.0, 1e10]
VALUES = {"object": OBJECTS, "array": LISTS, "string": TEXTS, "integer": NUMBERS, "number": FLOATS}
ANYTHING = [None, True, 0, 1, 2.5, "", "abc", [], [1], {}, {"a": 1}, {"a": "x", "b": 1}]

# Schemas of one kind of value; which values they are tried with follows from `type`.
CASES = {
    "not": [
        {"type": "integer", "not": {"minimum": 3}},
        {"type": "string", "not": {"enum": ["a", "ab"]}},
        {"type": "string", "not": {"pattern": "^a"}},
        {"type": "object", "properties": {"a": {}}, "not": {"required": ["a", "b"]}},
        {"type": "object", "not": {"properties": {"a": {"type": "string"}}, "required": ["a"]}},
        {"type": "object", "not": {"minProperties": 2}},
        {"type": "array", "not": {"contains": {"type": "string"}}},
        {"not": {"type": "integer"}},
        {"not": {"type": ["integer", "boolean"]}},
        {"not": {"const": None}},
        {"not": {}},
        {"not": {"not": {"type": "string"}}},
        {"type": "object", "properties": {"a": {"not": {}}}},
    ],
    "if": [
        {"type": "object", "properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
        {"type": "object", "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"maxProperties": 1}},
        {"type": "object", "if": {"properties": {"a": {"type": "string"}}}, "else": {"required": ["b"]}},
        {"type": "integer", "if": {"minimum": 4}, "then": {"multipleOf": 2}, "else": {"maximum": 2}},
        {"type": "string", "if": {"minLength": 2}, "then": {"pattern": "b"}},
        {"type": "array", "if": {"minItems": 2}, "then": {"uniqueItems": True}},
        {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": ["integer", "object"]}},
        {"type": "integer", "then": {"minimum": 100}},
        {"type": "integer", "allOf": [{"if": {"minimum": 4}, "then": {"maximum": 5}}, {"if": {"maximum": 1}, "then": {"minimum": 1}}]},
    ],
    "contains": [
        {"type": "array", "contains": {"type": "string"}},
        {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}},
        {"type": "array", "contains": {"type": "integer"}, "minContains": 2},
        {"type": "array", "contains": {"type": "integer"}, "maxContains": 1},
        {"type": "array", "contains": {"type": "integer"}, "minContains": 0, "maxContains": 1},
        {"type": "array", "contains": {"const": 1}, "minContains": 2, "maxContains": 2},
        {"type": "array", "contains": False},
        {"type": "array", "contains": True},
        {"contains": {"type": "integer"}},
    ],
    "dependent": [
        {"type": "object", "dependentRequired": {"a": ["b"]}},
        {"type": "object", "properties": {"a": {}, "b": {}}, "dependentRequired": {"a": ["b"], "b": ["a"]}},
        {"type": "object", "properties": {"a": {}}, "dependentRequired": {"a": []}},
        {"type": "object", "dependentSchemas": {"a": {"required": ["b"]}}},
        {"type": "object", "properties": {"a": {}}, "dependentSchemas": {"a": {"properties": {"a": {"type": "string"}}}}},
        {"type": "object", "dependentSchemas": {"a": False, "c": True}},
        {"type": "object", "additionalProperties": {"type": "integer"}, "dependentRequired": {"a": ["b"]}},
        {"dependentRequired": {"a": ["b"]}},
    ],
    "names": [
        {"type": "object", "propertyNames": {"maxLength": 1}},
        {"type": "object", "propertyNames": {"pattern": "^x-"}},
        {"type": "object", "propertyNames": {"enum": ["a", "b"]}},
        {"type": "object", "propertyNames": {"const": "a"}},
        {"type": "object", "propertyNames": {"not": {"const": "a"}}},
        {"type": "object", "propertyNames": {"anyOf": [{"const": "a"}, {"pattern": "^x-"}]}},
        {"type": "object", "propertyNames": False},
        {"type": "object", "propertyNames": True},
        {"type": "object", "properties": {"a": {}}, "propertyNames": {"minLength": 2}},
        {"type": "object", "properties": {"a": {}}, "propertyNames": {"maxLength": 1}},
    ],
    "patternProperties": [
        {"type": "object", "patternProperties": {"^x-": {"type": "string"}}},
        {"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
        {"type": "object", "properties": {"a": {"type": "integer"}}, "patternProperties": {"a": {"minimum": 1}, "^x-": {"type": "string"}}},
        {"type": "object", "properties": {"a": {}}, "patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"a": {"type": "integer"}, "x": {"type": "string"}}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^.$": True, "-": False}},
    ],
    "items": [
        {"type": "array", "prefixItems": [{"type": "string"}]},
        {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False},
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2, "maxItems": 2},
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}], "items": False, "minItems": 2, "uniqueItems": True},
        {"type": "array", "items": False},
        {"type": "array", "items": True},
        {"type": "array", "items": {"type": "integer", "minimum": 5}},
        {"type": "array", "allOf": [{"prefixItems": [{"minimum": 2}]}, {"prefixItems": [{}, {"type": "string"}]}]},
    ],
    "uniqueItems": [
        {"type": "array", "uniqueItems": True},
        {"type": "array", "items": {"type": "number"}, "uniqueItems": True},
        {"type": "array", "items": {"type": "object", "properties": {"a": {}}}, "uniqueItems": True},
        {"uniqueItems": True},
    ],
    "unevaluatedProperties": [
        {"type": "object", "unevaluatedProperties": False},
        {"type": "object", "unevaluatedProperties": {"type": "integer"}},
        {"type": "object", "properties": {"a": {}}, "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "patternProperties": {"^x-": {}}, "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": True, "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "allOf": [{"properties": {"b": {}}}], "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "anyOf": [{"properties": {"b": {"const": 2}}, "required": ["b"]}, {"properties": {"c": {}}, "required": ["c"]}], "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "oneOf": [{"properties": {"b": {"const": 2}}, "required": ["b"]}, {"properties": {"c": {}}, "required": ["c"]}], "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "not": {"not": {"properties": {"b": {"const": 2}}, "required": ["b"]}}, "unevaluatedProperties": False},
        {"type": "object", "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"properties": {"b": {}}}, "else": {"properties": {"c": {}}}, "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {}}, "dependentSchemas": {"a": {"properties": {"b": {}}}}, "unevaluatedProperties": False},
        {"type": "object", "allOf": [{"properties": {"a": {}}, "unevaluatedProperties": {"type": "integer"}}], "properties": {"b": {}}},
        {"type": "object", "allOf": [{"properties": {"a": {}}, "unevaluatedProperties": False}], "properties": {"b": {}}},
        {"type": "object", "allOf": [{"properties": {"a": {}}, "unevaluatedProperties": True}], "unevaluatedProperties": False},
        {"type": "object", "$ref": "#/components/schemas/HasA", "properties": {"b": {}}, "unevaluatedProperties": False},
    ],
    "unevaluatedItems": [
        {"type": "array", "unevaluatedItems": False},
        {"type": "array", "unevaluatedItems": {"type": "integer"}},
        {"type": "array", "prefixItems": [{"type": "integer"}], "unevaluatedItems": False},
        {"type": "array", "items": {"type": "integer"}, "unevaluatedItems": False},
        {"type": "array", "contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}},
        {"type": "array", "prefixItems": [{"type": "integer"}], "allOf": [{"prefixItems": [True, {"type": "string"}]}], "unevaluatedItems": False},
        {"type": "array", "prefixItems": [{}], "anyOf": [{"prefixItems": [{}, {"const": 1}]}, {"prefixItems": [{}, {}, {"const": 2}]}], "unevaluatedItems": False},
        {"type": "array", "if": {"prefixItems": [{"const": 1}]}, "then": {"prefixItems": [{}, {}]}, "unevaluatedItems": False},
    ],
    "anyOf": [
        {"type": "string", "anyOf": [{"minLength": 3}, {"pattern": "^a"}]},
        {"type": "integer", "anyOf": [{"minimum": 5}, {"maximum": 1}]},
        {"type": "number", "anyOf": [{"multipleOf": 2}, {"multipleOf": 1.5}]},
        {"type": "array", "anyOf": [{"minItems": 2}, {"contains": {"const": 1}}]},
        {"type": "object", "anyOf": [{"required": ["a"]}, {"minProperties": 2}]},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": False, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": False, "anyOf": [{"properties": {"b": {}}}, {"properties": {"c": {}}}]},
        {"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 2}]},
        {"anyOf": [True, False]},
        {"anyOf": [False, False]},
    ],
    "oneOf": [
        {"type": "string", "oneOf": [{"minLength": 2}, {"maxLength": 4}]},
        {"type": "integer", "oneOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
        {"type": "object", "properties": {"a": {}, "b": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}, {"maxProperties": 0}]},
        {"type": "array", "oneOf": [{"minItems": 2}, {"uniqueItems": True}]},
    ],
    "allOf": [
        {"type": "integer", "allOf": [{"minimum": 2}, {"maximum": 5}]},
        {"type": "number", "allOf": [{"multipleOf": 2}, {"multipleOf": 1.5}]},
        {"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
        {"allOf": [{"type": "object"}, False]},
        {"allOf": [True, True]},
        {"type": "object", "allOf": [{"properties": {"a": {}}, "additionalProperties": False}, {"properties": {"b": {}}}]},
        {"type": "object", "allOf": [{"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}], "properties": {"b": {}}},
        {"type": "object", "allOf": [{"properties": {"a": {"type": "integer"}}}, {"properties": {"a": {"minimum": 1}}, "required": ["a"]}]},
        {"type": "string", "allOf": [{"not": {"const": "a"}}, {"not": {"const": "ab"}}]},
        {"type": "integer", "allOf": [{"multipleOf": 2}], "anyOf": [{"multipleOf": 3}], "oneOf": [{"multipleOf": 5}]},
    ],
    "bounds": [
        {"type": "integer", "exclusiveMinimum": 3},
        {"type": "integer", "exclusiveMinimum": 3.0, "exclusiveMaximum": 6.0},
        {"type": "integer", "minimum": 2.5, "maximum": 5.5},
        {"type": "integer", "exclusiveMinimum": 2.5},
        {"type": "integer", "multipleOf": 1.5},
        {"type": "integer", "multipleOf": 2.0},
        {"type": "number", "multipleOf": 0.5},
        {"type": "number", "exclusiveMaximum": 3},
        {"type": "integer", "format": "int64", "default": 9223372036854776000},
        {"type": "number", "const": 1e10},
        {"type": "number", "enum": [1.5, 1e300]},
    ],
    "values": [
        {"const": None},
        {"const": {"a": 1}},
        {"const": [1]},
        {"enum": [1, "a", None, {"a": 1}]},
        {"type": "string", "enum": ["a", "abc"], "minLength": 2},
        {"type": "integer", "enum": [1, 2, 3], "minimum": 2},
        {"type": "string", "enum": ["a", "ab"], "const": "a"},
        {"type": ["string", "integer"]},
        {"type": ["boolean", "number", "string", "array", "object"]},
        {"type": ["array", "object"], "minItems": 1, "minProperties": 1},
    ],
    "recursion": [{"$ref": "#/components/schemas/Tree"}, {"$ref": "#/components/schemas/Odd"}],
}

NAMED = {
    "HasA": {"type": "object", "properties": {"a": {}}},
    "Tree": {
        "type": "object",
        "properties": {"a": {}, "kids": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
        "if": {"required": ["kids"]},
        "then": {"properties": {"kids": {"contains": {"required": ["a"]}}}},
        "unevaluatedProperties": False,
    },
    "Odd": {
        "type": "object",
        "properties": {"kid": {"$ref": "#/components/schemas/Odd"}},
        "not": {"required": ["kid", "a"], "properties": {"kid": {"$ref": "#/components/schemas/Odd"}}},
    },
}
MORE = [
    {"kids": []},
    {"kids": [{}]},
    {"kids": [{}, {"a": 1}]},
    {"kids": [{"a": 1, "kids": [{"a": 2}]}], "a": 0},
    {"kids": [{"a": 1, "kids": [{}]}]},
    {"kids": [{"a": 1, "z": 1}]},
    {"kid": {}, "a": 1},
    {"kid": {"kid": {}, "a": 1}, "a": 1},
    {"kid": {"kid": {"kid": {}, "a": 1}, "a": 1}, "a": 1},
]


def drawn(random, depth=0):
    """A schema of one kind of value, put together at random of the pieces above."""
    kind = random.choice(list(VALUES))
    pieces = [case for cases in CASES.values() for case in cases if case.get("type") == kind]
    schema = {"type": kind}
    for piece in random.sample(pieces, 2):
        piece = json.loads(json.dumps(piece))
        how = random.choice(["beside", "allOf", "not", "anyOf", "if"]) if depth == 0 else "beside"
        piece.pop("type")
        if how == "beside":
            schema |= piece
        elif how in ("allOf", "anyOf"):
            schema.setdefault(how, []).append(piece)
        elif how == "not":
            schema["not"] = piece
        else:
            schema |= {"if": piece, "then": drawn(random, 1) | {"type": kind}}
    return schema


def run(program, work, options):
    """Examines all cases; the number of disagreements."""
    source = random.Random(options.seed)
    cases = [(keyword, schema) for keyword, schemas in CASES.items() for schema in schemas]
    cases += [("drawn", drawn(source)) for _ in range(options.keywords)]
    components = dict(NAMED)
    for index, (_, schema) in enumerate(cases):
        components[f"C{index}"] = {"type": "object", "required": ["v"], "properties": {"v": schema}}
    description = {"openapi": "3.1.0", "info": {"title": "keywords", "version": "1"}, "paths": {}, "components": {"schemas": components}}
    path = work / "keywords.json"
    crates.write(path, json.dumps(description, indent=1))
    documents = [crates.Document(path, work, keep) for keep in (False, True)]
    for document in documents:
        crates.generate_one(program, document, work)
    crates.build([document for document in documents if document.problem is None], work, options.jobs)
    wrong, pairs = [], 0
    for document in documents:
        if document.problem:
            raise SystemExit(f"{document.problem}")
        driver = crates.Driver(crates.program(document, work))
        numbers = {schema["type"]: number for number, schema in enumerate(document.schemas)}
        for index, (keyword, schema) in enumerate(cases):
            validator = Draft202012Validator({"components": description["components"], "$ref": f"#/components/schemas/C{index}"})
            for value in values_of(schema):
                pairs += 1
                expected = validator.is_valid({"v": value})
                answer = driver.ask(numbers[f"C{index}"], {"v": value})
                accepted = "written" in answer and not answer["violations"]
                if accepted != expected:
                    wrong.append((document.keep, keyword, schema, value, expected, answer))
        driver.close()
    for keep, keyword, schema, value, expected, answer in wrong:
        said = answer.get("refused") or answer.get("violations") or answer
        print(f"{'keep' if keep else 'default'} {keyword}: {json.dumps(schema)}\n  {json.dumps(value)} is {'valid' if expected else 'invalid'}; {said}")
    print(f"{len(cases)} schemas, {pairs} pairs, {len(wrong)} wrong")
    return len(wrong)


def values_of(schema):
    if "$ref" in schema and "type" not in schema:
        return MORE
    kind = schema.get("type")
    if isinstance(kind, str):
        return VALUES[kind]
    return ANYTHING
