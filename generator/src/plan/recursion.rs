//! How types hold one another: which fields need a box, since a struct would contain itself or grow without bounds, and how deeply
//! types are nested.

use crate::ir::{Api, Closedness, Shape, StringFormat, TypeId};
use std::collections::HashSet;

/// The room that the values of each type take, and what it takes to keep that within bounds.
#[derive(Debug)]
pub(super) struct Room {
    /// The properties of structs and variants of unions, by owner and position, that are in a box.
    pub(super) boxed: HashSet<(TypeId, usize)>,
    /// For each type about how many bytes a value takes where it stands; rather too many than too few.
    bytes: Vec<usize>,
}

/// Bytes beyond which a field is boxed. Types that hold two of the next one each would otherwise be too big for any machine.
const BIG: usize = 16 * 1024;

/// Bytes by which Clippy lets the variants of an enum differ.
const UNEQUAL: usize = 200;

impl Room {
    pub(super) fn of(api: &Api) -> Self {
        let mut room = Self {
            boxed: circles(api),
            bytes: vec![0; api.types.len()],
        };
        room.measure(api);
        room
    }

    /// Whether Clippy may find that one variant of a union makes all others too big.
    pub(super) fn is_unequal(&self, union: TypeId) -> bool {
        self.bytes[union.index()] >= UNEQUAL
    }

    /// Measures each type after those that stand in it, from a stack of our own.
    fn measure(&mut self, api: &Api) {
        let mut begun = vec![false; api.types.len()];
        for start in 0..api.types.len() {
            let mut work = vec![(id(start), false)];
            while let Some((ty, parts_done)) = work.pop() {
                if parts_done {
                    self.bytes[ty.index()] = self.bytes_of(ty, &api[ty].shape);
                } else if !std::mem::replace(&mut begun[ty.index()], true) {
                    work.push((ty, true));
                    let shape = &api[ty].shape;
                    let within = if matches!(shape, Shape::Array(_) | Shape::Map(_)) {
                        Vec::new()
                    } else {
                        shape.parts()
                    };
                    // What is in a box by now lies on a circle, and needn't be measured before.
                    let within = within.into_iter().enumerate();
                    let within = within.filter(|(at, _)| !self.boxed.contains(&(ty, *at)));
                    work.extend(within.map(|(_, part)| (part, false)));
                }
            }
        }
    }

    /// The size of a type whose parts are measured; boxes those that are too big.
    fn bytes_of(&mut self, owner: TypeId, shape: &Shape) -> usize {
        match shape {
            // A value, and whether it is there.
            Shape::Null | Shape::Boolean | Shape::Integer(..) | Shape::Number(..) => 16,
            Shape::String(StringFormat::Plain, _) | Shape::Array(_) => 24,
            Shape::String(..) | Shape::Enum(_) => 32,
            // `serde_json` has a feature that makes them as large.
            Shape::Any | Shape::Map(_) => 80,
            Shape::Alias(target) => self.bytes[target.index()],
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| self.bytes[item.ty.index()]);
                items.fold(0, usize::saturating_add)
            }
            Shape::Object(object) => {
                let fields = object.properties.iter().enumerate();
                let fields = fields.map(|(at, property)| self.field(owner, at, property.ty));
                let rest = match object.rest {
                    Closedness::Typed { .. } => 24,
                    Closedness::Open | Closedness::Closed => 0,
                };
                fields.fold(rest, usize::saturating_add)
            }
            Shape::Union(union) => {
                let variants = union.variants.iter().enumerate();
                let variants = variants.map(|(at, variant)| self.field(owner, at, variant.ty));
                variants.fold(0, usize::max).saturating_add(8)
            }
        }
    }

    /// The size of a field or variant.
    fn field(&mut self, owner: TypeId, position: usize, ty: TypeId) -> usize {
        let bytes = self.bytes[ty.index()];
        if bytes > BIG {
            self.boxed.insert((owner, position));
        }
        if self.boxed.contains(&(owner, position)) {
            8
        } else {
            bytes
        }
    }
}

