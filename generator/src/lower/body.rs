//! Lowers request bodies and responses.

use super::Lower;
use super::kind::{Kind, is_silent, kind_of};
use super::links::links;
use crate::diag::{Code, Place};
use crate::document::{self, Additional, MediaType, Schema, SchemaId, StatusKey, Types};
use crate::ir::{
    Body, BodyContent, Content, Header, Response, Responses, Role, Shared, Status, TypeId, essence,
    is_merge_patch,
};
use crate::source::{FileId, Origin, Pointer};

impl Lower<'_> {
    pub(super) fn body(&mut self, operation: usize, body: &document::Body) -> Option<Body> {
        let role = self
            .shared(Shared::Body, &body.origin)
            .unwrap_or(Role::Body(operation));
        let (contents, passed_over) =
            self.contents(operation, &body.content, &body.origin, &role, Way::Request);
        (!contents.is_empty()).then(|| Body {
            description: body.description.clone(),
            required: body.required,
            contents,
            passed_over,
            origin: body.origin.clone(),
        })
    }

    pub(super) fn responses(
        &mut self,
        operation: usize,
        method: &str,
        responses: &[document::Response],
    ) -> Responses {
        let mut list: Vec<Response> = responses
            .iter()
            .map(|response| self.response(operation, method, response))
            .collect();
        list.sort_by_key(|response| response.status);
        Responses { list }
    }

    fn response(
        &mut self,
        operation: usize,
        method: &str,
        response: &document::Response,
    ) -> Response {
        let status = status(response.status);
        let role = self
            .shared(Shared::Response, &response.origin)
            .unwrap_or(Role::Response(operation, status));
        let headers = response.headers.iter();
        let headers = headers.filter_map(|header| self.header(operation, header));
        let headers = headers.collect();
        let content = self.sent(method, response);
        let (contents, _) =
            self.contents(operation, content, &response.origin, &role, Way::Response);
        Response {
            status,
            description: response.description.clone(),
            headers,
            contents,
            links: links(response),
            origin: response.origin.clone(),
        }
    }

    fn header(&mut self, operation: usize, header: &document::Header) -> Option<Header> {
        let name = header.name.as_str();
        let is_sent = self.is_header_name(name, &header.origin, "it is left out");
        is_sent.then(|| Header {
            name: name.to_owned(),
            description: header_says(header),
            ty: header.schema.map(|schema| {
                let role = Role::Parameter(operation, name.into());
                self.use_of(schema, role).ty
            }),
            required: header.required,
        })
    }

    /// The content of a response that HTTP allows: none with some statuses, and none for `HEAD`, whose responses are described like those
    /// of `GET` (RFC 9110, section 6.4.1).
    fn sent<'r>(&mut self, method: &str, response: &'r document::Response) -> &'r [MediaType] {
        let status = status(response.status);
        let is_empty = matches!(
            status,
            Status::Range(1) | Status::Code(100..=199 | 204 | 205 | 304)
        );
        if is_empty && !response.content.is_empty() {
            let status = status.to_string();
            self.diagnostics
                .push(Code::BodyOfNone { status }, Place::value(&response.origin));
        }
        if is_empty || method == "HEAD" {
            &[]
        } else {
            &response.content
        }
    }

    /// The contents of the media types, JSON first, and the names of the ignored ones. Media types with equal schemas become one content,
    /// in JSON, XML or both; another syntax of the same JSON value is ignored and reported.
    fn contents(
        &mut self,
        operation: usize,
        content: &[MediaType],
        origin: &Origin,
        role: &Role,
        way: Way,
    ) -> (Vec<BodyContent>, Vec<String>) {
        let (json, others): (Vec<&MediaType>, Vec<&MediaType>) = content
            .iter()
            .partition(|media| self.class(media, way) == Class::Json);
        let in_json: Vec<SchemaId> = json
            .iter()
            .filter_map(|media| Some(self.definition(media.schema?)))
            .collect();
        let mut contents: Vec<BodyContent> = Vec::new();
        let mut passed_over = Vec::new();
        for media in json.iter().chain(&others) {
            let class = self.class(media, way);
            let said = media.schema.map(|schema| self.definition(schema));
            let repeats = matches!(class, Class::Text | Class::Bytes)
                && said.is_some_and(|schema| in_json.contains(&schema));
            if repeats {
                passed_over.push(media.name.clone());
                continue;
            }
            if let (Class::Xml, Some(said)) = (class, said)
                && let Some(known) = self.json_of(said, &in_json, &mut contents)
            {
                known.media_types.push(media.name.clone());
                continue;
            }
            let role = if contents.is_empty() {
                role.clone()
            } else {
                let words = if is_merge_patch(&media.name) {
                    Role::PATCH
                } else {
                    class.words()
                };
                Role::As(Box::new(role.clone()), words)
            };
            let content = BodyContent {
                media_types: vec![media.name.clone()],
                content: self.content(operation, media, class, role),
                nullable: self.is_nullable(media, class),
            };
            // A merge patch gets a type of its own.
            let is_patch = |name: &String| way == Way::Request && is_merge_patch(name);
            let alike = |known: &&mut BodyContent| {
                let mut names = known.media_types.iter();
                known.content == content.content
                    && known.nullable == content.nullable
                    && names.all(|name| is_patch(name) == is_patch(&media.name))
            };
            match contents.iter_mut().find(alike) {
                Some(known) => known.media_types.extend(content.media_types),
                None => contents.push(content),
            }
        }
        if let (false, Some(used)) = (passed_over.is_empty(), contents.first()) {
            let used = used.media_types.join(", ");
            self.diagnostics
                .push(Code::OneMediaType { used }, Place::value(origin));
        }
        (contents, passed_over)
    }

    fn content(
        &mut self,
        operation: usize,
        media: &MediaType,
        class: Class,
        role: Role,
    ) -> Content {
        match class {
            Class::Json => Content::Json(self.held(media, role)),
            Class::Form => self.form(media, role),
            Class::Multipart => self.multipart(media, operation),
            Class::Events => self.events(media, role),
            Class::Lines => Content::Lines(self.item(media, role)),
            Class::Xml => Content::Xml(self.held(media, role)),
            Class::Text => Content::Text,
            Class::Bytes => Content::Bytes,
        }
    }

    /// The JSON content with this schema, which XML can be added to.
    fn json_of<'c>(
        &self,
        schema: SchemaId,
        in_json: &[SchemaId],
        contents: &'c mut [BodyContent],
    ) -> Option<&'c mut BodyContent> {
        let mut known = in_json.iter();
        let known = known.find(|known| self.say_the_same(**known, schema))?;
        let ty = self.type_of(*known)?;
        let both = [Content::Json(ty), Content::Xml(ty)];
        let found = contents.iter_mut();
        let content = found.into_iter().find(|held| {
            let mut names = held.media_types.iter();
            both.contains(&held.content) && !names.any(|name| is_merge_patch(name))
        })?;
        content.content = Content::Xml(ty);
        Some(content)
    }

    /// The type of a media type's value. Equal schemas in several media types have one type.
    pub(super) fn held(&mut self, media: &MediaType, role: Role) -> TypeId {
        match media.schema {
            Some(schema) => self.use_of(schema, role).ty,
            None => self.any(role, &document::Schema::empty(media.origin.clone())),
        }
    }

    /// The type of an item of a stream. A schema that calls the whole stream a string says nothing about its lines, so items are any value
    /// then.
    pub(super) fn item(&mut self, media: &MediaType, role: Role) -> TypeId {
        let is_whole = |item| media.item_schema.is_none() && media.schema == Some(item);
        match self.item_schema(media) {
            Some(item) if is_whole(item) && self.is_bare_text(item) => {
                self.any(role, &Schema::empty(media.origin.clone()))
            }
            Some(item) => self.use_of(item, role).ty,
            None => self.held(media, role),
        }
    }

    /// The schema of an item of a stream: `itemSchema`, else the items of a list, else the whole schema.
    fn item_schema(&self, media: &MediaType) -> Option<SchemaId> {
        let listed = || self.schema(self.definition(media.schema?)).items;
        media.item_schema.or_else(listed).or(media.schema)
    }

    /// Whether the value of a media type may be null. In XML that is a root element with `xsi:nil`.
    fn is_nullable(&self, media: &MediaType, class: Class) -> bool {
        let value = match class {
            Class::Json | Class::Xml => media.schema,
            Class::Lines => self.item_schema(media),
            Class::Events | Class::Form | Class::Multipart | Class::Text | Class::Bytes => None,
        };
        value.is_some_and(|schema| self.nullable(schema))
    }

    fn is_bare_text(&self, schema: SchemaId) -> bool {
        let schema = self.schema(self.definition(schema));
        let mut beside = Schema::clone(&schema);
        beside.types = Types::default();
        kind_of(&schema) == Some(Kind::String) && is_silent(&beside)
    }

    /// How a media type is read and written, given its schema.
    fn class(&self, media: &MediaType, way: Way) -> Class {
        let Some(schema) = media.schema else {
            return match class(&media.name, way) {
                Class::Json if is_wildcard(&media.name) => Class::Bytes,
                Class::Xml => Class::Text,
                class => class,
            };
        };
        let kind = kind_of(&self.schema(self.definition(schema)));
        match class(&media.name, way) {
            Class::Json | Class::Lines if self.is_binary(schema) => Class::Bytes,
            Class::Json if is_wildcard(&media.name) && self.is_opaque(schema) => Class::Bytes,
            Class::Json if is_wildcard(&media.name) && kind == Some(Kind::String) => Class::Text,
            // The text of the whole document.
            Class::Xml if kind == Some(Kind::String) || self.is_free(schema) => Class::Text,
            // A vendor's media type that is JSON without saying so: `application/vnd.example.v2`.
            Class::Bytes
                if media.name.starts_with("application/vnd.")
                    && matches!(kind, Some(Kind::Object | Kind::Array)) =>
            {
                Class::Json
            }
            class => class,
        }
    }

    /// Whether a schema, references followed, says nothing about values.
    fn is_free(&self, schema: SchemaId) -> bool {
        is_silent(&self.schema(self.definition(schema)))
    }

    /// Whether two schemas are equal: the same schema, lists of equal schemas, or the same keywords.
    fn say_the_same(&self, a: SchemaId, b: SchemaId) -> bool {
        let mut open = vec![(a, b)];
        // Schemas that are repeated in the document are small; bigger ones count as different.
        for _ in 0..256 {
            let Some((a, b)) = open.pop() else {
                return true;
            };
            let (a, b) = (self.definition(a), self.definition(b));
            if a == b {
                continue;
            }
            let (a, b) = (self.schema(a), self.schema(b));
            let (a, b) = (bare(&a), bare(&b));
            let unnamed = a.0.name.is_none() && b.0.name.is_none();
            if !unnamed || a.0 != b.0 {
                return false;
            }
            open.extend(a.1.into_iter().zip(b.1));
        }
        false
    }
}

