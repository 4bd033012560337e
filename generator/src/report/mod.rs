//! Reports what the output for a description covers, and every place where the description says more than the output does.
//!
//! In: a document, its IR and its plan, and the diagnostics of making them. Out: a [`Report`], as text, as JSON or as a page. Adds a finding that no
//! stage reports: schemas that are read as any value although they have keywords. Decides nothing and prints nothing itself.

mod cost;
mod graph;
mod html;
mod json;
mod said;
mod text;

pub use cost::Cost;
pub use graph::{Graph, Kind, Node};

use crate::diag::{Category, Code, Diagnostic, Diagnostics, Levels, Place, Severity};
use crate::document::Document;
use crate::ir::{Api, Credential, Location};
use crate::plan::{GroupKind, Plan, TypeItem};
use crate::source::{Origin, Sources};
use std::collections::HashSet;
use std::path::PathBuf;

/// The contents of a description, and the findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The title of the API and the version of its description.
    pub api: (String, String),
    /// `OpenAPI 3.0.3` or `Swagger 2.0`.
    pub format: String,
    /// Paths with at least one operation.
    pub paths: usize,
    /// Generated operations, without webhooks and callbacks.
    pub operations: usize,
    /// Number of operations per method, ordered by first occurrence.
    pub methods: Vec<(String, usize)>,
    /// Number of operations per group, by the name of its module.
    pub groups: Vec<(String, usize)>,
    /// Generated webhooks and callbacks: requests that the API sends.
    pub incoming: (usize, usize),
    /// Number of parameters per location, if there are any.
    pub parameters: Vec<(&'static str, usize)>,
    /// Number of operations that list page by page, by how the next page is asked for; and of those that have a parameter for the number of
    /// a page, but don't say whether pages count from 0 or 1.
    pub paged: (Vec<(&'static str, usize)>, usize),
    /// Number of named types, by kind.
    pub types: Types,
    /// The security schemes: name in the description, and the credential that is sent.
    pub schemes: Vec<(String, String)>,
    /// Number of schemas without keywords, which are rightly read as any JSON.
    pub free_form: usize,
    /// What was rejected, lost, repaired or ignored, in the order it was found.
    pub findings: Vec<Finding>,
    /// Groups, operations and types, and how they refer to each other.
    pub graph: Graph,
    /// What it takes to compile the crates, by feature.
    pub costs: Vec<Cost>,
}

/// Number of named types, by their kind in Rust.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Types {
    pub structs: usize,
    /// Enums of listed values.
    pub enums: usize,
    /// Enums with several types.
    pub unions: usize,
    pub aliases: usize,
}

/// A finding of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it means for the output.
    pub category: Category,
    /// The stable code.
    pub code: &'static str,
    /// The message.
    pub title: String,
    /// What to do about it.
    pub help: String,
    /// If the user has allowed the code, the reason that was given, if any.
    pub allowed: Option<Option<String>>,
    /// The place; [`Sources::position`] converts it to a line and column.
    pub place: Place,
}

/// The position of a finding, for output.
struct Spot {
    pointer: Option<String>,
    file: Option<PathBuf>,
    /// Line and column.
    position: Option<(usize, usize)>,
}

impl Finding {
    fn spot(&self, sources: &Sources) -> Spot {
        let file = match &self.place {
            Place::Value(Origin { file, .. })
            | Place::Key(Origin { file, .. })
            | Place::Text { file, .. } => Some(sources.path(*file).to_path_buf()),
            Place::Path(path) => Some(path.clone()),
            Place::Nowhere => None,
        };
        let position = sources.position(&self.place);
        Spot {
            pointer: origin(&self.place).map(|origin| origin.pointer.to_string()),
            file,
            position: position.map(|(_, at)| (at.line, at.column)),
        }
    }
}

impl Types {
    #[must_use]
    pub fn total(&self) -> usize {
        self.structs + self.enums + self.unions + self.aliases
    }
}

impl Report {
    /// Counts the findings of a category.
    #[must_use]
    pub fn count(&self, category: Category) -> usize {
        self.of(category).count()
    }

    /// The findings of a category by code, the most frequent first.
    fn by_code(&self, category: Category) -> Vec<(&'static str, Vec<&Finding>)> {
        let mut codes: Vec<(&str, Vec<&Finding>)> = Vec::new();
        for finding in self.of(category) {
            match codes.iter_mut().find(|(code, _)| *code == finding.code) {
                Some((_, list)) => list.push(finding),
                None => codes.push((finding.code, vec![finding])),
            }
        }
        codes.sort_by_key(|(code, list)| (std::cmp::Reverse(list.len()), *code));
        codes
    }

    fn of(&self, category: Category) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.category == category)
    }
}

