//! How the pages of a list follow each other: a part of the table that only tools have.

use crate::emit::code::Code;
use crate::emit::tokens::literal;
use crate::plan::{NextBy, NextPage};

/// `next: Some(NextPage { … }),`.
pub(super) fn next_page(next: &NextPage, code: &mut Code) {
    let NextPage {
        items,
        has_more,
        is_last,
        pages,
        by,
    } = next;
    for name in ["NextBy", "NextPage"] {
        code.names(name);
    }
    code.line(2, "next: Some(NextPage {");
    if !items.is_empty() {
        code.line(3, format!("items: {},", way(items)));
    }
    for (flag, at) in [
        ("has_more", has_more),
        ("is_last", is_last),
        ("pages", pages),
    ] {
        if let Some(at) = at {
            code.line(3, format!("{flag}: Some({}),", way(at)));
        }
    }
    code.line(3, format!("..NextPage::new({})", asked_for(by)));
    code.line(2, "}),");
}

/// `NextBy::Page { argument: &["page"], first: 1 }`.
fn asked_for(by: &NextBy) -> String {
    let (kind, fields) = match by {
        NextBy::Page { argument, first } => (
            "Page",
            format!("argument: {}, first: {first}", way(argument)),
        ),
        NextBy::Offset { argument, first } => (
            "Offset",
            format!("argument: {}, first: {first}", way(argument)),
        ),
        NextBy::Token { argument, at } => (
            "Token",
            format!("argument: {}, at: {}", way(argument), way(at)),
        ),
        NextBy::LastItem { argument, id } => (
            "LastItem",
            format!("argument: {}, id: {}", way(argument), literal(id)),
        ),
        NextBy::Url { at } => ("Url", format!("at: {}", way(at))),
    };
    format!("NextBy::{kind} {{ {fields} }}")
}

fn way(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
    format!("&[{}]", names.join(", "))
}
