//! Names definitions in other files as if they were components.
//!
//! A definition keeps its own name: its key, or that of its file if it is all of it. Where several of a kind would be called the same,
//! or one like a component of the entry, each is called after its file as well, and then after the directories around it, until they
//! differ. So a name depends on what it collides with, not on the order of the document.

use super::links::Kind;
use crate::source::{FileId, Origin, Sources};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Words of pointers that name nothing.
const GENERIC: [&str; 9] = [
    "schema",
    "items",
    "content",
    "properties",
    "headers",
    "responses",
    "get",
    "post",
    "index",
];

/// A name as the key of a component: ASCII letters, digits, `.`, `-` and `_` (OpenAPI 3.1.1, section 4.8.7).
#[must_use]
pub fn component_key(name: &str) -> String {
    let allowed = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => c.to_string(),
        c if c.is_alphanumeric() => format!("u{:x}", u32::from(c)),
        _ => "_".to_owned(),
    };
    let mut key: String = name.chars().map(allowed).collect();
    if key.trim_matches('_').is_empty() {
        key.replace_range(.., "Unnamed");
    }
    key
}

/// A key for each definition.
pub(super) fn names(
    sources: &Sources,
    entry: FileId,
    wanted: &[(Kind, Origin)],
    mut taken: BTreeMap<Kind, HashSet<String>>,
) -> Vec<String> {
    let spellings: Vec<_> = wanted
        .iter()
        .map(|(_, origin)| spellings(sources, entry, origin))
        .collect();
    let mut chosen = vec![None; wanted.len()];
    let longest = spellings.iter().map(Vec::len).max().unwrap_or_default();
    for length in 0..longest {
        let open = || (0..wanted.len()).filter(|at| chosen[*at].is_none());
        let spelling = |at: usize| {
            let (kind, _) = wanted[at];
            let all = &spellings[at];
            (kind, all[length.min(all.len() - 1)].clone())
        };
        let mut users: HashMap<_, Vec<usize>> = HashMap::new();
        for at in open() {
            users.entry(spelling(at)).or_default().push(at);
        }
        let alone: Vec<_> = users
            .into_iter()
            .filter(|((kind, name), users)| {
                users.len() == 1 && !taken.get(kind).is_some_and(|taken| taken.contains(name))
            })
            .collect();
        for ((kind, name), users) in alone {
            taken.entry(kind).or_default().insert(name.clone());
            chosen[users[0]] = Some(name);
        }
    }
    // What even whole paths don't tell apart: keys that differ only in characters that no component may have.
    for (at, (kind, _)) in wanted.iter().enumerate() {
        if chosen[at].is_none() {
            let name = spellings[at].last().cloned().unwrap_or_default();
            let taken = taken.entry(*kind).or_default();
            let numbered = (2_u64..).map(|number| format!("{name}_{number}"));
            let free = numbered.into_iter().find(|name| !taken.contains(name));
            let name = free.unwrap_or(name);
            taken.insert(name.clone());
            chosen[at] = Some(name);
        }
    }
    chosen.into_iter().flatten().collect()
}

/// What a definition is called where nothing else is called so.
pub(super) fn natural(sources: &Sources, origin: &Origin) -> String {
    let file = sources.stem(origin.file);
    let tokens = origin.pointer.tokens();
    let says = |token: &&&str| !GENERIC.contains(*token) && token.parse::<usize>().is_err();
    let token = tokens.iter().rev().find(says).or(tokens.last());
    component_key(token.map_or(&*file, |token| token.trim_matches('/')))
}

/// What a definition may be called, shortest first: its name, then with that of its file, then with the directories.
fn spellings(sources: &Sources, entry: FileId, origin: &Origin) -> Vec<String> {
    let name = natural(sources, origin);
    let path = sources.relative(entry, origin.file);
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folders = folders.split('/').rev();
    let around = std::iter::once(stem)
        .chain(folders)
        .filter(|part| !part.is_empty() && *part != "." && *part != "..");
    let mut spellings = vec![name.clone()];
    let mut longer = name.clone();
    for (number, part) in around.enumerate() {
        // The name of a whole file has that of the file in it.
        if number == 0 && origin.pointer.parent().is_none() {
            continue;
        }
        longer = format!("{}_{longer}", component_key(part));
        spellings.push(longer.clone());
    }
    let pointer = component_key(&origin.pointer.to_string());
    spellings.push(format!("{longer}_{}", pointer.trim_matches('_')));
    spellings
}
