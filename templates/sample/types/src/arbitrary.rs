// Written by specwright; changes are overwritten.

//! Random values of the types, for tests with proptest: what the JSON of each may be, of which
//! its `Arbitrary` is made.

use super::support::arbitrary::{Draw, Property, of};
use super::support::arbitrary::{self, arbitrary};

arbitrary! {
    AppError = Draw::Object(&[
        Property("id", false, Draw::TEXT),
        Property("message", false, Draw::TEXT),
        Property("status_code", false, Draw::INT64),
    ]);
}

arbitrary! {
    Book = Draw::ObjectWith(&[
        Property("id", false, Draw::INT64),
        Property("langs", false, Draw::List(&Draw::TEXT)),
        Property("title", false, Draw::TEXT),
        Property("pages", false, Draw::INT64),
        Property("authors", true, Draw::List(&Draw::TEXT)),
        Property("chapters", false, Draw::List(&Draw::TEXT)),
        Property("grid", false, Draw::List(&Draw::List(&Draw::TEXT))),
        Property("place", false, Draw::Of(of::<super::models::BookPlace>)),
        Property("note", false, Draw::Of(of::<super::models::BookNote>)),
        Property("page", false, Draw::Of(of::<super::models::BookPage>)),
        Property("parts", false, Draw::List(&Draw::Of(of::<super::models::Book>))),
        Property("free", false, Draw::Any),
        Property("@ref", false, Draw::TEXT),
    ], Some(&Draw::TEXT), 0, usize::MAX, "");
}

arbitrary! {
    BookNote = Draw::Object(&[
        Property("by", false, Draw::TEXT),
        Property("text", true, Draw::TEXT),
    ]);
}

arbitrary! {
    BookPage = Draw::Object(&[Property("html", false, Draw::TEXT)]);
}

arbitrary! {
    BookPlace = Draw::Object(&[
        Property("shelf", false, Draw::INT64),
        Property("room", false, Draw::INT64),
    ]);
}

arbitrary! {
    Charge = Draw::Object(&[
        Property("amount", true, Draw::Int(1, 9223372036854775807, 1)),
        Property("capture", false, Draw::Bool),
        Property("share", false, Draw::NUMBER),
        Property("note", false, Draw::TEXT),
        Property("items", false, Draw::List(&Draw::Of(of::<super::models::Item>))),
        Property("expand", false, Draw::List(&Draw::TEXT)),
        Property("metadata", false, Draw::Map(&Draw::Any)),
        Property("limit", false, Draw::Of(of::<super::models::Limit>)),
        Property("event", false, Draw::Of(of::<super::models::Event>)),
        Property("payment", false, Draw::Of(of::<super::models::Payment>)),
        Property("rule", false, Draw::Of(of::<super::models::Rule>)),
        Property("until", false, Draw::OrNull(&Draw::INT64)),
    ]);
}

arbitrary! {
    Circle = Draw::Object(&[Property("radius", false, Draw::NUMBER)]);
}

arbitrary! {
    ClientRegistrationError = Draw::Object(&[
        Property("error", true, Draw::TEXT),
        Property("error_description", false, Draw::TEXT),
    ]);
}

arbitrary! {
    ClientRegistrationRequest = Draw::ObjectWith(&[
        Property("redirect_uris", true, Draw::ListOf(&Draw::Format("uri", 0, 256), 1, usize::MAX, false)),
        Property("client_name", false, Draw::Text(0, 64)),
        Property("token_endpoint_auth_method", false, Draw::Of(of::<super::models::TokenEndpointAuthMethod>)),
        Property("nickname", false, Draw::OrNull(&Draw::TEXT)),
        Property("motto", true, Draw::OrNull(&Draw::TEXT)),
    ], Some(&Draw::Any), 0, usize::MAX, "");
}

arbitrary! {
    ClientRegistrationResponse = Draw::Object(&[
        Property("client_id", true, Draw::Pattern("^[a-z0-9]+$", 0, usize::MAX)),
    ]);
}

arbitrary! {
    Color = Draw::Object(&[
        Property("R", true, Draw::INT64),
        Property("G", true, Draw::INT64),
        Property("B", true, Draw::INT64),
    ]);
}

arbitrary! {
    Consent = Draw::Object(&[
        Property("accepted", true, Draw::Listed("[true]")),
        Property("share", false, Draw::Listed("[0.5]")),
    ]);
}

arbitrary! {
    Count = Draw::Object(&[
        Property("value", false, Draw::INT64),
        Property("unit", false, Draw::OrNull(&Draw::TEXT)),
    ]);
}

arbitrary! {
    CreateOAuthAppBody = Draw::Object(&[
        Property("name", true, Draw::Text(1, 64)),
        Property("callback_urls", true, Draw::ListOf(&Draw::Format("uri", 0, usize::MAX), 1, usize::MAX, true)),
        Property("lifetime", false, Draw::Int(60, 2147483647, 60)),
    ]);
}

