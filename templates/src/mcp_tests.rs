//! Tests of the support code of tools for language models, which has no public parts but `run`.

use std::ffi::OsString;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use bytes::Bytes;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::client::OperationInfo;
use crate::endpoint::endpoint;
use crate::mcp::{
    Access, Api, Argument, Asked, BoxFuture, Call, Catalog, Content, Credential, Datum,
    Description, Failure, Form, Given, GivenBody, Group, Invalid, Kept, Kind, Listing, NextBy,
    NextPage, Object, Operation, Outcome, Place, RawResponse, Reply, Settings, Shape, asked,
    callers_token, clean, for_caller, piece, read_arguments,
};

fn unused(_: &(), _: &mut Given) -> Result<Call, Invalid> {
    Err(Invalid::new("body", "nothing is called"))
}

const DESCRIPTION: &str = r##"{
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "description": "A pet.\u202e\u200b",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "integer", "readOnly": true},
                    "name": {"type": "string", "pattern": "^\\p{L}", "example": "Tom"},
                    "secret": {"type": "string", "writeOnly": true},
                    "example": {"type": "string", "enum": ["xml"]},
                    "parent": {"$ref": "#/components/schemas/Pet"}
                },
                "additionalProperties": false,
                "discriminator": {"propertyName": "name"},
                "x-internal": true,
                "example": {"name": "Tom"}
            },
            "Unused": {"type": "object"}
        },
        "parameters": {
            "id": {"name": "petId", "in": "path", "required": true, "schema": {"type": "integer"}}
        },
        "responses": {
            "Pet": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
        }
    },
    "paths": {
        "/pets/{petId}": {
            "parameters": [{"$ref": "#/components/parameters/id"}],
            "put": {
                "parameters": [
                    {"name": "sort[by]", "in": "query", "description": "The order.\u0007", "schema": {"enum": ["asc"]}},
                    {"name": "petId", "in": "query", "schema": {"type": "string"}}
                ],
                "requestBody": {"content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
                    "multipart/form-data": {"schema": {"type": "object", "properties": {
                        "file": {"type": "string"}, "caption": {"type": "string", "maxLength": 9}
                    }}}
                }},
                "responses": {"200": {"$ref": "#/components/responses/Pet"}, "default": {}}
            }
        }
    }
}"##;

static API: Api<()> = Api {
    program: "pets-mcp",
    version: "1.2.3",
    title: "Pets",
    about: "All\u{202e} about pets.",
    servers: &["https://pets.example.com"],
    server_variable: "PETS_BASE_URL",
    token_variable: "PETS_MCP_TOKEN",
    client_variables: ["PETS_MCP_CLIENT_ID", "PETS_MCP_CLIENT_SECRET"],
    can_forward: true,
    description: DESCRIPTION,
    credentials: &[Credential {
        about: "a token",
        variables: &["PETS_TOKEN"],
    }],
    groups: &[
        Group {
            name: "pets",
            about: "Pets.",
            operations: &[PUT, LIST],
        },
        Group {
            name: "photos",
            about: "",
            operations: &[PHOTO],
        },
    ],
    connect: |_, _| Ok(()),
};

static PUT_PET: Operation<()> = PUT;

const PUT: Operation<()> = Operation {
    name: "put_pet",
    about: "Replace a pet",
    details: "Replace a pet\n\nPUT /pets/{petId}",
    request: "PUT /pets/{petId}",
    arguments: &[
        Argument {
            required: true,
            ..Argument::new("petId", Place::Path, Kind::Integer)
        },
        Argument {
            wire: "sort[by]",
            ..Argument::new("sort_by", Place::Parameter, Kind::Text)
        },
        Argument {
            many: true,
            ..Argument::new("tags", Place::Parameter, Kind::Text)
        },
        Argument {
            required: true,
            ..Argument::new("file", Place::Part, Kind::File)
        },
        Argument::new("caption", Place::Part, Kind::Text),
    ],
    contents: &[
        Content {
            media_type: "application/json",
            form: Form::Value,
            constants: &[("kind", "\"cat\"")],
        },
        Content {
            media_type: "multipart/form-data",
            form: Form::Parts,
            constants: &[],
        },
    ],
    needs_body: true,
    ..Operation::new(unused)
};

const LIST: Operation<()> = Operation {
    name: "list_pets",
    about: "List pets",
    request: "GET /pets",
    ..Operation::new(unused)
};

static PUT_PHOTO: Operation<()> = PHOTO;

const PHOTO: Operation<()> = Operation {
    name: "put_photo",
    request: "PUT /photo",
    contents: &[Content {
        media_type: "image/*",
        form: Form::Bytes,
        constants: &[],
    }],
    ..Operation::new(unused)
};

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other}"),
    }
}

