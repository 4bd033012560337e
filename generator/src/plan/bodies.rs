//! Plans the contents of bodies, in requests and responses, and the parts of forms.

use super::Planner;
use super::checks::length_checks;
use super::doc::{self, Doc};
use super::media_types::{concrete, is_header, is_xml, sent};
use super::names::{self, Case, Wanted};
use super::operations::{Body, BodyContent, Part, PartContent, Payload, Xml};
use super::rust::Ty;
use super::shapes::Shapes;
use super::types::Check;
use crate::ir::{self, Content};

/// Functions of a client's form, which setters of parts must not hide.
const SETTERS_TAKEN: &[&str] = &["default", "fmt", "new"];

impl Planner<'_> {
    pub(super) fn body(&self, shapes: &Shapes, body: &ir::Body) -> Body {
        let payloads: Vec<Payload> = body
            .contents
            .iter()
            .map(|content| self.payload(shapes, content))
            .collect();
        let wanted: Vec<Wanted> = body
            .contents
            .iter()
            .zip(&payloads)
            .map(|(content, payload)| Wanted {
                text: content_words(content, payload).to_owned(),
                wire: content.media_types.join(", "),
                explicit: false,
                otherwise: None,
            })
            .collect();
        let variants = names::scope(&self.speller, Case::Variant, &["Self"], &wanted).idents;
        let contents = body.contents.iter().zip(variants).enumerate();
        let contents = contents.map(|(index, (content, variant))| BodyContent {
            variant,
            from: !payloads[..index]
                .iter()
                .any(|earlier| held_alike(earlier, &payloads[index])),
            payload: payloads[index].clone(),
            checks: match &content.content {
                Content::Json(ty) | Content::Xml(ty) => {
                    let checks = shapes.nullable_checks(self.api, *ty, content.nullable);
                    own_checks(checks)
                }
                Content::Form(_)
                | Content::Multipart(_)
                | Content::Events(_)
                | Content::Lines(_)
                | Content::Text
                | Content::Bytes => Vec::new(),
            },
            media_type: sent(&content.content, &content.media_types),
            media_types: content.media_types.clone(),
        });
        let contents: Vec<BodyContent> = contents.collect();
        Body {
            others: others(&contents, &body.passed_over),
            contents,
            required: body.required,
        }
    }

    pub(super) fn payload(&self, shapes: &Shapes, content: &ir::BodyContent) -> Payload {
        let ty = |ty: &ir::TypeId| match shapes.ty(self.api, *ty) {
            ty if content.nullable && !ty.holds_null() => Ty::Option(Box::new(ty)),
            ty => ty,
        };
        match &content.content {
            Content::Json(held) => Payload::Json(ty(held)),
            Content::Xml(held) => xml(shapes, *held, ty(held), &content.media_types),
            Content::Form(form) => Payload::Form(ty(&form.ty), form.encodings.clone()),
            Content::Multipart(multipart) => Payload::Multipart(self.parts(shapes, multipart)),
            Content::Events(held) => Payload::Events(held.as_ref().map(ty)),
            Content::Lines(held) => Payload::Lines(ty(held)),
            Content::Text => Payload::Text,
            Content::Bytes => Payload::Bytes,
        }
    }

    fn parts(&self, shapes: &Shapes, multipart: &ir::Multipart) -> Vec<Part> {
        let wanted: Vec<Wanted> = multipart
            .parts
            .iter()
            .map(|part| Wanted {
                text: part.name.clone(),
                wire: part.name.clone(),
                explicit: false,
                otherwise: None,
            })
            .collect();
        let names = names::scope(&self.speller, Case::Value, &[], &wanted).idents;
        let setters = names::setters_of(&names, SETTERS_TAKEN);
        let parts = multipart.parts.iter().zip(names.into_iter().zip(setters));
        let parts = parts.map(|(part, (name, setter))| Part {
            doc: Doc::markdown(part.description.as_deref().unwrap_or_default())
                .or(|| Doc::text(&format!("The part {}.", doc::code(&part.name)))),
            name,
            setter,
            wire: part.name.clone(),
            content: match part.content {
                ir::PartContent::File => PartContent::File,
                ir::PartContent::Text(ty) => PartContent::Text(shapes.ty(self.api, ty)),
                ir::PartContent::Json(ty) => PartContent::Json(shapes.ty(self.api, ty)),
            },
            many: part.many,
            required: part.required,
            content_type: part.content_type.clone().filter(|name| name.is_ascii()),
            checks: self.part_checks(shapes, part),
        });
        parts.collect()
    }

    fn part_checks(&self, shapes: &Shapes, part: &ir::Part) -> Vec<Check> {
        let held = match part.content {
            ir::PartContent::File => Vec::new(),
            ir::PartContent::Text(ty) => shapes.checks(self.api, ty),
            ir::PartContent::Json(ty) => own_checks(shapes.checks(self.api, ty)),
        };
        if !part.many {
            return held;
        }
        // An optional list may be empty, whatever its minimum length.
        let min = part.length.min.filter(|_| part.required);
        let length = ir::Length { min, ..part.length };
        let items = (!held.is_empty()).then_some(Check::Items(held));
        let length = length_checks(length, Check::MinItems, Check::MaxItems);
        length.into_iter().chain(items).collect()
    }
}

