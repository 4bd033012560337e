//! A description that uses every name of the support code, the standard library and the language for everything: schemas, properties,
//! values of enums, operations, tags, parameters, parts, headers, security schemes, variables of servers. The output compiles, and in the tables
//! of programs nothing has the name of something else.

use crate::check::Job;
use crate::command::{run, target_dir};
use crate::sinks::Tables;
use crate::workspace::Workspace;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value, json};
use specwright::CrateKind;
use specwright::plan::FILES;
use specwright::write::Files;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Keywords, strict, reserved and weak, of all editions.
const KEYWORDS: &str = "abstract as async auto await become box break const continue crate default do dyn else enum extern false final \
    fn for gen if impl in let loop macro macro_rules match mod move mut override priv pub raw ref return safe self Self static struct super \
    trait true try type typeof union unsafe unsized use virtual where while yield";

/// Names that are in scope everywhere, or that generated code uses from the standard library.
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

/// Words of programs: commands, flags, tools, and what tools take.
const PROGRAMS: &str = "all_pages body call_operation completions content_type curl describe_operation dry_run header help login logout man \
    next output output_file profile query read_more retries search_operations server set show_secrets timeout v verbose version";

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
                // `macro_rules! name`.
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

/// The names for the description, by what they are used for.
struct Names {
    all: Vec<String>,
    /// Names of types.
    types: Vec<String>,
    /// Names next to names of a description in generated code. Only for what is cheap to compile, as each of the others costs a function or
    /// more.
    values: Vec<String>,
}

impl Names {
    fn new() -> Self {
        let near: BTreeSet<String> = [KEYWORDS, STANDARD, CRATES, PROGRAMS]
            .into_iter()
            .flat_map(names_in)
            .collect();
        let all: BTreeSet<String> = items().into_iter().chain(near.clone()).collect();
        let is_type = |name: &String| name.starts_with(char::is_uppercase);
        Self {
            types: all.iter().filter(|name| is_type(name)).cloned().collect(),
            values: near.into_iter().filter(|name| !is_type(name)).collect(),
            all: all.into_iter().collect(),
        }
    }

    /// Some of the values.
    fn some(&self) -> &[String] {
        &self.values[..self.values.len().min(60)]
    }
}

/// A description in which everything has these names.
fn description(names: &Names) -> Value {
    let schemes = names.values.iter().enumerate().map(|(at, name)| {
        let scheme = json!({"type": "apiKey", "in": "header", "name": format!("X-{at}")});
        (name.clone(), scheme)
    });
    let variables = names.values.iter();
    let variables = variables.map(|name| (name.clone(), json!({"default": "a"})));
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Nasty", "version": "1.0.0"},
        "servers": [{"url": format!("https://x{}", path(&names.values)), "variables": variables.collect::<Map<_, _>>()}],
        "security": [],
        "paths": paths(names),
        "components": {"schemas": schemas(names), "securitySchemes": schemes.collect::<Map<_, _>>()},
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

/// String properties.
fn properties(names: &[String]) -> Map<String, Value> {
    let members = names.iter().map(|name| (name.clone(), text()));
    members.collect()
}

fn schemas(names: &Names) -> Map<String, Value> {
    let of_types = names.types.iter().map(|name| {
        let schema = json!({"type": "object", "properties": {"value": text()}});
        (name.clone(), schema)
    });
    let choices = names.types.iter();
    let choices = choices.map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
    let choices: Vec<Value> = choices.collect();
    let some = names.some();
    let others = [
        (
            "Every Property",
            json!({"type": "object", "properties": properties(&names.all)}),
        ),
        (
            "Every Required",
            json!({"type": "object", "required": some, "properties": properties(some)}),
        ),
        ("Every Word", json!({"type": "string", "enum": names.all})),
        (
            "Every Kind",
            json!({"oneOf": choices, "discriminator": {"propertyName": "value"}}),
        ),
    ];
    let others = others.map(|(name, schema)| (name.to_owned(), schema));
    of_types.chain(others).collect()
}

/// A path with every name as a parameter.
fn path(names: &[String]) -> String {
    let segments = names.iter().map(|name| format!("/{{{name}}}"));
    segments.collect()
}

/// The operations.
fn paths(names: &Names) -> Map<String, Value> {
    let mut paths = Map::new();
    let media = json!({"application/json": {"schema": text()}});
    let error = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}});
    let responses = json!({"200": {"description": "D", "content": media}, "404": {"description": "D", "content": error}});
    for name in &names.types {
        let more = json!({"responses": responses});
        add(&mut paths, &format!("/call/{name}"), name, "calls", &more);
    }
    let nothing = json!({});
    for name in &names.values {
        add(
            &mut paths,
            &format!("/method/{name}"),
            name,
            "methods",
            &nothing,
        );
    }
    let groups = names_in(CRATES).chain(names_in(PROGRAMS)).chain(modules());
    for name in groups.collect::<BTreeSet<_>>() {
        let (path, id) = (format!("/group/{name}"), format!("do_{name}"));
        add(&mut paths, &path, &id, &name, &nothing);
    }
    for (path, id, more) in with_parameters(names) {
        add(&mut paths, &path, &id, "parameters", &more);
    }
    paths
}

