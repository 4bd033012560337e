//! Forms: `application/x-www-form-urlencoded`.

use std::time::{Duration, Instant};

use sample_types::*;
use serde_json::{Value, from_value, json};

use crate::code::client::Style;
use crate::code::server::{Kind, Style as Read};
use crate::spots::{Reader, Spot, form};

const FORM: &str = "application/x-www-form-urlencoded";

/// Stripe's style: brackets for anything nested.
const BRACKETS: [(&str, Style); 8] = [
    ("items", Style::DeepObject),
    ("expand", Style::DeepObject),
    ("metadata", Style::DeepObject),
    ("limit", Style::DeepObject),
    ("event", Style::DeepObject),
    ("payment", Style::DeepObject),
    ("rule", Style::DeepObject),
    ("until", Style::DeepObject),
];
const READ_BRACKETS: [(&str, Read, Kind); 8] = [
    ("items", Read::DeepObject, Kind::List),
    ("expand", Read::DeepObject, Kind::List),
    ("metadata", Read::DeepObject, Kind::Object),
    ("limit", Read::DeepObject, Kind::Any),
    ("event", Read::DeepObject, Kind::Object),
    ("payment", Read::DeepObject, Kind::Object),
    ("rule", Read::DeepObject, Kind::Object),
    ("until", Read::DeepObject, Kind::Any),
];

fn charge(value: Value) -> Charge {
    from_value(value).unwrap()
}

fn request(body: impl Into<bytes::Bytes>) -> http::Request<bytes::Bytes> {
    http::Request::post("/")
        .header("content-type", FORM)
        .body(body.into())
        .unwrap()
}

async fn read(body: &str, encodings: &[(&str, Read, Kind)]) -> Result<Charge, Value> {
    let reader = Reader::new(request(body.to_owned()));
    reader
        .form(encodings)
        .await
        .map_err(|problem| problem.to_json())
}

fn written(value: &Charge, encodings: &[(&str, Style)]) -> String {
    let request = form(value, encodings).unwrap();
    assert_eq!(request.headers()["content-type"], FORM);
    String::from_utf8(request.into_body().to_vec()).unwrap()
}

