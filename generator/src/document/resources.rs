//! Resolves references by the names that schemas and documents declare: `$id` (JSON Schema 2020-12, section 8.2.1), `$anchor` (8.2.2) and
//! `$self` (OpenAPI 3.2.0, section 4.1.2).
//!
//! In: a reference and its place. Out: the node of that name, if there is one. A schema with `$id` is a resource of its own: references in
//! it are relative to its URI, `#/…` is relative to the schema, and anchors belong to it. Other references are left to `resolve.rs`, which
//! looks for a file.

use super::read::{Named, Reader, Version};
use super::uri;
use crate::source::{FileId, Node, Value, percent_decode};
use std::collections::{HashMap, VecDeque};

/// The resource that a reference is relative to.
struct Resource<'a> {
    uri: String,
    root: Node<'a>,
}

impl<'a> Reader<'a> {
    /// The node that the reference at `node` means by a declared name.
    pub(super) fn by_name(&self, node: &Node<'a>, text: &str) -> Option<Node<'a>> {
        if self.version < Version::V31 {
            return None;
        }
        let (target, fragment) = text.split_once('#').unwrap_or((text, ""));
        let around = self.resource(node);
        if target.is_empty() {
            // `resolve.rs` handles fragments of whole files.
            let is_file = around.root.pointer.parent().is_none();
            return if is_file {
                None
            } else {
                self.within(&around.root, fragment)
            };
        }
        let uri = uri::resolve(&around.uri, target);
        let mut named = self.named.borrow_mut();
        let named = named.get_or_insert_with(|| self.all_named());
        self.within(named.get(&uri)?, fragment)
    }

    /// The innermost resource around a node.
    fn resource(&self, node: &Node<'a>) -> Resource<'a> {
        let mut at = self.sources.root(node.file);
        let mut around = Resource {
            uri: self.file_uri(node.file),
            root: at.clone(),
        };
        for token in node.pointer.tokens() {
            let item = || at.item(token.parse().ok()?);
            let Some(next) = at.get(token).or_else(item) else {
                break;
            };
            at = next;
            if let Some(id) = id(&at) {
                around = Resource {
                    uri: uri::resolve(&around.uri, id),
                    root: at.clone(),
                };
            }
        }
        around
    }

    /// The URI that a file declares, else its location.
    fn file_uri(&self, file: FileId) -> String {
        let root = self.sources.root(file);
        let path = self.sources.path(file).to_string_lossy().replace('\\', "/");
        let place = format!("file:///{}", path.trim_start_matches('/'));
        let own = root.value.get("$self").and_then(Value::as_str);
        match own.or_else(|| id(&root)) {
            Some(own) => uri::resolve(&place, own),
            None => place,
        }
    }

    /// Resolves a fragment in a resource: a pointer from its root, or one of its anchors.
    fn within(&self, root: &Node<'a>, fragment: &str) -> Option<Node<'a>> {
        let fragment = percent_decode(fragment)?;
        if fragment.is_empty() {
            return Some(root.clone());
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            let address = std::ptr::from_ref(root.value).addr();
            let mut known = self.inside.borrow_mut();
            let known = known.entry(address).or_insert_with(|| anchors(root));
            return known.get(&*fragment).cloned();
        };
        pointer.split('/').try_fold(root.clone(), |at, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            at.get(&token).or_else(|| at.item(token.parse().ok()?))
        })
    }

    /// Everything with a declared URI. Of duplicates the outermost, then the first.
    fn all_named(&self) -> Named<'a> {
        let mut named = Named::new();
        for file in self.sources.files() {
            let root = self.sources.root(file);
            let uri = self.file_uri(file);
            if root.get("$self").is_some() || id(&root).is_some() {
                named.entry(uri.clone()).or_insert_with(|| root.clone());
            }
            let mut waiting = VecDeque::from([(root, uri)]);
            while let Some((node, base)) = waiting.pop_front() {
                let own = id(&node).filter(|_| node.pointer.parent().is_some());
                let base = match own {
                    Some(own) => {
                        let uri = uri::resolve(&base, own);
                        named.entry(uri.clone()).or_insert_with(|| node.clone());
                        uri
                    }
                    None => base,
                };
                let parts = parts(&node).map(|part| (part, base.clone()));
                waiting.extend(parts);
            }
        }
        named
    }
}

/// The URI that a schema declares. Ignores a property named `$id`, and a mere anchor, which earlier drafts wrote like that.
fn id<'a>(node: &Node<'a>) -> Option<&'a str> {
    match node.value.get("$id") {
        Some(Value::String(id)) if !id.starts_with('#') => Some(id),
        _ => None,
    }
}

/// The children that may contain schemas, which excludes examples and values.
fn parts<'a>(node: &Node<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let members = node
        .members()
        .filter(|(key, _)| !matches!(*key, "example" | "examples" | "default" | "const" | "enum"));
    let members = members.map(|(_, member)| member).chain(node.items());
    members.filter(|part| part.value.is_object() || part.value.is_array())
}

/// The schemas with an anchor in a resource, excluding resources nested in it. Of duplicates the outermost, then the first.
fn anchors<'a>(root: &Node<'a>) -> HashMap<&'a str, Node<'a>> {
    let mut anchors = HashMap::new();
    let mut waiting = VecDeque::from([root.clone()]);
    while let Some(node) = waiting.pop_front() {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(Value::String(name)) = node.value.get(keyword) {
                anchors.entry(&**name).or_insert_with(|| node.clone());
            }
        }
        waiting.extend(parts(&node).filter(|part| id(part).is_none()));
    }
    anchors
}
