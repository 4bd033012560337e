//! Every name that support code, the standard library or the language has, given by a description to everything that it names: schemas,
//! properties, values of enums, operations, tags, parameters, parts, headers, security secured_by, variables of servers. It compiles.

use crate::check::{Job, root};
use crate::command::{cargo, run, target_dir};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value, json};
use specwright::plan::FILES;
use std::collections::BTreeSet;
use std::fs;

/// Keywords, strict, reserved and weak, of every edition.
const KEYWORDS: &str = "abstract as async auto await become box break const continue crate default do dyn else enum extern false final \
    fn for gen if impl in let loop macro macro_rules match mod move mut override priv pub raw ref return safe self Self static struct super \
    trait true try type typeof union unsafe unsized use virtual where while yield";

/// What is in scope everywhere, or what generated code is used to finding in the standard library.
const STANDARD: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err \
    ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Hash Into IntoFuture IntoIterator Iterator None Ok Option Ord \
    PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec Arc BTreeMap Context Cow Display \
    Duration Error HashMap Instant Ordering PhantomData Pin Poll bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 \
    drop assert concat env format include matches panic println stringify todo unreachable vec write \
    add borrow clone cmp deref eq fmt hash into into_iter ne neg not partial_cmp serialize deserialize to_owned to_string try_into";

/// Crates, and modules and locals of generated code.
const CRATES: &str = "alloc builder bytes client core http http_body http_body_util lib main models new quick_xml regex_lite reqwest \
    rules runtime serde serde_json server service std tokio tower tower_service tracing types xml \
    accept answer api body call exchange form headers params parts request response session value";

/// The names of all items in the support code.
fn items() -> BTreeSet<String> {
    fn walk(tokens: TokenStream, found: &mut BTreeSet<String>) {
        let mut introduced = false;
        for token in tokens {
            match token {
                TokenTree::Group(group) => walk(group.stream(), found),
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    let keywords = [
                        "const",
                        "enum",
                        "fn",
                        "macro_rules",
                        "mod",
                        "static",
                        "struct",
                        "trait",
                        "type",
                    ];
                    if introduced {
                        found.insert(word.trim_start_matches("r#").to_owned());
                    }
                    introduced = keywords.contains(&&*word);
                }
                // `macro_rules! name`
                TokenTree::Punct(mark) if mark.as_char() == '!' => {}
                TokenTree::Punct(_) | TokenTree::Literal(_) => introduced = false,
            }
        }
    }
    let mut found = BTreeSet::new();
    for file in FILES {
        walk(file.text.parse().unwrap(), &mut found);
    }
    found.retain(|name| !name.starts_with('_'));
    found
}

