//! The document as text, for people and for snapshots.
//!
//! In: a [`Document`]. Out: its parts in order, one per line, nested by indentation; absent fields aren't printed. A schema is printed
//! where it is declared, a reference as an arrow.

use super::{
    Additional, Body, Document, Encoding, Header, Link, LinkTarget, MediaType, OAuthFlow,
    Operation, Parameter, ParameterFormat, PathItem, Response, Schema, SchemaId, SecurityKind,
    SecurityRequirement, Server, StatusKey, Types,
};
use std::collections::HashSet;
use std::fmt::{Display, Write as _};
use std::sync::Arc;

#[must_use]
pub fn dump(document: &Document) -> String {
    let mut dump = Dump {
        document,
        out: String::new(),
        depth: 0,
    };
    dump.top();
    for item in &document.paths {
        dump.path_item("path", item);
    }
    for item in &document.webhooks {
        dump.path_item("webhook", item);
    }
    for (name, id) in &document.named_schemas {
        dump.schema(&format!("schema {}", word(name)), *id);
    }
    dump.out
}

struct Dump<'a> {
    document: &'a Document,
    out: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, text: impl Display) {
        // Writing to a String doesn't fail.
        let _ = writeln!(self.out, "{:1$}{text}", "", self.depth * 2);
    }

    fn nested(&mut self, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inside(self);
        self.depth -= 1;
    }

    /// A description, truncated to one line.
    fn note(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(format_args!("{name}: {}", quoted(text)));
        }
    }

    fn top(&mut self) {
        let Document {
            version,
            info,
            servers,
            security_schemes,
            tags,
            external_docs,
            ..
        } = self.document;
        self.line(format_args!("document {version}"));
        self.note("title", Some(&info.title));
        self.note("version", Some(&info.version));
        self.note("summary", info.summary.as_deref());
        self.note("description", info.description.as_deref());
        self.note("terms", info.terms_of_service.as_deref());
        self.note("license", info.license_name());
        self.note("docs", external_docs.as_ref().map(|docs| docs.url.as_str()));
        self.servers(servers);
        for tag in tags {
            let description = tag
                .description
                .as_deref()
                .map(|text| format!(": {}", quoted(text)));
            self.line(format_args!(
                "tag {}{}",
                word(&tag.name),
                description.unwrap_or_default()
            ));
        }
        for scheme in security_schemes {
            self.line(format_args!(
                "security scheme {}: {}",
                word(&scheme.name),
                kind(&scheme.kind)
            ));
            if let SecurityKind::OAuth2 { flows, .. } = &scheme.kind {
                self.nested(|dump| flows.iter().for_each(|flow| dump.flow(flow)));
            }
        }
    }

    fn flow(&mut self, flow: &OAuthFlow) {
        let scopes: Vec<_> = flow.scopes.iter().map(|(scope, _)| word(scope)).collect();
        self.line(format_args!("{}: {}", flow.name, scopes.join(", ")));
        self.nested(|dump| {
            dump.note("authorize", flow.authorization_url.as_deref());
            dump.note("token", flow.token_url.as_deref());
            dump.note("refresh", flow.refresh_url.as_deref());
        });
    }

    fn servers(&mut self, servers: &[Server]) {
        for server in servers {
            self.note("server", Some(&server.url));
            self.nested(|dump| {
                for variable in &server.variables {
                    let allowed = variable
                        .allowed
                        .iter()
                        .map(|value| quoted(value))
                        .collect::<Vec<_>>()
                        .join(" | ");
                    let default = quoted(&variable.default);
                    dump.line(
                        format_args!("variable {} = {default} {allowed}", word(&variable.name))
                            .to_string()
                            .trim_end(),
                    );
                }
            });
        }
    }

    fn path_item(&mut self, what: &str, item: &PathItem) {
        self.line(format_args!("{what} {}", word(&item.path)));
        self.nested(|dump| {
            item.operations
                .iter()
                .for_each(|operation| dump.operation(operation));
        });
    }

    fn operation(&mut self, operation: &Operation) {
        let Operation {
            method,
            id,
            summary,
            description,
            tags,
            deprecated,
            slug,
            idempotent,
            long_running,
            paging,
            external_docs,
            ..
        } = operation;
        self.line(format_args!(
            "{method}{}",
            if *deprecated { " deprecated" } else { "" }
        ));
        self.nested(|dump| {
            dump.note("id", id.as_deref());
            dump.note("slug", slug.as_deref());
            if let Some(idempotent) = idempotent {
                dump.line(format_args!("idempotent: {idempotent}"));
            }
            if let Some(long_running) = long_running {
                dump.line(format_args!("goes on: {long_running:?}"));
            }
            if let Some(paging) = paging {
                let name = paging.vendor.extension();
                dump.line(format_args!("pages: {name} {}", paging.value));
            }
            dump.note("summary", summary.as_deref());
            dump.note("description", description.as_deref());
            dump.note("docs", external_docs.as_ref().map(|docs| docs.url.as_str()));
            if !tags.is_empty() {
                dump.line(format_args!(
                    "tags: {}",
                    tags.iter()
                        .map(|tag| word(tag))
                        .collect::<Vec<_>>()
                        .join(", ")
                ));
            }
            dump.servers(&operation.servers);
            dump.security(&operation.security);
            operation
                .parameters
                .iter()
                .for_each(|parameter| dump.parameter(parameter));
            operation.body.iter().for_each(|body| dump.body(body));
            operation
                .responses
                .iter()
                .for_each(|response| dump.response(response));
            for callback in &operation.callbacks {
                dump.line(format_args!("callback {}", word(&callback.name)));
                dump.nested(|dump| {
                    callback
                        .items
                        .iter()
                        .for_each(|item| dump.path_item("to", item));
                });
            }
        });
    }

    fn security(&mut self, security: &[SecurityRequirement]) {
        let scheme = |(name, scopes): &(String, Vec<String>)| {
            let scopes = scopes
                .iter()
                .map(|scope| word(scope))
                .collect::<Vec<_>>()
                .join(" ");
            if scopes.is_empty() {
                word(name)
            } else {
                format!("{}({scopes})", word(name))
            }
        };
        let alternative = |requirement: &SecurityRequirement| match requirement.schemes.as_slice() {
            [] => "nothing".to_owned(),
            schemes => schemes.iter().map(scheme).collect::<Vec<_>>().join(" + "),
        };
        if !security.is_empty() {
            let alternatives: Vec<_> = security.iter().map(alternative).collect();
            self.line(format_args!("security: {}", alternatives.join(" or ")));
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let Parameter {
            name,
            location,
            description,
            required,
            deprecated,
            allow_empty,
            allow_reserved,
            format,
            origin: _,
        } = parameter;
        let flags = flags(&[
            ("required", *required),
            ("deprecated", *deprecated),
            ("allowEmptyValue", *allow_empty),
            ("allowReserved", *allow_reserved),
        ]);
        let location = format!("{location:?}").to_lowercase();
        let style = match format {
            ParameterFormat::Style { style, explode, .. } => {
                format!(" {style:?}{}", if *explode { " explode" } else { "" })
            }
            ParameterFormat::Content(_) => String::new(),
        };
        self.line(format_args!("{location} {}{style}{flags}", word(name)));
        self.nested(|dump| {
            dump.note("description", description.as_deref());
            match format {
                ParameterFormat::Style { schema, .. } => dump.schema("as", *schema),
                ParameterFormat::Content(media_type) => dump.media_type(media_type),
            }
        });
    }

    fn body(&mut self, body: &Body) {
        self.line(format_args!(
            "body{}",
            flags(&[("required", body.required)])
        ));
        self.nested(|dump| {
            dump.note("description", body.description.as_deref());
            body.content
                .iter()
                .for_each(|media_type| dump.media_type(media_type));
        });
    }

    fn response(&mut self, response: &Response) {
        let status = match response.status {
            StatusKey::Code(code) => code.to_string(),
            StatusKey::Range(class) => format!("{class}XX"),
            StatusKey::Default => "default".to_owned(),
        };
        self.line(format_args!("{status} {}", quoted(&response.description)));
        self.nested(|dump| {
            response
                .headers
                .iter()
                .for_each(|header| dump.header(header));
            response
                .content
                .iter()
                .for_each(|media_type| dump.media_type(media_type));
            response.links.iter().for_each(|link| dump.link(link));
        });
    }

    fn link(&mut self, link: &Link) {
        let target = match &link.target {
            LinkTarget::Id(id) => id.clone(),
            LinkTarget::Place(text, _) | LinkTarget::Unknown(text) => text.clone(),
            LinkTarget::None => String::new(),
        };
        self.line(format_args!(
            "link {} to {}",
            word(&link.name),
            quoted(&target)
        ));
        self.nested(|dump| {
            dump.note("description", link.description.as_deref());
            dump.note("server", link.server.as_deref());
            for (name, value) in &link.parameters {
                dump.line(format_args!("{} = {value}", word(name)));
            }
            if let Some(body) = &link.body {
                dump.line(format_args!("body = {body}"));
            }
        });
    }

    fn header(&mut self, header: &Header) {
        let flags = flags(&[
            ("required", header.required),
            ("deprecated", header.deprecated),
        ]);
        let label = format!("header {}{flags}", word(&header.name));
        match header.schema {
            Some(schema) => self.schema(&label, schema),
            None => self.line(label),
        }
    }

    fn media_type(&mut self, media_type: &MediaType) {
        let name = word(&media_type.name);
        match media_type.schema {
            Some(schema) => self.schema(&name, schema),
            None => self.line(name),
        }
        self.nested(|dump| {
            if let Some(schema) = media_type.item_schema {
                dump.schema("each", schema);
            }
            for (property, encoding) in &media_type.encoding {
                dump.encoding(property, encoding);
            }
            media_type.examples.iter().for_each(|example| {
                dump.line(format_args!("example {}", cut(&example.value.to_string())));
            });
        });
    }

    fn encoding(&mut self, property: &str, encoding: &Encoding) {
        let style = encoding
            .style
            .map(|style| format!(" {style:?}"))
            .unwrap_or_default();
        let content_type = encoding
            .content_type
            .as_ref()
            .map(|name| format!(" {}", word(name)))
            .unwrap_or_default();
        let flags = flags(&[
            ("explode", encoding.explode == Some(true)),
            ("allowReserved", encoding.allow_reserved),
        ]);
        self.line(format_args!(
            "encoding {}{content_type}{style}{flags}",
            word(property)
        ));
        self.nested(|dump| {
            encoding
                .headers
                .iter()
                .for_each(|header| dump.header(header));
        });
    }

    fn schema(&mut self, label: &str, id: SchemaId) {
        let schema = &self.document[id];
        let mut words = vec![label.to_owned() + ":"];
        words.extend(
            schema
                .reference
                .map(|target| format!("-> {}", self.target(target))),
        );
        words.extend(shape(schema));
        words.extend(constraints(schema));
        if words.len() == 1 && says_nothing(schema) {
            words.push("any".to_owned());
        }
        self.line(words.join(" "));
        self.nested(|dump| dump.inside(schema));
    }

    /// The target of a reference: a name, or a place.
    fn target(&self, id: SchemaId) -> String {
        let schema = &self.document[id];
        schema
            .name
            .as_ref()
            .map_or_else(|| format!("#{}", schema.origin.pointer), |name| word(name))
    }

    fn inside(&mut self, schema: &Schema) {
        self.note("title", schema.title.as_deref());
        self.note("description", schema.description.as_deref());
        if let Some(discriminator) = &schema.discriminator {
            let mapped =
                |(value, id): &(String, SchemaId)| format!(" {}={}", word(value), self.target(*id));
            let mapping: String = discriminator.mapping.iter().map(mapped).collect();
            self.line(format_args!(
                "discriminator {}{mapping}",
                word(&discriminator.property)
            ));
        }
        let required: HashSet<&Arc<str>> = schema.required.iter().collect();
        for (name, id) in &schema.properties {
            let required = if required.contains(name) { "" } else { "?" };
            self.schema(&format!(".{}{required}", word(name)), *id);
        }
        let known: HashSet<&Arc<str>> = schema.properties.iter().map(|(name, _)| name).collect();
        let undeclared = schema.required.iter().filter(|name| !known.contains(name));
        undeclared.for_each(|name| self.line(format_args!("required {}", word(name))));
        for (pattern, id) in &schema.pattern_properties {
            self.schema(&format!("matching {}", quoted(pattern)), *id);
        }
        self.additional("additional", schema.additional);
        self.additional("unevaluated", schema.unevaluated);
        self.additional("unevaluated items", schema.unevaluated_items);
        self.parts(schema);
    }

    fn additional(&mut self, label: &str, additional: Additional) {
        match additional {
            Additional::Unstated => {}
            Additional::Forbidden => self.line(format_args!("{label}: none")),
            Additional::Any => self.line(format_args!("{label}: any")),
            Additional::Schema(id) => self.schema(label, id),
        }
    }

    fn parts(&mut self, schema: &Schema) {
        let one = [
            ("names", schema.property_names),
            ("holds", schema.content_schema),
            ("items", schema.items),
            ("not", schema.not),
            ("if", schema.condition),
            ("then", schema.then),
            ("else", schema.otherwise),
            ("contains", schema.contains),
        ];
        for (label, id) in one {
            if let Some(id) = id {
                self.schema(label, id);
            }
        }
        let many = [
            ("item", &schema.prefix_items),
            ("all of", &schema.all_of),
            ("one of", &schema.one_of),
            ("any of", &schema.any_of),
        ];
        for (label, ids) in many {
            for id in ids {
                self.schema(label, *id);
            }
        }
        schema
            .examples
            .iter()
            .for_each(|example| self.line(format_args!("example {}", cut(&example.to_string()))));
    }
}