/// How many types are at most within one another, lists and maps included; all of a circle count.
pub(super) fn depth(api: &Api) -> usize {
    let edges: Vec<Vec<TypeId>> = api.types.iter().map(|ty| ty.shape.parts()).collect();
    let components = components(&edges);
    let count = components.iter().max().map_or(0, |last| last + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, component) in components.iter().enumerate() {
        members[*component].push(index);
    }
    let mut depths = vec![0; count];
    // What a component leads to was numbered before it.
    for (component, members) in members.iter().enumerate() {
        let below = members.iter().flat_map(|member| &edges[*member]);
        let below = below.map(|target| components[target.index()]);
        let below = below.filter(|below| *below != component);
        let deepest = below.map(|below| depths[below]).max().unwrap_or_default();
        depths[component] = deepest + members.len();
    }
    depths.into_iter().max().unwrap_or_default()
}

/// The fields that lie on a circle of structs and unions containing one another directly.
///
/// Lists and maps are on the heap already, so circles through them need nothing.
fn circles(api: &Api) -> HashSet<(TypeId, usize)> {
    let fields: Vec<Vec<(usize, TypeId)>> = api
        .types
        .iter()
        .map(|ty| match &ty.shape {
            Shape::Object(object) => {
                direct(api, object.properties.iter().map(|property| property.ty))
            }
            Shape::Union(union) => direct(api, union.variants.iter().map(|variant| variant.ty)),
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
            | Shape::Alias(_) => Vec::new(),
        })
        .collect();
    let targets =
        |fields: &Vec<(usize, TypeId)>| fields.iter().map(|(_, target)| *target).collect();
    let components = components(&fields.iter().map(targets).collect::<Vec<_>>());
    let mut boxed = HashSet::new();
    for (owner, fields) in fields.iter().enumerate() {
        for (position, target) in fields {
            if components[owner] == components[target.index()] {
                boxed.insert((id(owner), *position));
            }
        }
    }
    boxed
}

fn id(index: usize) -> TypeId {
    TypeId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The structs and unions among the parts of a type, each with its position.
fn direct(api: &Api, parts: impl Iterator<Item = TypeId>) -> Vec<(usize, TypeId)> {
    parts
        .enumerate()
        .flat_map(|(position, part)| {
            let targets = contained(api, part).into_iter();
            targets.map(move |target| (position, target))
        })
        .collect()
}

/// The structs and unions that a type holds without a list or map between.
fn contained(api: &Api, id: TypeId) -> Vec<TypeId> {
    let (mut found, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![id]);
    while let Some(id) = open.pop() {
        match &api[id].shape {
            Shape::Object(_) | Shape::Union(_) => found.push(id),
            shape @ (Shape::Alias(_) | Shape::Tuple(_)) => {
                if seen.insert(id) {
                    open.extend(shape.parts());
                }
            }
            Shape::Any
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Map(_) => {}
        }
    }
    found
}

/// The number of the strongly connected component of each type (Tarjan's algorithm, with a stack of its own so that depth costs no
/// stack). What a component leads to has smaller numbers.
fn components(edges: &[Vec<TypeId>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let mut order = vec![UNSEEN; count];
    let mut low = vec![0; count];
    let mut component = vec![UNSEEN; count];
    let mut open: Vec<usize> = Vec::new();
    let (mut next, mut found) = (0, 0);
    for start in 0..count {
        if order[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                order[node] = next;
                low[node] = next;
                next += 1;
                open.push(node);
            }
            if let Some(target) = edges[node].get(edge) {
                work.push((node, edge + 1));
                let target = target.index();
                if order[target] == UNSEEN {
                    work.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
            } else {
                if low[node] == order[node] {
                    while let Some(member) = open.pop() {
                        component[member] = found;
                        if member == node {
                            break;
                        }
                    }
                    found += 1;
                }
                if let Some((parent, _)) = work.last() {
                    low[*parent] = low[*parent].min(low[node]);
                }
            }
        }
    }
    component
}
