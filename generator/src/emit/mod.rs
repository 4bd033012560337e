//! Planned items → tokens. Folder = generated crate, function = generated item, order = order in the file.
//!
//! In: a [`Plan`]. Out: [`SourceFile`]s, not yet laid out as text. Every function is total: what could fail or be chosen
//! has been decided in the plan. Knows neither the IR, nor descriptions, nor the disk.

mod client;
mod docs;
mod headers;
mod manifest;
mod readme;
mod server;
mod tokens;
mod types;

use crate::plan::{Layout, Package, Plan};
use proc_macro2::TokenStream;

/// A file to write, relative to the API's folder.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it goes: `client/src/lib.rs`.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Rust, item by item.
    Rust(Vec<Chunk>),
    /// Text as it is.
    Text(String),
}

/// A part of a Rust file.
#[derive(Debug, Clone)]
pub enum Chunk {
    /// Inner attributes and documentation of the file, then items.
    Tokens(TokenStream),
    /// Lines as they are, for macro calls: no formatter knows how their input is laid out.
    Lines(Vec<String>),
}

/// All files of an API.
#[must_use]
pub fn emit(plan: &Plan) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let packages = &plan.packages;
    if plan.parts.types {
        files.extend(package(plan, &packages.types, "types", types::files(plan)));
    }
    if plan.parts.client {
        files.extend(package(
            plan,
            &packages.client,
            "client",
            client::files(plan),
        ));
    }
    if plan.parts.server {
        files.extend(package(
            plan,
            &packages.server,
            "server",
            server::files(plan),
        ));
    }
    if plan.layout == Layout::Modules {
        files.push(SourceFile {
            path: "mod.rs".to_owned(),
            content: Content::Rust(modules(plan)),
        });
    }
    files
}

/// A package: manifest, README, generated code, support code.
fn package(plan: &Plan, package: &Package, folder: &str, code: Vec<SourceFile>) -> Vec<SourceFile> {
    let mut files = code;
    for support in &package.support {
        files.push(SourceFile {
            path: format!("src/support/{}", support.path),
            content: Content::Text(support.text.clone()),
        });
    }
    if plan.layout == Layout::Crates {
        files.push(SourceFile {
            path: "Cargo.toml".to_owned(),
            content: Content::Text(manifest::manifest(package)),
        });
        files.push(SourceFile {
            path: "README.md".to_owned(),
            content: Content::Text(readme::readme(plan, folder)),
        });
        files.extend(readme::example_file(plan, folder));
    }
    for file in &mut files {
        file.path = format!("{folder}/{}", file.path);
    }
    files
}

/// What the crate around the modules has no say in: it may use a part of them only, and has lints of its own.
const ALLOW: &str = "#[allow(unused, unreachable_pub, clippy::all, clippy::pedantic)]";

/// The entry of an output that is included into another crate: a module for each part, which has its own documentation.
fn modules(plan: &Plan) -> Vec<Chunk> {
    let parts = [
        (plan.parts.client, "client"),
        (plan.parts.server, "server"),
        (plan.parts.types, "types"),
    ];
    let lines = parts
        .into_iter()
        .filter(|(there, _)| *there)
        .flat_map(|(_, name)| {
            [
                ALLOW.to_owned(),
                format!("#[path = \"{name}/src/lib.rs\"]"),
                format!("pub mod {name};"),
            ]
        });
    vec![Chunk::Lines(lines.collect())]
}
