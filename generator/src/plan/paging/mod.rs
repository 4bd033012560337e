//! Finds operations that list something page by page, by the names and types of their parameters and of what their response holds; `said.rs`
//! by what an extension says.
//!
//! Nothing is guessed that could lose items without a word: where it isn't said whether pages count from 0 or from 1, an operation doesn't
//! page by itself.

mod said;
mod words;

pub(super) use self::said::Requests;
use self::words::{Word, normal};
use super::operations::{Literal, Outcome, Parameter, Payload, Success};
use super::pages::{More, Next, Paging, Step};
use super::rust::{NamedKind, TextType, Ty};
use super::types::{Check, Field, Presence, Struct, TypeItem};
use crate::config::{Options, Pagination};
use crate::ir::{self, Location};
use std::collections::HashMap;

/// The structs of the types crate, by name.
pub(super) struct Structs<'p>(HashMap<&'p str, &'p Struct>);

impl<'p> Structs<'p> {
    pub(super) fn of(types: &'p [TypeItem]) -> Self {
        let structs = types.iter().filter_map(|item| match item {
            TypeItem::Struct(item) => Some((item.name.as_str(), item)),
            TypeItem::StringEnum(_)
            | TypeItem::IntegerEnum(_)
            | TypeItem::Union(_)
            | TypeItem::Alias(_)
            | TypeItem::Foreign(_) => None,
        });
        Self(structs.collect())
    }

    /// The struct that a type is.
    pub(super) fn get(&self, ty: &Ty) -> Option<&'p Struct> {
        if let Ty::Named(named) = ty.plain()
            && named.kind == NamedKind::Struct
        {
            self.0.get(named.name.as_str()).copied()
        } else {
            None
        }
    }
}

/// How the pages of an operation follow each other, if it lists page by page; and why what an extension says of it can't be followed, if it
/// can't. The configuration may have said the number of the first page, or that it doesn't.
pub(super) fn paging(
    structs: &Structs<'_>,
    operation: &ir::Operation,
    requests: &Requests<'_>,
    success: &Success,
    said: Said,
) -> (Option<Paging>, Option<String>) {
    if !operation.is_call() || said == Said::Never {
        return (None, None);
    }
    let listing = operation.listing.as_ref();
    let Success::One(Outcome {
        payload: Payload::Json(body),
        ..
    }) = success
    else {
        let reason = "the operation has no single response in JSON";
        return (None, listing.map(|_| reason.to_owned()));
    };
    let page = || Page::of(structs, body, operation);
    let by_names = || {
        let parameters = (operation.method == "GET").then_some(requests.parameters)?;
        by_names(page()?, operation, parameters, said)
    };
    match listing.map(|listing| said::followed(structs, listing, requests, body, page(), said)) {
        None => (by_names(), None),
        Some(Ok(paging)) => (paging, None),
        Some(Err(reason)) => (by_names(), Some(reason)),
    }
}

/// The same by names and types.
fn by_names(
    page: Page<'_>,
    operation: &ir::Operation,
    parameters: &[Parameter],
    said: Said,
) -> Option<Paging> {
    let query: Vec<&Parameter> = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Query)
        .collect();
    let next = page.next(&query, operation, said)?;
    let size = query.iter().find(|one| is_size(one));
    Some(Paging {
        size: size.map(|one| one.wire.clone()),
        more: page.more(),
        pages: page.pages().filter(|_| next.is_numbered()),
        items: page.items,
        item: page.item,
        next,
        in_body: false,
    })
}

/// What a response holds.
struct Page<'p> {
    structs: &'p Structs<'p>,
    /// The struct, unless it is a list.
    root: Option<&'p Struct>,
    items: Vec<Step>,
    item: Ty,
}

/// A field, and the way to it.
type Found<'p> = (Vec<Step>, &'p Field);

impl<'p> Page<'p> {
    fn of(structs: &'p Structs<'p>, body: &Ty, operation: &ir::Operation) -> Option<Self> {
        if let Ty::Vec(item) = body.plain() {
            return Some(Self {
                structs,
                root: None,
                items: Vec::new(),
                item: (**item).clone(),
            });
        }
        let root = structs.get(body)?;
        let (items, item) = items(structs, root, operation)?;
        Some(Self {
            structs,
            root: Some(root),
            items,
            item,
        })
    }

