//! Indexes and fragments: the merged documents and the diagnostics.

use super::*;
use crate::diag::render::{Format, render};
use serde_json::{Value, json};
use std::path::PathBuf;

const GALLERY: &str = "https://raw.githubusercontent.com/streamdata-gallery-topics/oauth/master/_listings/mattermost/";

/// The document, and each diagnostic as `CODE file pointer` with its related places; `~` before a pointer marks a key.
fn read_all(texts: &[(&str, &str)]) -> (Option<Document>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let (mut sources, entry) = Sources::from_texts(texts, &mut diagnostics);
    fetch(&mut sources, entry.unwrap(), &mut diagnostics);
    let document = document(&sources, entry.unwrap(), &mut diagnostics);
    let place = |place: &Place| match place {
        Place::Value(origin) => {
            format!("{} {}", sources.path(origin.file).display(), origin.pointer)
        }
        Place::Key(origin) => format!(
            "{} ~{}",
            sources.path(origin.file).display(),
            origin.pointer
        ),
        Place::Text { file, line, .. } => format!("{} line {line}", sources.path(*file).display()),
        other => panic!("{other:?}"),
    };
    let said = diagnostics.iter().map(|diagnostic| {
        let related = diagnostic
            .related
            .iter()
            .map(|(other, _)| format!(", {}", place(other)));
        format!(
            "{} {}{}",
            diagnostic.code.id(),
            place(&diagnostic.place),
            related.collect::<String>()
        )
    });
    let said = said.collect();
    (document, said)
}

/// An index that links to these files.
fn index_of(files: &[&str]) -> String {
    let apis = files
        .iter()
        .map(|file| json!({"name": file, "properties": [{"type": "OpenAPI", "url": file}]}));
    json!({"name": "All", "apis": apis.collect::<Vec<_>>()}).to_string()
}

