//! A file in a form. Needs `body.rs`, `open.rs` (feature `fs`).

use std::fmt;
#[cfg(feature = "fs")]
use std::{io, path::Path};

use bytes::Bytes;

use super::Body;

/// A file to send as a part of a form: its content, file name and media type.
///
/// ```text
/// File::new(bytes).name("cat.png").content_type("image/png")
/// ```
#[must_use = "a file does nothing until it is sent"]
pub struct File {
    pub(crate) content: Body,
    pub(crate) name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl File {
    /// Creates a file with this content: bytes, text, or a stream.
    pub fn new(content: impl Into<Body>) -> Self {
        Self {
            content: content.into(),
            name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// Creates a file from one on the disk, with its name, which is read while it is sent; see [`Body::open`].
    ///
    /// # Errors
    /// The file can't be opened, or is a directory.
    #[cfg(feature = "fs")]
    pub async fn open(path: impl AsRef<Path> + Send) -> io::Result<Self> {
        let path = path.as_ref();
        Ok(Self::new(Body::open(path).await?).named_after(path))
    }

    /// Like [`open`](Self::open), outside of async code.
    ///
    /// # Errors
    /// The file can't be opened, or is a directory.
    #[cfg(feature = "fs")]
    pub fn open_blocking(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        Ok(Self::new(Body::open_blocking(path)?).named_after(path))
    }

    #[cfg(feature = "fs")]
    fn named_after(mut self, path: &Path) -> Self {
        self.name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        self
    }

    /// Sets the file name. Default: the name of the part, as many servers treat parts without a file name as text.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type. Default: the one that the description declares, else `application/octet-stream`.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl From<Body> for File {
    fn from(content: Body) -> Self {
        Self::new(content)
    }
}

impl From<Bytes> for File {
    fn from(content: Bytes) -> Self {
        Self::new(content)
    }
}

impl From<Vec<u8>> for File {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl From<String> for File {
    fn from(content: String) -> Self {
        Self::new(content)
    }
}

impl From<&'static str> for File {
    fn from(content: &'static str) -> Self {
        Self::new(content)
    }
}

/// Shows only the size of the content.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}
