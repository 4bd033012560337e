//! Merges several descriptions of one API into one document.
//!
//! In: a [`Document`] for each description. Out: one document, with all schemas in one arena. Equal definitions are kept once; different
//! definitions of the same operation, schema or security scheme are a [`Code::FragmentConflict`] at both places. A title or description
//! that differs between fragments is taken from the index, as galleries name each fragment after its operation.

use super::parts::{Part, Parts, Signature, schema_signature, signature};
use super::{Index, whole};
use crate::diag::{Code, Diagnostics, Place};
use crate::document::{Document, Info, Operation, PathItem, SchemaId};
use crate::source::{FileId, Node, Origin, Sources};
use std::collections::{HashMap, HashSet, VecDeque};

/// Merges the fragments of an index; `None` if there are none.
pub(super) fn merge(
    sources: &Sources,
    index: &Index,
    fragments: Vec<Document>,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let document = head(fragments.first()?);
    let mut merge = Merge {
        sources,
        index,
        diagnostics,
        document,
        met: Met::default(),
    };
    for fragment in fragments {
        merge.add(fragment);
    }
    Some(merge.document)
}

/// The part of the first fragment that the merged document begins with.
fn head(first: &Document) -> Document {
    Document {
        version: first.version.clone(),
        info: first.info.clone(),
        servers: first.servers.clone(),
        paths: Vec::new(),
        webhooks: Vec::new(),
        named_schemas: Vec::new(),
        security_schemes: Vec::new(),
        tags: Vec::new(),
        external_docs: None,
        known_formats: Vec::new(),
        definitions: HashMap::new(),
        schemas: Vec::new(),
        left_out: HashSet::new(),
        origin: first.origin.clone(),
    }
}

struct Merge<'a> {
    sources: &'a Sources,
    index: &'a Index,
    diagnostics: &'a mut Diagnostics,
    /// The document merged so far.
    document: Document,
    met: Met,
}

/// Indexes into the merged document.
#[derive(Default)]
struct Met {
    /// Schemas by name.
    names: HashMap<String, SchemaId>,
    /// Schemas by origin: fragments may refer to the same file, and each of them has read it.
    places: HashMap<Origin, Vec<SchemaId>>,
    /// Path items by path.
    items: HashMap<(List, String), usize>,
    /// Operations by the requests they respond to: path without the names of its templates, and method.
    calls: HashMap<(List, String, String), (usize, usize)>,
    /// Operations by operationId.
    ids: HashMap<String, Place>,
}

/// The two lists of path items in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum List {
    Paths,
    Webhooks,
}

/// Schemas of a fragment that the merged document already has, with their ids there.
type Known = HashMap<SchemaId, SchemaId>;

