//! What may stand at a place, for editors.
//!
//! In: the tables of fields, and the tokens of a pointer. Out: the object that is there, and its fields. Needs no value, so that it also
//! tells what belongs where nothing is written yet.

use super::super::read::Version;
use super::{Field, Object, Part};

impl Part {
    /// What a whole description is.
    pub const DESCRIPTION: Self = Self::Of(Object::Top);

    /// What the tokens of a pointer lead to from here; `None` where the specification doesn't say what stands there.
    #[must_use]
    pub fn at(self, tokens: &[&str]) -> Option<Self> {
        tokens.iter().try_fold(self, |part, token| part.step(token))
    }

    /// What stands at a member, or at an item of a list.
    #[must_use]
    pub fn step(self, token: &str) -> Option<Self> {
        match self {
            Self::Value => None,
            // No field is called by a number: it is an item of a list of these objects.
            Self::Of(_) if token.bytes().all(|byte| byte.is_ascii_digit()) => Some(self),
            Self::Of(object) => object.field(token).map(|field| field.part),
            Self::Patterned(_) if token.starts_with("x-") => None,
            Self::Named(object) | Self::Patterned(object) => Some(Self::Of(object)),
            Self::Callbacks => Some(Self::Patterned(Object::PathItem)),
        }
    }

    /// The object that stands there itself.
    #[must_use]
    pub fn object(self) -> Option<Object> {
        match self {
            Self::Of(object) => Some(object),
            Self::Value | Self::Named(_) | Self::Patterned(_) | Self::Callbacks => None,
        }
    }
}

impl Object {
    /// The field with this name, of any version.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// The fields that the object has in a version.
    pub fn fields_of(self, version: Version) -> impl Iterator<Item = &'static Field> {
        let fields = self.fields().iter();
        fields.filter(move |field| field.is_of(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_the_tables() {
        let at = |pointer: &str| {
            let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
            Part::DESCRIPTION.at(&tokens)
        };
        assert_eq!(at(""), Some(Part::Of(Object::Top)));
        assert_eq!(at("/paths"), Some(Part::Patterned(Object::PathItem)));
        let parameter = at("/paths/~1pets/get/parameters/0");
        assert_eq!(parameter.and_then(Part::object), Some(Object::Parameter));
        let schema = at("/components/schemas/Pet/properties/0/items/allOf/1");
        assert_eq!(schema, Some(Part::Of(Object::Schema)));
        assert_eq!(at("/paths/x-more"), None);
        assert_eq!(at("/info/title"), Some(Part::Value));
        assert_eq!(at("/info/title/x"), None);
    }
}
