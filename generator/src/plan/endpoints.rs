//! Operations of the IR → planned ones: arguments, answers, errors, security, documentation.

use super::checks::length_checks;
use super::doc::{self, Doc};
use super::grouping::Grouping;
use super::headers::HeaderSets;
use super::names::{self, Case, Wanted};
use super::operations::{
    Body, BodyContent, Failure, Group, Literal, Operation, Outcome, Parameter, Part, PartContent,
    Payload, Placement, Scheme, Security, Success, Xml,
};
use super::rust::{Ident, NamedKind, Ty};
use super::shapes::{self, Shapes};
use super::statuses::status_words;
use super::types::Check;
use super::{GroupKind, Location, Planner, Status};
use crate::diag::Place;
use crate::ir::{self, Cause, Content, Credential};
use serde_json::Value;
use std::collections::HashMap;

/// Methods that the builder of a client has anyway.
const TAKEN_CREDENTIALS: &[&str] = &[
    "build",
    "header",
    "timeout",
    "transport",
    "user_agent",
    "max_response_bytes",
    "new",
];

/// Methods of every request of the client, or that are taken for those of the standard library's traits.
const TAKEN_SETTERS: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "decode",
    "div",
    "header",
    "into_future",
    "mul",
    "new",
    "rem",
    "send",
    "send_blocking",
    "send_raw",
    "send_raw_blocking",
    "shl",
    "shr",
    "sub",
    "timeout",
];

/// Locals and arguments of the functions around parts.
const TAKEN_PARTS: &[&str] = &["new", "parts", "self", "read"];

/// Locals of the functions that have parameters as locals or arguments.
const TAKEN_PARAMETERS: &[&str] = &[
    "answer", "api", "auth", "body", "call", "exchange", "params", "request", "server", "session",
    "v",
];

