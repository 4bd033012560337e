use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::support::{
    Pattern, Uri, Validate, Validator, integer_enum, object, one_of, string_enum, union, whole,
};

/// An error as Mattermost describes it
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AppError {
    /// Identifies the error
    pub id: Option<String>,
    /// Says what went wrong
    pub message: Option<String>,
    /// The HTTP status
    pub status_code: Option<i64>,
}

impl AppError {
    /// A value in which nothing is set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `id`. Identifies the error
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets `message`. Says what went wrong
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Sets `status_code`. The HTTP status
    #[must_use]
    pub fn status_code(mut self, status_code: i64) -> Self {
        self.status_code = Some(status_code);
        self
    }
}

object! {
    AppError {
        id: "id" optional,
        message: "message" optional,
        status_code: "status_code" optional integer,
    }
}

impl Validate for AppError {}

/// An OAuth 2.0 app
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OAuthApp {
    /// The client id
    pub id: String,
    /// The name of the app
    pub name: String,
    /// Where users may be sent back to
    pub callback_urls: Vec<Uri>,
    /// Whether the app is trusted
    pub is_trusted: Option<bool>,
}

impl OAuthApp {
    /// A value with what is required; everything else is unset.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        callback_urls: impl IntoIterator<Item = impl Into<Uri>>,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            callback_urls: callback_urls.into_iter().map(Into::into).collect(),
            is_trusted: None,
        }
    }

    /// Sets `is_trusted`. Whether the app is trusted
    #[must_use]
    pub fn is_trusted(mut self, is_trusted: bool) -> Self {
        self.is_trusted = Some(is_trusted);
        self
    }
}

object! {
    OAuthApp {
        id: "id" required,
        name: "name" required,
        callback_urls: "callback_urls" required,
        is_trusted: "is_trusted" optional,
    }
}

impl Validate for OAuthApp {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("callback_urls", &self.callback_urls);
    }
}

/// What registers an app
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreateOAuthAppBody {
    /// The name of the app
    pub name: String,
    /// Where users may be sent back to
    pub callback_urls: Vec<Uri>,
    /// How many seconds a token is good for
    pub lifetime: Option<i32>,
}

impl CreateOAuthAppBody {
    /// A value with what is required; everything else is unset.
    pub fn new(
        name: impl Into<String>,
        callback_urls: impl IntoIterator<Item = impl Into<Uri>>,
    ) -> Self {
        Self {
            name: name.into(),
            callback_urls: callback_urls.into_iter().map(Into::into).collect(),
            lifetime: None,
        }
    }

    /// Sets `lifetime`. How many seconds a token is good for
    #[must_use]
    pub fn lifetime(mut self, lifetime: i32) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

object! {
    CreateOAuthAppBody {
        name: "name" required,
        callback_urls: "callback_urls" required,
        lifetime: "lifetime" optional integer,
    }
    closed
}

impl Validate for CreateOAuthAppBody {
    fn validate_at(&self, v: &mut Validator) {
        v.field("name", |v| {
            v.min_length(&self.name, 1);
            v.max_length(&self.name, 64);
        });
        v.field("callback_urls", |v| {
            v.min_items(self.callback_urls.len(), 1);
            v.unique_items(&self.callback_urls);
            self.callback_urls.validate_at(v);
        });
        if let Some(lifetime) = self.lifetime {
            v.field("lifetime", |v| {
                v.minimum(lifetime, 60);
                v.multiple_of(lifetime, 60);
            });
        }
    }
}

/// A dynamic client registration request (RFC 7591)
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientRegistrationRequest {
    /// The URIs the client may be sent back to
    pub redirect_uris: Vec<Uri>,
    /// A name for people
    pub client_name: Option<String>,
    /// How the client proves itself
    pub token_endpoint_auth_method: Option<TokenEndpointAuthMethod>,
    /// A short name, which can be taken away
    pub nickname: Option<Option<String>>,
    /// A motto, which may be none
    pub motto: Option<String>,
    /// Properties that the description does not name.
    pub additional_properties: Map<String, Value>,
}

impl ClientRegistrationRequest {
    /// A value with what is required; everything else is unset.
    pub fn new(
        redirect_uris: impl IntoIterator<Item = impl Into<Uri>>,
        motto: Option<String>,
    ) -> Self {
        Self {
            redirect_uris: redirect_uris.into_iter().map(Into::into).collect(),
            client_name: None,
            token_endpoint_auth_method: None,
            nickname: None,
            motto,
            additional_properties: Map::new(),
        }
    }

