//! The support code of several APIs in one package.

use crate::check::scratch;
use crate::command::{run, specwright};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

const PETS: &str = r##"
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: "https://pets.example/v1"}]
security: [{token: []}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200": {description: The pet, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "404": {description: None, content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Kind: {type: string, enum: [cat, dog]}
    Level: {type: integer, enum: [1, 2]}
    Pet:
      type: object
      required: [name]
      properties: {name: {type: string, minLength: 1}, kind: {$ref: "#/components/schemas/Kind"}, level: {$ref: "#/components/schemas/Level"}, born: {type: string, format: date}}
    Problem: {type: object, properties: {why: {type: string}}}
"##;

/// With what the other doesn't use: a union, a pattern, a form, events, a webhook, a command line.
const SHOP: &str = r##"
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
      responses: {"201": {description: Done, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
  /files:
    post:
      operationId: upload
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}}}}}}
      responses: {"204": {description: Done}}
  /events:
    get:
      operationId: watch
      responses: {"200": {description: Events, content: {text/event-stream: {schema: {type: string}}}}}
webhooks:
  paid:
    post:
      operationId: paid
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Card"}}}}
      responses: {"204": {description: Done}}
components:
  schemas:
    Order:
      oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Cash"}]
      discriminator: {propertyName: by}
    Card: {type: object, required: [by, number], properties: {by: {type: string}, number: {type: string, pattern: "^[0-9]+$"}}}
    Cash: {type: object, required: [by], properties: {by: {type: string}}}
"##;

const BOTH: &str = r#"runtime = "generated/acme-runtime"
[apis.pets]
spec = "pets.yaml"
[apis.shop]
spec = "shop.yaml"
emit = ["client", "server", "cli"]
"#;

/// A directory with both descriptions and a configuration.
fn scratch_with(name: &str, config: &str) -> PathBuf {
    let folder = scratch(name);
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    fs::write(folder.join("shop.yaml"), SHOP).unwrap();
    fs::write(folder.join("specwright.toml"), config).unwrap();
    folder
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("generated").join(path)).unwrap()
}

#[test]
fn crates_depend_on_one_runtime() {
    let folder = scratch_with("runtime", BOTH);
    specwright(&folder, &["generate"]).exit(0);
    let kinds = ["pets", "shop"].map(|api| ["types", "client", "server"].map(|kind| (api, kind)));
    for (api, kind) in kinds.into_iter().flatten().chain([("shop", "cli")]) {
        let package = format!("{api}/{kind}");
        let support = folder.join("generated").join(&package).join("src/support");
        assert!(!support.exists(), "{package}");
        let root = text(&folder, &format!("{package}/src/lib.rs"));
        let import = format!("use ::acme_runtime::{kind} as support;");
        assert!(root.contains(&import), "{root}");
        let manifest = text(&folder, &format!("{package}/Cargo.toml"));
        let dependency = "acme-runtime = { path = \"../../acme-runtime\"";
        assert!(manifest.contains(dependency), "{manifest}");
    }
    let client = text(&folder, "pets/client/Cargo.toml");
    assert!(
        client.contains("tracing = [\"acme-runtime/tracing\"]") && !client.contains("\nhttp = "),
        "{client}"
    );
    // What users name is exported as it is with copies.
    let types = text(&folder, "pets/types/src/lib.rs");
    assert!(types.contains("Date, FromParam,"), "{types}");
}

#[test]
fn a_runtime_is_kept_up_to_date() {
    let folder = scratch_with("runtime-again", BOTH);
    let config = folder.join("specwright.toml");
    let generate = || specwright(&folder, &["generate"]).exit(0);
    let pets = BOTH.split_once("[apis.shop]").unwrap().0;
    fs::write(&config, pets).unwrap();
    generate();
    // It has what `shop` needs before there is one, so that no run of another API takes it away.
    text(&folder, "acme-runtime/src/client/multipart.rs");
    fs::write(&config, BOTH).unwrap();
    let both = generate();
    assert!(
        both.out.contains("pets: 1 operation, 4 types;"),
        "{}",
        both.out
    );
    assert!(both.out.contains(" (0 written, "), "{}", both.out);
    let runtime = folder.join("generated/acme-runtime");
    let record = fs::read_to_string(runtime.join(".specwright.json")).unwrap();
    fs::write(&config, pets).unwrap();
    generate();
    let same = fs::read_to_string(runtime.join(".specwright.json")).unwrap();
    assert_eq!(record, same);

    specwright(&folder, &["check"]).exit(0);
    let edited = runtime.join("src/lib.rs");
    fs::write(&edited, "").unwrap();
    let checked = specwright(&folder, &["check"]).exit(1);
    let stale = "generated/acme-runtime/src/lib.rs is out of date";
    assert_eq!(checked.err.matches(stale).count(), 1, "{}", checked.err);
    specwright(&folder, &["generate"]).exit(1);
    specwright(&folder, &["generate", "--force"]).exit(0);
    specwright(&folder, &["check"]).exit(0);
    fs::remove_file(&edited).unwrap();
    specwright(&folder, &["check"]).exit(1);
    generate();
    specwright(&folder, &["check"]).exit(0);
}

