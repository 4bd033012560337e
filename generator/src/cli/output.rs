//! Prints results and messages; nothing else does.

use specwright::diag::render::{Format, render, render_all};
use specwright::diag::{Diagnostics, Severity, page};
use specwright::hidden::{printable_json, printable_lines};
use specwright::source::Sources;
use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal, Write};

/// Standard output and standard error.
#[allow(clippy::struct_excessive_bools)] // flags of the command line
pub(super) struct Terminal {
    format: Format,
    colour: bool,
    all: bool,
    quiet: bool,
    broken: bool,
    /// The codes of the errors and warnings that were shown.
    shown: Vec<(Severity, &'static str)>,
}

/// The codes of errors and warnings, and whether each is an error.
pub(super) type Shown = BTreeSet<(bool, String)>;

/// How many codes the remark at the end lists.
const EXPLAINED: usize = 4;

impl Terminal {
    /// `all` shows all messages instead of the first few of each code.
    pub(super) fn new(format: Format, all: bool, colour: bool) -> Self {
        Self {
            format,
            colour,
            all,
            quiet: false,
            broken: false,
            shown: Vec::new(),
        }
    }

    /// Whether to leave out notes, summaries and remarks.
    pub(super) fn quiet(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }

    /// Whether somebody watches who wants to know that something takes long.
    pub(super) fn is_watched(&self) -> bool {
        self.format == Format::Human && !self.quiet && std::io::stderr().is_terminal()
    }

    /// Prints a result that says no more than that all went well: for programs always, for people unless they want quiet.
    pub(super) fn summary(&mut self, text: &str) {
        if !self.quiet || self.format == Format::Json {
            self.result(text);
        }
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Whether everything could be printed. A reader that closes the pipe early (`| head`) isn't an error.
    pub(super) fn works(&self) -> bool {
        !self.broken
    }

    /// Prints a result. It may contain text from anywhere, so control characters are escaped.
    pub(super) fn result(&mut self, text: &str) {
        if self.format == Format::Json {
            self.json(text);
        } else {
            self.print(&printable_lines(text));
        }
    }

    /// Prints a result that is text in every message format.
    pub(super) fn lines(&mut self, text: &str) {
        self.print(&printable_lines(text));
    }

    /// Prints a result that is JSON in every message format.
    pub(super) fn json(&mut self, text: &str) {
        self.print(&printable_json(text));
    }

    /// Prints a document, as it is but on a terminal, which must not be steered by it.
    pub(super) fn document(&mut self, text: &str) {
        if std::io::stdout().is_terminal() {
            self.print(&printable_lines(text));
        } else {
            self.print(text);
        }
    }

    fn print(&mut self, text: &str) {
        let mut out = std::io::stdout().lock();
        let end = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        let printed = out
            .write_all(text.as_bytes())
            .and_then(|()| out.write_all(end.as_bytes()))
            .and_then(|()| out.flush());
        self.broken |= printed.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe);
    }

    /// Prints a remark for people; nothing if messages are for programs.
    pub(super) fn remark(&self, text: &str) {
        if self.format == Format::Human && !self.quiet {
            Self::error(text);
        }
    }

    /// Prints messages: to standard error for people, to standard output for programs.
    pub(super) fn messages(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let (text, shown) = self.rendered(diagnostics, sources);
        self.again(&text, &shown);
    }

    /// Prints messages as they were rendered.
    pub(super) fn again(&mut self, text: &str, shown: &Shown) {
        if self.format == Format::Human {
            Self::error(text);
        } else {
            self.result(text);
        }
        self.remember(shown);
    }

    /// Everything about the way in which messages are printed, as a text.
    pub(super) fn choices(&self) -> String {
        let Self {
            format,
            colour,
            all,
            quiet,
            broken: _,
            shown: _,
        } = self;
        format!("{format:?} {colour} {all} {quiet}")
    }

    fn remember(&mut self, shown: &Shown) {
        for (is_error, code) in shown {
            let severity = if *is_error {
                Severity::Error
            } else {
                Severity::Warning
            };
            self.shown
                .extend(page(code).map(|page| (severity, page.code)));
        }
    }

    /// Prints messages in addition to a text result: always to standard error.
    pub(super) fn messages_aside(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let (text, shown) = self.rendered(diagnostics, sources);
        Self::error(&text);
        self.remember(&shown);
    }

    /// The text of messages, and the codes of errors and warnings in it.
    pub(super) fn rendered(&self, diagnostics: &Diagnostics, sources: &Sources) -> (String, Shown) {
        let severe = self.quiet.then(|| diagnostics.without_notes());
        let diagnostics = severe.as_ref().unwrap_or(diagnostics);
        let severe = diagnostics.iter();
        let severe = severe.filter(|one| one.severity >= Severity::Warning);
        let shown: BTreeSet<(bool, String)> = severe
            .map(|one| (one.severity == Severity::Error, one.code.id().to_owned()))
            .collect();
        let text = if self.all && self.format == Format::Human {
            render_all(diagnostics, sources, self.colour)
        } else {
            render(diagnostics, sources, self.format, self.colour)
        };
        (text, shown)
    }

    /// Prints, on a terminal, how to learn more about the messages of this run.
    pub(super) fn tell_more(&self) {
        if std::io::stderr().is_terminal() {
            self.remark(&more(self.shown.clone()));
        }
    }

    /// Prints to standard error.
    pub(super) fn error(text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes()); // nowhere to complain
    }
}

/// The command that explains the most severe of the codes; empty if there are none.
fn more(mut shown: Vec<(Severity, &'static str)>) -> String {
    shown.sort_by(|(one, a), (other, b)| other.cmp(one).then(a.cmp(b)));
    let mut codes: Vec<&str> = shown.into_iter().map(|(_, code)| code).collect();
    let mut seen = BTreeSet::new();
    codes.retain(|code| seen.insert(*code));
    codes.truncate(EXPLAINED);
    if codes.is_empty() {
        return String::new();
    }
    format!("for more: specwright explain {}\n", codes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::more;
    use specwright::diag::Severity::{Error, Warning};

    #[test]
    fn the_most_severe_codes_are_explained_first() {
        assert_eq!(more(Vec::new()), "");
        let shown = [(Warning, "SW0124"), (Error, "SW0201"), (Warning, "SW0121")];
        let twice = shown.into_iter().chain(shown).collect();
        assert_eq!(
            more(twice),
            "for more: specwright explain SW0201 SW0121 SW0124\n"
        );
        let many = ["SW0101", "SW0102", "SW0103", "SW0104", "SW0105"];
        let many = many.into_iter().map(|code| (Error, code)).collect();
        assert_eq!(
            more(many),
            "for more: specwright explain SW0101 SW0102 SW0103 SW0104\n"
        );
    }
}
