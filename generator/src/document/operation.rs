//! Path items and operations: what all versions have in common.
//!
//! In: `paths`, `webhooks` and callbacks. Out: [`PathItem`]s in which the parameters of the path stand in each operation.
//! `v2.rs` and `v3.rs` read what differs: a parameter, the body, a response, servers.

use super::read::{Reader, Version};
use super::resolve::{HOPS, written};
use super::{
    Callback, Location, Operation, Parameter, PathItem, Response, SecurityKind,
    SecurityRequirement, SecurityScheme, Server, StatusKey,
};
use crate::diag::{Code, Place};
use crate::source::{Node, Origin};

/// A parameter before it is read: what tells it from others, and its definition.
#[derive(Debug, Clone)]
pub(super) struct Raw<'a> {
    pub node: Node<'a>,
    pub name: String,
    pub target: Target,
}

/// What a parameter is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    At(Location),
    /// Swagger 2: it is the body.
    Body,
    /// Swagger 2: it is a field of the body.
    Form,
}

/// Parameters of a path or of an operation.
#[derive(Debug, Clone, Default)]
struct Inputs<'a> {
    list: Vec<Raw<'a>>,
    /// Whether some parameter could not be read, so that a missing one is no surprise.
    broken: bool,
}

/// What a path gives to its operations.
struct Shared<'a> {
    path: &'a str,
    kind: Kind,
    inputs: Inputs<'a>,
    servers: Vec<Server>,
}

