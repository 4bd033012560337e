//! Replaces schemas and formats by custom Rust types.
//!
//! In: the IR, and the user's configuration. Out: [`Foreign`], the custom types, each with the schemas that it replaces; and the IR in
//! which these schemas are empty, so that the rest of planning doesn't see their content. In generated code a custom type has a name in the
//! types crate that everything else uses, so its path occurs once.

mod known;
mod outside;

pub(super) use known::BASE64;
pub(super) use outside::Undeclared;

use super::Planner;
use super::doc::{self, Doc};
use super::names::{self, Case, Wanted};
use super::rust::{Ident, Named, Ty};
use super::types::ForeignType;
use super::words::Speller;
use crate::config::Options;
use crate::config::own::Entry;
use crate::ir::{Api, Bounds, Length, Operation, Shape, StringFormat, Text, TypeId};
use outside::Outside;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// The custom types.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    /// The types, without duplicates, by path.
    outside: Vec<Outside>,
    /// The replacement of each replaced schema.
    by_type: HashMap<TypeId, Stand>,
    /// The names of `outside`, once chosen.
    names: Vec<Ident>,
    /// The entries of the configuration that have had an effect.
    pub(super) met: BTreeSet<usize>,
    met_formats: BTreeSet<usize>,
    /// Paths whose package isn't declared.
    pub(super) undeclared: Vec<(Entry, Undeclared)>,
}

/// The replacement of a schema.
#[derive(Debug, Clone)]
enum Stand {
    /// A type of another crate, as an index into `outside`.
    Outside(usize),
    /// A type that generated code has anyway.
    Plain(Ty),
}

impl Foreign {
    /// Whether a schema is replaced by a type without `Eq` and `Hash`.
    pub(super) fn is_unhashable(&self, id: TypeId) -> bool {
        match self.by_type.get(&id) {
            Some(Stand::Outside(at)) => !self.outside[*at].hash,
            Some(Stand::Plain(ty)) => *ty == Ty::F64,
            None => false,
        }
    }

    /// The type that replaces a schema.
    pub(super) fn ty(&self, id: TypeId) -> Option<Ty> {
        match self.by_type.get(&id)? {
            Stand::Plain(ty) => Some(ty.clone()),
            Stand::Outside(at) => Some(Ty::Named(Named {
                name: self.names.get(*at)?.clone(),
                kind: self.outside[*at].kind(),
                of: None,
            })),
        }
    }

    /// Whether an alias would have the same name as its target: `Uuid` is `Uuid`.
    pub(super) fn is_called(&self, speller: &Speller, id: TypeId, name: &str) -> bool {
        let Some(Stand::Outside(at)) = self.by_type.get(&id) else {
            return false;
        };
        let ident = |text: &str| names::ident(speller, Case::Type, text);
        ident(name) == ident(&self.outside[*at].words)
    }

    /// The wanted names of the types of other crates.
    pub(super) fn wanted(&self) -> impl Iterator<Item = Wanted> {
        self.outside.iter().map(|outside| Wanted {
            text: outside.words.clone(),
            wire: outside.shown.replace("::", " "),
            explicit: false,
            otherwise: None,
        })
    }

    /// The names of the types of other crates.
    pub(super) fn names(&self) -> &[Ident] {
        &self.names
    }

    /// Stores the chosen names.
    pub(super) fn set_names(&mut self, names: Vec<Ident>) {
        self.names = names;
    }

    /// The items of the types crate for types of other crates.
    pub(super) fn items(&self, planner: &Planner<'_>) -> impl Iterator<Item = ForeignType> {
        let named = self.outside.iter().zip(&self.names);
        named.map(|(outside, name)| ForeignType {
            doc: outside.doc(planner),
            extras: planner
                .extras_of_all()
                .filter(|_| outside.with.is_some())
                .unwrap_or_default(),
            name: name.clone(),
            path: outside.path.clone(),
            with: outside.with.clone(),
            expected: outside.expected(),
            eq_hash: outside.hash,
            is_parameter: !outside.has_text_form(),
        })
    }

    /// The packages of these types, with the features that they need.
    pub(super) fn packages(&self) -> impl Iterator<Item = &outside::Package> {
        self.outside.iter().flat_map(|outside| &outside.packages)
    }

    /// Indexes of the entries of `[formats]` that match no schema.
    pub(super) fn unmet_formats(&self, options: &Options) -> Vec<usize> {
        let all = 0..options.own.formats.len();
        all.filter(|at| !self.met_formats.contains(at)).collect()
    }
}

/// State of finding replacements. Hints that can't be followed are added to `ignored`, schemas whose constraints aren't checked any more to
/// `unchecked`.
pub(super) struct Finding<'f> {
    pub(super) options: &'f Options,
    pub(super) ignored: &'f mut dyn FnMut(TypeId, String),
    pub(super) unchecked: &'f mut dyn FnMut(TypeId, &str),
}

