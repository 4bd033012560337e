//! What vendors' extensions say of how the pages of a list follow each other. They are kept as they are written; `lower` reads them.

use super::parameters::Raw;
use super::read::Reader;
use super::resolve::HOPS;
use super::{PagingHint, PagingVendor};
use crate::source::{Node, Value};
use serde_json::json;
use std::collections::BTreeMap;

/// How deep properties are looked for.
const DEPTH: usize = 4;

impl<'a> Reader<'a> {
    /// The extension of an operation, or what those of its parameters and of its response say together.
    pub(super) fn paging_hint(
        &self,
        operation: &Node<'a>,
        parameters: &[Raw<'a>],
    ) -> Option<PagingHint> {
        let whole = PagingVendor::WHOLE.into_iter().find_map(|vendor| {
            let name = vendor.extension();
            let said = operation.get(name)?;
            // Fern's `true` stands for what the document has at its root.
            let said = match said.value {
                Value::Bool(true) => self.root.get(name)?,
                _ => said,
            };
            said.value.is_object().then(|| PagingHint {
                vendor,
                value: serde_json::Value::from(said.value),
                origin: said.origin(),
            })
        });
        whole.or_else(|| self.stainless(operation, parameters))
    }

    /// Stainless' extension gives each parameter and property its purpose. Together they say what Speakeasy's extension would.
    fn stainless(&self, operation: &Node<'a>, parameters: &[Raw<'a>]) -> Option<PagingHint> {
        let known = |purpose: &str| match purpose {
            "next_cursor_param" => Some(("cursor", "cursor", "next_cursor_field")),
            "next_cursor_id_param" => Some(("cursor", "cursor", "cursor_item_id")),
            "offset_count_param" => Some(("offsetLimit", "offset", "")),
            "page_number_param" => Some(("offsetLimit", "page", "")),
            _ => None,
        };
        let mut parameters = parameters.iter();
        let (parameter, (kind, input, next)) = parameters.find_map(|raw| {
            let schema = || self.schema_of(&raw.node);
            let purpose = purpose(&raw.node).or_else(|| purpose(&schema()?))?;
            Some((raw, known(purpose)?))
        })?;
        let purposes = self.purposes(self.page(operation)?);
        let mut outputs = BTreeMap::new();
        if let Some(way) = purposes.get("items") {
            outputs.insert("results", way);
        }
        if !next.is_empty() {
            outputs.insert("nextCursor", purposes.get(next)?);
        }
        let name = &parameter.name;
        let inputs = json!([{ "name": name, "in": "parameters", "type": input }]);
        Some(PagingHint {
            vendor: PagingVendor::Stainless,
            value: json!({ "type": kind, "inputs": inputs, "outputs": outputs }),
            origin: parameter.node.origin(),
        })
    }

    /// The schema of a successful response in JSON.
    fn page(&self, operation: &Node<'a>) -> Option<Node<'a>> {
        let mut responses = operation.get("responses")?.members();
        let (_, response) = responses.find(|(status, _)| status.starts_with('2'))?;
        let response = self.at_end(response)?;
        let content = response.get("content").map(|content| content.members());
        let mut content = content.into_iter().flatten();
        let content = content.find(|(media_type, _)| media_type.contains("json"));
        self.schema_of(&content.map_or(response, |(_, content)| content))
    }

    fn schema_of(&self, node: &Node<'a>) -> Option<Node<'a>> {
        self.at_end(node.get("schema")?)
    }

    /// The ways to the properties of a page that have a purpose, as JSONPath.
    fn purposes(&self, page: Node<'a>) -> BTreeMap<&'a str, String> {
        let mut found = BTreeMap::new();
        if of(&page).is_some_and(|said| said.get("is_top_level_array").is_some()) {
            found.insert("items", "$".to_owned());
        }
        let mut open = vec![(page, "$".to_owned(), 0)];
        while let Some((node, way, depth)) = open.pop() {
            let Some(schema) = self.at_end(node.clone()).filter(|_| depth < DEPTH) else {
                continue;
            };
            if let Some(purpose) = purpose(&node).or_else(|| purpose(&schema)) {
                found.entry(purpose).or_insert_with(|| way.clone());
            }
            if let Some(all) = schema.get("allOf") {
                open.extend(all.items().map(|part| (part, way.clone(), depth + 1)));
            }
            if let Some(properties) = schema.get("properties") {
                let members = properties.members();
                open.extend(
                    members.map(|(name, member)| (member, format!("{way}['{name}']"), depth + 1)),
                );
            }
            if let Some(items) = schema.get("items") {
                open.push((items, format!("{way}[-1]"), depth + 1));
            }
        }
        found
    }

    /// The node itself, or what its `$ref` leads to; problems are reported where it is read.
    fn at_end(&self, mut node: Node<'a>) -> Option<Node<'a>> {
        for _ in 0..HOPS {
            let Some(reference) = node.get("$ref") else {
                return Some(node);
            };
            node = self.target(&reference).ok()?;
        }
        None
    }
}

/// Stainless' extension of a parameter or schema.
fn of<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    node.get(PagingVendor::Stainless.extension())
}

fn purpose<'a>(node: &Node<'a>) -> Option<&'a str> {
    of(node)?.get("purpose")?.value.as_str()
}