/// Builds the report on `document`. `passed_over` are the fields without an effect on the output, each with its object and place, and
/// `diagnostics` the messages of all stages.
#[must_use]
pub fn assess(
    sources: &Sources,
    document: &Document,
    api: &Api,
    plan: &Plan,
    passed_over: Vec<(String, String, Origin)>,
    diagnostics: &Diagnostics,
) -> Report {
    let (mut unsaid, free_form) = any_values(sources, api, diagnostics);
    for (field, object, origin) in passed_over {
        let code = Code::FieldPassedOver { field, object };
        unsaid.push(code, Place::Key(origin));
    }
    let found = diagnostics.iter().chain(&unsaid);
    let findings = found.map(|one| finding(one, diagnostics.levels()));
    let calls = || api.operations.iter().filter(|one| one.is_call());
    let incoming = |kind: GroupKind| {
        let receivers = plan.receivers.iter().map(|receiver| &receiver.group);
        let groups = receivers.filter(|group| group.kind == kind);
        groups.map(|group| group.operations.len()).sum()
    };
    Report {
        api: (api.title.clone(), api.version.clone()),
        format: format(&document.version),
        paths: document
            .paths
            .iter()
            .filter(|item| !item.operations.is_empty())
            .count(),
        operations: calls().count(),
        methods: tally(calls().map(|operation| operation.method.clone())),
        groups: plan
            .groups
            .iter()
            .map(|group| (group.module.to_string(), group.operations.len()))
            .collect(),
        incoming: (
            incoming(GroupKind::Webhooks),
            incoming(GroupKind::Callbacks),
        ),
        parameters: parameters(api),
        paged: paged(plan),
        types: types(plan),
        schemes: api
            .schemes
            .iter()
            .map(|scheme| (scheme.name.clone(), sent(&scheme.credential)))
            .collect(),
        free_form,
        findings: findings.collect(),
        graph: Graph::of(plan),
        costs: cost::of(plan),
    }
}

/// The name of the format, with the version as written.
fn format(version: &str) -> String {
    let name = if version.starts_with('2') {
        "Swagger"
    } else {
        "OpenAPI"
    };
    format!("{name} {version}")
}

/// Counts equal words, ordered by first occurrence.
fn tally<T: PartialEq>(words: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for word in words {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    counts
}

fn parameters(api: &Api) -> Vec<(&'static str, usize)> {
    let all = || {
        api.operations
            .iter()
            .flat_map(|operation| &operation.parameters)
    };
    [
        Location::Path,
        Location::Query,
        Location::Header,
        Location::Cookie,
    ]
    .into_iter()
    .map(|location| {
        let there = all().filter(|parameter| parameter.location == location);
        (location.word(), there.count())
    })
    .filter(|(_, count)| *count > 0)
    .collect()
}

fn paged(plan: &Plan) -> (Vec<(&'static str, usize)>, usize) {
    let all = || plan.operations().map(|(_, operation)| operation);
    let paged = all().filter_map(|operation| operation.paging.as_ref());
    let kinds = tally(paged.map(|paging| paging.next.word()));
    let unsettled = all().filter(|operation| operation.is_page_unsettled);
    (kinds, unsettled.count())
}

fn types(plan: &Plan) -> Types {
    let mut types = Types::default();
    for item in &plan.types {
        match item {
            TypeItem::Struct(_) => types.structs += 1,
            TypeItem::StringEnum(_) | TypeItem::IntegerEnum(_) => types.enums += 1,
            TypeItem::Union(_) => types.unions += 1,
            TypeItem::Alias(_) | TypeItem::Foreign(_) => types.aliases += 1,
        }
    }
    types
}

/// The credential that a caller sends, in words.
fn sent(credential: &Credential) -> String {
    match credential {
        Credential::Bearer => "a bearer token".to_owned(),
        Credential::Basic => "user and password".to_owned(),
        Credential::Http(scheme) => format!("credentials of the HTTP scheme `{scheme}`"),
        Credential::Header(name) => format!("a key in the header `{name}`"),
        Credential::Query(name) => format!("a key in the query as `{name}`"),
        Credential::Cookie(name) => format!("a key in the cookie `{name}`"),
        Credential::Certificate => "a client certificate".to_owned(),
        Credential::External => "nothing that the client could send".to_owned(),
    }
}

/// Adds a finding for every type that is any value although its schema has keywords, unless its place has one already; also returns the
/// number of schemas without keywords.
fn any_values(sources: &Sources, api: &Api, diagnostics: &Diagnostics) -> (Diagnostics, usize) {
    let fallbacks = diagnostics.iter().filter(|one| {
        let is_checked = matches!(one.code, Code::CheckedValue { .. });
        is_checked || one.code.category() == Category::Fallback
    });
    let mut explained: HashSet<Origin> = fallbacks
        .filter_map(|one| origin(&one.place))
        .flat_map(around)
        .collect();
    let levels = diagnostics.levels().clone();
    let (mut found, mut free_form) = (Diagnostics::default().with_levels(levels), 0);
    for ty in said::any(api) {
        let keywords = said::keywords(sources, ty);
        if keywords.is_empty() {
            free_form += 1;
        } else if explained.insert(ty.origin.clone()) {
            let keywords = keywords.iter().map(|keyword| format!("`{keyword}`"));
            let keywords = keywords.collect::<Vec<_>>().join(", ");
            found.push(Code::AnyValue { keywords }, Place::value(&ty.origin));
        }
    }
    (found, free_form)
}

/// A place and its ancestors. Only a fallback inside explains why an outer schema is any value.
fn around(origin: Origin) -> impl Iterator<Item = Origin> {
    std::iter::successors(Some(origin), |origin| {
        Some(Origin {
            file: origin.file,
            pointer: origin.pointer.parent()?.clone(),
        })
    })
}

fn origin(place: &Place) -> Option<Origin> {
    match place {
        Place::Value(origin) | Place::Key(origin) => Some(origin.clone()),
        Place::Text { .. } | Place::Path(_) | Place::Nowhere => None,
    }
}

fn finding(diagnostic: &Diagnostic, levels: &Levels) -> Finding {
    let Diagnostic {
        code,
        place,
        severity,
        ..
    } = diagnostic;
    let reason = levels.get(code.id()).and_then(|lint| lint.reason.clone());
    Finding {
        category: code.category(),
        code: code.id(),
        title: code.title(),
        help: code.help(),
        allowed: (*severity == Severity::Allowed).then_some(reason),
        place: place.clone(),
    }
}
