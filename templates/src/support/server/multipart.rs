//! Multipart bodies: forms (RFC 7578), `multipart/mixed`, `multipart/related`. Needs `body.rs`, `exchange.rs`, `file.rs`, `media.rs`,
//! `multipart_reader.rs`, `parts.rs`, `problem.rs`.

use std::fmt;
use std::marker::PhantomData;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http_body::Body as _;
use http_body_util::Limited;

use super::{
    Body, Exchange, Form, MultipartReader, Parts, Problem, Reading, UploadedFile, essence,
    header_parameter, within,
};

/// A form with more parts is rejected.
const MAX_PARTS: usize = 1000;

/// A multipart body that isn't read yet: [read](Self::read) it as a whole, or part by part.
///
/// ```text
/// let form = body.read().await?;
///
/// while let Some(mut part) = body.next_part().await? {
///     while let Some(chunk) = part.chunk().await? { … }
/// }
/// ```
pub struct Multipart<F> {
    reader: MultipartReader,
    reading: Reading,
    form: PhantomData<fn() -> F>,
}

impl Exchange {
    /// The multipart body: 415 if it has another media type, or its boundary is missing.
    pub(crate) fn multipart<F>(&mut self) -> Result<Multipart<F>, Problem> {
        let refused = || Problem::unsupported_media_type(self.operation.consumes);
        let header = self.asked.parts.headers.get(CONTENT_TYPE);
        let header = header.ok_or_else(refused)?.as_bytes();
        let header = String::from_utf8_lossy(header);
        if !self.content_type()?.starts_with("multipart/") {
            return Err(refused());
        }
        let boundary = header_parameter(&header, "boundary").filter(|text| is_boundary(text));
        let boundary = boundary.ok_or_else(refused)?;
        let reading = self.reading;
        let body = self.watched_body();
        Ok(Multipart {
            reader: MultipartReader::new(body, &boundary, reading.max_body_bytes),
            reading,
            form: PhantomData,
        })
    }
}

/// Whether a text is a valid boundary (RFC 2046, section 5.1.1). Other visible characters are accepted too, as some clients use them.
fn is_boundary(text: &str) -> bool {
    let is_visible = |byte: u8| (b' '..=b'~').contains(&byte);
    (1..=70).contains(&text.len()) && text.bytes().all(is_visible) && !text.ends_with(' ')
}

impl<F: Form> Multipart<F> {
    /// Reads the form, or its remaining parts, into memory.
    ///
    /// # Errors
    /// 413 if it is larger than the server's limit, 408 if it takes longer, 400 if it is not as described.
    pub async fn read(self) -> Result<F, Problem> {
        let limit = self.reading.body_timeout;
        let read = within(limit, self.read_parts()).await;
        read.unwrap_or_else(|_| Err(Problem::too_slow()))
    }

    async fn read_parts(mut self) -> Result<F, Problem> {
        let limit = self.reading.max_body_bytes;
        let mut is_too_large = false;
        self.reader.map_body(|body| {
            // A `Content-Length` that is too large is rejected before anything is read.
            is_too_large = body.size_hint().lower() > limit as u64;
            Body::stream(Limited::new(body, limit))
        });
        if is_too_large {
            return Err(Problem::too_large(limit));
        }
        let mut parts = Parts::new(self.reading);
        for _ in 0..=MAX_PARTS {
            let Some(part) = self.next_part().await? else {
                return F::read(&mut parts);
            };
            let name = part.name().map(str::to_owned);
            let file = part.file(limit).await?;
            // A part without a name doesn't belong to a form.
            if let Some(name) = name {
                parts.push(name, file);
            }
        }
        Err(Problem::too_many_parts(MAX_PARTS))
    }
}

impl<F> Multipart<F> {
    /// Returns the next part; `None` after the last one. The unread rest of the previous part is skipped.
    ///
    /// The server's limits don't apply here: parts may have any size and take any time, as long as each chunk arrives in time.
    ///
    /// # Errors
    /// 400 if the body isn't valid multipart, or ends too early; 408 if a chunk doesn't arrive in time.
    /// 400 if the body isn't made of parts, or ends too early; 408 if a chunk doesn't arrive in time.
    pub async fn next_part(&mut self) -> Result<Option<Part<'_>>, Problem> {
        let Some(headers) = self.reader.next_part().await? else {
            return Ok(None);
        };
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let disposition = headers.get(CONTENT_DISPOSITION).map(text);
        let parameter = |name| {
            let value = header_parameter(disposition.as_deref()?, name)?;
            Some(unescaped(&value))
        };
        Ok(Some(Part {
            name: parameter("name"),
            file_name: parameter("filename"),
            content_type: headers.get(CONTENT_TYPE).map(text),
            headers,
            reader: &mut self.reader,
            max_body_bytes: self.reading.max_body_bytes,
        }))
    }
}

/// Reverses the escaping of names in forms (HTML Standard, section 4.10.21.8).
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// A part of a body, as a stream.
pub struct Part<'m> {
    name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: HeaderMap,
    reader: &'m mut MultipartReader,
    max_body_bytes: usize,
}

impl Part<'_> {
    /// Returns the name of the part in the form.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the file name sent by the client. Never use it as a path.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Returns the media type sent by the client.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns all headers of the part.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the next chunk of the content; `None` at the end of the part.
    ///
    /// # Errors
    /// 400 if the body ends too early.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        self.reader.chunk().await
    }

    /// Reads the rest of the content, up to a limit in bytes.
    ///
    /// # Errors
    /// 413 if it is larger, 400 if the body ends too early.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, Problem> {
        let mut content = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if content.len() + chunk.len() > limit {
                return Err(Problem::too_large(limit));
            }
            content.extend_from_slice(&chunk);
        }
        Ok(content.freeze())
    }

    /// Reads the rest of the content as text, up to the server's limit of a body.
    ///
    /// # Errors
    /// 413 if it is larger, 400 if it isn't UTF-8 or the body ends too early.
    pub async fn text(self) -> Result<String, Problem> {
        let limit = self.max_body_bytes;
        let content = self.bytes(limit).await?;
        String::from_utf8(content.into()).map_err(|_| Problem::invalid("a part is not UTF-8"))
    }

    async fn file(mut self, limit: usize) -> Result<UploadedFile, Problem> {
        Ok(UploadedFile {
            name: self.file_name.take(),
            content_type: self.content_type.take(),
            headers: std::mem::take(&mut self.headers),
            content: self.bytes(limit).await?,
        })
    }
}

impl<F> fmt::Debug for Multipart<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Multipart(…)")
    }
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
