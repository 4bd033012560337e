//! Many files as one document, of the same version and in the author's own words.
//!
//! In: the files and their [`References`]. Out: the entry as it is, in which what stood in other files has become components. A
//! reference within the entry stays; so does every description, extension, example and the order of all of it. What has no place among the
//! components (path items, lists, values) takes the place of the reference.

mod copy;

use super::Object;
use crate::document::{Homes, References};
use crate::source::{FileId, Origin, Sources};
use serde_json::Value as Json;

/// The document, and what it couldn't take in.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// The document.
    pub value: Json,
    /// What still refers to other files, or is missing.
    pub left: Vec<Left>,
}

/// Something that isn't in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// A field other than `$ref` that is the address of another file: its name and its text.
    Apart(&'static str, String, Origin),
    /// Something without a place among the components that contains itself.
    Recursive(Origin),
    /// What takes the place of references is too much in all.
    Large(Origin),
}

/// Puts the files that the description in `entry` refers to into one document.
#[must_use]
pub fn bundle(sources: &Sources, entry: FileId, references: &References) -> Bundle {
    let homes = Homes::find(sources, entry, references);
    let mut writer = copy::Writer::new(sources, references, &homes);
    let value = writer.document();
    let apart = references.apart.iter().cloned();
    let mut left: Vec<_> = apart
        .map(|(field, text, origin)| Left::Apart(field, text, origin))
        .collect();
    left.append(&mut writer.left);
    Bundle { value, left }
}
