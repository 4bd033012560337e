// Written by specwright; changes are overwritten.

//! The types of the API, in alphabetical order.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::rules::PARCEL_RULES;
use super::support::{
    Backtracking, Base64, Date, DateTime, Decimal, Duration, Pattern, Time, Uri, Uuid,
    Validate, Validator, base64_bytes, constant, foreign, integer_enum, list, object,
    one_of, string_enum, union, whole, written_tag,
};

object! {
    /// An error as Mattermost describes it
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct AppError {
        /// Identifies the error
        pub id: Option<String> = None,
        /// Says what went wrong
        pub message: Option<String> = None,
        /// The HTTP status
        #[serde(with = "whole")]
        pub status_code: Option<i64> = None,
    }
}

impl AppError {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Identifies the error
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Says what went wrong
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// The HTTP status
    #[must_use]
    pub fn status_code(mut self, status_code: i64) -> Self {
        self.status_code = Some(status_code);
        self
    }
}

impl Validate for AppError {}

object! {
    /// An object with a property of each kind that XML knows
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        #[serde(with = "whole")]
        pub id: Option<i64> = None,
        pub langs: Option<Vec<String>> = None,
        pub title: Option<String> = None,
        #[serde(with = "whole")]
        pub pages: Option<i64> = None,
        pub authors: Vec<String>,
        pub chapters: Option<Vec<String>> = None,
        pub grid: Option<Vec<Vec<String>>> = None,
        pub place: Option<BookPlace> = None,
        pub note: Option<BookNote> = None,
        pub page: Option<BookPage> = None,
        pub parts: Option<Vec<Book>> = None,
        #[serde(with = "nullable")]
        pub free: Option<Value> = None,
        /// `@ref` in JSON.
        #[serde(rename = "@ref")]
        pub r#ref: Option<String> = None,
        #[serde(flatten)]
        pub additional_properties: BTreeMap<String, String>,
    }
}

#[allow(missing_docs)]
impl Book {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(authors: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            id: None,
            langs: None,
            title: None,
            pages: None,
            authors: list(authors),
            chapters: None,
            grid: None,
            place: None,
            note: None,
            page: None,
            parts: None,
            free: None,
            r#ref: None,
            additional_properties: Default::default(),
        }
    }

    #[must_use]
    pub fn id(mut self, id: i64) -> Self {
        self.id = Some(id);
        self
    }

    #[must_use]
    pub fn langs(mut self, langs: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.langs = Some(list(langs));
        self
    }

    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    #[must_use]
    pub fn pages(mut self, pages: i64) -> Self {
        self.pages = Some(pages);
        self
    }

    #[must_use]
    pub fn chapters(mut self, chapters: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.chapters = Some(list(chapters));
        self
    }

    #[must_use]
    pub fn grid(mut self, grid: Vec<Vec<String>>) -> Self {
        self.grid = Some(grid);
        self
    }

    #[must_use]
    pub fn place(mut self, place: BookPlace) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn note(mut self, note: BookNote) -> Self {
        self.note = Some(note);
        self
    }

    #[must_use]
    pub fn page(mut self, page: BookPage) -> Self {
        self.page = Some(page);
        self
    }

    #[must_use]
    pub fn parts(mut self, parts: Vec<Book>) -> Self {
        self.parts = Some(parts);
        self
    }

    #[must_use]
    pub fn free(mut self, free: impl Into<Value>) -> Self {
        self.free = Some(free.into());
        self
    }

    /// `@ref` in JSON.
    #[must_use]
    pub fn r#ref(mut self, r#ref: impl Into<String>) -> Self {
        self.r#ref = Some(r#ref.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for Book {}

object! {
    /// Property `note` of `Book`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct BookNote {
        pub by: Option<String> = None,
        pub text: String,
    }
}

#[allow(missing_docs)]
impl BookNote {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { by: None, text: text.into() }
    }

    #[must_use]
    pub fn by(mut self, by: impl Into<String>) -> Self {
        self.by = Some(by.into());
        self
    }
}

impl Validate for BookNote {}

object! {
    /// Property `page` of `Book`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct BookPage {
        pub html: Option<String> = None,
    }
}

#[allow(missing_docs)]
impl BookPage {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }
}

impl Validate for BookPage {}

object! {
    /// Property `place` of `Book`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct BookPlace {
        #[serde(with = "whole")]
        pub shelf: Option<i64> = None,
        #[serde(with = "whole")]
        pub room: Option<i64> = None,
    }
}

#[allow(missing_docs)]
impl BookPlace {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn shelf(mut self, shelf: i64) -> Self {
        self.shelf = Some(shelf);
        self
    }

    #[must_use]
    pub fn room(mut self, room: i64) -> Self {
        self.room = Some(room);
        self
    }
}

impl Validate for BookPlace {}

/// Books
pub type Books = Vec<Book>;

object! {
    /// A form with a value of every sort
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Charge {
        /// How much
        #[serde(with = "whole")]
        pub amount: i64,
        /// At once
        pub capture: Option<bool> = None,
        /// How exact
        pub share: Option<f64> = None,
        /// For people
        pub note: Option<String> = None,
        /// What is bought
        pub items: Option<Vec<Item>> = None,
        /// What is asked for besides
        pub expand: Option<Vec<String>> = None,
        /// Anything
        pub metadata: Option<Map<String, Value>> = None,
        /// A switch, a number, a range, steps or a name, by the kind of value
        pub limit: Option<Limit> = None,
        /// What a webhook tells of, by its `kind`
        pub event: Option<Event> = None,
        /// How to pay, by a property that only one has
        pub payment: Option<Payment> = None,
        /// By what takes the whole value
        pub rule: Option<Rule> = None,
        /// May be null
        #[serde(with = "nullable_whole")]
        pub until: Option<Option<i64>> = None,
    }
}