fn settings(words: &[&str]) -> Result<Settings, String> {
    let words = ["pets-mcp"].iter().chain(words).map(OsString::from);
    match asked(&API, words, |_| None)? {
        Asked::Serve(settings) => Ok(settings),
        Asked::Text(text) => Err(text),
    }
}

fn names(words: &[&str]) -> Vec<String> {
    let catalog = Catalog::new(&API, &settings(words).unwrap()).unwrap();
    let tools = catalog.tools().iter();
    tools.map(|tool| tool.name.to_string()).collect()
}

#[test]
fn the_schema_of_arguments_is_that_of_the_description() {
    let schema = Description::read(DESCRIPTION).input(&PUT);
    let file = &schema["properties"]["body"]["anyOf"][1]["properties"]["file"];
    assert_eq!(file["properties"]["base64"]["contentEncoding"], "base64");
    assert_eq!(schema["required"], json!(["petId", "body"]));
    assert_eq!(schema["additionalProperties"], json!(false));
    let properties = &schema["properties"];
    assert_eq!(properties["petId"], json!({"type": "integer"}));
    assert_eq!(
        properties["sort_by"],
        json!({"enum": ["asc"], "description": "The order."})
    );
    // What the description doesn't have is by the table.
    assert_eq!(
        properties["tags"],
        json!({"type": "array", "items": {"type": "string"}})
    );
    assert_eq!(
        properties["content_type"]["enum"],
        json!(["application/json", "multipart/form-data"])
    );
    assert_eq!(
        properties["body"]["anyOf"][0],
        json!({"$ref": "#/$defs/Pet"})
    );
    assert_eq!(
        properties["body"]["anyOf"][1]["properties"]["caption"],
        json!({"type": "string", "maxLength": 9})
    );
    assert_eq!(properties["body"]["anyOf"][1]["required"], json!(["file"]));
    // Only what is reachable, without hidden characters, and without what the server writes.
    assert_eq!(
        schema["$defs"],
        json!({"Pet": {
            "type": "object",
            "description": "A pet.",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "pattern": "^\\p{L}"},
                "secret": {"type": "string"},
                "example": {"type": "string", "enum": ["xml"]},
                "parent": {"$ref": "#/$defs/Pet"},
            },
            "additionalProperties": false,
        }})
    );
}

#[test]
fn the_schema_of_results_accepts_what_servers_add() {
    let schema = Description::read(DESCRIPTION).output(&PUT);
    assert_eq!(schema["properties"]["body"], json!({"$ref": "#/$defs/Pet"}));
    let pet = &schema["$defs"]["Pet"];
    assert_eq!(pet.get("additionalProperties"), None);
    assert_eq!(pet["properties"]["name"], json!({"type": "string"}));
    assert_eq!(pet["properties"]["id"], json!({"type": "integer"}));
    assert_eq!(pet["properties"].get("secret"), None);
    assert_eq!(pet["required"], json!(["id", "name"]));
}

#[test]
fn without_a_description_schemas_are_those_of_the_table() {
    for text in ["", "[]", "{\"paths\": {\"/pets/{petId}\": {\"put\": 1}}}"] {
        let description = Description::read(text);
        let schema = description.input(&PUT);
        assert_eq!(schema["properties"]["petId"], json!({"type": "integer"}));
        assert_eq!(schema["properties"]["sort_by"], json!({"type": "string"}));
        assert_eq!(description.output(&PUT)["properties"]["body"], json!({}));
    }
}

#[test]
fn references_that_lead_nowhere_or_in_circles_end() {
    let text = r##"{"components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}},
        "paths": {"/pets/{petId}": {"put": {"parameters": [
            {"$ref": "#/paths/~1pets~1{petId}/put/parameters/0"},
            {"name": "sort[by]", "in": "query", "schema": {"anyOf": [
                {"$ref": "#/components/schemas/A"}, {"$ref": "#/none"}, {"$ref": "https://x.example"}]}}]}}}}"##;
    let schema = Description::read(text).input(&PUT);
    assert_eq!(
        schema["properties"]["sort_by"],
        json!({"anyOf": [{"$ref": "#/$defs/A"}, {}, {}]})
    );
    assert_eq!(schema["$defs"]["A"], json!({"$ref": "#/$defs/A"}));
}

