//! Resolution of URI references (RFC 3986, section 5).
//!
//! In: a base and a reference, both as strings. Out: the resulting URI without its fragment. Knows no documents.

/// Resolves `reference` against the absolute URI `base`.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let base = base.split('#').next().unwrap_or_default();
    if scheme(reference).is_some() {
        return normal(reference);
    }
    let after = scheme(base).map_or(0, |scheme| scheme.len() + 1);
    let (scheme, rest) = base.split_at(after);
    if reference.starts_with("//") {
        return normal(&format!("{scheme}{reference}"));
    }
    let (authority, rest) = authority(rest);
    let (path, query) = cut(rest);
    let joined = match reference.chars().next() {
        None => format!("{path}{query}"),
        Some('?') => format!("{path}{reference}"),
        Some('/') => reference.to_owned(),
        // After an authority, a path begins with a slash (section 5.2.3).
        Some(_) if path.is_empty() && !authority.is_empty() => format!("/{reference}"),
        Some(_) => {
            let folder = path.rfind('/').map_or(0, |slash| slash + 1);
            format!("{}{reference}", &path[..folder])
        }
    };
    normal(&format!("{scheme}{authority}{joined}"))
}

/// The scheme of a URI; `None` for a relative reference.
fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_one.then_some(scheme)
}

/// Splits `//host` from what follows.
fn authority(rest: &str) -> (&str, &str) {
    let Some(host) = rest.strip_prefix("//") else {
        return ("", rest);
    };
    let end = host.find(['/', '?']).unwrap_or(host.len());
    rest.split_at(end + 2)
}

/// Splits a path from its query.
fn cut(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find('?').unwrap_or(rest.len()))
}

/// Removes the segments `.` and `..` (section 5.2.4).
fn normal(uri: &str) -> String {
    let after = scheme(uri).map_or(0, |scheme| scheme.len() + 1);
    let (scheme, rest) = uri.split_at(after);
    let (authority, rest) = authority(rest);
    let (path, query) = cut(rest);
    if !path.starts_with('/') {
        return uri.to_owned();
    }
    let mut segments: Vec<&str> = Vec::new();
    let mut parts = path[1..].split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
        if is_last && matches!(part, "." | "..") {
            segments.push("");
        }
    }
    format!("{scheme}{authority}/{}{query}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    /// The examples of RFC 3986, section 5.4, and bases of other schemes.
    #[test]
    fn references_are_resolved_as_the_rfc_does() {
        let base = "http://a/b/c/d;p?q";
        for (reference, wanted) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g#s", "http://a/b/c/g"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("g/../h", "http://a/b/c/h"),
        ] {
            assert_eq!(resolve(base, reference), wanted, "{reference}");
        }
        assert_eq!(resolve("http://a", "g"), "http://a/g");
        assert_eq!(resolve("urn:x:y", ""), "urn:x:y");
        assert_eq!(resolve("file:///a/b.yaml", "c.yaml"), "file:///a/c.yaml");
    }
}
