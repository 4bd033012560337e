//! The support code of several APIs in one package.

use crate::check::{root, scratch};
use crate::command::{cargo, run, specwright, target_dir};
use specwright::Generator;
use std::fs;
use std::path::Path;

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

/// With what the other doesn't use: a union, a pattern, a form, events.
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
components:
  schemas:
    Order:
      oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Cash"}]
      discriminator: {propertyName: by}
    Card: {type: object, required: [by, number], properties: {by: {type: string}, number: {type: string, pattern: "^[0-9]+$"}}}
    Cash: {type: object, required: [by], properties: {by: {type: string}}}
"##;

const BOTH: &str = "runtime = \"generated/acme-runtime\"\n[apis.pets]\nspec = \"pets.yaml\"\n[apis.shop]\nspec = \"shop.yaml\"\n";

fn project(name: &str) -> std::path::PathBuf {
    let folder = scratch(name);
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    fs::write(folder.join("shop.yaml"), SHOP).unwrap();
    fs::write(folder.join("specwright.toml"), BOTH).unwrap();
    specwright(&folder, &["generate"]).exit(0);
    folder
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("generated").join(path)).unwrap()
}

#[test]
fn crates_depend_on_one_runtime() {
    let folder = project("runtime");
    for api in ["pets", "shop"] {
        for kind in ["types", "client", "server"] {
            let package = format!("{api}/{kind}");
            let support = folder.join("generated").join(&package).join("src/support");
            assert!(!support.exists(), "{package}");
            let root = text(&folder, &format!("{package}/src/lib.rs"));
            assert!(
                root.contains(&format!("use acme_runtime::{kind} as support;")),
                "{root}"
            );
            let manifest = text(&folder, &format!("{package}/Cargo.toml"));
            assert!(
                manifest.contains("acme-runtime = { path = \"../../acme-runtime\""),
                "{manifest}"
            );
        }
    }
    let client = text(&folder, "pets/client/Cargo.toml");
    assert!(
        client.contains("tracing = [\"acme-runtime/tracing\"]") && !client.contains("\nhttp = "),
        "{client}"
    );

    specwright(&folder, &["check"]).exit(0);
    let stale = folder.join("generated/acme-runtime/src/lib.rs");
    fs::write(&stale, "").unwrap();
    let checked = specwright(&folder, &["check"]).exit(1);
    assert!(checked.err.contains("acme-runtime"), "{}", checked.err);
    specwright(&folder, &["generate", "--force"]).exit(0);
    specwright(&folder, &["check"]).exit(0);

    // Without one of the APIs the other one needs the same.
    let one = BOTH.replace("[apis.pets]\nspec = \"pets.yaml\"\n", "");
    fs::write(folder.join("specwright.toml"), one).unwrap();
    let again = specwright(&folder, &["generate"]).exit(0);
    assert!(again.out.contains("0 written"), "{}", again.out);
}

#[test]
fn a_flag_names_a_runtime() {
    let folder = scratch("runtime-flag");
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    specwright(
        &folder,
        &["generate", "pets.yaml", "--runtime", "generated/base"],
    )
    .exit(0);
    assert!(text(&folder, "pets/types/Cargo.toml").contains("base = { path = \"../../base\" }"));
    assert!(text(&folder, "base/src/lib.rs").contains("pub mod types;"));
}

#[test]
fn a_runtime_has_a_place_and_a_name_of_its_own() {
    let folder = scratch("runtime-wrong");
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    for (path, what) in [
        ("generated/pets", "is the directory of an API"),
        ("generated/pets/base", "is the directory of an API"),
        ("generated", "is the directory of an API"),
        ("generated/pets-types", "is the name of an API's package"),
        ("generated/a b", "a b"),
        ("..", "package"),
    ] {
        let config = format!("runtime = \"{path}\"\n[apis.pets]\nspec = \"pets.yaml\"\n");
        fs::write(folder.join("specwright.toml"), config).unwrap();
        let ran = specwright(&folder, &["generate"]).exit(1);
        assert!(
            ran.err.contains(what) && ran.err.contains("specwright.toml:1:"),
            "{path}: {}",
            ran.err
        );
        assert!(!folder.join("generated").exists());
    }
    // What somebody else has written is left alone.
    fs::create_dir_all(folder.join("generated/mine")).unwrap();
    fs::write(folder.join("generated/mine/Cargo.toml"), "").unwrap();
    let config = "runtime = \"generated/mine\"\n[apis.pets]\nspec = \"pets.yaml\"\n";
    fs::write(folder.join("specwright.toml"), config).unwrap();
    specwright(&folder, &["generate"]).exit(1);
    assert!(!folder.join("generated/pets").exists());
}

