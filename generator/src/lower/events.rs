//! Server-sent events: the schema of their data.

use super::Lower;
use super::kind::{Kind, is_silent, kind_of};
use crate::diag::{Code, Place};
use crate::document::{MediaType, SchemaId};
use crate::ir::{Content, Role};

/// The fields of an event (HTML Standard, section 9.2).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// Limit of schemas visited for one description of events.
const PARTS: usize = 1024;

impl Lower<'_> {
    /// The content of an event stream. `itemSchema` describes events as objects of their fields (OpenAPI 3.2, section 4.14.4.2), and some
    /// descriptions use `schema` in the same way; any other schema is that of the data itself.
    pub(super) fn events(&mut self, media: &MediaType, role: Role) -> Content {
        let whole = media
            .item_schema
            .or(media.schema)
            .and_then(|schema| self.data_of_events(schema, media.item_schema.is_some()));
        let Some(data) = whole else {
            let text = media
                .item_schema
                .or(media.schema)
                .is_none_or(|schema| self.is_text(schema));
            return Content::Events((!text).then(|| self.item(media, role)));
        };
        let mut held = data.into_iter().map(|data| self.held_json(data));
        let first = held.next().flatten();
        let rest: Vec<Option<SchemaId>> = held.collect();
        if let Some(data) = first.filter(|_| rest.iter().all(|other| *other == first)) {
            return Content::Events(Some(self.use_of(data, role).ty));
        }
        if first.is_some() || rest.iter().any(Option::is_some) {
            self.diagnostics
                .push(Code::EventsKeptAsText, Place::value(&media.origin));
        }
        Content::Events(None)
    }

    /// The schemas of `data` in a schema of whole events, over all its parts and alternatives; `None` if the schema describes something
    /// else. Unless `is_event`, it also has to declare `event` to count as one of events.
    fn data_of_events(&self, schema: SchemaId, is_event: bool) -> Option<Vec<SchemaId>> {
        let mut data = Vec::new();
        let mut is_named = is_event;
        let mut open = vec![schema];
        let mut seen = Vec::new();
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            if seen.len() > PARTS {
                return None;
            }
            let schema = self.schema(at);
            for (name, property) in &schema.properties {
                let name: &str = name;
                if !FIELDS.contains(&name) {
                    return None;
                }
                is_named |= name == "event";
                if name == "data" {
                    data.push(self.definition(*property));
                }
            }
            open.extend(schema.reference);
            open.extend(
                [&schema.all_of, &schema.one_of, &schema.any_of]
                    .into_iter()
                    .flatten(),
            );
        }
        (is_named && !data.is_empty()).then_some(data)
    }

    /// The schema of the data if it is JSON; `None` if it is text, or anything.
    fn held_json(&self, data: SchemaId) -> Option<SchemaId> {
        let schema = self.schema(data);
        let media_type = schema.content_media_type.as_deref();
        let is_json = media_type.is_some_and(super::body::is_json);
        if let (true, Some(held)) = (is_json, schema.content_schema) {
            return Some(self.definition(held));
        }
        let is_text = kind_of(&schema) == Some(Kind::String) || is_silent(&schema);
        (!is_text).then_some(data)
    }

    fn is_text(&self, schema: SchemaId) -> bool {
        kind_of(&self.schema(self.definition(schema))) == Some(Kind::String)
    }
}
