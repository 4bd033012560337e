//! Splits the key of a path item into a path, and the query and fragment that some descriptions append to it, although a key is only a path
//! (OpenAPI 3.1.1, section 4.8.8).
//!
//! In: the key. Out: its parts, and operations whose parameters match the templates of the key.

use super::read::Reader;
use super::{Location, Operation, Parameter, ParameterFormat, PathItem, Style};
use crate::diag::{Code, Place};
use crate::source::Node;

/// The parts of a key, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathKey<'a> {
    pub path: &'a str,
    /// The query, without its `?`.
    pub query: Option<&'a str>,
    /// The fragment, without its `#`.
    pub fragment: Option<&'a str>,
}

impl<'a> PathKey<'a> {
    /// Splits a key. A fragment with templates counts as part of what is before it, since their values would never be sent otherwise.
    #[must_use]
    pub fn of(key: &'a str) -> Self {
        let (before, fragment) = match split(key, '#') {
            Some((before, fragment)) if !fragment.contains('{') => (before, Some(fragment)),
            _ => (key, None),
        };
        let (path, query) = match split(before, '?') {
            Some((path, query)) => (path, Some(query)),
            None => (before, None),
        };
        Self {
            path,
            query,
            fragment,
        }
    }

    /// The pieces of the query, `name=value` or `name`.
    pub fn pieces(self) -> impl Iterator<Item = &'a str> {
        let pieces = self.query.unwrap_or_default().split('&');
        pieces.filter(|piece| !piece.is_empty())
    }

    /// The pieces of the query without templates.
    pub fn constants(self) -> impl Iterator<Item = &'a str> {
        self.pieces().filter(|piece| !piece.contains('{'))
    }
}

/// Splits a text at a character that isn't within braces.
fn split(text: &str, at: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (index, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if c == at && depth == 0 => return Some((&text[..index], &text[index + 1..])),
            _ => {}
        }
    }
    None
}

impl<'a> Reader<'a> {
    /// Reports how a key that isn't only a path is read.
    pub(super) fn check_key(&mut self, item: &PathItem) {
        let key = PathKey::of(&item.path);
        let place = || Place::key(&item.origin);
        let path = || key.path.to_owned();
        if let Some(query) = key.query {
            let (query, path) = (query.to_owned(), path());
            self.report(Code::QueryInPath { query, path }, place());
        }
        if let Some(fragment) = key.fragment {
            let (fragment, path) = (fragment.to_owned(), path());
            self.report(Code::FragmentInPath { fragment, path }, place());
        }
        if split(key.path, '#').is_some() {
            let (found, used) = ("`#` in the path".to_owned(), "`%23`".to_owned());
            self.report(Code::PathReadAs { found, used }, place());
        }
    }

    /// Turns templates in the query into query parameters: `q={q}` is the parameter `q`.
    pub(super) fn match_query(
        &mut self,
        key: PathKey,
        operation: &mut Operation,
        entry: &Node<'a>,
    ) {
        for piece in key.pieces().filter(|piece| piece.contains('{')) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, piece));
            let template = value
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
                .filter(|name| !name.contains(['{', '}']));
            // `{q}` alone is named after its template; a value with text around its templates is one parameter.
            let name = match template {
                Some(template) if name.contains('{') => template,
                _ if name.contains('{') => continue,
                _ => name,
            };
            let wanted = [name, template.unwrap_or(name)];
            self.move_to_query(key, wanted, operation, entry);
        }
    }

    /// Gives the operation a query parameter with the first of two names: one that it declares by either name, even in the path, else a
    /// string.
    fn move_to_query(
        &mut self,
        key: PathKey,
        [name, template]: [&str; 2],
        operation: &mut Operation,
        entry: &Node<'a>,
    ) {
        let queries = operation.parameters.iter_mut();
        let mut queries = queries.filter(|one| one.location == Location::Query);
        if let Some(parameter) = queries.find(|one| one.name == name || one.name == template) {
            if parameter.name != name {
                self.rename(parameter, name);
            }
            return;
        }
        let in_the_path = key.path.contains(&format!("{{{template}}}"));
        let found = in_path(operation).find(|one| one.name == template || one.name == name);
        let parameter = match found {
            Some(parameter) if in_the_path => to_query(parameter.clone(), name),
            Some(parameter) => {
                let moved = to_query(parameter.clone(), name);
                *parameter = moved;
                return;
            }
            None => {
                let (found, used) = (format!("`{name}` in the query of the path"), UNTOLD);
                let code = Code::QueryReadAs {
                    found,
                    used: used.to_owned(),
                };
                let place = self.head(entry);
                self.report(code, place);
                to_query(self.undeclared(name, entry), name)
            }
        };
        operation.parameters.push(parameter);
    }
}

/// Moves a parameter from the path to the query, which has other styles.
fn to_query(mut parameter: Parameter, name: &str) -> Parameter {
    name.clone_into(&mut parameter.name);
    parameter.location = Location::Query;
    if let ParameterFormat::Style { style, .. } = &mut parameter.format
        && matches!(style, Style::Simple | Style::Label | Style::Matrix)
    {
        *style = Style::Form;
    }
    parameter
}

/// How messages describe a parameter that isn't declared.
const UNTOLD: &str = "a required string";

/// The declared path parameters of an operation.
pub(super) fn in_path(operation: &mut Operation) -> impl Iterator<Item = &mut Parameter> {
    let parameters = operation.parameters.iter_mut();
    parameters.filter(|parameter| parameter.location == Location::Path)
}

#[cfg(test)]
mod tests {
    use super::PathKey;

    #[test]
    fn keys_are_taken_apart_outside_of_braces() {
        for (key, path, query, fragment) in [
            ("/a", "/a", None, None),
            ("/a/{?b}/{#c}", "/a/{?b}/{#c}", None, None),
            ("/a?b=c&d", "/a", Some("b=c&d"), None),
            ("/a?", "/a", Some(""), None),
            ("/a?b={c}#d?e", "/a", Some("b={c}"), Some("d?e")),
            ("/#Action=List", "/", None, Some("Action=List")),
            ("/a/#env/{id}", "/a/#env/{id}", None, None),
            ("/{a?", "/{a?", None, None),
        ] {
            let expected = PathKey {
                path,
                query,
                fragment,
            };
            assert_eq!(PathKey::of(key), expected, "{key}");
        }
    }
}
