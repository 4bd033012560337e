//! Whether cost grows with the document and no faster: `cargo bench -p specwright --bench linear [SHAPE…]`.
//!
//! Makes documents of a size, twice and four times that, in shapes that would show what is quadratic: wide, deep, chained, colliding.
//! Prints microseconds per item, from text to formatted files, messages included. Fails if an item of the greatest costs more than
//! three times what one of the smallest does, which a busy machine may bring about: look at the figures before the code.

use serde_json::{Map, Value, json};
use specwright::config::{Options, PackageName};
use specwright::diag::Diagnostics;
use specwright::diag::render::{Format, render};
use specwright::source::Sources;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A name, how many items the smallest document has, and what makes a document of so many.
type Shape = (&'static str, usize, fn(usize) -> Value);

const SHAPES: [Shape; 27] = [
    ("paths", 1_000, paths),
    ("tags", 1_000, tags),
    ("path-depth", 60, path_depth),
    ("path-parameters", 60, path_parameters),
    ("pattern", 10_000, pattern),
    ("schemas", 2_000, schemas),
    ("properties", 5_000, properties),
    ("required", 5_000, required),
    ("all-of-parts", 5_000, all_of_parts),
    ("quotes", 2_000, quotes),
    ("nested", 2_000, nested),
    ("ref-chain", 2_000, |n| {
        chain(n, |next| json!({"$ref": next}))
    }),
    ("ref-fan", 5_000, ref_fan),
    ("list-chain", 2_000, |n| {
        chain(n, |next| json!({"type": "array", "items": {"$ref": next}}))
    }),
    ("list-circle", 2_000, list_circle),
    ("object-circle", 2_000, object_circle),
    ("all-of-chain", 30, |n| {
        chain(n, |next| json!({"allOf": [{"$ref": next}, object("more")]}))
    }),
    ("all-of-children", 1_000, |n| children(n, false)),
    ("discriminator", 1_000, |n| children(n, true)),
    ("one-of", 1_000, one_of),
    ("enum", 10_000, enumeration),
    ("collisions", 1_000, collisions),
    ("property-collisions", 1_000, property_collisions),
    ("equal-objects", 2_000, equal_objects),
    ("description", 20_000, description),
    ("example", 20_000, example),
    ("messages", 2_000, messages),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    let mut linear = true;
    println!(
        "{:20} {:>7} {:>9} {:>9} {:>9}  µs per item",
        "shape", "n", "n", "2n", "4n"
    );
    for (name, count, make) in SHAPES {
        if !(wanted.is_empty() || wanted.iter().any(|wanted| wanted == name)) {
            continue;
        }
        let each = [1, 2, 4].map(|times| per_item(count * times, make));
        let grows = each[2] > 3.0 * each[0];
        linear &= !grows;
        let mark = if grows { "  grows" } else { "" };
        println!(
            "{name:20} {count:7} {:9.1} {:9.1} {:9.1}{mark}",
            each[0], each[1], each[2]
        );
    }
    if linear {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Microseconds per item: the best of three runs, so that what else the machine does counts little.
fn per_item(count: usize, make: fn(usize) -> Value) -> f64 {
    let text = make(count).to_string();
    let best = (0..3).map(|_| time(&text)).min().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "it is printed")]
    let count = count as f64;
    best.as_secs_f64() * 1e6 / count
}

/// How long it takes from the text of a document to the text of every file, of its IR, of every message as a program reads it, and to
/// find no difference to itself.
fn time(text: &str) -> Duration {
    let start = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("openapi.json", text)], &mut diagnostics);
    let options = Options::new(PackageName::of_path(Path::new("x")));
    let output = entry.and_then(|entry| {
        specwright::pipeline::compile(&sources, entry, &options, &mut diagnostics)
    });
    let messages = render(&diagnostics, &sources, Format::Json, false);
    let read = entry
        .and_then(|entry| specwright::pipeline::read(&sources, entry, &options, &mut diagnostics));
    let api = read.map(|document| specwright::lower::lower(&document, &mut diagnostics));
    let texts = api.map(|api| (api.dump(), specwright::compare::run(&api, &api).to_string()));
    std::hint::black_box((output, messages, texts));
    start.elapsed()
}

