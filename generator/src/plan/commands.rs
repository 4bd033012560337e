//! Plans the commands of a command line: the names of groups, operations and arguments, and how arguments are written.
//!
//! In: the planned groups and types. Out: for each operation the names that its table has, in the order of its parameters and properties,
//! so that emission goes through both at once. Names depend on nothing but the description and the words of the command line itself.

use super::doc::Doc;
use super::operations::{Body, BodyContent, Group, Operation, PartContent, Payload};
use super::parameter::Parameter;
use super::rust::{Ident, Named, NamedKind, Ty};
use super::types::{Constant, Field, Presence, TypeItem};
use crate::hidden::{is_hidden, printable};
use std::collections::{BTreeSet, HashMap};

/// The commands of a group.
#[derive(Debug, Clone)]
pub struct GroupCommands {
    /// The command: `oauth`.
    pub name: String,
    /// One line about it; may be empty.
    pub about: String,
    /// The commands of its operations, in its order.
    pub commands: Vec<Command>,
}

/// The command of an operation.
#[derive(Debug, Clone)]
pub struct Command {
    /// The command: `get-oauth-apps`.
    pub name: String,
    /// One line about it; may be empty.
    pub about: String,
    /// Everything that the description says of it, as lines; may be empty.
    pub details: String,
    /// Method and path, to be shown.
    pub request: String,
    /// The arguments: path parameters, other parameters, then properties or parts of its bodies.
    pub arguments: Vec<CommandArgument>,
    /// The constants of each content of its body: a property, and its value as JSON.
    pub constants: Vec<Vec<(String, String)>>,
    /// How the arguments for the next page follow from a page, for tools.
    pub next: Option<NextPage>,
}

/// How the arguments for the next page of a list follow from a page. Ways lead through properties, by their names on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPage {
    /// The way to the items of a page; empty if it is the list itself.
    pub items: Vec<String>,
    /// The way to a flag that says whether there are further pages.
    pub has_more: Option<Vec<String>>,
    /// The way to a flag that says whether the page is the last one.
    pub is_last: Option<Vec<String>>,
    /// The way to the number of pages.
    pub pages: Option<Vec<String>>,
    pub by: NextBy,
}

/// How the next page is asked for. The way to an argument begins with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextBy {
    /// By its number; the first page has the number `first`.
    Page { argument: Vec<String>, first: i64 },
    /// By the number of its first item; the first item of all has the number `first`.
    Offset { argument: Vec<String>, first: i64 },
    /// By what the page before has somewhere.
    Token {
        argument: Vec<String>,
        at: Vec<String>,
    },
    /// By a property of the last item of the page before.
    LastItem { argument: Vec<String>, id: String },
    /// At a URL that the page before has.
    Url { at: Vec<String> },
}

/// An argument of a command.
#[derive(Debug, Clone)]
pub struct CommandArgument {
    /// The flag without dashes, or the name of a positional argument: `per-page`.
    pub name: String,
    pub place: CommandPlace,
    /// The name on the wire.
    pub wire: String,
    pub kind: CommandKind,
    /// The only possible values; empty if there are others.
    pub values: Vec<String>,
    /// Whether it may be repeated.
    pub many: bool,
    pub required: bool,
    /// One line about it; may be empty.
    pub about: String,
}

/// Where an argument belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandPlace {
    /// In the path; a positional argument.
    Path,
    /// In the query, a header or a cookie.
    Parameter,
    /// A property of a body.
    Property,
    /// A part of a form.
    Part,
}

/// How the value of an argument is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandKind {
    Text,
    Integer,
    Number,
    Boolean,
    /// JSON, or text that isn't JSON.
    Json,
    /// The path of a file.
    File,
}

/// Commands of the command line itself, next to those of groups.
const COMMANDS: &[&str] = &["completions", "help", "login", "logout", "man"];

/// Flags of the command line itself, next to those of operations. A test compares them with those of the support code.
pub(super) const FLAGS: &[&str] = &[
    "all-pages",
    "body",
    "color",
    "content-type",
    "curl",
    "dry-run",
    "header",
    "help",
    "output",
    "output-file",
    "profile",
    "query",
    "retries",
    "server",
    "set",
    "show-secrets",
    "timeout",
    "verbose",
    "version",
];

