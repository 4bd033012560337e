//! Several descriptions of one API → one document.
//!
//! In: a [`Document`] for each description. Out: one, with all schemas in one arena. What two of them say alike is kept once;
//! what they say differently of the same operation, schema or security scheme is a [`Code::FragmentConflict`] at both
//! places. Title and description are the index's where theirs differ, as galleries name each fragment for its operation.

use super::parts::{Part, Parts, Signature, schema_signature, signature};
use super::{Index, whole};
use crate::diag::{Code, Diagnostics, Place};
use crate::document::{Document, Info, Operation, PathItem, SchemaId};
use crate::source::{Node, Origin, Sources};
use std::collections::{HashMap, HashSet, VecDeque};

/// Joins the fragments of an index; `None` if there are none.
pub(super) fn merge(sources: &Sources, index: &Index, fragments: Vec<Document>, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut fragments = fragments.into_iter();
    let first = fragments.next()?;
    let mut merge = Merge { sources, index, diagnostics, document: first, by_origin: HashMap::new() };
    merge.remember(0);
    for fragment in fragments {
        merge.add(fragment);
    }
    Some(merge.document)
}

struct Merge<'a> {
    sources: &'a Sources,
    index: &'a Index,
    diagnostics: &'a mut Diagnostics,
    /// What is merged so far.
    document: Document,
    /// Its schemas by where they stand: fragments may refer to the same file, and each has read it for itself.
    by_origin: HashMap<Origin, Vec<SchemaId>>,
}

/// Which schemas of a fragment are in the merged document already, under which id.
type Known = HashMap<SchemaId, SchemaId>;

