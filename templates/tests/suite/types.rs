//! Reading, writing and validating values.

use sample_types::*;
use serde_json::{Value, from_value, json, to_value};

fn registration(value: Value) -> Result<ClientRegistrationRequest, String> {
    from_value(value).map_err(|error| error.to_string())
}

fn read_error<T: serde::de::DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
    from_json::<T>(json.as_bytes()).unwrap_err().to_string()
}

#[test]
fn presence_is_kept_when_a_value_is_read_and_written() {
    for (nickname, read) in [
        (json!({}), None),
        (json!({ "nickname": null }), Some(None)),
        (json!({ "nickname": "n" }), Some(Some("n".to_owned()))),
    ] {
        let mut value = json!({ "redirect_uris": [], "motto": null });
        value
            .as_object_mut()
            .unwrap()
            .extend(nickname.as_object().unwrap().clone());
        let registration = registration(value.clone()).unwrap();
        assert_eq!(registration.nickname, read);
        assert_eq!(to_value(registration).unwrap(), value);
    }
}

#[test]
fn null_counts_as_absent_only_where_absent_is_allowed() {
    let optional =
        registration(json!({ "redirect_uris": [], "motto": "m", "client_name": null })).unwrap();
    assert_eq!(
        to_value(optional).unwrap(),
        json!({ "redirect_uris": [], "motto": "m" })
    );
    assert_eq!(
        registration(json!({ "redirect_uris": [] })).unwrap_err(),
        "/motto: required property is missing"
    );
    assert_eq!(
        registration(json!({ "redirect_uris": null, "motto": null })).unwrap_err(),
        "/redirect_uris: invalid type: null, expected a sequence"
    );
}

#[test]
fn unlisted_properties_are_kept_refused_or_ignored() {
    let value = json!({ "redirect_uris": [], "motto": null, "x": { "y": [1] }, "z": null });
    let kept = registration(value.clone()).unwrap();
    assert_eq!(kept.additional_properties["x"]["y"][0], 1);
    assert_eq!(to_value(kept).unwrap(), value);

    let refused =
        from_value::<CreateOAuthAppBody>(json!({ "name": "n", "a/b": 1, "callback_urls": [] }));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "/a~1b: property is not allowed"
    );

    let ignored: AppError = from_value(json!({ "id": "i", "other": 1 })).unwrap();
    assert_eq!(to_value(ignored).unwrap(), json!({ "id": "i" }));
}

