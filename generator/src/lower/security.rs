//! Security schemes → what is sent.

use super::Lower;
use crate::document::{Location, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::ir::{self, Credential, Requirement};

impl Lower<'_> {
    /// The schemes of the document, in its order.
    pub(super) fn security_schemes(&mut self) -> Vec<ir::SecurityScheme> {
        let document = self.document;
        let schemes = document.security_schemes.iter();
        schemes.map(|scheme| self.security_scheme(scheme)).collect()
    }

    fn security_scheme(&mut self, scheme: &SecurityScheme) -> ir::SecurityScheme {
        let then = "the key is read as a bearer token, so that no operation is open by mistake";
        let credential = match credential(&scheme.kind) {
            Credential::Header(name) if !self.is_header_name(&name, &scheme.origin, then) => {
                Credential::Bearer
            }
            credential => credential,
        };
        ir::SecurityScheme {
            name: scheme.name.clone(),
            description: scheme.description.clone(),
            credential,
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
