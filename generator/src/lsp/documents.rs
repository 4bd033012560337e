//! The documents that are open in the editor.

use super::positions::{Encoding, Lines};
use super::tree::Tree;
use super::uri;
use gen_lsp_types::Range;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document, whose text may differ from that of its file.
#[derive(Debug)]
pub(super) struct Document {
    /// As the client writes it.
    pub(super) uri: String,
    /// The canonical path.
    pub(super) path: PathBuf,
    pub(super) version: i32,
    /// Shared with those who read it in the background.
    pub(super) text: Arc<String>,
    encoding: Encoding,
    lines: OnceCell<Lines>,
    tree: OnceCell<Tree>,
}

impl Document {
    pub(super) fn lines(&self) -> &Lines {
        let make = || Lines::of(&self.text, self.encoding);
        self.lines.get_or_init(make)
    }

    pub(super) fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::of(&self.text))
    }

    /// Whether it is a description itself, or an index of descriptions, and not a part of one.
    pub(super) fn is_entry(&self) -> bool {
        let tree = self.tree();
        let has = |key| tree.child(Tree::root(), key, &self.text).is_some();
        has("openapi") || has("swagger") || has("swaggerVersion") || (has("apis") && has("aid"))
    }

    /// Replaces a part of the text, or all of it.
    fn edit(&mut self, range: Option<Range>, new: &str) {
        let range = range.map(|range| {
            let lines = self.lines();
            let start = lines.offset(&self.text, range.start);
            (start, lines.offset(&self.text, range.end).max(start))
        });
        // Copies the text if somebody reads it.
        let text = Arc::make_mut(&mut self.text);
        match range {
            // Offsets of positions are between characters.
            Some((start, end)) => text.replace_range(start..end, new),
            None => new.clone_into(text),
        }
        self.lines.take();
        self.tree.take();
    }
}

/// All open documents.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) encoding: Encoding,
    by_uri: BTreeMap<String, Document>,
}

impl Documents {
    /// Opens a document; returns its path, `None` if it isn't a file.
    pub(super) fn open(&mut self, uri: &str, version: i32, text: String) -> Option<PathBuf> {
        let path = uri::path(uri)?;
        let path = path.canonicalize().unwrap_or(path);
        let document = Document {
            uri: uri.to_owned(),
            path: path.clone(),
            version,
            text: Arc::new(text),
            encoding: self.encoding,
            lines: OnceCell::new(),
            tree: OnceCell::new(),
        };
        self.by_uri.insert(uri.to_owned(), document);
        Some(path)
    }

    /// Applies changes, one after the other; returns the path of the document.
    pub(super) fn change<'c>(
        &mut self,
        uri: &str,
        version: i32,
        changes: impl IntoIterator<Item = (Option<Range>, &'c str)>,
    ) -> Option<PathBuf> {
        let document = self.by_uri.get_mut(uri)?;
        for (range, new) in changes {
            document.edit(range, new);
        }
        document.version = version;
        Some(document.path.clone())
    }

    /// Closes a document; returns its path.
    pub(super) fn close(&mut self, uri: &str) -> Option<PathBuf> {
        Some(self.by_uri.remove(uri)?.path)
    }

    pub(super) fn get(&self, uri: &str) -> Option<&Document> {
        self.by_uri.get(uri)
    }

    /// The document of a file.
    pub(super) fn of(&self, path: &Path) -> Option<&Document> {
        self.iter().find(|document| document.path == path)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.by_uri.values()
    }

    /// The URI of a file: the client's, if it is open.
    pub(super) fn uri(&self, path: &Path) -> String {
        let open = self.of(path).map(|document| document.uri.clone());
        open.unwrap_or_else(|| uri::of(path))
    }

    /// The texts by path.
    pub(super) fn texts(&self) -> BTreeMap<PathBuf, Arc<String>> {
        let texts = self.iter();
        texts
            .map(|document| (document.path.clone(), Arc::clone(&document.text)))
            .collect()
    }
}