/// A body in XML, or in XML and JSON.
fn xml(shapes: &Shapes, id: ir::TypeId, ty: Ty, media_types: &[String]) -> Payload {
    let (xml, json): (Vec<&String>, Vec<&String>) = media_types
        .iter()
        .partition(|media_type| is_xml(media_type));
    let first =
        |media_types: &[&String]| media_types.first().map(|first| concrete(first).to_owned());
    match (shapes.xml.get(&id), first(&xml)) {
        (Some(table), Some(media_type)) => Payload::Xml(Xml {
            ty,
            table: table.clone(),
            media_type,
            json: first(&json),
        }),
        // Every type in an XML body has a table.
        _ => Payload::Json(ty),
    }
}

/// The media types that no content of a body is sent as. Text and bytes are excluded, as their senders choose the media type.
fn others(contents: &[BodyContent], passed_over: &[String]) -> Vec<String> {
    let unsent = contents.iter().flat_map(|content| {
        let names = content.media_types.iter();
        names.filter(|name| !is_raw(&content.payload) && **name != content.media_type)
    });
    let names = unsent.chain(passed_over);
    names.filter(|name| is_header(name)).cloned().collect()
}

/// Whether the client takes bytes or text for it.
fn is_raw(payload: &Payload) -> bool {
    matches!(
        payload,
        Payload::Text | Payload::Bytes | Payload::Events(_) | Payload::Lines(_)
    )
}

/// The checks that a value's type doesn't do itself.
fn own_checks(checks: Vec<Check>) -> Vec<Check> {
    let own = checks.into_iter();
    own.filter_map(Check::without_nested).collect()
}

/// The words for a content if a body has several.
fn content_words(content: &ir::BodyContent, payload: &Payload) -> &'static str {
    let mut names = content.media_types.iter();
    if names.all(|name| ir::is_merge_patch(name)) {
        "MergePatch"
    } else {
        payload_words(payload)
    }
}

/// The words for a payload if a body has several; never the name of a support type.
pub(super) fn payload_words(payload: &Payload) -> &'static str {
    match payload {
        Payload::Empty => "Empty",
        Payload::Json(_) | Payload::Xml(Xml { json: Some(_), .. }) => "Json",
        Payload::Xml(_) => "Xml",
        Payload::Form(..) => "UrlEncoded",
        Payload::Multipart(_) => "Multipart",
        Payload::Events(_) => "EventStream",
        Payload::Lines(_) => "JsonLines",
        Payload::Text => "Text",
        Payload::Bytes => "Binary",
    }
}

/// Whether the client has the same Rust type for two payloads, so that only one of them can implement `From`.
fn held_alike(a: &Payload, b: &Payload) -> bool {
    match (a.value(), b.value()) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => is_raw(a) && is_raw(b),
        (Some(_), None) | (None, Some(_)) => false,
    }
}