/// The documentation of a header: its description, and what its type doesn't express.
fn header_says(header: &document::Header) -> Option<String> {
    let always = header.required.then_some("It is always there.");
    let deprecated = header.deprecated.then_some("It is deprecated.");
    let said = header.description.as_deref();
    let parts: Vec<_> = [said, always, deprecated].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn bare(schema: &Schema) -> (Schema, Vec<SchemaId>) {
    let mut bare = Schema {
        description: None,
        origin: Origin {
            file: FileId(0),
            pointer: Pointer::root(),
        },
        ..schema.clone()
    };
    (bare.title, bare.examples) = (None, Vec::new());
    bare.tidy();
    let mut parts = Vec::new();
    let mut take = |part: &mut SchemaId| parts.push(std::mem::replace(part, SchemaId(0)));
    bare.properties.iter_mut().for_each(|(_, part)| take(part));
    bare.items.iter_mut().for_each(&mut take);
    if let Additional::Schema(part) = &mut bare.additional {
        take(part);
    }
    if let Some(more) = &mut bare.more {
        for choice in [&mut more.all_of, &mut more.one_of, &mut more.any_of] {
            choice.iter_mut().for_each(&mut take);
        }
    }
    (bare, parts)
}

/// The direction of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Request,
    Response,
}

/// How a media type is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Json,
    Form,
    Multipart,
    Events,
    Lines,
    Xml,
    Text,
    Bytes,
}

