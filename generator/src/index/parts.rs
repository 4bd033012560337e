//! Visits the ids and places inside the parts of a document.
//!
//! In: a part of a [`Document`](crate::document::Document). Out: each [`SchemaId`] and each [`Origin`] in it, mutable; and, by means of
//! that, its [`Signature`], which is the same wherever the part is declared. An origin or id that isn't visited here makes equal parts look
//! different, which the tests of `merge` would notice.

use crate::document::{
    Additional, Body, Encoding, Header, Link, LinkTarget, MediaType, Operation, Parameter,
    ParameterFormat, PathItem, Response, Schema, SchemaId, SecurityScheme,
};
use crate::source::{FileId, Origin, Pointer};
use std::fmt::Debug;

/// The content of a part, for comparison.
#[derive(PartialEq, Eq)]
pub(super) struct Signature {
    /// The `Debug` output without ids and places. It names every field, so fields that are added to the document form later are compared
    /// without further code.
    pub(super) text: String,
    /// The schemas that the part uses.
    pub(super) schemas: Vec<SchemaId>,
}

/// The signature of a part.
pub(super) fn signature<T: Parts + Clone + Debug>(part: &T) -> Signature {
    let mut copy = part.clone();
    let mut schemas = Vec::new();
    copy.visit(&mut |part| match part {
        Part::Schema(id) => schemas.push(std::mem::replace(id, SchemaId(0))),
        Part::Origin(origin) => {
            *origin = Origin {
                file: FileId(0),
                pointer: Pointer::root(),
            }
        }
    });
    Signature {
        text: format!("{copy:?}"),
        schemas,
    }
}

/// The signature of a schema, regardless of its name and the order of its properties.
pub(super) fn schema_signature(schema: &Schema) -> Signature {
    let mut copy = schema.clone();
    (copy.name, copy.hint) = (None, None);
    copy.tidy();
    copy.properties.sort_by(|(a, _), (b, _)| a.cmp(b));
    copy.required.sort_unstable();
    signature(&copy)
}

/// An id or a place inside a part.
pub(super) enum Part<'a> {
    Schema(&'a mut SchemaId),
    Origin(&'a mut Origin),
}

/// A type that contains ids and places.
pub(super) trait Parts {
    /// Calls `visit` with each, in field order.
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>));
}

impl<T: Parts> Parts for Vec<T> {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        for part in self {
            part.visit(visit);
        }
    }
}

impl<T: Parts> Parts for Option<T> {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        if let Some(part) = self {
            part.visit(visit);
        }
    }
}

/// A named part.
impl<K, T: Parts> Parts for (K, T) {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.1.visit(visit);
    }
}

impl Parts for SchemaId {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        visit(Part::Schema(self));
    }
}

impl Parts for Origin {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        visit(Part::Origin(self));
    }
}

impl Parts for PathItem {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.operations.visit(visit);
        self.origin.visit(visit);
    }
}

impl Parts for Operation {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.parameters.visit(visit);
        self.body.visit(visit);
        self.responses.visit(visit);
        for callback in &mut self.callbacks {
            callback.items.visit(visit);
            callback.origin.visit(visit);
        }
        self.origin.visit(visit);
    }
}

impl Parts for Parameter {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        match &mut self.format {
            ParameterFormat::Style { schema, .. } => schema.visit(visit),
            ParameterFormat::Content(media_type) => media_type.visit(visit),
        }
        self.origin.visit(visit);
    }
}

impl Parts for Body {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.content.visit(visit);
        self.origin.visit(visit);
    }
}

impl Parts for MediaType {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.schema.visit(visit);
        self.item_schema.visit(visit);
        self.encoding.visit(visit);
        self.origin.visit(visit);
    }
}

impl Parts for Encoding {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.headers.visit(visit);
    }
}

impl Parts for Header {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.schema.visit(visit);
        self.origin.visit(visit);
    }
}

impl Parts for Response {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.headers.visit(visit);
        self.content.visit(visit);
        self.links.visit(visit);
        self.origin.visit(visit);
    }
}

impl Parts for Link {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        if let LinkTarget::Place(_, place) = &mut self.target {
            place.visit(visit);
        }
        self.origin.visit(visit);
    }
}

impl Parts for SecurityScheme {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.origin.visit(visit);
    }
}

impl Parts for Additional {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        if let Self::Schema(schema) = self {
            schema.visit(visit);
        }
    }
}

impl Parts for Schema {
    fn visit(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        self.origin.visit(visit);
        self.reference.visit(visit);
        self.properties.visit(visit);
        self.additional.visit(visit);
        self.items.visit(visit);
        let Some(more) = &mut self.more else { return };
        more.all_of.visit(visit);
        more.one_of.visit(visit);
        more.any_of.visit(visit);
        let Some(rare) = &mut more.rare else { return };
        rare.unevaluated.visit(visit);
        rare.pattern_properties.visit(visit);
        rare.property_names.visit(visit);
        rare.content_schema.visit(visit);
        rare.prefix_items.visit(visit);
        rare.not.visit(visit);
        rare.condition.visit(visit);
        rare.then.visit(visit);
        rare.otherwise.visit(visit);
        rare.contains.visit(visit);
        rare.dependent_schemas.visit(visit);
        rare.unevaluated_items.visit(visit);
        if let Some(discriminator) = &mut rare.discriminator {
            discriminator.mapping.visit(visit);
            discriminator.origin.visit(visit);
        }
    }
}