#[test]
fn crates_with_a_runtime_work_together() {
    let folder = project("runtime-used");
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"generated/acme-runtime\", \"generated/*/types\", \"generated/*/client\", \"generated/*/server\", \"user\"]\n",
    )
    .unwrap();
    fs::create_dir_all(folder.join("user/src")).unwrap();
    fs::write(folder.join("user/Cargo.toml"), MANIFEST).unwrap();
    fs::write(
        folder.join("user/src/lib.rs"),
        format!("#![cfg(test)]\n{USER}"),
    )
    .unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let target = target_dir().join("runtime");
    for arguments in [
        &["clippy", "--workspace", "--lib", "--", "-D", "warnings"][..],
        &["test", "--package", "user"],
    ] {
        let mut command = cargo(arguments[0]);
        command.args(["--quiet", "--target-dir"]).arg(&target);
        run(command.args(&arguments[1..]).current_dir(&folder)).exit(0);
    }
}

const MANIFEST: &str = r#"[package]
name = "user"
version = "0.1.0"
edition = "2024"

[dependencies]
acme-runtime = { path = "../generated/acme-runtime" }
pets-client = { path = "../generated/pets/client", default-features = false, features = ["tower"] }
pets-server = { path = "../generated/pets/server" }
shop-client = { path = "../generated/shop/client", default-features = false }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }
"#;

/// A program that uses all crates: the client of an API calls its server in memory, and one function takes the errors of both clients.
const USER: &str = r##"
use acme_runtime::client::{Error, RawResponse};
use pets_client::types::{Kind, Pet};
use pets_server::pets::{GetPetError, PetsApi};
use pets_server::{AuthError, Call, Credentials, Problem};
use shop_client::types::{Card, Order, Validate};

struct Provider;

impl PetsApi for Provider {
    type Session = ();

    async fn get_pet(&self, _: &Call<()>, id: i64) -> Result<Pet, GetPetError> {
        match id {
            7 => Ok(Pet::new("Rex").kind(Kind::Dog)),
            _ => Err(Problem::not_found("no such pet").into()),
        }
    }
}

async fn authenticate(credentials: Credentials) -> Result<(), AuthError> {
    match credentials.bearer() {
        Some("secret") => Ok(()),
        _ => Err(AuthError::Unauthorized),
    }
}

fn is_rejected<E>(error: &Error<E>) -> bool {
    error.status().is_some_and(|status| status.is_client_error())
}

#[tokio::test]
async fn a_client_calls_a_server() -> Result<(), Box<dyn std::error::Error>> {
    let service = pets_server::Server::builder(Provider).authenticate(authenticate).build();
    let client = pets_client::Client::over(service.clone()).bearer("secret").build()?;
    assert_eq!(client.pets().get_pet(7).await?.kind, Some(Kind::Dog));
    let missing = client.pets().get_pet(8).await.unwrap_err();
    assert!(is_rejected(&missing));
    let stranger = pets_client::Client::over(service).bearer("other").build()?;
    assert!(is_rejected(&stranger.pets().get_pet(7).await.unwrap_err()));
    let _: fn(&Error<shop_client::shop::CreateOrderError>) -> bool = is_rejected;
    let _: Option<RawResponse> = None;

    let order: Order = serde_json::from_str(r#"{"by":"Card","number":"x"}"#)?;
    assert!(matches!(&order, Order::Card(Card { .. })) && order.validate().is_err());
    Ok(())
}
"##;
