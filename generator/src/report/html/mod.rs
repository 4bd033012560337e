//! The report as a page: one file that loads nothing and that no text of a description can make do anything.
//!
//! Its Content-Security-Policy allows the one style and the one script below, by their digests. What the script draws it reads from JSON.

mod picture;
mod text;

use super::graph::{Graph, Kind};
use super::text::SECTIONS;
use super::{Finding, Report};
use crate::diag::{Category, page};
use crate::digest::digest;
use crate::source::{Position, Sources};
use serde_json::json;
use std::fmt::Write;
use text::{base64, escape, with_code};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The greatest number of places that are shown of a code.
const SHOWN: usize = 20;

/// The longest line of an excerpt, in characters.
const LONGEST: usize = 160;

/// Characters before the place in a line that is longer.
const LEAD: usize = 40;

impl Report {
    /// The report as HTML.
    #[must_use]
    pub fn to_html(&self, sources: &Sources) -> String {
        let (title, version) = (escape(&self.api.0), escape(&self.api.1));
        let allowed = |text: &str| format!("'sha256-{}'", base64(&digest(text.as_bytes())));
        // Git may check the files out with other line ends, and browsers count any as LF.
        let [style, script] = [STYLE, SCRIPT].map(|text| text.replace("\r\n", "\n"));
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            allowed(&style),
            allowed(&script)
        );
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}: report of specwright</title>\n<style>{style}</style>\n</head>\n\
             <body>\n<h1>{title} <small>{version} · {}</small></h1>\n\
             <nav><a href=\"#findings\">Findings</a><a href=\"#references\">References</a><a href=\"#operations\">Operations</a>\
             <a href=\"#types\">Types</a><a href=\"#costs\">Cost</a></nav>\n",
            escape(&self.format)
        );
        self.numbers(&mut out);
        self.all_findings(&mut out, sources);
        self.references(&mut out);
        self.operations_list(&mut out);
        self.types_list(&mut out);
        self.costs_table(&mut out);
        let _ = write!(out, "<script>{script}</script>\n</body>\n</html>\n");
        out
    }

    /// Writing to a String can't fail, here and below.
    fn numbers(&self, out: &mut String) {
        out.push_str("<table>\n");
        let counts = |pairs: &[(String, usize)]| {
            let pairs = pairs
                .iter()
                .map(|(name, count)| format!("{} {count}", escape(name)));
            pairs.collect::<Vec<_>>().join(", ")
        };
        let owned = |pairs: &[(&str, usize)]| {
            let pairs = pairs.iter().filter(|(_, count)| *count > 0);
            pairs
                .map(|(name, count)| ((*name).to_owned(), *count))
                .collect::<Vec<_>>()
        };
        let types = [
            ("structs", self.types.structs),
            ("enums", self.types.enums),
            ("unions", self.types.unions),
            ("aliases", self.types.aliases),
        ];
        let schemes = self
            .schemes
            .iter()
            .map(|(name, sent)| escape(&format!("{name} ({sent})")));
        let parameters = self.parameters.iter().map(|(_, count)| count).sum();
        for (name, count, parts) in [
            ("paths", self.paths, String::new()),
            ("operations", self.operations, counts(&self.methods)),
            ("webhooks", self.incoming.0, String::new()),
            ("callbacks", self.incoming.1, String::new()),
            ("parameters", parameters, counts(&owned(&self.parameters))),
            ("types", self.types.total(), counts(&owned(&types))),
            (
                "security schemes",
                self.schemes.len(),
                schemes.collect::<Vec<_>>().join(", "),
            ),
            ("free-form values", self.free_form, String::new()),
        ] {
            let _ = writeln!(
                out,
                "<tr><th>{name}</th><td class=\"number\">{count}</td><td>{parts}</td></tr>"
            );
        }
        out.push_str("</table>\n");
    }

    fn all_findings(&self, out: &mut String, sources: &Sources) {
        out.push_str("<h2 id=\"findings\">Findings</h2>\n");
        if self.findings.is_empty() {
            out.push_str("<p>Everything that the description says is in the output.</p>\n");
        }
        for (category, one, several, means) in SECTIONS {
            let codes = self.by_code(category);
            let count = self.count(category);
            if count == 0 {
                continue;
            }
            let what = if count == 1 { one } else { several };
            let class = if category == Category::Refused {
                " class=\"error\""
            } else {
                ""
            };
            let _ = writeln!(out, "<h3{class}>{count} {what}</h3>\n<p>{means}</p>");
            for (code, list) in codes {
                findings_of(out, code, &list, sources);
            }
        }
    }

    fn references(&self, out: &mut String) {
        let graph = &self.graph;
        out.push_str("<h2 id=\"references\">References</h2>\n<p>Choose a group, an operation or a type to see what refers to it and what it refers to: \
                      <input id=\"choice\" list=\"names\" autocomplete=\"off\" aria-label=\"name\"></p>\n<p class=\"soft\">");
        for kind in Kind::ALL {
            let word = kind.word();
            let _ = write!(out, "<span class=\"{word}-key\">■</span> {word} ");
        }
        out.push_str("</p>\n<datalist id=\"names\">");
        for node in &graph.nodes {
            let _ = write!(out, "<option value=\"{}\">", escape(&node.name));
        }
        out.push_str("</datalist>\n<p id=\"said\" class=\"mono\"></p>\n<div id=\"picture\">");
        let whole = picture::fits(graph);
        if whole {
            out.push_str(&picture::svg(graph));
        }
        let nodes = graph.nodes.iter();
        let nodes: Vec<_> = nodes
            .map(|node| json!([node.kind as usize, node.name, node.about]))
            .collect();
        let data = json!({"whole": whole, "nodes": nodes, "edges": graph.edges});
        let _ = writeln!(
            out,
            "</div>\n<script type=\"application/json\" id=\"graph\">{}</script>",
            text::json(&data)
        );
    }

    fn operations_list(&self, out: &mut String) {
        out.push_str("<h2 id=\"operations\">Operations</h2>\n");
        let graph = &self.graph;
        let groups = graph.nodes.iter().enumerate();
        for (at, group) in groups.filter(|(_, node)| node.kind == Kind::Group) {
            let operations: Vec<usize> = graph.from(at).collect();
            let _ = writeln!(
                out,
                "<details><summary><a href=\"#n{at}\">{}</a> {} <span class=\"soft\">{}</span></summary>\n<table>",
                escape(&group.name),
                operations.len(),
                with_code(&group.about)
            );
            for operation in operations {
                let node = &graph.nodes[operation];
                let types = graph.from(operation).map(|to| link(graph, to));
                let types = types.collect::<Vec<_>>().join(", ");
                let _ = writeln!(
                    out,
                    "<tr><td>{}</td><td class=\"mono\">{}</td><td>{types}</td></tr>",
                    link(graph, operation),
                    escape(&node.about)
                );
            }
            out.push_str("</table></details>\n");
        }
    }

    fn types_list(&self, out: &mut String) {
        out.push_str("<h2 id=\"types\">Types</h2>\n<details><summary>All, those that most refer to first</summary>\n<table>\n\
                      <tr><th>type</th><th>kind</th><th class=\"number\">referred to by</th><th></th></tr>\n");
        let graph = &self.graph;
        let users = graph.users();
        let is_type = |at: &usize| !matches!(graph.nodes[*at].kind, Kind::Group | Kind::Operation);
        let mut types: Vec<usize> = (0..graph.nodes.len()).filter(is_type).collect();
        types.sort_by_key(|at| std::cmp::Reverse(users[*at]));
        for at in types {
            let node = &graph.nodes[at];
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
                link(graph, at),
                node.kind.word(),
                users[at],
                with_code(&node.about)
            );
        }
        out.push_str("</table></details>\n");
    }

    fn costs_table(&self, out: &mut String) {
        out.push_str("<h2 id=\"costs\">Cost</h2>\n<p>An estimate of the CPU seconds that the crates of types and client take to compile, without \
                      dependencies: a share for each operation and each type, as measured with big descriptions. Features overlap, as they share types.</p>\n\
                      <table>\n<tr><th>feature</th><th class=\"number\">operations</th><th class=\"number\">types</th><th class=\"number\"><code>cargo check</code></th>\
                      <th class=\"number\"><code>cargo build</code></th><th></th></tr>\n");
        let most = self.costs.iter().map(|cost| cost.build).fold(0.0, f64::max);
        for cost in &self.costs {
            let feature = cost.feature.as_deref().map_or_else(
                || "everything".to_owned(),
                |name| format!("<code>{}</code>", escape(name)),
            );
            let _ = writeln!(
                out,
                "<tr><td>{feature}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{:.1} s</td>\
                 <td class=\"number\">{:.1} s</td><td><meter max=\"{most:.1}\" value=\"{:.1}\"></meter></td></tr>",
                cost.operations, cost.types, cost.check, cost.build, cost.build
            );
        }
        out.push_str("</table>\n");
    }
}

