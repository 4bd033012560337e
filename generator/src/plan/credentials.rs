//! Plans security schemes with their constants and setters, and the requirements of operations.

use super::doc::Doc;
use super::names::{self, Case, Wanted};
use super::operations::{CredentialLocation, Group, OAuth, OAuthFlow, Scheme, Security, Variables};
use super::rust::Ident;
use super::support;
use super::{Planner, taken};
use crate::diag::{Code, Place};
use crate::ir::{self, Credential, Grant};
use std::collections::BTreeSet;

/// The security schemes, without those that repeat another under another spelling.
pub(super) struct Schemes {
    pub(super) list: Vec<Scheme>,
    /// The position in `list` of each scheme of the API.
    by_index: Vec<usize>,
}

impl<'a> Planner<'a> {
    /// The security schemes with their constants and setters.
    pub(super) fn schemes(&mut self) -> Schemes {
        let (kept, by_index) = self.distinct_schemes();
        let locations: Vec<CredentialLocation> = kept
            .iter()
            .map(|scheme| location(&scheme.credential))
            .collect();
        let named = kept.iter().zip(&locations);
        let wanted = named.map(|(scheme, location)| Wanted {
            text: scheme.name.clone(),
            wire: scheme.name.clone(),
            explicit: false,
            otherwise: Some(format!("{} {}", scheme.name, words(location))),
        });
        let constants: Vec<Wanted> = wanted.collect();
        let setters = constants.iter().zip(&locations).map(|(want, location)| {
            // The only scheme of its kind is named after the kind: `.bearer(token)`.
            let same = locations
                .iter()
                .filter(|other| kind(other) == kind(location));
            let text = match kind(location) {
                Some(kind) if same.count() == 1 => kind.to_owned(),
                _ => want.text.clone(),
            };
            Wanted {
                text,
                ..want.clone()
            }
        });
        let setters: Vec<Wanted> = setters.collect();
        let constants = names::scope(&self.speller, Case::Constant, taken::CONSTANTS, &constants);
        // Clippy expects a method named `new` to be a constructor.
        let taken: Vec<&str> = support::methods("client/builder.rs")
            .chain(["new", "credentials_from_env"])
            .collect();
        let setters = names::setters(&self.speller, &taken, &setters);
        let variables = variables(self.options.variables(), &setters.idents, &locations);
        let parts = kept
            .iter()
            .zip(locations)
            .zip(constants.idents)
            .zip(setters.idents)
            .zip(variables);
        let list = parts.map(
            |((((scheme, location), constant), setter), variables)| Scheme {
                constant,
                setter,
                wire: scheme.name.clone(),
                location,
                variables,
                oauth: scheme.oauth.as_ref().map(oauth),
                doc: Doc::markdown(scheme.description.as_deref().unwrap_or_default()),
            },
        );
        let mut list: Vec<Scheme> = list.collect();
        client_variables(self.options.variables(), &mut list);
        Schemes { list, by_index }
    }

    /// The schemes without those that repeat another under another spelling, and for each scheme the position of the one that is kept:
    /// the first by name.
    fn distinct_schemes(&mut self) -> (Vec<&'a ir::SecurityScheme>, Vec<usize>) {
        let schemes = &self.api.schemes;
        let words = schemes.iter().map(|one| self.speller.words(&one.name));
        let words: Vec<Vec<String>> = words.collect();
        let usual = |index: usize| {
            let alike = (0..schemes.len()).filter(|other| {
                words[*other] == words[index]
                    && schemes[*other].credential == schemes[index].credential
            });
            alike.min_by_key(|other| &schemes[*other].name)
        };
        let mut kept: Vec<usize> = Vec::new();
        let mut by_index = Vec::new();
        for (index, scheme) in schemes.iter().enumerate() {
            let usual = usual(index).unwrap_or(index);
            let known = kept.iter().position(|known| *known == usual);
            by_index.push(known.unwrap_or(kept.len()));
            kept.extend(known.is_none().then_some(usual));
            if usual != index {
                let code = Code::SchemeSpelledTwice {
                    name: scheme.name.replace('`', ""),
                    usual: schemes[usual].name.replace('`', ""),
                };
                self.diagnostics.push(code, Place::key(&scheme.origin));
            }
        }
        let kept = kept.into_iter().map(|index| &schemes[index]);
        (kept.collect(), by_index)
    }
}

