//! The targets of actions: JSONPath queries (RFC 9535) → the pointers of what they select.
//!
//! A query is a small program that somebody else may have written, so its size, its nesting and what it may cost are limited beforehand.

use serde_json::Value as Json;
use serde_json_path::{JsonPath, NormalizedPath};
use std::collections::HashSet;

/// The longest query in bytes, and the deepest nesting of brackets.
const LONGEST: usize = 4_096;
const DEEPEST: usize = 32;
/// The most values that a query may visit, as far as its text and the size of the description tell.
const DEAREST: u64 = 1_000_000_000;
/// How much a search below each of many values costs, as a multiple of their number: a value is below as many others as it is deep.
const BELOW: u64 = 32;

/// The pointers of what a query selects, each once; `size` is the number of values. An error is the reason why it can't be asked.
pub(super) fn select(query: &str, root: &Json, size: u64) -> Result<Vec<String>, String> {
    if query.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let Weight { deepest, cost } = weigh(query, size);
    if deepest > DEEPEST {
        return Err(format!(
            "its brackets are nested deeper than {DEEPEST} levels"
        ));
    }
    let parsed = JsonPath::parse(query).map_err(|error| error.to_string())?;
    if cost > DEAREST {
        return Err("it may visit too many values of this description".to_owned());
    }
    let mut seen = HashSet::new();
    let found = parsed.query_located(root);
    let found = found.locations().map(NormalizedPath::to_json_pointer);
    Ok(found.filter(|path| seen.insert(path.clone())).collect())
}

/// What a query may come to.
struct Weight {
    deepest: usize,
    cost: u64,
}

/// Multiplies what may be selected several times: a search below everything (`..`), all of it again for each value that a filter looks at,
/// and each of several selectors in brackets.
fn weigh(query: &str, size: u64) -> Weight {
    let (mut open, mut deepest, mut cost) = (0_usize, 0, 1_u64);
    // Whether the query that is being read has searched already, and whether it begins within a filter.
    let (mut searched, mut within) = (false, false);
    let mut quote = None;
    let mut characters = query.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\\', Some(_)) => drop(characters.next()),
            (_, Some(begin)) => quote = quote.filter(|_| character != begin),
            ('"' | '\'', None) => quote = Some(character),
            ('[' | '(', None) => {
                open += 1;
                deepest = deepest.max(open);
            }
            (']' | ')', None) => open = open.saturating_sub(1),
            (',', None) => cost = cost.saturating_mul(2),
            ('$', None) => (searched, within) = (false, open > 0),
            ('.', None) if characters.peek() == Some(&'.') => {
                characters.next();
                let factor = if searched { BELOW } else { size.max(1) };
                cost = cost.saturating_mul(factor);
                searched = true;
            }
            ('*', None) if within && !searched => {
                cost = cost.saturating_mul(size.max(1));
                searched = true;
            }
            _ => {}
        }
    }
    Weight { deepest, cost }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn queries_select_pointers() {
        let root =
            json!({"paths": {"/a": {"get": {"tags": ["x", "y"]}, "put": {}}, "/b~c": {"get": {}}}});
        let select = |query| super::select(query, &root, 10);
        for (query, found) in [
            ("$", &[""][..]),
            ("$.paths['/a'].get", &["/paths/~1a/get"]),
            ("$.paths.*.get", &["/paths/~1a/get", "/paths/~1b~0c/get"]),
            (
                "$.paths[?@.put].get.tags[?@ == 'y']",
                &["/paths/~1a/get/tags/1"],
            ),
            ("$.paths['/a','/a'].put", &["/paths/~1a/put"]),
            ("$..tags[-1:]", &["/paths/~1a/get/tags/1"]),
            ("$.none", &[]),
        ] {
            assert_eq!(select(query).unwrap(), found, "{query}");
        }
        for query in [
            "",
            "paths",
            "$.paths[",
            "$.x-y",
            "$[?@.x-oai]",
            "$ ",
            "$.paths.*.get]",
        ] {
            assert!(!select(query).unwrap_err().is_empty(), "{query}");
        }
    }

    #[test]
    fn what_would_take_for_ever_is_not_asked() {
        let root = json!({"a": 1});
        let refused = |query: &str, size, words: &str| {
            let reason = select(query, &root, size).unwrap_err();
            assert!(reason.contains(words), "{query}: {reason}");
        };
        refused(&("$".to_owned() + &".a".repeat(4_000)), 1, "longer than");
        let nested = "$[?".to_owned() + &"(".repeat(100) + "@.a" + &")".repeat(100) + "]";
        refused(&nested, 1, "nested deeper");
        refused(&("$".to_owned() + &"['a','a']".repeat(100)), 1, "too many");
        refused("$..[?$..a]", 1_000_000, "too many");
        refused("$..[?$.*.a]", 1_000_000, "too many");
        refused(&("$".to_owned() + &"..*".repeat(10)), 1_000, "too many");
        // What people write isn't dear.
        for query in [
            "$..*",
            "$..[?@['x-internal']==true]",
            "$..[?@..$ref]",
            "$['a,b','c..d']..x",
        ] {
            let Weight { cost, .. } = weigh(query, 1_000_000);
            assert!(cost <= DEAREST, "{query}");
        }
        assert!(select("$..[?$..a]", &root, 2).is_ok());
    }
}
