//! A file in a form. Needs no other file.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

/// A file, or any other part of a form, in memory.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct UploadedFile {
    /// The file name, as the client sent it: never use it as a path.
    pub name: Option<String>,
    /// The media type, as the client sent it.
    pub content_type: Option<String>,
    /// All headers of the part.
    pub headers: HeaderMap,
    /// The content.
    pub content: Bytes,
}

/// Shows the size of the content only.
impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadedFile")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("content", &format_args!("{} bytes", self.content.len()))
            .finish_non_exhaustive()
    }
}
