//! Answers requests about documents.
//!
//! In: the method and parameters of a request, and what is known. Out: the result as JSON; null if there is nothing to say. Converts between
//! the protocol and the modules that know the answers.

use super::completion::{self, Item};
use super::definition;
use super::documents::{Document, Documents};
use super::hover;
use super::place::{At, Ranges};
use super::projects::Projects;
use super::symbols::{self, Symbol};
use super::tree::Span;
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, DefinitionParams,
    DocumentSymbol, DocumentSymbolParams, Hover, HoverParams, Location, MarkupContent, MarkupKind,
    Range, ReferenceParams, SymbolKind, TextDocumentPositionParams, TextEdit,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::PathBuf;

/// Why a request has no result.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nobody knows the method.
    Unknown,
    /// The parameters aren't those of the method.
    Invalid(String),
}

/// What requests are answered from.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) documents: &'a Documents,
    pub(super) projects: &'a Projects,
}

impl<'a> Known<'a> {
    /// The result of a request.
    pub(super) fn answer(self, method: &str, params: Value) -> Result<Value, Failure> {
        match method {
            "textDocument/hover" => Ok(self.hover(&read(params)?)),
            "textDocument/completion" => Ok(self.completion(&read(params)?)),
            "textDocument/definition" => Ok(self.definition(&read(params)?)),
            "textDocument/references" => Ok(self.references(&read(params)?)),
            "textDocument/documentSymbol" => Ok(self.symbols(&read(params)?)),
            _ => Err(Failure::Unknown),
        }
    }

    fn at(self, params: &TextDocumentPositionParams) -> Option<At<'a>> {
        let document = self.documents.get(params.text_document.uri.as_ref())?;
        let offset = document.lines().offset(&document.text, params.position);
        let analysis = self.projects.analysis(&document.path);
        let known =
            analysis.and_then(|analysis| Some((analysis, analysis.sources.find(&document.path)?)));
        Some(At {
            document,
            offset,
            known,
        })
    }

    fn hover(self, params: &HoverParams) -> Value {
        let Some(at) = self.at(&params.text_document_position_params) else {
            return Value::Null;
        };
        let found = self.projects.found(&at.document.path);
        // Where the position is, if it is beyond the end of a line.
        let position = at.document.lines().position(at.text(), at.offset);
        let hover = hover::hover(&at, position, &found).map(|(span, text)| Hover {
            contents: markdown(text).into(),
            range: Some(range(at.document, span)),
        });
        write(&hover)
    }

    fn completion(self, params: &CompletionParams) -> Value {
        let Some(at) = self.at(&params.text_document_position_params) else {
            return Value::Null;
        };
        let completion = completion::complete(&at);
        let items = completion.into_iter().flat_map(|completion| {
            let range = range(at.document, completion.span);
            let items = completion.items.into_iter().enumerate();
            items.map(move |(at, item)| self::item(at, item, range))
        });
        let list = CompletionList {
            is_incomplete: false,
            items: items.collect(),
            ..CompletionList::default()
        };
        write(&list)
    }

    fn definition(self, params: &DefinitionParams) -> Value {
        let at = self.at(&params.text_document_position_params);
        let found = at.and_then(|at| definition::definition(&at, self.documents));
        let location = found.map(|(path, Ranges { name, .. })| self.location(&(path, name)));
        write(&location)
    }

    fn references(self, params: &ReferenceParams) -> Value {
        let Some(at) = self.at(&params.text_document_position_params) else {
            return Value::Null;
        };
        let with_definition = params.context.include_declaration;
        let found = definition::references(&at, self.documents, with_definition);
        let locations: Vec<Location> = found.iter().map(|found| self.location(found)).collect();
        write(&locations)
    }

    fn symbols(self, params: &DocumentSymbolParams) -> Value {
        let document = self.documents.get(params.text_document.uri.as_ref());
        let symbols = document.map(|document| {
            let symbols = symbols::symbols(document).into_iter();
            symbols.map(|one| symbol(document, one)).collect::<Vec<_>>()
        });
        write(&symbols)
    }

    fn location(self, (path, range): &(PathBuf, Range)) -> Location {
        Location {
            uri: self.documents.uri(path).into(),
            range: *range,
        }
    }
}

/// The parameters of a method.
pub(super) fn read<T: DeserializeOwned>(params: Value) -> Result<T, Failure> {
    serde_json::from_value(params).map_err(|error| Failure::Invalid(error.to_string()))
}

fn write(result: &impl Serialize) -> Value {
    // The protocol's types are JSON.
    serde_json::to_value(result).unwrap_or_default()
}

fn range(document: &Document, span: Span) -> Range {
    document.lines().range(&document.text, span.start, span.end)
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent {
        kind: MarkupKind::Markdown,
        value,
    }
}

fn item(at: usize, item: Item, range: Range) -> CompletionItem {
    let kind = match item.what {
        completion::What::Field => CompletionItemKind::Field,
        completion::What::Word => CompletionItemKind::EnumMember,
        completion::What::Reference => CompletionItemKind::Reference,
    };
    let edit = TextEdit {
        range,
        new_text: item.text,
    };
    CompletionItem {
        label: item.label,
        kind: Some(kind),
        detail: Some(item.detail),
        filter_text: Some(item.filter),
        // As they are in the tables, the usual ones first.
        sort_text: Some(format!("{at:05}")),
        text_edit: Some(edit.into()),
        ..CompletionItem::default()
    }
}

#[allow(deprecated)] // a field that has to be given
fn symbol(document: &Document, symbol: Symbol) -> DocumentSymbol {
    let kind = match symbol.what {
        symbols::What::Section => SymbolKind::Namespace,
        symbols::What::Path => SymbolKind::Module,
        symbols::What::Operation => SymbolKind::Method,
        symbols::What::Schema => SymbolKind::Struct,
        symbols::What::Definition => SymbolKind::Object,
    };
    let children = symbol.children.into_iter();
    let children: Vec<_> = children.map(|one| self::symbol(document, one)).collect();
    DocumentSymbol {
        // No client takes an empty name.
        name: Some(symbol.name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "\"\"".to_owned()),
        detail: symbol.detail,
        kind,
        tags: None,
        deprecated: None,
        range: range(document, symbol.whole),
        selection_range: range(document, symbol.key),
        children: (!children.is_empty()).then_some(children),
    }
}