    /// How the next page is asked for, by the strongest evidence.
    fn next(&self, query: &[&Parameter], operation: &ir::Operation, said: Said) -> Option<Next> {
        let first = |parameter: &Parameter| match said {
            Said::From(first) => Some(first),
            Said::Nothing | Said::Never => first(parameter),
        };
        let find = |word: Word| query.iter().find(|one| word.is_of(&one.wire)).copied();
        let token = query.iter().filter(|one| Word::Token.is_of(&one.wire));
        let mut token = token.filter_map(|one| {
            let at = self.token(one)?;
            let parameter = one.wire.clone();
            Some(Next::Token { parameter, at })
        });
        let url = || self.url().map(|at| Next::Url { at });
        let page = || {
            let one = find(Word::Page).filter(|one| is_integer(&one.ty))?;
            let (parameter, first) = (one.wire.clone(), first(one)?);
            Some(Next::Page { parameter, first })
        };
        let offset = || {
            let one = find(Word::Offset).filter(|one| is_integer(&one.ty))?;
            let (parameter, first) = (one.wire.clone(), first(one).unwrap_or(0));
            Some(Next::Offset { parameter, first })
        };
        token
            .next()
            .or_else(|| self.last_item(find(Word::StartAfter)?))
            .or_else(url)
            .or_else(|| has_link(operation).then_some(Next::Link))
            .or_else(page)
            .or_else(offset)
    }

    /// Where the page has the token for a parameter.
    fn token(&self, parameter: &Parameter) -> Option<Vec<Step>> {
        let name = normal(&parameter.wire);
        let is_like = |field: &Field| {
            let same = field.ty.plain() == parameter.ty.plain();
            same || (field.ty.is_text() && parameter.ty.is_text())
        };
        let fields = self.fields();
        let fields = fields
            .iter()
            .filter(|(_, field)| is_like(field) && !is_url(field));
        let rank = |field: &Field| words::token_rank(&name, &field.wire);
        let best = fields.filter_map(|(way, field)| Some((rank(field)?, way)));
        let best = best.min_by_key(|(rank, _)| *rank)?;
        Some(best.1.clone())
    }

    /// By the identifier of the last item, as long as a flag says that there are more: `starting_after`.
    fn last_item(&self, parameter: &Parameter) -> Option<Next> {
        self.more()?;
        let item = self.structs.get(&self.item)?;
        let id = item.fields.iter().find(|field| field.wire == "id")?;
        let fits = id.presence == Presence::Required && id.ty.is_text();
        fits.then(|| Next::LastItem {
            parameter: parameter.wire.clone(),
            id: step(id),
        })
    }

    /// Where the page has the URL of the next one.
    fn url(&self) -> Option<Vec<Step>> {
        let fields = self.fields();
        let mut fields = fields.iter().filter(|(_, field)| field.ty.is_text());
        fields
            .find(|(_, field)| Word::NextUrl.is_of(&field.wire) && is_url(field))
            .map(|(way, _)| way.clone())
    }

    /// The flag that says whether there are further pages.
    fn more(&self) -> Option<More> {
        let fields = self.fields();
        let flags = fields
            .iter()
            .filter(|(_, field)| *field.ty.plain() == Ty::Bool);
        let mut found = flags.filter_map(|(at, field)| {
            let is_last = Word::Last.is_of(&field.wire);
            let at = at.clone();
            (is_last || Word::More.is_of(&field.wire)).then_some(More { at, is_last })
        });
        found.next()
    }

    /// Where the page says how many pages there are.
    fn pages(&self) -> Option<Vec<Step>> {
        let fields = self.fields();
        let mut numbers = fields.iter().filter(|(_, field)| is_integer(&field.ty));
        let found = numbers.find(|(_, field)| Word::Pages.is_of(&field.wire));
        found.map(|(at, _)| at.clone())
    }

