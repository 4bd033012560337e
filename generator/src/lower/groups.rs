//! Constraints on which properties go together: `required` within `anyOf`, `oneOf` and `not`, and `dependentRequired`.

use super::Lower;
use super::kind::{Kind, is_silent, kind_of};
use crate::document::{Schema, SchemaId, Types};
use crate::ir::{Groups, Shape, TypeId};
use std::sync::Arc;

impl Lower<'_> {
    /// The groups of properties in an object schema.
    pub(super) fn groups(&self, schema: &Schema) -> Vec<Groups> {
        let not = schema.not.and_then(|not| self.only_requires(not));
        let with = schema.dependent_required.iter();
        let with = with.map(|(name, needed)| Groups::With(name.clone(), needed.clone()));
        not.map(Groups::Not).into_iter().chain(with).collect()
    }

    /// Adds the groups of a choice between sets of required properties. A choice that says more is left to rules.
    pub(super) fn choose_groups(&mut self, schema: &Schema, shape: &mut Shape, ty: TypeId) {
        let sets = |members: &[SchemaId]| -> Option<Vec<Vec<Arc<str>>>> {
            members
                .iter()
                .map(|member| self.only_requires(*member))
                .collect()
        };
        let (any, one) = (sets(&schema.any_of), sets(&schema.one_of));
        if let (Shape::Object(object), Some(any), Some(one)) = (shape, any, one) {
            let any = (!any.is_empty()).then_some(Groups::Any(any));
            let one = (!one.is_empty()).then_some(Groups::One(one));
            object.groups.extend(any.into_iter().chain(one));
            return;
        }
        self.note_lost_choice(ty);
    }

    /// Whether a schema's `not` has no effect on its type.
    pub(super) fn loses_not(&self, schema: &Schema) -> bool {
        let Some(not) = schema.not else {
            return false;
        };
        let kind = kind_of(schema);
        let is_object = kind == Some(Kind::Object) && !schema.properties.is_empty();
        // A schema with a type excludes null anyway.
        let never = kind.is_some() && kind != Some(Kind::Any) && self.is_null(not);
        let checked = is_object && self.only_requires(not).is_some();
        !(never || checked)
    }

    /// The properties that a schema requires, if it has no other keywords.
    pub(super) fn only_requires(&self, schema: SchemaId) -> Option<Vec<Arc<str>>> {
        let schema = self.schema(self.definition(schema));
        let mut rest = (*schema).clone();
        rest.required = Vec::new();
        if rest.types.object {
            rest.types = Types::default();
        }
        (is_silent(&rest) && !schema.required.is_empty()).then(|| schema.required.clone())
    }
}
