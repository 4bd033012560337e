//! Compares the responses of an operation.

use super::told::{member, own_name};
use super::walk::{Found, Spot, Walk, Way};
use super::{bodies, rules};
use crate::ir::{Api, Content, Header, Operation, Response, Shape, TypeId};
use std::collections::{BTreeMap, HashMap};

/// Compares the responses of two operations; `way` is who sends them.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    way: Way,
    label: &str,
    old: &Operation,
    new: &Operation,
) {
    let list = |operation: &'_ Operation| -> Vec<Response> { operation.responses.list.clone() };
    let (ours, theirs) = (list(old), list(new));
    let by_status: BTreeMap<_, &Response> = theirs.iter().map(|one| (one.status, one)).collect();
    let known: BTreeMap<_, &Response> = ours.iter().map(|one| (one.status, one)).collect();
    for response in &ours {
        let site = walk.site(label, format!("response {}", response.status));
        if let Some(other) = by_status.get(&response.status) {
            both(walk, site, way, response, other);
        } else {
            let rule = if response.status.is_success() {
                rules::SUCCESS_REMOVED
            } else {
                rules::ERROR_REMOVED
            };
            walk.push(site, way, Found::new(rule, &response.origin, &new.origin));
        }
    }
    let outcomes = |operation: &Operation| -> usize {
        let successes = operation.responses.successes();
        successes.map(|one| one.contents.len().max(1)).sum()
    };
    for response in theirs.iter().filter(|one| !known.contains_key(&one.status)) {
        let rule = match (response.status.is_success(), outcomes(old)) {
            (true, 0 | 1) => rules::SECOND_SUCCESS_ADDED,
            (true, _) => rules::SUCCESS_ADDED,
            (false, _) => rules::ERROR_ADDED,
        };
        let site = walk.site(label, format!("response {}", response.status));
        walk.push(site, way, Found::new(rule, &old.origin, &response.origin));
    }
    let (was, is) = (error_type(walk.old, old), error_type(walk.new, new));
    if old.is_call() && was != is {
        let site = walk.site(label, "errors");
        let found = Found::new(rules::ERROR_TYPE, &old.origin, &new.origin);
        walk.push(site, way, found.before(was).after(is));
    }
}

/// What the client has for the body of an error: nothing, one type, or an enum of several.
fn error_type(api: &Api, operation: &Operation) -> String {
    let mut types: Vec<TypeId> = Vec::new();
    for content in operation.responses.errors().flat_map(|one| &one.contents) {
        let ty = match &content.content {
            Content::Json(ty) | Content::Xml(ty) | Content::Lines(ty) => *ty,
            _ => continue,
        };
        let ty = api.resolved(ty);
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    match &types[..] {
        [] => "no body".to_owned(),
        [one] => own_name(&api[*one].role).unwrap_or_else(|| match &api[*one].shape {
            Shape::Object(_) | Shape::Union(_) | Shape::Enum(_) => "a type of its own".to_owned(),
            _ => super::told::brief(api, *one),
        }),
        _ => "several types".to_owned(),
    }
}

fn both(walk: &mut Walk<'_>, site: Spot, way: Way, old: &Response, new: &Response) {
    let found = |rule| Found::new(rule, &old.origin, &new.origin);
    if old.description != new.description {
        walk.push(site, way, found(rules::RESPONSE_TEXT));
    }
    match (old.contents.is_empty(), new.contents.is_empty()) {
        (true, false) => walk.push(site, way, found(rules::RESPONSE_BODY_ADDED)),
        (false, true) => walk.push(site, way, found(rules::RESPONSE_BODY_REMOVED)),
        _ => {
            let places = [&old.origin, &new.origin];
            bodies::contents(walk, site, way, places, &old.contents, &new.contents);
        }
    }
    headers(walk, site, way, old, new);
}

/// The description without what lowering says of required headers, which is told by another rule.
fn said(header: &Header) -> String {
    let said = header.description.as_deref().unwrap_or_default();
    said.replace("It is always there.", "").trim().to_owned()
}

fn headers(walk: &mut Walk<'_>, site: Spot, way: Way, old: &Response, new: &Response) {
    let key = |header: &Header| header.name.to_ascii_lowercase();
    let theirs: HashMap<String, &Header> = new.headers.iter().map(|one| (key(one), one)).collect();
    let ours: HashMap<String, &Header> = old.headers.iter().map(|one| (key(one), one)).collect();
    let place = |response: &Response, header: &Header| {
        member(&member(&response.origin, "headers"), &header.name)
    };
    for header in &old.headers {
        let spot = walk.below(site, format!("header {}", header.name));
        if let Some(other) = theirs.get(&key(header)) {
            let places = [place(old, header), place(new, other)];
            let found = |rule| Found::new(rule, &places[0], &places[1]);
            match (header.required, other.required) {
                (false, true) => walk.push(spot, way, found(rules::HEADER_REQUIRED)),
                (true, false) => walk.push(spot, way, found(rules::HEADER_OPTIONAL)),
                _ => {}
            }
            if said(header) != said(other) {
                walk.push(spot, way, found(rules::HEADER_TEXT));
            }
            match (header.ty, other.ty) {
                (Some(x), Some(y)) => walk.compare(spot, way, x, y),
                (None, None) => {}
                _ => walk.push(spot, way, found(rules::TYPE_CHANGED)),
            }
        } else {
            let rule = if header.required {
                rules::REQUIRED_HEADER_REMOVED
            } else {
                rules::OPTIONAL_HEADER_REMOVED
            };
            let found = Found::new(rule, &place(old, header), &new.origin);
            walk.push(spot, way, found);
        }
    }
    let mut first = old.headers.is_empty();
    for header in new
        .headers
        .iter()
        .filter(|one| !ours.contains_key(&key(one)))
    {
        let rule = if std::mem::take(&mut first) {
            rules::FIRST_HEADER_ADDED
        } else if header.required {
            rules::REQUIRED_HEADER_ADDED
        } else {
            rules::OPTIONAL_HEADER_ADDED
        };
        let spot = walk.below(site, format!("header {}", header.name));
        let found = Found::new(rule, &old.origin, &place(new, header));
        walk.push(spot, way, found);
    }
}
