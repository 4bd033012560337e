//! The servers that the description names, and a function for each whose URL has variables.

use super::doc::{Doc, code};
use super::names::{self, Case, Wanted};
use super::reserved::KEYWORDS;
use super::rust::Ident;
use super::words::Speller;
use crate::ir;

/// A server that the description names.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its URL, with variables replaced by their defaults.
    pub url: String,
    /// What the description says of it, in a line.
    pub doc: Doc,
    /// `server_url(region)`, if it has variables.
    pub function: Option<ServerUrl>,
}

/// A function that makes a URL from the variables in it.
#[derive(Debug, Clone)]
pub struct ServerUrl {
    /// `server_url`, `server_url_2`
    pub name: String,
    /// What it says of itself and of each variable.
    pub doc: Doc,
    /// The variables, in the order of the URL.
    pub arguments: Vec<Ident>,
    /// The URL, in order.
    pub pieces: Vec<UrlPiece>,
}

/// A piece of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    /// Text.
    Text(String),
    /// The argument at this position.
    Argument(usize),
}

/// The servers, in the document's order.
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

/// The function of the `number`th server that has variables.
fn function(server: &ir::Server, template: &str, number: usize, speller: &Speller) -> ServerUrl {
    let wanted: Vec<Wanted> = server
        .variables
        .iter()
        .map(|variable| Wanted {
            text: variable.name.clone(),
            // Of two alike, and in the place of a keyword, which `format!` doesn't take.
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

/// A template in pieces; braces that are no variable's stay text.
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

/// ``- `region`: Where the data lies (`eu`, `us`; default: `eu`)``
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
