//! What stands beside paths and schemas.

use super::shared::{external_docs, server};
use super::{Object, Writer, list, members, operation, set};
use crate::document::{
    Document, Info, Location, OAuthFlow, SecurityKind, SecurityRequirement, SecurityScheme,
};
use crate::source::Value;
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// The flows that OpenAPI 3.1 has fields for (section 4.8.29).
const FLOWS: [&str; 4] = [
    "implicit",
    "password",
    "clientCredentials",
    "authorizationCode",
];

impl Writer<'_> {
    /// The whole document.
    pub(super) fn top(&mut self, paths: Object, webhooks: Object, schemas: Object) -> Object {
        let document = self.document;
        let mut top = Object::new();
        let version = if self.is_newest() { "3.2.0" } else { "3.1.1" };
        top.insert("openapi".into(), json!(version));
        top.insert("info".into(), info(&document.info));
        let servers = document.servers.iter().map(server).collect();
        list(&mut top, "servers", servers);
        if !self.security.is_empty() {
            top.insert("security".into(), operation::security(&self.security));
        }
        let tags = document.tags.iter().map(|tag| {
            let mut written = Object::new();
            written.insert("name".into(), json!(tag.name));
            set(&mut written, "description", tag.description.as_deref());
            let docs = tag.external_docs.as_ref();
            set(&mut written, "externalDocs", docs.map(external_docs));
            Json::Object(written)
        });
        list(&mut top, "tags", tags.collect());
        let docs = document.external_docs.as_ref();
        set(&mut top, "externalDocs", docs.map(external_docs));
        top.insert("paths".into(), Json::Object(paths));
        members(&mut top, "webhooks", webhooks);
        let components = self.components(schemas);
        members(&mut top, "components", components);
        top
    }

    fn components(&mut self, schemas: Object) -> Object {
        let mut components = Object::new();
        members(&mut components, "schemas", schemas);
        for kind in [
            "responses",
            "parameters",
            "requestBodies",
            "headers",
            "callbacks",
        ] {
            let objects = self.components.take(kind);
            members(&mut components, kind, objects);
        }
        let mut security = Object::new();
        for one in &self.document.security_schemes {
            let written = self.scheme(one);
            security.insert(one.name.clone(), written);
        }
        members(&mut components, "securitySchemes", security);
        components
    }

    fn scheme(&mut self, scheme: &SecurityScheme) -> Json {
        let mut object = match &scheme.kind {
            SecurityKind::ApiKey { name, location } => {
                let location = match location {
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                    Location::Query | Location::Path => "query",
                };
                [("type", "apiKey"), ("name", name), ("in", location)]
                    .map(pair)
                    .into_iter()
                    .collect()
            }
            SecurityKind::Http {
                scheme,
                bearer_format,
            } => {
                let mut object: Object = [("type", "http"), ("scheme", scheme)]
                    .map(pair)
                    .into_iter()
                    .collect();
                set(&mut object, "bearerFormat", bearer_format.as_deref());
                object
            }
            SecurityKind::OAuth2 {
                flows,
                metadata_url,
            } => {
                let mut written = Object::new();
                for one in flows {
                    if FLOWS.contains(&&*one.name) || self.is_newest() {
                        written.insert(one.name.clone(), flow(one));
                    } else {
                        self.unsaid(format!("the flow `{}`", one.name), "", &scheme.origin);
                    }
                }
                let mut object: Object = [pair(("type", "oauth2"))].into_iter().collect();
                object.insert("flows".into(), Json::Object(written));
                match metadata_url {
                    Some(_) if !self.is_newest() => {
                        self.unsaid("`oauth2MetadataUrl`".to_owned(), "", &scheme.origin);
                    }
                    url => set(&mut object, "oauth2MetadataUrl", url.as_deref()),
                }
                object
            }
            SecurityKind::OpenIdConnect { url } => {
                [("type", "openIdConnect"), ("openIdConnectUrl", url)]
                    .map(pair)
                    .into_iter()
                    .collect()
            }
            SecurityKind::MutualTls => [pair(("type", "mutualTLS"))].into_iter().collect(),
        };
        set(&mut object, "description", scheme.description.as_deref());
        Json::Object(object)
    }
}

/// The security that most operations have, to be said once for the document.
pub(super) fn usual_security(document: &Document) -> Vec<SecurityRequirement> {
    let operations = document.paths.iter().flat_map(|item| &item.operations);
    let mut counts: HashMap<String, (usize, &[SecurityRequirement])> = HashMap::new();
    for operation in operations {
        let key = operation::security(&operation.security).to_string();
        let (count, _) = counts.entry(key).or_insert((0, &operation.security));
        *count += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, (m, _)), (b, (n, _))| n.cmp(m).then(a.cmp(b)));
    let usual = counts.first().map(|(_, (_, security))| security.to_vec());
    usual.unwrap_or_default()
}

fn info(info: &Info) -> Json {
    let mut object = Object::new();
    object.insert("title".into(), json!(info.title));
    set(&mut object, "summary", info.summary.as_deref());
    set(&mut object, "description", info.description.as_deref());
    set(
        &mut object,
        "termsOfService",
        info.terms_of_service.as_deref(),
    );
    if let Some(Json::Object(mut contact)) = info.contact.as_ref().map(Json::from) {
        contact.retain(|_, value| *value != "");
        members(&mut object, "contact", contact);
    }
    let license = info.license.as_ref().map(license);
    set(&mut object, "license", license);
    object.insert("version".into(), json!(info.version));
    Json::Object(object)
}

/// Some documents give the name alone, and some anything but that, which is required.
fn license(written: &Value) -> Json {
    if let Some(name) = written.as_str() {
        return json!({"name": name});
    }
    let mut license = Json::from(written);
    if let Some(object) = license.as_object_mut() {
        let known = ["name", "identifier", "url"];
        object.retain(|key, value| known.contains(&key.as_str()) && value.is_string());
        if !object.contains_key("name") {
            let url = object.get("url").cloned();
            object.insert("name".into(), url.unwrap_or_else(|| json!("unnamed")));
        }
    }
    license
}

fn pair((key, text): (&str, &str)) -> (String, Json) {
    (key.to_owned(), json!(text))
}

fn flow(flow: &OAuthFlow) -> Json {
    let mut object = Object::new();
    let device = flow.name == "deviceAuthorization";
    let authorization = if device {
        "deviceAuthorizationUrl"
    } else {
        "authorizationUrl"
    };
    set(
        &mut object,
        authorization,
        flow.authorization_url.as_deref(),
    );
    set(&mut object, "tokenUrl", flow.token_url.as_deref());
    set(&mut object, "refreshUrl", flow.refresh_url.as_deref());
    let scopes = flow.scopes.iter();
    let scopes = scopes.map(|(scope, words)| (scope.clone(), json!(words)));
    object.insert("scopes".into(), Json::Object(scopes.collect()));
    Json::Object(object)
}
