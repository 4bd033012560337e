//! Seed documents, and mutations of them.

use crate::sinks::PAYLOADS;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The biggest seed file, in bytes.
const BIGGEST: u64 = 120_000;
/// Number of paths and schemas that are kept of a document, so that each is fast.
const KEPT: usize = 8;

/// Keywords of the specifications, put where they may or may not be valid.
const KEYWORDS: &[&str] = &[
    "$ref",
    "type",
    "format",
    "properties",
    "additionalProperties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "default",
    "required",
    "nullable",
    "discriminator",
    "propertyName",
    "mapping",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "minItems",
    "uniqueItems",
    "prefixItems",
    "patternProperties",
    "parameters",
    "name",
    "in",
    "schema",
    "content",
    "style",
    "explode",
    "requestBody",
    "responses",
    "headers",
    "encoding",
    "contentType",
    "security",
    "servers",
    "url",
    "variables",
    "tags",
    "operationId",
    "deprecated",
    "get",
    "post",
    "description",
    "title",
    "example",
    "examples",
    "links",
    "callbacks",
    "webhooks",
    "readOnly",
    "writeOnly",
    "collectionFormat",
    "consumes",
    "produces",
    "x-enum-varnames",
    "externalDocs",
    "summary",
    "if",
    "then",
    "unevaluatedProperties",
    "$defs",
    "$anchor",
    "contentEncoding",
    "contentMediaType",
    "itemSchema",
    "additionalOperations",
    "query",
];

/// Values for keywords.
const WORDS: &[&str] = &[
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "null",
    "file",
    "int32",
    "int64",
    "uint64",
    "float",
    "double",
    "byte",
    "binary",
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "uri",
    "email",
    "ipv4",
    "decimal",
    "path",
    "query",
    "header",
    "cookie",
    "body",
    "formData",
    "querystring",
    "form",
    "simple",
    "label",
    "matrix",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "csv",
    "multi",
    "tsv",
    "application/json",
    "application/xml",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/plain",
    "text/event-stream",
    "application/octet-stream",
    "*/*",
    "image/*",
    "application/json; charset=utf-8",
    "/{a}/{b}",
    "/{a}{b}",
    "/a/{a}.json",
    "default",
    "2XX",
    "404",
    "#",
    "#/",
    "#/components/schemas/",
    "^(a+)+$",
    "(",
    "http",
    "oauth2",
    "apiKey",
    "bearer",
    "basic",
    "openIdConnect",
];

