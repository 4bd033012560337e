//! The command `specwright`.

mod cli;

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Most of the work is making and dropping small things.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
