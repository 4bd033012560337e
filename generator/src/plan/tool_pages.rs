//! Plans what tools know of lists that are given page by page: how the arguments of the next page follow from a page.
//!
//! In: how the operation pages, and the arguments of its tool. Out: names on the wire in the place of fields, as nothing decodes the response.

use super::commands::{Command, CommandPlace, NextBy, NextPage, Types, fields_of};
use super::operations::Operation;
use super::pages::{More, Next, Paging, Step};
use super::rust::Ty;
use crate::hidden::printable;

/// A tool that knows how the pages of its list follow each other, if there are any, and says so.
pub(super) fn with_pages(operation: &Operation, mut tool: Command, types: &Types<'_>) -> Command {
    if let Some(paging) = &operation.paging {
        tool.next = next_page(operation, paging, &tool, types);
        let about = about(tool.next.as_ref().map(|next| &next.by));
        let details = format!("{}\n\n{about}", tool.details);
        details.trim().clone_into(&mut tool.details);
    }
    tool
}

/// What a model reads of pages: of those with numbers it may ask for any.
fn about(by: Option<&NextBy>) -> String {
    let shown = |way: &[String]| printable(&way.join("."));
    let numbers = match by {
        Some(NextBy::Page { argument, first }) => {
            let argument = shown(argument);
            format!("{argument} is its number, that of the first page is {first}, and ")
        }
        Some(NextBy::Offset { argument, first }) => {
            let argument = shown(argument);
            format!(
                "{argument} is the number of its first item, that of the first of all is {first}, and "
            )
        }
        Some(NextBy::Token { .. } | NextBy::LastItem { .. } | NextBy::Url { .. }) | None => {
            String::new()
        }
    };
    format!("A call gives a page of the list: {numbers}next has the arguments of the next page.")
}

/// How the next page follows from a page; `None` if the header `Link` says it.
fn next_page(
    operation: &Operation,
    paging: &Paging,
    tool: &Command,
    types: &Types<'_>,
) -> Option<NextPage> {
    let outcome = operation.success.outcomes().first();
    let page = outcome.and_then(|outcome| outcome.payload.value());
    let in_page = |steps: &[Step]| way(page, steps, types);
    let argument = |parameter: &str| argument(tool, paging, parameter);
    let by = match &paging.next {
        Next::Page { parameter, first } => NextBy::Page {
            argument: argument(parameter)?,
            first: *first,
        },
        Next::Offset { parameter, first } => NextBy::Offset {
            argument: argument(parameter)?,
            first: *first,
        },
        Next::Token { parameter, at } => NextBy::Token {
            argument: argument(parameter)?,
            at: in_page(at),
        },
        Next::LastItem { parameter, id } => NextBy::LastItem {
            argument: argument(parameter)?,
            id: way(Some(&paging.item), std::slice::from_ref(id), types).concat(),
        },
        Next::Url { at } => NextBy::Url { at: in_page(at) },
        Next::Link => return None,
    };
    let flag = |wanted: bool| {
        let more = paging.more.as_ref();
        let more = more.filter(|More { is_last, .. }| *is_last == wanted);
        more.map(|more| in_page(&more.at))
    };
    Some(NextPage {
        items: in_page(&paging.items),
        has_more: flag(false),
        is_last: flag(true),
        pages: paging.pages.as_deref().map(in_page),
        by,
    })
}

/// The way to what a request for another page has otherwise: a query parameter, or what a JSON pointer (RFC 6901) leads to in the body.
fn argument(tool: &Command, paging: &Paging, parameter: &str) -> Option<Vec<String>> {
    if paging.in_body {
        let tokens = parameter.split('/').skip(1);
        let names = tokens.map(|token| token.replace("~1", "/").replace("~0", "~"));
        return Some(std::iter::once("body".to_owned()).chain(names).collect());
    }
    let mut arguments = tool.arguments.iter();
    let found = arguments.find(|one| one.place == CommandPlace::Parameter && one.wire == parameter);
    found.map(|one| vec![one.name.clone()])
}

/// The way through the properties of a value, by their names on the wire.
fn way<'t>(mut ty: Option<&'t Ty>, steps: &'t [Step], types: &Types<'t>) -> Vec<String> {
    let names = steps.iter().map(|step| {
        let mut fields = ty.iter().flat_map(|ty| fields_of(ty, types));
        let field = fields.find(|field| field.name == step.field);
        ty = field.map(|field| &field.ty);
        field.map_or(step.field.plain(), |field| &field.wire)
    });
    names.map(str::to_owned).collect()
}
