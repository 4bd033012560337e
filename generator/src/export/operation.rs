//! Paths, operations, parameters, bodies and responses.

use super::{Object, Writer, flag, list, members, set};
use crate::document::{
    Body, Callback, Encoding, Header, Link, LinkTarget, Location, MediaType, Operation,
    PagingVendor, Parameter, ParameterFormat, PathItem, Response, SecurityRequirement, StatusKey,
    Style,
};
use serde_json::{Value as Json, json};

/// The methods that OpenAPI 3.1 has fields for (section 4.8.9).
const METHODS: [&str; 8] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

impl<'a> Writer<'a> {
    pub(super) fn paths(&mut self) -> Object {
        let document = self.document;
        self.within("paths", |writer| writer.items(&document.paths))
    }

    pub(super) fn webhooks(&mut self) -> Object {
        let document = self.document;
        self.within("webhooks", |writer| writer.items(&document.webhooks))
    }

    fn items(&mut self, items: &'a [PathItem]) -> Object {
        let mut written = Object::new();
        for item in items {
            let one = self.within(&item.path, |writer| writer.item(item));
            written.insert(item.path.clone(), Json::Object(one));
        }
        written
    }

    fn item(&mut self, item: &'a PathItem) -> Object {
        let (mut written, mut additional) = (Object::new(), Object::new());
        for operation in &item.operations {
            let method = &*operation.method;
            if METHODS.contains(&method) || (self.is_newest() && method == "QUERY") {
                let key = method.to_ascii_lowercase();
                let one = self.within(&key, |writer| {
                    let one = writer.operation(operation);
                    writer.complete(Json::Object(one))
                });
                written.insert(key, one);
            } else if self.is_newest() {
                let one = self.within("additionalOperations", |writer| {
                    writer.within(method, |writer| writer.operation(operation))
                });
                additional.insert(method.to_owned(), Json::Object(one));
            } else {
                self.unsaid(format!("the method `{method}`"), "", &operation.origin);
            }
        }
        members(&mut written, "additionalOperations", additional);
        written
    }

    fn operation(&mut self, operation: &'a Operation) -> Object {
        let mut object = Object::new();
        let tags = operation.tags.iter().map(|tag| json!(tag)).collect();
        list(&mut object, "tags", tags);
        set(&mut object, "summary", operation.summary.as_deref());
        set(&mut object, "description", operation.description.as_deref());
        let docs = operation.external_docs.as_ref();
        set(
            &mut object,
            "externalDocs",
            docs.map(super::shared::external_docs),
        );
        set(&mut object, "operationId", operation.id.as_deref());
        set(&mut object, "x-api-path-slug", operation.slug.as_deref());
        set(&mut object, "x-idempotent", operation.idempotent);
        let goes_on = operation.long_running.as_ref();
        let result = goes_on.and_then(|one| one.result);
        let result = result.map(|result| json!({ "final-state-via": result.word() }));
        let goes_on = goes_on.map(|_| true);
        set(&mut object, "x-ms-long-running-operation", goes_on);
        set(&mut object, "x-ms-long-running-operation-options", result);
        if let Some(hint) = &operation.paging {
            let vendor = match hint.vendor {
                PagingVendor::Stainless => PagingVendor::Speakeasy,
                vendor => vendor,
            };
            object.insert(vendor.extension().to_owned(), hint.value.clone());
        }
        set(&mut object, "x-body-limit", operation.limits.body);
        let time = operation.limits.time;
        let time = time.map(|time| format!("{} ms", time.as_millis()));
        set(&mut object, "x-time-limit", time);
        let parameters = self.within("parameters", |writer| {
            let all = operation.parameters.iter().enumerate();
            all.map(|(index, one)| writer.within(index.to_string(), |writer| writer.parameter(one)))
                .collect()
        });
        list(&mut object, "parameters", parameters);
        if let Some(body) = &operation.body {
            let body = self.within("requestBody", |writer| writer.body(body));
            object.insert("requestBody".into(), body);
        }
        let responses = self.within("responses", |writer| writer.responses(&operation.responses));
        members(&mut object, "responses", responses);
        let callbacks = self.within("callbacks", |writer| {
            let all = operation.callbacks.iter();
            all.map(|callback| {
                let items = writer.within(&callback.name, |writer| writer.callback(callback));
                (callback.name.clone(), items)
            })
            .collect()
        });
        members(&mut object, "callbacks", callbacks);
        flag(&mut object, "deprecated", operation.deprecated);
        if operation.security != self.security {
            object.insert("security".into(), security(&operation.security));
        }
        let servers = operation
            .servers
            .iter()
            .map(super::shared::server)
            .collect();
        list(&mut object, "servers", servers);
        object
    }

