//! The tools that there are. Needs `api.rs`, `clean.rs`, `facts.rs`, `schemas.rs`, `settings.rs`.

use std::sync::{Arc, OnceLock};

use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Value, json};

use super::{Api, Description, Group, Object, Operation, Settings, Shape, clean};

/// The tool that finds operations, where these have no tools of their own.
pub(crate) const SEARCH_TOOL: &str = "search_operations";
/// The tool that describes one.
pub(crate) const DESCRIBE_TOOL: &str = "describe_operation";
/// The tool that calls one.
pub(crate) const CALL_TOOL: &str = "call_operation";
/// The tool that gives what was cut of a result.
pub(crate) const READ_TOOL: &str = "read_more";

/// The greatest number of operations that have a tool each, unless the user says otherwise.
const MANY: usize = 60;

/// The greatest number of characters of a tool's description.
const LONGEST: usize = 1_000;

/// The greatest number of operations that a search finds.
const FOUND: usize = 20;

/// The tools of a program.
pub(crate) struct Catalog<C: 'static> {
    api: &'static Api<C>,
    /// The operations that there are, each with its group.
    pub(crate) operations: Vec<(&'static Group<C>, &'static Operation<C>)>,
    has_output_schemas: bool,
    is_searched: bool,
    read_only: bool,
    /// Read when the first schema is wanted.
    description: OnceLock<Description>,
    listed: OnceLock<Vec<Tool>>,
}

impl<C> Catalog<C> {
    /// The tools that the settings leave. Fails if they name any that doesn't exist, or leave none.
    pub(crate) fn new(api: &'static Api<C>, settings: &Settings) -> Result<Self, String> {
        let names = |group: &Group<C>, operation: &Operation<C>| [group.name, operation.name];
        let all = || {
            let groups = api.groups.iter();
            groups.flat_map(|group| group.operations.iter().map(move |one| (group, one)))
        };
        for name in settings.include.iter().chain(&settings.exclude) {
            let mut known = all().flat_map(|(group, one)| names(group, one));
            if !known.any(|known| known == name) {
                return Err(format!("there is no group or tool `{name}`"));
            }
        }
        let is_in = |list: &[String], (group, one): &(&Group<C>, &Operation<C>)| {
            let mut names = names(group, one).into_iter();
            names.any(|name| list.iter().any(|listed| listed == name))
        };
        let operations = all().filter(|one| {
            let is_included = settings.include.is_empty() || is_in(&settings.include, one);
            let is_allowed = !settings.read_only || Effect::of(one.1) == Effect::None;
            is_included && is_allowed && !is_in(&settings.exclude, one)
        });
        let operations: Vec<_> = operations.collect();
        if operations.is_empty() {
            return Err("the flags leave no operation".to_owned());
        }
        Ok(Self {
            api,
            is_searched: match settings.shape {
                Shape::Auto => operations.len() > MANY,
                Shape::All => false,
                Shape::Three => true,
            },
            operations,
            has_output_schemas: settings.has_output_schemas,
            read_only: settings.read_only,
            description: OnceLock::new(),
            listed: OnceLock::new(),
        })
    }

