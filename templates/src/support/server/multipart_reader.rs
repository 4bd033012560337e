//! Splits a multipart body into parts while it is received (RFC 2046, section 5.1). Needs `body.rs`, `decode.rs`, `problem.rs`,
//! `time_limit.rs`.

use bytes::{Buf, Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body_util::LengthLimitError;

use super::{Body, Problem, TooSlow, percent_decoded};

/// Limit of the headers of a part, and of the text before the first part.
const MAX_HEAD_BYTES: usize = 16 << 10;

/// Reads parts, and buffers no more than one chunk.
pub(crate) struct MultipartReader {
    body: Body,
    /// The limit of the body, if it has one; only used in the problem.
    limit: usize,
    buffer: BytesMut,
    /// A line break, two hyphens and the boundary.
    delimiter: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first delimiter.
    Preamble,
    /// After a delimiter.
    Delimiter,
    /// In the content of a part.
    Content,
    /// After the last delimiter.
    End,
}

impl MultipartReader {
    pub(crate) fn new(body: Body, boundary: &str, limit: usize) -> Self {
        Self {
            body,
            limit,
            // The first delimiter may be at the very beginning, without a line break.
            buffer: BytesMut::from("\r\n"),
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            state: State::Preamble,
        }
    }

    /// Replaces the body by one made from it.
    pub(crate) fn map_body(&mut self, map: impl FnOnce(Body) -> Body) {
        self.body = map(std::mem::take(&mut self.body));
    }

    /// Advances to the next part and returns its headers; `None` after the last one.
    pub(crate) async fn next_part(&mut self) -> Result<Option<HeaderMap>, Problem> {
        match self.state {
            State::Preamble => self.skip_preamble().await?,
            State::Content => while self.chunk().await?.is_some() {},
            State::Delimiter | State::End => {}
        }
        if self.state == State::End {
            return Ok(None);
        }
        while self.buffer.len() < 2 {
            self.fill().await?;
        }
        if self.buffer.starts_with(b"--") {
            self.state = State::End;
            self.buffer.clear();
            return Ok(None);
        }
        let head = self.head().await?;
        self.state = State::Content;
        headers(&head).map(Some)
    }

    /// The next chunk of the current part's content; `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        loop {
            if self.state != State::Content {
                return Ok(None);
            }
            match find(&self.buffer, &self.delimiter) {
                Found::At(0) => {
                    self.buffer.advance(self.delimiter.len());
                    self.state = State::Delimiter;
                }
                Found::At(end) => return Ok(Some(self.buffer.split_to(end).freeze())),
                Found::NotBefore(0) => self.fill().await?,
                Found::NotBefore(end) => return Ok(Some(self.buffer.split_to(end).freeze())),
            }
        }
    }

    async fn skip_preamble(&mut self) -> Result<(), Problem> {
        let mut skipped = 0;
        loop {
            let before = match find(&self.buffer, &self.delimiter) {
                Found::At(start) => {
                    self.buffer.advance(start + self.delimiter.len());
                    self.state = State::Delimiter;
                    return Ok(());
                }
                Found::NotBefore(start) => start,
            };
            self.buffer.advance(before);
            skipped += before;
            if skipped > MAX_HEAD_BYTES {
                return Err(malformed("the body does not begin with its boundary"));
            }
            self.fill().await?;
        }
    }

    /// Reads the rest of the delimiter's line, and the headers after it.
    async fn head(&mut self) -> Result<Bytes, Problem> {
        const END: &[u8] = b"\r\n\r\n";
        let mut searched = 0;
        loop {
            match find(&self.buffer[searched..], END) {
                Found::At(end) if searched + end <= MAX_HEAD_BYTES => {
                    let head = self.buffer.split_to(searched + end).freeze();
                    self.buffer.advance(END.len());
                    return Ok(head);
                }
                Found::At(_) => return Err(malformed("the headers of a part are too large")),
                Found::NotBefore(end) => searched += end,
            }
            if searched > MAX_HEAD_BYTES {
                return Err(malformed("the headers of a part are too large"));
            }
            self.fill().await?;
        }
    }

    /// Appends the next chunk of the body to the buffer.
    async fn fill(&mut self) -> Result<(), Problem> {
        match self.body.chunk().await {
            Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
            Some(Err(error)) if error.is::<LengthLimitError>() => {
                return Err(Problem::too_large(self.limit));
            }
            Some(Err(error)) if error.is::<TooSlow>() => return Err(Problem::too_slow()),
            Some(Err(_)) | None => return Err(malformed("the body ended too early")),
        }
        Ok(())
    }
}

