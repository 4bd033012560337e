//! Writes values as a table. Needs no other file.

use serde_json::Value;

/// Greatest width of a cell in characters.
const WIDEST: usize = 60;

/// A list of objects as a table with a column for each name, an object with a row for each, anything else as JSON.
pub(crate) fn table(value: &Value) -> String {
    match value {
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let mut names: Vec<&str> = Vec::new();
            for name in items
                .iter()
                .filter_map(Value::as_object)
                .flat_map(|one| one.keys())
            {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
            let head = names
                .iter()
                .map(|name| cell(&Value::from(name.to_uppercase())));
            let rows = items.iter().map(|item| {
                let cells = names
                    .iter()
                    .map(|name| item.get(name).map(cell).unwrap_or_default());
                cells.collect()
            });
            aligned(
                &std::iter::once(head.collect())
                    .chain(rows)
                    .collect::<Vec<_>>(),
            )
        }
        Value::Object(object) => {
            let rows = object.iter();
            let rows =
                rows.map(|(name, value)| vec![cell(&Value::from(name.as_str())), cell(value)]);
            aligned(&rows.collect::<Vec<_>>())
        }
        other => cell(other),
    }
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths);
        let cells = cells.map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
