//! Requests to a small description, without a socket.

mod bodies;

use super::message::Request;
use super::service::{Choices, Reply, Service};
use crate::diag::{Code, Diagnostics};
use crate::document::read;
use crate::lower::lower;
use crate::source::Sources;
use serde_json::{Value, json};

const PETS: &str = r##"
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://example.com/v1}]
paths:
  /pets:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string, maxLength: 3}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {age: {type: integer}}}}
        - {name: X-Trace, in: header, schema: {type: string, format: uuid}}
      responses:
        "200":
          description: All
          headers: {X-Total: {schema: {type: integer, minimum: 3}}}
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    post:
      security: [{token: []}]
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Pet"}}
          application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/Pet"}}
          multipart/form-data: {schema: {$ref: "#/components/schemas/Pet"}}
      responses:
        "201": {description: Made, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "400": {description: Bad, content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        "200":
          description: One
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
              examples: {cat: {value: {id: 1, name: Tom}}, dog: {value: {id: 2, name: Rex}}, odd: {value: 7}}
            application/xml: {schema: {$ref: "#/components/schemas/Pet"}}
        "404": {description: None, content: {text/plain: {schema: {type: string}}}}
        default: {description: Other, content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: integer}}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
    delete: {responses: {"204": {description: Gone}}}
  /broken:
    get:
      responses:
        "200":
          description: Broken
          content: {application/json: {schema: {type: integer}, example: no}}
        "201":
          description: Impossible
          content: {application/json: {schema: {type: string, minLength: 3, maxLength: 2}}}
  "/act#a":
    get:
      parameters: [{name: act, in: query, required: true, schema: {type: string, enum: [a]}}]
      responses: {"200": {description: A, content: {text/plain: {schema: {type: string, enum: [first]}}}}}
  "/act#b":
    get:
      parameters:
        - {name: act, in: query, required: true, schema: {type: string, enum: [b]}}
        - {name: more, in: query, required: true, schema: {type: string}}
      responses: {"200": {description: B, content: {text/plain: {schema: {type: string, enum: [second]}}}}}
  "/find#c":
    get:
      parameters: [{name: user, in: query, required: true, schema: {type: string}}]
      responses: {"200": {description: C, content: {text/plain: {schema: {type: string, enum: [third]}}}}}
  "/find#d": {get: {responses: {"200": {description: D, content: {text/plain: {schema: {type: string, enum: [fourth]}}}}}}}
  /stream: {get: {responses: {"200": {description: Events, content: {text/event-stream: {schema: {type: integer}}}}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, minLength: 2}
        secret: {type: string, writeOnly: true}
"##;

struct Pets(Service);

impl Pets {
    fn new(choices: Choices) -> Self {
        Self::of(PETS, choices)
    }

    fn of(description: &str, choices: Choices) -> Self {
        let mut diagnostics = Diagnostics::default();
        let texts = [("pets.yaml", description)];
        let (sources, file) = Sources::from_texts(&texts, &mut diagnostics);
        let document = read(&sources, file.unwrap(), &mut diagnostics).unwrap();
        let api = lower(&document, &mut diagnostics);
        assert!(!diagnostics.has_errors());
        Self(Service::new(document, api, choices))
    }

    fn reply(&mut self, line: &str, headers: &[(&'static str, &str)], body: &str) -> Reply {
        let (method, target) = line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            body: body.to_owned().into(),
            ..Request::default()
        };
        for (name, value) in headers {
            request.headers.append(*name, value.parse().unwrap());
        }
        self.0.reply(&request)
    }

    /// Status, media type and body.
    fn call(
        &mut self,
        line: &str,
        headers: &[(&'static str, &str)],
        body: &str,
    ) -> (u16, String, String) {
        let response = self.reply(line, headers, body).response;
        let media_type = response
            .headers
            .get("content-type")
            .map(|value| value.to_str().unwrap().to_owned());
        (
            response.status,
            media_type.unwrap_or_default(),
            String::from_utf8(response.body).unwrap(),
        )
    }

    fn json(&mut self, line: &str, headers: &[(&'static str, &str)], body: &str) -> (u16, Value) {
        let (status, _, body) = self.call(line, headers, body);
        (status, serde_json::from_str(&body).unwrap_or_default())
    }
}

fn pets() -> Pets {
    Pets::new(Choices::default())
}

#[test]
fn operations_are_found_with_and_without_the_path_of_the_server() {
    let mut pets = pets();
    assert_eq!(
        pets.json("GET /v1/pets", &[], ""),
        (200, json!([{"id": 1, "name": "string"}]))
    );
    assert_eq!(pets.call("GET /pets", &[], "").0, 200);
    let reply = pets.reply("GET /pets", &[], "");
    assert_eq!(reply.operation.as_deref(), Some("GET /pets"));
    assert_eq!(reply.response.headers["x-total"], "3");
    assert_eq!(pets.call("HEAD /pets", &[], "").0, 200);
    let (status, media_type, body) = pets.call("GET /dogs", &[], "");
    assert_eq!(
        (status, &*media_type),
        (404, "application/problem+json"),
        "{body}"
    );
    let other = pets.reply("PUT /pets", &[], "").response;
    assert_eq!(
        (other.status, &other.headers["allow"]),
        (405, &"GET, HEAD, OPTIONS, POST".parse().unwrap())
    );
    let preflight = pets.reply("OPTIONS /pets", &[], "").response;
    assert_eq!(
        (
            preflight.status,
            &preflight.headers["access-control-allow-origin"]
        ),
        (204, &"*".parse().unwrap())
    );
}

#[test]
fn constants_tell_operations_of_one_path_apart() {
    let mut pets = pets();
    assert_eq!(pets.call("GET /act?act=a", &[], "").2, "first");
    assert_eq!(pets.call("GET /act?act=b&more=1", &[], "").2, "second");
    // Of those without constants, it is the one that knows more of what the request has.
    assert_eq!(pets.call("GET /find?user=1", &[], "").2, "third");
    assert_eq!(pets.call("GET /find", &[], "").2, "fourth");
    // It is the second one, which lacks a parameter.
    let (status, problem) = pets.json("GET /act?act=b", &[], "");
    let error = json!({"in": "query", "parameter": "more", "detail": "is required"});
    assert_eq!((status, &problem["errors"]), (422, &json!([error])));
}

#[test]
fn parameters_of_every_style_are_checked() {
    let mut pets = pets();
    assert_eq!(
        pets.call("GET /pets?limit=5&tags=a,b&filter[age]=3", &[], "")
            .0,
        200
    );
    let wrong = [
        (
            "limit=500",
            json!({"in": "query", "parameter": "limit", "detail": "must be at most 100"}),
        ),
        (
            "limit=x",
            json!({"in": "query", "parameter": "limit", "detail": "must be integer"}),
        ),
        (
            "tags=a,long",
            json!({"in": "query", "parameter": "tags", "pointer": "/1", "detail": "must be at most 3 characters long"}),
        ),
        (
            "filter[age]=x",
            json!({"in": "query", "parameter": "filter", "pointer": "/age", "detail": "must be integer"}),
        ),
    ];
    for (query, error) in wrong {
        let (status, problem) = pets.json(&format!("GET /pets?{query}"), &[], "");
        assert_eq!(
            (status, &problem["errors"]),
            (422, &json!([error])),
            "{query}"
        );
    }
    assert_eq!(pets.call("GET /pets", &[("x-trace", "1")], "").0, 422);
    // `/pets/x` describes `default`, which a refusal has then; the violations are in a header.
    let refused = pets.reply("GET /pets/x", &[], "").response;
    assert_eq!(
        (refused.status, String::from_utf8(refused.body).unwrap()),
        (422, r#"{"code":1}"#.to_owned())
    );
    assert!(
        refused.headers["sl-violations"]
            .to_str()
            .unwrap()
            .contains("must be integer")
    );
}

#[test]
fn bodies_are_checked_by_their_media_type() {
    let mut pets = pets();
    let token = ("authorization", "Bearer x");
    let json_type = ("content-type", "application/json; charset=utf-8");
    let made = pets.json(
        "POST /pets",
        &[token, json_type],
        r#"{"name": "Tom", "secret": "x"}"#,
    );
    assert_eq!(made, (201, json!({"id": 1, "name": "string"})));
    for body in ["", "{", r#"{"name": "T"}"#, r#"{"id": 3}"#, "[]"] {
        // 400 is described.
        assert_eq!(
            pets.json("POST /pets", &[token, json_type], body),
            (400, json!({"why": "string"})),
            "{body}"
        );
    }
    let form = ("content-type", "application/x-www-form-urlencoded");
    assert_eq!(pets.call("POST /pets", &[token, form], "name=Tom").0, 201);
    assert_eq!(pets.call("POST /pets", &[token, form], "name=T").0, 400);
    let multipart = ("content-type", "multipart/form-data; boundary=b");
    let parts = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nTom\r\n--b--\r\n";
    assert_eq!(pets.call("POST /pets", &[token, multipart], parts).0, 201);
    assert_eq!(
        pets.call(
            "POST /pets",
            &[token, multipart],
            &parts.replace("Tom", "T")
        )
        .0,
        400
    );
    assert_eq!(pets.call("POST /pets", &[token, multipart], "Tom").0, 400);
    assert_eq!(
        pets.call("POST /pets", &[token, ("content-type", "text/csv")], "a")
            .0,
        400
    );
}

#[test]
fn credentials_are_required() {
    let mut pets = pets();
    let refused = pets
        .reply(
            "POST /pets",
            &[("content-type", "application/json")],
            r#"{"name": "Tom"}"#,
        )
        .response;
    assert_eq!(
        (refused.status, &refused.headers["www-authenticate"]),
        (401, &"Bearer".parse().unwrap())
    );
    let basic = ("authorization", "Basic eDp5");
    assert_eq!(pets.call("POST /pets", &[basic], "").0, 401);
    let mut lenient = Pets::new(Choices {
        lenient: true,
        ..Choices::default()
    });
    assert_eq!(lenient.call("POST /pets", &[], "").0, 201);
}

#[test]
fn clients_choose_among_responses() {
    let mut pets = pets();
    assert_eq!(
        pets.json("GET /pets/1", &[], ""),
        (200, json!({"id": 1, "name": "Tom"}))
    );
    assert_eq!(
        pets.json("GET /pets/1", &[("prefer", "example=dog")], ""),
        (200, json!({"id": 2, "name": "Rex"}))
    );
    // What is asked for by name isn't checked.
    assert_eq!(
        pets.json("GET /pets/1", &[("prefer", "example=odd")], ""),
        (200, json!(7))
    );
    assert_eq!(
        pets.call("GET /pets/1", &[("prefer", "example=cow")], "").0,
        404
    );
    assert_eq!(
        pets.call("GET /pets/1", &[("prefer", "code=404")], ""),
        (404, "text/plain".to_owned(), "string".to_owned())
    );
    assert_eq!(pets.call("GET /pets/1?__code=404", &[], "").0, 404);
    assert_eq!(
        pets.json("GET /pets/1", &[("prefer", "code=503")], ""),
        (503, json!({"code": 1}))
    );
    assert_eq!(pets.call("GET /pets", &[("prefer", "code=503")], "").0, 404);
    assert_eq!(pets.call("GET /pets", &[("prefer", "code=99")], "").0, 422);
    let dynamic = pets.json("GET /pets/1", &[("prefer", "code=200, dynamic=true")], "");
    assert_eq!(
        dynamic,
        pets.json("GET /pets/1", &[("prefer", "dynamic=true; code=200")], "")
    );
    assert_ne!(dynamic.1["name"], "Tom");
    let (status, media_type, body) = pets.call(
        "GET /pets/1",
        &[("accept", "application/json;q=0.5, application/xml")],
        "",
    );
    assert_eq!((status, &*media_type), (200, "application/xml"));
    assert!(
        body.ends_with("<Pet><id>1</id><name>string</name></Pet>"),
        "{body}"
    );
    assert_eq!(
        pets.call("GET /pets/1", &[("accept", "image/*")], "").0,
        406
    );
    assert_eq!(
        pets.call("GET /stream", &[], "").2,
        "data: 1\n\ndata: 1\n\ndata: 1\n\n"
    );
}

#[test]
fn what_cannot_be_made_as_described_is_named() {
    let mut pets = pets();
    let reply = pets.reply("GET /broken", &[], "");
    assert_eq!(
        (reply.response.status, reply.response.body),
        (200, b"1".to_vec())
    );
    assert!(
        matches!(reply.notes.as_slice(), [Code::BrokenExample { .. }]),
        "{:?}",
        reply.notes
    );
    let reply = pets.reply("GET /broken", &[("prefer", "code=201")], "");
    assert_eq!(reply.response.status, 500);
    let problem: Value = serde_json::from_slice(&reply.response.body).unwrap();
    assert!(
        problem["detail"].as_str().unwrap().starts_with("SW0821: "),
        "{problem}"
    );
    assert!(
        matches!(reply.notes.as_slice(), [Code::Unmockable { .. }]),
        "{:?}",
        reply.notes
    );
    let codes: Vec<_> = pets.0.check().iter().map(Code::id).collect();
    assert_eq!(codes, ["SW0822", "SW0821"]);
}

#[test]
fn what_is_created_is_kept() {
    let mut pets = Pets::new(Choices {
        stateful: true,
        ..Choices::default()
    });
    let headers = [
        ("authorization", "Bearer x"),
        ("content-type", "application/json"),
    ];
    let (status, tom) = pets.json("POST /pets", &headers, r#"{"name": "Tom", "secret": "s"}"#);
    assert_eq!((status, &tom["name"]), (201, &json!("Tom")));
    let (_, rex) = pets.json("POST /v1/pets", &headers, r#"{"name": "Rex"}"#);
    assert_ne!(tom["id"], rex["id"]);
    assert_eq!(pets.json("GET /pets", &[], ""), (200, json!([tom, rex])));
    let path = format!("/pets/{}", rex["id"]);
    assert_eq!(
        pets.json(&format!("GET {path}"), &[], ""),
        (200, rex.clone())
    );
    let (_, changed) = pets.json(&format!("PATCH {path}"), &headers, r#"{"name": "Max"}"#);
    assert_eq!(
        (&changed["name"], &changed["id"]),
        (&json!("Max"), &rex["id"])
    );
    assert_eq!(pets.json(&format!("GET {path}"), &[], "").1, changed);
    assert_eq!(pets.call(&format!("DELETE {path}"), &[], "").0, 204);
    assert_eq!(pets.call(&format!("GET {path}"), &[], "").0, 404);
    assert_eq!(pets.json("GET /pets", &[], "").1, json!([tom]));
}

#[test]
fn what_was_created_fits_responses_of_other_types() {
    let uploads = r##"
openapi: 3.1.0
info: {title: Uploads, version: "1"}
paths:
  /uploads:
    get:
      responses: {"200": {description: All, content: {application/json: {schema: {type: array, minItems: 1, items: {$ref: "#/components/schemas/Upload"}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [kind], properties: {kind: {enum: [a, b]}}}}}}
      responses:
        "201":
          description: Begun
          content:
            application/json:
              schema:
                type: object
                required: [upload_id, url]
                properties: {upload_id: {type: string}, url: {type: string}, state: {type: integer}}
  /uploads/{upload_id}:
    parameters: [{name: upload_id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {"200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Upload"}}}}}
components:
  schemas:
    Upload:
      type: object
      required: [upload_id, kind, state]
      properties: {upload_id: {type: string}, kind: {enum: [a, b]}, state: {type: string}}
"##;
    let choices = Choices {
        stateful: true,
        ..Choices::default()
    };
    let mut uploads = Pets::of(uploads, choices);
    let headers = [("content-type", "application/json")];
    let begin = |uploads: &mut Pets| {
        let (status, begun) = uploads.json("POST /uploads", &headers, r#"{"kind": "b"}"#);
        assert_eq!(status, 201);
        begun
    };
    let (first, second) = (begin(&mut uploads), begin(&mut uploads));
    assert_ne!(first["upload_id"], second["upload_id"]);
    let shown = |upload: &Value| {
        let state = upload["state"].as_str().is_some();
        (upload["upload_id"].clone(), upload["kind"].clone(), state)
    };
    for begun in [&first, &second] {
        let path = format!("GET /uploads/{}", begun["upload_id"].as_str().unwrap());
        let (status, upload) = uploads.json(&path, &[], "");
        let expected = (begun["upload_id"].clone(), json!("b"), true);
        assert_eq!((status, shown(&upload)), (200, expected));
        assert_eq!(upload.get("url"), None);
    }
    let (_, all) = uploads.json("GET /uploads", &[], "");
    let all: Vec<_> = all.as_array().unwrap().iter().map(shown).collect();
    let expected = [&first, &second].map(|begun| (begun["upload_id"].clone(), json!("b"), true));
    assert_eq!(all, expected);
}
