//! A case for each rule.

use super::{both_ways, differences, document, operation, rules_of};
use crate::diff::ALL;
use std::collections::BTreeSet;

/// Schemas that are sent both ways: old, new, rules.
const SCHEMAS: &[(&str, &str, &str)] = &[
    (
        "{type: number, format: float}",
        "{type: number}",
        "precision-raised",
    ),
    ("{type: string}", "{type: boolean}", "type-changed"),
    ("{type: integer}", "{type: number}", "type-widened"),
    (
        "{type: integer, format: int32}",
        "{type: integer}",
        "type-widened",
    ),
    (
        "{type: number}",
        "{type: number, format: float}",
        "precision-lowered",
    ),
    ("{}", "{type: string}", "type-narrowed"),
    (
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: [string, 'null']}}",
        "became-nullable",
    ),
    (
        "{type: object, properties: {a: {type: [string, 'null']}}}",
        "{type: object, properties: {a: {type: string}}}",
        "became-not-nullable",
    ),
    (
        "{type: string}",
        "{type: string, format: uuid}",
        "format-added",
    ),
    (
        "{type: string, format: date}",
        "{type: string}",
        "format-removed",
    ),
    (
        "{type: string, format: date}",
        "{type: string, format: date-time}",
        "format-changed",
    ),
    (
        "{type: string}",
        "{type: string, format: email}",
        "checked-format-added",
    ),
    (
        "{type: string, format: email}",
        "{type: string}",
        "checked-format-removed",
    ),
    (
        "{type: string, format: email}",
        "{type: string, format: hostname}",
        "checked-format-changed",
    ),
    (
        "{type: string}",
        "{type: string, format: phone}",
        "unknown-format-changed",
    ),
    (
        "{type: string}",
        "{type: string, maxLength: 3}",
        "limit-added",
    ),
    (
        "{type: integer, minimum: 3}",
        "{type: integer, minimum: 4}",
        "limit-tightened",
    ),
    (
        "{type: integer, minimum: 3}",
        "{type: integer, exclusiveMinimum: 3}",
        "limit-tightened",
    ),
    (
        "{type: integer, exclusiveMaximum: 3}",
        "{type: integer, maximum: 3}",
        "limit-relaxed",
    ),
    (
        "{type: array, items: {type: string}, maxItems: 3}",
        "{type: array, items: {type: string}, maxItems: 4}",
        "limit-relaxed",
    ),
    (
        "{type: string, minLength: 3}",
        "{type: string}",
        "limit-removed",
    ),
    ("{type: string, minLength: 0}", "{type: string}", ""),
    (
        "{type: integer, multipleOf: 3}",
        "{type: integer, multipleOf: 5}",
        "limit-changed",
    ),
    (
        "{type: string}",
        "{type: string, pattern: a}",
        "pattern-added",
    ),
    (
        "{type: string, pattern: a}",
        "{type: string, pattern: b}",
        "pattern-changed",
    ),
    (
        "{type: string, pattern: a}",
        "{type: string}",
        "pattern-removed",
    ),
    (
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: string}, uniqueItems: true}",
        "unique-items-added",
    ),
    (
        "{type: array, items: {type: string}, uniqueItems: true}",
        "{type: array, items: {type: string}}",
        "unique-items-removed",
    ),
    (
        "{type: array, items: {type: string}}",
        "{type: array, items: {type: string}, contains: {const: a}}",
        "constraint-added",
    ),
    (
        "{type: array, items: {type: string}, contains: {const: a}}",
        "{type: array, items: {type: string}}",
        "constraint-removed",
    ),
    (
        "{type: array, items: {type: string}, contains: {const: a}}",
        "{type: array, items: {type: string}, contains: {const: b}}",
        "constraint-changed",
    ),
    (
        "{type: string}",
        "{type: string, enum: [a, b]}",
        "enum-added",
    ),
    (
        "{type: string, enum: [a, b]}",
        "{type: string}",
        "enum-removed",
    ),
    (
        "{type: string, enum: [a, b]}",
        "{type: string, enum: [a, b, c]}",
        "enum-value-added",
    ),
    (
        "{type: string, enum: [a, b, c]}",
        "{type: string, enum: [a, b]}",
        "enum-value-removed",
    ),
    (
        "{type: string, enum: [a, b]}",
        "{type: string, enum: [b, a]}",
        "enum-order-changed",
    ),
    (
        "{type: string, const: a}",
        "{type: string, enum: [a, b]}",
        "constant-value-added",
    ),
    (
        "{type: string, const: a}",
        "{type: string, const: b}",
        "constant-changed",
    ),
    (
        "{type: string, enum: [a, b]}",
        "{anyOf: [{type: string, enum: [a, b]}, {type: string}]}",
        "enum-opened",
    ),
    (
        "{anyOf: [{type: string, enum: [a, b]}, {type: string}]}",
        "{type: string, enum: [a, b]}",
        "enum-closed",
    ),
    (
        "{type: string, enum: [a, b], x-enum-varnames: [One, Two]}",
        "{type: string, enum: [a, b], x-enum-varnames: [One, Three]}",
        "enum-value-name-changed",
    ),
    (
        "{type: string, enum: [a, b], x-enum-descriptions: [One, Two]}",
        "{type: string, enum: [a, b], x-enum-descriptions: [One, Three]}",
        "enum-value-text-changed",
    ),
    (
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}",
        "{type: array, prefixItems: [{type: string}, {type: integer}, {type: string}], items: false, minItems: 3}",
        "tuple-item-added",
    ),
    (
        "{type: array, prefixItems: [{type: string}, {type: integer}, {type: string}], items: false, minItems: 3}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}",
        "tuple-item-removed",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}",
        "required-property-added",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [b], properties: {a: {type: string}, b: {const: x}}}",
        "constant-property-added",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [b], properties: {a: {type: string}, b: {type: string, readOnly: true}}}",
        "one-way-property-added, optional-property-added",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}, b: {type: string}}}",
        "optional-property-added",
    ),
    (
        "{type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}",
        "{type: object, properties: {a: {type: string}}}",
        "required-property-removed",
    ),
    (
        "{type: object, properties: {a: {type: string}, b: {type: string}}}",
        "{type: object, properties: {a: {type: string}}}",
        "optional-property-removed",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [a], properties: {a: {type: string}}}",
        "property-became-required",
    ),
    (
        "{type: object, required: [a], properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}}",
        "property-became-optional",
    ),
    (
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
        "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}",
        "property-became-required-one-way",
    ),
    (
        "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}",
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
        "property-became-optional-one-way",
    ),
    (
        "{type: object, required: [a], properties: {a: {type: string}}}",
        "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}",
        "property-became-optional, property-became-read-only, property-presence-changed",
    ),
    (
        "{type: object, properties: {a: {type: string, readOnly: true}}}",
        "{type: object, properties: {a: {type: string}}}",
        "property-became-not-read-only",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, writeOnly: true}}}",
        "property-became-write-only",
    ),
    (
        "{type: object, properties: {a: {type: string, writeOnly: true}}}",
        "{type: object, properties: {a: {type: string}}}",
        "property-became-not-write-only",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string, default: x}}}",
        "property-default-added",
    ),
    (
        "{type: object, properties: {a: {type: string, default: x}}}",
        "{type: object, properties: {a: {type: string, default: y}}}",
        "property-default-changed",
    ),
    (
        "{type: object, properties: {a: {type: string, default: x}}}",
        "{type: object, properties: {a: {type: string}}}",
        "property-default-removed",
    ),
    (
        "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}",
        "{type: object, properties: {a: {$ref: '#/components/schemas/A', deprecated: true}}}",
        "property-deprecated",
    ),
    (
        "{type: object, properties: {a: {$ref: '#/components/schemas/A', deprecated: true}}}",
        "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}",
        "property-reactivated",
    ),
    (
        "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}",
        "{type: object, properties: {a: {$ref: '#/components/schemas/A', description: x}}}",
        "property-text-changed",
    ),
    (
        "{type: object, properties: {a: {type: string}, b: {type: string}}}",
        "{type: object, properties: {b: {type: string}, a: {type: string}}}",
        "property-order-changed",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "additional-properties-forbidden",
    ),
    (
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "{type: object, properties: {a: {type: string}}}",
        "additional-properties-allowed",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "additional-properties-typed",
    ),
    (
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "{type: object, properties: {a: {type: string}}}",
        "additional-properties-untyped",
    ),
    (
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "additional-properties-added",
    ),
    (
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
        "additional-properties-removed",
    ),
    (
        "{type: object, additionalProperties: {type: string}}",
        "{type: object, additionalProperties: {type: integer}}",
        "type-changed",
    ),
    (
        "{type: object, additionalProperties: {type: string}}",
        "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
        "object-kind-changed, optional-property-added",
    ),
    (
        "{type: object, properties: {a: {type: string}, b: {type: string}}}",
        "{type: object, properties: {a: {type: string}, b: {type: string}}, dependentRequired: {a: [b]}}",
        "dependent-required-added",
    ),
    (
        "{type: object, properties: {a: {type: string}, b: {type: string}}, dependentRequired: {a: [b]}}",
        "{type: object, properties: {a: {type: string}, b: {type: string}}}",
        "dependent-required-removed",
    ),
    (
        "{type: string}",
        "{anyOf: [{type: string}, {type: integer}]}",
        "alternatives-introduced",
    ),
    (
        "{anyOf: [{type: string}, {type: integer}]}",
        "{type: integer}",
        "alternatives-reduced",
    ),
    (
        "{anyOf: [{type: string}, {type: integer}]}",
        "{anyOf: [{type: string}, {type: integer}, {type: boolean}]}",
        "alternative-added",
    ),
    (
        "{anyOf: [{type: string}, {type: integer}, {type: boolean}]}",
        "{anyOf: [{type: string}, {type: boolean}]}",
        "alternative-removed",
    ),
    (
        "{anyOf: [{type: string}, {type: integer}]}",
        "{anyOf: [{type: integer}, {type: string}]}",
        "alternative-order-changed",
    ),
    (
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/C'}}}",
        "tagged-alternative-added",
    ),
    (
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', x: '#/components/schemas/B'}}}",
        "discriminator-value-added, discriminator-value-removed",
    ),
    (
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "discriminator-added",
    ),
    (
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
        "discriminator-removed",
    ),
    (
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: l, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "discriminator-property-changed",
    ),
    (
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
        "alternatives-became-exclusive",
    ),
    (
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
        "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
        "alternatives-became-inclusive",
    ),
    (
        "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}",
        "{type: object, properties: {a: {type: object, required: [k], properties: {k: {type: string}, a: {type: string}}}}}",
        "schema-name-changed",
    ),
    (
        "{type: object, deprecated: true, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}}}",
        "schema-reactivated",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, deprecated: true, properties: {a: {type: string}}}",
        "schema-deprecated",
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, description: x, properties: {a: {type: string}}}",
        "schema-text-changed",
    ),
    (
        "{type: string}",
        "{type: string, x-rust-type: 'a::B'}",
        "rust-type-changed",
    ),
];

