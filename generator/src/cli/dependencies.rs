//! `dependencies`: what a package needs whose build script writes modules.

use super::Common;
use super::generate::refuse_manifest;
use super::output::Terminal;
use super::settings::Settings;
use clap::Args;
use specwright::config::Api;
use specwright::diag::render::printable;
use specwright::write::add_requirements;
use specwright::{CrateKind, Generator};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Dependencies {
    /// The description
    spec: PathBuf,
    /// Modules to write, separated by commas: types, client, server [default: as in the configuration, or all]
    #[arg(long, value_delimiter = ',')]
    emit: Vec<CrateKind>,
    /// Cargo features of the package that the modules check, separated by commas: reqwest, tower, blocking, …
    #[arg(long, value_name = "FEATURE", value_delimiter = ',')]
    features: Vec<String>,
    /// Add the lines to the dependencies of this `Cargo.toml`, as far as they aren't there
    #[arg(long, value_name = "MANIFEST")]
    add_to: Option<PathBuf>,
}

/// Prints or adds dependencies; returns whether that worked.
pub(super) fn dependencies(flags: &Dependencies, common: &Common, terminal: &mut Terminal) -> bool {
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let options = settings.options(&flags.spec);
    let mut generator = Generator::from(Api {
        name: options.name.clone(),
        spec: flags.spec.clone(),
        out: PathBuf::new(),
        options,
    });
    if !flags.emit.is_empty() {
        generator = generator.emit(flags.emit.iter().copied());
    }
    let run = generator.modules().dependencies(&flags.features);
    terminal.messages_aside(&run.diagnostics, &run.sources);
    let Some(lines) = run.outcome else {
        return false;
    };
    let Some(manifest) = &flags.add_to else {
        let lines = lines
            .iter()
            .map(|(name, stated)| format!("{name} = {stated}\n"));
        terminal.result(&lines.collect::<String>());
        return true;
    };
    match add_requirements(manifest, &lines) {
        Ok(added) => {
            let path = printable(&manifest.to_string_lossy());
            for name in added {
                terminal.remark(&format!("{path}: added `{name}`\n"));
            }
            true
        }
        Err(reason) => refuse_manifest(manifest, reason, common, terminal),
    }
}
