//! Reads path items and operations, as far as all versions have them in common.
//!
//! In: `paths`, `webhooks` and callbacks. Out: [`PathItem`]s; the parameters of a path are copied to its operations. `parameters.rs` and
//! `responses.rs` read those parts, `v2.rs` and `v3.rs` what differs: bodies and servers.

use super::parameters::{Inputs, merge};
use super::read::{Reader, Version, paragraphs};
use super::resolve::{HOPS, written};
use super::{
    Callback, Operation, PathItem, SecurityKind, SecurityRequirement, SecurityScheme, Server,
};
use crate::diag::{Code, Place};
use crate::limits::{self, Limits};
use crate::polling::{LongRunning, ResultPlace};
use crate::source::{Node, Origin, Value};
use std::sync::Arc;

/// The parts of a path item that its operations inherit.
struct Shared<'a> {
    path: &'a str,
    kind: Kind,
    inputs: Inputs<'a>,
    servers: Vec<Server>,
    /// Summary and description of the path item.
    says: Option<String>,
    /// The names of extensions that are `true`.
    marks: Vec<Arc<str>>,
}

/// The meaning of a path item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Path,
    Webhook,
    Callback,
}

impl<'a> Reader<'a> {
    /// `paths`.
    pub(super) fn paths(&mut self, root: &Node<'a>) -> Vec<PathItem> {
        let entries = self.entries(root, "paths");
        let mut items = self.path_items(entries, Kind::Path);
        self.begin_with_slash(&mut items);
        self.check_paths(&items);
        self.check_ids(&items);
        items
    }

    /// `webhooks`, or the extension used by versions that don't have it.
    pub(super) fn webhooks(&mut self, root: &Node<'a>) -> Vec<PathItem> {
        let key = if self.version < Version::V31 {
            "x-webhooks"
        } else {
            "webhooks"
        };
        let entries = self.entries(root, key);
        self.path_items(entries, Kind::Webhook)
    }

    fn path_items(&mut self, entries: Vec<(&'a str, Node<'a>)>, kind: Kind) -> Vec<PathItem> {
        entries
            .into_iter()
            .map(|(path, node)| self.path_item(path, &node, kind))
            .collect()
    }

    fn path_item(&mut self, path: &'a str, node: &Node<'a>, kind: Kind) -> PathItem {
        let layers = self.layers(node.clone());
        let with = |key| {
            layers
                .iter()
                .find(|layer| layer.get(key).is_some())
                .cloned()
        };
        let inputs = with("parameters").map_or_else(Inputs::default, |layer| self.inputs(&layer));
        let servers = with("servers").map_or_else(Vec::new, |layer| self.servers(&layer));
        let mut text = |key| with(key).and_then(|layer| self.text(&layer, key));
        let says = paragraphs(text("summary"), text("description"));
        let shared = Shared {
            path,
            kind,
            inputs,
            servers,
            says,
            marks: layers.iter().flat_map(marks).collect(),
        };
        let mut operations = Vec::new();
        for (method, node) in self.methods(&layers) {
            operations.extend(self.operation(&method, node, &shared));
        }
        PathItem {
            path: path.to_owned(),
            operations,
            origin: node.origin(),
        }
    }

