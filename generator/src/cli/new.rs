//! `new`: writes a project around the server of a description.

use super::Common;
use super::output::Terminal;
use super::progress::Progress;
use clap::Args;
use serde_json::json;
use specwright::config::{Config, is_same};
use specwright::diag::render::{Format, printable};
use specwright::diag::{Code, Diagnostics, Place};
use specwright::source::Sources;
use specwright::{Generator, Project};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct New {
    /// The description: a file
    #[arg(value_parser = a_file)]
    spec: PathBuf,
    /// The directory of the project; files in it are never changed
    dir: PathBuf,
    /// Name of the API and prefix of the packages [default: from the path of SPEC]
    #[arg(long)]
    name: Option<String>,
    /// Have the service serve its description as JSON and YAML; a project that exists says so in its specwright.toml
    #[arg(long)]
    serve_document: bool,
}

/// The project refers to its description, so that can't be standard input.
fn a_file(path: &str) -> Result<PathBuf, String> {
    if path == "-" {
        return Err("a project refers to its description; save it as a file first".to_owned());
    }
    Ok(PathBuf::from(path))
}

/// Writes a project, or what is new in one; whether that worked.
pub(super) fn new(flags: &New, common: &Common, terminal: &mut Terminal) -> bool {
    let Some(generator) = generator(flags, common, terminal) else {
        return false;
    };
    let progress = Progress::begin("writing the project", terminal);
    let run = generator.project(&flags.dir);
    drop(progress);
    terminal.messages(&run.diagnostics, &run.sources);
    let Some(project) = run.outcome.filter(|_| !run.diagnostics.has_errors()) else {
        return false;
    };
    tell(&project, terminal);
    true
}

/// That of the project's own configuration, if there is one, else one with default options.
fn generator(flags: &New, common: &Common, terminal: &mut Terminal) -> Option<Generator> {
    let path = flags.dir.join("specwright.toml");
    if !path.exists() {
        let generator = Generator::new(&flags.spec)
            .strict(common.strict)
            .levels(&common.levels);
        let generator = match &flags.name {
            Some(name) => generator.name(name),
            None => generator,
        };
        return Some(if flags.serve_document {
            generator.serve_document()
        } else {
            generator
        });
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new(common.strict));
    let config = Config::load(&path, &mut sources, &mut diagnostics);
    let apis = config.map(|config| config.apis).unwrap_or_default();
    let found = apis.into_iter().find(|api| is_same(&api.spec, &flags.spec));
    if found.is_none() && !diagnostics.has_errors() {
        let spec = flags.spec.display().to_string();
        let code = Code::OtherDescription {
            path: path.display().to_string(),
            spec,
        };
        diagnostics.push(code, Place::Path(path));
    }
    terminal.messages(&diagnostics, &sources);
    let mut api = found?;
    api.options.strict |= common.strict;
    Some(Generator::from(api).levels(&common.levels))
}

/// Says what was written, and what is left to do.
fn tell(project: &Project, terminal: &mut Terminal) {
    let written: Vec<_> = project.written.iter().map(|path| shown(path)).collect();
    if terminal.format() == Format::Json {
        let additions = project.additions.iter();
        let additions: Vec<_> = additions
            .map(|(path, line)| json!({"file": shown(path), "line": line}))
            .collect();
        let object = json!({
            "reason": "project", "project": shown(&project.folder), "package": project.package, "new": project.is_new,
            "written": written, "additions": additions,
        });
        return terminal.result(&format!("{object}\n"));
    }
    let folder = printable(&shown(&project.folder));
    let files = match written.len() {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    let Project { package, .. } = project;
    let crates = printable(&shown(&project.generated.out));
    terminal.summary(&format!(
        "{package}: {files} in {folder}; the crates in {crates}\n"
    ));
    if project.is_new {
        terminal.remark(&format!(
            "next: `cd {folder} && cargo run`; {folder}/README.md says where everything is\n"
        ));
        return;
    }
    for path in &written {
        terminal.remark(&format!("new: {folder}/{}\n", printable(path)));
    }
    for (path, line) in &project.additions {
        let (path, line) = (printable(&shown(path)), printable(&line.replace('\n', " ")));
        terminal.remark(&format!("add to {folder}/{path}: {line}\n"));
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