impl Charge {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(amount: i64) -> Self {
        Self {
            amount,
            capture: None,
            share: None,
            note: None,
            items: None,
            expand: None,
            metadata: None,
            limit: None,
            event: None,
            payment: None,
            rule: None,
            until: None,
        }
    }

    /// At once
    #[must_use]
    pub fn capture(mut self, capture: bool) -> Self {
        self.capture = Some(capture);
        self
    }

    /// How exact
    #[must_use]
    pub fn share(mut self, share: f64) -> Self {
        self.share = Some(share);
        self
    }

    /// For people
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// What is bought
    #[must_use]
    pub fn items(mut self, items: Vec<Item>) -> Self {
        self.items = Some(items);
        self
    }

    /// What is asked for besides
    #[must_use]
    pub fn expand(mut self, expand: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.expand = Some(list(expand));
        self
    }

    /// Anything
    #[must_use]
    pub fn metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// A switch, a number, a range, steps or a name, by the kind of value
    #[must_use]
    pub fn limit(mut self, limit: Limit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// What a webhook tells of, by its `kind`
    #[must_use]
    pub fn event(mut self, event: Event) -> Self {
        self.event = Some(event);
        self
    }

    /// How to pay, by a property that only one has
    #[must_use]
    pub fn payment(mut self, payment: Payment) -> Self {
        self.payment = Some(payment);
        self
    }

    /// By what takes the whole value
    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// May be null
    #[must_use]
    pub fn until(mut self, until: impl Into<Option<i64>>) -> Self {
        self.until = Some(until.into());
        self
    }
}

impl Validate for Charge {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("amount");
        v.minimum(self.amount, 1);
        v.leave();
        v.properties(&[("event", &self.event), ("payment", &self.payment)]);
    }
}

object! {
    /// Part of `Shape`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Circle {
        pub radius: Option<f64> = None,
    }
}

#[allow(missing_docs)]
impl Circle {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn radius(mut self, radius: f64) -> Self {
        self.radius = Some(radius);
        self
    }
}

impl Validate for Circle {}

object! {
    /// Why a client wasn't registered (RFC 7591, section 3.2.2)
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ClientRegistrationError {
        /// A code
        pub error: String,
        /// A text for people
        pub error_description: Option<String> = None,
    }
}

impl ClientRegistrationError {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(error: impl Into<String>) -> Self {
        Self { error: error.into(), error_description: None }
    }

    /// A text for people
    #[must_use]
    pub fn error_description(mut self, error_description: impl Into<String>) -> Self {
        self.error_description = Some(error_description.into());
        self
    }
}

impl Validate for ClientRegistrationError {}

