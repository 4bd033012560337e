//! `completions` and `man`: what shells and `man` know of the command.

use super::output::Terminal;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell; without it, that of `$SHELL`
    shell: Option<Shell>,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write a page for each command into this directory, which has to exist, instead of the first one to standard output
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Prints the completions of a shell; whether it is known.
pub(super) fn completions<C: CommandFactory>(
    completions: &Completions,
    terminal: &mut Terminal,
) -> bool {
    let Some(shell) = completions.shell.or_else(Shell::from_env) else {
        Terminal::error("error: name a shell: bash, elvish, fish, powershell or zsh\n");
        return false;
    };
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut C::command(), "specwright", &mut text);
    terminal.document(&String::from_utf8_lossy(&text));
    true
}

/// Prints the manual page, or writes all of them; whether that worked.
pub(super) fn man<C: CommandFactory>(man: &Man, terminal: &mut Terminal) -> bool {
    let mut text = Vec::new();
    let done = match &man.dir {
        Some(dir) => clap_mangen::generate_to(C::command(), dir),
        None => clap_mangen::Man::new(C::command()).render(&mut text),
    };
    if let Err(error) = done {
        Terminal::error(&format!("error: the manual can't be written: {error}\n"));
        return false;
    }
    if man.dir.is_none() {
        terminal.document(&String::from_utf8_lossy(&text));
    }
    true
}
