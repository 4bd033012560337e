//! The entry point of the library, for build scripts and other programs.
//!
//! In: the options of one API. Out: the written files, or messages. The command line is based on it as well. Knows the pipeline as a whole,
//! and the disk through `write`; no single stage.

mod cargo;
mod comparing;
mod last;
mod options;
mod outcome;
mod problems;
mod runtime;
#[cfg(test)]
mod tests;

use crate::config::{Api, Layout, Options, PackageName, own};
use crate::diag::{Code, Diagnostics, Level, Place};
use crate::plan::Plan;
use crate::source::{FileId, Sources};
use crate::write::{self, Checker, Inputs, OnWait, RelPath, StaleFile, Writer};
use crate::{build_script, index, pipeline};
pub use comparing::compare;
pub use last::Changes;
use outcome::warnings;
pub use outcome::{Failed, Generated, Run};
pub(crate) use problems::push;
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

/// What is made of a description before it is written.
pub(crate) struct Made {
    pub(crate) plan: Plan,
    inputs: Inputs,
    /// The text to record of the description.
    record: Option<String>,
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
            let features = run.outcome.as_ref().map(|done| &done.features[..]);
            cargo::tell(&run, features.unwrap_or_default());
            if self.options.layout == Layout::Modules {
                cargo::watch_manifests();
            }
        }
        run.finished()
    }

    /// Like [`generate`](Self::generate), with all diagnostics as data.
    #[must_use]
    pub fn write(&self) -> Run<Generated> {
        self.run(Self::write_plan)
    }

    /// Writes the files that differ, or pushes why it can't.
    pub(crate) fn write_plan(
        &self,
        made: &Made,
        diagnostics: &mut Diagnostics,
    ) -> Option<Generated> {
        let plan = &made.plan;
        if let Some(limit) = self.missing_limit(plan) {
            diagnostics.push(Code::RecursionLimit { limit }, Place::Nowhere);
        }
        let is_included = self.cargo && self.options.layout == Layout::Modules;
        if is_included && !build_script::check(plan, diagnostics) {
            return None;
        }
        let mut runtime = self.write_runtime(plan, diagnostics)?;
        let out = self.out();
        let writer = Writer::new(&out, self.api_name(), self.force, self.on_wait);
        pipeline::lay_out(plan, |path, text| writer.take(path, text));
        if let Some(text) = &made.record {
            writer.take(write::DESCRIPTION, text.as_str());
        }
        let synced = match writer.finish(&made.inputs) {
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
        let add = |all: &mut Vec<PathBuf>, paths: &[RelPath]| {
            all.extend(paths.iter().map(|path| PathBuf::from(path.as_str())));
        };
        add(&mut runtime.written, &synced.written);
        add(&mut runtime.removed, &synced.removed);
        Some(Generated {
            name: self.api_name().to_owned(),
            operations: plan.operations().count(),
            types: plan.types.len(),
            begin_with: self.begin_with(plan),
            out,
            runtime: self.runtime_dir(),
            features: plan.features(),
            written: runtime.written,
            removed: runtime.removed,
            unchanged: runtime.unchanged + synced.unchanged,
            warnings: warnings(diagnostics),
        })
    }

    /// Reports what [`Generator::write`] would change on disk. Each difference is also an error among the diagnostics.
    #[must_use]
    pub fn check(&self) -> Run<Vec<StaleFile>> {
        self.run(|this, made, diagnostics| {
            let out = this.out();
            let checker = Checker::new(&out, this.api_name(), this.on_wait);
            pipeline::lay_out(&made.plan, |path, text| checker.take(path, text));
            if let Some(text) = &made.record {
                checker.take(write::DESCRIPTION, text.as_str());
            }
            let mut differences = match checker.finish(&made.inputs) {
                Ok(differences) => differences,
                Err(problem) => {
                    push(problem, this.api_name(), diagnostics);
                    return None;
                }
            };
            // What differs in the record is told in words.
            let is_record = |one: &&mut StaleFile| one.path.ends_with(write::DESCRIPTION);
            if let Some(record) = differences.iter_mut().find(is_record) {
                record.diff.clear();
            }
            differences.extend(this.check_runtime(&made.plan, diagnostics)?);
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
        self.run(|_, made, _| {
            let is_active = |feature: &str| features.iter().any(|one| one.as_ref() == feature);
            let needed = pipeline::requirements(&made.plan, is_active).into_iter();
            Some(needed.map(|(one, stated)| (one.name, stated)).collect())
        })
    }

    /// The path of the description.
    #[doc(hidden)]
    #[must_use]
    pub fn spec(&self) -> &Path {
        &self.spec
    }

    /// All choices as a text: the same choices give the same one.
    #[doc(hidden)]
    #[must_use]
    pub fn choices(&self) -> String {
        let Self {
            spec,
            name,
            out,
            options,
            lints,
            force,
            cargo,
            on_wait: _,
        } = self;
        format!("{:?}", (spec, name, out, options, lints, force, cargo))
    }

    /// Returns the name of the API: the one that was set, else the one derived from the path of the description.
    #[must_use]
    pub fn api_name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.options.name.as_str())
    }

    /// Reads the description, plans its crates, and finishes with them.
    pub(crate) fn run<T>(
        &self,
        finish: impl FnOnce(&Self, &Made, &mut Diagnostics) -> Option<T>,
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
        let mut changes = None;
        let made = entry.and_then(|entry| {
            let document = pipeline::read(&sources, entry, &this.options, &mut diagnostics)?;
            let served =
                pipeline::served(&sources, entry, &document, &this.options, &mut diagnostics);
            sources.forget_values();
            let described = pipeline::described_for_tools(&document, &this.options);
            let description = last::is_recorded(&this.options);
            let description = description.then(|| pipeline::recorded(&document));
            let record = description.map(|description| {
                let place = (&*self.out(), self.api_name());
                let (record, found) = last::compare(description, place, &mut this.options);
                changes = found;
                record
            });
            let mut plan = pipeline::plan(&sources, document, &this.options, &mut diagnostics)?;
            plan.served = served;
            plan.described = described;
            Some(Made {
                plan,
                inputs: inputs(&sources, entry),
                record,
            })
        });
        let outcome = made.and_then(|made| finish(&this, &made, &mut diagnostics));
        Run {
            sources,
            diagnostics,
            outcome,
            changes,
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

    /// The directory that is written to.
    #[doc(hidden)]
    #[must_use]
    pub fn out(&self) -> PathBuf {
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
