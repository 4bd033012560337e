//! The user's options, validated once.
//!
//! In: a `specwright.toml`, or the flags of a command. Out: [`Config`], in which everything is an enum, a path or a validated name. Knows
//! no stage. The fields below are the reference of the configuration's keys.

mod commented;
mod keys;
mod lints;
pub mod own;

use crate::crates::CrateKind;
use crate::diag::{Code, Diagnostics, Levels, Place};
use crate::limits::{self, Limits};
use crate::source::{Access, FileId, Position, Said, Sources, decode, disk, is_url, why_unread};
pub use commented::{Listed, SCHEMA_FILE, commented};
pub use keys::schema;
use lints::{Allowed, RawLints};
use own::{Own, RawPackage, RawType};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;

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

/// How an API is read and written.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // One for each such key.
pub struct Options {
    /// The prefix of its packages.
    pub name: PackageName,
    /// `emit`: the crates to write; by default `["types", "client", "server"]`. `types` is always included.
    pub emit: Vec<CrateKind>,
    /// `strict`: whether warnings are errors; by default `false`.
    pub strict: bool,
    /// `[lints]` for all APIs, `[apis.NAME.lints]` for one: `CODE = "allow"`, `"warn"` or `"deny"`, or with a reason
    /// `CODE = { level = "allow", reason = "…" }`.
    pub lints: Levels,
    /// `unknown-fields`: `"ignore"` (the default) or `"keep"`.
    pub unknown_fields: UnknownFields,
    /// `docs-url`: a link to the API's reference, for the documentation of each operation; `{operationId}` in it is replaced.
    pub docs_url: Option<String>,
    /// `serve-document`: whether the server crate has the description, in one file, to serve it.
    pub serve_document: bool,
    /// `words`: mixed-case words that names keep together (`OAuth`), in addition to the built-in ones.
    pub words: Vec<String>,
    /// `include`: the operations to write, each entry as an operationId, `METHOD /path`, `/path`, `tag:NAME` or `x-EXTENSION`, in which `*`
    /// and, in paths, `**` stand for anything; by default all.
    pub include: Vec<String>,
    /// `exclude`: the operations to leave out, by the same kinds of entries, which go before `include`.
    pub exclude: Vec<String>,
    /// `prune`: whether types that no operation uses are left out; by default those that only excluded operations use.
    pub prune: Option<bool>,
    /// `retries`: whether the client may repeat the requests of an operation, by operationId or `METHOD /path`; by default it repeats those of
    /// idempotent methods.
    pub retries: Vec<(String, bool)>,
    /// `idempotency-key`: the header by which the server recognizes a repeated request; the client sends it with each operation that isn't
    /// idempotent. Operations that declare a header `Idempotency-Key` have it without this.
    pub idempotency_key: Option<String>,
    /// `oauth2`: whether the client has the flows of OAuth 2 although no security scheme of the description names any.
    pub oauth2: bool,
    /// `operations`: settings of single operations, by operationId or `METHOD /path`; `body-limit`: the largest request body, such as
    /// `"10 MiB"`; `time-limit`: the time until the response begins, such as `"30 s"`.
    pub operations: Vec<(String, Limits)>,
    /// `pagination`: by operationId or `METHOD /path`, the number of an operation's first page or item, where the description doesn't say
    /// it; `None` for an operation that must not list page by page.
    pub pagination: Vec<(String, Option<i64>)>,
    /// `roots`: directories that `$ref` may reach in addition to the description's own, relative to the configuration file; and `[urls]`:
    /// the local file that stands for a URL, or the directory for a URL that ends in `/`; and `overlays`: the files of overlays to apply to the
    /// description, one after the other.
    pub access: Access,
    /// `package-version`: the version of the generated packages; by default `"0.1.0"`.
    pub package_version: String,
    /// `license`: the licence of the generated packages, an SPDX expression.
    pub license: Option<String>,
    /// `features`: whether each group of operations is a cargo feature, so that users compile only what they use; by default for big APIs
    /// only.
    pub features: Option<bool>,
    /// `proptest`: whether the types have a feature with random values for tests.
    pub proptest: bool,
    /// `types`, `formats`, `dependencies`, `derives`, `attributes`: custom Rust types for schemas and formats, the packages that they come
    /// from, and additional derives and attributes of generated types.
    pub own: Own,
    /// Whether to write packages or modules for a build script.
    pub layout: Layout,
}

