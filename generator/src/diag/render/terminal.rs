//! Renders diagnostics for people: the message, an excerpt with a caret, and what to do.

use super::super::{Diagnostic, Severity};
use super::{Spot, printable, word};
use crate::hidden::is_hidden;
use crate::source::Sources;
use std::fmt::Write;

/// The longest excerpt of a line, in characters.
const WIDTH: usize = 120;
/// Characters before the caret in a truncated line.
const LEAD: usize = 40;

/// A line that stands for further messages of a code.
pub(super) fn more(code: &str, severity: Severity, count: usize, colour: bool) -> String {
    let paint = Paint(colour);
    let label = paint.with(hue(severity), &format!("{}[{code}]", word(severity)));
    format!("{label}: {count} more of these; `--all` shows all\n\n")
}

fn hue(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note | Severity::Allowed => GREEN,
    }
}

pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let paint = Paint(colour);
    let hue = hue(diagnostic.severity);
    let code = &diagnostic.code;
    let word = word(diagnostic.severity);
    let label = paint.with(hue, &format!("{word}[{}]", code.id()));
    let mut out = format!(
        "{label}{}\n",
        paint.with(BOLD, &format!(": {}", printable(&code.title())))
    );
    let spot = Spot::of(&diagnostic.place, sources);
    let related = diagnostic
        .related
        .iter()
        .map(|(place, words)| (Spot::of(place, sources), words.as_str()));
    let related: Vec<_> = related
        .filter_map(|(spot, words)| Some((spot?, words)))
        .collect();
    let lines = spot
        .iter()
        .chain(related.iter().map(|(spot, _)| spot))
        .filter_map(Spot::line);
    let margin = lines.max().map_or(1, |line| line.to_string().len());
    if let Some(spot) = &spot {
        excerpt(&mut out, spot, "-->", "", &paint, (hue, '^', margin));
    }
    for (spot, words) in &related {
        excerpt(&mut out, spot, ":::", words, &paint, (BLUE, '-', margin));
    }
    let bar = paint.with(BLUE, "=");
    let help = paint.with(BOLD, "help");
    // Further lines are there to be copied.
    for (number, line) in code.help().lines().enumerate() {
        let line = printable(line);
        let _ = match number {
            0 => writeln!(out, "{:margin$} {bar} {help}: {line}", ""),
            _ => writeln!(out, "{:margin$}   {line}", ""),
        };
    }
    out.push('\n');
    out
}

/// Appends `--> file:line:column`, the line, and the caret.
fn excerpt(
    out: &mut String,
    spot: &Spot<'_>,
    arrow: &str,
    words: &str,
    paint: &Paint,
    (hue, mark, margin): (&str, char, usize),
) {
    let (arrow, bar) = (paint.with(BLUE, arrow), paint.with(BLUE, "|"));
    let Some((line, column, length, text)) = spot.text else {
        let _ = writeln!(out, "{:margin$}{arrow} {}", "", spot.path());
        return;
    };
    let (text, before, length) = cut(text, column - 1, length);
    let number = paint.with(BLUE, &format!("{line:margin$}"));
    let mark = paint.with(
        hue,
        format!("{} {}", mark.to_string().repeat(length), printable(words)).trim_end(),
    );
    let pointer = spot
        .pointer
        .as_deref()
        .map(|pointer| format!("  {pointer}"));
    let pointer = pointer.unwrap_or_default();
    let _ = writeln!(
        out,
        "{:margin$}{arrow} {}:{line}:{column}{pointer}",
        "",
        spot.path()
    );
    let _ = writeln!(out, "{:margin$} {bar}", "");
    let _ = writeln!(out, "{number} {bar} {text}");
    let _ = writeln!(out, "{:margin$} {bar} {:before$}{mark}", "", "");
}

/// The part of a line around the mark, with one column for each character; the number of characters before the mark, and of marked ones.
fn cut(line: &str, before: usize, length: usize) -> (String, usize, usize) {
    let plain = |c: char| {
        if c == '\t' {
            ' '
        } else if is_hidden(c) {
            '\u{fffd}'
        } else {
            c
        }
    };
    let line = line.trim_end();
    // The line may be a whole document, so only the visible part is processed.
    let long = line.chars().nth(WIDTH).is_some();
    let start = if long { before.saturating_sub(LEAD) } else { 0 };
    let mut rest = line.chars().skip(start);
    let mut text: String = rest.by_ref().take(WIDTH).map(plain).collect();
    let cut_off = rest.next().is_some();
    let mut before = before - start;
    if start > 0 {
        text.insert(0, '…');
        before += 1;
    }
    if cut_off {
        text.push('…');
    }
    let room = (WIDTH + 1).saturating_sub(before);
    (text, before, length.min(room).max(1))
}

const RED: &str = "1;31";
const GREEN: &str = "1;32";
const YELLOW: &str = "1;33";
const BLUE: &str = "1;34";
const BOLD: &str = "1";

/// Whether to use colours.
struct Paint(bool);

impl Paint {
    fn with(&self, style: &str, text: &str) -> String {
        if self.0 {
            format!("\x1b[{style}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}
