//! Plans how bodies are encoded: for each content the Rust type, how it is written, and how it is read.
//!
//! Decided here once for both sides: a client writes requests and reads responses, a server does the opposite.

use super::operations::{BodyContent, Operation, Outcome, Part, Payload, Xml};
use super::rust::{Ident, Ty};
use super::{Kind, Status, Style};

/// What code has for a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Held<'p> {
    /// Nothing: `()`.
    Nothing,
    /// A value of this type.
    Value(&'p Ty),
    /// A multipart form; empty if its parts aren't declared.
    Form(&'p [Part]),
    /// A stream of events, with JSON data of this type, or text.
    Events(Option<&'p Ty>),
    /// A stream of values of this type.
    Lines(&'p Ty),
    Text,
    Bytes,
}

impl Held<'_> {
    /// Whether it is text or bytes, which are empty without a body.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        matches!(self, Self::Text | Self::Bytes)
    }
}

/// Properties of a URL-encoded form that aren't serialized in the default way.
pub type Encodings = [(String, Style, Kind)];

/// The encoding of a request body.
#[derive(Debug, Clone, Copy)]
pub struct RequestCodec<'p> {
    /// What code has for it. The client takes bytes for anything but values and forms.
    pub held: Held<'p>,
    /// How the client writes it.
    pub write: RequestWrite<'p>,
    /// How the server reads it.
    pub read: RequestRead<'p>,
}

