//! Bodies in other syntaxes than JSON, and responses whose headers are about the body.

use super::super::service::Choices;
use super::Pets;
use serde_json::json;
use std::fmt::Write;

const SHOP: &str = r##"
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /xml:
    post:
      requestBody: {required: true, content: {application/xml: {schema: {$ref: "#/components/schemas/Item"}}}}
      responses:
        "200": {description: The same, content: {application/xml: {schema: {$ref: "#/components/schemas/Item"}, example: {id: 7, tags: [a, b]}}}}
        "201": {description: Text, content: {application/xml: {example: "<a/>"}}}
        "202": {description: Generated, content: {application/xml: {schema: {$ref: "#/components/schemas/Item"}}}}
  /lines:
    post:
      requestBody: {content: {application/x-ndjson: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}}
      responses: {"204": {description: Taken}}
  /form:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [title]
              properties:
                title: {type: string, maxLength: 4}
                counts: {type: array, items: {type: integer}}
                detail: {type: object, required: [a], properties: {a: {type: integer}}}
                file: {type: string, format: binary}
      responses: {"204": {description: Taken}}
  /file:
    get:
      responses:
        "200":
          description: A file
          headers: {Content-Length: {schema: {type: integer, example: 6432}}, Content-Encoding: {schema: {type: string, example: gzip}}, X-Age: {schema: {type: integer}}}
          content: {application/octet-stream: {schema: {type: string, format: binary}}}
        "415": {description: Odd, content: {application/json: {schema: {type: object, properties: {why: {type: string, example: odd}}}}}}
  /position: {get: {responses: {"200": {description: Where, content: {application/json: {schema: {$ref: "#/components/schemas/Gadget"}}}}}}}
components:
  schemas:
    Gadget: {type: object, required: [at], properties: {at: {readOnly: true, allOf: [{$ref: "#/components/schemas/Position"}]}}}
    Position: {type: object, writeOnly: true, properties: {row: {type: integer}}}
    Item:
      type: object
      required: [id]
      xml: {name: item}
      properties:
        id: {type: integer, minimum: 1, xml: {attribute: true}}
        born: {type: string, format: date}
        tags: {type: array, items: {type: string, maxLength: 3, xml: {name: tag}}, xml: {wrapped: true, name: tags}}
        within: {$ref: "#/components/schemas/Item"}
"##;

fn shop() -> Pets {
    Pets::of(SHOP, Choices::default())
}

const XML: [(&str, &str); 1] = [("content-type", "application/xml")];

