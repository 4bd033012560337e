//! The example documents of the specification.

use consumer_xml::zoo::types::xml::{self, Xml, from_xml, to_xml};
use consumer_xml::zoo::types::{
    Animal, Basic, BasicArray, Census, Feed, Merged, NodeTypes, OuterNameAlone, Person, Prefixed,
    Renamed, RenamedItems, Wrapped, WrappedBothNamed, WrappedItemNamed, WrappedOuterNamed,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Checks that a value is written as the document, and read from it.
#[track_caller]
fn both_ways<T>(value: &T, table: &'static Xml, document: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let written = to_xml(value, table).unwrap();
    let (head, written) = written.split_once("?>").unwrap();
    assert_eq!(head, "<?xml version=\"1.0\" encoding=\"UTF-8\"");
    assert_eq!(written, document);
    assert_eq!(&from_xml::<T>(document.as_bytes(), table).unwrap(), value);
}

#[test]
fn properties() {
    both_ways(
        &Basic::new().animals("cat"),
        &xml::BASIC,
        "<Basic><animals>cat</animals></Basic>",
    );
    both_ways(
        &Renamed::new().animals("cat"),
        &xml::RENAMED,
        "<Renamed><animal>cat</animal></Renamed>",
    );
    both_ways(
        &Person::new().id(123).name("example"),
        &xml::PERSON,
        "<Person id=\"123\"><sample:name xmlns:sample=\"https://example.com/schema/sample\">example</sample:name></Person>",
    );
}

#[test]
fn lists() {
    let two = ["cat", "dog"];
    both_ways(
        &BasicArray::new().animals(two),
        &xml::BASIC_ARRAY,
        "<BasicArray><animals>cat</animals><animals>dog</animals></BasicArray>",
    );
    both_ways(
        &RenamedItems::new().animals(two),
        &xml::RENAMED_ITEMS,
        "<RenamedItems><animal>cat</animal><animal>dog</animal></RenamedItems>",
    );
    both_ways(
        &OuterNameAlone::new().animals(two),
        &xml::OUTER_NAME_ALONE,
        "<OuterNameAlone><animal>cat</animal><animal>dog</animal></OuterNameAlone>",
    );
    both_ways(
        &Wrapped::new().animals(two),
        &xml::WRAPPED,
        "<Wrapped><animals><animals>cat</animals><animals>dog</animals></animals></Wrapped>",
    );
    both_ways(
        &WrappedBothNamed::new().animals(two),
        &xml::WRAPPED_BOTH_NAMED,
        "<WrappedBothNamed><aliens><animal>cat</animal><animal>dog</animal></aliens></WrappedBothNamed>",
    );
    both_ways(
        &WrappedOuterNamed::new().animals(two),
        &xml::WRAPPED_OUTER_NAMED,
        "<WrappedOuterNamed><aliens><aliens>cat</aliens><aliens>dog</aliens></aliens></WrappedOuterNamed>",
    );
    both_ways(
        &WrappedItemNamed::new().animals(two),
        &xml::WRAPPED_ITEM_NAMED,
        "<WrappedItemNamed><animals><animal>cat</animal><animal>dog</animal></animals></WrappedItemNamed>",
    );
}

#[test]
fn names_and_nodes() {
    both_ways(
        &Prefixed::new().part(Basic::new()),
        &xml::PREFIXED,
        "<x:thing xmlns:x=\"urn:x\"><x:other/></x:thing>",
    );
    both_ways(
        &NodeTypes::new().lang("de").words("<b>").kids(["a"]),
        &xml::NODE_TYPES,
        "<NodeTypes lang=\"de\"><![CDATA[<b>]]><kids><kid>a</kid></kids></NodeTypes>",
    );
    both_ways(
        &Merged::new().id(1).tags(["x", "y"]),
        &xml::MERGED,
        "<Merged id=\"1\"><tag>x</tag><tag>y</tag></Merged>",
    );
}

#[test]
fn prefixes_in_names() {
    let feed = Feed::new().title("a").media_title("b").dc_creator("c");
    both_ways(
        &feed,
        &xml::FEED,
        "<Feed><title>a</title><media:title>b</media:title><dc:creator>c</dc:creator></Feed>",
    );
    // Another prefix for the same namespace.
    let document = "<Feed><m:title>b</m:title><d:creator>c</d:creator></Feed>";
    let read: Feed = from_xml(document.as_bytes(), &xml::FEED).unwrap();
    assert_eq!(read, Feed::new().title("b").dc_creator("c"));
}

#[test]
fn types_of_every_kind() {
    let animal: Animal = serde_json::from_str(
        r#"{"id": 7, "name": " Ben ", "legs": 4, "born": "2020-02-29", "tame": true, "foods": ["hay", "meat"],
            "parents": [{"name": "Ann", "legs": 3, "born": null}], "home": {"number": 5, "locked": false},
            "traits": {"size m": 1.5}}"#,
    )
    .unwrap();
    both_ways(
        &animal,
        &xml::ANIMAL,
        "<animal id=\"7\"><name> Ben </name><legs>4</legs><born>2020-02-29</born><tame>true</tame><food>hay</food><food>meat</food>\
         <parents><animal><name>Ann</name><legs>3</legs><born xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:nil=\"true\"/></animal></parents><home><number>5</number><locked>false</locked></home>\
         <traits><size_x0020_m>1.5</size_x0020_m></traits></animal>",
    );
    // A union: a number, an object, a string.
    for (home, text) in [
        (serde_json::json!(5), "5"),
        (serde_json::json!("wild"), "wild"),
    ] {
        let value = serde_json::json!({"name": "a", "legs": 1, "home": home});
        let animal: Animal = serde_json::from_value(value).unwrap();
        let document = format!("<animal><name>a</name><legs>1</legs><home>{text}</home></animal>");
        both_ways(&animal, &xml::ANIMAL, &document);
    }
    // Required lists may be empty; lists in a map can't be.
    let census: Census =
        serde_json::from_str(r#"{"counts": [], "groups": {"a": ["x"], "b": ["x", "y"]}}"#).unwrap();
    both_ways(
        &census,
        &xml::CENSUS,
        "<Census><groups><a>x</a><b>x</b><b>y</b></groups></Census>",
    );
}
