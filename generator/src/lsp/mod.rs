//! `specwright lsp`: a language server for descriptions, on a pair of streams.
//!
//! In: messages of the Language Server Protocol 3.17. Out: responses, and diagnostics of the descriptions that open documents belong to, with
//! unsaved texts in the place of files. Knows the pipeline, but nothing of Rust beyond the text that it makes. Reads files only through
//! `source` and `config`.
//!
//! The thread that reads the stream and the one that reads descriptions (`worker.rs`) send events to the main loop (`server.rs`), which answers
//! requests from the syntax of the current text (`tree/`) and the last analysis that could be made.

mod completion;
mod definition;
mod diagnostics;
mod documents;
mod hover;
mod place;
mod positions;
mod projects;
mod publish;
mod requests;
mod server;
mod settings;
mod symbols;
mod transport;
mod tree;
mod uri;
mod worker;

pub use server::serve;
