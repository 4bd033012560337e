//! `init`: writes a configuration to begin with. And `schema`, which it refers to.

use super::Common;
use super::output::Terminal;
use clap::Args;
use specwright::config::{Listed, PackageName, SCHEMA_FILE, commented, schema, way};
use specwright::diag::render::printable;
use specwright::diag::{Code, Diagnostics, Place};
use specwright::source::{Sources, descriptions};
use specwright::write::{RelPath, add};
use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

const FILE: &str = "specwright.toml";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Descriptions; without any, those that are found below this directory
    specs: Vec<PathBuf>,
    /// Directory for the crates; each API gets a directory in it [default: generated]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Prefix of the packages, if there is one description [default: from its path]
    #[arg(long)]
    name: Option<String>,
    /// Don't ask, take all descriptions that are found
    #[arg(short, long)]
    yes: bool,
    /// Don't write the JSON schema of the configuration, which editors complete keys by
    #[arg(long)]
    no_schema: bool,
}

/// Writes a configuration; whether that worked.
pub(super) fn init(init: &Init, common: &Common, terminal: &mut Terminal) -> bool {
    let here = Path::new(".");
    if Path::new(FILE).exists() {
        let path = FILE.to_owned();
        return failed(Code::ConfigurationThere { path }, common, terminal);
    }
    let given: Vec<PathBuf> = match &init.specs[..] {
        [] => found(here, init.yes),
        specs => specs.to_vec(),
    };
    if given.is_empty() {
        let folder = std::env::current_dir().unwrap_or_else(|_| here.to_owned());
        let folder = folder.display().to_string();
        return failed(Code::NoDescriptions { folder }, common, terminal);
    }
    if let Some(missing) = given.iter().find(|path| !path.is_file()) {
        let code = Code::Unreadable {
            path: missing.display().to_string(),
            reason: "it is not a file".to_owned(),
        };
        return failed(code, common, terminal);
    }
    let apis = match listed(init, &given) {
        Ok(apis) => apis,
        Err(code) => return failed(code, common, terminal),
    };
    let text = commented(&apis, !init.no_schema);
    let schema = (!init.no_schema).then(|| (SCHEMA_FILE, schema()));
    let files = std::iter::once((FILE, text)).chain(schema);
    let files: Vec<_> = files
        .filter_map(|(path, text)| Some((RelPath::new(path).ok()?, text)))
        .collect();
    if add(here, &files).is_err() {
        let (path, reason) = (FILE.to_owned(), "the disk refuses it".to_owned());
        return failed(Code::Unwritable { path, reason }, common, terminal);
    }
    for api in &apis {
        let line = format!("{FILE}: {} as `{}`\n", printable(&api.spec), api.name);
        terminal.result(&line);
    }
    terminal.remark("next: `specwright generate` writes the crates\n");
    true
}

/// Prints the JSON schema of configurations.
pub(super) fn print_schema(terminal: &mut Terminal) -> bool {
    terminal.document(&schema());
    true
}

fn failed(code: Code, common: &Common, terminal: &mut Terminal) -> bool {
    let mut diagnostics = Diagnostics::new(common.strict);
    diagnostics.push(code, Place::Nowhere);
    terminal.messages(&diagnostics, &Sources::default());
    false
}

/// The descriptions below a directory: all of them or, where somebody can be asked, those that are wanted.
fn found(folder: &Path, take_all: bool) -> Vec<PathBuf> {
    let found = descriptions(folder);
    let somebody = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if take_all || !somebody {
        return found;
    }
    let wanted = found.into_iter().filter(|path| {
        let path = printable(&path.to_string_lossy());
        Terminal::error(&format!("{path}: add it? [Y/n] "));
        let mut reply = String::new();
        let read = std::io::stdin().lock().read_line(&mut reply).is_ok();
        read && !reply.trim().to_lowercase().starts_with('n')
    });
    wanted.collect()
}

/// The APIs, each with a name of its own.
fn listed(init: &Init, specs: &[PathBuf]) -> Result<Vec<Listed>, Code> {
    let mut taken = BTreeSet::new();
    let mut apis = Vec::new();
    for spec in specs {
        let name = match &init.name {
            Some(name) if specs.len() == 1 => PackageName::new(name)?.to_string(),
            _ => PackageName::of_path(spec).to_string(),
        };
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let name = names
            .find(|name| taken.insert(name.clone()))
            .unwrap_or(name);
        let out = init.out.as_ref().map(|out| {
            let out = way(Path::new("."), out);
            format!("{out}/{name}")
        });
        apis.push(Listed {
            name,
            spec: way(Path::new("."), spec),
            out,
            serve_document: false,
        });
    }
    Ok(apis)
}
