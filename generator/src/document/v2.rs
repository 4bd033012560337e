//! Reads what only Swagger 2 has, and converts it to the form of OpenAPI 3: `host`, `consumes` and `produces`, body and form parameters,
//! types in the parameter itself, `collectionFormat`.
//!
//! In: nodes of a 2.0 document. Out: the parts of the document form.

use super::parameters::{Raw, Target, named_at};
use super::read::{Form, Reader, is_media_type};
use super::{
    Body, Encoding, Example, Location, MediaType, OAuthFlow, ParameterFormat, Schema, SchemaId,
    Server, Style,
};
use crate::diag::Code;
use crate::source::Node;
use std::sync::Arc;

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

impl<'a> Reader<'a> {
    /// A server for each of the `schemes` of `holder`; host and base path are those of the document.
    pub(super) fn servers_v2(&mut self, holder: &Node<'a>) -> Vec<Server> {
        let root = self.root.clone();
        let base = self.text(&root, "basePath").unwrap_or_default();
        let base = base.trim_end_matches('/');
        let slash = if base.is_empty() || base.starts_with('/') {
            ""
        } else {
            "/"
        };
        let server = |url: String| Server {
            url,
            description: None,
            variables: Vec::new(),
        };
        let Some(host) = self.text(&root, "host").filter(|host| !host.is_empty()) else {
            return if base.is_empty() {
                Vec::new()
            } else {
                vec![server(format!("{slash}{base}"))]
            };
        };
        // Some descriptions have a URL in `host`.
        let (scheme, host) = host
            .split_once("://")
            .map_or((None, host.as_str()), |(scheme, host)| (Some(scheme), host));
        let host = host.trim_end_matches('/');
        let mut schemes = self.texts(holder, "schemes");
        if schemes.is_empty() {
            // Without `schemes`, HTTPS is the most likely.
            schemes.push(scheme.unwrap_or("https").to_owned());
        }
        schemes
            .into_iter()
            .map(|scheme| server(format!("{scheme}://{host}{slash}{base}")))
            .collect()
    }

    /// How a parameter outside of the body is serialized.
    pub(super) fn format_v2(&mut self, raw: &Raw<'a>, location: Location) -> ParameterFormat {
        // `schema` belongs to body parameters, but is respected elsewhere.
        let schema = match Self::member(&raw.node, "schema") {
            Some(schema) if Self::member(&raw.node, "type").is_none() => self.schema(&schema),
            _ => self.simple(raw, Form::Parameter),
        };
        let (style, explode) = self.collection(&raw.node, location);
        ParameterFormat::Style {
            style,
            explode,
            schema,
        }
    }

    /// Reads a parameter as a schema.
    fn simple(&mut self, raw: &Raw<'a>, form: Form) -> SchemaId {
        if Self::member(&raw.node, "type").is_none() && Self::member(&raw.node, "items").is_none() {
            self.report(
                Code::UntypedParameter {
                    name: raw.name.clone(),
                },
                named_at(&raw.node),
            );
        }
        self.schema_in(&raw.node, form)
    }

    /// `collectionFormat` as style and `explode` of OpenAPI 3.
    fn collection(&mut self, node: &Node<'a>, location: Location) -> (Style, bool) {
        let in_query = location == Location::Query;
        let plain = if in_query { Style::Form } else { Style::Simple };
        let list = Self::member(node, "type").is_some_and(|word| word.value == "array")
            || node.get("items").is_some();
        if !list {
            return (plain, in_query);
        }
        match self.text(node, "collectionFormat").as_deref() {
            None | Some("csv" | "") => (plain, false),
            Some("multi") => (plain, in_query),
            Some("ssv") => (Style::SpaceDelimited, false),
            Some("tsv") => (Style::TabDelimited, false),
            Some("pipes") => (Style::PipeDelimited, false),
            Some(other) => {
                if let Some(word) = node.get("collectionFormat") {
                    self.read_as(&format!("`{other}`"), "`csv`", &word);
                }
                (plain, false)
            }
        }
    }

