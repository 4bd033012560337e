//! `readOnly` and `writeOnly`: properties that are required in one direction only.
//!
//! A required read-only property has to be in responses and is omitted from requests (OpenAPI 3.1, section 4.8.24 and JSON Schema
//! Validation, section 9.4); a write-only one the other way round. In: an API whose types are complete. Out: the same API, in which such a
//! property is optional if its type is also used in the direction that omits it, so that neither direction rejects valid messages. Whoever
//! validates a value for a direction, as servers do, still finds a missing property. The body of a webhook or callback counts as a request:
//! its receiver accepts it with or without read-only properties.

use crate::ir::{Api, Direction, Presence, Property, Shape, TypeId};

/// Makes properties optional that one direction omits.
pub(super) fn relax(api: &mut Api) {
    let sent = reachable(api, requests(api));
    let received = reachable(api, responses(api));
    for (index, ty) in api.types.iter_mut().enumerate() {
        let Shape::Object(object) = &mut ty.shape else {
            continue;
        };
        for property in &mut object.properties {
            let left_out =
                (property.read_only && sent[index]) || (property.write_only && received[index]);
            if left_out {
                property.wanted = wanted(property, sent[index], received[index]);
                property.presence = match property.presence {
                    Presence::Required | Presence::Optional => Presence::Optional,
                    Presence::Nullable | Presence::OptionalNullable => Presence::OptionalNullable,
                };
            }
        }
    }
}

/// The direction in which a property is required, if its type is used in that direction.
fn wanted(property: &Property, sent: bool, received: bool) -> Option<Direction> {
    let required = matches!(property.presence, Presence::Required | Presence::Nullable);
    match (property.read_only, property.write_only) {
        (true, false) if required && received => Some(Direction::Response),
        (false, true) if required && sent => Some(Direction::Request),
        _ => None,
    }
}

/// For each type, whether it is part of one of `roots`.
pub(super) fn reachable(api: &Api, roots: Vec<TypeId>) -> Vec<bool> {
    let mut reached = vec![false; api.types.len()];
    let mut open = roots;
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            open.extend(api[id].shape.parts());
        }
    }
    reached
}

/// The types of requests.
fn requests(api: &Api) -> Vec<TypeId> {
    let operations = api.operations.iter();
    let types = operations.flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        parameters.chain(bodies.flat_map(|body| body.content.parts()))
    });
    types.collect()
}

/// The types of responses.
pub(super) fn responses(api: &Api) -> Vec<TypeId> {
    let operations = api.operations.iter();
    let responses = operations.flat_map(|operation| &operation.responses.list);
    let contents = responses.flat_map(|response| &response.contents);
    contents
        .flat_map(|content| content.content.parts())
        .collect()
}
