//! Plans responses: an outcome for each status and each content of its body; which of them are successes, and whether errors have one type.

use super::bodies::payload_words;
use super::doc::Doc;
use super::media_types::{concrete, is_header, is_xml, sent};
use super::names::{self, Case, Wanted};
use super::operations::{Failure, Outcome, Payload, Success};
use super::shapes::Shapes;
use super::statuses::status_words;
use super::words::Speller;
use super::{Planner, Status};
use crate::ir::{self, Content};

impl Planner<'_> {
    /// An outcome for each status, and for each content of its body.
    pub(super) fn outcomes<'r>(
        &self,
        shapes: &Shapes,
        responses: impl Iterator<Item = &'r ir::Response>,
    ) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for response in responses {
            let doc = Doc::text(&format!("{}:", response.status))
                .beside(Doc::markdown(&response.description));
            let words = status_words(response.status);
            let outcome = |payload: Payload,
                           media_type: String,
                           media_types: &[String],
                           words: &str| Outcome {
                status: response.status,
                payload,
                media_type,
                media_types: media_types.to_vec(),
                variant: names::ident(&self.speller, Case::Variant, words),
                doc: doc.clone(),
            };
            if response.contents.is_empty() {
                outcomes.push(outcome(Payload::Empty, String::new(), &[], &words));
            }
            for (index, content) in response.contents.iter().enumerate() {
                let payload = self.payload(shapes, content);
                let words = match index {
                    0 => words.clone(),
                    _ => format!("{words}{}", payload_words(&payload)),
                };
                let earlier = outcomes.iter().filter(|outcome: &&Outcome| {
                    outcome.status == response.status && outcome.payload == payload
                });
                if earlier.count() == 0 {
                    let media_type = sent(&content.content, &content.media_types);
                    outcomes.push(outcome(payload, media_type, &content.media_types, &words));
                }
            }
        }
        distinct(&self.speller, &mut outcomes);
        outcomes
    }

    /// The successes. If none is documented, the content of `default` counts, with any 2xx status.
    pub(super) fn success(&self, shapes: &Shapes, operation: &ir::Operation) -> Success {
        let mut outcomes = self.outcomes(shapes, operation.responses.successes());
        if outcomes.iter().any(|outcome| outcome.payload.is_stream()) {
            // A body that isn't JSON is not read then: text becomes a stream of bytes.
            for outcome in &mut outcomes {
                if outcome.payload == Payload::Text {
                    outcome.payload = Payload::Bytes;
                }
            }
        }
        if outcomes.len() > 1 {
            return Success::Several(outcomes);
        }
        Success::One(outcomes.pop().unwrap_or_else(|| {
            let default = operation
                .responses
                .list
                .iter()
                .find(|response| response.status == Status::Default);
            let mut implied = self.outcomes(shapes, default.into_iter());
            implied.truncate(1);
            let implied = implied.pop();
            Outcome {
                status: Status::Range(2),
                payload: implied
                    .as_ref()
                    .map_or(Payload::Empty, |outcome| outcome.payload.clone()),
                media_type: implied
                    .as_ref()
                    .map(|outcome| outcome.media_type.clone())
                    .unwrap_or_default(),
                media_types: implied
                    .map(|outcome| outcome.media_types)
                    .unwrap_or_default(),
                variant: names::ident(&self.speller, Case::Variant, "Success"),
                doc: Doc::none(),
            }
        }))
    }
}

/// Numbers variants with the same name: `Default` and `DefaultJson` may come from several media types.
fn distinct(speller: &Speller, outcomes: &mut [Outcome]) {
    let wanted: Vec<Wanted> = outcomes
        .iter()
        .map(|outcome| Wanted {
            text: outcome.variant.plain().to_owned(),
            wire: format!("{} {}", outcome.status, outcome.media_types.join(", ")),
            explicit: false,
            otherwise: None,
        })
        .collect();
    let mut names: Vec<&str> = wanted.iter().map(|wish| wish.text.as_str()).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        let idents = names::scope(speller, Case::Variant, &["Self"], &wanted).idents;
        for (outcome, variant) in outcomes.iter_mut().zip(idents) {
            outcome.variant = variant;
        }
    }
}

