//! Reads what only OpenAPI 3 has: servers, `content`, `requestBody`, `components.securitySchemes`.
//!
//! In: nodes of a 3.x document. Out: the parts of the document form.

use super::parameters::{Raw, named_at};
use super::read::{Form, Reader, Version, is_media_type, paragraphs};
use super::{
    Body, Encoding, Example, Header, Location, MediaType, OAuthFlow, ParameterFormat, SecurityKind,
    SecurityScheme, Server, ServerVariable, Style,
};
use crate::diag::{Code, Place};
use crate::source::{Node, Value};

impl<'a> Reader<'a> {
    /// `servers` of the document, a path or an operation.
    pub(super) fn servers(&mut self, node: &Node<'a>) -> Vec<Server> {
        let mut servers = Vec::new();
        for item in self.list_or_one(node, "servers") {
            let url = if let Some(url) = item.value.as_str() {
                self.form_read_as(&format!("`{url}`"), "the URL of a server", &item);
                Some(url.to_owned())
            } else if self.is_mapping(&item) {
                self.text(&item, "url")
            } else {
                continue;
            };
            let Some(url) = url else {
                self.left_out("this server", "url", &item);
                continue;
            };
            let name = self.text(&item, "name");
            let description = paragraphs(name, self.text(&item, "description"));
            let variables = self.entries(&item, "variables");
            let variables = variables
                .into_iter()
                .filter_map(|(name, node)| self.server_variable(name, &node))
                .collect();
            servers.push(Server {
                url,
                description,
                variables,
            });
        }
        servers
    }

    fn server_variable(&mut self, name: &str, node: &Node<'a>) -> Option<ServerVariable> {
        if !self.is_mapping(node) {
            return None;
        }
        let allowed = self.texts(node, "enum");
        // The first allowed value replaces a missing default.
        let default = if Self::member(node, "default").is_some() {
            self.text(node, "default")
        } else {
            None
        };
        let Some(default) = default.or_else(|| allowed.first().cloned()) else {
            self.left_out("this server variable", "default", node);
            return None;
        };
        Some(ServerVariable {
            name: name.to_owned(),
            default,
            allowed,
            description: self.text(node, "description"),
        })
    }

    /// How a parameter is serialized.
    pub(super) fn format(&mut self, raw: &Raw<'a>, location: Location) -> ParameterFormat {
        let node = &raw.node;
        if let Some(schema) = Self::member(node, "schema") {
            let style = self.style(node, location);
            let explode = self
                .optional_flag(node, "explode")
                .unwrap_or(style == Style::Form);
            return ParameterFormat::Style {
                style,
                explode,
                schema: self.schema(&schema),
            };
        }
        if let Some(media_type) = self.content(node, false).into_iter().next() {
            return ParameterFormat::Content(media_type);
        }
        self.report(
            Code::UntypedParameter {
                name: raw.name.clone(),
            },
            named_at(node),
        );
        let style = default_style(location);
        ParameterFormat::Style {
            style,
            explode: style == Style::Form,
            schema: self.schema_in(node, Form::Untyped),
        }
    }

    /// How the whole query is serialized for `in: querystring` (OpenAPI 3.2.0, section 4.12.1): a form is the same as an exploded object.
    pub(super) fn format_of_query(&mut self, raw: &Raw<'a>) -> Option<ParameterFormat> {
        let content = self.content(&raw.node, false).into_iter().next();
        let form = content.filter(|media| is_form(&media.name) && media.encoding.is_empty());
        let schema = form.and_then(|media| media.schema);
        if schema.is_none() {
            let what = "a query (`in: querystring`) that isn't a form by its defaults".to_owned();
            self.report(Code::Unsupported { what }, named_at(&raw.node));
        }
        Some(ParameterFormat::Style {
            style: Style::Form,
            explode: true,
            schema: schema?,
        })
    }

