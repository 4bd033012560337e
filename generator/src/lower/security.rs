//! Security schemes → what is sent.

use super::Lower;
use crate::diag::{Code, Place};
use crate::document::{Location, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::ir::{self, Credential, Requirement};

impl Lower<'_> {
    /// The schemes of the document, in its order.
    pub(super) fn security_schemes(&mut self) -> Vec<ir::SecurityScheme> {
        let document = self.document;
        document
            .security_schemes
            .iter()
            .map(|scheme| self.security_scheme(scheme))
            .collect()
    }

    fn security_scheme(&mut self, scheme: &SecurityScheme) -> ir::SecurityScheme {
        let credential = credential(&scheme.kind).unwrap_or_else(|what| {
            self.diagnostics
                .push(Code::Unsupported { what }, Place::value(&scheme.origin));
            Credential::Bearer
        });
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

fn credential(kind: &SecurityKind) -> Result<Credential, String> {
    match kind {
        SecurityKind::Http { scheme, .. } if scheme == "basic" => Ok(Credential::Basic),
        SecurityKind::Http { scheme, .. } if scheme == "bearer" => Ok(Credential::Bearer),
        SecurityKind::Http { scheme, .. } => {
            Err(format!("the HTTP authentication scheme `{scheme}`"))
        }
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => Ok(Credential::Bearer),
        SecurityKind::MutualTls => Err("mutual TLS".to_owned()),
        SecurityKind::ApiKey { name, location } => match location {
            Location::Header => Ok(Credential::Header(name.clone())),
            Location::Query => Ok(Credential::Query(name.clone())),
            Location::Cookie => Ok(Credential::Cookie(name.clone())),
            Location::Path => Err("an API key in the path".to_owned()),
        },
    }
}
