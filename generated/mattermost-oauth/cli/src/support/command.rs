//! Makes commands of the table of operations. Needs `api.rs`, `facts.rs`, `problem.rs`.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

use super::{Api, Argument, EXIT_CODES, Form, Group, Kind, Operation, Place};

/// The heading of the flags that all operations have.
const COMMON: &str = "Common options";

/// The command of a program. Only groups and operations that are among the words of the command line are made with all that they have, as
/// making those of a large API takes longer than anything else; `None` for all.
pub(crate) fn command<C>(api: &'static Api<C>, words: Option<&[String]>) -> Command {
    let is_named = |name: &str| words.is_none_or(|words| words.iter().any(|word| word == name));
    let groups = api.groups.iter();
    let groups = groups.map(|one| group(one, is_named(one.name), &is_named));
    Command::new(api.program)
        .version(api.version)
        .about(api.title)
        .long_about(format!("{}\n\n{}", api.title, api.about).trim().to_owned())
        .after_long_help(environment(api))
        .arg(colour())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("GROUP")
        .subcommand_help_heading("Groups")
        .disable_help_subcommand(true)
        .subcommands(groups)
        .subcommands(api.login.iter().flat_map(|login| login.commands()))
        .subcommand(completions())
        .subcommand(Command::new("man").about("Print the manual page"))
}

/// The flag that all commands have.
fn colour() -> Arg {
    option("color", "WHEN", "When there are colours [default: auto]")
        .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
        .global(true)
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    let arg = Arg::new(name).long(name).value_name(value).help(help);
    arg.help_heading(COMMON)
}

/// What the environment says, and what exit codes mean.
fn environment<C>(api: &Api<C>) -> String {
    let mut lines = vec!["Environment:".to_owned()];
    let mut add = |name: &str, says: &str| lines.push(format!("  {name}  {says}"));
    add(api.server_variable, "the URL of the server");
    add(api.profile_variable, "the profile to use");
    add("NO_COLOR", "no colours, if it is set");
    for credential in api.credentials {
        for variable in credential.variables {
            add(variable, credential.about);
        }
    }
    lines.push(String::new());
    lines.push(EXIT_CODES.to_owned());
    lines.join("\n")
}

fn completions() -> Command {
    let shells = PossibleValuesParser::new(["bash", "elvish", "fish", "powershell", "zsh"]);
    Command::new("completions")
        .about("Print completions for a shell")
        .arg(Arg::new("shell").required(true).value_parser(shells))
}

fn group<C>(group: &'static Group<C>, is_whole: bool, is_named: &dyn Fn(&str) -> bool) -> Command {
    let command = Command::new(group.name).about(group.about);
    if !is_whole {
        return command;
    }
    let operations = group.operations.iter();
    command
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("OPERATION")
        .subcommand_help_heading("Operations")
        .disable_help_subcommand(true)
        .subcommands(operations.map(|one| operation(one, is_named(one.name))))
}

fn operation<C>(operation: &'static Operation<C>, is_whole: bool) -> Command {
    let command = Command::new(operation.name).about(operation.about);
    if !is_whole {
        return command;
    }
    let needs_properties = operation.needs_body && operation.contents.len() == 1;
    let arguments = operation.arguments.iter();
    let arguments = arguments.map(|one| argument(one, needs_properties));
    command
        .long_about(details(operation))
        .args(arguments)
        .args(body(operation))
        .args(common(operation.is_paged))
}

fn details<C>(operation: &Operation<C>) -> String {
    let deprecated = match operation.is_deprecated {
        true => "\n\nDeprecated.",
        false => "",
    };
    match operation.details {
        "" => format!("{}\n\n{}{deprecated}", operation.about, operation.request),
        details => format!("{details}{deprecated}"),
    }
}

/// An argument of the API.
fn argument(argument: &'static Argument, needs_properties: bool) -> Arg {
    let is_in_path = argument.place == Place::Path;
    let mut arg = Arg::new(argument.name).help(help(argument)).required(false);
    arg = match argument.place {
        Place::Path => arg.required(true),
        Place::Parameter => arg
            .long(argument.name)
            .required(argument.required)
            .help_heading("Parameters"),
        Place::Property | Place::Part => arg.long(argument.name).help_heading("Body"),
    };
    if argument.required && needs_properties {
        arg = match argument.place {
            Place::Property => arg.required_unless_present_any(["body", "set"]),
            Place::Part => arg.required(true),
            Place::Path | Place::Parameter => arg,
        };
    }
    if argument.many {
        arg = arg.action(ArgAction::Append);
    }
    arg = match argument.kind {
        Kind::Text => arg,
        Kind::Json => arg.value_name("JSON"),
        Kind::File => arg.value_name("FILE"),
        Kind::Integer => arg
            .value_parser(integer)
            .allow_negative_numbers(true)
            .value_name("INTEGER"),
        Kind::Number => arg
            .value_parser(number)
            .allow_negative_numbers(true)
            .value_name("NUMBER"),
        Kind::Boolean => {
            let arg = arg.value_parser(["true", "false"]);
            match is_in_path || argument.many {
                true => arg,
                // `--flag` is short for `--flag=true`.
                false => arg
                    .num_args(0..=1)
                    .require_equals(true)
                    .default_missing_value("true"),
            }
        }
    };
    if !argument.values.is_empty() {
        arg = arg.value_parser(PossibleValuesParser::new(argument.values));
    }
    arg
}

