use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::support::{
    Pattern, Uri, Validate, Validator, integer_enum, object, one_of, string_enum, union, whole,
};

object! {
    /// An error as Mattermost describes it
    #[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
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

impl Validate for AppError {}

object! {
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
        pub is_trusted: Option<bool> = None,
    }
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

impl Validate for OAuthApp {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("callback_urls", &self.callback_urls);
    }
}

object! {
    /// What registers an app
    #[serde(deny_unknown_fields)]
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

object! {
    /// A dynamic client registration request (RFC 7591)
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct ClientRegistrationRequest {
        /// The URIs the client may be sent back to
        pub redirect_uris: Vec<Uri>,
        /// A name for people
        pub client_name: Option<String> = None,
        /// How the client proves itself
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

object! {
    /// A registered client
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct ClientRegistrationResponse {
        /// The client id
        pub client_id: String,
    }
}

impl ClientRegistrationResponse {
    /// A value with what is required; everything else is unset.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
        }
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

object! {
    /// Why a client wasn't registered (RFC 7591, section 3.2.2)
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct ClientRegistrationError {
        /// A code
        pub error: String,
        /// A text for people
        pub error_description: Option<String> = None,
    }
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

impl Validate for ClientRegistrationError {}

string_enum! {
    /// How the client proves itself at the token endpoint
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum TokenEndpointAuthMethod {
        ClientSecretPost = "client_secret_post",
        None = "none",
        #[serde(other)]
        Other(String),
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

object! {
    /// An app was created
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Created {
        /// Always one of the tags
        pub kind: String,
        /// The app's id, of two characters at least
        pub id: String,
    }
}

impl Validate for Created {
    fn validate_at(&self, v: &mut Validator) {
        v.enter("id");
        v.min_length(&self.id, 2);
        v.leave();
    }
}

object! {
    /// An app was deleted
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Deleted {
        /// Always `deleted`
        pub kind: String,
        /// Why
        pub reason: Option<String> = None,
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

object! {
    /// A term on the left
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Left {
        /// What it is of
        pub of: Box<Sum>,
        /// How it is written
        pub prefix: Option<String> = None,
    }
}

impl Validate for Left {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

object! {
    /// A term on the right
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Right {
        /// What it is of
        pub of: Box<Sum>,
        /// How it is written
        pub suffix: Option<String> = None,
    }
}

impl Validate for Right {
    fn validate_at(&self, v: &mut Validator) {
        v.nested("of", &self.of);
    }
}

integer_enum! {
    /// How much of it there is
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Level {
        Value1 = 1,
        /// Less than nothing
        Debt = -5,
        #[serde(other)]
        Other(i64),
    }
}

string_enum! {
    /// A model; there are more than the description lists
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum Model {
        One = "one",
        #[serde(other)]
        #[validate(skip)]
        Other(String),
    }
}

object! {
    /// A colour, as the specification's tables of styles have it
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Color {
        /// Red
        #[serde(rename = "R")]
        #[serde(with = "whole")]
        pub r: i64,
        /// Green
        #[serde(rename = "G")]
        #[serde(with = "whole")]
        pub g: i64,
        /// Blue
        #[serde(rename = "B")]
        #[serde(with = "whole")]
        pub b: i64,
    }
}

impl Validate for Color {}

object! {
    /// A form with a value of every sort
    #[derive(Debug, Clone, PartialEq)]
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
        pub metadata: Option<BTreeMap<String, Value>> = None,
        /// Told by its kind
        pub limit: Option<Limit> = None,
        /// Told by its tag
        pub event: Option<Event> = None,
        /// Told by a field
        pub payment: Option<Payment> = None,
        /// Told by what takes the whole value
        pub rule: Option<Rule> = None,
        /// May be null
        #[serde(with = "nullable_whole")]
        pub until: Option<Option<i64>> = None,
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

object! {
    /// Something that is bought
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Item {
        /// The name of a price
        pub price: String,
        /// How many
        #[serde(with = "whole")]
        pub quantity: Option<i64> = None,
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

object! {
    /// From here to there
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Range {
        /// The smallest
        #[serde(with = "whole")]
        pub from: Option<i64> = None,
        /// The largest
        #[serde(with = "whole")]
        pub to: Option<i64> = None,
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

object! {
    /// A number and what it is of
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Count {
        /// How many
        #[serde(with = "whole")]
        pub value: Option<i64> = None,
        /// May be null
        #[serde(with = "nullable")]
        pub unit: Option<Option<String>> = None,
    }
}

impl Validate for Count {}

object! {
    /// A switch and its places
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Switch {
        /// On
        pub value: bool,
        /// Where
        #[serde(with = "whole")]
        pub places: Option<Vec<i64>> = None,
    }
}

impl Validate for Switch {}