/// The error body in the client. Text and bytes aren't decoded: such an error only has the response with its body.
pub(super) fn failure(errors: &[Outcome]) -> Failure {
    let typed: Vec<&Payload> = errors
        .iter()
        .map(|outcome| &outcome.payload)
        .filter(|payload| payload.is_typed())
        .collect();
    match &typed[..] {
        [] => Failure::None,
        [first, rest @ ..] if rest.iter().all(|other| is_same(first, other)) => {
            Failure::Same((*first).clone())
        }
        _ => Failure::ByStatus,
    }
}

/// By status, the media types of text and bytes for an error that also has a typed body.
pub(super) fn untyped(errors: &[Outcome]) -> Vec<(Status, Vec<String>)> {
    let statuses = errors.chunk_by(|a, b| a.status == b.status);
    let untyped = statuses.filter_map(|ways| {
        let (first, others) = ways
            .split_first()
            .filter(|(first, _)| first.payload.is_typed())?;
        let others = others.iter().filter(|way| !way.payload.is_typed());
        let media_types = others.flat_map(|way| &way.media_types);
        // A range may include the typed media types.
        let media_types = media_types.filter(|name| !name.contains('*')).cloned();
        Some((first.status, media_types.collect()))
    });
    untyped
        .filter(|(_, media_types): &(_, Vec<_>)| !media_types.is_empty())
        .collect()
}

/// Whether two bodies have the same type for the caller, whatever their formats.
fn is_same(a: &Payload, b: &Payload) -> bool {
    let is_json = |payload: &Payload| matches!(payload, Payload::Json(_) | Payload::Xml(_));
    a == b || (is_json(a) && is_json(b) && a.value() == b.value())
}

/// The contents of responses that are decoded. Only the first content of an error is, and text is kept unchanged.
fn asked_for(operation: &ir::Operation) -> impl Iterator<Item = &ir::BodyContent> {
    operation.responses.list.iter().flat_map(|response| {
        let contents = response.contents.iter().enumerate();
        let asked_for = contents.filter(|(index, content)| {
            *index == 0
                || response.status.is_success()
                || !matches!(content.content, Content::Xml(_))
        });
        asked_for.map(|(_, content)| content)
    })
}

/// The media types of all responses, without duplicates, in order; XML after the JSON of the same value.
pub(super) fn produces(operation: &ir::Operation) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for content in asked_for(operation) {
        let names = match content.content {
            Content::Text | Content::Bytes => {
                let names = content.media_types.iter();
                names.filter(|name| is_header(name)).cloned().collect()
            }
            Content::Json(_)
            | Content::Xml(_)
            | Content::Form(_)
            | Content::Multipart(_)
            | Content::Events(_)
            | Content::Lines(_) => preferred(content),
        };
        for media_type in names {
            if !all.contains(&media_type) {
                all.push(media_type);
            }
        }
    }
    all
}

/// Redirects that a client might follow (RFC 9110, section 15.4), but that are documented responses.
pub(super) fn redirects(operation: &ir::Operation) -> Vec<u16> {
    let is_listed = |code: &u16| {
        let mut listed = operation.responses.list.iter();
        listed.any(|response| [Status::Code(*code), Status::Range(3)].contains(&response.status))
    };
    [301, 302, 303, 307, 308]
        .into_iter()
        .filter(is_listed)
        .collect()
}

/// The media types of a content that are preferred: the one that is sent, and XML in addition to JSON.
fn preferred(content: &ir::BodyContent) -> Vec<String> {
    let first = sent(&content.content, &content.media_types);
    let other = content.media_types.iter().find(|other| is_xml(other));
    let other = other
        .filter(|_| matches!(content.content, Content::Xml(_)) && !is_xml(&first))
        .map(|other| format!("{};q=0.9", concrete(other)));
    [first].into_iter().chain(other).collect()
}
