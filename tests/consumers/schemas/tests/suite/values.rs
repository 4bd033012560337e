//! JSON for each schema of `openapi.yaml`.

use consumer_schemas::kept::types as kept;
use consumer_schemas::types::*;
use serde_json::Value;

/// Whether two values are equal in JSON Schema, where 1 is 1.0.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

#[track_caller]
fn takes<T: serde::Serialize + serde::de::DeserializeOwned + Validate>(json: &str) {
    let value: Value = serde_json::from_str(json).unwrap();
    let read: T = from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"));
    let written = serde_json::to_value(&read).unwrap();
    assert!(same(&value, &written), "{json} became {written}");
    if let Err(violations) = read.validate() {
        panic!("{json}: {violations}");
    }
}

#[track_caller]
fn refuses<T: serde::Serialize + serde::de::DeserializeOwned + Validate>(json: &str) {
    if let Ok(read) = from_json::<T>(json.as_bytes()) {
        assert!(read.validate().is_err(), "{json} is let through");
    }
}

macro_rules! values {
    ($($test:ident $ty:ty { $($good:literal)* } not { $($bad:literal)* })*) => {$(
        #[test]
        fn $test() {
            $(takes::<$ty>($good);)*
            $(refuses::<$ty>($bad);)*
        }
    )*};
}