/// Merges these descriptions, which are named by position, `0.yaml`; a body without a version gets the usual head.
fn merged(bodies: &[&str]) -> (Document, Vec<String>) {
    let names: Vec<_> = (0..bodies.len())
        .map(|index| format!("{index}.yaml"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let index = index_of(&names);
    let texts: Vec<_> = bodies
        .iter()
        .map(|body| {
            if body.starts_with("openapi") {
                (*body).to_owned()
            } else {
                format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{body}")
            }
        })
        .collect();
    let files = std::iter::once(("apis.json", index.as_str()))
        .chain(names.into_iter().zip(texts.iter().map(String::as_str)));
    let (document, said) = read_all(&files.collect::<Vec<_>>());
    (document.unwrap(), said)
}

fn ir(document: &Document) -> String {
    crate::lower::lower(document, &mut Diagnostics::default()).dump()
}

fn spec(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/mattermost-oauth-swagger2");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Mattermost's Swagger document, split into a file with front matter for each operation, named as in its index.
fn fragments() -> Vec<(String, String)> {
    let text = spec("openapi.yaml");
    let (sources, entry) =
        Sources::from_texts(&[("openapi.yaml", &text)], &mut Diagnostics::default());
    let whole = Value::from(sources.root(entry.unwrap()).value);
    let mut fragments = Vec::new();
    for (path, item) in whole["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let mut fragment = whole.clone();
            fragment["paths"] = json!({path: {method: operation}});
            let name = format!(
                "{}-openapi.md",
                operation["x-api-path-slug"].as_str().unwrap()
            );
            fragments.push((
                name,
                format!("---\n{}---\n", serde_yaml::to_string(&fragment).unwrap()),
            ));
        }
    }
    fragments
}

/// The same document as one file: the document, the IR, and the number of warnings.
fn whole() -> (String, String, usize) {
    let (document, said) = read_all(&[("openapi.yaml", &spec("openapi.yaml"))]);
    let document = document.unwrap();
    (document::dump(&document), ir(&document), said.len())
}

#[test]
fn fragments_say_what_the_whole_says() {
    let (index, fragments) = (spec("apis.yaml").replace(GALLERY, "parts/"), fragments());
    let fragments: Vec<_> = fragments
        .into_iter()
        .map(|(name, text)| (format!("parts/{name}"), text))
        .collect();
    let texts = fragments
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let (document, said) = read_all(
        &[("apis.yaml", index.as_str())]
            .into_iter()
            .chain(texts)
            .collect::<Vec<_>>(),
    );
    let document = document.unwrap();
    assert_eq!(
        (document::dump(&document), ir(&document), said.len()),
        whole()
    );
    assert!(said.iter().all(|line| line.contains(" parts/")), "{said:?}");
}

#[test]
fn urls_lead_to_the_files_they_are_mapped_to() {
    let folder = std::env::temp_dir().join(format!("specwright-index-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("elsewhere")).unwrap();
    std::fs::create_dir_all(folder.join("specs")).unwrap();
    for (name, text) in fragments() {
        std::fs::write(folder.join("elsewhere").join(name), text).unwrap();
    }
    let entry: PathBuf = folder.join("specs/apis.yaml");
    std::fs::write(&entry, spec("apis.yaml")).unwrap();
    let read = |access: &Access| {
        let mut diagnostics = Diagnostics::default();
        let (sources, entry) = load(&entry, access, &mut diagnostics);
        let document = document(&sources, entry.unwrap(), &mut diagnostics);
        (document, diagnostics, sources.files().count())
    };
    let access = Access {
        urls: [(GALLERY.to_owned(), folder.join("elsewhere"))].into(),
        ..Access::default()
    };
    let (document, diagnostics, files) = read(&access);
    let document = document.unwrap();
    assert_eq!(
        (
            document::dump(&document),
            ir(&document),
            diagnostics.iter().count()
        ),
        whole()
    );
    assert_eq!(files, 9);

    let (document, diagnostics, files) = read(&Access::default());
    assert!(document.is_none());
    assert!(
        diagnostics
            .iter()
            .all(|one| matches!(one.code, Code::IndexFileMissing { .. }))
    );
    assert_eq!((diagnostics.iter().count(), files), (8, 1));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_said_alike_is_kept_once() {
    let schemas = "components: {schemas: {Pet: {type: object, required: [a, b], properties: {a: {type: string}, b: {$ref: '#/components/schemas/Pet'}}}}}\n";
    let turned = "components: {schemas: {Other: {type: string}, Pet: {type: object, required: [b, a], properties: {b: {$ref: '#/components/schemas/Pet'}, a: {type: string}}}}}\n";
    let get = "get: {operationId: pet, responses: {200: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}";
    let put = "put: {requestBody: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Other'}}}}}, responses: {204: {description: x}}}";
    let (document, said) = merged(&[
        &format!("tags: [{{name: pets}}]\npaths: {{/p: {{{get}}}}}\n{schemas}"),
        &format!(
            "tags: [{{name: pets, description: Animals}}]\npaths: {{/p: {{{get}, {put}}}}}\n{turned}"
        ),
    ]);
    assert_eq!(said, [] as [&str; 0]);
    let (whole, _) = read_all(&[(
        "a.yaml",
        &format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\ntags: [{{name: pets, description: Animals}}]\npaths: {{/p: {{{get}, {put}}}}}\n{}",
            schemas.replace("}}}}\n", "}}, Other: {type: string}}}\n")
        ),
    )]);
    assert_eq!(document::dump(&document), document::dump(&whole.unwrap()));
    // The second Pet and its parts are gone, not only unused: Pet, a, b; Other; the list and its items; the response.
    assert_eq!(document.schemas.len(), 7);
}

/// A document that uses everything that contains an id or a place.
const RICH: &str = "
paths:
  /r:
    post:
      parameters: [{name: q, in: query, schema: {type: string}}, {name: c, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}]
      requestBody:
        content:
          multipart/form-data: {schema: {type: object, properties: {f: {}}}, encoding: {f: {headers: {H: {schema: {type: integer}}}}}}
      responses:
        200: {description: x, headers: {X: {schema: {type: boolean}}}, content: {text/plain: {itemSchema: {type: string}, schema: {}}}}
      callbacks:
        done: {'{$request.body#/f}': {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}, responses: {200: {description: x}}}}}
webhooks: {w: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {200: {description: x}}}}}
components:
  securitySchemes: {k: {type: http, scheme: basic}}
  schemas:
    A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: t, mapping: {b: '#/components/schemas/B'}}}
    B: {allOf: [{$ref: '#/components/schemas/C'}, {properties: {t: {const: b}}}], unevaluatedProperties: {type: integer}}
    C: {anyOf: [{type: string}, {type: integer}], not: {type: boolean}, patternProperties: {x: {type: number}}, propertyNames: {pattern: y}, additionalProperties: {type: array, prefixItems: [{type: string}], items: {type: boolean}}}
