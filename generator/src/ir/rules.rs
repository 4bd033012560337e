//! Constraints of schemas that no shape expresses, keyword by keyword.

use super::TypeId;
use serde_json::{Number, Value};
use std::sync::Arc;

/// An index into [`Api::rules`](super::Api::rules).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub(crate) u32);

impl RuleId {
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The rules of a schema, all of which have to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// A name: the enclosing schema, and the keywords on the path from there.
    pub name: String,
    /// The place, which distinguishes rules of the same name.
    pub place: String,
    /// The type that they belong to, if they are exactly what its shape doesn't express.
    pub of: Option<TypeId>,
    pub list: Vec<Rule>,
}

impl Rules {
    /// The path to their schema, in words.
    #[must_use]
    pub fn way(&self) -> String {
        let pointer = self
            .place
            .split_once('#')
            .map_or("", |(_, pointer)| pointer);
        words_of_pointer(pointer.trim_end_matches("#type"))
    }
}

/// The words of the path to a schema: `Pet name` for `/components/schemas/Pet/properties/name`.
#[must_use]
pub fn words_of_pointer(pointer: &str) -> String {
    const NOISE: [&str; 8] = [
        "",
        "components",
        "content",
        "definitions",
        "paths",
        "properties",
        "schema",
        "schemas",
    ];
    let words = pointer.split('/').filter(|word| !NOISE.contains(word));
    let words: Vec<&str> = words.collect();
    words.join(" ").replace("~1", " ").replace("~0", "~")
}

/// A keyword of JSON Schema with its value. One that applies to another kind of value is satisfied.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the keywords, where nothing else is said
pub enum Rule {
    /// `false`.
    Never,
    /// `type`.
    Type(Vec<&'static str>),
    /// `enum`, `const`.
    OneOf(Vec<Value>),
    Minimum(Number),
    Maximum(Number),
    ExclusiveMinimum(Number),
    ExclusiveMaximum(Number),
    MultipleOf(Number),
    MinLength(u64),
    MaxLength(u64),
    /// `pattern`, as generated code checks it.
    Pattern(String),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    /// `prefixItems`.
    Prefix(Vec<RuleId>),
    /// `items`: the items from this index on.
    Items(usize, RuleId),
    /// `contains`, with the least and greatest number of matching items.
    Contains(RuleId, u64, Option<u64>),
    MinProperties(u64),
    MaxProperties(u64),
    Required(Vec<Arc<str>>),
    Properties(Vec<(Arc<str>, RuleId)>),
    /// `patternProperties`.
    Matching(Vec<(String, RuleId)>),
    /// `additionalProperties`: properties without one of these names that match none of these patterns.
    Others(Vec<Arc<str>>, Vec<String>, RuleId),
    /// `propertyNames`.
    Names(RuleId),
    /// `dependentRequired` of one property.
    Needs(Arc<str>, Vec<Arc<str>>),
    /// `dependentSchemas` of one property.
    With(Arc<str>, RuleId),
    /// `allOf`, `$ref`.
    All(Vec<RuleId>),
    /// `anyOf`.
    Any(Vec<RuleId>),
    /// `oneOf`.
    One(Vec<RuleId>),
    Not(RuleId),
    /// `if`, `then`, `else`.
    If(RuleId, RuleId, RuleId),
    UnevaluatedProperties(RuleId),
    UnevaluatedItems(RuleId),
}

impl Rule {
    /// The rules that it refers to.
    #[must_use]
    pub fn parts(&self) -> Vec<RuleId> {
        match self {
            Self::Prefix(list) | Self::All(list) | Self::Any(list) | Self::One(list) => {
                list.clone()
            }
            Self::Items(_, one)
            | Self::Contains(one, ..)
            | Self::Others(.., one)
            | Self::Names(one)
            | Self::With(_, one)
            | Self::Not(one)
            | Self::UnevaluatedProperties(one)
            | Self::UnevaluatedItems(one) => vec![*one],
            Self::If(condition, then, otherwise) => vec![*condition, *then, *otherwise],
            Self::Properties(list) => list.iter().map(|(_, one)| *one).collect(),
            Self::Matching(list) => list.iter().map(|(_, one)| *one).collect(),
            Self::Never
            | Self::Type(_)
            | Self::OneOf(_)
            | Self::Minimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMinimum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::Required(_)
            | Self::Needs(..) => Vec::new(),
        }
    }

    /// The keyword that it comes from.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Never => "false",
            Self::Type(_) => "type",
            Self::OneOf(_) => "enum",
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::Prefix(_) => "prefixItems",
            Self::Items(..) => "items",
            Self::Contains(..) => "contains",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::Required(_) => "required",
            Self::Properties(_) => "properties",
            Self::Matching(_) => "patternProperties",
            Self::Others(..) => "additionalProperties",
            Self::Names(_) => "propertyNames",
            Self::Needs(..) => "dependentRequired",
            Self::With(..) => "dependentSchemas",
            Self::All(_) => "allOf",
            Self::Any(_) => "anyOf",
            Self::One(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If(..) => "if",
            Self::UnevaluatedProperties(_) => "unevaluatedProperties",
            Self::UnevaluatedItems(_) => "unevaluatedItems",
        }
    }

    /// The patterns that it contains.
    #[must_use]
    pub fn patterns(&self) -> Vec<&str> {
        match self {
            Self::Pattern(pattern) => vec![pattern],
            Self::Matching(list) => list.iter().map(|(pattern, _)| pattern.as_str()).collect(),
            Self::Others(_, patterns, _) => patterns.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}