values! {
    cat Cat {
        r#"{"kind":"cat","id":5,"lives":9}"#
    } not {
        r#"{"kind":"cat","id":0}"#
        r#"{"kind":"cat","id":101}"#
        r#"{"id":1}"#
    }
    dog Dog {
        r#"{"kind":"dog","id":5,"bark":true}"#
    } not {
        r#"{"kind":"dog","id":5}"#
    }
    pet Pet {
        r#"{"kind":"dog","id":5,"bark":true}"#
        r#"{"kind":"cat","id":5}"#
    } not {
        r#"{"kind":"cow","id":5}"#
    }
    nulls Nulls {
        r#"{"c":null}"#
        r#"{"a":null,"b":null,"c":null,"d":null,"e":[null,1],"f":{"x":null,"y":true},"g":null,"h":null,"i":null,"j":null}"#
        r#"{"a":"s","b":3,"c":{"kind":"dog","id":5,"bark":true},"d":"x","i":"ab"}"#
    } not {
        r#"{}"#
        r#"{"c":null,"i":"a"}"#
        r#"{"c":null,"g":1}"#
        r#"{"c":null,"d":"z"}"#
    }
    odd Odd {
        r#"{"self":"a","type":"b","$ref":"c","":1,"@id":"d","x-y":1,"x_y":2,"Self":"e","crate":"f","1a":"g","ünï":"h","a.b":"i","fn":"j","map":"k","others":"l","key":"m","listed":"n","additional_properties":"o"}"#
    } not {
    }
    numbers Numbers {
        r#"{"big":18446744073709551615,"neg":-9223372036854775808,"num":1,"flt":0.1234567890123,"i32":-2147483648,"unsafe":9223372036854775808}"#
        r#"{"num":1e300,"flt":1e39}"#
    } not {
        r#"{"big":-1}"#
        r#"{"neg":1.5}"#
    }
    mixed Mixed {
        r#""auto""#
        "1"
        "2.5"
        "false"
    } not {
        r#""x""#
        "3"
        "true"
        "null"
    }
    level Level {
        "0"
        "-5"
    } not {
        "2"
        r#""1""#
    }
    tuple_a TupleA {
        "[1.5,null]"
        r#"[1,"a"]"#
    } not {
        "[1]"
        "[1,null,2]"
        r#"["a",null]"#
    }
    tuple_b TupleB {
        "[]"
        r#"["a"]"#
        r#"["a",1]"#
        r#"["a",1,{}]"#
    } not {
        "{}"
    }
    // The type of an item depends on its position, so matching several of them is no mistake.
    tuple_c TupleC {
        r#"["a"]"#
        r#"["a",{}]"#
        r#"["a",{"x":1},"a",1]"#
    } not {
        r#"["abc"]"#
        "[true]"
    }
    map_of_two MapOfTwo {
        r#"{"a":"x","b":"x","bc":1}"#
    } not {
        r#"{"a":true}"#
    }
    pats Pats {
        r#"{"id":"a","x-1":1,"y-1":"s"}"#
        r#"{}"#
    } not {
        r#"{"z":1}"#
        r#"{"x-1":true}"#
    }
    free Free {
        "{}"
        r#"{"a":[1,{"b":null}]}"#
    } not {
        "1"
    }
    empty Empty {
        "null"
        "1"
        "[{}]"
    } not {
    }
    yes Yes {
        "null"
        "{}"
    } not {
    }
    tree Tree {
        r#"{"v":1,"kids":[{"v":2,"kids":[]}],"next":{"v":3}}"#
    } not {
        r#"{"v":1,"kids":[{}]}"#
    }
    json Json {
        r#"{"a":[1,"x",{"b":[true]}],"c":null}"#
        "1.5"
        "true"
        "[null]"
    } not {
    }
    any2 Any2 {
        r#"{"a":"s"}"#
        r#"{"a":1}"#
    } not {
        r#"{"a":true}"#
        "{}"
    }
    by_num ByNum {
        r#"{"v":1,"a":"s"}"#
        r#"{"v":2}"#
    } not {
        r#"{"v":3}"#
    }
    widths Widths {
        "1"
        "1.5"
    } not {
        r#""a""#
    }
    str_or_list StrOrList {
        r#""a""#
        r#"["a"]"#
    } not {
        "1"
    }
    fmt Fmt {
        r#""2024-01-01""#
        r#""2024-01-01T00:00:00Z""#
    } not {
        "1"
    }
    typeless Typeless {
        r#"{"a":"x"}"#
    } not {
        r#"{}"#
    }
    addl Addl {
        r#"{"a":"x","b":1}"#
    } not {
        r#"{"b":"x"}"#
    }
    enum_all EnumAll {
        r#""b""#
    } not {
        r#""a""#
        r#""d""#
    }
    wrapped Wrapped {
        r#"{"v":1}"#
    } not {
    }
    null_enum Option<NullEnum> {
        "null"
        r#""a""#
    } not {
        r#""b""#
    }
    defaults Defaults {
        "{}"
        r#"{"a":"x","b":5,"d":["a"],"g":"p"}"#
    } not {
    }
    multi Option<Multi> {
        r#""a""#
        "1"
        "[1]"
        r#"{"a":"x"}"#
        "true"
        "null"
    } not {
        "1.5"
    }
    dict_of_union DictOfUnion {
        r#"{"a":"s","b":{"k":"v"}}"#
    } not {
        r#"{"a":1}"#
    }
    several Several {
        r#"{"email":"a"}"#
        r#"{"phone":"1"}"#
        r#"{"email":"a","phone":"1","spam":true}"#
    } not {
        r#"{"spam":true}"#
        r#"{"email":1,"phone":1}"#
    }
    only_one OnlyOne {
        r#"{"email":"a"}"#
        r#"{"phone":"1"}"#
    } not {
        r#"{"email":"a","phone":"1"}"#
        r#"{}"#
    }
    only_one_of_a_choice_in_a_choice TameOrFault {
        r#"{"kind":"hen","eggs":1}"#
        r#"{"message":""}"#
    } not {
        r#"{"message":"","kind":"hen"}"#
        r#"{"message":"","kind":"pig","mud":true}"#
    }
    all_that_a_choice_in_a_choice_declares TameAndFault {
        r#"{"message":"","kind":"hen","eggs":1}"#
        r#"{"message":"","kind":"pig"}"#
    } not {
        r#"{"eggs":1}"#
    }
    one_property_of_two_types Differs {
        r#"{"a":"1","b":"2"}"#
        r#"{"x":"","a":"1","b":"2"}"#
        r#"{"x":[""],"a":"1","b":"2"}"#
    } not {
        r#"{"x":1}"#
    }
    alternatives_that_differ_further_down Deeper {
        r#"{"p":[{"a":"1","b":"2"},{}]}"#
    } not {
        r#"{"p":[{"a":1,"b":2}]}"#
    }
    two_of_three TwoOfThree {
        r#"{"a":"1","b":"2"}"#
        r#"{"a":"1","b":"2","c":"3"}"#
    } not {
        r#"{"a":1,"b":2}"#
    }
    only_one_and_more OnlyOneWith {
        r#"{"email":"a","note":"n"}"#
        r#"{"phone":"1"}"#
    } not {
        r#"{"email":"a","phone":"1","note":"n"}"#
        r#"{"note":"n"}"#
    }
    only_one_of_which_one_is_a_choice OnlyOneWithin {
        r#"{"a":"1"}"#
        r#"{"b":"1","c":"2"}"#
    } not {
        r#"{"a":"1","b":"2"}"#
        r#"{"a":"1","b":"2","c":"3"}"#
        r#"{}"#
    }
    only_one_deeper_within Holds {
        r#"{"any":{"message":"","kind":"hen"},"one":{"message":""}}"#
    } not {
        r#"{"one":{"message":"","kind":"hen"}}"#
    }
    tagged Tagged {
        r#"{"is":"cat","size":1}"#
        r#"{"is":"kitten","size":1}"#
        r#"{"is":"dog","size":1}"#
        r#"{"is":"Sealed","size":1}"#
    } not {
        r#"{"size":1}"#
        r#"{"is":"cow","size":1}"#
        r#"{"is":"Sealed","new":1}"#
    }
    zoo Zoo {
        r#"{"animals":[{"petType":"d","pack":3,"friend":{"petType":"Kitty","lives":9}},{"petType":"Kitty","lives":9},{"petType":"Fish","name":"x"},{"petType":"Animal"}],"star":{"petType":"d","pack":1}}"#
    } not {
        r#"{"star":{"petType":"d"}}"#
        r#"{"star":{"petType":"cow"}}"#
    }
    animal Animal {
        r#"{"petType":"d","pack":3,"friend":{"petType":"Kitty","lives":9}}"#
    } not {
    }
    formats Formats {
        r#"{"at":"2024-02-29T00:00:00Z","day":"2024-02-29","data":"Zm9v","mail":"a@b.c","byte":255,"host":"a.b"}"#
    } not {
        r#"{"at":"now"}"#
        r#"{"day":"2023-02-29"}"#
        r#"{"data":"*"}"#
        r#"{"mail":"a"}"#
        r#"{"byte":256}"#
        r#"{"host":"-"}"#
    }
    charge Charge {
        r#"{"card":"c"}"#
        r#"{"iban":"i","holder":"h"}"#
    } not {
        r#"{}"#
        r#"{"card":"c","iban":"i","holder":"h"}"#
        r#"{"iban":"i"}"#
        r#"{"card":"c","iban":"i"}"#
    }
    nested Nested {
        "[]"
        "[[],[[]]]"
    } not {
        "[1]"
        "{}"
    }
    scale Scale {
        "1"
        "2"
    } not {
        "3"
    }
    anything Anything {
        "{}"
        r#"{"a":null,"b":null,"c":null,"d":null}"#
        r#"{"a":1,"b":[null],"c":{"x":null},"d":"s"}"#
    } not {
    }
    one_of_each OneOfEach {
        r#"{"yes":true,"no":false,"level":-5,"step":1,"mixed":2.5,"ratio":1,"mask":18446744073709551615}"#
    } not {
        r#"{"mask":18446744073709551614}"#
        r#"{"mask":1.5}"#
        r#"{"yes":false}"#
        r#"{"yes":987654}"#
        r#"{"no":true}"#
        r#"{"level":987654}"#
        r#"{"step":2}"#
        r#"{"step":2147483648}"#
        r#"{"mixed":true}"#
        r#"{"ratio":2}"#
    }
    few Few {
        r#"{"r":1,"a":"x"}"#
        r#"{"r":1,"b":null,"c":2}"#
    } not {
        r#"{"r":1}"#
        r#"{"r":1,"a":"x","b":1,"c":2}"#
    }
    few_typed FewTyped {
        r#"{"b":1,"c":2}"#
    } not {
        r#"{"a":"x"}"#
        r#"{"a":"x","b":1,"c":2,"d":3}"#
    }
    few_unstated FewUnstated {
        r#"{"b":1,"c":2}"#
        r#"{"a":"x","":null}"#
    } not {
        r#"{"a":"x"}"#
        r#"{"a":"x","b":1,"c":2,"d":3}"#
    }
    either_of EitherOf {
        r#"{"a":"x"}"#
        r#"{"b":1}"#
    } not {
        "{}"
        r#"{"a":"x","b":1}"#
    }
    old_patterns OldPatterns {
        r#"{"list":"1,22,3","name":"-"}"#
        r#"{"name":"ü"}"#
        r#"{"name":"𠀀"}"#
    } not {
        r#"{"list":"1;2"}"#
        r#"{"name":"{"}"#
    }
    open Open {
        r#""one""#
        r#""three""#
    } not {
        "1"
    }
    payer_or_id PayerOrId {
        r#""ab""#
        r#"{"id":"a","since":1}"#
        r#"{"since":1.0,"id":"a","mail":"m"}"#
        r#"{"id":"a","gone":true}"#
        "[1,2.0]"
    } not {
        r#""abcd""#
        r#"{"id":"abcd","since":1}"#
        r#"{"id":"a"}"#
        r#"{"id":"a","gone":false}"#
        "[true]"
        "1"
        "null"
    }
}

