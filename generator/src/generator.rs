//! The entry point of the library, for build scripts and other programs.
//!
//! In: the options of one API. Out: the written files, or messages. The command line is based on it as well. Knows the pipeline as a whole,
//! and the disk through `write`; no single stage.

use crate::compare::{self, Comparison};
use crate::config::own::{self, OwnPackage, OwnType, Replacement};
use crate::config::{Api, Layout, Options, PackageName, UnknownFields};
use crate::crates::CrateKind;
use crate::diag::render::{Format, printable, render};
use crate::diag::{Code, Diagnostic, Diagnostics, Level, Levels, Place, Severity};
use crate::limits::Limits;
use crate::plan::Plan;
use crate::source::{FileId, Position, Sources, crate_roots, sets_limit};
use crate::write::{Checker, Inputs, OnWait, Problem, RelPath, StaleFile, Writer};
use crate::{build_script, index, ir, pipeline};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Generates the crates of one API.
///
/// In a build script:
///
/// ```no_run
/// specwright::Generator::new("openapi.yaml").name("pets").modules().cargo().generate().unwrap();
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing happens until `generate`"]
pub struct Generator {
    spec: PathBuf,
    name: Option<String>,
    out: Option<PathBuf>,
    options: Options,
    lints: Vec<(String, Level)>,
    force: bool,
    cargo: bool,
    on_wait: OnWait,
}

/// The result of generating an API.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The name of the API.
    pub name: String,
    /// The directory that it was written to.
    pub out: PathBuf,
    /// Number of operations in client and server.
    pub operations: usize,
    /// Number of named types.
    pub types: usize,
    /// The package to start with and its directory: the client, else the server, else the types; `None` for modules.
    pub begin_with: Option<(String, PathBuf)>,
    /// The cargo features that the generated code uses.
    pub features: Vec<&'static str>,
    /// Files that were created or changed, relative to `out`.
    pub written: Vec<PathBuf>,
    /// Files that aren't generated any more and were deleted, relative to `out`.
    pub removed: Vec<PathBuf>,
    /// Number of files that were up to date.
    pub unchanged: usize,
    /// The titles of all warnings.
    pub warnings: Vec<String>,
}

/// The error of a run that wrote nothing. It displays as the messages with their excerpts.
pub struct Failed {
    messages: String,
}

/// A finished run: its messages, and its outcome.
pub struct Run<T> {
    #[doc(hidden)]
    pub sources: Sources,
    /// Messages about the description and the output directory.
    pub diagnostics: Diagnostics,
    /// The outcome; `None` if there were errors.
    pub outcome: Option<T>,
}

impl<T> Run<T> {
    /// Renders the diagnostics for a terminal or a program. `Human` includes excerpts of the description, without colours.
    #[must_use]
    pub fn messages(&self, format: Format) -> String {
        render(&self.diagnostics, &self.sources, format, false)
    }

    fn finished(self) -> Result<T, Failed> {
        let messages = match self.outcome {
            Some(outcome) => return Ok(outcome),
            None => self.messages(Format::Human),
        };
        Err(Failed { messages })
    }
}

