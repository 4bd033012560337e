//! The keys of a configuration: one table, of which the JSON schema for editors, the configuration to begin with and the guide's reference are made.

use serde_json::{Map, Value, json};

/// A key, with all that is said of it.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Its JSON schema.
    pub schema: &'static str,
    /// Lines that show its use, as in the file; the first key of an API has none.
    pub example: &'static str,
}

const fn key(
    name: &'static str,
    about: &'static str,
    schema: &'static str,
    example: &'static str,
) -> Key {
    Key {
        name,
        about,
        schema,
        example,
    }
}

const STRING: &str = r#"{"type": "string"}"#;
const FLAG: &str = r#"{"type": "boolean"}"#;
const STRINGS: &str = r#"{"type": "array", "items": {"type": "string"}}"#;
const LEVELS: &str =
    r##"{"type": "object", "additionalProperties": {"$ref": "#/definitions/level"}}"##;
const TYPES: &str =
    r##"{"type": "object", "additionalProperties": {"$ref": "#/definitions/type"}}"##;

/// The keys at the top.
pub const TOP: &[Key] = &[
    key(
        "out",
        "The directory for the crates of all APIs; each gets a directory of its own in there. `generated` next to this file, if it isn't set",
        STRING,
        "out = \"generated\"",
    ),
    key(
        "runtime",
        "The directory of a package, called like it, with the support code of all APIs; without it, each crate has a copy of what it uses",
        STRING,
        "runtime = \"generated/acme-runtime\"",
    ),
    key(
        "urls",
        "The local file to read for a URL, or the directory for all URLs that begin with one that ends in `/`: the network is never accessed",
        r#"{"type": "object", "additionalProperties": {"type": "string"}}"#,
        "urls.\"https://example.com/schemas/\" = \"schemas\"",
    ),
    key(
        "lints",
        "The level of messages by their code",
        LEVELS,
        "lints.SW0121 = { level = \"allow\", reason = \"every parameter is text\" }",
    ),
    key(
        "apis",
        "The APIs, by name: the prefix of their packages",
        r##"{"type": "object", "additionalProperties": {"$ref": "#/definitions/api"}}"##,
        "",
    ),
];

