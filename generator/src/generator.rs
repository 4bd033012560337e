//! The library entry: from a description to files, as a build script or another program asks for it.
//!
//! In: the choices of one API. Out: what was written, or messages. The command line is made of it too. Knows the
//! pipeline as a whole and the disk through `write`; no stage.

use crate::compare::{self, Comparison};
use crate::config::own::{self, OwnPackage, OwnType, Replacement};
use crate::config::{Api, Layout, Options, PackageName, UnknownFields};
use crate::crates::CrateKind;
use crate::diag::render::{Format, printable, render};
use crate::diag::{Code, Diagnostics, Level, Levels, Place, Severity};
use crate::plan::Plan;
use crate::source::{FileId, Sources};
use crate::write::{Checker, Inputs, OnWait, Problem, RelPath, StaleFile, Writer};
use crate::{index, ir, pipeline};
use std::fmt;
use std::path::{Path, PathBuf};

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

/// What was written for an API.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The name of the API.
    pub name: String,
    /// The folder that it was written to.
    pub out: PathBuf,
    /// How many operations client and server have.
    pub operations: usize,
    /// How many types have a name.
    pub types: usize,
    /// The package to begin with and its folder: the client, else the server, else the types; none for modules.
    pub begin_with: Option<(String, PathBuf)>,
    /// The cargo features that the code asks for.
    pub features: Vec<&'static str>,
    /// The files that were new or differed, each relative to `out`.
    pub written: Vec<PathBuf>,
    /// The files that aren't part of the output any more and were deleted.
    pub removed: Vec<PathBuf>,
    /// How many files were as wanted already.
    pub unchanged: usize,
    /// The titles of the warnings.
    pub warnings: Vec<String>,
}

/// Why nothing was written; displayed as the messages with their excerpts.
pub struct Failed {
    messages: String,
}

/// A run, finished: its messages, what they point into, and what came of it.
pub struct Run<T> {
    #[doc(hidden)]
    pub sources: Sources,
    /// What there is to say of the description, and of the folder that is written to.
    pub diagnostics: Diagnostics,
    /// What came of it; `None` if there were errors.
    pub outcome: Option<T>,
}

impl<T> Run<T> {
    /// The diagnostics as text, for a terminal or a program; `Human` shows where each one is in the description, without colours.
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
    /// Generates from the description at a path, with the defaults of [`Options`].
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

    /// Names the API: the packages are `NAME-types`, `NAME-client` and `NAME-server`. Unless said, it is called like the
    /// file or its folder.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The folder to write to. Unless said, `OUT_DIR/NAME` in a build script (see [`Generator::cargo`]), else
    /// `generated/NAME`.
    pub fn out_dir(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = Some(out.into());
        self
    }

    /// The crates to write; the types are always among them.
    pub fn emit(mut self, emit: impl IntoIterator<Item = CrateKind>) -> Self {
        self.options.set_emit(emit);
        self
    }

