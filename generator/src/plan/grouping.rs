//! Which operations go together, and what each is called. Types are named after operations, so this comes first.

use super::Planner;
use super::names::{self, Case, Wanted};
use super::rust::Ident;
use crate::diag::{Code, Place};
use crate::ir;
use std::collections::HashMap;

/// The names of an operation, needed before types are named.
#[derive(Debug, Clone)]
pub(super) struct OperationNames {
    pub(super) method: Ident,
    pub(super) type_name: Ident,
    pub(super) error: Ident,
    pub(super) response: Ident,
    pub(super) params: Ident,
    pub(super) payload: Ident,
    pub(super) form: Ident,
}

/// Which operations go together.
pub(super) struct Grouping {
    pub(super) tag: Option<String>,
    pub(super) module: Ident,
    pub(super) api: Ident,
    /// Indices into the API's operations.
    pub(super) operations: Vec<usize>,
}

/// Modules of the generated crates that a group must not hide.
const TAKEN_MODULES: &[&str] = &[
    "support", "types", "service", "headers", "webhooks", "models", "builder", "new", "core",
    "std", "alloc", "client", "server", "lib", "main",
];

/// Names that the client's and server's modules import or define beside the operations.
const TAKEN_REQUESTS: &[&str] = &[
    "Authenticate",
    "BTreeMap",
    "Body",
    "BoxFuture",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Core",
    "CoreBuilder",
    "Debug",
    "Dispatch",
    "Err",
    "Error",
    "Events",
    "Exchange",
    "File",
    "Form",
    "From",
    "Future",
    "Handlers",
    "Into",
    "Kind",
    "Lines",
    "Method",
    "Multipart",
    "NoError",
    "None",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Parts",
    "Pattern",
    "Placement",
    "Problem",
    "RawResponse",
    "Reply",
    "Request",
    "Requirement",
    "Response",
    "Result",
    "Scheme",
    "Secret",
    "Self",
    "Send",
    "Server",
    "Some",
    "StatusCode",
    "String",
    "Style",
    "Sync",
    "Validate",
    "Validator",
    "Vec",
];

/// What stands beside the request of an operation, by the end of its name.
const BESIDE: [&str; 5] = ["Error", "Response", "Params", "Payload", "Form"];

/// Methods that a group has anyway, or that are taken for those of the standard library's traits.
const TAKEN_METHODS: &[&str] = &["clone", "cmp", "new"];

