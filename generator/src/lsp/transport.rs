//! Messages on a stream: headers, an empty line, and as many bytes of JSON as a header says.
//!
//! Crates for this reserve as many bytes as a header announces, and end with the first message that isn't JSON. An editor that does so isn't
//! worth the loss of everything that is open in it.

use serde_json::Value;
use std::io::{self, BufRead, ErrorKind, Read, Write};

/// The largest message in bytes. Editors have a limit for files that is far below.
const LARGEST: u64 = 512 << 20;

/// The longest line of a header in bytes.
const LONGEST: u64 = 16 << 10;

/// Reads the content of the next message; `None` at the end of the stream. Lines that aren't a header of this protocol are skipped.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match (line.trim(), length) {
            ("", Some(length)) => return content(input, length),
            (header, _) => length = announced(header).or(length),
        }
    }
}

/// The length that a header announces.
fn announced(header: &str) -> Option<u64> {
    let (name, value) = header.split_once(':')?;
    let is_length = name.trim().eq_ignore_ascii_case("Content-Length");
    is_length.then(|| value.trim().parse().ok())?
}

fn content(input: &mut impl BufRead, length: u64) -> io::Result<Option<Vec<u8>>> {
    if length > LARGEST {
        let words = format!("a message of {length} bytes is larger than {LARGEST}");
        return Err(io::Error::new(ErrorKind::InvalidData, words));
    }
    // Grows with what arrives, whatever was announced.
    let mut content = Vec::new();
    let read = input.by_ref().take(length).read_to_end(&mut content)?;
    Ok((read as u64 == length).then_some(content))
}

/// Writes a message.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<String> {
        let next = || read(&mut input).ok().flatten();
        let texts = std::iter::from_fn(next);
        texts.map(|text| String::from_utf8(text).unwrap()).collect()
    }

    #[test]
    fn messages_are_read_in_spite_of_what_is_between_them() {
        let input =
            b"Content-Length: 2\r\n\r\n{}noise\r\n\r\ncontent-length:3\nContent-Type: x\n\n[1]";
        assert_eq!(all(input), ["{}", "[1]"]);
    }

    #[test]
    fn what_is_announced_and_does_not_come_is_no_message() {
        assert_eq!(all(b"Content-Length: 20\r\n\r\n{}"), [""; 0]);
        assert_eq!(all(b"Content-Length: -1\r\n\r\n"), [""; 0]);
        let mut endless = &b"Content-Length: 99999999999999\r\n\r\n{}"[..];
        assert!(read(&mut endless).is_err());
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut output = Vec::new();
        write(&mut output, &serde_json::json!({"a": "ñ"})).unwrap();
        assert_eq!(all(&output), [r#"{"a":"ñ"}"#]);
    }
}
