//! Plans parameters: names of arguments, fields and setters, documentation, and defaults.

use super::doc::{self, Doc};
use super::names::{self, Case, Wanted};
use super::operations::{Literal, Parameter};
use super::rust::{Ident, NamedKind, Ty};
use super::shapes::Shapes;
use super::support;
use super::types::Argument;
use super::{Location, Planner, taken};
use crate::diag::Place;
use crate::ir;
use serde_json::Value;
use std::collections::HashMap;

/// Methods that a client's setter must not hide, in addition to those of the support code. Clippy expects `new` to be a constructor.
const TAKEN_SETTERS: &[&str] = &["body_as", "into_future", "new", "paginate", "until_done"];

impl Planner<'_> {
    pub(super) fn parameters(
        &mut self,
        shapes: &Shapes,
        operation: &ir::Operation,
    ) -> Vec<Parameter> {
        let wanted: Vec<Wanted> = operation.parameters.iter().map(wanted_name).collect();
        let mut named = names::scope(&self.speller, Case::Value, &[], &wanted);
        let locals = names::scope(&self.speller, Case::Value, taken::LOCALS, &wanted);
        // Only path parameters are identified by their argument names; others have fields and setters.
        let in_path = |index: &usize| operation.parameters[*index].location == Location::Path;
        named.clashes.retain(in_path);
        self.report_clashes(&named, |index| named_place(&operation.parameters[index]));
        let (fields, setters) = self.set_names(operation, &wanted);
        let templates = operation.path.parameters();
        let positions = |parameter: &ir::Parameter| -> Vec<usize> {
            let is_its =
                |name: &str| parameter.location == Location::Path && name == parameter.name;
            let named = templates.iter().enumerate();
            named
                .filter(|(_, name)| is_its(name))
                .map(|(at, _)| at)
                .collect()
        };
        let idents = named.idents.into_iter().zip(locals.idents);
        let named = operation.parameters.iter().zip(idents).enumerate();
        named
            .map(|(index, (parameter, (name, local)))| {
                let ty = shapes.ty(self.api, parameter.ty);
                // Required parameters have no default (Swagger 2.0, Parameter Object).
                let default = parameter.default.as_deref();
                let default = default.filter(|_| !is_argument(parameter));
                let field = fields.get(&index).unwrap_or(&name).clone();
                let positions = positions(parameter);
                Parameter {
                    doc: self.parameter_doc(parameter),
                    default_doc: default_doc(parameter),
                    deprecated: parameter.deprecated,
                    setter: setters.get(&index).unwrap_or(&name).clone(),
                    // A setter has no other argument.
                    name: if is_argument(parameter) {
                        name
                    } else {
                        field.clone()
                    },
                    field,
                    local,
                    wire: parameter.name.clone(),
                    location: parameter.location,
                    position: positions.first().copied().unwrap_or_default(),
                    repeats: positions.get(1..).unwrap_or_default().to_vec(),
                    argument: Argument::of(&ty),
                    style: parameter.style,
                    required: parameter.required,
                    default: default.and_then(|default| literal(default, &ty)),
                    ty,
                    allow_reserved: parameter.allow_reserved,
                    allow_empty: parameter.allow_empty,
                    checks: shapes.checks(self.api, parameter.ty),
                }
            })
            .collect()
    }

    /// Names the fields and setters of parameters outside of the path, by index. Each have a scope of their own.
    fn set_names(
        &mut self,
        operation: &ir::Operation,
        wanted: &[Wanted],
    ) -> (HashMap<usize, Ident>, HashMap<usize, Ident>) {
        let parameters = &operation.parameters;
        let positions: Vec<usize> = (0..parameters.len())
            .filter(|index| parameters[*index].location != Location::Path)
            .collect();
        let wanted: Vec<Wanted> = positions.iter().map(|at| wanted[*at].clone()).collect();
        let fields = names::scope(&self.speller, Case::Value, &[], &wanted);
        self.report_clashes(&fields, |at| named_place(&parameters[positions[at]]));
        let mut taken = TAKEN_SETTERS.to_vec();
        taken.extend(support::methods("client/sendable.rs"));
        taken.extend(operation.body.is_some().then_some("body"));
        let setters = names::setters(&self.speller, &taken, &wanted);
        let by_position = |idents: Vec<Ident>| positions.iter().copied().zip(idents).collect();
        (by_position(fields.idents), by_position(setters.idents))
    }

    fn parameter_doc(&self, parameter: &ir::Parameter) -> Doc {
        let said = self.said(parameter.description.as_deref().unwrap_or_default());
        let said = said.or(|| {
            Doc::text(&format!(
                "The {} parameter {}.",
                parameter.location.word(),
                doc::code(&parameter.name)
            ))
        });
        let default = default_doc(parameter);
        if default.is_empty() {
            return said;
        }
        said.then(Doc::text(&format!("Default: {}.", default.as_str())))
    }

    /// The documentation of a description, cached, as many parameters have the same.
    fn said(&self, description: &str) -> Doc {
        let mut known = self.parameter_docs.borrow_mut();
        if let Some(doc) = known.get(description) {
            return doc.clone();
        }
        let doc = Doc::markdown(description);
        known.insert(description.to_owned(), doc.clone());
        doc
    }
}

/// The default of a parameter, as a code span.
fn default_doc(parameter: &ir::Parameter) -> Doc {
    let default = parameter.default.as_ref();
    default.map_or_else(Doc::none, |value| Doc::code(&value.to_string()))
}

/// Whether a parameter is an argument of the client's method, because it is required.
fn is_argument(parameter: &ir::Parameter) -> bool {
    parameter.required || parameter.location == Location::Path
}

fn wanted_name(parameter: &ir::Parameter) -> Wanted {
    let in_path = parameter.location == Location::Path;
    Wanted {
        text: parameter.name.clone(),
        // The path and the query may have parameters with the same name.
        wire: if in_path {
            parameter.name.clone()
        } else {
            format!("{} {}", parameter.name, parameter.location.word())
        },
        explicit: in_path,
        otherwise: None,
    }
}

fn named_place(parameter: &ir::Parameter) -> (String, Place) {
    (parameter.name.clone(), Place::value(&parameter.origin))
}

/// A default that the server fills in; `None` if its type has no literals, such as a union.
fn literal(value: &Value, ty: &Ty) -> Option<Literal> {
    let integer = |fits: fn(i64) -> bool| {
        let value = value.as_i64().filter(|value| fits(*value));
        value.map(Literal::Integer)
    };
    let text = || value.as_str().map(|text| Literal::Text(text.to_owned()));
    match ty.plain() {
        Ty::Bool => value.as_bool().map(Literal::Bool),
        Ty::F64 => value.as_f64().map(Literal::Float),
        Ty::I32 => integer(|value| i32::try_from(value).is_ok()),
        Ty::U32 => integer(|value| u32::try_from(value).is_ok()),
        Ty::U64 => integer(|value| u64::try_from(value).is_ok()),
        Ty::I64 => integer(|_| true),
        Ty::String | Ty::Text(_) => text(),
        Ty::Named(named) => match named.kind {
            NamedKind::IntegerEnum => integer(|_| true),
            NamedKind::StringEnum => text(),
            NamedKind::Struct
            | NamedKind::Union
            | NamedKind::Alias
            | NamedKind::Foreign
            | NamedKind::Wrapper => None,
        },
        Ty::Unit
        | Ty::Value
        | Ty::Bytes
        | Ty::Vec(_)
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Option(_)
        | Ty::Box(_)
        | Ty::Local(_)
        | Ty::NoError => None,
    }
}
