//! Sizes and nesting of types: which fields need a box, since a struct would contain itself or get too big, and how deeply types are
//! nested.

use crate::ir::{Api, Closedness, Shape, StringFormat, TypeId};
use std::collections::HashSet;

/// The sizes of types, and the boxes that keep them within bounds.
#[derive(Debug)]
pub(super) struct Room {
    /// Fields of structs and variants of unions that are boxed, by owner and index.
    pub(super) boxed: HashSet<(TypeId, usize)>,
    /// The approximate size of each type in bytes, rather too large than too small.
    bytes: Vec<usize>,
}

/// Fields of at least this size are boxed. Otherwise a chain of types that each contain two of the next one would exceed any memory.
const BIG: usize = 16 * 1024;

/// The difference between variants that Clippy allows, in bytes.
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

    /// Whether Clippy may complain about one variant of a union being much larger than the others.
    pub(super) fn is_unequal(&self, union: TypeId) -> bool {
        self.bytes[union.index()] >= UNEQUAL
    }

    /// Measures each type after its parts, with an explicit stack.
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
                    // Boxed parts are on a cycle, and needn't be measured first.
                    let within = within.into_iter().enumerate();
                    let within = within.filter(|(at, _)| !self.boxed.contains(&(ty, *at)));
                    work.extend(within.map(|(_, part)| (part, false)));
                }
            }
        }
    }

    /// The size of a type whose parts are measured; boxes parts that are too big.
    fn bytes_of(&mut self, owner: TypeId, shape: &Shape) -> usize {
        match shape {
            // A value, and whether it is present.
            Shape::Null | Shape::Boolean | Shape::Integer(..) | Shape::Number(..) => 16,
            Shape::String(StringFormat::Plain, _) | Shape::Array(_) => 24,
            Shape::String(..) | Shape::Enum(_) => 32,
            // With a feature of `serde_json` they are that large.
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

/// The greatest nesting of types, including lists and maps; all types of a cycle count.
pub(super) fn depth(api: &Api) -> usize {
    let edges: Vec<Vec<TypeId>> = api.types.iter().map(|ty| ty.shape.parts()).collect();
    let components = components(&edges);
    let count = components.iter().max().map_or(0, |last| last + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, component) in components.iter().enumerate() {
        members[*component].push(index);
    }
    let mut depths = vec![0; count];
    // Components are numbered after those that they lead to.
    for (component, members) in members.iter().enumerate() {
        let below = members.iter().flat_map(|member| &edges[*member]);
        let below = below.map(|target| components[target.index()]);
        let below = below.filter(|below| *below != component);
        let deepest = below.map(|below| depths[below]).max().unwrap_or_default();
        depths[component] = deepest + members.len();
    }
    depths.into_iter().max().unwrap_or_default()
}

/// Fields on a cycle of structs and unions that contain each other directly.
///
/// Lists and maps are on the heap already, so cycles through them need no box.
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

/// The structs and unions among the parts of a type, with their indexes.
fn direct(api: &Api, parts: impl Iterator<Item = TypeId>) -> Vec<(usize, TypeId)> {
    parts
        .enumerate()
        .flat_map(|(position, part)| {
            let targets = contained(api, part).into_iter();
            targets.map(move |target| (position, target))
        })
        .collect()
}

/// The structs and unions that a type contains without a list or map in between.
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

/// The number of the strongly connected component of each type (Tarjan's algorithm with an explicit stack). A component has a greater
/// number than those that it leads to.
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
