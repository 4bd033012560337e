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
        "invalid type: string \"created\", expected an object"
    );
}

/// A tag that comes first is read directly, otherwise the properties before it are buffered; the result is the same.
#[test]
fn a_tag_may_stand_anywhere() {
    for text in [
        r#"{"kind":"created","id":"ab"}"#,
        r#"{"id":"ab","kind":"created"}"#,
    ] {
        let event: Event = serde_json::from_str(text).unwrap();
        assert_eq!(
            serde_json::to_string(&event).unwrap(),
            r#"{"kind":"created","id":"ab"}"#
        );
    }
    for text in [r#"{"kind":1,"id":"ab"}"#, r#"{"id":"ab","kind":1}"#, "{}"] {
        let error = serde_json::from_str::<Event>(text).unwrap_err();
        assert!(error.to_string().starts_with("/kind: "), "{error}");
    }
    let error = serde_json::from_str::<Event>(r#"{"kind":"created","id":"ab","kind":"created"}"#);
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("/kind: duplicate property"), "{error}");
}

#[test]
fn constraints_within_a_variant_are_checked() {
    let event = Event::from(Created::new(CreatedRequired {
        kind: "created".into(),
        id: "a".into(),
    }));
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
    // A fraction isn't read as an integer.
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
        Payment::Transfer(_)
    ));
}

#[test]
fn in_order_the_variant_that_loses_nothing_wins() {
    // Both could be read, but the first would drop `id`.
    assert!(matches!(
        round_trip(&json!({ "kind": "x", "id": "ab" })),
        Tried::Created(_)
    ));
    assert!(matches!(
        round_trip(&json!({ "kind": "x" })),
        Tried::Deleted(_)
    ));
    // The second violates a constraint, so the first is chosen although it loses a property.
    let short: Tried = from_value(json!({ "kind": "x", "id": "a" })).unwrap();
    assert!(matches!(short, Tried::Deleted(_)));
    // Constraints of a text are those of its variant.
    assert_eq!(
        round_trip::<Tried>(&json!("short")),
        Tried::String("short".into())
    );
    assert_eq!(
        round_trip::<Tried>(&json!("longer")),
        Tried::StringValue("longer".into())
    );
    assert!(from_value::<Tried>(json!([])).is_err());
}

/// The value that is written after reading it.
fn written<T: serde::Serialize + serde::de::DeserializeOwned>(value: Value) -> Value {
    to_value(from_value::<T>(value).unwrap()).unwrap()
}

#[test]
fn the_variant_that_declares_most_of_what_is_there_wins() {
    // Neither declares `new`; only the second declares `suffix`.
    let value = json!({ "of": 1, "suffix": "m", "new": 1 });
    assert_eq!(
        written::<Sum>(value.clone()),
        json!({ "of": 1, "suffix": "m" })
    );
    let within = json!({ "of": { "of": [value] } });
    assert_eq!(
        written::<Sum>(within),
        json!({ "of": { "of": [{ "of": 1, "suffix": "m" }] } })
    );
}

#[test]
fn null_that_is_kept_is_better_than_null_for_nothing() {
    // As a term, `of` has a value and `prefix` none; as named sums, null would match neither.
    let value: Sum = from_value(json!({ "of": 1, "prefix": null })).unwrap();
    assert!(matches!(value, Sum::Left(_)));
}

#[test]
fn what_has_to_be_exactly_one_and_is_several_is_refused() {
    let message = |pointer: &str| {
        format!("{pointer}must match exactly one of its possible types, but matches several")
    };
    let check = |value: Value| from_value::<Sum>(value).unwrap().validate();
    let error = |value: Value| check(value).unwrap_err().to_string();
    check(json!([1, [2, { "of": 3, "prefix": "m", "x": 1 }], { "a": 4 }])).unwrap_err();
    check(json!([1, [2, { "y": 3 }], { "a": 4 }])).unwrap();
    // A term on the left, one on the right, and a sum with a name.
    assert_eq!(error(json!({ "of": 1 })), message(""));
    assert_eq!(
        error(json!([1, { "a/b": { "of": 1 } }])),
        message("/1/a~1b: ")
    );
    Validator::accepting_overlaps(|| check(json!({ "of": 1 }))).unwrap();
    // A value that matches no alternative isn't an overlap.
    assert_eq!(error(json!([1001])), "/0: must be at most 1000");
    // A value with an overlap inside doesn't match that alternative.
    let within = json!({ "of": { "of": 1 } });
    assert_eq!(error(within), message("/of: "));
}

/// Nested sums of this depth, by the shape of their nesting, with this innermost value.
fn nested(depth: usize, innermost: &Value) -> Vec<Value> {
    let shapes: [fn(Value) -> Value; 6] = [
        |within| json!([within]),
        |within| json!({ "name": within }),
        |within| json!({ "of": within }),
        |within| json!({ "of": within, "suffix": "m", "new": {} }),
        |within| json!({ "of": [within], "prefix": "m" }),
        |within| json!({ "of": within, "prefix": 1 }),
    ];
    let levels = |shape: &fn(Value) -> Value| (0..depth).fold(innermost.clone(), |v, _| shape(v));
    shapes.iter().map(levels).collect()
}

#[test]
fn a_value_in_a_value_in_a_value_is_told_in_time() {
    let start = std::time::Instant::now();
    for innermost in [
        json!(1),
        json!("x"),
        json!(1001),
        json!({ "of": 1, "new": 1 }),
    ] {
        for value in nested(60, &innermost)
            .into_iter()
            .chain(nested(100, &innermost))
        {
            let read = serde_json::from_str::<Sum>(&value.to_string());
            if innermost == "x" {
                assert!(read.is_err());
            }
            if let Ok(read) = read {
                let _ = read.validate();
            }
        }
    }
    // Without caching the result of each node it would take forever.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_value_that_is_too_deep_is_an_error() {
    for depth in [127, 200, 100_000] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(serde_json::from_str::<Sum>(&text).is_ok(), depth <= 127);
    }
}

#[test]
fn a_value_that_takes_too_many_steps_is_refused() {
    // Each level of terms is read twice, with everything below it.
    let list = json!(vec![0; 20_000]);
    let mut value = json!({ "of": list, "new": 1 });
    for _ in 0..100 {
        value = json!({ "of": value, "new": 1 });
    }
    let error = serde_json::from_str::<Sum>(&value.to_string()).unwrap_err();
    assert!(error.to_string().contains("too many steps"), "{error}");
}
