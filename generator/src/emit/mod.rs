//! Turns planned items into tokens. There is a directory for each kind of crate, a function for each generated item, and items are in the
//! order of the file.
//!
//! In: a [`Plan`]. Out: [`SourceFile`]s, not printed yet: closures that build the parts of each, which may be called on any thread. Every
//! function is total: whatever could fail or be chosen was decided in the plan. Knows neither the IR, nor descriptions, nor the disk.

// New variants have to be considered in each match.
#![warn(clippy::wildcard_enum_match_arm)]

#[cfg(feature = "lsp")]
mod brief;
mod cli;
mod client;
mod code;
mod comments;
mod docs;
mod example;
mod headers;
mod manifest;
mod mcp;
mod overview;
mod project;
mod readme;
mod runtime;
mod server;
mod shared;
mod tokens;
mod types;
mod used;

#[cfg(feature = "lsp")]
pub use brief::{declaration, generated, method};
pub use comments::{Docs, line as comment_line};
pub use manifest::requirement;
pub use project::{Handlers, Project, project};
pub use used::Used;

use crate::plan::{CrateKind, Layout, Package, Plan};
use example::Example;
use proc_macro2::TokenStream;
use readme::Readme;

/// A file to write, relative to the API's directory.
pub struct SourceFile<'p> {
    /// The path: `client/src/lib.rs`.
    pub path: String,
    pub content: Content<'p>,
}

/// The content of a file.
pub enum Content<'p> {
    /// A Rust file of a crate.
    Rust(RustFile<'p>),
    /// Any other file, with or without Rust code in it.
    Pieces(Make<'p, Vec<Piece>>),
}

/// A piece of a file that isn't a Rust file of a crate.
#[derive(Debug)]
pub enum Piece {
    Text(String),
    /// Rust code to print.
    Rust(Vec<Chunk>),
}

/// A closure that builds something where it is used: token streams can't be sent to other threads, and only those being printed should be
/// in memory.
pub type Make<'p, T> = Box<dyn Fn() -> T + Send + Sync + 'p>;

/// Builds the head of a file, given the names that its parts use.
pub type MakeHead<'p> = Box<dyn Fn(&Used) -> Vec<Chunk> + Send + Sync + 'p>;

/// A Rust file.
pub struct RustFile<'p> {
    /// The head of the file: documentation, attributes, and imports of what the parts use.
    pub head: MakeHead<'p>,
    /// The parts, which are independent of each other.
    pub parts: Vec<Make<'p, Vec<Chunk>>>,
}

impl<'p> SourceFile<'p> {
    /// A Rust file with a single part.
    fn rust(path: &str, make: impl Fn() -> Vec<Chunk> + Send + Sync + 'p) -> Self {
        Self::parts(path, |_| Vec::new(), vec![Box::new(make)])
    }

    /// A Rust file with several parts, and a head that depends on what they use.
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

    /// A text file.
    fn text(path: &str, make: impl Fn() -> String + Send + Sync + 'p) -> Self {
        Self::pieces(path, move || vec![Piece::Text(make())])
    }

    /// A text file with Rust code in it.
    fn pieces(path: &str, make: impl Fn() -> Vec<Piece> + Send + Sync + 'p) -> Self {
        Self {
            path: path.to_owned(),
            content: Content::Pieces(Box::new(make)),
        }
    }
}

/// A piece of a Rust file.
#[derive(Debug)]
pub enum Chunk {
    /// Inner attributes and documentation of the file, then items; marks replace the documentation of these ([`Docs`]).
    Tokens(TokenStream),
    /// A member of an `impl`, printed without the others.
    Member(Member),
    /// Lines that aren't printed, such as the input of a macro.
    Lines(Vec<String>),
    /// Code that is printed already, and the names that it uses.
    Code(String, Used),
    /// A call of a macro as lines, and the names that it uses.
    Call(Vec<String>, Used),
}

/// A member of an `impl`. Printing them one by one takes a fraction of the memory: tokens and syntax tree of all methods of a group are
/// several times as big as their text.
#[derive(Debug)]
pub struct Member {
    /// What stands before the braces: `impl Pets`.
    pub head: TokenStream,
    /// The member.
    pub tokens: TokenStream,
    /// Whether the `impl` begins with it.
    pub is_first: bool,
    /// Whether the `impl` ends with it.
    pub is_last: bool,
}

/// An `impl` in parts, one for each of its members.
fn members<'p>(
    head: impl Fn() -> TokenStream + Copy + Send + Sync + 'p,
    members: Vec<Make<'p, TokenStream>>,
) -> Vec<Make<'p, Vec<Chunk>>> {
    let last = members.len().saturating_sub(1);
    let parts = members.into_iter().enumerate();
    let parts = parts.map(|(index, make)| -> Make<'p, _> {
        Box::new(move || {
            vec![Chunk::Member(Member {
                head: head(),
                tokens: make(),
                is_first: index == 0,
                is_last: index == last,
            })]
        })
    });
    parts.collect()
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

/// All files of the package with the support code of several APIs, relative to its directory. None if the packages have their own.
#[must_use]
pub fn emit_runtime(plan: &Plan) -> Vec<SourceFile<'_>> {
    let runtime = plan.runtime.iter();
    runtime.flat_map(runtime::files).collect()
}

/// How crates of a kind are written. Manifests and support code are the same for all kinds.
struct Emitter {
    /// The generated code.
    files: fn(&Plan) -> Vec<SourceFile<'_>>,
    /// The content of `examples/basic.rs`, if there is anything to show.
    example: fn(&Plan) -> Option<Example>,
    /// The README.
    readme: Readme,
}

impl Emitter {
    fn of(kind: CrateKind) -> &'static Self {
        match kind {
            CrateKind::Types => &types::EMITTER,
            CrateKind::Client => &client::EMITTER,
            CrateKind::Server => &server::EMITTER,
            CrateKind::Cli => &cli::EMITTER,
            CrateKind::Mcp => &mcp::EMITTER,
        }
    }
}

/// The files of a package: manifest, README, generated code, support code.
fn package<'p>(plan: &'p Plan, package: &'p Package) -> Vec<SourceFile<'p>> {
    let emitter = Emitter::of(package.kind);
    let mut files = (emitter.files)(plan);
    let own = package.support.iter().filter(|_| package.runtime.is_none());
    for support in own {
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

/// Keeps `cargo fmt` from changing a package, as prettyplease breaks lines differently from rustfmt.
const RUSTFMT: &str = "\
# Written by specwright; changes are overwritten.

disable_all_formatting = true
";

/// The including crate may use only a part of the modules, has lints of its own, and needn't declare the features that it doesn't use.
const ALLOW: &str =
    "#[allow(unused, unreachable_pub, unexpected_cfgs, clippy::all, clippy::pedantic)]";

/// The entry of an output that another crate includes: a module for each kind, with its own documentation.
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