fn document(paths: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// Schemas, and one operation beside them.
fn with_schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> Value {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    document(&json!({"/x": {"get": operation("getX")}}), &schemas.into())
}

fn operation(id: &str) -> Value {
    json!({"operationId": id, "responses": {"204": {"description": "done"}}})
}

fn object(property: &str) -> Value {
    json!({"type": "object", "properties": {property: {"type": "string"}}})
}

fn reference(index: usize) -> String {
    format!("#/components/schemas/S{index}")
}

fn paths(n: usize) -> Value {
    let paths = (0..n).map(|index| {
        let mut operation = operation(&format!("get{index}"));
        operation["parameters"] =
            json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
        (
            format!("/group{}/thing{index}/{{id}}", index % 10),
            json!({"get": operation}),
        )
    });
    document(&paths.collect::<Map<_, _>>().into(), &json!({}))
}

fn tags(n: usize) -> Value {
    let paths = (0..n).map(|index| {
        let mut operation = operation(&format!("get{index}"));
        operation["tags"] = json!([format!("tag {index}")]);
        (format!("/thing{index}"), json!({"get": operation}))
    });
    document(&paths.collect::<Map<_, _>>().into(), &json!({}))
}

fn path_depth(n: usize) -> Value {
    let paths = (1..n).map(|depth| {
        (
            "/a".repeat(depth),
            json!({"get": operation(&format!("get{depth}"))}),
        )
    });
    document(&paths.collect::<Map<_, _>>().into(), &json!({}))
}

fn path_parameters(n: usize) -> Value {
    let names: Vec<String> = (0..n).map(|index| format!("p{index}")).collect();
    let of_name = |name: &String| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    let mut operation = operation("get");
    operation["parameters"] = names.iter().map(of_name).collect();
    let path = format!("/{{{}}}", names.join("}/{"));
    document(&json!({path: {"get": operation}}), &json!({}))
}

fn pattern(n: usize) -> Value {
    let words: Vec<String> = (0..n).map(|index| format!("word{index}")).collect();
    let text = json!({"type": "string", "pattern": format!("^({})$", words.join("|"))});
    with_schemas([(
        "S".to_owned(),
        json!({"type": "object", "properties": {"a": text}}),
    )])
}

fn schemas(n: usize) -> Value {
    with_schemas((0..n).map(|index| (format!("S{index}"), object(&format!("property{index}")))))
}

fn properties(n: usize) -> Value {
    let properties = (0..n).map(|index| (format!("p{index}"), json!({"type": "integer"})));
    let properties: Map<_, _> = properties.collect();
    with_schemas([(
        "S".to_owned(),
        json!({"type": "object", "properties": properties}),
    )])
}

/// Half of them properties, half only named.
fn required(n: usize) -> Value {
    let properties = (0..n / 2).map(|index| (format!("p{index}"), json!({"type": "string"})));
    let properties: Map<String, Value> = properties.collect();
    let required: Vec<String> = (0..n).map(|index| format!("p{index}")).collect();
    let object = json!({"type": "object", "required": required, "properties": properties});
    with_schemas([("A".to_owned(), object)])
}

/// Each with something to say of one property, and of one of its own.
fn all_of_parts(n: usize) -> Value {
    let parts = (0..n).map(|index| {
        json!({"properties": {"a": {"minLength": index}, format!("p{index}"): {"type": "string"}}})
    });
    let parts: Vec<Value> = parts.collect();
    with_schemas([("A".to_owned(), json!({"allOf": parts}))])
}

/// Within one another.
fn quotes(n: usize) -> Value {
    let text = "> ".repeat(n) + "deep";
    with_schemas([(
        "A".to_owned(),
        json!({"type": "object", "description": text}),
    )])
}

/// Objects in objects, as deep as files may nest, side by side.
fn nested(n: usize) -> Value {
    const DEPTH: usize = 50;
    let one = |index: usize| {
        let inner = json!({"type": "string"});
        let nested = (0..DEPTH).fold(inner, |inner, depth| {
            json!({"type": "object", "properties": {format!("p{}", index * DEPTH + depth): inner}})
        });
        (format!("S{index}"), nested)
    };
    with_schemas((0..n / DEPTH).map(one))
}

fn chain(n: usize, link: impl Fn(String) -> Value) -> Value {
    let links = (0..n).map(|index| (format!("S{index}"), link(reference(index + 1))));
    with_schemas(links.chain([(format!("S{n}"), object("end"))]))
}

fn ref_fan(n: usize) -> Value {
    let properties = (0..n).map(|index| {
        (
            format!("p{index}"),
            json!({"$ref": "#/components/schemas/A"}),
        )
    });
    let properties: Map<_, _> = properties.collect();
    let whole = json!({"type": "object", "properties": properties});
    with_schemas([("A".to_owned(), object("a")), ("Whole".to_owned(), whole)])
}

fn list_circle(n: usize) -> Value {
    with_schemas((0..n).map(|index| {
        let next = reference((index + 1) % n);
        (
            format!("S{index}"),
            json!({"type": "array", "items": {"$ref": next}}),
        )
    }))
}

fn object_circle(n: usize) -> Value {
    with_schemas((0..n).map(|index| {
        let next = reference((index + 1) % n);
        let schema =
            json!({"type": "object", "required": ["next"], "properties": {"next": {"$ref": next}}});
        (format!("S{index}"), schema)
    }))
}

fn children(n: usize, tagged: bool) -> Value {
    let mut base =
        json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}});
    if tagged {
        base["discriminator"] = json!({"propertyName": "kind"});
    }
    let child = |index| {
        let own = object(&format!("p{index}"));
        (
            format!("S{index}"),
            json!({"allOf": [{"$ref": "#/components/schemas/Base"}, own]}),
        )
    };
    with_schemas(
        [("Base".to_owned(), base)]
            .into_iter()
            .chain((0..n).map(child)),
    )
}

