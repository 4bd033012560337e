//! Lists that a server gives page by page. Needs `encode.rs`, `error.rs`, `request.rs`, `response.rs`, `retry.rs`, `sendable.rs`; crate
//! `futures-core` behind the feature `stream`.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::vec;

use http::HeaderMap;

use super::request::RequestBody;
use super::{
    Error, RawResponse, Request, RequestError, Response, Sending, percent_encoded, random_uuid,
};

/// How the pages of an operation follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    next: Next,
    size: Option<&'static str>,
    inputs: Inputs,
}

/// Where requests have the parameters of pages, and how they are read and set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inputs {
    /// Reads a number.
    pub(super) number: fn(&Request, &str) -> Option<i64>,
    pub(super) set: fn(&mut Request, &str, Input<'_>),
    /// What a request for another page has otherwise.
    pub(super) position: fn(&Request, &str) -> String,
    pub(super) resume: fn(&mut Request, &str, &str),
}

/// The value of such a parameter.
#[derive(Debug, Clone, Copy)]
pub(super) enum Input<'v> {
    Number(i64),
    Text(&'v str),
}

const QUERY: Inputs = Inputs {
    number: |request, name| request.query_value(name)?.parse().ok(),
    set: |request, name, value| match value {
        Input::Number(number) => request.replace_query(name, &number.to_string()),
        Input::Text(text) => request.replace_query(name, text),
    },
    position: |request, _| request.query.clone(),
    resume: |request, _, position| position.clone_into(&mut request.query),
};