/// What structs do with properties that the description doesn't declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownFields {
    /// `"ignore"`: they are dropped.
    #[default]
    Ignore,
    /// `"keep"`: they are kept in a map and written back.
    Keep,
}

/// The layout of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Packages, each with its manifest.
    #[default]
    Crates,
    /// Modules in one directory, for `include!` of a build script's output.
    Modules,
}

/// A valid name of a cargo package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageName(String);

impl PackageName {
    /// Letters, digits, `-` and `_`, beginning with a letter, ending with a letter or digit, at most 56 characters (so that the longest
    /// suffix stays within the 64 of registries).
    pub fn new(name: &str) -> Result<Self, Code> {
        let allowed = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let ends = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric());
        if allowed && ends && name.len() <= 56 {
            Ok(Self(name.to_owned()))
        } else {
            Err(Code::BadName {
                name: name.to_owned(),
            })
        }
    }

    /// Derives a name from the path of a description: from the file name if that is specific, else from its directory.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        const GENERIC: [&str; 8] = [
            "openapi", "swagger", "api", "apis", "index", "spec", "main", "root",
        ];
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let file = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        let candidates = if GENERIC.contains(&file.to_lowercase().as_str()) {
            [folder, Some(file)]
        } else {
            [Some(file), folder]
        };
        let named = candidates
            .into_iter()
            .flatten()
            .find_map(|candidate| Self::new(&kebab(&candidate)).ok());
        named.unwrap_or_else(|| Self("api".to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower-case letters and digits, anything else replaced by single `-`; at most 56 characters.
fn kebab(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(56) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

impl Options {
    #[must_use]
    pub fn new(name: PackageName) -> Self {
        Self {
            name,
            emit: CrateKind::ALL.to_vec(),
            strict: false,
            lints: Levels::default(),
            unknown_fields: UnknownFields::default(),
            docs_url: None,
            serve_document: false,
            words: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            prune: None,
            retries: Vec::new(),
            idempotency_key: None,
            oauth2: false,
            operations: Vec::new(),
            pagination: Vec::new(),
            access: Access::default(),
            package_version: "0.1.0".to_owned(),
            license: None,
            features: None,
            proptest: false,
            own: Own::default(),
            layout: Layout::default(),
        }
    }

    /// The same for the description as its author has written it.
    #[must_use]
    pub fn as_written(mut self) -> Self {
        self.access.overlays.clear();
        self
    }

    /// Sets the crates to write; types are always included, as the others depend on them.
    pub fn set_emit(&mut self, emit: impl IntoIterator<Item = CrateKind>) {
        self.emit = CrateKind::with_needed(emit.into_iter().chain([CrateKind::Types]));
    }

    /// A sink for the messages of this API, with its levels and strictness.
    #[must_use]
    pub fn diagnostics(&self) -> Diagnostics {
        Diagnostics::new(self.strict).with_levels(self.lints.clone())
    }

    #[must_use]
    pub fn emits(&self, kind: CrateKind) -> bool {
        self.emit.contains(&kind)
    }
}

/// The configuration file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawConfig {
    out: Option<PathBuf>,
    #[serde(default)]
    urls: BTreeMap<Spanned<String>, PathBuf>,
    #[serde(default)]
    lints: RawLints,
    #[serde(default)]
    apis: BTreeMap<Spanned<String>, RawApi>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(clippy::struct_excessive_bools)] // One for each such key.
struct RawApi {
    spec: PathBuf,
    out: Option<PathBuf>,
    emit: Option<Vec<CrateKind>>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    lints: RawLints,
    #[serde(default)]
    unknown_fields: UnknownFields,
    docs_url: Option<String>,
    #[serde(default)]
    serve_document: bool,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    include: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    prune: Option<bool>,
    #[serde(default)]
    retries: BTreeMap<Spanned<String>, bool>,
    idempotency_key: Option<Spanned<String>>,
    #[serde(default)]
    oauth2: bool,
    #[serde(default)]
    operations: BTreeMap<Spanned<String>, RawLimits>,
    #[serde(default)]
    pagination: BTreeMap<Spanned<String>, RawPagination>,
    #[serde(default)]
    roots: Vec<Spanned<PathBuf>>,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    package_version: Option<Spanned<String>>,
    license: Option<String>,
    features: Option<bool>,
    #[serde(default)]
    proptest: bool,
    #[serde(default)]
    types: BTreeMap<Spanned<String>, RawType>,
    #[serde(default)]
    formats: BTreeMap<Spanned<String>, RawType>,
    #[serde(default)]
    dependencies: BTreeMap<Spanned<String>, RawPackage>,
    #[serde(default)]
    derives: Vec<Spanned<String>>,
    #[serde(default)]
    attributes: Vec<Spanned<String>>,
}

/// Settings of an operation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLimits {
    body_limit: Option<Spanned<RawLimit>>,
    time_limit: Option<Spanned<RawLimit>>,
}

/// A number, or text with a unit.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawLimit {
    Number(u64),
    Text(String),
}