";

#[test]
fn everything_that_holds_an_id_is_moved_and_compared() {
    let head = "openapi: 3.2.0\ninfo: {title: T, version: '1'}";
    let rich = format!("{head}{RICH}");
    let first = format!(
        "{head}\npaths: {{}}\ncomponents: {{schemas: {{First: {{type: array, items: {{type: string}}}}}}}}\n"
    );
    let both = rich.replace(
        "    A: {",
        "    First: {type: array, items: {type: string}}\n    A: {",
    );
    let (whole, _) = read_all(&[("a.yaml", &both)]);
    let whole = whole.unwrap();
    // The second copy adds nothing.
    for files in [vec![first.as_str(), &rich], vec![&first, &rich, &rich]] {
        let (document, said) = merged(&files);
        assert_eq!(said, [] as [&str; 0]);
        assert_eq!(document::dump(&document), document::dump(&whole));
        assert_eq!(document.schemas.len(), whole.schemas.len());
    }
}

#[test]
fn a_file_that_fragments_share_is_read_into_one_schema() {
    let answer = |path: &str, reference: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{{path}: {{get: {{responses: {{200: {{description: x, content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}}}}}}}}}\n"
        )
    };
    let shared = "definitions: {Pet: {type: object, required: [friend], properties: {friend: {$ref: '#/definitions/Pet'}, x: {type: nothing}}}}\n";
    let (a, b) = (
        answer("/a", "shared.yaml#/definitions/Pet"),
        answer("/b", "shared.yaml#/definitions/Pet"),
    );
    // c refers to what d declares, before d is read.
    let c = answer("/c", "d.yaml#/components/schemas/Toy");
    let d = answer("/d", "#/components/schemas/Toy")
        + "components: {schemas: {Toy: {type: object, properties: {x: {type: string}}}}}\n";
    let index = index_of(&["a.yaml", "b.yaml", "c.yaml", "d.yaml"]);
    let (document, said) = read_all(&[
        ("apis.json", &index),
        ("a.yaml", &a),
        ("b.yaml", &b),
        ("c.yaml", &c),
        ("d.yaml", &d),
        ("shared.yaml", shared),
    ]);
    assert_eq!(
        said,
        ["SW0128 shared.yaml /definitions/Pet/properties/x/type"]
    );
    let document = document.unwrap();
    assert_eq!(
        document
            .named_schemas
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["Toy"]
    );
    let dump = ir(&document);
    assert_eq!(dump.matches("\ntype ").count(), 2, "{dump}");
    assert_eq!(dump.matches("application/json: Toy").count(), 2, "{dump}");
}

#[test]
fn contradictions_are_told_at_both_places() {
    let get = |text: &str| {
        format!("paths: {{/p: {{get: {{responses: {{200: {{description: {text}}}}}}}}}}}\n")
    };
    let (document, said) = merged(&[&get("x"), &get("y"), &get("x")]);
    assert_eq!(
        said,
        ["SW0604 1.yaml ~/paths/~1p/get, 0.yaml ~/paths/~1p/get"]
    );
    assert_eq!(document.paths.len(), 1);

    let schemas = |ty: &str| {
        format!(
            "paths: {{}}\ncomponents: {{schemas: {{A: {{type: {ty}}}, B: {{type: array, items: {{$ref: '#/components/schemas/A'}}}}}}}}\n"
        )
    };
    let (document, said) = merged(&[&schemas("string"), &schemas("integer")]);
    assert_eq!(
        said,
        ["SW0604 1.yaml ~/components/schemas/A, 0.yaml ~/components/schemas/A"]
    );
    assert_eq!(document.named_schemas.len(), 2);

    let scheme = |place: &str| {
        format!(
            "paths: {{}}\ncomponents: {{securitySchemes: {{k: {{type: apiKey, name: k, in: {place}}}}}}}\n"
        )
    };
    let (_, said) = merged(&[&scheme("query"), &scheme("header"), &scheme("query")]);
    assert_eq!(
        said,
        ["SW0604 1.yaml ~/components/securitySchemes/k, 0.yaml ~/components/securitySchemes/k"]
    );

    let (_, said) = merged(&[
        "servers: [{url: /a}]\npaths: {}\n",
        "servers: [{url: /b}]\npaths: {}\n",
        "paths: {}\n",
    ]);
    assert_eq!(
        said,
        [
            "SW0604 1.yaml /servers, 0.yaml /servers",
            "SW0604 2.yaml , 0.yaml /servers"
        ]
    );
    let (document, said) = merged(&[
        "paths: {}\n",
        "openapi: 3.0.0\ninfo: {title: U, version: '2', description: x}\npaths: {}\n",
    ]);
    assert_eq!(said, ["SW0604 1.yaml /info/version, 0.yaml /info/version"]);
    assert_eq!(
        (document.info.title.as_str(), document.info.description),
        ("All", None)
    );
}

