//! Reads the same texts by other readers than serde_json, as generated types and as those with serde's derive: `run.py --readers` counts
//! the instructions.
//!
//! `readers` prints the names of all tasks; `readers NAME ours|by-hand` does one.

use std::hint::black_box;

use serde::de::DeserializeOwned;
use specwright_bench::by_hand::types as hand;
use specwright_bench::shop::types as shop;
use specwright_bench::{Task, counted_by_callgrind, task, types, values};

const TEXTS: [&str; 4] = ["object", "list", "union_by_tag", "union_by_field"];
const READERS: [&str; 3] = ["serde_json", "sonic-rs", "simd-json"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [name, side] = arguments.as_slice() {
        return counted_by_callgrind(&mut named(name, side == "ours"));
    }
    for text in TEXTS {
        for reader in READERS {
            println!("{text}:{reader}");
        }
    }
}

fn named(name: &str, is_ours: bool) -> Task {
    let (text, reader) = name.split_once(':').expect("a text and a reader");
    match text {
        "object" => by::<shop::App, hand::App>(is_ours, reader, values::app(7).to_string()),
        "list" => by::<Vec<shop::App>, Vec<hand::App>>(is_ours, reader, values::apps(60)),
        "union_by_tag" => by::<shop::Drawing, hand::Drawing>(is_ours, reader, values::drawing()),
        _ => by::<shop::Payments, hand::Payments>(is_ours, reader, values::payments()),
    }
}

fn by<Ours: DeserializeOwned, ByHand: DeserializeOwned>(
    is_ours: bool,
    reader: &str,
    text: String,
) -> Task {
    match is_ours {
        true => read::<Ours>(reader, text),
        false => read::<ByHand>(reader, text),
    }
}

fn read<T: DeserializeOwned>(reader: &str, text: String) -> Task {
    match reader {
        "sonic-rs" => task(move || {
            let value: T =
                sonic_rs::from_str(black_box(&text)).expect("the text is one of this type");
            black_box(&value);
        }),
        // It writes into the text, which is copied: so would be that of a response, which others may look at.
        "simd-json" => task(move || {
            let mut bytes = black_box(&text).clone().into_bytes();
            let value: T = simd_json::from_slice(&mut bytes).expect("the text is one of this type");
            black_box(&value);
        }),
        _ => types::read::<T>(text),
    }
}
