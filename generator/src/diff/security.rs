//! Compares security schemes, and which of them operations need.

use super::rules;
use super::told::member;
use super::walk::{Found, Spot, Walk};
use crate::ir::{Api, Operation, Requirement, SecurityScheme};
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Compares the security schemes of two APIs, by their names.
pub(super) fn schemes(walk: &mut Walk<'_>, ours: &Origin, theirs: &Origin) {
    let (old, new) = (&walk.old.schemes, &walk.new.schemes);
    let known: HashMap<&str, &SecurityScheme> =
        new.iter().map(|one| (one.name.as_str(), one)).collect();
    let mut found = Vec::new();
    for scheme in old {
        let Some(other) = known.get(scheme.name.as_str()) else {
            let to = member(theirs, "components");
            let gone = Found::new(rules::SCHEME_REMOVED, &scheme.origin, &to);
            found.push((&scheme.name, gone));
            continue;
        };
        let told = |rule| Found::new(rule, &scheme.origin, &other.origin);
        if scheme.credential != other.credential {
            let words = |scheme: &SecurityScheme| format!("{:?}", scheme.credential).to_lowercase();
            let told = told(rules::SCHEME_CHANGED);
            found.push((&scheme.name, told.before(words(scheme)).after(words(other))));
        }
        if scheme.description != other.description {
            found.push((&scheme.name, told(rules::SCHEME_TEXT)));
        }
    }
    let before: BTreeSet<&str> = old.iter().map(|one| one.name.as_str()).collect();
    for scheme in new.iter().filter(|one| !before.contains(one.name.as_str())) {
        let from = member(ours, "components");
        let came = Found::new(rules::SCHEME_ADDED, &from, &scheme.origin);
        found.push((&scheme.name, came));
    }
    for (name, found) in found {
        let site = walk.site("", format!("security scheme {name}"));
        walk.note(site, found);
    }
}

/// The alternatives of an operation: for each the schemes that are needed together, with their scopes.
fn alternatives(api: &Api, operation: &Operation) -> BTreeMap<String, BTreeSet<String>> {
    let words = |requirement: &Requirement| {
        let mut names: Vec<&str> = Vec::new();
        let mut scopes = BTreeSet::new();
        for (scheme, wanted) in &requirement.schemes {
            if let Some(scheme) = api.schemes.get(*scheme) {
                names.push(&scheme.name);
            }
            scopes.extend(wanted.iter().cloned());
        }
        names.sort_unstable();
        (names.join(" and "), scopes)
    };
    operation.security.iter().map(words).collect()
}

/// Compares what an operation needs.
pub(super) fn requirements(walk: &mut Walk<'_>, site: Spot, old: &Operation, new: &Operation) {
    let (was, is) = (alternatives(walk.old, old), alternatives(walk.new, new));
    let found = |rule| Found::new(rule, &old.origin, &new.origin);
    // An empty alternative needs nothing; neither does an operation without any.
    let open = |list: &BTreeMap<String, BTreeSet<String>>| list.keys().all(String::is_empty);
    let words = |list: &BTreeMap<String, BTreeSet<String>>| {
        let names: Vec<&str> = list.keys().map(String::as_str).collect();
        names.join(" or ")
    };
    match (open(&was), open(&is)) {
        (true, true) => return,
        (true, false) => {
            walk.note(site, found(rules::SECURITY_INTRODUCED).after(words(&is)));
            return;
        }
        (false, true) => {
            walk.note(site, found(rules::SECURITY_DROPPED).before(words(&was)));
            return;
        }
        (false, false) => {}
    }
    let named = |name: &str| if name.is_empty() { "none" } else { name }.to_owned();
    for (name, scopes) in &was {
        let Some(others) = is.get(name) else {
            walk.note(site, found(rules::SECURITY_REMOVED).before(named(name)));
            continue;
        };
        for scope in scopes.difference(others) {
            walk.note(site, found(rules::SCOPE_REMOVED).before(scope));
        }
        for scope in others.difference(scopes) {
            walk.note(site, found(rules::SCOPE_ADDED).after(scope));
        }
    }
    for name in is.keys().filter(|name| !was.contains_key(*name)) {
        walk.note(site, found(rules::SECURITY_ADDED).after(named(name)));
    }
}
