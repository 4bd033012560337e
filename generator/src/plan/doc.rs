//! Converts CommonMark of a description to the lines of a doc comment.
//!
//! The text is parsed and written again, so that it can do no harm: code blocks are fenced as `text` and never doctests, HTML is dropped,
//! links lead to the web or nowhere, brackets don't become links to Rust items, and invisible characters that reorder or hide text are
//! removed.

use crate::hidden;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::sync::Arc;

/// Documentation of an item: lines without comment marks. Clones share the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    text: Arc<str>,
}

/// Width of text in columns.
const WIDTH: usize = 92;

/// Nesting limit of lists, their items and quotes.
const DEEPEST: usize = 16;

/// A space at which no line is broken. Input can't contain it, as control characters are removed.
const GLUE: char = '\u{1}';

impl Doc {
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Converts CommonMark.
    #[must_use]
    pub fn markdown(text: &str) -> Self {
        if is_plain(text) {
            return Self::text(text);
        }
        let mut writer = Writer::default();
        let clean: String = text.chars().filter(|c| !is_hidden(*c)).collect();
        let events: Vec<Event> = Parser::new_ext(&clean, Options::ENABLE_TABLES).collect();
        writer.top_heading = events.iter().filter_map(heading_level).min().unwrap_or(1);
        for event in events {
            writer.event(event);
        }
        writer.finish()
    }

    /// A paragraph of generated text, with Markdown.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let writer = Writer {
            inline: text.to_owned(),
            ..Writer::default()
        };
        writer.finish()
    }

    /// A text as a code span.
    #[must_use]
    pub fn code(text: &str) -> Self {
        Self::text(&code(text))
    }

    /// Escapes plain text for use within generated Markdown.
    #[must_use]
    pub fn escaped(text: &str) -> String {
        let mut out = String::new();
        let clean: String = text.chars().filter(|c| !is_hidden(*c)).collect();
        for (index, word) in clean.split_whitespace().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            escape(&mut out, word);
        }
        out
    }

    /// Appends `other` as further paragraphs.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        self.joined("\n\n", other)
    }

    /// The first paragraph of CommonMark, as one line.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::markdown(text).first_line()
    }

    /// The first paragraph, as one line.
    #[must_use]
    pub fn first_line(&self) -> Self {
        let lines = self.lines().take_while(|line| !line.is_empty());
        let line = lines.collect::<Vec<_>>().join(" ");
        let is_paragraph = !begins_block(&line);
        let text = if is_paragraph { line } else { String::new() };
        Self { text: text.into() }
    }

    /// A table. Each cell is a line.
    #[must_use]
    pub fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<Self>>) -> Self {
        let mut text = format!("| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
        for row in rows {
            text.push_str("\n|");
            for cell in row {
                // A bar ends a cell even in a code span.
                let cell = cell.as_str().replace('|', "\\|");
                text.extend([" ", &cell, " |"]);
            }
        }
        Self { text: text.into() }
    }

    /// A list item: a name and its documentation.
    #[must_use]
    pub fn item(name: &str, said: &Self) -> Self {
        let mut lines = said.lines().peekable();
        let mut text = format!("- {}", code(name).replace(GLUE, " "));
        match lines.next_if(|line| !begins_block(line)) {
            Some(line) => text.extend([": ", line]),
            None if said.is_empty() => {}
            None => text.push(':'),
        }
        for line in lines {
            let indent = if line.is_empty() { "\n" } else { "\n  " };
            text.extend([indent, line]);
        }
        Self { text: text.into() }
    }

    /// A heading with Markdown.
    #[must_use]
    pub fn heading(level: usize, text: &str) -> Self {
        Self {
            text: format!("{} {text}", "#".repeat(level)).into(),
        }
    }

    /// Generated text as a list item.
    #[must_use]
    pub fn bullet(text: &str) -> Self {
        let text = Self::text(text).lines().collect::<Vec<_>>().join("\n  ");
        Self {
            text: format!("- {text}").into(),
        }
    }

    /// Generated code as a block; `language` is the info string of the fence.
    #[must_use]
    pub fn block(language: &str, lines: &[String]) -> Self {
        let text = format!("```{language}\n{}\n```", lines.join("\n"));
        Self { text: text.into() }
    }

    /// Moves all headings down by one level.
    #[must_use]
    pub fn nested(&self) -> Self {
        let mut in_code = false;
        let lines = self.lines().map(|line| {
            in_code ^= line.trim_start().starts_with("```");
            let is_heading = !in_code && line.starts_with('#') && !line.starts_with("######");
            format!("{}{line}", if is_heading { "#" } else { "" })
        });
        let lines: Vec<String> = lines.collect();
        Self {
            text: lines.join("\n").into(),
        }
    }

    /// Whether it is at most one paragraph.
    #[must_use]
    pub fn is_paragraph(&self) -> bool {
        !begins_block(&self.text) && !self.text.contains("\n\n")
    }

    /// Appends `other` on the next line.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.joined("\n", other)
    }

    /// Appends `other` to the last paragraph, if it begins with a paragraph.
    #[must_use]
    pub fn beside(self, other: Self) -> Self {
        let separator = if begins_block(&other.text) {
            "\n\n"
        } else {
            " "
        };
        self.joined(separator, other)
    }

    /// Joins both, unless one is empty.
    fn joined(self, separator: &str, other: Self) -> Self {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => other,
            (_, true) => self,
            _ => Self {
                text: [&*self.text, separator, &*other.text].concat().into(),
            },
        }
    }

    /// Falls back to `other` if there is no documentation.
    #[must_use]
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_empty() { other() } else { self }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The lines, without comment marks.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// The lines as one text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A text as a code span.
#[must_use]
pub(super) fn code(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let longest = clean.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if clean.starts_with('`') || clean.ends_with('`') || clean.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{clean}{pad}{fence}").replace(' ', &GLUE.to_string())
}

