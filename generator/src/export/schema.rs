//! Schemas, in the words of JSON Schema 2020-12.

use super::{Object, Writer, flag, list, members, pending, set};
use crate::document::{Additional, Bound, More, Rare, Schema, SchemaId, Types, ValueWords};
use serde_json::{Number, Value as Json, json};
use std::collections::HashSet;
use std::sync::Arc;

impl Writer<'_> {
    /// The named schemas, below `components.schemas`.
    pub(super) fn named_schemas(&mut self) -> Object {
        let document = self.document;
        let mut schemas = Object::new();
        for (name, id) in &document.named_schemas {
            let key = self.components.key("schemas", name);
            if key != *name {
                let origin = &document[*id].origin;
                self.unsaid(format!("the name `{name}`"), format!("`{key}`"), origin);
            }
            // What the document names is there under its name, whoever was first.
            let written = self.named_schema(&key, *id);
            schemas.insert(key, written);
        }
        schemas
    }

    /// A schema where it stands; a reference if it stands elsewhere already.
    pub(super) fn schema(&mut self, id: SchemaId) -> Json {
        let schema = &self.document[id];
        // A reference would give a name to what needs none.
        if self.places.contains_key(&id) && !is_plain(schema) {
            return pending(id);
        }
        self.places
            .entry(id)
            .or_insert_with(|| super::pointer(&self.at));
        if let Some(boolean) = schema.boolean {
            return Json::Bool(boolean);
        }
        let wraps = schema.nullable && !schema.types.null;
        let mut outer = Object::new();
        if wraps && is_choice(schema) {
            outer = self.constraints(schema);
            for key in ["anyOf", "oneOf"] {
                if let Some(Json::Array(alternatives)) = outer.get_mut(key) {
                    alternatives.push(json!({"type": "null"}));
                }
            }
        } else if wraps {
            // `nullable` of what has no type of its own: null beside everything else that it says.
            let mut inner = self.within("anyOf", |writer| {
                writer.within("0", |writer| writer.constraints(schema))
            });
            // It may be a type, which is described as well as its use.
            if inner.contains_key("properties") {
                set(&mut inner, "description", schema.description.as_deref());
            }
            // What takes anything takes null.
            if !inner.is_empty() {
                outer.insert("anyOf".into(), json!([inner, {"type": "null"}]));
            }
        } else {
            outer = self.constraints(schema);
        }
        annotations(schema, &mut outer);
        Json::Object(outer)
    }

    /// A reference to a schema, which stands or will stand somewhere.
    pub(super) fn reference(&mut self, id: SchemaId) -> Json {
        if self.asked.insert(id) {
            self.wanted.push_back(id);
        }
        pending(id)
    }

    fn constraints(&mut self, schema: &Schema) -> Object {
        let mut object = Object::new();
        if let Some(target) = schema.reference {
            let of = &self.document[target];
            if is_plain(of) && (of.types.null || !of.nullable) && of.boolean.is_none() {
                // As it has no name, and needs none.
                object = self.constraints(of);
                annotations(of, &mut object);
                // What is said of its own place isn't said of this one.
                object.shift_remove("readOnly");
                object.shift_remove("writeOnly");
            } else if let Json::Object(reference) = self.reference(target) {
                object = reference;
            }
        }
        set(&mut object, "type", types(schema.types));
        set(&mut object, "format", schema.format.as_deref());
        if let Some(more) = &schema.more {
            self.values(schema, &mut object);
            self.properties(more, &mut object);
        }
        if let Some(items) = schema.items {
            self.part(&mut object, "items", items);
        }
        if let Some(more) = &schema.more {
            self.choices(more, &mut object);
            if let Some(rare) = &more.rare {
                numbers(rare, &mut object);
                self.rare(rare, schema, &mut object);
            }
        }
        object
    }

    fn values(&self, schema: &Schema, object: &mut Object) {
        let Some(listed) = &schema.values else { return };
        let mut seen = HashSet::new();
        let once = listed.iter().filter(|value| seen.insert(value.to_string()));
        let mut values: Vec<Json> = once.cloned().collect();
        words(schema, &values, object);
        // Before 3.1 a nullable schema takes null, whatever it lists.
        let version = &self.document.version;
        let old = version.starts_with('2') || version.starts_with("3.0");
        if old && schema.types.null && !values.contains(&Json::Null) {
            values.push(Json::Null);
        }
        let key = if schema.extensible {
            "x-extensible-enum"
        } else {
            "enum"
        };
        object.insert(key.to_owned(), Json::Array(values));
    }

    fn properties(&mut self, more: &More, object: &mut Object) {
        let properties = self.each("properties", &more.properties);
        members(object, "properties", properties);
        let required = more.required.iter().map(|name| json!(**name)).collect();
        list(object, "required", required);
        self.additional(object, "additionalProperties", more.additional);
    }

    fn choices(&mut self, more: &More, object: &mut Object) {
        for (key, ids) in [
            ("allOf", &more.all_of),
            ("oneOf", &more.one_of),
            ("anyOf", &more.any_of),
        ] {
            let all = self.all(key, ids);
            list(object, key, all);
        }
    }

    fn rare(&mut self, rare: &Rare, schema: &Schema, object: &mut Object) {
        let parts = [
            ("not", rare.not),
            ("if", rare.condition),
            ("then", rare.then),
            ("else", rare.otherwise),
            ("contains", rare.contains),
            ("propertyNames", rare.property_names),
            ("contentSchema", rare.content_schema),
        ];
        for (key, id) in parts {
            if let Some(id) = id {
                self.part(object, key, id);
            }
        }
        let prefix = self.all("prefixItems", &rare.prefix_items);
        list(object, "prefixItems", prefix);
        for (key, each) in [
            ("patternProperties", &rare.pattern_properties),
            ("dependentSchemas", &rare.dependent_schemas),
        ] {
            let each = self.each(key, each);
            members(object, key, each);
        }
        let needs = rare.dependent_required.iter();
        let needs = needs.map(|(name, needed)| {
            let needed = needed.iter().map(|name| json!(**name)).collect();
            (name.to_string(), needed)
        });
        members(object, "dependentRequired", needs.collect());
        self.additional(object, "unevaluatedProperties", rare.unevaluated);
        self.additional(object, "unevaluatedItems", rare.unevaluated_items);
        self.discriminator(rare, object);
        set(object, "const", rare.constant.as_deref().cloned());
        set(object, "contentEncoding", rare.content_encoding.as_deref());
        set(
            object,
            "contentMediaType",
            rare.content_media_type.as_deref(),
        );
        if let Some(xml) = &rare.xml {
            self.xml(xml, schema, object);
        }
        set(object, "x-rust-type", rare.rust_type.as_deref().cloned());
        for keyword in &rare.unread {
            self.unsaid(format!("the keyword `{keyword}`"), "", &schema.origin);
        }
    }

    /// The fields that the version has; `nodeType` is of 3.2.
    fn xml(&mut self, xml: &Json, schema: &Schema, object: &mut Object) {
        let mut written = xml.as_object().cloned().unwrap_or_default();
        if !self.is_newest()
            && let Some(node) = written.shift_remove("nodeType")
        {
            if node == "attribute" {
                written.insert("attribute".into(), Json::Bool(true));
            } else if node != "element" {
                self.unsaid(format!("`nodeType: {node}` of `xml`"), "", &schema.origin);
            }
        }
        let known = [
            "name",
            "namespace",
            "prefix",
            "attribute",
            "wrapped",
            "nodeType",
        ];
        written.retain(|key, _| known.contains(&key.as_str()) || key.starts_with("x-"));
        members(object, "xml", written);
    }

    fn discriminator(&mut self, rare: &Rare, object: &mut Object) {
        let Some(discriminator) = &rare.discriminator else {
            return;
        };
        let mut written = Object::new();
        written.insert("propertyName".into(), json!(discriminator.property));
        let mut mapping = Object::new();
        for (value, id) in &discriminator.mapping {
            let Json::Object(mut reference) = self.reference(*id) else {
                continue;
            };
            mapping.insert(value.clone(), reference.remove("$ref").unwrap_or_default());
        }
        members(&mut written, "mapping", mapping);
        object.insert("discriminator".into(), Json::Object(written));
    }

    fn part(&mut self, object: &mut Object, key: &str, id: SchemaId) {
        let written = self.within(key, |writer| writer.schema(id));
        object.insert(key.to_owned(), written);
    }

    fn additional(&mut self, object: &mut Object, key: &str, additional: Additional) {
        match additional {
            Additional::Unstated => {}
            Additional::Forbidden => set(object, key, Some(false)),
            Additional::Any => set(object, key, Some(true)),
            Additional::Schema(id) => self.part(object, key, id),
        }
    }

    fn all(&mut self, key: &str, ids: &[SchemaId]) -> Vec<Json> {
        self.within(key, |writer| {
            let all = ids.iter().enumerate();
            all.map(|(index, id)| writer.within(index.to_string(), |writer| writer.schema(*id)))
                .collect()
        })
    }

    fn each(&mut self, key: &str, each: &[(Arc<str>, SchemaId)]) -> Object {
        self.within(key, |writer| {
            let each = each.iter();
            each.map(|(name, id)| {
                let written = writer.within(&**name, |writer| writer.schema(*id));
                (name.to_string(), written)
            })
            .collect()
        })
    }
}

