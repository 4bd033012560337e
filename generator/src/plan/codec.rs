//! How bodies go over the wire: of each content what code holds, how that is written, and how it is read.
//!
//! Decided here once for both sides: a client writes requests and reads responses, a server does the opposite.

use super::operations::{BodyContent, Operation, Outcome, Part, Payload, Xml};
use super::rust::{Ident, Ty};
use super::{Kind, Status, Style};

/// What code holds of a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Held<'p> {
    /// Nothing: `()`.
    Nothing,
    /// A value of a type.
    Value(&'p Ty),
    /// A form of parts; of one without, nothing is known but that.
    Form(&'p [Part]),
    /// Events that come one after the other, whose data is JSON of a type, or text.
    Events(Option<&'p Ty>),
    /// Values of a type that come one after the other.
    Lines(&'p Ty),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Held<'_> {
    /// Whether it is text or bytes, which are empty where there is no body.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        matches!(self, Self::Text | Self::Bytes)
    }
}

/// How a form in one line writes the properties that it doesn't write in the default way.
pub type Encodings = [(String, Style, Kind)];

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub struct RequestCodec<'p> {
    /// What code holds of it. Of what isn't a value or a form, the client takes bytes.
    pub held: Held<'p>,
    /// How the client writes it.
    pub write: RequestWrite<'p>,
    /// How the server reads it.
    pub read: RequestRead<'p>,
}

/// How the body of a request is written.
#[derive(Debug, Clone, Copy)]
pub enum RequestWrite<'p> {
    /// In JSON, with this media type unless it is the usual one.
    Json(Option<&'p str>),
    /// In XML, by a table and with a media type.
    Xml(&'p Ident, &'p str),
    /// As a form in one line.
    Form(&'p Encodings),
    /// As a form of parts, with a media type.
    Multipart(&'p str),
    /// As it is, with a media type.
    Raw(&'p str),
}

/// How the body of a request is read.
#[derive(Debug, Clone, Copy)]
pub enum RequestRead<'p> {
    /// From JSON.
    Json,
    /// From XML by a table, or from JSON, whatever it is.
    Xml(&'p Ident),
    /// From a form in one line.
    Form(&'p Encodings),
    /// From a form of parts.
    Multipart,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// The body of a response.
#[derive(Debug, Clone, Copy)]
pub struct ResponseCodec<'p> {
    /// What code holds of it.
    pub held: Held<'p>,
    /// How the server writes it.
    pub write: ResponseWrite<'p>,
    /// How the client reads it.
    pub read: ResponseRead<'p>,
}

/// How the body of a response is written.
#[derive(Debug, Clone, Copy)]
pub enum ResponseWrite<'p> {
    /// Not at all.
    Empty,
    /// In JSON, with this media type unless it is the usual one.
    Json(Option<&'p str>),
    /// In XML, or as the caller asks.
    Xml(&'p Xml),
    /// As events, whose media type is their own.
    Events,
    /// In JSON lines, with a media type.
    Lines(&'p str),
    /// As plain text, which says that it is UTF-8.
    PlainText,
    /// As it is, with a media type.
    Raw(&'p str),
}

/// How the body of a response is read.
#[derive(Debug, Clone, Copy)]
pub enum ResponseRead<'p> {
    /// Not at all.
    Empty,
    /// From JSON.
    Json,
    /// From XML by a table, or from JSON, whatever it is.
    Xml(&'p Ident),
    /// As events with JSON.
    Events,
    /// As events with text.
    TextEvents,
    /// As JSON lines.
    Lines,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

impl BodyContent {
    /// How it goes over the wire.
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
            // Who sends a stream knows when there is more of it.
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
    /// How its body goes over the wire.
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
            // Without a charset it would be US-ASCII (RFC 2046, section 4.1.2), and browsers guess another.
            Payload::Text if media_type == "text/plain" => ResponseWrite::PlainText,
            Payload::Text | Payload::Bytes | Payload::Multipart(_) => {
                ResponseWrite::Raw(media_type)
            }
        };
        ResponseCodec { held, write, read }
    }
}

impl Outcome {
    /// The code of a response that may have any of several: the first that fits.
    #[must_use]
    pub fn code(&self) -> u16 {
        match (self.status, self.codec().held) {
            (Status::Code(code), _) => code,
            (Status::Range(2) | Status::Default, Held::Nothing) => 204,
            (Status::Range(digit), _) => u16::from(digit) * 100,
            (Status::Default, _) => 200,
        }
    }

    /// The media types that a server may send it as.
    fn offered(&self) -> impl Iterator<Item = &String> {
        let sent = (self.payload != Payload::Empty).then_some(&self.media_type);
        let other = self.payload.xml().map(|xml| &xml.media_type);
        // Who sends bytes says what they are.
        let any = (self.payload == Payload::Bytes).then_some(&self.media_types);
        sent.into_iter()
            .chain(other)
            .chain(any.into_iter().flatten())
    }
}

impl Operation {
    /// The media types that a server may send when a call works, each once.
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
    /// What code holds of it in a response, and how a client reads that. No response is a form.
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

    /// What code holds of it in a response.
    #[must_use]
    pub fn held(&self) -> Held<'_> {
        self.response().0
    }
}

/// A media type, unless it is that of almost all JSON.
fn unusual(media_type: &str) -> Option<&str> {
    Some(media_type).filter(|media_type| *media_type != "application/json")
}
