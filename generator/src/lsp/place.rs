//! What a request is about: a cursor in a document, and where other things are.

use super::documents::{Document, Documents};
use super::positions::Lines;
use super::tree::{Beneath, NodeId, Span, Tree};
use super::worker::Analysis;
use crate::document::{Kind, Part, Version};
use crate::source::{FileId, Origin, Pointer, percent_decode};
use gen_lsp_types::Range;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A cursor, and what is known of the description around it.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) document: &'a Document,
    pub(super) offset: usize,
    /// The last analysis of the description, and the document in it.
    pub(super) known: Option<(&'a Analysis, FileId)>,
}

impl<'a> At<'a> {
    pub(super) fn text(&self) -> &'a str {
        &self.document.text
    }

    pub(super) fn tree(&self) -> &'a Tree {
        self.document.tree()
    }

    pub(super) fn beneath(&self) -> Option<Beneath> {
        self.tree().beneath(self.offset)
    }

    /// The range of the key or value beneath the cursor.
    pub(super) fn span(&self, beneath: Beneath) -> Span {
        let tree = self.tree();
        let key = tree.key(beneath.node).filter(|_| beneath.is_key);
        key.unwrap_or_else(|| tree.value(beneath.node))
    }

    /// A place in the document, as the analysis has it.
    pub(super) fn origin(&self, node: NodeId) -> Option<Origin> {
        let (_, file) = self.known?;
        let pointer = self.tree().pointer(node, self.text());
        Some(Origin { file, pointer })
    }

    /// The version of the description.
    pub(super) fn version(&self) -> Version {
        let (tree, text) = (self.tree(), self.text());
        let own = |key: &str| {
            let node = tree.child(Tree::root(), key, text)?;
            tree.text(node, text)
        };
        let known = self.known.and_then(|(analysis, _)| analysis.version);
        match (own("openapi"), own("swagger")) {
            (Some(version), _) if version.starts_with("3.2") => Version::V32,
            (Some(version), _) if version.starts_with("3.0") => Version::V30,
            (Some(_), _) => Version::V31,
            (None, Some(_)) => Version::V2,
            (None, None) => known.unwrap_or(Version::V31),
        }
    }

    /// What the specification says of the place that a pointer leads to.
    pub(super) fn part(&self, pointer: &Pointer) -> Option<Part> {
        let tokens = pointer.tokens();
        if self.document.is_entry() {
            return Part::DESCRIPTION.at(&tokens);
        }
        // A part of a description: what refers to it says what it is.
        let (analysis, file) = self.known?;
        let references = analysis.references()?.all.iter();
        let around = references.filter(|one| one.target.file == file);
        let around = around.filter_map(|one| {
            let target = one.target.pointer.tokens();
            let object = one.kind.object()?;
            Some((object, tokens.strip_prefix(&*target)?, target.len()))
        });
        let (object, rest, _) = around.max_by_key(|(.., length)| *length)?;
        Part::Of(object).at(rest)
    }

    /// The text of a reference beneath the cursor, and the node that has it.
    pub(super) fn reference(&self) -> Option<(Cow<'a, str>, NodeId)> {
        let beneath = self.beneath()?;
        let (tree, text) = (self.tree(), self.text());
        let written = tree.text(beneath.node, text)?;
        let parent = tree.parent(beneath.node);
        let around = parent.map(|parent| tree.name(parent, text));
        let is_reference = match &*tree.name(beneath.node, text) {
            "$ref" | "operationRef" | "$dynamicRef" | "externalValue" => true,
            _ => around.as_deref() == Some("mapping"),
        };
        is_reference.then_some((written, beneath.node))
    }

    /// Where a reference in the document leads.
    pub(super) fn target(&self, reference: &str) -> Option<Target> {
        if let Some(fragment) = reference.strip_prefix('#') {
            let pointer = Pointer::parse(&percent_decode(fragment)?);
            let tree = self.tree();
            let found =
                pointer.filter(|pointer| tree.find(&pointer.tokens(), self.text()).is_some());
            if let Some(pointer) = found {
                let path = self.document.path.clone();
                return Some(Target { path, pointer });
            }
        }
        let (analysis, file) = self.known?;
        let sources = &analysis.sources;
        let is_name = !reference.contains(['#', '/', '.']);
        let named = is_name.then(|| {
            let schemas = ["components", "schemas", reference];
            let pointer = schemas
                .iter()
                .fold(Pointer::root(), |at, token| at.join(*token));
            let file = analysis.entry;
            Origin { file, pointer }
        });
        let named = named.filter(|origin| sources.at(origin).is_some());
        let origin = named.or_else(|| sources.resolve(file, reference).ok())?;
        Some(Target {
            path: sources.actual(origin.file).to_path_buf(),
            pointer: origin.pointer,
        })
    }

    /// The same place in the analysis.
    pub(super) fn known_origin(&self, target: &Target) -> Option<Origin> {
        let (analysis, _) = self.known?;
        Some(Origin {
            file: analysis.sources.find(&target.path)?,
            pointer: target.pointer.clone(),
        })
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) path: PathBuf,
    pub(super) pointer: Pointer,
}

/// Finds places in files, whether open or not.
pub(super) struct Finder<'a> {
    documents: &'a Documents,
    analysis: Option<&'a Analysis>,
    /// Of files that aren't open.
    read: BTreeMap<PathBuf, (&'a str, Tree, Lines)>,
}

/// The ranges of a definition: of all of it, and of its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranges {
    pub(super) whole: Range,
    pub(super) name: Range,
}

impl<'a> Finder<'a> {
    pub(super) fn new(documents: &'a Documents, analysis: Option<&'a Analysis>) -> Self {
        Self {
            documents,
            analysis,
            read: BTreeMap::new(),
        }
    }

    /// The ranges of a place; of one that doesn't exist any more, those of what is around it.
    pub(super) fn ranges(&mut self, target: &Target) -> Option<Ranges> {
        if let Some(document) = self.documents.of(&target.path) {
            let (tree, lines) = (document.tree(), document.lines());
            return Some(ranges(&document.text, tree, lines, &target.pointer));
        }
        if !self.read.contains_key(&target.path) {
            let read = self.read(&target.path)?;
            self.read.insert(target.path.clone(), read);
        }
        let (text, tree, lines) = self.read.get(&target.path)?;
        Some(ranges(text, tree, lines, &target.pointer))
    }

    fn read(&self, path: &Path) -> Option<(&'a str, Tree, Lines)> {
        let sources = &self.analysis?.sources;
        let text = sources.text(sources.find(path)?);
        let lines = Lines::of(text, self.documents.encoding);
        Some((text, Tree::of(text), lines))
    }
}

fn ranges(text: &str, tree: &Tree, lines: &Lines, pointer: &Pointer) -> Ranges {
    let mut node = Tree::root();
    for token in pointer.tokens() {
        match tree.child(node, token, text) {
            Some(child) => node = child,
            None => break,
        }
    }
    let whole = tree.whole(node);
    let name = match tree.key(node) {
        Some(key) => key,
        // The beginning of an item or a file.
        None => Span {
            start: whole.start,
            end: whole.start,
        },
    };
    Ranges {
        whole: lines.range(text, whole.start, whole.end),
        name: lines.range(text, name.start, name.end),
    }
}

/// What may be referred to from a place, by what the specification says of it.
pub(super) fn kind(part: Part) -> Option<Kind> {
    part.object().map(Kind::of)
}
