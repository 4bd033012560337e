//! Compares an index with the descriptions next to it.
//!
//! In: [`Sources`] whose entry is an index. Out: a [`Survey`] of which API corresponds to which operation, and of what has no counterpart,
//! as data and as text. The descriptions are those that the index links to, if they exist, and the `openapi` or `swagger` file in its
//! directory. Doesn't know what operations mean.

use super::{Api, Index, find, reason};
use crate::diag::render::printable;
use crate::diag::{Diagnostics, Severity};
use crate::document;
use crate::source::{FileId, ResolveError, Sources};
use std::fmt::{self, Display};

/// Names of a description next to the index.
const BESIDE: [&str; 6] = [
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "swagger.yaml",
    "swagger.yml",
    "swagger.json",
];

/// An index and the descriptions next to it.
#[derive(Debug, Clone)]
pub struct Survey {
    pub index: Index,
    /// Its APIs, in order.
    pub entries: Vec<Entry>,
    /// The descriptions that were found.
    pub descriptions: Vec<Description>,
}

/// The matches of an API of the index.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The files that describe it: the link as written, and whether the file was found.
    pub links: Vec<(String, Availability)>,
    /// The operations that it corresponds to: index of a description, and of an operation in it.
    pub operations: Vec<(usize, usize)>,
}

/// Whether a description file was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    Here(FileId),
    /// A URL that isn't mapped to a local file.
    Remote,
    /// It wasn't found, for this reason.
    Missing(String),
}

/// A description that was found.
#[derive(Debug, Clone)]
pub struct Description {
    pub file: FileId,
    /// Path relative to the index.
    pub path: String,
    /// Its operations, in order.
    pub operations: Vec<Listed>,
}

/// An operation of a description.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The method, in upper case.
    pub method: String,
    /// The path, relative to the server.
    pub path: String,
    /// `x-api-path-slug`: the name that an index has for it.
    pub slug: Option<String>,
}

