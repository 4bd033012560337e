//! URIs of files.

use crate::source::percent_decode;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The path of a `file` URI; `None` for any other.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // The host is this one.
    let path = &rest[rest.find('/')?..];
    let path = percent_decode(path)?;
    let bytes = path.as_bytes();
    // `/c:/pets.yaml`.
    let has_drive =
        bytes.get(1).is_some_and(u8::is_ascii_alphabetic) && bytes.get(2) == Some(&b':');
    let path = if has_drive && cfg!(windows) {
        &path[1..]
    } else {
        &path
    };
    (!path.contains('\0')).then(|| PathBuf::from(path))
}

/// The URI of an absolute path.
pub(super) fn of(path: &Path) -> String {
    let text = path.to_string_lossy();
    // What canonical paths of Windows begin with.
    let text = text.strip_prefix(r"\\?\").unwrap_or(&text);
    let mut uri = "file://".to_owned();
    if !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => {
                // Writing to a String can't fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris_lead_to_each_other() {
        for path in ["/a/b.yaml", "/with space/ñ#?%41.yaml"] {
            assert_eq!(super::path(&of(Path::new(path))), Some(PathBuf::from(path)));
        }
        assert_eq!(of(Path::new("/a b")), "file:///a%20b");
        assert_eq!(path("file://localhost/a"), Some(PathBuf::from("/a")));
        for other in [
            "untitled:Untitled-1",
            "file:",
            "file://",
            "file:///%ff",
            "file:///%00",
            "",
        ] {
            assert_eq!(path(other), None, "{other}");
        }
    }
}
