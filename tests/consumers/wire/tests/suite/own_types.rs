//! Types of other crates, in bodies, parameters and headers.

use consumer_wire::own::client::headers::XRequestXSeenHeaders;
use consumer_wire::own::client::{Client, Error, TowerTransport};
use consumer_wire::own::server::{Body, Server};
use consumer_wire::own::types::{Invoice, Level, Moment, SeeBody, Validate};
use consumer_wire::{Accountant, Label, Secret};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, from_value, json, to_value};
use std::net::Ipv4Addr;
use time::OffsetDateTime;
use tower_service::Service;
use url::Url;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);

fn client() -> Client {
    let transport = TowerTransport::new(Server::builder(Accountant).build());
    Client::builder("https://own.example")
        .transport(transport)
        .build()
        .unwrap()
}

/// The status and the text of the response for a path.
async fn get(path: &str) -> (StatusCode, String) {
    let request = Request::get(path)
        .header("X-Limit", "1.5")
        .body(Body::empty());
    let mut server = Server::builder(Accountant).build();
    let answer = server.call(request.unwrap()).await.unwrap();
    let status = answer.status();
    let text = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(text.to_vec()).unwrap())
}

fn stamp(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn invoice() -> Value {
    json!({
        "id": "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "total": 12.5,
        "paid": 2.25,
        "price": "1234567890.0987654321",
        "at": null,
        "expires": "2030-01-02T03:04:05Z",
        "day": "2024-02-29",
        "link": "https://example.com/a?b=c",
        "data": "3q2+7w==",
        "stamps": {"first": "2024-02-29T23:59:59Z"},
        "address": "192.0.2.1",
        "moment": 1_700_000_000,
        "level": "high",
        "label": {"text": "urgent"},
        "secret": "hidden",
        "owner": "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "other": "x",
    })
}

#[test]
fn bodies_are_read_into_them_and_written_from_them_as_they_were() {
    let read: Invoice = from_value(invoice()).unwrap();
    assert_eq!(read.id, ID);
    assert_eq!(*read.total, Decimal::new(125, 1));
    assert_eq!(read.price.unwrap().to_string(), "1234567890.0987654321");
    assert_eq!(read.at, Some(None));
    assert_eq!(read.expires.as_ref().unwrap().year(), 2030);
    assert_eq!(read.day.to_string(), "2024-02-29");
    assert_eq!(read.link.as_ref().unwrap().host_str(), Some("example.com"));
    assert_eq!(read.data.as_ref().unwrap()[..], [0xde, 0xad, 0xbe, 0xef]);
    assert_eq!(read.address, Some(Ipv4Addr::new(192, 0, 2, 1)));
    assert_eq!(read.label.as_ref().unwrap().text, "urgent");
    assert_eq!(format!("{:?}", read.secret), "Some(Password(***))");
    assert_eq!(read.owner, Some(ID));
    let moment = Timestamp::from_second(1_700_000_000).unwrap();
    assert_eq!(read.moment, Some(Moment::UnixTime(moment.into())));
    assert!(read.validate().is_ok());
    assert_eq!(to_value(&read).unwrap(), invoice());
    // Their own errors have a place.
    let wrong = |key: &str, value: Value| {
        let mut invoice = invoice();
        invoice[key] = value;
        from_value::<Invoice>(invoice).unwrap_err().to_string()
    };
    assert!(
        wrong("id", json!("x")).starts_with("/id: "),
        "{}",
        wrong("id", json!("x"))
    );
    assert!(wrong("data", json!("%")).starts_with("/data: the text isn't base64"));
    assert!(wrong("expires", json!("2030-01-02 03:04:05.0 +00:00:00")).starts_with("/expires: "));
    assert!(wrong("moment", json!("tomorrow")).starts_with("/moment"));
}

#[test]
fn what_is_derived_in_addition_is_there() {
    let [low, high] = [Level::Low, Level::High];
    assert!(low < high && low.cmp(&high).is_lt());
    let of = |day: &str| Invoice::new(day.parse().unwrap(), ID, Decimal::ONE);
    assert!(
        of("2024-01-01")
            .partial_cmp(&of("2024-01-02"))
            .unwrap()
            .is_lt()
    );
}

#[tokio::test]
async fn parameters_and_headers_are_their_text() {
    let until: OffsetDateTime = OffsetDateTime::from_unix_timestamp(1_893_553_445).unwrap();
    let since = stamp("2024-02-29T12:00:00Z");
    let client = client();
    let call = client.api().find_invoice(ID, until).since(since);
    let call = call.days(["2024-01-01", "2024-02-29"].map(|day| day.parse().unwrap()));
    let answer = call.x_limit(Decimal::new(15, 1)).send().await.unwrap();
    let headers = XRequestXSeenHeaders::try_from(answer.headers()).unwrap();
    assert_eq!((headers.x_request, headers.x_seen), (ID, Some(since)));
    let expected = Invoice::new("2024-02-29".parse().unwrap(), ID, Decimal::new(15, 1));
    assert_eq!(answer.into_body(), expected.expires(until));

    let path = "/invoices/67e55044-10b1-426f-9247-bb680e5fe0c8?until=2030-01-02T03:04:05Z";
    let json = r#"{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","total":1.5,"expires":"2030-01-02T03:04:05Z","day":"1970-01-01"}"#;
    assert_eq!(get(path).await, (StatusCode::OK, json.to_owned()));
    let (status, text) = get("/invoices/7?until=2030-01-02T03:04:05Z").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("must have the format `uuid`"), "{text}");
    let (status, text) = get("/invoices/67e55044-10b1-426f-9247-bb680e5fe0c8?until=soon").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("must be a valid Expiry"), "{text}");
}

#[tokio::test]
async fn forms_and_json_hold_them() {
    let client = client();
    let at = stamp("2024-02-29T12:00:00.5Z");
    let link = client.api().see(SeeBody::new(at).by(ID)).await.unwrap();
    let wanted = format!("https://example.com/{ID}?at=2024-02-29T12:00:00.5Z");
    assert_eq!(link, Url::parse(&wanted).unwrap());
    let body = Invoice::new("2024-02-29".parse().unwrap(), ID, Decimal::ONE)
        .at(at)
        .label(Label {
            text: "x".to_owned(),
        })
        .secret(Secret("y".to_owned()))
        .data(bytes::Bytes::from_static(b"z"));
    let stamps: Result<Vec<Timestamp>, Error<_>> = client.api().add_invoice(body).await;
    assert_eq!(stamps.unwrap(), [at]);
}
