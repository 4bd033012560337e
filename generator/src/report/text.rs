//! The report for people.

use super::{Report, Spot};
use crate::diag::Category;
use crate::diag::render::printable;
use crate::source::Sources;
use std::fmt::Write;

/// How many places of a code are shown, unless all are wanted.
const SHOWN: usize = 3;

/// The categories, most severe first: singular, plural, meaning.
pub(super) const SECTIONS: [(Category, &str, &str, &str); 6] = [
    (
        Category::Refused,
        "error",
        "errors",
        "nothing is written because of them",
    ),
    (
        Category::Fallback,
        "fallback",
        "fallbacks",
        "read as any JSON value although the description says more",
    ),
    (
        Category::LostConstraint,
        "lost constraint",
        "lost constraints",
        "values that violate them are accepted",
    ),
    (
        Category::PassedOver,
        "ignored element",
        "ignored elements",
        "described, but not part of the output",
    ),
    (
        Category::Repair,
        "repair",
        "repairs",
        "read as what was most likely meant",
    ),
    (Category::Note, "note", "notes", "nothing is lost"),
];

impl Report {
    /// The report for people: the contents, then the findings by code, with the first places of each or `all`.
    #[must_use]
    pub fn to_text(&self, sources: &Sources, all: bool) -> String {
        let mut out = String::new();
        // Writing to a String can't fail.
        let _ = self.contents(&mut out);
        for (category, one, several, means) in SECTIONS {
            let count = self.count(category);
            if count > 0 {
                let what = if count == 1 { one } else { several };
                let _ = writeln!(out, "\n{count} {what}: {means}");
                self.section(&mut out, category, sources, all);
            }
        }
        if self.findings.is_empty() {
            out.push_str("\nEverything that the description says is in the output.\n");
        }
        out
    }

    fn contents(&self, out: &mut String) -> std::fmt::Result {
        let (title, version) = &self.api;
        let format = printable(&self.format);
        writeln!(
            out,
            "{} {} ({format})\n",
            printable(title),
            printable(version)
        )?;
        writeln!(out, "paths       {}", self.paths)?;
        row(out, "operations", self.operations, &self.methods)?;
        row(out, "groups", self.groups.len(), &self.groups)?;
        for (name, count) in [
            ("webhooks", self.incoming.0),
            ("callbacks", self.incoming.1),
        ] {
            if count > 0 {
                line(out, name, count, &[])?;
            }
        }
        let parameters = self.parameters.iter().map(|(_, count)| count).sum();
        row(out, "parameters", parameters, &self.parameters)?;
        let (paged, unsettled) = &self.paged;
        let all = paged.iter().map(|(_, count)| count).sum();
        if all > 0 {
            row(out, "paged", all, paged)?;
        }
        if *unsettled > 0 {
            writeln!(
                out,
                "            {unsettled} with a page number that begins with 0 or 1, which isn't said: `pagination` settles it"
            )?;
        }
        let types = [
            ("structs", self.types.structs),
            ("enums", self.types.enums),
            ("unions", self.types.unions),
            ("aliases", self.types.aliases),
        ];
        row(out, "types", self.types.total(), &types)?;
        let schemes = self.schemes.iter();
        let schemes = schemes.map(|(name, sent)| printable(&format!("{name} ({sent})")));
        line(
            out,
            "security",
            self.schemes.len(),
            &schemes.collect::<Vec<_>>(),
        )?;
        let says = if self.free_form == 1 {
            "place says"
        } else {
            "places say"
        };
        writeln!(
            out,
            "free-form   {} {says} nothing about the value",
            self.free_form
        )
    }

    /// The findings of a category, grouped by code, the most frequent first.
    fn section(&self, out: &mut String, category: Category, sources: &Sources, all: bool) {
        for (code, list) in self.by_code(category) {
            let allowed = match &list[0].allowed {
                Some(Some(reason)) => format!(", allowed: {}", printable(reason)),
                Some(None) => ", allowed".to_owned(),
                None => String::new(),
            };
            let _ = writeln!(out, "  {code}  {}{allowed}", list.len());
            let shown = if all { list.len() } else { SHOWN };
            for finding in list.iter().take(shown) {
                let place = place(&finding.spot(sources));
                let _ = writeln!(out, "    {}\n      {place}", printable(&finding.title));
            }
            if list.len() > shown {
                let _ = writeln!(
                    out,
                    "    and {} more; `--all` lists them",
                    list.len() - shown
                );
            }
        }
    }
}

/// A row such as `operations  3: GET 2, POST 1`.
fn row(
    out: &mut String,
    name: &str,
    total: usize,
    parts: &[(impl AsRef<str>, usize)],
) -> std::fmt::Result {
    let parts = parts.iter().filter(|(_, count)| *count > 0);
    let parts = parts.map(|(part, count)| printable(&format!("{} {count}", part.as_ref())));
    line(out, name, total, &parts.collect::<Vec<_>>())
}

fn line(out: &mut String, name: &str, total: usize, parts: &[String]) -> std::fmt::Result {
    if parts.is_empty() {
        return writeln!(out, "{name:<10}  {total}");
    }
    writeln!(out, "{name:<10}  {total}: {}", parts.join(", "))
}

/// A place such as `openapi.yaml:12:7  /components/schemas/Pet`.
pub(super) fn place(spot: &Spot) -> String {
    let file = spot.file.as_ref();
    let file = file.map(|file| printable(&file.to_string_lossy()));
    let at = match (file, spot.position) {
        (Some(file), Some((line, column))) => format!("{file}:{line}:{column}"),
        (Some(file), None) => file,
        (None, _) => return "nowhere in particular".to_owned(),
    };
    match &spot.pointer {
        Some(pointer) => format!("{at}  #{}", printable(pointer)),
        None => at,
    }
}
