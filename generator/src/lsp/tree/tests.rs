use super::*;

/// The pointers of all scalars and empty values, each with its text.
fn leaves(text: &str) -> Vec<(String, String)> {
    let tree = Tree::of(text);
    let mut found = Vec::new();
    let mut open = vec![Tree::root()];
    while let Some(node) = open.pop() {
        let children: Vec<NodeId> = tree.children(node).collect();
        if children.is_empty() {
            let value = tree.text(node, text).unwrap_or_default().into_owned();
            found.push((tree.pointer(node, text).to_string(), value));
        }
        open.extend(children.into_iter().rev());
    }
    found
}

#[track_caller]
fn has(text: &str, expected: &[(&str, &str)]) {
    let found = leaves(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, text)| (&**at, &**text)).collect();
    assert_eq!(found, expected, "{text}");
}

const YAML: &str = "\
# about
openapi: 3.0.3 # version
info: {title: 'It''s', \"version\": \"1\"}
paths:
  /pets/{id}:
    get:
      tags:
      - a
      - b
      parameters:
        - name: id
          in: path
        -
          $ref: '#/components/parameters/X'
      description: |
        prose: no key
          - no item

      summary: two
        lines
      x: \"quoted
        on: two\"
    put: [1, {a: b,
      c: d}]
empty:
";

#[test]
fn blocks_are_read_by_their_indentation() {
    has(
        YAML,
        &[
            ("/openapi", "3.0.3"),
            ("/info/title", "It's"),
            ("/info/version", "1"),
            ("/paths/~1pets~1{id}/get/tags/0", "a"),
            ("/paths/~1pets~1{id}/get/tags/1", "b"),
            ("/paths/~1pets~1{id}/get/parameters/0/name", "id"),
            ("/paths/~1pets~1{id}/get/parameters/0/in", "path"),
            (
                "/paths/~1pets~1{id}/get/parameters/1/$ref",
                "#/components/parameters/X",
            ),
            ("/paths/~1pets~1{id}/get/description", "|"),
            ("/paths/~1pets~1{id}/get/summary", "two\n        lines"),
            ("/paths/~1pets~1{id}/get/x", "quoted\n        on: two"),
            ("/paths/~1pets~1{id}/put/0", "1"),
            ("/paths/~1pets~1{id}/put/1/a", "b"),
            ("/paths/~1pets~1{id}/put/1/c", "d"),
            ("/empty", ""),
        ],
    );
}

#[test]
fn json_is_read_even_if_it_is_broken() {
    has(
        "{\"a\\n\": [1, \"x\", {\"b\": null}], \"c\": {}}",
        &[
            ("/a\n/0", "1"),
            ("/a\n/1", "x"),
            ("/a\n/2/b", "null"),
            ("/c", ""),
        ],
    );
    has(
        "{\"a\": 1\n \"b\": 2, \"c\n \"d\": [3, }",
        &[("/a", "1"), ("/b", "2"), ("/c", ""), ("/d/0", "3")],
    );
    for broken in [
        "{", "[", "}", "{\"", "{\"a", "{\"a\":", "{:,:}", "[[[", "{]}", "", "\u{feff}",
    ] {
        leaves(broken);
    }
}

#[test]
fn no_beginning_of_a_text_is_too_odd() {
    let json = "{\"ñ\": [\"🐕\", {'a': b}], \"c\": \"\\\"d\"}";
    for text in [
        YAML,
        json,
        "a: {b: [c,\nd: e\n",
        "- - a\n  - b: c\n    d\n",
        "? a\n: b\n\t- c",
    ] {
        let whole = Tree::of(text);
        for (at, _) in text.char_indices() {
            whole.beneath(at);
            let (tree, cursor) = Tree::before(&text[..at]);
            if let Cursor::Key(node, word)
            | Cursor::Value(node, word)
            | Cursor::Either(node, word) = cursor
            {
                assert_eq!(word.end, at, "{:?}", &text[..at]);
                tree.pointer(node, text);
            }
        }
    }
}

#[track_caller]
fn cursor(text: &str, expected: &str) {
    let (tree, cursor) = Tree::before(text);
    let (what, found) = match cursor {
        Cursor::Key(node, word) => ("key", Some((node, word))),
        Cursor::Value(node, word) => ("value", Some((node, word))),
        Cursor::Either(node, word) => ("either", Some((node, word))),
        Cursor::Nothing => ("nothing", None),
    };
    let rest = found.map(|(node, word)| format!(" {} {}", tree.pointer(node, text), word.of(text)));
    assert_eq!(
        format!("{what}{}", rest.unwrap_or_default()),
        expected,
        "{text:?}"
    );
}

#[test]
fn what_is_about_to_be_written_is_known() {
    cursor("", "either  ");
    cursor("op", "either  op");
    cursor("a: 1\n", "key  ");
    cursor("a: 1\nb", "key  b");
    cursor("a:", "nothing");
    cursor("a: ", "value /a ");
    cursor("a: b", "value /a b");
    cursor("a: # x", "nothing");
    cursor("a:\n  ", "either /a ");
    cursor("a:\n  b", "either /a b");
    cursor("a:\n  b: 1\n  ", "key /a ");
    cursor("a:\n  b: 1\n  c", "key /a c");
    cursor("a:\n  b: 1\n", "key  ");
    cursor("a:\n  - ", "either /a/0 ");
    cursor("a:\n  - b", "either /a/0 b");
    cursor("a:\n  - b: 1\n    ", "key /a/0 ");
    cursor("a:\n  - b: 1\n    c", "key /a/0 c");
    cursor("a:\n  - b: 1\n    c: d\n  - e: f", "value /a/1/e f");
    cursor("a: |\n  text", "nothing");
    cursor("a: |\n  text\n", "key  ");
    cursor("a: '#/x", "value /a '#/x");
    cursor("a: #/x", "value /a #/x");
    cursor("a: 'b'", "nothing");
    cursor("a: {", "key /a ");
    cursor("a: {b", "key /a b");
    cursor("a: {b: ", "value /a/b ");
    cursor("a: {b: c", "value /a/b c");
    cursor("a: {b: c, ", "key /a ");
    cursor("a: [b, ", "value /a/1 ");
    cursor("a: [b", "value /a/0 b");
    cursor("a: [b]", "nothing");
    cursor("{\"a\": {", "key /a ");
    cursor("{\"a\": {\"b", "key /a \"b");
    cursor("{\"a\": {\"b\": \"c", "value /a/b \"c");
    cursor("{\"a\": {\"b\": 1}, ", "key  ");
    cursor("{\"a\": {\"b\": 1}", "nothing");
    cursor("# x", "nothing");
    cursor("a: b # x", "nothing");
}

#[test]
fn what_is_beneath_a_cursor_is_found() {
    let text = "a:\n  b: cd\n  e: {f: [1, g]}\n";
    let tree = Tree::of(text);
    let at = |words: &str| {
        let found = tree.beneath(text.find(words).unwrap() + 1)?;
        let pointer = tree.pointer(found.node, text).to_string();
        Some(format!("{pointer} {}", found.is_key))
    };
    assert_eq!(at("b: cd").as_deref(), Some("/a/b true"));
    assert_eq!(at("cd").as_deref(), Some("/a/b false"));
    assert_eq!(at("f: [").as_deref(), Some("/a/e/f true"));
    assert_eq!(at("g]").as_deref(), Some("/a/e/f/1 false"));
    assert_eq!(at("\n  e"), None);
}