/// The keys of an API.
pub const API: &[Key] = &[
    key(
        "spec",
        "The description, or an APIs.json index of descriptions",
        STRING,
        "",
    ),
    key(
        "out",
        "The directory for its crates",
        STRING,
        "out = \"generated/NAME\"",
    ),
    key(
        "emit",
        "The crates; `types` is always included",
        r#"{"type": "array", "items": {"enum": ["types", "client", "server", "cli", "mcp"]}}"#,
        "emit = [\"types\", \"client\", \"server\"]",
    ),
    key(
        "strict",
        "Whether warnings are errors",
        FLAG,
        "strict = true",
    ),
    key(
        "lints",
        "The level of messages by their code, for this API and with precedence",
        LEVELS,
        "lints.SW0121 = \"deny\"",
    ),
    key(
        "unknown-fields",
        "What happens to properties that the description doesn't declare: they are ignored, or kept in a map",
        r#"{"enum": ["ignore", "keep"]}"#,
        "unknown-fields = \"keep\"",
    ),
    key(
        "env-prefix",
        "What the environment variables begin with that the client reads",
        STRING,
        "env-prefix = \"NAME\"",
    ),
    key(
        "docs-url",
        "A link to the reference of the API for the documentation of each operation",
        STRING,
        "docs-url = \"https://example.com/docs#{operationId}\"",
    ),
    key(
        "serve-document",
        "Whether the server crate has the description, in one file, to serve it",
        FLAG,
        "serve-document = true",
    ),
    key(
        "proptest",
        "Whether the types have strategies of proptest, behind a feature",
        FLAG,
        "proptest = true",
    ),
    key(
        "oauth2",
        "Whether the client has the flows of OAuth 2 although no security scheme of the description names any",
        FLAG,
        "oauth2 = true",
    ),
    key(
        "words",
        "Mixed-case words that count as one word in names, in addition to the common ones",
        STRINGS,
        "words = [\"OAuth\"]",
    ),
    key(
        "include",
        "The operations to write, by operationId, `GET /path`, `/path/**`, `tag:NAME` or an extension that is true, such as `x-public`; without it, all",
        STRINGS,
        "include = [\"tag:pets\", \"/v1/**\"]",
    ),
    key(
        "exclude",
        "The operations to leave out, in the same words, with precedence",
        STRINGS,
        "exclude = [\"operationId\", \"GET /path\", \"x-internal\"]",
    ),
    key(
        "prune",
        "Whether types that no operation uses are left out; without it, those that only excluded operations use",
        FLAG,
        "prune = true",
    ),
    key(
        "idempotency-key",
        "The header by which the server recognizes a repeated request",
        STRING,
        "idempotency-key = \"Idempotency-Key\"",
    ),
    key(
        "operations",
        "Settings of single operations, by operationId or method and path",
        r##"{"type": "object", "additionalProperties": {"$ref": "#/definitions/operation"}}"##,
        "operations.\"GET /path\" = { retries = false, pagination.first = 1, long-running = true, body-limit = \"10 MiB\", time-limit = \"30 s\" }",
    ),
    key(
        "roots",
        "Directories that `$ref` may reach in addition to the description's own",
        STRINGS,
        "roots = [\"../shared\"]",
    ),
    key(
        "overlays",
        "Overlays (of the Overlay Specification) to apply to the description, in this order",
        STRINGS,
        "overlays = [\"openapi.overlay.yaml\"]",
    ),
    key(
        "package-version",
        "The version of the packages; with `auto` it is raised by what changes in the description",
        STRING,
        "package-version = \"0.1.0\"",
    ),
    key(
        "license",
        "The license of the packages, an SPDX expression",
        STRING,
        "license = \"MIT OR Apache-2.0\"",
    ),
    key(
        "features",
        "Whether each group of operations is a cargo feature; without it, those of big APIs",
        FLAG,
        "features = true",
    ),
    key(
        "types",
        "Rust types of your own for schemas, and what generated types get in addition",
        TYPES,
        "types.Money = \"rust_decimal::Decimal\"",
    ),
    key(
        "formats",
        "Rust types of your own for formats",
        TYPES,
        "formats.date-time = \"jiff::Timestamp\"",
    ),
    key(
        "dependencies",
        "The packages that these types are of, as in Cargo.toml",
        r##"{"type": "object", "additionalProperties": {"$ref": "#/definitions/package"}}"##,
        "dependencies.rust_decimal = \"1\"",
    ),
    key(
        "derives",
        "Derives for every struct and enum of the types",
        STRINGS,
        "derives = [\"PartialOrd\"]",
    ),
    key(
        "attributes",
        "Attributes for every struct and enum of the types",
        STRINGS,
        "attributes = ['#[must_use]']",
    ),
];

