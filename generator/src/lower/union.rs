//! Lowers `oneOf` and `anyOf` to unions, and decides how to tell the variant of a value.

use super::Lower;
use super::compose::Held;
use super::kind::{Kind, is_silent, kind_of, listed, repeats_only};
use crate::diag::{Code, Place};
use crate::document::{Schema, SchemaId, Types};
use crate::ir::{Role, Shape, TypeId, Union, UnionKind, Variant};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

impl<'a> Lower<'a> {
    /// The shape of a choice without siblings; `ty` is the type of its values.
    pub(super) fn union(&mut self, schema: &Schema, ty: TypeId) -> Shape {
        self.union_of(schema, None, ty)
    }

    /// The shape of the choice in `owner`, whose merged schema is `schema`.
    pub(super) fn union_of(
        &mut self,
        schema: &Schema,
        owner: Option<SchemaId>,
        ty: TypeId,
    ) -> Shape {
        let members = self.members(schema);
        // Alternatives that only say which properties go together are constraints, not types. That also holds for an object without
        // declared properties.
        let is_something = !repeats_only(schema) || schema.types.object;
        if members.iter().all(|member| self.only_constrains(*member)) && is_something {
            let mut plain = schema.clone();
            (plain.one_of, plain.any_of) = (Vec::new(), Vec::new());
            let plain = self.make(plain);
            let mut shape = self.shape(plain, ty);
            self.choose_groups(schema, &mut shape, ty);
            return shape;
        }
        let together = self.with_siblings(schema, owner, members.clone());
        let mut members = self.satisfiable(schema, &together, members);
        // An alternative that allows any value comes last, as it would leave nothing to those after it.
        members.sort_by_key(|member| is_silent(&self.schema(*member)));
        if let [only] = members[..] {
            return Shape::Alias(self.use_of(only, Role::Variant(ty, 0)).ty);
        }
        if let Some(shape) = self.choice_of_values(schema, &members, ty) {
            return shape;
        }
        let (kind, mut keys) = self.told_apart(schema, &members);
        let mut exclusive = None;
        if let (UnionKind::ByField | UnionKind::Ordered, Some(owner)) = (&kind, owner)
            && let Some(choice) = self.only_choice(owner)
        {
            if self.wants_exactly_one(&choice) {
                exclusive = Some(members.len());
                self.report_overlap(schema, &members);
            }
            // Without knowing which values are rejected, rules check the whole value.
            let is_counted = choice.one_of.is_empty() || exclusive.is_some();
            let several = is_counted.then(|| self.several_at_once(owner, &choice, &members));
            if let Some(several) = several.flatten() {
                members.push(several);
                keys.push(Vec::new());
            }
        }
        let variants = self.with_written_tags(&kind, &members, keys);
        let variants = variants.into_iter().enumerate();
        let variants = variants.map(|(index, (member, keys, writes_tag))| {
            let member = &member;
            let extended = self.chosen.contains_key(member);
            let name = self.schema(*member).hint.clone().filter(|_| extended);
            let role = name.map_or(Role::Variant(ty, index), |name| Role::Extended(ty, name));
            Variant {
                ty: self.use_of(*member, role).ty,
                keys,
                writes_tag,
            }
        });
        Shape::Union(Union {
            kind,
            exclusive,
            variants: variants.collect(),
        })
    }

