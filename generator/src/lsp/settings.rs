//! The configuration that counts for a description: the nearest `specwright.toml` above it.

use crate::config::{Config, Options, PackageName};
use crate::diag::{Diagnostics, Levels};
use crate::source::Sources;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a configuration may be, from a directory above.
const PLACES: [&str; 2] = ["specwright.toml", "specs/specwright.toml"];

/// The options of a description, and what is wrong with the configuration that they come from.
pub(super) struct Settings {
    pub(super) options: Options,
    /// The configuration.
    pub(super) path: Option<PathBuf>,
    pub(super) messages: Diagnostics,
    /// What the messages point into.
    pub(super) sources: Sources,
}

/// The path of the configuration for a file.
pub(super) fn find(file: &Path) -> Option<PathBuf> {
    let folders = file.ancestors().skip(1);
    let mut places = folders.flat_map(|folder| PLACES.map(|place| folder.join(place)));
    places.find(|path| path.is_file())
}

/// The configuration at a path, as the editor has it.
fn load(
    path: &Path,
    unsaved: &BTreeMap<PathBuf, Arc<String>>,
    sources: &mut Sources,
    messages: &mut Diagnostics,
) -> Option<Config> {
    let text = path.canonicalize().ok();
    match text.and_then(|actual| unsaved.get(&actual)) {
        Some(text) => Config::parse(path, text.to_string(), sources, messages),
        None => Config::load(path, sources, messages),
    }
}

impl Settings {
    /// The settings for a description. An invalid configuration is reported, and counts for nothing.
    pub(super) fn of(spec: &Path, unsaved: &BTreeMap<PathBuf, Arc<String>>) -> Self {
        let (mut sources, mut messages) = (Sources::default(), Diagnostics::new(false));
        let path = find(spec);
        let config = path
            .as_ref()
            .and_then(|path| load(path, unsaved, &mut sources, &mut messages));
        let mut options = match &config {
            Some(config) => config.options(spec),
            None => Options::new(PackageName::of_path(spec)),
        };
        if let Some(config) = &config
            && options.lints == Levels::default()
        {
            options.lints = config.lints().clone();
        }
        options.access.unsaved.clone_from(unsaved);
        Self {
            options,
            path,
            messages,
            sources,
        }
    }
}

/// The descriptions of a configuration that may contain a file, and the directories that their references may reach.
pub(super) fn descriptions(config: &Path) -> Vec<(PathBuf, Vec<PathBuf>)> {
    let (mut sources, mut messages) = (Sources::default(), Diagnostics::new(false));
    let config = Config::load(config, &mut sources, &mut messages);
    let apis = config.into_iter().flat_map(|config| config.apis);
    apis.map(|api| (api.spec, api.options.access.roots))
        .collect()
}
