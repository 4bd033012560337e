//! Server-sent events: what their data is.

use super::Lower;
use super::kind::{Kind, is_silent, kind_of};
use crate::diag::{Code, Place};
use crate::document::{MediaType, SchemaId};
use crate::ir::{Content, Role};

/// What an event is made of (HTML Standard, section 9.2).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// As many parts of one description of events are looked at.
const PARTS: usize = 1024;

impl Lower<'_> {
    /// What a stream of events holds. `itemSchema` describes them as objects of their fields (OpenAPI 3.2, section 4.14.4.2), as
    /// others do with `schema`; else what stands there is the data itself.
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

    /// The schemas of `data` in a schema of whole events, with all its parts and alternatives; `None` for a schema of something
    /// else. Where the description doesn't have to mean events, they must have names.
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

    /// The schema of the JSON that data is; `None` if it is text, or anything.
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
