//! Operations, their paths and parameters.

use super::Lower;
use super::body::shared;
use crate::diag::{Code, Place};
use crate::document::{self, ParameterFormat, PathItem, Style};
use crate::ir::{
    Location, Operation, Parameter, ParameterStyle, Path, Role, Segment, SegmentPart, Shape,
    Shared, TypeId,
};

/// The methods that the `http` crate has constants for (RFC 9110 section 9, RFC 5789).
const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
];

impl Lower<'_> {
    /// Every operation, in the order of the document.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut lowered = Vec::new();
        for item in &document.paths {
            let Some(path) = self.path(item) else {
                continue;
            };
            for operation in &item.operations {
                if !METHODS.contains(&operation.method.as_str()) {
                    let what = format!("the method `{}`", operation.method);
                    self.diagnostics
                        .push(Code::Unsupported { what }, Place::key(&operation.origin));
                    continue;
                }
                let index = lowered.len();
                lowered.push(self.operation(index, path.clone(), operation));
            }
        }
        lowered
    }

    fn operation(
        &mut self,
        index: usize,
        path: Path,
        operation: &document::Operation,
    ) -> Operation {
        let mut parameters: Vec<Parameter> = operation
            .parameters
            .iter()
            .filter_map(|parameter| self.parameter(index, parameter))
            .collect();
        let order = path.parameters();
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => order
                .iter()
                .position(|name| *name == parameter.name)
                .unwrap_or(order.len()),
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
            docs_url: operation
                .external_docs
                .as_ref()
                .map(|docs| docs.url.clone()),
            parameters,
            body: operation
                .body
                .as_ref()
                .and_then(|body| self.body(index, body)),
            responses: self.responses(index, &operation.responses),
            security: operation
                .security
                .iter()
                .filter_map(|requirement| self.requirement(requirement))
                .collect(),
            origin: operation.origin.clone(),
        }
    }

    /// A path in pieces. A malformed one has been reported while reading.
    fn path(&mut self, item: &PathItem) -> Option<Path> {
        let segments = item
            .path
            .trim_start_matches('/')
            .split('/')
            .map(segment)
            .collect::<Option<Vec<_>>>()?;
        if segments.iter().any(has_neighbours) {
            let what = "a path segment of two parameters with nothing between them".to_owned();
            self.diagnostics
                .push(Code::Unsupported { what }, Place::key(&item.origin));
            return None;
        }
        Some(Path {
            template: item.path.clone(),
            segments,
        })
    }

    fn parameter(
        &mut self,
        operation: usize,
        parameter: &document::Parameter,
    ) -> Option<Parameter> {
        let ParameterFormat::Style {
            schema,
            style,
            explode,
        } = parameter.format
        else {
            self.unsupported_parameter("a parameter with `content`", parameter);
            return None;
        };
        let role = shared(Shared::Parameter, &parameter.origin)
            .unwrap_or_else(|| Role::Parameter(operation, parameter.name.clone()));
        let ty = self.use_of(schema, role).ty;
        // The parameter's type decides whether it can be written, so it is needed now.
        self.drain();
        let Some(style) = self.parameter_style(ty, location(parameter.location), style, explode)
        else {
            self.unsupported_parameter(
                "a parameter that is an object, a choice, or a list in this place",
                parameter,
            );
            return None;
        };
        Some(Parameter {
            name: parameter.name.clone(),
            location: location(parameter.location),
            description: parameter
                .description
                .clone()
                .or_else(|| self.schema(schema).description.clone()),
            required: parameter.required,
            deprecated: parameter.deprecated,
            ty,
            style,
            default: self.default_of(schema),
            origin: parameter.origin.clone(),
        })
    }

    fn unsupported_parameter(&mut self, what: &str, parameter: &document::Parameter) {
        self.diagnostics.push(
            Code::Unsupported {
                what: what.to_owned(),
            },
            Place::value(&parameter.origin),
        );
    }

    /// How a parameter is written, if it is one value or a list of such.
    fn parameter_style(
        &self,
        ty: TypeId,
        location: Location,
        style: Style,
        explode: bool,
    ) -> Option<ParameterStyle> {
        if self.is_scalar(ty) {
            return Some(ParameterStyle::Plain);
        }
        let Shape::Array(array) = &self.types[self.unaliased(ty).index()].shape else {
            return None;
        };
        if !self.is_scalar(array.items) || array.nullable_items {
            return None;
        }
        match (location, style, explode) {
            (Location::Query, Style::Form, true) => Some(ParameterStyle::Each),
            (Location::Query, Style::Form, false) | (Location::Header, ..) => {
                Some(ParameterStyle::Separated(','))
            }
            (Location::Query, Style::SpaceDelimited, _) => Some(ParameterStyle::Separated(' ')),
            (Location::Query, Style::PipeDelimited, _) => Some(ParameterStyle::Separated('|')),
            (Location::Query, Style::TabDelimited, _) => Some(ParameterStyle::Separated('\t')),
            _ => None,
        }
    }

    /// The type that an alias stands for.
    fn unaliased(&self, mut ty: TypeId) -> TypeId {
        for _ in 0..self.types.len() {
            match self.types[ty.index()].shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        ty
    }

    /// Whether a type is one plain value in text.
    fn is_scalar(&self, ty: TypeId) -> bool {
        match &self.types[ty.index()].shape {
            Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_) => true,
            Shape::Alias(target) => self.is_scalar(*target),
            Shape::Any
            | Shape::Null
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Union(_) => false,
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

/// Whether two parameters touch, so that nobody could say where one ends.
fn has_neighbours(segment: &Segment) -> bool {
    segment
        .parts
        .windows(2)
        .any(|pair| matches!(pair, [SegmentPart::Parameter(_), SegmentPart::Parameter(_)]))
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
