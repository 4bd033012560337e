//! Chooses operations by what a user says of them.
//!
//! An entry of `include` or `exclude` is an operationId, `METHOD /path`, `/path` for all of its methods, `tag:NAME`, or the name of an
//! extension that is `true`, such as `x-internal`. In paths `*` stands for anything within a segment and `**` for any number of segments;
//! in operationIds, tags and the names of webhooks `*` stands for anything. What is spelled exactly like the entry is meant in any case.

use super::{Document, Operation, PathItem};
use crate::source::Origin;
use crate::spelling::nearest;
use std::collections::{BTreeSet, HashSet};

/// The operations that a user wants: those that `include` selects, or all if it is empty, but for those that `exclude` selects.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'c> {
    pub include: &'c [String],
    pub exclude: &'c [String],
}

/// What operations are chosen by.
#[derive(Debug, Clone)]
pub struct Traits<'o> {
    /// The operationId.
    pub id: Option<&'o str>,
    /// In any case.
    pub method: &'o str,
    /// The path, the name of a webhook, or the URL of a callback.
    pub path: &'o str,
    pub tags: Vec<&'o str>,
    /// Extensions of the operation or its path that are `true`.
    pub marks: Vec<&'o str>,
}

/// Entries that select nothing, by number, each with a similar one that may have been meant.
pub type Unmatched = Vec<(usize, Option<String>)>;

impl Choice<'_> {
    /// Whether the user wants everything.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether an operation is wanted. A callback belongs to the operation that it is of, so nobody needs to include it.
    #[must_use]
    pub fn keeps(&self, operation: &Traits<'_>, is_callback: bool) -> bool {
        let is_in = |entries: &[String]| entries.iter().any(|entry| operation.is_selected(entry));
        let is_included = is_callback || self.include.is_empty() || is_in(self.include);
        is_included && !is_in(self.exclude)
    }
}

impl<'o> Traits<'o> {
    fn of(operation: &'o Operation, path: &'o str) -> Self {
        Self {
            id: operation.id.as_deref(),
            method: &operation.method,
            path,
            tags: operation.tags.iter().map(String::as_str).collect(),
            marks: operation.marks.iter().map(|mark| &**mark).collect(),
        }
    }

    /// Whether an entry selects the operation.
    #[must_use]
    pub fn is_selected(&self, entry: &str) -> bool {
        let is_tag = |tag: &str| self.tags.iter().any(|own| is_like(own, tag));
        self.id
            .is_some_and(|id| id == entry || (entry.contains('*') && is_like(id, entry)))
            || entry.strip_prefix("tag:").is_some_and(is_tag)
            || self.marks.contains(&entry)
            || self.is_at(entry)
    }

    /// Whether an entry means the path, with or without a method.
    fn is_at(&self, entry: &str) -> bool {
        if entry.starts_with('/') {
            return is_path_like(self.path, entry);
        }
        let Some((method, path)) = entry.split_once(' ') else {
            return false;
        };
        let is_same = || path.eq_ignore_ascii_case(self.path) || is_path_like(self.path, path);
        (method == "*" || method.eq_ignore_ascii_case(self.method)) && is_same()
    }
}

/// Whether a name is spelled as a pattern says, in which `*` stands for anything.
fn is_like(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<_>, Vec<_>) = (name.chars().collect(), pattern.chars().collect());
    name == pattern || fits(&name, &pattern, |c| *c == '*', |c, wanted| c == wanted)
}

/// Whether a path is like a pattern, segment by segment.
fn is_path_like(path: &str, pattern: &str) -> bool {
    let (path, pattern): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), pattern.split('/').collect());
    let is_any = |segment: &&str| *segment == "**";
    path == pattern || fits(&path, &pattern, is_any, |one, wanted| is_like(one, wanted))
}

/// Whether items fit a pattern of which some stand for any number of items. Takes at most the product of both lengths, as going back to the
/// last of those is enough.
fn fits<T>(
    items: &[T],
    pattern: &[T],
    is_any: impl Fn(&T) -> bool,
    is_fit: impl Fn(&T, &T) -> bool,
) -> bool {
    let (mut at, mut wanted) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while at < items.len() {
        match pattern.get(wanted) {
            Some(any) if is_any(any) => {
                back = Some((at, wanted));
                wanted += 1;
                continue;
            }
            Some(one) if is_fit(&items[at], one) => {
                (at, wanted) = (at + 1, wanted + 1);
                continue;
            }
            _ => {}
        }
        let Some((from, any)) = back else {
            return false;
        };
        back = Some((from + 1, any));
        (at, wanted) = (from + 1, any + 1);
    }
    pattern[wanted..].iter().all(is_any)
}

impl Document {
    /// Removes the operations that aren't wanted, and paths without any. Returns the entries of `include` and of `exclude` that select
    /// nothing.
    pub fn choose(&mut self, choice: &Choice<'_>) -> [Unmatched; 2] {
        if choice.is_all() {
            return [Vec::new(), Vec::new()];
        }
        let unmatched = [choice.include, choice.exclude].map(|entries| self.unselected(entries));
        let before = self.places();
        for items in [&mut self.paths, &mut self.webhooks] {
            retain(items, choice, false);
            let operations = items.iter_mut().flat_map(|item| &mut item.operations);
            for callback in operations.flat_map(|operation| &mut operation.callbacks) {
                retain(&mut callback.items, choice, true);
            }
        }
        // What stands in one place may be used by several paths.
        let kept = self.places();
        self.left_out.extend(before.difference(&kept).cloned());
        unmatched
    }

