//! Groups operations, and names them. This comes first, as types are named after operations.

use super::names::{self, Case, Wanted};
use super::rust::Ident;
use super::words::Speller;
use super::{GroupKind, Planner, taken};
use crate::diag::{Code, Place};
use crate::ir::{self, Cause};
use crate::source::Origin;
use std::collections::{HashMap, HashSet};

/// The names of an operation that are needed before types are named.
#[derive(Debug, Clone)]
pub(super) struct OperationNames {
    pub(super) method: Ident,
    pub(super) type_name: Ident,
    pub(super) error: Ident,
    pub(super) response: Ident,
    pub(super) params: Ident,
    pub(super) payload: Ident,
    pub(super) form: Ident,
    pub(super) required: Ident,
    pub(super) form_required: Ident,
    pub(super) params_required: Ident,
    pub(super) headers: Ident,
    pub(super) links: Ident,
}

/// The groups, those of calls first, and the names of each operation by its index in the API.
pub(super) struct Grouped {
    pub(super) groups: Vec<Grouping>,
    pub(super) names: Vec<OperationNames>,
}

impl Grouped {
    /// The groups of calls, and those of webhooks and callbacks.
    pub(super) fn sides(&self) -> (&[Grouping], &[Grouping]) {
        let called = |group: &Grouping| group.kind == GroupKind::Calls;
        self.groups.split_at(self.groups.partition_point(called))
    }
}

/// A group of operations.
pub(super) struct Grouping {
    pub(super) kind: GroupKind,
    pub(super) tag: Option<String>,
    pub(super) module: Ident,
    pub(super) api: Ident,
    /// Indexes into the API's operations.
    pub(super) operations: Vec<usize>,
}

/// Operations by group.
type Members<'p> = HashMap<Option<&'p str>, Vec<usize>>;

/// The usual spelling of each group: names with the same words are one group.
struct Spellings<'a>(HashMap<Vec<String>, &'a str>);

impl<'a> Spellings<'a> {
    /// The spelling of a declared tag, else that of a tag; of several the first by name, so that the order of the document doesn't matter.
    fn of(api: &'a ir::Api, speller: &Speller) -> Self {
        let calls = || api.operations.iter().filter(|one| one.is_call());
        let tags: HashSet<&str> = calls()
            .flat_map(|operation| &operation.tags)
            .map(String::as_str)
            .collect();
        let declared: HashSet<&str> = api.tags.iter().map(|(name, _)| &**name).collect();
        let order = |group: &'a str| (!declared.contains(group), !tags.contains(group), group);
        let mut known = HashMap::new();
        for group in calls().filter_map(group_told).chain(tags.iter().copied()) {
            let usual = known.entry(speller.words(group)).or_insert(group);
            if order(group) < order(usual) {
                *usual = group;
            }
        }
        Self(known)
    }

    fn usual(&self, speller: &Speller, group: &'a str) -> &'a str {
        let usual = self.0.get(&speller.words(group));
        usual.copied().unwrap_or(group)
    }
}

/// The suffixes of types that accompany the request of an operation.
const BESIDE: [&str; 10] = [
    "Error",
    "Response",
    "Params",
    "Payload",
    "Form",
    "Required",
    "FormRequired",
    "ParamsRequired",
    "Headers",
    "Links",
];

/// Methods that a group must not have, as it has them already or they belong to traits of the standard library; those of `Into` and
/// `TryInto` would take precedence, as they take `self`.
const TAKEN_METHODS: &[&str] = &["clone", "cmp", "into", "new", "try_into"];

impl<'a> Planner<'a> {
    /// Groups operations and names them.
    pub(super) fn group_operations(&mut self) -> Grouped {
        let (tags, mut members) = self.members();
        let wanted: Vec<Wanted> = tags
            .iter()
            .map(|tag| Wanted {
                text: tag.unwrap_or("api").to_owned(),
                wire: tag.unwrap_or_default().to_owned(),
                explicit: false,
                otherwise: None,
            })
            .collect();
        let modules = module_names(&self.speller, taken::MODULES, &wanted);
        let apis = names::group_apis(&modules.idents);
        let mut groupings: Vec<Grouping> = tags
            .into_iter()
            .zip(modules.idents.into_iter().zip(apis))
            .map(|(tag, (module, api))| Grouping {
                kind: GroupKind::Calls,
                tag: tag.map(str::to_owned),
                api,
                module,
                operations: members.remove(&tag).unwrap_or_default(),
            })
            .collect();
        let incoming = self.incoming(&groupings);
        groupings.extend(incoming);
        Grouped {
            names: self.name_operations(&groupings),
            groups: groupings,
        }
    }