arbitrary! {
    Created = Draw::Object(&[
        Property("kind", true, Draw::TEXT),
        Property("id", true, Draw::Text(2, usize::MAX)),
    ]);
}

arbitrary! {
    Deleted = Draw::Object(&[
        Property("kind", true, Draw::TEXT),
        Property("reason", false, Draw::TEXT),
    ]);
}

arbitrary! {
    Event = Draw::OneOf(&[
        Draw::Tagged("kind", &["created", "registered"], &Draw::Of(of::<super::models::Created>)),
        Draw::Tagged("kind", &["deleted"], &Draw::Of(of::<super::models::Deleted>)),
    ]);
}

arbitrary! {
    Item = Draw::Object(&[
        Property("price", true, Draw::TEXT),
        Property("quantity", false, Draw::INT64),
    ]);
}

arbitrary! {
    Left = Draw::Object(&[
        Property("of", true, Draw::Of(of::<super::models::Sum>)),
        Property("prefix", false, Draw::TEXT),
    ]);
}

arbitrary! {
    Level = Draw::Listed("[1,-5]");
}

arbitrary! {
    Limit = Draw::OneOf(&[
        Draw::Bool,
        Draw::NUMBER,
        Draw::TEXT,
        Draw::Of(of::<super::models::Range>),
        Draw::List(&Draw::INT64),
    ]);
}

arbitrary! {
    ListChargesResponse = Draw::Object(&[
        Property("data", true, Draw::List(&Draw::Of(of::<super::models::ListChargesResponseDataItem>))),
        Property("has_more", true, Draw::Bool),
    ]);
}

arbitrary! {
    ListChargesResponseDataItem = Draw::Object(&[Property("id", true, Draw::TEXT)]);
}

arbitrary! {
    ListCountedResponse = Draw::Object(&[
        Property("words", true, Draw::List(&Draw::TEXT)),
        Property("meta", false, Draw::Of(of::<super::models::ListCountedResponseMeta>)),
    ]);
}

arbitrary! {
    ListCountedResponseMeta = Draw::Object(&[
        Property("total_pages", false, Draw::OrNull(&Draw::INT32)),
    ]);
}

arbitrary! {
    ListOffsetsResponse = Draw::Object(&[Property("words", true, Draw::List(&Draw::TEXT))]);
}

arbitrary! {
    ListTokensResponse = Draw::Object(&[
        Property("words", true, Draw::List(&Draw::TEXT)),
        Property("next_cursor", false, Draw::OrNull(&Draw::TEXT)),
    ]);
}

arbitrary! {
    ListUrlsResponse = Draw::Object(&[
        Property("words", true, Draw::List(&Draw::TEXT)),
        Property("next", false, Draw::Format("uri", 0, usize::MAX)),
    ]);
}

arbitrary! {
    Model = Draw::Listed("[\"one\"]");
}

arbitrary! {
    OAuthApp = Draw::Object(&[
        Property("id", true, Draw::TEXT),
        Property("name", true, Draw::TEXT),
        Property("callback_urls", true, Draw::List(&Draw::Format("uri", 0, usize::MAX))),
        Property("is_trusted", false, Draw::Bool),
    ]);
}

arbitrary! {
    Parcel = Draw::Object(&[
        Property("size", false, Draw::TEXT),
        Property("weight", false, Draw::NUMBER),
    ]);
}

arbitrary! {
    Payment = Draw::OneOf(&[
        Draw::Of(of::<super::models::Created>),
        Draw::Of(of::<super::models::Transfer>),
    ]);
}

arbitrary! {
    Range = Draw::Object(&[
        Property("from", false, Draw::INT64),
        Property("to", false, Draw::INT64),
    ]);
}

arbitrary! {
    Report = Draw::Object(&[
        Property("name", true, Draw::TEXT),
        Property("phase", false, Draw::TEXT),
    ]);
}

arbitrary! {
    Right = Draw::Object(&[
        Property("of", true, Draw::Of(of::<super::models::Sum>)),
        Property("suffix", false, Draw::TEXT),
    ]);
}

arbitrary! {
    Rule = Draw::OneOf(&[
        Draw::Of(of::<super::models::Count>),
        Draw::Of(of::<super::models::Switch>),
    ]);
}

arbitrary! {
    SearchNumbersBody = Draw::Object(&[
        Property("offset", true, Draw::INT64),
        Property("limit", false, Draw::INT64),
    ]);
}

arbitrary! {
    SearchWordsBody = Draw::Object(&[
        Property("words", false, Draw::TEXT),
        Property("page", false, Draw::Of(of::<super::models::SearchWordsBodyPage>)),
    ]);
}

