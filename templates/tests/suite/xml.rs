//! XML: writing values and reading documents by tables.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sample_types::xml::*;
use serde_json::{Value, json};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const BOOKS_URI: &str = "https://example.com/books";

/// The written XML, without the declaration at the beginning.
fn written(value: &Value, xml: &Xml) -> String {
    let text = to_xml(value, xml).unwrap();
    text.strip_prefix(HEAD).unwrap().to_owned()
}

/// Reads a value of any type; scalars become text.
fn read(document: &str, xml: &Xml) -> Value {
    from_xml(document.as_bytes(), xml).unwrap()
}

fn refused(document: &str) -> String {
    let error = from_xml::<Value>(document.as_bytes(), &BOOK).unwrap_err();
    assert!(error.is_syntax(), "{error}");
    error.to_string()
}

/// Checks that a book with one property is written like this, and read again.
fn both_ways(value: Value, inner: &str) {
    let root = format!("<b:book xmlns:b=\"{BOOKS_URI}\">{inner}</b:book>");
    assert_eq!(written(&value, &BOOK), root);
    let mut value = value;
    let members = value.as_object_mut().unwrap();
    members.entry("authors").or_insert_with(|| json!([]));
    assert_eq!(read(&root, &BOOK), value);
}

#[test]
fn properties_stand_where_their_table_says() {
    both_ways(json!({ "title": "A & B" }), "<title>A &amp; B</title>");
    both_ways(json!({ "pages": "12" }), "<count>12</count>");
    both_ways(
        json!({ "authors": ["a", "b"] }),
        "<author>a</author><author>b</author>",
    );
    both_ways(
        json!({ "chapters": ["a", "b"] }),
        "<chapters><chapters>a</chapters><chapters>b</chapters></chapters>",
    );
    both_ways(json!({ "chapters": [] }), "<chapters/>");
    both_ways(
        json!({ "grid": [["1", "2"], []] }),
        "<grid><row><row>1</row><row>2</row></row><row/></grid>",
    );
    both_ways(
        json!({ "note": { "by": "me", "text": "x < y" } }),
        "<note by=\"me\">x &lt; y</note>",
    );
    both_ways(json!({ "note": { "text": "" } }), "<note/>");
    both_ways(
        json!({ "page": { "html": "<p>]]></p>" } }),
        "<page><![CDATA[<p>]]]]><![CDATA[></p>]]></page>",
    );
    both_ways(
        json!({ "free": { "a": ["1", "2"] } }),
        "<free><a>1</a><a>2</a></free>",
    );
    both_ways(
        json!({ "title": null }),
        &format!("<title xmlns:xsi=\"{XSI}\" xsi:nil=\"true\"/>"),
    );
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[test]
fn attributes_stand_in_the_element_of_what_they_are_of() {
    let value = json!({ "id": "7", "langs": ["de", "en"], "place": { "shelf": "3", "room": "9" }, "authors": [] });
    let document = written(&value, &BOOK);
    let expected = format!(
        "<b:book xmlns:b=\"{BOOKS_URI}\" id=\"7\" b:lang=\"de en\" room=\"9\"><shelf>3</shelf></b:book>"
    );
    assert_eq!(document, expected);
    assert_eq!(read(&document, &BOOK), value);
    // Null has no attribute.
    assert!(!written(&json!({ "id": null }), &BOOK).contains("id"));
}

#[test]
fn a_namespace_is_declared_once_where_it_is_first_used() {
    let value = json!({ "parts": [{ "parts": [{ "title": "x", "authors": [] }], "authors": [] }], "authors": [] });
    let document = written(&value, &BOOK);
    assert_eq!(document.matches("xmlns").count(), 1, "{document}");
    assert!(document.starts_with(&format!("<b:book xmlns:b=\"{BOOKS_URI}\"><parts><b:book>")));
    assert_eq!(read(&document, &BOOK), value);
    // Each sibling declares it.
    let books = written(&json!([{}, {}]), &BOOKS);
    assert_eq!(books.matches("xmlns").count(), 2, "{books}");
    assert!(books.starts_with("<books><b:book "), "{books}");
}

#[test]
fn names_that_xml_lacks_are_written_by_number() {
    both_ways(json!({ "@ref": "x" }), "<_x0040_ref>x</_x0040_ref>");
    both_ways(
        json!({ "1 ä:": "x" }),
        "<_x0031__x0020_ä_x003A_>x</_x0031__x0020_ä_x003A_>",
    );
    both_ways(json!({ "": "x" }), "<_x_>x</_x_>");
    both_ways(
        json!({ "_x0041_": "x" }),
        "<_x005F_x0041_>x</_x005F_x0041_>",
    );
    both_ways(
        json!({ "_x": "x", "a_xyz_": "x" }),
        "<_x>x</_x><a_xyz_>x</a_xyz_>",
    );
    both_ways(json!({ "a\u{1F600}": "x" }), "<a\u{1F600}>x</a\u{1F600}>");
}

#[test]
fn white_space_counts_in_text_only() {
    let document = "<book>\n  <title> a\r\n b </title>\n  <count>\n 5 </count>\n</book>";
    assert_eq!(
        read(document, &BOOK),
        json!({ "title": " a\n b ", "pages": "5", "authors": [] })
    );
    // Characters that a reader would change are written as references.
    let value =
        json!({ "title": "a\r\nb", "note": { "by": "a\n\t\"b\"", "text": "" }, "authors": [] });
    assert_eq!(read(&written(&value, &BOOK), &BOOK), value);
}

#[test]
fn an_empty_number_is_none() {
    assert_eq!(
        read("<book><count/></book>", &BOOK),
        json!({ "pages": null, "authors": [] })
    );
    assert_eq!(
        read("<book><title/></book>", &BOOK),
        json!({ "title": "", "authors": [] })
    );
    assert_eq!(read("<book/>", &BOOK), json!({ "authors": [] }));
}

#[test]
fn namespaces_and_the_root_are_not_looked_at() {
    let document = "\u{FEFF}<?xml version='1.0'?><!-- hi --><!DOCTYPE x><?pi?>\n<x:other xmlns:x='urn:x' xml:lang='de' \
        xsi:schemaLocation='a b'><x:title><![CDATA[a]]>&amp;&#98;&#x63;</x:title></x:other>\n";
    assert_eq!(
        read(document, &BOOK),
        json!({ "title": "a&bc", "authors": [] })
    );
}

#[test]
fn types_take_text_for_what_it_stands_for() {
    let counts: BTreeMap<String, Vec<i64>> =
        from_xml(b"<c><a>1</a><b> 2 </b><a>3</a></c>", &COUNTS).unwrap();
    assert_eq!(counts["a"], [1, 3]);
    assert_eq!(counts["b"], [2]);
    assert_eq!(
        written(&json!({ "a": [1, 3], "b": [] }), &COUNTS),
        "<counts><a>1</a><a>3</a></counts>"
    );
    let error = from_xml::<Vec<i64>>(b"<n><n>1</n><n>secret</n></n>", &NUMBERS).unwrap_err();
    assert_eq!(error.pointer(), "/1");
    assert!(
        !error.is_syntax() && !error.to_string().contains("secret"),
        "{error}"
    );
}

#[test]
fn what_isnt_xml_is_told_with_a_line_and_without_its_text() {
    for (document, words) in [
        ("", "ends too early"),
        ("secret", "text outside of the root"),
        ("<a/><b/>", "more than one root"),
        ("<a/>secret", "text outside of the root"),
        ("<a>\n\n<secret></a>", "not well-formed, at line 3"),
        ("<a><secret>", "ends too early"),
        ("<a secret>", "attribute is not well-formed"),
        ("<a b='1' b='2'/>", "attribute is not well-formed"),
        ("<a b='&secret;'/>", "attribute has an unknown entity"),
        ("<a>&secret;</a>", "unknown entity"),
        ("<a>&#0;</a>", "a character that XML doesn't have"),
        ("<a>&#1;</a>", "a character that XML doesn't have"),
        ("<a>\u{1}</a>", "a character that XML doesn't have"),
        ("<a>&</a>", "not well-formed"),
    ] {
        let message = refused(document);
        assert!(message.contains(words), "{document:?}: {message}");
        assert!(!message.contains("secret"), "{message}");
    }
    let error = from_xml::<Value>(b"<a>\xFF</a>", &BOOK).unwrap_err();
    assert!(error.is_syntax());
    assert!(to_xml("a\u{0}", &NUMBERS).is_err());
}

#[test]
fn entities_are_not_expanded() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><a>&b;</a>"#;
    assert!(refused(bomb).contains("unknown entity"));
    assert!(refused(&bomb.replace("&b;</a>", "&x;</a>")).contains("unknown entity"));
}