fn add(paths: &mut Map<String, Value>, path: &str, id: &str, tag: &str, more: &Value) {
    let mut operation =
        json!({"operationId": id, "tags": [tag], "responses": {"204": {"description": "Done"}}});
    for (key, value) in more.as_object().unwrap() {
        operation[key] = value.clone();
    }
    paths.insert(path.to_owned(), json!({"post": operation}));
}

fn parameters(place: &str, required: bool, names: &[String]) -> Value {
    let one =
        |name: &String| json!({"name": name, "in": place, "required": required, "schema": text()});
    names.iter().map(one).collect()
}

/// Operations with the names as parameters, parts, headers and security requirements: path, id and content.
fn with_parameters(names: &Names) -> Vec<(String, String, Value)> {
    let (values, some) = (&names.values, names.some());
    let json = json!({"content": {"application/json": {"schema": text()}}});
    let parts = json!({"type": "object", "required": some, "properties": properties(values)});
    let form = json!({"required": true, "content": {"multipart/form-data": {"schema": parts}}});
    let headers = values
        .iter()
        .map(|name| (name.replace('_', "-"), json!({"schema": text()})));
    let headers: Map<String, Value> = headers.collect();
    let needed: Vec<Value> = values
        .iter()
        .map(|name| json!({name.as_str(): []}))
        .collect();
    let fixed = [
        (
            "/header".to_owned(),
            "tell all",
            json!({"parameters": parameters("header", true, some)}),
        ),
        (
            "/parts".to_owned(),
            "send all",
            json!({"requestBody": form}),
        ),
        (
            "/headers".to_owned(),
            "answer",
            json!({"responses": {"204": {"description": "D", "headers": headers}}}),
        ),
        (
            "/secured".to_owned(),
            "prove all",
            json!({"security": needed}),
        ),
    ];
    let fixed = fixed
        .into_iter()
        .map(|(path, id, more)| (path, id.to_owned(), more));
    // No known operation has more than 96 parameters. The compiler takes four times as long for twice as many, a minute for all of these.
    let queries = names.all.chunks(150).enumerate().map(|(at, some)| {
        let more = json!({"parameters": parameters("query", false, some)});
        (format!("/query{at}"), format!("ask {at}"), more)
    });
    // Each is a local variable of one function, which takes the compiler a minute if they are three times as many.
    let of_paths = values.chunks(60).enumerate().map(|(at, some)| {
        let more = json!({"parameters": parameters("path", true, some), "requestBody": json});
        (format!("/path{at}{}", path(some)), format!("go {at}"), more)
    });
    fixed.chain(queries).chain(of_paths).collect()
}

fn names_in(words: &str) -> impl Iterator<Item = String> {
    words.split_whitespace().map(str::to_owned)
}

/// The modules of the support code.
fn modules() -> impl Iterator<Item = String> {
    let files = FILES.iter().map(|file| file.folder_and_name().1);
    files.filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
}

/// A name that something else has in the tables of programs, which no compiler sees.
fn taken_twice(files: &Files) -> Option<String> {
    let mut tables = Tables::default();
    let files = files.iter().map(|(path, text)| (path.as_str(), text));
    let mut of_programs = files.filter(|(path, _)| {
        let is_program = path.starts_with("cli/src/") || path.starts_with("mcp/src/");
        let is_rust = Path::new(path).extension() == Some("rs".as_ref());
        is_program && is_rust && !path.contains("/support/")
    });
    of_programs.find_map(|(path, text)| tables.wrong(path, &syn::parse_file(text).unwrap()))
}

#[test]
fn no_name_of_generated_code_is_hidden_by_one_of_a_description() {
    let names = Names::new();
    assert!(names.all.len() > 700, "{}", names.all.len());
    let folder = target_dir().join("nasty");
    fs::create_dir_all(&folder).unwrap();
    let spec = folder.join("openapi.json");
    fs::write(&spec, description(&names).to_string()).unwrap();
    let mut job = Job::new(&spec, "nasty");
    job.options.emit = CrateKind::ALL.to_vec();
    job.options.features = Some(false);
    let checked = job.check();
    let Some(files) = &checked.files else {
        panic!("{}", checked.messages);
    };
    assert_eq!(taken_twice(files), None);
    checked.write_to(&folder.join("crates"));
    let members = CrateKind::ALL.map(|kind| format!("crates/{kind}"));
    let ran = run(Workspace::write(&folder, &members)
        .cargo("check")
        .args(["--workspace", "--keep-going", "--no-default-features"])
        .args(["--features", "reqwest,tower,blocking,tracing"]));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
}
