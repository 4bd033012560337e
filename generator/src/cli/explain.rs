//! `explain`: the pages of the codes of messages.

use super::output::Terminal;
use clap::Args;
use serde_json::json;
use specwright::diag::render::Format;
use specwright::diag::{Page, Severity, page, pages};

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Codes of messages, such as `SW0121`, in upper or lower case
    #[arg(value_name = "CODE", required_unless_present = "list", value_parser = known)]
    codes: Vec<Page>,
    /// List every code with its level and title
    #[arg(long, conflicts_with = "codes")]
    list: bool,
}

/// The page of a code; an error if the code doesn't exist.
fn known(code: &str) -> Result<Page, String> {
    page(code).map_err(|complaint| format!("{}; {}", complaint.title(), complaint.help()))
}

/// Prints pages, or the list of all.
pub(super) fn explain(explain: &Explain, terminal: &mut Terminal) -> bool {
    let (for_programs, list) = (terminal.format() == Format::Json, explain.list);
    let all: Vec<Page> = pages().collect();
    let chosen = if list { &all } else { &explain.codes };
    let parts: Vec<String> = chosen
        .iter()
        .map(|page| match (for_programs, list) {
            (true, true) => object(page, None),
            (true, false) => object(page, Some(page.markdown)),
            (false, true) => format!("{}  {:7}  {}\n", page.code, level(page), page.title()),
            (false, false) => page.text(),
        })
        .collect();
    let between = if for_programs || list { "" } else { "\n" };
    terminal.result(&parts.join(between));
    true
}

/// One line for programs.
fn object(page: &Page, markdown: Option<&str>) -> String {
    let mut object = json!({"code": page.code, "level": level(page), "title": page.title()});
    if let Some(markdown) = markdown {
        object["markdown"] = markdown.into();
    }
    format!("{object}\n")
}

fn level(page: &Page) -> &'static str {
    match page.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note | Severity::Allowed => "note",
    }
}