    /// `style`, one of those that the location allows.
    fn style(&mut self, node: &Node<'a>, location: Location) -> Style {
        let Some(word) = Self::member(node, "style") else {
            return default_style(location);
        };
        let known: &[&str] = match location {
            Location::Path => &["simple", "label", "matrix"],
            Location::Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            Location::Header => &["simple"],
            Location::Cookie => &["form"],
        };
        let found = word
            .value
            .as_str()
            .filter(|word| known.contains(word))
            .and_then(style);
        found.unwrap_or_else(|| {
            // The first one is the default of the location.
            let (found, used) = (super::resolve::written(&word), known[0]);
            self.read_as(&format!("the style `{found}`"), &format!("`{used}`"), &word);
            default_style(location)
        })
    }

    /// `requestBody`.
    pub(super) fn body(&mut self, operation: &Node<'a>) -> Option<Body> {
        let node = Self::member(operation, "requestBody")?;
        if let Some(reference) = node.get("$ref")
            && let Err(Code::DanglingRef { reference: text }) = self.target(&reference)
        {
            let code = Code::DanglingBodyRef { reference: text };
            self.report(code, Place::Value(reference.origin()));
            return Some(self.free_body(&node));
        }
        let node = self.follow(node).filter(|node| self.is_mapping(node))?;
        if Self::member(&node, "content").is_none() {
            let place = self.head(&node);
            self.report(Code::UntypedBody, place);
            return Some(self.free_body(&node));
        }
        Some(Body {
            description: self.text(&node, "description"),
            required: self.flag(&node, "required"),
            content: self.content(&node, true),
            origin: node.origin(),
        })
    }

    /// A body without a usable definition: any JSON.
    fn free_body(&mut self, node: &Node<'a>) -> Body {
        let schema = self.schema_in(node, Form::Anything);
        let content = MediaType {
            name: "application/json".to_owned(),
            schema: Some(schema),
            item_schema: None,
            encoding: Vec::new(),
            examples: Vec::new(),
            origin: node.origin(),
        };
        Body {
            description: self.text(node, "description"),
            required: self.flag(node, "required"),
            content: vec![content],
            origin: node.origin(),
        }
    }

    /// `content`; `body` says whether it is that of a request body.
    pub(super) fn content(&mut self, node: &Node<'a>, body: bool) -> Vec<MediaType> {
        let mut content = Vec::new();
        for (name, node) in self.entries(node, "content") {
            let Some(node) = self.follow(node) else {
                continue;
            };
            if !node.value.is_null() && !self.is_mapping(&node) {
                continue;
            }
            let schema = Self::member(&node, "schema");
            let schema = schema.map(|schema| {
                if body {
                    self.body_schema(&schema)
                } else {
                    self.schema(&schema)
                }
            });
            let item_schema =
                Self::member(&node, "itemSchema").filter(|_| self.version >= Version::V32);
            let encoding = self.entries(&node, "encoding");
            content.push(MediaType {
                name: name.to_owned(),
                schema,
                item_schema: item_schema.map(|schema| self.schema(&schema)),
                encoding: encoding
                    .into_iter()
                    .filter_map(|(name, node)| self.encoding(name, &node))
                    .collect(),
                examples: self.examples(&node),
                origin: node.origin(),
            });
        }
        content
    }

    fn encoding(&mut self, property: &str, node: &Node<'a>) -> Option<(String, Encoding)> {
        if !self.is_mapping(node) {
            return None;
        }
        let style = Self::member(node, "style").map(|_| self.style(node, Location::Query));
        let encoding = Encoding {
            content_type: self.text(node, "contentType"),
            headers: self.headers(node),
            style,
            explode: self.optional_flag(node, "explode"),
            allow_reserved: self.flag(node, "allowReserved"),
        };
        Some((property.to_owned(), encoding))
    }

