//! Checks requests: parameters, bodies, credentials.
//!
//! In: a request and its operation. Out: what is wrong with it, each with its place.

use super::message::{Error, Problem, Request};
use super::multipart;
use super::operations::Operation;
use super::support::server::styled_text::{json_text, members, of_header, of_pairs, of_path};
use super::support::server::{
    Kind, Style, media, percent_decoded, query_decoded, query_pairs, styled_text::Pair,
};
use super::support::types::TextTree;
use super::table::{Tables, Way};
use super::typed::Typed;
use super::xml;
use crate::document::{Document, MediaType, ParameterFormat, SchemaId};
use crate::ir::{self, Api, Content, Credential, Location, ParameterStyle, Requirement};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;

/// Checks the requests of an API.
pub(super) struct Input<'i> {
    pub(super) document: &'i Document,
    pub(super) api: &'i Api,
    pub(super) tables: &'i mut Tables,
    pub(super) request: &'i Request,
}

/// The text of a parameter.
enum Found {
    Absent,
    Unreadable,
    Tree(TextTree),
    Json(Value),
}

impl Input<'_> {
    /// The violations of parameters. `values` are those of the path, as they were sent.
    pub(super) fn parameters(&mut self, operation: &Operation<'_>, values: &[&str]) -> Vec<Error> {
        let mut errors = Vec::new();
        let names = operation.ir.path.parameters();
        let queries = operation.ir.parameters.iter();
        let queries = queries.filter(|one| one.location == Location::Query);
        let queries: HashSet<&str> = queries.map(|one| one.name.as_str()).collect();
        for parameter in &operation.ir.parameters {
            let raw = names.iter().position(|name| *name == parameter.name);
            let raw = raw.and_then(|index| values.get(index).copied());
            let found = self.found(parameter, raw, &queries);
            let schema = operation.parameter_schema(parameter);
            self.parameter(parameter, found, schema, &mut errors);
        }
        errors
    }

    fn parameter(
        &mut self,
        parameter: &ir::Parameter,
        found: Found,
        schema: Option<SchemaId>,
        errors: &mut Vec<Error>,
    ) {
        let error = |pointer: String, detail: String| Error::Parameter {
            place: parameter.location.word(),
            name: parameter.name.clone(),
            pointer,
            detail,
        };
        let value = match found {
            Found::Absent if parameter.required => {
                errors.push(error(String::new(), Error::ABSENT.to_owned()));
                return;
            }
            Found::Absent => return,
            Found::Unreadable => {
                errors.push(error(String::new(), "can't be read".to_owned()));
                return;
            }
            Found::Tree(TextTree::Leaf { text, .. })
                if text.is_empty() && parameter.allow_empty =>
            {
                return;
            }
            Found::Tree(tree) => {
                let (document, tables) = (self.document, &mut *self.tables);
                let schemas: Vec<SchemaId> = schema.into_iter().collect();
                let drops_nulls = false;
                Typed {
                    document,
                    tables,
                    drops_nulls,
                }
                .read(&tree, &schemas)
            }
            Found::Json(value) => value,
        };
        let Some(schema) = schema else { return };
        let broken = self
            .tables
            .violations(self.document, schema, Way::Request, &value);
        errors.extend(
            broken
                .into_iter()
                .map(|(pointer, detail)| error(pointer, detail)),
        );
    }

    /// The text of a parameter; `queries` are the names of all that are in the query.
    fn found(
        &self,
        parameter: &ir::Parameter,
        raw: Option<&str>,
        queries: &HashSet<&str>,
    ) -> Found {
        let name = parameter.name.as_str();
        let (style, kind) = style(parameter.style, parameter.location);
        let tree = |tree: Option<TextTree>| tree.map_or(Found::Unreadable, Found::Tree);
        match parameter.location {
            Location::Path => match raw {
                None => Found::Absent,
                Some(raw) if style == Style::Json => json(percent_decoded(raw)),
                Some(raw) if parameter.style == ParameterStyle::Plain => {
                    tree(percent_decoded(raw).map(TextTree::leaf))
                }
                Some(raw) => tree(of_path(name, raw, style, kind)),
            },
            Location::Query => {
                let query = self.request.query.as_str();
                let pairs: Option<Vec<Pair<'_>>> = query_pairs(query)
                    .map(|(name, value)| Some((query_decoded(name)?, value)))
                    .collect();
                match pairs {
                    Some(pairs) => of_query(name, &pairs, style, kind, queries),
                    None => Found::Unreadable,
                }
            }
            Location::Header => match self.request.header(name) {
                None => Found::Absent,
                Some(text) if style == Style::Json => json(Some(Cow::Owned(text))),
                Some(text) if parameter.style == ParameterStyle::Plain => {
                    Found::Tree(TextTree::leaf(text.trim()))
                }
                Some(text) => tree(of_header(&text, style, kind)),
            },
            Location::Cookie => {
                let cookies = self.request.cookies();
                let pairs = cookies.iter();
                let pairs =
                    pairs.map(|(name, value)| (Cow::Borrowed(name.as_str()), value.as_str()));
                of_query(name, &pairs.collect::<Vec<_>>(), style, kind, queries)
            }
        }
    }

    /// Whether one of the requirements is met.
    pub(super) fn is_authorized(&self, requirements: &[Requirement]) -> bool {
        let mut requirements = requirements.iter();
        let has = |scheme: &usize| {
            let scheme = self.api.schemes.get(*scheme);
            scheme.is_none_or(|scheme| self.has_credential(&scheme.credential))
        };
        requirements.len() == 0
            || requirements.any(|one| one.schemes.iter().all(|(scheme, _)| has(scheme)))
    }

    /// Any credential will do, as a mock knows no users.
    fn has_credential(&self, credential: &Credential) -> bool {
        let scheme = |wanted: &str| {
            let header = self.request.header("authorization").unwrap_or_default();
            let (scheme, rest) = header.split_once(' ').unwrap_or_default();
            scheme.eq_ignore_ascii_case(wanted) && !rest.trim().is_empty()
        };
        match credential {
            Credential::Bearer => scheme("bearer"),
            Credential::Basic => scheme("basic"),
            Credential::Http(name) => scheme(name),
            Credential::Header(name) => self.request.header(name).is_some(),
            Credential::Query(name) => {
                let mut pairs = query_pairs(&self.request.query);
                pairs.any(|(key, _)| query_decoded(key).is_some_and(|key| key == *name))
            }
            Credential::Cookie(name) => self.request.cookies().iter().any(|(key, _)| key == name),
            Credential::Certificate | Credential::External => true,
        }
    }

    /// The value of the body, for those that are JSON or forms.
    ///
    /// # Errors
    /// 415 if its media type isn't described; its violations.
    pub(super) fn body(&mut self, operation: &Operation<'_>) -> Result<Option<Value>, Problem> {
        let is_empty = self.request.body.is_empty();
        let Some(body) = &operation.document.body else {
            if is_empty {
                return Ok(None);
            }
            return Err(Problem::new(415, "the operation has no request body"));
        };
        let content_type = self.request.content_type();
        if is_empty && content_type.is_none() {
            return if body.required {
                Err(invalid("the body is missing", String::new(), "is required"))
            } else {
                Ok(None)
            };
        }
        let content_type = content_type.unwrap_or_default();
        let essence = media::essence(&content_type).into_owned();
        let Some(content) = described(&body.content, &essence) else {
            let listed: Vec<&str> = body.content.iter().map(|one| one.name.as_str()).collect();
            let detail = format!("the body has to be {}", listed.join(" or "));
            return Err(Problem::new(415, detail));
        };
        let essence = if essence.is_empty() {
            media::essence(&content.name).into_owned()
        } else {
            essence
        };
        if is_empty && !body.required {
            return Ok(None);
        }
        // Text, forms and files may be empty.
        if is_empty && (media::is_json(&essence) || xml::is_xml(&essence)) {
            return Err(invalid("the body is missing", String::new(), "is required"));
        }
        if is_of_lines(&essence) {
            return self.lines(content).map(|()| None);
        }
        let value = self.decoded(operation, content, &essence, &content_type)?;
        let (Some(schema), Some(value)) = (content.schema, value) else {
            return Ok(None);
        };
        let broken = self
            .tables
            .violations(self.document, schema, Way::Request, &value);
        if broken.is_empty() {
            return Ok(Some(value));
        }
        Err(violated(broken))
    }

    /// Checks a body with a JSON value on each line, whose pointers begin with the number of the line.
    fn lines(&mut self, content: &MediaType) -> Result<(), Problem> {
        let items = content.item_schema.or_else(|| {
            // A schema of the whole describes a list of its lines.
            let whole = content.schema?;
            let target = self.document[whole].reference.unwrap_or(whole);
            Some(self.document[target].items.unwrap_or(whole))
        });
        let lines = self.request.body.split(|byte| matches!(byte, b'\n' | 0x1e));
        let lines = lines.filter(|line| !line.trim_ascii().is_empty());
        for (index, line) in lines.enumerate() {
            let value = serde_json::from_slice(line).map_err(|error| {
                let pointer = format!("/{index}");
                invalid(
                    "a line of the body is not JSON",
                    pointer,
                    &error.to_string(),
                )
            })?;
            let Some(schema) = items else { continue };
            let mut broken = self
                .tables
                .violations(self.document, schema, Way::Request, &value);
            if !broken.is_empty() {
                for (pointer, _) in &mut broken {
                    pointer.insert_str(0, &format!("/{index}"));
                }
                return Err(violated(broken));
            }
        }
        Ok(())
    }

    /// The body as a value; `None` for what isn't checked: files, and XML that generated servers don't read.
    fn decoded(
        &mut self,
        operation: &Operation<'_>,
        content: &MediaType,
        essence: &str,
        content_type: &str,
    ) -> Result<Option<Value>, Problem> {
        let bytes = &self.request.body;
        if media::is_json(essence) {
            let value = serde_json::from_slice(bytes);
            return value.map(Some).map_err(|error| {
                malformed("the body is not JSON", String::new(), &error.to_string())
            });
        }
        let tree = match essence {
            "application/x-www-form-urlencoded" => {
                let unreadable =
                    || invalid("the body is not a form", String::new(), "can't be read");
                let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
                let encodings = encodings(operation.ir);
                let pairs: Option<Vec<Pair<'_>>> = query_pairs(text)
                    .map(|(name, value)| Some((query_decoded(name)?, value)))
                    .collect();
                let pairs = pairs.ok_or_else(unreadable)?;
                let members = members(&pairs, &encodings);
                members.map_err(|name| {
                    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
                    invalid("the body is not as described", pointer, "can't be read")
                })?
            }
            "multipart/form-data" => {
                let parts = multipart::parts(content_type, bytes);
                let parts = parts.ok_or_else(|| {
                    invalid(
                        "the body is not a form",
                        String::new(),
                        "has no parts between its boundaries",
                    )
                })?;
                TextTree::Map(multipart::grouped(parts))
            }
            _ if xml::is_xml(essence) => {
                let Some(ty) = operation.xml_of_request(&content.name) else {
                    return Ok(None);
                };
                let table = self.tables.xml.of(self.api, ty);
                let tree = xml::read(bytes, table);
                tree.map_err(|error| {
                    malformed("the body is not XML", String::new(), error.message())
                })?
            }
            _ if essence.starts_with("text/") && content.schema.is_some() => {
                TextTree::leaf(String::from_utf8_lossy(bytes))
            }
            _ => return Ok(None),
        };
        let (document, tables) = (self.document, &mut *self.tables);
        let schemas: Vec<SchemaId> = content.schema.into_iter().collect();
        let drops_nulls = xml::is_xml(essence);
        let value = Typed {
            document,
            tables,
            drops_nulls,
        }
        .read(&tree, &schemas);
        Ok(Some(value))
    }
}

