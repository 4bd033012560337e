//! Constraints of whole values, by tables.

use serde_json::{Value, json};
use specwright_templates::types::{Json, Pattern, Rule, Rules, Validate, Validator, Violations};
use std::time::{Duration, Instant};

static ANYTHING: Rules = Rules(&[]);
static NOTHING: Rules = Rules(&[Rule::Never]);
static BIG: Rules = Rules(&[Rule::AtLeast(Json::Int(10))]);
static TEXT: Rules = Rules(&[Rule::Type(&["string"])]);

/// The violations of a value, each with its pointer.
fn broken(rules: &'static Rules, value: &Value) -> Vec<String> {
    let mut v = Validator::default();
    v.rules(value, rules);
    match v.finish() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.iter().map(ToString::to_string).collect(),
    }
}

static KIND_IS_BIG: Rules = Rules(&[
    Rule::Required(&["kind"]),
    Rule::Properties(&[("kind", &IS_BIG)]),
]);
static IS_BIG: Rules = Rules(&[Rule::OneOf(&[Json::Text("big")])]);
static WEIGHS: Rules = Rules(&[
    Rule::Required(&["weight"]),
    Rule::Properties(&[("weight", &BIG)]),
]);
static PARCEL: Rules = Rules(&[Rule::If(&KIND_IS_BIG, &WEIGHS, &NO_CRANE)]);
static NO_CRANE: Rules = Rules(&[Rule::Not(&CRANE)]);
static CRANE: Rules = Rules(&[Rule::Required(&["crane"])]);

#[test]
fn a_condition_names_what_its_branch_wants_at_its_place() {
    let none: [&str; 0] = [];
    assert_eq!(
        broken(&PARCEL, &json!({"kind": "big", "weight": 10.0})),
        none
    );
    assert_eq!(
        broken(&PARCEL, &json!({"kind": "big", "weight": 3})),
        ["/weight: must be at least 10"]
    );
    assert_eq!(
        broken(&PARCEL, &json!({"kind": "big"})),
        ["must have weight"]
    );
    assert_eq!(
        broken(&PARCEL, &json!({"crane": true})),
        ["must not be as `not` says"]
    );
    assert_eq!(
        broken(&PARCEL, &json!("big")),
        none,
        "of another kind nothing is said"
    );
}

static X: Pattern = Pattern::new("^x-");
static HAS_B: Rules = Rules(&[
    Rule::Required(&["b"]),
    Rule::Properties(&[("b", &ANYTHING)]),
]);
static HAS_C: Rules = Rules(&[Rule::Required(&["c"]), Rule::Properties(&[("c", &TEXT)])]);
static CLOSED: Rules = Rules(&[
    Rule::Properties(&[("a", &ANYTHING)]),
    Rule::Matching(&[(&X, &TEXT)]),
    Rule::Any(&[&ANYTHING, &HAS_B, &HAS_C]),
    Rule::UnevaluatedProperties(&NOTHING),
]);

#[test]
fn what_only_a_branch_that_fails_knows_is_not_evaluated() {
    let none: [&str; 0] = [];
    assert_eq!(
        broken(&CLOSED, &json!({"a": 1, "b": 2, "c": "3", "x-y": ""})),
        none
    );
    assert_eq!(
        broken(&CLOSED, &json!({"a": 1, "c": 3})),
        ["/c: is not allowed"]
    );
    assert_eq!(
        broken(&CLOSED, &json!({"x-y": 1})),
        ["/x-y: must be string"]
    );
}

static LIST: Rules = Rules(&[
    Rule::Prefix(&[&TEXT]),
    Rule::Contains(&BIG_NUMBER, 1, Some(2)),
    Rule::UnevaluatedItems(&TEXT),
]);
static BIG_NUMBER: Rules = Rules(&[Rule::Type(&["integer"]), Rule::AtLeast(Json::Int(10))]);

#[test]
fn items_are_counted_and_the_others_told() {
    let none: [&str; 0] = [];
    assert_eq!(broken(&LIST, &json!(["a", 10, "b", 12.0])), none);
    assert_eq!(
        broken(&LIST, &json!(["a", 10, 11, 12])),
        ["must have 1 to 2 items as `contains` says"]
    );
    assert_eq!(broken(&LIST, &json!(["a", 10, 3])), ["/2: must be string"]);
}

/// Each level may match in two ways, each of which checks the level below.
static TWO_WAYS: Rules = Rules(&[Rule::Any(&[&LEFT, &RIGHT])]);
static LEFT: Rules = Rules(&[Rule::Items(0, &TWO_WAYS), Rule::MinItems(2)]);
static RIGHT: Rules = Rules(&[Rule::Items(0, &TWO_WAYS), Rule::MaxItems(0)]);

#[test]
fn what_can_be_looked_at_in_several_ways_takes_no_longer() {
    let mut value = json!("x");
    for _ in 0..120 {
        value = json!([value]);
    }
    let begun = Instant::now();
    assert!(!broken(&TWO_WAYS, &value).is_empty());
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "2 to the power of 120 ways"
    );
}

/// A schema that applies itself to the same value.
static OF_ITSELF: Rules = Rules(&[Rule::All(&[&OF_ITSELF]), Rule::Type(&["string"])]);

#[test]
fn what_applies_itself_to_the_same_value_ends() {
    assert!(broken(&OF_ITSELF, &json!("x")).is_empty());
    assert_eq!(broken(&OF_ITSELF, &json!(1)).len(), 1);
}

/// A type with a property that is required in requests only, and one in responses only.
struct User {
    password: Option<String>,
    id: Option<i64>,
}

impl Validate for User {
    fn validate_at(&self, v: &mut Validator) {
        v.wanted_of_request("password", self.password.is_some());
        v.wanted_of_response("id", self.id.is_some());
    }
}

#[test]
fn each_direction_has_to_have_what_the_other_leaves_out() {
    let told = |result: Result<(), Violations>| result.map_err(|broken| broken.to_string());
    let sent = User {
        password: Some("p".to_owned()),
        id: None,
    };
    assert_eq!(told(sent.validate()), Ok(()));
    assert_eq!(told(sent.validate_request()), Ok(()));
    let missing = "/id: required property is missing".to_owned();
    assert_eq!(told(sent.validate_response()), Err(missing));
    let answered = User {
        password: None,
        id: Some(1),
    };
    assert_eq!(told(answered.validate_response()), Ok(()));
    let missing = "/password: required property is missing".to_owned();
    assert_eq!(told(answered.validate_request()), Err(missing));
}
