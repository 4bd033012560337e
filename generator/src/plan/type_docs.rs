//! The documentation of types and fields: that of the description, else what their role tells.

use super::doc::{self, Doc};
use super::rust::{Ident, Named};
use super::users::{Users, endpoint};
use crate::ir::{Api, Property, Role, TypeId};

/// The documentation of a type: its description, else its uses, else its role.
pub(super) fn type_doc(api: &Api, names: &[Option<Named>], id: TypeId, users: &Users) -> Doc {
    let ty = &api[id];
    let elsewhere = ty
        .shared
        .then(|| Doc::text("Equal schemas elsewhere are aliases of this type."));
    let patch = matches!(ty.role, Role::As(_, Role::PATCH)).then(|| {
        Doc::text(
            "A merge patch (RFC 7396): absent properties stay unchanged, null removes a property.",
        )
    });
    let own = match (&ty.description, &ty.title) {
        (Some(description), _) => Doc::markdown(description),
        (None, Some(title))
            if !names[id.index()]
                .as_ref()
                .is_some_and(|own| says(own, title)) =>
        {
            Doc::markdown(title)
        }
        (None, _) => Doc::none(),
    };
    let used = if ty.description.is_some() || ty.role.is_place() {
        None
    } else {
        users.text(api, names, id)
    };
    own.then(used.map(|text| Doc::text(&text)).unwrap_or_default())
        .or(|| role_doc(api, names, &ty.role))
        .then(patch.unwrap_or_default())
        .then(elsewhere.unwrap_or_default())
}

/// Whether a name contains all the words of a title, which then adds nothing.
fn says(named: &Named, title: &str) -> bool {
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(named.name.plain()) == letters(title)
}

/// The documentation of a variant.
pub(super) fn variant_doc(api: &Api, names: &[Option<Named>], id: TypeId) -> Doc {
    let ty = &api[id];
    let said = ty.description.as_deref().or(ty.title.as_deref());
    Doc::markdown(said.unwrap_or_default()).or(|| role_doc(api, names, &ty.role))
}

/// Describes a type by its role.
fn role_doc(api: &Api, names: &[Option<Named>], role: &Role) -> Doc {
    match role {
        Role::Named(name) | Role::Referenced(name) => {
            Doc::text(&format!("The schema {}.", doc::code(name)))
        }
        Role::Property(parent, name) => Doc::text(&format!(
            "Property {} of {}.",
            doc::code(name),
            doc::code(&known_as(api, names, *parent))
        )),
        Role::Item(parent) => Doc::text(&format!(
            "Item of {}.",
            doc::code(&known_as(api, names, *parent))
        )),
        Role::Value(parent) => Doc::text(&format!(
            "Value of {}.",
            doc::code(&known_as(api, names, *parent))
        )),
        Role::Extended(parent, name) => Doc::text(&format!(
            "Schema {} within {}, including the keywords next to its alternatives.",
            doc::code(name),
            doc::code(&known_as(api, names, *parent))
        )),
        Role::Variant(parent, _) => Doc::text(&format!(
            "Variant of {}.",
            doc::code(&known_as(api, names, *parent))
        )),
        Role::Body(index) => {
            let operation = &api.operations[*index];
            let said = operation
                .body
                .as_ref()
                .and_then(|body| body.description.as_deref())
                .unwrap_or_default();
            Doc::markdown(said).then(Doc::text(&format!("Body of {}.", endpoint(operation))))
        }
        Role::Shared(kind, name) => Doc::text(&format!("The {} {}.", kind.word(), doc::code(name))),
        Role::Response(index, status) => Doc::text(&format!(
            "Response {status} of {}.",
            endpoint(&api.operations[*index])
        )),
        Role::Parameter(index, name) => Doc::text(&format!(
            "Parameter {} of {}.",
            doc::code(name),
            endpoint(&api.operations[*index])
        )),
        Role::As(whole, _) => role_doc(api, names, whole),
    }
}

/// The name of a type for readers: that of its item, or its place in one.
fn known_as(api: &Api, names: &[Option<Named>], id: TypeId) -> String {
    let item = names.get(id.index()).and_then(Option::as_ref);
    match (item, &api[id].role) {
        (Some(item), _) => item.name.plain().to_owned(),
        (None, Role::Property(parent, name)) => {
            format!("{}.{name}", known_as(api, names, *parent))
        }
        (None, Role::Item(parent)) => format!("{}[]", known_as(api, names, *parent)),
        (None, _) => api.spoken_name(id),
    }
}

/// The documentation of a field. Without a description, only what its name doesn't tell.
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