#[test]
fn arguments_become_those_of_the_call() {
    let arguments = json!({
        "petId": 7, "sort_by": null, "tags": ["a"], "body": {"name": "Tom"}, "content_type": null
    });
    let mut found = read_arguments(&PUT_PET, object(arguments)).unwrap();
    assert_eq!(found.values["petId"], Datum::Plain(json!(7)));
    assert!(!found.values.contains_key("sort_by"), "null is nothing");
    assert_eq!(found.required::<i64>("petId").unwrap(), 7);
    assert!(found.required::<i64>("tags").is_err());
    match found.body {
        Some(GivenBody::Value(body)) => assert_eq!(body, json!({"kind": "cat", "name": "Tom"})),
        other => panic!("{other:?}"),
    }
    let arguments = json!({
        "petId": 7, "content_type": "multipart/form-data",
        "body": {"file": {"name": "a.png", "base64": "AAE="}, "caption": "x"}
    });
    let found = read_arguments(&PUT_PET, object(arguments)).unwrap();
    assert_eq!(found.content, 1);
    assert!(found.has_body());
    assert_eq!(found.values["caption"], Datum::Plain(json!("x")));
    let file = &found.files["file"][0];
    assert_eq!((&*file.name, &*file.content), ("a.png", &[0, 1][..]));
    let arguments = json!({"content_type": "image/png", "body": {"base64": "AAE="}});
    let found = read_arguments(&PUT_PHOTO, object(arguments)).unwrap();
    assert_eq!(found.media_type.as_deref(), Some("image/png"));
    assert!(matches!(found.body, Some(GivenBody::Bytes(bytes)) if bytes == [0, 1]));
}

#[test]
fn wrong_arguments_are_rejected() {
    let error = |arguments: Value| read_arguments(&PUT_PET, object(arguments)).unwrap_err();
    assert_eq!(error(json!({"petId": 1})), "body: is required");
    let unknown = error(json!({"petId": 1, "body": {}, "pet": 1}));
    assert_eq!(
        unknown,
        "pet: is unknown; the tool takes petId, sort_by, tags, body"
    );
    let form = |body: Value| error(json!({"content_type": "multipart/form-data", "body": body}));
    assert!(form(json!([])).starts_with("body: has to be an object"));
    assert_eq!(
        form(json!({"file": {}})),
        "file: has to have either text or base64"
    );
    assert_eq!(
        form(json!({"file": {"base64": "!"}})),
        "file: isn't valid base64"
    );
    assert_eq!(
        form(json!({"file": {"text": "a", "base64": "AAE="}})),
        "file: has to have either text or base64"
    );
    assert_eq!(
        form(json!({"file": "x", "other": 1})),
        "body: has no part other"
    );
    assert!(error(json!({"content_type": "text/html", "body": {}})).contains("is none of"));
}

#[test]
fn flags_choose_tools() {
    assert_eq!(
        names(&[]),
        ["put_pet", "list_pets", "put_photo", "read_more"]
    );
    assert_eq!(names(&["--read-only"]), ["list_pets", "read_more"]);
    assert_eq!(
        names(&["--include=photos,list_pets"]),
        ["list_pets", "put_photo", "read_more"]
    );
    assert_eq!(
        names(&["--include", "pets", "--exclude", "put_pet"]),
        ["list_pets", "read_more"]
    );
    assert_eq!(
        names(&["--tools", "three"]),
        [
            "search_operations",
            "describe_operation",
            "call_operation",
            "read_more"
        ]
    );
    let error = |words: &[&str]| Catalog::new(&API, &settings(words).unwrap()).err().unwrap();
    assert_eq!(
        error(&["--include", "dogs"]),
        "there is no group or tool `dogs`"
    );
    assert_eq!(
        error(&["--exclude=pets,photos"]),
        "the flags leave no operation"
    );
}

#[test]
fn annotations_are_those_of_the_method() {
    let catalog = Catalog::new(&API, &settings(&[]).unwrap()).unwrap();
    let hints = |at: usize| {
        let annotations = catalog.tools()[at].annotations.clone().unwrap();
        [
            annotations.read_only_hint,
            annotations.destructive_hint,
            annotations.idempotent_hint,
            annotations.open_world_hint,
        ]
        .map(Option::unwrap)
    };
    assert_eq!(hints(0), [false, true, true, true]);
    assert_eq!(hints(1), [true, false, true, true]);
    assert!(catalog.tools()[0].output_schema.is_some());
    let catalog = Catalog::new(&API, &settings(&["--no-output-schemas"]).unwrap()).unwrap();
    assert!(catalog.tools()[0].output_schema.is_none());
}

#[test]
fn operations_are_found_by_words() {
    let catalog = Catalog::new(&API, &settings(&["--tools=three"]).unwrap()).unwrap();
    let found = catalog.search("list of PETS");
    assert_eq!(found["operations"][0]["name"], "list_pets");
    assert_eq!(catalog.search("nothing")["found"], 0);
    assert_eq!(catalog.search("")["found"], 3);
    let described = catalog.describe(catalog.operation("put_pet").unwrap());
    assert_eq!(described["arguments"]["required"], json!(["petId", "body"]));
    assert!(catalog.operation("dogs").is_none());
}