fn location(credential: &Credential) -> CredentialLocation {
    match credential {
        Credential::Bearer => CredentialLocation::Bearer,
        Credential::Basic => CredentialLocation::Basic,
        Credential::Http(name) => CredentialLocation::Http(name.clone()),
        Credential::Header(name) => CredentialLocation::Header(name.clone()),
        Credential::Query(name) => CredentialLocation::Query(name.clone()),
        Credential::Cookie(name) => CredentialLocation::Cookie(name.clone()),
        Credential::Certificate => CredentialLocation::Certificate,
        Credential::External => CredentialLocation::External,
    }
}

/// Gives each scheme by which a client can get tokens for itself the environment variables of its id and secret.
fn client_variables(api: &str, schemes: &mut [Scheme]) {
    let has_own = |scheme: &Scheme| {
        let mut flows = scheme.oauth.iter().flat_map(|oauth| &oauth.flows);
        flows.any(|flow| flow.grant == "ClientCredentials")
    };
    let count = schemes.iter().filter(|scheme| has_own(scheme)).count();
    for scheme in schemes.iter_mut().filter(|scheme| has_own(scheme)) {
        let own = if count > 1 { scheme.setter.plain() } else { "" };
        let name = |word: &str| variable(api, &[own, word]);
        let names = (name("client_id"), name("client_secret"));
        if let Some(oauth) = &mut scheme.oauth {
            oauth.variables = Some(names);
        }
    }
}

fn oauth(oauth: &ir::OAuth) -> OAuth {
    let flows = oauth.flows.iter().map(|flow| OAuthFlow {
        grant: match flow.grant {
            Grant::AuthorizationCode => "AuthorizationCode",
            Grant::ClientCredentials => "ClientCredentials",
            Grant::DeviceAuthorization => "DeviceAuthorization",
            Grant::Implicit => "Implicit",
            Grant::Password => "Password",
        },
        authorization_url: flow.authorization_url.clone(),
        token_url: flow.token_url.clone(),
        refresh_url: flow.refresh_url.clone(),
        scopes: flow.scopes.clone(),
    });
    OAuth {
        flows: flows.collect(),
        metadata_url: oauth.metadata_url.clone(),
        variables: None,
    }
}

/// The name of a credential that is the only one of its kind; `None` if it is always named after its scheme.
fn kind(location: &CredentialLocation) -> Option<&'static str> {
    match location {
        CredentialLocation::Bearer => Some("bearer"),
        CredentialLocation::Basic => Some("basic"),
        CredentialLocation::Http(_) => None,
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_) => Some("api_key"),
        CredentialLocation::Certificate => Some("client_certificate"),
        CredentialLocation::External => Some("external"),
    }
}

