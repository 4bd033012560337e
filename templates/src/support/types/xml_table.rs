//! Tables that describe how values are written in XML. Needs no other file.

use std::fmt;

/// How the values of a type are written in XML.
pub struct Xml {
    /// The name of the root element.
    pub name: XmlName<'static>,
    /// The content of an element of the type.
    pub shape: XmlShape,
}

/// The content of an element.
#[derive(Debug)]
pub enum XmlShape {
    /// Text, including white space.
    Text,
    /// A number, a date or the like: surrounding white space is ignored, and only white space counts as no value.
    Token,
    /// Anything: the content decides.
    Any,
    /// An object.
    Object {
        /// The declared properties.
        members: &'static [XmlMember],
        /// The values of additional properties, each in an element of its name.
        others: &'static Xml,
    },
    /// A list.
    List {
        /// The name of item elements; [`XmlName::NONE`] for that of the surrounding element.
        item: XmlName<'static>,
        /// The values of the items.
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

/// How a property is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlNode {
    /// As an element.
    Element,
    /// As an attribute.
    Attribute,
    /// As the text of the object's element.
    Text,
    /// As the text of the object's element, in a CDATA section.
    Cdata,
    /// Without an element of its own: the items of a list or the properties of an object take its place.
    Inline,
}

impl XmlMember {
    /// A property in an element of its name.
    pub const fn element(key: &'static str, ty: &'static Xml) -> Self {
        Self::of(key, XmlNode::Element, ty)
    }

    /// A property in an attribute.
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

    /// A property without an element of its own, whose items or properties take its place.
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

    /// Sets a name that differs from that of the property.
    #[must_use]
    pub const fn named(mut self, name: XmlName<'static>) -> Self {
        self.name = name;
        self
    }

    /// Makes the property required: without any item it is an empty list.
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
    /// The name without its prefix.
    pub local: &'n str,
    /// The prefix; empty for none.
    pub prefix: &'n str,
    /// The URI of the namespace; empty for none.
    pub namespace: &'n str,
}

impl<'n> XmlName<'n> {
    /// No name.
    pub const NONE: Self = Self::new("");

    /// A name without a namespace.
    pub const fn new(local: &'n str) -> Self {
        Self {
            local,
            prefix: "",
            namespace: "",
        }
    }

    /// A name with a prefix in a namespace; both may be empty.
    pub const fn within(local: &'n str, prefix: &'n str, namespace: &'n str) -> Self {
        Self {
            local,
            prefix,
            namespace,
        }
    }

    /// This name, or another one if it is empty.
    pub(crate) fn or(self, other: Self) -> Self {
        match self.local {
            "" => other,
            _ => self,
        }
    }
}

/// Tables may be cyclic, so only the name is shown.
impl fmt::Debug for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Xml")
            .field("name", &self.name.local)
            .finish_non_exhaustive()
    }
}

/// Text, including white space.
pub static TEXT: Xml = Xml {
    name: XmlName::NONE,
    shape: XmlShape::Text,
};

/// A number, a date or the like.
pub static TOKEN: Xml = Xml {
    name: XmlName::NONE,
    shape: XmlShape::Token,
};

/// Anything.
pub static ANY: Xml = Xml {
    name: XmlName::NONE,
    shape: XmlShape::Any,
};