/// Whether a schema without keywords of its own has no parts either.
fn says_nothing(schema: &Schema) -> bool {
    let parts = [
        &schema.all_of,
        &schema.one_of,
        &schema.any_of,
        &schema.prefix_items,
    ];
    parts.iter().all(|part| part.is_empty())
        && schema.properties.is_empty()
        && schema.items.is_none()
        && schema.not.is_none()
        && schema.additional == Additional::Unstated
}

/// Types, format and other keywords of the whole schema.
fn shape(schema: &Schema) -> Vec<String> {
    let Types {
        null,
        boolean,
        integer,
        number,
        string,
        array,
        object,
    } = schema.types;
    let types = [
        ("boolean", boolean),
        ("integer", integer),
        ("number", number),
        ("string", string),
        ("array", array),
        ("object", object),
        ("null", null),
    ];
    let types: Vec<_> = types
        .iter()
        .filter(|(_, set)| *set)
        .map(|(word, _)| *word)
        .collect();
    let mut words = Vec::new();
    words.extend(schema.boolean.map(|flag| {
        if flag {
            "anything".to_owned()
        } else {
            "never".to_owned()
        }
    }));
    words.extend((!types.is_empty()).then(|| types.join("|")));
    words.extend(
        schema
            .format
            .as_ref()
            .map(|format| format!("({})", word(format))),
    );
    words.extend(
        schema
            .content_encoding
            .as_ref()
            .map(|text| format!("contentEncoding={}", word(text))),
    );
    words.extend(
        schema
            .content_media_type
            .as_ref()
            .map(|text| format!("contentMediaType={}", word(text))),
    );
    let flags = [
        ("nullable", schema.nullable && !null),
        ("deprecated", schema.deprecated),
        ("readOnly", schema.read_only),
        ("writeOnly", schema.write_only),
        ("unique", schema.unique_items),
    ];
    words.extend(
        flags
            .iter()
            .filter(|(_, set)| *set)
            .map(|(word, _)| (*word).to_owned()),
    );
    words
}

