//! What is planned of a parameter.

use super::doc::Doc;
use super::rust::{Ident, Ty};
use super::types::{Argument, Check};
use super::{Location, ParameterStyle};

/// A parameter.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // the words of the specification
pub struct Parameter {
    pub doc: Doc,
    pub deprecated: bool,
    /// The argument of methods.
    pub name: Ident,
    /// The local of the server's function that reads it.
    pub local: Ident,
    /// The field in the server's struct of parameters; unused for path parameters.
    pub field: Ident,
    /// The client's setter.
    pub setter: Ident,
    /// The name on the wire.
    pub wire: String,
    pub location: Location,
    /// Index of the first template with its name in the path; 0 for other locations.
    pub position: usize,
    /// Indexes of further templates with its name.
    pub repeats: Vec<usize>,
    pub ty: Ty,
    pub style: ParameterStyle,
    /// How `new` of the server's struct of parameters takes it.
    pub argument: Argument,
    pub required: bool,
    /// The value that the server fills in if it is absent; only for optional parameters.
    pub default: Option<Literal>,
    /// The default in the description, as a code span; empty if there is none.
    pub default_doc: Doc,
    /// Whether reserved characters aren't encoded.
    pub allow_reserved: bool,
    /// Whether it may have no value.
    pub allow_empty: bool,
    pub checks: Vec<Check>,
}

/// A literal of a scalar type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `true`.
    Bool(bool),
    /// `60`.
    Integer(i64),
    /// `0.5`.
    Float(f64),
    /// `"text"`, for a `String` or a type made from one.
    Text(String),
}