#[test]
fn a_field_wins_over_an_entry_of_its_name() {
    let mut registration = ClientRegistrationRequest::new(None, [] as [&str; 0]);
    registration
        .additional_properties
        .insert("motto".to_owned(), json!("other"));
    let text = serde_json::to_string(&registration).unwrap();
    assert_eq!(text, r#"{"redirect_uris":[],"motto":null}"#);
}

#[test]
fn a_property_must_not_stand_twice() {
    assert_eq!(
        read_error::<AppError>(r#"{"id":"a","id":"a"}"#),
        "/id: duplicate property"
    );
    assert_eq!(
        read_error::<AppError>(r#"{"id":null,"id":"a"}"#),
        "/id: duplicate property"
    );
    let unlisted = r#"{"redirect_uris":[],"motto":null,"x":1,"x":2}"#;
    assert_eq!(
        read_error::<ClientRegistrationRequest>(unlisted),
        "/x: duplicate property"
    );
}

#[test]
fn read_errors_name_the_place() {
    assert_eq!(
        read_error::<AppError>("[]"),
        "invalid type: sequence, expected an object"
    );
    assert_eq!(
        read_error::<AppError>(r#"{"status_code":"x"}"#),
        "/status_code: invalid type: string, expected an integer of 64 bits"
    );
    let good = r#"{"id":"a","name":"n","callback_urls":["x","y\"]}"]}"#;
    for (bad, expected) in [
        (
            r#"{"id":"b","callback_urls":[]}"#,
            "/1/name: required property is missing",
        ),
        (
            r#"{"id":5,"name":"n","callback_urls":[]}"#,
            "/1/id: invalid type: integer, expected a string",
        ),
        (
            r#"{"id":"b","name":"n","callback_urls":["u",{}]}"#,
            "/1/callback_urls/1: invalid type: map, expected a string",
        ),
        (
            r#"{"id":"b","name":"n","callback_urls":[[]]}"#,
            "/1/callback_urls/0: invalid type: sequence, expected a string",
        ),
        (
            r#"{"id":"b","name":"n","callback_urls":{}}"#,
            "/1/callback_urls: invalid type: map, expected a sequence",
        ),
        ("7", "/1: invalid type: integer, expected an object"),
    ] {
        assert_eq!(
            read_error::<Vec<OAuthApp>>(&format!("[{good},\n {bad}]")),
            expected,
            "{bad}"
        );
        assert_eq!(
            read_error::<Vec<OAuthApp>>(&format!("[{good},{bad},{good}]")),
            expected,
            "{bad}"
        );
    }
}

#[test]
fn read_errors_name_the_place_in_maps_and_across_lines() {
    type Apps = std::collections::BTreeMap<String, Vec<AppError>>;
    let json = "{\n \"a\": [],\n \"b/c\": [\n  {},\n  {\n   \"id\":\n 1}\n ]\n}";
    assert_eq!(
        read_error::<Apps>(json),
        "/b~1c/1/id: invalid type: integer, expected a string"
    );
}

#[test]
fn read_errors_never_repeat_values() {
    for json in [
        r#"{"status_code":"s3cret"}"#,
        r#"{"status_code":"s3cret, expected i64"}"#,
        r#"{"id":{"s3cret":1}}"#,
        r#"{"status_code":1.0555}"#,
        r#"{"id":1055}"#,
    ] {
        let error = from_json::<AppError>(json.as_bytes()).unwrap_err();
        assert!(!error.to_string().contains("s3cret"), "{error}");
        assert!(!error.message().contains("55"), "{error}");
    }
    assert_eq!(
        read_error::<AppError>(r#"{"status_code":1.5}"#),
        "/status_code: invalid type: floating point, expected an integer of 64 bits"
    );
    assert_eq!(
        read_error::<AppError>(r#"{"status_code":true}"#),
        "/status_code: invalid type: boolean, expected an integer of 64 bits"
    );
}

#[test]
fn text_that_is_not_json_is_told_from_wrong_data() {
    for json in [
        "",
        "{",
        r#"{"id": "x"#,
        r#"{"id": }"#,
        "<html>",
        "[1] 2",
        "{\"id\":\"\u{1}\"}",
    ] {
        let error = from_json::<AppError>(json.as_bytes()).unwrap_err();
        assert!(
            error.is_syntax() && error.pointer().is_empty(),
            "{json}: {error}"
        );
    }
    assert!(!from_json::<AppError>(b"[1]").unwrap_err().is_syntax());
}

#[test]
fn text_that_is_not_utf8_is_an_error_with_its_place() {
    for (json, text) in [
        (&b"{\"id\":\"\xff\"}"[..], "/id: is not a valid value"),
        (
            b"{\"unknown\":[\"\xff\"]}",
            "/unknown/0: is not a valid value",
        ),
        (
            b"<h1>\xe9</h1>",
            "is not JSON: expected value at line 1 column 1",
        ),
    ] {
        let error = from_json::<AppError>(json).unwrap_err();
        assert_eq!(error.to_string(), text);
        assert_eq!(error.is_syntax(), text.starts_with("is not JSON"));
    }
}

#[test]
fn string_enums_keep_unknown_values_and_refuse_them_when_checked() {
    let known: TokenEndpointAuthMethod = from_value(json!("none")).unwrap();
    assert_eq!(known, TokenEndpointAuthMethod::None);
    assert!(known.validate().is_ok());

    let unknown: TokenEndpointAuthMethod = from_value(json!("magic")).unwrap();
    assert_eq!(unknown, TokenEndpointAuthMethod::Other("magic".to_owned()));
    assert_eq!(to_value(&unknown).unwrap(), json!("magic"));
    assert_eq!(
        unknown.validate().unwrap_err().to_string(),
        "is not one of the listed values"
    );

    assert_eq!(
        TokenEndpointAuthMethod::VALUES,
        ["client_secret_post", "none"]
    );
    assert_eq!(
        TokenEndpointAuthMethod::from("none"),
        TokenEndpointAuthMethod::None
    );
    assert_eq!(TokenEndpointAuthMethod::from("x".to_owned()).as_str(), "x");
    assert_eq!("none".parse(), Ok(TokenEndpointAuthMethod::None));
    assert_eq!(format!("{:>6}", TokenEndpointAuthMethod::None), "  none");
    assert!(TokenEndpointAuthMethod::from_param("magic").is_err());
    assert_eq!(
        from_value::<TokenEndpointAuthMethod>(json!(1))
            .unwrap_err()
            .to_string(),
        "invalid type: integer `1`, expected a string"
    );
}

#[test]
fn every_broken_constraint_is_reported_with_its_place() {
    let mut body = CreateOAuthAppBody::new(["https://a", "no uri", "https://a"], "");
    body.lifetime = Some(59);
    let violations = body.validate().unwrap_err();
    let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "/name: must be at least 1 character long",
            "/callback_urls: must not have the same item twice",
            "/callback_urls/1: must be a URI",
            "/lifetime: must be at least 60",
            "/lifetime: must be a multiple of 60",
        ]
    );
    assert!(
        violations
            .to_string()
            .contains("long; /callback_urls: must not")
    );
}

/// The violation of a single check, if any.
fn check(check: impl FnOnce(&mut Validator)) -> Option<String> {
    let mut validator = Validator::default();
    check(&mut validator);
    validator
        .finish()
        .err()
        .map(|violations| violations.to_string())
}

#[test]
fn lengths_are_counted_in_characters() {
    assert_eq!(check(|v| v.max_length("äöü", 3)), None);
    assert_eq!(
        check(|v| v.max_length("äöü", 2)).unwrap(),
        "must be at most 2 characters long"
    );
    assert_eq!(check(|v| v.min_length("äöü", 3)), None);
    assert_eq!(
        check(|v| v.min_length("äöü", 4)).unwrap(),
        "must be at least 4 characters long"
    );
}

#[test]
fn numbers_are_checked_exactly() {
    assert_eq!(check(|v| v.minimum(u64::MAX, i128::from(i64::MAX))), None);
    assert_eq!(
        check(|v| v.maximum(u64::MAX, 1)).unwrap(),
        "must be at most 1"
    );
    assert_eq!(
        check(|v| v.exclusive_minimum(1_i32, 1)).unwrap(),
        "must be greater than 1"
    );
    assert_eq!(
        check(|v| v.exclusive_maximum(1_i64, 1)).unwrap(),
        "must be less than 1"
    );
    assert_eq!(check(|v| v.exclusive_maximum(0, 1)), None);
    assert_eq!(
        check(|v| v.multiple_of(7, 5)).unwrap(),
        "must be a multiple of 5"
    );
    assert_eq!(check(|v| v.multiple_of(i64::MIN, -1)), None);
    assert!(check(|v| v.multiple_of(7, 0)).is_some());
    assert_eq!(check(|v| v.multiple_of_f64(0.3, 0.1)), None);
    assert_eq!(
        check(|v| v.multiple_of_f64(0.35, 0.1)).unwrap(),
        "must be a multiple of 0.1"
    );
    assert_eq!(check(|v| v.minimum_f64(0.5, 0.5)), None);
    assert_eq!(
        check(|v| v.exclusive_minimum_f64(0.5, 0.5)).unwrap(),
        "must be greater than 0.5"
    );
    assert_eq!(
        check(|v| v.maximum_f64(f32::INFINITY, 1.0)).unwrap(),
        "must be at most 1"
    );
    assert!(check(|v| v.maximum_f64(f64::NAN, 1.0)).is_some());
    assert!(check(|v| v.exclusive_maximum_f64(1.0, 1.0)).is_some());
}

#[test]
fn arrays_and_objects_are_checked_by_length_and_content() {
    assert_eq!(
        check(|v| v.min_items(0, 1)).unwrap(),
        "must have at least 1 item"
    );
    assert_eq!(
        check(|v| v.max_items(3, 2)).unwrap(),
        "must have at most 2 items"
    );
    assert_eq!(
        check(|v| v.min_properties(0, 2)).unwrap(),
        "must have at least 2 properties"
    );
    assert_eq!(
        check(|v| v.max_properties(2, 1)).unwrap(),
        "must have at most 1 property"
    );
    assert_eq!(
        check(|v| v.unique_items(&[json!({ "a": 1, "b": 2 }), json!({ "a": 1 })])),
        None
    );
    assert!(
        check(|v| v.unique_items(&[json!({ "a": 1, "b": 2 }), json!({ "b": 2, "a": 1 })]))
            .is_some()
    );
    // Quadratic time would take minutes.
    assert_eq!(
        check(|v| v.unique_items(&(0..200_000).collect::<Vec<i32>>())),
        None
    );
}

#[test]
fn pointers_are_escaped_and_nest() {
    let text = check(|v| {
        v.field("a/b", |v| {
            v.field("~", |v| v.items(&[1], |v, _| v.violation("x")))
        })
    });
    assert_eq!(text.unwrap(), "/a~1b/~0/0: x");
    let map = std::collections::BTreeMap::from([(
        "k".to_owned(),
        vec![TokenEndpointAuthMethod::from("x")],
    )]);
    assert_eq!(
        map.validate()
            .unwrap_err()
            .into_iter()
            .next()
            .unwrap()
            .pointer,
        "/k/0"
    );
}

#[test]
fn a_small_input_gives_no_large_report() {
    let violations = vec![TokenEndpointAuthMethod::from("x"); 5000]
        .validate()
        .unwrap_err();
    assert_eq!(violations.iter().count(), Violations::LIMIT);
    assert!(violations.to_string().ends_with("; and 4900 more"));
}

#[test]
fn uris_are_kept_as_written_and_checked_on_demand() {
    for valid in [
        "https://example.com",
        "https://user:pw@example.com:8080/a%20b;c?x=/?#f",
        "http://[::1]:80/",
        "http://[v1.x:y]/",
        "mailto:ann@example.com",
        "urn:isbn:0451450523",
        "com.example.app:/cb",
        "file:///etc/hosts",
        "a:",
    ] {
        assert!(Uri::from(valid).validate().is_ok(), "{valid}");
    }
    for invalid in [
        "",
        "/relative",
        "example.com",
        "1http://x",
        "http://a b",
        "http://a%2",
        "http://a%zz",
        "http://[::1",
        "http://[nope]/",
        "http://x:80a/",
        "http://ü",
        "http://a/#b#c",
        "http://a\\b",
        "http://[v1.%41]/",
        ":x",
    ] {
        assert!(Uri::from(invalid).validate().is_err(), "{invalid}");
    }
    let odd: Uri = from_value(json!(" HTTP://X/../y ")).unwrap();
    assert_eq!(to_value(&odd).unwrap(), json!(" HTTP://X/../y "));
    assert_eq!(odd.len(), 15);
    assert_eq!(odd, " HTTP://X/../y ");
}

#[test]
fn parameters_are_read_strictly() {
    assert_eq!(i64::from_param("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(f64::from_param("-1.5e3"), Ok(-1500.0));
    assert_eq!(bool::from_param("true"), Ok(true));
    for bad in ["", "+1", "1 ", "0x1", "9223372036854775808", "1.0", "--1"] {
        assert!(i64::from_param(bad).is_err(), "{bad}");
    }
    for bad in ["", "NaN", "inf", "-inf", "+1", ".5", "infinity"] {
        assert!(f64::from_param(bad).is_err(), "{bad}");
    }
    assert!(bool::from_param("True").is_err());
    assert!(u32::from_param("-1").is_err());
    assert_eq!(ToParam::to_param(&&5), "5");
    assert_eq!(true.to_param(), "true");
}

#[test]
fn patterns_are_those_of_ecmascript() {
    assert!(ClientRegistrationResponse::new("c1").validate().is_ok());
    let violations = ClientRegistrationResponse::new("s3cret!")
        .validate()
        .unwrap_err();
    assert_eq!(
        violations.to_string(),
        "/client_id: must match the pattern ^[a-z0-9]+$"
    );
    for (pattern, text, is_in) in [
        ("b", "abc", true),
        (r"^\d+$", "٣", false),
        (r"^[^\n]$", "😀", true),
        ("(", "anything", true),
    ] {
        let linear: Pattern = Pattern::new(pattern);
        assert_eq!(linear.is_in(text), is_in, "{pattern}");
    }
    for (pattern, text, is_in) in [
        (r"^(?!x)", "xy", false),
        (r"(?<=\$)\d", "$4", true),
        (r"^(['\u{22}]).*\1$", "'a'", true),
        (r"^(['\u{22}]).*\1$", "'a\"", false),
    ] {
        let backtracking: Pattern<Backtracking> = Pattern::new(pattern);
        assert_eq!(backtracking.is_in(text), is_in, "{pattern}");
    }
}

/// The violations of texts that have to match `^(?=a)(a+)+$` and be short.
fn violations_of(texts: &[&str], longest: usize) -> Violations {
    static PATTERN: Pattern<Backtracking> = Pattern::new("^(?=a)(a+)+$");
    let mut v = Validator::default();
    for text in texts {
        v.enter("text");
        v.max_length(text, longest);
        v.pattern(text, &PATTERN);
        v.leave();
    }
    v.finish().unwrap_err()
}

#[test]
fn a_text_that_is_too_long_is_not_searched() {
    let text = "a".repeat(10_000) + "!";
    assert_eq!(
        violations_of(&[&text, "b"], 100).to_string(),
        "/text: must be at most 100 characters long; /text: must match the pattern ^(?=a)(a+)+$"
    );
}

/// The limit applies to all texts of a value together, so that many of them are no way around it.
#[test]
fn searching_is_given_up_where_it_would_take_long() {
    let text = "a".repeat(40) + "!";
    let start = std::time::Instant::now();
    let violations = violations_of(&[&*text; 2_000], 100);
    assert!(start.elapsed() < std::time::Duration::from_secs(10));
    assert!(
        violations
            .to_string()
            .starts_with("/text: is too long to be checked against the pattern ^(?=a)(a+)+$; ")
    );
}

#[test]
fn text_that_has_to_be_a_regular_expression_is_only_read() {
    for (text, reason) in [
        (r"^(\w+)\s\1(?<=a{2,3}?)[^\u{1f600}\]]$", None),
        (r"^\S(|(.|\n)*\S)\Z", Some("nothing known follows a `\\`")),
        ("^(abc]", Some("a `]` closes nothing")),
        (&*"(".repeat(50_000), Some("its groups are nested too deep")),
        (&*"(a{1000}){1000}".repeat(5_000), None),
    ] {
        let mut v = Validator::default();
        v.regex(text);
        let found = v.finish().err().map(|violations| violations.to_string());
        let expected = reason.map(|reason| format!("must be a regular expression: {reason}"));
        assert_eq!(
            found.as_deref().map(|found| found.trim_start_matches(": ")),
            expected.as_deref()
        );
    }
    let mut v = Validator::default();
    v.regex(&"a".repeat(200_000));
    assert!(v.finish().is_err());
}