#[test]
fn paths_and_ids_are_compared_across_files() {
    let get = |path: &str, name: &str| {
        format!(
            "paths: {{'{path}': {{get: {{operationId: same, parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}], responses: {{204: {{description: x}}}}}}}}}}\n"
        )
    };
    let (_, said) = merged(&[
        &get("/a/{b}", "b"),
        &get("/a/{c}", "c"),
        &get("/d/{e}", "e"),
    ]);
    let wanted = [
        "SW0111 1.yaml ~/paths/~1a~1{c}/get, 0.yaml ~/paths/~1a~1{b}/get",
        "SW0110 2.yaml /paths/~1d~1{e}/get/operationId, 0.yaml /paths/~1a~1{b}/get/operationId",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn all_that_is_wrong_is_told_in_one_run() {
    let index = "apis:\n- {name: a, properties: [{type: x-openapi-spec, url: gone.yaml}]}\n- {name: b, properties: [{type: Swagger, url: broken.yaml}]}\n\
                 - {name: c, properties: [{type: OpenAPI 3.0, url: list.yaml}]}\n- {name: d, properties: [{type: OpenAPI, url: apis.yaml}]}\n\
                 - {name: e, properties: [{type: x-documentation, url: e.html}]}\n- {name: f, properties: [{type: OpenAPI, url: ../up.yaml}]}\n\
                 - {name: g, properties: [{type: OpenAPI, url: good.yaml}, {type: Swagger, url: not-read.yaml}]}\n\
                 - {name: h, properties: [{type: OpenAPI, url: bad.yaml}, {type: openapi}]}\ninclude: [{name: more, url: more.yaml}]\n";
    let (document, said) = read_all(&[
        ("apis.yaml", index),
        ("broken.yaml", "a: b: c\n"),
        ("list.yaml", "- a\n"),
        (
            "good.yaml",
            "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {/g: {get: {responses: {204: {description: x}}}}}\n",
        ),
        (
            "bad.yaml",
            "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {h: {}}\n",
        ),
    ]);
    let wanted = [
        "SW0002 broken.yaml line 1",
        "SW0003 list.yaml ",
        "SW0103 apis.yaml /apis/7/properties/1",
        "SW0606 apis.yaml /include/0/url",
        "SW0602 apis.yaml /apis/0/properties/0/url",
        "SW0602 apis.yaml /apis/3/properties/0/url",
        "SW0603 apis.yaml /apis/4",
        "SW0602 apis.yaml /apis/5/properties/0/url",
        "SW0216 bad.yaml ~/paths/h",
    ];
    assert_eq!(said, wanted);
    assert_eq!(document.unwrap().paths[0].path, "/g");
}

#[test]
fn an_index_that_describes_nothing_is_an_error() {
    let (document, said) = read_all(&[("apis.yaml", "name: X\napis: []\n")]);
    assert!(document.is_none());
    assert_eq!(said, ["SW0605 apis.yaml /apis"]);
    let (document, said) = read_all(&[("apis.yaml", "apis: {a: b}\ntags: {}\n")]);
    assert!(document.is_none());
    assert_eq!(
        said,
        [
            "SW0104 apis.yaml /apis",
            "SW0127 apis.yaml /tags",
            "SW0605 apis.yaml /apis"
        ]
    );
}

/// The text of a survey, or the messages.
fn surveyed(texts: &[(&str, &str)]) -> String {
    let mut diagnostics = Diagnostics::default();
    let (mut sources, entry) = Sources::from_texts(texts, &mut diagnostics);
    let survey = survey(&mut sources, entry.unwrap(), &mut diagnostics);
    render(&diagnostics, &sources, Format::Human, false)
        + &survey.map(|survey| survey.to_string()).unwrap_or_default()
}

#[test]
fn mattermost_s_index_fits_its_document() {
    let text = surveyed(&[
        ("apis.yaml", &spec("apis.yaml")),
        ("openapi.yaml", &spec("openapi.yaml")),
    ]);
    assert!(text.starts_with("Mattermost (APIs.json 0.14): 8 APIs\n\noauthapps-post\n  name         Mattermost API Reference - Register OAuth app\n  base URL     https://your-mattermost-url.com//api/v4\n  tags         Enterprise, SaaS, Technology, "), "{text}");
    assert!(
        text.contains("-post-openapi.md (remote, not read)\n  operation    POST /oauth/apps\n"),
        "{text}"
    );
    assert!(
        text.ends_with("\n\n8 of 8 APIs match operations of openapi.yaml\n"),
        "{text}"
    );
}

#[test]
fn what_is_missing_on_either_side_is_told() {
    let index = json!({"name": "N", "specificationVersion": "0.18", "apis": [
        {"aid": "x:one", "name": "One", "tags": ["a", "b"]},
        {"aid": "x:two", "name": "Two\u{1b}", "properties": [{"type": "OpenAPI", "url": "gone.yaml"}]},
        {"name": "Three", "properties": [{"type": "OpenAPI", "url": "three.json"}]},
    ]});
    let head = "info: {title: T, version: '1'}\n";
    let beside = format!(
        "swagger: '2.0'\n{head}paths: {{/1: {{get: {{x-api-path-slug: one, responses: {{200: {{description: x}}}}}}, put: {{responses: {{}}}}}}}}\n"
    );
    let three = format!(
        "openapi: 3.0.0\n{head}paths: {{/3: {{get: {{responses: {{200: {{description: x}}}}}}}}}}\n"
    );
    let text = surveyed(&[
        ("apis.json", &index.to_string()),
        ("swagger.yml", &beside),
        ("three.json", &three),
    ]);
    let wanted = "N (APIs.json 0.18): 3 APIs\n\none\n  name         One\n  tags         a, b\n  operation    GET /1\n\n\
                  two\n  name         Two\\u{1b}\n  description  gone.yaml (not read: no such file)\n\n\
                  Three\n  description  three.json\n  operation    GET /3\n\n\
                  APIs without an operation:\n  two\nOperations without an API:\n  PUT /1 (no slug; swagger.yml)\n\
                  2 of 3 APIs match operations of 2 descriptions\n";
    assert_eq!(text, wanted);
    let alone = surveyed(&[("apis.yaml", "apis: [{name: One}]")]);
    assert_eq!(
        alone,
        "unnamed index (APIs.json): 1 API\n\nOne\n\nThere is no description next to the index to match its APIs with.\n"
    );
}

#[test]
fn what_is_no_index_is_told() {
    let text = surveyed(&[("openapi.yaml", "openapi: 3.0.0\n")]);
    assert!(text.starts_with("error[SW0601]: not an APIs.json index: there is no list `apis`\n --> openapi.yaml:1:1\n"), "{text}");
    let broken = surveyed(&[("apis.yaml", "apis: []\n"), ("openapi.yaml", "a: b: c\n")]);
    assert!(
        broken.starts_with("error[SW0002]") && broken.contains("--> openapi.yaml:1:5"),
        "{broken}"
    );
    let value: Value = json!({"apis": [3, {"name": ["x"], "tags": "a, ,b", "x-api-slug": "s"}]});
    let text = surveyed(&[("apis.json", &value.to_string())]);
    let said: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("warning"))
        .collect();
    assert_eq!(
        said,
        [
            "warning[SW0127]: expected a string, found a list",
            "error[SW0104]: expected a mapping, found an integer"
        ]
    );
    assert!(text.contains("\ns\n  tags         a, b\n"), "{text}");
}
