//! `lsp`: serves an editor.

use super::output::Terminal;
use clap::Args;
use specwright::diag::render::printable;

#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// Use standard input and output, which is what happens anyway; many editors say so
    #[arg(long)]
    stdio: bool,
}

/// Serves until the editor is done; whether it ended as it should.
pub(super) fn lsp(flags: &Lsp) -> bool {
    // There is no other way.
    let Lsp { stdio: _ } = flags;
    match specwright::lsp::serve(std::io::stdin(), std::io::stdout()) {
        Ok(ended) => ended,
        Err(error) => {
            Terminal::error(&format!("error: {}\n", printable(&error.to_string())));
            false
        }
    }
}
