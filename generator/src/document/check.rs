//! Checks that need all paths: templates against parameters, and paths and operationIds against each other.
//!
//! In: path items as read. Out: diagnostics, and path parameters that match the templates of the path.

use super::parameters::named_at;
use super::path_key::{PathKey, in_path};
use super::read::{Form, Reader};
use super::{Location, Operation, Parameter, ParameterFormat, PathItem, Style};
use crate::diag::{Code, Place};
use crate::source::{Node, Origin};
use std::collections::HashMap;

impl<'a> Reader<'a> {
    /// Matches the path parameters of the operation at `entry` with the templates of `path`: a parameter with a similar name is renamed, a
    /// missing one becomes a string, one that isn't in the path is dropped. Missing parameters aren't reported if a `broken` parameter
    /// could have been the one.
    pub(super) fn match_templates(
        &mut self,
        path: &str,
        operation: &mut Operation,
        entry: &Node<'a>,
        broken: bool,
    ) {
        // A path that can't be parsed is reported once, by `check_paths`.
        if templates(path).is_err() {
            return;
        }
        let key = PathKey::of(path);
        self.match_query(key, operation, entry);
        let Ok(templates) = templates(key.path) else {
            return;
        };
        for &name in &templates {
            if in_path(operation).any(|parameter| parameter.name == name) {
                continue;
            }
            let bare = |name: &str| name.trim_matches(DECORATION).to_lowercase();
            let alike = in_path(operation).find(|parameter| {
                bare(&parameter.name) == bare(name) && !templates.contains(&parameter.name.as_str())
            });
            if let Some(parameter) = alike {
                self.rename(parameter, name);
            } else {
                if !broken {
                    let code = Code::UndeclaredTemplate {
                        name: name.to_owned(),
                        path: path.to_owned(),
                    };
                    let place = self.head(entry);
                    self.report(code, place);
                }
                let parameter = self.undeclared(name, entry);
                operation.parameters.push(parameter);
            }
        }
        let unused = |parameter: &Parameter| {
            parameter.location == Location::Path && !templates.contains(&parameter.name.as_str())
        };
        for parameter in operation.parameters.iter().filter(|one| unused(one)) {
            let code = Code::UnusedPathParameter {
                name: parameter.name.clone(),
                path: path.to_owned(),
            };
            let place = self.named_place(parameter);
            self.report(code, place);
        }
        operation.parameters.retain(|parameter| !unused(parameter));
    }

    /// Renames a parameter to its template in the path.
    pub(super) fn rename(&mut self, parameter: &mut Parameter, name: &str) {
        let (found, used) = (parameter.name.clone(), name.to_owned());
        let place = self.named_place(parameter);
        self.report(Code::ParameterReadAs { found, used }, place);
        name.clone_into(&mut parameter.name);
    }

    /// A parameter for a template without a declared parameter.
    pub(super) fn undeclared(&mut self, name: &str, entry: &Node<'a>) -> Parameter {
        Parameter {
            name: name.to_owned(),
            location: Location::Path,
            description: None,
            required: true,
            deprecated: false,
            allow_empty: false,
            allow_reserved: false,
            format: ParameterFormat::Style {
                style: Style::Simple,
                explode: false,
                schema: self.schema_in(entry, Form::Untyped),
            },
            origin: entry.origin(),
        }
    }

    fn named_place(&self, parameter: &Parameter) -> Place {
        let node = self.sources.at(&parameter.origin);
        node.map_or_else(|| Place::value(&parameter.origin), |node| named_at(&node))
    }

    /// Adds the leading slash to paths that lack it.
    pub(super) fn begin_with_slash(&mut self, items: &mut [PathItem]) {
        for item in items {
            if !item.path.starts_with('/') && !item.path.contains("://") {
                let path = format!("/{}", item.path);
                let (found, used) = (format!("`{}`", item.path), format!("`{path}`"));
                self.report(Code::PathReadAs { found, used }, Place::key(&item.origin));
                item.path = path;
            }
        }
    }

    /// Checks that each path can be parsed, and that no two match the same requests.
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
                    self.check_repeated(item, &templates);
                    self.check_key(item);
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

    /// Each template may occur once (OpenAPI 3.2.0, section 4.8.2); a repeated one gets the same value.
    fn check_repeated(&mut self, item: &PathItem, templates: &[&str]) {
        let path = PathKey::of(&item.path).path;
        let repeated = |name: &&&str| path.matches(&format!("{{{name}}}")).count() > 1;
        for name in templates.iter().filter(repeated) {
            let code = Code::RepeatedTemplate {
                name: (*name).to_owned(),
                path: item.path.clone(),
            };
            self.report(code, Place::key(&item.origin));
        }
    }

    /// Paths that differ only in the names of templates are accepted if they declare different methods.
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

    /// Checks that every operationId is unique.
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

/// Operators of RFC 6570 that some descriptions write around the name of a template: `{+path}`, `{rest*}`.
const DECORATION: [char; 8] = ['+', '#', '.', '/', ';', '?', '&', '*'];

fn join(operation: &Operation, key: &str) -> Origin {
    let origin = &operation.origin;
    Origin {
        file: origin.file,
        pointer: origin.pointer.join(key),
    }
}

/// The names of the templates of a path, each once, or why the path can't be used.
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
            .ok_or("`{` within a template expression")?;
        if name.is_empty() {
            return Err("a template has no name".to_owned());
        }
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