    /// The fields of the page and of what it says about itself.
    fn fields(&self) -> Vec<Found<'p>> {
        let mut found = Vec::new();
        if let Some(root) = self.root {
            self.collect(root, &mut Vec::new(), &mut found);
        }
        found
    }

    fn collect(&self, of: &'p Struct, way: &mut Vec<Step>, found: &mut Vec<Found<'p>>) {
        for field in &of.fields {
            way.push(step(field));
            let about = Word::About.is_of(&field.wire) && way.len() <= 2;
            match self.structs.get(&field.ty) {
                Some(inner) if about => self.collect(inner, way, found),
                _ => found.push((way.clone(), field)),
            }
            way.pop();
        }
    }
}

/// The field of a page that is the list of its items: the only list, the one that is called like the last word of the path, or the one
/// with the most usual name.
fn items(
    structs: &Structs<'_>,
    root: &Struct,
    operation: &ir::Operation,
) -> Option<(Vec<Step>, Ty)> {
    if let Some((field, item)) = list(root, operation) {
        return Some((vec![step(field)], item));
    }
    let mut wrappers = root
        .fields
        .iter()
        .filter(|field| Word::Wrapper.is_of(&field.wire));
    wrappers.find_map(|wrapper| {
        let inner = structs.get(&wrapper.ty)?;
        let (field, item) = list(inner, operation)?;
        Some((vec![step(wrapper), step(field)], item))
    })
}

fn list<'p>(of: &'p Struct, operation: &ir::Operation) -> Option<(&'p Field, Ty)> {
    let lists: Vec<(&Field, &Ty)> = of
        .fields
        .iter()
        .filter_map(|field| {
            let Ty::Vec(item) = field.ty.plain() else {
                return None;
            };
            Some((field, &**item))
        })
        .collect();
    let mut path = operation.path.template.rsplit('/');
    let last = path.find(|part| !part.contains('{'));
    let last = normal(last.unwrap_or_default());
    let found = match &lists[..] {
        [only] => Some(only),
        several => several
            .iter()
            .find(|(field, _)| normal(&field.wire) == last)
            .or_else(|| {
                several
                    .iter()
                    .find(|(field, _)| Word::Items.is_of(&field.wire))
            }),
    };
    found.map(|(field, item)| (*field, (*item).clone()))
}

/// What the configuration says of an operation's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Never,
    /// The number of the first page or item.
    From(i64),
}

impl Said {
    pub(super) fn of(options: &Options, operation: &ir::Operation) -> Self {
        let endpoint = operation.label();
        let mut said = options.operations.iter().filter(|(name, _)| {
            operation.id.as_ref() == Some(name) || name.eq_ignore_ascii_case(&endpoint)
        });
        match said.find_map(|(_, set)| set.pagination) {
            None => Self::Nothing,
            Some(Pagination::Off) => Self::Never,
            Some(Pagination::From(first)) => Self::From(first),
        }
    }
}

fn step(field: &Field) -> Step {
    Step {
        field: field.name.clone(),
        presence: field.presence,
    }
}

fn is_integer(ty: &Ty) -> bool {
    matches!(ty.plain(), Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64)
}

fn is_size(parameter: &Parameter) -> bool {
    Word::Size.is_of(&parameter.wire) && is_integer(&parameter.ty)
}

/// Whether a text is a URL: by its format, or by what is said of it.
fn is_url(field: &Field) -> bool {
    let said = field.doc.as_str().to_ascii_lowercase();
    let is_said = [" url", " uri", " link"]
        .iter()
        .any(|word| format!(" {said}").contains(word));
    is_said || *field.ty.plain() == Ty::Text(TextType::Uri)
}

/// The number of the first page: the default, the least value, or what the text says.
fn first(parameter: &Parameter) -> Option<i64> {
    if let Some(Literal::Integer(default @ 0..=1)) = parameter.default {
        return Some(default);
    }
    let least = parameter.checks.iter().find_map(Check::least);
    least
        .and_then(|least| i64::try_from(least).ok())
        .filter(|least| (0..=1).contains(least))
        .or_else(|| words::first(parameter.doc.as_str()))
}

/// Whether the successful response has the header `Link`.
fn has_link(operation: &ir::Operation) -> bool {
    let headers = operation.responses.successes();
    let mut headers = headers.flat_map(|response| &response.headers);
    headers.any(|header| header.name.eq_ignore_ascii_case("link"))
}
