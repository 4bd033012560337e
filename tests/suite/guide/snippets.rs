//! What the pages show is accepted: Rust by the compiler, configurations by their reader, command lines by the command.
//!
//! The API of the examples is `pets.yaml` next to the pages. Each block in Rust becomes a function of one package, which `compile.rs` checks
//! together with all cases. What a block may use without saying so is in `prelude.rs`: that of the client in the chapters of the client, that
//! of the server in those of the server, else as a comment before it says (`<!-- test: client -->`, `server`, `both`). A block that can't be
//! compiled here, or is read by another program, says why: `<!-- test: none; … -->`.

use super::pages::{self, Block};
use crate::check::{
    self, Job, complaints_about_configuration, complaints_about_exceptions, scratch,
};
use crate::command::specwright;
use crate::workspace::write_changed;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

const MANIFEST: &str = r#"[package]
name = "guide"
version = "0.1.0"
edition = "2024"
publish = false

[dependencies]
axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }
bytes = "1"
http = "1"
hyper-util = { version = "0.1", default-features = false, features = ["client-legacy", "http1", "server-auto", "server-graceful", "service", "tokio"] }
pets-client = { path = "pets/client", default-features = false, features = ["reqwest", "tower", "blocking", "fs", "hyper", "mock", "senders", "signatures", "stream", "oauth2"] }
pets-server = { path = "pets/server", features = ["explorer", "signatures"] }
pets-types = { path = "pets/types", features = ["proptest"] }
proptest = { version = "1", default-features = false, features = ["std"] }
reqwest = { version = "0.13", default-features = false }
serde_json = "1"
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread", "signal", "sync", "time"] }
tower-http = { version = "0.6", default-features = false, features = ["cors", "decompression-gzip", "trace"] }
tower-layer = "0.3"
"#;

/// Writes the package of all blocks in Rust, and the crates that they use; returns the members of the workspace.
pub(crate) fn package(folder: &Path) -> Vec<String> {
    let checked = Job::guide().check();
    assert_eq!(checked.messages, "");
    checked.write_to(&folder.join("pets"));
    let mut code = "//! The code of the guide and of the README.\n\n#![allow(dead_code, non_local_definitions, unnameable_test_items, unused, unreachable_code, ambiguous_glob_reexports)]\n\
                    #![allow(clippy::all, clippy::pedantic)]\n\nmod prelude;\n"
        .to_owned();
    let mut count = 0;
    for page in pages::all() {
        for block in page
            .blocks()
            .into_iter()
            .filter(|block| block.language == "rust")
        {
            let context = context(&page.path, &block);
            if !block.is_of_others() {
                count += 1;
                code += &function(count, &context, &block);
            }
        }
    }
    assert!(count > 60, "{count}");
    write_changed(&folder.join("src/lib.rs"), &code);
    write_changed(&folder.join("src/prelude.rs"), include_str!("prelude.rs"));
    write_changed(&folder.join("Cargo.toml"), MANIFEST);
    write_changed(
        &folder.join("rustfmt.toml"),
        "disable_all_formatting = true\n",
    );
    let pets = specwright::CrateKind::DEFAULT.map(|kind| format!("guide/pets/{kind}"));
    pets.into_iter().chain(["guide".to_owned()]).collect()
}

/// Which prelude a block is compiled with, or why with none.
fn context(page: &Path, block: &Block) -> String {
    let folder = page
        .parent()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy());
    let context = match (&block.test, folder.as_deref()) {
        (Some(test), _) => test.clone(),
        (None, Some("server")) => "server".to_owned(),
        (None, _) => "client".to_owned(),
    };
    let is_known =
        ["client", "server", "both"].contains(&&*context) || context.starts_with("none; ");
    assert!(is_known, "{}: `{context}`", block.place);
    context
}

