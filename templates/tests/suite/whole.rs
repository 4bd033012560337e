//! Numbers: integers in any notation, and floats to the last bit.

use std::collections::BTreeMap;

use sample_types::*;

/// Reads in two ways: with pointers in errors, and by serde alone.
fn both<T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let read = from_json(json.as_bytes()).unwrap();
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), read);
    read
}

#[test]
fn integers_may_have_a_fraction_of_zero_or_an_exponent() {
    for (written, value) in [("3.0", 3), ("-4.00e1", -40), ("1.7e12", 1_700_000_000_000)] {
        let error: AppError = both(&format!(r#"{{"status_code":{written}}}"#));
        assert_eq!(error.status_code, Some(value), "{written}");
    }
    let plain: AppError = both(r#"{"status_code":404}"#);
    assert_eq!(plain.status_code, Some(404));
    let absent: AppError = both(r#"{"status_code":null}"#);
    assert_eq!(absent.status_code, None);
    let color: Color = both(r#"{"R":1.0,"G":0e5,"B":-0.0}"#);
    assert_eq!((color.r, color.g, color.b), (1, 0, 0));
    let switch: Switch = both(r#"{"value":true,"places":[1.0,2e3,3]}"#);
    assert_eq!(switch.places, Some(vec![1, 2000, 3]));
    let charge: Charge = both(r#"{"amount":1.0,"until":2.0}"#);
    assert_eq!((charge.amount, charge.until), (1, Some(Some(2))));
    let charge: Charge = both(r#"{"amount":1.0,"until":null}"#);
    assert_eq!(charge.until, Some(None));
    let level: Level = both("-5.0");
    assert_eq!(level, Level::Debt);
}

#[test]
fn integers_outside_of_objects_are_read_by_from_json() {
    let list: Vec<Option<i64>> = from_json(b"[1.0, null, 12e-1, 2E2]").unwrap_or_default();
    assert!(list.is_empty(), "1.2 is no integer");
    let list: Vec<Option<i64>> = from_json(b"[1.0, null, 120e-1, 2E2]").unwrap();
    assert_eq!(list, [Some(1), None, Some(12), Some(200)]);
    let map: BTreeMap<String, u64> = from_json(br#"{"1.0":1.8e19}"#).unwrap();
    assert_eq!(map["1.0"], 18_000_000_000_000_000_000);
    let pair: (i32, String) = from_json(br#"[7.0,"\"8.0"]"#).unwrap();
    assert_eq!(pair, (7, "\"8.0".to_owned()));
    assert_eq!(
        from_json::<i64>(b"9007199254740993.0").unwrap(),
        9_007_199_254_740_993
    );
    let error: AppError = from_json(br#"{"status_code":9007199254740993.0}"#).unwrap();
    assert_eq!(error.status_code, Some(9_007_199_254_740_993));
    let error: AppError = from_json(br#"{"status_code":-9.223372036854775808e18}"#).unwrap();
    assert_eq!(error.status_code, Some(i64::MIN));
}

#[test]
fn integers_in_unions_may_have_a_fraction_of_zero() {
    assert_eq!(both::<Setting>("5.0"), Setting::Integer(5));
    assert_eq!(both::<Limit>("[1.0,2e1]"), Limit::IntegerList(vec![1, 20]));
    let charge: Charge = both(r#"{"amount":1,"rule":{"value":true,"places":[1.0]}}"#);
    assert!(charge.rule.is_some());
}

#[test]
fn what_is_no_integer_of_the_type_is_refused() {
    for (json, expected) in [
        (
            r#"{"status_code":1e30}"#,
            "/status_code: invalid value: floating point, expected an integer of 64 bits",
        ),
        (
            r#"{"status_code":123456789012345678901234}"#,
            "/status_code: invalid value: floating point, expected an integer of 64 bits",
        ),
        (
            r#"{"status_code":9223372036854775808}"#,
            "/status_code: invalid value: integer, expected an integer of 64 bits",
        ),
        (
            r#"{"status_code":-9223372036854775809}"#,
            "/status_code: invalid value: floating point, expected an integer of 64 bits",
        ),
        (
            r#"{"status_code":1.5}"#,
            "/status_code: invalid type: floating point, expected an integer of 64 bits",
        ),
    ] {
        let error = from_json::<AppError>(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{json}");
    }
    let narrow = r#"{"name":"n","callback_urls":[],"lifetime":3e9}"#;
    let error = from_json::<CreateOAuthAppBody>(narrow.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/lifetime: invalid value: floating point, expected an integer of 32 bits"
    );
    for json in ["1e30", "-1e400", "1e99999999999", "1.5", "1e-1"] {
        assert!(from_json::<i64>(json.as_bytes()).is_err(), "{json}");
        assert!(from_json::<Level>(json.as_bytes()).is_err(), "{json}");
    }
    assert!(from_json::<u64>(b"-1.0").is_err());
}

#[test]
fn floats_keep_their_last_bit() {
    // A linear congruential generator, so that every run has the same longitudes.
    let mut state = 1_u64;
    for _ in 0..10_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        #[allow(clippy::cast_precision_loss)]
        let longitude = (state >> 11) as f64 / (1_u64 << 53) as f64 * 360.0 - 180.0;
        let json = format!(r#"{{"amount":1,"share":{longitude}}}"#);
        let read: Charge = both(&json);
        assert_eq!(read.share, Some(longitude));
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(both::<Charge>(&written), read);
    }
}
