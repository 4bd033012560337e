//! Plans operations, in their groups. `parameters.rs`, `bodies.rs`, `responses.rs` and `credentials.rs` plan their parts; this module
//! combines them, with names, servers and documentation.

use super::credentials::{Schemes, security};
use super::doc::{self, Doc};
use super::features::GroupFeature;
use super::grouping::{Grouped, Grouping, OperationNames};
use super::headers::HeaderSets;
use super::locals::Locals;
use super::names::{self, Case, Wanted};
use super::operations::{Group, Operation, Parameter, Payload, Success};
use super::pages::Paging;
use super::paging::{self, Requests, Said, Structs};
use super::responses::{failure, produces, redirects, untyped};
use super::rust::Ident;
use super::shapes::Shapes;
use super::users::endpoint;
use super::{GroupKind, Location, Planner, required};
use crate::diag::{Code, Place};
use crate::ir::{self, Cause};

/// The header of idempotency keys that descriptions declare (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// Whether a method is idempotent (RFC 9110, section 9.2.2, and OpenAPI 3.2's `query`).
fn is_idempotent(method: &str) -> bool {
    ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"].contains(&method)
}

/// What is planned before operations.
pub(super) struct Beside<'p> {
    pub shapes: &'p Shapes,
    pub schemes: &'p Schemes,
    pub headers: &'p HeaderSets,
    pub structs: Structs<'p>,
}