    /// The only one of a schema's parts that has a choice, if it is a single choice.
    fn only_choice(&self, owner: SchemaId) -> Option<Held<'a>> {
        let parts = self.parts(owner).into_iter().map(|part| self.schema(part));
        let mut choices = parts.filter(|part| !part.one_of.is_empty() || !part.any_of.is_empty());
        let choice = choices.next()?;
        let is_one = choice.one_of.is_empty() || choice.any_of.is_empty();
        (is_one && choices.next().is_none()).then_some(choice)
    }

    /// Whether a choice is a `oneOf` whose alternatives are the variants, and types express all of them.
    fn wants_exactly_one(&mut self, choice: &Schema) -> bool {
        let members = self.alternatives(choice);
        !members.is_empty()
            && members == self.members(choice)
            && members.iter().all(|member| self.tells_all(*member))
    }

    /// Whether a choice is a `oneOf` whose rules can tell better than its variants whether several alternatives match.
    pub(super) fn counts_by_rules(&mut self, choice: &Schema) -> bool {
        let members = self.alternatives(choice);
        let distinct: HashSet<&SchemaId> = members.iter().collect();
        members.len() > 1
            && distinct.len() == members.len()
            && members.iter().all(|member| {
                let merged = self.merged(*member).schema;
                !is_silent(&merged) && merged.unread.is_empty()
            })
    }

    /// The alternatives of a `oneOf`, apart from null.
    fn alternatives(&self, choice: &Schema) -> Vec<SchemaId> {
        let members = choice.one_of.iter().map(|member| self.definition(*member));
        members.filter(|member| !self.is_null(*member)).collect()
    }

    /// Whether a type expresses all of a schema that distinguishes alternatives.
    fn tells_all(&mut self, schema: SchemaId) -> bool {
        let merged = self.merged(schema).schema;
        !is_silent(&merged) && merged.unread.is_empty() && !self.loses_not(&merged)
    }

    /// `type: [string, integer]`: a choice of one schema per type. Almost every type is any value.
    pub(super) fn several_types(&mut self, schema: &Schema, ty: TypeId) -> Shape {
        let (all, none) = (schema.types, Types::default());
        let kinds = [
            (
                all.boolean,
                Types {
                    boolean: true,
                    ..none
                },
            ),
            (
                all.integer && !all.number,
                Types {
                    integer: true,
                    ..none
                },
            ),
            (
                all.number,
                Types {
                    number: true,
                    ..none
                },
            ),
            (
                all.string,
                Types {
                    string: true,
                    ..none
                },
            ),
            (
                all.array,
                Types {
                    array: true,
                    ..none
                },
            ),
            (
                all.object,
                Types {
                    object: true,
                    ..none
                },
            ),
        ];
        let kinds: Vec<Types> = kinds
            .into_iter()
            .filter(|(there, _)| *there)
            .map(|(_, kind)| kind)
            .collect();
        let says_no_more = is_silent(&Schema {
            types: none,
            nullable: false,
            ..schema.clone()
        });
        if kinds.len() == 5 && all.number && says_no_more {
            return Shape::Any;
        }
        let members = kinds.into_iter().map(|types| {
            let mut member = Schema {
                types,
                nullable: false,
                description: None,
                ..schema.clone()
            };
            (member.name, member.title) = (None, None);
            member
        });
        let members: Vec<Schema> = members.collect();
        let one_of = members
            .into_iter()
            .map(|member| self.make(member))
            .collect();
        let choice = Schema::choice(one_of, schema.origin.clone());
        self.union(&choice, ty)
    }

    /// A schema with a discriminator that others are derived from by `allOf` becomes a choice of these and itself.
    pub(super) fn descendants(&mut self, base: SchemaId) -> Option<Schema> {
        let own = (*self.schema(base)).clone();
        let parts = self.parts(base);
        let mut inherited = parts.iter().rev().map(|part| self.schema(*part));
        let mut discriminator = inherited.find_map(|part| part.discriminator.clone())?;
        // Schemas that add nothing are the base under another name.
        let (same, mut members): (Vec<SchemaId>, Vec<SchemaId>) = self
            .descendants
            .get(&base)?
            .iter()
            .partition(|member| self.leads_to(**member, base));
        if members.is_empty() {
            return None;
        }
        let tag = &discriminator.property;
        let has_tag = |schema: &Schema| schema.properties.iter().any(|(name, _)| **name == **tag);
        if !own.one_of.is_empty() || !own.any_of.is_empty() || !has_tag(&self.merged(base).schema) {
            return None;
        }
        // A derived schema that has descendants too is a choice elsewhere, but stands for itself here.
        for member in &mut members {
            if self.descendants.contains_key(member) {
                let (name, alone) = (*member, self.alone(*member));
                self.map_to(&mut discriminator.mapping, name, alone);
                *member = alone;
            }
        }
        let alone = self.alone(base);
        members.push(alone);
        for name in [base].iter().chain(&same) {
            self.map_to(&mut discriminator.mapping, *name, alone);
        }
        let mut choice = Schema::choice(members, own.origin);
        choice.discriminator = Some(discriminator);
        Some(choice)
    }

    /// A schema with a discriminator, without the schemas derived from it. Always the same id for the same schema.
    fn alone(&mut self, base: SchemaId) -> SchemaId {
        if let Some(known) = self.alone.get(&base) {
            return *known;
        }
        let mut alone = (*self.schema(base)).clone();
        alone.hint = alone.name.take();
        alone.title = None;
        alone.discriminator = None;
        let alone = self.make(alone);
        self.alone.insert(base, alone);
        self.bases.insert(alone);
        alone
    }

    /// Maps the tags of a schema, or its name if it has none, to another schema.
    fn map_to(&self, mapping: &mut Vec<(String, SchemaId)>, name: SchemaId, to: SchemaId) {
        let mapped = mapping.iter_mut().filter(|(_, target)| *target == name);
        let mapped = mapped.map(|(_, target)| *target = to).count();
        let tag = self.schema(name).name.clone();
        let tag = tag.filter(|tag| mapped == 0 && mapping.iter().all(|(key, _)| **key != **tag));
        mapping.extend(tag.map(|tag| (tag.to_string(), to)));
    }

    /// Whether a schema is only an alias of another one.
    fn leads_to(&self, schema: SchemaId, wanted: SchemaId) -> bool {
        let mut at = Some(schema);
        // A chain can't be longer than there are schemas.
        for _ in 0..self.document.schemas.len() {
            match at {
                Some(here) if here == wanted => return true,
                Some(here) => at = self.forwards_to(here),
                None => return false,
            }
        }
        false
    }

    /// The alternatives of a choice without duplicates, nested choices flattened, apart from null.
    fn members(&self, schema: &Schema) -> Vec<SchemaId> {
        let mut open: Vec<SchemaId> = schema
            .one_of
            .iter()
            .chain(&schema.any_of)
            .rev()
            .copied()
            .collect();
        let mut seen = HashSet::new();
        let mut members = Vec::new();
        while let Some(member) = open.pop() {
            let target = self.definition(member);
            if !seen.insert(target) || self.is_null(target) {
                continue;
            }
            let inner = self.schema(target);
            let is_choice =
                inner.name.is_none() && (!inner.one_of.is_empty() || !inner.any_of.is_empty());
            if is_choice && inner.discriminator.is_none() && repeats_only(&inner) {
                open.extend(inner.one_of.iter().chain(&inner.any_of).rev());
            } else {
                members.push(target);
            }
        }
        members
    }

    /// Whether null is the only value of a schema.
    pub(super) fn is_null(&self, schema: SchemaId) -> bool {
        let schema = self.schema(self.definition(schema));
        match listed(&schema) {
            Some(values) => values.iter().all(Value::is_null),
            None => kind_of(&schema) == Some(Kind::Null),
        }
    }

    /// Whether a schema has only constraints such as `required`, bounds and lengths, and nothing about the kind of value.
    fn only_constrains(&self, schema: SchemaId) -> bool {
        let schema = self.schema(schema);
        if !schema.properties.is_empty() {
            return false;
        }
        let mut rest = (*schema).clone();
        (rest.required, rest.not) = (Vec::new(), None);
        if rest.more.as_ref().is_some_and(|more| more.rare.is_some()) {
            without_constraints(&mut rest);
        }
        is_silent(&rest)
    }

    /// Merges each alternative with the siblings of the choice.
    fn with_siblings(
        &mut self,
        schema: &Schema,
        owner: Option<SchemaId>,
        members: Vec<SchemaId>,
    ) -> Vec<SchemaId> {
        if repeats_only(schema) {
            return members;
        }
        if self.has_made_enough() {
            self.report_too_much("oneOf", &schema.origin);
            return members;
        }
        let mut beside = schema.clone();
        (beside.name, beside.title, beside.description) = (None, None, None);
        (beside.one_of, beside.any_of) = (Vec::new(), Vec::new());
        beside.discriminator = None;
        let beside = self.make(beside);
        members
            .into_iter()
            .map(|member| {
                // An alternative derived from the owner has these keywords already.
                if owner.is_some_and(|owner| owner != member && self.parts(member).contains(&owner))
                {
                    return member;
                }
                let inner = self.schema(member);
                let mut both = Schema::empty(inner.origin.clone());
                both.title.clone_from(&inner.title);
                both.description.clone_from(&inner.description);
                both.all_of = vec![beside, member];
                both.hint = inner.name.clone().or_else(|| inner.hint.clone());
                let both = self.make(both);
                let before = owner.and_then(|owner| self.chosen.get(&owner));
                let before = before.into_iter().flat_map(|ids| ids.iter()).copied();
                let chosen = before.chain(owner).chain([member]).collect();
                self.chosen.insert(both, Rc::new(chosen));
                both
            })
            .collect()
    }

    /// The alternatives, merged with the siblings of the choice, that have values. If none has, the choice wins over its siblings.
    fn satisfiable(
        &mut self,
        schema: &Schema,
        together: &[SchemaId],
        alone: Vec<SchemaId>,
    ) -> Vec<SchemaId> {
        let mut possible = together.to_vec();
        possible.retain(|member| self.merged(*member).conflict.is_none());
        if !possible.is_empty() {
            return possible;
        }
        if together == alone {
            return alone;
        }
        let place = Place::value(&schema.origin);
        self.diagnostics.push(Code::UnionReadAlone, place);
        alone
    }

    /// How to tell the variant of a value, and the keys of each variant.
    fn told_apart(
        &mut self,
        schema: &Schema,
        members: &[SchemaId],
    ) -> (UnionKind, Vec<Vec<String>>) {
        let merged: Vec<Rc<Schema>> = members
            .iter()
            .map(|member| self.merged(*member).schema)
            .collect();
        if let Some((property, keys)) = self
            .by_discriminator(schema, members, &merged)
            .or_else(|| self.by_constant(&merged))
        {
            return (UnionKind::Tagged { property }, keys);
        }
        if let Some(keys) = by_kind(&merged) {
            return (UnionKind::ByKind, keys);
        }
        if let Some(keys) = by_field(&merged) {
            return (UnionKind::ByField, keys);
        }
        (UnionKind::Ordered, vec![Vec::new(); members.len()])
    }

    /// The alternatives with their keys, and whether the union has to write the tag. To write it, it needs a variant for each tag.
    fn with_written_tags(
        &mut self,
        kind: &UnionKind,
        members: &[SchemaId],
        keys: Vec<Vec<String>>,
    ) -> Vec<(SchemaId, Vec<String>, bool)> {
        let members = members.iter().zip(keys);
        let variants = members.flat_map(|(member, keys)| {
            let writes_tag = match kind {
                UnionKind::Tagged { property } => {
                    let schema = self.merged(*member).schema;
                    schema
                        .properties
                        .iter()
                        .all(|(name, _)| **name != **property)
                }
                _ => false,
            };
            let keys = if writes_tag {
                keys.into_iter().map(|key| vec![key]).collect()
            } else {
                vec![keys]
            };
            keys.into_iter()
                .map(move |keys| (*member, keys, writes_tag))
        });
        variants.collect()
    }

    /// By the discriminator, which each alternative declares or which can be added to it.
    fn by_discriminator(
        &self,
        schema: &Schema,
        members: &[SchemaId],
        merged: &[Rc<Schema>],
    ) -> Option<(String, Vec<Vec<String>>)> {
        let discriminator = schema.discriminator.as_ref()?;
        let property = &discriminator.property;
        let has = |schema: &Schema| {
            schema
                .properties
                .iter()
                .any(|(name, _)| **name == **property)
        };
        // The tag is added to objects that don't declare it.
        let is_object = |schema: &Schema| {
            let is_choice = !schema.one_of.is_empty() || !schema.any_of.is_empty();
            kind_of(schema) == Some(Kind::Object) && !is_choice
        };
        if !merged.iter().all(|schema| has(schema) || is_object(schema)) {
            return None;
        }
        let mut mapped: HashMap<SchemaId, Vec<usize>> = HashMap::new();
        for (index, (_, target)) in discriminator.mapping.iter().enumerate() {
            let values = mapped.entry(self.definition(*target));
            values.or_default().push(index);
        }
        let keys = members.iter().zip(merged).map(|(member, schema)| {
            let whole = self.schema(*member);
            let parts = whole.all_of.iter().map(|part| self.definition(*part));
            let values = parts
                .chain([*member])
                .filter_map(|part| mapped.get(&part))
                .flatten();
            // In order, without duplicates.
            let values: BTreeSet<&usize> = values.collect();
            let value = |index: &usize| discriminator.mapping[*index].0.clone();
            let mut keys: Vec<String> = values.into_iter().map(value).collect();
            if keys.is_empty() {
                keys = self.tag_values(schema, property).unwrap_or_default();
            }
            if keys.is_empty() {
                let name = schema.name.as_deref().or(schema.hint.as_deref());
                keys.extend(name.map(str::to_owned));
            }
            keys
        });
        let keys: Vec<Vec<String>> = keys.collect();
        let all: Vec<&String> = keys.iter().flatten().collect();
        let distinct: HashSet<&&String> = all.iter().collect();
        (distinct.len() == all.len() && keys.iter().all(|keys| !keys.is_empty()))
            .then(|| (property.clone(), keys))
    }

    /// By a property whose listed values are disjoint.
    fn by_constant(&self, merged: &[Rc<Schema>]) -> Option<(String, Vec<Vec<String>>)> {
        let first = merged.first()?;
        let required: Vec<HashMap<&Arc<str>, SchemaId>> =
            merged.iter().map(|one| required_properties(one)).collect();
        first.properties.iter().find_map(|(property, _)| {
            let keys: Vec<Vec<String>> = required
                .iter()
                .map(|required| self.listed_texts(*required.get(property)?))
                .collect::<Option<_>>()?;
            let all: Vec<&String> = keys.iter().flatten().collect();
            let distinct: BTreeSet<&&String> = all.iter().collect();
            (distinct.len() == all.len()).then(|| (property.to_string(), keys))
        })
    }

    /// The strings that a required property is limited to.
    fn tag_values(&self, schema: &Schema, property: &str) -> Option<Vec<String>> {
        if !schema.required.iter().any(|name| **name == *property) {
            return None;
        }
        let mut properties = schema.properties.iter();
        let (_, id) = properties.find(|(name, _)| **name == *property)?;
        self.listed_texts(*id)
    }

    /// The strings that a schema is limited to.
    fn listed_texts(&self, schema: SchemaId) -> Option<Vec<String>> {
        let schema = self.schema(self.definition(schema));
        listed(&schema)?
            .iter()
            .map(|value| value.as_str().map(str::to_owned))
            .collect()
    }
}

