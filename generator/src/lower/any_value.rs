//! Reports schemas that are read as any value although they have keywords.

use super::Lower;
use crate::diag::{Code, Place, Same};
use crate::document::Schema;
use crate::ir::Rule;

/// Number of types that `type` has to list to allow every value; integers are numbers.
const KINDS: usize = 6;

impl Lower<'_> {
    /// Reports that a schema is read as any value, and which of its keywords are checked by rules or lost. Once per schema.
    pub(super) fn report_any_value(&mut self, schema: &Schema, list: &[Rule]) {
        // Null next to everything else has become a choice of the two.
        let list = match list {
            [Rule::Any(parts)] if schema.nullable && schema.any_of.is_empty() => {
                let rest = parts
                    .last()
                    .map(|rest| &self.known.rules[rest.index()].list);
                rest.map_or(list, Vec::as_slice)
            }
            list => list,
        };
        let mut keywords: Vec<String> = Vec::new();
        for rule in list.iter().filter(|rule| !says_nothing(rule)) {
            let keyword = match rule {
                Rule::All(_) if schema.reference.is_some() => "$ref",
                Rule::OneOf(_) if schema.values.is_none() => "const",
                rule => rule.keyword(),
            };
            let keyword = format!("`{keyword}`");
            if !keywords.contains(&keyword) {
                keywords.push(keyword);
            }
        }
        let unread: Vec<String> = schema
            .unread
            .iter()
            .map(|word| format!("`{word}`"))
            .collect();
        let place = Place::value(&schema.origin);
        if !unread.is_empty() {
            let keywords = unread.join(", ");
            let code = Code::AnyValue { keywords };
            self.diagnostics.push_once(Same::Place, code, place.clone());
        }
        if !keywords.is_empty() {
            let keywords = keywords.join(", ");
            let code = Code::CheckedValue { keywords };
            self.diagnostics.push_once(Same::Place, code, place);
        }
    }
}

/// Whether a rule is a list of all types.
fn says_nothing(rule: &Rule) -> bool {
    matches!(rule, Rule::Type(kinds) if kinds.len() == KINDS || (kinds.len() == KINDS - 1 && !kinds.contains(&"null")))
}
