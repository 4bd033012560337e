//! APIs.json indexes: lists of APIs, each with links to the files that describe it.
//!
//! In: [`Sources`] whose entry may be an index. Out: the [`Index`] as data; a [`Survey`] of how it matches the descriptions next to it; or
//! one [`Document`], merged from the descriptions that it links to. Uses no network: a URL stands for the local file that the user mapped
//! it to. Doesn't know the IR or Rust.

mod merge;
mod parts;
mod read;
mod survey;
#[cfg(test)]
mod tests;

pub use read::{Api, Index, Link, is_index, read};
pub use survey::{Availability, Description, Entry, Listed, Survey, survey};

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{self, Document};
use crate::source::{Access, FileId, Origin, Pointer, ResolveError, Sources};
use std::collections::HashSet;
use std::path::Path;

/// Loads a description or an index; for an index also the descriptions that it links to, with everything they refer to.
pub fn load(
    path: &Path,
    access: &Access,
    diagnostics: &mut Diagnostics,
) -> (Sources, Option<FileId>) {
    let (mut sources, entry) = Sources::load(path, access, diagnostics);
    if let Some(entry) = entry {
        fetch(&mut sources, entry, diagnostics);
    }
    (sources, entry)
}

/// Adds the descriptions that the index `entry` links to. Does nothing if the file isn't an index.
pub fn fetch(sources: &mut Sources, entry: FileId, diagnostics: &mut Diagnostics) {
    // Problems of the index itself are reported when it is read for its content.
    let Some(index) = is_index(&sources.root(entry))
        .then(|| read(sources, entry, &mut Diagnostics::default()))
        .flatten()
    else {
        return;
    };
    for link in index.apis.iter().flat_map(Api::descriptions) {
        sources.attach(entry, &link.url, diagnostics);
    }
}

/// Reads the description `entry`, or the merged descriptions of the index `entry`. Expects sources filled by [`load`].
#[must_use]
pub fn document(
    sources: &Sources,
    entry: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    if !is_index(&sources.root(entry)) {
        let mut document = document::read(sources, entry, diagnostics)?;
        document::name_definitions(sources, entry, &mut document);
        return Some(document);
    }
    let index = read(sources, entry, diagnostics)?;
    for include in &index.includes {
        diagnostics.push(
            Code::IndexNotIncluded {
                url: include.url.clone(),
            },
            Place::value(&include.origin),
        );
    }
    let files = files(sources, &index, diagnostics);
    let mut said = HashSet::new();
    let fragments: Vec<_> = files
        .into_iter()
        .filter_map(|file| fragment(sources, file, &mut said, diagnostics))
        .collect();
    merge::merge(sources, &index, fragments, diagnostics)
}

/// The files that the index links to, each once.
fn files(sources: &Sources, index: &Index, diagnostics: &mut Diagnostics) -> Vec<FileId> {
    let mut files = Vec::new();
    let mut named = false;
    for api in &index.apis {
        let mut links = api.descriptions().peekable();
        if links.peek().is_none() {
            diagnostics.push(
                Code::IndexEntryWithoutDescription { api: api.label() },
                Place::value(&api.origin),
            );
        }
        for link in links {
            named = true;
            match find(sources, index, link) {
                Ok(file) if files.contains(&file) => {}
                Ok(file) => files.push(file),
                Err(error) => {
                    let reason = reason(error);
                    let code = Code::IndexFileMissing {
                        api: api.label(),
                        url: link.url.clone(),
                        reason,
                    };
                    diagnostics.push(code, Place::value(&link.origin));
                }
            }
        }
    }
    if !named {
        diagnostics.push(
            Code::IndexWithoutDescriptions,
            Place::value(&index.apis_origin),
        );
    }
    files
}

/// Resolves a link of the index.
fn find(sources: &Sources, index: &Index, link: &Link) -> Result<FileId, ResolveError> {
    let file = sources.resolve(link.origin.file, &link.url)?.file;
    if file == index.origin.file {
        return Err(ResolveError::Unreadable(
            "it is the index itself".to_owned(),
        ));
    }
    Ok(file)
}

fn reason(error: ResolveError) -> String {
    match error {
        ResolveError::Malformed => "it is neither a path nor a URL".to_owned(),
        ResolveError::Remote => "it is on the network, which is never asked".to_owned(),
        ResolveError::Escapes => "it is outside of the index's directory".to_owned(),
        ResolveError::Unreadable(reason) => reason,
    }
}

/// Reads one description. Diagnostics about a file that several descriptions refer to aren't repeated.
fn fragment(
    sources: &Sources,
    file: FileId,
    said: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    // A text that doesn't parse to a mapping was reported when it was loaded.
    if !sources.root(file).value.is_object() && told(diagnostics, file) {
        return None;
    }
    let mut own = Diagnostics::default();
    let document = document::read(sources, file, &mut own);
    for diagnostic in &own {
        let Diagnostic {
            code,
            place,
            related,
            ..
        } = diagnostic.clone();
        if said.insert(format!("{code:?} {place:?}")) {
            diagnostics.push_related(code, place, related);
        }
    }
    document
}

/// Whether there are diagnostics about a file.
fn told(diagnostics: &Diagnostics, file: FileId) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| match &diagnostic.place {
            Place::Value(origin) | Place::Key(origin) => origin.file == file,
            Place::Text { file: other, .. } => *other == file,
            Place::Path(_) | Place::Nowhere => false,
        })
}

/// The root of a file.
fn whole(file: FileId) -> Origin {
    Origin {
        file,
        pointer: Pointer::root(),
    }
}
