//! A file in a form. Needs no other file.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

/// A file, or any other part of a form, in memory.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct UploadedFile {
    /// The file name sent by the client. Never use it as a path.
    pub name: Option<String>,
    /// The media type sent by the client.
    pub content_type: Option<String>,
    /// All headers of the part.
    pub headers: HeaderMap,
    /// The content.
    pub content: Bytes,
}

/// Shows only the size of the content.
impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadedFile")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("content", &format_args!("{} bytes", self.content.len()))
            .finish_non_exhaustive()
    }
}