/// Fast path: whether a text is a paragraph without characters that have a meaning in CommonMark, as most are.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b' ' | b'.' | b',' | b'\'' | b'"' | b'(' | b')' | b'?' | b'-'
                )
        })
}

/// Whether a line that was written here begins a block other than a paragraph. Such a line must not follow other text: a fence would be
/// text there, and the closing fence would open a block.
fn begins_block(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let ordered = number.len() < line.len() && number.starts_with(". ");
    ordered
        || ["```", ">", "- ", "#", "|"]
            .iter()
            .any(|mark| line.starts_with(mark))
}

/// Characters that hide or reorder text around them, except for line breaks and tabs.
fn is_hidden(c: char) -> bool {
    hidden::is_hidden(c) && !matches!(c, '\n' | '\t' | '\r')
}

fn heading_level(event: &Event) -> Option<usize> {
    if let Event::Start(Tag::Heading { level, .. }) = event {
        Some(level_number(*level))
    } else {
        None
    }
}

fn level_number(level: HeadingLevel) -> usize {
    level as usize
}

/// An open list or quote, with the prefixes of its lines.
struct Container {
    /// Prefix of the next line only: the bullet.
    first: Option<String>,
    /// Prefix of all further lines.
    rest: String,
    /// The number of the next item in an ordered list.
    number: Option<u64>,
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// Number of open lists and quotes beyond the nesting limit; their content goes into the enclosing one.
    too_deep: usize,
    inline: String,
    /// The open code block.
    code: Option<String>,
    /// The URLs of open links; `None` for a link that is dropped.
    links: Vec<Option<String>>,
    /// Cells of the open table row.
    cells: Vec<String>,
    top_heading: usize,
    heading: Option<usize>,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline.push_str(&code(&text));
            }
            Event::SoftBreak | Event::HardBreak => self.inline.push(' '),
            Event::Rule => self.blank(),
            Event::InlineHtml(html) => {
                if html.starts_with("<br") {
                    self.inline.push(' ');
                }
            }
            Event::Html(html) => self.text(&without_tags(&html)),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm)] // of another crate: what isn't kept loses its marks
    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.blank();
                self.heading = Some(level_number(level).saturating_sub(self.top_heading) + 1);
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item if self.containers.len() >= DEEPEST => {
                self.flush();
                self.too_deep += 1;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.blank();
                self.containers.push(Container {
                    first: None,
                    rest: "> ".to_owned(),
                    number: None,
                });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::List(number) => {
                self.flush();
                if self.containers.is_empty() {
                    self.blank();
                }
                self.containers.push(Container {
                    first: None,
                    rest: String::new(),
                    number,
                });
            }
            Tag::Item => self.item(),
            Tag::Paragraph | Tag::HtmlBlock => {
                self.flush();
                // The first paragraph of an item follows its bullet.
                if self
                    .containers
                    .last()
                    .is_none_or(|container| container.first.is_none())
                {
                    self.blank();
                }
            }
            Tag::Emphasis => self.inline.push('*'),
            Tag::Strong => self.inline.push_str("**"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                // The text of an autolink is the URL, which `text` turns into a link.
                let kept = (is_web(&dest_url) && link_type != LinkType::Autolink)
                    .then(|| encoded(&dest_url));
                if kept.is_some() {
                    self.inline.push('[');
                }
                self.links.push(kept);
            }
            Tag::Table(_) => {
                self.flush();
                self.blank();
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.flush();
        let Some(list) = self.containers.last_mut() else {
            return;
        };
        let bullet = match &mut list.number {
            Some(number) => {
                let bullet = format!("{number}. ");
                *number += 1;
                bullet
            }
            None => "- ".to_owned(),
        };
        let rest = " ".repeat(bullet.len());
        self.containers.push(Container {
            first: Some(bullet),
            rest,
            number: None,
        });
    }

    #[allow(clippy::wildcard_enum_match_arm)] // of another crate: what isn't kept loses its marks
    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let level = self.heading.take().unwrap_or(1);
                let words = self.inline.split_whitespace().collect::<Vec<_>>().join(" ");
                self.inline.clear();
                self.line(&format!("{} {words}", "#".repeat(level.min(6))));
                self.blank();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.flush();
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else {
                    self.containers.pop();
                }
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::Emphasis => self.inline.push('*'),
            TagEnd::Strong => self.inline.push_str("**"),
            TagEnd::Link => {
                if let Some(url) = self.links.pop().flatten() {
                    self.inline.extend(["](", &url, ")"]);
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                self.cells.push(cell.trim().replace(GLUE, " "));
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                self.line(&format!("| {} |", cells.join(" | ")));
                if tag == TagEnd::TableHead {
                    self.line(&format!("|{}", " --- |".repeat(cells.len())));
                }
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        // Entities may stand for such characters: `&#10;`, `&#x202e;`.
        let text: String = text
            .chars()
            .filter(|c| !is_hidden(*c))
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        let in_link = self.links.last().is_some_and(Option::is_some);
        let has_link = !in_link && text.contains("://");
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                self.inline.push(' ');
            }
            let link = |word: &str| word.find("http://").or_else(|| word.find("https://"));
            match has_link.then(|| link(word)).flatten() {
                Some(start) => {
                    let end = start
                        + word[start..]
                            .trim_end_matches(['.', ',', ')', ';', ':', '!', '?', '\'', '"'])
                            .len();
                    escape(&mut self.inline, &word[..start]);
                    self.inline
                        .extend(["<", &word[start..end].replace(['<', '>'], ""), ">"]);
                    escape(&mut self.inline, &word[end..]);
                }
                None => escape(&mut self.inline, word),
            }
        }
    }

    fn code_block(&mut self) {
        let Some(code) = self.code.take() else { return };
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        self.blank();
        self.line(&format!("{fence}text"));
        for line in code.lines() {
            self.line(&line.replace('\t', "    ").replace('\r', ""));
        }
        self.line(&fence);
        self.blank();
    }

    /// Writes the collected words, broken into lines.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.inline);
        let mut line = String::new();
        let mut columns = 0;
        let indent: usize = self
            .containers
            .iter()
            .map(|container| container.rest.len())
            .sum();
        for word in text.split_whitespace() {
            let more = 1 + word.chars().count();
            if !line.is_empty() && indent + columns + more > WIDTH {
                self.line(&std::mem::take(&mut line));
            }
            if line.is_empty() {
                line = unmarked(word);
                columns = line.chars().count();
            } else {
                line.push(' ');
                line.push_str(word);
                columns += more;
            }
        }
        if !line.is_empty() {
            self.line(&line);
        }
    }

    fn line(&mut self, text: &str) {
        let mut out = String::new();
        for container in &mut self.containers {
            out.push_str(
                &container
                    .first
                    .take()
                    .unwrap_or_else(|| container.rest.clone()),
            );
        }
        out.push_str(&text.replace(GLUE, " "));
        self.lines.push(out.trim_end().to_owned());
    }

    /// Appends an empty line, unless there is one.
    fn blank(&mut self) {
        if self
            .lines
            .last()
            .is_some_and(|line| !line.trim_start_matches(['>', ' ']).is_empty())
        {
            let quotes = self
                .containers
                .iter()
                .filter(|container| container.rest.starts_with('>'))
                .count();
            self.lines.push("> ".repeat(quotes).trim_end().to_owned());
        }
    }

    fn finish(mut self) -> Doc {
        self.flush();
        let text = self.lines.join("\n");
        Doc {
            text: text.trim_end_matches('\n').into(),
        }
    }
}

