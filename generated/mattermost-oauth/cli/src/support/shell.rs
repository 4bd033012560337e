//! Completions and the manual page. Needs `api.rs`, `command.rs`, `problem.rs`.

use std::io::Write;

use clap_complete::Shell;

use super::{Api, Problem, command};

/// Completions for a shell.
pub(crate) fn completions<C>(
    api: &'static Api<C>,
    shell: &str,
    to: &mut dyn Write,
) -> Result<(), Problem> {
    let shell: Shell = shell.parse().map_err(Problem::usage)?;
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command(api, None), api.program, &mut text);
    to.write_all(&text).map_err(unwritten)
}

/// The manual page: the program, then each group.
pub(crate) fn manual<C>(api: &'static Api<C>, to: &mut dyn Write) -> Result<(), Problem> {
    let page = clap_mangen::Man::new(command(api, None));
    page.render(to).map_err(unwritten)
}

fn unwritten(error: std::io::Error) -> Problem {
    Problem::other(format!("the output can't be written: {error}"))
}
