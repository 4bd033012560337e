//! Enums of integers, and open ones: unknown values are kept, and rejected by validation unless the enum is open.

use sample_types::{FromParam, Level, Model, ToParam, Validate};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn integers_are_read_and_written_back() {
    for (json, level) in [
        (json!(1), Level::Value1),
        (json!(-5), Level::Debt),
        (json!(7), Level::Other(7)),
        (json!(i64::MIN), Level::Other(i64::MIN)),
    ] {
        assert_eq!(from_value::<Level>(json.clone()).unwrap(), level);
        assert_eq!(to_value(level).unwrap(), json);
    }
    assert_eq!(from_value::<Level>(json!(1.0)).unwrap(), Level::Value1);
    for wrong in [
        json!("1"),
        json!(1.5),
        json!(null),
        json!(u64::MAX),
        json!(1e300),
    ] {
        assert!(from_value::<Level>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn unlisted_integers_are_refused_when_checked() {
    assert!(Level::Debt.validate().is_ok());
    assert_eq!(
        Level::Other(7).validate().unwrap_err().to_string(),
        "is not one of the listed values"
    );
    assert_eq!(Level::VALUES, [1, -5]);
    assert_eq!(Level::from(1).to_param(), "1");
    assert_eq!(Level::from_param("-5"), Ok(Level::Debt));
    assert!(Level::from_param("7").is_err());
    assert!(Level::from_param("x").is_err());
    assert_eq!(format!("{:>3}", Level::Value1), "  1");
    assert_eq!(i64::from(Level::Debt), -5);
}

#[test]
fn an_open_enum_takes_what_it_does_not_list() {
    assert_eq!(Model::from("one"), Model::One);
    let other: Model = from_value(json!("three")).unwrap();
    assert_eq!(other, Model::Other("three".to_owned()));
    assert_eq!(to_value(&other).unwrap(), Value::from("three"));
    assert!(other.validate().is_ok());
    assert_eq!(Model::from_param("three"), Ok(other));
}