/// Makes documents from others.
pub(crate) struct Mutator {
    state: u64,
    seeds: Vec<Value>,
}

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        let state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut seeds: Vec<_> = files().iter().filter_map(|path| read(path)).collect();
        seeds
            .push(json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}));
        Self { state, seeds }
    }

    /// The next document, mutated mostly as a tree and sometimes as text.
    pub(crate) fn document(&mut self) -> String {
        let mut document = self.pick_seed();
        self.shrink(&mut document);
        // Most have few mutations, so that some are still valid.
        let changes = if self.below(4) == 0 { 12 } else { 3 };
        for _ in 0..=self.below(changes) {
            self.change(&mut document);
        }
        let mut text = if self.below(4) == 0 {
            serde_yaml::to_string(&document).unwrap_or_default()
        } else {
            serde_json::to_string_pretty(&document).unwrap_or_default()
        };
        if self.below(8) == 0 {
            for _ in 0..=self.below(4) {
                text = self.change_text(&text);
            }
        }
        text
    }

    fn pick_seed(&mut self) -> Value {
        let index = self.below(self.seeds.len());
        self.seeds[index].clone()
    }

    /// xorshift64*, which is random enough for this.
    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap();
        usize::try_from((self.next() >> 16) % bound).unwrap()
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Keeps a few paths, and removes schemas that they don't need over time.
    fn shrink(&mut self, document: &mut Value) {
        let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
            return;
        };
        while paths.len() > KEPT {
            let index = self.below(paths.len());
            let key = paths.keys().nth(index).cloned().unwrap_or_default();
            paths.remove(&key);
        }
    }

    /// A mutation of the tree.
    fn change(&mut self, document: &mut Value) {
        let places = count(document);
        let at = self.below(places);
        let other = self.below(places);
        match self.below(14) {
            0 => with(document, at, &mut |_, value| *value = Value::Null),
            1 => {
                let text = Value::from(self.pick(PAYLOADS));
                with(document, at, &mut |_, value| *value = text.clone());
            }
            2 => {
                let text = Value::from(self.pick(WORDS));
                with(document, at, &mut |_, value| *value = text.clone());
            }
            3 => self.rename(document, at),
            4 => self.remove(document, at),
            5 | 6 => {
                let copy = pick(document, other);
                with(document, at, &mut |_, value| *value = copy.clone());
            }
            7 => {
                let mut foreign = self.pick_seed();
                let place = self.below(count(&foreign));
                let copy = pick(&mut foreign, place);
                with(document, at, &mut |_, value| *value = copy.clone());
            }
            8 => self.wrap(document, at),
            9 => self.refer(document, at),
            10 => self.scalar(document, at),
            11 => self.text(document, at),
            _ => self.insert(document, at),
        }
    }

    /// Renames a member of a mapping.
    fn rename(&mut self, document: &mut Value, at: usize) {
        let name = match self.below(3) {
            0 => self.pick(KEYWORDS),
            1 => self.pick(WORDS),
            _ => self.pick(PAYLOADS),
        };
        let which = self.below(16);
        with(document, at, &mut |_, value| {
            let Some(members) = value.as_object_mut().filter(|members| !members.is_empty()) else {
                return;
            };
            let key = members
                .keys()
                .nth(which % members.len())
                .cloned()
                .unwrap_or_default();
            if let Some(member) = members.remove(&key) {
                members.insert(name.to_owned(), member);
            }
        });
    }

    fn remove(&mut self, document: &mut Value, at: usize) {
        let which = self.below(16);
        with(document, at, &mut |_, value| match value {
            Value::Object(members) if !members.is_empty() => {
                let key = members
                    .keys()
                    .nth(which % members.len())
                    .cloned()
                    .unwrap_or_default();
                members.shift_remove(&key);
            }
            Value::Array(items) if !items.is_empty() => {
                items.remove(which % items.len());
            }
            _ => {}
        });
    }

    /// Wraps a schema in another one.
    fn wrap(&mut self, document: &mut Value, at: usize) {
        let kind = self.below(8);
        with(document, at, &mut |_, value| {
            let inner = value.take();
            *value = match kind {
                0 => json!({"allOf": [inner]}),
                1 => json!({"oneOf": [inner, {"type": "null"}]}),
                2 => json!({"anyOf": [inner, {"type": "string"}]}),
                3 => json!({"type": "array", "items": inner}),
                4 => json!({"type": "object", "additionalProperties": inner}),
                5 => {
                    json!({"type": "object", "properties": {"a": inner, "A": {"type": "string"}}, "required": ["a", "b"]})
                }
                6 => json!([inner]),
                _ => json!({"not": inner}),
            };
        });
    }

    /// Adds a reference to another place of the document: often nonsense, sometimes a cycle.
    fn refer(&mut self, document: &mut Value, at: usize) {
        let target = self.below(count(document));
        let mut pointer = String::new();
        with(document, target, &mut |path, _| {
            pointer = format!("#{path}");
        });
        let schemas = document
            .pointer("/components/schemas")
            .or_else(|| document.get("definitions"));
        let names: Vec<String> = schemas
            .and_then(Value::as_object)
            .map_or_else(Vec::new, |schemas| schemas.keys().cloned().collect());
        if !names.is_empty() && self.below(2) == 0 {
            let folder = if document.get("definitions").is_some() {
                "definitions"
            } else {
                "components/schemas"
            };
            pointer = format!("#/{folder}/{}", names[self.below(names.len())]);
        }
        with(document, at, &mut |_, value| {
            *value = json!({"$ref": pointer});
        });
    }

    /// Replaces a scalar by another one, often an edge case.
    fn scalar(&mut self, document: &mut Value, at: usize) {
        let values = [
            json!(0),
            json!(-1),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1e308),
            json!(-0.5),
            json!(true),
            json!(false),
            json!([]),
            json!({}),
            json!(""),
            json!("1"),
            json!([null]),
            json!(["string", "null"]),
            json!(9_007_199_254_740_993_i64),
        ];
        let value = values[self.below(values.len())].clone();
        with(document, at, &mut |_, place| *place = value.clone());
    }

    /// Inserts a payload into an existing text.
    fn text(&mut self, document: &mut Value, at: usize) {
        let payload = self.pick(PAYLOADS);
        let front = self.below(2) == 0;
        with(document, at, &mut |_, value| {
            if let Value::String(text) = value {
                let joined = if front {
                    format!("{payload}{text}")
                } else {
                    format!("{text}{payload}")
                };
                *text = joined;
            }
        });
    }

    /// Adds a member to a mapping.
    fn insert(&mut self, document: &mut Value, at: usize) {
        let key = if self.below(6) == 0 {
            self.pick(PAYLOADS)
        } else {
            self.pick(KEYWORDS)
        };
        let value = match self.below(6) {
            0 => json!([self.pick(WORDS), self.pick(PAYLOADS)]),
            1 => json!({(self.pick(PAYLOADS)): {"type": self.pick(WORDS)}}),
            2 => json!(self.pick(WORDS)),
            3 => json!(self.pick(PAYLOADS)),
            4 => {
                let place = self.below(count(document));
                pick(document, place)
            }
            _ => json!(self.below(3)),
        };
        with(document, at, &mut |_, place| {
            if let Value::Object(members) = place {
                members.insert(key.to_owned(), value.clone());
            }
        });
    }

    /// A mutation of the text.
    fn change_text(&mut self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let at = self.below(chars.len());
        match self.below(5) {
            0 => chars.truncate(at),
            1 => {
                let end = (at + self.below(40)).min(chars.len());
                chars.drain(at..end);
            }
            2 => {
                let end = (at + self.below(80)).min(chars.len());
                let copy: Vec<char> = chars[at..end].to_vec();
                let place = self.below(chars.len());
                chars.splice(place..place, copy);
            }
            3 => {
                let bits = [
                    "\"", "{", "}", "[", ":", "- ", "&a ", "*a", "<<: ", "!!x ", "\\ud800",
                    "\\u0000", "\n", "\t", "? ", "|\n", "%",
                ];
                let bit = self.pick(&bits);
                chars.splice(at..at, bit.chars());
            }
            _ => {
                let c = char::from_u32(u32::try_from(self.below(0x300)).unwrap()).unwrap_or('x');
                if let Some(place) = chars.get_mut(at) {
                    *place = c;
                }
            }
        }
        chars.into_iter().collect()
    }
}