/// A parameter in the pairs of a query.
fn of_query(
    name: &str,
    pairs: &[Pair<'_>],
    style: Style,
    kind: Kind,
    queries: &HashSet<&str>,
) -> Found {
    if style == Style::Json {
        return match json_text(name, pairs) {
            Ok(Some(text)) => json(Some(Cow::Owned(text))),
            Ok(None) => Found::Absent,
            Err(()) => Found::Unreadable,
        };
    }
    // The properties of an exploded object are parameters of their own.
    if style == Style::FormExploded && kind == Kind::Object {
        let own = pairs.iter().filter(|(key, _)| !queries.contains(&**key));
        let own: Vec<Pair<'_>> = own.cloned().collect();
        let tree = members(&own, &[]);
        return match tree {
            Ok(TextTree::Map(members)) if members.is_empty() => Found::Absent,
            Ok(tree) => Found::Tree(tree),
            Err(_) => Found::Unreadable,
        };
    }
    match of_pairs(name, pairs, style, kind) {
        Ok(Some(tree)) => Found::Tree(tree),
        Ok(None) => Found::Absent,
        Err(()) => Found::Unreadable,
    }
}

fn json(text: Option<Cow<'_, str>>) -> Found {
    let value = text.and_then(|text| serde_json::from_str(&text).ok());
    value.map_or(Found::Unreadable, Found::Json)
}

/// Whether a body is a JSON value on each line, or after each record separator (RFC 7464).
fn is_of_lines(essence: &str) -> bool {
    const NAMES: [&str; 4] = [
        "application/jsonl",
        "application/x-ndjson",
        "application/x-jsonlines",
        "application/json-seq",
    ];
    NAMES.contains(&essence)
}

fn violated(broken: Vec<(String, String)>) -> Problem {
    let errors = broken.into_iter();
    let errors = errors.map(|(pointer, detail)| Error::Body { pointer, detail });
    Problem {
        errors: errors.collect(),
        ..Problem::new(422, "the body is not as described")
    }
}

/// A body in another syntax than its media type says.
fn malformed(what: &str, pointer: String, detail: &str) -> Problem {
    Problem {
        status: 400,
        ..invalid(what, pointer, detail)
    }
}

fn invalid(what: &str, pointer: String, detail: &str) -> Problem {
    Problem {
        errors: vec![Error::Body {
            pointer,
            detail: detail.to_owned(),
        }],
        ..Problem::new(422, what)
    }
}

/// The description of a media type: the most specific one that has it in its range. Without one, the first is meant.
pub(super) fn described<'c>(content: &'c [MediaType], essence: &str) -> Option<&'c MediaType> {
    if essence.is_empty() {
        let is_json = |one: &&MediaType| media::is_json(&media::essence(&one.name));
        return content.iter().find(is_json).or(content.first());
    }
    let matching = content.iter().filter(|one| {
        let range = media::essence(&one.name);
        media::is_in_range(essence, &range)
    });
    matching.min_by_key(|one| one.name.matches('*').count())
}

