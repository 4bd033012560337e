//! Security schemes → what is sent.

use super::Lower;
use crate::document::{Location, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::ir::{self, Credential, Requirement};

impl Lower<'_> {
    /// The schemes of the document, in its order.
    pub(super) fn security_schemes(&self) -> Vec<ir::SecurityScheme> {
        let document = self.document;
        document
            .security_schemes
            .iter()
            .map(Self::security_scheme)
            .collect()
    }

    fn security_scheme(scheme: &SecurityScheme) -> ir::SecurityScheme {
        ir::SecurityScheme {
            name: scheme.name.clone(),
            description: scheme.description.clone(),
            credential: credential(&scheme.kind),
            origin: scheme.origin.clone(),
        }
    }

    /// A requirement with its schemes found; unknown ones have been reported while reading.
    pub(super) fn requirement(&self, requirement: &SecurityRequirement) -> Option<Requirement> {
        let find = |(name, scopes): &(String, Vec<String>)| {
            let index = self
                .document
                .security_schemes
                .iter()
                .position(|scheme| scheme.name == *name)?;
            Some((index, scopes.clone()))
        };
        let schemes = requirement
            .schemes
            .iter()
            .map(find)
            .collect::<Option<Vec<_>>>()?;
        Some(Requirement { schemes })
    }
}

fn credential(kind: &SecurityKind) -> Credential {
    match kind {
        SecurityKind::Http { scheme, .. } if scheme == "basic" => Credential::Basic,
        SecurityKind::Http { scheme, .. } if scheme == "bearer" => Credential::Bearer,
        // Digest, HOBA, …: the caller knows how to write the whole header.
        SecurityKind::Http { .. } => Credential::Header("Authorization".to_owned()),
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => Credential::Bearer,
        SecurityKind::MutualTls => Credential::External,
        SecurityKind::ApiKey { name, location } => match location {
            Location::Header => Credential::Header(name.clone()),
            Location::Query => Credential::Query(name.clone()),
            Location::Cookie => Credential::Cookie(name.clone()),
            // The path has a parameter for it.
            Location::Path => Credential::External,
        },
    }
}
