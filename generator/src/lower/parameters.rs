//! Lowers parameters: how each is serialized, given its location, style and type.

use super::Lower;
use crate::document::{self, ParameterFormat};
use crate::ir::{
    EnumKind, Kind, Location, Parameter, ParameterStyle, Role, Shape, Shared, StringFormat, Style,
    TypeId,
};

impl Lower<'_> {
    /// The parameters of an operation that can be sent, in document order.
    pub(super) fn parameters(
        &mut self,
        operation: usize,
        parameters: &[document::Parameter],
    ) -> Vec<Parameter> {
        let mut parameters: Vec<&document::Parameter> = parameters.iter().collect();
        parameters.retain(|parameter| {
            parameter.location != document::Location::Header
                || self.is_header_name(&parameter.name, &parameter.origin, "it is left out")
        });
        let types: Vec<TypeId> = parameters
            .iter()
            .map(|parameter| self.parameter_type(operation, parameter))
            .collect();
        // The types of parameters decide how they are serialized, so they are needed now.
        self.drain();
        parameters
            .iter()
            .zip(types)
            .map(|(parameter, ty)| self.parameter(parameter, ty))
            .collect()
    }

    fn parameter_type(&mut self, operation: usize, parameter: &document::Parameter) -> TypeId {
        let role = self
            .shared(Shared::Parameter, &parameter.origin)
            .unwrap_or_else(|| Role::Parameter(operation, parameter.name.as_str().into()));
        match &parameter.format {
            ParameterFormat::Style { schema, .. } => self.use_of(*schema, role).ty,
            ParameterFormat::Content(media) => self.held(media, role),
        }
    }

    fn parameter(&mut self, parameter: &document::Parameter, ty: TypeId) -> Parameter {
        let location = location(parameter.location);
        let (schema, style) = match &parameter.format {
            ParameterFormat::Style {
                schema,
                style,
                explode,
            } => (
                Some(*schema),
                self.parameter_style(ty, location, *style, *explode),
            ),
            ParameterFormat::Content(media) => (media.schema, self.content_style(ty, &media.name)),
        };
        let allow_reserved = parameter.allow_reserved && location == Location::Query;
        let style = match style {
            ParameterStyle::Each if allow_reserved => {
                ParameterStyle::Styled(Style::FormExploded, Kind::List)
            }
            ParameterStyle::Separated(',', _) if allow_reserved => {
                ParameterStyle::Styled(Style::Form, Kind::List)
            }
            style => style,
        };
        let default = schema.and_then(|schema| {
            let origin = self.schema(schema).origin.clone();
            let default = self.default_of(schema)?;
            self.settled(&default, ty, &origin)
        });
        let described = || Some(self.schema(schema?).description.as_deref()?.to_owned());
        Parameter {
            name: parameter.name.clone(),
            location,
            description: parameter.description.clone().or_else(described),
            required: parameter.required,
            deprecated: parameter.deprecated,
            ty,
            style,
            default,
            allow_reserved,
            allow_empty: parameter.allow_empty && location == Location::Query,
            origin: parameter.origin.clone(),
        }
    }

    /// The style of a parameter with `content`: plain text or JSON.
    fn content_style(&self, ty: TypeId, media_type: &str) -> ParameterStyle {
        if self.is_scalar(ty) && !super::body::is_json(media_type) {
            ParameterStyle::Plain
        } else {
            ParameterStyle::Styled(Style::Json, self.kind(ty))
        }
    }

    fn parameter_style(
        &self,
        ty: TypeId,
        location: Location,
        style: document::Style,
        explode: bool,
    ) -> ParameterStyle {
        let kind = self.kind(ty);
        let style = applied(location, style, explode);
        let plain = match style {
            Style::Label | Style::LabelExploded | Style::Matrix | Style::MatrixExploded => false,
            _ => self.is_scalar(ty),
        };
        let separator = match (location, style) {
            (Location::Header, Style::Simple | Style::SimpleExploded)
            | (Location::Query, Style::Form) => Some(','),
            (Location::Query, Style::Space) => Some(' '),
            (Location::Query, Style::Pipe) => Some('|'),
            (Location::Query, Style::Tab) => Some('\t'),
            _ => None,
        };
        match (style, separator) {
            _ if plain => ParameterStyle::Plain,
            (Style::FormExploded, _) if location == Location::Query && self.is_plain_list(ty) => {
                ParameterStyle::Each
            }
            (_, Some(separator)) if self.is_plain_list(ty) => {
                ParameterStyle::Separated(separator, kind)
            }
            _ => ParameterStyle::Styled(style, kind),
        }
    }

    /// Whether a type is a list of scalars.
    fn is_plain_list(&self, ty: TypeId) -> bool {
        match &self.types[self.unaliased(ty).index()].shape {
            Shape::Array(array) => self.is_scalar(array.items) && !array.nullable_items,
            _ => false,
        }
    }

    /// What a reader of a type's text has to expect.
    pub(super) fn kind(&self, ty: TypeId) -> Kind {
        match &self.types[self.unaliased(ty).index()].shape {
            Shape::Array(array) if !array.nullable_items && self.is_atom(array.items) => {
                Kind::Atoms
            }
            Shape::Array(_) => Kind::List,
            Shape::Map(_) | Shape::Object(_) => Kind::Object,
            Shape::Union(union) => {
                let mut kinds = union.variants.iter().map(|variant| variant.ty);
                let values = kinds.all(|ty| self.is_scalar(ty));
                if values { Kind::Value } else { Kind::Any }
            }
            Shape::Any => Kind::Any,
            Shape::Enum(listed) if listed.kind == EnumKind::Any => Kind::Any,
            _ => Kind::Value,
        }
    }

    /// Whether the text of a type's values never contains a comma.
    fn is_atom(&self, ty: TypeId) -> bool {
        match &self.types[self.unaliased(ty).index()].shape {
            Shape::Boolean | Shape::Integer(..) | Shape::Number(..) => true,
            Shape::String(format, _) => matches!(
                format,
                StringFormat::DateTime
                    | StringFormat::Date
                    | StringFormat::Time
                    | StringFormat::Uuid
                    | StringFormat::Base64
                    | StringFormat::Decimal
            ),
            Shape::Enum(listed) => {
                let mut values = listed.values.iter().map(|listed| &listed.value);
                let listed_only = !listed.open || listed.kind != EnumKind::String;
                listed.kind != EnumKind::Any
                    && listed_only
                    && values.all(|value| value.as_str().is_none_or(|text| !text.contains(',')))
            }
            _ => false,
        }
    }

    /// Resolves aliases.
    pub(super) fn unaliased(&self, mut ty: TypeId) -> TypeId {
        for _ in 0..self.types.len() {
            match self.types[ty.index()].shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        ty
    }

    /// Whether a type is a scalar with a plain text form.
    pub(super) fn is_scalar(&self, ty: TypeId) -> bool {
        match &self.types[self.unaliased(ty).index()].shape {
            Shape::Boolean | Shape::Integer(..) | Shape::Number(..) | Shape::String(..) => true,
            Shape::Enum(listed) => listed.kind != EnumKind::Any,
            _ => false,
        }
    }
}