#[test]
fn flags_are_read() {
    let found = settings(&["--max-result=9", "--max-values", "3", "--max-seconds=1"]).unwrap();
    assert_eq!(
        (found.max_result, found.max_values, found.max_seconds),
        (9, 3, 1)
    );
    assert_eq!(found.server, "https://pets.example.com");
    assert_eq!(found.shape, Shape::Auto);
    let found = settings(&["--server", "https://a.example?b=c"]).unwrap();
    assert_eq!(found.server, "https://a.example?b=c");
    let words = || [OsString::from("pets-mcp")];
    let from_env = asked(&API, words(), |name| Some(name.to_owned())).unwrap();
    assert!(matches!(from_env, Asked::Serve(settings) if settings.server == "PETS_BASE_URL"));
    let error = |words: &[&str]| settings(words).unwrap_err();
    assert_eq!(
        error(&["--max-result", "0"]),
        "`--max-result 0` isn't a number above 0"
    );
    assert_eq!(
        error(&["--tools=many"]),
        "`--tools many` is none of all, three, auto"
    );
    assert_eq!(error(&["--serve"]), "`--serve` is unknown: see `--help`");
    assert_eq!(error(&["--server"]), "`--server` needs a value");
    assert_eq!(error(&["--read-only=no"]), "`--read-only` takes no value");
    let issuer = "--authorization-server=https://id.example";
    assert_eq!(
        error(&[issuer]),
        "`--authorization-server` is for callers over HTTP: give `--listen`, too"
    );
    for alone in ["--resource=http://a", "--scope=a", "--forward-token"] {
        let message = "`--resource`, `--scope` and `--forward-token` need `--authorization-server`";
        assert_eq!(error(&["--listen=127.0.0.1:0", alone]), message);
    }
    let found = settings(&[
        "--listen=127.0.0.1:0",
        issuer,
        "--scope",
        "a,b",
        "--scope=c",
    ]);
    assert_eq!(found.unwrap().scopes, ["a", "b", "c"]);
    let found = settings(&[
        "--listen=127.0.0.1:0",
        issuer,
        "--allow-host=inner",
        "--resource=https://tools.example:8443/mcp",
    ]);
    assert_eq!(found.unwrap().hosts, ["inner", "tools.example:8443"]);
    let help = error(&["--help"]);
    assert!(help.contains("\n      --server URL  "), "{help}");
    assert!(
        help.contains("PETS_TOKEN") && help.contains("photos"),
        "{help}"
    );
}

#[test]
fn texts_are_cut_and_go_on() {
    let kept = Kept::default();
    let outcome = Outcome::failed("a long message, ä");
    let result = outcome.result(&kept, None, 16);
    let structured = result.structured_content.unwrap();
    assert_eq!(structured["error"], "a long message, ");
    assert_eq!(structured["more"], json!({"result": 1, "offset": 16}));
    assert_eq!(result.is_error, Some(true));
    let rest = kept.piece(None, 1, 16, 16).unwrap();
    assert_eq!((&*rest.text, rest.next), ("ä", None));
    assert_eq!(
        kept.piece(None, 1, 17, 16).unwrap().text,
        "",
        "within a character"
    );
    assert_eq!(kept.piece(None, 1, usize::MAX, 16).unwrap().text, "");
    assert!(kept.piece(None, 2, 0, 16).is_none());
    for _ in 0..16 {
        kept.keep(None, String::new());
    }
    assert!(
        kept.piece(None, 1, 0, 16).is_none(),
        "old results are dropped"
    );
    let own = kept.keep(Some("a"), "text".to_owned());
    assert!(kept.piece(Some("a"), own, 0, 16).is_some());
    for other in [None, Some("b")] {
        assert!(kept.piece(other, own, 0, 16).is_none(), "of another caller");
    }
    assert_eq!(piece("äöü", 2, 1).next, Some(4));
}

#[test]
fn hidden_characters_are_dropped() {
    assert_eq!(
        clean("a\u{202e}b\u{200b}\u{7}\n\tç\u{e0041}", 10),
        "ab\n\tç"
    );
    assert_eq!(clean("abcdef", 4), "abc…");
    assert_eq!(clean("abcd", 4), "abcd");
}

#[test]
fn resources_are_the_documentation() {
    let catalog = Catalog::new(&API, &settings(&["--read-only"]).unwrap()).unwrap();
    let resources = catalog.resources();
    let uris: Vec<&str> = resources.iter().map(|one| &*one.uri).collect();
    assert_eq!(uris, ["docs://api", "docs://groups/pets"]);
    let api = catalog.document("docs://api").unwrap();
    assert!(api.contains("All about pets."), "{api}");
    let group = catalog.document("docs://groups/pets").unwrap();
    assert!(
        group.contains("list_pets") && !group.contains("put_pet"),
        "{group}"
    );
    assert!(catalog.document("docs://operations/list_pets").is_some());
    for uri in [
        "docs://operations/put_pet",
        "docs://groups/x",
        "docs://",
        "file:///etc/passwd",
    ] {
        assert!(catalog.document(uri).is_none(), "{uri}");
    }
}