    /// The groups of calls in document order, with their operations. An operation with several tags goes to the one with the most
    /// operations, one without tags to the group in its operationId.
    fn members(&mut self) -> (Vec<Option<&'a str>>, Members<'a>) {
        let spellings = Spellings::of(self.api, &self.speller);
        let mut sizes: HashMap<&str, usize> = HashMap::new();
        let calls = || {
            let operations = self.api.operations.iter().enumerate();
            operations.filter(|(_, operation)| operation.is_call())
        };
        for tag in calls().flat_map(|(_, operation)| &operation.tags) {
            *sizes
                .entry(spellings.usual(&self.speller, tag))
                .or_default() += 1;
        }
        let mut tags: Vec<Option<&str>> = Vec::new();
        let mut members = Members::new();
        for (index, operation) in calls() {
            // Of tags with the same size the first by name, so that the order of the document doesn't matter.
            let own = operation.tags.iter();
            let own = own.map(|tag| spellings.usual(&self.speller, tag));
            let own = own.max_by(|a, b| sizes[a].cmp(&sizes[b]).then_with(|| b.cmp(a)));
            let told = || Some(spellings.usual(&self.speller, group_told(operation)?));
            let tag = own.or_else(told);
            if !members.contains_key(&tag) {
                tags.push(tag);
            }
            members.entry(tag).or_default().push(index);
        }
        self.report_spellings(&spellings);
        (tags, members)
    }

    /// Reports each tag that is spelled differently from its group, once.
    fn report_spellings(&mut self, spellings: &Spellings<'_>) {
        let mut seen = HashSet::new();
        let api = self.api;
        for operation in api.operations.iter().filter(|one| one.is_call()) {
            for tag in &operation.tags {
                let usual = spellings.usual(&self.speller, tag);
                if usual != tag && seen.insert(tag) {
                    let place = Place::Value(Origin {
                        file: operation.origin.file,
                        pointer: operation.origin.pointer.join("tags"),
                    });
                    let code = Code::TagSpelledTwice {
                        tag: tag.replace('`', ""),
                        usual: usual.replace('`', ""),
                    };
                    self.diagnostics.push(code, place);
                }
            }
        }
    }

    /// The groups of webhooks and callbacks. A tag with one of these names keeps it.
    fn incoming(&self, called: &[Grouping]) -> Vec<Grouping> {
        let called: Vec<&str> = called.iter().map(|group| group.module.as_str()).collect();
        let kinds = [GroupKind::Webhooks, GroupKind::Callbacks];
        let groupings = kinds.map(|kind| {
            let operations = self.api.operations.iter().enumerate();
            let operations = operations.filter(|(_, operation)| match operation.cause {
                Cause::Call => false,
                Cause::Webhook { .. } => kind == GroupKind::Webhooks,
                Cause::Callback { .. } => kind == GroupKind::Callbacks,
            });
            let words = format!("{}s", kind.word());
            let text = if called.contains(&words.as_str()) {
                format!("incoming {words}")
            } else {
                words.clone()
            };
            let wanted = Wanted {
                wire: text.clone(),
                text,
                explicit: false,
                otherwise: None,
            };
            let modules = module_names(&self.speller, &called, &[wanted]);
            Some(Grouping {
                kind,
                tag: None,
                module: modules.idents.into_iter().next()?,
                api: names::ident(&self.speller, Case::Type, &words),
                operations: operations.map(|(index, _)| index).collect(),
            })
        });
        let groupings = groupings.into_iter().flatten();
        groupings
            .filter(|grouping| !grouping.operations.is_empty())
            .collect()
    }

