//! Defaults: values that the description gives for what is absent.

use super::Lower;
use crate::diag::{Code, Place};
use crate::document::{Schema, SchemaId};
use serde_json::Value;

impl Lower<'_> {
    /// The default of a schema or of what it refers to, if it fits; one that doesn't is reported and left out.
    pub(super) fn default_of(&mut self, schema: SchemaId) -> Option<Box<Value>> {
        let definition = self.definition(schema);
        let own = self.schema(schema);
        let target = self.schema(definition);
        let default = own.default.as_ref().or(target.default.as_ref())?;
        if default.is_null() {
            return None;
        }
        if let Some(expected) = mismatch(&target, default) {
            let code = Code::DefaultMismatch {
                found: default.to_string(),
                expected: expected.to_owned(),
            };
            self.diagnostics.push(code, Place::value(&own.origin));
            return None;
        }
        Some(default.clone())
    }
}

/// What `schema` wants instead of `value`; `None` when it fits.
fn mismatch(schema: &Schema, value: &Value) -> Option<&'static str> {
    let types = schema.types;
    let wanted = [
        (types.boolean, value.is_boolean(), "true or false"),
        (
            types.integer,
            value.is_i64() || value.is_u64(),
            "an integer",
        ),
        (types.number, value.is_number(), "a number"),
        (types.string, value.is_string(), "a string"),
        (types.array, value.is_array(), "a list"),
        (types.object, value.is_object(), "an object"),
    ];
    let stated: Vec<_> = wanted
        .into_iter()
        .filter(|(stated, _, _)| *stated)
        .collect();
    if !stated.is_empty() && !stated.iter().any(|(_, fits, _)| *fits) {
        return stated.first().map(|(_, _, name)| *name);
    }
    let unlisted = schema
        .values
        .as_ref()
        .is_some_and(|values| !values.contains(value));
    unlisted.then_some("one of the listed values")
}