    pub(crate) fn api(&self) -> &'static Api<C> {
        self.api
    }

    /// Whether operations are searched and called by tools of the program, and have none of their own.
    pub(crate) fn is_searched(&self) -> bool {
        self.is_searched
    }

    /// The operation with this name.
    pub(crate) fn operation(&self, name: &str) -> Option<&'static Operation<C>> {
        let mut all = self.operations.iter();
        let found = all.find(|(_, operation)| operation.name == name)?;
        Some(found.1)
    }

    /// All tools.
    pub(crate) fn tools(&self) -> &[Tool] {
        self.listed.get_or_init(|| {
            let mut tools: Vec<Tool> = if self.is_searched {
                self.three()
            } else {
                let all = self.operations.iter();
                all.map(|(_, operation)| self.tool(operation)).collect()
            };
            tools.push(read_more());
            tools
        })
    }

    /// The tool of an operation.
    fn tool(&self, operation: &Operation<C>) -> Tool {
        let description = self.description();
        let about = clean(described(operation), LONGEST);
        let input = description.input(operation);
        let mut tool = Tool::new(operation.name, about, input);
        if !operation.about.is_empty() {
            tool = tool.with_title(clean(operation.about, 100));
        }
        if self.has_output_schemas {
            tool = tool.with_raw_output_schema(Arc::new(description.output(operation)));
        }
        tool.with_annotations(Effect::of(operation).annotations())
    }

    fn description(&self) -> &Description {
        let read = || Description::read(self.api.description);
        self.description.get_or_init(read)
    }

    /// The tools by which operations are searched, described and called.
    fn three(&self) -> Vec<Tool> {
        let title = clean(self.api.title, 100);
        let count = self.operations.len();
        let read = || ToolAnnotations::new().read_only(true).open_world(false);
        let call = match self.read_only {
            true => Effect::None.annotations(),
            false => Effect::Unknown.annotations(),
        };
        let search = format!(
            "Finds operations of {title}, of which there are {count}. Returns their names, what they are about, and method and path."
        );
        let describe =
            "Describes an operation: what it does, and the JSON schema of its arguments.";
        let call_about = format!(
            "Calls an operation of {title} with arguments by the schema that {DESCRIBE_TOOL} gives."
        );
        let name =
            json!({"type": "string", "description": format!("The name that {SEARCH_TOOL} gives.")});
        vec![
            Tool::new(
                SEARCH_TOOL,
                search,
                object(
                    json!({"query": {"type": "string", "description": "Words that the operation is about; all operations without them."}}),
                    &[],
                ),
            )
            .with_annotations(read()),
            Tool::new(DESCRIBE_TOOL, describe, object(json!({"name": name}), &["name"]))
                .with_annotations(read()),
            Tool::new(
                CALL_TOOL,
                call_about,
                object(
                    json!({"name": name, "arguments": {"type": "object"}}),
                    &["name"],
                ),
            )
            .with_annotations(call),
        ]
    }

    /// What an operation is, for those that have no tool of their own.
    pub(crate) fn describe(&self, operation: &Operation<C>) -> Value {
        let tool = self.tool(operation);
        json!({
            "name": operation.name,
            "description": tool.description,
            "annotations": tool.annotations,
            "arguments": tool.input_schema,
            "result": tool.output_schema,
        })
    }

    /// The operations that have these words, those with most of them first.
    pub(crate) fn search(&self, query: &str) -> Value {
        let words: Vec<String> = query
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let all = self.operations.iter();
        let mut found: Vec<(usize, &Operation<C>)> = all
            .map(|(group, operation)| (score(&words, group, operation), *operation))
            .filter(|(score, _)| *score > 0 || words.is_empty())
            .collect();
        found.sort_by_key(|(score, _)| usize::MAX - score);
        let count = found.len();
        let shown = found.into_iter().take(FOUND).map(|(_, operation)| {
            json!({
                "name": operation.name,
                "about": clean(operation.about, 200),
                "request": operation.request,
            })
        });
        json!({"operations": shown.collect::<Vec<_>>(), "found": count})
    }
}

/// What a model reads of an operation.
pub(crate) fn described<C>(operation: &Operation<C>) -> &'static str {
    match operation.details {
        "" => operation.request,
        details => details,
    }
}

/// How well an operation fits words: names count most.
fn score<C>(words: &[String], group: &Group<C>, operation: &Operation<C>) -> usize {
    let texts = [
        (8, operation.name),
        (4, group.name),
        (4, operation.about),
        (2, operation.request),
        (1, operation.details),
    ];
    let texts = texts.map(|(weight, text)| (weight, text.to_lowercase()));
    let scores = words.iter().map(|word| {
        let found = texts
            .iter()
            .filter(|(_, text)| text.contains(word.as_str()));
        found.map(|(weight, _)| weight).sum::<usize>()
    });
    scores.sum()
}

/// What a call does to the server, by its method (RFC 9110, section 9.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nothing.
    None,
    /// It replaces or deletes, and once more changes nothing.
    Once,
    /// Anything.
    Unknown,
}

impl Effect {
    fn of<C>(operation: &Operation<C>) -> Self {
        let method = operation.request.split(' ').next().unwrap_or_default();
        match method {
            "GET" | "HEAD" | "OPTIONS" | "QUERY" | "TRACE" => Self::None,
            "PUT" | "DELETE" => Self::Once,
            _ => Self::Unknown,
        }
    }

    fn annotations(self) -> ToolAnnotations {
        let annotations = ToolAnnotations::new().open_world(true);
        match self {
            Self::None => annotations
                .read_only(true)
                .destructive(false)
                .idempotent(true),
            Self::Once => annotations
                .read_only(false)
                .destructive(true)
                .idempotent(true),
            Self::Unknown => annotations
                .read_only(false)
                .destructive(true)
                .idempotent(false),
        }
    }
}

/// The tool that gives what was cut of a result.
fn read_more() -> Tool {
    let number = |about: &str| json!({"type": "integer", "minimum": 0, "description": about});
    let input = object(
        json!({
            "result": number("The number of the result, which `more` of it has."),
            "offset": number("Where to go on, which `more` of the last piece has."),
        }),
        &["result", "offset"],
    );
    let about =
        "Gives what follows of a result that was too long for one response. No call is made again.";
    let annotations = ToolAnnotations::new().read_only(true).idempotent(true);
    Tool::new(READ_TOOL, about, input).with_annotations(annotations.open_world(false))
}

/// The schema of an object with these properties.
fn object(properties: Value, required: &[&str]) -> Object {
    let mut object = Object::new();
    object.insert("type".to_owned(), "object".into());
    object.insert("properties".to_owned(), properties);
    object.insert("required".to_owned(), required.to_vec().into());
    object.insert("additionalProperties".to_owned(), false.into());
    object
}