object! {
    /// A dynamic client registration request (RFC 7591)
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ClientRegistrationRequest {
        /// The URIs the client may be sent back to
        pub redirect_uris: Vec<Uri>,
        /// A name for people
        pub client_name: Option<String> = None,
        /// How the client proves itself at the token endpoint
        pub token_endpoint_auth_method: Option<TokenEndpointAuthMethod> = None,
        /// A short name, which can be taken away
        #[serde(with = "nullable")]
        pub nickname: Option<Option<String>> = None,
        /// A motto, which may be none
        pub motto: Option<String>,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl ClientRegistrationRequest {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(
        motto: Option<String>,
        redirect_uris: impl IntoIterator<Item = impl Into<Uri>>,
    ) -> Self {
        Self {
            redirect_uris: list(redirect_uris),
            client_name: None,
            token_endpoint_auth_method: None,
            nickname: None,
            motto,
            additional_properties: Default::default(),
        }
    }

    /// A name for people
    #[must_use]
    pub fn client_name(mut self, client_name: impl Into<String>) -> Self {
        self.client_name = Some(client_name.into());
        self
    }

    /// How the client proves itself at the token endpoint
    #[must_use]
    pub fn token_endpoint_auth_method(
        mut self,
        token_endpoint_auth_method: TokenEndpointAuthMethod,
    ) -> Self {
        self.token_endpoint_auth_method = Some(token_endpoint_auth_method);
        self
    }

    /// A short name, which can be taken away
    #[must_use]
    pub fn nickname(mut self, nickname: impl Into<Option<String>>) -> Self {
        self.nickname = Some(nickname.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for ClientRegistrationRequest {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("redirect_uris");
        v.min_items(self.redirect_uris.len(), 1);
        for (index, item) in self.redirect_uris.iter().enumerate() {
            v.enter_index(index);
            item.validate_at(v);
            v.max_length(item, 256);
            v.leave();
        }
        v.leave();
        if let Some(value) = &self.client_name {
            v.enter("client_name");
            v.max_length(value, 64);
            v.leave();
        }
        if let Some(value) = &self.token_endpoint_auth_method {
            v.enter("token_endpoint_auth_method");
            value.validate_at(v);
            v.leave();
        }
    }
}

object! {
    /// A registered client
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ClientRegistrationResponse {
        /// The client id
        pub client_id: String,
    }
}

impl ClientRegistrationResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(client_id: impl Into<String>) -> Self {
        Self { client_id: client_id.into() }
    }
}

impl Validate for ClientRegistrationResponse {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("client_id");
        {
            static PATTERN: Pattern = Pattern::new("^[a-z0-9]+$");
            v.pattern(&self.client_id, &PATTERN);
        }
        v.leave();
    }
}

object! {
    /// A colour, as the specification's tables of styles have it
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Color {
        /// `R` in JSON.
        #[serde(rename = "R")]
        #[serde(with = "whole")]
        pub r: i64,
        /// `G` in JSON.
        #[serde(rename = "G")]
        #[serde(with = "whole")]
        pub g: i64,
        /// `B` in JSON.
        #[serde(rename = "B")]
        #[serde(with = "whole")]
        pub b: i64,
    }
}

impl Color {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(required: ColorRequired) -> Self {
        Self { r: required.r, g: required.g, b: required.b }
    }
}

impl Validate for Color {}

/// Required properties of [`Color`], for its `new`.
#[derive(Debug)]
pub struct ColorRequired {
    /// [`Color::r`]
    pub r: i64,
    /// [`Color::g`]
    pub g: i64,
    /// [`Color::b`]
    pub b: i64,
}

object! {
    /// What somebody has to agree to
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Consent {
        /// Whether they agree
        #[constant(true)]
        pub accepted: bool,
        /// How much of the data they share
        #[constant(0.5)]
        pub share: Option<f64> = None,
    }
}

impl Consent {
    /// Creates a value; `accepted` is set to its only value.
    #[must_use]
    pub fn new() -> Self {
        Self { accepted: true, share: None }
    }

    /// How much of the data they share
    #[must_use]
    pub fn share(mut self, share: f64) -> Self {
        self.share = Some(share);
        self
    }
}

impl Default for Consent {
    fn default() -> Self {
        Self::new()
    }
}

impl Validate for Consent {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("accepted");
        v.one_of(&self.accepted, "[true]");
        v.leave();
        if let Some(value) = &self.share {
            v.enter("share");
            v.one_of(value, "[0.5]");
            v.leave();
        }
    }
}

object! {
    /// A number and what it is of
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Count {
        /// How many
        #[serde(with = "whole")]
        pub value: Option<i64> = None,
        /// May be null
        #[serde(with = "nullable")]
        pub unit: Option<Option<String>> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl Count {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many
    #[must_use]
    pub fn value(mut self, value: i64) -> Self {
        self.value = Some(value);
        self
    }

    /// May be null
    #[must_use]
    pub fn unit(mut self, unit: impl Into<Option<String>>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for Count {}

/// Numbers by name
pub type Counts = BTreeMap<String, Numbers>;

object! {
    /// What registers an app
    #[serde(deny_unknown_fields)]
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct CreateOAuthAppBody {
        /// The name of the app
        pub name: String,
        /// Where users may be sent back to
        pub callback_urls: Vec<Uri>,
        /// How many seconds a token is good for
        #[serde(with = "whole")]
        pub lifetime: Option<i32> = None,
    }
}

impl CreateOAuthAppBody {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(
        callback_urls: impl IntoIterator<Item = impl Into<Uri>>,
        name: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            callback_urls: list(callback_urls),
            lifetime: None,
        }
    }

    /// How many seconds a token is good for
    #[must_use]
    pub fn lifetime(mut self, lifetime: i32) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl Validate for CreateOAuthAppBody {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("name");
        v.min_length(&self.name, 1);
        v.max_length(&self.name, 64);
        v.leave();
        v.enter("callback_urls");
        v.min_items(self.callback_urls.len(), 1);
        v.unique_items(&self.callback_urls);
        for (index, item) in self.callback_urls.iter().enumerate() {
            v.enter_index(index);
            item.validate_at(v);
            v.leave();
        }
        v.leave();
        if let Some(value) = &self.lifetime {
            v.enter("lifetime");
            v.minimum(*value, 60);
            v.multiple_of(*value, 60);
            v.leave();
        }
    }
}

object! {
    /// An app was created
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Created {
        /// Always one of the tags
        pub kind: String,
        /// The app's id, of two characters at least
        pub id: String,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl Created {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(required: CreatedRequired) -> Self {
        Self {
            kind: required.kind,
            id: required.id,
            additional_properties: Default::default(),
        }
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for Created {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("id");
        v.min_length(&self.id, 2);
        v.leave();
    }
}

/// Required properties of [`Created`], for its `new`.
#[derive(Debug)]
pub struct CreatedRequired {
    /// [`Created::kind`]
    pub kind: String,
    /// [`Created::id`]
    pub id: String,
}

object! {
    /// An app was deleted
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Deleted {
        /// Always `deleted`
        pub kind: String,
        /// Why
        pub reason: Option<String> = None,
    }
}

impl Deleted {
    /// Creates a value; `kind` is set to its only value.
    #[must_use]
    pub fn new() -> Self {
        Self { kind: "deleted".into(), reason: None }
    }

    /// Why
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl Default for Deleted {
    fn default() -> Self {
        Self::new()
    }
}

impl Validate for Deleted {}

/// What a webhook tells of, by its `kind`
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// An app was created
    Created(Created),
    /// An app was deleted
    Deleted(Deleted),
    /// A value with a tag that the description doesn't list, such as one added later.
    Other(Value),
}

impl From<Created> for Event {
    fn from(value: Created) -> Self {
        Self::Created(value)
    }
}

impl From<Deleted> for Event {
    fn from(value: Deleted) -> Self {
        Self::Deleted(value)
    }
}

union! {
    Event by tag "kind" {
        Created: "created" | "registered",
        Deleted: "deleted",
    } other Other
}

impl Validate for Event {
    fn validate_at(&self, v: &mut Validator) {
        match self {
            Self::Created(value) => {
                value.validate_at(v);
            }
            Self::Other(_) => {
                v.violation("has a tag that isn't listed");
            }
            _ => {}
        }
    }
}

object! {
    /// Something that is bought
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Item {
        /// The name of a price
        pub price: String,
        /// How many
        #[serde(with = "whole")]
        pub quantity: Option<i64> = None,
    }
}

impl Item {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(price: impl Into<String>) -> Self {
        Self { price: price.into(), quantity: None }
    }

    /// How many
    #[must_use]
    pub fn quantity(mut self, quantity: i64) -> Self {
        self.quantity = Some(quantity);
        self
    }
}

impl Validate for Item {}

object! {
    /// A term on the left
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Left {
        /// A sum: exactly one of its types, most of which hold sums
        pub of: Box<Sum>,
        /// How it is written
        pub prefix: Option<String> = None,
    }
}

impl Left {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(of: impl Into<Box<Sum>>) -> Self {
        Self { of: of.into(), prefix: None }
    }

    /// How it is written
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }
}

impl Validate for Left {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

integer_enum! {
    /// How much of it there is
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Level {
        Value1 = 1,
        /// Less than nothing
        Debt = -5,
        #[serde(other)]
        Other(i64),
    }
}

/// A switch, a number, a range, steps or a name, by the kind of value
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// Variant of `Limit`.
    Boolean(bool),
    /// Variant of `Limit`.
    Number(f64),
    /// From here to there
    Range(Range),
    /// Steps
    IntegerList(Vec<i64>),
    /// Variant of `Limit`.
    String(String),
}

impl From<bool> for Limit {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<f64> for Limit {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<Range> for Limit {
    fn from(value: Range) -> Self {
        Self::Range(value)
    }
}

impl From<Vec<i64>> for Limit {
    fn from(value: Vec<i64>) -> Self {
        Self::IntegerList(value)
    }
}

impl From<String> for Limit {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

union! {
    Limit by kind {
        Boolean: boolean,
        Number: number,
        Range: object,
        IntegerList: array,
        String: string,
    }
}

impl Validate for Limit {}

object! {
    /// Response 200 of `GET /lists/last`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ListChargesResponse {
        pub data: Vec<ListChargesResponseDataItem>,
        pub has_more: bool,
    }
}

impl ListChargesResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(data: Vec<ListChargesResponseDataItem>, has_more: bool) -> Self {
        Self { data, has_more }
    }
}

impl Validate for ListChargesResponse {}

object! {
    /// Item of `ListChargesResponse.data`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ListChargesResponseDataItem {
        pub id: String,
    }
}

impl ListChargesResponseDataItem {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Validate for ListChargesResponseDataItem {}

object! {
    /// Response 200 of `GET /lists/counted`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ListCountedResponse {
        pub words: Vec<String>,
        pub meta: Option<ListCountedResponseMeta> = None,
    }
}

#[allow(missing_docs)]
impl ListCountedResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: list(words), meta: None }
    }

    #[must_use]
    pub fn meta(mut self, meta: ListCountedResponseMeta) -> Self {
        self.meta = Some(meta);
        self
    }
}

impl Validate for ListCountedResponse {}

object! {
    /// Property `meta` of `ListCountedResponse`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ListCountedResponseMeta {
        #[serde(with = "nullable_whole")]
        pub total_pages: Option<Option<i32>> = None,
    }
}

#[allow(missing_docs)]
impl ListCountedResponseMeta {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn total_pages(mut self, total_pages: impl Into<Option<i32>>) -> Self {
        self.total_pages = Some(total_pages.into());
        self
    }
}

impl Validate for ListCountedResponseMeta {}

object! {
    /// Response 200 of `GET /lists/offsets`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ListOffsetsResponse {
        pub words: Vec<String>,
    }
}

impl ListOffsetsResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: list(words) }
    }
}

