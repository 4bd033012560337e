//! Reads an index.
//!
//! In: the nodes of one file. Out: an [`Index`], and diagnostics for what doesn't have the form of versions 0.14 to 0.20 of apisjson.org's
//! format. Invalid descriptive fields are dropped with a warning. Doesn't look at any other file.

use crate::diag::{Code, Diagnostics, Place};
use crate::source::{FileId, Node, Origin, Sources, Value};

/// An APIs.json index.
#[derive(Debug, Clone)]
pub struct Index {
    pub name: Option<String>,
    pub description: Option<String>,
    /// `specificationVersion`: the version of the format, as written.
    pub version: Option<String>,
    /// The topics of the index.
    pub tags: Vec<String>,
    pub apis: Vec<Api>,
    /// `include`: other indexes.
    pub includes: Vec<Link>,
    pub origin: Origin,
    /// Origin of its list of APIs.
    pub apis_origin: Origin,
}

/// An entry of an index.
#[derive(Debug, Clone)]
pub struct Api {
    /// The name for people.
    pub name: Option<String>,
    /// The identifier: `x-api-slug`, or the part of `aid` after the colon.
    pub slug: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    /// The base URL of the API, as written.
    pub base_url: Option<String>,
    /// The page about the API for people.
    pub human_url: Option<String>,
    /// The topics of the API.
    pub tags: Vec<String>,
    /// `properties`: links to files of all kinds.
    pub properties: Vec<Link>,
    pub origin: Origin,
}

/// A link of an index.
#[derive(Debug, Clone)]
pub struct Link {
    /// The kind of file, as written: `OpenAPI`, `x-openapi-spec`, `x-documentation`.
    pub kind: String,
    /// A URL, or a path relative to the index.
    pub url: String,
    /// Origin of the URL.
    pub origin: Origin,
}

/// The description formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    OpenApi,
    Swagger,
}

impl Api {
    /// The name in messages: its name, else its slug, else its position.
    #[must_use]
    pub fn label(&self) -> String {
        self.name
            .clone()
            .or_else(|| self.slug.clone())
            .unwrap_or_else(|| self.origin.pointer.to_string())
    }

    /// The links to its description. If an API is described in OpenAPI and in Swagger, only the OpenAPI links.
    pub fn descriptions(&self) -> impl Iterator<Item = &Link> {
        let formats = || self.properties.iter().filter_map(Link::format);
        let wanted = if formats().any(|format| format == Format::OpenApi) {
            Format::OpenApi
        } else {
            Format::Swagger
        };
        self.properties
            .iter()
            .filter(move |link| link.format() == Some(wanted))
    }
}

impl Link {
    /// The description format of a link; `None` for other files. `type` is free text: `x-openapi-spec`, `OpenAPI 3.0`, `Swagger`.
    fn format(&self) -> Option<Format> {
        const SUFFIXES: [&str; 9] = [
            "",
            "spec",
            "specification",
            "definition",
            "description",
            "document",
            "file",
            "json",
            "yaml",
        ];
        let plain: String = self
            .kind
            .to_ascii_lowercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let plain = plain.strip_prefix('x').unwrap_or(&plain);
        let formats = [("openapi", Format::OpenApi), ("swagger", Format::Swagger)];
        let (rest, format) = formats
            .iter()
            .find_map(|(word, format)| Some((plain.strip_prefix(word)?, *format)))?;
        SUFFIXES
            .contains(&rest.trim_matches(|c: char| c.is_ascii_digit()))
            .then_some(format)
    }
}

/// Whether a file is an index rather than a description.
#[must_use]
pub fn is_index(root: &Node<'_>) -> bool {
    root.get("apis").is_some() && root.get("openapi").is_none() && root.get("swagger").is_none()
}