impl Planner<'_> {
    /// The security schemes with their constants and setters.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let api = self.api;
        let placements: Vec<Placement> = api
            .schemes
            .iter()
            .map(|scheme| placement(&scheme.credential))
            .collect();
        let wanted = |text: &str, wire: &str| Wanted {
            text: text.to_owned(),
            wire: wire.to_owned(),
            explicit: false,
        };
        let constants: Vec<Wanted> = api
            .schemes
            .iter()
            .map(|scheme| wanted(&scheme.name, &scheme.name))
            .collect();
        let setters: Vec<Wanted> = api
            .schemes
            .iter()
            .zip(&placements)
            .map(|(scheme, placement)| {
                // The only scheme of its kind is called by the kind: `.bearer(token)`.
                let alone = placements
                    .iter()
                    .filter(|other| kind(other) == kind(placement))
                    .count()
                    == 1;
                wanted(
                    if alone { kind(placement) } else { &scheme.name },
                    &scheme.name,
                )
            })
            .collect();
        let constants = names::scope(
            &self.speller,
            Case::Constant,
            &["SERVERS", "ROUTES", "BASE_PATH"],
            &constants,
        );
        let setters = names::scope(&self.speller, Case::Value, TAKEN_CREDENTIALS, &setters);
        let parts = api
            .schemes
            .iter()
            .zip(placements)
            .zip(constants.idents)
            .zip(setters.idents);
        parts
            .map(|(((scheme, placement), constant), setter)| Scheme {
                constant,
                setter,
                wire: scheme.name.clone(),
                placement,
                doc: Doc::markdown(scheme.description.as_deref().unwrap_or_default()),
            })
            .collect()
    }

    /// The groups with everything that client and server need.
    pub(super) fn groups(
        &mut self,
        shapes: &Shapes,
        groupings: &[Grouping],
        schemes: &[Scheme],
        headers: &HeaderSets,
    ) -> Vec<Group> {
        groupings
            .iter()
            .map(|grouping| Group {
                kind: grouping.kind,
                module: grouping.module.clone(),
                api: grouping.api.clone(),
                doc: self.group_doc(grouping),
                feature: None,
                operations: grouping
                    .operations
                    .iter()
                    .map(|index| self.operation(shapes, *index, schemes, headers))
                    .collect(),
            })
            .collect()
    }

    fn group_doc(&self, grouping: &Grouping) -> Doc {
        let words = match grouping.kind {
            GroupKind::Calls => "The operations of the API.",
            GroupKind::Webhooks => {
                "The webhooks: requests that the API sends to whom it has been told to tell."
            }
            GroupKind::Callbacks => {
                "The callbacks: requests that the API sends on account of calls, to where these say."
            }
        };
        let Some(tag) = &grouping.tag else {
            return Doc::text(words);
        };
        let described = self
            .api
            .tags
            .iter()
            .find(|(name, _)| name == tag)
            .and_then(|(_, description)| description.as_deref());
        Doc::markdown(described.unwrap_or_default())
            .or(|| Doc::text(&format!("The operations tagged {}.", doc::code(tag))))
    }

    fn operation(
        &mut self,
        shapes: &Shapes,
        index: usize,
        schemes: &[Scheme],
        headers: &HeaderSets,
    ) -> Operation {
        let api = self.api;
        let operation = &api.operations[index];
        let named = self.operation_names[index].clone();
        let parameters = self.parameters(shapes, operation);
        let (path_parameters, parameters): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|parameter| parameter.location == Location::Path);
        let mut errors = self.outcomes(shapes, operation.responses.errors());
        let untyped_errors = untyped(&errors);
        // Of several ways to say what went wrong the preferred one is enough, and it is said at once.
        errors.dedup_by_key(|outcome| outcome.status);
        for outcome in errors
            .iter_mut()
            .filter(|outcome| outcome.payload.is_stream())
        {
            outcome.payload = Payload::Bytes;
        }
        let doc = self.operation_doc(operation, &path_parameters);
        Operation {
            request: named.type_name.clone(),
            constant: self.constant(named.method.plain(), schemes),
            error: named.error.clone(),
            response: named.response.clone(),
            params: named.params.clone(),
            payload: named.payload.clone(),
            form: named.form.clone(),
            name: named.method.clone(),
            id: operation
                .id
                .clone()
                .filter(|id| names::is_name(id))
                .unwrap_or_else(|| operation.label()),
            doc,
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            path: operation.path.encoded(),
            path_parameters,
            parameters,
            body: operation.body.as_ref().map(|body| self.body(shapes, body)),
            produces: produces(operation),
            security: security(&operation.security, schemes),
            server: self.own_server(operation),
            headers: headers.by_operation[index].map(|set| headers.sets[set].name.clone()),
            success: self.success(shapes, operation),
            failure: failure(&errors),
            errors,
            untyped_errors,
        }
    }

    /// The private constant of an operation's facts, beside those of the security schemes.
    fn constant(&self, method: &str, schemes: &[Scheme]) -> Ident {
        let constant = |text: &str| names::ident(&self.speller, Case::Constant, text);
        let is_method = |candidate: &Ident| {
            let mut named = self.operation_names.iter();
            named.any(|named| constant(named.method.plain()) == *candidate)
        };
        let mut text = method.to_owned();
        let mut candidate = constant(&text);
        while schemes.iter().any(|scheme| scheme.constant == candidate)
            || (text != method && is_method(&candidate))
        {
            text.push_str("_operation");
            candidate = constant(&text);
        }
        candidate
    }

    /// The URL of the operation's own server, if it says where that is.
    fn own_server(&self, operation: &ir::Operation) -> Option<String> {
        let own = operation.servers.first()?;
        if own.url.contains("://") {
            return Some(own.url.trim_end_matches('/').to_owned());
        }
        let (scheme, rest) = self.api.servers.first()?.url.split_once("://")?;
        let host = rest.split('/').next().unwrap_or_default();
        Some(format!("{scheme}://{host}{}", own.base_path()))
    }

    fn operation_doc(&self, operation: &ir::Operation, path_parameters: &[Parameter]) -> Doc {
        let summary = Doc::markdown(operation.summary.as_deref().unwrap_or_default());
        let said = match (&operation.summary, &operation.description) {
            (Some(summary), Some(description)) if summary == description => Doc::none(),
            (_, description) => Doc::markdown(description.as_deref().unwrap_or_default()),
        };
        let endpoint = Doc::text(&self.described(operation));
        let reference = self
            .reference(operation)
            .map(|(words, url)| Doc::markdown(&format!("# API reference\n\n[{words}](<{url}>)")));
        summary
            .then(endpoint)
            .then(said)
            .then(arguments(operation, path_parameters))
            .then(reference.unwrap_or_default())
    }

    fn parameter_doc(&self, parameter: &ir::Parameter) -> Doc {
        let said = self.said(parameter.description.as_deref().unwrap_or_default());
        let said = said.or(|| {
            Doc::text(&format!(
                "The {} parameter {}.",
                parameter.location.word(),
                doc::code(&parameter.name)
            ))
        });
        let default = parameter
            .default
            .as_ref()
            .map(|value| Doc::text(&format!("Default: {}.", doc::code(&value.to_string()))));
        said.then(default.unwrap_or_default())
    }

    /// What a description says of a parameter, made once for all that say the same.
    fn said(&self, description: &str) -> Doc {
        let mut known = self.parameter_docs.borrow_mut();
        if let Some(doc) = known.get(description) {
            return doc.clone();
        }
        let doc = Doc::markdown(description);
        known.insert(description.to_owned(), doc.clone());
        doc
    }

    /// What an operation answers: method and path; of what the API sends the name, where it goes, and where it is served.
    fn described(&self, operation: &ir::Operation) -> String {
        let method = doc::code(&operation.method);
        let served = format!("served at {}", doc::code(&operation.path.template));
        match &operation.cause {
            Cause::Call => shapes::endpoint(operation),
            Cause::Webhook { name } => {
                format!("The webhook {}: {method}, {served}.", doc::code(name))
            }
            Cause::Callback { name, url, of, .. } => {
                let callers = of.iter().map(|index| &self.api.operations[*index]);
                let callers: Vec<String> = callers.map(shapes::endpoint).collect();
                let (name, url) = (doc::code(name), doc::code(url));
                format!(
                    "The callback {name} of {}: {method} to {url}, {served}.",
                    callers.join(", ")
                )
            }
        }
    }

    /// Words and link to the operation's place in the API reference.
    fn reference(&self, operation: &ir::Operation) -> Option<(String, String)> {
        if let Some(url) = &operation.docs_url {
            return Some((
                operation
                    .id
                    .clone()
                    .unwrap_or_else(|| "documentation".to_owned()),
                url.clone(),
            ));
        }
        let id = operation.id.as_deref().filter(|id| names::is_name(id))?;
        let template = self.options.docs_url.as_deref()?;
        Some((id.to_owned(), template.replace("{operationId}", id)))
    }

    fn parameters(&mut self, shapes: &Shapes, operation: &ir::Operation) -> Vec<Parameter> {
        let wanted: Vec<Wanted> = operation.parameters.iter().map(wanted_name).collect();
        let mut taken = TAKEN_PARAMETERS.to_vec();
        taken.extend(answers_in_xml(operation).then_some("accept"));
        let mut named = names::scope(&self.speller, Case::Value, &taken, &wanted);
        // Only arguments for what stands in the path have to be called by their names; others are called by their fields and setters.
        let in_path = |index: &usize| operation.parameters[*index].location == Location::Path;
        named.clashes.retain(in_path);
        self.report_clashes(&named, |index| named_place(&operation.parameters[index]));
        let (fields, setters) = self.set_names(operation, &wanted);
        let templates = operation.path.parameters();
        let positions = |parameter: &ir::Parameter| -> Vec<usize> {
            let is_its =
                |name: &str| parameter.location == Location::Path && name == parameter.name;
            let named = templates.iter().enumerate();
            named
                .filter(|(_, name)| is_its(name))
                .map(|(at, _)| at)
                .collect()
        };
        let named = operation.parameters.iter().zip(named.idents).enumerate();
        named
            .map(|(index, (parameter, name))| {
                let ty = shapes.ty(self.api, parameter.ty);
                let default = parameter.default.as_deref();
                let field = fields.get(&index).unwrap_or(&name).clone();
                let positions = positions(parameter);
                let is_argument = parameter.required || parameter.location == Location::Path;
                Parameter {
                    doc: self.parameter_doc(parameter),
                    deprecated: parameter.deprecated,
                    setter: setters.get(&index).unwrap_or(&name).clone(),
                    // A setter has no other argument.
                    name: if is_argument { name } else { field.clone() },
                    field,
                    wire: parameter.name.clone(),
                    location: parameter.location,
                    position: positions.first().copied().unwrap_or_default(),
                    repeats: positions.get(1..).unwrap_or_default().to_vec(),
                    argument: shapes::argument(&ty),
                    style: parameter.style,
                    required: parameter.required,
                    default: default.and_then(|default| literal(default, &ty)),
                    ty,
                    allow_reserved: parameter.allow_reserved,
                    allow_empty: parameter.allow_empty,
                    checks: shapes.checks(self.api, parameter.ty),
                }
            })
            .collect()
    }

    /// The fields and setters of the parameters beside those of the path, by their position among all. They are in scopes of their own.
    fn set_names(
        &mut self,
        operation: &ir::Operation,
        wanted: &[Wanted],
    ) -> (HashMap<usize, Ident>, HashMap<usize, Ident>) {
        let parameters = &operation.parameters;
        let positions: Vec<usize> = (0..parameters.len())
            .filter(|index| parameters[*index].location != Location::Path)
            .collect();
        let wanted: Vec<Wanted> = positions.iter().map(|at| wanted[*at].clone()).collect();
        let fields = names::scope(&self.speller, Case::Value, &[], &wanted);
        self.report_clashes(&fields, |at| named_place(&parameters[positions[at]]));
        let setters = names::scope(&self.speller, Case::Value, TAKEN_SETTERS, &wanted);
        let by_position = |idents: Vec<Ident>| positions.iter().copied().zip(idents).collect();
        (by_position(fields.idents), by_position(setters.idents))
    }

    fn body(&self, shapes: &Shapes, body: &ir::Body) -> Body {
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
                text: payload_words(payload).to_owned(),
                wire: content.media_types.join(", "),
                explicit: false,
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
                Content::Json(ty) | Content::Xml(ty) => own_checks(shapes.checks(self.api, *ty)),
                _ => Vec::new(),
            },
            media_type: sent(&content.content, &content.media_types),
            media_types: content.media_types.clone(),
        });
        Body {
            contents: contents.collect(),
            required: body.required,
        }
    }

    fn payload(&self, shapes: &Shapes, content: &ir::BodyContent) -> Payload {
        let ty = |ty: &ir::TypeId| shapes.ty(self.api, *ty);
        match &content.content {
            Content::Json(held) => Payload::Json(ty(held)),
            Content::Xml(held) => self.xml(*held, ty(held), &content.media_types),
            Content::Form(form) => Payload::Form(ty(&form.ty), form.encodings.clone()),
            Content::Multipart(multipart) => Payload::Multipart(self.parts(shapes, multipart)),
            Content::Events(held) => Payload::Events(held.as_ref().map(ty)),
            Content::Lines(held) => Payload::Lines(ty(held)),
            Content::Text => Payload::Text,
            Content::Bytes => Payload::Bytes,
        }
    }

    fn xml(&self, id: ir::TypeId, ty: super::Ty, media_types: &[String]) -> Payload {
        let (xml, json): (Vec<&String>, Vec<&String>) = media_types
            .iter()
            .partition(|media_type| is_xml(media_type));
        let first =
            |media_types: &[&String]| media_types.first().map(|first| concrete(first).to_owned());
        match (self.xml.get(&id), first(&xml)) {
            (Some(table), Some(media_type)) => Payload::Xml(Xml {
                ty,
                table: table.clone(),
                media_type,
                json: first(&json),
            }),
            // Every type that is XML somewhere has a table.
            _ => Payload::Json(ty),
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
            })
            .collect();
        let names = names::scope(&self.speller, Case::Value, TAKEN_PARTS, &wanted).idents;
        let parts = multipart.parts.iter().zip(names);
        let parts = parts.map(|(part, name)| Part {
            doc: Doc::markdown(part.description.as_deref().unwrap_or_default())
                .or(|| Doc::text(&format!("The part {}.", doc::code(&part.name)))),
            name,
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
        // A list that isn't there may be left out, however long it has to be.
        let min = part.length.min.filter(|_| part.required);
        let length = ir::Length { min, ..part.length };
        let items = (!held.is_empty()).then_some(Check::Items(held));
        let length = length_checks(length, Check::MinItems, Check::MaxItems);
        length.into_iter().chain(items).collect()
    }

    /// An outcome for each status, and for each of several things that its body may hold.
    fn outcomes<'r>(
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

    /// The successes; where none is documented, `default` says what an answer holds, and any 2xx is a success.
    fn success(&self, shapes: &Shapes, operation: &ir::Operation) -> Success {
        let mut outcomes = self.outcomes(shapes, operation.responses.successes());
        if outcomes.iter().any(|outcome| outcome.payload.is_stream()) {
            // An answer that isn't JSON is left unread then: text is bytes that come.
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

fn placement(credential: &Credential) -> Placement {
    match credential {
        Credential::Bearer => Placement::Bearer,
        Credential::Basic => Placement::Basic,
        Credential::Header(name) => Placement::Header(name.clone()),
        Credential::Query(name) => Placement::Query(name.clone()),
        Credential::Cookie(name) => Placement::Cookie(name.clone()),
        Credential::External => Placement::External,
    }
}

/// What a credential is called when it is the only one of its kind.
fn kind(placement: &Placement) -> &'static str {
    match placement {
        Placement::Bearer => "bearer",
        Placement::Basic => "basic",
        Placement::Header(_) | Placement::Query(_) | Placement::Cookie(_) => "api_key",
        Placement::External => "external",
    }
}

fn security(requirements: &[ir::Requirement], schemes: &[Scheme]) -> Security {
    let group = |requirement: &ir::Requirement| -> Vec<(Ident, Vec<String>)> {
        requirement
            .schemes
            .iter()
            .map(|(index, scopes)| (schemes[*index].constant.clone(), scopes.clone()))
            .collect()
    };
    let groups: Vec<_> = requirements
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .map(group)
        .collect();
    let optional = requirements
        .iter()
        .any(|requirement| requirement.schemes.is_empty());
    match (groups.is_empty(), optional) {
        (true, _) => Security::Public,
        (false, true) => Security::Optional(groups),
        (false, false) => Security::Required(groups),
    }
}

/// Text and bytes have no type of their own: such an error is an unexpected response, with its body at hand.
fn failure(errors: &[Outcome]) -> Failure {
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

/// By status, the media types that say an error in text or bytes beside those that have a type.
fn untyped(errors: &[Outcome]) -> Vec<(Status, Vec<String>)> {
    let statuses = errors.chunk_by(|a, b| a.status == b.status);
    let untyped = statuses.filter_map(|ways| {
        let (first, others) = ways
            .split_first()
            .filter(|(first, _)| first.payload.is_typed())?;
        let others = others.iter().filter(|way| !way.payload.is_typed());
        let media_types = others.flat_map(|way| &way.media_types);
        // A range may hold what has a type.
        let media_types = media_types.filter(|name| !name.contains('*')).cloned();
        Some((first.status, media_types.collect()))
    });
    untyped
        .filter(|(_, media_types): &(_, Vec<_>)| !media_types.is_empty())
        .collect()
}

/// Whether two bodies are the same value to a caller, whatever way each is written.
fn is_same(a: &Payload, b: &Payload) -> bool {
    let is_json = |payload: &Payload| matches!(payload, Payload::Json(_) | Payload::Xml(_));
    a == b || (is_json(a) && is_json(b) && a.value() == b.value())
}

/// Whether an answer may be XML.
fn answers_in_xml(operation: &ir::Operation) -> bool {
    let answers = operation.responses.list.iter();
    let mut contents = answers.flat_map(|answer| &answer.contents);
    contents.any(|content| matches!(content.content, Content::Xml(_)))
}

/// RFC 7303, section 4.
fn is_xml(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// The media types of all answers, each once, in the order of the responses; XML after the JSON that says the same.
fn produces(operation: &ir::Operation) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let contents = operation
        .responses
        .list
        .iter()
        .flat_map(|response| &response.contents);
    for content in contents {
        let names = match content.content {
            Content::Text | Content::Bytes => {
                let names = content.media_types.iter();
                names.filter(|name| is_header(name)).cloned().collect()
            }
            _ => preferred(content),
        };
        for media_type in names {
            if !all.contains(&media_type) {
                all.push(media_type);
            }
        }
    }
    all
}

/// Of the media types of one value that which is sent, and XML beside JSON.
fn preferred(content: &ir::BodyContent) -> Vec<String> {
    let first = sent(&content.content, &content.media_types);
    let other = content.media_types.iter().find(|other| is_xml(other));
    let other = other
        .filter(|_| matches!(content.content, Content::Xml(_)) && !is_xml(&first))
        .map(|other| format!("{};q=0.9", concrete(other)));
    [first].into_iter().chain(other).collect()
}

/// The checks that a value's type doesn't do itself.
fn own_checks(checks: Vec<Check>) -> Vec<Check> {
    let within = |inner: Vec<Check>, check: fn(Vec<Check>) -> Check| {
        let inner = own_checks(inner);
        (!inner.is_empty()).then(|| check(inner))
    };
    let own = checks.into_iter().filter_map(|check| match check {
        Check::Nested => None,
        Check::Items(inner) => within(inner, Check::Items),
        Check::Values(inner) => within(inner, Check::Values),
        Check::NotNull(inner) => within(inner, Check::NotNull),
        check => Some(check),
    });
    own.collect()
}

/// What a payload is called beside others; never like a type of the support code.
fn payload_words(payload: &Payload) -> &'static str {
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

/// Whether two payloads are values of one Rust type in the client, so that only one of them can be made with `From`.
fn held_alike(a: &Payload, b: &Payload) -> bool {
    let raw = |payload: &Payload| {
        matches!(
            payload,
            Payload::Text | Payload::Bytes | Payload::Events(_) | Payload::Lines(_)
        )
    };
    (a.value().is_some() && a.value() == b.value()) || (raw(a) && raw(b))
}

/// Numbers variants of one name: `Default` and `DefaultJson` may come from more than one media type.
fn distinct(speller: &names::Speller, outcomes: &mut [Outcome]) {
    let wanted: Vec<Wanted> = outcomes
        .iter()
        .map(|outcome| Wanted {
            text: outcome.variant.plain().to_owned(),
            wire: format!("{} {}", outcome.status, outcome.media_types.join(", ")),
            explicit: false,
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

fn named_place(parameter: &ir::Parameter) -> (String, Place) {
    (parameter.name.clone(), Place::value(&parameter.origin))
}

fn wanted_name(parameter: &ir::Parameter) -> Wanted {
    let in_path = parameter.location == Location::Path;
    Wanted {
        text: parameter.name.clone(),
        // The same name may stand in the path and in the query.
        wire: if in_path {
            parameter.name.clone()
        } else {
            format!("{} {}", parameter.name, parameter.location.word())
        },
        explicit: in_path,
    }
}

/// The media type that is sent: the first. Of bytes it may be a range; their sender has to say what they are.
fn sent(content: &Content, media_types: &[String]) -> String {
    let Some(first) = media_types.first() else {
        return String::new();
    };
    match content {
        Content::Bytes if is_header(first) => first.clone(),
        Content::Text if first.contains('*') => "text/plain".to_owned(),
        _ => concrete(first).to_owned(),
    }
}

/// The media type that is sent: JSON where anything goes, bytes where there is a choice or no media type.
fn concrete(media_type: &str) -> &str {
    match media_type {
        "*/*" | "*" => "application/json",
        _ if media_type.contains('*') || !is_header(media_type) => "application/octet-stream",
        _ => media_type,
    }
}

/// Whether a media type can stand in a header.
fn is_header(media_type: &str) -> bool {
    media_type.contains('/') && media_type.is_ascii()
}

/// What the description says of the parameters of the path; the others are documented where they are set.
fn arguments(operation: &ir::Operation, parameters: &[Parameter]) -> Doc {
    let described = |planned: &&Parameter| {
        operation.parameters.iter().any(|parameter| {
            parameter.location == Location::Path
                && parameter.name == planned.wire
                && parameter.description.is_some()
        })
    };
    let items = parameters
        .iter()
        .filter(described)
        .map(|parameter| Doc::item(parameter.name.plain(), &parameter.doc));
    let list = items.fold(Doc::none(), Doc::and);
    if list.is_empty() {
        list
    } else {
        Doc::markdown("# Parameters").then(list)
    }
}

/// A default as the server fills it in; nothing where the type has no literal for it, as unions have none.
fn literal(value: &Value, ty: &Ty) -> Option<Literal> {
    let is = |kind| matches!(ty.plain(), Ty::Named(named) if named.kind == kind);
    match (value, ty.plain()) {
        (Value::Bool(value), Ty::Bool) => Some(Literal::Bool(*value)),
        (Value::Number(number), Ty::F64) => number.as_f64().map(Literal::Float),
        (Value::Number(number), ty) => {
            let value = number.as_i64()?;
            let fits = match ty {
                Ty::I32 => i32::try_from(value).is_ok(),
                Ty::U32 => u32::try_from(value).is_ok(),
                Ty::U64 => u64::try_from(value).is_ok(),
                Ty::I64 => true,
                _ => is(NamedKind::IntegerEnum),
            };
            fits.then_some(Literal::Integer(value))
        }
        (Value::String(text), ty) => {
            let fits = matches!(ty, Ty::String | Ty::Text(_)) || is(NamedKind::StringEnum);
            fits.then(|| Literal::Text(text.clone()))
        }
        _ => None,
    }
}
