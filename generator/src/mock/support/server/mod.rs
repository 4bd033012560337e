//! Routing, media types, and the text of parameters.

#[path = "../../../../templates/support/server/decode.rs"]
mod decode;
#[path = "../../../../templates/support/server/media.rs"]
pub(crate) mod media;
#[path = "../../../../templates/support/server/route.rs"]
mod route;
#[path = "../../../../templates/support/server/route_values.rs"]
mod route_values;
#[path = "../../../../templates/support/shared/style.rs"]
mod style;
#[path = "../../../../templates/support/server/styled_text.rs"]
pub(crate) mod styled_text;

pub(crate) use decode::*;
pub use route::*;
pub use route_values::PathValues;
pub use style::*;
pub use styled_text::Kind;

/// What the table of a generated server leads to; a mock only asks which operation it is.
mod handlers {
    pub type BoxFuture<'f, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'f>>;
    #[derive(Debug)]
    pub struct Exchange;
    #[derive(Debug)]
    pub struct HttpResponse;
    #[derive(Debug)]
    pub struct Operation;
    #[derive(Debug)]
    pub struct Problem;
}
pub use handlers::*;
