//! Lowers operations.

use super::paths::Queries;
use super::{Lower, paging, server};
use crate::diag::{Code, Place};
use crate::document;
use crate::ir::{self, Cause, Location, Operation, Path, SegmentPart};

impl Lower<'_> {
    /// All operations: those of paths in document order, then webhooks and callbacks.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut lowered = Vec::new();
        let mut callbacks = Vec::new();
        let queries = Queries::of(&document.paths);
        for item in &document.paths {
            let Some(path) = self.path(item) else {
                continue;
            };
            for operation in &item.operations {
                if !self.has_method(operation) {
                    continue;
                }
                let index = lowered.len();
                callbacks.extend(operation.callbacks.iter().map(|callback| (index, callback)));
                let path = path.clone();
                lowered.push(if path.query.is_empty() {
                    self.operation(index, Cause::Call, path, operation)
                } else {
                    let (path, operation) = self.settle_query(path, operation, &queries);
                    self.operation(index, Cause::Call, path, &operation)
                });
            }
        }
        self.incoming(&mut lowered, &callbacks);
        self.settle_links(&mut lowered);
        lowered
    }

    /// Whether HTTP can send an operation's method, which may be any token (RFC 9110, section 9.1). Otherwise reports it.
    pub(super) fn has_method(&mut self, operation: &document::Operation) -> bool {
        let is_token = ir::is_token(&operation.method);
        if !is_token {
            let what = format!("the method `{}`", operation.method);
            self.diagnostics
                .push(Code::Unsupported { what }, Place::key(&operation.origin));
        }
        is_token
    }

    pub(super) fn operation(
        &mut self,
        index: usize,
        cause: Cause,
        path: Path,
        operation: &document::Operation,
    ) -> Operation {
        let mut parameters = self.parameters(index, &operation.parameters);
        let order = path.parameters();
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => order
                .iter()
                .position(|name| *name == parameter.name)
                .unwrap_or(order.len()),
            _ => usize::MAX,
        });
        Operation {
            cause,
            method: operation.method.clone(),
            path,
            id: operation.id.clone(),
            slug: operation.slug.clone(),
            idempotent: operation.idempotent,
            long_running: operation.long_running.clone(),
            listing: self.listing(operation),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            tags: operation.tags.clone(),
            limits: operation.limits,
            deprecated: operation.deprecated,
            docs_url: operation
                .external_docs
                .as_ref()
                .map(|docs| docs.url.clone()),
            parameters,
            body: operation
                .body
                .as_ref()
                .and_then(|body| self.body(index, body)),
            responses: self.responses(index, &operation.method, &operation.responses),
            security: operation
                .security
                .iter()
                .filter_map(|requirement| self.requirement(requirement))
                .collect(),
            servers: self.servers(operation),
            origin: operation.origin.clone(),
        }
    }

    /// What an extension says of its pages. One that isn't understood is reported.
    fn listing(&mut self, operation: &document::Operation) -> Option<ir::Listing> {
        let hint = operation.paging.as_ref()?;
        match paging::listing(hint) {
            Ok(listing) => Some(listing),
            Err(reason) => {
                let extension = hint.vendor.extension();
                let code = Code::UnfollowedPages { extension, reason };
                self.diagnostics.push(code, Place::key(&hint.origin));
                None
            }
        }
    }

    /// The servers of an operation, unless they are those of the document.
    fn servers(&self, operation: &document::Operation) -> Vec<ir::Server> {
        let own: Vec<ir::Server> = operation.servers.iter().map(server).collect();
        let known: Vec<ir::Server> = self.document.servers.iter().map(server).collect();
        let elsewhere = own
            .first()
            .is_some_and(|first| known.iter().all(|server| server.url != first.url));
        if elsewhere { own } else { Vec::new() }
    }
}

impl Path {
    /// The names of the parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> Vec<&str> {
        let parts = self.segments.iter().flat_map(|segment| &segment.parts);
        parts
            .filter_map(|part| match part {
                SegmentPart::Parameter(name) => Some(name.as_str()),
                SegmentPart::Literal(_) => None,
            })
            .collect()
    }
}
