//! Lowers security schemes to the credentials that are sent.

use super::Lower;
use crate::document::{Location, OAuthFlow, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::ir::{self, Credential, Grant, Requirement, is_token};

impl Lower<'_> {
    /// The schemes, in document order.
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
            description: described(scheme),
            credential,
            oauth: oauth(&scheme.kind),
            origin: scheme.origin.clone(),
        }
    }

    /// Resolves a requirement. Undeclared schemes have been reported when they were read.
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

/// Where the tokens of a scheme come from.
fn oauth(kind: &SecurityKind) -> Option<ir::OAuth> {
    let said = |url: &String| Some(url.clone()).filter(|url| !url.is_empty());
    match kind {
        SecurityKind::OAuth2 {
            flows,
            metadata_url,
        } => {
            let lowered = |flow: &OAuthFlow| {
                Some(ir::OAuthFlow {
                    grant: grant(&flow.name)?,
                    authorization_url: flow.authorization_url.as_ref().and_then(said),
                    token_url: flow.token_url.as_ref().and_then(said),
                    refresh_url: flow.refresh_url.as_ref().and_then(said),
                    scopes: flow.scopes.clone(),
                })
            };
            Some(ir::OAuth {
                flows: flows.iter().filter_map(lowered).collect(),
                metadata_url: metadata_url.as_ref().and_then(said),
            })
        }
        SecurityKind::OpenIdConnect { url } => Some(ir::OAuth {
            flows: Vec::new(),
            metadata_url: said(url),
        }),
        SecurityKind::ApiKey { .. } | SecurityKind::Http { .. } | SecurityKind::MutualTls => None,
    }
}

fn grant(name: &str) -> Option<Grant> {
    match name {
        "authorizationCode" => Some(Grant::AuthorizationCode),
        "clientCredentials" => Some(Grant::ClientCredentials),
        "deviceAuthorization" => Some(Grant::DeviceAuthorization),
        "implicit" => Some(Grant::Implicit),
        "password" => Some(Grant::Password),
        _ => None,
    }
}

/// The documentation of a scheme: its description, and where credentials come from and what they allow.
fn described(scheme: &SecurityScheme) -> Option<String> {
    let mut paragraphs: Vec<String> = scheme.description.iter().cloned().collect();
    match &scheme.kind {
        SecurityKind::OAuth2 { flows, .. } => paragraphs.extend(flows.iter().map(flow)),
        SecurityKind::OpenIdConnect { url } if !url.is_empty() => {
            paragraphs.push(format!(
                "The OpenID Connect provider is described at {}.",
                code(url)
            ));
        }
        SecurityKind::Http {
            bearer_format: Some(format),
            ..
        } => paragraphs.push(format!("The format of the token: {}.", code(format))),
        _ => {}
    }
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

/// A flow of OAuth 2 as a paragraph, with a list of its scopes.
fn flow(flow: &OAuthFlow) -> String {
    let urls = [
        ("authorize at", &flow.authorization_url),
        ("tokens come from", &flow.token_url),
        ("they are refreshed at", &flow.refresh_url),
    ];
    let urls = urls.iter().filter_map(|(words, url)| {
        let url = url.as_ref().filter(|url| !url.is_empty())?;
        Some(format!("{words} {}", code(url)))
    });
    let mut text = format!("The OAuth 2 flow {}", code(&flow.name));
    let urls = urls.collect::<Vec<_>>().join(", ");
    if !urls.is_empty() {
        text = format!("{text}: {urls}");
    }
    if flow.scopes.is_empty() {
        return text + ".";
    }
    text += ". Scopes:\n";
    for (name, says) in &flow.scopes {
        let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
        let colon = if says.is_empty() { "" } else { ": " };
        let name = code(name);
        text.extend(["\n- ", name.as_str(), colon, says.as_str()]);
    }
    text
}

/// A word of the document as inline code.
fn code(word: &str) -> String {
    let word = word.replace('`', "'");
    format!(
        "`{}`",
        word.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

/// Schemes with the spelling of their registration, which some servers want (the IANA registry of RFC 9110, section 16.4.1).
const REGISTERED: [&str; 10] = [
    "Concealed",
    "Digest",
    "DPoP",
    "GNAP",
    "HOBA",
    "Mutual",
    "Negotiate",
    "OAuth",
    "PrivateToken",
    "SCRAM-SHA-256",
];

/// The name of a scheme as it is sent: as the document spells it, unless that is lower case.
fn spelled(scheme: &str) -> String {
    let mut registered = REGISTERED.into_iter();
    let found = registered.find(|known| known.to_ascii_lowercase() == scheme);
    found.unwrap_or(scheme).to_owned()
}

fn credential(kind: &SecurityKind) -> Credential {
    match kind {
        SecurityKind::Http { scheme, .. } if scheme == "basic" => Credential::Basic,
        SecurityKind::Http { scheme, .. } if scheme == "bearer" => Credential::Bearer,
        SecurityKind::Http { scheme, .. } if is_token(scheme) => Credential::Http(spelled(scheme)),
        // The caller supplies the whole header.
        SecurityKind::Http { .. } => Credential::Header("Authorization".to_owned()),
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => Credential::Bearer,
        SecurityKind::MutualTls => Credential::Certificate,
        SecurityKind::ApiKey { name, location } => match location {
            Location::Header => Credential::Header(name.clone()),
            Location::Query => Credential::Query(name.clone()),
            Location::Cookie => Credential::Cookie(name.clone()),
            // The path has a parameter for it.
            Location::Path => Credential::External,
        },
    }
}