/// What extensions say of values, as lists with an entry for each of them: a value without a name is called as it is.
fn words(schema: &Schema, values: &[Json], object: &mut Object) {
    let said = |of: fn(&ValueWords) -> Option<&String>, otherwise: fn(&Json) -> String| {
        let all = values.iter().map(|value| {
            let words = schema
                .value_words
                .iter()
                .find(|words| words.value == *value);
            let word = words.and_then(of).cloned();
            Json::String(word.unwrap_or_else(|| otherwise(value)))
        });
        let any = schema.value_words.iter().any(|words| of(words).is_some());
        any.then(|| all.collect::<Vec<_>>())
    };
    let plain = |value: &Json| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let names = said(|words| words.name.as_ref(), plain);
    set(object, "x-enum-varnames", names);
    let descriptions = said(|words| words.description.as_ref(), |_| String::new());
    set(object, "x-enum-descriptions", descriptions);
}

/// Whether nothing stands within a schema, and no values are listed, of which a type would be made.
fn is_plain(schema: &Schema) -> bool {
    if schema.items.is_some() || schema.reference.is_some() {
        return false;
    }
    let Some(more) = &schema.more else {
        return true;
    };
    let parts = more.all_of.len() + more.one_of.len() + more.any_of.len() + more.properties.len();
    let is_schema = |additional| matches!(additional, Additional::Schema(_));
    more.name.is_none()
        && more.values.is_none()
        && parts == 0
        && !is_schema(more.additional)
        && more.rare.as_deref().is_none_or(is_plain_too)
}