#[test]
fn bodies_in_xml_are_read_as_generated_servers_do() {
    let mut shop = shop();
    let mut status = |body: &str| {
        let (status, _, problem) = shop.call("POST /xml", &XML, body);
        let problem: serde_json::Value = serde_json::from_str(&problem).unwrap_or_default();
        (status, problem["errors"][0]["pointer"].clone())
    };
    let valid = r#"<item id="5"><born/><tags><tag>a</tag></tags><within id="6"/></item>"#;
    assert_eq!(status(valid), (200, json!(null)));
    assert_eq!(status("<any id='5'/>"), (200, json!(null)));
    assert_eq!(status("<item/>"), (422, json!("")));
    assert_eq!(status(r#"<item id="0"/>"#), (422, json!("/id")));
    assert_eq!(
        status(r#"<item id="1"><born>soon</born></item>"#),
        (422, json!("/born"))
    );
    assert_eq!(
        status(r#"<item id="1"><tags><tag>a</tag><tag>long</tag></tags></item>"#),
        (422, json!("/tags/1"))
    );
    assert_eq!(
        status(r#"<item id="1"><within id="x"/></item>"#),
        (422, json!("/within/id"))
    );
    assert_eq!(status("<item"), (400, json!("")));
    assert_eq!(status(""), (422, json!("")));
    let deep = format!("<item id='1'>{}", "<within id='1'>".repeat(100));
    assert_eq!(
        status(&format!("{deep}{}</item>", "</within>".repeat(100))),
        (200, json!(null))
    );
}

#[test]
fn examples_and_values_are_written_in_xml() {
    let mut shop = shop();
    let body = r#"<item id="5"/>"#;
    let mut respond = |code: &str| {
        let headers = [XML[0], ("prefer", code)];
        shop.call("POST /xml", &headers, body).2
    };
    assert!(
        respond("code=200")
            .ends_with(r#"<item id="7"><tags><tag>a</tag><tag>b</tag></tags></item>"#),
        "{}",
        respond("code=200")
    );
    assert_eq!(respond("code=201"), "<a/>");
    assert!(
        respond("code=202").contains(r#"<item id="1"><born>2024-01-01</born>"#),
        "{}",
        respond("code=202")
    );
}

#[test]
fn each_line_of_a_body_is_checked() {
    let mut shop = shop();
    let headers = [("content-type", "application/x-ndjson")];
    let mut call = |body: &str| shop.json("POST /lines", &headers, body);
    assert_eq!(call("{\"n\": 1}\n\n{\"n\": 2}\n").0, 204);
    let (status, problem) = call("{\"n\": 1}\n{\"n\": \"a\"}\n");
    assert_eq!(
        (status, &problem["errors"][0]["pointer"]),
        (422, &json!("/1/n"))
    );
    assert_eq!(call("{\"n\": 1}\n{").1["errors"][0]["pointer"], "/1");
}

#[test]
fn parts_of_a_form_are_checked() {
    let mut shop = shop();
    let headers = [("content-type", "multipart/form-data; boundary=b")];
    let mut call = |parts: &[(&str, &str)]| {
        let mut body = String::new();
        for (name, text) in parts {
            let _ = write!(
                body,
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=f\r\n\r\n{text}\r\n"
            );
        }
        let (status, problem) = shop.json("POST /form", &headers, &(body + "--b--\r\n"));
        (status, problem["errors"][0]["pointer"].clone())
    };
    let file = ("file", "\u{0}\r\n--not\u{1}");
    let title = ("title", "abcd");
    let none = json!(null);
    assert_eq!(call(&[title, file, ("counts", "1")]), (204, none.clone()));
    assert_eq!(
        call(&[
            title,
            ("counts", "1"),
            ("counts", "2"),
            ("detail", r#"{"a":1}"#)
        ]),
        (204, none)
    );
    assert_eq!(call(&[file]), (422, json!("")));
    assert_eq!(call(&[("title", "abcde")]), (422, json!("/title")));
    assert_eq!(
        call(&[title, ("counts", "1"), ("counts", "x")]),
        (422, json!("/counts/1"))
    );
    assert_eq!(
        call(&[title, ("detail", r#"{"a":"x"}"#)]),
        (422, json!("/detail/a"))
    );
}

#[test]
fn headers_about_the_body_are_those_of_the_body() {
    let response = shop().reply("GET /file", &[], "").response;
    let names: Vec<&str> = response
        .headers
        .keys()
        .map(http::HeaderName::as_str)
        .collect();
    assert!(names.contains(&"x-age"), "{names:?}");
    assert!(!names.contains(&"content-length"), "{names:?}");
    assert!(!names.contains(&"content-encoding"), "{names:?}");
}

#[test]
fn a_body_that_is_not_described_is_refused_as_described() {
    let mut shop = shop();
    assert_eq!(
        shop.json("GET /file", &[], "{}"),
        (415, json!({"why": "odd"}))
    );
    let lenient = Choices {
        lenient: true,
        ..Choices::default()
    };
    assert_eq!(Pets::of(SHOP, lenient).call("GET /file", &[], "{}").0, 200);
}

#[test]
fn a_read_only_property_is_returned_whatever_its_type_says() {
    let response = shop().json("GET /position", &[], "");
    assert_eq!(response, (200, json!({"at": {"row": 1}})));
}
