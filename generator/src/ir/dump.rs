//! The IR as text, for `specwright dump ir` and for snapshots.

use super::{
    Api, Body, BodyContent, Cause, Closedness, Content, Credential, Link, LinkTarget, Operation,
    Parameter, ParameterStyle, Part, PartContent, Presence, Requirement, Response, Role, Shape,
    TypeDef, TypeId, XmlMember, XmlName, XmlRef, XmlShape, XmlType,
};
use std::fmt::{self, Write};

impl Api {
    /// The API as text, in document order.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut out = String::new();
        // Writing to a String can't fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "api {:?} version {:?}", self.title, self.version)?;
        for server in &self.servers {
            writeln!(out, "server {}", server.url)?;
        }
        for scheme in &self.schemes {
            writeln!(
                out,
                "scheme {}: {}",
                scheme.name,
                credential(&scheme.credential)
            )?;
            if let Some(oauth) = &scheme.oauth {
                oauth_of(out, oauth)?;
            }
        }
        for operation in &self.operations {
            writeln!(out)?;
            self.operation(out, operation)?;
        }
        for (index, ty) in self.types.iter().enumerate() {
            if Self::is_block(ty) {
                writeln!(out)?;
                self.type_block(out, index, ty)?;
            }
        }
        for (index, rules) in self.rules.iter().enumerate() {
            writeln!(out, "\nrules {index} {:?}", rules.name)?;
            for rule in &rules.list {
                writeln!(out, "  {rule:?}")?;
            }
        }
        for (id, table) in &self.xml {
            writeln!(out)?;
            self.xml_block(out, *id, table)?;
        }
        Ok(())
    }

    fn operation(&self, out: &mut String, operation: &Operation) -> fmt::Result {
        let Operation {
            cause,
            method,
            path,
            id,
            slug,
            idempotent,
            long_running,
            listing,
            summary,
            description,
            tags,
            deprecated,
            docs_url,
            ..
        } = operation;
        match cause {
            Cause::Call => writeln!(out, "operation {method} {}", path.template)?,
            Cause::Webhook { name } => {
                writeln!(out, "webhook {name:?} {method} at {}", path.template)?;
            }
            Cause::Callback {
                name,
                shared,
                url,
                of,
            } => {
                let shared = if *shared { ", shared" } else { "" };
                writeln!(
                    out,
                    "callback {name:?} {method} at {}{shared}",
                    path.template
                )?;
                writeln!(out, "  to {url:?}")?;
                for index in of {
                    writeln!(out, "  of {}", self.operation_label(*index))?;
                }
            }
        }
        for piece in &path.query {
            writeln!(out, "  always {:?}", piece.text)?;
        }
        line(out, "id", id.as_deref())?;
        line(out, "slug", slug.as_deref())?;
        if let Some(idempotent) = idempotent {
            writeln!(out, "  idempotent {idempotent}")?;
        }
        if let Some(long_running) = long_running {
            writeln!(out, "  goes on {long_running:?}")?;
        }
        if let Some(listing) = listing {
            writeln!(out, "  pages by {}", listing.words())?;
        }
        line(out, "summary", summary.as_deref())?;
        line(out, "description", description.as_deref())?;
        line(out, "docs", docs_url.as_deref())?;
        line(
            out,
            "tags",
            (!tags.is_empty()).then(|| tags.join(", ")).as_deref(),
        )?;
        if let Some(bytes) = operation.limits.body {
            writeln!(out, "  body up to {bytes} bytes")?;
        }
        if let Some(time) = operation.limits.time {
            writeln!(out, "  within {} ms", time.as_millis())?;
        }
        if *deprecated {
            writeln!(out, "  deprecated")?;
        }
        for parameter in &operation.parameters {
            self.parameter(out, parameter)?;
        }
        if let Some(body) = &operation.body {
            self.body(out, body)?;
        }
        for response in &operation.responses.list {
            self.response(out, response)?;
        }
        for requirement in &operation.security {
            writeln!(out, "  security {}", self.requirement(requirement))?;
        }
        Ok(())
    }

    fn parameter(&self, out: &mut String, parameter: &Parameter) -> fmt::Result {
        let Parameter {
            name,
            location,
            required,
            deprecated,
            ty,
            default,
            description,
            allow_reserved,
            allow_empty,
            ..
        } = parameter;
        write!(out, "  {} {name}: {}", location.word(), self.type_text(*ty))?;
        match parameter.style {
            ParameterStyle::Plain => {}
            ParameterStyle::Each => write!(out, ", once for each item")?,
            ParameterStyle::Separated(separator, _) => write!(out, ", separated by {separator:?}")?,
            ParameterStyle::Styled(style, kind) => write!(out, ", {style:?} of {kind:?}")?,
        }
        write!(
            out,
            "{}",
            if *allow_reserved {
                ", reserved characters"
            } else {
                ""
            }
        )?;
        write!(out, "{}", if *allow_empty { ", may be empty" } else { "" })?;
        write!(out, "{}", if *required { "" } else { ", optional" })?;
        write!(out, "{}", if *deprecated { ", deprecated" } else { "" })?;
        if let Some(default) = default {
            write!(out, ", default {default}")?;
        }
        writeln!(
            out,
            "{}",
            description
                .as_ref()
                .map(|text| format!("  # {text:?}"))
                .unwrap_or_default()
        )
    }

    fn body(&self, out: &mut String, body: &Body) -> fmt::Result {
        for content in &body.contents {
            let optional = if body.required { "" } else { ", optional" };
            writeln!(out, "  body {}{optional}", self.content_line(content))?;
        }
        Ok(())
    }

    fn response(&self, out: &mut String, response: &Response) -> fmt::Result {
        let contents: Vec<String> = response
            .contents
            .iter()
            .map(|content| self.content_line(content))
            .collect();
        let contents = if contents.is_empty() {
            "no body".to_owned()
        } else {
            contents.join(" or ")
        };
        writeln!(
            out,
            "  response {} {contents}  # {:?}",
            response.status, response.description
        )?;
        response.headers.iter().try_for_each(|header| {
            let ty = header.ty.map(|ty| format!(": {}", self.type_text(ty)));
            writeln!(out, "    header {}{}", header.name, ty.unwrap_or_default())
        })?;
        let mut links = response.links.iter();
        links.try_for_each(|link| self.link(out, link))
    }

    fn link(&self, out: &mut String, link: &Link) -> fmt::Result {
        let target = match &link.target {
            LinkTarget::Operation(index) => self.operation_label(*index),
            LinkTarget::Unknown(text) => format!("unknown {text:?}"),
        };
        let server = link.server.iter().map(|url| format!(" at {url}"));
        let server: String = server.collect();
        writeln!(out, "    link {} to {target}{server}", link.name)?;
        for (location, name, value) in &link.parameters {
            let location = location.map(|one| format!("{} ", one.word()));
            let location = location.unwrap_or_default();
            writeln!(out, "      {location}{name} = {value}")?;
        }
        let mut body = link.body.iter();
        body.try_for_each(|body| writeln!(out, "      body = {body}"))
    }

    fn requirement(&self, requirement: &Requirement) -> String {
        if requirement.schemes.is_empty() {
            return "nothing".to_owned();
        }
        let parts = requirement.schemes.iter().map(|(scheme, scopes)| {
            let name = &self.schemes[*scheme].name;
            if scopes.is_empty() {
                name.clone()
            } else {
                format!("{name}({})", scopes.join(" "))
            }
        });
        parts.collect::<Vec<_>>().join(" and ")
    }

    fn content_line(&self, content: &BodyContent) -> String {
        format!(
            "{}: {}{}",
            content.media_types.join(", "),
            self.content_text(&content.content),
            if content.nullable { " or null" } else { "" }
        )
    }

    /// The content of a body, in words.
    #[must_use]
    pub fn content_text(&self, content: &Content) -> String {
        match content {
            Content::Json(ty) => self.type_text(*ty),
            Content::Xml(ty) => format!("XML of {}", self.type_text(*ty)),
            Content::Form(form) => {
                let encodings = form
                    .encodings
                    .iter()
                    .map(|(name, style, kind)| format!(", {name} {style:?} of {kind:?}"));
                format!(
                    "form of {}{}",
                    self.type_text(form.ty),
                    encodings.collect::<String>()
                )
            }
            Content::Multipart(multipart) => {
                let parts: Vec<String> =
                    multipart.parts.iter().map(|part| self.part(part)).collect();
                format!("parts {{{}}}", parts.join("; "))
            }
            Content::Events(Some(ty)) => format!("events of {}", self.type_text(*ty)),
            Content::Events(None) => "events of text".to_owned(),
            Content::Lines(ty) => format!("lines of {}", self.type_text(*ty)),
            Content::Text => "text".to_owned(),
            Content::Bytes => "bytes".to_owned(),
        }
    }

    fn part(&self, part: &Part) -> String {
        let held = match part.content {
            PartContent::File => "file".to_owned(),
            PartContent::Text(ty) => self.type_text(ty),
            PartContent::Json(ty) => format!("JSON of {}", self.type_text(ty)),
        };
        let many = if part.many { ", any number" } else { "" };
        let optional = if part.required { "" } else { ", optional" };
        let media_type = part.content_type.as_ref().map(|name| format!(" as {name}"));
        format!(
            "{}: {held}{}{many}{optional}",
            part.name,
            media_type.unwrap_or_default()
        )
    }

    /// Whether a type gets a block of its own instead of being shown where it is used.
    fn is_block(ty: &TypeDef) -> bool {
        matches!(ty.role, Role::Named(_))
            || matches!(
                ty.shape,
                Shape::Object(_) | Shape::Union(_) | Shape::Enum(_)
            )
    }

    fn type_block(&self, out: &mut String, index: usize, ty: &TypeDef) -> fmt::Result {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        write!(out, "type {} = ", self.type_name(id))?;
        writeln!(out, "{}", self.shape_text(ty))?;
        line(out, "title", ty.title.as_deref())?;
        line(out, "description", ty.description.as_deref())?;
        if let Some(rules) = ty.rules {
            writeln!(out, "  rules {}", rules.index())?;
        }
        if let Shape::Object(object) = &ty.shape {
            for groups in &object.groups {
                writeln!(out, "  properties {groups:?}")?;
            }
            for property in &object.properties {
                write!(out, "  {}: {}", property.name, self.type_text(property.ty))?;
                write!(out, "{}", presence(property.presence))?;
                for (flag, word) in [
                    (property.deprecated, "deprecated"),
                    (property.read_only, "read-only"),
                    (property.write_only, "write-only"),
                ] {
                    write!(
                        out,
                        "{}",
                        if flag {
                            format!(", {word}")
                        } else {
                            String::new()
                        }
                    )?;
                }
                if let Some(default) = &property.default {
                    write!(out, ", default {default}")?;
                }
                writeln!(
                    out,
                    "{}",
                    property
                        .description
                        .as_ref()
                        .map(|text| format!("  # {text:?}"))
                        .unwrap_or_default()
                )?;
            }
        }
        Ok(())
    }

    fn xml_block(&self, out: &mut String, id: TypeId, table: &XmlType) -> fmt::Result {
        write!(out, "xml {} = {} ", self.type_name(id), table.name)?;
        match &table.shape {
            XmlShape::Value(value) => writeln!(out, "of {}", self.xml_text(*value)),
            XmlShape::List { item, items } => {
                let item = item.as_ref().map(|item| format!(" {item}"));
                let (item, items) = (item.unwrap_or_default(), self.xml_text(*items));
                writeln!(out, "list of{item} {items}")
            }
            XmlShape::Object { members, others } => {
                writeln!(out, "others {}", self.xml_text(*others))?;
                for member in members {
                    let required = if member.required { "" } else { ", optional" };
                    let XmlMember {
                        key,
                        name,
                        node,
                        ty,
                        ..
                    } = member;
                    writeln!(
                        out,
                        "  {key}: {node:?} {name} {}{required}",
                        self.xml_text(*ty)
                    )?;
                }
                Ok(())
            }
        }
    }

    fn xml_text(&self, value: XmlRef) -> String {
        match value {
            XmlRef::Text => "text".to_owned(),
            XmlRef::Token => "token".to_owned(),
            XmlRef::Any => "anything".to_owned(),
            XmlRef::Type(id) => self.type_name(id),
        }
    }

    /// A type where it is used: by name if it has a block, else in words.
    #[must_use]
    pub fn type_text(&self, id: TypeId) -> String {
        let ty = &self[id];
        if Self::is_block(ty) {
            self.type_name(id)
        } else {
            self.shape_text(ty)
        }
    }

    fn shape_text(&self, ty: &TypeDef) -> String {
        match &ty.shape {
            Shape::Any => "any".to_owned(),
            Shape::Null => "null".to_owned(),
            Shape::Boolean => "boolean".to_owned(),
            Shape::Integer(format, bounds) => {
                format!("{format:?}").to_lowercase() + &bounds.to_string()
            }
            Shape::Number(format, bounds) => {
                format!("{format:?}").to_lowercase() + &bounds.to_string()
            }
            Shape::String(format, text) => format!("{format}{text}"),
            Shape::Enum(values) => {
                let listed = values.values.iter().map(|listed| {
                    let name = listed.name.as_ref().map(|name| format!(" ({name})"));
                    format!("{}{}", listed.value, name.unwrap_or_default())
                });
                let listed = listed.collect::<Vec<_>>().join(" | ");
                let others = if values.open { " | others" } else { "" };
                format!("enum {listed}{others}")
            }
            Shape::Array(array) => {
                let null = if array.nullable_items { " | null" } else { "" };
                let unique = if array.unique { " unique" } else { "" };
                format!(
                    "[{}{null}]{}{unique}",
                    self.type_text(array.items),
                    array.length
                )
            }
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| {
                    let null = if item.nullable { " | null" } else { "" };
                    self.type_text(item.ty) + null
                });
                format!("({})", items.collect::<Vec<_>>().join(", "))
            }
            Shape::Map(map) => {
                let null = if map.nullable_values { " | null" } else { "" };
                format!(
                    "{{string{}: {}{null}}}{}",
                    keys(map.keys.as_deref()),
                    self.type_text(map.values),
                    map.length
                )
            }
            Shape::Object(object) => match object.rest {
                Closedness::Open => format!("object{}", object.length),
                Closedness::Closed => format!("closed object{}", object.length),
                Closedness::Typed { values, nullable } => {
                    format!(
                        "object with {}{}{}{}",
                        self.type_text(values),
                        if nullable { " | null" } else { "" },
                        keys(object.keys.as_deref()),
                        object.length
                    )
                }
            },
            Shape::Union(union) => {
                let variants = union
                    .variants
                    .iter()
                    .map(|variant| self.type_text(variant.ty));
                format!(
                    "union by {:?}{}: {}",
                    union.kind,
                    if union.exclusive.is_some() {
                        ", exactly one"
                    } else {
                        ""
                    },
                    variants.collect::<Vec<_>>().join(" | ")
                )
            }
            Shape::Alias(target) => self.type_text(*target),
        }
    }

    /// The name of a type in dumps and comparisons: that of its schema, or its place.
    #[must_use]
    pub fn type_name(&self, id: TypeId) -> String {
        self.role_text(&self[id].role)
    }

    /// The name of a type for people: like [`Api::type_name`], except for variants and types inside them. Those have no name of their own,
    /// so it is the title, or the JSON pointer of the place.
    #[must_use]
    pub fn spoken_name(&self, id: TypeId) -> String {
        let ty = &self[id];
        match (&ty.role, &ty.title) {
            (Role::Variant(..), Some(title)) => title.to_string(),
            (role, _) if self.is_within_variant(role) => format!("#{}", ty.origin.pointer),
            _ => self.type_name(id),
        }
    }

    fn is_within_variant<'a>(&'a self, mut role: &'a Role) -> bool {
        loop {
            role = match role {
                Role::Variant(..) => return true,
                Role::Property(parent, _)
                | Role::Item(parent)
                | Role::Value(parent)
                | Role::Extended(parent, _) => &self[*parent].role,
                Role::As(whole, _) => whole,
                _ => return false,
            };
        }
    }

    fn role_text(&self, role: &Role) -> String {
        match role {
            Role::Named(name) | Role::Referenced(name) => name.to_string(),
            Role::Property(parent, name) => format!("{}.{name}", self.type_name(*parent)),
            Role::Item(parent) => format!("{}[]", self.type_name(*parent)),
            Role::Value(parent) => format!("{}{{}}", self.type_name(*parent)),
            Role::Extended(parent, name) => format!("{} {name}", self.type_name(*parent)),
            Role::Variant(parent, index) => format!("{}|{index}", self.type_name(*parent)),
            Role::Body(operation) => format!("{} body", self.operation_label(*operation)),
            Role::Response(operation, status) => {
                format!("{} {status}", self.operation_label(*operation))
            }
            Role::Parameter(operation, name) => {
                format!("{} {name}", self.operation_label(*operation))
            }
            Role::Shared(kind, name) => format!("{} {name}", kind.word()),
            Role::As(whole, words) => format!("{} as {words}", self.role_text(whole)),
        }
    }

    fn operation_label(&self, index: usize) -> String {
        format!("`{}`", self.operations[index].label())
    }
}