/// The environment variables of each scheme. The only scheme of its kind has `PETS_TOKEN`, `PETS_USERNAME` with `PETS_PASSWORD`, or
/// `PETS_API_KEY`; several are told apart by their setters.
fn variables(api: &str, setters: &[Ident], locations: &[CredentialLocation]) -> Vec<Variables> {
    let reserved = ["base_url", "client_id", "client_secret"].map(|word| variable(api, &[word]));
    let mut used = BTreeSet::from(reserved);
    let mut free = |own: Option<&str>, what: &str| {
        // `PETS_PERSONAL_TOKEN` for the scheme `personal_token`, not `PETS_PERSONAL_TOKEN_TOKEN`.
        let said = what.rsplit('_').next().unwrap_or_default();
        let own = own.unwrap_or_default();
        let short = own.split('_').any(|word| word == said);
        let short = short.then(|| variable(api, &[own]));
        let name = short.filter(|name| !used.contains(name));
        let name = name.unwrap_or_else(|| variable(api, &[own, what]));
        used.insert(name.clone());
        name
    };
    let one = |(setter, location): (&Ident, &CredentialLocation)| {
        let same = locations
            .iter()
            .filter(|other| word(other) == word(location));
        let own = (same.count() > 1).then(|| setter.plain());
        match (location, word(location)) {
            (CredentialLocation::Basic, _) => {
                Variables::UserAndPassword(free(own, "username"), free(own, "password"))
            }
            (_, Some(what)) => Variables::One(free(own, what)),
            (_, None) => Variables::None,
        }
    };
    setters.iter().zip(locations).map(one).collect()
}

/// What the environment variable of a credential ends with, if it may be in one.
fn word(location: &CredentialLocation) -> Option<&'static str> {
    match location {
        CredentialLocation::Bearer | CredentialLocation::Http(_) => Some("token"),
        CredentialLocation::Basic => Some("password"),
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_) => Some("api_key"),
        CredentialLocation::Certificate | CredentialLocation::External => None,
    }
}

/// The name of an environment variable: the name of the API, or the prefix that is configured, and words, in capitals.
pub(super) fn variable(api: &str, words: &[&str]) -> String {
    let parts = std::iter::once(&api).chain(words);
    let parts = parts.flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_uppercase).collect::<Vec<_>>().join("_")
}

/// Words that distinguish a location from others.
fn words(location: &CredentialLocation) -> String {
    match location {
        CredentialLocation::Bearer => "bearer".to_owned(),
        CredentialLocation::Basic => "basic".to_owned(),
        CredentialLocation::Http(name) => format!("scheme {name}"),
        CredentialLocation::Header(name) => format!("header {name}"),
        CredentialLocation::Query(name) => format!("query {name}"),
        CredentialLocation::Cookie(name) => format!("cookie {name}"),
        CredentialLocation::Certificate => "certificate".to_owned(),
        CredentialLocation::External => "external".to_owned(),
    }
}

/// The alternative groups of credentials of all operations, the most frequent first: what a request has that is no operation.
pub(super) fn usual(groups: &[Group]) -> Vec<Vec<Ident>> {
    let mut counts: Vec<(Vec<Ident>, usize)> = Vec::new();
    for operation in groups.iter().flat_map(|group| &group.operations) {
        for alternative in operation.security.alternatives() {
            let schemes = alternative.iter().map(|(scheme, _)| scheme.clone());
            let schemes: Vec<Ident> = schemes.collect();
            match counts.iter_mut().find(|(known, _)| *known == schemes) {
                Some((_, count)) => *count += 1,
                None => counts.push((schemes, 1)),
            }
        }
    }
    counts.sort_by(|(a, most), (b, more)| more.cmp(most).then_with(|| a.cmp(b)));
    counts.into_iter().map(|(schemes, _)| schemes).collect()
}

pub(super) fn security(requirements: &[ir::Requirement], schemes: &Schemes) -> Security {
    let constant = |index: usize| &schemes.list[schemes.by_index[index]].constant;
    let group = |requirement: &ir::Requirement| -> Vec<(Ident, Vec<String>)> {
        let named = requirement.schemes.iter();
        let mut named: Vec<_> = named
            .map(|(index, scopes)| (constant(*index).clone(), scopes.clone()))
            .collect();
        named.dedup();
        named
    };
    let mut groups: Vec<_> = requirements
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .map(group)
        .collect();
    groups.dedup();
    let optional = requirements
        .iter()
        .any(|requirement| requirement.schemes.is_empty());
    match (groups.is_empty(), optional) {
        (true, _) => Security::Public,
        (false, true) => Security::Optional(groups),
        (false, false) => Security::Required(groups),
    }
}
