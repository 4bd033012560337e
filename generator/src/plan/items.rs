//! The items of the types crate: what each named type becomes.

use super::rust::{Ident, Named};
use super::shapes::Shapes;
use super::tags::unaliased;
use super::type_docs::type_doc;
use super::types::{Alias, TypeItem};
use super::users::Users;
use super::{Doc, Planner, enums};
use crate::ir::{Api, Shape, TypeId};

impl Shapes {
    /// The items of the types crate, by name.
    pub(super) fn items(&self, planner: &mut Planner<'_>) -> Vec<TypeItem> {
        let api = planner.api;
        let users = Users::of(api);
        let mut items: Vec<(Ident, TypeItem)> = Vec::new();
        for (id, named) in self.named() {
            let doc = type_doc(api, &self.names, id, &users);
            items.push((named.name.clone(), self.item(planner, id, named, doc)));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn item(&self, planner: &mut Planner<'_>, id: TypeId, named: &Named, doc: Doc) -> TypeItem {
        let ty = &planner.api[id];
        if let Shape::Enum(listed) = &ty.shape
            && let Some(item) = enums::item(planner, ty, listed, &named.name, &doc)
        {
            return item;
        }
        match &ty.shape {
            Shape::Object(object) => {
                TypeItem::Struct(self.structure(planner, id, ty, object, named, doc))
            }
            Shape::Union(union) => TypeItem::Union(self.union(planner, id, ty, union, named, doc)),
            shape @ (Shape::Any
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Alias(_)) => TypeItem::Alias(Alias {
                doc,
                name: named.name.clone(),
                ty: self.unnamed(planner.api, shape),
                required: self.alias_of_required(planner.api, id),
            }),
        }
    }
    /// The alias of what `new` of the struct takes that an alias stands for, under the name that it would have alone.
    fn alias_of_required(&self, api: &Api, id: TypeId) -> Option<(Ident, Ident)> {
        let home = self.required.get(&unaliased(api, id))?;
        Some((self.required.get(&id)?.clone(), home.clone()))
    }
}