/// Fields of an operation: old, new, rules.
const OPERATIONS: &[(&str, &str, &str)] = &[
    (", tags: [a]", ", tags: [b]", "operation-group-changed"),
    (", tags: [a]", ", tags: [a, b]", "operation-tags-changed"),
    ("", ", deprecated: true", "operation-deprecated"),
    (", deprecated: true", "", "operation-reactivated"),
    (", summary: x", ", summary: y", "operation-text-changed"),
    (
        "",
        ", servers: [{url: 'https://b'}]",
        "operation-servers-changed",
    ),
    ("", ", security: [{k: []}]", "security-introduced"),
    (", security: [{k: []}]", "", "security-dropped"),
    (
        ", security: [{k: []}]",
        ", security: [{k: []}, {o: []}]",
        "security-alternative-added",
    ),
    (
        ", security: [{k: []}, {o: []}]",
        ", security: [{o: []}]",
        "security-alternative-removed",
    ),
    (
        ", security: [{o: [x]}]",
        ", security: [{o: [y]}]",
        "security-scope-added, security-scope-removed",
    ),
    (
        "",
        ", parameters: [{name: p, in: query, required: true, schema: {type: string}}]",
        "required-parameter-added",
    ),
    (
        "",
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        "first-optional-parameter-added",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, schema: {type: string}}, {name: q, in: header, schema: {type: string}}]",
        "optional-parameter-added",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        "",
        "parameter-removed",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: header, schema: {type: string}}]",
        "optional-parameter-added, parameter-removed",
    ),
    (
        ", parameters: [{name: p, in: query, deprecated: true, schema: {type: string}}]",
        "",
        "deprecated-parameter-removed",
    ),
    (
        ", parameters: [{name: X-P, in: header, schema: {type: string}}]",
        ", parameters: [{name: x-p, in: header, schema: {type: string}}]",
        "",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, required: true, schema: {type: string}}]",
        "parameter-became-required",
    ),
    (
        ", parameters: [{name: p, in: query, required: true, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        "parameter-became-optional",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, schema: {type: string, default: a}}]",
        "parameter-default-added",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string, default: a}}]",
        ", parameters: [{name: p, in: query, schema: {type: string, default: b}}]",
        "parameter-default-changed",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string, default: a}}]",
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        "parameter-default-removed",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: array, items: {type: string}}}]",
        ", parameters: [{name: p, in: query, explode: false, schema: {type: array, items: {type: string}}}]",
        "parameter-style-changed",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, allowReserved: true, schema: {type: string}}]",
        "parameter-encoding-changed",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, deprecated: true, schema: {type: string}}]",
        "parameter-deprecated",
    ),
    (
        ", parameters: [{name: p, in: query, deprecated: true, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        "parameter-reactivated",
    ),
    (
        ", parameters: [{name: p, in: query, schema: {type: string}}]",
        ", parameters: [{name: p, in: query, description: x, schema: {type: string}}]",
        "parameter-text-changed",
    ),
    (
        "",
        ", requestBody: {required: true, content: {text/plain: {}}}",
        "required-body-added",
    ),
    (
        "",
        ", requestBody: {content: {text/plain: {}}}",
        "optional-body-added",
    ),
    (
        ", requestBody: {content: {text/plain: {}}}",
        "",
        "body-removed",
    ),
    (
        ", requestBody: {content: {text/plain: {}}}",
        ", requestBody: {required: true, content: {text/plain: {}}}",
        "body-became-required",
    ),
    (
        ", requestBody: {required: true, content: {text/plain: {}}}",
        ", requestBody: {content: {text/plain: {}}}",
        "body-became-optional",
    ),
    (
        ", requestBody: {content: {image/png: {}}}",
        ", requestBody: {required: true, content: {image/png: {}}}",
        "bytes-body-became-required",
    ),
    (
        ", requestBody: {required: true, content: {image/png: {}}}",
        ", requestBody: {content: {image/png: {}}}",
        "bytes-body-became-optional",
    ),
    (
        ", requestBody: {content: {text/plain: {}}}",
        ", requestBody: {description: x, content: {text/plain: {}}}",
        "body-text-changed",
    ),
    (
        ", requestBody: {content: {image/png: {}}}",
        ", requestBody: {content: {image/png: {}, image/gif: {}}}",
        "media-type-added",
    ),
    (
        ", requestBody: {content: {image/png: {}, image/gif: {}}}",
        ", requestBody: {content: {image/png: {}}}",
        "media-type-removed",
    ),
    (
        ", requestBody: {content: {image/png: {}}}",
        ", requestBody: {content: {image/png: {}, application/json: {schema: {type: string}}}}",
        "content-added",
    ),
    (
        ", requestBody: {content: {image/png: {}, text/plain: {}}}",
        ", requestBody: {content: {text/plain: {}, image/png: {}}}",
        "content-order-changed",
    ),
    (
        ", requestBody: {content: {image/png: {}, application/json: {schema: {type: string}}}}",
        ", requestBody: {content: {image/png: {}}}",
        "content-removed",
    ),
    (
        ", requestBody: {content: {image/png: {}}}",
        ", requestBody: {content: {application/json: {schema: {type: string}}}}",
        "content-kind-changed, media-type-added, media-type-removed",
    ),
    (
        ", requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}}}",
        ", requestBody: {content: {application/x-www-form-urlencoded: {encoding: {a: {explode: false}}, schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}}}",
        "form-encoding-changed",
    ),
    (
        ", requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}}}}",
        ", requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}}}",
        "form-part-changed",
    ),
    (
        ", requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string, contentMediaType: image/png}}}}}}",
        ", requestBody: {content: {multipart/form-data: {encoding: {a: {contentType: image/gif}}, schema: {type: object, properties: {a: {type: string, contentMediaType: image/png}}}}}}",
        "form-part-media-type-changed",
    ),
    (
        ", requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}}}}",
        ", requestBody: {content: {multipart/form-data: {schema: {type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}}}}",
        "required-property-added",
    ),
    (
        ", requestBody: {content: {application/xml: {schema: {type: object, xml: {name: A}, properties: {a: {type: string}}}}}}",
        ", requestBody: {content: {application/xml: {schema: {type: object, xml: {name: A}, properties: {a: {type: string, xml: {attribute: true}}}}}}}",
        "xml-changed",
    ),
    (
        ", responses: {200: {description: x}}",
        ", responses: {200: {description: x}, 202: {description: x}}",
        "second-success-status-added",
    ),
    (
        ", responses: {200: {description: x}, 202: {description: x}}",
        ", responses: {200: {description: x}, 201: {description: x}, 202: {description: x}}",
        "success-status-added",
    ),
    (
        ", responses: {200: {description: x}, 202: {description: x}}",
        ", responses: {200: {description: x}}",
        "success-status-removed",
    ),
    (
        ", responses: {200: {description: x}}",
        ", responses: {200: {description: x}, 404: {description: x}}",
        "error-status-added",
    ),
    (
        ", responses: {200: {description: x}, 404: {description: x}}",
        ", responses: {200: {description: x}}",
        "error-status-removed",
    ),
    (
        ", responses: {200: {description: x}}",
        ", responses: {200: {description: x}, 404: {description: x, content: {application/json: {schema: {type: string}}}}}",
        "error-status-added, error-type-changed",
    ),
    (
        ", responses: {200: {description: x}}",
        ", responses: {200: {description: x, content: {text/plain: {}}}}",
        "response-body-added",
    ),
    (
        ", responses: {200: {description: x, content: {text/plain: {}}}}",
        ", responses: {200: {description: x}}",
        "response-body-removed",
    ),
    (
        ", responses: {200: {description: x}}",
        ", responses: {200: {description: y}}",
        "response-text-changed",
    ),
    (
        ", responses: {200: {description: x}}",
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        "first-response-header-added",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}, B: {schema: {type: string}}}}}",
        "optional-response-header-added",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}, B: {required: true, schema: {type: string}}}}}",
        "required-response-header-added",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        ", responses: {200: {description: x}}",
        "optional-response-header-removed",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {required: true, schema: {type: string}}}}}",
        ", responses: {200: {description: x}}",
        "required-response-header-removed",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        ", responses: {200: {description: x, headers: {a: {required: true, schema: {type: string}}}}}",
        "response-header-became-required",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {required: true, schema: {type: string}}}}}",
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        "response-header-became-optional",
    ),
    (
        ", responses: {200: {description: x, headers: {A: {schema: {type: string}}}}}",
        ", responses: {200: {description: x, headers: {A: {description: y, schema: {type: string}}}}}",
        "response-header-text-changed",
    ),
    (
        ", parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
        ", parameters: [{name: id, in: path, required: true, schema: {type: integer}}]",
        "type-changed",
    ),
];

