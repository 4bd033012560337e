//! Writes values as a table. Needs `json.rs`.

use super::Json;

/// Greatest width of a cell in characters.
const WIDEST: usize = 60;

/// A list of objects as a table with a column for each name, an object with a row for each, anything else as JSON.
pub(crate) fn table(value: &Json<'_>) -> String {
    match value {
        Json::List(items) => rows(items).unwrap_or_else(|| cell(value)),
        Json::Object(properties) => {
            let rows = properties.iter();
            let rows = rows.map(|(name, value)| vec![cell(&Json::Plain(name)), cell(value)]);
            aligned(&rows.collect::<Vec<_>>())
        }
        Json::Plain(_) => cell(value),
    }
}

/// A row for each item, if all are objects.
fn rows(items: &[Json<'_>]) -> Option<String> {
    let objects = items.iter().map(|item| match item {
        Json::Object(properties) => Some(properties),
        Json::Plain(_) | Json::List(_) => None,
    });
    let objects: Vec<_> = objects.collect::<Option<_>>()?;
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in objects.iter().copied().flatten() {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let head = names.iter();
    let head = head.map(|name| cell(&Json::Plain(name)).to_uppercase());
    let mut rows: Vec<Vec<String>> = vec![head.collect()];
    for object in objects {
        let cells = names.iter().map(|name| {
            let found = object.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| cell(value)).unwrap_or_default()
        });
        rows.push(cells.collect());
    }
    Some(aligned(&rows))
}

fn cell(value: &Json<'_>) -> String {
    let text = match value {
        Json::Plain("null") => String::new(),
        value => value
            .as_str()
            .map_or_else(|| value.line(), |text| text.into_owned()),
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
