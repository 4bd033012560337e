//! Reads the root of a document: its version, and everything apart from paths.
//!
//! In: the entry file. Out: the [`Document`]. Paths, schemas and what differs between versions are left to the other modules.

use super::read::{Reader, Version, paragraphs};
use super::{Document, ExternalDocs, Info, Tag};
use crate::diag::{Code, Diagnostics, Place};
use crate::source::{FileId, Node, Sources};
use std::collections::{HashMap, HashSet};

/// Reads the description in the file `entry`; `None` if it isn't a description of a supported version. All other problems are in
/// `diagnostics`, and the document contains what could be read.
#[must_use]
pub fn read(sources: &Sources, entry: FileId, diagnostics: &mut Diagnostics) -> Option<Document> {
    let root = sources.root(entry);
    let (written, version) = match version(&root) {
        Ok(version) => version,
        Err(told) => {
            let (code, place) = *told;
            diagnostics.push(code, place);
            return None;
        }
    };
    let mut reader = Reader::new(sources, root, version, diagnostics);
    let mut document = reader.document(written);
    reader.read_schemas();
    reader.check_fields();
    (document.schemas, document.definitions) = (reader.schemas, reader.definitions);
    Some(document)
}

/// The version of the description in a file; `None` if it isn't one.
#[must_use]
pub fn version_of(sources: &Sources, file: FileId) -> Option<Version> {
    let (_, version) = version(&sources.root(file)).ok()?;
    Some(version)
}

/// The version as written, and the line that it belongs to.
pub(super) fn version(root: &Node<'_>) -> Result<(String, Version), Box<(Code, Place)>> {
    let written = |key| {
        root.get(key).map(|node| {
            let text = super::read::text_of(node.value).unwrap_or_default();
            let bare = text.trim().trim_start_matches(['v', 'V']).to_owned();
            (bare, node.origin())
        })
    };
    let known = |found: &str, lines: &[(&str, Version)]| {
        let matches = |line: &str| {
            found == line
                || found
                    .strip_prefix(line)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        lines
            .iter()
            .find(|(line, _)| matches(line))
            .map(|&(_, version)| version)
    };
    let (found, place, version) = if let Some((found, place)) = written("openapi") {
        let found = if found == "3" {
            "3.0".to_owned()
        } else {
            found
        };
        let version = known(
            &found,
            &[
                ("3.0", Version::V30),
                ("3.1", Version::V31),
                ("3.2", Version::V32),
            ],
        );
        (found, place, version)
    } else if let Some((found, place)) = written("swagger").or_else(|| written("swaggerVersion")) {
        let version = if found == "2" {
            Some(Version::V2)
        } else {
            known(&found, &[("2.0", Version::V2)])
        };
        (found, place, version)
    } else {
        return Err(Box::new((
            Code::NotADescription,
            Place::Value(root.origin()),
        )));
    };
    match version {
        Some(version) => Ok((found, version)),
        None => Err(Box::new((
            Code::UnknownVersion { found },
            Place::Value(place),
        ))),
    }
}

impl<'a> Reader<'a> {
    /// Reads everything except the schemas in the queue, which are read when all uses are known.
    fn document(&mut self, version: String) -> Document {
        let root = self.root.clone();
        // Named schemas come first, so that their ids are in document order.
        let named_schemas = self.definitions(&root);
        let security_schemes = self.security_schemes(&root);
        let servers = if self.version == Version::V2 {
            self.servers_v2(&root)
        } else {
            self.servers(&root)
        };
        self.declared = security_schemes
            .iter()
            .map(|scheme| scheme.name.clone())
            .collect();
        let paths = self.paths(&root);
        let webhooks = self.webhooks(&root);
        let security_schemes = self.with_undeclared(security_schemes);
        Document {
            version,
            info: self.info(&root),
            servers,
            paths,
            webhooks,
            named_schemas,
            security_schemes,
            tags: self.tags(&root),
            external_docs: self.external_docs(&root),
            known_formats: Vec::new(),
            definitions: HashMap::new(),
            schemas: Vec::new(),
            left_out: HashSet::new(),
            origin: root.origin(),
        }
    }

    fn definitions(&mut self, root: &Node<'a>) -> Vec<(String, super::SchemaId)> {
        if self.version == Version::V2 {
            return self.named_schemas(root, "definitions");
        }
        self.mapping(root, "components")
            .map_or_else(Vec::new, |components| {
                self.named_schemas(&components, "schemas")
            })
    }

    fn info(&mut self, root: &Node<'a>) -> Info {
        let info = self.mapping(root, "info");
        let at = info.clone().unwrap_or_else(|| root.clone());
        let mut required = |key: &str, stand_in: &str| {
            let text = info.as_ref().and_then(|info| self.text(info, key));
            text.unwrap_or_else(|| {
                let place = self.head(&at);
                self.report(
                    Code::InfoIncomplete {
                        key: key.to_owned(),
                    },
                    place,
                );
                stand_in.to_owned()
            })
        };
        let (title, version) = (required("title", "API"), required("version", "0.0.0"));
        let Some(info) = info else {
            return Info {
                title,
                version,
                ..Info::default()
            };
        };
        Info {
            title,
            version,
            summary: self.text(&info, "summary"),
            description: self.text(&info, "description"),
            terms_of_service: self.text(&info, "termsOfService"),
            contact: Self::member(&info, "contact").map(|node| node.value.clone()),
            license: Self::member(&info, "license").map(|node| node.value.clone()),
        }
    }

    fn tags(&mut self, root: &Node<'a>) -> Vec<Tag> {
        let mut tags = Vec::new();
        for tag in self.list_or_one(root, "tags") {
            let name = if tag.value.is_object() {
                self.text(&tag, "name")
            } else {
                super::read::text_of(tag.value)
            };
            match name {
                Some(name) => {
                    let summary = self.text(&tag, "summary");
                    let description = paragraphs(summary, self.text(&tag, "description"));
                    let external_docs = self.external_docs(&tag);
                    tags.push(Tag {
                        name,
                        description,
                        external_docs,
                    });
                }
                None => self.ignored("a tag with a `name`", &tag),
            }
        }
        tags
    }

    /// `externalDocs` of an object.
    pub(super) fn external_docs(&mut self, node: &Node<'a>) -> Option<ExternalDocs> {
        let docs = Self::member(node, "externalDocs")?;
        self.external_docs_at(&docs)
    }
}
