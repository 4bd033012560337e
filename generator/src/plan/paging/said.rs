//! Plans pages as an extension has them: each of its ways is followed through the types.

use super::words::Word;
use super::{Page, Said, Structs, is_integer, step};
use crate::ir::{Follow, Input, InputPlace, Listing, Location};
use crate::plan::operations::{Body, Parameter, Payload};
use crate::plan::pages::{More, Next, Paging, Step};
use crate::plan::rust::Ty;
use crate::plan::types::{Field, Presence};

/// Why an extension can't be followed.
type Reason = String;

/// What can be said of an operation's requests.
pub(in crate::plan) struct Requests<'p> {
    pub method: &'p str,
    pub parameters: &'p [Parameter],
    pub body: Option<&'p Body>,
}

/// Where a request has a value.
struct Target<'p> {
    /// The name of the parameter, or the JSON pointer into the body.
    name: String,
    is_in_body: bool,
    ty: &'p Ty,
    required: bool,
    /// The number of the first page, if that is said.
    first: Option<i64>,
}

/// How the pages follow each other; `None` if all is on one, or nobody says the number of the first.
pub(super) fn followed<'p>(
    structs: &'p Structs<'p>,
    listing: &Listing,
    requests: &Requests<'_>,
    response: &Ty,
    mut page: Option<Page<'p>>,
    said: Said,
) -> Result<Option<Paging>, Reason> {
    if let Some(way) = &listing.items {
        let (items, ty) = structs.walk(response, way)?;
        let Ty::Vec(item) = ty.plain() else {
            return Err(format!("{} isn't a list", quoted(way)));
        };
        page = Some(Page {
            structs,
            root: structs.get(response),
            items,
            item: (**item).clone(),
        });
    }
    let page = page.ok_or("nothing says which of the response's properties are the items")?;
    let Some((next, is_in_body)) = next(structs, listing, requests, response, &page.item, said)?
    else {
        return Ok(None);
    };
    let more = match &listing.more {
        Some(way) => Some(flag(structs, response, way)?),
        None => page.more(),
    };
    let pages = match &listing.pages {
        Some(way) => Some(count(structs, response, way)?),
        None => page.pages(),
    };
    let size = match &listing.size {
        Some(input) => {
            let size = requests.target(structs, input)?.number()?;
            Some(size).filter(|size| size.is_in_body == is_in_body)
        }
        None => requests.size(structs, is_in_body),
    };
    Ok(Some(Paging {
        size: size.map(|size| size.name),
        more,
        pages: pages.filter(|_| next.is_numbered()),
        items: page.items,
        item: page.item,
        next,
        in_body: is_in_body,
    }))
}

/// How the next page is asked for, and whether by the body.
fn next(
    structs: &Structs<'_>,
    listing: &Listing,
    requests: &Requests<'_>,
    response: &Ty,
    item: &Ty,
    said: Said,
) -> Result<Option<(Next, bool)>, Reason> {
    let target = |input: &Input| requests.target(structs, input);
    let first = |target: &Target<'_>| match said {
        Said::From(first) => Some(first),
        // Who has to give the number gives that of the first page, too.
        Said::Nothing | Said::Never => target.first.or(target.required.then_some(0)),
    };
    Ok(Some(match &listing.follow {
        Follow::Never => return Ok(None),
        Follow::Page(input) => {
            let to = target(input)?.number()?;
            let Some(first) = first(&to) else {
                return Ok(None);
            };
            let parameter = to.name;
            (Next::Page { parameter, first }, to.is_in_body)
        }
        Follow::Offset(input) => {
            let to = target(input)?.number()?;
            let first = first(&to).unwrap_or(0);
            let parameter = to.name;
            (Next::Offset { parameter, first }, to.is_in_body)
        }
        Follow::Token(input, way) => {
            let to = target(input)?.text()?;
            let (at, ty) = structs.walk(response, way)?;
            if !is_token(ty) || (to.is_in_body && !ty.is_text()) {
                return Err(format!("{} isn't a token", quoted(way)));
            }
            let parameter = to.name;
            (Next::Token { parameter, at }, to.is_in_body)
        }
        Follow::LastItem(input, way) => {
            let to = target(input)?.text()?;
            let parameter = to.name;
            let id = last_item(structs, item, way, to.is_in_body)?;
            (Next::LastItem { parameter, id }, to.is_in_body)
        }
        Follow::Url(way) => {
            let (at, ty) = structs.walk(response, way)?;
            if !ty.is_text() || requests.method != "GET" {
                return Err(format!("{} isn't where a GET leads to", quoted(way)));
            }
            (Next::Url { at }, false)
        }
    }))
}

/// The property of an item that the next request names.
fn last_item(
    structs: &Structs<'_>,
    item: &Ty,
    way: &[String],
    is_in_body: bool,
) -> Result<Step, Reason> {
    let (steps, ty) = structs.walk(item, way)?;
    match &steps[..] {
        [only] if only.presence == Presence::Required => {
            if ty.is_text() || (is_token(ty) && !is_in_body) {
                return Ok(only.clone());
            }
            Err(format!("{} isn't text", quoted(way)))
        }
        _ => Err(format!(
            "{} isn't a required property of items",
            quoted(way)
        )),
    }
}