/// Neither the traits of parameters nor the type are of the API's own crate then.
#[test]
fn a_type_of_another_crate_is_no_parameter_with_a_runtime() {
    let config = |format: &str| {
        let formats = format!("[apis.pets.formats]\nuuid = {format}\n");
        format!("runtime = \"acme-runtime\"\n[apis.pets]\nspec = \"pets.yaml\"\n{formats}")
    };
    let folder = scratch_with("runtime-foreign", &config("\"uuid::Uuid\""));
    let pets = PETS.replace(
        "schema: {type: integer}",
        "schema: {type: string, format: uuid}",
    );
    assert_ne!(pets, PETS);
    fs::write(folder.join("pets.yaml"), pets).unwrap();
    let refused = specwright(&folder, &["generate"]).exit(1);
    let message = "error[SW0722]: `uuid::Uuid` stands for a parameter";
    assert!(refused.err.contains(message), "{}", refused.err);
    assert!(
        refused.err.contains("specwright.toml:5:1"),
        "{}",
        refused.err
    );
    let wrapped = "{ type = \"uuid::Uuid\", with = \"uuid::serde::simple\" }";
    fs::write(folder.join("specwright.toml"), config(wrapped)).unwrap();
    specwright(&folder, &["generate"]).exit(0);
}

#[test]
fn several_configurations_share_a_runtime() {
    let folder = scratch_with("runtime-both", BOTH.split_once("[apis.shop]").unwrap().0);
    let other = folder.join("other");
    fs::create_dir_all(&other).unwrap();
    let config = "runtime = \"../generated/acme-runtime\"\n[apis.shop]\nspec = \"../shop.yaml\"\n";
    fs::write(other.join("specwright.toml"), config).unwrap();
    specwright(&folder, &["generate"]).exit(0);
    let record = text(&folder, "acme-runtime/.specwright.json");
    specwright(&other, &["generate"]).exit(0);
    assert_eq!(text(&folder, "acme-runtime/.specwright.json"), record);
    let manifest = fs::read_to_string(other.join("generated/shop/types/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("{ path = \"../../../../generated/acme-runtime\" }"),
        "{manifest}"
    );
    specwright(&folder, &["check"]).exit(0);
    specwright(&other, &["check"]).exit(0);
}

#[test]
fn without_a_runtime_crates_have_copies_again() {
    let folder = scratch_with("runtime-removed", BOTH);
    specwright(&folder, &["generate"]).exit(0);
    let copies = BOTH.split_once('\n').unwrap().1;
    fs::write(folder.join("specwright.toml"), copies).unwrap();
    specwright(&folder, &["check"]).exit(1);
    specwright(&folder, &["generate"]).exit(0);
    let root = text(&folder, "pets/server/src/lib.rs");
    assert!(root.contains("mod support;"), "{root}");
    text(&folder, "pets/server/src/support/mod.rs");
    let manifest = text(&folder, "pets/server/Cargo.toml");
    assert!(!manifest.contains("acme-runtime"), "{manifest}");
    // It isn't the directory of an API, of which there may be others.
    text(&folder, "acme-runtime/src/lib.rs");
    specwright(&folder, &["check"]).exit(0);
}

#[test]
fn a_flag_names_a_runtime() {
    let folder = scratch_with("runtime-flag", "");
    let flags = ["generate", "pets.yaml", "--runtime", "generated/base"];
    specwright(&folder, &flags).exit(0);
    let manifest = text(&folder, "pets/types/Cargo.toml");
    assert!(
        manifest.contains("base = { path = \"../../base\" }"),
        "{manifest}"
    );
    assert!(text(&folder, "base/src/lib.rs").contains("pub mod types;"));
}

#[test]
fn a_runtime_has_a_place_and_a_name_of_its_own() {
    let folder = scratch_with("runtime-wrong", "");
    let configured = |path: &str| {
        let config = format!("runtime = \"{path}\"\n[apis.pets]\nspec = \"pets.yaml\"\n");
        fs::write(folder.join("specwright.toml"), config).unwrap();
        specwright(&folder, &["generate"]).exit(1)
    };
    for (path, what, is_placed) in [
        ("generated/pets", "is the directory of an API", true),
        ("generated/pets/base", "is the directory of an API", true),
        ("generated", "is the directory of an API", true),
        (
            "generated/pets-types",
            "is the name of an API's package",
            true,
        ),
        ("generated/a b", "a b", true),
        ("..", "package", true),
        (
            "generated/serde-json",
            "`serde-json`, which is the name of a package",
            false,
        ),
        ("generated/type", "`type`, which is a word of Rust", false),
        ("generated/std", "`std`, which is a word of Rust", false),
    ] {
        let ran = configured(path);
        assert!(ran.err.contains(what), "{path}: {}", ran.err);
        assert_eq!(
            ran.err.contains("specwright.toml:1:"),
            is_placed,
            "{path}: {}",
            ran.err
        );
        assert!(!folder.join("generated").exists());
    }
    // What somebody else has written is left alone.
    fs::create_dir_all(folder.join("generated/mine")).unwrap();
    fs::write(folder.join("generated/mine/Cargo.toml"), "").unwrap();
    configured("generated/mine");
    assert!(!folder.join("generated/pets").exists());
}

#[test]
fn crates_with_a_runtime_work_together() {
    let folder = scratch_with("runtime-used", BOTH);
    specwright(&folder, &["generate"]).exit(0);
    fs::create_dir_all(folder.join("user/src")).unwrap();
    fs::write(folder.join("user/Cargo.toml"), MANIFEST).unwrap();
    fs::write(folder.join("user/src/lib.rs"), USER).unwrap();
    // As all other cases, without TLS.
    let ran = run(Workspace::write(&folder, &WORKSPACE.map(str::to_owned))
        .cargo("clippy")
        .args(["--workspace", "--lib", "--bins", "--examples"])
        .args(["--no-default-features", "--features"])
        .arg("reqwest,tower,blocking,tracing,mock,senders")
        .args(["--", "-D", "warnings"]));
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{}", ran.err);
}

const WORKSPACE: [&str; 6] = [
    "generated/acme-runtime",
    "generated/*/types",
    "generated/*/client",
    "generated/*/server",
    "generated/shop/cli",
    "user",
];

const MANIFEST: &str = r#"[package]
name = "user"
version = "0.1.0"
edition = "2024"

[dependencies]
acme-runtime = { path = "../generated/acme-runtime" }
pets-client = { path = "../generated/pets/client", default-features = false, features = ["tower"] }
pets-server = { path = "../generated/pets/server" }
shop-client = { path = "../generated/shop/client", default-features = false }
shop-server = { path = "../generated/shop/server" }
serde_json = "1"
"#;

/// A program that uses all crates: the client of an API calls its server in memory, one function takes the errors of both clients, and two
/// servers have providers of one type.
const USER: &str = r##"//! Uses two APIs with one runtime.

use acme_runtime::client::Error;
use pets_client::types::{Kind, Pet};
use pets_server::pets::{GetPetError, PetsApi};
use pets_server::{AuthError, Call, Credentials, Problem};
use shop_client::types::{Card, Order, Validate};

/// A provider of both APIs.
#[derive(Debug, Clone)]
pub struct Provider;

impl PetsApi for Provider {
    type Session = ();

    async fn get_pet(&self, _: Call<()>, id: i64) -> Result<Pet, GetPetError> {
        match id {
            7 => Ok(Pet::new("Rex").kind(Kind::Dog)),
            _ => Err(Problem::not_found().into()),
        }
    }
}

impl shop_server::Api for Provider {}

impl shop_server::Webhooks for Provider {}

async fn authenticate(credentials: Credentials) -> Result<(), AuthError> {
    match credentials.bearer() {
        Some("secret") => Ok(()),
        _ => Err(AuthError::Unauthorized),
    }
}

/// The servers of both APIs, and that of a webhook.
pub fn servers() -> impl std::fmt::Debug {
    let shop: shop_server::Server<Provider> = shop_server::Server::builder(Provider).build();
    let received = shop_server::webhooks::server(Provider).only_path("/paid").build();
    (shop, received)
}

fn is_rejected<E>(error: &Error<E>) -> bool {
    error.status().is_some_and(|status| status.is_client_error())
}

/// Calls a server in memory; whether all is as expected.
pub async fn call() -> Result<bool, Box<dyn std::error::Error>> {
    let service = pets_server::Server::builder(Provider).authenticate(authenticate).build();
    let client = pets_client::Client::over(service.clone()).bearer("secret").build()?;
    let is_found = client.pets().get_pet(7).await?.kind == Some(Kind::Dog);
    let is_missing = client.pets().get_pet(8).await.is_err_and(|error| is_rejected(&error));
    let stranger = pets_client::Client::over(service).bearer("other").build()?;
    let is_strange = stranger.pets().get_pet(7).await.is_err_and(|error| is_rejected(&error));
    let order: Order = serde_json::from_str(r#"{"by":"Card","number":"x"}"#)?;
    let is_invalid = matches!(&order, Order::Card(Card { .. })) && order.validate().is_err();
    Ok(is_found && is_missing && is_strange && is_invalid)
}

/// Orders something; whether that was rejected.
pub async fn order(client: &shop_client::Client, order: Order) -> bool {
    let ordered = client.api().create_order(order).await;
    ordered.is_err_and(|error| is_rejected(&error))
}
"##;
