//! XML bodies, and bodies that are JSON or XML. Needs `exchange.rs`, `media.rs`, `problem.rs`, `reply.rs`, `response_checks.rs`, `xml.rs` of the types.

use http::header::ACCEPT;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::types::xml::{Xml, from_xml, to_xml};
use super::{
    Exchange, HttpResponse, IntoStatus, Place, Problem, ReadError, Validate, checked_response,
    from_json, json_as, preferred, respond,
};

impl Exchange {
    /// The body as XML or JSON, depending on its media type.
    pub(crate) async fn xml<T: DeserializeOwned + Validate>(
        &mut self,
        xml: &'static Xml,
    ) -> Result<T, Problem> {
        self.xml_optional(xml)
            .await?
            .ok_or_else(|| Problem::invalid("a body is required"))
    }

    /// The body as XML or JSON, if there is one.
    pub(crate) async fn xml_optional<T: DeserializeOwned + Validate>(
        &mut self,
        xml: &'static Xml,
    ) -> Result<Option<T>, Problem> {
        if !self.has_body() {
            return Ok(None);
        }
        let is_xml = is_xml(&self.content_type()?);
        let body = self.bytes().await?;
        if body.is_empty() {
            return Ok(None);
        }
        let value: T = match is_xml {
            // An empty XML element may mean null, so the setting for nulls only applies to JSON.
            true => from_xml(&body, xml).map_err(|error| unreadable(&error)),
            false => (self.reading.value(|| from_json(&body)))
                .map_err(|error| Problem::unreadable(&error)),
        }?;
        value.validate_request().map_err(Problem::invalid_body)?;
        Ok(Some(value))
    }

    /// The media types that the caller accepts.
    pub(crate) fn accept(&self) -> Accept {
        let values = self.asked.parts.headers.get_all(ACCEPT).into_iter();
        let values = values.filter_map(|value| value.to_str().ok());
        Accept(values.collect::<Vec<_>>().join(","))
    }
}

/// A response in JSON or XML, as the caller prefers.
#[doc(hidden)]
pub trait ReplyAs {
    /// The response in an accepted media type, or a problem for the server to render.
    fn reply_as(self, accept: &Accept) -> Result<HttpResponse, Problem>;
}

/// The media types that a caller accepts: the values of all `Accept` headers.
#[derive(Debug)]
#[doc(hidden)]
pub struct Accept(String);

impl Accept {
    /// A response in `application/json` or `application/xml`: the preferred one, else JSON.
    pub(crate) fn reply(
        &self,
        status: impl IntoStatus,
        xml: &'static Xml,
        body: &(impl Serialize + Validate),
    ) -> Result<HttpResponse, Problem> {
        self.reply_in(["application/json", "application/xml"], status, xml, body)
    }

    /// Like [`reply`](Self::reply), with other media types for JSON and XML.
    pub(crate) fn reply_in(
        &self,
        media_types: [&'static str; 2],
        status: impl IntoStatus,
        xml: &'static Xml,
        body: &(impl Serialize + Validate),
    ) -> Result<HttpResponse, Problem> {
        let media_type = preferred(&self.0, media_types);
        match is_xml(media_type) {
            true => self::xml(status, media_type, xml, body),
            false => json_as(status, media_type, body),
        }
    }
}

/// A response with an XML body.
pub(crate) fn xml(
    status: impl IntoStatus,
    media_type: &'static str,
    xml: &'static Xml,
    body: &(impl Serialize + Validate),
) -> Result<HttpResponse, Problem> {
    checked_response(body)?;
    match to_xml(body, xml) {
        Ok(document) => respond(status, media_type, document),
        Err(_) => Err(Problem::internal("the response can't be written as XML")),
    }
}

/// Whether a media type is XML (RFC 7303, section 4).
fn is_xml(media_type: &str) -> bool {
    let essence = super::essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

fn unreadable(error: &ReadError) -> Problem {
    match error.is_syntax() {
        true => Problem::invalid("the body is not XML")
            .with_error(Place::Body(String::new()), error.message()),
        false => Problem::unreadable(error),
    }
}