/// Reads the index in the file `entry`; `None` if it isn't one. All other problems are in `diagnostics`.
#[must_use]
pub fn read(sources: &Sources, entry: FileId, diagnostics: &mut Diagnostics) -> Option<Index> {
    let root = sources.root(entry);
    if !is_index(&root) {
        diagnostics.push(Code::NotAnIndex, Place::Value(root.origin()));
        return None;
    }
    let mut reader = Reader { diagnostics };
    let apis = reader.list(&root, "apis");
    Some(Index {
        name: reader.text(&root, "name"),
        description: reader.text(&root, "description"),
        version: reader.text(&root, "specificationVersion"),
        tags: reader.tags(&root),
        apis: apis.iter().filter_map(|node| reader.api(node)).collect(),
        includes: reader
            .list(&root, "include")
            .iter()
            .filter_map(|node| reader.link(node))
            .collect(),
        origin: root.origin(),
        apis_origin: root.get("apis").unwrap_or(root).origin(),
    })
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn api(&mut self, node: &Node<'_>) -> Option<Api> {
        if !self.is_mapping(node) {
            return None;
        }
        let slug = self.text(node, "x-api-slug").or_else(|| {
            let aid = self.text(node, "aid")?;
            Some(
                aid.split_once(':')
                    .map_or(aid.clone(), |(_, slug)| slug.to_owned()),
            )
        });
        let api = Api {
            name: self.text(node, "name"),
            slug,
            description: self.text(node, "description"),
            base_url: self.text(node, "baseURL"),
            human_url: self.text(node, "humanURL"),
            tags: self.tags(node),
            properties: self
                .list(node, "properties")
                .iter()
                .filter_map(|property| self.link(property))
                .collect(),
            origin: node.origin(),
        };
        if api.name.is_none() && api.slug.is_none() {
            self.missing("this API", "name", node);
        }
        Some(api)
    }

    fn link(&mut self, node: &Node<'_>) -> Option<Link> {
        if !self.is_mapping(node) {
            return None;
        }
        let kind = self.text(node, "type").unwrap_or_default();
        let origin = node.get("url").unwrap_or_else(|| node.clone()).origin();
        let link = Link {
            kind,
            url: self.text(node, "url").unwrap_or_default(),
            origin,
        };
        // A fragment alone refers to no file.
        if link.url.is_empty() || link.url.starts_with('#') {
            if link.format().is_some() {
                self.missing("this description", "url", node);
            }
            return None;
        }
        Some(link)
    }

    /// `tags`: a list, or one string with commas.
    fn tags(&mut self, node: &Node<'_>) -> Vec<String> {
        let Some(tags) = member(node, "tags") else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        if tags.value.is_array() {
            for item in tags.items() {
                texts.extend(self.text_of(&item));
            }
        } else if let Some(text) = self.text_of(&tags) {
            texts.extend(text.split(',').map(str::to_owned));
        }
        texts
            .iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    }

    fn text(&mut self, node: &Node<'_>, key: &str) -> Option<String> {
        member(node, key).and_then(|member| self.text_of(&member))
    }

    fn text_of(&mut self, node: &Node<'_>) -> Option<String> {
        match node.value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                let code = Code::IgnoredValue {
                    expected: "a string".to_owned(),
                    found: node.kind().to_owned(),
                };
                self.diagnostics.push(code, Place::Value(node.origin()));
                None
            }
        }
    }

    fn list<'a>(&mut self, node: &Node<'a>, key: &str) -> Vec<Node<'a>> {
        let Some(list) = member(node, key) else {
            return Vec::new();
        };
        if !list.value.is_array() {
            self.wrong_kind("a list", &list);
        }
        list.items().collect()
    }

    fn is_mapping(&mut self, node: &Node<'_>) -> bool {
        if !node.value.is_object() {
            self.wrong_kind("a mapping", node);
        }
        node.value.is_object()
    }

    fn wrong_kind(&mut self, expected: &str, node: &Node<'_>) {
        let code = Code::WrongKind {
            expected: expected.to_owned(),
            found: node.kind().to_owned(),
        };
        self.diagnostics.push(code, Place::Value(node.origin()));
    }

    fn missing(&mut self, object: &str, key: &str, node: &Node<'_>) {
        let code = Code::MissingKey {
            object: object.to_owned(),
            key: key.to_owned(),
        };
        self.diagnostics.push(code, Place::Value(node.origin()));
    }
}

/// The member `key`, unless it is null.
fn member<'a>(node: &Node<'a>, key: &str) -> Option<Node<'a>> {
    node.get(key).filter(|member| !member.value.is_null())
}
