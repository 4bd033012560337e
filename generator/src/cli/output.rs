//! Prints results and messages; nothing else does.

use specwright::diag::Diagnostics;
use specwright::diag::render::{Format, render, render_all};
use specwright::hidden::{printable_json, printable_lines};
use specwright::source::Sources;
use std::io::{ErrorKind, IsTerminal, Write};

/// Standard output and standard error.
pub(super) struct Terminal {
    format: Format,
    colour: bool,
    all: bool,
    broken: bool,
}

impl Terminal {
    /// `all` shows all messages instead of the first few of each code.
    pub(super) fn new(format: Format, all: bool) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            format,
            colour: wanted && std::io::stderr().is_terminal(),
            all,
            broken: false,
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
    pub(super) fn remark(&mut self, text: &str) {
        if self.format == Format::Human {
            Self::error(text);
        }
    }

    /// Prints messages: to standard error for people, to standard output for programs.
    pub(super) fn messages(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let text = self.rendered(diagnostics, sources);
        if self.format == Format::Human {
            Self::error(&text);
        } else {
            self.result(&text);
        }
    }

    /// Prints messages in addition to a text result: always to standard error.
    pub(super) fn messages_aside(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        Self::error(&self.rendered(diagnostics, sources));
    }

    fn rendered(&self, diagnostics: &Diagnostics, sources: &Sources) -> String {
        if self.all && self.format == Format::Human {
            render_all(diagnostics, sources, self.colour)
        } else {
            render(diagnostics, sources, self.format, self.colour)
        }
    }

    /// Prints to standard error.
    pub(super) fn error(text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes()); // nowhere to complain
    }
}
