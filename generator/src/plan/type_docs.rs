//! What the documentation of types and fields says: the description's words, else what can be told from where they stand.

use super::doc::{self, Doc};
use super::rust::Ident;
use crate::ir::{Api, Cause, Operation, Property, Role, TypeId};

/// The documentation of a type.
pub(super) fn type_doc(api: &Api, id: TypeId) -> Doc {
    let ty = &api[id];
    let own = Doc::markdown(
        ty.description
            .as_deref()
            .or(ty.title.as_deref())
            .unwrap_or_default(),
    );
    let elsewhere = ty
        .shared
        .then(|| Doc::text("Equal schemas elsewhere are aliases of this type."));
    let patch = matches!(ty.role, Role::As(_, Role::PATCH)).then(|| {
        Doc::text(
            "A merge patch (RFC 7396): absent properties stay unchanged, null removes a property.",
        )
    });
    own.or(|| role_doc(api, &ty.role))
        .then(patch.unwrap_or_default())
        .then(elsewhere.unwrap_or_default())
}

/// What a type is, by its role.
fn role_doc(api: &Api, role: &Role) -> Doc {
    match role {
        Role::Named(name) | Role::Referenced(name) => {
            Doc::text(&format!("The schema {}.", doc::code(name)))
        }
        Role::Property(parent, name) => Doc::text(&format!(
            "The property {} of {}.",
            doc::code(name),
            doc::code(&api.spoken_name(*parent))
        )),
        Role::Item(parent) => Doc::text(&format!(
            "An item of {}.",
            doc::code(&api.spoken_name(*parent))
        )),
        Role::Value(parent) => Doc::text(&format!(
            "A value of {}.",
            doc::code(&api.spoken_name(*parent))
        )),
        Role::Extended(parent, name) => Doc::text(&format!(
            "The schema {} within {}, including the keywords next to its alternatives.",
            doc::code(name),
            doc::code(&api.spoken_name(*parent))
        )),
        Role::Variant(parent, _) => Doc::text(&format!(
            "A variant of {}.",
            doc::code(&api.spoken_name(*parent))
        )),
        Role::Body(index) => {
            let operation = &api.operations[*index];
            let said = operation
                .body
                .as_ref()
                .and_then(|body| body.description.as_deref())
                .unwrap_or_default();
            Doc::markdown(said).then(Doc::text(&format!("The body of {}.", endpoint(operation))))
        }
        Role::Shared(kind, name) => Doc::text(&format!("The {} {}.", kind.word(), doc::code(name))),
        Role::Response(index, status) => Doc::text(&format!(
            "The response {status} of {}.",
            endpoint(&api.operations[*index])
        )),
        Role::Parameter(index, name) => Doc::text(&format!(
            "The parameter {} of {}.",
            doc::code(name),
            endpoint(&api.operations[*index])
        )),
        Role::As(whole, _) => role_doc(api, whole),
    }
}

/// `GET /pets`, as code.
pub(super) fn endpoint(operation: &Operation) -> String {
    let endpoint = doc::code(&format!("{} {}", operation.method, operation.path.template));
    match &operation.cause {
        Cause::Call => endpoint,
        Cause::Webhook { name } => format!("the webhook {}", doc::code(name)),
        Cause::Callback { name, .. } => format!("the callback {}", doc::code(name)),
    }
}

/// The documentation of a field. Where nothing is described there is nothing to say but what its name doesn't tell.
pub(super) fn property_doc(api: &Api, property: &Property, name: &Ident) -> Doc {
    let said = Doc::markdown(property.description.as_deref().unwrap_or_default());
    let said =
        said.or(|| Doc::markdown(api[property.ty].description.as_deref().unwrap_or_default()));
    let said = said.or(|| {
        if *name.plain() == *property.name {
            Doc::none()
        } else {
            Doc::text(&format!("{} in JSON.", doc::code(&property.name)))
        }
    });
    let direction = match (property.read_only, property.write_only) {
        (true, false) => Doc::text("Read-only: not part of requests."),
        (false, true) => Doc::text("Write-only: not part of responses."),
        _ => Doc::none(),
    };
    let default = property
        .default
        .as_ref()
        .map(|value| Doc::text(&format!("Default: {}.", doc::code(&value.to_string()))));
    said.then(direction).then(default.unwrap_or_default())
}