/// How the next page is asked for: by a parameter, or at a URL.
#[derive(Debug, Clone, Copy)]
enum Next {
    Page { parameter: &'static str, first: i64 },
    Offset { parameter: &'static str, first: i64 },
    Token { parameter: &'static str },
    LastItem { parameter: &'static str },
    Url,
    Link,
}

#[allow(dead_code)] // an API may have only some of these
impl Paging {
    /// By the number of the page; the first page has the number `first`.
    pub(crate) const fn page(parameter: &'static str, first: i64) -> Self {
        Self::new(Next::Page { parameter, first })
    }

    /// By the number of items before the page; the first item has the number `first`.
    pub(crate) const fn offset(parameter: &'static str, first: i64) -> Self {
        Self::new(Next::Offset { parameter, first })
    }

    /// By a token that the page before has.
    pub(crate) const fn token(parameter: &'static str) -> Self {
        Self::new(Next::Token { parameter })
    }

    /// By the identifier of the last item of the page before.
    pub(crate) const fn last_item(parameter: &'static str) -> Self {
        Self::new(Next::LastItem { parameter })
    }

    /// At a URL that the page before has.
    pub(crate) const fn url() -> Self {
        Self::new(Next::Url)
    }

    /// At the URL of the header `Link` with the relation `next` (RFC 8288).
    pub(crate) const fn link() -> Self {
        Self::new(Next::Link)
    }

    /// With a parameter for the number of items of a page.
    pub(crate) const fn size(self, parameter: &'static str) -> Self {
        Self {
            size: Some(parameter),
            ..self
        }
    }

    pub(super) const fn by(self, inputs: Inputs) -> Self {
        Self { inputs, ..self }
    }

    const fn new(next: Next) -> Self {
        Self {
            next,
            size: None,
            inputs: QUERY,
        }
    }

    fn position(self, request: &Request) -> String {
        (self.inputs.position)(request, self.next.parameter())
    }
}

impl Next {
    /// The parameter of the next page; empty if that is at a URL.
    fn parameter(self) -> &'static str {
        match self {
            Self::Page { parameter, .. }
            | Self::Offset { parameter, .. }
            | Self::Token { parameter }
            | Self::LastItem { parameter } => parameter,
            Self::Url | Self::Link => "",
        }
    }
}

/// A request for a page of a list.
pub trait Paged {
    /// The body of a response.
    type Page: 'static;
    /// An item of the list.
    type Item;
    /// The body of documented errors.
    type Error: 'static;

    /// How the pages follow each other.
    const PAGING: Paging;

    /// Returns the items of a page, if there are any.
    fn items(page: Self::Page) -> Option<Vec<Self::Item>>;

    /// Returns the items of a page, where they have to be counted.
    fn list(page: &Self::Page) -> Option<&Vec<Self::Item>> {
        let _ = page;
        None
    }

    /// Returns what a page says of the next one: its token or its URL.
    fn next(page: &Self::Page) -> Option<String> {
        let _ = page;
        None
    }

    /// Returns whether there are further pages, if a page says so.
    fn has_more(page: &Self::Page) -> Option<bool> {
        let _ = page;
        None
    }

    /// Returns how many pages there are, if a page says so.
    fn pages(page: &Self::Page) -> Option<i128> {
        let _ = page;
        None
    }
}

/// A page with its status and headers, or why there is none.
pub type PageResult<R> = Result<Response<<R as Paged>::Page>, Error<<R as Paged>::Error>>;

type Decode<R> = fn(RawResponse) -> PageResult<R>;

/// The pages of a list, requested one after the other.
///
/// ```text
/// let mut pages = client.pets().list_pets().paginate();
/// while let Some(page) = pages.next().await {
///     println!("{:?}", page?.body());
/// }
/// ```
///
/// The list ends with the page that says so, or that has no items. After an error there are no more pages either; dropping the future of
/// [`next`](Self::next) loses nothing.
#[must_use = "pages are requested by `next`"]
pub struct Pages<R: Paged> {
    /// The request for the next page; `None` at the end.
    request: Option<Request>,
    is_over: bool,
    /// Why there is no next page although there should be one.
    failure: Option<RequestError>,
    left: usize,
    decode: Decode<R>,
    /// The call for the next page, once it is made. The lock makes it `Sync`, and is never contended.
    call: Option<Mutex<Call<R>>>,
}

type Call<R> = Sending<Response<<R as Paged>::Page>, <R as Paged>::Error>;

/// The place of a page in its list, to go on from later. It is text, without credentials.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PagePosition(String);

impl PagePosition {
    /// Makes a position of what [`as_str`](Self::as_str) returned for the same operation.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the position as text: the query of the request for the page, or the parameter in its body.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PagePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<R: Paged> Pages<R> {
    pub(crate) fn new(request: Request, decode: Decode<R>) -> Self {
        Self {
            request: Some(request),
            is_over: false,
            failure: None,
            left: usize::MAX,
            decode,
            call: None,
        }
    }

    /// Asks for this many items a page. The server may give fewer.
    pub fn page_size(mut self, items: u32) -> Self {
        if let Some(request) = &mut self.request {
            match R::PAGING.size {
                Some(parameter) => {
                    (R::PAGING.inputs.set)(request, parameter, Input::Number(items.into()));
                }
                None => request.fail(
                    "the operation has no parameter for the size of a page".to_owned(),
                    None,
                ),
            }
        }
        self
    }

    /// Ends the list after this many pages.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.left = pages;
        self
    }

    /// Goes on from a position of an earlier list of the same operation.
    pub fn resume(mut self, position: &PagePosition) -> Self {
        if let Some(request) = &mut self.request {
            let parameter = R::PAGING.next.parameter();
            (R::PAGING.inputs.resume)(request, parameter, position.as_str());
        }
        self
    }

    /// Returns the place of the page that is requested next; after an error that of the page which failed, `None` at the end.
    pub fn position(&self) -> Option<PagePosition> {
        let request = self.request.as_ref()?;
        Some(PagePosition::new(R::PAGING.position(request)))
    }

    /// Returns the items of all pages, one after the other.
    pub fn items(self) -> Items<R> {
        Items {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }

    /// Requests the next page; `None` at the end of the list.
    ///
    /// # Errors
    /// Those of the operation; and that a page points to itself, or to no page of the list.
    pub async fn next(&mut self) -> Option<PageResult<R>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Like [`next`](Self::next), for futures and streams of your own.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<PageResult<R>>> {
        let mut call = match self.begin() {
            Some(Ok(call)) => call,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        match Pin::new(&mut call).poll(cx) {
            Poll::Ready(result) => Poll::Ready(Some(self.settle(result))),
            Poll::Pending => {
                self.call = Some(Mutex::new(call));
                Poll::Pending
            }
        }
    }

    /// Like [`next`](Self::next), outside of async code.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<PageResult<R>> {
        match self.begin()? {
            Ok(call) => {
                let result = call.wait();
                Some(self.settle(result))
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// Returns an iterator over the pages, outside of async code.
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> impl Iterator<Item = PageResult<R>> {
        std::iter::from_fn(move || self.next_blocking())
    }

    /// The call for the next page, if there is one.
    fn begin(&mut self) -> Option<Result<Call<R>, Error<R::Error>>> {
        if let Some(call) = self.call.take() {
            return Some(Ok(call
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)));
        }
        if self.is_over || self.left == 0 {
            return None;
        }
        if let Some(failure) = self.failure.take() {
            self.is_over = true;
            return Some(Err(Error::Request(Box::new(failure))));
        }
        let request = self.request.as_mut()?.again();
        Some(Ok(Sending::new(request, self.decode)))
    }

    /// Finds the page after this one.
    fn settle(&mut self, result: PageResult<R>) -> PageResult<R> {
        match &result {
            Ok(page) => {
                self.left -= 1;
                if let Some(request) = self.request.take() {
                    self.go_on(request, page);
                }
            }
            Err(_) => self.is_over = true,
        }
        result
    }

    fn go_on(&mut self, mut request: Request, page: &Response<R::Page>) {
        let before = R::PAGING.position(&request);
        match following::<R>(&mut request, page) {
            Following::End => return,
            Following::Page if R::PAGING.position(&request) != before => {}
            Following::Page => {
                let message = "the page says that it is itself the next one".to_owned();
                self.failure = Some(failure(&request, message));
            }
            Following::Nowhere(url) => {
                let message = format!("the URL of the next page has no query: {url:?}");
                self.failure = Some(failure(&request, message));
            }
        }
        request.renew_key();
        self.request = Some(request);
    }
}

#[cfg(feature = "stream")]
impl<R: Paged> futures_core::Stream for Pages<R> {
    type Item = PageResult<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Self::poll_next(&mut self, cx)
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

fn failure(request: &Request, message: String) -> RequestError {
    RequestError {
        operation: request.operation,
        message,
        source: None,
    }
}

/// What follows a page.
enum Following {
    /// The page that the request now asks for.
    Page,
    End,
    /// A URL that can't be a page of this list.
    Nowhere(String),
}

/// Makes the request for a page that for the page after it.
fn following<R: Paged>(request: &mut Request, page: &Response<R::Page>) -> Following {
    let body = page.body();
    let has_more = R::has_more(body);
    if has_more == Some(false) {
        return Following::End;
    }
    let items = R::list(body).map_or(0, Vec::len);
    let is_empty = items == 0 && has_more.is_none();
    let Paging { next, inputs, .. } = R::PAGING;
    match next {
        Next::Page { .. } | Next::Offset { .. } if is_empty => Following::End,
        Next::Page { parameter, first } => {
            let present = (inputs.number)(request, parameter).unwrap_or(first);
            let number = i128::from(present) - i128::from(first) + 1;
            // Some say 0 if they don't know.
            let pages = R::pages(body).filter(|pages| *pages > 0);
            if has_more.is_none() && pages.is_some_and(|pages| number >= pages) {
                return Following::End;
            }
            (inputs.set)(request, parameter, Input::Number(present.saturating_add(1)));
            Following::Page
        }
        Next::Offset { parameter, first } => {
            let items = i64::try_from(items).unwrap_or(i64::MAX);
            let present = (inputs.number)(request, parameter).unwrap_or(first);
            (inputs.set)(
                request,
                parameter,
                Input::Number(present.saturating_add(items)),
            );
            Following::Page
        }
        Next::Token { parameter } | Next::LastItem { parameter } => {
            match R::next(body).filter(|token| !token.is_empty()) {
                Some(token) => {
                    (inputs.set)(request, parameter, Input::Text(&token));
                    Following::Page
                }
                None => Following::End,
            }
        }
        Next::Url => at_url(request, R::next(body).filter(|url| !url.is_empty())),
        Next::Link => at_url(request, linked(page.headers())),
    }
}

/// Only the query of a URL is taken, so that nothing is sent elsewhere: not to the address by which a server knows itself behind a proxy,
/// nor to one that a response made up.
fn at_url(request: &mut Request, url: Option<String>) -> Following {
    let Some(url) = url else {
        return Following::End;
    };
    let whole = url.split('#').next().unwrap_or_default();
    let query = whole.split_once('?').map(|(_, query)| query);
    match query.filter(|query| !query.is_empty()) {
        Some(query) => {
            query.clone_into(&mut request.query);
            Following::Page
        }
        None => Following::Nowhere(url),
    }
}

/// The target of the relation `next` in the header `Link` (RFC 8288, section 3).
fn linked(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all("link").into_iter();
    let mut values = values.filter_map(|value| value.to_str().ok());
    values.find_map(|value| {
        let mut links = value.split('<').skip(1);
        links.find_map(|link| {
            let (target, parameters) = link.split_once('>')?;
            parameters
                .split(';')
                .any(is_next)
                .then(|| target.to_owned())
        })
    })
}

/// Whether a parameter of a link is `rel=next`, perhaps next to other relations.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let value = value.trim().trim_end_matches(',').trim_matches('"');
    let mut relations = value.split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel")
        && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// An item of a list, or why there is none.
pub type ItemResult<R> = Result<<R as Paged>::Item, Error<<R as Paged>::Error>>;

/// The items of a list, whose pages are requested one after the other.
///
/// ```text
/// let pets: Vec<Pet> = client.pets().list_pets().paginate().items().collect().await?;
/// ```
#[must_use = "items are requested by `next`"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    page: vec::IntoIter<R::Item>,
}

impl<R: Paged> Items<R> {
    /// Returns the place of the page that is requested next, as [`Pages::position`] does.
    pub fn position(&self) -> Option<PagePosition> {
        self.pages.position()
    }

    /// Returns the next item, from the next page if it has to be; `None` at the end of the list.
    ///
    /// # Errors
    /// As for [`Pages::next`].
    pub async fn next(&mut self) -> Option<ItemResult<R>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Like [`next`](Self::next), for futures and streams of your own.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<ItemResult<R>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_next(cx)) {
                Some(page) => {
                    if let Err(error) = self.turn(page) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                None => return Poll::Ready(None),
            }
        }
    }

    /// Goes on with a page.
    fn turn(&mut self, page: PageResult<R>) -> Result<(), Error<R::Error>> {
        let items = R::items(page?.into_body()).unwrap_or_default();
        self.page = items.into_iter();
        Ok(())
    }

    /// Returns all items.
    ///
    /// # Errors
    /// As for [`Pages::next`]; the items before it are lost.
    pub async fn collect(mut self) -> Result<Vec<R::Item>, Error<R::Error>> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    /// Like [`next`](Self::next), outside of async code.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<ItemResult<R>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            let page = self.pages.next_blocking()?;
            if let Err(error) = self.turn(page) {
                return Some(Err(error));
            }
        }
    }

    /// Returns an iterator over the items, outside of async code.
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> impl Iterator<Item = ItemResult<R>> {
        std::iter::from_fn(move || self.next_blocking())
    }
}

/// No item is ever pinned.
impl<R: Paged> Unpin for Items<R> {}

#[cfg(feature = "stream")]
impl<R: Paged> futures_core::Stream for Items<R> {
    type Item = ItemResult<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Self::poll_next(&mut self, cx)
    }
}