/// The commands of groups of calls.
pub(super) fn commands(groups: &[Group], types: &[TypeItem]) -> Vec<GroupCommands> {
    let types = by_name(types);
    let mut names = Names::new(COMMANDS);
    let groups = groups.iter().map(|group| GroupCommands {
        name: names.free(group.module.plain(), "api"),
        about: spoken(&group.doc.first_line()),
        commands: of_group(group, &types),
    });
    groups.collect()
}

/// Types by their names.
pub(super) type Types<'t> = HashMap<&'t Ident, &'t TypeItem>;

/// Types by their names.
pub(super) fn by_name(types: &[TypeItem]) -> Types<'_> {
    types.iter().map(|item| (item.name(), item)).collect()
}

fn of_group(group: &Group, types: &Types<'_>) -> Vec<Command> {
    let mut names = Names::new(&["help"]);
    let operations = group.operations.iter();
    let commands = operations.map(|operation| {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        Command {
            name: names.free(operation.name.plain(), "operation"),
            about: spoken(&operation.summary),
            details: lines(&operation.doc),
            request: printable(&format!("{} {}", operation.method, operation.path)),
            arguments: arguments(operation, types),
            constants: contents.map(|content| constants(content, types)).collect(),
            next: None,
        }
    });
    commands.collect()
}

/// Names of a scope.
struct Names {
    used: BTreeSet<String>,
}

impl Names {
    fn new(taken: &[&str]) -> Self {
        let used = taken.iter().map(|name| (*name).to_owned()).collect();
        Self { used }
    }

    /// The name in kebab case; where that is taken, with a word that says what it is, then with a number.
    fn free(&mut self, ident: &str, word: &str) -> String {
        let plain = ident.replace('_', "-");
        let plain = plain.trim_matches('-');
        let longer = match plain {
            "" => word.to_owned(),
            plain => format!("{plain}-{word}"),
        };
        let taken = |name: &String| name.is_empty() || self.used.contains(name);
        let mut name = plain.to_owned();
        let mut number = 1;
        while taken(&name) {
            name = match number {
                1 => longer.clone(),
                number => format!("{longer}-{number}"),
            };
            number += 1;
        }
        self.used.insert(name.clone());
        name
    }
}

/// The arguments of an operation.
fn arguments(operation: &Operation, types: &Types<'_>) -> Vec<CommandArgument> {
    let mut names = Names::new(FLAGS);
    let in_path = operation.path_parameters.iter();
    let in_path = in_path.map(|one| (one, CommandPlace::Path));
    let others = operation.parameters.iter();
    let others = others.map(|one| (one, CommandPlace::Parameter));
    let mut arguments: Vec<CommandArgument> = in_path
        .chain(others)
        .map(|(one, place)| parameter(one, place, &mut names, types))
        .collect();
    if let Some(body) = &operation.body {
        of_body(body, &mut names, types, &mut arguments);
    }
    arguments
}

fn parameter(
    parameter: &Parameter,
    place: CommandPlace,
    names: &mut Names,
    types: &Types<'_>,
) -> CommandArgument {
    let Written { kind, values, many } = written(&parameter.ty, types);
    let mut about = spoken(&parameter.doc.first_line());
    if !parameter.default_doc.is_empty() {
        let default = spoken(&parameter.default_doc);
        about = format!("{about} [default: {default}]");
    }
    CommandArgument {
        name: names.free(parameter.name.plain(), "parameter"),
        place,
        wire: parameter.wire.clone(),
        kind: if many && place == CommandPlace::Path {
            CommandKind::Json
        } else {
            kind
        },
        values,
        many: many && place != CommandPlace::Path,
        required: parameter.required || place == CommandPlace::Path,
        about: about.trim().to_owned(),
    }
}

/// The properties and parts of a body's contents; one that several contents have is one argument.
fn of_body(
    body: &Body,
    names: &mut Names,
    types: &Types<'_>,
    arguments: &mut Vec<CommandArgument>,
) {
    let is_only = body.only().is_some();
    for content in &body.contents {
        for mut argument in of_content(content, types) {
            argument.required &= is_only && body.required;
            let is_same = |known: &CommandArgument| {
                known.place == argument.place && known.wire == argument.wire
            };
            if let Some(known) = arguments.iter_mut().find(|known| is_same(known)) {
                known.join(&argument);
            } else {
                let word = if argument.place == CommandPlace::Part {
                    "part"
                } else {
                    "property"
                };
                argument.name = names.free(&argument.name, word);
                arguments.push(argument);
            }
        }
    }
}

