//! Bodies and responses.

use super::Lower;
use crate::diag::{Code, Place};
use crate::document::{self, MediaType, StatusKey};
use crate::ir::{Body, BodyContent, Content, Header, Response, Responses, Role, Shared, Status};
use crate::source::Origin;

impl Lower<'_> {
    pub(super) fn body(&mut self, operation: usize, body: &document::Body) -> Option<Body> {
        let (media_type, content) = self.content(
            &body.content,
            &body.origin,
            &shared(Shared::Body, &body.origin).unwrap_or(Role::Body(operation)),
        )?;
        Some(Body {
            description: body.description.clone(),
            required: body.required,
            contents: vec![BodyContent {
                media_type,
                content,
            }],
            origin: body.origin.clone(),
        })
    }

    pub(super) fn responses(
        &mut self,
        operation: usize,
        responses: &[document::Response],
    ) -> Responses {
        let mut list: Vec<Response> = responses
            .iter()
            .map(|response| self.response(operation, response))
            .collect();
        list.sort_by_key(|response| response.status);
        Responses { list }
    }

    fn response(&mut self, operation: usize, response: &document::Response) -> Response {
        let status = status(response.status);
        let role =
            shared(Shared::Response, &response.origin).unwrap_or(Role::Response(operation, status));
        let header = |header: &document::Header| Header {
            name: header.name.clone(),
            description: header.description.clone(),
        };
        Response {
            status,
            description: response.description.clone(),
            headers: response.headers.iter().map(header).collect(),
            content: self.content(&response.content, &response.origin, &role),
            origin: response.origin.clone(),
        }
    }

    /// The media type that is used, and what it holds. JSON is preferred; what is passed over is reported.
    fn content(
        &mut self,
        content: &[MediaType],
        origin: &Origin,
        role: &Role,
    ) -> Option<(String, Content)> {
        let chosen = content
            .iter()
            .find(|media| is_json(&media.name))
            .or_else(|| content.iter().find(|media| class(&media.name).is_some()));
        let Some(chosen) = chosen else {
            if let Some(first) = content.first() {
                let what = format!("the media type `{}`", first.name);
                self.diagnostics
                    .push(Code::Unsupported { what }, Place::value(&first.origin));
            }
            return None;
        };
        if content.len() > 1 {
            let code = Code::OneMediaType {
                used: chosen.name.clone(),
            };
            self.diagnostics.push(code, Place::value(origin));
        }
        let held = match class(&chosen.name) {
            Some(Class::Text) => {
                if chosen.schema.is_some() && chosen.name.contains("xml") {
                    let code = Code::RawMediaType {
                        media_type: chosen.name.clone(),
                    };
                    self.diagnostics.push(code, Place::value(&chosen.origin));
                }
                Content::Text
            }
            Some(Class::Bytes) => Content::Bytes,
            Some(Class::Json) | None => Content::Json(self.json(chosen, role)),
        };
        Some((chosen.name.clone(), held))
    }

    fn json(&mut self, media: &MediaType, role: &Role) -> crate::ir::TypeId {
        match media.schema {
            Some(schema) => self.use_of(schema, role.clone()).ty,
            None => self.any(role.clone(), &document::Schema::empty(media.origin.clone())),
        }
    }
}

/// The role of what a named body, response or parameter holds: it is called after that, whoever uses it first.
pub(super) fn shared(kind: Shared, origin: &Origin) -> Option<Role> {
    match origin.pointer.tokens()[..] {
        ["components", _, name] | ["responses" | "parameters" | "requestBodies", name] | [name] => {
            Some(Role::Shared(kind, name.to_owned()))
        }
        _ => None,
    }
}

enum Class {
    Json,
    Text,
    Bytes,
}

/// What a media type holds; `None` for one that can't be read or written.
fn class(media_type: &str) -> Option<Class> {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        _ if is_json(&essence) => Some(Class::Json),
        "application/octet-stream" => Some(Class::Bytes),
        _ if essence.starts_with("text/")
            || essence.ends_with("/xml")
            || essence.ends_with("+xml") =>
        {
            Some(Class::Text)
        }
        // Forms have parts with names, which bytes would lose.
        "application/x-www-form-urlencoded" => None,
        _ if essence.starts_with("multipart/") => None,
        _ => Some(Class::Bytes),
    }
}

/// RFC 8259 and the `+json` suffix of RFC 6839; `*/*` is what documents write that mean JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json"
        || essence.ends_with("+json")
        || essence == "*/*"
        || essence == "*"
}

fn status(status: StatusKey) -> Status {
    match status {
        StatusKey::Code(code) => Status::Code(code),
        StatusKey::Range(digit) => Status::Range(digit),
        StatusKey::Default => Status::Default,
    }
}
