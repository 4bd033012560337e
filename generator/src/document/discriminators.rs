//! Discriminators of every version, and the schemas that their mappings refer to.

use super::read::Reader;
use super::{Discriminator, SchemaId};
use crate::diag::{Code, Place};
use crate::source::{Node, Value};

impl<'a> Reader<'a> {
    /// Reads a Discriminator Object, or Swagger 2's property name.
    pub(super) fn discriminator(&mut self, value: &Node<'a>) -> Option<Discriminator> {
        if let Value::String(property) = value.value {
            return Some(Discriminator {
                property: property.to_string(),
                mapping: Vec::new(),
                origin: value.origin(),
            });
        }
        if !value.value.is_object() {
            self.ignored("a mapping", value);
            return None;
        }
        let Some(property) = self.text(value, "propertyName") else {
            self.left_out("the discriminator", "propertyName", value);
            return None;
        };
        let mut mapping = Vec::new();
        for (name, target) in self.named(value, "mapping") {
            if let Some(schema) = self.mapped(&target) {
                mapping.push((name.to_owned(), schema));
            }
        }
        Some(Discriminator {
            property,
            mapping,
            origin: value.origin(),
        })
    }

    /// The schema of a value of `mapping`: a schema name, else a reference.
    fn mapped(&mut self, target: &Node<'a>) -> Option<SchemaId> {
        let Some(text) = target.value.as_str() else {
            self.ignored("the name of a schema or a reference", target);
            return None;
        };
        let named = self
            .root
            .get("components")
            .and_then(|components| components.get("schemas"));
        if let Some(schema) = named.and_then(|schemas| schemas.get(text)) {
            return Some(self.schema(&schema));
        }
        match self.target(target) {
            Ok(schema) => Some(self.schema(&schema)),
            Err(Code::DanglingRef { reference } | Code::UnreadableRef { reference, .. }) => {
                let code = Code::DanglingSchema { reference };
                self.report(code, Place::Value(target.origin()));
                None
            }
            Err(code) => {
                self.report(code, Place::Value(target.origin()));
                None
            }
        }
    }
}