impl Validate for ListOffsetsResponse {}

object! {
    /// Response 200 of `GET /lists/tokens`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ListTokensResponse {
        pub words: Vec<String>,
        #[serde(with = "nullable")]
        pub next_cursor: Option<Option<String>> = None,
    }
}

#[allow(missing_docs)]
impl ListTokensResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: list(words), next_cursor: None }
    }

    #[must_use]
    pub fn next_cursor(mut self, next_cursor: impl Into<Option<String>>) -> Self {
        self.next_cursor = Some(next_cursor.into());
        self
    }
}

impl Validate for ListTokensResponse {}

object! {
    /// Response 200 of `GET /lists/urls`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ListUrlsResponse {
        pub words: Vec<String>,
        pub next: Option<Uri> = None,
    }
}

#[allow(missing_docs)]
impl ListUrlsResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: list(words), next: None }
    }

    #[must_use]
    pub fn next(mut self, next: impl Into<Uri>) -> Self {
        self.next = Some(next.into());
        self
    }
}

impl Validate for ListUrlsResponse {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("next", &self.next);
    }
}

string_enum! {
    /// A model; there are more than the description lists
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Model {
        One = "one",
        #[serde(other)]
        #[validate(skip)]
        Other(String),
    }
}

/// How much it costs, as a type of another package
///
/// `rust_decimal::Decimal`, for the schema `Money`; `rust_decimal::serde::float` reads and
/// writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money(pub ::rust_decimal::Decimal);

