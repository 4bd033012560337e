//! Tests of the command line's support code, which has no public parts but `run`.

use serde_json::{Value, json};
use serde_json_path::JsonPath;

use crate::cli::{
    Api, Argument, Call, Content, Datum, Form, Given, GivenBody, Group, Invalid, Json, Kind,
    Operation, Place, Problem, Profile, command, matched, printable, table, yaml,
};

fn unused(_: &(), _: &mut Given) -> Result<Call, Invalid> {
    Err(Invalid::new("body", "nothing is called"))
}

static API: Api<()> = Api {
    program: "pets-cli",
    name: "pets",
    version: "1.2.3",
    title: "Pets",
    about: "",
    servers: &[],
    server_variable: "PETS_BASE_URL",
    profile_variable: "PETS_PROFILE",
    credentials: &[],
    groups: &[Group {
        name: "pets",
        about: "",
        operations: &[Operation {
            name: "create",
            arguments: &[
                Argument::new("id", Place::Path, Kind::Text),
                Argument {
                    values: &["asc", "desc"],
                    ..Argument::new("sort", Place::Parameter, Kind::Text)
                },
                Argument {
                    many: true,
                    ..Argument::new("age", Place::Parameter, Kind::Integer)
                },
                Argument {
                    wire: "petName",
                    required: true,
                    ..Argument::new("pet-name", Place::Property, Kind::Text)
                },
                Argument::new("tame", Place::Property, Kind::Boolean),
                Argument::new("any", Place::Property, Kind::Json),
            ],
            contents: &[Content {
                media_type: "application/json",
                form: Form::Value,
                constants: &[("kind", "\"cat\"")],
            }],
            needs_body: true,
            is_paged: true,
            ..Operation::new(unused)
        }],
    }],
    connect: |_| Ok(()),
};

/// What is given by the words after the operation, or the message why not.
fn parsed(words: &[&str]) -> Result<Given, String> {
    let words = [&["pets-cli", "pets", "create"], words].concat();
    let named: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let matches = command(&API, Some(&named)).try_get_matches_from(words);
    let matches = matches.map_err(|error| error.to_string())?;
    let (_, matches) = matches.subcommand().unwrap();
    let (_, matches) = matches.subcommand().unwrap();
    matched(&API.groups[0].operations[0], matches).map_err(|Problem { code, message }| {
        assert_eq!(code, 2, "{message}");
        message
    })
}

