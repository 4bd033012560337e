//! The tables that say how values stand in XML. Needs no other file.

use std::fmt;

/// How the values of a type are written in XML.
pub struct Xml {
    /// The name of the root element.
    pub name: XmlName<'static>,
    /// What is in an element of the type.
    pub shape: XmlShape,
}

/// What is in an element.
#[derive(Debug)]
pub enum XmlShape {
    /// Text, white space included.
    Text,
    /// A number, a date and the like: white space around it means nothing, and nothing but white space is no value.
    Token,
    /// Anything: what there is tells.
    Any,
    /// An object.
    Object {
        /// Its properties.
        members: &'static [XmlMember],
        /// What other properties hold, each in an element of its name.
        others: &'static Xml,
    },
    /// A list.
    List {
        /// The name of the elements of items; [`XmlName::NONE`]: that of the element around them.
        item: XmlName<'static>,
        /// What they hold.
        items: &'static Xml,
    },
}

/// A property.
#[derive(Debug)]
pub struct XmlMember {
    key: &'static str,
    name: XmlName<'static>,
    node: XmlNode,
    ty: &'static Xml,
    required: bool,
}

/// Where a property is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlNode {
    /// In an element.
    Element,
    /// In an attribute.
    Attribute,
    /// It is the text of the element that the object is.
    Text,
    /// It is the text of the element that the object is, as a CDATA section.
    Cdata,
    /// Without an element of its own: the items of a list and the properties of an object are in its place.
    Inline,
}

impl XmlMember {
    /// A property that has an element of its name.
    pub const fn element(key: &'static str, ty: &'static Xml) -> Self {
        Self::of(key, XmlNode::Element, ty)
    }

    /// A property that is an attribute.
    pub const fn attribute(key: &'static str, ty: &'static Xml) -> Self {
        Self::of(key, XmlNode::Attribute, ty)
    }

    /// A property that is the text of the element.
    pub const fn text(key: &'static str, ty: &'static Xml) -> Self {
        Self::of(key, XmlNode::Text, ty)
    }

    /// A property that is the text of the element, in a CDATA section.
    pub const fn cdata(key: &'static str, ty: &'static Xml) -> Self {
        Self::of(key, XmlNode::Cdata, ty)
    }

    /// A property whose items or properties are in its place.
    pub const fn inline(key: &'static str, ty: &'static Xml) -> Self {
        Self::of(key, XmlNode::Inline, ty)
    }

    const fn of(key: &'static str, node: XmlNode, ty: &'static Xml) -> Self {
        Self {
            key,
            name: XmlName::new(key),
            node,
            ty,
            required: false,
        }
    }

    /// Gives it another name than that of the property.
    #[must_use]
    pub const fn named(mut self, name: XmlName<'static>) -> Self {
        self.name = name;
        self
    }

    /// Says that the property is always there: without any item it is an empty list.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) fn key(&self) -> &'static str {
        self.key
    }

    pub(crate) fn name(&self) -> XmlName<'static> {
        self.name
    }

    pub(crate) fn node(&self) -> XmlNode {
        self.node
    }

    pub(crate) fn ty(&self) -> &'static Xml {
        self.ty
    }

    pub(crate) fn is_required(&self) -> bool {
        self.required
    }
}

/// The name of an element or an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlName<'n> {
    /// Without a prefix.
    pub local: &'n str,
    /// The prefix; empty for none.
    pub prefix: &'n str,
    /// The URI of the namespace; empty for none.
    pub namespace: &'n str,
}

impl<'n> XmlName<'n> {
    /// No name.
    pub const NONE: Self = Self::new("");

    /// A name in no namespace.
    pub const fn new(local: &'n str) -> Self {
        Self {
            local,
            prefix: "",
            namespace: "",
        }
    }

    /// A name with a prefix in a namespace; each may be empty.
    pub const fn within(local: &'n str, prefix: &'n str, namespace: &'n str) -> Self {
        Self {
            local,
            prefix,
            namespace,
        }
    }

    /// This name, or another one if it is none.
    pub(crate) fn or(self, other: Self) -> Self {
        match self.local {
            "" => other,
            _ => self,
        }
    }
}

/// The tables lead into each other in circles: only the name is shown.
impl fmt::Debug for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Xml")
            .field("name", &self.name.local)
            .finish_non_exhaustive()
    }
}

/// Text, white space included.
pub static TEXT: Xml = Xml {
    name: XmlName::NONE,
    shape: XmlShape::Text,
};

/// A number, a date and the like.
pub static TOKEN: Xml = Xml {
    name: XmlName::NONE,
    shape: XmlShape::Token,
};

/// Anything.
pub static ANY: Xml = Xml {
    name: XmlName::NONE,
    shape: XmlShape::Any,
};
