//! The guide, `generator/book`, and the README: what they show compiles or is accepted, their links lead somewhere, and their reference is
//! that of the command.

mod links;
mod pages;
mod reference;
mod snippets;

pub(crate) use snippets::package;