foreign! {
    Money(::rust_decimal::Decimal) with ::rust_decimal::serde::float,
    "must be a valid Money"
}

/// Numbers
pub type Numbers = Vec<i64>;

object! {
    /// An OAuth 2.0 app
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct OAuthApp {
        /// The client id
        pub id: String,
        /// The name of the app
        pub name: String,
        /// Where users may be sent back to
        pub callback_urls: Vec<Uri>,
        /// Whether the app is trusted
        pub is_trusted: Option<bool> = None,
    }
}

impl OAuthApp {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(required: OAuthAppRequired) -> Self {
        Self {
            id: required.id,
            name: required.name,
            callback_urls: required.callback_urls,
            is_trusted: None,
        }
    }

    /// Whether the app is trusted
    #[must_use]
    pub fn is_trusted(mut self, is_trusted: bool) -> Self {
        self.is_trusted = Some(is_trusted);
        self
    }
}

impl Validate for OAuthApp {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("callback_urls", &self.callback_urls);
    }
}

/// Required properties of [`OAuthApp`], for its `new`.
#[derive(Debug)]
pub struct OAuthAppRequired {
    /// [`OAuthApp::id`]
    pub id: String,
    /// [`OAuthApp::name`]
    pub name: String,
    /// [`OAuthApp::callback_urls`]
    pub callback_urls: Vec<Uri>,
}

object! {
    /// What is big has a weight
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Parcel {
        pub size: Option<String> = None,
        pub weight: Option<f64> = None,
    }
}

#[allow(missing_docs)]
impl Parcel {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn size(mut self, size: impl Into<String>) -> Self {
        self.size = Some(size.into());
        self
    }

    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = Some(weight);
        self
    }
}

impl Validate for Parcel {
    fn validate_at(&self, v: &mut Validator) {
        v.rules(self, &PARCEL_RULES);
    }
}

/// How to pay, by a property that only one has
#[derive(Debug, Clone, PartialEq)]
pub enum Payment {
    /// An app was created
    Created(Created),
    /// Money that is sent
    Transfer(Transfer),
}

impl From<Created> for Payment {
    fn from(value: Created) -> Self {
        Self::Created(value)
    }
}

impl From<Transfer> for Payment {
    fn from(value: Transfer) -> Self {
        Self::Transfer(value)
    }
}

union! {
    Payment by field {
        Created: "kind",
        Transfer: _,
    }
}

impl Validate for Payment {
    fn validate_at(&self, v: &mut Validator) {
        if v.is_told() {
            return;
        }
        if let Self::Created(value) = self {
            value.validate_at(v);
        }
    }
}

object! {
    /// From here to there
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Range {
        /// The smallest
        #[serde(with = "whole")]
        pub from: Option<i64> = None,
        /// The largest
        #[serde(with = "whole")]
        pub to: Option<i64> = None,
    }
}

impl Range {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The smallest
    #[must_use]
    pub fn from(mut self, from: i64) -> Self {
        self.from = Some(from);
        self
    }

    /// The largest
    #[must_use]
    pub fn to(mut self, to: i64) -> Self {
        self.to = Some(to);
        self
    }
}

impl Validate for Range {}

/// Bytes, as a type of another package
///
/// `bytes::Bytes`, for the schema `Raw`; `base64` reads and writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Raw(pub ::bytes::Bytes);

foreign! {
    Raw(::bytes::Bytes) with base64_bytes,
    "must be a valid Raw"
}

object! {
    /// Response of `POST /reports` and `PUT /reports/{name}`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Report {
        pub name: String,
        pub phase: Option<String> = None,
    }
}

#[allow(missing_docs)]
impl Report {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), phase: None }
    }

    #[must_use]
    pub fn phase(mut self, phase: impl Into<String>) -> Self {
        self.phase = Some(phase.into());
        self
    }
}

impl Validate for Report {}

object! {
    /// A term on the right
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Right {
        /// A sum: exactly one of its types, most of which hold sums
        pub of: Box<Sum>,
        /// How it is written
        pub suffix: Option<String> = None,
    }
}

impl Right {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(of: impl Into<Box<Sum>>) -> Self {
        Self { of: of.into(), suffix: None }
    }

    /// How it is written
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = Some(suffix.into());
        self
    }
}

impl Validate for Right {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

/// By what takes the whole value
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// A number and what it is of
    Count(Count),
    /// A switch and its places
    Switch(Switch),
}

impl From<Count> for Rule {
    fn from(value: Count) -> Self {
        Self::Count(value)
    }
}

impl From<Switch> for Rule {
    fn from(value: Switch) -> Self {
        Self::Switch(value)
    }
}

union! {
    Rule in order {
        Count: object,
        Switch: object "value",
    }
}

impl Validate for Rule {}

object! {
    /// Body of `POST /lists/numbers`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct SearchNumbersBody {
        #[serde(with = "whole")]
        pub offset: i64,
        #[serde(with = "whole")]
        pub limit: Option<i64> = None,
    }
}