impl Generator {
    /// Generates from the description at this path, with default options.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let spec = spec.into();
        let options = Options::new(PackageName::of_path(&spec));
        Self {
            spec,
            name: None,
            out: None,
            options,
            lints: Vec::new(),
            force: false,
            cargo: false,
            on_wait: |_, _| {},
        }
    }

    /// Sets the name of the API: the packages are `NAME-types`, `NAME-client` and `NAME-server`. By default it is derived from the path of
    /// the description.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the output directory. By default `OUT_DIR/NAME` in a build script (see [`Generator::cargo`]), else `generated/NAME`.
    pub fn out_dir(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = Some(out.into());
        self
    }

    /// Sets the crates to write. The types are always included.
    pub fn emit(mut self, emit: impl IntoIterator<Item = CrateKind>) -> Self {
        self.options.set_emit(emit);
        self
    }

    /// Treats warnings as errors.
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = strict;
        self
    }

    /// Hides the messages with this code, such as `SW0401`.
    pub fn allow(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Allow)
    }

    /// Treats the messages with this code as warnings.
    pub fn warn(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Warn)
    }

    /// Treats the messages with this code as errors.
    pub fn deny(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Deny)
    }

    /// Sets the levels of several codes; they override earlier ones.
    pub fn levels(mut self, levels: &Levels) -> Self {
        self.options.lints.extend(levels);
        self
    }

    fn lint(mut self, code: impl Into<String>, level: Level) -> Self {
        self.lints.push((code.into(), level));
        self
    }

    /// Sets what structs do with properties that the description doesn't declare.
    pub fn unknown_fields(mut self, unknown_fields: UnknownFields) -> Self {
        self.options.unknown_fields = unknown_fields;
        self
    }

    /// Links the documentation of each operation to the API's reference, by a URL that contains `{operationId}`.
    pub fn docs_url(mut self, url: impl Into<String>) -> Self {
        self.options.docs_url = Some(url.into());
        self
    }

    /// Puts the description into the server, which can then serve it as JSON and YAML, and as a page that sends requests.
    pub fn serve_document(mut self) -> Self {
        self.options.serve_document = true;
        self
    }

    /// Adds mixed-case words that names keep together, such as `OAuth`.
    pub fn words<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.options.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// Writes only the operations that this entry, or another one of this method, selects: an operationId, `METHOD /path`, `/path`,
    /// `tag:NAME`, or the name of an extension that is `true` for the operation or its path, such as `x-public`. In paths `*` stands for
    /// anything within a segment and `**` for any number of segments, elsewhere `*` for anything.
    pub fn include(mut self, operations: impl Into<String>) -> Self {
        self.options.include.push(operations.into());
        self
    }

    /// Leaves out the operations that an entry selects, as for [`include`](Self::include), and the types that only these use.
    pub fn exclude(mut self, operations: impl Into<String>) -> Self {
        self.options.exclude.push(operations.into());
        self
    }

    /// Leaves out all types that no operation uses, or none. By default, those that only excluded operations use are left out.
    pub fn prune(mut self, prune: bool) -> Self {
        self.options.prune = Some(prune);
        self
    }

    /// Says whether the client may repeat the requests of an operation, given by its operationId or as `METHOD /path`. By default it repeats
    /// those of idempotent methods.
    pub fn retries(mut self, operation: impl Into<String>, may_repeat: bool) -> Self {
        self.options.retries.push((operation.into(), may_repeat));
        self
    }

    /// Says of an operation, given by its operationId or as `METHOD /path`, that its first page (or item) has the number `first`, where the
    /// description doesn't say so; with `None`, that it doesn't list page by page.
    pub fn pagination(mut self, operation: impl Into<String>, first: Option<i64>) -> Self {
        self.options.pagination.push((operation.into(), first));
        self
    }

    /// Sets the header by which the server recognizes a repeated request: the client sends it with each operation that isn't idempotent.
    pub fn idempotency_key(mut self, header: impl Into<String>) -> Self {
        self.options.idempotency_key = Some(header.into());
        self
    }

    /// Gives the client the flows of OAuth 2 although no security scheme of the description names any.
    pub fn oauth2(mut self) -> Self {
        self.options.oauth2 = true;
        self
    }

    /// Sets limits of an operation in servers, given by its operationId or as `METHOD /path`: the size of a request body in bytes, and the time
    /// until the response begins.
    pub fn limits(
        mut self,
        operation: impl Into<String>,
        body: Option<u32>,
        time: Option<Duration>,
    ) -> Self {
        let body = body.map(u64::from);
        let limits = Limits { body, time };
        self.options.operations.push((operation.into(), limits));
        self
    }

    /// Allows `$ref` to reach a directory in addition to the description's own.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.access.roots.push(folder.into());
        self
    }

    /// Maps a URL to a local file, or a URL that ends in `/` to a directory.
    pub fn url(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.options.access.urls.insert(url.into(), path.into());
        self
    }

    /// Applies an overlay to the description (Overlay Specification 1.0 or 1.1), after those that were given before. Needs the feature
    /// `overlays`, which is among the default ones.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.access.overlays.push(path.into());
        self
    }

    /// Sets the version of the generated packages.
    pub fn package_version(mut self, version: impl Into<String>) -> Self {
        self.options.package_version = version.into();
        self
    }

    /// Sets the licence of the generated packages, an SPDX expression.
    pub fn license(mut self, license: impl Into<String>) -> Self {
        self.options.license = Some(license.into());
        self
    }

    /// Makes each group of operations a cargo feature of the packages, so that users compile only what they use. By default this is done
    /// for big APIs only. Modules have no such features.
    pub fn features(mut self, features: bool) -> Self {
        self.options.features = Some(features);
        self
    }

    /// Sets whether the types crate gets the feature `proptest`, with random values of each type for tests.
    pub fn proptest(mut self, proptest: bool) -> Self {
        self.options.proptest = proptest;
        self
    }

    /// Replaces the type of a schema by a type of another crate: `"rust_decimal::Decimal"`, or a [`Replacement`] with more options. The
    /// type has to implement `Debug`, `Clone` and `PartialEq`, and serde's traits in the format of the API. Constraints of the schema
    /// aren't checked; the type decides which values it accepts.
    pub fn replace_type(
        mut self,
        schema: impl Into<String>,
        replacement: impl Into<Replacement>,
    ) -> Self {
        self.options.own.types.push(OwnType {
            name: schema.into(),
            replacement: Some(replacement.into()),
            ..OwnType::default()
        });
        self
    }

    /// Replaces the type of strings and numbers with a format by a type of another crate: `"jiff::Timestamp"` for `date-time`. The same
    /// requirements apply as for [`Generator::replace_type`].
    pub fn replace_format(
        mut self,
        format: impl Into<String>,
        replacement: impl Into<Replacement>,
    ) -> Self {
        self.options.own.formats.push(OwnType {
            name: format.into(),
            replacement: Some(replacement.into()),
            ..OwnType::default()
        });
        self
    }

    /// Adds a dependency of the types, for [`replace_type`](Self::replace_type), [`derive`](Self::derive) and
    /// [`attribute`](Self::attribute). It is listed in the manifest of packages; modules are part of a crate that has to depend on it
    /// itself.
    pub fn dependency<F: Into<String>>(
        mut self,
        package: impl Into<String>,
        version: impl Into<String>,
        features: impl IntoIterator<Item = F>,
    ) -> Self {
        self.options.own.packages.push(OwnPackage {
            name: package.into(),
            source: vec![("version", version.into())],
            features: features.into_iter().map(Into::into).collect(),
            default_features: true,
            optional: false,
        });
        self
    }

    /// Adds a derive to every struct and enum of the types: `"PartialOrd"`, `"schemars::JsonSchema"`.
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.options.own.derives.push(path.into());
        self
    }

    /// Adds a derive to the type of one schema.
    pub fn derive_for(self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        let derives = vec![path.into()];
        self.add_to(schema.into(), derives, Vec::new())
    }

    /// Adds an attribute to every struct and enum of the types: `"#[must_use]"`.
    pub fn attribute(mut self, attribute: impl Into<String>) -> Self {
        self.options.own.attributes.push(attribute.into());
        self
    }

    /// Adds an attribute to the type of one schema.
    pub fn attribute_for(self, schema: impl Into<String>, attribute: impl Into<String>) -> Self {
        let attributes = vec![attribute.into()];
        self.add_to(schema.into(), Vec::new(), attributes)
    }

    fn add_to(mut self, name: String, derives: Vec<String>, attributes: Vec<String>) -> Self {
        self.options.own.types.push(OwnType {
            name,
            replacement: None,
            derives,
            attributes,
        });
        self
    }

    /// Writes modules to `include!` instead of packages: `types`, `client` and `server`, as set by [`emit`](Self::emit).
    ///
    /// ```text
    /// mod pets {
    ///     include!(concat!(env!("OUT_DIR"), "/pets/mod.rs"));
    /// }
    /// ```
    ///
    /// They become part of the crate that includes them, which has to use edition 2024 and to depend on the packages that they use. With
    /// [`Generator::cargo`], those that are missing are listed before anything is compiled (SW0870), as `specwright dependencies` lists them:
    ///
    /// | module | packages |
    /// | --- | --- |
    /// | `types` | `serde` and `serde_json`; `regex-lite` if the description has patterns |
    /// | `client` | those, `bytes`, `http`, `http-body` and `http-body-util` |
    /// | `server` | those, and `tower-service` |
    ///
    /// `types` also uses the packages of [`replace_type`](Self::replace_type) and [`replace_format`](Self::replace_format), with their
    /// feature for serde.
    ///
    /// Some parts of the client are enabled if the including crate has a cargo feature of their name: `reqwest` (package `reqwest` without
    /// its default features), `tower` (`tower-service`, and `tokio` with `rt` and `time`), `blocking` (`tokio` with `rt-multi-thread`),
    /// `tracing` (`tracing`). So are, with [`proptest`](Self::proptest), random values of the types: `proptest`. Declare those that you want. [`Generator::cargo`] tells the compiler that the others exist, so that it
    /// doesn't warn about unknown features.
    ///
    /// If types are nested very deep, the crate also needs a `#![recursion_limit = "…"]`: a warning has the line (SW0329).
    pub fn modules(mut self) -> Self {
        self.options.layout = Layout::Modules;
        self
    }

    /// Overwrites files that were edited or that specwright didn't write, and the crates of another API.
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Sets a function to call when this run has waited for a second because another run writes to the output directory. By default the run
    /// waits silently.
    pub fn on_wait(mut self, on_wait: OnWait) -> Self {
        self.on_wait = on_wait;
        self
    }

    /// Prints instructions for cargo, as a build script does: the files that the output depends on, the warnings, and the cargo features
    /// that the code of [`Generator::modules`] uses. Also writes below `OUT_DIR` by default.
    pub fn cargo(mut self) -> Self {
        self.cargo = true;
        self
    }

    /// Reads the description and writes the files that differ: all of them or, on any error, none.
    pub fn generate(&self) -> Result<Generated, Failed> {
        let run = self.write();
        if self.cargo {
            let features = run.outcome.iter().flat_map(|done| &done.features);
            tell_cargo(&run, features);
            if run.diagnostics.iter().any(is_about_limit) {
                for root in crate_roots() {
                    println!("cargo::rerun-if-changed={}", root.display());
                }
            }
            if self.options.layout == Layout::Modules {
                for manifest in build_script::manifests() {
                    println!("cargo::rerun-if-changed={}", manifest.display());
                }
            }
        }
        run.finished()
    }

    /// The `recursion_limit` that the crate with the modules needs and, as far as a build script can know, doesn't have.
    fn missing_limit(&self, plan: &Plan) -> Option<usize> {
        let is_set = || self.cargo && crate_roots().iter().any(|root| sets_limit(root));
        let limit = plan.recursion_limit()?;
        (self.options.layout == Layout::Modules && !is_set()).then_some(limit)
    }

    /// Like [`generate`](Self::generate), with all diagnostics as data.
    #[must_use]
    pub fn write(&self) -> Run<Generated> {
        self.run(Self::write_plan)
    }

    /// Writes the files that differ, or pushes why it can't.
    pub(crate) fn write_plan(
        &self,
        plan: &Plan,
        inputs: &Inputs,
        diagnostics: &mut Diagnostics,
    ) -> Option<Generated> {
        if let Some(limit) = self.missing_limit(plan) {
            diagnostics.push(Code::RecursionLimit { limit }, Place::Nowhere);
        }
        let is_included = self.cargo && self.options.layout == Layout::Modules;
        if is_included && !build_script::check(plan, diagnostics) {
            return None;
        }
        let out = self.out();
        let writer = Writer::new(&out, self.api_name(), self.force, self.on_wait);
        pipeline::lay_out(plan, |path, text| writer.take(path, text));
        let synced = match writer.finish(inputs) {
            Ok(synced) => synced,
            Err(problems) => {
                for problem in problems {
                    push(problem, self.api_name(), diagnostics);
                }
                return None;
            }
        };
        for path in &synced.kept {
            let path = path.below(&out);
            diagnostics.push(
                Code::KeptFile {
                    path: path.display().to_string(),
                },
                Place::Path(path),
            );
        }
        let paths = |paths: &[RelPath]| {
            let paths = paths.iter().map(|path| PathBuf::from(path.as_str()));
            paths.collect()
        };
        Some(Generated {
            name: self.api_name().to_owned(),
            operations: plan.operations().count(),
            types: plan.types.len(),
            begin_with: self.begin_with(plan),
            out,
            features: plan.features(),
            written: paths(&synced.written),
            removed: paths(&synced.removed),
            unchanged: synced.unchanged,
            warnings: warnings(diagnostics),
        })
    }

    /// Reports what [`Generator::write`] would change on disk. Each difference is also an error among the diagnostics.
    #[must_use]
    pub fn check(&self) -> Run<Vec<StaleFile>> {
        self.run(|this, plan, inputs, diagnostics| {
            let out = this.out();
            let checker = Checker::new(&out, this.api_name(), this.on_wait);
            pipeline::lay_out(plan, |path, text| checker.take(path, text));
            let differences = match checker.finish(inputs) {
                Ok(differences) => differences,
                Err(problem) => {
                    push(problem, this.api_name(), diagnostics);
                    return None;
                }
            };
            for StaleFile { path, what, .. } in &differences {
                let code = Code::Stale {
                    path: path.display().to_string(),
                    what: (*what).to_owned(),
                };
                diagnostics.push(code, Place::Path(path.clone()));
            }
            Some(differences)
        })
    }

    /// The dependencies of a package that [`modules`](Self::modules) are a part of, with these of its cargo features active: names and what
    /// is stated of each, as in `Cargo.toml`. Writes nothing.
    #[must_use]
    pub fn dependencies<F: AsRef<str>>(&self, features: &[F]) -> Run<Vec<(String, String)>> {
        self.run(|_, plan, _, _| {
            let is_active = |feature: &str| features.iter().any(|one| one.as_ref() == feature);
            let needed = pipeline::requirements(plan, is_active).into_iter();
            Some(needed.map(|(one, stated)| (one.name, stated)).collect())
        })
    }

    /// The path of the description.
    pub(crate) fn spec(&self) -> &Path {
        &self.spec
    }

    /// Returns the name of the API: the one that was set, else the one derived from the path of the description.
    #[must_use]
    pub fn api_name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.options.name.as_str())
    }

    /// Reads the description, plans its crates, and finishes with them.
    pub(crate) fn run<T>(
        &self,
        finish: impl FnOnce(&Self, &Plan, &Inputs, &mut Diagnostics) -> Option<T>,
    ) -> Run<T> {
        let mut this = self.clone();
        let mut complaints = Vec::new();
        for (code, level) in &self.lints {
            complaints.extend(this.options.lints.set(code, *level, None).err());
        }
        let mut diagnostics = this.options.diagnostics();
        for code in complaints {
            diagnostics.push(code, Place::Nowhere);
        }
        if let Some(name) = &self.name {
            match PackageName::new(name) {
                Ok(name) => this.options.name = name,
                Err(code) => diagnostics.push(code, Place::Nowhere),
            }
        }
        for (_, code) in own::problems(&this.options.own, this.options.layout) {
            diagnostics.push(code, Place::Nowhere);
        }
        let (mut sources, entry) = index::load(&this.spec, &this.options.access, &mut diagnostics);
        let plan = entry.and_then(|entry| {
            let document = pipeline::read(&sources, entry, &this.options, &mut diagnostics)?;
            let served =
                pipeline::served(&sources, entry, &document, &this.options, &mut diagnostics);
            sources.forget_values();
            let mut plan = pipeline::plan(&sources, document, &this.options, &mut diagnostics)?;
            plan.served = served;
            Some((plan, inputs(&sources, entry)))
        });
        let outcome =
            plan.and_then(|(plan, inputs)| finish(&this, &plan, &inputs, &mut diagnostics));
        Run {
            sources,
            diagnostics,
            outcome,
        }
    }

    fn begin_with(&self, plan: &Plan) -> Option<(String, PathBuf)> {
        match self.options.layout {
            Layout::Modules => None,
            Layout::Crates => {
                let package = plan.first_package()?;
                let folder = self.out().join(package.kind.name());
                Some((package.name.clone(), folder))
            }
        }
    }

    fn out(&self) -> PathBuf {
        let folder = match &self.out {
            Some(out) => return out.clone(),
            None if self.cargo => std::env::var_os("OUT_DIR").map(PathBuf::from),
            None => None,
        };
        folder
            .unwrap_or_else(|| PathBuf::from("generated"))
            .join(self.api_name())
    }
}