impl Merge<'_> {
    fn add(&mut self, mut fragment: Document) {
        let definitions = std::mem::take(&mut fragment.definitions);
        self.document.definitions.extend(definitions);
        self.info(&fragment);
        self.servers(&fragment);
        self.security_schemes(&mut fragment);
        let mut known = Known::new();
        self.named_schemas(&fragment, &mut known);
        self.shared_schemas(&fragment, &mut known);
        let lists = [
            (List::Paths, std::mem::take(&mut fragment.paths)),
            (List::Webhooks, std::mem::take(&mut fragment.webhooks)),
        ];
        let lists = lists.map(|(list, items)| {
            (
                list,
                self.new_operations(&fragment, list, items, &mut known),
            )
        });
        let ids = self.import_schemas(&mut fragment, &known);
        for (list, mut items) in lists {
            rewrite(&mut items, &ids);
            for item in items {
                self.insert(list, item);
            }
        }
        self.describe(fragment);
    }

    fn info(&mut self, fragment: &Document) {
        let (ours, theirs) = (&self.document.info, &fragment.info);
        let pairs = [
            ("version", Some(&*ours.version), Some(&*theirs.version)),
            (
                "termsOfService",
                ours.terms_of_service.as_deref(),
                theirs.terms_of_service.as_deref(),
            ),
            ("license", ours.license_name(), theirs.license_name()),
        ];
        let differ =
            |(_, a, b): &(_, Option<&str>, Option<&str>)| a.is_some() && b.is_some() && a != b;
        let differing: Vec<&str> = pairs
            .into_iter()
            .filter(differ)
            .map(|(key, ..)| key)
            .collect();
        for key in differing {
            let place = |document: &Document| self.within(&document.origin, &["info", key]);
            self.conflict(
                format!("`info.{key}`"),
                place(fragment),
                place(&self.document),
            );
        }
        let (ours, theirs) = (&mut self.document.info, &fragment.info);
        if ours.title != theirs.title
            && let Some(name) = &self.index.name
        {
            ours.title.clone_from(name);
        }
        if ours.description != theirs.description {
            ours.description.clone_from(&self.index.description);
        }
        if ours.summary != theirs.summary {
            ours.summary = None;
        }
        fill(ours, theirs);
    }

    fn servers(&mut self, fragment: &Document) {
        if format!("{:?}", self.document.servers) == format!("{:?}", fragment.servers) {
            return;
        }
        let (ours, theirs) = (
            self.sources.root(self.document.origin.file),
            self.sources.root(fragment.origin.file),
        );
        let value = |root: &Node<'_>, key: &str| root.get(key).map(|node| node.value.clone());
        let differs = |key: &&str| value(&ours, key) != value(&theirs, key);
        let key = ["servers", "host", "basePath", "schemes"]
            .into_iter()
            .find(differs)
            .unwrap_or("servers");
        let (here, there) = (
            self.within(&fragment.origin, &[key]),
            self.within(&self.document.origin, &[key]),
        );
        self.conflict(format!("`{key}`"), here, there);
    }

    /// Drops the security schemes that the merged document already has.
    fn security_schemes(&mut self, fragment: &mut Document) {
        for scheme in std::mem::take(&mut fragment.security_schemes) {
            let Some(known) = self
                .document
                .security_schemes
                .iter()
                .find(|known| known.name == scheme.name)
            else {
                self.document.security_schemes.push(scheme);
                continue;
            };
            if signature(known).text != signature(&scheme).text {
                let (here, there) = (place(&scheme.origin), place(&known.origin));
                self.conflict(
                    format!("the security scheme `{}`", scheme.name),
                    here,
                    there,
                );
            }
        }
    }

    /// Finds the named schemas of the fragment that the merged document already has.
    fn named_schemas(&mut self, fragment: &Document, known: &mut Known) {
        for (name, theirs) in &fragment.named_schemas {
            if let Some(&ours) = self.met.names.get(name) {
                // Also after a conflict: a second schema of that name would only add messages about itself.
                known.insert(*theirs, ours);
                if let Some(pairs) = self.same(fragment, ours, *theirs) {
                    known.extend(pairs);
                } else {
                    let (here, there) = (
                        place(&fragment[*theirs].origin),
                        place(&self.document[ours].origin),
                    );
                    self.conflict(format!("the schema `{name}`"), here, there);
                }
                continue;
            }
            // Another fragment may have referred to this schema as a file, without knowing its name.
            if let Some((ours, pairs)) = self.same_place(fragment, *theirs) {
                known.extend(pairs);
                known.insert(*theirs, ours);
                self.document.schemas[ours.0 as usize]
                    .name
                    .get_or_insert_with(|| name.as_str().into());
                self.name(name, ours);
            }
        }
    }

    /// Finds the schemas of the fragment that another fragment has read from the same place.
    fn shared_schemas(&mut self, fragment: &Document, known: &mut Known) {
        for index in 0..fragment.schemas.len() {
            let theirs = schema_id(index);
            if !known.contains_key(&theirs)
                && let Some((_, pairs)) = self.same_place(fragment, theirs)
            {
                known.extend(pairs);
            }
        }
    }

    fn same_place(&self, fragment: &Document, theirs: SchemaId) -> Option<(SchemaId, Known)> {
        let candidates = self.met.places.get(&fragment[theirs].origin)?;
        candidates
            .iter()
            .find_map(|&ours| Some((ours, self.same(fragment, ours, theirs)?)))
    }

    /// Compares two schemas; if they are equal, returns which ids of the fragment correspond to which.
    fn same(&self, fragment: &Document, ours: SchemaId, theirs: SchemaId) -> Option<Known> {
        let (a, b) = (
            schema_signature(&self.document[ours]),
            schema_signature(&fragment[theirs]),
        );
        let mut known = self.same_signature(fragment, &a, &b)?;
        known.insert(theirs, ours);
        Some(known)
    }

    fn same_signature(
        &self,
        fragment: &Document,
        ours: &Signature,
        theirs: &Signature,
    ) -> Option<Known> {
        let mut pairs = Known::new();
        let mut seen = HashSet::new();
        let mut waiting = VecDeque::new();
        let same = |a: &Signature, b: &Signature, waiting: &mut VecDeque<_>| {
            waiting.extend(a.schemas.iter().copied().zip(b.schemas.iter().copied()));
            a.text == b.text && a.schemas.len() == b.schemas.len()
        };
        if !same(ours, theirs, &mut waiting) {
            return None;
        }
        while let Some((a, b)) = waiting.pop_front() {
            let (ours, theirs) = (&self.document[a], &fragment[b]);
            // Named schemas are compared on their own, so that a difference is reported once, not at every use.
            if ours.name.is_some() && theirs.name.is_some() {
                if ours.name != theirs.name {
                    return None;
                }
            } else if seen.insert((a, b)) {
                if !same(
                    &schema_signature(ours),
                    &schema_signature(theirs),
                    &mut waiting,
                ) {
                    return None;
                }
                pairs.insert(b, a);
            }
        }
        Some(pairs)
    }

    /// The path items of a fragment, reduced to the operations that are new.
    fn new_operations(
        &mut self,
        fragment: &Document,
        list: List,
        items: Vec<PathItem>,
        known: &mut Known,
    ) -> Vec<PathItem> {
        let mut new = Vec::new();
        for mut item in items {
            let operations = std::mem::take(&mut item.operations).into_iter();
            item.operations = operations
                .filter(|operation| self.is_new(fragment, list, &item.path, operation, known))
                .collect();
            if !item.operations.is_empty() {
                new.push(item);
            }
        }
        new
    }

    fn is_new(
        &mut self,
        fragment: &Document,
        list: List,
        path: &str,
        operation: &Operation,
        known: &mut Known,
    ) -> bool {
        let call = (list, blank(path), operation.method.clone());
        let Some(&(item, index)) = self.met.calls.get(&call) else {
            return true;
        };
        let items = match list {
            List::Paths => &self.document.paths,
            List::Webhooks => &self.document.webhooks,
        };
        let item = &items[item];
        let twin = &item.operations[index];
        let (here, there) = (place(&operation.origin), place(&twin.origin));
        if item.path != path {
            let code = Code::DuplicatePath {
                path: path.to_owned(),
                other: item.path.clone(),
            };
            self.diagnostics
                .push_related(code, here, vec![(there, "the other path".to_owned())]);
        } else if let Some(pairs) =
            self.same_signature(fragment, &signature(twin), &signature(operation))
        {
            known.extend(pairs);
        } else {
            self.conflict(format!("`{} {path}`", operation.method), here, there);
        }
        false
    }

    fn items_mut(&mut self, list: List) -> &mut Vec<PathItem> {
        match list {
            List::Paths => &mut self.document.paths,
            List::Webhooks => &mut self.document.webhooks,
        }
    }

    /// Adds operations, to the existing path item of the same path if there is one.
    fn insert(&mut self, list: List, item: PathItem) {
        let blank = blank(&item.path);
        let next = self.items_mut(list).len();
        let at = *self
            .met
            .items
            .entry((list, item.path.clone()))
            .or_insert(next);
        if at == next {
            self.items_mut(list).push(PathItem {
                operations: Vec::new(),
                ..item.clone()
            });
        }
        for operation in item.operations {
            self.check_id(&operation);
            let operations = &mut self.items_mut(list)[at].operations;
            let (index, method) = (operations.len(), operation.method.clone());
            operations.push(operation);
            self.met
                .calls
                .insert((list, blank.clone(), method), (at, index));
        }
    }

    /// Reports an operationId that another fragment uses already.
    fn check_id(&mut self, operation: &Operation) {
        let Some(id) = operation.id.clone() else {
            return;
        };
        let here = self.within(&operation.origin, &["operationId"]);
        // Duplicates within one file have been reported.
        match self.met.ids.get(&id) {
            Some(there) if file(there) != file(&here) => {
                let related = vec![(there.clone(), "the first is here".to_owned())];
                self.diagnostics
                    .push_related(Code::DuplicateOperationId { id }, here, related);
            }
            Some(_) => {}
            None => drop(self.met.ids.insert(id, here)),
        }
    }

    /// Moves the schemas that are new into the arena; returns the new id of each.
    fn import_schemas(&mut self, fragment: &mut Document, known: &Known) -> Vec<SchemaId> {
        let start = self.document.schemas.len();
        let mut next = start;
        let mut ids = Vec::with_capacity(fragment.schemas.len());
        for index in 0..fragment.schemas.len() {
            ids.push(known.get(&schema_id(index)).copied().unwrap_or_else(|| {
                next += 1;
                schema_id(next - 1)
            }));
        }
        for (index, mut schema) in std::mem::take(&mut fragment.schemas)
            .into_iter()
            .enumerate()
        {
            if !known.contains_key(&schema_id(index)) {
                rewrite(&mut schema, &ids);
                self.document.schemas.push(schema);
            }
        }
        for (name, theirs) in &fragment.named_schemas {
            if !known.contains_key(theirs) {
                self.name(name, ids[theirs.0 as usize]);
            }
        }
        for index in start..self.document.schemas.len() {
            let origin = self.document.schemas[index].origin.clone();
            self.met
                .places
                .entry(origin)
                .or_default()
                .push(schema_id(index));
        }
        ids
    }

    fn name(&mut self, name: &str, schema: SchemaId) {
        self.document.named_schemas.push((name.to_owned(), schema));
        self.met.names.insert(name.to_owned(), schema);
    }

    /// Merges tags, links and other descriptive parts.
    fn describe(&mut self, fragment: Document) {
        for tag in fragment.tags {
            match self
                .document
                .tags
                .iter_mut()
                .find(|known| known.name == tag.name)
            {
                Some(known) => known.description = known.description.take().or(tag.description),
                None => self.document.tags.push(tag),
            }
        }
        if self.document.external_docs.is_none() {
            self.document.external_docs = fragment.external_docs;
        }
    }

    fn conflict(&mut self, what: String, here: Place, there: Place) {
        self.diagnostics.push_related(
            Code::FragmentConflict { what },
            here,
            vec![(there, "the other description".to_owned())],
        );
    }

    /// The place under `keys` below `origin`, as deep as it exists.
    fn within(&self, origin: &Origin, keys: &[&str]) -> Place {
        let mut at = origin.clone();
        for key in keys {
            let below = Origin {
                file: at.file,
                pointer: at.pointer.join(*key),
            };
            if self.sources.at(&below).is_none() {
                break;
            }
            at = below;
        }
        Place::Value(at)
    }
}

