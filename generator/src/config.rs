//! The user's options, validated once.
//!
//! In: a `specwright.toml`, or the flags of a command. Out: [`Config`], in which everything is an enum, a path or a validated name. Knows
//! no stage. The fields below are the reference of the configuration's keys.

mod checked;
mod commented;
mod keys;
mod lints;
mod name;
mod options;
pub mod own;
mod paths;
mod places;
mod raw;
#[cfg(test)]
mod tests;

use crate::diag::{Code, Diagnostic, Diagnostics, Levels, Place};
use crate::source::{Sources, decode, disk, why_unread};
use checked::checked;
pub use commented::{Listed, SCHEMA_FILE, commented};
pub use keys::{API as API_KEYS, Key, TOP as TOP_KEYS, schema};
use lints::Allowed;
pub use name::PackageName;
pub use options::{GoesOn, Layout, OperationOptions, Options, Pagination, Runtime, UnknownFields};
pub use paths::{is_same, way};
use places::place;
use raw::RawConfig;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The configuration of a project.
#[derive(Debug, Clone)]
pub struct Config {
    /// Every `[apis.NAME]`, by name.
    pub apis: Vec<Api>,
    /// `[lints]`, which also applies to messages about the configuration itself.
    lints: Levels,
    allowed: Vec<(Allowed, Place)>,
    /// Entries of `[urls]` with their places.
    urls: Vec<(String, Place)>,
}

/// An API: its description, and where its crates are written.
#[derive(Debug, Clone)]
pub struct Api {
    /// `[apis.NAME]`: the prefix of its packages, `NAME-types`, `NAME-client`, `NAME-server`.
    pub name: PackageName,
    /// `spec`: the description, relative to the configuration file.
    pub spec: PathBuf,
    /// `out`: the directory for its crates, relative to the configuration file; by default `<out>/NAME`.
    pub out: PathBuf,
    /// All other options.
    pub options: Options,
}

/// What is wrong, with the bytes of the key or value.
type Complaints = Vec<(Code, Range<usize>)>;

impl Config {
    /// Reads a configuration file. Returns `None` if it isn't valid; problems are pushed, and the text is added to the sources, as their
    /// places point into it.
    pub fn load(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Self> {
        let code = match disk::read(path) {
            Ok(bytes) => match decode(bytes) {
                Some(text) => return Self::parse(path, text, sources, diagnostics),
                None => Code::NotUtf8,
            },
            Err(unread) => why_unread(path, &unread),
        };
        diagnostics.push(code, Place::Path(path.to_path_buf()));
        None
    }

    /// Parses a configuration; relative paths in it are relative to `path`.
    pub fn parse(
        path: &Path,
        text: String,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let file = sources.add_text(path, text);
        let text = sources.text(file);
        let raw: RawConfig = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let code = Code::BadConfig {
                    detail: error.message().trim().replace('\n', ", "),
                };
                diagnostics.push(code, place(file, text, error.span()));
                return None;
            }
        };
        let mut complaints = Vec::new();
        let mut levels = Levels::default();
        let mut allowed = lints::add(&mut levels, &raw.lints, None, &mut complaints);
        let mut apis: Vec<_> = raw
            .apis
            .iter()
            .filter_map(|(name, api)| checked(path, text, &raw, name, api, &mut complaints))
            .collect();
        for api in &mut apis {
            api.options.lints = levels.clone();
            if let Some(raw) = raw.apis.get(api.name.as_str()) {
                let (levels, name) = (&mut api.options.lints, Some(&api.name));
                allowed.extend(lints::add(levels, &raw.lints, name, &mut complaints));
            }
        }
        if raw.apis.is_empty() {
            diagnostics.push(Code::NoApis, Place::Path(path.to_path_buf()));
        }
        for (index, api) in apis.iter().enumerate() {
            if let Some(other) = apis[..index].iter().find(|other| other.out == api.out) {
                let detail = format!(
                    "`{}` and `{}` have the same output directory",
                    other.name, api.name
                );
                diagnostics.push(Code::BadConfig { detail }, Place::Path(path.to_path_buf()));
                return None;
            }
        }
        for (code, span) in &complaints {
            diagnostics.push(code.clone(), place(file, text, Some(span.clone())));
        }
        let at = |allowed: Allowed| {
            let place = place(file, text, Some(allowed.span.clone()));
            (allowed, place)
        };
        let allowed = allowed.into_iter().map(at).collect();
        let urls = raw.urls.keys();
        let urls = urls.map(|url| (url.get_ref().clone(), place(file, text, Some(url.span()))));
        (complaints.is_empty() && !apis.is_empty()).then(|| Self {
            apis,
            lints: levels,
            allowed,
            urls: urls.collect(),
        })
    }

    /// The options for reading `spec`: those of the API with this description; for any other only the shared URL mapping.
    #[must_use]
    pub fn options(&self, spec: &Path) -> Options {
        let mut apis = self.apis.iter();
        let mut options = match apis.find(|api| is_same(&api.spec, spec)) {
            Some(api) => api.options.clone(),
            None => Options::new(PackageName::of_path(spec)),
        };
        // `[urls]` is the same for all APIs.
        if let Some(api) = self.apis.first() {
            options.access.urls.clone_from(&api.options.access.urls);
        }
        options
    }

    /// `[lints]`.
    #[must_use]
    pub fn lints(&self) -> &Levels {
        &self.lints
    }

    /// A sink for messages about the configuration itself; `levels` override its own.
    #[must_use]
    pub fn diagnostics(&self, strict: bool, levels: &Levels) -> Diagnostics {
        let mut lints = self.lints.clone();
        lints.extend(levels);
        Diagnostics::new(strict).with_levels(lints)
    }

    /// Reports every `[urls]` entry that no API uses; `unused` are the unused ones of each API.
    pub fn tell_unused_urls(&self, unused: &[BTreeSet<String>], diagnostics: &mut Diagnostics) {
        for (url, place) in &self.urls {
            if unused.iter().all(|unused| unused.contains(url)) {
                let url = url.clone();
                diagnostics.push(Code::UnmatchedUrl { url }, place.clone());
            }
        }
    }

    /// Reports every code that is allowed and didn't occur, in its API, or in any if it is allowed for all; `said` are the codes of the messages of
    /// each API by name. Messages in `diagnostics`, about the configuration itself, count for all.
    pub fn tell_unmatched(
        &self,
        said: &[(&str, &BTreeSet<String>)],
        diagnostics: &mut Diagnostics,
    ) {
        for (Allowed { code, api, .. }, place) in &self.allowed {
            let is_meant = |name: &str| api.as_ref().is_none_or(|api| api.as_str() == name);
            let mut meant = said.iter().filter(|(name, _)| is_meant(name));
            let is_of_all = |one: &Diagnostic| one.code.id() == *code;
            let said_of_all = api.is_none() && diagnostics.iter().any(is_of_all);
            if !said_of_all && !meant.any(|(_, codes)| codes.contains(*code)) {
                let code = (*code).to_owned();
                diagnostics.push(Code::UnmatchedAllow { code }, place.clone());
            }
        }
    }
}