fn encodings(operation: &ir::Operation) -> Vec<(&str, Style, Kind)> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let form = contents.filter_map(|held| match &held.content {
        Content::Form(form) => Some(&form.encodings),
        _ => None,
    });
    let encodings = form.flatten();
    encodings
        .map(|(name, style, kind)| (name.as_str(), style_of(*style), kind_of(*kind)))
        .collect()
}

/// How generated servers read a parameter.
pub(super) fn style(of: ParameterStyle, location: Location) -> (Style, Kind) {
    match of {
        ParameterStyle::Plain => (Style::FormExploded, Kind::Value),
        ParameterStyle::Each => (Style::FormExploded, Kind::List),
        ParameterStyle::Separated(separator, kind) => {
            let style = match (separator, location) {
                (' ', _) => Style::Space,
                ('|', _) => Style::Pipe,
                ('\t', _) => Style::Tab,
                (_, Location::Query | Location::Cookie) => Style::Form,
                (_, Location::Path | Location::Header) => Style::Simple,
            };
            (style, kind_of(kind))
        }
        ParameterStyle::Styled(style, kind) => (style_of(style), kind_of(kind)),
    }
}

fn style_of(style: ir::Style) -> Style {
    match style {
        ir::Style::Simple => Style::Simple,
        ir::Style::SimpleExploded => Style::SimpleExploded,
        ir::Style::Label => Style::Label,
        ir::Style::LabelExploded => Style::LabelExploded,
        ir::Style::Matrix => Style::Matrix,
        ir::Style::MatrixExploded => Style::MatrixExploded,
        ir::Style::Form => Style::Form,
        ir::Style::FormExploded => Style::FormExploded,
        ir::Style::Space => Style::Space,
        ir::Style::Pipe => Style::Pipe,
        ir::Style::Tab => Style::Tab,
        ir::Style::DeepObject => Style::DeepObject,
        ir::Style::Json => Style::Json,
    }
}

fn kind_of(kind: ir::Kind) -> Kind {
    match kind {
        ir::Kind::Value => Kind::Value,
        ir::Kind::List => Kind::List,
        ir::Kind::Atoms => Kind::Atoms,
        ir::Kind::Object => Kind::Object,
        ir::Kind::Any => Kind::Any,
    }
}

impl Operation<'_> {
    /// The schema of a parameter.
    pub(super) fn parameter_schema(&self, parameter: &ir::Parameter) -> Option<SchemaId> {
        let location = |of: crate::document::Location| match of {
            crate::document::Location::Path => Location::Path,
            crate::document::Location::Query => Location::Query,
            crate::document::Location::Header => Location::Header,
            crate::document::Location::Cookie => Location::Cookie,
        };
        let mut parameters = self.document.parameters.iter();
        let found = parameters
            .find(|one| one.name == parameter.name && location(one.location) == parameter.location);
        match &found?.format {
            ParameterFormat::Style { schema, .. } => Some(*schema),
            ParameterFormat::Content(media) => media.schema,
        }
    }
}
