//! Values of one of several types.

use sample_types::*;
use serde_json::{Value, from_value, json, to_value};

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(value: &Value) -> T {
    let read: T = from_value(value.clone()).unwrap();
    assert_eq!(
        to_value(&read).unwrap(),
        *value,
        "what was read is written back"
    );
    read
}

#[test]
fn a_tag_tells_the_variant_by_any_of_its_values() {
    for tag in ["created", "registered"] {
        let event: Event = round_trip(&json!({ "kind": tag, "id": "ab" }));
        assert!(matches!(event, Event::Created(created) if created.kind == tag));
    }
    let event: Event = round_trip(&json!({ "kind": "deleted" }));
    assert!(matches!(event, Event::Deleted(_)));
}

#[test]
fn an_unlisted_tag_is_kept_and_refused_when_it_is_checked() {
    let event: Event = round_trip(&json!({ "kind": "renamed", "to": ["x", null] }));
    assert!(matches!(event, Event::Other(_)));
    assert_eq!(
        event.validate().unwrap_err().to_string(),
        "has a tag that isn't listed"
    );
}

#[test]
fn a_missing_tag_and_a_broken_variant_are_errors_with_their_place() {
    let error = |value| from_value::<Event>(value).unwrap_err().to_string();
    assert_eq!(
        error(json!({ "id": "ab" })),
        "/kind: the string that tells variants apart is missing"
    );
    assert_eq!(
        error(json!({ "kind": "created" })),
        "/id: required property is missing"
    );
    assert_eq!(
        error(json!("created")),
        "/kind: the string that tells variants apart is missing"
    );
}

#[test]
fn constraints_within_a_variant_are_checked() {
    let event = Event::from(Created {
        kind: "created".into(),
        id: "a".into(),
    });
    assert_eq!(
        event.validate().unwrap_err().to_string(),
        "/id: must be at least 2 characters long"
    );
}

#[test]
fn the_kind_of_value_tells_the_variant() {
    assert_eq!(round_trip::<Setting>(&json!(7)), Setting::Integer(7));
    assert_eq!(
        round_trip::<Setting>(&json!("7")),
        Setting::String("7".into())
    );
    let list: Setting = round_trip(&json!([{ "kind": "deleted" }]));
    assert!(matches!(list, Setting::EventList(events) if events.len() == 1));
    assert!(from_value::<Setting>(json!({})).is_err());
    // A number of the wrong sort is not read as something else.
    assert!(from_value::<Setting>(json!(1.5)).is_err());
}

#[test]
fn a_property_tells_the_variant_and_one_is_left() {
    assert!(matches!(
        round_trip(&json!({ "kind": "created", "id": "ab" })),
        Payment::Created(_)
    ));
    assert!(matches!(
        round_trip(&json!({ "message": "no" })),
        Payment::Rest(_)
    ));
}

#[test]
fn in_order_the_variant_that_loses_nothing_wins() {
    // Both could be read; the first would drop `id`.
    assert!(matches!(
        round_trip(&json!({ "kind": "x", "id": "ab" })),
        Tried::Created(_)
    ));
    assert!(matches!(
        round_trip(&json!({ "kind": "x" })),
        Tried::Deleted(_)
    ));
    // The second breaks a constraint, so the first is right although it loses a property.
    let short: Tried = from_value(json!({ "kind": "x", "id": "a" })).unwrap();
    assert!(matches!(short, Tried::Deleted(_)));
    // What is wanted of a text is the variant's.
    assert_eq!(
        round_trip::<Tried>(&json!("short")),
        Tried::Word("short".into())
    );
    assert_eq!(
        round_trip::<Tried>(&json!("longer")),
        Tried::Text("longer".into())
    );
    assert!(from_value::<Tried>(json!([])).is_err());
}