#[allow(missing_docs)]
impl SearchNumbersBody {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(offset: i64) -> Self {
        Self { offset, limit: None }
    }

    #[must_use]
    pub fn limit(mut self, limit: i64) -> Self {
        self.limit = Some(limit);
        self
    }
}

impl Validate for SearchNumbersBody {}

object! {
    /// Body of `POST /lists/search`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct SearchWordsBody {
        pub words: Option<String> = None,
        pub page: Option<SearchWordsBodyPage> = None,
    }
}

#[allow(missing_docs)]
impl SearchWordsBody {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    #[must_use]
    pub fn page(mut self, page: SearchWordsBodyPage) -> Self {
        self.page = Some(page);
        self
    }
}

impl Validate for SearchWordsBody {}

object! {
    /// Property `page` of `SearchWordsBody`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct SearchWordsBodyPage {
        pub after: Option<String> = None,
        #[serde(with = "whole")]
        pub size: Option<i64> = None,
    }
}

#[allow(missing_docs)]
impl SearchWordsBodyPage {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn after(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    #[must_use]
    pub fn size(mut self, size: i64) -> Self {
        self.size = Some(size);
        self
    }
}

impl Validate for SearchWordsBodyPage {}

object! {
    /// Response 200 of `POST /lists/search`.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct SearchWordsResponse {
        pub words: Vec<String>,
        #[serde(with = "nullable")]
        pub next: Option<Option<String>> = None,
    }
}

#[allow(missing_docs)]
impl SearchWordsResponse {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: list(words), next: None }
    }

    #[must_use]
    pub fn next(mut self, next: impl Into<Option<String>>) -> Self {
        self.next = Some(next.into());
        self
    }
}

impl Validate for SearchWordsResponse {}

/// A number, a text or a list of events, by the kind of JSON value
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// Variant of `Setting`.
    Integer(i64),
    /// Variant of `Setting`.
    String(String),
    /// Variant of `Setting`.
    EventList(Vec<Event>),
}

impl From<i64> for Setting {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<String> for Setting {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Vec<Event>> for Setting {
    fn from(value: Vec<Event>) -> Self {
        Self::EventList(value)
    }
}

union! {
    Setting by kind {
        Integer: number,
        EventList: array,
        String: string,
    }
}

impl Validate for Setting {
    fn validate_at(&self, v: &mut Validator) {
        if let Self::EventList(value) = self {
            for (index, item) in value.iter().enumerate() {
                v.enter_index(index);
                item.validate_at(v);
                v.leave();
            }
        }
    }
}

/// A shape, by a tag that its alternatives don't declare
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// The schema `Circle`.
    Circle(Circle),
    /// The schema `Square`.
    Square(Square),
    /// A value with a tag that the description doesn't list, such as one added later.
    Other(Value),
}

impl From<Circle> for Shape {
    fn from(value: Circle) -> Self {
        Self::Circle(value)
    }
}

impl From<Square> for Shape {
    fn from(value: Square) -> Self {
        Self::Square(value)
    }
}

union! {
    Shape by tag "kind" {
        Circle: "Circle" written_tag,
        Square: "Square" written_tag,
    } other Other
}

impl Validate for Shape {
    fn validate_at(&self, v: &mut Validator) {
        if let Self::Other(_) = self {
            v.violation("has a tag that isn't listed");
        }
    }
}

object! {
    /// Part of `Shape`.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Square {
        pub side: Option<f64> = None,
    }
}

#[allow(missing_docs)]
impl Square {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn side(mut self, side: f64) -> Self {
        self.side = Some(side);
        self
    }
}

impl Validate for Square {}

/// A sum: exactly one of its types, most of which hold sums
#[derive(Debug, Clone, PartialEq)]
pub enum Sum {
    /// A term on the left
    Left(Box<Left>),
    /// A term on the right
    Right(Box<Right>),
    /// Variant of `Sum`.
    List(Vec<Sum>),
    /// Variant of `Sum`.
    Map(BTreeMap<String, Sum>),
    /// Variant of `Sum`.
    Integer(i64),
    /// A value that matches several of the other variants, which validation rejects.
    Several(Box<SumSeveral>),
}

impl From<Vec<Sum>> for Sum {
    fn from(value: Vec<Sum>) -> Self {
        Self::List(value)
    }
}

impl From<BTreeMap<String, Sum>> for Sum {
    fn from(value: BTreeMap<String, Sum>) -> Self {
        Self::Map(value)
    }
}

impl From<i64> for Sum {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

union! {
    Sum in order {
        Left: object,
        Right: object,
        List: array,
        Map: map,
        Integer: number,
        Several: object,
    } exclusive 5
}

impl Validate for Sum {
    fn validate_at(&self, v: &mut Validator) {
        one_of(
            self,
            v,
            |v| match self {
                Self::Left(value) => {
                    value.validate_at(v);
                }
                Self::Right(value) => {
                    value.validate_at(v);
                }
                Self::List(value) => {
                    for (index, item) in value.iter().enumerate() {
                        v.enter_index(index);
                        item.validate_at(v);
                        v.leave();
                    }
                }
                Self::Map(value) => {
                    for (name, item) in value {
                        v.enter(name);
                        item.validate_at(v);
                        v.leave();
                    }
                }
                Self::Integer(value) => {
                    v.maximum(*value, 1000);
                }
                Self::Several(value) => {
                    value.validate_at(v);
                }
            },
        );
    }
}

object! {
    /// A value that matches several of the other variants, which validation rejects.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct SumSeveral {
        /// A sum: exactly one of its types, most of which hold sums
        pub of: Box<Sum>,
        /// How it is written
        pub prefix: Option<String> = None,
        /// How it is written
        pub suffix: Option<String> = None,
    }
}