/// Compares two descriptions, operation by operation, by their wire format.
///
/// # Errors
///
/// Fails if a description can't be read or has errors.
pub fn compare(old: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Comparison, Failed> {
    let paths = [old.as_ref(), new.as_ref()];
    let [old, new] = paths.map(read);
    let labels = paths.map(|path| path.display().to_string());
    Ok(compare::run(&old?, &new?).labelled(labels))
}

/// The wire facts of a description.
fn read(path: &Path) -> Result<ir::Api, Failed> {
    let options = Options::new(PackageName::of_path(path));
    let mut diagnostics = options.diagnostics();
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let outcome = entry.and_then(|entry| pipeline::api(&sources, entry, &mut diagnostics));
    let run = Run {
        sources,
        outcome: outcome.filter(|_| !diagnostics.has_errors()),
        diagnostics,
    };
    run.finished()
}

/// An API of a configuration.
impl From<Api> for Generator {
    fn from(api: Api) -> Self {
        let Api {
            name,
            spec,
            out,
            options,
        } = api;
        Self {
            spec,
            name: Some(name.to_string()),
            out: Some(out),
            options,
            lints: Vec::new(),
            force: false,
            cargo: false,
            on_wait: |_, _| {},
        }
    }
}

/// The digest of every file that was read, by its path relative to the entry's directory.
fn inputs(sources: &Sources, entry: FileId) -> Inputs {
    let files = sources.inputs();
    files
        .map(|file| {
            (
                sources.relative(entry, file),
                sources.digest(file).to_owned(),
            )
        })
        .collect()
}

/// Pushes why something can't be written.
pub(crate) fn push(problem: Problem, api: &str, diagnostics: &mut Diagnostics) {
    let shown = |path: &Path| path.display().to_string();
    let (code, path) = match problem {
        Problem::Unwritable { path, reason } => (
            Code::Unwritable {
                path: shown(&path),
                reason,
            },
            path,
        ),
        Problem::Foreign(path) => (Code::ForeignFile { path: shown(&path) }, path),
        Problem::Folder(path) => (Code::FolderInTheWay { path: shown(&path) }, path),
        Problem::Blocked(path) => (Code::BlockedPath { path: shown(&path) }, path),
        Problem::Edited(path) => (Code::EditedFile { path: shown(&path) }, path),
        Problem::BadManifest { path, reason } => (
            Code::BadManifest {
                path: shown(&path),
                reason,
            },
            path,
        ),
        Problem::OtherApi { path, api: other } => (
            Code::OtherApi {
                folder: shown(path.parent().unwrap_or(Path::new(""))),
                other,
                api: api.to_owned(),
            },
            path,
        ),
        Problem::Staging(path) => (Code::ForeignStaging { path: shown(&path) }, path),
    };
    diagnostics.push(code, Place::Path(path));
}

/// The titles of the warnings.
fn warnings(diagnostics: &Diagnostics) -> Vec<String> {
    let warnings = diagnostics
        .iter()
        .filter(|one| one.severity == Severity::Warning);
    warnings.map(|one| printable(&one.code.title())).collect()
}

fn is_about_limit(one: &Diagnostic) -> bool {
    matches!(one.code, Code::RecursionLimit { .. })
}

/// The warnings in a line each: where it is, what is wrong, the code.
fn lines<T>(run: &Run<T>) -> impl Iterator<Item = String> {
    let warnings = run.diagnostics.iter();
    let warnings = warnings.filter(|one| one.severity == Severity::Warning);
    warnings.map(|one| {
        let found = run.sources.position(&one.place);
        let place = found.map(|(file, Position { line, column })| {
            format!("{}:{line}:{column}: ", run.sources.path(file).display())
        });
        let (place, code) = (place.unwrap_or_default(), one.code.id());
        printable(&format!("{place}{} [{code}]", one.code.title()))
    })
}

/// Prints instructions for cargo.
fn tell_cargo<'f, T>(run: &Run<T>, features: impl Iterator<Item = &'f &'static str>) {
    let watched = run.sources.watched();
    let watched = watched
        .into_iter()
        .map(|path| format!("cargo::rerun-if-changed={}", path.display()));
    let warnings = lines(run).map(|warning| format!("cargo::warning={warning}"));
    // Modules check features that the including crate may not declare.
    let features = features
        .map(|feature| format!("cargo::rustc-check-cfg=cfg(feature, values(\"{feature}\"))"));
    for line in watched
        .chain(warnings)
        .chain(features)
        .filter(|line| !line.contains(['\n', '\r']))
    {
        println!("{line}");
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.messages.trim_end())
    }
}

