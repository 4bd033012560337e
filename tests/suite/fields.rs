//! Every field of every object of the specification changes the output, or `report` says that it is ignored.

use serde_json::Value;
use specwright::config::{Options, PackageName};
use specwright::diag::Diagnostics;
use specwright::document::all_fields;
use specwright::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// A minimal description in which every object of OpenAPI 3.2 occurs.
const NEW: &str = r"
openapi: 3.2.0
info: {title: T, version: '1', contact: {}, license: {name: MIT}}
servers: [{url: 'https://{host}', variables: {host: {default: a.example}}}]
tags: [{name: things, description: Things., externalDocs: {url: https://d.example}}]
externalDocs: {url: https://d.example}
security: [{key: []}]
paths:
  /a/{id}:
    get:
      operationId: getA
      tags: [things]
      externalDocs: {url: https://d.example}
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, schema: {type: object, properties: {x: {type: string}}}}
        - {name: e, in: query, schema: {type: integer}}
      responses:
        '200':
          description: d
          headers: {X-A: {schema: {type: object, properties: {x: {type: string}}}}, X-B: {schema: {type: string}}}
          content:
            application/xml: {schema: {$ref: '#/components/schemas/Pet'}}
            application/json: {schema: {$ref: '#/components/schemas/Pet'}, examples: {one: {}}}
          links: {next: {operationId: postA, parameters: {id: a}}}
        '404': {description: e}
    post:
      operationId: postA
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {f: {type: array, items: {type: string}}, g: {type: string}}}
            encoding: {f: {}, g: {headers: {X-P: {schema: {type: string}}}}}
      responses: {'204': {description: d}}
      callbacks: {}
  /form:
    put:
      operationId: form
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {f: {type: array, items: {type: string}}}}
            encoding: {f: {}}
      responses: {'204': {description: d}}
  /events:
    get: {operationId: events, responses: {'200': {description: d, content: {application/jsonl: {}}}}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind}
    Cat:
      type: object
      required: [kind]
      properties: {kind: {type: string}, n: {type: string, xml: {}}, l: {type: array, items: {type: string}, xml: {}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, b: {type: boolean}, other: {type: string}}}
  securitySchemes:
    key: {type: apiKey, name: K, in: header}
    http: {type: http, scheme: bearer}
    oidc: {type: openIdConnect, openIdConnectUrl: https://i.example}
    oauth: {type: oauth2, flows: {implicit: {authorizationUrl: https://o.example, scopes: {}}, deviceAuthorization: {}}}
";

/// The same for Swagger 2.
const OLD: &str = r"
swagger: '2.0'
info: {title: T, version: '1', contact: {}, license: {name: MIT}}
host: a.example
tags: [{name: things, description: Things., externalDocs: {url: https://d.example}}]
externalDocs: {url: https://d.example}
paths:
  /a/{id}:
    get:
      operationId: getA
      tags: [things]
      externalDocs: {url: https://d.example}
      parameters:
        - {name: id, in: path, required: true, type: string}
        - {name: s, in: query, type: string}
        - {name: n, in: query, type: integer}
        - {name: l, in: query, type: array, items: {type: string}}
        - {name: m, in: query, type: array, items: {type: integer}}
        - {name: ll, in: query, type: array, items: {type: array, items: {type: string}}}
      responses:
        '200':
          description: d
          headers:
            X-S: {type: string}
            X-N: {type: integer}
            X-L: {type: array, items: {type: string}}
          schema: {$ref: '#/definitions/Pet'}
    post:
      operationId: postA
      parameters:
        - {name: id, in: path, required: true, type: string}
        - {name: b, in: body, schema: {type: object, properties: {x: {type: string}}}}
      responses: {'204': {description: d}}
definitions:
  Pet: {type: object, properties: {n: {type: string, xml: {}}, l: {type: array, items: {type: string}, xml: {}}}}
produces: [application/json, application/xml]
securityDefinitions:
  key: {type: apiKey, name: K, in: header}
  oauth: {type: oauth2, flow: implicit, authorizationUrl: https://o.example, scopes: {}}
";

/// An object, a field, the place where it is inserted, and the value.
type Row = (&'static str, &'static str, &'static str, &'static str);

const GET: &str = "/paths/~1a~1{id}/get";

#[rustfmt::skip]
const NEW_ROWS: &[Row] = &[
    ("an API description", "info", "", "{title: U, version: '2'}"),
    ("an API description", "jsonSchemaDialect", "", "https://json-schema.org/draft/2020-12/schema"),
    ("an API description", "servers", "", "[]"),
    ("an API description", "paths", "", "{}"),
    ("an API description", "webhooks", "", "{w: {post: {responses: {'204': {description: d}}}}}"),
    ("an API description", "components", "", "{}"),
    ("an API description", "security", "", "[]"),
    ("an API description", "tags", "", "[{name: things, description: Said}]"),
    ("an API description", "externalDocs", "", "{url: https://other.example}"),
    ("`info`", "title", "/info", "U"),
    ("`info`", "summary", "/info", "S"),
    ("`info`", "description", "/info", "D"),
    ("`info`", "termsOfService", "/info", "https://t.example"),
    ("`info`", "contact", "/info", "{name: Me}"),
    ("`info`", "license", "/info", "{name: Other}"),
    ("a server", "url", "/servers/0", "https://b.example"),
    ("a server", "description", "/servers/0", "D"),
    ("a server", "name", "/servers/0", "N"),
    ("a server", "variables", "/servers/0", "{host: {default: b.example}}"),
    ("a server variable", "enum", "/servers/0/variables/host", "[a.example, b.example]"),
    ("a server variable", "default", "/servers/0/variables/host", "b.example"),
    ("a server variable", "description", "/servers/0/variables/host", "D"),
    ("`components`", "schemas", "/components", "{Pet: {type: string}}"),
    ("`components`", "securitySchemes", "/components", "{}"),
    ("a path item", "summary", "/paths/~1a~1{id}", "S"),
    ("a path item", "description", "/paths/~1a~1{id}", "D"),
    ("a path item", "get", "/paths/~1a~1{id}", "null"),
    ("a path item", "put", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "post", "/paths/~1a~1{id}", "null"),
    ("a path item", "delete", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "options", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "head", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "patch", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "trace", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "query", "/paths/~1a~1{id}", "{responses: {'204': {description: d}}}"),
    ("a path item", "additionalOperations", "/paths/~1a~1{id}", "{COPY: {responses: {'204': {description: d}}}}"),
    ("a path item", "servers", "/paths/~1a~1{id}", "[{url: https://b.example}]"),
    ("a path item", "parameters", "/paths/~1a~1{id}", "[{name: p, in: query, schema: {type: string}}]"),
    ("a path item", "$ref", "/paths/~1form", "'#/paths/~1events'"),
    ("an operation", "tags", GET, "[others]"),
    ("an operation", "summary", GET, "S"),
    ("an operation", "description", GET, "D"),
    ("an operation", "externalDocs", GET, "{url: https://other.example}"),
    ("an operation", "operationId", GET, "other"),
    ("an operation", "parameters", GET, "[]"),
    ("an operation", "requestBody", GET, "{content: {application/json: {schema: {type: string}}}}"),
    ("an operation", "responses", GET, "{'204': {description: d}}"),
    ("an operation", "callbacks", GET, "{c: {'{$request.query.q}': {post: {responses: {'204': {description: d}}}}}}"),
    ("an operation", "deprecated", GET, "true"),
    ("an operation", "security", GET, "[]"),
    ("an operation", "servers", GET, "[{url: https://b.example}]"),
    ("a parameter", "name", "/paths/~1a~1{id}/get/parameters/1", "other"),
    ("a parameter", "in", "/paths/~1a~1{id}/get/parameters/1", "header"),
    ("a parameter", "description", "/paths/~1a~1{id}/get/parameters/1", "D"),
    ("a parameter", "required", "/paths/~1a~1{id}/get/parameters/1", "true"),
    ("a parameter", "deprecated", "/paths/~1a~1{id}/get/parameters/1", "true"),
    ("a parameter", "allowEmptyValue", "/paths/~1a~1{id}/get/parameters/2", "true"),
    ("a parameter", "style", "/paths/~1a~1{id}/get/parameters/1", "deepObject"),
    ("a parameter", "explode", "/paths/~1a~1{id}/get/parameters/1", "false"),
    ("a parameter", "allowReserved", "/paths/~1a~1{id}/get/parameters/1", "true"),
    ("a parameter", "schema", "/paths/~1a~1{id}/get/parameters/1", "{type: integer}"),
    ("a parameter", "example", "/paths/~1a~1{id}/get/parameters/1", "{x: one}"),
    ("a parameter", "examples", "/paths/~1a~1{id}/get/parameters/1", "{one: {value: {x: one}}}"),
    ("a request body", "description", "/paths/~1form/put/requestBody", "D"),
    ("a request body", "content", "/paths/~1form/put/requestBody", "{application/json: {}}"),
    ("a request body", "required", "/paths/~1form/put/requestBody", "true"),
    ("a media type", "schema", "/paths/~1a~1{id}/get/responses/200/content/application~1json", "{type: string}"),
    ("a media type", "itemSchema", "/paths/~1events/get/responses/200/content/application~1jsonl", "{type: integer}"),
    ("a media type", "example", "/paths/~1a~1{id}/get/responses/200/content/application~1json", "{kind: Cat}"),
    ("a media type", "examples", "/paths/~1a~1{id}/get/responses/200/content/application~1json", "{two: {value: {kind: Cat}}}"),
    ("a media type", "encoding", "/paths/~1form/put/requestBody/content/application~1x-www-form-urlencoded", "{f: {explode: false}}"),
    ("a media type", "prefixEncoding", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data", "[{contentType: text/plain}]"),
    ("a media type", "itemEncoding", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data", "{contentType: text/plain}"),
    ("an encoding", "contentType", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/g", "application/json"),
    ("an encoding", "headers", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/f", "{X-O: {schema: {type: string}}}"),
    ("an encoding", "style", "/paths/~1form/put/requestBody/content/application~1x-www-form-urlencoded/encoding/f", "pipeDelimited"),
    ("an encoding", "explode", "/paths/~1form/put/requestBody/content/application~1x-www-form-urlencoded/encoding/f", "false"),
    ("an encoding", "allowReserved", "/paths/~1form/put/requestBody/content/application~1x-www-form-urlencoded/encoding/f", "true"),
    ("an encoding", "encoding", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/g", "{x: {contentType: text/plain}}"),
    ("an encoding", "prefixEncoding", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/g", "[{contentType: text/plain}]"),
    ("an encoding", "itemEncoding", "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/g", "{contentType: text/plain}"),
    ("a response", "summary", "/paths/~1a~1{id}/get/responses/404", "S"),
    ("a response", "description", "/paths/~1a~1{id}/get/responses/404", "other"),
    ("a response", "headers", "/paths/~1a~1{id}/get/responses/200", "{}"),
    ("a response", "content", "/paths/~1a~1{id}/get/responses/200", "{}"),
    ("a response", "links", "/paths/~1a~1{id}/get/responses/200", "{next: {operationId: postA}}"),
    ("a link", "operationRef", "/paths/~1a~1{id}/get/responses/200/links/next", "'#/paths/~1form/put'"),
    ("a link", "operationId", "/paths/~1a~1{id}/get/responses/200/links/next", "form"),
    ("a link", "parameters", "/paths/~1a~1{id}/get/responses/200/links/next", "{id: b}"),
    ("a link", "requestBody", "/paths/~1a~1{id}/get/responses/200/links/next", "$response.body"),
    ("a link", "description", "/paths/~1a~1{id}/get/responses/200/links/next", "D"),
    ("a link", "server", "/paths/~1a~1{id}/get/responses/200/links/next", "{url: 'https://s.example'}"),
    ("a header", "description", "/paths/~1a~1{id}/get/responses/200/headers/X-B", "D"),
    ("a header", "required", "/paths/~1a~1{id}/get/responses/200/headers/X-B", "true"),
    ("a header", "deprecated", "/paths/~1a~1{id}/get/responses/200/headers/X-B", "true"),
    ("a header", "allowEmptyValue", "/paths/~1a~1{id}/get/responses/200/headers/X-A", "true"),
    ("a header", "explode", "/paths/~1a~1{id}/get/responses/200/headers/X-A", "true"),
    ("a header", "allowReserved", "/paths/~1a~1{id}/get/responses/200/headers/X-A", "true"),
    ("a header", "schema", "/paths/~1a~1{id}/get/responses/200/headers/X-A", "{type: integer}"),
    ("a header", "example", "/paths/~1a~1{id}/get/responses/200/headers/X-A", "a"),
    ("a header", "examples", "/paths/~1a~1{id}/get/responses/200/headers/X-A", "{one: {value: a}}"),
    ("a tag", "name", "/tags/0", "others"),
    ("a tag", "summary", "/tags/0", "S"),
    ("a tag", "description", "/tags/0", "D"),
    ("a tag", "externalDocs", "/tags/0", "{url: https://other.example}"),
    ("a tag", "parent", "/tags/0", "things"),
    ("a tag", "kind", "/tags/0", "nav"),
    ("a discriminator", "propertyName", "/components/schemas/Pet/discriminator", "other"),
    ("a discriminator", "mapping", "/components/schemas/Pet/discriminator", "{feline: Cat}"),
    ("a discriminator", "defaultMapping", "/components/schemas/Pet/discriminator", "Cat"),
    ("`xml`", "nodeType", "/components/schemas/Cat/properties/n/xml", "attribute"),
    ("`xml`", "name", "/components/schemas/Cat/properties/n/xml", "m"),
    ("`xml`", "namespace", "/components/schemas/Cat/properties/n/xml", "https://n.example"),
    ("`xml`", "prefix", "/components/schemas/Cat/properties/n/xml", "p"),
    ("`xml`", "attribute", "/components/schemas/Cat/properties/n/xml", "true"),
    ("`xml`", "wrapped", "/components/schemas/Cat/properties/l/xml", "true"),
    ("a security scheme", "type", "/components/securitySchemes/key", "mutualTLS"),
    ("a security scheme", "description", "/components/securitySchemes/http", "D"),
    ("a security scheme", "name", "/components/securitySchemes/key", "L"),
    ("a security scheme", "in", "/components/securitySchemes/key", "query"),
    ("a security scheme", "scheme", "/components/securitySchemes/http", "basic"),
    ("a security scheme", "bearerFormat", "/components/securitySchemes/http", "JWT"),
    ("a security scheme", "flows", "/components/securitySchemes/oauth", "{}"),
    ("a security scheme", "openIdConnectUrl", "/components/securitySchemes/oidc", "https://j.example"),
    ("a security scheme", "oauth2MetadataUrl", "/components/securitySchemes/oauth", "https://m.example"),
    ("a security scheme", "deprecated", "/components/securitySchemes/key", "true"),
    ("OAuth flows", "implicit", "/components/securitySchemes/oauth/flows", "null"),
    ("OAuth flows", "password", "/components/securitySchemes/oauth/flows", "{tokenUrl: https://t.example}"),
    ("OAuth flows", "clientCredentials", "/components/securitySchemes/oauth/flows", "{tokenUrl: https://t.example}"),
    ("OAuth flows", "authorizationCode", "/components/securitySchemes/oauth/flows", "{tokenUrl: https://t.example}"),
    ("OAuth flows", "deviceAuthorization", "/components/securitySchemes/oauth/flows", "{tokenUrl: https://t.example}"),
    ("an OAuth flow", "authorizationUrl", "/components/securitySchemes/oauth/flows/implicit", "https://p.example"),
    ("an OAuth flow", "deviceAuthorizationUrl", "/components/securitySchemes/oauth/flows/deviceAuthorization", "https://p.example"),
    ("an OAuth flow", "tokenUrl", "/components/securitySchemes/oauth/flows/implicit", "https://p.example"),
    ("an OAuth flow", "refreshUrl", "/components/securitySchemes/oauth/flows/implicit", "https://p.example"),
    ("an OAuth flow", "scopes", "/components/securitySchemes/oauth/flows/implicit", "{read: Reads}"),
];

#[rustfmt::skip]
const OLD_ROWS: &[Row] = &[
    ("an API description", "info", "", "{title: U, version: '2'}"),
    ("an API description", "host", "", "b.example"),
    ("an API description", "basePath", "", "/b"),
    ("an API description", "schemes", "", "[http]"),
    ("an API description", "consumes", "", "[application/xml]"),
    ("an API description", "produces", "", "[application/xml]"),
    ("an API description", "paths", "", "{}"),
    ("an API description", "definitions", "", "{}"),
    ("an API description", "securityDefinitions", "", "{}"),
    ("an API description", "security", "", "[{key: []}]"),
    ("an API description", "tags", "", "[{name: things, description: Said}]"),
    ("an API description", "externalDocs", "", "{url: https://other.example}"),
    ("`info`", "contact", "/info", "{name: Me}"),
    ("an operation", "consumes", "/paths/~1a~1{id}/post", "[application/xml]"),
    ("an operation", "produces", GET, "[application/xml]"),
    ("an operation", "schemes", GET, "[http]"),
    ("a parameter", "allowEmptyValue", "/paths/~1a~1{id}/get/parameters/2", "true"),
    ("a parameter", "schema", "/paths/~1a~1{id}/post/parameters/1", "{type: string}"),
    ("a parameter", "type", "/paths/~1a~1{id}/get/parameters/1", "boolean"),
    ("a parameter", "format", "/paths/~1a~1{id}/get/parameters/1", "uuid"),
    ("a parameter", "items", "/paths/~1a~1{id}/get/parameters/3", "{type: boolean}"),
    ("a parameter", "collectionFormat", "/paths/~1a~1{id}/get/parameters/3", "multi"),
    ("a parameter", "default", "/paths/~1a~1{id}/get/parameters/1", "a"),
    ("a parameter", "maximum", "/paths/~1a~1{id}/get/parameters/2", "9"),
    ("a parameter", "exclusiveMaximum", "/paths/~1a~1{id}/get/parameters/2", "true; maximum: 9"),
    ("a parameter", "minimum", "/paths/~1a~1{id}/get/parameters/2", "1"),
    ("a parameter", "exclusiveMinimum", "/paths/~1a~1{id}/get/parameters/2", "true; minimum: 9"),
    ("a parameter", "maxLength", "/paths/~1a~1{id}/get/parameters/1", "9"),
    ("a parameter", "minLength", "/paths/~1a~1{id}/get/parameters/1", "1"),
    ("a parameter", "pattern", "/paths/~1a~1{id}/get/parameters/1", "^a"),
    ("a parameter", "maxItems", "/paths/~1a~1{id}/get/parameters/3", "9"),
    ("a parameter", "minItems", "/paths/~1a~1{id}/get/parameters/3", "1"),
    ("a parameter", "uniqueItems", "/paths/~1a~1{id}/get/parameters/3", "true"),
    ("a parameter", "enum", "/paths/~1a~1{id}/get/parameters/1", "[a, b]"),
    ("a parameter", "multipleOf", "/paths/~1a~1{id}/get/parameters/2", "2"),
    ("the items of a parameter", "type", "/paths/~1a~1{id}/get/parameters/3/items", "boolean"),
    ("the items of a parameter", "format", "/paths/~1a~1{id}/get/parameters/3/items", "uuid"),
    ("the items of a parameter", "items", "/paths/~1a~1{id}/get/parameters/5/items", "{type: boolean}"),
    ("the items of a parameter", "collectionFormat", "/paths/~1a~1{id}/get/parameters/5/items", "pipes"),
    ("the items of a parameter", "default", "/paths/~1a~1{id}/get/parameters/3/items", "a"),
    ("the items of a parameter", "maximum", "/paths/~1a~1{id}/get/parameters/4/items", "9"),
    ("the items of a parameter", "exclusiveMaximum", "/paths/~1a~1{id}/get/parameters/4/items", "true; maximum: 9"),
    ("the items of a parameter", "minimum", "/paths/~1a~1{id}/get/parameters/4/items", "1"),
    ("the items of a parameter", "exclusiveMinimum", "/paths/~1a~1{id}/get/parameters/4/items", "true; minimum: 9"),
    ("the items of a parameter", "maxLength", "/paths/~1a~1{id}/get/parameters/3/items", "9"),
    ("the items of a parameter", "minLength", "/paths/~1a~1{id}/get/parameters/3/items", "1"),
    ("the items of a parameter", "pattern", "/paths/~1a~1{id}/get/parameters/3/items", "^a"),
    ("the items of a parameter", "maxItems", "/paths/~1a~1{id}/get/parameters/5/items", "9"),
    ("the items of a parameter", "minItems", "/paths/~1a~1{id}/get/parameters/5/items", "1"),
    ("the items of a parameter", "uniqueItems", "/paths/~1a~1{id}/get/parameters/5/items", "true"),
    ("the items of a parameter", "enum", "/paths/~1a~1{id}/get/parameters/3/items", "[a, b]"),
    ("the items of a parameter", "multipleOf", "/paths/~1a~1{id}/get/parameters/4/items", "2"),
    ("a response", "schema", "/paths/~1a~1{id}/get/responses/200", "{type: string}"),
    ("a response", "examples", "/paths/~1a~1{id}/get/responses/200", "{application/json: {n: a}}"),
    ("a header", "type", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "boolean"),
    ("a header", "format", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "uuid"),
    ("a header", "items", "/paths/~1a~1{id}/get/responses/200/headers/X-L", "{type: boolean}"),
    ("a header", "collectionFormat", "/paths/~1a~1{id}/get/responses/200/headers/X-L", "pipes"),
    ("a header", "default", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "a"),
    ("a header", "maximum", "/paths/~1a~1{id}/get/responses/200/headers/X-N", "9"),
    ("a header", "exclusiveMaximum", "/paths/~1a~1{id}/get/responses/200/headers/X-N", "true; maximum: 9"),
    ("a header", "minimum", "/paths/~1a~1{id}/get/responses/200/headers/X-N", "1"),
    ("a header", "exclusiveMinimum", "/paths/~1a~1{id}/get/responses/200/headers/X-N", "true; minimum: 9"),
    ("a header", "maxLength", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "9"),
    ("a header", "minLength", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "1"),
    ("a header", "pattern", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "^a"),
    ("a header", "maxItems", "/paths/~1a~1{id}/get/responses/200/headers/X-L", "9"),
    ("a header", "minItems", "/paths/~1a~1{id}/get/responses/200/headers/X-L", "1"),
    ("a header", "uniqueItems", "/paths/~1a~1{id}/get/responses/200/headers/X-L", "true"),
    ("a header", "enum", "/paths/~1a~1{id}/get/responses/200/headers/X-S", "[a, b]"),
    ("a header", "multipleOf", "/paths/~1a~1{id}/get/responses/200/headers/X-N", "2"),
    ("a security scheme", "flow", "/securityDefinitions/oauth", "password"),
    ("a security scheme", "authorizationUrl", "/securityDefinitions/oauth", "https://p.example"),
    ("a security scheme", "tokenUrl", "/securityDefinitions/oauth", "https://p.example"),
    ("a security scheme", "scopes", "/securityDefinitions/oauth", "{read: Reads}"),
];

/// Fields without a row, as they are covered elsewhere or inside ignored fields, with the reason.
const ELSEWHERE: &[(&str, &[&str])] = &[
    // Definitions matter where they are referred to.
    (
        "`components`",
        &[
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "links",
            "callbacks",
            "pathItems",
            "mediaTypes",
        ],
    ),
    ("an API description", &["parameters", "responses"]),
    // They determine how the document is read.
    ("an API description", &["swagger", "openapi"]),
    // Parts of an ignored object.
    (
        "an example",
        &[
            "summary",
            "description",
            "dataValue",
            "serializedValue",
            "externalValue",
            "value",
        ],
    ),
    ("`contact`", &["name", "url", "email"]),
    ("`license`", &["name", "identifier", "url"]),
    ("`externalDocs`", &["description", "url"]),
    // `content` replaces `schema`.
    ("a parameter", &["content"]),
    ("a header", &["content"]),
    // It can only be `simple`.
    ("a header", &["style"]),
    // `report` has it in its first line.
    ("`info`", &["version"]),
    // It is the base of references.
    ("an API description", &["$self"]),
];

fn parsed(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"))
}

/// The generated files, and the places that `report` lists as ignored.
fn outcome(document: &Value) -> (BTreeMap<String, String>, BTreeSet<String>) {
    outcome_with(document, &Options::new(PackageName::new("a").unwrap()))
}

fn outcome_with(
    document: &Value,
    options: &Options,
) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let text = document.to_string();
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("a.json", &text)], &mut diagnostics);
    let entry = entry.unwrap();
    let report = specwright::pipeline::assess(&sources, entry, options, &mut diagnostics).unwrap();
    let report: Value = serde_json::from_str(&report.to_json(&sources)).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let passed_over = findings.filter(|finding| finding["category"] == "passed-over");
    let places = passed_over.map(|finding| finding["pointer"].as_str().unwrap().to_owned());
    let output = specwright::pipeline::compile(&sources, entry, options, &mut diagnostics);
    let output = output.unwrap_or_else(|| panic!("{document}"));
    let files = output.iter();
    let files = files.map(|(path, text)| (path.as_str().to_owned(), text.to_owned()));
    (files.collect(), places.collect())
}

/// Fields that don't behave as their rows say.
fn wrong(document: &str, rows: &[Row], old: bool) -> Vec<String> {
    let base = parsed(document);
    let before = outcome(&base).0;
    let mut wrong = Vec::new();
    for (object, name, pointer, value) in rows {
        let mut document = base.clone();
        let holder = document
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer}"));
        // `exclusiveMaximum` needs `maximum`, which is added to both.
        let (value, with) = value.split_once("; ").unwrap_or((value, ""));
        let mut beside = before.clone();
        if let Some((key, other)) = with.split_once(": ") {
            holder[key] = parsed(other);
            beside = outcome(&document).0;
        }
        let holder = document.pointer_mut(pointer).unwrap();
        match parsed(value) {
            Value::Null => {
                holder.as_object_mut().unwrap().remove(*name);
            }
            value => holder[*name] = value,
        }
        let (files, passed_over) = outcome(&document);
        let at = format!("{pointer}/{}", name.replace('/', "~1"));
        let changed = files != beside;
        let told = passed_over.contains(&at);
        let listed = all_fields().find(|(known, field, in_old, in_new, _)| {
            known == object && field == name && if old { *in_old } else { *in_new }
        });
        let Some((.., is_passed_over)) = listed else {
            wrong.push(format!("{object} {name} isn't in the tables"));
            continue;
        };
        if changed == is_passed_over || told != is_passed_over {
            wrong.push(format!(
                "{object} `{name}`: changed {changed}, told {told}, listed {is_passed_over}"
            ));
        }
    }
    wrong
}

#[test]
fn fields_of_openapi_are_expressed_or_told_of() {
    let wrong = wrong(NEW, NEW_ROWS, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fields_of_swagger_are_expressed_or_told_of() {
    let wrong = wrong(OLD, OLD_ROWS, true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each field has a row, or a reason not to have one.
#[test]
fn no_field_is_left_out() {
    let rows: BTreeSet<_> = NEW_ROWS
        .iter()
        .chain(OLD_ROWS)
        .map(|(object, name, ..)| (*object, *name))
        .chain(
            ELSEWHERE
                .iter()
                .flat_map(|(object, names)| names.iter().map(|name| (*object, *name))),
        )
        .collect();
    let fields: BTreeSet<_> = all_fields()
        .map(|(object, name, ..)| (object, name))
        .collect();
    assert_eq!(rows, fields);
}

/// Operations and types that a user doesn't want aren't lost, whatever they have.
#[test]
fn what_the_user_leaves_out_is_not_counted() {
    const EXAMPLES: &str = r"
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    parameters: [{name: p, in: query, schema: {type: string}, example: a}]
    get:
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: {x: a}}}}}
      callbacks: {c: {'{$request.query.p}': {post: {requestBody: {content: {text/plain: {example: a}}}, responses: {'200': {description: d}}}}}}
    post:
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/B'}, example: {x: a}}}}}
  /b:
    parameters: [{name: p, in: query, schema: {type: string}, example: a}]
    get: {responses: {'200': {description: d}}}
components:
  schemas:
    A: {type: object, properties: {x: {type: string, example: a}}}
    B: {type: object, properties: {x: {type: string, example: a}}}
";
    let document = parsed(EXAMPLES);
    let places = |include: &[&str], exclude: &[&str]| {
        let mut options = Options::new(PackageName::new("a").unwrap());
        let owned = |entries: &[&str]| entries.iter().map(|one| (*one).to_owned()).collect();
        (options.include, options.exclude) = (owned(include), owned(exclude));
        outcome_with(&document, &options).1
    };
    let (path_a, path_b) = (
        "/paths/~1a/parameters/0/example",
        "/paths/~1b/parameters/0/example",
    );
    let (get, post) = (
        "/paths/~1a/get/responses/200/content/application~1json/example",
        "/paths/~1a/post/responses/200/content/application~1json/example",
    );
    let callback = "/paths/~1a/get/callbacks/c/{$request.query.p}/post/requestBody/content/text~1plain/example";
    let [a, b] = ["A", "B"].map(|name| format!("/components/schemas/{name}/properties/x/example"));
    let (a, b) = (a.as_str(), b.as_str());
    let expect = |places: BTreeSet<String>, expected: &[&str]| {
        let expected = expected.iter().map(|place| (*place).to_owned());
        assert_eq!(places, expected.collect());
    };
    expect(
        places(&[], &[]),
        &[path_a, path_b, get, post, callback, a, b],
    );
    expect(places(&["GET /a"], &[]), &[path_a, get, callback, a]);
    expect(places(&[], &["GET /a"]), &[path_a, path_b, post, b]);
    expect(
        places(&[], &["POST {$request.query.p}", "/b"]),
        &[path_a, get, post, a, b],
    );
}