/// The same of what few schemas say.
fn is_plain_too(rare: &Rare) -> bool {
    let parts = [
        rare.not,
        rare.condition,
        rare.then,
        rare.otherwise,
        rare.contains,
        rare.property_names,
        rare.content_schema,
    ];
    let many = [&rare.pattern_properties, &rare.dependent_schemas];
    let additional = [rare.unevaluated, rare.unevaluated_items];
    parts.iter().all(Option::is_none)
        && many.iter().all(|each| each.is_empty())
        && rare.prefix_items.is_empty()
        && additional
            .iter()
            .all(|one| !matches!(one, Additional::Schema(_)))
        && rare.discriminator.is_none()
}

/// Whether a schema is nothing but a choice, which can have null as another alternative.
fn is_choice(schema: &Schema) -> bool {
    let Schema {
        reference,
        types,
        format,
        items,
        ..
    } = schema;
    let parts = schema.all_of.len() + schema.properties.len() + schema.required.len();
    reference.is_none()
        && *types == Types::default()
        && format.is_none()
        && items.is_none()
        && parts == 0
        && schema.values.is_none()
        && schema.additional == Additional::Unstated
        && schema.one_of.is_empty() != schema.any_of.is_empty()
        && schema.more.as_ref().is_none_or(|more| more.rare.is_none())
}