#[test]
fn neither_depth_nor_width_is_a_way_to_stop_a_reader() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(from_xml::<Value>(nested(128).as_bytes(), &BOOK).is_ok());
    assert!(refused(&nested(129)).contains("nests too deeply"));
    assert!(refused(&"<a>".repeat(1_000_000)).contains("nests too deeply"));
    // Whatever is read can be written: `<a><a/><a>…</a></a>` has twice as many levels in JSON.
    let around = |inner, _| format!("<a><a>\"\\</a>{inner}</a>");
    let deepest = (0..127).fold(String::new(), around);
    for document in [nested(128), deepest] {
        let value: Value = from_xml(document.as_bytes(), &BOOK).unwrap();
        let again = to_xml(&value, &BOOK).unwrap();
        assert_eq!(from_xml::<Value>(again.as_bytes(), &BOOK).unwrap(), value);
    }
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=''")).collect();
    assert!(refused(&format!("<a{attributes}/>")).contains("too many attributes"));
    let begun = Instant::now();
    let many: String = (0..200_000)
        .map(|n| format!("<a{}/>", n % 60_000))
        .collect();
    assert!(from_xml::<Value>(format!("<a>{many}</a>").as_bytes(), &BOOK).is_ok());
    let items = "<author/>".repeat(200_000);
    assert!(from_xml::<Value>(format!("<a>{items}</a>").as_bytes(), &BOOK).is_ok());
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_root_may_be_nil() {
    let nil = format!(
        "<b:book xmlns:b=\"{BOOKS_URI}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"
    );
    assert_eq!(written(&Value::Null, &BOOK), nil);
    let read = |text: &str| from_xml::<Option<Value>>(text.as_bytes(), &BOOK).unwrap();
    assert_eq!(read(&nil), None);
    // An empty element isn't null.
    assert_eq!(read("<book/>"), Some(json!({ "authors": [] })));
}
