//! Decides where each definition of another file would stand if the description were one file.
//!
//! In: the references. Out: for any place of the files, its place in that one file. What the entry lists among its components as nothing but
//! a reference to another file stands there; what takes the place of a reference in the entry, at that place; any other definition
//! is a component of its own, called as `names.rs` says. What is part of such a definition stands within.

use super::component_names as names;
use super::links::{Kind, Reference, References, references};
use super::{Document, SchemaId};
use crate::source::{FileId, Node, Origin, Pointer, Sources, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The places of all files in one file, the bundle.
#[derive(Debug)]
pub struct Homes<'a> {
    /// The file that the others are put into.
    pub entry: FileId,
    sources: &'a Sources,
    references: &'a References,
    /// Places in the bundle: of a file's parts, by their pointers.
    placed: HashMap<Origin, Placed>,
    /// The components of the entry that stand for something in another file: their places, and what stands there.
    pub hosted: Vec<(Pointer, Definition)>,
    /// The components that are added: the section, the key, and what stands there.
    pub added: Vec<(&'static [&'static str], String, Definition)>,
}

/// A definition in another file.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Where it is.
    pub origin: Origin,
    /// Whether it is a schema, and nothing else.
    pub is_schema: bool,
}

/// A place in the bundle.
#[derive(Debug, Clone)]
struct Placed {
    pointer: Pointer,
    /// Whether it is a schema that was copied, without what belongs to its file.
    is_schema: bool,
}

impl<'a> Homes<'a> {
    /// Finds a place for everything that is referred to.
    #[must_use]
    pub fn find(sources: &'a Sources, entry: FileId, references: &'a References) -> Self {
        let mut homes = Self {
            entry,
            sources,
            references,
            placed: HashMap::new(),
            hosted: Vec::new(),
            added: Vec::new(),
        };
        homes.place_inlined();
        homes.place_listed();
        homes.place_others();
        homes
    }

    /// Whether what stands at a reference takes its place.
    #[must_use]
    pub fn is_inlined(&self, reference: &Reference) -> bool {
        section(self.references, reference.kind).is_none()
    }

    /// The place in the bundle of a place in the files; `None` if it isn't in there.
    #[must_use]
    pub fn place(&self, origin: &Origin) -> Option<Pointer> {
        if origin.file == self.entry {
            return Some(origin.pointer.clone());
        }
        let mut rest = Vec::new();
        let mut at = &origin.pointer;
        loop {
            let here = Origin {
                file: origin.file,
                pointer: at.clone(),
            };
            let first = rest.last().copied().unwrap_or_default();
            let placed = self.placed.get(&here);
            let placed = placed
                .filter(|placed| !placed.is_schema || !belongs_to_file(first, self.references));
            if let Some(placed) = placed {
                let rest = rest.iter().rev();
                return Some(rest.fold(placed.pointer.clone(), |at, token| at.join(*token)));
            }
            rest.push(at.last()?);
            at = at.parent()?;
        }
    }

