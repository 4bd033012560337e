//! Matches the operations of two APIs, and compares what is said of an API and of an operation as a whole.

use super::rules;
use super::told::member;
use super::walk::{Found, Spot, Walk, Way};
use super::{bodies, parameters, responses, security};
use crate::ir::{Api, Cause, Operation, Role, SegmentPart, Server, TypeId};
use crate::source::{Origin, Pointer};
use std::collections::{HashMap, HashSet};

/// Compares two APIs.
pub(super) fn api(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old, walk.new);
    let (ours, theirs) = (root(old), root(new));
    let site = walk.site("", "");
    let texts = |api: &Api| {
        (
            api.title.clone(),
            api.version.clone(),
            api.description.clone(),
        )
    };
    if texts(old) != texts(new) {
        let (from, to) = (member(&ours, "info"), member(&theirs, "info"));
        let found = Found::new(rules::API_TEXT, &from, &to);
        walk.note(site, found.before(&old.version).after(&new.version));
    }
    servers(walk, site, &ours, &theirs);
    let known: HashMap<&str, &Option<String>> = old
        .tags
        .iter()
        .map(|(name, text)| (name.as_str(), text))
        .collect();
    let is: HashMap<&str, &Option<String>> = new
        .tags
        .iter()
        .map(|(name, text)| (name.as_str(), text))
        .collect();
    let names = old
        .tags
        .iter()
        .chain(&new.tags)
        .map(|(name, _)| name.as_str());
    let mut told = HashSet::new();
    for name in names.filter(|name| told.insert(*name)) {
        let text =
            |tags: &HashMap<&str, &Option<String>>| tags.get(name).copied().cloned().flatten();
        if text(&known) != text(&is) {
            let (from, to) = (member(&ours, "tags"), member(&theirs, "tags"));
            let site = walk.site("", format!("tag {name}"));
            walk.note(site, Found::new(rules::TAG_TEXT, &from, &to));
        }
    }
    security::schemes(walk, &ours, &theirs);
    operations(walk);
    schemas(walk, &ours, &theirs);
}

/// The root of a description: the file of its first definition. What has no definition has no place, either.
fn root(api: &Api) -> Origin {
    let operations = api.operations.iter().map(|operation| operation.origin.file);
    let mut files = operations.chain(api.types.iter().map(|ty| ty.origin.file));
    Origin {
        file: files.next().unwrap_or(crate::source::FileId(0)),
        pointer: Pointer::root(),
    }
}

fn servers(walk: &mut Walk<'_>, site: Spot, ours: &Origin, theirs: &Origin) {
    let (from, to) = (member(ours, "servers"), member(theirs, "servers"));
    let url = |server: &Server| {
        server
            .template
            .clone()
            .unwrap_or_else(|| server.url.clone())
    };
    let (old, new) = (&walk.old.servers, &walk.new.servers);
    let known: HashMap<String, &Server> = new.iter().map(|one| (url(one), one)).collect();
    let before: HashSet<String> = old.iter().map(url).collect();
    let mut found = Vec::new();
    for server in old {
        let Some(other) = known.get(&url(server)) else {
            found.push(Found::new(rules::SERVER_REMOVED, &from, &to).before(url(server)));
            continue;
        };
        if server.description != other.description {
            found.push(Found::new(rules::SERVER_TEXT, &from, &to).after(url(server)));
        }
        if server.variables != other.variables || server.url != other.url {
            found.push(Found::new(rules::SERVER_VARIABLE, &from, &to).after(url(server)));
        }
    }
    for server in new.iter().filter(|one| !before.contains(&url(one))) {
        found.push(Found::new(rules::SERVER_ADDED, &from, &to).after(url(server)));
    }
    for found in found {
        walk.note(site, found);
    }
}