    fn callback(&mut self, callback: &'a Callback) -> Json {
        self.component("callbacks", (&callback.origin, String::new()), |writer| {
            writer.items(&callback.items)
        })
    }

    fn parameter(&mut self, parameter: &'a Parameter) -> Json {
        self.component("parameters", (&parameter.origin, String::new()), |writer| {
            let mut object = Object::new();
            object.insert("name".into(), json!(parameter.name));
            let location = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            object.insert("in".into(), json!(location));
            set(&mut object, "description", parameter.description.as_deref());
            flag(&mut object, "required", parameter.required);
            flag(&mut object, "deprecated", parameter.deprecated);
            flag(&mut object, "allowEmptyValue", parameter.allow_empty);
            let is_query = parameter.location == Location::Query;
            flag(
                &mut object,
                "allowReserved",
                is_query && parameter.allow_reserved,
            );
            if parameter.allow_reserved && !is_query {
                let what = format!("`allowReserved` of the parameter `{}`", parameter.name);
                writer.unsaid(what, "", &parameter.origin);
            }
            match &parameter.format {
                ParameterFormat::Style {
                    style,
                    explode,
                    schema,
                } => {
                    let (style, explode) = (writer.style(*style, parameter), *explode);
                    let usual = match parameter.location {
                        Location::Path | Location::Header => "simple",
                        Location::Query | Location::Cookie => "form",
                    };
                    set(&mut object, "style", (style != usual).then_some(style));
                    let differs = explode != (style == "form");
                    set(&mut object, "explode", differs.then_some(explode));
                    let schema = writer.within("schema", |writer| writer.schema(*schema));
                    object.insert("schema".into(), schema);
                }
                ParameterFormat::Content(media_type) => {
                    let content = writer.content(std::slice::from_ref(media_type));
                    object.insert("content".into(), Json::Object(content));
                }
            }
            object
        })
    }