/// Alternatives that a value can't match aren't tried, and don't influence the result, whether it is read from text or from a value.
#[test]
fn what_a_value_can_be_is_told_by_its_kind_and_by_what_is_required() {
    let variant = |json: &str| {
        let read: PayerOrId = from_json(json.as_bytes()).unwrap();
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(read, serde_json::from_value(value).unwrap());
        read
    };
    assert!(matches!(variant(r#""abcd""#), PayerOrId::String(_)));
    assert!(matches!(
        variant(r#"{"id":"a","since":1,"new":[]}"#),
        PayerOrId::Payer(_)
    ));
    assert!(matches!(
        variant(r#"{"id":"a","gone":true,"new":[]}"#),
        PayerOrId::GonePayer(_)
    ));
    // Of two matching variants the one whose constraints hold.
    let both = variant(r#"{"id":"abcd","since":1,"gone":true}"#);
    assert!(matches!(both, PayerOrId::GonePayer(_)));
    // The same for nested values: a bill without violations is better than a payer with some.
    let read = |json: &str| from_json::<BillOrPayer>(json.as_bytes()).unwrap();
    let payer = read(r#"{"payer":"ab","id":"abcd","since":1}"#);
    assert!(matches!(payer, BillOrPayer::Bill(_)));
    let payer = read(r#"{"payer":"abcd","id":"a","since":1}"#);
    assert!(matches!(payer, BillOrPayer::Payer(_)));
    let error = |json: &str| {
        from_json::<PayerOrId>(json.as_bytes())
            .unwrap_err()
            .to_string()
    };
    let said = error(r#"{"id":"a","since":"x"}"#);
    assert!(said.starts_with("/since: invalid type: string"), "{said}");
}

#[test]
fn keys_of_maps_have_their_pattern() {
    // An alias has no checks of its own; they are done where it is used.
    takes::<Names>(r#"{"abc":true}"#);
}

#[test]
fn a_newer_server_takes_nothing_from_an_older_client() {
    let value: Newer = from_json(br#"{"id":"i","b":"x","new":1}"#).unwrap();
    let written = serde_json::to_value(&value).unwrap();
    assert_eq!(written, serde_json::json!({"id": "i", "b": "x"}));
}

/// All properties are written back, and only declared ones decide about the variant.
#[test]
fn what_is_kept_beside_tells_nothing() {
    let value: kept::Newer = kept::from_json(br#"{"id":"i","b":"x","new":1}"#).unwrap();
    assert!(matches!(&value, kept::Newer::Variant2(it) if it.b.as_deref() == Some("x")));
    let written = serde_json::to_value(&value).unwrap();
    assert_eq!(written, serde_json::json!({"id": "i", "b": "x", "new": 1}));
    let overlapping = br#"{"email":"a","phone":"1","new":1}"#;
    let value: kept::OnlyOne = kept::from_json(overlapping).unwrap();
    assert!(kept::Validate::validate(&value).is_err());
    let only = kept::from_json::<kept::OnlyOne>(br#"{"email":"a","new":1}"#).unwrap();
    assert!(kept::Validate::validate(&only).is_ok());
}

#[test]
fn several_at_once_may_be_accepted_whoever_counts_them() {
    let both = from_json::<OnlyOneWithin>(br#"{"a":"1","b":"2"}"#).unwrap();
    assert!(both.validate().is_err());
    assert!(Validator::accepting_overlaps(|| both.validate()).is_ok());
    let both = from_json::<OnlyOne>(br#"{"phone":"1","email":"2"}"#).unwrap();
    assert!(Validator::accepting_overlaps(|| both.validate()).is_ok());
}

#[test]
fn look_alikes_are_told_apart_by_the_tag_that_neither_declares() {
    let value: Tagged = from_json(br#"{"is":"dog","size":1}"#).unwrap();
    assert!(matches!(value, Tagged::Barks(_)));
}

#[test]
fn what_tells_a_variant_from_others_is_set_by_new() {
    let pet = Pet::from(Cat::new(5).lives(9));
    let written = serde_json::to_value(&pet).unwrap();
    assert_eq!(
        written,
        serde_json::json!({"kind": "cat", "id": 5, "lives": 9})
    );
    let animal = Animal::Doggy(Box::new(Doggy::new(3)));
    let written = serde_json::to_value(&animal).unwrap();
    assert_eq!(written, serde_json::json!({"petType": "d", "pack": 3}));
    takes::<Animal>(r#"{"petType":"d","pack":3}"#);
    refuses::<Animal>(r#"{"petType":3,"pack":3}"#);
}

/// A reference to the middle of a chain of inheritance accepts what is derived from it.
#[test]
fn subtypes_survive_in_the_place_of_their_base() {
    let smart = r#"{"salmon":{"petType":"SmartSalmon","river":"r","degree":"d"}}"#;
    let caught: Catch = from_json(smart.as_bytes()).unwrap();
    assert!(matches!(&caught.salmon, Some(Salmon::SmartSalmon(it)) if it.degree.is_some()));
    takes::<Catch>(smart);
    takes::<Animal>(r#"{"petType":"SmartSalmon","river":"r","degree":"d"}"#);
    let salmon = SalmonBase::new().river("r");
    let written = serde_json::to_value(Salmon::Salmon(salmon)).unwrap();
    assert_eq!(
        written,
        serde_json::json!({"petType": "Salmon", "river": "r"})
    );
}

#[test]
fn what_tells_a_variant_is_set_where_it_may_be_left_out() {
    let vehicles = [
        Vehicle::from(Bike::default().gears(3)),
        Tram::new("1").into(),
    ];
    let written = serde_json::to_value(&vehicles).unwrap();
    assert_eq!(
        written,
        serde_json::json!([{"kind": "bike", "gears": 3}, {"kind": "tram", "line": "1"}])
    );
    takes::<Vec<Vehicle>>(&written.to_string());
}

#[test]
fn constants_are_set_and_nothing_else_is_read() {
    let written = serde_json::to_value(Fixed::new()).unwrap();
    let fixed = serde_json::json!({"kind": "fixed", "version": -2, "on": true, "ratio": -1.5, "nothing": null});
    assert_eq!(written, fixed);
    takes::<Fixed>(&fixed.to_string());
    let changed = |name: &str, other: Value| {
        let mut changed = fixed.clone();
        changed[name] = other;
        let read = from_json::<Fixed>(changed.to_string().as_bytes());
        read.unwrap_err().to_string()
    };
    for (name, other) in [
        ("kind", "loose".into()),
        ("version", 3.into()),
        ("size", 2.into()),
        ("on", false.into()),
        ("ratio", 1.5.into()),
        ("off", true.into()),
        ("share", 2.5.into()),
        ("sure", false.into()),
    ] {
        let error = changed(name, other);
        assert_eq!(error, format!("/{name}: is not one of the listed values"));
    }
    assert!(changed("nothing", 1.into()).starts_with("/nothing: "));
    assert!(changed("on", 1.into()).starts_with("/on: invalid type"));
    assert!(changed("on", Value::Null).starts_with("/on: invalid type"));
    for (name, value) in [
        ("off", Value::from(false)),
        ("share", 0.25.into()),
        ("sure", true.into()),
        ("sure", Value::Null),
    ] {
        let mut more = fixed.clone();
        more[name] = value;
        from_json::<Fixed>(more.to_string().as_bytes()).unwrap();
    }
    takes::<Decided>(r#"{"decided":null}"#);
    takes::<Decided>(r#"{"decided":true}"#);
    let error = from_json::<Decided>(br#"{"decided":false}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/decided: is not one of the listed values"
    );
}

#[test]
fn a_flag_with_one_value_tells_variants_apart() {
    for (done, json) in [(true, r#"{"done":true}"#), (false, r#"{"done":false}"#)] {
        let read = from_json::<DoneOrNot>(json.as_bytes()).unwrap();
        assert_eq!(matches!(read, DoneOrNot::IsDone(_)), done);
        takes::<DoneOrNot>(json);
    }
}

/// More properties than bits of a word, and a name that JSON escapes.
#[test]
fn properties_are_found_however_many_there_are() {
    let mut wide = serde_json::Map::new();
    for number in 1..=70 {
        wide.insert(format!("p{number:02}"), number.into());
    }
    wide.insert("q\"\\\u{e9}".to_owned(), "q".into());
    let text = Value::from(wide.clone()).to_string();
    let read: Wide = from_json(text.as_bytes()).unwrap();
    assert_eq!(
        (read.p01, read.p63, read.p64, read.p70),
        (1, Some(63), 64, 70)
    );
    assert_eq!(
        serde_json::to_value(&read).unwrap(),
        Value::from(wide.clone())
    );
    let escaped = text
        .replace("p65", "\\u0070\\u0036\\u0035")
        .replace('é', "\\u00e9");
    assert_ne!(escaped, text);
    assert_eq!(from_json::<Wide>(escaped.as_bytes()).unwrap(), read);
    for missing in ["p01", "p64", "p65", "p70", "q\"\\\u{e9}"] {
        let mut without = wide.clone();
        without.remove(missing);
        let error = from_json::<Wide>(Value::from(without).to_string().as_bytes()).unwrap_err();
        assert!(error.to_string().contains("missing"), "{missing}: {error}");
    }
    for again in ["p01", "p64", "p65", "p66"] {
        let twice = text.replacen('{', &format!("{{\"{again}\":1,"), 1);
        let error = from_json::<Wide>(twice.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("duplicate"), "{again}: {error}");
    }
}