fn flag(structs: &Structs<'_>, response: &Ty, way: &[String]) -> Result<More, Reason> {
    let (at, ty) = structs.walk(response, way)?;
    if *ty.plain() != Ty::Bool {
        return Err(format!("{} isn't a flag", quoted(way)));
    }
    let is_last = way.last().is_some_and(|name| Word::Last.is_of(name));
    Ok(More { at, is_last })
}

/// The number of pages.
fn count(structs: &Structs<'_>, response: &Ty, way: &[String]) -> Result<Vec<Step>, Reason> {
    let (at, ty) = structs.walk(response, way)?;
    if is_integer(ty) {
        Ok(at)
    } else {
        Err(format!("{} isn't a number", quoted(way)))
    }
}

impl<'p> Requests<'p> {
    /// The parameter or property that an extension names.
    fn target(&self, structs: &Structs<'p>, input: &Input) -> Result<Target<'p>, Reason> {
        if input.place != Some(InputPlace::Body) {
            let name = input.way.join(".");
            let mut query = self.query();
            if let Some(parameter) = query.find(|one| one.wire == name) {
                return Ok(Target {
                    name,
                    is_in_body: false,
                    ty: &parameter.ty,
                    required: parameter.required,
                    first: super::first(parameter),
                });
            }
        }
        let body = self.body.and_then(json);
        match (input.place, body) {
            (Some(InputPlace::Body) | None, Some(body)) => {
                let (field, ty) = structs.field(body, &input.way)?;
                Ok(Target {
                    name: pointer(&input.way),
                    is_in_body: true,
                    ty,
                    required: field.is_some_and(|field| field.presence == Presence::Required),
                    first: None,
                })
            }
            (Some(InputPlace::Body), None) => Err("the request has no body in JSON".to_owned()),
            (Some(InputPlace::Parameters) | None, _) => Err(format!(
                "the request has no query parameter {}",
                quoted(&input.way)
            )),
        }
    }

    fn query(&self) -> impl Iterator<Item = &'p Parameter> + use<'p> {
        let parameters = self.parameters.iter();
        parameters.filter(|one| one.location == Location::Query)
    }

    /// The number of items of a page, by its name.
    fn size(&self, structs: &Structs<'p>, is_in_body: bool) -> Option<Target<'p>> {
        let name = if is_in_body {
            let of = structs.get(self.body.and_then(json)?)?;
            let mut fields = of.fields.iter();
            fields
                .find(|field| Word::Size.is_of(&field.wire))?
                .wire
                .clone()
        } else {
            let found = self.query().find(|one| super::is_size(one));
            found?.wire.clone()
        };
        let place = if is_in_body {
            InputPlace::Body
        } else {
            InputPlace::Parameters
        };
        let input = Input {
            place: Some(place),
            way: vec![name],
        };
        self.target(structs, &input).ok()?.number().ok()
    }
}

impl Target<'_> {
    fn number(self) -> Result<Self, Reason> {
        if is_integer(self.ty) {
            Ok(self)
        } else {
            Err(format!("`{}` isn't a number", self.name.replace('`', "")))
        }
    }

    /// A token is sent as text; in a query, all is.
    fn text(self) -> Result<Self, Reason> {
        if self.ty.is_text() || !self.is_in_body {
            Ok(self)
        } else {
            Err(format!("`{}` isn't text", self.name.replace('`', "")))
        }
    }
}

impl<'p> Structs<'p> {
    /// The steps along a way, and what is at its end.
    fn walk<'t>(&self, from: &'t Ty, way: &[String]) -> Result<(Vec<Step>, &'t Ty), Reason>
    where
        'p: 't,
    {
        let (mut steps, mut ty) = (Vec::new(), from);
        for name in way {
            let field = self.member(ty, name)?;
            steps.push(step(field));
            ty = &field.ty;
        }
        Ok((steps, ty))
    }

    /// The last field along a way, and its type.
    fn field<'t>(&self, from: &'t Ty, way: &[String]) -> Result<(Option<&'p Field>, &'t Ty), Reason>
    where
        'p: 't,
    {
        let (mut last, mut ty) = (None, from);
        for name in way {
            let field = self.member(ty, name)?;
            last = Some(field);
            ty = &field.ty;
        }
        Ok((last, ty))
    }

    fn member(&self, of: &Ty, name: &str) -> Result<&'p Field, Reason> {
        let mut fields = self
            .get(of)
            .map(|of| of.fields.iter())
            .into_iter()
            .flatten();
        let field = fields.find(|field| field.wire == name);
        field.ok_or_else(|| {
            let name = name.replace('`', "");
            format!("`{name}` isn't a property that is known")
        })
    }
}

/// The type of a body that is JSON only.
fn json(body: &Body) -> Option<&Ty> {
    match &body.only()?.payload {
        Payload::Json(ty) => Some(ty),
        Payload::Empty
        | Payload::Xml(_)
        | Payload::Form(..)
        | Payload::Multipart(_)
        | Payload::Events(_)
        | Payload::Lines(_)
        | Payload::Text
        | Payload::Bytes => None,
    }
}

/// A JSON pointer (RFC 6901).
fn pointer(way: &[String]) -> String {
    let tokens = way.iter();
    let tokens = tokens.map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")));
    tokens.collect()
}

fn is_token(ty: &Ty) -> bool {
    ty.is_text() || is_integer(ty)
}

/// A way in a message.
fn quoted(way: &[String]) -> String {
    format!("`{}`", way.join(".").replace('`', ""))
}
