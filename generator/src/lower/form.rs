//! Lowers forms: URL-encoded and multipart bodies.

use super::Lower;
use super::kind::{Kind as SchemaKind, is_silent, kind_of};
use super::parameters::form_style;
use crate::document::{self, Encoding, MediaType, Schema, SchemaId};
use crate::ir::{Content, Form, Length, Multipart, Part, PartContent, Role, Style};

impl Lower<'_> {
    /// `application/x-www-form-urlencoded`. Anything but an object is sent as text.
    pub(super) fn form(&mut self, media: &MediaType, role: Role) -> Content {
        let ty = self.held(media, role);
        // The types of properties decide how they are serialized, so they are needed now.
        self.drain();
        if self.is_scalar(ty) {
            return Content::Text;
        }
        let properties = media
            .schema
            .map(|schema| self.merged(schema).schema.properties.clone())
            .unwrap_or_default();
        let encodings = media.encoding.iter().filter_map(|(name, encoding)| {
            let style = style(encoding).filter(|style| *style != Style::FormExploded)?;
            let property = properties.iter().find(|(known, _)| **known == **name);
            let ty = property.and_then(|(_, schema)| self.type_of(self.definition(*schema)));
            let kind = ty.map_or(crate::ir::Kind::Any, |ty| self.kind(ty));
            Some((name.clone(), style, kind))
        });
        Content::Form(Form {
            ty,
            encodings: encodings.collect(),
        })
    }

    /// `multipart/…`: a part for each property.
    pub(super) fn multipart(&mut self, media: &MediaType, operation: usize) -> Content {
        let Some(schema) = media.schema else {
            return Content::Multipart(Multipart { parts: Vec::new() });
        };
        let whole = self.merged(schema).schema;
        let parts = whole
            .properties
            .iter()
            .map(|(name, property)| self.part(media, operation, &whole, name, *property));
        Content::Multipart(Multipart {
            parts: parts.collect(),
        })
    }

    fn part(
        &mut self,
        media: &MediaType,
        operation: usize,
        whole: &Schema,
        name: &str,
        property: SchemaId,
    ) -> Part {
        let encoding = media
            .encoding
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, encoding)| encoding);
        let content_type = encoding
            .and_then(|encoding| encoding.content_type.as_deref())
            .and_then(|list| list.split(',').next())
            .map(|media_type| media_type.trim().to_owned());
        let schema = self.merged(property).schema;
        let items = schema
            .items
            .filter(|_| kind_of(&schema) == Some(SchemaKind::Array));
        // Each item of a list is a part of its own (OpenAPI 3.1.1, section 4.8.15.1.1).
        let (held, many) = match items {
            Some(items) => (items, true),
            None => (property, false),
        };
        let content = self.part_content(operation, name, held, content_type.as_deref());
        let said = || {
            let held = self.schema(self.definition(held));
            held.content_media_type.as_deref().map(str::to_owned)
        };
        let content_type = match content {
            PartContent::File => content_type.or_else(said),
            PartContent::Text(_) | PartContent::Json(_) => content_type,
        };
        Part {
            name: name.to_owned(),
            description: schema.description.as_deref().map(str::to_owned),
            content,
            many,
            length: Length {
                min: schema.min_items.filter(|min| many && *min > 0),
                max: schema.max_items.filter(|_| many),
            },
            // Read-only properties aren't sent in forms.
            required: !schema.read_only && whole.required.iter().any(|one| **one == *name),
            content_type: content_type.filter(|media_type| !media_type.contains('*')),
        }
    }

    fn part_content(
        &mut self,
        operation: usize,
        name: &str,
        held: SchemaId,
        content_type: Option<&str>,
    ) -> PartContent {
        if self.is_file(held, content_type) {
            return PartContent::File;
        }
        let ty = self
            .use_of(held, Role::Parameter(operation, name.into()))
            .ty;
        self.drain();
        if self.is_scalar(ty) && !content_type.is_some_and(super::body::is_json) {
            PartContent::Text(ty)
        } else {
            PartContent::Json(ty)
        }
    }

    /// Whether a part is bytes: declared as such (3.0), without a type (3.1), or a string with a media type that isn't plain text. A part
    /// without a schema is `application/octet-stream` (OpenAPI 3.1.1, section 4.8.15).
    fn is_file(&mut self, schema: SchemaId, content_type: Option<&str>) -> bool {
        if self.is_binary(schema) {
            return true;
        }
        let schema = self.merged(schema).schema;
        let media_type = content_type.or(schema.content_media_type.as_deref());
        match kind_of(&schema) {
            Some(SchemaKind::String) => {
                media_type.is_some_and(|name| !is_text(name)) && schema.content_encoding.is_none()
            }
            Some(SchemaKind::Any) => match media_type {
                Some(name) => !is_text(name) || super::body::is_wildcard(name),
                None => is_silent(&schema),
            },
            _ => false,
        }
    }

    /// Whether the values of a schema are bytes, given a media type that may be anything: it has no keywords, which wouldn't be JSON, or is
    /// a string with a media type that isn't plain text.
    pub(super) fn is_opaque(&self, schema: SchemaId) -> bool {
        let schema = self.schema(self.definition(schema));
        let media_type = schema.content_media_type.as_deref();
        match kind_of(&schema) {
            Some(SchemaKind::String) => {
                media_type.is_some_and(|name| !is_text(name)) && schema.content_encoding.is_none()
            }
            _ => is_silent(&schema) && !media_type.is_some_and(is_concrete_json),
        }
    }

    /// Whether the schema declares its values as bytes.
    pub(super) fn is_binary(&self, schema: SchemaId) -> bool {
        let schema = self.schema(self.definition(schema));
        let raw = schema.content_encoding.as_deref() == Some("binary")
            || (schema.content_media_type.as_deref() == Some("application/octet-stream")
                && schema.content_encoding.is_none());
        schema.types.array.eq(&false)
            && (raw || matches!(schema.format.as_deref(), Some("binary" | "file")))
    }
}

/// Whether a media type is text or JSON.
fn is_text(media_type: &str) -> bool {
    super::body::is_json(media_type) || media_type.starts_with("text/plain")
}

/// Excludes `*/*`, which without a type means any bytes.
fn is_concrete_json(media_type: &str) -> bool {
    super::body::is_json(media_type) && !super::body::is_wildcard(media_type)
}

/// How a property of a form is serialized, if the description says so.
fn style(encoding: &Encoding) -> Option<Style> {
    if encoding
        .content_type
        .as_deref()
        .is_some_and(super::body::is_json)
    {
        return Some(Style::Json);
    }
    let style = encoding
        .style
        .or(encoding.explode.map(|_| document::Style::Form))?;
    let explode = encoding.explode.unwrap_or(style == document::Style::Form);
    Some(form_style(style, explode))
}
