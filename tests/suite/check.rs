//! The only file that calls the generator's stages: takes a description and returns all results.

use crate::workspace::write_changed;
use specwright::config::{Config, Options, PackageName, Runtime};
use specwright::diag::render::{Format, render, render_all};
use specwright::diag::{ALL, Diagnostics, Severity};
use specwright::diff::Ignore;
use specwright::export::{Syntax, Version};
use specwright::index;
use specwright::pipeline::{self, Stage};
use specwright::source::Sources;
use specwright::write::{self, Files, Inputs};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// A description and its options.
pub(crate) struct Job {
    pub(crate) spec: PathBuf,
    pub(crate) options: Options,
}

/// The results for a description.
pub(crate) struct Checked {
    /// The messages, as in a terminal without colours.
    pub(crate) messages: String,
    /// The code of each message and whether it is an error.
    pub(crate) codes: Vec<(&'static str, Severity)>,
    /// The files to write; `None` if there are errors.
    pub(crate) files: Option<Files>,
    inputs: Inputs,
    sources: Sources,
    options: Options,
    entry: Option<specwright::source::FileId>,
}

impl Job {
    /// A description with default options.
    pub(crate) fn new(spec: impl Into<PathBuf>, name: &str) -> Self {
        Self {
            spec: spec.into(),
            options: Options::new(PackageName::new(name).unwrap()),
        }
    }

    /// A directory of `cases`: its `specwright.toml` if it has one, else its `openapi.yaml`. The path is relative to the working directory,
    /// as in messages.
    pub(crate) fn case(name: &str) -> Self {
        let folder = Path::new("cases").join(name);
        let config = folder.join("specwright.toml");
        if config.exists() {
            configured(&config).remove(name).unwrap()
        } else {
            Self::new(folder.join("openapi.yaml"), name)
        }
    }

    /// The APIs of the repository's own configuration.
    pub(crate) fn repository() -> BTreeMap<String, Self> {
        configured(Path::new("../specs/specwright.toml"))
    }

    /// The description of the guide's examples, with what these need.
    pub(crate) fn guide() -> Self {
        let mut job = Self::new("../generator/book/src/pets.yaml", "pets");
        job.options.serve_document = true;
        job.options.proptest = true;
        job
    }

    /// The description of `templates/sample`.
    pub(crate) fn sample() -> Self {
        configured(Path::new("../templates/sample/specwright.toml"))
            .remove("sample")
            .unwrap()
    }

    /// The same with support code in a package of its own, in a directory beside the API's.
    pub(crate) fn sharing(mut self, folder: &Path) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap();
        self.options.runtime = Some(Runtime {
            name: PackageName::new(name).unwrap(),
            folder: folder.to_owned(),
            way: format!("../../{name}"),
        });
        self
    }

    /// Writes the package with the support code that the API shares.
    pub(crate) fn write_runtime(&self) {
        let folder = &self.options.runtime.as_ref().unwrap().folder;
        let mut said = self.options.diagnostics();
        let (sources, entry) = index::load(&self.spec, &self.options.access, &mut said);
        let document = pipeline::read(&sources, entry.unwrap(), &self.options, &mut said).unwrap();
        let plan = pipeline::plan(&sources, document, &self.options, &mut said).unwrap();
        pipeline::lay_out_runtime(&plan, |path, text| {
            write_changed(&folder.join(path), &String::from(text));
        });
    }

    pub(crate) fn check(&self) -> Checked {
        let mut diagnostics = self.options.diagnostics();
        let (sources, entry) = index::load(&self.spec, &self.options.access, &mut diagnostics);
        let output = entry.and_then(|entry| {
            specwright::pipeline::compile(&sources, entry, &self.options, &mut diagnostics)
        });
        let inputs = entry.map(|entry| {
            sources
                .files()
                .map(|file| {
                    (
                        sources.relative(entry, file),
                        sources.digest(file).to_owned(),
                    )
                })
                .collect()
        });
        Checked {
            messages: render_all(&diagnostics, &sources, false),
            codes: diagnostics
                .iter()
                .map(|one| (one.code.id(), one.severity))
                .collect(),
            files: output,
            inputs: inputs.unwrap_or_default(),
            sources,
            options: self.options.clone(),
            entry,
        }
    }

    /// The files of the description as one document, and the messages about it.
    pub(crate) fn bundled(&self) -> (Option<serde_json::Value>, String) {
        let mut diagnostics = self.options.diagnostics();
        let (sources, entry) = index::load(&self.spec, &self.options.access, &mut diagnostics);
        let bundle =
            entry.and_then(|entry| specwright::pipeline::bundle(&sources, entry, &mut diagnostics));
        let messages = render_all(&diagnostics, &sources, false);
        (bundle.map(|bundle| bundle.value), messages)
    }

