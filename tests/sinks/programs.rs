//! What has to hold for the tables of operations that programs have: in its scope no name is taken twice, and nobody reads what isn't seen.

use specwright::hidden::is_hidden;
use std::collections::BTreeSet;
use syn::visit::{self, Visit};
use syn::{Expr, ExprStruct, File, Lit, Member};

/// Commands of a command line that are no groups.
const COMMANDS: &[&str] = &["completions", "help", "login", "logout", "man"];

/// Flags of a command line itself.
const FLAGS: &[&str] = &[
    "all-pages",
    "body",
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

/// Tools that are no operations.
const TOOLS: &[&str] = &[
    "call_operation",
    "describe_operation",
    "read_more",
    "search_operations",
];

/// What a tool takes next to the parameters of its operation.
const ARGUMENTS: &[&str] = &["body", "content_type"];

/// The programs with a table of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    CommandLine,
    Tools,
}

impl Program {
    fn of(path: &str) -> Option<Self> {
        match path.split('/').next()? {
            _ if path.contains("/support/") => None,
            "cli" => Some(Self::CommandLine),
            "mcp" => Some(Self::Tools),
            _ => None,
        }
    }

    /// Whether every shell, or every host of tools, accepts a name.
    fn accepts(self, name: &str) -> bool {
        let is_whole = !name.is_empty() && !name.starts_with('-');
        let is_letter = |c: char| match self {
            Self::CommandLine => c.is_alphanumeric() || c == '-' || !c.is_ascii(),
            Self::Tools => c.is_ascii_alphanumeric() || c == '-' || c == '_',
        };
        let is_short = self == Self::CommandLine || name.len() <= 64;
        let is_shown = !name.chars().any(|c| is_hidden(c) || c.is_whitespace());
        is_whole && is_short && is_shown && name.chars().all(is_letter)
    }
}

/// The tables of an API's programs, read file by file.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// The tools of all groups.
    tools: BTreeSet<String>,
}

impl Tables {
    /// The first problem of a file's table, if it has one.
    pub(crate) fn wrong(&mut self, path: &str, file: &File) -> Option<String> {
        let program = Program::of(path)?;
        let mut found = Found::default();
        found.visit_file(file);
        if let Some(text) = found.hiding {
            return Some(format!("a text with what nobody sees: {text:?}"));
        }
        let of_file = &mut BTreeSet::new();
        let (groups, operations, arguments) = match program {
            Program::CommandLine => (COMMANDS, &["help"][..], FLAGS),
            Program::Tools => (&[][..], TOOLS, ARGUMENTS),
        };
        let names = found.operations.iter().map(|(name, _)| name);
        let of_operations = match program {
            Program::CommandLine => of_file,
            Program::Tools => &mut self.tools,
        };
        twice(program, names, operations, of_operations)
            // Groups have the same names in both: no host knows those of tools.
            .or_else(|| {
                let program = Program::CommandLine;
                twice(program, &found.groups, groups, &mut BTreeSet::new())
            })
            .or_else(|| {
                let mut all = found.operations.iter();
                all.find_map(|(_, names)| twice(program, names, arguments, &mut BTreeSet::new()))
            })
    }
}

/// The first of these names that is no name, or that is taken.
fn twice<'n>(
    program: Program,
    names: impl IntoIterator<Item = &'n String>,
    taken: &[&str],
    used: &mut BTreeSet<String>,
) -> Option<String> {
    names.into_iter().find_map(|name| {
        if !program.accepts(name) {
            return Some(format!("{name:?} is no name"));
        }
        let is_free = !taken.contains(&name.as_str()) && used.insert(name.clone());
        (!is_free).then(|| format!("the name {name:?} is taken"))
    })
}

/// The names of a file's tables.
#[derive(Debug, Default)]
struct Found {
    groups: Vec<String>,
    /// Operations with their arguments.
    operations: Vec<(String, Vec<String>)>,
    /// A text with a character that nobody sees.
    hiding: Option<String>,
}

impl<'f> Visit<'f> for Found {
    fn visit_expr_struct(&mut self, node: &'f ExprStruct) {
        let of = node.path.segments.last().map(|one| one.ident.to_string());
        let of = of.unwrap_or_default();
        let mut name = String::new();
        for field in &node.fields {
            let (Member::Named(member), Some(text)) = (&field.member, text(&field.expr)) else {
                continue;
            };
            // What goes over the wire is as the description says.
            let is_read = ["name", "title", "about", "details", "request"];
            if is_read.iter().any(|read| member == read)
                && text.chars().any(|c| is_hidden(c) && !"\n\t".contains(c))
            {
                self.hiding.get_or_insert_with(|| text.clone());
            }
            if member == "name" {
                name = text;
            }
        }
        match of.as_str() {
            "Group" => self.groups.push(name),
            "Operation" => self.operations.push((name, Vec::new())),
            "Argument" => {
                let named = node.rest.as_deref().and_then(argument);
                if let (Some(name), Some((_, arguments))) = (named, self.operations.last_mut()) {
                    arguments.push(name);
                }
            }
            _ => {}
        }
        visit::visit_expr_struct(self, node);
    }
}

/// The name in `Argument::new("name", …)`.
fn argument(made: &Expr) -> Option<String> {
    match made {
        Expr::Call(call) => text(call.args.first()?),
        _ => None,
    }
}

fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
