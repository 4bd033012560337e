//! The texts that are read, written and sent.

use serde_json::{Value, json};

/// An app, as the server returns it.
pub fn app(number: usize) -> Value {
    json!({
        "id": format!("app{number:023}"),
        "creator_id": "8ak3qwxyztr5xfkxj6g1u7e4wo",
        "name": format!("Calendar {number}"),
        "description": "Shows what is \"next\", and where.",
        "icon_url": null,
        "callback_urls": ["https://calendar.example/callback", "https://calendar.example/back"],
        "homepage": "https://calendar.example",
        "is_trusted": number % 2 == 0,
        "rating": 4.25,
        "create_at": 1_700_000_000_000_i64 + i64::try_from(number).unwrap_or(0),
        "update_at": 1_700_000_000_001_i64,
    })
}

/// A list of apps, as text.
pub fn apps(count: usize) -> String {
    text(&Value::Array((0..count).map(app).collect()))
}

/// A valid new app, as text.
pub fn new_app() -> String {
    text(&json!({
        "name": "Calendar",
        "description": "Shows what is next.",
        "homepage": "https://calendar.example",
        "callback_urls": ["https://calendar.example/callback"],
        "is_trusted": true,
    }))
}

/// A new app without the name that it needs, as text.
pub fn nameless_app() -> String {
    text(&json!({"name": "", "callback_urls": ["https://calendar.example/callback"]}))
}

/// An error body, as text.
pub fn app_error() -> String {
    text(&json!({
        "id": "app.not_found",
        "message": "There is no such app.",
        "request_id": "9kd3a6tm1pgn5xk1nqnxjbmb1y",
        "status_code": 404,
    }))
}

/// Shapes of each kind in turn, as text.
pub fn drawing() -> String {
    let shapes = (0..60).map(|number| {
        let id = format!("shape-{number}");
        match number % 3 {
            0 => json!({"kind": "Circle", "id": id, "x": 1.5, "y": 2.5, "radius": 10.25}),
            1 => json!({"kind": "Rectangle", "id": id, "x": 1.5, "y": 2.5, "width": 3.5, "height": 4.5, "label": "box"}),
            _ => json!({"kind": "Text", "id": id, "x": 1.5, "y": 2.5, "text": "words", "size": 12}),
        }
    });
    // Most servers write what tells kinds apart first.
    let shapes: Vec<String> = shapes
        .map(|shape| {
            let Value::Object(mut shape) = shape else {
                return String::new();
            };
            let kind = shape.remove("kind").unwrap_or_default();
            let rest = text(&Value::Object(shape));
            format!("{{\"kind\":{kind},{}", rest.trim_start_matches('{'))
        })
        .collect();
    format!("{{\"shapes\":[{}]}}", shapes.join(","))
}

/// Cells of each kind in turn, as text.
pub fn sheet() -> String {
    let cells = (0..60).map(|number| match number % 4 {
        0 => json!(format!("cell {number}")),
        1 => json!(number),
        2 => json!(true),
        _ => json!({"kind": "Circle", "id": "c", "x": 1.5, "y": 2.5, "radius": 10.25}),
    });
    text(&json!({"cells": cells.collect::<Vec<_>>()}))
}

/// Payments of both kinds, as text.
pub fn payments() -> String {
    let payments = (0..60).map(|number| match number % 2 {
        0 => json!({"number": "4242 4242 4242 4242", "holder": "A. N. Other", "amount": number}),
        _ => json!({"iban": "DE89 3704 0044 0532 0130 00", "holder": "A. N. Other", "amount": number}),
    });
    text(&json!({"payments": payments.collect::<Vec<_>>()}))
}

/// Contacts of both kinds, as text.
pub fn contacts() -> String {
    let contacts = (0..60).map(|number| match number % 2 {
        0 => json!({"id": format!("c{number}"), "mail": "a@mail.example", "language": "en"}),
        _ => json!({"id": format!("c{number}"), "phone": "+49 30 123456", "country": "DE"}),
    });
    text(&json!({"contacts": contacts.collect::<Vec<_>>()}))
}

/// Charges of a customer's id, a customer, and a deleted one, as text.
pub fn charges() -> String {
    let charges = (0..60).map(|number| {
        let customer = match number % 3 {
            0 => json!("cus_NffrFeUfNV2Hib"),
            1 => json!({"id": "cus_1", "object": "customer", "created": 1_680_893_993, "email": "a@mail.example"}),
            _ => json!({"id": "cus_1", "object": "customer", "deleted": true}),
        };
        json!({"id": format!("ch_{number}"), "amount": number, "customer": customer})
    });
    text(&json!({"data": charges.collect::<Vec<_>>()}))
}

fn text(value: &Value) -> String {
    value.to_string()
}