#[tokio::test]
async fn what_nests_has_brackets_where_the_description_says_so() {
    let value = charge(json!({
        "amount": 5, "capture": true, "share": 0.5, "note": "a&b=ü +%",
        "items": [{ "price": "p1", "quantity": 2 }, { "price": "1e3" }],
        "expand": ["customer", "items.price"],
        "metadata": { "order id": "6735", "tags": ["a", "b"] },
    }));
    let body = written(&value, &BRACKETS);
    assert_eq!(
        body.replace("%5B", "[").replace("%5D", "]"),
        "amount=5&capture=true&share=0.5&note=a%26b%3D%C3%BC%20%2B%25\
         &items[0][price]=p1&items[0][quantity]=2&items[1][price]=1e3\
         &expand[0]=customer&expand[1]=items.price\
         &metadata[order%20id]=6735&metadata[tags][0]=a&metadata[tags][1]=b"
    );
    assert_eq!(read(&body, &READ_BRACKETS).await, Ok(value));
    // The same as other clients write it.
    let php = "amount=5&items[0][price]=p1&items[1][price]=p2&expand[]=a&expand[]=b&note=a+b";
    let read = read(php, &READ_BRACKETS).await.unwrap();
    assert_eq!(read.items.map(|items| items.len()), Some(2));
    assert_eq!(read.expand, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(read.note.as_deref(), Some("a b"));
}

#[tokio::test]
async fn without_an_encoding_lists_repeat_and_objects_are_json() {
    let value = charge(json!({
        "amount": 5, "items": [{ "price": "p1" }, { "price": "p2", "quantity": 1 }],
        "expand": ["a,b", "c"], "metadata": { "n": 5, "s": "5" }, "until": null,
    }));
    let body = written(&value, &[]);
    assert_eq!(
        body,
        "amount=5&items=%7B%22price%22%3A%22p1%22%7D&items=%7B%22price%22%3A%22p2%22%2C%22quantity%22%3A1%7D\
         &expand=a%2Cb&expand=c&metadata=%7B%22n%22%3A5%2C%22s%22%3A%225%22%7D"
    );
    let read = read(&body, &[]).await.unwrap();
    let mut value = value;
    value.until = None;
    assert_eq!(read, value, "null isn't written");
    assert_eq!(
        read.metadata.unwrap()["n"],
        5,
        "JSON within a form keeps its kinds"
    );
}

#[tokio::test]
async fn an_encoding_has_the_style_that_it_names() {
    let value = charge(json!({
        "amount": 5, "note": "[5]", "expand": ["a", "b c"], "metadata": { "k": "v" },
    }));
    let encodings = [
        ("amount", Style::Form),
        ("note", Style::Json),
        ("expand", Style::Pipe),
        ("metadata", Style::Json),
    ];
    let body = written(&value, &encodings);
    assert_eq!(
        body,
        "amount=5&note=%22%5B5%5D%22&expand=a%7Cb%20c&metadata=%7B%22k%22%3A%22v%22%7D"
    );
    // A space needs no escape if bars are separators.
    let encodings = [
        ("amount", Read::Form, Kind::Value),
        ("note", Read::Json, Kind::Value),
        ("expand", Read::Pipe, Kind::List),
        ("metadata", Read::Json, Kind::Object),
    ];
    assert_eq!(read(&body, &encodings).await, Ok(value.clone()));
    let error = read("amount=1&metadata=%7B", &encodings).await.unwrap_err();
    assert_eq!(error["errors"][0]["pointer"], "/metadata");
    // Members of a property would become properties of the form, so the object is JSON instead.
    let exploded = written(&value, &[("metadata", Style::FormExploded)]);
    assert!(
        exploded.ends_with("&metadata=%7B%22k%22%3A%22v%22%7D"),
        "{exploded}"
    );
    let encodings = [("metadata", Read::FormExploded, Kind::Object)];
    assert_eq!(read(&exploded, &encodings).await, Ok(value));
}

#[tokio::test]
async fn unions_are_read_from_text_as_they_were_written() {
    for (property, value) in [
        ("limit", json!(true)),
        ("limit", json!(7.5)),
        ("limit", json!("007")),
        ("limit", json!("high")),
        ("limit", json!({ "from": 1, "to": 9 })),
        ("limit", json!([1, 2, 3])),
        ("event", json!({ "kind": "created", "id": "ab" })),
        ("payment", json!({ "kind": "k", "id": "12" })),
        ("payment", json!({ "id": "e", "status_code": 404 })),
        ("rule", json!({ "value": 5, "unit": "m" })),
        ("rule", json!({ "value": 5 })),
        ("rule", json!({ "value": true })),
        ("rule", json!({ "value": false, "places": [3, 1] })),
    ] {
        let value = charge(json!({ "amount": 1, (property): value }));
        for (encodings, reading) in [(&BRACKETS[..], &READ_BRACKETS[..]), (&[], &[])] {
            let body = written(&value, encodings);
            assert_eq!(read(&body, reading).await, Ok(value.clone()), "{body}");
        }
    }
    // An unlisted tag is read, but rejected by validation.
    let unlisted: Event = from_value(json!({ "kind": "unheard-of", "id": "7" })).unwrap();
    let value = Charge::new(1).event(unlisted.clone());
    for (encodings, reading) in [(&BRACKETS[..], &READ_BRACKETS[..]), (&[], &[])] {
        let error = read(&written(&value, encodings), reading).await;
        let expected = json!([{ "pointer": "/event", "detail": "has a tag that isn't listed" }]);
        assert_eq!(error.unwrap_err()["errors"], expected);
    }
    for (style, reading) in [
        (Style::DeepObject, Read::DeepObject),
        (Style::Json, Read::Json),
    ] {
        let request = crate::spots::written(Spot::Query, style, &unlisted).unwrap();
        let event = Reader::new(request).query(reading, Kind::Object).unwrap();
        assert_eq!(event, Some(unlisted.clone()));
    }
    // Text that matches several alternatives becomes the first.
    let text = read("amount=1&limit=true", &[]).await.unwrap();
    assert_eq!(text.limit, Some(Limit::Boolean(true)));
    // Both could be read, but the first would drop the places.
    let rule = read("amount=1&rule[value]=true&rule[places][]=1", &READ_BRACKETS)
        .await
        .unwrap();
    assert_eq!(
        rule.rule,
        Some(Rule::Switch(Switch::new(true).places(vec![1])))
    );
}

#[tokio::test]
async fn errors_have_a_pointer_and_no_value() {
    for (body, pointer, detail) in [
        ("amount=s3cret", "/amount", "must be an integer of 64 bits"),
        ("", "/amount", "required property is missing"),
        ("amount=0", "/amount", "must be at least 1"),
        (
            "amount=1&amount=2",
            "/amount",
            "invalid type: sequence, expected an integer of 64 bits",
        ),
        (
            "amount=1&items[0][price]=p&items[1][quantity]=s3cret",
            "/items/1/quantity",
            "must be an integer of 64 bits",
        ),
        (
            "amount=9223372036854775808",
            "/amount",
            "must be an integer of 64 bits",
        ),
        (
            "amount=1&items[0][quantity]=1",
            "/items/0/price",
            "required property is missing",
        ),
        ("amount=1&items[x", "/items", "is not written as described"),
        ("amount=1&note=%ff", "/note", "is not written as described"),
        ("amount=1&capture=yes", "/capture", "must be true or false"),
    ] {
        let problem = read(body, &READ_BRACKETS).await.unwrap_err();
        assert_eq!(problem["status"], 400);
        assert_eq!(
            problem["errors"],
            json!([{ "pointer": pointer, "detail": detail }]),
            "{body}"
        );
    }
}

#[tokio::test]
async fn other_media_types_and_larger_bodies_are_refused() {
    let json = http::Request::post("/").header("content-type", "application/json");
    let reader = Reader::new(json.body("{}".into()).unwrap());
    assert_eq!(reader.form::<Charge>(&[]).await.unwrap_err().status(), 415);
    let reader = Reader::new(request(vec![b'a'; (4 << 20) + 1]));
    assert_eq!(reader.form::<Charge>(&[]).await.unwrap_err().status(), 413);
    let reader = Reader::new(request(b"amount=\xff".to_vec()));
    assert_eq!(reader.form::<Charge>(&[]).await.unwrap_err().status(), 400);
    let charset = http::Request::post("/").header(
        "content-type",
        "application/x-www-form-urlencoded; charset=UTF-8",
    );
    let reader = Reader::new(charset.body("amount=1".into()).unwrap());
    assert_eq!(reader.form::<Charge>(&[]).await.unwrap().amount, 1);
    assert_eq!(
        Reader::new(request(""))
            .form_optional::<Charge>(&[])
            .await
            .unwrap(),
        None
    );
}

#[test]
fn only_an_object_is_a_form() {
    let error = form(&[1, 2], &[]).unwrap_err();
    assert!(
        error.to_string().ends_with("a form has to be an object"),
        "{error}"
    );
    assert_eq!(form(&Value::Null, &[]).unwrap().body().len(), 0);
}

#[tokio::test]
async fn hostile_forms_cost_no_more_than_their_length() {
    let start = Instant::now();
    // An index doesn't determine the length of a list.
    let far = read(
        "amount=1&expand[999999999]=x&expand[99999999999999999999999]=y",
        &READ_BRACKETS,
    )
    .await
    .unwrap();
    assert_eq!(far.expand, Some(vec!["x".to_owned(), "y".to_owned()]));
    let deep = format!("amount=1&metadata{}=x", "[a]".repeat(10_000));
    assert!(read(&deep, &READ_BRACKETS).await.is_err());
    let many = |pair: &dyn Fn(usize) -> String| {
        let pairs: Vec<String> = (0..100_000).map(pair).collect();
        format!("amount=1&{}", pairs.join("&"))
    };
    let keys = read(
        &many(&|index| format!("metadata[k{index}]=x")),
        &READ_BRACKETS,
    )
    .await
    .unwrap();
    assert_eq!(keys.metadata.map(|metadata| metadata.len()), Some(100_000));
    let items = read(&many(&|index| format!("expand[{index}]=x")), &READ_BRACKETS)
        .await
        .unwrap();
    assert_eq!(items.expand.map(|items| items.len()), Some(100_000));
    let same = read(&many(&|_| "expand[]=x".to_owned()), &READ_BRACKETS)
        .await
        .unwrap();
    assert_eq!(same.expand.map(|items| items.len()), Some(100_000));
    let unknown = read(&many(&|index| format!("x{index}=y")), &READ_BRACKETS)
        .await
        .unwrap();
    assert_eq!(unknown.amount, 1);
    let json = format!("amount=1&metadata={}", "%7B%22a%22%3A".repeat(100_000));
    assert!(read(&json, &READ_BRACKETS).await.is_err());
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}
