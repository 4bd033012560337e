//! Text with known formats: kept as written, validated by its grammar, converted to types of other crates.

use serde_json::{from_value, json, to_value};
use specwright_templates::types::{
    Base64, Date, DateTime, Decimal, Duration, FromParam, Time, ToParam, Uuid, Validate, Validator,
};

/// The texts that don't have the format.
fn refused<'t, T: Validate + for<'s> From<&'s str>>(texts: &[&'t str]) -> Vec<&'t str> {
    let refused = |text: &&&str| T::from(**text).validate().is_err();
    texts.iter().filter(refused).copied().collect()
}

fn accepts_and_refuses<T: Validate + for<'s> From<&'s str>>(accepted: &[&str], wrong: &[&str]) {
    assert_eq!(refused::<T>(accepted), [""; 0]);
    assert_eq!(refused::<T>(wrong), wrong);
}

#[test]
fn what_is_read_is_written_back_whatever_it_is() {
    for text in ["2024-02-29t23:59:60.5+01:00", "yesterday", "", " "] {
        let read: DateTime = from_value(json!(text)).unwrap();
        assert_eq!(read, text);
        assert_eq!(to_value(&read).unwrap(), json!(text));
        assert_eq!(DateTime::from_param(text).unwrap().to_param(), text);
    }
    let error = from_value::<DateTime>(json!(5)).unwrap_err().to_string();
    assert_eq!(error, "invalid type: integer `5`, expected a string");
}

#[test]
fn dates_and_times_are_those_of_rfc_3339() {
    accepts_and_refuses::<DateTime>(
        &[
            "2024-02-29T23:59:59Z",
            "1990-12-31T23:59:60z",
            "2024-01-01 00:00:00.123456789-23:59",
        ],
        &[
            "",
            "2023-02-29T00:00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00+0100",
        ],
    );
    accepts_and_refuses::<Date>(
        &["2024-02-29", "2000-02-29", "0000-01-01"],
        &[
            "1900-02-29",
            "2024-13-01",
            "2024-00-01",
            "2024-01-00",
            "2024-1-1",
            "24-01-01",
            "2024-01-01Z",
            "２０24-01-01",
        ],
    );
    accepts_and_refuses::<Time>(
        &["23:59:59Z", "00:00:00.5+01:00", "12:00:00"],
        &[
            "",
            "12:00",
            "12:00:61",
            "25:00:00Z",
            "12:00:00+1",
            "1:00:00Z",
        ],
    );
}

#[test]
fn durations_are_those_of_iso_8601() {
    accepts_and_refuses::<Duration>(
        &[
            "P3Y6M4DT12H30M5S",
            "P4W",
            "PT0.5S",
            "P1D",
            "PT36H",
            "P0D",
            "PT1M",
        ],
        &[
            "", "P", "PT", "P1DT", "1D", "P1", "P1S", "PT1D", "P1M1Y", "P1,5Y2M", "P-1D", "P1Y1Y",
        ],
    );
}

#[test]
fn uuids_are_hexadecimal() {
    accepts_and_refuses::<Uuid>(
        &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
        ],
        &[
            "",
            "2eb8aa08aa9811eab4aa73b441d16380",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d163}",
        ],
    );
}

#[test]
fn decimals_have_any_number_of_digits() {
    accepts_and_refuses::<Decimal>(
        &[
            "0",
            "-1.50",
            "+3",
            ".5",
            "5.",
            "123456789012345678901234567890.1",
            "1e-9",
        ],
        &["", ".", "-", "1,5", "0x1", "1e", "NaN", "1.2.3"],
    );
    assert_eq!(Decimal::from(-5_i64), "-5");
}

#[test]
fn base64_gives_the_bytes_back() {
    // RFC 4648, section 10.
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(Base64::new(bytes), text);
        assert_eq!(Base64::from(text).decode().unwrap(), bytes.as_bytes());
        assert_eq!(
            Base64::from(text.trim_end_matches('=')).decode().unwrap(),
            bytes.as_bytes()
        );
    }
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(Base64::new(&all).decode().unwrap(), all);
    assert_eq!(Base64::url_safe(&all).decode().unwrap(), all);
    assert_eq!(Base64::url_safe([0xfb, 0xff]), "-_8");
    assert_eq!(Base64::new([0xfb, 0xff]), "+/8=");
    accepts_and_refuses::<Base64>(
        &["Zm9v\r\nYmFy\n"],
        &["Z", "Zg=", "Zm9v=", "Zm9v====", "Zm9*", "=", "Zm=v"],
    );
}