    /// The last of a chain of references that say nothing but the next, up to what stands somewhere.
    #[must_use]
    pub fn last(&self, reference: &'a Reference) -> &'a Reference {
        let mut last = reference;
        for _ in 0..HOPS {
            let target = self.sources.at(&last.target);
            let target = target.filter(|target| is_bare(target.value));
            let next = target.and_then(|target| self.references.of(target.value));
            match next {
                Some(next) if self.place(&last.target).is_none() => last = next,
                _ => break,
            }
        }
        last
    }

    /// What takes the place of a reference of the entry stands there, if nothing comes to stand there twice.
    fn place_inlined(&mut self) {
        for reference in &self.references.all {
            if self.is_inlined(reference)
                && reference.kind != Kind::Value
                && reference.target.file != self.entry
                && let Some(pointer) = self.place(&reference.place)
            {
                let placed = Placed {
                    pointer,
                    is_schema: false,
                };
                self.placed
                    .entry(reference.target.clone())
                    .or_insert(placed);
            }
        }
    }

    /// The components that the entry lists as nothing but a reference. Of several that mean the same, the one called like it
    /// holds it, else the first; the others refer to that.
    fn place_listed(&mut self) {
        for kind in KINDS {
            let Some(section) = section(self.references, kind) else {
                continue;
            };
            let mut listed = Vec::new();
            for (key, node) in self.components(section) {
                let own = Pointer::root();
                let own = section
                    .iter()
                    .fold(own, |at, token| at.join(*token))
                    .join(key);
                let ends = self.chain(&node);
                if !ends.is_empty() {
                    listed.push((key, own, ends));
                }
            }
            let likes = |(key, _, ends): &(&str, Pointer, Vec<Origin>)| {
                let named = |end: &Origin| names::natural(self.sources, end) == *key;
                !ends.iter().any(named)
            };
            listed.sort_by_cached_key(likes);
            for (_, own, ends) in listed {
                self.host(kind, own, ends);
            }
        }
    }

    /// Lets a component stand for what a chain of references leads to, up to what stands elsewhere already.
    fn host(&mut self, kind: Kind, own: Pointer, ends: Vec<Origin>) {
        let is_schema = kind == Kind::Schema;
        let mut last = None;
        for end in ends {
            if self.placed.contains_key(&end) {
                break;
            }
            let placed = Placed {
                pointer: own.clone(),
                is_schema,
            };
            self.placed.insert(end.clone(), placed);
            last = Some(end);
        }
        let definition = last.map(|origin| Definition { origin, is_schema });
        self.hosted
            .extend(definition.map(|definition| (own, definition)));
    }

    /// The members of a section of the entry; the section, or all components, may be in another file.
    fn components(&self, section: &[&str]) -> Vec<(&'a str, Node<'a>)> {
        let mut at = self.sources.root(self.entry);
        for token in section {
            let Some(next) = at.get(token) else {
                return Vec::new();
            };
            at = self.followed(next);
        }
        at.members().collect()
    }

    /// A node, or what takes its place.
    fn followed(&self, node: Node<'a>) -> Node<'a> {
        let mut at = node;
        for _ in 0..HOPS {
            let reference = self.references.of(at.value);
            let inlined = reference.filter(|reference| self.is_inlined(reference));
            let Some(next) = inlined.and_then(|inlined| self.sources.at(&inlined.target)) else {
                break;
            };
            at = next;
        }
        at
    }

    /// The places in other files that a component leads to without a word of its own, one after the other.
    fn chain(&self, node: &Node<'a>) -> Vec<Origin> {
        let mut ends = Vec::new();
        let mut at = node.value;
        while ends.len() < HOPS
            && at.as_object().is_some_and(|members| members.len() == 1)
            && let Some(reference) = self.references.of(at)
            && reference.target.file != self.entry
            && !ends.contains(&reference.target)
            && let Some(next) = self.sources.at(&reference.target)
        {
            ends.push(reference.target.clone());
            at = next.value;
        }
        ends
    }

    /// All other definitions that are referred to become components, in the order in which they are met.
    fn place_others(&mut self) {
        let wanted = self.wanted();
        let taken = self.taken();
        let names = names::names(self.sources, self.entry, &wanted, taken);
        for ((kind, origin), key) in wanted.into_iter().zip(names) {
            let Some(section) = section(self.references, kind) else {
                continue;
            };
            let own = section
                .iter()
                .fold(Pointer::root(), |at, token| at.join(*token));
            let is_schema = kind == Kind::Schema;
            let placed = Placed {
                pointer: own.join(key.as_str()),
                is_schema,
            };
            self.placed.insert(origin.clone(), placed);
            let definition = Definition { origin, is_schema };
            self.added.push((section, key, definition));
        }
    }

    /// The definitions that stand nowhere yet, each once, without those that are part of another.
    fn wanted(&self) -> Vec<(Kind, Origin)> {
        let mut homes = Vec::new();
        let mut seen = HashSet::new();
        for reference in &self.references.all {
            if self.is_inlined(reference) {
                continue;
            }
            let reference = self.last(reference);
            if self.is_inlined(reference) || self.place(&reference.target).is_some() {
                continue;
            }
            let (kind, origin) = &reference.home;
            // What can't be a component itself leaves the target to be one.
            let home = match section(self.references, *kind) {
                Some(_) => (*kind, origin.clone()),
                None => (reference.kind, reference.target.clone()),
            };
            if seen.insert(home.1.clone()) {
                homes.push(home);
            }
        }
        let is_part = |origin: &Origin| {
            let mut first = origin.pointer.last();
            let mut at = origin.pointer.parent();
            while let Some(pointer) = at {
                let around = Origin {
                    file: origin.file,
                    pointer: pointer.clone(),
                };
                let apart = first.is_some_and(|first| belongs_to_file(first, self.references));
                if seen.contains(&around) && !apart {
                    return true;
                }
                (first, at) = (pointer.last(), pointer.parent());
            }
            false
        };
        homes.retain(|(_, origin)| !is_part(origin));
        homes
    }

    /// The keys that the entry has in each section.
    fn taken(&self) -> BTreeMap<Kind, HashSet<String>> {
        let mut taken = BTreeMap::new();
        for kind in KINDS {
            if let Some(section) = section(self.references, kind) {
                let keys = self.components(section).into_iter();
                let keys = keys.map(|(key, _)| key.to_owned()).collect();
                taken.insert(kind, keys);
            }
        }
        taken
    }
}

/// Names what stands in other files as it would be named in one, so that the same is generated.
pub fn name_definitions(sources: &Sources, entry: FileId, document: &mut Document) {
    if sources.files().nth(1).is_none() {
        return;
    }
    let Some(references) = references(sources, entry) else {
        return;
    };
    let homes = Homes::find(sources, entry, &references);
    let elsewhere = document.schemas.iter().enumerate();
    let elsewhere = elsewhere.filter(|(_, schema)| schema.origin.file != entry);
    let ids = elsewhere.map(|(index, schema)| {
        let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        (schema.origin.clone(), id)
    });
    let ids: HashMap<_, _> = ids.collect();
    for (place, definition) in &homes.hosted {
        let Some(name) = place.last() else { continue };
        let Some(id) = ids.get(&definition.origin).filter(|_| definition.is_schema) else {
            let origin = definition.origin.clone();
            document.definitions.insert(origin, name.into());
            continue;
        };
        let mut named = document.named_schemas.iter_mut();
        if let Some((_, named)) = named.find(|(known, _)| known == name) {
            document.schemas[named.0 as usize].name = None;
            document.schemas[id.0 as usize].name = Some(name.into());
            *named = *id;
        }
    }
    for (_, key, definition) in &homes.added {
        let Some(id) = ids.get(&definition.origin).filter(|_| definition.is_schema) else {
            let origin = definition.origin.clone();
            document.definitions.insert(origin, key.as_str().into());
            continue;
        };
        document.schemas[id.0 as usize].name = Some(key.as_str().into());
        document.named_schemas.push((key.clone(), *id));
    }
}

/// Whether a value is nothing but a reference, that is: says nothing of its own.
#[must_use]
pub fn is_bare(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.len() == 1)
}

/// Longest chain of references.
const HOPS: usize = 64;

/// The kinds that can be components.
const KINDS: [Kind; 9] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::Link,
    Kind::Callback,
    Kind::MediaType,
];

