//! Operations, their paths and parameters.

use super::Lower;
use crate::diag::{Code, Place};
use crate::document::{self, ParameterFormat, PathItem};
use crate::ir::{Location, Operation, Parameter, ParameterStyle, Path, Role, Segment, SegmentPart, Shape, TypeId};

/// The methods that the `http` crate has constants for (RFC 9110 section 9, RFC 5789).
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

impl Lower<'_> {
    /// Every operation, in the order of the document.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut lowered = Vec::new();
        for item in &document.paths {
            let Some(path) = self.path(item) else { continue };
            for operation in &item.operations {
                if !METHODS.contains(&operation.method.as_str()) {
                    let what = format!("the method `{}`", operation.method);
                    self.diagnostics.push(Code::Unsupported { what }, Place::key(&operation.origin));
                    continue;
                }
                let index = lowered.len();
                lowered.push(self.operation(index, path.clone(), operation));
            }
        }
        lowered
    }

    fn operation(&mut self, index: usize, path: Path, operation: &document::Operation) -> Operation {
        let mut parameters: Vec<Parameter> =
            operation.parameters.iter().filter_map(|parameter| self.parameter(index, parameter)).collect();
        let order = path.parameters();
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => order.iter().position(|name| *name == parameter.name).unwrap_or(order.len()),
            _ => usize::MAX,
        });
        Operation {
            method: operation.method.clone(),
            path,
            id: operation.id.clone(),
            slug: operation.slug.clone(),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            tags: operation.tags.clone(),
            deprecated: operation.deprecated,
            docs_url: operation.external_docs.as_ref().map(|docs| docs.url.clone()),
            parameters,
            body: operation.body.as_ref().and_then(|body| self.body(index, body)),
            responses: self.responses(index, &operation.responses),
            security: operation.security.iter().filter_map(|requirement| self.requirement(requirement)).collect(),
            origin: operation.origin.clone(),
        }
    }

    /// A path in pieces. A malformed one has been reported while reading.
    fn path(&mut self, item: &PathItem) -> Option<Path> {
        let segments = item.path.trim_start_matches('/').split('/').map(segment).collect::<Option<Vec<_>>>()?;
        if segments.iter().any(|segment| segment.parts.len() > 1) {
            let what = "a path segment of literals and parameters together".to_owned();
            self.diagnostics.push(Code::Unsupported { what }, Place::key(&item.origin));
            return None;
        }
        Some(Path { template: item.path.clone(), segments })
    }

    fn parameter(&mut self, operation: usize, parameter: &document::Parameter) -> Option<Parameter> {
        let ParameterFormat::Style { schema, .. } = parameter.format else {
            self.unsupported_parameter("a parameter with `content`", parameter);
            return None;
        };
        let ty = self.use_of(schema, Role::Parameter(operation, parameter.name.clone())).ty;
        // The parameter's type decides whether it can be written, so it is needed now.
        self.drain();
        if !self.is_scalar(ty) {
            self.unsupported_parameter("a parameter that is a list, an object or a choice", parameter);
            return None;
        }
        Some(Parameter {
            name: parameter.name.clone(),
            location: location(parameter.location),
            description: parameter.description.clone().or_else(|| self.schema(schema).description.clone()),
            required: parameter.required,
            deprecated: parameter.deprecated,
            ty,
            style: ParameterStyle::Plain,
            default: self.default_of(schema),
            origin: parameter.origin.clone(),
        })
    }

    fn unsupported_parameter(&mut self, what: &str, parameter: &document::Parameter) {
        self.diagnostics.push(Code::Unsupported { what: what.to_owned() }, Place::value(&parameter.origin));
    }

    /// Whether a type is one plain value in text.
    fn is_scalar(&self, ty: TypeId) -> bool {
        match &self.types[ty.index()].shape {
            Shape::Boolean | Shape::Integer(..) | Shape::Number(..) | Shape::String(..) | Shape::Enum(_) => true,
            Shape::Alias(target) => self.is_scalar(*target),
            Shape::Any | Shape::Null | Shape::Array(_) | Shape::Map(_) | Shape::Object(_) | Shape::Union(_) => false,
        }
    }
}

impl Path {
    /// The names of its parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> Vec<&str> {
        let parts = self.segments.iter().flat_map(|segment| &segment.parts);
        parts
            .filter_map(|part| match part {
                SegmentPart::Parameter(name) => Some(name.as_str()),
                SegmentPart::Literal(_) => None,
            })
            .collect()
    }
}

/// `None` for braces that don't pair up.
fn segment(text: &str) -> Option<Segment> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}')?;
        if open > 0 {
            parts.push(SegmentPart::Literal(rest[..open].to_owned()));
        }
        parts.push(SegmentPart::Parameter(rest[open + 1..close].to_owned()));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(SegmentPart::Literal(rest.to_owned()));
    }
    Some(Segment { parts })
}

fn location(location: document::Location) -> Location {
    match location {
        document::Location::Path => Location::Path,
        document::Location::Query => Location::Query,
        document::Location::Header => Location::Header,
        document::Location::Cookie => Location::Cookie,
    }
}