#[test]
fn groups_in_any_script_have_resources() {
    let groups = vec![Group {
        name: "größe & Maß",
        about: "",
        operations: &[LIST],
    }];
    let api = Api {
        groups: groups.leak(),
        ..API
    };
    let catalog = Catalog::new(Box::leak(Box::new(api)), &settings(&[]).unwrap()).unwrap();
    let resources = catalog.resources();
    let uri = &*resources[1].uri;
    assert_eq!(uri, "docs://groups/gr%C3%B6%C3%9Fe%20%26%20Ma%C3%9F");
    let group = catalog.document(uri).unwrap();
    assert!(group.starts_with("# größe & Maß\n"), "{group}");
    // As a model writes it that hasn't listed the resources.
    assert_eq!(catalog.document("docs://groups/größe & Maß"), Some(group));
}

static INFO: OperationInfo = OperationInfo::PLAIN;

fn response(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> RawResponse {
    let headers = headers.iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    let body = Bytes::copy_from_slice(body.as_bytes());
    let status = StatusCode::from_u16(status).unwrap();
    RawResponse::new(&INFO, status, headers.collect(), body)
}

/// The result of a call of `PUT` that was responded like this.
async fn outcome(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Value {
    let reply = Reply::Response(response(status, headers, body));
    told(Ok(reply), &Settings::default()).await.0
}

/// The structured result of a reply, and the numbers of values that were told.
async fn told(reply: Result<Reply, Failure>, settings: &Settings) -> (Value, Vec<usize>) {
    let counts = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&counts);
    let mut progress = move |count: usize| -> BoxFuture<'static, ()> {
        told.lock().unwrap().push(count);
        Box::pin(async {})
    };
    let listing = Listing::of(&PUT_PET, &Object::new());
    let outcome = Outcome::of(reply, listing, settings, &mut progress).await;
    let result = outcome.result(&Kept::default(), None, settings.max_result);
    let text = &result.content[0].as_text().unwrap().text;
    let structured = result.structured_content.unwrap();
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), structured);
    assert_eq!(
        result.is_error,
        Some(structured.get("error").is_some()),
        "{structured}"
    );
    let counts = counts.lock().unwrap().clone();
    (structured, counts)
}

#[tokio::test]
async fn a_result_is_an_object_around_the_response() {
    assert_eq!(
        outcome(200, &[], " [1, 2]\n").await,
        json!({"status": 200, "body": [1, 2]})
    );
    assert_eq!(outcome(204, &[], "").await, json!({"status": 204}));
    assert_eq!(
        outcome(200, &[], "text").await,
        json!({"status": 200, "text": "text"})
    );
    assert_eq!(
        outcome(404, &[], "{\"id\": 1}").await,
        json!({"status": 404, "error": {"id": 1}})
    );
    assert_eq!(
        outcome(500, &[], "oh").await,
        json!({"status": 500, "error": "oh"})
    );
}

#[tokio::test]
async fn the_next_page_has_the_arguments_of_the_operation() {
    let next = async |link: &'static str| {
        let found = outcome(200, &[("link", link)], "[]").await;
        found.get("next").cloned()
    };
    assert_eq!(
        next("<https://x.example/pets?sort%5Bby%5D=a+b%21&petId=7&tags=x&other=1>; rel=\"next\"")
            .await,
        Some(json!({"sort_by": "a b!", "petId": 7, "tags": ["x"]}))
    );
    assert_eq!(
        next("<https://x.example?petId=1>; rel=prev, <https://x.example?petId=3>; title=x; rel=\"last next\"")
            .await,
        Some(json!({"petId": 3}))
    );
    for link in [
        "",
        "<",
        "<x>; rel=next",
        "<?petId=1>; rel=prev",
        "?petId=1; rel=next",
    ] {
        assert_eq!(next(link).await, None, "{link}");
    }
}

#[test]
fn a_url_keeps_what_it_does_not_say() {
    let link = "<https://other.example/?petId=3&tags=a&tags=b>; rel=next";
    let page = response(200, &[("link", link)], "[]");
    let next = |given: Value| Value::from(Listing::of(&LIST_PETS, &object(given)).next(&page));
    // Lists stay as they were written.
    assert_eq!(
        next(json!({"petId": 2, "sort_by": "x", "tags": ["a", "b"]})),
        json!({"petId": 3, "sort_by": "x", "tags": ["a", "b"]})
    );
    assert_eq!(next(json!({"petId": 3, "tags": []})), json!({}), "itself");
}

static LIST_PETS: Operation<()> = Operation {
    arguments: PUT.arguments,
    ..LIST
};

