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
    pub arguments: Vec<Ident>,
    /// The parts of the URL, in order.
    pub pieces: Vec<UrlPiece>,
}

/// A part of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    Text(String),
    /// The argument at this index.
    Argument(usize),
}

/// The servers, in document order.
pub(super) fn servers(api: &ir::Api, speller: &Speller) -> Vec<Server> {
    let mut functions = 0;
    let servers = api.servers.iter().map(|server| {
        let function = server.template.as_deref().map(|template| {
            functions += 1;
            function(server, template, functions, speller)
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
fn function(server: &ir::Server, template: &str, number: usize, speller: &Speller) -> ServerUrl {
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
    ServerUrl {
        name: match number {
            1 => "server_url".to_owned(),
            _ => format!("server_url_{number}"),
        },
        doc: doc(server, template),
        arguments: names::scope(speller, Case::Value, KEYWORDS, &wanted).idents,
        pieces: pieces(template, &server.variables),
    }
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
