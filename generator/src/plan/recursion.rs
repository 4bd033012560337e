//! Which fields need a box: those by which a struct would contain itself.

use crate::ir::{Api, Shape, TypeId};
use std::collections::{HashMap, HashSet};

/// The properties of structs and variants of unions, by owner and position, that lie on a cycle of structs containing one another directly.
///
/// Lists and maps are on the heap already, so cycles through them need nothing.
pub(super) fn boxed(api: &Api) -> HashSet<(TypeId, usize)> {
    let edges: HashMap<TypeId, Vec<(usize, TypeId)>> = api
        .types
        .iter()
        .enumerate()
        .filter_map(|(index, ty)| match &ty.shape {
            Shape::Object(object) => Some((
                id(index),
                direct(api, object.properties.iter().map(|property| property.ty)),
            )),
            Shape::Union(union) => Some((
                id(index),
                direct(api, union.variants.iter().map(|variant| variant.ty)),
            )),
            _ => None,
        })
        .collect();
    let components = components(api, &edges);
    let mut boxed = HashSet::new();
    for index in 0..api.types.len() {
        let owner = id(index);
        for (position, target) in edges.get(&owner).into_iter().flatten() {
            if components[owner.index()] == components[target.index()] {
                boxed.insert((owner, *position));
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
            shape @ (Shape::Alias(_) | Shape::Tuple(_)) if seen.insert(id) => {
                open.extend(shape.parts());
            }
            _ => {}
        }
    }
    found
}

/// The strongly connected component of each type (Tarjan's algorithm, with a stack of its own so that depth costs no stack).
fn components(api: &Api, edges: &HashMap<TypeId, Vec<(usize, TypeId)>>) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let count = api.types.len();
    let mut order = vec![UNSEEN; count];
    let mut low = vec![0; count];
    let mut component = vec![UNSEEN; count];
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    let targets = |node: usize| edges.get(&id(node)).map_or(&[][..], Vec::as_slice);
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
            if let Some((_, target)) = targets(node).get(edge) {
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
                        component[member] = node;
                        if member == node {
                            break;
                        }
                    }
                }
                if let Some((parent, _)) = work.last() {
                    low[*parent] = low[*parent].min(low[node]);
                }
            }
        }
    }
    component
}