/// Named schemas: which there are, and those that no operation uses.
fn schemas(walk: &mut Walk<'_>, ours: &Origin, theirs: &Origin) {
    fn named(api: &Api) -> Vec<(String, TypeId)> {
        let types = api.types.iter().enumerate();
        let names = types.filter_map(|(at, ty)| match &ty.role {
            Role::Named(name) => Some((name.to_string(), TypeId(u32::try_from(at).ok()?))),
            _ => None,
        });
        names.collect()
    }
    let (old, new) = (named(walk.old), named(walk.new));
    let known: HashMap<&str, TypeId> = new.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    let before: HashSet<&str> = old.iter().map(|(name, _)| name.as_str()).collect();
    for (name, id) in &old {
        let site = walk.site("", format!("schema {name}"));
        if let Some(other) = known.get(name.as_str()) {
            walk.expect(site, Way::Unsent, *id, *other);
        } else {
            let origin = walk.old[*id].origin.clone();
            walk.note(site, Found::new(rules::SCHEMA_REMOVED, &origin, theirs));
        }
    }
    for (name, id) in new
        .iter()
        .filter(|(name, _)| !before.contains(name.as_str()))
    {
        let site = walk.site("", format!("schema {name}"));
        let origin = walk.new[*id].origin.clone();
        walk.note(site, Found::new(rules::SCHEMA_ADDED, ours, &origin));
    }
}

/// What an operation is matched by. Names of templates don't matter.
fn key(api: &Api, operation: &Operation, full: bool) -> String {
    let path = operation.path.segments.iter().map(|segment| {
        let parts = segment.parts.iter().map(|part| match part {
            SegmentPart::Literal(text) => text.as_str(),
            SegmentPart::Parameter(_) => "{}",
        });
        format!("/{}", parts.collect::<String>())
    });
    let path: String = path.collect();
    let base = match &operation.cause {
        Cause::Call if full => api.servers.first().map_or("", Server::base_path),
        Cause::Call => "",
        Cause::Webhook { .. } => "webhook ",
        Cause::Callback { .. } => "callback ",
    };
    let query = operation.path.encoded_query();
    format!("{} {base}{path}?{query}", operation.method)
}

/// What operations are matched by in a pass; `None` for those that the pass is not for.
type Sign<'f> = &'f dyn Fn(&Api, &Operation) -> Option<String>;

/// Pairs of indexes of operations that match: by method and path, else by path behind the server, else by operationId.
fn matched(old: &Api, new: &Api) -> Vec<Option<usize>> {
    let id = |operation: &Operation| {
        let id = operation.id.as_deref().filter(|_| operation.is_call());
        id.map(|id| format!("id {id}"))
    };
    let passes: [Sign<'_>; 3] = [
        &|api, operation| Some(key(api, operation, false)),
        &|api, operation| Some(key(api, operation, true)),
        &|_, operation| id(operation),
    ];
    let mut found = vec![None; old.operations.len()];
    let mut taken = vec![false; new.operations.len()];
    for pass in passes {
        let mut left: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, operation) in new.operations.iter().enumerate().rev() {
            if let Some(key) = pass(new, operation).filter(|_| !taken[at]) {
                left.entry(key).or_default().push(at);
            }
        }
        for (operation, found) in old.operations.iter().zip(&mut found) {
            if found.is_none()
                && let Some(key) = pass(old, operation)
                && let Some(at) = left.get_mut(&key).and_then(Vec::pop)
            {
                taken[at] = true;
                *found = Some(at);
            }
        }
    }
    found
}

fn operations(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old, walk.new);
    let matched = matched(old, new);
    let groups = (groups(old), groups(new));
    for (at, operation) in old.operations.iter().enumerate() {
        match matched[at] {
            Some(other) => {
                let moved = (&groups.0[at], &groups.1[other]);
                both(walk, operation, &new.operations[other], moved);
            }
            None => removed(walk, operation),
        }
    }
    let taken: HashSet<usize> = matched.into_iter().flatten().collect();
    let mut known: HashSet<&Option<String>> = groups.0.iter().collect();
    for (at, operation) in new.operations.iter().enumerate() {
        if taken.contains(&at) {
            continue;
        }
        let rule = match operation.cause {
            Cause::Call if known.insert(&groups.1[at]) => rules::GROUP_ADDED,
            Cause::Call => rules::OPERATION_ADDED,
            Cause::Webhook { .. } => rules::WEBHOOK_ADDED,
            Cause::Callback { .. } => rules::CALLBACK_ADDED,
        };
        let site = walk.site(&operation.label(), "");
        let around = paths(old, operation);
        walk.note(site, Found::new(rule, &around, &operation.origin));
    }
}

/// Where an operation would be if there were one.
fn paths(api: &Api, operation: &Operation) -> Origin {
    let root = root(api);
    match operation.cause {
        Cause::Call => member(&root, "paths"),
        Cause::Webhook { .. } => member(&root, "webhooks"),
        Cause::Callback { .. } => root,
    }
}