/// The tables within values.
const DEFINITIONS: &str = r#"{
  "level": {"anyOf": [
    {"enum": ["allow", "warn", "deny"]},
    {"type": "object", "required": ["level"], "additionalProperties": false,
     "properties": {"level": {"enum": ["allow", "warn", "deny"]}, "reason": {"type": "string"}}}]},
  "operation": {"type": "object", "additionalProperties": false, "properties": {
    "retries": {"description": "Whether the client may repeat its requests; without it, those of idempotent methods", "type": "boolean"},
    "pagination": {"description": "The number of its first page where the description doesn't say it, or that it doesn't list page by page",
      "anyOf": [{"const": false},
        {"type": "object", "required": ["first"], "additionalProperties": false, "properties": {"first": {"type": "integer"}}}]},
    "long-running": {"description": "Whether it goes on after its response, or how a response says its state",
      "anyOf": [{"type": "boolean"},
        {"type": "object", "additionalProperties": false, "properties": {
          "state": {"description": "The property with the state, or a JSON pointer to it", "type": "string"},
          "done": {"description": "The states in which it has succeeded", "type": "array", "items": {"type": "string"}},
          "failed": {"description": "The states in which it has failed", "type": "array", "items": {"type": "string"}}}}]},
    "body-limit": {"description": "The largest request body: bytes, or a text such as 10 MiB", "type": ["integer", "string"]},
    "time-limit": {"description": "The time until the response begins: seconds, or a text such as 2 min", "type": ["integer", "string"]}}},
  "type": {"anyOf": [
    {"type": "string"},
    {"type": "object", "additionalProperties": false, "properties": {
      "type": {"description": "The path of the type", "type": "string"},
      "with": {"description": "A module with the functions serialize and deserialize", "type": "string"},
      "hash": {"description": "Whether the type is Eq and Hash", "type": "boolean"},
      "derives": {"type": "array", "items": {"type": "string"}},
      "attributes": {"type": "array", "items": {"type": "string"}}}}]},
  "package": {"anyOf": [
    {"type": "string"},
    {"type": "object", "additionalProperties": false, "properties": {
      "version": {"type": "string"}, "path": {"type": "string"}, "git": {"type": "string"}, "branch": {"type": "string"},
      "tag": {"type": "string"}, "rev": {"type": "string"}, "registry": {"type": "string"}, "package": {"type": "string"},
      "features": {"type": "array", "items": {"type": "string"}}, "default-features": {"type": "boolean"},
      "optional": {"type": "boolean"}}}]}
}"#;

/// The JSON schema of a configuration (draft 7, which editors know), as text.
#[must_use]
pub fn schema() -> String {
    let mut definitions: Map<String, Value> = parsed(DEFINITIONS);
    definitions.insert("api".to_owned(), object(API, &["spec"]));
    let mut whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "specwright.toml",
    });
    if let (Value::Object(whole), Value::Object(top)) = (&mut whole, object(TOP, &["apis"])) {
        whole.extend(top);
        whole.insert("definitions".to_owned(), definitions.into());
    }
    format!("{whole:#}\n")
}

/// The schema of a table.
fn object(keys: &[Key], required: &[&str]) -> Value {
    let properties = keys.iter().map(|key| {
        let mut schema = Map::new();
        schema.insert("description".to_owned(), key.about.into());
        schema.extend(parsed(key.schema));
        (key.name.to_owned(), schema.into())
    });
    json!({
        "type": "object", "required": required, "additionalProperties": false,
        "properties": properties.collect::<Map<String, Value>>(),
    })
}

/// The texts above are JSON, which a test makes sure of.
fn parsed(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that serde expects in place of one that nothing has.
    fn expected(text: &str) -> Vec<String> {
        let error = toml::from_str::<super::super::RawConfig>(text).unwrap_err();
        let message = error.message().to_owned();
        let (_, names) = message.split_once("expected one of ").unwrap();
        names
            .split(", ")
            .map(|name| name.trim_matches('`').to_owned())
            .collect()
    }

    fn names(keys: &[Key]) -> Vec<String> {
        let mut names: Vec<_> = keys.iter().map(|key| key.name.to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_table_has_the_keys_that_are_read() {
        for (text, keys) in [
            ("none = 1\n", TOP),
            ("[apis.a]\nspec = \"a\"\nnone = 1\n", API),
        ] {
            let mut expected = expected(text);
            expected.sort();
            assert_eq!(names(keys), expected);
        }
    }

    #[test]
    fn the_schema_is_json_and_refers_to_what_it_defines() {
        assert!(!parsed(DEFINITIONS).is_empty());
        assert!(
            TOP.iter()
                .chain(API)
                .all(|key| !parsed(key.schema).is_empty())
        );
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let defined = schema["definitions"].as_object().unwrap();
        for part in schema.to_string().split("#/definitions/").skip(1) {
            let (name, _) = part.split_once('"').unwrap();
            assert!(defined.contains_key(name), "{name}");
        }
    }
}
