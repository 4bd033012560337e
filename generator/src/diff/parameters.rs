//! Compares the parameters of an operation.

use super::rules;
use super::walk::{Found, Walk, Way};
use crate::ir::{Location, Operation, Parameter};
use std::collections::{HashMap, HashSet};

/// What a parameter is matched by: its place in the path, else its location and name, in which headers don't tell cases apart.
type Place = (Location, String);

fn places(operation: &Operation) -> Vec<Place> {
    let mut position = 0;
    let place = |parameter: &Parameter| match parameter.location {
        Location::Path => {
            position += 1;
            (Location::Path, position.to_string())
        }
        Location::Header => (Location::Header, parameter.name.to_ascii_lowercase()),
        location => (location, parameter.name.clone()),
    };
    operation.parameters.iter().map(place).collect()
}

pub(super) fn compare(
    walk: &mut Walk<'_>,
    way: Way,
    label: &str,
    old: &Operation,
    new: &Operation,
) {
    let (places_of_old, places_of_new) = (places(old), places(new));
    let theirs: HashMap<&Place, &Parameter> = places_of_new.iter().zip(&new.parameters).collect();
    for (place, parameter) in places_of_old.iter().zip(&old.parameters) {
        if let Some(other) = theirs.get(place) {
            both(walk, way, label, parameter, other);
        } else {
            let rule = if parameter.deprecated {
                rules::DEPRECATED_PARAMETER_REMOVED
            } else {
                rules::PARAMETER_REMOVED
            };
            let site = walk.site(label, part(parameter));
            walk.push(site, way, Found::new(rule, &parameter.origin, &new.origin));
        }
    }
    let known: HashSet<&Place> = places_of_old.iter().collect();
    let beside = |operation: &Operation| {
        let mut all = operation.parameters.iter();
        all.any(|parameter| parameter.location != Location::Path)
    };
    let mut first = !beside(old);
    for (place, parameter) in places_of_new.iter().zip(&new.parameters) {
        if known.contains(place) {
            continue;
        }
        let rule = if parameter.required {
            rules::REQUIRED_PARAMETER_ADDED
        } else if std::mem::take(&mut first) {
            rules::FIRST_PARAMETER_ADDED
        } else {
            rules::OPTIONAL_PARAMETER_ADDED
        };
        let site = walk.site(label, part(parameter));
        let found = Found::new(rule, &old.origin, &parameter.origin);
        let found = found.after(walk.new.type_text(parameter.ty));
        walk.push(site, way, found);
    }
}

fn part(parameter: &Parameter) -> String {
    format!("{} parameter {}", parameter.location.word(), parameter.name)
}

fn both(walk: &mut Walk<'_>, way: Way, label: &str, old: &Parameter, new: &Parameter) {
    let site = walk.site(label, part(new));
    let found = |rule| Found::new(rule, &old.origin, &new.origin);
    let mut told = Vec::new();
    // Names of headers don't tell cases apart.
    if !old.name.eq_ignore_ascii_case(&new.name) {
        let renamed = found(rules::PATH_PARAMETER_RENAMED);
        told.push(renamed.before(&old.name).after(&new.name));
    }
    match (old.required, new.required) {
        (false, true) => told.push(found(rules::PARAMETER_REQUIRED)),
        (true, false) => told.push(found(rules::PARAMETER_OPTIONAL)),
        _ => {}
    }
    match (&old.default, &new.default) {
        (None, Some(is)) => told.push(found(rules::PARAMETER_DEFAULT_ADDED).after(is)),
        (Some(was), None) => told.push(found(rules::PARAMETER_DEFAULT_REMOVED).before(was)),
        (Some(was), Some(is)) if was != is => {
            told.push(found(rules::PARAMETER_DEFAULT).before(was).after(is));
        }
        _ => {}
    }
    if old.style != new.style {
        let words = |parameter: &Parameter| format!("{:?}", parameter.style).to_lowercase();
        let style = found(rules::PARAMETER_STYLE);
        told.push(style.before(words(old)).after(words(new)));
    }
    if (old.allow_reserved, old.allow_empty) != (new.allow_reserved, new.allow_empty) {
        told.push(found(rules::PARAMETER_ENCODING));
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => told.push(found(rules::PARAMETER_DEPRECATED)),
        (true, false) => told.push(found(rules::PARAMETER_REACTIVATED)),
        _ => {}
    }
    if old.description != new.description {
        told.push(found(rules::PARAMETER_TEXT));
    }
    for found in told {
        walk.push(site, way, found);
    }
    walk.compare(site, way, old.ty, new.ty);
}