    /// Sets `client_name`. A name for people
    #[must_use]
    pub fn client_name(mut self, client_name: impl Into<String>) -> Self {
        self.client_name = Some(client_name.into());
        self
    }

    /// Sets `token_endpoint_auth_method`. How the client proves itself
    #[must_use]
    pub fn token_endpoint_auth_method(
        mut self,
        token_endpoint_auth_method: TokenEndpointAuthMethod,
    ) -> Self {
        self.token_endpoint_auth_method = Some(token_endpoint_auth_method);
        self
    }

    /// Sets `nickname`, to `null` with `None`. A short name, which can be taken away
    #[must_use]
    pub fn nickname(mut self, nickname: impl Into<Option<String>>) -> Self {
        self.nickname = Some(nickname.into());
        self
    }
}

object! {
    ClientRegistrationRequest {
        redirect_uris: "redirect_uris" required,
        client_name: "client_name" optional,
        token_endpoint_auth_method: "token_endpoint_auth_method" optional,
        nickname: "nickname" optional_nullable,
        motto: "motto" nullable,
    }
    rest additional_properties
}

impl Validate for ClientRegistrationRequest {
    fn validate_at(&self, v: &mut Validator) {
        v.field("redirect_uris", |v| {
            v.min_items(self.redirect_uris.len(), 1);
            v.items(&self.redirect_uris, |v, item| {
                item.validate_at(v);
                v.max_length(item, 256);
            });
        });
        if let Some(client_name) = &self.client_name {
            v.field("client_name", |v| v.max_length(client_name, 64));
        }
        v.nested(
            "token_endpoint_auth_method",
            &self.token_endpoint_auth_method,
        );
    }
}

/// A registered client
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientRegistrationResponse {
    /// The client id
    pub client_id: String,
}

impl ClientRegistrationResponse {
    /// A value with what is required; everything else is unset.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
        }
    }
}

object! {
    ClientRegistrationResponse {
        client_id: "client_id" required,
    }
}

static CLIENT_REGISTRATION_RESPONSE_CLIENT_ID: Pattern = Pattern::new(r"^[a-z0-9]+$");

impl Validate for ClientRegistrationResponse {
    fn validate_at(&self, v: &mut Validator) {
        v.field("client_id", |v| {
            v.pattern(&self.client_id, &CLIENT_REGISTRATION_RESPONSE_CLIENT_ID);
        });
    }
}

/// Why a client wasn't registered (RFC 7591, section 3.2.2)
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientRegistrationError {
    /// A code
    pub error: String,
    /// A text for people
    pub error_description: Option<String>,
}

impl ClientRegistrationError {
    /// A value with what is required; everything else is unset.
    pub fn new(error: impl Into<String>) -> Self {
        Self {
            error: error.into(),
            error_description: None,
        }
    }

    /// Sets `error_description`. A text for people
    #[must_use]
    pub fn error_description(mut self, error_description: impl Into<String>) -> Self {
        self.error_description = Some(error_description.into());
        self
    }
}

object! {
    ClientRegistrationError {
        error: "error" required,
        error_description: "error_description" optional,
    }
}

impl Validate for ClientRegistrationError {}