const GET: &str = "{get: {operationId: a, tags: [t], responses: {204: {description: x}}}}";

/// Whole documents after the head, or with it: old, new, rules.
#[allow(clippy::too_many_lines)] // a table
fn documents() -> Vec<(String, String, &'static str)> {
    let callback = |url: &str, name: &str| {
        format!(
            "paths: {{/a: {{post: {{operationId: a, callbacks: {{{name}: {{'{url}': {{post: {{responses: {{204: {{description: x}}}}}}}}}}}}, responses: {{204: {{description: x}}}}}}}}}}\n"
        )
    };
    let none = "paths: {/a: {post: {operationId: a, responses: {204: {description: x}}}}}\n";
    let text = |text: &str| text.to_owned();
    let head = "openapi: 3.1.0\ninfo: {title: U, version: '2'}\npaths: {}\n";
    let path = |name: &str| {
        format!(
            "paths: {{'/a/{{{name}}}': {{get: {{operationId: a, parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}], responses: {{204: {{description: x}}}}}}}}}}\n"
        )
    };
    vec![
        (text("paths: {}\n"), text(head), "api-text-changed"),
        (
            text("tags: [{name: t}]\npaths: {}\n"),
            text("tags: [{name: t, description: x}]\npaths: {}\n"),
            "tag-text-changed",
        ),
        (
            text("servers: [{url: 'https://a'}]\npaths: {}\n"),
            text("servers: [{url: 'https://a'}, {url: 'https://b'}]\npaths: {}\n"),
            "api-server-added",
        ),
        (
            text("servers: [{url: 'https://a'}, {url: 'https://b'}]\npaths: {}\n"),
            text("servers: [{url: 'https://b'}]\npaths: {}\n"),
            "api-server-removed",
        ),
        (
            text("servers: [{url: 'https://a'}]\npaths: {}\n"),
            text("servers: [{url: 'https://a', description: x}]\npaths: {}\n"),
            "api-server-text-changed",
        ),
        (
            text("servers: [{url: 'https://{a}', variables: {a: {default: x}}}]\npaths: {}\n"),
            text("servers: [{url: 'https://{a}', variables: {a: {default: y}}}]\npaths: {}\n"),
            "api-server-variable-changed",
        ),
        (
            text("paths: {}\n"),
            text("paths: {}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\n"),
            "security-scheme-added",
        ),
        (
            text("paths: {}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\n"),
            text("paths: {}\n"),
            "security-scheme-removed",
        ),
        (
            text("paths: {}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\n"),
            text("paths: {}\ncomponents: {securitySchemes: {k: {type: http, scheme: bearer}}}\n"),
            "security-scheme-changed",
        ),
        (
            text("paths: {}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\n"),
            text(
                "paths: {}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic, description: x}}}\n",
            ),
            "security-scheme-text-changed",
        ),
        (
            text("paths: {}\n"),
            text("paths: {}\ncomponents: {schemas: {S: {type: string}}}\n"),
            "schema-added",
        ),
        (
            text("paths: {}\ncomponents: {schemas: {S: {type: string}}}\n"),
            text("paths: {}\n"),
            "schema-removed",
        ),
        (
            format!("paths: {{/a: {GET}}}\n"),
            format!(
                "paths: {{/a: {GET}, /b: {}}}\n",
                GET.replace("Id: a", "Id: b")
            ),
            "operation-added",
        ),
        (
            text("paths: {}\n"),
            format!("paths: {{/a: {GET}}}\n"),
            "operation-group-added",
        ),
        (
            format!("paths: {{/a: {GET}}}\n"),
            text("paths: {}\n"),
            "operation-removed",
        ),
        (
            format!(
                "paths: {{/a: {}}}\n",
                GET.replace("tags", "deprecated: true, tags")
            ),
            text("paths: {}\n"),
            "deprecated-operation-removed",
        ),
        (
            format!("paths: {{/a: {GET}}}\n"),
            format!("paths: {{/b: {GET}}}\n"),
            "operation-moved",
        ),
        (
            format!("servers: [{{url: 'https://h/v1'}}]\npaths: {{/a: {GET}}}\n"),
            format!("servers: [{{url: 'https://h'}}]\npaths: {{/v1/a: {GET}}}\n"),
            "api-server-added, api-server-removed",
        ),
        (
            format!("paths: {{/a: {GET}}}\n"),
            format!("paths: {{/a: {}}}\n", GET.replace("Id: a", "Id: b")),
            "operation-id-changed",
        ),
        (path("x"), path("y"), "path-parameter-renamed"),
        (
            text("paths: {}\n"),
            text("paths: {}\nwebhooks: {w: {post: {responses: {204: {description: x}}}}}\n"),
            "webhook-added",
        ),
        (
            text("webhooks: {w: {post: {responses: {204: {description: x}}}}}\n"),
            text("paths: {}\n"),
            "webhook-removed",
        ),
        (
            text(none),
            callback("{$request.body#/u}", "c"),
            "callback-added",
        ),
        (
            callback("{$request.body#/u}", "c"),
            text(none),
            "callback-removed",
        ),
        (
            callback("{$request.body#/u}", "c"),
            callback("{$request.body#/v}", "c"),
            "callback-url-changed",
        ),
    ]
}

/// Every pair of documents with the rules of their differences.
fn cases() -> Vec<(String, String, &'static str)> {
    let schemas = SCHEMAS.iter();
    let mut cases: Vec<_> = schemas
        .map(|(old, new, rules)| (both_ways(old), both_ways(new), *rules))
        .collect();
    let operations = OPERATIONS.iter();
    cases.extend(operations.map(|(old, new, rules)| (operation(old), operation(new), *rules)));
    let documents = documents().into_iter();
    cases.extend(documents.map(|(old, new, rules)| (document(&old), document(&new), rules)));
    cases
}

#[test]
fn each_difference_has_its_rule() {
    let mut wrong = Vec::new();
    for (old, new, wanted) in cases() {
        let found = rules_of(&differences(&old, &new)).join(", ");
        if found != wanted {
            wrong.push(format!("wanted {wanted}\nfound  {found}\n{old}{new}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_case() {
    let cases = cases();
    let told: BTreeSet<&str> = cases
        .iter()
        .flat_map(|(.., rules)| rules.split(", "))
        .collect();
    let missing: Vec<&str> = ALL
        .iter()
        .map(|rule| rule.id)
        .filter(|id| !told.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