    /// The description in another version, and the messages about it.
    pub(crate) fn upgraded(&self, version: Version, syntax: Syntax) -> (String, String) {
        let mut diagnostics = self.options.diagnostics();
        let (sources, entry) = index::load(&self.spec, &self.options.access, &mut diagnostics);
        let export = entry.and_then(|entry| {
            specwright::pipeline::export(version, &sources, entry, &self.options, &mut diagnostics)
        });
        let messages = render_all(&diagnostics, &sources, false);
        let export = export.unwrap_or_else(|| panic!("{messages}"));
        (export.text(syntax), messages)
    }
}

/// The codes of the messages of `generate`, `report` or `upgrade --to 3.0` about a text; `files` are next to it.
pub(crate) fn codes_of<'t>(
    text: &'t str,
    files: impl Iterator<Item = (&'t str, &'t str)>,
    command: &str,
) -> BTreeSet<&'static str> {
    let options = Options::new(PackageName::new("example").unwrap());
    let mut diagnostics = options.diagnostics();
    let texts: Vec<_> = [("openapi.yaml", text)].into_iter().chain(files).collect();
    let (mut sources, entry) = Sources::from_texts(&texts, &mut diagnostics);
    if let Some(entry) = entry {
        index::fetch(&mut sources, entry, &mut diagnostics);
        let (sources, said) = (&sources, &mut diagnostics);
        match command {
            "report" => {
                let report = pipeline::assess(sources, entry, &options, said);
                let report = report.unwrap().to_text(sources, true);
                let codes = ALL.iter().map(|(code, ..)| *code);
                return codes.filter(|code| report.contains(code)).collect();
            }
            "bundle" => drop(pipeline::bundle(sources, entry, said)),
            "upgrade" => drop(pipeline::export(
                Version::V30,
                sources,
                entry,
                &options,
                said,
            )),
            _ => drop(pipeline::dump(Stage::Plan, sources, entry, &options, said)),
        }
    }
    diagnostics.iter().map(|one| one.code.id()).collect()
}

/// What is wrong with a configuration, as in a terminal; empty if nothing is.
pub(crate) fn complaints_about_configuration(text: &str) -> String {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let path = Path::new("specwright.toml");
    Config::parse(path, text.to_owned(), &mut sources, &mut diagnostics);
    render(&diagnostics, &sources, Format::Human, false)
}

/// The same of a file with differences that are meant.
pub(crate) fn complaints_about_exceptions(text: &str) -> String {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let path = Path::new("ignore.toml");
    Ignore::parse(path, text.to_owned(), &mut sources, &mut diagnostics);
    render(&diagnostics, &sources, Format::Human, false)
}

/// Every API of a configuration, by name.
fn configured(path: &Path) -> BTreeMap<String, Job> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let config = Config::load(path, &mut sources, &mut diagnostics);
    let config = config
        .unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Format::Human, false)));
    config
        .apis
        .into_iter()
        .map(|api| {
            (
                api.name.to_string(),
                Job {
                    spec: api.spec,
                    options: api.options,
                },
            )
        })
        .collect()
}

impl Checked {
    /// The result of a stage as text; its messages are in `messages`.
    pub(crate) fn dump(&self, stage: Stage) -> Option<String> {
        specwright::pipeline::dump(
            stage,
            &self.sources,
            self.entry?,
            &self.options,
            &mut Diagnostics::default(),
        )
    }

    /// The files generated for this description, without support code, and without examples, which are also in each README.
    pub(crate) fn generated(&self) -> Vec<(&str, &str)> {
        let files = self
            .files
            .iter()
            .flat_map(Files::iter)
            .map(|(path, text)| (path.as_str(), text));
        files
            .filter(|(path, _)| !path.contains("/support/") && !path.contains("/examples/"))
            .filter(|(path, _)| !path.ends_with("/rustfmt.toml"))
            .collect()
    }

    /// Writes the files.
    pub(crate) fn write_to(&self, out: &Path) {
        write::sync(
            out,
            "sample",
            self.files.as_ref().unwrap(),
            &self.inputs,
            true,
        )
        .unwrap();
    }

    pub(crate) fn count(&self, code: &str) -> usize {
        self.codes
            .iter()
            .filter(|(found, _)| *found == code)
            .count()
    }
}

/// An empty directory for a test below the target directory, which is kept for inspection.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The operations of a description: method, path, operationId.
pub(crate) fn operations(spec: &Path) -> Vec<(String, String, Option<String>)> {
    let mut diagnostics = Diagnostics::default();
    let access = specwright::source::Access::default();
    let (sources, entry) = index::load(spec, &access, &mut diagnostics);
    let document = index::document(&sources, entry.unwrap(), &mut diagnostics).unwrap();
    let paths = document.paths.into_iter();
    let mut operations: Vec<_> = paths
        .flat_map(|item| {
            let path = item.path;
            item.operations
                .into_iter()
                .map(move |operation| (operation.method, path.clone(), operation.id))
        })
        .collect();
    operations.sort();
    operations
}
