//! Reading and writing JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::hint::black_box;

use crate::{Task, task};

/// Reads a text as a type.
pub fn read<T: DeserializeOwned>(text: String) -> Task {
    task(move || {
        let value: T =
            serde_json::from_str(black_box(&text)).expect("the text is one of this type");
        black_box(&value);
    })
}

/// Writes the value that a text is.
pub fn write<T: DeserializeOwned + Serialize + 'static>(text: &str) -> Task {
    let value: T = serde_json::from_str(text).expect("the text is one of this type");
    task(move || {
        black_box(serde_json::to_vec(black_box(&value)).expect("the value can be written"));
    })
}
