//! What is planned of the links of responses; `linking` finds it.

use super::doc::Doc;
use super::parameter::{Literal, Parameter};
use super::rust::{Ident, Ty};
use super::types::Presence;

/// A link, as a method of the response that gives the next request.
#[derive(Debug, Clone)]
pub struct Link {
    pub doc: Doc,
    /// The method: `get_pet`.
    pub name: Ident,
    pub target: LinkTarget,
    /// The variant of the response that has it, if there are several.
    pub variant: Option<Ident>,
    /// Whether there always is a request: the response has what it needs, and no value may be of another type.
    pub is_sure: bool,
    /// The arguments of the request's method, in its order.
    pub arguments: Vec<LinkArgument>,
    /// The setters of the request that are called, with what they get.
    pub setters: Vec<(Ident, LinkValue)>,
    /// The argument that is the client.
    pub client: Ident,
    /// The argument for the body, where the link doesn't give one.
    pub body: Ident,
    /// What is in the variant.
    pub found: Ident,
}

/// The method of the next request.
#[derive(Debug, Clone)]
pub struct LinkTarget {
    /// The module of its group, and the method of the client that leads there.
    pub module: Ident,
    /// The struct of its group.
    pub api: Ident,
    pub method: Ident,
    pub request: Ident,
    /// Whether it is in another module than the link.
    pub is_elsewhere: bool,
    /// The cargo feature of its group, if that is another one.
    pub feature: Option<String>,
}

/// An argument of the next request's method.
#[derive(Debug, Clone)]
pub enum LinkArgument {
    Value(LinkValue),
    /// The caller gives it.
    Given(Box<Parameter>),
    /// The caller gives the body, which is of this type.
    GivenBody(Ty),
    /// A struct of what is required, of these fields.
    Required(Ident, Vec<(Ident, LinkArgument)>),
}

/// A value of the next request.
#[derive(Debug, Clone)]
pub struct LinkValue {
    pub from: LinkFrom,
    /// The type of the parameter or body.
    pub ty: Ty,
}

/// Where a value comes from.
#[derive(Debug, Clone)]
pub enum LinkFrom {
    /// A constant of the type.
    Literal(Literal),
    /// Text that is read as the type.
    Text(String),
    /// A value in the body of the response, of the type.
    Body(Vec<LinkStep>),
    /// The same of another type, which is read as the type.
    Converted(Vec<LinkStep>),
    /// A header of the response.
    Header(String),
    /// The status of the response.
    Status,
    /// A path parameter of the request.
    SentPath(String),
    /// A query parameter of the request.
    SentQuery(String),
    /// A header of the request.
    SentHeader(String),
    /// The URL of the request.
    SentUrl,
}

/// A step into the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkStep {
    Field(Ident, Presence),
    /// The item with this index.
    Item(usize),
}

impl LinkFrom {
    /// Whether the value is always there.
    #[must_use]
    pub fn is_there(&self) -> bool {
        match self {
            Self::Literal(_) | Self::Text(_) | Self::Status => true,
            Self::Body(steps) | Self::Converted(steps) => steps.iter().all(LinkStep::is_there),
            Self::Header(_)
            | Self::SentPath(_)
            | Self::SentQuery(_)
            | Self::SentHeader(_)
            | Self::SentUrl => false,
        }
    }

    /// Whether it is a part of the request that was sent.
    #[must_use]
    pub fn is_of_request(&self) -> bool {
        match self {
            Self::SentPath(_) | Self::SentQuery(_) | Self::SentHeader(_) | Self::SentUrl => true,
            Self::Literal(_)
            | Self::Text(_)
            | Self::Body(_)
            | Self::Converted(_)
            | Self::Header(_)
            | Self::Status => false,
        }
    }

    /// Whether it is in the body of the response.
    #[must_use]
    pub fn is_of_body(&self) -> bool {
        match self {
            Self::Body(_) | Self::Converted(_) => true,
            Self::Literal(_)
            | Self::Text(_)
            | Self::Header(_)
            | Self::Status
            | Self::SentPath(_)
            | Self::SentQuery(_)
            | Self::SentHeader(_)
            | Self::SentUrl => false,
        }
    }
}

impl LinkStep {
    /// Whether it always leads to a value.
    #[must_use]
    pub fn is_there(&self) -> bool {
        match self {
            Self::Field(_, presence) => *presence == Presence::Required,
            Self::Item(_) => false,
        }
    }
}

impl LinkValue {
    /// Whether it is read as its type, and so may not be one of that.
    #[must_use]
    pub fn is_read(&self) -> bool {
        match self.from {
            LinkFrom::Literal(_) | LinkFrom::Body(_) => false,
            LinkFrom::Text(_) | LinkFrom::Converted(_) | LinkFrom::Status => true,
            LinkFrom::Header(_)
            | LinkFrom::SentPath(_)
            | LinkFrom::SentQuery(_)
            | LinkFrom::SentHeader(_)
            | LinkFrom::SentUrl => *self.ty.plain() != Ty::String,
        }
    }
}

impl LinkArgument {
    /// The values in it that the link gives.
    fn values(&self) -> Vec<&LinkValue> {
        match self {
            Self::Value(value) => vec![value],
            Self::Given(_) | Self::GivenBody(_) => Vec::new(),
            Self::Required(_, fields) => {
                let fields = fields.iter();
                fields.flat_map(|(_, field)| field.values()).collect()
            }
        }
    }

    /// The parameters in it that the caller gives.
    fn given(&self) -> Vec<&Parameter> {
        match self {
            Self::Given(parameter) => vec![parameter],
            Self::Value(_) | Self::GivenBody(_) => Vec::new(),
            Self::Required(_, fields) => {
                let fields = fields.iter();
                fields.flat_map(|(_, field)| field.given()).collect()
            }
        }
    }
}

impl Link {
    /// The values that the link gives.
    pub fn values(&self) -> impl Iterator<Item = &LinkValue> {
        let setters = self.setters.iter().map(|(_, value)| value);
        self.required().chain(setters)
    }

    /// Those without which there is no request. What optional parameters have no value for isn't sent (OpenAPI 3.1.1, section 4.8.20).
    pub fn required(&self) -> impl Iterator<Item = &LinkValue> {
        self.arguments.iter().flat_map(LinkArgument::values)
    }

    /// The parameters that the caller gives, in the order of the request's method.
    pub fn given(&self) -> impl Iterator<Item = &Parameter> {
        self.arguments.iter().flat_map(LinkArgument::given)
    }

    /// The type of the body that the caller gives.
    #[must_use]
    pub fn given_body(&self) -> Option<&Ty> {
        self.arguments.iter().find_map(|argument| match argument {
            LinkArgument::GivenBody(ty) => Some(ty),
            LinkArgument::Value(_) | LinkArgument::Given(_) | LinkArgument::Required(..) => None,
        })
    }

    /// Whether it takes something from the request that was sent.
    #[must_use]
    pub fn needs_request(&self) -> bool {
        self.values().any(|value| value.from.is_of_request())
    }

    /// Whether it takes something from the body of the response.
    #[must_use]
    pub fn needs_body(&self) -> bool {
        self.values().any(|value| value.from.is_of_body())
    }
}