/// The next page of a list whose pages follow each other like this, after a call with these arguments and a page.
macro_rules! next_of {
    ($next:expr, $given:tt, $page:tt) => {{
        static PAGED: Operation<()> = Operation {
            is_paged: true,
            next: Some($next),
            ..LIST_ARGUMENTS
        };
        let page = response(200, &[], &json!($page).to_string());
        Value::from(Listing::of(&PAGED, &object(json!($given))).next(&page))
    }};
}

const LIST_ARGUMENTS: Operation<()> = Operation {
    arguments: &[
        Argument::new("petId", Place::Path, Kind::Integer),
        Argument::new("page", Place::Parameter, Kind::Integer),
        Argument::new("cursor", Place::Parameter, Kind::Text),
    ],
    ..Operation::new(unused)
};

const PAGE: NextPage = NextPage::new(NextBy::Page {
    argument: &["page"],
    first: 1,
});

const FLAGGED: NextPage = NextPage {
    items: &["data"],
    is_last: Some(&["meta", "last"]),
    ..PAGE
};

const COUNTED: NextPage = NextPage {
    items: &["data"],
    pages: Some(&["count"]),
    ..PAGE
};

const OFFSET: NextPage = NextPage {
    items: &["data"],
    ..NextPage::new(NextBy::Offset {
        argument: &["page"],
        first: 0,
    })
};

const TOKEN: NextPage = NextPage {
    items: &["data"],
    has_more: Some(&["more"]),
    ..NextPage::new(NextBy::Token {
        argument: &["cursor"],
        at: &["meta", "next"],
    })
};

const LAST_ITEM: NextPage = NextPage::new(NextBy::LastItem {
    argument: &["cursor"],
    id: "id",
});

const IN_BODY: NextPage = NextPage::new(NextBy::Token {
    argument: &["body", "paging", "at"],
    at: &["next"],
});

const URL: NextPage = NextPage::new(NextBy::Url { at: &["next"] });

#[test]
fn pages_are_counted() {
    assert_eq!(
        next_of!(PAGE, {"petId": 7}, [1, 2]),
        json!({"petId": 7, "page": 2})
    );
    assert_eq!(next_of!(PAGE, {"page": 2}, [1]), json!({"page": 3}));
    assert_eq!(next_of!(PAGE, {"page": 3}, []), json!({}), "no items");
    assert_eq!(next_of!(PAGE, {}, {"error": 1}), json!({}), "no list");
    let next = next_of!(FLAGGED, {}, {"data": [1], "meta": {"last": true}});
    assert_eq!(next, json!({}));
    let next = next_of!(FLAGGED, {}, {"data": [], "meta": {"last": false}});
    assert_eq!(next, json!({"page": 2}), "the flag goes before the number");
    assert_eq!(
        next_of!(FLAGGED, {"page": i64::MAX}, {"data": [1]}),
        json!({}),
        "no number is greater"
    );
    let next = next_of!(COUNTED, {"page": 2}, {"data": [1], "count": 3});
    assert_eq!(next, json!({"page": 3}));
    let next = next_of!(COUNTED, {"page": 3}, {"data": [1], "count": 3});
    assert_eq!(next, json!({}));
    let next = next_of!(COUNTED, {}, {"data": [1], "count": 0});
    assert_eq!(next, json!({"page": 2}), "nobody knows how many there are");
    assert_eq!(
        next_of!(OFFSET, {"page": 20}, {"data": [1, 2, 3]}),
        json!({"page": 23})
    );
    assert_eq!(next_of!(OFFSET, {"page": 20}, {"data": null}), json!({}));
}

#[test]
fn pages_say_where_the_next_one_is() {
    let next = next_of!(TOKEN, {"petId": 7, "cursor": "a"}, {"meta": {"next": "b"}});
    assert_eq!(next, json!({"petId": 7, "cursor": "b"}));
    assert_eq!(
        next_of!(TOKEN, {}, {"meta": {"next": 12}}),
        json!({"cursor": "12"}),
        "as the argument is written"
    );
    for end in [
        next_of!(TOKEN, {"cursor": "a"}, {"meta": {"next": "a"}}),
        next_of!(TOKEN, {}, {"meta": {"next": ""}}),
        next_of!(TOKEN, {}, {"meta": {"next": null}}),
        next_of!(TOKEN, {}, {"meta": {"next": ["b"]}}),
        next_of!(TOKEN, {}, {"meta": {"next": "b"}, "more": false}),
        next_of!(TOKEN, {}, "meta"),
    ] {
        assert_eq!(end, json!({}));
    }
    assert_eq!(
        next_of!(LAST_ITEM, {}, [{"id": "a"}, {"id": "b"}]),
        json!({"cursor": "b"})
    );
    assert_eq!(next_of!(LAST_ITEM, {"cursor": "b"}, []), json!({}));
    assert_eq!(
        next_of!(IN_BODY, {"body": {"words": "a"}}, {"next": "b"}),
        json!({"body": {"words": "a", "paging": {"at": "b"}}})
    );
    assert_eq!(
        next_of!(IN_BODY, {"body": null}, {"next": "b"}),
        json!({"body": {"paging": {"at": "b"}}})
    );
    assert_eq!(
        next_of!(URL, {"petId": 7}, {"next": "https://other.example/?page=2&x=1#y"}),
        json!({"petId": 7, "page": 2})
    );
    assert_eq!(next_of!(URL, {"petId": 7}, {"next": "/pets"}), json!({}));
}