fn one_of(n: usize) -> Value {
    let variants: Vec<Value> = (0..n)
        .map(|index| json!({"$ref": reference(index)}))
        .collect();
    let members = (0..n).map(|index| {
        let own = json!({"type": "object", "required": [format!("p{index}")], "properties": {format!("p{index}"): {"type": "string"}}});
        (format!("S{index}"), own)
    });
    with_schemas(members.chain([("Any".to_owned(), json!({"oneOf": variants}))]))
}

fn enumeration(n: usize) -> Value {
    let values: Vec<String> = (0..n).map(|index| format!("value {index}")).collect();
    let words = json!({"type": "string", "enum": values, "x-enum-descriptions": values});
    with_schemas([("E".to_owned(), words)])
}

/// Different names that are one in Rust.
fn colliding(n: usize) -> impl Iterator<Item = String> {
    (0..n).map(|index| {
        let bits = (0..17).map(|bit| if index >> bit & 1 == 1 { 'A' } else { 'a' });
        let name = bits.flat_map(|letter| [letter, '-']);
        std::iter::once('x').chain(name).collect()
    })
}

fn collisions(n: usize) -> Value {
    with_schemas(colliding(n).map(|name| (name, object("a"))))
}

fn property_collisions(n: usize) -> Value {
    let properties: Map<_, _> = colliding(n)
        .map(|name| (name, json!({"type": "string"})))
        .collect();
    with_schemas([(
        "S".to_owned(),
        json!({"type": "object", "properties": properties}),
    )])
}

fn equal_objects(n: usize) -> Value {
    let properties: Map<_, _> = (0..n)
        .map(|index| (format!("p{index}"), object("same")))
        .collect();
    with_schemas([(
        "S".to_owned(),
        json!({"type": "object", "properties": properties}),
    )])
}

fn description(n: usize) -> Value {
    let mut schema = object("a");
    schema["description"] = json!("A *word* of `many`. ".repeat(n));
    with_schemas([("S".to_owned(), schema)])
}

fn example(n: usize) -> Value {
    let mut schema = object("a");
    schema["example"] = json!(vec![json!({"a": [1, true, null, "text"]}); n]);
    with_schemas([("S".to_owned(), schema)])
}

/// A document that a message is about in every place.
fn messages(n: usize) -> Value {
    with_schemas((0..n).map(|index| {
        let odd = json!({"type": "object", "required": ["missing"], "properties": {"a": {"type": "boolean", "default": "yes"}}});
        (format!("S{index}"), odd)
    }))
}