#[test]
fn formats_without_a_type_are_checked_as_strings() {
    type Check = fn(&mut Validator, &str);
    let cases: [(Check, &[&str], &[&str]); 10] = [
        (
            Validator::email,
            &[
                "a@b.c",
                "joe.bloggs+x@example.com",
                "\"joe bloggs\"@example.com",
                "a@[127.0.0.1]",
                "a@localhost",
            ],
            &[
                "",
                "a",
                "a@",
                "@b",
                "a b@c",
                "a..b@c.d",
                ".a@b.c",
                "a@-b.c",
                "jö@example.com",
            ],
        ),
        (Validator::idn_email, &["실례@실례.테스트"], &["@", "a@"]),
        (
            Validator::hostname,
            &[
                "a",
                "example.com",
                "xn--4gbwdl.xn--wgbh1c",
                "1.2",
                "example.com.",
            ],
            &[
                "",
                "-a",
                "a-",
                "a_b",
                "a..b",
                "a b",
                "é.com",
                &"a".repeat(64),
            ],
        ),
        (
            Validator::ipv4,
            &["127.0.0.1"],
            &["127.0.0", "256.0.0.1", "127.0.0.1/8", "010.0.0.1"],
        ),
        (
            Validator::ipv6,
            &["::1", "::ffff:1.2.3.4"],
            &["127.0.0.1", ":::1", "12345::"],
        ),
        (
            Validator::uri_reference,
            &[
                "",
                "/a?b#c",
                "../x",
                "//host/path",
                "https://example.com",
                "#f",
            ],
            &["a b", "\\\\x", "1:2", "%zz"],
        ),
        (
            Validator::iri,
            &["http://ƒøø.ßår/?∂éœ=πîx"],
            &["ƒøø", "http:// x"],
        ),
        (
            Validator::uri_template,
            &["/a/{b}{?c,d*}", ""],
            &["/a/{b", "/a}b", "{}", "a b"],
        ),
        (
            Validator::json_pointer,
            &["", "/", "/a~0b/~1/0"],
            &["a", "/~", "/~2", "#/a"],
        ),
        (
            Validator::relative_json_pointer,
            &["0", "1/a", "12#"],
            &["", "01", "-1", "/a", "0##"],
        ),
    ];
    for (index, (check, accepted, wrong)) in cases.into_iter().enumerate() {
        let accepts = |text: &str| {
            let mut validator = Validator::default();
            check(&mut validator, text);
            validator.finish().is_ok()
        };
        for text in accepted {
            assert!(accepts(text), "{index}: {text}");
        }
        for text in wrong {
            assert!(!accepts(text), "{index}: {text}");
        }
    }
}

#[test]
fn chrono_jiff_and_time_read_what_they_wrote() {
    let text = DateTime::from("2024-02-29T23:59:59.25Z");
    let chrono = chrono::DateTime::try_from(&text).unwrap();
    assert_eq!(DateTime::from(chrono), "2024-02-29T23:59:59.250Z");
    assert_eq!(
        DateTime::from(jiff::Timestamp::try_from(&text).unwrap()),
        text
    );
    let time = time::OffsetDateTime::try_from(&text).unwrap();
    assert_eq!(DateTime::try_from(time).unwrap(), text);

    let text = Date::from("2024-02-29");
    assert_eq!(
        Date::from(chrono::NaiveDate::try_from(&text).unwrap()),
        text
    );
    assert_eq!(
        Date::from(jiff::civil::Date::try_from(&text).unwrap()),
        text
    );
    assert_eq!(Date::from(time::Date::try_from(&text).unwrap()), text);

    let text = Time::from("23:59:59+01:00");
    assert_eq!(
        Time::from(chrono::NaiveTime::try_from(&text).unwrap()),
        "23:59:59"
    );
    assert_eq!(
        Time::from(jiff::civil::Time::try_from(&text).unwrap()),
        "23:59:59"
    );
    assert_eq!(Time::from(time::Time::try_from(&text).unwrap()), "23:59:59");

    let text = Duration::from("P3DT12H");
    assert_eq!(Duration::from(jiff::Span::try_from(&text).unwrap()), text);
    let text = Uuid::from("2eb8aa08-aa98-11ea-b4aa-73b441d16380");
    assert_eq!(Uuid::from(uuid::Uuid::try_from(&text).unwrap()), text);
    assert!(chrono::NaiveDate::try_from(&Date::from("never")).is_err());
}
