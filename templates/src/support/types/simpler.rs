//! What is simpler than a JSON value. Needs nothing.
#![cfg(feature = "proptest")]

use serde_json::{Number, Value};

/// Values that are simpler at one place, those that are much simpler first. Each is smaller than the value, so that taking one after the
/// other ends.
pub(crate) fn simpler(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(flag) => flag.then_some(Value::Bool(false)).into_iter().collect(),
        Value::Number(number) => numbers(number),
        Value::String(text) => texts(text),
        Value::Array(items) => {
            let half = items.len() / 2;
            let halves = (half > 0).then(|| [items[..half].to_vec(), items[half..].to_vec()]);
            let without = (0..items.len()).map(|at| {
                let mut fewer = items.clone();
                fewer.remove(at);
                fewer
            });
            let fewer = halves.into_iter().flatten().chain(without);
            let within = items
                .iter()
                .enumerate()
                .flat_map(|(at, item)| simpler(item).into_iter().map(move |item| (at, item)));
            let within = within.map(|(at, item)| {
                let mut changed = items.clone();
                changed[at] = item;
                changed
            });
            fewer.chain(within).map(Value::Array).collect()
        }
        Value::Object(members) => {
            let without = members.keys().map(|name| {
                let mut fewer = members.clone();
                fewer.remove(name);
                fewer
            });
            let within = members.iter().flat_map(|(name, member)| {
                simpler(member)
                    .into_iter()
                    .map(move |member| (name, member))
            });
            let within = within.map(|(name, member)| {
                let mut changed = members.clone();
                changed.insert(name.clone(), member);
                changed
            });
            without.chain(within).map(Value::Object).collect()
        }
    }
}

/// Numbers that are nearer to 0, whole ones first.
fn numbers(number: &Number) -> Vec<Value> {
    if let Some(whole) = number.as_i64() {
        let nearer = [0, whole / 2, whole - whole.signum()].map(Value::from);
        let kept = nearer.into_iter().filter(|one| one.as_i64() != Some(whole));
        return kept.collect();
    }
    if let Some(whole) = number.as_u64() {
        return [0, whole / 2, whole - 1].map(Value::from).to_vec();
    }
    let float = number.as_f64().unwrap_or(0.0);
    let nearer = [0.0, (float / 2.0).trunc(), float.trunc()];
    let nearer = nearer.into_iter().filter(|one| one.abs() < float.abs());
    nearer.map(Value::from).collect()
}

/// Shorter texts, then the same with `a` in the place of another character.
fn texts(text: &str) -> Vec<Value> {
    let characters: Vec<char> = text.chars().collect();
    let Some((last, before)) = characters.split_last() else {
        return Vec::new();
    };
    let half: String = characters[..characters.len() / 2].iter().collect();
    let plain: String = characters
        .iter()
        .map(|one| {
            if one.is_ascii_alphanumeric() {
                *one
            } else {
                'a'
            }
        })
        .collect();
    let shorter: String = before.iter().collect();
    let mut texts = vec![String::new()];
    texts.push(half);
    texts.push(shorter);
    texts.extend((plain != text).then_some(plain));
    let _ = last;
    texts.dedup();
    texts.into_iter().map(Value::from).collect()
}