/// A block as a function, in a module of its own.
fn function(number: usize, context: &str, block: &Block) -> String {
    let mut out = format!(
        "\n// {}\nmod snippet_{number} {{\n    use crate::prelude::{context}::*;\n",
        block.place
    );
    let arguments = match context {
        "client" => {
            "Arguments { client, url, token, secret, stored, redirected_to, vault, order }: Arguments"
        }
        "server" => {
            "Arguments { provider, service, listener, secret, origin, audit, operation, response }: Arguments"
        }
        _ => "(): ()",
    };
    writeln!(
        out,
        "    async fn snippet({arguments}) -> Result<(), BoxError> {{"
    )
    .unwrap();
    // Implementations for one type would conflict, so each block has its own.
    if block.text.contains(" for Provider {") && !block.text.contains("struct Provider") {
        out.push_str("struct Provider { pets: Store, photos: Photos, news: News }\n");
    }
    out.push_str(&block.text);
    out.push_str("\n        Ok(())\n    }\n}\n");
    out
}

fn blocks(language: &str) -> Vec<Block> {
    let pages = pages::all();
    let blocks = pages.iter().flat_map(pages::Page::blocks);
    blocks.filter(|block| block.language == language).collect()
}

#[test]
fn each_block_is_in_a_language_that_is_looked_at() {
    for page in pages::all() {
        for block in page.blocks() {
            let known = ["rust", "toml", "yaml", "json", "console", "text"];
            assert!(
                known.contains(&&*block.language) || block.is_of_others(),
                "{}: {:?}",
                block.place,
                block.language
            );
        }
    }
}

#[test]
fn configurations_are_accepted() {
    let mut count = 0;
    let ours = |block: &Block| !block.is_of_others();
    for block in blocks("toml").into_iter().filter(ours) {
        let table: toml::Table = block
            .text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", block.place));
        let is_manifest = table.keys().any(|key| key.ends_with("dependencies"));
        let complaints = if is_manifest {
            unknown_features(&table)
        } else if table.contains_key("ignore") {
            complaints_about_exceptions(&block.text)
        } else {
            count += 1;
            complaints_about_configuration(&whole(&block.text, &table))
        };
        assert_eq!(complaints, "", "{}", block.place);
    }
    assert!(count > 40, "{count}");
}

/// An excerpt as a whole configuration: each API has a description.
fn whole(text: &str, table: &toml::Table) -> String {
    let is_of_api =
        |key: &String| !["out", "runtime", "urls", "lints", "apis"].contains(&key.as_str());
    let Some(apis) = table.get("apis").and_then(toml::Value::as_table) else {
        let header = "[apis.pets]\nspec = \"openapi.yaml\"\n";
        return if table.keys().any(is_of_api) {
            format!("{header}{text}")
        } else {
            format!("{text}\n{header}")
        };
    };
    let mut text = text.to_owned();
    for (name, api) in apis.iter().filter(|(_, api)| api.get("spec").is_none()) {
        let header = format!("[apis.{name}]\n");
        let with_spec = format!("{header}spec = \"openapi.yaml\"\n");
        assert!(api.is_table());
        if text.contains(&header) {
            text = text.replace(&header, &with_spec);
        } else {
            text = text.replacen(
                &format!("[apis.{name}."),
                &format!("{with_spec}[apis.{name}."),
                1,
            );
        }
    }
    text
}

/// Features of the crates of `pets.yaml` that these don't have.
fn unknown_features(manifest: &toml::Table) -> String {
    let mut unknown = String::new();
    let tables = manifest.values().filter_map(toml::Value::as_table);
    for (package, dependency) in tables
        .flatten()
        .filter(|(package, _)| package.starts_with("pets-"))
    {
        let known = features(package);
        let wanted = dependency.get("features").and_then(toml::Value::as_array);
        for feature in wanted.into_iter().flatten().filter_map(toml::Value::as_str) {
            if !known.contains(feature) {
                writeln!(unknown, "{package} has no feature {feature}").unwrap();
            }
        }
    }
    unknown
}