/// The style combined with `explode`. A style that the location doesn't allow (OpenAPI 3.1.1, section 4.8.12.2) is replaced by the default
/// of the location.
fn applied(location: Location, style: document::Style, explode: bool) -> Style {
    use document::Style as Written;
    let either = |exploded: Style, plain: Style| if explode { exploded } else { plain };
    match (location, style) {
        (Location::Path | Location::Header | Location::Query, Written::TabDelimited) => Style::Tab,
        (Location::Path, Written::Label) => either(Style::LabelExploded, Style::Label),
        (Location::Path, Written::Matrix) => either(Style::MatrixExploded, Style::Matrix),
        // OpenAPI 3 allows these only in the query, Swagger 2 everywhere.
        (Location::Path | Location::Header, Written::SpaceDelimited) if !explode => Style::Space,
        (Location::Path | Location::Header, Written::PipeDelimited) if !explode => Style::Pipe,
        (Location::Path | Location::Header, _) => either(Style::SimpleExploded, Style::Simple),
        (Location::Query, Written::DeepObject) => Style::DeepObject,
        (Location::Query, Written::SpaceDelimited) => either(Style::FormExploded, Style::Space),
        (Location::Query, Written::PipeDelimited) => either(Style::FormExploded, Style::Pipe),
        (Location::Query | Location::Cookie, _) => either(Style::FormExploded, Style::Form),
    }
}

/// The style of a property in a form: the same as for a query parameter (OpenAPI 3.1.1, section 4.8.15.1.2).
pub(super) fn form_style(style: document::Style, explode: bool) -> Style {
    applied(Location::Query, style, explode)
}

fn location(location: document::Location) -> Location {
    match location {
        document::Location::Path => Location::Path,
        document::Location::Query => Location::Query,
        document::Location::Header => Location::Header,
        document::Location::Cookie => Location::Cookie,
    }
}
