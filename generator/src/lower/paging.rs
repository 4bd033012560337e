//! Reads what vendors' extensions say of pages.

use crate::document::{PagingHint, PagingVendor};
use crate::ir::{Follow, Input, InputPlace, Listing};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why an extension isn't understood.
type Reason = String;

/// What an extension says.
pub(super) fn listing(hint: &PagingHint) -> Result<Listing, Reason> {
    let Read {
        follow,
        items,
        more,
        pages,
        size,
    } = match hint.vendor {
        PagingVendor::Speakeasy | PagingVendor::Stainless => speakeasy(&read(&hint.value)?)?,
        PagingVendor::Fern => fern(&read(&hint.value)?)?,
        PagingVendor::Microsoft => microsoft(read(&hint.value)?),
    };
    Ok(Listing {
        extension: hint.vendor.extension(),
        follow,
        items,
        more,
        pages,
        size,
        origin: hint.origin.clone(),
    })
}

struct Read {
    follow: Follow,
    items: Option<Vec<String>>,
    more: Option<Vec<String>>,
    pages: Option<Vec<String>>,
    size: Option<Input>,
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Reason> {
    T::deserialize(value).map_err(|error| format!("it isn't valid: {error}"))
}

/// `x-ms-pageable`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a mapping")]
struct Microsoft {
    /// `null`, or none: everything is on one page.
    next_link_name: Option<String>,
    item_name: Option<String>,
}

fn microsoft(said: Microsoft) -> Read {
    let next = said.next_link_name.filter(|name| !name.is_empty());
    // Names such as `@odata.nextLink` have dots of their own.
    Read {
        follow: next.map_or(Follow::Never, |name| Follow::Url(vec![name])),
        items: Some(vec![said.item_name.unwrap_or_else(|| "value".to_owned())]),
        more: None,
        pages: None,
        size: None,
    }
}

/// `x-speakeasy-pagination`.
#[derive(Deserialize)]
#[serde(expecting = "a mapping")]
struct Speakeasy {
    r#type: String,
    #[serde(default)]
    inputs: Vec<SpeakeasyInput>,
    #[serde(default)]
    outputs: SpeakeasyOutputs,
}

#[derive(Deserialize)]
#[serde(expecting = "a mapping")]
struct SpeakeasyInput {
    name: String,
    #[serde(default)]
    r#in: Option<String>,
    r#type: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", expecting = "a mapping")]
struct SpeakeasyOutputs {
    results: Option<String>,
    next_cursor: Option<String>,
    next_url: Option<String>,
    num_pages: Option<String>,
}

fn speakeasy(said: &Speakeasy) -> Result<Read, Reason> {
    let find = |kind: &str| {
        let found = said.inputs.iter().find(|input| input.r#type == kind);
        found.map(|input| Input {
            place: Some(match input.r#in.as_deref() {
                Some("requestBody") => InputPlace::Body,
                _ => InputPlace::Parameters,
            }),
            way: input.name.split('.').map(str::to_owned).collect(),
        })
    };
    let outputs = &said.outputs;
    let follow = match said.r#type.as_str() {
        "offsetLimit" => {
            let page = find("page").map(Follow::Page);
            let follow = page.or_else(|| find("offset").map(Follow::Offset));
            follow.ok_or("it has no input of the type `page` or `offset`")?
        }
        "cursor" => {
            let input = find("cursor").ok_or("it has no input of the type `cursor`")?;
            let path = outputs.next_cursor.as_deref();
            cursor(input, path.ok_or("it has no output `nextCursor`")?)?
        }
        "url" => {
            let path = outputs.next_url.as_deref();
            Follow::Url(way(path.ok_or("it has no output `nextUrl`")?)?)
        }
        other => return Err(format!("its type `{}` is unknown", other.replace('`', ""))),
    };
    Ok(Read {
        follow,
        items: outputs.results.as_deref().map(way).transpose()?,
        more: None,
        pages: outputs.num_pages.as_deref().map(way).transpose()?,
        size: find("limit"),
    })
}

/// A token, or with `$.items[-1].id` a property of the last item.
fn cursor(input: Input, path: &str) -> Result<Follow, Reason> {
    let last = path
        .rsplit_once("[-1]")
        .or_else(|| path.rsplit_once("[(@.length-1)]"));
    Ok(match last {
        Some((_, of_item)) => Follow::LastItem(input, way(&format!("${of_item}"))?),
        None => Follow::Token(input, way(path)?),
    })
}

/// `x-fern-pagination`.
#[derive(Deserialize)]
#[serde(expecting = "a mapping")]
struct Fern {
    cursor: Option<String>,
    next_cursor: Option<String>,
    offset: Option<String>,
    step: Option<String>,
    #[serde(alias = "next_path")]
    next_uri: Option<String>,
    results: Option<String>,
    #[serde(rename = "has-next-page")]
    has_next_page: Option<String>,
}

fn fern(said: &Fern) -> Result<Read, Reason> {
    let response = |path: &str| way(path.strip_prefix("$response").unwrap_or(path));
    let request = |path: &str| {
        let path = path.strip_prefix("$request").unwrap_or(path);
        let way = way(path)?;
        Ok::<Input, Reason>(Input { place: None, way })
    };
    let size = said.step.as_deref().map(request).transpose()?;
    let follow = if let Some(cursor) = &said.cursor {
        let next = said.next_cursor.as_deref();
        let next = response(next.ok_or("it has no `next_cursor`")?)?;
        Follow::Token(request(cursor)?, next)
    } else if let Some(offset) = &said.offset {
        let input = request(offset)?;
        let name = input.way.last().map(|name| name.to_ascii_lowercase());
        let is_offset = name.is_some_and(|name| name.contains("offset") || name.contains("skip"));
        if is_offset || size.is_some() {
            Follow::Offset(input)
        } else {
            Follow::Page(input)
        }
    } else if let Some(next) = &said.next_uri {
        Follow::Url(response(next)?)
    } else {
        return Err("it has neither `cursor` nor `offset` nor `next_uri`".to_owned());
    };
    Ok(Read {
        follow,
        items: said.results.as_deref().map(response).transpose()?,
        more: said.has_next_page.as_deref().map(response).transpose()?,
        pages: None,
        size,
    })
}

/// The names in a JSONPath such as `$.data.items` or `$['data'].items`, with or without the `$`.
fn way(path: &str) -> Result<Vec<String>, Reason> {
    let wrong = || {
        format!(
            "`{}` is more than a way to a property",
            path.replace('`', "")
        )
    };
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    let mut names = Vec::new();
    while !rest.is_empty() {
        let (name, after) = if let Some(inside) = rest.strip_prefix('[') {
            let (quoted, after) = inside.split_once(']').ok_or_else(wrong)?;
            let name = quoted.trim_matches(['\'', '"']);
            (if name.len() == quoted.len() { "" } else { name }, after)
        } else {
            let inside = rest.strip_prefix('.').unwrap_or(rest);
            inside.split_at(inside.find(['.', '[']).unwrap_or(inside.len()))
        };
        if name.is_empty() || name.contains(['*', '?', '(']) {
            return Err(wrong());
        }
        names.push(name.to_owned());
        rest = after;
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::way;

    #[test]
    fn ways_are_names_only() {
        assert_eq!(way("$.data.items").unwrap(), ["data", "items"]);
        assert_eq!(way("$['data'].items").unwrap(), ["data", "items"]);
        assert_eq!(way("data").unwrap(), ["data"]);
        assert!(way("$").unwrap().is_empty());
        for wrong in ["$.items[0]", "$..id", "$.*", "$.a[?(@.b)]", "$.a[", "$."] {
            assert!(way(wrong).is_err(), "{wrong}");
        }
    }
}