/// The features of one of the crates of `pets.yaml`.
fn features(package: &str) -> BTreeSet<String> {
    let checked = Job::guide().check();
    let wanted = format!("{}/Cargo.toml", package.trim_start_matches("pets-"));
    let mut files = checked.files.as_ref().unwrap().iter();
    let (_, text) = files.find(|(path, _)| path.as_str() == wanted).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    manifest["features"]
        .as_table()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

#[test]
fn descriptions_and_workflows_are_yaml() {
    let blocks = blocks("yaml");
    assert!(blocks.len() > 3);
    for block in blocks {
        let value = serde_yaml::from_str::<serde_yaml::Value>(&block.text);
        assert!(value.is_ok(), "{}: {value:?}", block.place);
    }
}

#[test]
fn json_is_json() {
    for block in blocks("json") {
        let value = serde_json::from_str::<serde_json::Value>(&block.text);
        assert!(value.is_ok(), "{}: {value:?}", block.place);
    }
}

#[test]
fn command_lines_are_accepted() {
    let mut lines = BTreeMap::new();
    for block in blocks("console") {
        for line in block
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("$ "))
        {
            for command in commands(line) {
                lines.insert(command, block.place.clone());
            }
        }
    }
    for (place, code) in pages::all().iter().flat_map(pages::Page::spans) {
        for command in commands(&code) {
            lines.insert(command, place.clone());
        }
    }
    assert!(lines.len() > 40, "{lines:?}");
    let folder = scratch("guide");
    for (words, place) in &lines {
        // Flags are read before `--help`, and one that isn't known ends that.
        let arguments: Vec<&str> = words
            .iter()
            .skip(1)
            .map(String::as_str)
            .chain(["--help"])
            .collect();
        let ran = specwright(&folder, &arguments);
        assert_eq!(ran.code, Some(0), "{place}: {words:?}\n{}", ran.err);
    }
}

/// The words of each call of `specwright` in a line of a shell.
fn commands(line: &str) -> Vec<Vec<String>> {
    let (mut commands, mut words, mut word, mut quote) =
        (Vec::new(), Vec::new(), String::new(), None);
    for letter in line.chars().chain([' ', ';']) {
        match (letter, quote) {
            (_, Some(end)) if letter == end => quote = None,
            ('"' | '\'', None) => quote = Some(letter),
            (' ' | ';' | '|' | '&' | '>', None) => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if letter != ' ' {
                    commands.push(std::mem::take(&mut words));
                }
            }
            // A comment, to the end.
            ('#', None) if word.is_empty() => {
                commands.push(std::mem::take(&mut words));
                break;
            }
            _ => word.push(letter),
        }
    }
    let of_ours = |words: &Vec<String>| words.first().is_some_and(|word| word == "specwright");
    let commands = commands.into_iter().filter(of_ours);
    commands
        .filter(|words| !words.iter().any(|word| word.contains('…')))
        .collect()
}

#[test]
fn command_lines_are_found() {
    let found = |line| {
        commands(line)
            .into_iter()
            .map(|words| words.join("|"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found("cat a | specwright report - # b"),
        ["specwright|report|-"]
    );
    assert_eq!(
        found("specwright a --x \"GET /b c\" && cargo run"),
        ["specwright|a|--x|GET /b c"]
    );
    assert_eq!(found("specwright.toml"), [""; 0]);
    assert_eq!(found("cargo run"), [""; 0]);
}

/// The two commands that a stranger is told to run, and that CI runs.
#[test]
fn the_readme_begins_with_the_commands_that_ci_runs() {
    let readme = pages::page(&check::root().join("README.md"));
    let blocks = readme.blocks();
    let first = blocks
        .iter()
        .find(|block| block.language == "console")
        .unwrap();
    let commands: Vec<&str> = first
        .text
        .lines()
        .map(|line| line.split('#').next().unwrap().trim())
        .collect();
    assert_eq!(commands, ["$ cargo run", "$ cargo test"]);
    let ci = std::fs::read_to_string(check::root().join(".ci/run")).unwrap();
    for step in ["\nstep cargo run --quiet\n", "\nstep cargo test\n"] {
        assert!(ci.contains(step), "{step}");
    }
    assert!(
        readme.text.lines().count() < 150,
        "the README is getting long"
    );
}