/// Removes keywords that constrain values of one kind, and those that are left to rules.
fn without_constraints(schema: &mut Schema) {
    (schema.minimum, schema.maximum, schema.multiple_of) = (None, None, None);
    (schema.min_length, schema.max_length, schema.pattern) = (None, None, None);
    (schema.min_items, schema.max_items, schema.unique_items) = (None, None, false);
    (schema.min_properties, schema.max_properties) = (None, None);
    (schema.condition, schema.contains) = (None, None);
    schema.dependent_required.clear();
    schema.dependent_schemas.clear();
}

/// By JSON type, if no two alternatives have the same.
fn by_kind(merged: &[Rc<Schema>]) -> Option<Vec<Vec<String>>> {
    let mut seen = HashSet::new();
    merged
        .iter()
        .map(|schema| {
            let choice = !schema.one_of.is_empty() || !schema.any_of.is_empty();
            let kind = if choice {
                None
            } else {
                kind_of(schema)?.word()
            };
            // An integer is a number too.
            let claimed = if kind == Some("integer") {
                "number"
            } else {
                kind?
            };
            seen.insert(claimed).then(|| vec![claimed.to_owned()])
        })
        .collect()
}

/// The required properties of a schema.
fn required_properties(schema: &Schema) -> HashMap<&Arc<str>, SchemaId> {
    let required: HashSet<&Arc<str>> = schema.required.iter().collect();
    let properties = schema.properties.iter().map(|(name, id)| (name, *id));
    properties
        .filter(|(name, _)| required.contains(name))
        .collect()
}

/// By a required property that no other alternative has; one alternative may have none.
fn by_field(merged: &[Rc<Schema>]) -> Option<Vec<Vec<String>>> {
    if !merged.iter().all(|schema| {
        kind_of(schema) == Some(Kind::Object)
            && schema.one_of.is_empty()
            && schema.any_of.is_empty()
    }) {
        return None;
    }
    let mut having: HashMap<&Arc<str>, usize> = HashMap::new();
    for (name, _) in merged.iter().flat_map(|schema| &schema.properties) {
        *having.entry(name).or_default() += 1;
    }
    let keys: Vec<Vec<String>> = merged
        .iter()
        .map(|schema| {
            let own = required_properties(schema);
            let mut required = schema.required.iter();
            let own = required.find(|name| own.contains_key(name) && having[name] == 1);
            own.map(ToString::to_string).into_iter().collect()
        })
        .collect();
    (keys.iter().filter(|keys| keys.is_empty()).count() <= 1).then_some(keys)
}
