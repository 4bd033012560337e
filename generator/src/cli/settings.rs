//! The configuration for a description given on the command line.

use super::Common;
use super::output::Terminal;
use specwright::config::{Config, Options, PackageName};
use specwright::diag::{Diagnostics, Levels};
use specwright::source::Sources;
use std::path::Path;

/// The configuration, if any, of a command that reads descriptions and writes nothing.
pub(super) struct Settings {
    config: Option<Config>,
    strict: bool,
    levels: Levels,
}

impl Settings {
    /// Reads the configuration; `None`, with messages printed, if it isn't valid.
    pub(super) fn load(common: &Common, terminal: &mut Terminal) -> Option<Self> {
        let (strict, levels) = (common.strict, common.levels.clone());
        let Some(path) = path(common) else {
            return Some(Self {
                config: None,
                strict,
                levels,
            });
        };
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new(strict));
        let config = Config::load(path, &mut sources, &mut diagnostics);
        terminal.messages_aside(&diagnostics, &sources);
        let config = Some(config?);
        Some(Self {
            config,
            strict,
            levels,
        })
    }

    /// The options for reading `spec`: those of the API with this description; for any other only the shared URL mapping.
    pub(super) fn options(&self, spec: &Path) -> Options {
        let mut options = match &self.config {
            Some(config) => config.options(spec),
            None => Options::new(PackageName::of_path(spec)),
        };
        options.strict |= self.strict;
        options.lints.extend(&self.levels);
        options
    }
}

/// The path of the configuration: that of `--config`, else one of the default places.
pub(super) fn path(common: &Common) -> Option<&Path> {
    let places = ["specwright.toml", "specs/specwright.toml"].map(Path::new);
    let found = || places.into_iter().find(|path| path.exists());
    common.config.as_deref().or_else(found)
}