impl SumSeveral {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(of: impl Into<Box<Sum>>) -> Self {
        Self { of: of.into(), prefix: None, suffix: None }
    }

    /// How it is written
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// How it is written
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = Some(suffix.into());
        self
    }
}

impl Validate for SumSeveral {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

object! {
    /// A switch and its places
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Switch {
        /// On
        pub value: bool,
        /// Where
        #[serde(with = "whole")]
        pub places: Option<Vec<i64>> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

impl Switch {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(value: bool) -> Self {
        Self {
            value,
            places: None,
            additional_properties: Default::default(),
        }
    }

    /// Where
    #[must_use]
    pub fn places(mut self, places: Vec<i64>) -> Self {
        self.places = Some(places);
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for Switch {}

string_enum! {
    /// How the client proves itself at the token endpoint
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TokenEndpointAuthMethod {
        ClientSecretPost = "client_secret_post",
        None = "none",
        #[serde(other)]
        Other(String),
    }
}

object! {
    /// Money that is sent
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Transfer {
        pub id: Option<String> = None,
        pub message: Option<String> = None,
        #[serde(with = "whole")]
        pub status_code: Option<i64> = None,
        #[serde(flatten)]
        pub additional_properties: Map<String, Value>,
    }
}

#[allow(missing_docs)]
impl Transfer {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    #[must_use]
    pub fn status_code(mut self, status_code: i64) -> Self {
        self.status_code = Some(status_code);
        self
    }

    /// Additional properties, by name.
    #[must_use]
    pub fn additional_properties(
        mut self,
        additional_properties: impl IntoIterator<Item = (impl Into<String>, Value)>,
    ) -> Self {
        let named = additional_properties.into_iter().map(|(name, value)| (name.into(), value));
        self.additional_properties = named.collect();
        self
    }
}

impl Validate for Transfer {}

/// By what takes the whole value
#[derive(Debug, Clone, PartialEq)]
pub enum Tried {
    /// An app was deleted
    Deleted(Deleted),
    /// An app was created
    Created(Created),
    /// Word
    String(String),
    /// Text
    StringValue(String),
    /// A value that matches several of the other variants.
    Several(TriedSeveral),
}

impl From<Deleted> for Tried {
    fn from(value: Deleted) -> Self {
        Self::Deleted(value)
    }
}

impl From<Created> for Tried {
    fn from(value: Created) -> Self {
        Self::Created(value)
    }
}

impl From<TriedSeveral> for Tried {
    fn from(value: TriedSeveral) -> Self {
        Self::Several(value)
    }
}

union! {
    Tried in order {
        Deleted: object,
        Created: object "id",
        String: string,
        StringValue: string,
        Several: object,
    }
}

impl Validate for Tried {
    fn validate_at(&self, v: &mut Validator) {
        if v.is_told() {
            return;
        }
        match self {
            Self::Created(value) => {
                value.validate_at(v);
            }
            Self::String(value) => {
                v.max_length(value, 5);
            }
            Self::Several(value) => {
                value.validate_at(v);
            }
            _ => {}
        }
    }
}

object! {
    /// A value that matches several of the other variants.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct TriedSeveral {
        /// Always `deleted`
        pub kind: String,
        /// Why
        pub reason: Option<String> = None,
        /// The app's id, of two characters at least
        pub id: Option<String> = None,
    }
}

impl TriedSeveral {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), reason: None, id: None }
    }

