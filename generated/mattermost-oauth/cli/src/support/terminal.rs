//! What goes to a terminal: colours, and texts that don't steer it. Needs `hidden.rs`.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::ColorChoice;

use super::steers;

/// Where there are colours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colours {
    /// What the user has chosen, for help, too.
    pub(crate) choice: ColorChoice,
    /// Whether standard output has colours.
    pub(crate) output: bool,
    /// Whether standard error has colours.
    pub(crate) error: bool,
}

impl Colours {
    /// Those of a program with these arguments.
    pub(crate) fn of(words: &[String]) -> Self {
        let choice = choice(words);
        let variable = |name: &str| std::env::var_os(name);
        Self {
            choice,
            output: is_coloured(choice, io::stdout().is_terminal(), &variable),
            error: is_coloured(choice, io::stderr().is_terminal(), &variable),
        }
    }
}

/// The value of `--color`, read before all arguments are: what is wrong with these is told in colours, too.
fn choice(words: &[String]) -> ColorChoice {
    let words = words.iter().map(String::as_str);
    let words: Vec<&str> = words.take_while(|word| *word != "--").collect();
    let joined = words.iter().map(|word| word.strip_prefix("--color="));
    let separate = words.windows(2).map(|pair| match pair {
        ["--color", value] => Some(*value),
        _ => None,
    });
    match joined.chain(separate).flatten().next_back() {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// Whether an output has colours: as the user has chosen, else as the environment says (<https://no-color.org>,
/// <https://bixense.com/clicolors>), else if it is a terminal that has any.
pub(crate) fn is_coloured(
    choice: ColorChoice,
    is_terminal: bool,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> bool {
    let value = |name: &str| variable(name).filter(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if value("NO_COLOR").is_some() => false,
        ColorChoice::Auto if value("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        ColorChoice::Auto if value("CLICOLOR").is_some_and(|value| value == "0") => false,
        ColorChoice::Auto => match value("TERM") {
            Some(term) => is_terminal && term != "dumb",
            // Older consoles of Windows print escape sequences as they are.
            None => is_terminal && value("WT_SESSION").is_some(),
        },
    }
}

/// What a colour tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    /// The begin of an error.
    Error,
    /// The name of a property.
    Name,
    /// A string.
    Text,
    Number,
    /// `true`, `false` or `null`.
    Word,
}

impl Paint {
    /// A text in this colour, which what is in it can't end.
    pub(crate) fn on(self, text: &str) -> String {
        let code = match self {
            Self::Error => "1;31",
            Self::Name => "1;34",
            Self::Text => "32",
            Self::Number => "36",
            Self::Word => "33",
        };
        format!("\u{1b}[{code}m{}\u{1b}[0m", printable(text))
    }
}

/// A text in which characters that steer a terminal or mislead who reads are escaped. Line breaks and tabs are kept.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match steers(c) && !matches!(c, '\n' | '\t') {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    out
}