impl<R: Paged> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.pages).finish()
    }
}

/// Used to ask for the next page.
impl Request {
    /// The same request again. If it has a body, that is in memory.
    fn again(&mut self) -> Self {
        let body = match &self.body {
            RequestBody::Some(body) => body.try_clone().map(RequestBody::Some),
            RequestBody::None | RequestBody::Sent => None,
        };
        Self {
            error: self.error.take(),
            body: body.unwrap_or(RequestBody::None),
            ..self.bare()
        }
    }

    /// Has a new idempotency key in the place of one that was given, as a key stands for one request.
    fn renew_key(&mut self) {
        let options = self.options.as_mut();
        if let Some(key) = options.and_then(|options| options.idempotency_key.as_mut()) {
            *key = random_uuid();
        }
        // One among the headers is made anew when the request is sent.
        if let Some(name) = self.operation.idempotency_key {
            self.headers
                .retain(|(known, _)| !known.as_str().eq_ignore_ascii_case(name));
        }
    }

    /// The value of a parameter in the query, as it is there.
    fn query_value(&self, name: &str) -> Option<&str> {
        let name = percent_encoded(name);
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Sets a parameter in the query, in place of any value that it has.
    fn replace_query(&mut self, name: &str, value: &str) {
        let name = percent_encoded(name);
        let is_other = |pair: &&str| pair.split('=').next() != Some(&name);
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        let mut pairs: Vec<&str> = pairs.filter(is_other).collect();
        let pair = format!("{name}={}", percent_encoded(value));
        pairs.push(&pair);
        self.query = pairs.join("&");
    }
}
