//! The options of an API, whose fields are the reference of the keys.

use super::PackageName;
use super::own::Own;
use crate::crates::CrateKind;
use crate::diag::{Diagnostics, Levels};
use crate::limits::Limits;
use crate::polling::LongRunning;
use crate::source::Access;
use serde::Deserialize;
use std::path::PathBuf;

/// What stands in the place of a version that follows from the last one.
pub(super) const AUTOMATIC: &str = "auto";

/// How an API is read and written.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // One for each such key.
pub struct Options {
    /// The prefix of its packages.
    pub name: PackageName,
    /// `emit`: the crates to write; by default `["types", "client", "server"]`, and `"cli"` and `"mcp"` if they are
    /// asked for. What one is built on is always included.
    pub emit: Vec<CrateKind>,
    /// `strict`: whether warnings are errors; by default `false`.
    pub strict: bool,
    /// `[lints]` for all APIs, `[apis.NAME.lints]` for one: `CODE = "allow"`, `"warn"` or `"deny"`, or with a reason
    /// `CODE = { level = "allow", reason = "…" }`.
    pub lints: Levels,
    /// `unknown-fields`: `"ignore"` (the default) or `"keep"`.
    pub unknown_fields: UnknownFields,
    /// `env-prefix`: what the names of a client's environment variables begin with; by default the API's name.
    pub env_prefix: Option<String>,
    /// `docs-url`: a link to the API's reference, for the documentation of each operation; `{operationId}` in it is replaced.
    pub docs_url: Option<String>,
    /// `serve-document`: whether the server crate has the description, in one file, to serve it.
    pub serve_document: bool,
    /// `words`: mixed-case words that names keep together (`OAuth`), in addition to the built-in ones.
    pub words: Vec<String>,
    /// `include`: the operations to write, each entry as an operationId, `METHOD /path`, `/path`, `tag:NAME` or `x-EXTENSION`, in which `*`
    /// and, in paths, `**` stand for anything; by default all.
    pub include: Vec<String>,
    /// `exclude`: the operations to leave out, by the same kinds of entries, which go before `include`.
    pub exclude: Vec<String>,
    /// `prune`: whether types that no operation uses are left out; by default those that only excluded operations use.
    pub prune: Option<bool>,
    /// `idempotency-key`: the header by which the server recognizes a repeated request; the client sends it with each operation that isn't
    /// idempotent. Operations that declare a header `Idempotency-Key` have it without this.
    pub idempotency_key: Option<String>,
    /// `oauth2`: whether the client has the flows of OAuth 2 although no security scheme of the description names any.
    pub oauth2: bool,
    /// `operations`: settings of single operations, by operationId or `METHOD /path`.
    pub operations: Vec<(String, OperationOptions)>,
    /// `roots`: directories that `$ref` may reach in addition to the description's own, relative to the configuration file; and `[urls]`:
    /// the local file that stands for a URL, or the directory for a URL that ends in `/`; and `overlays`: the files of overlays to apply to the
    /// description, one after the other.
    pub access: Access,
    /// `package-version`: the version of the generated packages; by default `"0.1.0"`.
    pub package_version: String,
    /// `package-version = "auto"`: whether the version is that of the last run, raised by what has changed since.
    pub automatic_version: bool,
    /// `license`: the licence of the generated packages, an SPDX expression.
    pub license: Option<String>,
    /// `features`: whether each group of operations is a cargo feature, so that users compile only what they use; by default for big APIs
    /// only.
    pub features: Option<bool>,
    /// `proptest`: whether the types have a feature with random values for tests.
    pub proptest: bool,
    /// `types`, `formats`, `dependencies`, `derives`, `attributes`: custom Rust types for schemas and formats, the packages that they come
    /// from, and additional derives and attributes of generated types.
    pub own: Own,
    /// Whether to write packages or modules for a build script.
    pub layout: Layout,
    /// `runtime`: the package that has the support code of all APIs; by default each package has its own.
    pub runtime: Option<Runtime>,
}

/// A package with the support code of several APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// The name of the package and of its directory.
    pub name: PackageName,
    /// The directory.
    pub folder: PathBuf,
    /// The path that leads there from the packages of an API.
    pub way: String,
}

/// What is set for an operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperationOptions {
    /// `retries`: whether the client may repeat its requests; by default it repeats those of idempotent methods.
    pub retries: Option<bool>,
    /// `pagination`: how it lists page by page, where the description doesn't say it.
    pub pagination: Option<Pagination>,
    /// `long-running`: whether it goes on after its response, where the description doesn't say it.
    pub long_running: Option<GoesOn>,
    /// `body-limit`: the largest request body, such as `"10 MiB"`; `time-limit`: the time until the response begins, such as `"30 s"`.
    pub limits: Limits,
}

/// How an operation lists page by page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pagination {
    /// `false`: it doesn't.
    Off,
    /// `{ first = 1 }`: its first page, or item, has this number.
    From(i64),
}

/// Whether an operation goes on after its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoesOn {
    /// `false`: it doesn't.
    No,
    /// `true`, or how a response says its state: `{ state = "status", done = ["ready"], failed = ["broken"] }`.
    Yes(LongRunning),
}

/// What structs do with properties that the description doesn't declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownFields {
    /// `"ignore"`: they are dropped.
    #[default]
    Ignore,
    /// `"keep"`: they are kept in a map and written back.
    Keep,
}

/// The layout of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Packages, each with its manifest.
    #[default]
    Crates,
    /// Modules in one directory, for `include!` of a build script's output.
    Modules,
}

impl Options {
    #[must_use]
    pub fn new(name: PackageName) -> Self {
        Self {
            name,
            emit: CrateKind::DEFAULT.to_vec(),
            strict: false,
            lints: Levels::default(),
            unknown_fields: UnknownFields::default(),
            env_prefix: None,
            docs_url: None,
            serve_document: false,
            words: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            prune: None,
            idempotency_key: None,
            oauth2: false,
            operations: Vec::new(),
            access: Access::default(),
            package_version: "0.1.0".to_owned(),
            automatic_version: false,
            license: None,
            features: None,
            proptest: false,
            own: Own::default(),
            layout: Layout::default(),
            runtime: None,
        }
    }

    /// The same for the description as its author has written it.
    #[must_use]
    pub fn as_written(mut self) -> Self {
        self.access.overlays.clear();
        self
    }

    /// Sets the crates to write; types are always included, as the others depend on them.
    pub fn set_emit(&mut self, emit: impl IntoIterator<Item = CrateKind>) {
        self.emit = CrateKind::with_needed(emit.into_iter().chain([CrateKind::Types]));
    }

    /// Sets the version of the packages, or with `auto` that it follows from the last one.
    pub fn set_version(&mut self, version: &str) {
        self.automatic_version = version == AUTOMATIC;
        if !self.automatic_version {
            version.clone_into(&mut self.package_version);
        }
    }

    /// What the names of environment variables begin with.
    #[must_use]
    pub fn variables(&self) -> &str {
        self.env_prefix.as_deref().unwrap_or(self.name.as_str())
    }

    /// A sink for the messages of this API, with its levels and strictness.
    #[must_use]
    pub fn diagnostics(&self) -> Diagnostics {
        Diagnostics::new(self.strict).with_levels(self.lints.clone())
    }

    #[must_use]
    pub fn emits(&self, kind: CrateKind) -> bool {
        self.emit.contains(&kind)
    }
}