/// Percent-encodes characters of a URL that would end a Markdown link.
fn encoded(url: &str) -> String {
    url.chars().fold(String::new(), |mut out, c| {
        match c {
            ' ' | '<' | '>' | '(' | ')' | '\\' => {
                out.extend(["%", &format!("{:02X}", u32::from(c))]);
            }
            c => out.push(c),
        }
        out
    })
}

fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !url
            .chars()
            .any(|c| c.is_control() || is_hidden(c) || c == '`')
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in html.chars() {
        match c {
            '<' => depth += 1,
            '>' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            _ if depth == 0 => out.push(if c.is_whitespace() { ' ' } else { c }),
            _ => {}
        }
    }
    out
}

/// Escapes characters that CommonMark would take for inline markup.
fn escape(out: &mut String, text: &str) {
    let mut previous = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let within_word = previous.is_some_and(char::is_alphanumeric)
            && chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => out.extend(['\\', c]),
            '_' if !within_word => out.extend(['\\', c]),
            _ if c.is_whitespace() => out.push(' '),
            _ => out.push(c),
        }
        previous = Some(c);
    }
}

/// Escapes the first word of a line, so that it doesn't begin a list, a heading or a rule.
fn unmarked(word: &str) -> String {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &word[digits..];
    if digits > 0 && (after == "." || after == ")") {
        return format!("{}\\{after}", &word[..digits]);
    }
    let marks = word.trim_start_matches(['#', '-', '+', '=']);
    if marks.is_empty() && !word.is_empty() {
        format!("\\{word}")
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After other text a fence is text, and the closing fence would begin a doctest.
    #[test]
    fn blocks_never_begin_within_a_line() {
        let said = Doc::markdown("```\na\n```\n\nrun_me()\n\n```\nb\n```");
        let item = Doc::item("id", &said);
        assert!(item.as_str().starts_with("- `id`:\n  ```text\n  a\n"));
        let beside = Doc::text("404").beside(said);
        assert!(beside.as_str().starts_with("404\n\n```text\n"));
        let list = Doc::text("x").beside(Doc::markdown("1. one"));
        assert_eq!(list.as_str(), "x\n\n1. one");
        assert_eq!(Doc::item("id", &Doc::none()).as_str(), "- `id`");
    }

    fn lines(text: &str) -> Vec<String> {
        Doc::markdown(text).lines().map(str::to_owned).collect()
    }

    #[test]
    fn headings_become_sections() {
        assert_eq!(
            lines("Get a page.\n##### Permissions\nMust have `manage_oauth`."),
            [
                "Get a page.",
                "",
                "# Permissions",
                "",
                "Must have `manage_oauth`."
            ]
        );
    }

    #[test]
    fn code_is_never_a_doctest() {
        assert_eq!(
            lines("```rust\nfn main() {}\n```"),
            ["```text", "fn main() {}", "```"]
        );
        assert_eq!(lines("    indented();"), ["```text", "indented();", "```"]);
        assert_eq!(lines("~~~\n```\n~~~"), ["````text", "```", "````"]);
        assert_eq!(
            lines("- a\n\n      code"),
            ["- a", "", "  ```text", "  code", "  ```"]
        );
    }

    #[test]
    fn markup_that_rustdoc_would_take_for_more_is_text() {
        assert_eq!(
            lines("see [Foo] and <b>bold</b> */ Vec<String>"),
            ["see \\[Foo\\] and bold \\*/ Vec"]
        );
        assert_eq!(
            lines("at https://example.com/a_b."),
            ["at <https://example.com/a_b>."]
        );
        assert_eq!(
            lines("[here](https://example.com) [x](javascript:alert)"),
            ["[here](https://example.com) x"]
        );
    }

    #[test]
    fn hidden_characters_are_dropped() {
        assert_eq!(lines("a\u{202e}b\u{2028}c\rd"), ["abc d"]);
        assert_eq!(lines("a&#x202e;b&#x2028;c&#13;d&#1;e"), ["abc de"]);
        assert_eq!(
            lines("[a](http://h/&#x202e;)\n\n|a|\n|-|\n|http://h/&#10;&#9;run()|"),
            ["a", "", "| a |", "| --- |", "| <http://h/>  run() |"]
        );
    }

    #[test]
    fn nesting_ends() {
        let text = format!("{}a\n\nb", "> ".repeat(10_000));
        let quoted = format!("{}a", "> ".repeat(DEEPEST));
        assert_eq!(lines(&text), [quoted.as_str(), "", "b"]);
        let text: String = (0..500)
            .map(|depth| " ".repeat(2 * depth) + "- a\n")
            .collect();
        assert_eq!(lines(&text).len(), 500);
    }

    #[test]
    fn lists_stay_lists_and_wrapped_lines_dont_become_any() {
        assert_eq!(
            lines("x\n- one\n- two\n  - three"),
            ["x", "", "- one", "- two", "  - three"]
        );
        let long = format!("{} - b", "a".repeat(WIDTH));
        assert_eq!(lines(&long)[1], "\\- b");
    }
}
