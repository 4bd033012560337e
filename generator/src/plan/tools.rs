//! Plans the tools for language models: a tool for each operation, with the names of tools and of what they take.
//!
//! In: the planned groups and types. Out: the same table as that of a command line, in other words. Names are such as every host accepts:
//! letters, digits, `_` and `-` of ASCII, 64 at most.

use super::command_line::{CommandCredential, credentials, title_of};
use super::commands::{Command, CommandPlace, GroupCommands, by_name, commands};
use super::credentials::variable;
use super::operations::{CredentialLocation, Group, Operation, Scheme};
use super::rust::Ident;
use super::tool_pages::with_pages;
use super::types::TypeItem;
use crate::config::Options;
use crate::crates::CrateKind;
use crate::hidden::is_hidden;
use std::collections::BTreeSet;

/// The tools of an API; empty if none are written.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    /// The program: `pets-mcp`.
    pub program: String,
    pub version: String,
    /// The name of the API, as one line.
    pub title: String,
    /// The environment variable with the token that callers over HTTP have to send: `PETS_MCP_TOKEN`.
    pub token_variable: String,
    /// Those with the id and the secret by which an authorization server is asked about tokens of such callers: `PETS_MCP_CLIENT_ID`.
    pub client_variables: [String; 2],
    /// The setters of credentials that may be the token of a caller.
    pub setters_of_callers: Vec<Ident>,
    /// The credentials that are read from the environment.
    pub credentials: Vec<CommandCredential>,
    /// The tools of each group that is called, in its order.
    pub groups: Vec<GroupCommands>,
}

/// The greatest length of a name.
const LONGEST: usize = 64;

/// Tools of the program itself. A test compares them with those of the support code.
const OWN_TOOLS: &[&str] = &[
    "call_operation",
    "describe_operation",
    "read_more",
    "search_operations",
];

/// What a tool takes next to the parameters of its operation.
const OWN_ARGUMENTS: &[&str] = &["body", "content_type"];

/// The tools for these operations, if they are written.
pub(super) fn tools(
    title: &str,
    options: &Options,
    schemes: &[Scheme],
    (groups, types): (&[Group], &[TypeItem]),
) -> Tools {
    if !options.emits(CrateKind::Mcp) {
        return Tools::default();
    }
    let commands = commands(groups, types);
    let types = by_name(types);
    let mut names = Names::new(OWN_TOOLS);
    let groups = groups.iter().zip(commands).map(|(group, commands)| {
        let all = group.operations.iter().zip(commands.commands);
        GroupCommands {
            commands: all
                .map(|(operation, command)| {
                    let tool = tool(group, operation, command, &mut names);
                    with_pages(operation, tool, &types)
                })
                .collect(),
            ..commands
        }
    });
    let groups: Vec<GroupCommands> = groups.collect();
    Tools {
        program: CrateKind::Mcp.package(options.name.as_str()),
        version: options.package_version.clone(),
        title: shown(title_of(title, options)),
        token_variable: variable(options.variables(), &["mcp", "token"]),
        client_variables: ["client_id", "client_secret"]
            .map(|word| variable(options.variables(), &["mcp", word])),
        setters_of_callers: schemes
            .iter()
            .filter(|scheme| scheme.location == CredentialLocation::Bearer)
            .map(|scheme| scheme.setter.clone())
            .collect(),
        credentials: credentials(schemes),
        groups,
    }
}

/// A text as one line, without what nobody sees: a model would read it.
fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !is_hidden(*c)).collect()
}

/// A tool: a command whose body is one argument, not one for each property.
fn tool(group: &Group, operation: &Operation, command: Command, names: &mut Names) -> Command {
    let by_path = format!("{} {}", operation.method, operation.path);
    let method = format!("{}_{}", group.module.plain(), operation.name.plain());
    let wanted = if operation.id == by_path || operation.id.len() > LONGEST {
        &method
    } else {
        &operation.id
    };
    let mut inputs = Names::new(OWN_ARGUMENTS);
    let mut arguments = command.arguments;
    arguments.retain(|one| one.place != CommandPlace::Property);
    for argument in &mut arguments {
        argument.name = inputs.free(&argument.wire, "argument");
    }
    Command {
        name: names.free(wanted, &method),
        arguments,
        ..command
    }
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

    /// The wanted name in the letters that names may have, else the other one; with a number where it is taken.
    fn free(&mut self, wanted: &str, other: &str) -> String {
        let mut base = plain(wanted);
        if base.is_empty() {
            base = plain(other);
        }
        if base.is_empty() {
            "tool".clone_into(&mut base);
        }
        let mut name = base.clone();
        let mut number = 1;
        while self.used.contains(&name) {
            number += 1;
            let end = format!("_{number}");
            name = base.chars().take(LONGEST - end.len()).collect();
            name.push_str(&end);
        }
        self.used.insert(name.clone());
        name
    }
}

/// A text in the letters that names may have: everything between words is one `_`.
fn plain(text: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let words: Vec<&str> = text
        .split(|c| !is_letter(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut name = words.join("_");
    name.truncate(LONGEST);
    name.trim_matches(['_', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_every_host_accepts() {
        let mut names = Names::new(OWN_TOOLS);
        assert_eq!(names.free("issues/list", ""), "issues_list");
        assert_eq!(names.free("filter[name]", ""), "filter_name");
        assert_eq!(names.free("filter.name", ""), "filter_name_2");
        assert_eq!(names.free("$top", ""), "top");
        assert_eq!(names.free("--_all", ""), "all");
        assert_eq!(names.free("名前", "pets_list"), "pets_list");
        assert_eq!(names.free("", "__"), "tool");
        assert_eq!(names.free("read_more", ""), "read_more_2");
        let long = "a".repeat(100);
        let first = names.free(&long, "");
        let second = names.free(&long, "");
        assert_eq!((first.len(), second.len()), (LONGEST, LONGEST));
        assert_ne!(first, second);
    }

    #[test]
    fn own_tools_are_those_of_the_support_code() {
        let file = super::super::FILES.iter();
        let mut file = file.filter(|file| file.path == "mcp/catalog.rs");
        let text = file.next().unwrap().text;
        let found = text.lines().filter_map(|line| {
            let (_, rest) = line.split_once("_TOOL: &str = \"")?;
            rest.split('"').next()
        });
        let found: BTreeSet<&str> = found.collect();
        assert_eq!(found, OWN_TOOLS.iter().copied().collect());
    }
}