impl Finding<'_> {
    /// Finds the replacements of an API's schemas, and empties these schemas.
    pub(super) fn find<'a>(&mut self, api: &'a Api) -> (Foreign, Cow<'a, Api>) {
        let own = &self.options.own;
        let mut foreign = Foreign::default();
        if own.types.is_empty() && own.formats.is_empty() && api.suggested.is_empty() {
            return (foreign, Cow::Borrowed(api));
        }
        let mut found: Vec<(TypeId, Outside)> = Vec::new();
        for id in ids(api) {
            let Some(choice) = self.choice(api, id) else {
                continue;
            };
            match choice.entry {
                Some(Entry::Type(at)) => drop(foreign.met.insert(at)),
                Some(Entry::Format(at)) => drop(foreign.met_formats.insert(at)),
                Some(Entry::Derive(_) | Entry::Attribute(_)) | None => {}
            }
            if is_constrained(api, id) {
                (self.unchecked)(id, &choice.replacement.path);
            }
            match self.plain(&choice) {
                Some(ty) => drop(foreign.by_type.insert(id, Stand::Plain(ty))),
                None => found.push((id, self.outside(api, id, &choice))),
            }
            let undeclared = self.undeclared(&choice);
            foreign.undeclared.extend(undeclared);
        }
        foreign.collect(found);
        let api = foreign.emptied(api);
        (foreign, api)
    }
}

impl Foreign {
    /// Collects the types without duplicates, sorted by path.
    fn collect(&mut self, mut found: Vec<(TypeId, Outside)>) {
        found.sort_by(|(_, a), (_, b)| a.key().cmp(&b.key()).then(a.uses.cmp(&b.uses)));
        for (id, outside) in found {
            match self.outside.last_mut() {
                Some(last) if last.key() == outside.key() => last.join(outside),
                Some(_) | None => self.outside.push(outside),
            }
            self.by_type
                .insert(id, Stand::Outside(self.outside.len() - 1));
        }
    }

    /// Empties the schemas that are replaced, and those that are only used inside of them.
    fn emptied<'a>(&self, api: &'a Api) -> Cow<'a, Api> {
        if self.by_type.is_empty() {
            return Cow::Borrowed(api);
        }
        let mut emptied = api.clone();
        let empty = |api: &mut Api, id: TypeId| {
            let ty = &mut api.types[id.index()];
            // The cheapest shape: without parts, without checks, and not nullable.
            ty.shape = Shape::String(StringFormat::Plain, Text::default());
            ty.rules = None;
        };
        for id in ids(api).filter(|id| self.by_type.contains_key(id)) {
            empty(&mut emptied, id);
        }
        for id in only_within(&emptied, |id| self.by_type.contains_key(&id)) {
            empty(&mut emptied, id);
        }
        Cow::Owned(emptied)
    }
}

fn ids(api: &Api) -> impl Iterator<Item = TypeId> + use<> {
    (0..u32::try_from(api.types.len()).unwrap_or(u32::MAX)).map(TypeId)
}

/// The types that are only used inside of types for which `is_gone` is true.
fn only_within(api: &Api, is_gone: impl Fn(TypeId) -> bool) -> Vec<TypeId> {
    // A type precedes its parts.
    let mut within: Vec<bool> = Vec::with_capacity(api.types.len());
    for ty in &api.types {
        let is_within =
            |parent: TypeId| is_gone(parent) || within.get(parent.index()) == Some(&true);
        within.push(ty.role.parent().is_some_and(is_within));
    }
    let outer = ids(api).filter(|id| !within[id.index()]);
    let mut open: Vec<TypeId> = outer
        .chain(api.operations.iter().flat_map(Operation::types))
        .collect();
    let mut used = vec![false; api.types.len()];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut used[id.index()], true) {
            open.extend(api[id].shape.parts());
        }
    }
    ids(api)
        .filter(|id| within[id.index()] && !used[id.index()])
        .collect()
}

/// Whether a schema has constraints in addition to its kind and format.
fn is_constrained(api: &Api, id: TypeId) -> bool {
    let ty = &api[id];
    let is_bounded = match &ty.shape {
        Shape::String(_, text) => *text != Text::default(),
        Shape::Integer(_, bounds) | Shape::Number(_, bounds) => *bounds != Bounds::default(),
        Shape::Enum(_) => true,
        Shape::Array(array) => array.unique || array.length != Length::default(),
        Shape::Map(map) => map.length != Length::default() || map.keys.is_some(),
        Shape::Object(object) => object.length != Length::default(),
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Tuple(_)
        | Shape::Union(_)
        | Shape::Alias(_) => false,
    };
    is_bounded || ty.rules.is_some()
}

/// Joins names as a sentence.
fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

impl Outside {
    fn doc(&self, planner: &Planner<'_>) -> Doc {
        let mut schemas = self.schemas.iter();
        // If the schema has the name of this type, there is no alias that could have the description.
        let said = match (schemas.next(), schemas.next(), self.uses.len()) {
            (Some(only), None, 1) => planner.api[*only].description.as_deref(),
            _ => None,
        };
        Doc::markdown(said.unwrap_or_default()).then(self.origin())
    }

    /// The documentation: which type it is, and what it replaces.
    fn origin(&self) -> Doc {
        let uses: Vec<String> = self.uses.iter().cloned().collect();
        let path = doc::code(&self.shown);
        let what = match (&uses[..], &self.with_shown) {
            ([], None) => format!("{path}."),
            ([], Some(with)) => format!("{path}, as {} reads and writes it.", doc::code(with)),
            (_, None) => format!("{path}, for {}.", listed(&uses)),
            (_, Some(with)) => format!(
                "{path}, for {}; {} reads and writes it.",
                listed(&uses),
                doc::code(with)
            ),
        };
        Doc::text(&what)
    }
}