/// How the client proves itself at the token endpoint
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TokenEndpointAuthMethod {
    /// `client_secret_post`
    ClientSecretPost,
    /// `none`
    None,
    /// A value that the description does not list.
    Other(String),
}

string_enum! {
    TokenEndpointAuthMethod {
        ClientSecretPost: "client_secret_post",
        None: "none",
    }
}

/// What a webhook tells of: told by its `kind`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Event {
    /// An app was created
    Created(Created),
    /// An app was deleted
    Deleted(Deleted),
    /// A value with a tag that the description doesn't list.
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
            Self::Created(value) => value.validate_at(v),
            Self::Deleted(value) => value.validate_at(v),
            Self::Other(_) => v.violation("has a tag that isn't listed"),
        }
    }
}

/// An app was created
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Created {
    /// Always one of the tags
    pub kind: String,
    /// The app's id, of two characters at least
    pub id: String,
}

object! {
    Created {
        kind: "kind" required,
        id: "id" required,
    }
}

impl Validate for Created {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("id");
        v.min_length(&self.id, 2);
        v.leave();
    }
}

/// An app was deleted
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deleted {
    /// Always `deleted`
    pub kind: String,
    /// Why
    pub reason: Option<String>,
}

object! {
    Deleted {
        kind: "kind" required,
        reason: "reason" optional,
    }
}

impl Validate for Deleted {}

/// A number, a text or a list of events: told by the kind of JSON value
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Setting {
    /// A number
    Integer(i64),
    /// A text
    String(String),
    /// Events
    EventList(Vec<Event>),
}

union! {
    Setting by kind {
        Integer: number,
        String: string,
        EventList: array,
    }
}

impl Validate for Setting {}

/// How to pay: told by a property that only one has
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Payment {
    /// An app was created
    Created(Created),
    /// Everything else
    Rest(AppError),
}

union! {
    Payment by field {
        Created: "kind",
        Rest: _,
    }
}

impl Validate for Payment {}

/// Told by what takes the whole value
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Tried {
    /// An app was deleted
    Deleted(Deleted),
    /// An app was created
    Created(Created),
    /// A word
    Word(String),
    /// A text
    Text(String),
}

union! {
    Tried in order {
        Deleted,
        Created,
        Word,
        Text,
    }
}

impl Validate for Tried {
    fn validate_at(&self, v: &mut Validator) {
        if v.is_told() {
            return;
        }
        match self {
            Self::Deleted(value) => value.validate_at(v),
            Self::Created(value) => value.validate_at(v),
            Self::Word(value) => v.max_length(value, 5),
            Self::Text(_) => {}
        }
    }
}

/// A sum: exactly one of its types, most of which hold sums
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sum {
    /// A term on the left
    Left(Left),
    /// A term on the right
    Right(Right),
    /// Terms
    SumList(Vec<Sum>),
    /// Terms with names
    Map(BTreeMap<String, Sum>),
    /// A number
    Integer(i64),
}

union! {
    Sum in order {
        Left,
        Right,
        SumList,
        Map,
        Integer,
    } exclusive 5
}

impl Validate for Sum {
    fn validate_at(&self, v: &mut Validator) {
        one_of(self, v, |v| match self {
            Self::Left(value) => value.validate_at(v),
            Self::Right(value) => value.validate_at(v),
            Self::SumList(value) => value.validate_at(v),
            Self::Map(value) => value.validate_at(v),
            Self::Integer(value) => v.maximum(*value, 1_000),
        });
    }
}

/// A term on the left
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Left {
    /// What it is of
    pub of: Box<Sum>,
    /// How it is written
    pub prefix: Option<String>,
}

object! {
    Left {
        of: "of" required,
        prefix: "prefix" optional,
    }
}