impl RawLimits {
    fn checked(&self, complaints: &mut Complaints) -> Limits {
        Limits {
            body: checked_limit(
                self.body_limit.as_ref(),
                limits::SIZE,
                limits::size,
                complaints,
            ),
            time: checked_limit(
                self.time_limit.as_ref(),
                limits::TIME,
                limits::time,
                complaints,
            ),
        }
    }
}

/// `false`, or `{ first = 1 }`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected `false`, or the number of the first page: `{ first = 1 }`"
)]
enum RawPagination {
    Off(Off),
    From { first: i64 },
}

/// `false`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "bool")]
struct Off;

impl TryFrom<bool> for Off {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        if value {
            Err("lists page by themselves")
        } else {
            Ok(Self)
        }
    }
}

fn checked_limit<T>(
    limit: Option<&Spanned<RawLimit>>,
    expected: &str,
    parse: impl Fn(&str) -> Option<T>,
    complaints: &mut Complaints,
) -> Option<T> {
    let limit = limit?;
    let valid = match limit.get_ref() {
        RawLimit::Number(number) => parse(&number.to_string()),
        RawLimit::Text(text) => parse(text),
    };
    if valid.is_none() {
        let detail = format!("a limit is {expected}");
        complaints.push((Code::BadConfig { detail }, limit.span()));
    }
    valid
}

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

    /// Reports every code that is allowed and didn't occur, in its API, or in any if it is allowed for all; `said` are the messages of each
    /// API by name. Messages in `diagnostics`, about the configuration itself, count for all.
    pub fn tell_unmatched(&self, said: &[(&str, &Diagnostics)], diagnostics: &mut Diagnostics) {
        let has = |messages: &Diagnostics, code: &str| messages.iter().any(|m| m.code.id() == code);
        for (Allowed { code, api, .. }, place) in &self.allowed {
            let is_meant = |name: &str| api.as_ref().is_none_or(|api| api.as_str() == name);
            let mut meant = said.iter().filter(|(name, _)| is_meant(name));
            let said_of_all = api.is_none() && has(diagnostics, code);
            if !said_of_all && !meant.any(|(_, messages)| has(messages, code)) {
                let code = (*code).to_owned();
                diagnostics.push(Code::UnmatchedAllow { code }, place.clone());
            }
        }
    }
}

type Complaints = Vec<(Code, Range<usize>)>;