/// Number of places in a tree.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Calls `act` with the pointer and the value of a place, by its number.
fn with(document: &mut Value, at: usize, act: &mut dyn FnMut(&str, &mut Value)) {
    let mut left = at;
    walk(document, &mut String::new(), &mut left, act);
}

fn walk(
    value: &mut Value,
    path: &mut String,
    left: &mut usize,
    act: &mut dyn FnMut(&str, &mut Value),
) -> bool {
    if *left == 0 {
        act(path, value);
        return true;
    }
    *left -= 1;
    let length = path.len();
    let mut step = |token: &str, member: &mut Value, left: &mut usize| {
        path.push('/');
        path.push_str(&token.replace('~', "~0").replace('/', "~1"));
        let done = walk(member, path, left, act);
        path.truncate(length);
        done
    };
    match value {
        Value::Array(items) => items
            .iter_mut()
            .enumerate()
            .any(|(index, item)| step(&index.to_string(), item, left)),
        Value::Object(members) => members
            .iter_mut()
            .any(|(key, member)| step(key, member, left)),
        _ => false,
    }
}

/// A copy of a place, unless it is so big that copies of copies would exhaust the memory.
fn pick(document: &mut Value, at: usize) -> Value {
    let mut found = Value::Null;
    with(document, at, &mut |_, value| {
        if count(value) < 2_000 {
            found = value.clone();
        }
    });
    found
}

/// Seed files: the cases of this repository, and the smaller documents of the corpus if it exists.
fn files() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in [
        "cases",
        "../specs",
        "../../shared/corpus",
        "../../shared/hostile",
    ] {
        collect(&here.join(folder), &mut files);
    }
    files.retain(|path| {
        let known = ["yaml", "yml", "json"].iter().any(|known| {
            path.extension()
                .is_some_and(|extension| extension == *known)
        });
        known && fs::metadata(path).is_ok_and(|file| file.len() < BIGGEST)
    });
    files.sort();
    files
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if !path.is_dir() {
            found.push(path);
        } else if path.file_name().is_none_or(|name| name != "multifile") {
            collect(&path, found);
        }
    }
}

fn read(path: &Path) -> Option<Value> {
    let text = fs::read_to_string(path).ok()?;
    let value: Value = serde_json::from_str(&text)
        .or_else(|_| serde_yaml::from_str(&text))
        .ok()?;
    value.is_object().then_some(value)
}