    /// The word for a style; another one where OpenAPI 3 has none, or not for the location (section 4.8.12.2.3).
    fn style(&mut self, style: Style, parameter: &Parameter) -> &'static str {
        let (words, usual): (&[_], _) = match parameter.location {
            Location::Path => (&["simple", "label", "matrix"], "simple"),
            Location::Query => (
                &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                "form",
            ),
            Location::Header => (&["simple"], "simple"),
            Location::Cookie => (&["form"], "form"),
        };
        if let Some(word) = word(style).filter(|word| words.contains(word)) {
            return word;
        }
        let what = format!("how the parameter `{}` is written", parameter.name);
        self.unsaid(what, format!("`style: {usual}`"), &parameter.origin);
        usual
    }

    fn body(&mut self, body: &'a Body) -> Json {
        let id = (&body.origin, names(&body.content));
        self.component("requestBodies", id, |writer| {
            let mut object = Object::new();
            set(&mut object, "description", body.description.as_deref());
            flag(&mut object, "required", body.required);
            let content = writer.content(&body.content);
            object.insert("content".into(), Json::Object(content));
            object
        })
    }

    fn responses(&mut self, responses: &'a [Response]) -> Object {
        let mut object = Object::new();
        for response in responses {
            let key = match response.status {
                StatusKey::Code(code) => code.to_string(),
                StatusKey::Range(class) => format!("{class}XX"),
                StatusKey::Default => "default".to_owned(),
            };
            let written = self.within(&key, |writer| writer.response(response));
            object.insert(key, written);
        }
        object
    }

    fn response(&mut self, response: &'a Response) -> Json {
        let variant = format!("{}\n{}", response.description, names(&response.content));
        self.component("responses", (&response.origin, variant), |writer| {
            let mut object = Object::new();
            object.insert("description".into(), json!(response.description));
            let headers = writer.headers(&response.headers);
            members(&mut object, "headers", headers);
            let content = writer.content(&response.content);
            members(&mut object, "content", content);
            let links = response.links.iter();
            let links = links.map(|link| (link.name.clone(), self::link(link)));
            members(&mut object, "links", links.collect());
            object
        })
    }

    fn headers(&mut self, headers: &'a [Header]) -> Object {
        self.within("headers", |writer| {
            let all = headers.iter();
            all.map(|header| {
                let written = writer.within(&header.name, |writer| writer.header(header));
                (header.name.clone(), written)
            })
            .collect()
        })
    }

    fn header(&mut self, header: &'a Header) -> Json {
        self.component("headers", (&header.origin, String::new()), |writer| {
            let mut object = Object::new();
            set(&mut object, "description", header.description.as_deref());
            flag(&mut object, "required", header.required);
            flag(&mut object, "deprecated", header.deprecated);
            let schema = match header.schema {
                Some(schema) => writer.within("schema", |writer| writer.schema(schema)),
                None => json!({}),
            };
            object.insert("schema".into(), schema);
            object
        })
    }

    fn content(&mut self, content: &'a [MediaType]) -> Object {
        self.within("content", |writer| {
            let all = content.iter().enumerate();
            all.map(|(index, one)| {
                // What is the same in several media types, as `produces` of Swagger 2 has it, stays so.
                let before = content[..index].iter().filter_map(|other| other.schema);
                let is_again = one
                    .schema
                    .is_some_and(|id| before.clone().any(|other| other == id));
                let written = writer.within(&one.name, |writer| writer.media_type(one, is_again));
                (one.name.clone(), Json::Object(written))
            })
            .collect()
        })
    }

    fn media_type(&mut self, media_type: &'a MediaType, is_again: bool) -> Object {
        let mut object = Object::new();
        if let Some(schema) = media_type.schema {
            let schema = if is_again {
                self.reference(schema)
            } else {
                self.within("schema", |writer| writer.schema(schema))
            };
            object.insert("schema".into(), schema);
        }
        match media_type.item_schema {
            Some(schema) if self.is_newest() => {
                let schema = self.within("itemSchema", |writer| writer.schema(schema));
                object.insert("itemSchema".into(), schema);
            }
            Some(_) => self.unsaid("`itemSchema`", "", &media_type.origin),
            None => {}
        }
        match media_type.examples.as_slice() {
            [] => {}
            [one] if one.name.is_none() => {
                set(&mut object, "example", Some(Json::from(&one.value)));
            }
            several => {
                let named = several.iter().enumerate();
                let named = named.map(|(index, one)| {
                    let name = one.name.as_deref().map(str::to_owned);
                    (
                        name.unwrap_or_else(|| format!("{}", index + 1)),
                        json!({"value": Json::from(&one.value)}),
                    )
                });
                members(&mut object, "examples", named.collect());
            }
        }
        let encoding = self.within("encoding", |writer| {
            let all = media_type.encoding.iter();
            all.map(|(property, encoding)| {
                let written =
                    writer.within(property, |writer| writer.encoding(encoding, media_type));
                (property.clone(), Json::Object(written))
            })
            .collect()
        });
        members(&mut object, "encoding", encoding);
        object
    }

    fn encoding(&mut self, encoding: &'a Encoding, media_type: &MediaType) -> Object {
        let mut object = Object::new();
        set(&mut object, "contentType", encoding.content_type.as_deref());
        let headers = self.headers(&encoding.headers);
        members(&mut object, "headers", headers);
        if let Some(style) = encoding.style {
            let written = word(style).unwrap_or_else(|| {
                let instead = "a list with commas";
                self.unsaid(
                    "`collectionFormat: tsv` in a form",
                    instead,
                    &media_type.origin,
                );
                "form"
            });
            object.insert("style".into(), json!(written));
        }
        set(&mut object, "explode", encoding.explode);
        flag(&mut object, "allowReserved", encoding.allow_reserved);
        object
    }
}

/// The security of an operation or the document.
pub(super) fn security(alternatives: &[SecurityRequirement]) -> Json {
    let one = |alternative: &SecurityRequirement| {
        let schemes = alternative.schemes.iter();
        let schemes = schemes.map(|(name, scopes)| (name.clone(), json!(scopes)));
        Json::Object(schemes.collect())
    };
    alternatives.iter().map(one).collect()
}

/// The word of OpenAPI 3 for a style.
fn word(style: Style) -> Option<&'static str> {
    Some(match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::TabDelimited => return None,
    })
}

fn names(content: &[MediaType]) -> String {
    let names: Vec<_> = content.iter().map(|one| one.name.as_str()).collect();
    names.join("\n")
}

/// A link, where it is used.
fn link(link: &Link) -> Json {
    let mut object = Object::new();
    match &link.target {
        LinkTarget::Id(id) => set(&mut object, "operationId", Some(id.as_str())),
        LinkTarget::Place(text, _) | LinkTarget::Unknown(text) => {
            set(&mut object, "operationRef", Some(text.as_str()));
        }
        LinkTarget::None => {}
    }
    let parameters = link.parameters.iter();
    let parameters = parameters.map(|(name, value)| (name.clone(), Json::from(value)));
    members(&mut object, "parameters", parameters.collect());
    set(
        &mut object,
        "requestBody",
        link.body.as_ref().map(Json::from),
    );
    set(&mut object, "description", link.description.as_deref());
    let server = link.server.as_ref().map(|url| json!({ "url": url }));
    set(&mut object, "server", server);
    Json::Object(object)
}