    /// `example` and the values of `examples`.
    fn examples(&mut self, node: &Node<'a>) -> Vec<Example> {
        let unnamed = |value: &Value| Example {
            name: None,
            value: value.clone(),
        };
        let mut examples: Vec<_> = node
            .get("example")
            .map(|example| unnamed(example.value))
            .into_iter()
            .collect();
        let Some(named) = Self::member(node, "examples") else {
            return examples;
        };
        if let Value::Array(values) = named.value {
            examples.extend(values.iter().map(unnamed));
            return examples;
        }
        for (name, example) in named.members() {
            let Some(example) = self.example(example) else {
                continue;
            };
            // `value` is the example; `dataValue` is its name in 3.2.
            let value = example.get("value").or_else(|| example.get("dataValue"));
            examples.extend(value.map(|value| Example {
                name: Some(name.to_owned()),
                value: value.value.clone(),
            }));
        }
        examples
    }

    /// An example with its `$ref` resolved. If that fails, the example is reported and dropped.
    fn example(&mut self, example: Node<'a>) -> Option<Node<'a>> {
        let Some(reference) = example.get("$ref") else {
            return Some(example);
        };
        if let Err(
            Code::DanglingRef { reference: text }
            | Code::UnreadableRef {
                reference: text, ..
            },
        ) = self.target(&reference)
        {
            self.report(
                Code::DanglingExample { reference: text },
                Place::Value(reference.origin()),
            );
            return None;
        }
        self.follow(example)
    }

    /// `headers` of a response or a part, for all versions.
    pub(super) fn headers(&mut self, node: &Node<'a>) -> Vec<Header> {
        let mut headers = Vec::new();
        // Header names ignore case (RFC 9110, section 5.1).
        let named = self.named(node, "headers").into_iter();
        let named = named.map(|(name, node)| (name.to_ascii_lowercase(), name, node));
        for (_, name, node) in self.distinct(named.collect()) {
            let Some(node) = self.follow(node) else {
                continue;
            };
            if !node.value.is_object() {
                self.ignored("a mapping", &node);
                continue;
            }
            let schema = if self.version == Version::V2 {
                Some(self.schema_in(&node, Form::Parameter))
            } else {
                self.header_schema(&node)
            };
            headers.push(Header {
                name: name.to_owned(),
                description: self.text(&node, "description"),
                required: self.flag(&node, "required"),
                deprecated: self.flag(&node, "deprecated"),
                schema,
                origin: node.origin(),
            });
        }
        headers
    }

    fn header_schema(&mut self, node: &Node<'a>) -> Option<super::SchemaId> {
        if let Some(schema) = Self::member(node, "schema") {
            return Some(self.schema(&schema));
        }
        self.content(node, false)
            .into_iter()
            .next()
            .and_then(|media_type| media_type.schema)
    }

    /// The security schemes, for all versions.
    pub(super) fn security_schemes(&mut self, root: &Node<'a>) -> Vec<SecurityScheme> {
        let entries = if self.version == Version::V2 {
            self.named(root, "securityDefinitions")
        } else {
            self.mapping(root, "components")
                .map_or_else(Vec::new, |node| self.named(&node, "securitySchemes"))
        };
        let mut schemes = Vec::new();
        for (name, node) in entries {
            let Some(node) = self.follow(node).filter(|node| self.is_mapping(node)) else {
                continue;
            };
            let Some(kind) = self.security_kind(&node) else {
                continue;
            };
            let description = self.text(&node, "description");
            schemes.push(SecurityScheme {
                name: name.to_owned(),
                description,
                kind,
                origin: node.origin(),
            });
        }
        schemes
    }

    fn security_kind(&mut self, node: &Node<'a>) -> Option<SecurityKind> {
        let kind = self.scheme_text(node, "type")?;
        let v2 = self.version == Version::V2;
        match kind.as_str() {
            "apiKey" => self.api_key(node),
            "basic" if v2 => Some(SecurityKind::Http {
                scheme: kind,
                bearer_format: None,
            }),
            "oauth2" if v2 => Some(SecurityKind::OAuth2 {
                flows: self.flow_v2(node).into_iter().collect(),
                metadata_url: None,
            }),
            "http" if !v2 => {
                let scheme = self.scheme_text(node, "scheme")?;
                let mut usual = ["basic", "bearer"].into_iter();
                let usual = usual.find(|usual| scheme.eq_ignore_ascii_case(usual));
                Some(SecurityKind::Http {
                    scheme: usual.map_or(scheme, str::to_owned),
                    bearer_format: self.text(node, "bearerFormat"),
                })
            }
            "oauth2" if !v2 => {
                let flows = self.entries(node, "flows");
                Some(SecurityKind::OAuth2 {
                    flows: flows
                        .into_iter()
                        .filter_map(|(name, flow)| self.flow(name, &flow))
                        .collect(),
                    metadata_url: self.text(node, "oauth2MetadataUrl"),
                })
            }
            "openIdConnect" if !v2 => {
                let url = self.text(node, "openIdConnectUrl").unwrap_or_default();
                Some(SecurityKind::OpenIdConnect { url })
            }
            "mutualTLS" if !v2 => Some(SecurityKind::MutualTls),
            _ => {
                let known = if v2 {
                    "`basic`, `apiKey` or `oauth2`"
                } else {
                    "`apiKey`, `http`, `oauth2`, `openIdConnect` or `mutualTLS`"
                };
                if let Some(at) = node.get("type") {
                    self.ignored(known, &at);
                }
                None
            }
        }
    }

    /// A string without which a security scheme is dropped.
    fn scheme_text(&mut self, node: &Node<'a>, key: &str) -> Option<String> {
        let text = self.text(node, key);
        if text.is_none() {
            self.left_out("this security scheme", key, node);
        }
        text
    }

    fn api_key(&mut self, node: &Node<'a>) -> Option<SecurityKind> {
        let name = self.scheme_text(node, "name");
        let place = self.scheme_text(node, "in")?;
        let location = match place.as_str() {
            "header" => Location::Header,
            "query" => Location::Query,
            "cookie" => Location::Cookie,
            _ => {
                if let Some(at) = node.get("in") {
                    self.ignored("`header`, `query` or `cookie`", &at);
                }
                return None;
            }
        };
        Some(SecurityKind::ApiKey {
            name: name?,
            location,
        })
    }

    fn flow(&mut self, name: &str, node: &Node<'a>) -> Option<OAuthFlow> {
        if !self.is_mapping(node) {
            return None;
        }
        Some(OAuthFlow {
            name: name.to_owned(),
            authorization_url: self
                .text(node, "authorizationUrl")
                .or_else(|| self.text(node, "deviceAuthorizationUrl")),
            token_url: self.text(node, "tokenUrl"),
            refresh_url: self.text(node, "refreshUrl"),
            scopes: self.scopes(node),
        })
    }

    /// `scopes` of a flow, also as a list of names.
    pub(super) fn scopes(&mut self, node: &Node<'a>) -> Vec<(String, String)> {
        let Some(scopes) = Self::member(node, "scopes") else {
            return Vec::new();
        };
        if scopes.value.is_array() {
            return self
                .texts_of(&scopes)
                .into_iter()
                .map(|scope| (scope.to_string(), String::new()))
                .collect();
        }
        let entries = self.named(node, "scopes");
        entries
            .into_iter()
            .map(|(name, _)| {
                (
                    name.to_owned(),
                    self.text(&scopes, name).unwrap_or_default(),
                )
            })
            .collect()
    }
}

fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    }
}

fn style(word: &str) -> Option<Style> {
    Some(match word {
        "simple" => Style::Simple,
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}

/// Whether a media type is that of HTML forms without files.
fn is_form(media_type: &str) -> bool {
    is_media_type(media_type, "application/x-www-form-urlencoded")
}