#[tokio::test]
async fn an_error_has_no_next_page() {
    let link = ("link", "<?petId=1>; rel=next");
    let found = outcome(404, &[link], "[]").await;
    assert_eq!(found, json!({"status": 404, "error": []}));
}

#[tokio::test]
async fn streams_are_read_up_to_a_limit() {
    let values = |most: usize, then: Poll<()>| -> Reply {
        let mut left = 0..most;
        Reply::Values(Box::new(move |_| match left.next() {
            Some(number) => Poll::Ready(Some(Ok(number.to_string()))),
            None => then.map(|()| None),
        }))
    };
    let settings = Settings {
        max_values: 3,
        max_seconds: 1,
        ..Settings::default()
    };
    let (found, counts) = told(Ok(values(2, Poll::Ready(()))), &settings).await;
    assert_eq!(found, json!({"values": [0, 1]}));
    assert_eq!(counts, [1, 2]);
    let (found, _) = told(Ok(values(9, Poll::Ready(()))), &settings).await;
    assert_eq!(found, json!({"values": [0, 1, 2], "is_partial": true}));
    let (found, _) = told(Ok(values(1, Poll::Pending)), &settings).await;
    assert_eq!(found, json!({"values": [0], "is_partial": true}), "in time");
    let failing = Reply::Values(Box::new(|_| {
        Poll::Ready(Some(Err(Failure::Network("gone".to_owned()))))
    }));
    let (found, _) = told(Ok(failing), &settings).await;
    assert_eq!(found, json!({"error": "gone"}));
}

/// Access to a resource with a token of an authorization server that gives these answers about tokens, and what it was asked.
async fn protected(
    flags: &[&str],
    responses: &'static [(&str, &str)],
) -> (Access, Arc<Mutex<Vec<String>>>) {
    let (issuer, asked) = endpoint(responses);
    let flags = [
        &[
            "--listen=127.0.0.1:0",
            "--resource=https://tools.example/mcp/",
        ],
        flags,
    ]
    .concat();
    let mut settings =
        settings(&[&flags[..], &["--authorization-server", &issuer]].concat()).unwrap();
    settings.issuer = Some(issuer);
    let access = Access::new(&API, &settings, "http://127.0.0.1:1", |name| {
        (name != "PETS_MCP_TOKEN").then(|| name.to_lowercase())
    });
    (access.await.unwrap(), asked)
}

/// The status and a header of the response to a request with this `Authorization`; `None` if it is passed on.
async fn answer(access: &Access, authorization: &str) -> Option<(u16, String)> {
    let mut headers = HeaderMap::new();
    if !authorization.is_empty() {
        headers.insert(AUTHORIZATION, authorization.parse().unwrap());
    }
    let response = access.respond(&Method::POST, "/mcp", &headers).await?;
    let challenge = response.headers().get(WWW_AUTHENTICATE);
    let challenge = challenge.map_or("", |value| value.to_str().unwrap());
    Some((response.status().as_u16(), challenge.to_owned()))
}

const METADATA: (&str, &str) = (
    "200 OK",
    r#"{"issuer": "SERVER", "introspection_endpoint": "SERVER/introspect"}"#,
);