impl Validate for Left {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

/// A term on the right
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Right {
    /// What it is of
    pub of: Box<Sum>,
    /// How it is written
    pub suffix: Option<String>,
}

object! {
    Right {
        of: "of" required,
        suffix: "suffix" optional,
    }
}

impl Validate for Right {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

/// How much of it there is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// `1`
    Value1,
    /// Less than nothing
    Debt,
    /// A value that the description doesn't list.
    Other(i64),
}

integer_enum! {
    Level {
        Value1: 1,
        Debt: -5,
    }
}

/// A model; there are more than the description lists
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Model {
    /// `one`
    One,
    /// A value that the description doesn't list.
    Other(String),
}

string_enum! {
    Model {
        One: "one",
    } open Other
}

/// A colour, as the specification's tables of styles have it
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red
    pub r: i64,
    /// Green
    pub g: i64,
    /// Blue
    pub b: i64,
}

object! {
    Color {
        r: "R" required integer,
        g: "G" required integer,
        b: "B" required integer,
    }
}

impl Validate for Color {}

/// A form with a value of every sort
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// How much
    pub amount: i64,
    /// At once
    pub capture: Option<bool>,
    /// How exact
    pub share: Option<f64>,
    /// For people
    pub note: Option<String>,
    /// What is bought
    pub items: Option<Vec<Item>>,
    /// What is asked for besides
    pub expand: Option<Vec<String>>,
    /// Anything
    pub metadata: Option<BTreeMap<String, Value>>,
    /// Told by its kind
    pub limit: Option<Limit>,
    /// Told by its tag
    pub event: Option<Event>,
    /// Told by a field
    pub payment: Option<Payment>,
    /// Told by what takes the whole value
    pub rule: Option<Rule>,
    /// May be null
    pub until: Option<Option<i64>>,
}

object! {
    Charge {
        amount: "amount" required integer,
        capture: "capture" optional,
        share: "share" optional,
        note: "note" optional,
        items: "items" optional,
        expand: "expand" optional,
        metadata: "metadata" optional,
        limit: "limit" optional,
        event: "event" optional,
        payment: "payment" optional,
        rule: "rule" optional,
        until: "until" optional_nullable integer,
    }
}

impl Validate for Charge {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("amount");
        v.minimum(self.amount, 1);
        v.leave();
        v.enter("items");
        self.items.validate_at(v);
        v.leave();
    }
}

/// Something that is bought
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// The name of a price
    pub price: String,
    /// How many
    pub quantity: Option<i64>,
}

object! {
    Item {
        price: "price" required,
        quantity: "quantity" optional integer,
    }
}

impl Validate for Item {}

/// A switch, a number, a range, steps or a name: told by the kind of value
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// A switch
    Boolean(bool),
    /// A number
    Number(f64),
    /// A range
    Range(Range),
    /// Steps
    Steps(Vec<i64>),
    /// A name
    String(String),
}

union! {
    Limit by kind {
        Boolean: boolean,
        Number: number,
        Range: object,
        Steps: array,
        String: string,
    }
}

impl Validate for Limit {}

/// From here to there
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Range {
    /// The smallest
    pub from: Option<i64>,
    /// The largest
    pub to: Option<i64>,
}

object! {
    Range {
        from: "from" optional integer,
        to: "to" optional integer,
    }
}

impl Validate for Range {}

/// Told by what takes the whole value
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// A number
    Count(Count),
    /// A switch
    Switch(Switch),
}

union! {
    Rule in order {
        Count,
        Switch,
    }
}

impl Validate for Rule {}

/// A number and what it is of
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Count {
    /// How many
    pub value: Option<i64>,
    /// May be null
    pub unit: Option<Option<String>>,
}

object! {
    Count {
        value: "value" optional integer,
        unit: "unit" optional_nullable,
    }
}

impl Validate for Count {}

/// A switch and its places
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Switch {
    /// On
    pub value: bool,
    /// Where
    pub places: Option<Vec<i64>>,
}

object! {
    Switch {
        value: "value" required,
        places: "places" optional integer,
    }
}

impl Validate for Switch {}
