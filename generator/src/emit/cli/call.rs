//! The function that makes a call of an operation from arguments: each is read as its type before anything is sent.

use crate::emit::Chunk;
use crate::emit::client::{is_borrowed, listed_item};
use crate::emit::code::Code;
use crate::emit::tokens::{View, literal};
use crate::plan::{
    Body, BodyContent, Command, CommandArgument, CommandPlace, Group, Held, Operation, Parameter,
    Part, PartContent, Success, Ty,
};

/// `fn get_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> { … }`.
pub(super) fn function(group: &Group, operation: &Operation, command: &Command) -> Chunk {
    let name = operation.name.as_str();
    let mut code = Code::item(name);
    for name in ["Call", "Client", "Given", "Invalid"] {
        code.names(name);
    }
    let call = Calling {
        group,
        operation,
        command,
    };
    let body = operation.body.as_ref();
    let is_read = !command.arguments.is_empty() || body.is_some_and(is_read_from_arguments);
    let is_read = is_read || operation.paging.is_some();
    let given = if is_read { "given" } else { "_" };
    code.function(
        0,
        &format!("fn {name}"),
        &["client: &Client".to_owned(), format!("{given}: &mut Given")],
        "Result<Call, Invalid>",
    );
    call.body(&mut code);
    call.request(&mut code);
    call.options(&mut code);
    call.result(&mut code);
    code.line(0, "}");
    code.chunk()
}

/// Whether arguments say anything of a body: not of a form without parts, which is always sent.
fn is_read_from_arguments(body: &Body) -> bool {
    let is_form_of_nothing =
        |only: &BodyContent| matches!(only.codec().held, Held::Form(parts) if parts.is_empty());
    !body.required || !body.only().is_some_and(is_form_of_nothing)
}

struct Calling<'p> {
    group: &'p Group,
    operation: &'p Operation,
    command: &'p Command,
}

