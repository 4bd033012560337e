//! Tests of specwright from outside. `README.md` next to this crate says how to add a case.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod additive;
mod again;
mod build_scripts;
mod bundle;
mod cases;
mod changes;
mod check;
mod ci;
mod circles;
mod cli;
mod command;
mod compile;
mod consumers;
mod determinism;
mod diagnostics;
mod exhaustive;
mod explain;
mod fields;
mod first;
mod generated;
mod guide;
mod hostile;
mod invocations;
mod layers;
mod lenient;
mod lsp;
mod mattermost;
mod mock;
mod nasty;
mod oracle;
mod package;
mod project;
mod report;
mod runtime;
mod sample;
mod seeds;
#[path = "../sinks/mod.rs"]
mod sinks;
mod snapshot;
mod support;
mod taken;
mod taken_methods;
mod upgrade;
mod watch;
#[path = "../workspace/mod.rs"]
mod workspace;
