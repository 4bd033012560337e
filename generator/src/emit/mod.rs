//! Planned items → tokens. Folder = generated crate, function = generated item, order = order in the file.
//!
//! In: a [`Plan`]. Out: [`SourceFile`]s, not yet laid out as text: what makes the parts of each, to be called by whoever lays them
//! out, on any thread. Every function is total: what could fail or be chosen has been decided in the plan. Knows neither the IR, nor
//! descriptions, nor the disk.

// A new variant has to be noticed wherever it matters.
#![warn(clippy::wildcard_enum_match_arm)]

mod client;
mod code;
mod comments;
mod docs;
mod example;
mod headers;
mod manifest;
mod overview;
mod readme;
mod server;
mod shared;
mod tokens;
mod types;
mod used;

pub use comments::{Docs, line as comment_line};
pub use used::Used;

use crate::plan::{CrateKind, Layout, Package, Plan};
use example::Example;
use proc_macro2::TokenStream;
use readme::Readme;

/// A file to write, relative to the API's folder.
pub struct SourceFile<'p> {
    /// Where it goes: `client/src/lib.rs`.
    pub path: String,
    /// What it holds.
    pub content: Content<'p>,
}

/// What a file holds.
pub enum Content<'p> {
    /// Rust.
    Rust(RustFile<'p>),
    /// Anything else, with or without Rust in it.
    Pieces(Make<'p, Vec<Piece>>),
}

/// A piece of a file that isn't a Rust file of a crate.
#[derive(Debug)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// Rust to lay out.
    Rust(Vec<Chunk>),
}

/// Something that is made where it is used: token streams can't leave the thread that made them, and no more of them are alive than are
/// being laid out.
pub type Make<'p, T> = Box<dyn Fn() -> T + Send + Sync + 'p>;

/// Makes what stands before the parts, given what these use.
pub type MakeHead<'p> = Box<dyn Fn(&Used) -> Vec<Chunk> + Send + Sync + 'p>;

/// A Rust file.
pub struct RustFile<'p> {
    /// What stands before the parts: documentation, attributes, and imports of what the parts use.
    pub head: MakeHead<'p>,
    /// The parts, none of which depends on another.
    pub parts: Vec<Make<'p, Vec<Chunk>>>,
}

impl<'p> SourceFile<'p> {
    /// A Rust file in one part.
    fn rust(path: &str, make: impl Fn() -> Vec<Chunk> + Send + Sync + 'p) -> Self {
        Self::parts(path, |_| Vec::new(), vec![Box::new(make)])
    }

    /// A Rust file in parts, with a head that knows what they use.
    fn parts(
        path: &str,
        head: impl Fn(&Used) -> Vec<Chunk> + Send + Sync + 'p,
        parts: Vec<Make<'p, Vec<Chunk>>>,
    ) -> Self {
        let content = Content::Rust(RustFile {
            head: Box::new(head),
            parts,
        });
        Self {
            path: path.to_owned(),
            content,
        }
    }

    /// A text.
    fn text(path: &str, make: impl Fn() -> String + Send + Sync + 'p) -> Self {
        Self::pieces(path, move || vec![Piece::Text(make())])
    }

    /// A text with Rust in it.
    fn pieces(path: &str, make: impl Fn() -> Vec<Piece> + Send + Sync + 'p) -> Self {
        Self {
            path: path.to_owned(),
            content: Content::Pieces(Box::new(make)),
        }
    }
}

/// A part of a Rust file.
#[derive(Debug)]
pub enum Chunk {
    /// Inner attributes and documentation of the file, then items; marks stand for the documentation of these ([`Docs`]).
    Tokens(TokenStream),
    /// Lines as they are: no printer knows how the input of a macro is laid out.
    Lines(Vec<String>),
    /// Code that is laid out already, and what it takes from elsewhere.
    Code(String, Used),
    /// A call of a macro in lines, and what it takes from elsewhere.
    Call(Vec<String>, Used),
}

/// All files of an API.
#[must_use]
pub fn emit(plan: &Plan) -> Vec<SourceFile<'_>> {
    let packages = plan.packages.iter();
    let mut files: Vec<_> = packages.flat_map(|one| package(plan, one)).collect();
    if plan.layout == Layout::Modules {
        files.push(SourceFile::rust("mod.rs", || modules(plan)));
    }
    files
}

/// How the crates of a kind are written. Manifest and support code are written for all alike.
struct Emitter {
    /// The generated code.
    files: fn(&Plan) -> Vec<SourceFile<'_>>,
    /// `examples/basic.rs`, if there is anything to show.
    example: fn(&Plan) -> Option<Example>,
    /// The README: what it begins with, and what stands behind the example.
    readme: Readme,
}

impl Emitter {
    fn of(kind: CrateKind) -> &'static Self {
        match kind {
            CrateKind::Types => &types::EMITTER,
            CrateKind::Client => &client::EMITTER,
            CrateKind::Server => &server::EMITTER,
        }
    }
}

/// A package: manifest, README, generated code, support code.
fn package<'p>(plan: &'p Plan, package: &'p Package) -> Vec<SourceFile<'p>> {
    let emitter = Emitter::of(package.kind);
    let mut files = (emitter.files)(plan);
    for support in &package.support {
        let path = format!("src/support/{}", support.path);
        files.push(SourceFile::text(&path, || support.text.clone()));
    }
    if plan.layout == Layout::Crates {
        files.push(SourceFile::text("Cargo.toml", || {
            manifest::manifest(package)
        }));
        files.push(SourceFile::text("rustfmt.toml", || RUSTFMT.to_owned()));
        files.push(SourceFile::pieces("README.md", move || {
            readme::readme(plan, package, emitter)
        }));
        files.extend(example::file(plan, emitter));
    }
    for file in &mut files {
        file.path = format!("{}/{}", package.kind, file.path);
    }
    files
}

/// Has `cargo fmt` leave a package alone, whose lines aren't broken where rustfmt would break them.
const RUSTFMT: &str = "\
# Written by specwright; changes are overwritten.

disable_all_formatting = true
";

/// What the crate around the modules has no say in: it may use a part of them only, and has lints of its own.
const ALLOW: &str = "#[allow(unused, unreachable_pub, clippy::all, clippy::pedantic)]";

/// The entry of an output that is included into another crate: a module for each part, which has its own documentation.
fn modules(plan: &Plan) -> Vec<Chunk> {
    let mut names: Vec<&str> = plan.packages.iter().map(|one| one.kind.name()).collect();
    names.sort_unstable();
    let lines = names.into_iter().flat_map(|name| {
        [
            ALLOW.to_owned(),
            format!("#[path = \"{name}/src/lib.rs\"]"),
            format!("pub mod {name};"),
        ]
    });
    vec![Chunk::Lines(lines.collect())]
}