fn removed(walk: &mut Walk<'_>, operation: &Operation) {
    let rule = match operation.cause {
        Cause::Call if operation.deprecated => rules::DEPRECATED_REMOVED,
        Cause::Call => rules::OPERATION_REMOVED,
        Cause::Webhook { .. } => rules::WEBHOOK_REMOVED,
        Cause::Callback { .. } => rules::CALLBACK_REMOVED,
    };
    let site = walk.site(&operation.label(), "");
    let around = paths(walk.new, operation);
    walk.note(site, Found::new(rule, &operation.origin, &around));
}

/// The group of each operation: of its tags the one with the most operations, else what its operationId says before a slash or a dot.
fn groups(api: &Api) -> Vec<Option<String>> {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for tag in api.operations.iter().flat_map(|operation| &operation.tags) {
        *sizes.entry(tag).or_default() += 1;
    }
    let of = |operation: &Operation| {
        let tags = operation.tags.iter().map(String::as_str);
        let biggest = tags.max_by(|a, b| sizes[a].cmp(&sizes[b]).then_with(|| b.cmp(a)));
        let told = || Some(operation.id.as_deref()?.split_once(['/', '.'])?.0);
        biggest.or_else(told).map(str::to_lowercase)
    };
    api.operations.iter().map(of).collect()
}

fn both(
    walk: &mut Walk<'_>,
    old: &Operation,
    new: &Operation,
    groups: (&Option<String>, &Option<String>),
) {
    let label = old.label();
    let way = if old.is_call() {
        Way::Request
    } else {
        // The API sends what a webhook or callback requests.
        Way::Response
    };
    let site = walk.site(&label, "");
    whole(walk, site, old, new);
    let named = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
    if old.is_call() && groups.0 != groups.1 {
        let found = Found::new(rules::OPERATION_GROUP, &old.origin, &new.origin);
        walk.note(site, found.before(named(groups.0)).after(named(groups.1)));
    } else if old.tags != new.tags {
        let found = Found::new(rules::OPERATION_TAGS, &old.origin, &new.origin);
        let found = found.before(old.tags.join(", ")).after(new.tags.join(", "));
        walk.note(site, found);
    }
    security::requirements(walk, site, old, new);
    parameters::compare(walk, way, &label, old, new);
    bodies::request(walk, way, &label, old, new);
    responses::compare(walk, way.back(), &label, old, new);
}

/// Compares what an operation says of itself.
fn whole(walk: &mut Walk<'_>, site: Spot, old: &Operation, new: &Operation) {
    let found = |rule| Found::new(rule, &old.origin, &new.origin);
    let words = |id: &Option<String>| id.clone().unwrap_or_else(|| "none".to_owned());
    if key(walk.old, old, false) != key(walk.new, new, false) {
        let full = |api: &Api, operation: &Operation| {
            let base = api.servers.first().map_or("", Server::base_path);
            format!("{} {base}{}", operation.method, operation.path.template)
        };
        // A path that moves from the server to the operation stays the same URL.
        if key(walk.old, old, true) != key(walk.new, new, true) {
            let (before, after) = (full(walk.old, old), full(walk.new, new));
            walk.note(
                site,
                found(rules::OPERATION_MOVED).before(before).after(after),
            );
        }
    }
    if old.id != new.id || old.slug != new.slug {
        let found = found(rules::OPERATION_ID);
        walk.note(site, found.before(words(&old.id)).after(words(&new.id)));
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => walk.note(site, found(rules::OPERATION_DEPRECATED)),
        (true, false) => walk.note(site, found(rules::OPERATION_REACTIVATED)),
        _ => {}
    }
    let texts = |one: &Operation| {
        (
            one.summary.clone(),
            one.description.clone(),
            one.docs_url.clone(),
        )
    };
    if texts(old) != texts(new) {
        walk.note(site, found(rules::OPERATION_TEXT));
    }
    if old.servers != new.servers {
        walk.note(site, found(rules::OPERATION_SERVERS));
    }
    let called = |cause: &Cause| match cause {
        Cause::Callback { url, of, .. } => Some((url.clone(), of.len())),
        Cause::Call | Cause::Webhook { .. } => None,
    };
    if called(&old.cause) != called(&new.cause) {
        walk.note(site, found(rules::CALLBACK_CAUSES));
    }
}