/// Listed values and bounds.
fn constraints(schema: &Schema) -> Vec<String> {
    let mut words = Vec::new();
    let values = schema
        .values
        .iter()
        .map(|values| serde_json::Value::from(values.clone()));
    words.extend(values.map(|values| format!("enum={}", cut(&values.to_string()))));
    words.extend(
        schema
            .constant
            .as_ref()
            .map(|value| format!("const={}", cut(&value.to_string()))),
    );
    words.extend(
        schema
            .default
            .as_ref()
            .map(|value| format!("default={}", cut(&value.to_string()))),
    );
    let bounds = [(">", &schema.minimum), ("<", &schema.maximum)];
    for (sign, bound) in bounds {
        words.extend(bound.iter().map(|bound| {
            format!(
                "{sign}{}{}",
                if bound.exclusive { "" } else { "=" },
                bound.value
            )
        }));
    }
    words.extend(
        schema
            .multiple_of
            .as_ref()
            .map(|number| format!("multipleOf={number}")),
    );
    let counts = [
        ("minLength", schema.min_length),
        ("maxLength", schema.max_length),
        ("minItems", schema.min_items),
        ("maxItems", schema.max_items),
        ("minProperties", schema.min_properties),
        ("maxProperties", schema.max_properties),
    ];
    words.extend(
        counts
            .iter()
            .filter_map(|(name, count)| count.map(|count| format!("{name}={count}"))),
    );
    words.extend(
        schema
            .pattern
            .as_ref()
            .map(|pattern| format!("pattern={}", quoted(pattern))),
    );
    words.extend(schema.xml.as_ref().map(|xml| format!("xml={xml}")));
    words.extend(
        schema
            .unread
            .iter()
            .map(|keyword| format!("unread={}", word(keyword))),
    );
    words
}