/// Where components of a kind stand; `None` if this version has none of it.
#[must_use]
pub fn section(references: &References, kind: Kind) -> Option<&'static [&'static str]> {
    if references.is_v2 {
        return Some(match kind {
            Kind::Schema => &["definitions"],
            Kind::Response => &["responses"],
            Kind::Parameter => &["parameters"],
            _ => return None,
        });
    }
    Some(match kind {
        Kind::Schema => &["components", "schemas"],
        Kind::Response => &["components", "responses"],
        Kind::Parameter => &["components", "parameters"],
        Kind::Example => &["components", "examples"],
        Kind::RequestBody => &["components", "requestBodies"],
        Kind::Header => &["components", "headers"],
        Kind::Link => &["components", "links"],
        Kind::Callback => &["components", "callbacks"],
        Kind::MediaType if references.has_media_types => &["components", "mediaTypes"],
        // The name of a security scheme means something, so it stands where it is declared.
        Kind::SecurityScheme | Kind::PathItem | Kind::MediaType | Kind::Group | Kind::Value => {
            return None;
        }
    })
}

/// Members that only the root of a file of JSON Schema has: they give the file a name, by which nothing refers to it any more.
#[must_use]
pub fn belongs_to_file(key: &str, references: &References) -> bool {
    match key {
        "$schema" | "$id" => true,
        // Schemas had no definitions of their own before OpenAPI 3.1, and Draft 4 named itself by `id`.
        "definitions" | "$defs" | "id" => !references.is_json_schema,
        _ => false,
    }
}
