//! Compares bodies: of requests, and the contents that requests and responses have.

use super::rules;
use super::walk::{Found, Spot, Walk, Way};
use crate::ir::{BodyContent, Content, Multipart, Operation, Part, PartContent, TypeId};
use crate::source::Origin;
use std::collections::HashMap;

/// Compares the bodies of two requests.
pub(super) fn request(
    walk: &mut Walk<'_>,
    way: Way,
    label: &str,
    old: &Operation,
    new: &Operation,
) {
    let site = walk.site(label, "request body");
    match (&old.body, &new.body) {
        (None, None) => {}
        (Some(body), None) => {
            let found = Found::new(rules::BODY_REMOVED, &body.origin, &new.origin);
            walk.push(site, way, found);
        }
        (None, Some(body)) => {
            let rule = if body.required {
                rules::REQUIRED_BODY_ADDED
            } else {
                rules::OPTIONAL_BODY_ADDED
            };
            walk.push(site, way, Found::new(rule, &old.origin, &body.origin));
        }
        (Some(old), Some(new)) => {
            // A server takes bytes as a stream, which may be empty.
            let mut all = old.contents.iter().chain(&new.contents);
            let is_bytes = all.all(|content| content.content == Content::Bytes);
            let rule = match (old.required, new.required) {
                (false, true) if is_bytes => Some(rules::BYTES_REQUIRED),
                (true, false) if is_bytes => Some(rules::BYTES_OPTIONAL),
                (false, true) => Some(rules::BODY_REQUIRED),
                (true, false) => Some(rules::BODY_OPTIONAL),
                _ => None,
            };
            if let Some(rule) = rule {
                walk.push(site, way, Found::new(rule, &old.origin, &new.origin));
            }
            if old.description != new.description {
                let found = Found::new(rules::BODY_TEXT, &old.origin, &new.origin);
                walk.push(site, way, found);
            }
            let places = [&old.origin, &new.origin];
            contents(walk, site, way, places, &old.contents, &new.contents);
        }
    }
}

/// Compares contents by their media types.
pub(super) fn contents(
    walk: &mut Walk<'_>,
    site: Spot,
    way: Way,
    places: [&Origin; 2],
    old: &[BodyContent],
    new: &[BodyContent],
) {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, content) in new.iter().enumerate() {
        for name in &content.media_types {
            by_name.entry(name.to_ascii_lowercase()).or_insert(at);
        }
    }
    let single = old.len() == 1 && new.len() == 1;
    let mut order = Vec::new();
    let mut taken = vec![false; new.len()];
    let found = |rule| Found::new(rule, places[0], places[1]);
    for content in old {
        let mut names = content.media_types.iter();
        let same = names.find_map(|name| by_name.get(&name.to_ascii_lowercase()).copied());
        // A media type that takes the place of the only other one has the same content more often than not.
        let Some(at) = same
            .filter(|at| !taken[*at])
            .or_else(|| single.then_some(0))
        else {
            let gone = found(rules::CONTENT_REMOVED).before(content.media_types.join(", "));
            walk.push(site, way, gone);
            continue;
        };
        taken[at] = true;
        order.push(at);
        both(walk, site, way, places, content, &new[at]);
    }
    for (content, _) in new.iter().zip(taken).filter(|(_, taken)| !taken) {
        let came = found(rules::CONTENT_ADDED).after(content.media_types.join(", "));
        walk.push(site, way, came);
    }
    if !order.is_sorted() {
        walk.push(site, way, found(rules::CONTENT_ORDER));
    }
}