    /// Names every operation of the API.
    fn name_operations(&mut self, groupings: &[Grouping]) -> Vec<OperationNames> {
        let mut by_index: Vec<Option<OperationNames>> = vec![None; self.api.operations.len()];
        let wishes = self.operation_wishes();
        for grouping in groupings {
            let wanted: Vec<Wanted> = grouping
                .operations
                .iter()
                .map(|index| wishes[*index].clone())
                .collect();
            let short: Vec<Wanted> = wanted
                .iter()
                .map(|want| self.within(grouping, want))
                .collect();
            let methods = names::scope(&self.speller, Case::Value, TAKEN_METHODS, &short);
            self.report_clashes(&methods, |position| {
                let operation = &self.api.operations[grouping.operations[position]];
                (wanted[position].wire.clone(), Place::key(&operation.origin))
            });
            let requests = self.requests(grouping.kind);
            let own = [grouping.api.as_str(), requests.as_str()];
            let own = match grouping.kind {
                GroupKind::Calls => &own[..1],
                GroupKind::Webhooks | GroupKind::Callbacks => &own,
            };
            let taken = [taken::REQUESTS, own].concat();
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
                let Ok(
                    [
                        error,
                        response,
                        params,
                        payload,
                        form,
                        required,
                        form_required,
                        params_required,
                        headers,
                        links,
                    ],
                ) = <[Ident; BESIDE.len()]>::try_from(beside.split_off(at))
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
                    required,
                    form_required,
                    params_required,
                    headers,
                    links,
                });
            }
        }
        by_index.into_iter().flatten().collect()
    }

    /// The name of an operation in its group: without the group, if the operationId begins with it.
    fn within(&self, grouping: &Grouping, want: &Wanted) -> Wanted {
        let short = || {
            let group = self.speller.words(grouping.tag.as_deref()?);
            let ends = want.text.match_indices(['/', '.', '_']);
            let rests = ends.map(|(end, _)| (&want.text[..end], &want.text[end + 1..]));
            rests
                .filter(|(_, rest)| rest.chars().any(char::is_alphabetic))
                .find(|(first, _)| self.speller.words(first) == group)
        };
        match short().filter(|_| want.explicit) {
            Some((_, rest)) => Wanted {
                text: rest.to_owned(),
                wire: rest.to_owned(),
                ..want.clone()
            },
            None => want.clone(),
        }
    }

    /// The marker type of a server for one kind of requests: `WebhookRequests`.
    pub(super) fn requests(&self, kind: GroupKind) -> Ident {
        names::ident(
            &self.speller,
            Case::Type,
            &format!("{} requests", kind.word()),
        )
    }

    /// Names such as `XError` and `XResponse` for each request type `X` of a group.
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
                otherwise: None,
            })
            .collect();
        names::scope(&self.speller, Case::Type, &taken, &wanted).idents
    }

    /// The wanted name of each operation: its operationId if that is usable as a name, else its summary, else method and path. For webhooks
    /// and callbacks, their own names instead of summary and path.
    fn operation_wishes(&mut self) -> Vec<Wanted> {
        let api = self.api;
        // Webhooks and callbacks never rename calls.
        let mut counts: HashMap<(bool, String), usize> = HashMap::new();
        let operations = api.operations.iter();
        let first: Vec<(String, bool)> = operations.map(|one| self.first_choice(one)).collect();
        for (operation, (text, _)) in api.operations.iter().zip(&first) {
            let key = (operation.is_call(), text.clone());
            *counts.entry(key).or_default() += 1;
        }
        let mut seen: HashMap<(bool, String), usize> = HashMap::new();
        let mut wishes = Vec::new();
        for (operation, (text, explicit)) in api.operations.iter().zip(first) {
            let key = (operation.is_call(), text.clone());
            let count = counts[&key];
            let earlier = seen.entry(key).or_default();
            *earlier += 1;
            // Of several operations with the same operationId the first keeps it; an ambiguous summary is used by none.
            let keeps = count == 1 || (explicit && *earlier == 1);
            let text = if keeps { text } else { from_path(operation) };
            if let Some(id) = operation.id.as_deref().filter(|id| !names::is_name(id)) {
                let used = names::ident(&self.speller, Case::Value, &text)
                    .plain()
                    .to_owned();
                let place = Place::Value(Origin {
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
            let wire = operation.id.clone().unwrap_or_else(|| operation.label());
            wishes.push(Wanted {
                text,
                wire,
                explicit: explicit && keeps,
                otherwise: operation.is_call().then(|| from_path(operation)),
            });
        }
        wishes
    }

    /// The preferred text for an operation's name, and whether it is its operationId.
    fn first_choice(&self, operation: &ir::Operation) -> (String, bool) {
        if let Some(id) = operation.id.as_deref().filter(|id| names::is_name(id)) {
            return (id.to_owned(), true);
        }
        let text = match &operation.cause {
            Cause::Call => {
                let summary = operation.summary.as_deref().and_then(names::from_summary);
                summary.unwrap_or_else(|| from_path(operation))
            }
            Cause::Callback {
                name,
                of,
                shared: false,
                ..
            } => {
                let callers = of.iter().map(|index| &self.api.operations[*index]);
                let callers = callers.map(|caller| self.first_choice(caller).0);
                let words = callers.chain([name.clone()]);
                words.collect::<Vec<_>>().join(" ")
            }
            Cause::Callback { name, .. } | Cause::Webhook { name } => name.clone(),
        };
        (text, false)
    }
}

/// Names the modules of groups. Where a name is taken, the module is named after the type: `core_api`.
fn module_names(speller: &Speller, taken: &[&str], wanted: &[Wanted]) -> names::Named {
    let instead = |plain: &str| Some(format!("{plain}_api"));
    names::scope_of(speller, Case::Value, taken, wanted, instead)
}

/// The group in the operationId of an operation without tags.
fn group_told(operation: &ir::Operation) -> Option<&str> {
    let untagged = operation
        .id
        .as_deref()
        .filter(|_| operation.tags.is_empty());
    untagged.and_then(group_in).map(|(group, _)| group)
}

/// Splits an operationId into group and operation: `issues/list`, `apps.get`, `Paths_getTrue`. Words that are only joined by `_`, as in
/// `get_pets`, don't count.
fn group_in(id: &str) -> Option<(&str, &str)> {
    let split = id.find(['/', '.']).or_else(|| {
        let mut ends = id.match_indices('_').map(|(end, _)| end);
        let end = ends.next().filter(|_| ends.next().is_none())?;
        id.contains(|c: char| c.is_uppercase()).then_some(end)
    })?;
    let (group, operation) = (&id[..split], &id[split + 1..]);
    let first: String = {
        let mut letters = group.chars();
        let first = letters.next().into_iter();
        first
            .chain(letters.take_while(|c| !c.is_uppercase()))
            .collect()
    };
    let begins = |text: &str| text.starts_with(char::is_alphabetic);
    (names::is_name(id)
        && begins(group)
        && begins(operation)
        && !VERBS.contains(&first.to_lowercase().as_str()))
    .then_some((group, operation))
}

/// Verbs that an operationId may begin with; no group has such a name. `get_Pets` and `Pets_get` have the same form, so only words
/// distinguish them; a verb that is missing here becomes the name of a group.
const VERBS: &[&str] = &[
    "add", "cancel", "check", "create", "delete", "do", "download", "edit", "fetch", "find", "get",
    "is", "list", "make", "patch", "post", "put", "query", "read", "remove", "replace", "run",
    "search", "send", "set", "start", "stop", "update", "upload",
];

/// A name from method and path.
fn from_path(operation: &ir::Operation) -> String {
    names::from_path(&operation.method, &operation.path.written())
}