impl Calling<'_> {
    /// The name of a parameter's argument.
    fn argument(&self, index: usize) -> String {
        let argument = self.command.arguments.get(index);
        literal(argument.map(|one| one.name.as_str()).unwrap_or_default())
    }

    /// The name of the argument of a part.
    fn part(&self, part: &Part) -> String {
        let is_it =
            |one: &&CommandArgument| one.place == CommandPlace::Part && one.wire == part.wire;
        let argument = self.command.arguments.iter().find(is_it);
        literal(argument.map(|one| one.name.as_str()).unwrap_or_default())
    }

    /// The parameters outside of the path, each with the name of its argument.
    fn parameters(&self) -> impl Iterator<Item = (&Parameter, String)> {
        let in_path = self.operation.path_parameters.len();
        let parameters = self.operation.parameters.iter().enumerate();
        parameters.map(move |(index, one)| (one, self.argument(in_path + index)))
    }

    /// `let body = …;`, for a body that is required.
    fn body(&self, code: &mut Code) {
        if let Some(body) = self.operation.body.as_ref().filter(|body| body.required) {
            self.read_body(body, 1, code);
        }
    }

    fn read_body(&self, body: &Body, depth: usize, code: &mut Code) {
        let Some(only) = body.only() else {
            let payload = self.in_module(self.operation.payload.as_str(), code);
            code.line(depth, "let body = match given.content {");
            let last = body.contents.len() - 1;
            for (index, content) in body.contents.iter().enumerate() {
                let pattern = if index == last {
                    "_".to_owned()
                } else {
                    index.to_string()
                };
                let variant = &content.variant;
                code.line(depth + 1, format!("{pattern} => {{"));
                self.read_content(content, depth + 2, code);
                code.line(depth + 2, format!("{payload}::{variant}(body)"));
                code.line(depth + 1, "}");
            }
            return code.line(depth, "};");
        };
        self.read_content(only, depth, code);
    }

    /// `let body = given.body::<types::Pet>()?;`.
    fn read_content(&self, content: &BodyContent, depth: usize, code: &mut Code) {
        match content.codec().held {
            Held::Value(ty) => {
                let ty = code.ty(View::Outside, ty);
                code.line(depth, format!("let body = given.body::<{ty}>()?;"));
            }
            Held::Form(parts) => self.read_form(parts, depth, code),
            Held::Text | Held::Bytes | Held::Nothing | Held::Events(_) | Held::Lines(_) => {
                code.line(depth, "let body = given.raw_body()?;");
            }
        }
    }

    fn read_form(&self, parts: &[Part], depth: usize, code: &mut Code) {
        let form = self.in_module(self.operation.form.as_str(), code);
        let (required, optional): (Vec<&Part>, Vec<&Part>) =
            parts.iter().partition(|part| part.required);
        let mut by_name = required;
        by_name.sort_by(|a, b| a.name.plain().cmp(b.name.plain()));
        let fields: Vec<String> = by_name
            .iter()
            .map(|part| {
                let value = self.required_part(part, code);
                match &self.operation.form_required {
                    Some(_) => format!("{}: {}", part.name, borrowed_part(part, value)),
                    None => value,
                }
            })
            .collect();
        let mutable = if optional.is_empty() { "" } else { "mut " };
        match &self.operation.form_required {
            Some(name) => {
                let required = self.in_module(name.as_str(), code);
                code.line(
                    depth,
                    format!("let {mutable}body = {form}::new({required} {{"),
                );
                for field in fields {
                    code.line(depth + 1, format!("{field},"));
                }
                code.line(depth, "});");
            }
            None => code.list(
                depth,
                &format!("let {mutable}body = {form}::new("),
                &fields,
                ");",
            ),
        }
        for part in optional {
            self.optional_part(part, depth, code);
        }
    }

    fn required_part(&self, part: &Part, code: &mut Code) -> String {
        let name = self.part(part);
        match (&part.content, part.many) {
            (PartContent::File, false) => format!("given.required_file({name})?"),
            (PartContent::File, true) => format!("given.files_of({name}).collect::<Vec<_>>()"),
            (PartContent::Text(ty) | PartContent::Json(ty), many) => {
                let ty = part_type(ty, many, code);
                format!("given.required::<{ty}>({name})?")
            }
        }
    }

    fn optional_part(&self, part: &Part, depth: usize, code: &mut Code) {
        let (name, setter) = (self.part(part), &part.setter);
        let value = match (&part.content, part.many) {
            (PartContent::File, true) => {
                let files = format!("given.files_of({name})");
                return code.line(depth, format!("body = body.{setter}({files});"));
            }
            (PartContent::File, false) => format!("given.file({name})"),
            (PartContent::Text(ty) | PartContent::Json(ty), many) => {
                let ty = part_type(ty, many, code);
                format!("given.optional::<{ty}>({name})?")
            }
        };
        code.line(depth, format!("if let Some(value) = {value} {{"));
        code.line(depth + 1, format!("body = body.{setter}(value);"));
        code.line(depth, "}");
    }

    /// `let request = client.oauth().get_oauth_app(given.required::<String>("app-id")?);`.
    fn request(&self, code: &mut Code) {
        let Operation {
            path_parameters,
            required,
            name,
            ..
        } = self.operation;
        let in_path = path_parameters.iter().enumerate();
        let mut arguments: Vec<String> = in_path
            .map(|(index, one)| required_value(one, &self.argument(index), code))
            .collect();
        let mut others: Vec<_> = self.parameters().filter(|(one, _)| one.required).collect();
        others.sort_by(|(a, _), (b, _)| a.name.plain().cmp(b.name.plain()));
        let others = others.into_iter();
        if let Some(structure) = required {
            let structure = self.in_module(structure.as_str(), code);
            let fields = others.map(|(one, name)| {
                let value = required_value(one, &name, code);
                format!("{}: {}", one.name, borrowed(one, value))
            });
            let fields: Vec<String> = fields.collect();
            arguments.push(format!("{structure} {{ {} }}", fields.join(", ")));
        } else {
            arguments.extend(others.map(|(one, name)| required_value(one, &name, code)));
        }
        let has_body = self
            .operation
            .body
            .as_ref()
            .is_some_and(|body| body.required);
        arguments.extend(has_body.then(|| "body".to_owned()));
        let mutable = if self.has_options() { "mut " } else { "" };
        let module = &self.group.module;
        let begin = format!("let {mutable}request = client.{module}().{name}(");
        code.list(1, &begin, &arguments, ");");
    }

    fn has_options(&self) -> bool {
        let mut parameters = self.operation.parameters.iter();
        let body = self.operation.body.as_ref();
        parameters.any(|one| !one.required) || body.is_some_and(|body| !body.required)
    }

    /// `if let Some(value) = given.optional::<i64>("page")? { request = request.page(value); }`.
    fn options(&self, code: &mut Code) {
        for (parameter, name) in self.parameters().filter(|(one, _)| !one.required) {
            let ty = code.ty(View::Outside, &parameter.ty);
            let setter = &parameter.setter;
            code.line(
                1,
                format!("if let Some(value) = given.optional::<{ty}>({name})? {{"),
            );
            code.line(2, format!("request = request.{setter}(value);"));
            code.line(1, "}");
        }
        if let Some(body) = self.operation.body.as_ref().filter(|body| !body.required) {
            code.line(1, "if given.has_body() {");
            self.read_body(body, 2, code);
            code.line(2, "request = request.body(body);");
            code.line(1, "}");
        }
    }

    /// `Ok(Call::response(request.send_raw()))`.
    fn result(&self, code: &mut Code) {
        if self.operation.paging.is_some() {
            code.line(1, "if given.all_pages {");
            code.line(2, "return Ok(Call::pages(request.paginate()));");
            code.line(1, "}");
        }
        let held = match &self.operation.success {
            Success::One(outcome) => Some(outcome.codec().held),
            Success::Several(_) => None,
        };
        let call = match held {
            Some(Held::Events(_)) => "Call::events(request.send())",
            Some(Held::Lines(_)) => "Call::lines(request.send())",
            Some(Held::Bytes) => "Call::bytes(request.send())",
            Some(Held::Value(_) | Held::Form(_) | Held::Text | Held::Nothing) | None => {
                "Call::response(request.send_raw())"
            }
        };
        code.line(1, format!("Ok({call})"));
    }

    /// The path of an item of the client's module.
    fn in_module(&self, name: &str, code: &mut Code) -> String {
        let module = &self.group.module;
        code.names(module.as_str());
        format!("{module}::{name}")
    }
}

fn required_value(parameter: &Parameter, name: &str, code: &mut Code) -> String {
    let ty = code.ty(View::Outside, &parameter.ty);
    format!("given.required::<{ty}>({name})?")
}

/// A value for the field of a struct, which borrows text.
fn borrowed(parameter: &Parameter, value: String) -> String {
    match listed_item(parameter) {
        Some(item) if is_borrowed(item) => {
            format!("{value}.iter().map(String::as_str).collect()")
        }
        None if is_borrowed(&parameter.ty) => format!("&{value}"),
        Some(_) | None => value,
    }
}

fn borrowed_part(part: &Part, value: String) -> String {
    match (&part.content, part.many) {
        (PartContent::Text(ty), true) if is_borrowed(ty) => {
            format!("{value}.iter().map(String::as_str).collect()")
        }
        (PartContent::Text(ty), false) if is_borrowed(ty) => format!("&{value}"),
        (PartContent::Text(_) | PartContent::File | PartContent::Json(_), _) => value,
    }
}

fn part_type(ty: &Ty, many: bool, code: &mut Code) -> String {
    let ty = code.ty(View::Outside, ty);
    if many { format!("Vec<{ty}>") } else { ty }
}
