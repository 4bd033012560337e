// Written by specwright; changes are overwritten.

//! Tools for language models: the operations of Mattermost API Reference.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    mattermost_oauth_mcp::run(std::env::args_os())
}