    /// A path item and, after it, the ones that it refers to, which supply the fields that it lacks.
    fn layers(&mut self, node: Node<'a>) -> Vec<Node<'a>> {
        let mut layers = Vec::new();
        if node.value.is_null() {
            return layers;
        }
        let mut at = node;
        while self.is_mapping(&at) {
            let reference = at.get("$ref");
            layers.push(at);
            let Some(reference) = reference else { break };
            let target = if layers.len() > HOPS {
                Err(Code::RefCycle {
                    reference: written(&reference),
                })
            } else {
                self.target_or_meant(&reference)
            };
            match target {
                Ok(target) => at = target,
                Err(code) => {
                    self.report(code, Place::Value(reference.origin()));
                    break;
                }
            }
        }
        layers
    }

    /// The methods of a path item with their operations, in document order; correctly spelled ones first.
    fn methods(&mut self, layers: &[Node<'a>]) -> Vec<(String, Node<'a>)> {
        let mut methods: Vec<(String, Node<'a>)> = Vec::new();
        for layer in layers {
            let mut own = self.own_methods(layer);
            own.sort_by_key(|(_, key, _)| key.contains(char::is_uppercase));
            for (method, _, node) in self.distinct(own) {
                if methods.iter().all(|(other, _)| *other != method) {
                    methods.push((method, node));
                }
            }
        }
        methods
    }

    /// The keys of a path item that are methods, skipping null values.
    fn own_methods(&mut self, layer: &Node<'a>) -> Vec<(String, &'a str, Node<'a>)> {
        let mut methods = Vec::new();
        for (key, member) in layer.members() {
            if key == "additionalOperations" && self.version >= Version::V32 {
                let additional = self.entries(layer, key).into_iter();
                methods.extend(additional.map(|(method, node)| (method.to_owned(), method, node)));
            } else if let Some(method) = method(self.version, key) {
                methods.push((method, key, member));
            }
        }
        methods.retain(|(_, _, node)| !node.value.is_null());
        methods
    }

    fn operation(
        &mut self,
        method: &str,
        node: Node<'a>,
        shared: &Shared<'a>,
    ) -> Option<Operation> {
        let entry = node.clone();
        let node = self.follow(node)?;
        if !self.is_mapping(&node) {
            return None;
        }
        let own = self.inputs(&node);
        let broken = own.broken || shared.inputs.broken;
        let raws = merge(&shared.inputs.list, own.list);
        let v2 = self.version == Version::V2;
        let body = if v2 {
            self.body_v2(&node, &raws)
        } else {
            self.body(&node)
        };
        let mut operation = Operation {
            method: method.to_owned(),
            id: self.text(&node, "operationId").filter(|id| !id.is_empty()),
            summary: self.text(&node, "summary"),
            description: paragraphs(self.text(&node, "description"), shared.says.clone()),
            tags: self.texts(&node, "tags"),
            deprecated: self.flag(&node, "deprecated"),
            marks: marks(&node).chain(shared.marks.iter().cloned()).collect(),
            slug: self.text(&node, "x-api-path-slug"),
            idempotent: idempotent(&node),
            long_running: long_running(&node),
            paging: self.paging_hint(&node, &raws),
            limits: self.limits(&node),
            external_docs: self.external_docs(&node),
            parameters: self.parameters(&raws),
            body,
            responses: self.responses(&node),
            security: self.security_of(&node, shared.kind),
            servers: self.operation_servers(&node, shared),
            callbacks: match shared.kind {
                Kind::Path if v2 => Vec::new(),
                Kind::Path => self.callbacks(&node),
                Kind::Webhook => self.no_callbacks(&node, "webhook"),
                Kind::Callback => self.no_callbacks(&node, "callback"),
            },
            origin: node.origin(),
        };
        if shared.kind == Kind::Path {
            self.match_templates(shared.path, &mut operation, &entry, broken);
        }
        Some(operation)
    }

    /// The limits that the description suggests. One that isn't valid is reported.
    fn limits(&mut self, operation: &Node<'a>) -> Limits {
        let (size, time) = (limits::size, limits::time);
        Limits {
            body: self.limit(operation, "x-body-limit", limits::SIZE, size),
            time: self.limit(operation, "x-time-limit", limits::TIME, time),
        }
    }

    fn limit<T>(
        &mut self,
        operation: &Node<'a>,
        key: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = operation.get(key)?;
        let text = match node.value {
            Value::String(text) => Some(text.to_string()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let limit = text.and_then(|text| parse(&text));
        if limit.is_none() {
            let code = Code::InvalidLimit { key, expected };
            self.report(code, Place::Value(node.origin()));
        }
        limit
    }

    /// `security` of the operation, else that of the document. Webhooks and callbacks have only their own: the document's says how callers
    /// authenticate to the API, and these credentials aren't sent back to them.
    fn security_of(&mut self, operation: &Node<'a>, kind: Kind) -> Vec<SecurityRequirement> {
        let holder = if Self::member(operation, "security").is_some() {
            operation.clone()
        } else if kind == Kind::Path {
            self.root.clone()
        } else {
            return Vec::new();
        };
        let mut alternatives = Vec::new();
        for item in self.list_or_one(&holder, "security") {
            let mut schemes = Vec::new();
            if let Some(name) = item.value.as_str() {
                self.form_read_as(&format!("`{name}`"), &format!("`{{{name}: []}}`"), &item);
                self.uses_scheme(name, &item.origin(), Place::Value(item.origin()));
                schemes.push((name.to_owned(), Vec::new()));
            } else if !self.is_mapping(&item) {
                continue;
            }
            for (name, member) in item.members() {
                self.uses_scheme(name, &member.origin(), Place::Key(member.origin()));
                schemes.push((name.to_owned(), self.texts(&item, name)));
            }
            alternatives.push(SecurityRequirement { schemes });
        }
        alternatives
    }

    /// Records the use of a security scheme. An undeclared one is reported once, as usually every operation refers to the same few.
    fn uses_scheme(&mut self, name: &str, origin: &Origin, place: Place) {
        if self.declared.insert(name.to_owned()) {
            self.undeclared.push((name.to_owned(), origin.clone()));
            let name = name.to_owned();
            self.report(Code::UnknownSecurityScheme { name }, place);
        }
    }

    /// The security schemes, in addition to those that are used and not declared. These count as bearer tokens: to drop them would open
    /// operations that are meant to be protected.
    pub(super) fn with_undeclared(
        &mut self,
        mut schemes: Vec<SecurityScheme>,
    ) -> Vec<SecurityScheme> {
        for (name, origin) in std::mem::take(&mut self.undeclared) {
            schemes.push(SecurityScheme {
                name,
                description: None,
                kind: SecurityKind::Http {
                    scheme: "bearer".to_owned(),
                    bearer_format: None,
                },
                origin,
            });
        }
        schemes
    }

    fn operation_servers(&mut self, node: &Node<'a>, shared: &Shared<'a>) -> Vec<Server> {
        if self.version == Version::V2 {
            // `schemes` of the operation, with the host of the document.
            return if Self::member(node, "schemes").is_some() {
                self.servers_v2(node)
            } else {
                Vec::new()
            };
        }
        let own = self.servers(node);
        if own.is_empty() {
            shared.servers.clone()
        } else {
            own
        }
    }

    /// Callbacks of a webhook or a callback would be requests of its receiver.
    fn no_callbacks(&mut self, operation: &Node<'a>, of: &str) -> Vec<Callback> {
        if let Some((_, first)) = self.entries(operation, "callbacks").into_iter().next() {
            let code = Code::CallbacksPassedOver { of: of.to_owned() };
            let place = self.head(&first);
            self.report(code, place);
        }
        Vec::new()
    }

    fn callbacks(&mut self, operation: &Node<'a>) -> Vec<Callback> {
        let mut callbacks = Vec::new();
        for (name, node) in self.entries(operation, "callbacks") {
            let Some(node) = self.follow(node).filter(|node| self.is_mapping(node)) else {
                continue;
            };
            let mut entries: Vec<_> = node.members().collect();
            entries.retain(|(key, _)| !key.starts_with("x-"));
            let items = self.path_items(entries, Kind::Callback);
            callbacks.push(Callback {
                name: name.to_owned(),
                items,
                origin: node.origin(),
            });
        }
        callbacks
    }
}

/// The method that a key of a path item stands for.
fn method(version: Version, key: &str) -> Option<String> {
    let method = key.to_ascii_uppercase();
    let known = match method.as_str() {
        "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" => true,
        "TRACE" => version > Version::V2,
        "QUERY" => version >= Version::V32,
        _ => false,
    };
    known.then_some(method)
}

/// The names of the extensions of an object that are `true`.
fn marks<'a>(node: &Node<'a>) -> impl Iterator<Item = Arc<str>> + use<'a> {
    let members = node.shared_members();
    let marks =
        members.filter(|(key, member)| key.starts_with("x-") && *member.value == Value::Bool(true));
    marks.map(|(key, _)| key.clone())
}

/// Whether extensions say that a request may be repeated: of our own, of Fern, of Speakeasy.
fn idempotent(operation: &Node<'_>) -> Option<bool> {
    let flag = |name: &str| match operation.get(name)?.value {
        Value::Bool(flag) => Some(*flag),
        _ => None,
    };
    let disabled = || {
        let retries = operation.get("x-fern-retries")?;
        let is_disabled = *retries.get("disabled")?.value == Value::Bool(true);
        is_disabled.then_some(false)
    };
    let strategy = || {
        let strategy = operation.get("x-speakeasy-retries")?.get("strategy")?;
        strategy.value.as_str().map(|strategy| strategy != "none")
    };
    flag("x-idempotent")
        .or_else(|| flag("x-fern-idempotent"))
        .or_else(disabled)
        .or_else(strategy)
}

/// What Microsoft's extensions say of an operation that goes on after its response.
fn long_running(operation: &Node<'_>) -> Option<LongRunning> {
    let flag = operation.get("x-ms-long-running-operation")?;
    let options = operation.get("x-ms-long-running-operation-options");
    let result = options.and_then(|options| options.get("final-state-via"));
    let result = result.and_then(|result| ResultPlace::of(result.value.as_str()?));
    (*flag.value == Value::Bool(true)).then(|| LongRunning {
        result,
        ..LongRunning::default()
    })
}