fn malformed(detail: &'static str) -> Problem {
    Problem::invalid(detail)
}

/// The position of a text.
enum Found {
    /// It begins here.
    At(usize),
    /// It may begin here, but not before.
    NotBefore(usize),
}

/// Searches for a text that begins with a carriage return.
fn find(buffer: &[u8], text: &[u8]) -> Found {
    let mut start = 0;
    while let Some(offset) = buffer[start..].iter().position(|byte| *byte == b'\r') {
        start += offset;
        let rest = &buffer[start..];
        if rest.starts_with(text) {
            return Found::At(start);
        }
        if text.starts_with(rest) {
            return Found::NotBefore(start);
        }
        start += 1;
    }
    Found::NotBefore(buffer.len())
}

/// Parses the headers of a part; the first line is the rest of the delimiter's.
fn headers(head: &[u8]) -> Result<HeaderMap, Problem> {
    const UNREADABLE: &str = "a header of a part can't be read";
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    if lines.next().is_some_and(|padding| !padding.is_empty()) {
        return Err(malformed("a boundary is followed by something else"));
    }
    let mut headers = HeaderMap::new();
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = line.split_at(colon.ok_or_else(|| malformed(UNREADABLE))?);
        let value = value.strip_prefix(b":").unwrap_or_default().trim_ascii();
        let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
        else {
            return Err(malformed(UNREADABLE));
        };
        headers.append(name, value);
    }
    Ok(headers)
}

/// A parameter of `Content-Type` or `Content-Disposition`, which may be quoted, or encoded as `name*` (RFC 8187).
pub(crate) fn header_parameter(header: &str, name: &str) -> Option<String> {
    let mut plain = None;
    for (known, value) in Parameters::of(header) {
        if let Some(known) = known.strip_suffix('*')
            && known.eq_ignore_ascii_case(name)
        {
            let (charset, rest) = value.split_once('\'')?;
            let (_language, encoded) = rest.split_once('\'')?;
            let decoded = percent_decoded(encoded)?.into_owned();
            return charset.eq_ignore_ascii_case("utf-8").then_some(decoded);
        }
        if known.eq_ignore_ascii_case(name) {
            plain.get_or_insert(value);
        }
    }
    plain
}

/// The parameters of a header, after its first semicolon.
struct Parameters<'h>(&'h str);

impl<'h> Parameters<'h> {
    fn of(header: &'h str) -> Self {
        Self(header.split_once(';').map_or("", |(_, rest)| rest))
    }
}

impl<'h> Iterator for Parameters<'h> {
    type Item = (&'h str, String);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = self.0.split_once('=')?;
        // Skips a parameter without a value before this one.
        let name = name.rsplit(';').next().unwrap_or(name).trim();
        let rest = rest.trim_start();
        let (value, rest) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, _) = rest.split_once(';').unwrap_or((rest, ""));
                (value.trim_end().to_owned(), &rest[value.len()..])
            }
        };
        self.0 = rest.split_once(';').map_or("", |(_, rest)| rest);
        Some((name, value))
    }
}

/// The text up to the closing quote, and what follows that.
///
/// A backslash is an escape only before a quote or another backslash, as some clients send Windows paths.
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[index + 1..]),
            '\\' => {
                let escaped = letters.next_if(|(_, next)| matches!(next, '"' | '\\'));
                value.push(escaped.map_or('\\', |(_, next)| next));
            }
            other => value.push(other),
        }
    }
    (value, "")
}