impl Merge<'_> {
    fn add(&mut self, mut fragment: Document) {
        self.info(&fragment);
        self.servers(&fragment);
        self.security_schemes(&mut fragment);
        let mut known = Known::new();
        self.named_schemas(&fragment, &mut known);
        self.shared_schemas(&fragment, &mut known);
        let (mut paths, mut webhooks) = (std::mem::take(&mut fragment.paths), std::mem::take(&mut fragment.webhooks));
        self.drop_twins(&fragment, &mut paths, Document::paths_of, &mut known);
        self.drop_twins(&fragment, &mut webhooks, Document::webhooks_of, &mut known);
        self.check_ids(&paths);
        let ids = self.import_schemas(&mut fragment, &known);
        for (items, mut new) in [(&mut self.document.paths, paths), (&mut self.document.webhooks, webhooks)] {
            rewrite(&mut new, &ids);
            new.into_iter().for_each(|item| insert(items, item));
        }
        self.describe(fragment);
    }

    fn info(&mut self, fragment: &Document) {
        let (ours, theirs) = (&self.document.info, &fragment.info);
        let pairs = [
            ("version", Some(&ours.version), Some(&theirs.version)),
            ("termsOfService", ours.terms_of_service.as_ref(), theirs.terms_of_service.as_ref()),
            ("license", ours.license.as_ref(), theirs.license.as_ref()),
        ];
        let differ = |(_, a, b): &(_, Option<&String>, Option<&String>)| a.is_some() && b.is_some() && a != b;
        let differing: Vec<&str> = pairs.into_iter().filter(differ).map(|(key, ..)| key).collect();
        for key in differing {
            let place = |document: &Document| self.within(&document.origin, &["info", key]);
            self.conflict(format!("`info.{key}`"), place(fragment), place(&self.document));
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
        let (ours, theirs) = (self.sources.root(self.document.origin.file), self.sources.root(fragment.origin.file));
        let value = |root: &Node<'_>, key: &str| root.get(key).map(|node| node.value.clone());
        let differs = |key: &&str| value(&ours, key) != value(&theirs, key);
        let key = ["servers", "host", "basePath", "schemes"].into_iter().find(differs).unwrap_or("servers");
        let (here, there) = (self.within(&fragment.origin, &[key]), self.within(&self.document.origin, &[key]));
        self.conflict(format!("`{key}`"), here, there);
    }

    /// Leaves out the security schemes that are known.
    fn security_schemes(&mut self, fragment: &mut Document) {
        for scheme in std::mem::take(&mut fragment.security_schemes) {
            let Some(known) = self.document.security_schemes.iter().find(|known| known.name == scheme.name) else {
                self.document.security_schemes.push(scheme);
                continue;
            };
            if signature(known).text != signature(&scheme).text {
                let (here, there) = (Place::value(&scheme.origin), Place::value(&known.origin));
                self.conflict(format!("the security scheme `{}`", scheme.name), here, there);
            }
        }
    }

    /// Finds the named schemas of the fragment that are there already.
    fn named_schemas(&mut self, fragment: &Document, known: &mut Known) {
        let names: HashMap<String, SchemaId> = self.document.named_schemas.iter().cloned().collect();
        for (name, theirs) in &fragment.named_schemas {
            if let Some(&ours) = names.get(name) {
                // In a conflict too: a second schema of that name would only add messages about itself.
                known.insert(*theirs, ours);
                match self.same(fragment, ours, *theirs) {
                    Some(pairs) => known.extend(pairs),
                    None => {
                        let (here, there) = (place(&fragment[*theirs].origin), place(&self.document[ours].origin));
                        self.conflict(format!("the schema `{name}`"), here, there);
                    }
                }
                continue;
            }
            // A fragment may have referred to this one already, as a file without knowing its name for it.
            if let Some((ours, pairs)) = self.same_place(fragment, *theirs) {
                known.extend(pairs);
                known.insert(*theirs, ours);
                let schema = &mut self.document.schemas[ours.0 as usize];
                if schema.name.is_none() {
                    schema.name = Some(name.clone());
                }
            }
            self.document.named_schemas.extend(known.get(theirs).map(|ours| (name.clone(), *ours)));
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
        let candidates = self.by_origin.get(&fragment[theirs].origin)?;
        candidates.iter().find_map(|&ours| Some((ours, self.same(fragment, ours, theirs)?)))
    }

    /// Whether two schemas say the same; which ids of the fragment correspond to which, if so.
    fn same(&self, fragment: &Document, ours: SchemaId, theirs: SchemaId) -> Option<Known> {
        let (a, b) = (schema_signature(&self.document[ours]), schema_signature(&fragment[theirs]));
        let mut known = self.same_signature(fragment, &a, &b)?;
        known.insert(theirs, ours);
        Some(known)
    }

    fn same_signature(&self, fragment: &Document, ours: &Signature, theirs: &Signature) -> Option<Known> {
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
            // Named schemas are compared on their own: one that differs is told once, not wherever it is used.
            if ours.name.is_some() && theirs.name.is_some() {
                if ours.name != theirs.name {
                    return None;
                }
            } else if seen.insert((a, b)) {
                if !same(&schema_signature(ours), &schema_signature(theirs), &mut waiting) {
                    return None;
                }
                pairs.insert(b, a);
            }
        }
        Some(pairs)
    }

    /// Leaves out the operations that are known.
    fn drop_twins(&mut self, fragment: &Document, items: &mut Vec<PathItem>, of: fn(&Document) -> &[PathItem], known: &mut Known) {
        for item in items.iter_mut() {
            let path = item.path.clone();
            item.operations.retain(|operation| {
                let blank = blank(&path);
                let others = of(&self.document).iter().filter(|other| self::blank(&other.path) == blank);
                let mut others = others.flat_map(|item| item.operations.iter().map(|twin| (item.path.clone(), twin)));
                let Some((other, twin)) = others.find(|(_, twin)| twin.method == operation.method) else { return true };
                let (here, there) = (place(&operation.origin), place(&twin.origin));
                if other != path {
                    let related = vec![(there, "the other path".to_owned())];
                    self.diagnostics.push_related(Code::DuplicatePath { path: path.clone(), other }, here, related);
                    return false;
                }
                match self.same_signature(fragment, &signature(twin), &signature(operation)) {
                    Some(pairs) => known.extend(pairs),
                    None => self.conflict(format!("`{} {path}`", operation.method), here, there),
                }
                false
            });
        }
        items.retain(|item| !item.operations.is_empty());
    }

    /// Whether the operationIds of a fragment are new.
    fn check_ids(&mut self, items: &[PathItem]) {
        let operations = |items: &[PathItem]| -> Vec<(String, Place)> {
            let of = |operation: &Operation| Some((operation.id.clone()?, self.within(&operation.origin, &["operationId"])));
            items.iter().flat_map(|item| &item.operations).filter_map(of).collect()
        };
        let known: HashMap<String, Place> = operations(&self.document.paths).into_iter().collect();
        for (id, here) in operations(items) {
            if let Some(there) = known.get(&id) {
                let related = vec![(there.clone(), "the first is here".to_owned())];
                self.diagnostics.push_related(Code::DuplicateOperationId { id }, here, related);
            }
        }
    }

    /// Moves the schemas that aren't known into the arena; the new id of each.
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
        for (index, mut schema) in std::mem::take(&mut fragment.schemas).into_iter().enumerate() {
            if !known.contains_key(&schema_id(index)) {
                rewrite(&mut schema, &ids);
                self.document.schemas.push(schema);
            }
        }
        let new = fragment.named_schemas.iter().filter(|(_, id)| !known.contains_key(id));
        self.document.named_schemas.extend(new.map(|(name, id)| (name.clone(), ids[id.0 as usize])));
        self.remember(start);
        ids
    }

    fn remember(&mut self, start: usize) {
        for (index, schema) in self.document.schemas.iter().enumerate().skip(start) {
            self.by_origin.entry(schema.origin.clone()).or_default().push(schema_id(index));
        }
    }

    /// Joins what only describes.
    fn describe(&mut self, fragment: Document) {
        for tag in fragment.tags {
            match self.document.tags.iter_mut().find(|known| known.name == tag.name) {
                Some(known) => known.description = known.description.take().or(tag.description),
                None => self.document.tags.push(tag),
            }
        }
        if self.document.external_docs.is_none() {
            self.document.external_docs = fragment.external_docs;
        }
    }

    fn conflict(&mut self, what: String, here: Place, there: Place) {
        self.diagnostics.push_related(Code::FragmentConflict { what }, here, vec![(there, "the other description".to_owned())]);
    }

    /// The value below `origin` under `keys`, as far as it is there.
    fn within(&self, origin: &Origin, keys: &[&str]) -> Place {
        let mut at = origin.clone();
        for key in keys {
            let below = Origin { file: at.file, pointer: at.pointer.join(key) };
            if self.sources.at(&below).is_none() {
                break;
            }
            at = below;
        }
        Place::Value(at)
    }
}

impl Document {
    fn paths_of(&self) -> &[PathItem] {
        &self.paths
    }

    fn webhooks_of(&self) -> &[PathItem] {
        &self.webhooks
    }
}

/// Adds what the first of two doesn't say.
fn fill(ours: &mut Info, theirs: &Info) {
    ours.terms_of_service = ours.terms_of_service.take().or_else(|| theirs.terms_of_service.clone());
    ours.license = ours.license.take().or_else(|| theirs.license.clone());
}

/// Adds a path item, to the one of the same path if there is one.
fn insert(items: &mut Vec<PathItem>, item: PathItem) {
    match items.iter_mut().find(|known| known.path == item.path) {
        Some(known) => known.operations.extend(item.operations),
        None => items.push(item),
    }
}

/// Puts new ids in the place of those of the fragment.
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

/// The key at an origin; the file where it is the whole of one.
fn place(origin: &Origin) -> Place {
    if origin.pointer.last().is_some() { Place::key(origin) } else { Place::Value(whole(origin.file)) }
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