fn help(argument: &Argument) -> String {
    let required = argument.required && matches!(argument.place, Place::Property | Place::Part);
    let marks = [(required, "required"), (argument.many, "repeatable")];
    let marks = marks.into_iter().filter(|(is_so, _)| *is_so);
    let marks: Vec<&str> = marks.map(|(_, mark)| mark).collect();
    match &marks[..] {
        [] => argument.about.to_owned(),
        marks => format!("{} [{}]", argument.about, marks.join(", "))
            .trim()
            .to_owned(),
    }
}

fn integer(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match is_integer && serde_json::from_str::<serde_json::Number>(text).is_ok() {
        true => Ok(text.to_owned()),
        false => Err("not an integer".to_owned()),
    }
}

fn number(text: &str) -> Result<String, String> {
    match serde_json::from_str::<serde_json::Number>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("not a number".to_owned()),
    }
}

/// The flags for a body as a whole.
fn body<C>(operation: &Operation<C>) -> Vec<Arg> {
    let arg = |name: &'static str, value: &'static str, help: &'static str| {
        let arg = Arg::new(name).long(name).value_name(value).help(help);
        arg.help_heading("Body")
    };
    let mut args = Vec::new();
    let has = |form: Form| operation.contents.iter().any(|one| one.form == form);
    if has(Form::Value) {
        args.push(arg(
            "body",
            "JSON",
            "The body: JSON, @FILE or @- for standard input",
        ));
        let set =
            "Sets a value within the body: NAME=VALUE or A.B=VALUE, of JSON or text [repeatable]";
        args.push(arg("set", "PATH=VALUE", set).action(ArgAction::Append));
    } else if has(Form::Bytes) {
        args.push(arg(
            "body",
            "TEXT",
            "The body: text, @FILE or @- for standard input",
        ));
    }
    let is_range = operation
        .contents
        .iter()
        .any(|one| one.media_type.contains('*'));
    if operation.contents.len() > 1 || is_range {
        args.push(arg(
            "content-type",
            "MEDIA_TYPE",
            "The media type of the body",
        ));
    }
    args
}

/// The flags that all operations have.
fn common(is_paged: bool) -> Vec<Arg> {
    let flag = |name: &'static str, help: &'static str| {
        let arg = Arg::new(name).long(name).help(help).help_heading(COMMON);
        arg.action(ArgAction::SetTrue)
    };
    let formats = PossibleValuesParser::new(["json", "yaml", "table", "raw"]);
    let mut args = vec![
        option(
            "output",
            "FORMAT",
            "How the response is printed [default: json]",
        )
        .short('o')
        .value_parser(formats),
        option("output-file", "FILE", "Writes the response to a file"),
        option(
            "query",
            "JSONPATH",
            "Prints what this JSONPath (RFC 9535) finds in the response",
        ),
        option("server", "URL", "The URL of the server"),
        option("profile", "NAME", "The profile with server and credentials"),
        option(
            "header",
            "NAME: VALUE",
            "Adds a header to the request [repeatable]",
        )
        .short('H')
        .action(ArgAction::Append),
        option(
            "timeout",
            "TIME",
            "How long the call may take, such as 500ms, 30s, 5m; 0 for no limit",
        ),
        option(
            "retries",
            "NUMBER",
            "How often a call that failed for a passing reason is repeated [default: 2]",
        )
        .value_parser(clap::value_parser!(u32)),
        flag("dry-run", "Prints the request instead of sending it"),
        flag(
            "curl",
            "Prints the request as a command of curl instead of sending it",
        )
        .conflicts_with("dry-run"),
        flag(
            "show-secrets",
            "Shows credentials where requests are printed",
        ),
        flag(
            "verbose",
            "Prints what is sent and received to standard error",
        )
        .short('v'),
    ];
    if is_paged {
        args.push(flag(
            "all-pages",
            "Requests all pages, and prints an item a line",
        ));
    }
    args
}