fn body(words: &[&str]) -> Value {
    match parsed(words).unwrap().body {
        Some(GivenBody::Value(value)) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_whole_command_is_valid() {
    command(&API, None).debug_assert();
}

#[test]
fn arguments_have_the_types_of_the_description() {
    let words = [
        "7",
        "--sort",
        "asc",
        "--age",
        "1",
        "--age=-2",
        "--all-pages",
        "--pet-name=x",
    ];
    let mut given = parsed(&words).unwrap();
    assert!(given.all_pages);
    assert_eq!(given.values["age"], Datum::Plain(json!([1, -2])));
    assert_eq!(given.required::<String>("id").unwrap(), "7");
    assert_eq!(
        given.optional::<Vec<i64>>("age").unwrap(),
        Some(vec![1, -2])
    );
    assert!(
        given
            .required::<i64>("sort")
            .unwrap_err()
            .to_string()
            .starts_with("sort: ")
    );
    assert!(given.required::<String>("sort").is_err(), "it was read");
}

#[test]
fn what_isnt_valid_is_rejected() {
    let error = |words: &[&str]| parsed(words).unwrap_err();
    assert!(error(&["7", "--pet-name", "x", "--sort", "up"]).contains("asc"));
    assert!(error(&["7", "--pet-name", "x", "--age", "1.5"]).contains("not an integer"));
    assert!(error(&["7"]).contains("--pet-name"));
    assert!(error(&["--pet-name", "x"]).contains("<id>"));
    assert!(error(&["7", "--body", "{"]).contains("isn't JSON"));
    assert!(error(&["7", "--body", "[]", "--tame"]).contains("an object"));
    assert!(error(&["7", "--set", "a"]).contains("no `=`"));
    assert!(error(&["7", "--set", "a=1", "--set", "a.b=1"]).contains("no such place"));
    assert!(error(&["7", "--pet-name=x", "--curl", "--dry-run"]).contains("--curl"));
}

#[test]
fn a_body_is_what_is_given_as_a_whole_then_properties_then_places() {
    let words = [
        "7",
        "--pet-name",
        "x",
        "--tame",
        "--any",
        "[1]",
        "--set",
        "a.b=2",
        "--set",
        "a.c=d",
    ];
    let expected =
        json!({"petName": "x", "tame": true, "any": [1], "a": {"b": 2, "c": "d"}, "kind": "cat"});
    assert_eq!(body(&words), expected);
    let whole = r#"{"petName": "x", "kind": "dog", "list": [{"n": 1}]}"#;
    let words = [
        "7",
        "--body",
        whole,
        "--tame=false",
        "--set",
        "list.0.n=2",
        "--set",
        "list.1=3",
    ];
    let expected = json!({"petName": "x", "kind": "dog", "tame": false, "list": [{"n": 2}, 3]});
    assert_eq!(body(&words), expected);
}

#[test]
fn a_profile_has_server_and_credentials() {
    let text = "[default]\nserver = \"https://a\"\n[work]\ntimeout = \"5s\"\n[work.credentials]\nbearer = \"t\"\n";
    let read = |chosen| Profile::of(text, chosen, &["bearer"]);
    assert_eq!(read(None).unwrap().server.as_deref(), Some("https://a"));
    let work = read(Some("work")).unwrap();
    assert_eq!(work.timeout.as_deref(), Some("5s"));
    assert_eq!(work.credentials["bearer"], "t");
    assert!(read(Some("none")).unwrap_err().contains("`none`"));
    let error = |text| Profile::of(text, None, &["bearer"]).unwrap_err();
    assert!(error("[default]\nurl = \"x\"").contains("`default.url`"));
    assert!(error("[default.credentials]\nkey = \"x\"").contains("bearer"));
    assert!(error("default = 1").contains("table"));
    assert!(!error("[").is_empty());
}

#[test]
fn values_are_written_as_yaml_and_as_tables() {
    let read = |text: &'static str| Json::read(text).unwrap();
    let value = read(r#"{"e": [{"b": 1, "c": [[2], []]}, "x y"], "d": {}, "a": {"f": "no"}}"#);
    let expected = "e:\n- b: 1\n  c:\n  - - 2\n  - []\n- \"x y\"\nd: {}\na:\n  f: \"no\"";
    assert_eq!(yaml(&value), expected);
    assert_eq!(yaml(&read(r#""x: y""#)), "\"x: y\"");
    let list = read(r#"[{"name": "Rex", "id": 1}, {"id": 20, "tags": ["a"]}]"#);
    let expected = "NAME  ID  TAGS\nRex   1\n      20  [\"a\"]";
    assert_eq!(table(&list), expected);
    let object = read(r#"{"long": "x\ny", "a": null}"#);
    assert_eq!(table(&object), "long  x y\na");
    assert_eq!(table(&read("[1, {}]")), "[1,{}]");
}

#[test]
fn json_is_written_as_it_was_sent() {
    let text = r#" { "b" : [ 12345678901234567890123 , 1.50 , { } , [ ] , true ] , "a\u0062" : "\u00e9 \"]\\" , "b" : null } "#;
    let json = Json::read(text).unwrap();
    let expected = r#"{"b":[12345678901234567890123,1.50,{},[],true],"ab":"é \"]\\","b":null}"#;
    assert_eq!(json.line(), expected);
    assert_eq!(Json::read(expected).unwrap().line(), expected);
    let json = Json::read(r#"{"b":[1,{}],"a":"x"}"#).unwrap();
    let expected = "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": \"x\"\n}";
    assert_eq!(json.lines(), expected);
    for wrong in ["", "{", "[1,]", "{\"a\"}", "nul", "[] []", "\"\\ud800\""] {
        assert_eq!(Json::read(wrong), None, "{wrong}");
    }
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(Json::read(&deep(127)).unwrap().line(), deep(127));
    assert_eq!(Json::read(&deep(100_000)), None);
}

#[test]
fn queries_find_what_was_sent() {
    let text = r#"[{"n\u0061me": "Rex", "id": 1.0}, {"id": 2, "id": 3}]"#;
    let find = |query: &str| Json::find(text, &JsonPath::parse(query).unwrap()).unwrap();
    assert_eq!(find("$[0]").line(), r#"{"name":"Rex","id":1.0}"#);
    assert_eq!(find("$[0].name").as_str().as_deref(), Some("Rex"));
    assert_eq!(find("$[*].id").line(), "[1.0,3]");
    assert_eq!(find("$[?@.id > 2].id").line(), "3");
    assert_eq!(find("$.none").line(), "[]");
    assert_eq!(Json::find("x", &JsonPath::parse("$").unwrap()), None);
}

#[test]
fn a_terminal_isnt_steered() {
    assert_eq!(
        printable("a\u{1b}[31m\u{202e}\n"),
        "a\\u{1b}[31m\\u{202e}\n"
    );
}