#[tokio::test]
async fn callers_need_a_token_that_is_for_the_resource() {
    let (access, asked) = protected(
        &["--scope=pets,more"],
        &[
            METADATA,
            ("200 OK", r#"{"active": false}"#),
            ("200 OK", r#"{"active": true, "scope": "pets more", "aud": "https://other.example"}"#),
            ("200 OK", r#"{"active": true, "scope": "pets more"}"#),
            ("200 OK", r#"{"active": true, "scope": "pets more", "aud": "https://tools.example/mcp", "exp": 1}"#),
            ("200 OK", r#"{"active": true, "scope": "pets", "aud": "https://tools.example/mcp"}"#),
            ("200 OK", r#"{"active": true, "scope": "more pets", "aud": ["x", "https://tools.example/mcp"]}"#),
            ("500 No", ""),
        ],
    )
    .await;
    let metadata = "resource_metadata=\"https://tools.example/.well-known/oauth-protected-resource/mcp\", scope=\"pets more\"";
    let missing = Some((401, format!("Bearer {metadata}")));
    assert_eq!(answer(&access, "").await, missing);
    assert_eq!(answer(&access, "Basic YTpi").await, missing);
    let invalid = Some((401, format!("Bearer error=\"invalid_token\", {metadata}")));
    for token in ["inactive", "of another", "of nobody", "expired"] {
        let token = token.replace(' ', "-");
        assert_eq!(
            answer(&access, &format!("Bearer {token}")).await,
            invalid,
            "{token}"
        );
    }
    let few = Some((
        403,
        format!("Bearer error=\"insufficient_scope\", {metadata}"),
    ));
    assert_eq!(answer(&access, "Bearer few").await, few);
    assert_eq!(answer(&access, "bearer good").await, None);
    assert_eq!(
        answer(&access, "Bearer broken").await,
        Some((503, String::new()))
    );
    // What is known of a token isn't asked again.
    assert_eq!(answer(&access, "Bearer good").await, None);
    assert_eq!(answer(&access, "Bearer few").await, few);
    let asked = asked.lock().unwrap();
    let of = |token: &str| {
        asked
            .iter()
            .filter(|body| body.contains(&format!("token={token}&")))
            .count()
    };
    assert_eq!((asked.len(), of("good"), of("few")), (8, 1, 1), "{asked:?}");
}

#[tokio::test]
async fn hosts_find_the_authorization_server() {
    let (access, _) = protected(&["--scope=pets"], &[METADATA]).await;
    for path in ["", "/mcp"] {
        let path = format!("/.well-known/oauth-protected-resource{path}");
        let response = access.respond(&Method::GET, &path, &HeaderMap::new()).await;
        let response = response.unwrap();
        assert_eq!(response.status(), 200);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let mut body: Value = serde_json::from_slice(&body).unwrap();
        let servers = body["authorization_servers"].take();
        assert!(
            servers[0]
                .as_str()
                .unwrap()
                .starts_with("http://127.0.0.1:")
        );
        assert_eq!(
            body,
            json!({
                "resource": "https://tools.example/mcp/", "resource_name": "Pets", "authorization_servers": null,
                "scopes_supported": ["pets"], "bearer_methods_supported": ["header"],
            })
        );
    }
    let other = "/.well-known/oauth-protected-resource/other";
    let response = access.respond(&Method::GET, other, &HeaderMap::new()).await;
    assert_eq!(response.unwrap().status(), 401);
}

#[tokio::test]
async fn access_that_cant_be_is_told_at_the_start() {
    let flags = [
        "--listen=127.0.0.1:0",
        "--authorization-server=http://127.0.0.1:1",
    ];
    let error = async |more: &[&str], variable: fn(&str) -> Option<String>| {
        let settings = settings(&[&flags, more].concat()).unwrap();
        let access = Access::new(&API, &settings, "http://127.0.0.1:2", variable).await;
        access.err().unwrap()
    };
    let message = error(&[], |_| None).await;
    assert!(
        message.starts_with("PETS_MCP_CLIENT_ID and PETS_MCP_CLIENT_SECRET have to be set"),
        "{message}"
    );
    let message = error(&[], |name| {
        (name == "PETS_MCP_TOKEN").then(|| "a".to_owned())
    })
    .await;
    assert!(message.contains("there are both"), "{message}");
    let message = error(&[], |name| name.ends_with("_ID").then(|| "a".to_owned())).await;
    assert!(message.starts_with("http://127.0.0.1:1: "), "{message}");
    for wrong in ["ftp://a", "a", "https://a?b", "https://a#b"] {
        let message = error(&["--forward-token", "--resource", wrong], |_| None).await;
        assert!(
            message.contains("isn't a URL of http or https"),
            "{wrong}: {message}"
        );
    }
    let message = error(&["--forward-token", "--scope", "a\"b"], |_| None).await;
    assert_eq!(message, "`--scope a\"b` isn't a scope");
}

#[tokio::test]
async fn a_forwarded_token_is_the_callers() {
    let flags = [
        "--listen=127.0.0.1:0",
        "--authorization-server=http://127.0.0.1:1",
        "--forward-token",
    ];
    let settings = settings(&flags).unwrap();
    let access = Access::new(&API, &settings, "http://127.0.0.1:2", |_| None)
        .await
        .unwrap();
    // The API says whether it is valid.
    assert_eq!(answer(&access, "Bearer any").await, None);
    assert_eq!(answer(&access, "").await.unwrap().0, 401);
    let token = || async {
        callers_token()
            .reveal()
            .await
            .map_err(|error| error.to_string())
    };
    let of = |token: &'static str| Some(Arc::from(token));
    let (a, b) = tokio::join!(for_caller(of("a"), token()), for_caller(of("b"), token()));
    assert_eq!((a.unwrap(), b.unwrap()), ("a".to_owned(), "b".to_owned()));
    for nobody in [token().await, for_caller(None, token()).await] {
        assert_eq!(nobody.unwrap_err(), "the caller has sent no token");
    }
}
