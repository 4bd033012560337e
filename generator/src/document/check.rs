//! What can only be said when paths are known: templates against parameters, paths and operationIds against one another.
//!
//! In: path items as read. Out: diagnostics, nothing else.

use super::operation::named_at;
use super::read::Reader;
use super::{Location, Operation, PathItem};
use crate::diag::{Code, Place};
use crate::source::{Node, Origin};
use std::collections::HashMap;

impl<'a> Reader<'a> {
    /// Whether the templates of `path` and the path parameters of the operation at `entry` are the same.
    pub(super) fn check_templates(&mut self, path: &str, operation: &Operation, entry: &Node<'a>) {
        // A path that can't be read is reported once, by `check_paths`.
        let Ok(templates) = templates(path) else {
            return;
        };
        let declared = || {
            operation
                .parameters
                .iter()
                .filter(|parameter| parameter.location == Location::Path)
        };
        for &name in &templates {
            if !declared().any(|parameter| parameter.name == name) {
                let code = Code::UndeclaredTemplate {
                    name: name.to_owned(),
                    path: path.to_owned(),
                };
                let place = self.head(entry);
                self.report(code, place);
            }
        }
        for parameter in
            declared().filter(|parameter| !templates.contains(&parameter.name.as_str()))
        {
            let code = Code::UnusedPathParameter {
                name: parameter.name.clone(),
                path: path.to_owned(),
            };
            let node = self.sources.at(&parameter.origin);
            self.report(
                code,
                node.map_or_else(|| Place::value(&parameter.origin), |node| named_at(&node)),
            );
        }
    }

    /// Whether each path can be read, and no two answer the same requests.
    pub(super) fn check_paths(&mut self, items: &[PathItem]) {
        let mut known: HashMap<String, Vec<&PathItem>> = HashMap::new();
        for item in items {
            match templates(&item.path) {
                Err(reason) => {
                    let code = Code::MalformedPath {
                        path: item.path.clone(),
                        reason,
                    };
                    self.report(code, Place::key(&item.origin));
                }
                Ok(templates) => {
                    let names = templates.iter().map(|name| format!("{{{name}}}"));
                    let blank =
                        names.fold(item.path.clone(), |path, name| path.replace(&name, "{}"));
                    let others = known.entry(blank).or_default();
                    self.check_twins(item, others);
                    others.push(item);
                }
            }
        }
    }

    /// Paths that differ in the names of templates only may still split the methods among them.
    fn check_twins(&mut self, item: &PathItem, others: &[&PathItem]) {
        let shares = |other: &PathItem| {
            other.operations.iter().any(|left| {
                item.operations
                    .iter()
                    .any(|right| left.method == right.method)
            })
        };
        if let Some(other) = others.iter().find(|other| shares(other)) {
            let code = Code::DuplicatePath {
                path: item.path.clone(),
                other: other.path.clone(),
            };
            let related = vec![(Place::key(&other.origin), "the other path".to_owned())];
            self.report_related(code, Place::key(&item.origin), related);
        }
    }

    /// Whether every operationId is unique.
    pub(super) fn check_ids(&mut self, items: &[PathItem]) {
        let mut known: HashMap<&str, &Operation> = HashMap::new();
        let place = |operation: &Operation| Place::Value(join(operation, "operationId"));
        for operation in items.iter().flat_map(|item| &item.operations) {
            let Some(id) = operation.id.as_deref() else {
                continue;
            };
            if let Some(&first) = known.get(id) {
                let code = Code::DuplicateOperationId { id: id.to_owned() };
                self.report_related(
                    code,
                    place(operation),
                    vec![(place(first), "the first is here".to_owned())],
                );
            } else {
                known.insert(id, operation);
            }
        }
    }
}

fn join(operation: &Operation, key: &str) -> Origin {
    let origin = &operation.origin;
    Origin {
        file: origin.file,
        pointer: origin.pointer.join(key),
    }
}

/// The names of the templates of a path, or why it can't be used.
fn templates(path: &str) -> Result<Vec<&str>, String> {
    if !path.starts_with('/') {
        return Err("it doesn't begin with `/`".to_owned());
    }
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find(['{', '}']) {
        let inside = rest[start..]
            .strip_prefix('{')
            .ok_or("a `}` closes nothing")?;
        let end = inside.find(['{', '}']).ok_or("a `{` isn't closed")?;
        let name = &inside[..end];
        rest = inside[end..]
            .strip_prefix('}')
            .ok_or("a `{` stands inside braces")?;
        if name.is_empty() {
            return Err("a template has no name".to_owned());
        }
        // Twice the same template is twice the same value.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::templates;

    #[test]
    fn templates_of_paths() {
        assert_eq!(templates("/a/{b}..{c}.json"), Ok(vec!["b", "c"]));
        assert_eq!(templates("/{a}/{a}"), Ok(vec!["a"]));
        assert_eq!(templates("/"), Ok(vec![]));
        for broken in ["a", "/{", "/}", "/{}", "/{a{b}}"] {
            assert!(templates(broken).is_err(), "{broken}");
        }
    }
}
