//! Reads the parameters of paths and operations, as far as all versions have them in common.
//!
//! In: `parameters`. Out: each parameter with its `$ref` resolved, once by location and name; then those that aren't part of the body as
//! [`Parameter`]s. `v2.rs` and `v3.rs` read how values are serialized, and the body.

use super::read::{Reader, Version};
use super::{Location, Parameter};
use crate::diag::{Code, Place};
use crate::source::Node;

/// A parameter before it is read: its key, and its definition.
#[derive(Debug, Clone)]
pub(super) struct Raw<'a> {
    pub node: Node<'a>,
    pub name: String,
    pub target: Target,
}

/// The part of a request that a parameter describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    At(Location),
    /// OpenAPI 3.2: the whole query.
    Querystring,
    /// Swagger 2: the body.
    Body,
    /// Swagger 2: a field of the body.
    Form,
}

/// The parameters of a path or of an operation.
#[derive(Debug, Clone, Default)]
pub(super) struct Inputs<'a> {
    pub list: Vec<Raw<'a>>,
    /// Whether a parameter couldn't be read, which may be the one that seems to be missing.
    pub broken: bool,
}

impl<'a> Reader<'a> {
    /// The `parameters` of a path item or operation, with their `$ref`s resolved.
    pub(super) fn inputs(&mut self, node: &Node<'a>) -> Inputs<'a> {
        let mut inputs = Inputs::default();
        for item in self.list(node, "parameters") {
            let Some(raw) = self.raw(item) else {
                inputs.broken = true;
                continue;
            };
            let twin = inputs.list.iter().find(|other| same(other, &raw));
            if let Some(first) = twin.map(|twin| named_at(&twin.node)) {
                let code = Code::DuplicateParameter {
                    name: raw.name,
                    location: word(raw.target).to_owned(),
                };
                self.report_related(
                    code,
                    named_at(&raw.node),
                    vec![(first, "the first is here".to_owned())],
                );
            } else {
                inputs.list.push(raw);
            }
        }
        inputs
    }

    fn raw(&mut self, item: Node<'a>) -> Option<Raw<'a>> {
        let node = self.follow(item)?;
        if node.value.is_null() {
            self.ignored("a parameter", &node);
            return None;
        }
        if !self.is_mapping(&node) {
            return None;
        }
        let place = self.required_text("this parameter", &node, "in");
        let name = self.required_text("this parameter", &node, "name")?;
        let place = place?;
        let v2 = self.version == Version::V2;
        let spelt = ["path", "query", "header", "cookie", "body", "formData"];
        let spelt = spelt
            .iter()
            .find(|word| word.eq_ignore_ascii_case(place.trim()));
        if let Some(word) = spelt.filter(|word| **word != place)
            && let Some(at) = node.get("in")
        {
            self.read_as(&format!("`{place}`"), &format!("`{word}`"), &at);
        }
        let target = match spelt.map_or(place.as_str(), |word| word) {
            "path" => Target::At(Location::Path),
            "query" => Target::At(Location::Query),
            "header" => Target::At(Location::Header),
            "cookie" => Target::At(Location::Cookie),
            "body" if v2 => Target::Body,
            "formData" if v2 => Target::Form,
            "querystring" if self.version == Version::V32 => Target::Querystring,
            _ => {
                let known = match self.version {
                    Version::V2 => "path, query, header, body, formData",
                    Version::V30 | Version::V31 => "path, query, header, cookie",
                    Version::V32 => "path, query, querystring, header, cookie",
                };
                let what = "parameter location".to_owned();
                let code = Code::UnknownWord {
                    what,
                    found: place,
                    known: known.to_owned(),
                };
                self.report(code, Place::Value(node.get("in")?.origin()));
                return None;
            }
        };
        Some(Raw { node, name, target })
    }

    /// The parameters that aren't part of the body.
    pub(super) fn parameters(&mut self, raws: &[Raw<'a>]) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for raw in raws {
            let (location, format) = match raw.target {
                Target::At(location) if self.version == Version::V2 => {
                    (location, Some(self.format_v2(raw, location)))
                }
                Target::At(location) => (location, Some(self.format(raw, location))),
                Target::Querystring => (Location::Query, self.format_of_query(raw)),
                Target::Body | Target::Form => continue,
            };
            let Some(format) = format else {
                continue;
            };
            let required = self.parameter_required(raw, location);
            parameters.push(Parameter {
                name: raw.name.clone(),
                location,
                description: self.text(&raw.node, "description"),
                required,
                deprecated: self.flag(&raw.node, "deprecated"),
                allow_empty: self.flag(&raw.node, "allowEmptyValue"),
                allow_reserved: self.flag(&raw.node, "allowReserved"),
                format,
                origin: raw.node.origin(),
            });
        }
        parameters
    }

    /// `required`, which is mandatory for path parameters.
    fn parameter_required(&mut self, raw: &Raw<'a>, location: Location) -> bool {
        let required = self.flag(&raw.node, "required");
        if location == Location::Path && !required {
            let code = Code::PathParameterNotRequired {
                name: raw.name.clone(),
            };
            let place = Self::member(&raw.node, "required")
                .map_or_else(|| named_at(&raw.node), |no| Place::Value(no.origin()));
            self.report(code, place);
            return true;
        }
        required
    }
}

/// Merges the parameters of a path with those of an operation, which override them. Those of the path come first.
pub(super) fn merge<'a>(shared: &[Raw<'a>], own: Vec<Raw<'a>>) -> Vec<Raw<'a>> {
    let mut merged: Vec<_> = shared
        .iter()
        .filter(|raw| !own.iter().any(|other| same(other, raw)))
        .cloned()
        .collect();
    merged.extend(own);
    merged
}

/// Whether two parameters are the same: equal location and name. There is only one body, and header names ignore case.
fn same(left: &Raw<'_>, right: &Raw<'_>) -> bool {
    left.target == right.target
        && match left.target {
            Target::Body | Target::Querystring => true,
            Target::At(Location::Header) => left.name.eq_ignore_ascii_case(&right.name),
            Target::At(_) | Target::Form => left.name == right.name,
        }
}

/// The place of a parameter's name.
pub(super) fn named_at(node: &Node<'_>) -> Place {
    Place::Value(node.get("name").unwrap_or_else(|| node.clone()).origin())
}

fn word(target: Target) -> &'static str {
    match target {
        Target::At(Location::Path) => "path",
        Target::At(Location::Query) => "query",
        Target::At(Location::Header) => "header",
        Target::At(Location::Cookie) => "cookie",
        Target::Querystring => "querystring",
        Target::Body => "body",
        Target::Form => "form",
    }
}