/// How a request body is written.
#[derive(Debug, Clone, Copy)]
pub enum RequestWrite<'p> {
    /// As JSON, with a media type unless it is `application/json`.
    Json(Option<&'p str>),
    /// As XML, with a table and a media type.
    Xml(&'p Ident, &'p str),
    /// As a URL-encoded form.
    Form(&'p Encodings),
    /// As a multipart form, with a media type.
    Multipart(&'p str),
    /// Unchanged, with a media type.
    Raw(&'p str),
}

/// How a request body is read.
#[derive(Debug, Clone, Copy)]
pub enum RequestRead<'p> {
    Json,
    /// From XML with a table or from JSON, depending on its media type.
    Xml(&'p Ident),
    /// From a URL-encoded form.
    Form(&'p Encodings),
    /// From a multipart form.
    Multipart,
    Text,
    /// Unchanged.
    Bytes,
}

/// The encoding of a response body.
#[derive(Debug, Clone, Copy)]
pub struct ResponseCodec<'p> {
    /// What code has for it.
    pub held: Held<'p>,
    /// How the server writes it.
    pub write: ResponseWrite<'p>,
    /// How the client reads it.
    pub read: ResponseRead<'p>,
}

/// How a response body is written.
#[derive(Debug, Clone, Copy)]
pub enum ResponseWrite<'p> {
    /// Not at all.
    Empty,
    /// As JSON, with a media type unless it is `application/json`.
    Json(Option<&'p str>),
    /// As XML, or as the caller accepts.
    Xml(&'p Xml),
    /// As events, which have only one media type.
    Events,
    /// As JSON lines, with a media type.
    Lines(&'p str),
    /// As `text/plain` with a charset.
    PlainText,
    /// Unchanged, with a media type.
    Raw(&'p str),
}

/// How a response body is read.
#[derive(Debug, Clone, Copy)]
pub enum ResponseRead<'p> {
    /// Not at all.
    Empty,
    Json,
    /// From XML with a table or from JSON, depending on its media type.
    Xml(&'p Ident),
    /// As events with JSON data.
    Events,
    /// As events with text data.
    TextEvents,
    /// As JSON lines.
    Lines,
    Text,
    /// Unchanged.
    Bytes,
}

impl BodyContent {
    /// The encoding of the body.
    #[must_use]
    pub fn codec(&self) -> RequestCodec<'_> {
        let media_type = self.media_type.as_str();
        match &self.payload {
            Payload::Json(ty) => RequestCodec {
                held: Held::Value(ty),
                write: RequestWrite::Json(unusual(media_type)),
                read: RequestRead::Json,
            },
            Payload::Xml(xml) => RequestCodec {
                held: Held::Value(&xml.ty),
                write: match &xml.json {
                    Some(json) => RequestWrite::Json(unusual(json)),
                    None => RequestWrite::Xml(&xml.table, &xml.media_type),
                },
                read: RequestRead::Xml(&xml.table),
            },
            Payload::Form(ty, encodings) => RequestCodec {
                held: Held::Value(ty),
                write: RequestWrite::Form(encodings),
                read: RequestRead::Form(encodings),
            },
            Payload::Multipart(parts) => RequestCodec {
                held: Held::Form(parts),
                write: RequestWrite::Multipart(media_type),
                read: RequestRead::Multipart,
            },
            Payload::Text => RequestCodec {
                held: Held::Text,
                write: RequestWrite::Raw(media_type),
                read: RequestRead::Text,
            },
            // The sender of a stream decides about its chunks.
            Payload::Empty | Payload::Events(_) | Payload::Lines(_) | Payload::Bytes => {
                RequestCodec {
                    held: Held::Bytes,
                    write: RequestWrite::Raw(media_type),
                    read: RequestRead::Bytes,
                }
            }
        }
    }
}

impl Outcome {
    /// The encoding of the body.
    #[must_use]
    pub fn codec(&self) -> ResponseCodec<'_> {
        let media_type = self.media_type.as_str();
        let (held, read) = self.payload.response();
        let write = match &self.payload {
            Payload::Empty => ResponseWrite::Empty,
            Payload::Json(_) | Payload::Form(..) => ResponseWrite::Json(unusual(media_type)),
            Payload::Xml(xml) => ResponseWrite::Xml(xml),
            Payload::Events(_) => ResponseWrite::Events,
            Payload::Lines(_) => ResponseWrite::Lines(media_type),
            // Without a charset it would be US-ASCII (RFC 2046, section 4.1.2), and browsers guess another one.
            Payload::Text if media_type == "text/plain" => ResponseWrite::PlainText,
            Payload::Text | Payload::Bytes | Payload::Multipart(_) => {
                ResponseWrite::Raw(media_type)
            }
        };
        ResponseCodec { held, write, read }
    }
}

impl Outcome {
    /// The status code of a response; for a range, the first suitable one.
    #[must_use]
    pub fn code(&self) -> u16 {
        match (self.status, self.codec().held) {
            (Status::Code(code), _) => code,
            (Status::Range(2) | Status::Default, Held::Nothing) => 204,
            (Status::Range(digit), _) => u16::from(digit) * 100,
            (Status::Default, _) => 200,
        }
    }

    /// The media types that a server may send.
    fn offered(&self) -> impl Iterator<Item = &String> {
        let sent = (self.payload != Payload::Empty).then_some(&self.media_type);
        let other = self.payload.xml().map(|xml| &xml.media_type);
        // The sender of bytes chooses their media type.
        let any = (self.payload == Payload::Bytes).then_some(&self.media_types);
        sent.into_iter()
            .chain(other)
            .chain(any.into_iter().flatten())
    }
}

impl Operation {
    /// The media types of successful responses that a server may send, without duplicates.
    #[must_use]
    pub fn offered(&self) -> Vec<&String> {
        let mut all = Vec::new();
        for media_type in self.success.outcomes().iter().flat_map(Outcome::offered) {
            if !all.contains(&media_type) {
                all.push(media_type);
            }
        }
        all
    }
}

impl Payload {
    /// What code has for a response body, and how a client reads it. No response is a form.
    fn response(&self) -> (Held<'_>, ResponseRead<'_>) {
        match self {
            Self::Empty => (Held::Nothing, ResponseRead::Empty),
            Self::Json(ty) | Self::Form(ty, _) => (Held::Value(ty), ResponseRead::Json),
            Self::Xml(xml) => (Held::Value(&xml.ty), ResponseRead::Xml(&xml.table)),
            Self::Events(Some(ty)) => (Held::Events(Some(ty)), ResponseRead::Events),
            Self::Events(None) => (Held::Events(None), ResponseRead::TextEvents),
            Self::Lines(ty) => (Held::Lines(ty), ResponseRead::Lines),
            Self::Text => (Held::Text, ResponseRead::Text),
            Self::Bytes | Self::Multipart(_) => (Held::Bytes, ResponseRead::Bytes),
        }
    }

    /// What code has for a response body.
    #[must_use]
    pub fn held(&self) -> Held<'_> {
        self.response().0
    }
}

/// A media type, unless it is `application/json`.
fn unusual(media_type: &str) -> Option<&str> {
    Some(media_type).filter(|media_type| *media_type != "application/json")
}