/// What a path item stands for.
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

    /// `webhooks`, or what they are called in descriptions of versions that don't have them.
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
        let shared = Shared {
            path,
            kind,
            inputs,
            servers,
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

    /// A path item and, behind its `$ref`, the ones that fill in what it doesn't say itself.
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
                self.target(&reference)
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

    /// The methods of a path item with their operations, in the order of the document.
    fn methods(&mut self, layers: &[Node<'a>]) -> Vec<(String, Node<'a>)> {
        let mut methods: Vec<(String, Node<'a>)> = Vec::new();
        let mut add = |method: String, node: Node<'a>| {
            if !node.value.is_null() && methods.iter().all(|(other, _)| *other != method) {
                methods.push((method, node));
            }
        };
        for layer in layers {
            for (key, member) in layer.members() {
                if key == "additionalOperations" && self.version >= Version::V32 {
                    for (method, node) in self.entries(layer, key) {
                        add(method.to_owned(), node);
                    }
                } else if let Some(method) = method(self.version, key) {
                    add(method, member);
                }
            }
        }
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
            description: self.text(&node, "description"),
            tags: self.texts(&node, "tags"),
            deprecated: self.flag(&node, "deprecated"),
            slug: self.text(&node, "x-api-path-slug"),
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

    /// `parameters` of a path item or an operation, each behind its `$ref`.
    fn inputs(&mut self, node: &Node<'a>) -> Inputs<'a> {
        let mut inputs = Inputs::default();
        for item in self.list(node, "parameters") {
            let Some(raw) = self.raw(item) else {
                inputs.broken = true;
                continue;
            };
            let twin = inputs.list.iter().find(|other| same(other, &raw));
            if let Some(first) = twin.map(|twin| named_at(&twin.node)) {
                let code = Code::DuplicateParameter {
                    name: raw.name,
                    location: word(raw.target).to_owned(),
                };
                self.report_related(
                    code,
                    named_at(&raw.node),
                    vec![(first, "the first is here".to_owned())],
                );
            } else {
                inputs.list.push(raw);
            }
        }
        inputs
    }

    fn raw(&mut self, item: Node<'a>) -> Option<Raw<'a>> {
        let node = self.follow(item)?;
        if node.value.is_null() {
            self.ignored("a parameter", &node);
            return None;
        }
        if !self.is_mapping(&node) {
            return None;
        }
        let place = self.required_text("this parameter", &node, "in");
        let name = self.required_text("this parameter", &node, "name")?;
        let place = place?;
        let v2 = self.version == Version::V2;
        let spelt = ["path", "query", "header", "cookie", "body", "formData"];
        let spelt = spelt
            .iter()
            .find(|word| word.eq_ignore_ascii_case(place.trim()));
        if let Some(word) = spelt.filter(|word| **word != place)
            && let Some(at) = node.get("in")
        {
            self.read_as(&format!("`{place}`"), &format!("`{word}`"), &at);
        }
        let target = match spelt.map_or(place.as_str(), |word| word) {
            "path" => Target::At(Location::Path),
            "query" => Target::At(Location::Query),
            "header" => Target::At(Location::Header),
            "cookie" => Target::At(Location::Cookie),
            "body" if v2 => Target::Body,
            "formData" if v2 => Target::Form,
            "querystring" if self.version == Version::V32 => {
                let what = "a parameter that is the whole query (`in: querystring`)".to_owned();
                self.report(
                    Code::Unsupported { what },
                    Place::Value(node.get("in")?.origin()),
                );
                return None;
            }
            _ => {
                let known = if v2 {
                    "path, query, header, body, formData"
                } else {
                    "path, query, header, cookie"
                };
                let what = "place of a parameter".to_owned();
                let code = Code::UnknownWord {
                    what,
                    found: place,
                    known: known.to_owned(),
                };
                self.report(code, Place::Value(node.get("in")?.origin()));
                return None;
            }
        };
        Some(Raw { node, name, target })
    }

    /// The parameters that aren't part of the body.
    fn parameters(&mut self, raws: &[Raw<'a>]) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for raw in raws {
            let Target::At(location) = raw.target else {
                continue;
            };
            let format = if self.version == Version::V2 {
                self.format_v2(raw, location)
            } else {
                self.format(raw, location)
            };
            let required = self.parameter_required(raw, location);
            parameters.push(Parameter {
                name: raw.name.clone(),
                location,
                description: self.text(&raw.node, "description"),
                required,
                deprecated: self.flag(&raw.node, "deprecated"),
                allow_empty: self.flag(&raw.node, "allowEmptyValue"),
                allow_reserved: self.flag(&raw.node, "allowReserved"),
                format,
                origin: raw.node.origin(),
            });
        }
        parameters
    }

    /// `required`, which a path parameter has to say.
    fn parameter_required(&mut self, raw: &Raw<'a>, location: Location) -> bool {
        let required = self.flag(&raw.node, "required");
        if location == Location::Path && !required {
            let code = Code::PathParameterNotRequired {
                name: raw.name.clone(),
            };
            let place = Self::member(&raw.node, "required")
                .map_or_else(|| named_at(&raw.node), |no| Place::Value(no.origin()));
            self.report(code, place);
            return true;
        }
        required
    }

    fn responses(&mut self, operation: &Node<'a>) -> Vec<Response> {
        let mut responses = Vec::new();
        for (key, node) in self.entries(operation, "responses") {
            let statuses = self.statuses(key, &node);
            let Some(node) = self.response_at(node) else {
                continue;
            };
            for status in statuses {
                if responses
                    .iter()
                    .all(|known: &Response| known.status != status)
                {
                    responses.push(self.response(operation, &node, key, status));
                }
            }
        }
        responses
    }

    fn response(
        &mut self,
        operation: &Node<'a>,
        node: &Node<'a>,
        key: &str,
        status: StatusKey,
    ) -> Response {
        let content = if self.version == Version::V2 {
            self.content_v2(operation, node)
        } else {
            self.content(node, false)
        };
        Response {
            status,
            description: self.response_description(node, key, status),
            headers: self.headers(node),
            content,
            origin: node.origin(),
        }
    }

    /// A response behind its `$ref`; itself where that leads nowhere. `None` is reported already.
    fn response_at(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        if let Some(reference) = node.get("$ref")
            && let Err(Code::DanglingRef { reference: text }) = self.target(&reference)
        {
            let code = Code::DanglingResponse { reference: text };
            self.report(code, Place::Value(reference.origin()));
            return Some(node);
        }
        let node = self.follow(node)?;
        if node.value.is_string() {
            self.read_as(&super::read::describe(&node), "its description", &node);
            return Some(node);
        }
        (node.value.is_null() || self.is_mapping(&node)).then_some(node)
    }

    /// The statuses that a key of `responses` means; usually one. What can't be read is reported.
    fn statuses(&mut self, key: &str, node: &Node<'a>) -> Vec<StatusKey> {
        if let Some(status) = status(key) {
            return vec![status];
        }
        let found = meant_statuses(key);
        if found.is_empty() {
            let found = key.to_owned();
            self.report(Code::BadStatus { found }, Place::Key(node.origin()));
        } else {
            let used: Vec<_> = found
                .iter()
                .map(|status| format!("`{}`", spelt(*status)))
                .collect();
            self.key_read_as(&format!("`{key}`"), &used.join(" and "), node);
        }
        found
    }

    fn response_description(&mut self, node: &Node<'a>, key: &str, status: StatusKey) -> String {
        if let Some(text) = node.value.as_str() {
            return text.to_owned();
        }
        let description = self.text(node, "description");
        // Of a reference that leads nowhere it is said already.
        if description.is_none() && node.get("$ref").is_none() {
            let place = self.head(node);
            let status = key.to_owned();
            self.report(Code::ResponseWithoutDescription { status }, place);
        }
        description.unwrap_or_else(|| reason(status).to_owned())
    }

    /// `security` of the operation, else that of the document. What the API sends has its own only: that of the document is how
    /// callers prove to the API who they are, and nobody gets those credentials back.
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
                self.read_as(&format!("`{name}`"), &format!("`{{{name}: []}}`"), &item);
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

    /// Notes that a scheme is asked for. Its absence is said once: as a rule every operation names the same few.
    fn uses_scheme(&mut self, name: &str, origin: &Origin, place: Place) {
        if self.declared.insert(name.to_owned()) {
            self.undeclared.push((name.to_owned(), origin.clone()));
            let name = name.to_owned();
            self.report(Code::UnknownSecurityScheme { name }, place);
        }
    }

    /// The schemes with those that are asked for and not declared. They count as bearer tokens: to leave them out would open
    /// operations that are meant to be closed.
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
            // `schemes` of the operation, at the host of the document.
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

    /// Callbacks of what the API sends itself would be requests of whoever receives that.
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

/// Those of the path first, unless the operation has its own.
fn merge<'a>(shared: &[Raw<'a>], own: Vec<Raw<'a>>) -> Vec<Raw<'a>> {
    let mut merged: Vec<_> = shared
        .iter()
        .filter(|raw| !own.iter().any(|other| same(other, raw)))
        .cloned()
        .collect();
    merged.extend(own);
    merged
}

/// Whether two parameters are one: a name in a place; there is one body, and headers don't tell cases apart.
fn same(left: &Raw<'_>, right: &Raw<'_>) -> bool {
    left.target == right.target
        && match left.target {
            Target::Body => true,
            Target::At(Location::Header) => left.name.eq_ignore_ascii_case(&right.name),
            Target::At(_) | Target::Form => left.name == right.name,
        }
}

/// The place where a parameter says its name.
pub(super) fn named_at(node: &Node<'_>) -> Place {
    Place::Value(node.get("name").unwrap_or_else(|| node.clone()).origin())
}

fn word(target: Target) -> &'static str {
    match target {
        Target::At(Location::Path) => "path",
        Target::At(Location::Query) => "query",
        Target::At(Location::Header) => "header",
        Target::At(Location::Cookie) => "cookie",
        Target::Body => "body",
        Target::Form => "form",
    }
}

/// The method that a key of a path item names.
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

/// The statuses that a key of `responses` stands for.
fn status(key: &str) -> Option<StatusKey> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some(StatusKey::Default);
    }
    let [class @ b'1'..=b'5', rest @ ..] = key.as_bytes() else {
        return None;
    };
    match rest {
        [b'X' | b'x', b'X' | b'x'] => Some(StatusKey::Range(class - b'0')),
        [b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(StatusKey::Code),
        _ => None,
    }
}

/// What people mean by a key that is no status: `200 OK`, `200.0`, `200-299`, `200,201`.
fn meant_statuses(key: &str) -> Vec<StatusKey> {
    let key = key.trim();
    if let Some((first, last)) = key.split_once('-')
        && let (Some(StatusKey::Code(first)), Some(StatusKey::Code(last))) =
            (status(first), status(last))
    {
        let hundred = u8::try_from(first / 100).unwrap_or_default();
        let whole = first % 100 == 0 && last == first + 99;
        return if whole {
            vec![StatusKey::Range(hundred)]
        } else {
            Vec::new()
        };
    }
    let one = |part: &str| {
        let word = part.split_whitespace().next().unwrap_or_default();
        status(word.strip_suffix(".0").unwrap_or(word))
    };
    let parts: Option<Vec<_>> = key.split([',', '|', '/']).map(one).collect();
    parts.unwrap_or_default()
}

/// A status as the specification writes it.
fn spelt(status: StatusKey) -> String {
    match status {
        StatusKey::Code(code) => code.to_string(),
        StatusKey::Range(digit) => format!("{digit}XX"),
        StatusKey::Default => "default".to_owned(),
    }
}

/// What a status means (RFC 9110), for a response that doesn't say.
fn reason(status: StatusKey) -> &'static str {
    let class = match status {
        StatusKey::Default => return "Any other response",
        StatusKey::Range(class) => u16::from(class),
        StatusKey::Code(code) => {
            if let Some((_, reason)) = REASONS.iter().find(|(known, _)| *known == code) {
                return reason;
            }
            code / 100
        }
    };
    match class {
        1 => "Informational",
        2 => "Success",
        3 => "Redirection",
        4 => "Client Error",
        _ => "Server Error",
    }
}

/// The statuses that descriptions use, in the words of their registry.
const REASONS: [(u16, &str); 33] = [
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (204, "No Content"),
    (206, "Partial Content"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (415, "Unsupported Media Type"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
];