impl Planner<'_> {
    /// The groups, with everything that client and server need. `features` are theirs, or none.
    pub(super) fn groups(
        &mut self,
        beside: &Beside<'_>,
        grouped: &Grouped,
        features: Vec<GroupFeature>,
    ) -> Vec<Group> {
        let mut features = features.into_iter();
        let groups = grouped.groups.iter().map(|grouping| {
            let constants = self.constants(grouping, &grouped.names, beside.schemes);
            let operations = grouping.operations.iter().zip(constants);
            let operations = operations.map(|(index, constant)| {
                let named = &grouped.names[*index];
                self.operation(beside, *index, named, constant)
            });
            let feature = features.next();
            let (feature, stand_in) = feature.map(|one| (one.name, one.stand_in)).unzip();
            Group {
                kind: grouping.kind,
                module: grouping.module.clone(),
                api: grouping.api.clone(),
                operations: operations.collect(),
                example: None,
                doc: self.group_doc(grouping),
                feature,
                stand_in,
            }
        });
        groups.collect()
    }

    fn group_doc(&self, grouping: &Grouping) -> Doc {
        let words = match grouping.kind {
            GroupKind::Calls => "The operations of the API.",
            GroupKind::Webhooks => "Webhooks: requests that the API sends to registered URLs.",
            GroupKind::Callbacks => {
                "Callbacks: requests that the API sends to URLs given in earlier calls."
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
        Doc::markdown(described.unwrap_or_default()).or(|| {
            let mut operations = grouping.operations.iter();
            let is_tag = operations.any(|index| self.api.operations[*index].tags.contains(tag));
            let words = if is_tag { "tagged" } else { "of" };
            Doc::text(&format!("The operations {words} {}.", doc::code(tag)))
        })
    }

    /// How the pages of an operation follow each other, and whether all that is missing is the number of the first. An extension that can't
    /// be followed is reported.
    fn pages(
        &mut self,
        structs: &Structs<'_>,
        operation: &ir::Operation,
        requests: &Requests<'_>,
        success: &Success,
    ) -> (Option<Paging>, bool) {
        let said = Said::of(self.options, operation);
        let paged = |said| paging::paging(structs, operation, requests, success, said);
        let (paging, unfollowed) = paged(said);
        let is_unsettled =
            paging.is_none() && said == Said::Nothing && paged(Said::From(1)).0.is_some();
        if let (Some(listing), Some(reason)) = (&operation.listing, unfollowed) {
            let extension = listing.extension;
            let code = Code::UnfollowedPages { extension, reason };
            self.diagnostics.push(code, Place::key(&listing.origin));
        }
        (paging, is_unsettled)
    }

    fn operation(
        &mut self,
        beside: &Beside<'_>,
        index: usize,
        named: &OperationNames,
        constant: Ident,
    ) -> Operation {
        let Beside {
            shapes,
            schemes,
            headers,
            structs,
        } = beside;
        let api = self.api;
        let operation = &api.operations[index];
        let parameters = self.parameters(shapes, operation);
        let (path_parameters, parameters): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|parameter| parameter.location == Location::Path);
        let mut errors = self.outcomes(shapes, operation.responses.errors());
        let untyped_errors = untyped(&errors);
        // Of several contents of an error, the documentation needs only the preferred one.
        errors.dedup_by_key(|outcome| outcome.status);
        for outcome in errors
            .iter_mut()
            .filter(|outcome| outcome.payload.is_stream())
        {
            outcome.payload = Payload::Bytes;
        }
        let doc = self.operation_doc(operation, &path_parameters);
        let body = operation.body.as_ref().map(|body| self.body(shapes, body));
        let by_name = required::is_by_name(&path_parameters, &parameters, body.as_ref());
        let required = parameters.iter().filter(|one| one.required && !by_name);
        let arguments = path_parameters.iter().chain(required);
        let contents = body.iter().flat_map(|body| &body.contents);
        let parts = contents.filter_map(|content| content.payload.parts());
        let locals = Locals::beside(
            arguments.map(|argument| &argument.name),
            parts.flatten().map(|part| &part.name),
            parameters.iter().map(|parameter| &parameter.setter),
        );
        let success = self.success(shapes, operation);
        let requests = Requests {
            method: &operation.method,
            parameters: &parameters,
            body: body.as_ref(),
        };
        let (paging, is_page_unsettled) = self.pages(structs, operation, &requests, &success);
        let params_by_name = required::is_by_name(&[], &parameters, None);
        let form_by_name = body.as_ref().is_some_and(required::is_form_by_name);
        Operation {
            request: named.type_name.clone(),
            constant,
            error: named.error.clone(),
            response: named.response.clone(),
            params: named.params.clone(),
            payload: named.payload.clone(),
            form: named.form.clone(),
            required: by_name.then(|| named.required.clone()),
            params_required: params_by_name.then(|| named.params_required.clone()),
            form_required: form_by_name.then(|| named.form_required.clone()),
            name: named.method.clone(),
            id: operation
                .id
                .clone()
                .filter(|id| names::is_name(id))
                .unwrap_or_else(|| operation.label()),
            doc,
            summary: Doc::line(operation.summary.as_deref().unwrap_or_default()),
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            path: operation.path.encoded(),
            query: operation.path.encoded_query(),
            tags: operation.tags.clone(),
            limits: operation.limits,
            path_parameters,
            paging,
            long_running: operation
                .long_running
                .clone()
                .filter(|_| operation.is_call() && !has_stream(&success)),
            is_page_unsettled,
            parameters,
            body,
            locals,
            produces: produces(operation),
            redirects: redirects(operation),
            security: security(&operation.security, schemes),
            idempotent: operation
                .idempotent
                .filter(|said| !said || !is_idempotent(&operation.method)),
            idempotency_key: self.idempotency_key(operation),
            server: self.own_server(operation),
            headers: headers.by_operation[index].map(|set| headers.sets[set].name.clone()),
            own_headers: named.headers.clone(),
            link_trait: named.links.clone(),
            links: Vec::new(),
            success,
            failure: failure(&errors),
            errors,
            untyped_errors,
        }
    }

    /// The names of the operations' constants, in one scope with those of the security schemes. Methods that only differ in a
    /// trailing `_`, or in `ß` and `ss`, want the same name.
    fn constants(
        &self,
        grouping: &Grouping,
        names: &[OperationNames],
        schemes: &Schemes,
    ) -> Vec<Ident> {
        let constant = |text: &str| names::ident(&self.speller, Case::Constant, text);
        let methods = grouping
            .operations
            .iter()
            .map(|index| names[*index].method.plain());
        let wanted: Vec<Wanted> = methods
            .map(|method| {
                let plain = constant(method);
                let taken = schemes.list.iter().any(|scheme| scheme.constant == plain);
                Wanted {
                    text: format!("{method}{}", if taken { "_operation" } else { "" }),
                    wire: method.to_owned(),
                    explicit: plain.plain() == method.to_uppercase(),
                    otherwise: None,
                }
            })
            .collect();
        let taken: Vec<&str> = schemes
            .list
            .iter()
            .map(|scheme| scheme.constant.as_str())
            .chain(["OPERATIONS"])
            .collect();
        names::scope(&self.speller, Case::Constant, &taken, &wanted).idents
    }

    /// The header of an operation's idempotency keys: one that it declares, else that of the configuration, unless it is idempotent.
    fn idempotency_key(&self, operation: &ir::Operation) -> Option<String> {
        let configured = self.options.idempotency_key.as_deref();
        let known = configured.unwrap_or(IDEMPOTENCY_KEY);
        let mut headers = operation.parameters.iter();
        let declared = headers.find(|parameter| {
            parameter.location == Location::Header && parameter.name.eq_ignore_ascii_case(known)
        });
        let declared = declared.map(|parameter| parameter.name.clone());
        let by_method = is_idempotent(&operation.method);
        let is_idempotent = operation.idempotent.unwrap_or(by_method);
        declared.or_else(|| configured.filter(|_| !is_idempotent).map(str::to_owned))
    }

    /// The URL of the operation's own server, if it is absolute.
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

    /// The endpoint of an operation in words: method and path; for webhooks and callbacks the name, the target, and the path at which it is
    /// served.
    fn described(&self, operation: &ir::Operation) -> String {
        let method = doc::code(&operation.method);
        let served = format!("served at {}", doc::code(&operation.path.template));
        match &operation.cause {
            Cause::Call => endpoint(operation),
            Cause::Webhook { name } => {
                format!("The webhook {}: {method}, {served}.", doc::code(name))
            }
            Cause::Callback { name, url, of, .. } => {
                let callers = of.iter().map(|index| &self.api.operations[*index]);
                let callers: Vec<String> = callers.map(endpoint).collect();
                let (name, url) = (doc::code(name), doc::code(url));
                format!(
                    "The callback {name} of {}: {method} to {url}, {served}.",
                    callers.join(", ")
                )
            }
        }
    }

    /// Text and URL of a link to the operation in the API reference.
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
}

/// The documentation of path parameters; others are documented at their setters or fields.
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

/// Whether a successful response is a stream, which isn't asked for again.
fn has_stream(success: &Success) -> bool {
    let mut outcomes = success.outcomes().iter();
    outcomes.any(|outcome| outcome.payload.is_stream())
}