    /// The places of paths and operations.
    fn places(&self) -> HashSet<Origin> {
        let mut places = HashSet::new();
        let mut waiting: Vec<&PathItem> = self.paths.iter().chain(&self.webhooks).collect();
        while let Some(item) = waiting.pop() {
            places.insert(item.origin.clone());
            for operation in &item.operations {
                places.insert(operation.origin.clone());
                waiting.extend(operation.callbacks.iter().flat_map(|one| &one.items));
            }
        }
        places
    }

    /// Every operation with its path, those of webhooks and callbacks as well.
    fn all_operations(&self) -> Vec<(&Operation, &str)> {
        let mut all = Vec::new();
        for item in self.paths.iter().chain(&self.webhooks) {
            for operation in &item.operations {
                all.push((operation, item.path.as_str()));
                for item in operation.callbacks.iter().flat_map(|one| &one.items) {
                    let operations = item.operations.iter();
                    all.extend(operations.map(|operation| (operation, item.path.as_str())));
                }
            }
        }
        all
    }

    fn unselected(&self, entries: &[String]) -> Unmatched {
        let operations = self.all_operations();
        let operations = operations.iter();
        let operations = operations.map(|(operation, path)| Traits::of(operation, path));
        let operations: Vec<_> = operations.collect();
        let is_used = |entry: &str| operations.iter().any(|one| one.is_selected(entry));
        let unmatched = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| !is_used(entry));
        unmatched
            .map(|(number, entry)| (number, meant(entry, &operations)))
            .collect()
    }
}

/// An entry that selects something and is spelled similarly.
fn meant(entry: &str, operations: &[Traits<'_>]) -> Option<String> {
    let mut known = BTreeSet::new();
    for operation in operations {
        known.extend(operation.id.map(str::to_owned));
        known.insert(format!("{} {}", operation.method, operation.path));
        known.insert(operation.path.to_owned());
        known.extend(operation.tags.iter().map(|tag| format!("tag:{tag}")));
        known.extend(operation.marks.iter().map(|mark| (*mark).to_owned()));
    }
    nearest(entry, known.iter().map(String::as_str)).map(str::to_owned)
}

fn retain(items: &mut Vec<PathItem>, choice: &Choice<'_>, is_callback: bool) {
    for item in items.iter_mut() {
        let path = &item.path;
        item.operations
            .retain(|operation| choice.keeps(&Traits::of(operation, path), is_callback));
    }
    items.retain(|item| !item.operations.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    const PET: Traits<'_> = Traits {
        id: Some("showPet"),
        method: "GET",
        path: "/v1/pets/{id}",
        tags: Vec::new(),
        marks: Vec::new(),
    };

    #[test]
    fn operations_are_selected_by_every_kind_of_entry() {
        let pet = Traits {
            tags: vec!["pets", "admin:read"],
            marks: vec!["x-internal"],
            ..PET
        };
        for entry in [
            "showPet",
            "show*",
            "*Pet",
            "*",
            "GET /v1/pets/{id}",
            "get /V1/pets/{id}",
            "/v1/pets/{id}",
            "/v1/pets/*",
            "/v1/*/{id}",
            "/**",
            "/v1/**",
            "/**/{id}",
            "/v1/pets/{id}/**",
            "/v1/**/pets/**",
            "/*/p*s/{*}",
            "GET /**",
            "* /v1/**",
            "tag:pets",
            "tag:admin:*",
            "tag:*",
            "x-internal",
        ] {
            assert!(pet.is_selected(entry), "{entry}");
        }
        for entry in [
            "",
            "showpet",
            "show",
            "showPet*s",
            "POST /v1/pets/{id}",
            "GET /v1/pets",
            "/v1/pets",
            "/v1/*",
            "/*",
            "v1/**",
            "POST /**",
            "tag:pet",
            "tag:",
            "pets",
            "x-beta",
            "GET",
            "GET  /v1/pets/{id}",
            "/V2/**",
        ] {
            assert!(!pet.is_selected(entry), "{entry}");
        }
        // What looks like a pattern may be a name.
        let star = Traits {
            id: Some("a*b c"),
            path: "/a/**/b",
            ..PET
        };
        assert!(star.is_selected("a*b c") && star.is_selected("GET /a/**/b"));
        assert!(!PET.is_selected("tag:*") && !PET.is_selected("x-internal"));
    }

    #[test]
    fn what_is_excluded_goes_whatever_includes_it() {
        let entries = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let keeps = |include: &[&str], exclude: &[&str], is_callback| {
            let [include, exclude]: [Vec<String>; 2] = [entries(include), entries(exclude)];
            let (include, exclude) = (&include, &exclude);
            Choice { include, exclude }.keeps(&PET, is_callback)
        };
        assert!(keeps(&[], &[], false) && keeps(&["/v1/**", "no"], &["no"], false));
        assert!(!keeps(&["no"], &[], false) && !keeps(&["showPet"], &["GET /**"], false));
        // Callbacks come with their operation.
        assert!(keeps(&["no"], &[], true) && !keeps(&[], &["showPet"], true));
    }

    #[test]
    fn patterns_of_many_stars_take_no_time() {
        let (name, pattern) = ("a".repeat(2_000), "*a".repeat(500) + "b");
        assert!(!is_like(&name, &pattern));
        let (path, pattern) = ("/a".repeat(500), "/**/a".repeat(100) + "/b");
        assert!(!is_path_like(&path, &pattern));
    }
}