/// A description in which everything is called by these names.
fn description(names: &BTreeSet<String>) -> Value {
    let text = || json!({"type": "string"});
    let is_type = |name: &&String| name.starts_with(char::is_uppercase);
    let types: Vec<&String> = names.iter().filter(is_type).collect();
    // What each costs a function, a method or more: those that stand in generated code beside names of a description.
    let near: BTreeSet<String> = [KEYWORDS, STANDARD, CRATES]
        .into_iter()
        .flat_map(names_in)
        .collect();
    let values: Vec<&String> = near.iter().filter(|name| !is_type(name)).collect();
    let object = |names: &[&String]| -> Map<String, Value> {
        let members = names.iter().map(|name| (name.to_string(), text()));
        members.collect()
    };
    let mut schemas: Map<String, Value> = Map::new();
    for name in &types {
        let schema = json!({"type": "object", "properties": {"value": text()}});
        schemas.insert(name.to_string(), schema);
    }
    let all: Vec<&String> = names.iter().collect();
    let some = &values[..values.len().min(60)];
    schemas.insert(
        "Every Property".to_owned(),
        json!({"type": "object", "properties": object(&all)}),
    );
    schemas.insert(
        "Every Required".to_owned(),
        json!({"type": "object", "required": some, "properties": object(some)}),
    );
    schemas.insert(
        "Every Word".to_owned(),
        json!({"type": "string", "enum": all}),
    );
    let choices: Vec<Value> = types
        .iter()
        .map(|name| json!({"$ref": format!("#/components/schemas/{name}")}))
        .collect();
    schemas.insert(
        "Every Kind".to_owned(),
        json!({"oneOf": choices, "discriminator": {"propertyName": "value"}}),
    );

    let mut paths: Map<String, Value> = Map::new();
    let mut add = |path: &str, id: &str, tag: &str, more: Value| {
        let mut operation = json!({"operationId": id, "tags": [tag], "responses": {"204": {"description": "Done"}}});
        for (key, value) in more.as_object().unwrap() {
            operation[key] = value.clone();
        }
        paths.insert(path.to_owned(), json!({"post": operation}));
    };
    for name in &types {
        let media = json!({"application/json": {"schema": text()}});
        let error = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}});
        let responses = json!({"200": {"description": "D", "content": media}, "404": {"description": "D", "content": error}});
        add(
            &format!("/call/{name}"),
            name,
            "calls",
            json!({"responses": responses}),
        );
    }
    for name in &values {
        add(&format!("/method/{name}"), name, "methods", json!({}));
    }
    for name in names_in(CRATES).chain(modules()).collect::<BTreeSet<_>>() {
        add(
            &format!("/group/{name}"),
            &format!("do_{name}"),
            &name,
            json!({}),
        );
    }
    let parameters = |place: &str, required: bool, names: &[&String]| -> Value {
        let one = |name: &&String| json!({"name": name, "in": place, "required": required, "schema": text()});
        names.iter().map(one).collect()
    };
    // Compilers take long where a function may return early in hundreds of places.
    for (at, some) in all.chunks(60).enumerate() {
        add(
            &format!("/query/{at}"),
            &format!("ask all {at}"),
            "parameters",
            json!({"parameters": parameters("query", false, some)}),
        );
    }
    add(
        "/header",
        "tell all",
        "parameters",
        json!({"parameters": parameters("header", true, some)}),
    );
    let path: String = values.iter().map(|name| format!("/{{{name}}}")).collect();
    let body = json!({"content": {"application/json": {"schema": text()}}});
    add(
        &format!("/path{path}"),
        "go all",
        "parameters",
        json!({"parameters": parameters("path", true, &values), "requestBody": body}),
    );
    let parts = json!({"type": "object", "required": some, "properties": object(&values)});
    let body = json!({"required": true, "content": {"multipart/form-data": {"schema": parts}}});
    add(
        "/parts",
        "send all",
        "parameters",
        json!({"requestBody": body}),
    );
    let headers: Map<String, Value> = values
        .iter()
        .map(|name| (name.replace('_', "-"), json!({"schema": text()})))
        .collect();
    add(
        "/headers",
        "answer",
        "parameters",
        json!({"responses": {"204": {"description": "D", "headers": headers}}}),
    );
    let needed: Vec<Value> = values
        .iter()
        .map(|name| json!({name.as_str(): []}))
        .collect();
    add(
        "/secured",
        "prove all",
        "parameters",
        json!({"security": needed}),
    );

    let secured_by = values.iter().enumerate();
    let secured_by = secured_by.map(|(at, name)| {
        (
            name.to_string(),
            json!({"type": "apiKey", "in": "header", "name": format!("X-{at}")}),
        )
    });
    let variables: Map<String, Value> = values
        .iter()
        .map(|name| (name.to_string(), json!({"default": "a"})))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Nasty", "version": "1.0.0"},
        "servers": [{"url": format!("https://x{path}"), "variables": variables}],
        "security": [],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": secured_by.collect::<Map<_, _>>()},
    })
}

fn names_in(words: &str) -> impl Iterator<Item = String> {
    words.split_whitespace().map(str::to_owned)
}

/// The modules of the support code.
fn modules() -> impl Iterator<Item = String> {
    let files = FILES.iter().map(|file| file.folder_and_name().1);
    files.filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
}

#[test]
fn no_name_of_generated_code_is_hidden_by_one_of_a_description() {
    let mut names = items();
    assert!(names.len() > 700, "{}", names.len());
    names.extend([KEYWORDS, STANDARD, CRATES].into_iter().flat_map(names_in));
    let folder = target_dir().join("nasty");
    fs::create_dir_all(&folder).unwrap();
    let spec = folder.join("openapi.json");
    fs::write(&spec, description(&names).to_string()).unwrap();
    let mut job = Job::new(&spec, "nasty");
    job.options.features = Some(false);
    let checked = job.check();
    assert!(checked.files.is_some(), "{}", checked.messages);
    checked.write_to(&folder.join("crates"));
    let members = specwright::CrateKind::ALL.map(|kind| format!("\"crates/{kind}\""));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut check = cargo("check");
    check
        .args([
            "--quiet",
            "--workspace",
            "--keep-going",
            "--no-default-features",
        ])
        .args(["--features", "reqwest,tower,blocking,tracing"])
        .env("CARGO_TARGET_DIR", target_dir().join("cases-target"))
        .env_remove("RUSTFLAGS")
        .env("CARGO_INCREMENTAL", "0");
    let ran = run(check.current_dir(&folder));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
}