/// What a schema says that constrains nothing.
fn annotations(schema: &Schema, object: &mut Object) {
    set(object, "description", schema.description.as_deref());
    flag(object, "deprecated", schema.deprecated);
    flag(object, "readOnly", schema.read_only);
    flag(object, "writeOnly", schema.write_only);
    let Some(more) = &schema.more else { return };
    set(object, "title", more.title.as_deref());
    let examples = more.examples.iter().map(Json::from).collect();
    list(object, "examples", examples);
    let Some(rare) = &more.rare else { return };
    let default = rare.default.as_deref();
    set(
        object,
        "default",
        default.and_then(|default| fitting(default, schema)),
    );
    if let Some(docs) = &rare.external_docs {
        object.insert("externalDocs".into(), super::shared::external_docs(docs));
    }
}

/// A default as the type of its schema has it: flags and numbers may be given as text, and the other way round. `None` for one
/// that isn't a value of the type, and for null where it isn't one, which stands for none.
fn fitting(default: &Json, schema: &Schema) -> Option<Json> {
    let types = schema.types;
    let nothing_said = types == Types::default();
    let fits = match default {
        Json::Number(number) if !is_within(number, schema) => false,
        Json::Null => types.null || schema.nullable || (nothing_said && is_plain(schema)),
        Json::Bool(_) => types.boolean || nothing_said,
        Json::Number(number) => {
            let whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
            types.number || (types.integer && whole) || nothing_said
        }
        Json::String(_) => types.string || nothing_said,
        Json::Array(_) => types.array || nothing_said,
        Json::Object(_) => types.object || nothing_said,
    };
    if fits {
        return Some(default.clone());
    }
    match default {
        Json::String(text) => {
            let meant = serde_json::from_str(&text.trim().to_ascii_lowercase()).ok()?;
            matches!(meant, Json::Bool(_) | Json::Number(_))
                .then(|| fitting(&meant, schema))
                .flatten()
        }
        Json::Bool(_) | Json::Number(_) if types.string => Some(default.to_string().into()),
        _ => None,
    }
}

/// Whether a number is one that the bounds and the format of a schema allow.
fn is_within(number: &Number, schema: &Schema) -> bool {
    let Some(value) = number.as_f64() else {
        return true;
    };
    let of = |bound: &Bound| Some((bound.value.as_f64()?, bound.exclusive));
    let least = schema.minimum.as_ref().and_then(of);
    let greatest = schema.maximum.as_ref().and_then(of);
    let is_int32 = schema.format.as_deref() == Some("int32");
    least.is_none_or(|(least, excluded)| value > least || (value >= least && !excluded))
        && greatest.is_none_or(|(most, excluded)| value < most || (value <= most && !excluded))
        && (!is_int32 || (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value))
}

fn types(types: Types) -> Option<Json> {
    let Types {
        null,
        boolean,
        integer,
        number,
        string,
        array,
        object,
    } = types;
    let words = [
        (boolean, "boolean"),
        (integer, "integer"),
        (number, "number"),
        (string, "string"),
        (array, "array"),
        (object, "object"),
        (null, "null"),
    ];
    let words: Vec<Json> = words
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| json!(word))
        .collect();
    match words.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        _ => Some(Json::Array(words)),
    }
}

fn numbers(rare: &Rare, object: &mut Object) {
    bound(object, "minimum", "exclusiveMinimum", rare.minimum.as_ref());
    bound(object, "maximum", "exclusiveMaximum", rare.maximum.as_ref());
    set(object, "multipleOf", rare.multiple_of.clone());
    for (key, count) in [
        ("minLength", rare.min_length),
        ("maxLength", rare.max_length),
        ("minItems", rare.min_items),
        ("maxItems", rare.max_items),
        ("minContains", rare.min_contains),
        ("maxContains", rare.max_contains),
        ("minProperties", rare.min_properties),
        ("maxProperties", rare.max_properties),
    ] {
        set(object, key, count);
    }
    set(object, "pattern", rare.pattern.as_deref());
    flag(object, "uniqueItems", rare.unique_items);
}

fn bound(object: &mut Object, key: &str, exclusive: &str, bound: Option<&Bound>) {
    if let Some(bound) = bound {
        let key = if bound.exclusive { exclusive } else { key };
        object.insert(key.to_owned(), Json::Number(bound.value.clone()));
    }
}
