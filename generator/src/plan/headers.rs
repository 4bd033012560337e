//! Plans response headers: a struct for each set of headers, shared by all operations.

use super::doc::{self, Doc};
use super::grouping::OperationNames;
use super::names::{self, Case, Wanted};
use super::operations::{HeaderField, Headers};
use super::required::are_confusable;
use super::rust::{Ident, Ty};
use super::shapes::Shapes;
use super::{Planner, taken};
use crate::ir;
use std::collections::BTreeMap;

/// Headers of the message itself, which are handled elsewhere (OpenAPI 3.1.1, section 4.8.17.1).
const OF_THE_MESSAGE: &[&str] = &["content-type", "content-length", "transfer-encoding"];

/// Methods of the server's structs that setters must not hide.
const SETTERS_TAKEN: &[&str] = &["clone", "default", "fmt", "new", "write"];

/// All sets of headers, and the set of each operation.
pub(super) struct HeaderSets {
    pub(super) sets: Vec<Headers>,
    /// Index into `sets`, by operation.
    pub(super) by_operation: Vec<Option<usize>>,
}

/// The key of a set: for each header the name, the type, whether it is a list, and whether it is required.
type Key = Vec<(String, Ty, bool, bool)>;

impl Planner<'_> {
    /// The sets of headers, one for all operations with the same headers.
    pub(super) fn header_sets(&self, shapes: &Shapes, names: &[OperationNames]) -> HeaderSets {
        let api = self.api;
        let mut keys: Vec<Key> = Vec::new();
        let mut first: Vec<usize> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let by_operation = (0..api.operations.len())
            .map(|index| {
                let key = key(api, shapes, &api.operations[index]);
                if key.is_empty() {
                    return None;
                }
                let at = *known.entry(format!("{key:?}")).or_insert(keys.len());
                if at == keys.len() {
                    keys.push(key);
                    first.push(index);
                } else if names[index].type_name < names[first[at]].type_name {
                    first[at] = index;
                }
                Some(at)
            })
            .collect();
        let wanted: Vec<Wanted> = keys.iter().map(|key| self.wanted_set(key)).collect();
        let idents = names::scope(&self.speller, Case::Type, taken::HEADERS, &wanted).idents;
        let taken: Vec<&str> = idents.iter().map(Ident::as_str).collect();
        let taken = [taken::HEADERS, &taken].concat();
        let required = idents
            .iter()
            .map(|name| Wanted::as_on_wire(&format!("{}Required", name.plain())));
        let required: Vec<Wanted> = required.collect();
        let required = names::scope(&self.speller, Case::Type, &taken, &required).idents;
        let sets = keys.iter().zip(idents.iter().zip(required)).zip(first);
        let sets = sets.map(|((key, (name, required)), first)| {
            let fields = self.header_fields(key, &api.operations[first]);
            let arguments = fields.iter().filter(|field| field.is_one());
            let is_by_name = are_confusable(arguments.map(|field| &field.ty));
            Headers {
                name: name.clone(),
                required: is_by_name.then_some(required),
                fields,
            }
        });
        HeaderSets {
            sets: sets.collect(),
            by_operation,
        }
    }

    /// A set is named after its headers, so that no operation that is added renames it; operations have aliases.
    fn wanted_set(&self, key: &Key) -> Wanted {
        let camel = |(name, ..): &(String, Ty, bool, bool)| {
            names::ident(&self.speller, Case::Type, name)
                .plain()
                .to_owned()
        };
        Wanted {
            text: key.iter().map(camel).collect::<String>() + "Headers",
            // Sets with the same header names differ in types.
            wire: format!("{key:?}").replace(|c: char| !c.is_alphanumeric(), ""),
            explicit: false,
            otherwise: Some(self.distinguished(key)),
        }
    }

    /// Words for a set that has the names of another: with what each header holds.
    fn distinguished(&self, key: &Key) -> String {
        let words = key.iter().map(|(name, ty, list, required)| {
            let presence = if *required { "required" } else { "" };
            let list = if *list { "list" } else { "" };
            format!("{presence} {} {list} {name}", ty.plain())
        });
        self.speller
            .pascal(&(words.collect::<Vec<_>>().join(" ") + " headers"))
    }

    fn header_fields(&self, key: &Key, operation: &ir::Operation) -> Vec<HeaderField> {
        let wanted: Vec<Wanted> = key
            .iter()
            .map(|(name, ..)| Wanted {
                text: name.clone(),
                wire: name.clone(),
                explicit: false,
                otherwise: None,
            })
            .collect();
        let names = names::scope(&self.speller, Case::Value, &[], &wanted).idents;
        let setters = names::setters_of(&names, SETTERS_TAKEN);
        let fields = key.iter().zip(names.into_iter().zip(setters));
        let fields = fields.map(|((wire, ty, list, required), (name, setter))| {
            let described = headers(operation)
                .find(|header| header.name.eq_ignore_ascii_case(wire))
                .and_then(|header| header.description.as_deref());
            HeaderField {
                doc: Doc::markdown(described.unwrap_or_default())
                    .or(|| Doc::text(&format!("The header {}.", doc::code(wire)))),
                name,
                wire: wire.clone(),
                ty: ty.clone(),
                list: *list,
                required: *required,
                setter: (*list || !*required).then_some(setter),
            }
        });
        fields.collect()
    }
}

/// The headers of all responses of an operation.
fn headers(operation: &ir::Operation) -> impl Iterator<Item = &ir::Header> {
    operation
        .responses
        .list
        .iter()
        .flat_map(|response| &response.headers)
}

/// The headers of an operation by name, without duplicates.
fn key(api: &ir::Api, shapes: &Shapes, operation: &ir::Operation) -> Key {
    let mut by_name: BTreeMap<String, (Ty, bool)> = BTreeMap::new();
    for header in headers(operation) {
        let name = header.name.to_ascii_lowercase();
        if !OF_THE_MESSAGE.contains(&name.as_str()) {
            by_name
                .entry(name)
                .or_insert_with(|| held(api, shapes, header));
        }
    }
    by_name
        .into_iter()
        .map(|(name, (ty, list))| {
            let required = is_always_there(operation, &name);
            (name, ty, list, required)
        })
        .collect()
}

/// Whether a header is in every response that documents headers, as they share a set.
fn is_always_there(operation: &ir::Operation, name: &str) -> bool {
    let responses = operation.responses.list.iter();
    let mut lists = responses
        .map(|response| &response.headers)
        .filter(|headers| {
            headers
                .iter()
                .any(|header| !is_of_the_message(&header.name))
        });
    lists.all(|headers| {
        let mut same = headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name));
        same.any(|header| header.required)
    })
}

fn is_of_the_message(name: &str) -> bool {
    OF_THE_MESSAGE
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// The type of a header's values, and whether there may be several. Headers that aren't scalars are text.
fn held(api: &ir::Api, shapes: &Shapes, header: &ir::Header) -> (Ty, bool) {
    let is_plain =
        |ty: &Ty| (ty.is_simple() && !matches!(ty.plain(), Ty::Vec(_))) || ty.is_foreign();
    let ty = header.ty.map(|ty| shapes.ty(api, ty));
    match ty.as_ref().map(Ty::plain) {
        Some(Ty::Vec(item)) if is_plain(item) => ((**item).clone(), true),
        Some(_) | None => (ty.filter(is_plain).unwrap_or(Ty::String), false),
    }
}
