//! Plans the servers of the description, with a function for each URL that has variables.

use super::doc::{Doc, code};
use super::names::{self, Case, Wanted};
use super::reserved::KEYWORDS;
use super::rust::Ident;
use super::words::Speller;
use crate::ir;

/// A server of the description.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL, with variables replaced by their defaults.
    pub url: String,
    /// The description, as one line.
    pub doc: Doc,
    /// The function for a URL with variables: `server_url(region)`.
    pub function: Option<ServerUrl>,
}

/// A function that builds a URL from its variables.
#[derive(Debug, Clone)]
pub struct ServerUrl {
    /// The name: `server_url`, `server_url_2`.
    pub name: String,
    /// The documentation, including that of each variable.
    pub doc: Doc,
    /// The variables, in the order of the URL.
    pub arguments: Vec<ServerVariable>,
    /// The parts of the URL, in order.
    pub pieces: Vec<UrlPiece>,
}

/// A variable of a URL.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The argument.
    pub name: Ident,
    /// The enum of its values; `None` if any will do.
    pub values: Option<Ident>,
}

/// The enum of the values of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerValues {
    /// The name: `ServerRegion`.
    pub name: Ident,
    /// The name of the variable.
    pub variable: String,
    /// The variants, with the values that they stand for.
    pub variants: Vec<(Ident, String)>,
    /// The index of the default among them.
    pub default: Option<usize>,
}

/// A part of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    Text(String),
    /// The argument at this index.
    Argument(usize),
}

/// The enums of the variables of all servers; variables with the same name and values share one.
pub(super) fn values(api: &ir::Api, speller: &Speller) -> Vec<ServerValues> {
    let variables = api.servers.iter().flat_map(|server| &server.variables);
    let mut listed: Vec<&ir::Variable> = Vec::new();
    for variable in variables.filter(|one| !one.allowed.is_empty()) {
        if !listed.iter().any(|one| is_same(one, variable)) {
            listed.push(variable);
        }
    }
    let wanted = |text: String, wire: &str| Wanted {
        text,
        wire: wire.to_owned(),
        explicit: false,
        otherwise: None,
    };
    let names = listed
        .iter()
        .map(|one| wanted(format!("server {}", one.name), &one.name));
    let names = names::scope(speller, Case::Type, TAKEN, &names.collect::<Vec<_>>());
    let values = listed
        .into_iter()
        .zip(names.idents)
        .map(|(variable, name)| {
            let variants = variable.allowed.iter();
            let variants: Vec<Wanted> =
                variants.map(|value| wanted(value.clone(), value)).collect();
            let idents = names::scope(speller, Case::Variant, &[], &variants).idents;
            let mut allowed = variable.allowed.iter();
            ServerValues {
                name,
                variable: variable.name.clone(),
                default: allowed.position(|value| *value == variable.default),
                variants: idents
                    .into_iter()
                    .zip(variable.allowed.iter().cloned())
                    .collect(),
            }
        });
    values.collect()
}

/// Names at the root of the client that begin like those of the enums.
const TAKEN: &[&str] = &["Server", "ServerBuilder"];

/// Whether two variables are the same but for where they stand.
fn is_same(a: &ir::Variable, b: &ir::Variable) -> bool {
    a.name == b.name && a.allowed == b.allowed && a.default == b.default
}

/// The servers, in document order.
pub(super) fn servers(api: &ir::Api, speller: &Speller, values: &[ServerValues]) -> Vec<Server> {
    let mut functions = 0;
    let servers = api.servers.iter().map(|server| {
        let function = server.template.as_deref().map(|template| {
            functions += 1;
            function(server, template, functions, speller, values)
        });
        Server {
            url: server.url.clone(),
            doc: Doc::line(server.description.as_deref().unwrap_or_default()),
            function,
        }
    });
    servers.collect()
}

/// The function of the `number`th server with variables.
fn function(
    server: &ir::Server,
    template: &str,
    number: usize,
    speller: &Speller,
    values: &[ServerValues],
) -> ServerUrl {
    let wanted: Vec<Wanted> = server
        .variables
        .iter()
        .map(|variable| Wanted {
            text: variable.name.clone(),
            // For duplicates and for keywords, which `format!` doesn't accept.
            wire: format!("{} variable", variable.name),
            explicit: false,
            otherwise: None,
        })
        .collect();
    let idents = names::scope(speller, Case::Value, KEYWORDS, &wanted).idents;
    let arguments = server.variables.iter().zip(idents);
    let arguments = arguments.map(|(variable, name)| ServerVariable {
        name,
        values: values_of(variable, values),
    });
    ServerUrl {
        name: match number {
            1 => "server_url".to_owned(),
            _ => format!("server_url_{number}"),
        },
        doc: doc(server, template),
        arguments: arguments.collect(),
        pieces: pieces(template, &server.variables),
    }
}

/// The enum of a variable's values.
fn values_of(variable: &ir::Variable, values: &[ServerValues]) -> Option<Ident> {
    let mut values = values.iter();
    let found = values.find(|one| {
        let listed = one.variants.iter().map(|(_, value)| value);
        let default = one.default.map(|default| &one.variants[default].1);
        one.variable == variable.name
            && listed.eq(&variable.allowed)
            && default
                == variable
                    .allowed
                    .iter()
                    .find(|one| **one == variable.default)
    });
    found.map(|one| one.name.clone())
}

/// Splits a template; braces that aren't a variable remain text.
fn pieces(template: &str, variables: &[ir::Variable]) -> Vec<UrlPiece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let variable = inner.find('}').and_then(|close| {
            let name = &inner[..close];
            let index = variables.iter().position(|known| known.name == name)?;
            Some((index, close))
        });
        rest = if let Some((index, close)) = variable {
            pieces.push(UrlPiece::Text(std::mem::take(&mut text)));
            pieces.push(UrlPiece::Argument(index));
            &inner[close + 1..]
        } else {
            text.push('{');
            inner
        };
    }
    text.push_str(rest);
    pieces.push(UrlPiece::Text(text));
    pieces
}

fn doc(server: &ir::Server, template: &str) -> Doc {
    let head = Doc::text("The URL of the server").beside(Doc::code(template));
    let said = Doc::markdown(server.description.as_deref().unwrap_or_default());
    let variables = server.variables.iter().map(variable_doc);
    let list = variables.fold(Doc::none(), Doc::and);
    head.then(said).then(list)
}

/// An item such as ``- `region`: Where the data lies (`eu`, `us`; default: `eu`)``.
fn variable_doc(variable: &ir::Variable) -> Doc {
    let default = match variable.default.as_str() {
        "" => "empty".to_owned(),
        default => code(default),
    };
    let values: Vec<String> = variable.allowed.iter().map(|value| code(value)).collect();
    let values = match &values[..] {
        [] => format!("(default: {default})"),
        values => format!("({}; default: {default})", values.join(", ")),
    };
    let said = Doc::markdown(variable.description.as_deref().unwrap_or_default());
    Doc::item(&variable.name, &said.beside(Doc::text(&values)))
}
