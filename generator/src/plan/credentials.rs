//! Plans security schemes with their constants and setters, and the requirements of operations.

use super::Planner;
use super::doc::Doc;
use super::names::{self, Case, Wanted};
use super::operations::{Placement, Scheme, Security};
use super::rust::Ident;
use super::support;
use crate::ir::{self, Credential};

/// Names of constants that schemes must not have, at the root of the client and in the service of the server.
const TAKEN_CONSTANTS: &[&str] = &["CHOICES", "OPERATIONS", "ROUTES", "SERVERS"];

impl Planner<'_> {
    /// The security schemes with their constants and setters.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let api = self.api;
        let placements: Vec<Placement> = api
            .schemes
            .iter()
            .map(|scheme| placement(&scheme.credential))
            .collect();
        let wanted = |text: &str, wire: &str| Wanted {
            text: text.to_owned(),
            wire: wire.to_owned(),
            explicit: false,
            otherwise: None,
        };
        let constants: Vec<Wanted> = api
            .schemes
            .iter()
            .map(|scheme| wanted(&scheme.name, &scheme.name))
            .collect();
        let setters: Vec<Wanted> = api
            .schemes
            .iter()
            .zip(&placements)
            .map(|(scheme, placement)| {
                // The only scheme of its kind is named after the kind: `.bearer(token)`.
                let alone = placements
                    .iter()
                    .filter(|other| kind(other) == kind(placement))
                    .count()
                    == 1;
                wanted(
                    if alone { kind(placement) } else { &scheme.name },
                    &scheme.name,
                )
            })
            .collect();
        let constants = names::scope(&self.speller, Case::Constant, TAKEN_CONSTANTS, &constants);
        // Clippy expects a method named `new` to be a constructor.
        let taken: Vec<&str> = support::methods("client/builder.rs")
            .chain(["new"])
            .collect();
        let setters = names::scope(&self.speller, Case::Value, &taken, &setters);
        let parts = api
            .schemes
            .iter()
            .zip(placements)
            .zip(constants.idents)
            .zip(setters.idents);
        parts
            .map(|(((scheme, placement), constant), setter)| Scheme {
                constant,
                setter,
                wire: scheme.name.clone(),
                placement,
                doc: Doc::markdown(scheme.description.as_deref().unwrap_or_default()),
            })
            .collect()
    }
}

fn placement(credential: &Credential) -> Placement {
    match credential {
        Credential::Bearer => Placement::Bearer,
        Credential::Basic => Placement::Basic,
        Credential::Header(name) => Placement::Header(name.clone()),
        Credential::Query(name) => Placement::Query(name.clone()),
        Credential::Cookie(name) => Placement::Cookie(name.clone()),
        Credential::External => Placement::External,
    }
}

/// The name of a credential that is the only one of its kind.
fn kind(placement: &Placement) -> &'static str {
    match placement {
        Placement::Bearer => "bearer",
        Placement::Basic => "basic",
        Placement::Header(_) | Placement::Query(_) | Placement::Cookie(_) => "api_key",
        Placement::External => "external",
    }
}

pub(super) fn security(requirements: &[ir::Requirement], schemes: &[Scheme]) -> Security {
    let group = |requirement: &ir::Requirement| -> Vec<(Ident, Vec<String>)> {
        requirement
            .schemes
            .iter()
            .map(|(index, scopes)| (schemes[*index].constant.clone(), scopes.clone()))
            .collect()
    };
    let groups: Vec<_> = requirements
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .map(group)
        .collect();
    let optional = requirements
        .iter()
        .any(|requirement| requirement.schemes.is_empty());
    match (groups.is_empty(), optional) {
        (true, _) => Security::Public,
        (false, true) => Security::Optional(groups),
        (false, false) => Security::Required(groups),
    }
}
