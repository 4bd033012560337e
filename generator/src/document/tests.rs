//! Small documents: the result of reading them, and the diagnostics.

use super::{
    Document, Location, ParameterFormat, Schema, SecurityKind, StatusKey, Style, dump, read,
};
use crate::diag::{Diagnostics, Place};
use crate::source::Sources;
use serde_json::json;

/// The document, and each diagnostic as `CODE file pointer`; `~` before a pointer marks a key.
fn read_all(texts: &[(&str, &str)]) -> (Option<Document>, Vec<String>) {
    let mut diagnostics = Diagnostics::new(false);
    let (sources, entry) = Sources::from_texts(texts, &mut diagnostics);
    let document = read(&sources, entry.expect("the text parses"), &mut diagnostics);
    let said = diagnostics.iter().map(|diagnostic| {
        let (mark, origin) = match &diagnostic.place {
            Place::Value(origin) => ("", origin),
            Place::Key(origin) => ("~", origin),
            other => panic!("{other:?}"),
        };
        let file = sources.path(origin.file).display();
        format!("{} {file} {mark}{}", diagnostic.code.id(), origin.pointer)
    });
    let said = said.collect();
    (document, said)
}

/// Reads a document in one file and compares the diagnostics.
#[track_caller]
fn said(text: &str, expected: &[&str]) -> Document {
    let (document, said) = read_all(&[("a.yaml", text)]);
    let expected: Vec<_> = expected
        .iter()
        .map(|line| line.replacen(' ', " a.yaml ", 1))
        .collect();
    assert_eq!(said, expected);
    document.expect("a description")
}

/// A 3.0 document with this body after the usual head.
fn v3(body: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{body}")
}

/// A 2.0 document with this body after the usual head.
fn v2(body: &str) -> String {
    format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{body}")
}

fn named<'a>(document: &'a Document, name: &str) -> &'a Schema {
    let (_, id) = document
        .named_schemas
        .iter()
        .find(|(other, _)| other == name)
        .expect("a named schema");
    &document[*id]
}

#[test]
fn versions() {
    for (text, expected) in [
        ("openapi: 3.0.0", None),
        ("openapi: 3.1", None),
        ("openapi: 3.2.0", None),
        ("swagger: 2.0", None),
        ("swagger: 2", None),
        ("swagger: '1.2'", Some("SW0102 a.yaml /swagger")),
        (
            "swaggerVersion: '1.2'",
            Some("SW0102 a.yaml /swaggerVersion"),
        ),
        ("openapi: 3.9", Some("SW0102 a.yaml /openapi")),
        ("openapi: 3.10.0", Some("SW0102 a.yaml /openapi")),
        ("title: x", Some("SW0101 a.yaml ")),
    ] {
        let (document, said) = read_all(&[(
            "a.yaml",
            &format!("{text}\ninfo: {{title: T, version: 1}}\npaths: {{}}\n"),
        )]);
        assert_eq!(document.is_none(), expected.is_some(), "{text}");
        assert_eq!(said.first().map(String::as_str), expected, "{text}");
    }
}