    /// The body of an operation, from its body parameter or its form parameters.
    pub(super) fn body_v2(&mut self, operation: &Node<'a>, raws: &[Raw<'a>]) -> Option<Body> {
        let body = raws.iter().find(|raw| raw.target == Target::Body);
        let fields: Vec<_> = raws
            .iter()
            .filter(|raw| raw.target == Target::Form)
            .collect();
        match (body, fields.as_slice()) {
            (None, []) => None,
            (Some(body), []) => Some(self.whole_body(operation, body)),
            (None, fields) => Some(self.form(operation, fields)),
            (Some(body), [field, ..]) => {
                let related = vec![(named_at(&field.node), "a form parameter".to_owned())];
                self.report_related(Code::BodyAndForm, named_at(&body.node), related);
                None
            }
        }
    }

    fn whole_body(&mut self, operation: &Node<'a>, raw: &Raw<'a>) -> Body {
        let node = &raw.node;
        let schema = match Self::member(node, "schema") {
            Some(schema) => Some(self.body_schema(&schema)),
            // Some descriptions have a `type` next to `in: body`, as other parameters have.
            None if node.get("type").is_some() => Some(self.schema_in(node, Form::Parameter)),
            None => {
                let place = self.head(node);
                self.report(Code::UntypedBody, place);
                Some(self.schema_in(node, Form::Anything))
            }
        };
        let types = self.media_types(operation, "consumes", "application/json");
        let content = types
            .into_iter()
            .map(|name| media_type(name, schema, node))
            .collect();
        Body {
            description: self.text(node, "description"),
            required: self.flag(node, "required"),
            content,
            origin: node.origin(),
        }
    }

    /// Form parameters as one object schema.
    fn form(&mut self, operation: &Node<'a>, fields: &[&Raw<'a>]) -> Body {
        let place = operation
            .get("parameters")
            .unwrap_or_else(|| operation.clone());
        let mut object = Schema::empty(place.origin());
        object.types.object = true;
        let mut encoding = Vec::new();
        for field in fields {
            let name: Arc<str> = field.name.as_str().into();
            let schema = self.simple(field, Form::Field);
            object.properties.push((Arc::clone(&name), schema));
            if self.flag(&field.node, "required") {
                object.required.push(name);
            }
            encoding.extend(self.field_encoding(field));
        }
        let required = !object.required.is_empty();
        let schema = self.new_schema(object);
        let file = |raw: &&&Raw<'a>| {
            raw.node
                .get("type")
                .is_some_and(|word| word.value == "file")
        };
        let names = self.form_types(operation, fields.iter().find(file).is_some());
        let content = names.into_iter().map(|name| MediaType {
            encoding: encoding.clone(),
            ..media_type(name, Some(schema), &place)
        });
        Body {
            description: None,
            required,
            content: content.collect(),
            origin: place.origin(),
        }
    }

    /// The form types among `consumes`; files require multipart.
    fn form_types(&mut self, operation: &Node<'a>, file: bool) -> Vec<String> {
        let default = if file { MULTIPART } else { URLENCODED };
        let mut names = self.media_types(operation, "consumes", default);
        names.retain(|name| {
            is_media_type(name, MULTIPART) || (!file && is_media_type(name, URLENCODED))
        });
        if names.is_empty() {
            names.push(default.to_owned());
        }
        names
    }

    /// How a list in a form is serialized; `None` for anything else.
    fn field_encoding(&mut self, raw: &Raw<'a>) -> Option<(String, Encoding)> {
        raw.node.get("items")?;
        let (style, explode) = self.collection(&raw.node, Location::Query);
        let encoding = Encoding {
            content_type: None,
            headers: Vec::new(),
            style: Some(style),
            explode: Some(explode),
            allow_reserved: false,
        };
        Some((raw.name.clone(), encoding))
    }

    /// The content of a response: its schema for each of `produces`.
    pub(super) fn content_v2(
        &mut self,
        operation: &Node<'a>,
        response: &Node<'a>,
    ) -> Vec<MediaType> {
        let Some(node) = Self::member(response, "schema") else {
            return Vec::new();
        };
        let file = node.get("type").is_some_and(|word| word.value == "file");
        let schema = self.schema(&node);
        let default = if file {
            "application/octet-stream"
        } else {
            "application/json"
        };
        let names = self.media_types(operation, "produces", default);
        let examples = Self::member(response, "examples");
        let content = names.into_iter().map(|name| {
            let example = examples.as_ref().and_then(|examples| examples.get(&name));
            let example = example.map(|example| Example {
                name: None,
                value: example.value.clone(),
            });
            let examples = example.into_iter().collect();
            MediaType {
                examples,
                ..media_type(name, Some(schema), &node)
            }
        });
        content.collect()
    }

    /// `consumes` or `produces` of the operation, else of the document, without duplicates.
    fn media_types(&mut self, operation: &Node<'a>, key: &str, default: &str) -> Vec<String> {
        let holder = if Self::member(operation, key).is_some() {
            operation.clone()
        } else {
            self.root.clone()
        };
        let mut names: Vec<String> = Vec::new();
        for name in self.texts(&holder, key) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            names.push(default.to_owned());
        }
        names
    }

    /// The single flow of an OAuth 2 scheme, under its name in OpenAPI 3.
    pub(super) fn flow_v2(&mut self, node: &Node<'a>) -> Option<OAuthFlow> {
        let Some(word) = self.text(node, "flow") else {
            self.left_out("the flow of this security scheme", "flow", node);
            return None;
        };
        let name = match word.as_str() {
            "implicit" | "password" => word.as_str(),
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            _ => {
                if let Some(at) = node.get("flow") {
                    self.ignored("`implicit`, `password`, `application` or `accessCode`", &at);
                }
                return None;
            }
        };
        Some(OAuthFlow {
            name: name.to_owned(),
            authorization_url: self.text(node, "authorizationUrl"),
            token_url: self.text(node, "tokenUrl"),
            refresh_url: None,
            scopes: self.scopes(node),
        })
    }
}

/// A media type with nothing but a schema.
fn media_type(name: String, schema: Option<SchemaId>, node: &Node<'_>) -> MediaType {
    MediaType {
        name,
        schema,
        item_schema: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        origin: node.origin(),
    }
}