fn kind(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ApiKey { name, location } => {
            format!("{location:?} {}", word(name)).to_lowercase()
        }
        SecurityKind::Http {
            scheme,
            bearer_format,
        } => {
            let format = bearer_format
                .as_ref()
                .map(|format| format!(" {}", quoted(format)));
            format!("http {}{}", word(scheme), format.unwrap_or_default())
        }
        SecurityKind::OAuth2 { metadata_url, .. } => {
            let url = metadata_url.as_ref().map(|url| format!(" {}", quoted(url)));
            format!("oauth2{}", url.unwrap_or_default())
        }
        SecurityKind::OpenIdConnect { url } => format!("openIdConnect {}", quoted(url)),
        SecurityKind::MutualTls => "mutualTLS".to_owned(),
    }
}

fn flags(flags: &[(&str, bool)]) -> String {
    let set = flags.iter().filter(|(_, set)| *set);
    set.flat_map(|(word, _)| [" ", word]).collect()
}

/// A name, quoted only if necessary.
fn word(text: &str) -> String {
    let bare = !text.is_empty()
        && text
            .chars()
            .all(|char| char.is_alphanumeric() || "_-./{}$*+@~;=".contains(char));
    if bare {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

/// A quoted string, truncated if long.
fn quoted(text: &str) -> String {
    format!("{:?}", cut(text))
}

/// Truncates a string.
fn cut(text: &str) -> String {
    const MOST: usize = 100;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