    /// Why
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The app's id, of two characters at least
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl Validate for TriedSeveral {
    fn validate_at(&self, v: &mut Validator) {
        if let Some(value) = &self.id {
            v.enter("id");
            v.min_length(value, 2);
            v.leave();
        }
    }
}

object! {
    /// A file and what is said of it
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Upload {
        pub file: Value,
        pub note: Option<String> = None,
        #[serde(with = "whole")]
        pub sizes: Option<Vec<i64>> = None,
        /// An OAuth 2.0 app
        pub app: Option<OAuthApp> = None,
        pub more: Option<Vec<Value>> = None,
    }
}

#[allow(missing_docs)]
impl Upload {
    /// Creates a value from the required properties; the others are unset.
    #[must_use]
    pub fn new(file: impl Into<Value>) -> Self {
        Self {
            file: file.into(),
            note: None,
            sizes: None,
            app: None,
            more: None,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    #[must_use]
    pub fn sizes(mut self, sizes: Vec<i64>) -> Self {
        self.sizes = Some(sizes);
        self
    }

    /// An OAuth 2.0 app
    #[must_use]
    pub fn app(mut self, app: OAuthApp) -> Self {
        self.app = Some(app);
        self
    }

    #[must_use]
    pub fn more(mut self, more: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        self.more = Some(list(more));
        self
    }
}

impl Validate for Upload {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("app", &self.app);
    }
}

object! {
    /// A value of every kind
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Values {
        /// A number, a text or a list of events, by the kind of JSON value
        pub setting: Option<Setting> = None,
        /// How to pay, by a property that only one has
        pub payment: Option<Payment> = None,
        /// By what takes the whole value
        pub tried: Option<Tried> = None,
        /// A sum: exactly one of its types, most of which hold sums
        pub sum: Option<Sum> = None,
        /// How much of it there is
        pub level: Option<Level> = None,
        /// A model; there are more than the description lists
        pub model: Option<Model> = None,
        /// What is big has a weight
        pub parcel: Option<Parcel> = None,
        /// A shape, by a tag that its alternatives don't declare
        pub shape: Option<Shape> = None,
        /// How much it costs, as a type of another package
        pub money: Option<Money> = None,
        /// Bytes, as a type of another package
        pub raw: Option<Raw> = None,
        /// A number and its unit
        pub pair: Option<(i64, String)> = None,
        pub date: Option<Date> = None,
        pub time: Option<Time> = None,
        pub at: Option<DateTime> = None,
        pub duration: Option<Duration> = None,
        pub uuid: Option<Uuid> = None,
        pub bytes: Option<Base64> = None,
        pub price: Option<Decimal> = None,
        pub email: Option<String> = None,
        pub expression: Option<String> = None,
        pub quoted: Option<String> = None,
    }
}

#[allow(missing_docs)]
impl Values {
    /// Creates an empty value; every property is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A number, a text or a list of events, by the kind of JSON value
    #[must_use]
    pub fn setting(mut self, setting: Setting) -> Self {
        self.setting = Some(setting);
        self
    }

    /// How to pay, by a property that only one has
    #[must_use]
    pub fn payment(mut self, payment: Payment) -> Self {
        self.payment = Some(payment);
        self
    }

    /// By what takes the whole value
    #[must_use]
    pub fn tried(mut self, tried: Tried) -> Self {
        self.tried = Some(tried);
        self
    }

    /// A sum: exactly one of its types, most of which hold sums
    #[must_use]
    pub fn sum(mut self, sum: Sum) -> Self {
        self.sum = Some(sum);
        self
    }

    /// How much of it there is
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// A model; there are more than the description lists
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.model = Some(model);
        self
    }

    /// What is big has a weight
    #[must_use]
    pub fn parcel(mut self, parcel: Parcel) -> Self {
        self.parcel = Some(parcel);
        self
    }

    /// A shape, by a tag that its alternatives don't declare
    #[must_use]
    pub fn shape(mut self, shape: Shape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// How much it costs, as a type of another package
    #[must_use]
    pub fn money(mut self, money: impl Into<Money>) -> Self {
        self.money = Some(money.into());
        self
    }

    /// Bytes, as a type of another package
    #[must_use]
    pub fn raw(mut self, raw: impl Into<Raw>) -> Self {
        self.raw = Some(raw.into());
        self
    }

    /// A number and its unit
    #[must_use]
    pub fn pair(mut self, pair: (i64, String)) -> Self {
        self.pair = Some(pair);
        self
    }

    #[must_use]
    pub fn date(mut self, date: impl Into<Date>) -> Self {
        self.date = Some(date.into());
        self
    }

    #[must_use]
    pub fn time(mut self, time: impl Into<Time>) -> Self {
        self.time = Some(time.into());
        self
    }

    #[must_use]
    pub fn at(mut self, at: impl Into<DateTime>) -> Self {
        self.at = Some(at.into());
        self
    }

    #[must_use]
    pub fn duration(mut self, duration: impl Into<Duration>) -> Self {
        self.duration = Some(duration.into());
        self
    }

    #[must_use]
    pub fn uuid(mut self, uuid: impl Into<Uuid>) -> Self {
        self.uuid = Some(uuid.into());
        self
    }

    #[must_use]
    pub fn bytes(mut self, bytes: impl Into<Base64>) -> Self {
        self.bytes = Some(bytes.into());
        self
    }

    #[must_use]
    pub fn price(mut self, price: impl Into<Decimal>) -> Self {
        self.price = Some(price.into());
        self
    }

    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    #[must_use]
    pub fn expression(mut self, expression: impl Into<String>) -> Self {
        self.expression = Some(expression.into());
        self
    }

    #[must_use]
    pub fn quoted(mut self, quoted: impl Into<String>) -> Self {
        self.quoted = Some(quoted.into());
        self
    }
}

impl Validate for Values {
    fn validate_at(&self, v: &mut Validator) {
        v.properties(
            &[
                ("setting", &self.setting),
                ("payment", &self.payment),
                ("tried", &self.tried),
                ("sum", &self.sum),
                ("level", &self.level),
                ("parcel", &self.parcel),
                ("shape", &self.shape),
                ("date", &self.date),
                ("time", &self.time),
                ("at", &self.at),
                ("duration", &self.duration),
                ("uuid", &self.uuid),
                ("bytes", &self.bytes),
                ("price", &self.price),
            ],
        );
        if let Some(value) = &self.email {
            v.enter("email");
            v.email(value);
            v.leave();
        }
        if let Some(value) = &self.expression {
            v.enter("expression");
            v.regex(value);
            v.leave();
        }
        if let Some(value) = &self.quoted {
            v.enter("quoted");
            {
                static PATTERN: Pattern<Backtracking> = Pattern::new("^(['\"]).*\\1$");
                v.pattern(value, &PATTERN);
            }
            v.leave();
        }
    }
}