fn line(out: &mut String, word: &str, text: Option<&str>) -> fmt::Result {
    text.map_or(Ok(()), |text| writeln!(out, "  {word} {text:?}"))
}

fn keys(pattern: Option<&str>) -> String {
    pattern.map_or_else(String::new, |pattern| format!(" like {pattern:?}"))
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "",
        Presence::Optional => ", optional",
        Presence::Nullable => " | null",
        Presence::OptionalNullable => " | null, optional",
    }
}

fn oauth_of(out: &mut String, oauth: &super::OAuth) -> fmt::Result {
    if let Some(url) = &oauth.metadata_url {
        writeln!(out, "  metadata {url}")?;
    }
    for flow in &oauth.flows {
        write!(out, "  flow {:?}", flow.grant)?;
        let urls = [
            ("authorize", &flow.authorization_url),
            ("token", &flow.token_url),
            ("refresh", &flow.refresh_url),
        ];
        for (word, url) in urls {
            if let Some(url) = url {
                write!(out, " {word} {url}")?;
            }
        }
        let scopes = flow.scopes.iter().map(|(name, _)| name.as_str());
        writeln!(out, " scopes {:?}", scopes.collect::<Vec<_>>())?;
    }
    Ok(())
}

fn credential(credential: &Credential) -> String {
    match credential {
        Credential::Bearer => "bearer token".to_owned(),
        Credential::Basic => "user and password".to_owned(),
        Credential::Http(scheme) => format!("credentials of the scheme {scheme}"),
        Credential::Header(name) => format!("header {name}"),
        Credential::Query(name) => format!("query {name}"),
        Credential::Cookie(name) => format!("cookie {name}"),
        Credential::Certificate => "client certificate".to_owned(),
        Credential::External => "nothing in the request".to_owned(),
    }
}