/// A node as a link to its picture.
fn link(graph: &Graph, at: usize) -> String {
    format!(
        "<a href=\"#n{at}\"><code>{}</code></a>",
        escape(&graph.nodes[at].name)
    )
}

/// The places of a code, with excerpts, and its page.
fn findings_of(out: &mut String, code: &str, list: &[&Finding], sources: &Sources) {
    let allowed = match &list[0].allowed {
        Some(Some(reason)) => format!(", allowed: {}", escape(reason)),
        Some(None) => ", allowed".to_owned(),
        None => String::new(),
    };
    let _ = writeln!(
        out,
        "<details id=\"{code}\"><summary><a href=\"#{code}\">{code}</a> {}{allowed}: {}</summary>",
        list.len(),
        with_code(&list[0].title)
    );
    if let Ok(page) = page(code) {
        let _ = writeln!(
            out,
            "<details><summary>What it means</summary><pre>{}</pre></details>",
            page.markdown
                .lines()
                .map(escape)
                .collect::<Vec<_>>()
                .join("\n")
        );
    }
    for finding in list.iter().take(SHOWN) {
        let spot = finding.spot(sources);
        let _ = writeln!(
            out,
            "<p>{}<br><span class=\"soft\">{}</span></p>",
            with_code(&finding.title),
            with_code(&finding.help)
        );
        let _ = writeln!(
            out,
            "<p class=\"mono\">{}</p>",
            escape(&super::text::place(&spot))
        );
        out.push_str(&excerpt(finding, sources));
    }
    if let Some(more @ 1..) = list.len().checked_sub(SHOWN) {
        let _ = writeln!(
            out,
            "<p>and {more} more; <code>specwright report --all</code> lists them</p>"
        );
    }
    out.push_str("</details>\n");
}

/// The line of a finding, and those around it.
fn excerpt(finding: &Finding, sources: &Sources) -> String {
    let Some((file, Position { line, column })) = sources.position(&finding.place) else {
        return String::new();
    };
    // The line may be a whole document.
    let first = if column > LONGEST { column - LEAD } else { 0 };
    let mut out = "<pre>".to_owned();
    for number in line.saturating_sub(1).max(1)..=line + 1 {
        let text = sources.line(file, number);
        if text.trim().is_empty() {
            continue;
        }
        let text: String = text.chars().skip(first).take(LONGEST).collect();
        let mark = if number == line { '>' } else { ' ' };
        let _ = writeln!(out, "{mark} {number:>5} │ {}", escape(text.trim_end()));
    }
    out + "</pre>\n"
}