/// Reads the index `entry` and the descriptions of its APIs; `None` if the file isn't an index. Only errors of the descriptions are
/// reported.
#[must_use]
pub fn survey(
    sources: &mut Sources,
    entry: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Survey> {
    let index = super::read(sources, entry, diagnostics)?;
    super::fetch(sources, entry, diagnostics);
    let mut files = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for api in &index.apis {
        let links: Vec<_> = api
            .descriptions()
            .map(|link| (link.url.clone(), availability(find(sources, &index, link))))
            .collect();
        for (_, link) in &links {
            files.extend(link.file().filter(|file| !files.contains(file)));
        }
        entries.push(Entry {
            links,
            operations: Vec::new(),
        });
    }
    let described = |entry: &Entry| entry.links.iter().any(|(_, link)| link.file().is_some());
    if entries.is_empty() || !entries.iter().all(described) {
        let beside = beside(sources, entry, diagnostics);
        files.extend(beside.filter(|file| !files.contains(file)));
    }
    let descriptions: Vec<_> = files
        .into_iter()
        .filter_map(|file| describe(sources, entry, file, diagnostics))
        .collect();
    for (api, entry) in index.apis.iter().zip(&mut entries) {
        entry.operations = operations_of(api, entry, &descriptions);
    }
    Some(Survey {
        index,
        entries,
        descriptions,
    })
}

fn availability(found: Result<FileId, ResolveError>) -> Availability {
    match found {
        Ok(file) => Availability::Here(file),
        Err(ResolveError::Remote) => Availability::Remote,
        Err(error) => Availability::Missing(reason(error)),
    }
}

impl Availability {
    fn file(&self) -> Option<FileId> {
        match self {
            Self::Here(file) => Some(*file),
            Self::Remote | Self::Missing(_) => None,
        }
    }
}

/// The description in the directory of the index.
fn beside(sources: &mut Sources, entry: FileId, diagnostics: &mut Diagnostics) -> Option<FileId> {
    BESIDE.iter().find_map(|name| {
        sources.attach(entry, name, diagnostics);
        sources
            .resolve(entry, name)
            .ok()
            .map(|origin| origin.file)
            .filter(|file| *file != entry)
    })
}

/// The operations of a description. Its warnings are left to runs that generate from it.
fn describe(
    sources: &Sources,
    entry: FileId,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Description> {
    if !sources.root(file).value.is_object() && super::told(diagnostics, file) {
        return None;
    }
    let mut own = Diagnostics::default();
    let document = document::read(sources, file, &mut own);
    for error in own
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
    {
        diagnostics.push_related(
            error.code.clone(),
            error.place.clone(),
            error.related.clone(),
        );
    }
    let document = document?;
    let operations = document.paths.iter().flat_map(|item| {
        let listed = |operation: &document::Operation| Listed {
            method: operation.method.clone(),
            path: item.path.clone(),
            slug: operation.slug.clone(),
        };
        item.operations.iter().map(listed)
    });
    Some(Description {
        file,
        path: sources.relative(entry, file),
        operations: operations.collect(),
    })
}

/// The operations that an API corresponds to: those with its slug, else all operations of the files that describe only this API.
fn operations_of(api: &Api, entry: &Entry, descriptions: &[Description]) -> Vec<(usize, usize)> {
    let pick = |wanted: &dyn Fn(&Description, &Listed) -> bool| {
        let mut picked = Vec::new();
        for (at, description) in descriptions.iter().enumerate() {
            let operations = description.operations.iter().enumerate();
            picked.extend(
                operations
                    .filter(|(_, operation)| wanted(description, operation))
                    .map(|(index, _)| (at, index)),
            );
        }
        picked
    };
    let own = |description: &Description| {
        entry
            .links
            .iter()
            .any(|(_, link)| link.file() == Some(description.file))
    };
    let by_slug = pick(&|_, operation| operation.slug.is_some() && operation.slug == api.slug);
    if by_slug.is_empty() {
        pick(&|description, _| own(description))
    } else {
        by_slug
    }
}

impl Survey {
    /// APIs without a matching operation.
    pub fn unmatched_apis(&self) -> impl Iterator<Item = &Api> {
        self.index
            .apis
            .iter()
            .zip(&self.entries)
            .filter(|(_, entry)| entry.operations.is_empty())
            .map(|(api, _)| api)
    }

    /// Operations without a matching API.
    pub fn unmatched_operations(&self) -> impl Iterator<Item = (&Description, &Listed)> {
        let matched = |place: (usize, usize)| {
            self.entries
                .iter()
                .any(|entry| entry.operations.contains(&place))
        };
        let all = self
            .descriptions
            .iter()
            .enumerate()
            .flat_map(|(at, description)| {
                description
                    .operations
                    .iter()
                    .enumerate()
                    .map(move |(index, operation)| ((at, index), description, operation))
            });
        all.filter(move |(place, ..)| !matched(*place))
            .map(|(_, description, operation)| (description, operation))
    }

    fn entry(&self, f: &mut fmt::Formatter<'_>, api: &Api, entry: &Entry) -> fmt::Result {
        let mut line = |word: &str, text: &str| writeln!(f, "  {word:<12} {}", printable(text));
        if let (Some(name), Some(_)) = (&api.name, &api.slug) {
            line("name", name)?;
        }
        if let Some(url) = &api.base_url {
            line("base URL", url)?;
        }
        if !api.tags.is_empty() {
            line("tags", &api.tags.join(", "))?;
        }
        for (url, availability) in &entry.links {
            match availability {
                Availability::Here(_) => line("description", url)?,
                Availability::Remote => line("description", &format!("{url} (remote, not read)"))?,
                Availability::Missing(reason) => {
                    line("description", &format!("{url} (not read: {reason})"))?;
                }
            }
        }
        for (at, operation) in &entry.operations {
            line(
                "operation",
                &self.descriptions[*at].operations[*operation].to_string(),
            )?;
        }
        Ok(())
    }

    fn missing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, api) in self.unmatched_apis().enumerate() {
            let head = if index == 0 {
                "APIs without an operation:\n"
            } else {
                ""
            };
            writeln!(
                f,
                "{head}  {}",
                printable(api.slug.as_deref().unwrap_or(&api.label()))
            )?;
        }
        for (index, (description, operation)) in self.unmatched_operations().enumerate() {
            let head = if index == 0 {
                "Operations without an API:\n"
            } else {
                ""
            };
            let slug = operation
                .slug
                .as_ref()
                .map_or("no slug".to_owned(), |slug| format!("slug {slug}"));
            writeln!(
                f,
                "{head}  {}",
                printable(&format!("{operation} ({slug}; {})", description.path))
            )?;
        }
        Ok(())
    }
}

impl Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.index.apis.len();
        let version = self
            .index
            .version
            .as_ref()
            .map(|version| format!(" {version}"))
            .unwrap_or_default();
        let name = self.index.name.as_deref().unwrap_or("unnamed index");
        let noun = if count == 1 { "API" } else { "APIs" };
        writeln!(
            f,
            "{}",
            printable(&format!("{name} (APIs.json{version}): {count} {noun}"))
        )?;
        for (api, entry) in self.index.apis.iter().zip(&self.entries) {
            writeln!(
                f,
                "\n{}",
                printable(api.slug.as_deref().unwrap_or(&api.label()))
            )?;
            self.entry(f, api, entry)?;
        }
        for include in &self.index.includes {
            writeln!(f, "\nincludes {} (not read)", printable(&include.url))?;
        }
        writeln!(f)?;
        let descriptions = match self.descriptions.as_slice() {
            [] => {
                return writeln!(
                    f,
                    "There is no description next to the index to match its APIs with."
                );
            }
            [only] => only.path.clone(),
            several => format!("{} descriptions", several.len()),
        };
        self.missing(f)?;
        let matched = count - self.unmatched_apis().count();
        writeln!(
            f,
            "{matched} of {count} APIs match operations of {}",
            printable(&descriptions)
        )
    }
}
