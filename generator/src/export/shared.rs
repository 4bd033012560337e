//! Objects that stand at the top, in operations and in schemas.

use super::{Object, list, members, set};
use crate::document::{ExternalDocs, Server};
use serde_json::{Value as Json, json};

pub(super) fn server(server: &Server) -> Json {
    let mut object = Object::new();
    object.insert("url".into(), json!(server.url));
    set(&mut object, "description", server.description.as_deref());
    let variables = server.variables.iter().map(|variable| {
        let mut written = Object::new();
        written.insert("default".into(), json!(variable.default));
        let allowed = variable.allowed.iter().map(|value| json!(value)).collect();
        list(&mut written, "enum", allowed);
        set(&mut written, "description", variable.description.as_deref());
        (variable.name.clone(), Json::Object(written))
    });
    members(&mut object, "variables", variables.collect());
    Json::Object(object)
}

pub(super) fn external_docs(docs: &ExternalDocs) -> Json {
    let mut object = Object::new();
    object.insert("url".into(), json!(docs.url));
    set(&mut object, "description", docs.description.as_deref());
    Json::Object(object)
}