impl CommandArgument {
    /// Serves another content, too.
    fn join(&mut self, other: &Self) {
        if self.kind != other.kind || self.many != other.many {
            self.kind = CommandKind::Json;
            self.many = false;
        }
        if self.values != other.values {
            self.values.clear();
        }
    }
}

/// The arguments for a content, with names that may be taken.
fn of_content(content: &BodyContent, types: &Types<'_>) -> Vec<CommandArgument> {
    match &content.payload {
        Payload::Multipart(parts) => parts
            .iter()
            .map(|part| {
                let Written { kind, values, many } = match &part.content {
                    PartContent::File => Written::plain(CommandKind::File),
                    PartContent::Text(ty) => written(ty, types),
                    PartContent::Json(_) => Written::plain(CommandKind::Json),
                };
                CommandArgument {
                    name: part.name.plain().to_owned(),
                    place: CommandPlace::Part,
                    wire: part.wire.clone(),
                    kind,
                    values,
                    many: many || part.many,
                    required: part.required,
                    about: spoken(&part.doc.first_line()),
                }
            })
            .collect(),
        Payload::Json(_)
        | Payload::Xml(_)
        | Payload::Form(..)
        | Payload::Empty
        | Payload::Events(_)
        | Payload::Lines(_)
        | Payload::Text
        | Payload::Bytes => {
            let fields = fields(content, types).iter();
            let given = fields.filter(|field| field.tag.is_none() && field.only.is_none());
            given.map(|field| property(field, types)).collect()
        }
    }
}

fn property(field: &Field, types: &Types<'_>) -> CommandArgument {
    let Written { kind, values, many } = written(&field.ty, types);
    CommandArgument {
        name: field.name.plain().to_owned(),
        place: CommandPlace::Property,
        wire: field.wire.clone(),
        kind,
        values,
        many,
        required: matches!(field.presence, Presence::Required | Presence::Nullable),
        about: spoken(&field.doc.first_line()),
    }
}

/// The properties that have one value only, and are required.
fn constants(content: &BodyContent, types: &Types<'_>) -> Vec<(String, String)> {
    let fields = fields(content, types).iter();
    let constants = fields.filter_map(|field| {
        let constant = field.tag.as_ref().or(field.only.as_ref())?;
        let is_required = field.presence == Presence::Required;
        is_required.then(|| (field.wire.clone(), json(constant)))
    });
    constants.collect()
}

fn json(constant: &Constant) -> String {
    match constant {
        Constant::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Constant::Integer(number) => number.to_string(),
        Constant::Float(number) => serde_json::Value::from(*number).to_string(),
        Constant::Bool(flag) => flag.to_string(),
        Constant::Null => "null".to_owned(),
    }
}

/// The properties of a content, if it is an object with declared ones.
fn fields<'t>(content: &BodyContent, types: &Types<'t>) -> &'t [Field] {
    let value = content.payload.value();
    value.map_or(&[], |ty| fields_of(ty, types))
}

/// The properties of a type, if it is an object with declared ones.
pub(super) fn fields_of<'t>(ty: &Ty, types: &Types<'t>) -> &'t [Field] {
    let mut ty = ty.plain();
    while let Ty::Option(inner) | Ty::Box(inner) = ty {
        ty = inner.plain();
    }
    match ty {
        Ty::Named(Named { name, .. }) => match types.get(name) {
            Some(TypeItem::Struct(item)) => &item.fields,
            Some(
                TypeItem::StringEnum(_)
                | TypeItem::IntegerEnum(_)
                | TypeItem::Union(_)
                | TypeItem::Alias(_)
                | TypeItem::Foreign(_),
            )
            | None => &[],
        },
        Ty::Unit
        | Ty::Bool
        | Ty::I32
        | Ty::I64
        | Ty::U32
        | Ty::U64
        | Ty::F64
        | Ty::String
        | Ty::Text(_)
        | Ty::Value
        | Ty::Bytes
        | Ty::Vec(_)
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Option(_)
        | Ty::Box(_)
        | Ty::Local(_)
        | Ty::NoError => &[],
    }
}

/// How values of a type are written.
struct Written {
    kind: CommandKind,
    values: Vec<String>,
    many: bool,
}

impl Written {
    fn plain(kind: CommandKind) -> Self {
        Self {
            kind,
            values: Vec::new(),
            many: false,
        }
    }
}