arbitrary! {
    SearchWordsBodyPage = Draw::Object(&[
        Property("after", false, Draw::TEXT),
        Property("size", false, Draw::INT64),
    ]);
}

arbitrary! {
    SearchWordsResponse = Draw::Object(&[
        Property("words", true, Draw::List(&Draw::TEXT)),
        Property("next", false, Draw::OrNull(&Draw::TEXT)),
    ]);
}

arbitrary! {
    Setting = Draw::OneOf(&[
        Draw::INT64,
        Draw::TEXT,
        Draw::List(&Draw::Of(of::<super::models::Event>)),
    ]);
}

arbitrary! {
    Shape = Draw::OneOf(&[
        Draw::Tagged("kind", &["Circle"], &Draw::Of(of::<super::models::Circle>)),
        Draw::Tagged("kind", &["Square"], &Draw::Of(of::<super::models::Square>)),
    ]);
}

arbitrary! {
    Square = Draw::Object(&[Property("side", false, Draw::NUMBER)]);
}

arbitrary! {
    Sum = Draw::OneOf(&[
        Draw::Int(-9223372036854775808, 1000, 1),
        Draw::Of(of::<super::models::Left>),
        Draw::Of(of::<super::models::Right>),
        Draw::List(&Draw::Of(of::<super::models::Sum>)),
        Draw::Map(&Draw::Of(of::<super::models::Sum>)),
        Draw::Of(of::<super::models::SumSeveral>),
    ]);
}

arbitrary! {
    SumSeveral = Draw::Object(&[
        Property("of", true, Draw::Of(of::<super::models::Sum>)),
        Property("prefix", false, Draw::TEXT),
        Property("suffix", false, Draw::TEXT),
    ]);
}

arbitrary! {
    Switch = Draw::Object(&[
        Property("value", true, Draw::Bool),
        Property("places", false, Draw::List(&Draw::INT64)),
    ]);
}

arbitrary! {
    TokenEndpointAuthMethod = Draw::Listed("[\"client_secret_post\",\"none\"]");
}

arbitrary! {
    Transfer = Draw::Object(&[
        Property("id", false, Draw::TEXT),
        Property("message", false, Draw::TEXT),
        Property("status_code", false, Draw::INT64),
    ]);
}

arbitrary! {
    Tried = Draw::OneOf(&[
        Draw::Text(0, 5),
        Draw::TEXT,
        Draw::Of(of::<super::models::Deleted>),
        Draw::Of(of::<super::models::Created>),
        Draw::Of(of::<super::models::TriedSeveral>),
    ]);
}

arbitrary! {
    TriedSeveral = Draw::Object(&[
        Property("kind", true, Draw::TEXT),
        Property("reason", false, Draw::TEXT),
        Property("id", false, Draw::Text(2, usize::MAX)),
    ]);
}

arbitrary! {
    Upload = Draw::Object(&[
        Property("file", true, Draw::Any),
        Property("note", false, Draw::TEXT),
        Property("sizes", false, Draw::List(&Draw::INT64)),
        Property("app", false, Draw::Of(of::<super::models::OAuthApp>)),
        Property("more", false, Draw::List(&Draw::Any)),
    ]);
}

arbitrary! {
    Values = Draw::Object(&[
        Property("setting", false, Draw::Of(of::<super::models::Setting>)),
        Property("payment", false, Draw::Of(of::<super::models::Payment>)),
        Property("tried", false, Draw::Of(of::<super::models::Tried>)),
        Property("sum", false, Draw::Of(of::<super::models::Sum>)),
        Property("level", false, Draw::Of(of::<super::models::Level>)),
        Property("model", false, Draw::Of(of::<super::models::Model>)),
        Property("parcel", false, Draw::Of(of::<super::models::Parcel>)),
        Property("shape", false, Draw::Of(of::<super::models::Shape>)),
        Property("money", false, Draw::NUMBER),
        Property("raw", false, Draw::Format("base64", 0, usize::MAX)),
        Property("pair", false, Draw::Tuple(&[Draw::INT64, Draw::TEXT])),
        Property("date", false, Draw::Format("date", 0, usize::MAX)),
        Property("time", false, Draw::Format("time", 0, usize::MAX)),
        Property("at", false, Draw::Format("date-time", 0, usize::MAX)),
        Property("duration", false, Draw::Format("duration", 0, usize::MAX)),
        Property("uuid", false, Draw::Format("uuid", 0, usize::MAX)),
        Property("bytes", false, Draw::Format("base64", 0, usize::MAX)),
        Property("price", false, Draw::Format("decimal", 0, usize::MAX)),
        Property("email", false, Draw::Format("email", 0, usize::MAX)),
        Property("expression", false, Draw::Format("regex", 0, usize::MAX)),
        Property("quoted", false, Draw::Pattern("^(['\"]).*\\1$", 0, usize::MAX)),
    ]);
}
