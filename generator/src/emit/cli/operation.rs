//! The table of a group's operations: what commands are made of.

use super::next_page::next_page;
use crate::emit::Chunk;
use crate::emit::code::Code;
use crate::emit::tokens::literal;
use crate::plan::{
    BodyContent, Command, CommandArgument, CommandKind, CommandPlace, Group, GroupCommands, Held,
    Operation,
};

/// `pub(crate) static OPERATIONS: &[Operation<Client>] = &[…];`.
pub(super) fn table(group: &Group, commands: &GroupCommands) -> Chunk {
    let mut code = Code::item("OPERATIONS");
    code.names("Operation");
    code.names("Client");
    code.line(0, "pub(crate) static OPERATIONS: &[Operation<Client>] = &[");
    for (one, command) in group.operations.iter().zip(&commands.commands) {
        operation(one, command, &mut code);
    }
    code.line(0, "];");
    code.chunk()
}

fn operation(operation: &Operation, command: &Command, code: &mut Code) {
    code.line(1, "Operation {");
    code.line(2, format!("name: {},", literal(&command.name)));
    text("about", &command.about, 2, code);
    if command.details != command.about {
        text("details", &command.details, 2, code);
    }
    text("request", &command.request, 2, code);
    if !command.arguments.is_empty() {
        code.line(2, "arguments: &[");
        for one in &command.arguments {
            argument(one, code);
        }
        code.line(2, "],");
    }
    if let Some(body) = &operation.body {
        code.line(2, "contents: &[");
        for (one, constants) in body.contents.iter().zip(&command.constants) {
            content(one, constants, code);
        }
        code.line(2, "],");
        flag("needs_body", body.required, 2, code);
    }
    flag("is_paged", operation.paging.is_some(), 2, code);
    if let Some(next) = &command.next {
        next_page(next, code);
    }
    flag("is_deprecated", operation.deprecated, 2, code);
    code.line(2, format!("..Operation::new({})", operation.name));
    code.line(1, "},");
}

fn text(field: &str, text: &str, depth: usize, code: &mut Code) {
    if !text.is_empty() {
        code.line(depth, format!("{field}: {},", literal(text)));
    }
}

fn flag(field: &str, is_set: bool, depth: usize, code: &mut Code) {
    if is_set {
        code.line(depth, format!("{field}: true,"));
    }
}

fn argument(argument: &CommandArgument, code: &mut Code) {
    let CommandArgument {
        name,
        place,
        wire,
        kind,
        values,
        many,
        required,
        about,
    } = argument;
    for name in ["Argument", "Kind", "Place"] {
        code.names(name);
    }
    let place = match place {
        CommandPlace::Path => "Path",
        CommandPlace::Parameter => "Parameter",
        CommandPlace::Property => "Property",
        CommandPlace::Part => "Part",
    };
    let kind = match kind {
        CommandKind::Text => "Text",
        CommandKind::Integer => "Integer",
        CommandKind::Number => "Number",
        CommandKind::Boolean => "Boolean",
        CommandKind::Json => "Json",
        CommandKind::File => "File",
    };
    code.line(3, "Argument {");
    if wire != name {
        text("wire", wire, 4, code);
    }
    text("about", about, 4, code);
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
        code.list(4, "values: &[", &values, "],");
    }
    flag("many", *many, 4, code);
    flag("required", *required, 4, code);
    let name = literal(name);
    code.line(
        4,
        format!("..Argument::new({name}, Place::{place}, Kind::{kind})"),
    );
    code.line(3, "},");
}

fn content(content: &BodyContent, constants: &[(String, String)], code: &mut Code) {
    for name in ["Content", "Form"] {
        code.names(name);
    }
    let form = match content.codec().held {
        Held::Value(_) => "Value",
        Held::Form(_) => "Parts",
        Held::Text | Held::Bytes | Held::Nothing | Held::Events(_) | Held::Lines(_) => "Bytes",
    };
    let constants = constants.iter();
    let constants = constants.map(|(name, json)| format!("({}, {})", literal(name), literal(json)));
    code.line(3, "Content {");
    code.line(4, format!("media_type: {},", literal(&content.media_type)));
    code.line(4, format!("form: Form::{form},"));
    code.list(4, "constants: &[", &constants.collect::<Vec<_>>(), "],");
    code.line(3, "},");
}