/// Like `Display`, so that `unwrap()` in a build script prints readable messages.
impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}\n")
    }
}

impl std::error::Error for Failed {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const SPEC: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: getX\n      responses:\n        '204': {description: gone}\n";

    #[test]
    fn descriptions_are_compared_by_what_they_say() {
        let folder =
            std::env::temp_dir().join(format!("specwright-compare-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let paths = ["old.yaml", "new.yaml"].map(|name| folder.join(name));
        fs::write(&paths[0], SPEC).unwrap();
        fs::write(&paths[1], SPEC.replace("/x:", "/y:")).unwrap();
        let [old, new] = &paths;
        let outcomes = |old, new| {
            let rows = super::compare(old, new).unwrap().rows.into_iter();
            rows.map(|row| row.outcome).collect::<Vec<_>>()
        };
        assert_eq!(outcomes(old, old), [compare::Outcome::Same]);
        assert_eq!(
            outcomes(old, new),
            [compare::Outcome::OnlyA, compare::Outcome::OnlyB]
        );
        let failed = super::compare(old, folder.join("none.yaml")).unwrap_err();
        assert!(failed.to_string().starts_with("error[SW0"), "{failed}");
        fs::remove_dir_all(&folder).unwrap();
    }

    /// Modules can't set it themselves.
    #[test]
    fn modules_of_deep_types_say_which_limit_their_crate_needs() {
        let folder = std::env::temp_dir().join(format!("specwright-limit-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (spec, out) = (folder.join("deep.yaml"), folder.join("out"));
        let level = |level: usize| {
            format!(
                "    L{level}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/L{}'}}}}}}\n",
                level + 1
            )
        };
        let limits = |levels: usize| {
            let schemas: String = (0..levels).map(level).collect();
            let last = format!("    L{levels}: {{type: object}}\n");
            let spec_text = format!("{SPEC}components:\n  schemas:\n{schemas}{last}");
            fs::write(&spec, spec_text).unwrap();
            let run = Generator::new(&spec).out_dir(&out).modules().write();
            let about = run.diagnostics.iter().filter(|one| is_about_limit(one));
            about.map(|one| one.code.title()).collect::<Vec<_>>()
        };
        let line = "the crate with these modules needs the line `#![recursion_limit = \"256\"]`";
        assert_eq!(limits(40), [line]);
        assert!(limits(3).is_empty());
        let root = folder.join("lib.rs");
        fs::write(&root, "//! Mine.\n#![recursion_limit = \"256\"]\n").unwrap();
        assert!(sets_limit(&root) && !sets_limit(&spec));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn all_is_written_or_nothing() {
        let folder =
            std::env::temp_dir().join(format!("specwright-generator-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (spec, out) = (folder.join("pets.yaml"), folder.join("out"));
        let generator = Generator::new(&spec).out_dir(&out);

        fs::write(&spec, SPEC.replace("3.0.3", "9.9")).unwrap();
        let failed = generator.generate().unwrap_err().to_string();
        assert!(
            failed.starts_with("error[SW0102]: version `9.9` isn't supported\n"),
            "{failed}"
        );
        assert!(
            failed.contains("pets.yaml:1:10\n  |\n1 | openapi: 9.9\n  |          ^^^\n"),
            "{failed}"
        );
        assert!(generator.clone().name("../up").generate().is_err());
        assert!(!out.exists());

        fs::write(&spec, SPEC).unwrap();
        assert_eq!(
            generator
                .check()
                .diagnostics
                .iter()
                .next()
                .unwrap()
                .code
                .id(),
            "SW0506"
        );
        let generated = generator.generate().unwrap();
        assert_eq!((generated.name.as_str(), generated.operations), ("pets", 1));
        assert!(!generated.written.is_empty());
        assert!(generator.generate().unwrap().written.is_empty());
        assert_eq!(generator.check().outcome, Some(Vec::new()));
        fs::remove_dir_all(&folder).unwrap();
    }
}