fn checked(
    path: &Path,
    text: &str,
    raw: &RawConfig,
    name: &Spanned<String>,
    api: &RawApi,
    complaints: &mut Complaints,
) -> Option<Api> {
    let name = match PackageName::new(name.get_ref()) {
        Ok(valid) => valid,
        Err(code) => {
            complaints.push((code, name.span()));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let below = |path: &Path| join(folder, path);
    let out = match (&api.out, &raw.out) {
        (Some(out), _) => below(out),
        (None, Some(out)) => below(out).join(name.as_str()),
        (None, None) => below(Path::new("generated")).join(name.as_str()),
    };
    let mut options = Options::new(name.clone());
    if let Some(emit) = &api.emit {
        options.set_emit(emit.iter().copied());
    }
    if let Some(version) = &api.package_version {
        if !is_version(version.get_ref()) {
            let detail = format!("`{}` is not a version such as `1.2.3`", version.get_ref());
            complaints.push((Code::BadConfig { detail }, version.span()));
        }
        options.package_version.clone_from(version.get_ref());
    }
    options.strict = api.strict;
    options.unknown_fields = api.unknown_fields;
    options.docs_url.clone_from(&api.docs_url);
    options.serve_document = api.serve_document;
    options.words = texts(&api.words);
    options.include = texts(&api.include);
    options.exclude = texts(&api.exclude);
    options.prune = api.prune;
    let retries = api.retries.iter();
    options.retries = retries
        .map(|(name, may)| (name.get_ref().clone(), *may))
        .collect();
    options.idempotency_key = idempotency_key(api, complaints);
    options.oauth2 = api.oauth2;
    let limits = api.operations.iter();
    let limits = limits.map(|(name, raw)| (name.get_ref().clone(), raw.checked(complaints)));
    options.operations = limits.collect();
    let pagination = api.pagination.iter().map(|(name, said)| {
        let first = match said {
            RawPagination::Off(Off) => None,
            RawPagination::From { first } => Some(*first),
        };
        (name.get_ref().clone(), first)
    });
    options.pagination = pagination.collect();
    options.license.clone_from(&api.license);
    options.features = api.features;
    options.proptest = api.proptest;
    options.own = own(api, folder, &out, complaints);
    let roots = api.roots.iter();
    options.access.roots = roots.map(|root| below(root.get_ref())).collect();
    options.access.overlays = api.overlays.iter().map(|path| below(path)).collect();
    options.access.said = Some(Arc::new(Said {
        path: path.to_path_buf(),
        text: text.to_owned(),
        include: positions(text, &api.include),
        exclude: positions(text, &api.exclude),
        retries: keys(text, &api.retries),
        operations: keys(text, &api.operations),
        pagination: keys(text, &api.pagination),
        roots: positions(text, &api.roots),
        words: positions(text, &api.words),
        types: keys(text, &api.types),
        formats: keys(text, &api.formats),
        derives: positions(text, &api.derives),
    }));
    options.access.urls = raw
        .urls
        .iter()
        .map(|(url, path)| (url.get_ref().clone(), below(path)))
        .collect();
    let is_address = api.spec.to_str().is_some_and(is_url);
    Some(Api {
        name,
        spec: if is_address {
            api.spec.clone()
        } else {
            below(&api.spec)
        },
        out,
        options,
    })
}

/// The entries of a list.
fn texts(entries: &[Spanned<String>]) -> Vec<String> {
    let entries = entries.iter();
    entries.map(|entry| entry.get_ref().clone()).collect()
}

/// The header of idempotency keys, which has to be the name of one (RFC 9110, section 5.1).
fn idempotency_key(api: &RawApi, complaints: &mut Complaints) -> Option<String> {
    let name = api.idempotency_key.as_ref()?;
    let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.get_ref().is_empty() && name.get_ref().bytes().all(is_of_names) {
        return Some(name.get_ref().clone());
    }
    let detail = format!("`{}` is not the name of a header", name.get_ref());
    complaints.push((Code::BadConfig { detail }, name.span()));
    None
}

/// The custom types of an API. Invalid Rust is reported at the key or the list entry.
fn own(api: &RawApi, folder: &Path, out: &Path, complaints: &mut Complaints) -> Own {
    let mut own = Own {
        derives: api.derives.iter().map(|it| it.get_ref().clone()).collect(),
        attributes: api
            .attributes
            .iter()
            .map(|it| it.get_ref().clone())
            .collect(),
        ..Own::default()
    };
    let mut wrong = |detail, span| complaints.push((Code::BadConfig { detail }, span));
    for (raw, into) in [
        (&api.types, &mut own.types),
        (&api.formats, &mut own.formats),
    ] {
        for (name, entry) in raw {
            match entry.named(name.get_ref()) {
                Ok(entry) => into.push(entry),
                Err(detail) => wrong(detail, name.span()),
            }
        }
    }
    let types = out.join(CrateKind::Types.name());
    for (name, entry) in &api.dependencies {
        let place = |path: &str| from(&types, &join(folder, Path::new(path)));
        match entry.named(name.get_ref(), place) {
            Ok(package) => own.packages.push(package),
            Err(detail) => wrong(detail, name.span()),
        }
    }
    // Indexes match the tables only if no entry was invalid.
    if complaints.is_empty() {
        let span = |entry| match entry {
            own::Entry::Type(at) => api.types.keys().nth(at).map(Spanned::span),
            own::Entry::Format(at) => api.formats.keys().nth(at).map(Spanned::span),
            own::Entry::Derive(at) => api.derives.get(at).map(Spanned::span),
            own::Entry::Attribute(at) => api.attributes.get(at).map(Spanned::span),
        };
        let problems = own::problems(&own, Layout::Crates).into_iter();
        complaints.extend(problems.map(|(entry, code)| (code, span(entry).unwrap_or_default())));
    }
    own
}

/// The path that leads from a directory to a file, as it is written in a configuration in that directory.
#[must_use]
pub fn way(folder: &Path, file: &Path) -> String {
    match std::env::current_dir() {
        Ok(here) => from(&join(&here, folder), &join(&here, file)),
        Err(_) => from(folder, file),
    }
}

/// The relative path from a directory to a path, if both are relative or both absolute; else the absolute path.
fn from(folder: &Path, path: &Path) -> String {
    let way = if folder.is_absolute() == path.is_absolute() {
        let shared = folder.components().zip(path.components());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let up = folder
            .components()
            .skip(shared)
            .map(|_| Component::ParentDir);
        up.chain(path.components().skip(shared)).collect()
    } else {
        std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
    };
    // Manifests use `/` on every system.
    let parts = way
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let parts: Vec<_> = parts.collect();
    parts.join("/").replace("//", "/")
}

/// Joins paths, resolving each `..` lexically.
fn join(folder: &Path, path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in folder.join(path).components() {
        let last = out.components().next_back();
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Whether a text is a version: three numbers, and optionally a suffix that begins with `-` or `+` (close enough to semantic versioning for
/// a manifest).
fn is_version(text: &str) -> bool {
    let (numbers, suffix) = text
        .split_once(['-', '+'])
        .map_or((text, "0"), |(numbers, suffix)| (numbers, suffix));
    let plain = |part: &str| {
        !part.is_empty()
            && part.parse::<u64>().is_ok()
            && (part == "0" || !part.starts_with(['0', '+']))
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    numbers.split('.').count() == 3
        && numbers.split('.').all(plain)
        && !suffix.is_empty()
        && suffix.chars().all(fits)
}

/// The place of a byte range.
fn place(file: FileId, text: &str, span: Option<Range<usize>>) -> Place {
    let Position { line, column } = position(text, span);
    Place::Text { file, line, column }
}

fn positions<T>(text: &str, entries: &[Spanned<T>]) -> Vec<Position> {
    let entries = entries.iter();
    entries
        .map(|entry| position(text, Some(entry.span())))
        .collect()
}

fn keys<T>(text: &str, entries: &BTreeMap<Spanned<String>, T>) -> Vec<Position> {
    let keys = entries.keys();
    keys.map(|key| position(text, Some(key.span()))).collect()
}

fn position(text: &str, span: Option<Range<usize>>) -> Position {
    let before = span
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Position { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Option<Config>, Vec<(String, Place)>) {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let config = Config::parse(
            Path::new("specs/specwright.toml"),
            text.to_owned(),
            &mut sources,
            &mut diagnostics,
        );
        (
            config,
            diagnostics
                .iter()
                .map(|diagnostic| (diagnostic.code.title(), diagnostic.place.clone()))
                .collect(),
        )
    }

    fn text(line: usize, column: usize) -> Place {
        Place::Text {
            file: FileId(0),
            line,
            column,
        }
    }

    #[test]
    fn paths_are_relative_to_the_file_and_defaults_fill_the_rest() {
        let (config, said) = parse(
            "out = \"../generated\"\n[urls]\n\"https://x/\" = \"schemas\"\n[apis.pets]\nspec = \"pets/openapi.yaml\"\n\
             [apis.all]\nspec = \"a.yaml\"\nout = \"all\"\nemit = [\"server\"]\nstrict = true\nunknown-fields = \"keep\"\n\
             docs-url = \"https://d/{operationId}\"\nserve-document = true\nwords = [\"OAuth\"]\ninclude = [\"tag:x\"]\nexclude = [\"GET /x\"]\nprune = true\nroots = [\"../shared\"]\noverlays = [\"a.overlay.yaml\", \"../b.yaml\"]\n\
             proptest = true\npackage-version = \"1.2.3-rc.1\"\nlicense = \"MIT\"\nderives = [\"PartialOrd\"]\nattributes = [\"#[must_use]\"]\n\
             oauth2 = true\nidempotency-key = \"Idempotency-Key\"\nretries = { \"PUT /x\" = false, a = true }\npagination = { a = false, b = { first = 0 } }\n\
             [apis.all.operations.\"GET /y\"]\nbody-limit = \"1 KiB\"\ntime-limit = 2\n[apis.all.types]\nMoney = \"rust_decimal::Decimal\"\nPet = { derives = [\"Ord\"] }\n\
             [apis.all.formats]\ndate-time = { type = \"a::B\", with = \"a::c\", hash = true }\n\
             [apis.all.dependencies]\nrust_decimal = \"1\"\na = { path = \"../a\", default-features = false, features = [\"x\"] }\n",
        );
        assert_eq!(said, []);
        let [all, pets] = config.unwrap().apis.try_into().unwrap();
        assert_eq!(
            (pets.spec.as_path(), pets.out.as_path()),
            (
                Path::new("specs/pets/openapi.yaml"),
                Path::new("generated/pets")
            )
        );
        assert_eq!(pets.options.emit, CrateKind::ALL);
        assert_eq!(
            pets.options.access.urls["https://x/"],
            Path::new("specs/schemas")
        );
        assert_eq!(all.out, Path::new("specs/all"));
        assert_eq!(all.options.emit, [CrateKind::Types, CrateKind::Server]);
        assert_eq!(all.options.access.roots, [Path::new("shared")]);
        let overlays = ["specs/a.overlay.yaml", "b.yaml"].map(Path::new);
        assert_eq!(all.options.access.overlays, overlays);
        assert_eq!(
            (
                all.options.strict,
                all.options.unknown_fields,
                all.options.proptest
            ),
            (true, UnknownFields::Keep, true)
        );
        assert!(all.options.oauth2 && !pets.options.oauth2);
        let chosen = (
            &all.options.include,
            &all.options.exclude,
            all.options.prune,
        );
        let [include, exclude] = ["tag:x", "GET /x"].map(|entry| vec![entry.to_owned()]);
        assert_eq!(chosen, (&include, &exclude, Some(true)));
        assert!(pets.options.include.is_empty() && pets.options.prune.is_none());
        assert_eq!(
            (
                all.options.idempotency_key.as_deref(),
                &all.options.retries[..]
            ),
            (
                Some("Idempotency-Key"),
                &[("PUT /x".to_owned(), false), ("a".to_owned(), true)][..]
            )
        );
        let limits = Limits {
            body: Some(1024),
            time: Some(std::time::Duration::from_secs(2)),
        };
        assert_eq!(all.options.operations, [("GET /y".to_owned(), limits)]);
        assert_eq!(
            all.options.pagination,
            [("a".to_owned(), None), ("b".to_owned(), Some(0))]
        );
        assert!(all.options.serve_document && !pets.options.serve_document);
        let own = &all.options.own;
        assert_eq!(
            (&own.derives[..], &own.attributes[..]),
            (
                &["PartialOrd".to_owned()][..],
                &["#[must_use]".to_owned()][..]
            )
        );
        let types: Vec<_> = own.types.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(types, ["Money", "Pet"]);
        let replaced = |one: &own::OwnType| one.replacement.clone().unwrap();
        assert_eq!(replaced(&own.types[0]), "rust_decimal::Decimal".into());
        assert_eq!(
            replaced(&own.formats[0]),
            own::Replacement::new("a::B").with("a::c").hash(true)
        );
        let [a, decimal] = &own.packages[..] else {
            panic!("{own:?}")
        };
        // From `specs/all/types` to `a`.
        assert_eq!(a.source, [("path", "../../../a".to_owned())]);
        assert_eq!(
            (a.default_features, &a.features[..]),
            (false, &["x".to_owned()][..])
        );
        assert_eq!(decimal.source, [("version", "1".to_owned())]);
    }

    #[test]
    fn what_is_no_rust_is_told_where_it_stands() {
        let of = |rest: &str| parse(&format!("[apis.a]\nspec = \"a\"\n{rest}")).1;
        for (rest, title, place) in [
            (
                "derives = [\"Ord\", \"Json\"]\n",
                "`Json` is not what is expected here",
                text(3, 19),
            ),
            (
                "attributes = [\"must_use\"]\n",
                "`must_use` is not",
                text(3, 15),
            ),
            ("[apis.a.types]\nX = \"a b\"\n", "`a b` is not", text(4, 1)),
            (
                "[apis.a.types]\nX = {}\n",
                "invalid configuration: `X`: a `type`,",
                text(4, 1),
            ),
            (
                "[apis.a.types]\nX = { hash = true }\n",
                "invalid configuration: `X`: `with`",
                text(4, 1),
            ),
            (
                "[apis.a.types]\nX = { type = \"a::B\", derives = [\"Ord\"] }\n",
                "invalid configuration: `X`: the type",
                text(4, 1),
            ),
            (
                "[apis.a.formats]\ndate = { type = \"a::B\", with = \"c\" }\n",
                "`c` is not",
                text(4, 1),
            ),
            (
                "[apis.a.dependencies]\nx = { features = [] }\n",
                "invalid configuration: `x` needs",
                text(4, 1),
            ),
            (
                "[apis.a.types]\nX = { typ = \"a::B\" }\n",
                "invalid configuration: unknown field `typ`",
                text(4, 7),
            ),
        ] {
            let said = of(rest);
            assert!(said.len() == 1 && said[0].0.starts_with(title), "{said:?}");
            assert_eq!(said[0].1, place, "{rest}");
        }
    }

    #[test]
    fn mistakes_are_told_where_they_are() {
        let (config, said) = parse("[apis.pets]\nspec = \"a\"\nstirct = true\n");
        assert!(config.is_none());
        assert!(
            said[0]
                .0
                .starts_with("invalid configuration: unknown field `stirct`"),
            "{}",
            said[0].0
        );
        assert_eq!(said[0].1, text(3, 1));
        let (config, said) = parse(
            "[apis.\"3 pets\"]\nspec = \"a\"\n[apis.b]\nspec = \"b\"\npackage-version = \"1\"\n",
        );
        assert!(config.is_none());
        let wanted = [
            (
                "`3 pets` is not a valid package name".to_owned(),
                text(1, 7),
            ),
            (
                "invalid configuration: `1` is not a version such as `1.2.3`".to_owned(),
                text(5, 19),
            ),
        ];
        assert_eq!(said, wanted);
        assert_eq!(parse("").1[0].0, "the configuration lists no API");
    }

    #[test]
    fn a_name_is_made_of_the_path() {
        let name = |path: &str| PackageName::of_path(Path::new(path)).0;
        assert_eq!(name("/x/Pet Store.yaml"), "pet-store");
        assert_eq!(name("/mattermost-oauth/openapi.yaml"), "mattermost-oauth");
        assert_eq!(name("/api.github.com.json"), "api-github-com");
        assert_eq!(name("/123/456.json"), "api");
    }
}