fn written(ty: &Ty, types: &Types<'_>) -> Written {
    match ty.plain() {
        Ty::Bool => Written::plain(CommandKind::Boolean),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => Written::plain(CommandKind::Integer),
        Ty::F64 => Written::plain(CommandKind::Number),
        Ty::String | Ty::Text(_) | Ty::Bytes => Written::plain(CommandKind::Text),
        Ty::Option(inner) | Ty::Box(inner) => written(inner, types),
        Ty::Vec(item) => {
            let item = written(item, types);
            match item.kind {
                CommandKind::Text
                | CommandKind::Integer
                | CommandKind::Number
                | CommandKind::Boolean
                    if !item.many =>
                {
                    Written { many: true, ..item }
                }
                CommandKind::Text
                | CommandKind::Integer
                | CommandKind::Number
                | CommandKind::Boolean
                | CommandKind::Json
                | CommandKind::File => Written::plain(CommandKind::Json),
            }
        }
        Ty::Named(Named { name, kind, .. }) => match kind {
            NamedKind::StringEnum => Written {
                values: listed(name, types),
                ..Written::plain(CommandKind::Text)
            },
            NamedKind::IntegerEnum => Written::plain(CommandKind::Integer),
            NamedKind::Struct
            | NamedKind::Union
            | NamedKind::Alias
            | NamedKind::Foreign
            | NamedKind::Wrapper => Written::plain(CommandKind::Json),
        },
        Ty::Unit
        | Ty::Value
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Local(_)
        | Ty::NoError => Written::plain(CommandKind::Json),
    }
}

/// The values of an enum, if no others are valid.
fn listed(name: &Ident, types: &Types<'_>) -> Vec<String> {
    match types.get(name) {
        Some(TypeItem::StringEnum(item)) if !item.open => {
            let values = item.variants.iter().map(|variant| &variant.value);
            // Values that a terminal couldn't show are only checked when they are read.
            let is_shown = |value: &&String| !value.chars().any(is_hidden);
            let all = values.clone().all(|value| is_shown(&value));
            values.filter(|_| all).cloned().collect()
        }
        Some(
            TypeItem::StringEnum(_)
            | TypeItem::Struct(_)
            | TypeItem::IntegerEnum(_)
            | TypeItem::Union(_)
            | TypeItem::Alias(_)
            | TypeItem::Foreign(_),
        )
        | None => Vec::new(),
    }
}

/// A line as a terminal shows it: without the marks of Markdown.
fn spoken(line: &Doc) -> String {
    let words: Vec<&str> = line.as_str().split_whitespace().collect();
    unmarked(&words.join(" "))
}

/// All lines, the same.
fn lines(doc: &Doc) -> String {
    let lines: Vec<String> = doc.lines().map(unmarked).collect();
    lines.join("\n").trim().to_owned()
}

/// Takes out backticks and the backslashes before punctuation. What else Markdown has reads well as it is.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '`' => {}
            '\\' => out.extend(chars.next_if(char::is_ascii_punctuation).or(Some('\\'))),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_names_get_a_word() {
        let mut names = Names::new(FLAGS);
        assert_eq!(names.free("per_page", "parameter"), "per-page");
        assert_eq!(names.free("query", "parameter"), "query-parameter");
        assert_eq!(names.free("per_page_", "property"), "per-page-property");
        assert_eq!(names.free("per_page", "property"), "per-page-property-2");
        assert_eq!(names.free("__", "property"), "property");
    }

    #[test]
    fn flags_are_those_of_the_support_code() {
        let file = super::super::FILES.iter();
        let mut file = file.filter(|file| file.path == "cli/command.rs");
        // However its lines are broken.
        let text: String = file.next().unwrap().text.split_whitespace().collect();
        let after = ["flag(\"", "option(\"", "=arg(\"", "(arg(\""];
        let found = after.iter().flat_map(|begin| text.split(*begin).skip(1));
        let found: BTreeSet<&str> = found.filter_map(|rest| rest.split('"').next()).collect();
        let known = FLAGS.iter().copied();
        let known: BTreeSet<&str> = known
            .filter(|flag| !["help", "version"].contains(flag))
            .collect();
        assert_eq!(found, known);
    }

    #[test]
    fn text_has_no_marks() {
        let doc = Doc::markdown("The `page` of *all*, 501\\.");
        assert_eq!(spoken(&doc), "The page of *all*, 501.");
    }
}
