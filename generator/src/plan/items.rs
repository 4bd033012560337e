//! Plans the items of the types crate.

use super::required::Required;
use super::rust::{Ident, Named};
use super::shapes::Shapes;
use super::type_docs::type_doc;
use super::types::{Alias, TypeItem};
use super::users::Users;
use super::{Doc, Planner, enums};
use crate::ir::{Shape, TypeId};

impl Shapes {
    /// The items of the types crate, by name.
    pub(super) fn items(&self, planner: &mut Planner<'_>) -> Vec<TypeItem> {
        let api = planner.api;
        let users = Users::of(api);
        let required = Required::of(planner, self);
        let mut items: Vec<(Ident, TypeItem)> = Vec::new();
        for (id, named) in self.named() {
            let doc = type_doc(api, &self.names, id, &users);
            let mut item = self.item(planner, id, named, doc, &required);
            planner.add_extras(&api[id].role, &mut item);
            items.push((named.name.clone(), item));
        }
        let foreign = self.foreign.items(planner);
        items.extend(foreign.map(|item| (item.name.clone(), TypeItem::Foreign(item))));
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn item(
        &self,
        planner: &mut Planner<'_>,
        id: TypeId,
        named: &Named,
        doc: Doc,
        required: &Required,
    ) -> TypeItem {
        let ty = &planner.api[id];
        if let Shape::Enum(listed) = &ty.shape
            && let Some(item) = enums::item(planner, ty, listed, &named.name, &doc)
        {
            return item;
        }
        match &ty.shape {
            Shape::Object(object) => {
                TypeItem::Struct(self.structure(planner, id, object, named, doc, required))
            }
            Shape::Union(union) => TypeItem::Union(self.union(planner, id, ty, union, named, doc)),
            Shape::Any
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Alias(_) => TypeItem::Alias(Alias {
                doc,
                name: named.name.clone(),
                ty: self.meaning(planner.api, id),
                required: required.alias(planner.api, id),
            }),
        }
    }
}
