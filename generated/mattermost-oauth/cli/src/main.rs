// Written by specwright; changes are overwritten.

//! The command line of Mattermost API Reference.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    mattermost_oauth_cli::run(std::env::args_os())
}
