//! The items of the types crate: what each named type becomes.

use super::rust::{Ident, Named};
use super::shapes::Shapes;
use super::type_docs::type_doc;
use super::types::{Alias, TypeItem};
use super::users::Users;
use super::{Doc, Planner, enums, required};
use crate::ir::{Shape, TypeId};

impl Shapes {
    /// The items of the types crate, by name.
    pub(super) fn items(&self, planner: &mut Planner<'_>) -> Vec<TypeItem> {
        let api = planner.api;
        let users = Users::of(api);
        let mut items: Vec<(Ident, TypeItem)> = Vec::new();
        for (index, named) in self.names.iter().enumerate() {
            let Some(named) = named else { continue };
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            let doc = type_doc(api, &self.names, id, &users);
            items.push((named.name.clone(), self.item(planner, id, named, doc)));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let mut items: Vec<TypeItem> = items.into_iter().map(|(_, item)| item).collect();
        required::plan_new(&planner.speller, &mut items);
        items
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
            }),
        }
    }
}
