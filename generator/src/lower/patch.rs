//! Merge patches (RFC 7396): an absent member is unchanged, null removes it, any other value replaces it.
//!
//! In: an API whose types are complete. Out: the same API, in which the body of a merge patch has a type that distinguishes the three:
//! every optional property, and every value of a map, is also nullable. The same holds for nested objects, but not for objects in a list,
//! which is replaced as a whole. Types that are only used by patches are changed in place; for others the patch gets a copy: `PetPatch`
//! next to `Pet`.

use super::direction::{reachable, responses};
use crate::ir::{
    Api, BodyContent, Closedness, Content, Operation, Presence, Role, Shape, TypeDef, TypeId,
    is_merge_patch,
};

/// Gives every merge patch a type that can express it. Linear in the number of types.
pub(super) fn tell_apart(api: &mut Api) {
    let roots: Vec<TypeId> = bodies(api)
        .filter(|body| is_patch(body))
        .flat_map(|body| body.content.parts())
        .collect();
    if roots.is_empty() {
        return;
    }
    let patches = Patches::of(api, roots);
    let copies = patches.copies(api);
    for (index, copy) in copies.iter().enumerate() {
        let id = copy.unwrap_or(TypeId(u32::try_from(index).unwrap_or(u32::MAX)));
        if copy.is_some() || (patches.patched[index] && !patches.has_other_uses[index]) {
            let shape = &mut api.types[id.index()].shape;
            patches.may_be_null(shape);
            for part in merged(shape) {
                *part = copies[part.index()].unwrap_or(*part);
            }
        }
    }
    for operation in &mut api.operations {
        patch_body(operation, &copies);
    }
}

fn bodies(api: &Api) -> impl Iterator<Item = &BodyContent> {
    let bodies = api.operations.iter().flat_map(|operation| &operation.body);
    bodies.flat_map(|body| &body.contents)
}

fn is_patch(body: &BodyContent) -> bool {
    body.media_types.iter().all(|name| is_merge_patch(name))
}

/// The types that merge patches consist of.
struct Patches {
    /// For each type, whether null removes its members.
    patched: Vec<bool>,
    /// For each type, whether it is also used outside of patches.
    has_other_uses: Vec<bool>,
    /// For each type, whether it is any JSON value, which includes null.
    is_any: Vec<bool>,
}

impl Patches {
    fn of(api: &mut Api, roots: Vec<TypeId>) -> Self {
        let mut patched = vec![false; api.types.len()];
        let mut open = roots;
        // Values that are replaced as a whole.
        let mut others = Vec::new();
        while let Some(id) = open.pop() {
            if std::mem::replace(&mut patched[id.index()], true) {
                continue;
            }
            let shape = &mut api.types[id.index()].shape;
            let parts = merged(shape);
            if parts.is_empty() {
                others.extend(shape.parts());
            } else {
                open.extend(parts.into_iter().map(|part| *part));
            }
        }
        others.extend(responses(api));
        for operation in &api.operations {
            let parameters = operation.parameters.iter();
            others.extend(parameters.map(|parameter| parameter.ty));
            let responses = operation.responses.list.iter();
            let headers = responses.flat_map(|response| &response.headers);
            others.extend(headers.filter_map(|header| header.ty));
        }
        let bodies = bodies(api).filter(|body| !is_patch(body));
        others.extend(bodies.flat_map(|body| body.content.parts()));
        Self {
            has_other_uses: reachable(api, others),
            patched,
            is_any: api.types.iter().map(|ty| ty.shape == Shape::Any).collect(),
        }
    }

    /// Copies the types that have other uses and mustn't be changed, and the types that contain them.
    fn copies(&self, api: &mut Api) -> Vec<Option<TypeId>> {
        let all = 0..self.patched.len();
        let kept = all.filter(|index| self.patched[*index] && self.has_other_uses[*index]);
        let kept: Vec<usize> = kept.collect();
        let mut made_of: Vec<Vec<usize>> = vec![Vec::new(); self.patched.len()];
        let mut open = Vec::new();
        for index in &kept {
            let mut shape = api.types[*index].shape.clone();
            for part in merged(&mut shape) {
                made_of[part.index()].push(*index);
            }
            if self.may_be_null(&mut shape) {
                open.push(*index);
            }
        }
        let mut touched = vec![false; self.patched.len()];
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut touched[index], true) {
                open.extend(&made_of[index]);
            }
        }
        let mut copies = vec![None; self.patched.len()];
        for index in kept.into_iter().filter(|index| touched[*index]) {
            copies[index] = Some(TypeId(u32::try_from(api.types.len()).unwrap_or(u32::MAX)));
            let whole = &api.types[index];
            let copy = TypeDef {
                role: Role::As(Box::new(whole.role.clone()), Role::PATCH),
                ..whole.clone()
            };
            api.types.push(copy);
        }
        copies
    }

    /// Makes every optional member nullable; returns whether anything changed.
    fn may_be_null(&self, shape: &mut Shape) -> bool {
        match shape {
            Shape::Object(object) => {
                let mut changes = false;
                for property in &mut object.properties {
                    let may_be_absent = [Presence::Optional, Presence::OptionalNullable];
                    if may_be_absent.contains(&property.presence) {
                        changes |= property.presence == Presence::Optional;
                        property.presence = Presence::OptionalNullable;
                        // An absent property means no change, so no default applies.
                        property.default = None;
                    }
                }
                if let Closedness::Typed { values, nullable } = &mut object.rest {
                    changes |= self.let_be_null(*values, nullable);
                }
                changes
            }
            Shape::Map(map) => self.let_be_null(map.values, &mut map.nullable_values),
            _ => false,
        }
    }

    fn let_be_null(&self, values: TypeId, nullable: &mut bool) -> bool {
        !self.is_any[values.index()] && !std::mem::replace(nullable, true)
    }
}

/// The parts of a type that a patch merges into; lists are replaced as a whole.
fn merged(shape: &mut Shape) -> Vec<&mut TypeId> {
    match shape {
        Shape::Array(_) | Shape::Tuple(_) => Vec::new(),
        shape => super::share::parts(shape),
    }
}

/// Gives the body of an operation its patch types. If these equal the types of another media type, both share one content.
fn patch_body(operation: &mut Operation, copies: &[Option<TypeId>]) {
    let Some(body) = &mut operation.body else {
        return;
    };
    let mut contents: Vec<BodyContent> = Vec::with_capacity(body.contents.len());
    for mut held in body.contents.drain(..) {
        if let (true, Content::Json(ty)) = (is_patch(&held), &mut held.content) {
            *ty = copies[ty.index()].unwrap_or(*ty);
        }
        match contents
            .iter_mut()
            .find(|known| known.content == held.content && known.nullable == held.nullable)
        {
            Some(known) => known.media_types.extend(held.media_types),
            None => contents.push(held),
        }
    }
    body.contents = contents;
}