#[test]
fn repairs_of_swagger_2() {
    let text = v2("paths:
  /a/{id}:
    post:
      parameters:
      - {in: path, name: id}
      - {in: query, name: page, required: false}
      - {in: body, name: body, schema: {$ref: '#/definitions/holder'}}
      responses: {200: {}}
");
    let document = said(
        &text,
        &[
            "SW0123 /paths/~1a~1{id}/post/parameters/2/schema/$ref",
            "SW0121 /paths/~1a~1{id}/post/parameters/0/name",
            "SW0120 /paths/~1a~1{id}/post/parameters/0/name",
            "SW0121 /paths/~1a~1{id}/post/parameters/1/name",
            "SW0122 ~/paths/~1a~1{id}/post/responses/200",
        ],
    );
    let operation = &document.paths[0].operations[0];
    assert!(operation.parameters[0].required);
    assert_eq!(operation.responses[0].description, "OK");
    let body = operation.body.as_ref().unwrap();
    assert_eq!(body.content[0].name, "application/json");
    assert!(
        document[body.content[0].schema.unwrap()]
            .reference
            .is_none()
    );
}

#[test]
fn swagger_2_in_the_shape_of_3() {
    let text = v2("host: h.example
basePath: /v1/
schemes: [http, https]
produces: [application/json]
securityDefinitions:
  basic: {type: basic}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {read: R}}
paths:
  /a:
    post:
      consumes: [multipart/form-data]
      parameters:
      - {in: formData, name: file, type: file, required: true}
      - {in: formData, name: tags, type: array, items: {type: string}, collectionFormat: multi}
      - {in: query, name: ids, type: array, items: {type: integer}, collectionFormat: pipes, minItems: 1}
      - {in: header, name: X-Ids, type: array, items: {type: integer}}
      responses:
        200: {description: d, schema: {type: file}, headers: {X-N: {type: integer}}}
        default: {description: d}
");
    let document = said(&text, &[]);
    let urls: Vec<_> = document
        .servers
        .iter()
        .map(|server| server.url.as_str())
        .collect();
    assert_eq!(urls, ["http://h.example/v1", "https://h.example/v1"]);
    assert_eq!(
        document.security_schemes[0].kind,
        SecurityKind::Http {
            scheme: "basic".into(),
            bearer_format: None
        }
    );
    assert!(dump(&document).contains("authorizationCode: read"));
    let expected = "path /a
  POST
    query ids PipeDelimited
      as: array minItems=1
        items: integer
    header X-Ids Simple
      as: array
        items: integer
    body required
      multipart/form-data: object
        .file: string (binary)
        .tags?: array
          items: string
        encoding tags Form explode
    200 \"d\"
      header X-N: integer
      application/json: string (binary)
    default \"d\"
";
    let text = dump(&document);
    assert_eq!(&text[text.find("path ").unwrap()..], expected);
}

#[test]
fn a_relative_server_without_a_host() {
    let document = said(&v2("basePath: api\npaths: {}\n"), &[]);
    assert_eq!(document.servers[0].url, "/api");
    assert!(said(&v2("paths: {}\n"), &[]).servers.is_empty());
}

#[test]
fn a_body_and_a_form_contradict() {
    let text = v2(
        "paths: {/a: {post: {parameters: [{in: body, name: b, schema: {}}, {in: formData, name: f, type: string}]}}}\n",
    );
    said(&text, &["SW0129 /paths/~1a/post/parameters/0/name"]);
}

#[test]
fn parameters_of_the_path_are_overridden() {
    let text = v3("paths:
  /a/{id}:
    parameters:
    - {in: path, name: id, required: true, schema: {type: string}}
    - {in: query, name: q, schema: {type: string}}
    get:
      parameters:
      - {in: path, name: id, required: true, style: label, explode: true, schema: {type: integer}}
      - {in: cookie, name: c, content: {application/json: {schema: {type: object}}}}
");
    let document = said(&text, &[]);
    let [q, id, cookie] = document.paths[0].operations[0].parameters.as_slice() else {
        panic!("three parameters")
    };
    assert_eq!((q.name.as_str(), q.location), ("q", Location::Query));
    let ParameterFormat::Style {
        style: Style::Label,
        explode: true,
        schema,
    } = id.format
    else {
        panic!("{id:?}")
    };
    assert!(document[schema].types.integer);
    assert!(
        matches!(&cookie.format, ParameterFormat::Content(media_type) if media_type.name == "application/json")
    );
}

#[test]
fn what_contradicts_itself() {
    let text = v3("paths:
  /a/{id}:
    get:
      parameters:
      - {in: query, name: q, schema: {}}
      - {in: query, name: q, schema: {}}
      - {in: path, name: other, required: true, schema: {}}
      operationId: same
      security: [{nobody: []}]
      responses: {'2000': {description: d}}
  /a/{name}:
    get: {operationId: same, parameters: [{in: path, name: name, required: true, schema: {}}]}
    put: {parameters: [{in: nowhere, name: name}]}
  /{: {}
");
    said(
        &text,
        &[
            "SW0106 /paths/~1a~1{id}/get/parameters/1/name",
            "SW0126 ~/paths/~1a~1{id}/get/responses/2000",
            "SW0125 ~/paths/~1a~1{id}/get/security/0/nobody",
            "SW0107 ~/paths/~1a~1{id}/get",
            "SW0108 /paths/~1a~1{id}/get/parameters/2/name",
            // The parameter that can't be read could be the missing one, so `{name}` isn't reported.
            "SW0105 /paths/~1a~1{name}/put/parameters/0/in",
            "SW0111 ~/paths/~1a~1{name}",
            "SW0109 ~/paths/~1{",
            "SW0110 /paths/~1a~1{name}/get/operationId",
        ],
    );
}

#[test]
fn keys_that_mean_the_same_are_told_of() {
    let text = v3("paths:
  /a:
    Get: {responses: {'200': {description: d}}}
    get:
      operationId: counts
      responses:
        2xx: {description: d}
        2XX: {description: counts, headers: {x-a: {schema: {}}, X-A: {schema: {}}}}
        Default: {description: d}
        '200 OK': {description: d}
        '200': {description: counts}
    GET: {responses: {}}
");
    let document = said(
        &text,
        &[
            "SW0136 ~/paths/~1a/Get",
            "SW0136 ~/paths/~1a/GET",
            "SW0130 ~/paths/~1a/get/responses/200 OK",
            "SW0136 ~/paths/~1a/get/responses/2xx",
            "SW0136 ~/paths/~1a/get/responses/200 OK",
            "SW0136 ~/paths/~1a/get/responses/2XX/headers/X-A",
        ],
    );
    let [operation] = &document.paths[0].operations[..] else {
        panic!("not one operation");
    };
    assert_eq!(operation.id.as_deref(), Some("counts"));
    let described = operation.responses.iter();
    let described: Vec<_> = described.map(|one| one.description.as_str()).collect();
    assert_eq!(described, ["counts", "counts", "d"]);
}

#[test]
fn one_problem_is_said_once() {
    let text = v3("paths:
  /a: {get: {parameters: [$ref: '#/components/parameters/P'], responses: {200: {$ref: '#/components/responses/R'}}}}
  /b: {get: {parameters: [$ref: '#/components/parameters/P'], responses: {200: {$ref: '#/components/responses/R'}}}}
components:
  parameters: {P: {in: query, name: p}}
  responses: {R: {content: {application/json: {schema: {$ref: '#/components/schemas/No'}}}}}
");
    said(
        &text,
        &[
            "SW0121 /components/parameters/P/name",
            "SW0122 ~/components/responses/R",
            "SW0208 /components/responses/R/content/application~1json/schema/$ref",
        ],
    );
}

#[test]
fn security_of_operations() {
    let text = v3("security: [{key: []}]
paths:
  /a: {get: {}, put: {security: []}, post: {security: [{}, {oauth: [a, b], key: []}]}}
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: k}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: t, scopes: {a: A}}}}
");
    let document = said(&text, &[]);
    let security: Vec<_> = document.paths[0]
        .operations
        .iter()
        .map(|operation| operation.security.len())
        .collect();
    assert_eq!(security, [1, 0, 2]);
    assert!(dump(&document).contains("security: nothing or oauth(a b) + key"));
}

#[test]
fn schemas_of_all_versions_say_the_same() {
    let old = "components:
  schemas:
    A: {type: string, nullable: true, example: x}
    B: {type: number, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
    C: {oneOf: [{$ref: '#/components/schemas/A'}], nullable: true}
paths: {}
";
    let new = "components:
  schemas:
    A: {type: [string, 'null'], examples: [x]}
    B: {type: number, exclusiveMinimum: 1, minimum: 0, maximum: 9}
    C: {$ref: '#/components/schemas/A', minLength: 2}
";
    let old = said(&v3(old), &[]);
    let new = said(&v3(new).replace("3.0.3", "3.1.0"), &[]);
    assert_eq!(named(&old, "A").types, named(&new, "A").types);
    assert_eq!(named(&old, "A").examples, named(&new, "A").examples);
    assert_eq!(named(&old, "B").minimum, named(&new, "B").minimum);
    assert_eq!(named(&old, "B").maximum, named(&new, "B").maximum);
    assert!(named(&old, "C").nullable);
    assert_eq!(
        (named(&new, "C").reference, named(&new, "C").min_length),
        (Some(new.named_schemas[0].1), Some(2))
    );
}

#[test]
fn a_reference_of_3_0_stands_alone() {
    let text = v3("components:
  schemas:
    A: {type: object}
    B: {properties: {a: {$ref: '#/components/schemas/A', description: about, nullable: true, minProperties: 1}}}
");
    let document = said(&text, &[]);
    let property = &document[named(&document, "B").properties[0].1];
    assert_eq!(property.description.as_deref(), Some("about"));
    assert!(property.nullable);
    assert_eq!(property.min_properties, None);
}

#[test]
fn words_of_later_json_schema() {
    let text = v3("components:
  schemas:
    T: {prefixItems: [{type: string}, true], items: false, const: null}
    U: {items: [{type: string}], additionalItems: {type: integer}}
    O: {additionalProperties: {}, patternProperties: {^x: {}}, if: {}, unevaluatedProperties: false}
");
    let document = said(&text.replace("3.0.3", "3.1.0"), &[]);
    let tuple = named(&document, "T");
    assert_eq!(document[tuple.prefix_items[1]].boolean, Some(true));
    assert_eq!(document[tuple.items.unwrap()].boolean, Some(false));
    assert_eq!(tuple.constant, Some(Box::new(json!(null))));
    assert!(document[named(&document, "U").items.unwrap()].types.integer);
    assert!(named(&document, "O").condition.is_some());
    assert!(dump(&document).contains("additional: any\n  unevaluated: none\n"));
}

#[test]
fn types_that_are_none() {
    let text = v3(
        "components: {schemas: {A: {type: datetime, maxLength: '5', required: true}, B: {type: Foo}}}\n",
    );
    let document = said(
        &text,
        &[
            "SW0128 /components/schemas/A/type",
            "SW0127 /components/schemas/A/required",
            "SW0128 /components/schemas/B/type",
        ],
    );
    let date = named(&document, "A");
    assert_eq!(
        (date.types.string, date.format.as_deref(), date.max_length),
        (true, Some("date-time"), Some(5))
    );
}

#[test]
fn discriminators() {
    let text = v3("components:
  schemas:
    A: {discriminator: {propertyName: kind, mapping: {b: B, c: '#/components/schemas/C', d: '#/components/schemas/D'}}}
    B: {type: object}
    C: {type: object}
");
    let document = said(
        &text,
        &["SW0208 /components/schemas/A/discriminator/mapping/d"],
    );
    let mapping = &named(&document, "A")
        .discriminator
        .as_ref()
        .unwrap()
        .mapping;
    assert_eq!(mapping[0].1, document.named_schemas[1].1);
    assert_eq!(mapping[1].1, document.named_schemas[2].1);
}

#[test]
fn references_across_files() {
    let entry = v3("paths:
  /a/{id}: {$ref: 'paths/a.yaml', put: {operationId: own}}
  /b: {get: {responses: {200: {$ref: '#/paths/~1a~1%7Bid%7D/get/responses/200'}}}}
components:
  schemas:
    Pet: {$ref: pet.yaml}
");
    let item = "parameters: [{in: path, name: id, required: true, schema: {$ref: '../defs.yaml#/definitions/Id'}}]
get: {responses: {200: {description: {$ref: '../defs.yaml#/words'}, content: {application/json: {schema: {$ref: '../pet.yaml'}}}}}}
put: {operationId: other}
";
    let (document, said) = read_all(&[
        ("api/a.yaml", &entry),
        ("api/paths/a.yaml", item),
        (
            "api/pet.yaml",
            "{type: object, properties: {self: {$ref: '#'}}}",
        ),
        (
            "api/defs.yaml",
            "definitions: {Id: {type: integer}}\nwords: fine\n",
        ),
    ]);
    assert_eq!(said, Vec::<String>::new());
    let document = document.unwrap();
    let methods: Vec<_> = document.paths[0]
        .operations
        .iter()
        .map(|one| (one.method.as_str(), one.id.as_deref()))
        .collect();
    assert_eq!(methods, [("PUT", Some("own")), ("GET", None)]);
    let response = &document.paths[1].operations[0].responses[0];
    assert_eq!(
        (response.status, response.description.as_str()),
        (StatusKey::Code(200), "fine")
    );
    let pet = named(&document, "Pet").reference.unwrap();
    assert_eq!(document[pet].hint.as_deref(), Some("pet"));
    assert_eq!(
        document[document[response.content[0].schema.unwrap()]
            .reference
            .unwrap()]
        .origin,
        document[pet].origin
    );
    let ParameterFormat::Style { schema, .. } =
        document.paths[0].operations[0].parameters[0].format
    else {
        panic!()
    };
    assert_eq!(
        document[document[schema].reference.unwrap()]
            .hint
            .as_deref(),
        Some("Id")
    );
}

#[test]
fn anchors_are_found_wherever_they_stand() {
    let entry = v3("paths: {}
components:
  examples: {E: {value: {$anchor: id, type: integer}}}
  schemas:
    Pet: {properties: {id: {$anchor: id, type: string}, far: {$ref: 'b.yaml#far'}, gone: {$ref: '#gone'}, odd: {$ref: '#a/b'}}}
    Id: {$ref: '#id'}
");
    let entry = entry.replace("3.0.3", "3.1.0");
    let (document, said) = read_all(&[
        ("a.yaml", &entry),
        ("b.yaml", "Any: {$anchor: far, type: boolean}"),
    ]);
    let document = document.unwrap();
    let at = "a.yaml /components/schemas/Pet/properties";
    assert_eq!(
        said,
        [
            format!("SW0208 {at}/gone/$ref"),
            format!("SW0205 {at}/odd/$ref")
        ]
    );
    let meant = |schema: &Schema| document[schema.reference.unwrap()].types;
    assert!(meant(named(&document, "Id")).string);
    assert!(meant(&document[named(&document, "Pet").properties[1].1]).boolean);
}

/// The schema that each property of a named one refers to, by what it allows.
fn targets(document: &Document, name: &str) -> Vec<String> {
    let properties = named(document, name).properties.iter();
    let targets = properties.map(|(_, id)| &document[document[*id].reference.unwrap()]);
    targets
        .map(|target| format!("{:?}", target.title))
        .collect()
}

#[test]
fn schemas_are_found_by_the_names_they_give_themselves() {
    let text = v3(r"paths: {}
components:
  schemas:
    Shop:
      $id: https://x.example/schemas/shop
      type: object
      properties:
        pointer: {$ref: '#/$defs/Pet'}
        anchor: {$ref: '#pet'}
        relative: {$ref: toy}
        absolute: {$ref: 'https://x.example/schemas/toy#/properties/name'}
        within: {$ref: 'inner/deep#pet'}
        of_the_file: {$ref: '#/components/schemas/Count'}
      $defs:
        Pet: {$anchor: pet, title: pet}
        Inner: {$id: inner/deep, $defs: {P: {$anchor: pet, title: inner}}, properties: {x: {$ref: '#pet'}, y: {$ref: ../toy}}}
    Outer: {properties: {anchor: {$ref: 'https://x.example/schemas/shop#pet'}, urn: {$ref: 'urn:x:y#/$defs/U'}}}
    Inner: {$ref: 'https://x.example/schemas/inner/deep'}
    Toy: {$id: 'https://x.example/schemas/toy', title: toy, properties: {name: {title: name}}}
    Urn: {$id: 'urn:x:y', $defs: {U: {title: u}}}
    Count: {title: count}
    Gone: {$id: 'https://x.example/gone', properties: {x: {$ref: none}}}
    NoSchema: {example: {$id: 'https://x.example/schemas/toy', title: example}}
")
    .replace("3.0.3", "3.1.0");
    let document = said(
        &text,
        &["SW0206 /components/schemas/Gone/properties/x/$ref"],
    );
    let wanted = ["pet", "pet", "toy", "name", "inner", "count"];
    let quoted =
        |words: &[&str]| -> Vec<_> { words.iter().map(|word| format!("Some({word:?})")).collect() };
    assert_eq!(targets(&document, "Shop"), quoted(&wanted));
    assert_eq!(targets(&document, "Outer"), quoted(&["pet", "u"]));
    let inner = &document[named(&document, "Inner").reference.unwrap()];
    let title = |index: usize| {
        let reference = document[inner.properties[index].1].reference.unwrap();
        document[reference].title.as_deref()
    };
    assert_eq!((title(0), title(1)), (Some("inner"), Some("toy")));
}

#[test]
fn documents_are_found_by_the_names_they_give_themselves() {
    let entry = v3("$self: https://x.example/api/root.yaml
paths: {}
components: {schemas: {A: {properties: {
  relative: {$ref: 'parts/b.yaml#/components/schemas/B'}, own: {$ref: 'root.yaml#/components/schemas/C'}, file: {$ref: 'b.yaml#/components/schemas/B'}}},
  C: {title: c}}}
")
    .replace("3.0.3", "3.2.0");
    let other = "openapi: 3.2.0\n$self: https://x.example/api/parts/b.yaml\ncomponents: {schemas: {B: {title: b}}}\n";
    let (document, said) = read_all(&[("a.yaml", &entry), ("b.yaml", other)]);
    let document = document.unwrap();
    assert_eq!(said, [""; 0]);
    let wanted = [r#"Some("b")"#, r#"Some("c")"#, r#"Some("b")"#];
    assert_eq!(targets(&document, "A"), wanted);
}

#[test]
fn pointers_with_a_slash_too_many_or_too_few() {
    let entry = v3("paths: {/a: {$ref: 'b.yaml#/'}}
components: {schemas: {A: {$ref: '#components/schemas/B'}, B: {type: string}}}
");
    let (document, said) = read_all(&[
        ("a.yaml", &entry),
        ("b.yaml", "get: {responses: {200: {description: Fine}}}"),
    ]);
    let document = document.unwrap();
    assert_eq!(
        said,
        [
            "SW0215 a.yaml /paths/~1a/$ref",
            "SW0215 a.yaml /components/schemas/A/$ref"
        ]
    );
    assert_eq!(document.paths[0].operations.len(), 1);
    assert!(
        document[named(&document, "A").reference.unwrap()]
            .types
            .string
    );
}

#[test]
fn references_that_lead_nowhere() {
    let text = v3("paths:
  /a: {$ref: missing.yaml}
  /b:
    post:
      parameters: [{$ref: '#/components/parameters/A'}, {$ref: 'https://example.com/p.yaml'}, {$ref: ../up.yaml}, {$ref: 7}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/No'}, examples: {e: {$ref: '#/no'}}}}}
      responses: {200: {$ref: '#/components/responses/No'}}
components:
  parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/C'}
    C: {$ref: '#/components/schemas/B'}
    D: {$ref: '#/components/schemas/D'}
    E: {$ref: 'no pointer#x'}
");
    let document = said(
        &text,
        &[
            "SW0206 /paths/~1a/$ref",
            "SW0202 /paths/~1b/post/parameters/0/$ref",
            "SW0204 /paths/~1b/post/parameters/1/$ref",
            "SW0203 /paths/~1b/post/parameters/2/$ref",
            "SW0205 /paths/~1b/post/parameters/3/$ref",
            "SW0123 /paths/~1b/post/requestBody/content/application~1json/schema/$ref",
            "SW0207 /paths/~1b/post/requestBody/content/application~1json/examples/e/$ref",
            "SW0209 /paths/~1b/post/responses/200/$ref",
            "SW0206 /components/schemas/E/$ref",
            "SW0202 /components/schemas/B/$ref",
            "SW0202 /components/schemas/D/$ref",
        ],
    );
    // Following references always ends.
    for start in &document.schemas {
        let steps = std::iter::successors(Some(start), |schema| {
            schema.reference.map(|id| &document[id])
        });
        assert!(steps.take(document.schemas.len() + 1).count() <= document.schemas.len());
    }
}

#[test]
fn names_that_look_like_keywords() {
    let text = v3("components:
  schemas:
    $ref: {type: object, properties: {$ref: {type: string}, type: {type: string}, '': {type: integer}}, required: [$ref]}
    A: {$ref: '#/components/schemas/$ref'}
");
    let document = said(&text, &[]);
    assert_eq!(named(&document, "$ref").properties.len(), 3);
    assert_eq!(
        named(&document, "A").reference,
        Some(document.named_schemas[0].1)
    );
}

#[test]
fn callbacks_webhooks_and_methods_of_3_2() {
    let text = "openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a:
    query:
      callbacks:
        done: {'{$request.body#/url}': {post: {operationId: called, callbacks: {again: {x: {post: {}}}}}}}
    additionalOperations: {COPY: {}}
webhooks:
  new: {post: {requestBody: {content: {text/event-stream: {itemSchema: {type: string}}}}}}
";
    let document = said(
        text,
        &["SW0316 ~/paths/~1a/query/callbacks/done/{$request.body#~1url}/post/callbacks/again"],
    );
    let text = dump(&document);
    let expected = "path /a
  QUERY
    callback done
      to \"{$request.body#/url}\"
        POST
          id: \"called\"
  COPY
webhook new
  POST
    body
      text/event-stream
        each: string
";
    assert_eq!(&text[text.find("path ").unwrap()..], expected);
}

#[test]
fn long_chains_cost_no_stack() {
    let length = 20_000;
    let link = |index: usize| {
        format!(
            "\"A{index}\": {{\"items\": {{\"$ref\": \"#/components/schemas/A{}\"}}}}",
            index + 1
        )
    };
    let links: Vec<_> = (0..length).map(link).collect();
    let head = "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"components\": {\"schemas\": {";
    let text = format!("{head}{}, \"A{length}\": {{}}}}}}}}", links.join(", "));
    let document = said(&text, &[]);
    assert_eq!(document.schemas.len(), 2 * length + 1);
    assert!(dump(&document).lines().count() > length);
}

#[test]
fn what_info_lacks() {
    let document = said(
        "openapi: 3.0.0\ninfo: {title: 7}\npaths: {}\n",
        &["SW0124 ~/info"],
    );
    assert_eq!(
        (document.info.title.as_str(), document.info.version.as_str()),
        ("7", "0.0.0")
    );
    said("openapi: 3.0.0\n", &["SW0124 ", "SW0124 "]);
}

#[test]
fn parts_form_a_tree() {
    let text = v3("components:
  schemas:
    A: {properties: {$ref: '#/components/schemas'}, allOf: {$ref: '#/x-lists/a'}}
x-lists: {a: [{$ref: '#/components/schemas/A'}]}
");
    let document = said(&text, &[]);
    let a = named(&document, "A");
    let property = &document[a.properties[0].1];
    assert_eq!(property.reference, Some(document.named_schemas[0].1));
    assert!(document[a.all_of[0]].reference.is_some());
}