/// Fills fields that are empty in the first from the second.
fn fill(ours: &mut Info, theirs: &Info) {
    ours.terms_of_service = ours
        .terms_of_service
        .take()
        .or_else(|| theirs.terms_of_service.clone());
    ours.license = ours.license.take().or_else(|| theirs.license.clone());
}

fn file(place: &Place) -> Option<FileId> {
    match place {
        Place::Value(origin) | Place::Key(origin) => Some(origin.file),
        _ => None,
    }
}

/// Replaces the schema ids of a fragment by those of the merged document.
fn rewrite(part: &mut impl Parts, ids: &[SchemaId]) {
    part.visit(&mut |part| {
        if let Part::Schema(id) = part {
            *id = ids[id.0 as usize];
        }
    });
}

fn schema_id(index: usize) -> SchemaId {
    SchemaId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The key at an origin, or the file itself for its root.
fn place(origin: &Origin) -> Place {
    if origin.pointer.last().is_some() {
        Place::key(origin)
    } else {
        Place::Value(whole(origin.file))
    }
}

/// A path without the names of its templates.
fn blank(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, inside)) = rest.split_once('{') {
        let (_, after) = inside.split_once('}').unwrap_or(("", ""));
        out += before;
        out += "{}";
        rest = after;
    }
    out + rest
}