fn both(
    walk: &mut Walk<'_>,
    site: Spot,
    way: Way,
    places: [&Origin; 2],
    old: &BodyContent,
    new: &BodyContent,
) {
    let found = |rule| Found::new(rule, places[0], places[1]);
    let lower = |content: &BodyContent| -> Vec<String> {
        content
            .media_types
            .iter()
            .map(|name| name.to_ascii_lowercase())
            .collect()
    };
    let (ours, theirs) = (lower(old), lower(new));
    for name in old
        .media_types
        .iter()
        .zip(&ours)
        .filter(|(_, name)| !theirs.contains(name))
    {
        walk.push(site, way, found(rules::MEDIA_TYPE_REMOVED).before(name.0));
    }
    for name in new
        .media_types
        .iter()
        .zip(&theirs)
        .filter(|(_, name)| !ours.contains(name))
    {
        walk.push(site, way, found(rules::MEDIA_TYPE_ADDED).after(name.0));
    }
    match (old.nullable, new.nullable) {
        (false, true) => walk.push(site, way, found(rules::NULLABLE)),
        (true, false) => walk.push(site, way, found(rules::NOT_NULLABLE)),
        _ => {}
    }
    let kinds = (kind(&old.content), kind(&new.content));
    if kinds.0 != kinds.1 {
        let changed = found(rules::CONTENT_CHANGED);
        walk.push(site, way, changed.before(kinds.0).after(kinds.1));
        return;
    }
    match (&old.content, &new.content) {
        (Content::Form(x), Content::Form(y)) => {
            let encodings = |list: &[(String, crate::ir::Style, crate::ir::Kind)]| {
                let mut list: Vec<String> = list.iter().map(|one| format!("{one:?}")).collect();
                list.sort_unstable();
                list
            };
            if encodings(&x.encodings) != encodings(&y.encodings) {
                walk.push(site, way, found(rules::FORM_ENCODING));
            }
            walk.compare(site, way, x.ty, y.ty);
        }
        (Content::Multipart(x), Content::Multipart(y)) => parts(walk, site, way, places, x, y),
        (x, y) => {
            if let (Some(x), Some(y)) = (held(x), held(y)) {
                walk.compare(site, way, x, y);
            }
        }
    }
}

/// The kind of a content in words.
fn kind(content: &Content) -> &'static str {
    match content {
        Content::Json(_) => "JSON",
        Content::Xml(_) => "XML",
        Content::Form(_) => "a form",
        Content::Multipart(_) => "a form of parts",
        Content::Events(Some(_)) => "events with JSON",
        Content::Events(None) => "events with text",
        Content::Lines(_) => "lines of JSON",
        Content::Text => "text",
        Content::Bytes => "bytes",
    }
}

fn held(content: &Content) -> Option<TypeId> {
    match content {
        Content::Json(ty) | Content::Xml(ty) | Content::Events(Some(ty)) | Content::Lines(ty) => {
            Some(*ty)
        }
        Content::Form(form) => Some(form.ty),
        Content::Multipart(_) | Content::Events(None) | Content::Text | Content::Bytes => None,
    }
}

fn parts(
    walk: &mut Walk<'_>,
    site: Spot,
    way: Way,
    places: [&Origin; 2],
    old: &Multipart,
    new: &Multipart,
) {
    let theirs: HashMap<&str, &Part> = new.parts.iter().map(|one| (&*one.name, one)).collect();
    let ours: HashMap<&str, &Part> = old.parts.iter().map(|one| (&*one.name, one)).collect();
    let found = |rule| Found::new(rule, places[0], places[1]);
    for old in &old.parts {
        let spot = walk.below(site, format!(".{}", old.name));
        if let Some(new) = theirs.get(old.name.as_str()) {
            part(walk, spot, way, places, old, new);
        } else {
            let rule = if old.required {
                rules::REQUIRED_PROPERTY_REMOVED
            } else {
                rules::OPTIONAL_PROPERTY_REMOVED
            };
            walk.push(spot, way, found(rule));
        }
    }
    for new in new
        .parts
        .iter()
        .filter(|new| !ours.contains_key(new.name.as_str()))
    {
        let spot = walk.below(site, format!(".{}", new.name));
        let rule = if new.required {
            rules::REQUIRED_PROPERTY_ADDED
        } else {
            rules::OPTIONAL_PROPERTY_ADDED
        };
        walk.push(spot, way, found(rule));
    }
}

fn part(walk: &mut Walk<'_>, spot: Spot, way: Way, places: [&Origin; 2], old: &Part, new: &Part) {
    let found = |rule| Found::new(rule, places[0], places[1]);
    match (old.required, new.required) {
        (false, true) => walk.push(spot, way, found(rules::PROPERTY_REQUIRED)),
        (true, false) => walk.push(spot, way, found(rules::PROPERTY_OPTIONAL)),
        _ => {}
    }
    if old.description != new.description {
        walk.note(spot, found(rules::PROPERTY_TEXT));
    }
    if old.content_type != new.content_type {
        walk.push(spot, way, found(rules::PART_MEDIA_TYPE));
    }
    if old.many == new.many && old.length != new.length {
        walk.push(spot, way, found(rules::LIMIT_CHANGED));
    }
    match (old.content, new.content) {
        _ if old.many != new.many => walk.push(spot, way, found(rules::PART_CONTENT)),
        (PartContent::File, PartContent::File) => {}
        (PartContent::Text(x), PartContent::Text(y))
        | (PartContent::Json(x), PartContent::Json(y)) => walk.compare(spot, way, x, y),
        _ => walk.push(spot, way, found(rules::PART_CONTENT)),
    }
}