impl Class {
    /// The suffix that distinguishes the types of two media types.
    fn words(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Multipart => "part",
            Self::Events => "event",
            Self::Lines => "line",
            Self::Xml => "xml",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

/// The class that follows from the name of a media type.
fn class(media_type: &str, way: Way) -> Class {
    let essence = essence(media_type);
    let subtype = essence.split('/').nth(1).unwrap_or(&essence);
    match essence.as_str() {
        _ if is_json(&essence) => Class::Json,
        "text/event-stream" => Class::Events,
        "application/x-www-form-urlencoded" if way == Way::Request => Class::Form,
        // Parts of responses have no names, so the whole body is kept.
        _ if essence.starts_with("multipart/") && way == Way::Request => Class::Multipart,
        _ if LINES.contains(&subtype) => Class::Lines,
        "application/x-www-form-urlencoded" => Class::Text,
        _ if subtype == "xml" || subtype.ends_with("+xml") => Class::Xml,
        _ if essence.starts_with("text/") => Class::Text,
        _ => Class::Bytes,
    }
}

/// Sequences of JSON values: ndjson, JSON lines, and RFC 7464.
const LINES: &[&str] = &[
    "ndjson",
    "x-ndjson",
    "nd-json",
    "jsonl",
    "x-jsonl",
    "jsonlines",
    "x-jsonlines",
    "json-lines",
    "json-seq",
    "stream+json",
    "x-json-stream",
];

/// Whether a media type is a wildcard.
pub(super) fn is_wildcard(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "*")
}

/// Whether a media type is JSON (RFC 8259), or has the suffix `+json` (RFC 6839). Descriptions write `*/*` for JSON, too.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(
        essence.as_str(),
        "application/json" | "text/json" | "application/x-json" | "text/x-json" | "json"
    ) || (essence.ends_with("+json") && !LINES.iter().any(|lines| essence.ends_with(lines)))
        || is_wildcard(&essence)
}

fn status(status: StatusKey) -> Status {
    match status {
        StatusKey::Code(code) => Status::Code(code),
        StatusKey::Range(digit) => Status::Range(digit),
        StatusKey::Default => Status::Default,
    }
}