impl fmt::Display for super::Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((value, exclusive)) = &self.minimum {
            write!(f, " {} {value}", if *exclusive { ">" } else { ">=" })?;
        }
        if let Some((value, exclusive)) = &self.maximum {
            write!(f, " {} {value}", if *exclusive { "<" } else { "<=" })?;
        }
        self.multiple_of
            .as_ref()
            .map_or(Ok(()), |value| write!(f, " multiple of {value}"))
    }
}

/// The name as written, with its namespace in braces.
impl fmt::Display for XmlName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.namespace.is_empty() {
            write!(f, "{{{}}}", self.namespace)?;
        }
        if !self.prefix.is_empty() {
            write!(f, "{}:", self.prefix)?;
        }
        f.write_str(&self.local)
    }
}

impl fmt::Display for super::Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (None, None) => Ok(()),
            (Some(min), None) => write!(f, " ({min} or more)"),
            (None, Some(max)) => write!(f, " (at most {max})"),
            (Some(min), Some(max)) => write!(f, " ({min} to {max})"),
        }
    }
}

impl fmt::Display for super::Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.length)?;
        self.pattern
            .as_ref()
            .map_or(Ok(()), |pattern| write!(f, " like {pattern:?}"))
    }
}

impl fmt::Display for super::StringFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => f.write_str("string"),
            Self::Uri => f.write_str("uri"),
            Self::DateTime => f.write_str("date-time"),
            Self::Date => f.write_str("date"),
            Self::Time => f.write_str("time"),
            Self::Duration => f.write_str("duration"),
            Self::Uuid => f.write_str("uuid"),
            Self::Base64 => f.write_str("base64"),
            Self::Decimal => f.write_str("decimal"),
            Self::Grammar(grammar) => f.write_str(grammar.word()),
            Self::Other(name) => write!(f, "string({name})"),
        }
    }
}