impl Planner<'_> {
    /// Sorts operations into groups and names them: an operation in several tags goes to the one that most operations share.
    pub(super) fn group_operations(&mut self) -> Vec<Grouping> {
        let mut sizes: HashMap<&str, usize> = HashMap::new();
        for tag in self
            .api
            .operations
            .iter()
            .flat_map(|operation| &operation.tags)
        {
            *sizes.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<Option<&str>> = Vec::new();
        let mut members: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
        for (index, operation) in self.api.operations.iter().enumerate() {
            // Of tags of one size the first by name, so that the order of the document doesn't matter.
            let tag = operation
                .tags
                .iter()
                .map(String::as_str)
                .max_by(|a, b| sizes[a].cmp(&sizes[b]).then_with(|| b.cmp(a)));
            if !members.contains_key(&tag) {
                tags.push(tag);
            }
            members.entry(tag).or_default().push(index);
        }
        let wanted: Vec<Wanted> = tags
            .iter()
            .map(|tag| Wanted {
                text: tag.unwrap_or("api").to_owned(),
                wire: tag.unwrap_or_default().to_owned(),
                explicit: false,
            })
            .collect();
        let modules = names::scope(&self.speller, Case::Value, TAKEN_MODULES, &wanted);
        let apis = names::group_apis(&modules.idents);
        let groupings: Vec<Grouping> = tags
            .into_iter()
            .zip(modules.idents.into_iter().zip(apis))
            .map(|(tag, (module, api))| Grouping {
                tag: tag.map(str::to_owned),
                api,
                module,
                operations: members.remove(&tag).unwrap_or_default(),
            })
            .collect();
        self.name_operations(&groupings);
        groupings
    }

    fn name_operations(&mut self, groupings: &[Grouping]) {
        let mut by_index: Vec<Option<OperationNames>> = vec![None; self.api.operations.len()];
        let wishes = self.operation_wishes();
        for grouping in groupings {
            let wanted: Vec<Wanted> = grouping
                .operations
                .iter()
                .map(|index| wishes[*index].clone())
                .collect();
            let methods = names::scope(&self.speller, Case::Value, TAKEN_METHODS, &wanted);
            self.report_clashes(&methods, |position| {
                let operation = &self.api.operations[grouping.operations[position]];
                (wanted[position].wire.clone(), Place::key(&operation.origin))
            });
            let taken = [TAKEN_REQUESTS, &[grouping.api.as_str()]].concat();
            let types = names::scope(&self.speller, Case::Type, &taken, &wanted).idents;
            let mut beside = self.names_beside(&taken, &types);
            for ((index, method), type_name) in grouping
                .operations
                .iter()
                .zip(methods.idents)
                .zip(types)
                .rev()
            {
                // Taken from the end, in the order of `BESIDE`.
                let at = beside.len().saturating_sub(BESIDE.len());
                let Ok([error, response, params, payload, form]) =
                    <[Ident; BESIDE.len()]>::try_from(beside.split_off(at))
                else {
                    break;
                };
                by_index[*index] = Some(OperationNames {
                    method,
                    type_name,
                    error,
                    response,
                    params,
                    payload,
                    form,
                });
            }
        }
        self.operation_names = by_index.into_iter().flatten().collect();
    }

    /// `XError`, `XResponse` and so on for each request type `X` of a group.
    fn names_beside(&self, taken: &[&str], types: &[Ident]) -> Vec<Ident> {
        let taken: Vec<&str> = taken
            .iter()
            .copied()
            .chain(types.iter().map(Ident::as_str))
            .collect();
        let wanted: Vec<Wanted> = types
            .iter()
            .flat_map(|name| BESIDE.map(|suffix| format!("{}{suffix}", name.plain())))
            .map(|name| Wanted {
                text: name.clone(),
                wire: name,
                explicit: false,
            })
            .collect();
        names::scope(&self.speller, Case::Type, &taken, &wanted).idents
    }

    /// The words that each operation is named after: its operationId if that is a name, else its summary, else method and path.
    fn operation_wishes(&mut self) -> Vec<Wanted> {
        let api = self.api;
        let mut counts: HashMap<String, usize> = HashMap::new();
        let first: Vec<(String, bool)> = api.operations.iter().map(first_choice).collect();
        for (text, _) in &first {
            *counts.entry(text.clone()).or_default() += 1;
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut wishes = Vec::new();
        for (operation, (text, explicit)) in api.operations.iter().zip(first) {
            let earlier = seen.entry(text.clone()).or_default();
            *earlier += 1;
            // Several with one name: the first keeps an operationId, a summary distinguishes none of them.
            let keeps = counts[&text] == 1 || (explicit && *earlier == 1);
            let text = if keeps {
                text
            } else {
                names::from_path(&operation.method, &operation.path.template)
            };
            if let Some(id) = operation.id.as_deref().filter(|id| !names::is_name(id)) {
                let used = names::ident(&self.speller, Case::Value, &text)
                    .plain()
                    .to_owned();
                let place = Place::Value(crate::source::Origin {
                    file: operation.origin.file,
                    pointer: operation.origin.pointer.join("operationId"),
                });
                self.diagnostics.push(
                    Code::OperationIdNotAName {
                        id: id.to_owned(),
                        used,
                    },
                    place,
                );
            }
            let wire = operation
                .id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path.template));
            wishes.push(Wanted {
                text,
                wire,
                explicit: explicit && keeps,
            });
        }
        wishes
    }
}

/// The text an operation would like to be named after, and whether that is its operationId.
fn first_choice(operation: &ir::Operation) -> (String, bool) {
    if let Some(id) = operation.id.as_deref().filter(|id| names::is_name(id)) {
        return (id.to_owned(), true);
    }
    let summary = operation.summary.as_deref().and_then(names::from_summary);
    (
        summary.unwrap_or_else(|| names::from_path(&operation.method, &operation.path.template)),
        false,
    )
}
