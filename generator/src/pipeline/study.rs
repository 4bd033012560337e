//! Runs the stages for an editor.
//!
//! In: as for the other results. Out: all messages, and what becomes of schemas and operations, as text. Goes on after errors, as the last
//! character may have caused them.

use super::{plan_api, read, served};
use crate::config::Options;
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::plan::{self, Plan};
use crate::source::{FileId, Origin, Sources};
use crate::{emit, lower};
use std::collections::HashMap;

/// A description as an editor needs it: read, lowered and planned, with errors or without.
pub struct Studied {
    api: Api,
    plan: Plan,
}

/// Runs all stages that have messages; `None` if the description can't be read at all, or once it is `outdated`.
pub fn study(
    sources: &Sources,
    entry: FileId,
    options: &Options,
    diagnostics: &mut Diagnostics,
    outdated: &dyn Fn() -> bool,
) -> Option<Studied> {
    let document = read(sources, entry, options, diagnostics)?;
    if outdated() {
        return None;
    }
    served(sources, entry, &document, options, diagnostics);
    let api = lower::lower(&document, diagnostics);
    drop(document);
    if outdated() {
        return None;
    }
    let plan = plan_api(sources, &api, options, diagnostics);
    Some(Studied { api, plan })
}

/// What becomes of the parts of a description.
#[derive(Debug, Default)]
pub struct Becomes {
    /// The type of each schema.
    pub schemas: HashMap<Origin, BecomesType>,
    /// The declarations of generated types by name, in Rust.
    pub declarations: HashMap<String, String>,
    /// The method of each operation, in Markdown.
    pub operations: HashMap<Origin, String>,
}

/// The type of a schema.
#[derive(Debug, Clone)]
pub struct BecomesType {
    /// As it is written in the types crate: `Vec<Pet>`.
    pub written: String,
    /// The generated type that it consists of or contains.
    pub generated: Option<String>,
}

impl Studied {
    /// What becomes of the parts of the description.
    #[must_use]
    pub fn becomes(&self, options: &Options) -> Becomes {
        let Self { api, plan } = self;
        // Pushes the messages of the plan again.
        let types = plan::types(api, options, &mut Diagnostics::default());
        let schemas = types.into_iter().map(|(origin, ty)| {
            let written = ty.to_string();
            let generated = emit::generated(&ty).map(str::to_owned);
            (origin, BecomesType { written, generated })
        });
        let declarations = plan.types.iter();
        let declarations =
            declarations.map(|item| (item.name().to_string(), emit::declaration(item)));
        Becomes {
            schemas: schemas.collect(),
            declarations: declarations.collect(),
            operations: self.methods(),
        }
    }

    /// The methods by the places of the operations.
    fn methods(&self) -> HashMap<Origin, String> {
        let Self { api, plan } = self;
        let origins: HashMap<_, _> = api
            .operations
            .iter()
            .map(|one| {
                let (path, query) = (one.path.encoded(), one.path.encoded_query());
                (
                    (one.method.clone(), path, query, one.is_call()),
                    &one.origin,
                )
            })
            .collect();
        let groups = plan.all_groups();
        let methods = groups.flat_map(|group| {
            let is_call = group.kind == plan::GroupKind::Calls;
            group.operations.iter().map(move |one| {
                let (path, query) = (one.path.clone(), one.query.clone());
                ((one.method.clone(), path, query, is_call), group, one)
            })
        });
        let methods = methods.filter_map(|(key, group, operation)| {
            let origin = (*origins.get(&key)?).clone();
            Some((origin, emit::method(plan, group, operation)))
        });
        methods.collect()
    }
}