    /// Takes warnings for errors.
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = strict;
        self
    }

    /// Wants to hear nothing of the messages with a code, `SW0401` for one.
    pub fn allow(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Allow)
    }

    /// Takes the messages with a code for warnings.
    pub fn warn(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Warn)
    }

    /// Takes the messages with a code for errors.
    pub fn deny(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Deny)
    }

    /// Says what becomes of the messages of several codes, over what was said of them before.
    pub fn levels(mut self, levels: &Levels) -> Self {
        self.options.lints.extend(levels);
        self
    }

    fn lint(mut self, code: impl Into<String>, level: Level) -> Self {
        self.lints.push((code.into(), level));
        self
    }

    /// What structs do with properties that the description doesn't name.
    pub fn unknown_fields(mut self, unknown_fields: UnknownFields) -> Self {
        self.options.unknown_fields = unknown_fields;
        self
    }

    /// A link to the API's reference for the documentation of each operation, with `{operationId}` in it.
    pub fn docs_url(mut self, url: impl Into<String>) -> Self {
        self.options.docs_url = Some(url.into());
        self
    }

    /// Mixed-case words that names keep together, such as `OAuth`.
    pub fn words<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.options.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// Leaves an operation out, named by its operationId or as `METHOD /path`.
    pub fn skip(mut self, operation: impl Into<String>) -> Self {
        self.options.skip.push(operation.into());
        self
    }

    /// Lets `$ref` reach a folder besides the description's own.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.access.roots.push(folder.into());
        self
    }

    /// Lets a local file stand for a URL, or a folder for a URL that ends in `/`.
    pub fn url(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.options.access.urls.insert(url.into(), path.into());
        self
    }

    /// The version of the written packages.
    pub fn package_version(mut self, version: impl Into<String>) -> Self {
        self.options.package_version = version.into();
        self
    }

    /// The licence of the written packages.
    pub fn license(mut self, license: impl Into<String>) -> Self {
        self.options.license = Some(license.into());
        self
    }

    /// Makes each group of operations a cargo feature of the packages, so that users compile what they use; unless said, that is so for
    /// big APIs. Modules have none.
    pub fn features(mut self, features: bool) -> Self {
        self.options.features = Some(features);
        self
    }

    /// Lets a type of another crate stand for the schema of a name: `"rust_decimal::Decimal"`, or more about it in a [`Replacement`]. The
    /// type has to be `Debug`, `Clone` and `PartialEq`, and to read and write itself by serde in the form of the API; it says itself
    /// which values it accepts.
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

    /// Lets a type of another crate stand for strings and numbers of a format: `"jiff::Timestamp"` for `date-time`. The same holds for
    /// it as for that of [`Generator::replace_type`].
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

    /// Makes the types depend on a version of a package, for what is said by [`replace_type`](Self::replace_type),
    /// [`derive`](Self::derive) and [`attribute`](Self::attribute). The manifest of packages lists it; modules are part of a crate that
    /// has to depend on it.
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

    /// Derives a trait for every struct and enum of the types: `"PartialOrd"`, `"schemars::JsonSchema"`.
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.options.own.derives.push(path.into());
        self
    }

    /// Derives a trait for the type of one schema.
    pub fn derive_for(self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        let derives = vec![path.into()];
        self.add_to(schema.into(), derives, Vec::new())
    }

    /// Puts an attribute on every struct and enum of the types: `"#[must_use]"`.
    pub fn attribute(mut self, attribute: impl Into<String>) -> Self {
        self.options.own.attributes.push(attribute.into());
        self
    }

    /// Puts an attribute on the type of one schema.
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

    /// Writes modules to `include!` instead of packages: `types`, `client` and `server`, where those are asked for.
    ///
    /// ```text
    /// mod pets {
    ///     include!(concat!(env!("OUT_DIR"), "/pets/mod.rs"));
    /// }
    /// ```
    ///
    /// They are part of the crate that includes them, which has to be of edition 2024 and to depend on what they use:
    ///
    /// | module | packages |
    /// | --- | --- |
    /// | `types` | `serde` and `serde_json`; `regex-lite` if the description has patterns |
    /// | `client` | those, `bytes`, `http`, `http-body` and `http-body-util` |
    /// | `server` | those, and `tower-service` |
    ///
    /// `types` also uses the packages of the types that [`replace_type`](Self::replace_type) and
    /// [`replace_format`](Self::replace_format) put in the place of its own, with their feature for serde.
    ///
    /// The client has parts that are there if the including crate has a cargo feature of their name: `reqwest` (package `reqwest`
    /// without its default features), `tower` (`tower-service`, and `tokio` with `rt` and `time`), `blocking` (`tokio` with
    /// `rt-multi-thread`), `tracing` (`tracing`). Declare those that you want. The others are off; [`Generator::cargo`] tells the
    /// compiler that they exist, so that it doesn't warn of names that it doesn't know.
    pub fn modules(mut self) -> Self {
        self.options.layout = Layout::Modules;
        self
    }

    /// Writes over files that were edited or that specwright didn't write, and over the crates of another API.
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// What to do when another run writes into the output folder and this one has waited for it for a second; unless said, nothing but
    /// waiting.
    pub fn on_wait(mut self, on_wait: OnWait) -> Self {
        self.on_wait = on_wait;
        self
    }

    /// Speaks to cargo, as a build script does: tells it which files the output depends on, what the warnings are, and which cargo
    /// features the code of [`Generator::modules`] asks for; and writes below `OUT_DIR` unless told otherwise.
    pub fn cargo(mut self) -> Self {
        self.cargo = true;
        self
    }

    /// Reads the description and writes what differs. All of it or, on any error, nothing.
    pub fn generate(&self) -> Result<Generated, Failed> {
        let run = self.write();
        if self.cargo {
            let features = run.outcome.iter().flat_map(|done| &done.features);
            tell_cargo(&run.sources, &warnings(&run.diagnostics), features);
        }
        run.finished()
    }

    /// The same, with everything a front end shows.
    #[must_use]
    pub fn write(&self) -> Run<Generated> {
        self.run(|this, plan, inputs, diagnostics| {
            let out = this.out();
            let writer = Writer::new(&out, this.api_name(), this.force, this.on_wait);
            pipeline::lay_out(plan, |path, text| writer.take(path, &text));
            let synced = match writer.finish(inputs) {
                Ok(synced) => synced,
                Err(problems) => {
                    for problem in problems {
                        push(problem, this.api_name(), diagnostics);
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
                name: this.api_name().to_owned(),
                operations: plan.operations().count(),
                types: plan.types.len(),
                begin_with: this.begin_with(plan),
                out,
                features: plan.features(),
                written: paths(&synced.written),
                removed: paths(&synced.removed),
                unchanged: synced.unchanged,
                warnings: warnings(diagnostics),
            })
        })
    }

    /// What [`Generator::write`] would change on disk; each difference is an error among the messages too.
    #[must_use]
    pub fn check(&self) -> Run<Vec<StaleFile>> {
        self.run(|this, plan, inputs, diagnostics| {
            let out = this.out();
            let checker = Checker::new(&out, this.api_name(), this.on_wait);
            pipeline::lay_out(plan, |path, text| checker.take(path, &text));
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

    /// The name of the API.
    #[must_use]
    pub fn api_name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.options.name.as_str())
    }

    fn run<T>(
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
            sources.forget_values();
            let plan = pipeline::plan(&sources, document, &this.options, &mut diagnostics)?;
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

/// Compares two descriptions, operation by operation. Which Rust they would give makes no difference.
///
/// # Errors
///
/// One of them can't be read, or has something in it that is an error.
pub fn compare(old: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Comparison, Failed> {
    let paths = [old.as_ref(), new.as_ref()];
    let [old, new] = paths.map(read);
    let labels = paths.map(|path| path.display().to_string());
    Ok(compare::run(&old?, &new?).labelled(labels))
}

/// What a description says on the wire.
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

/// One API of a configuration.
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

/// The digest of every file read, by its path from the folder of the entry.
fn inputs(sources: &Sources, entry: FileId) -> Inputs {
    let files = sources.files();
    files
        .map(|file| {
            (
                sources.relative(entry, file),
                sources.digest(file).to_owned(),
            )
        })
        .collect()
}

fn push(problem: Problem, api: &str, diagnostics: &mut Diagnostics) {
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

/// The lines that cargo reads from a build script.
fn tell_cargo<'f>(
    sources: &Sources,
    warnings: &[String],
    features: impl Iterator<Item = &'f &'static str>,
) {
    let watched = sources
        .watched()
        .into_iter()
        .map(|path| format!("cargo::rerun-if-changed={}", path.display()));
    let warnings = warnings
        .iter()
        .map(|warning| format!("cargo::warning={warning}"));
    // Modules ask for features that the crate around them needn't declare.
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

/// As displayed, so that `unwrap()` in a build script shows messages that can be read.
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
