//! The fields of every object of Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2, as listed in the specifications.
//!
//! A row has the versions that have the field, the kind of its value, and whether it is ignored. `walk.rs` goes through a description by
//! these tables; `unknown.rs` finds fields that aren't in them, `lost.rs` those that are ignored. JSON Schema allows any keyword in
//! schemas, so their table lists the known ones.

mod expected;
mod lost;
mod unknown;
mod walk;

pub use lost::passed_over;

use super::read::Version;

/// An object of a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    Top,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    /// The items of a parameter or header in Swagger 2.
    Items,
}

/// The kind of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A value that isn't an object of the specification.
    Value,
    /// An object, or a list of them.
    Of(Object),
    /// A mapping from names to objects.
    Named(Object),
    /// A mapping from names to objects in which names that begin with `x-` are extensions.
    Patterned(Object),
    /// A mapping from names to mappings from expressions to path items.
    Callbacks,
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    from: Version,
    to: Version,
    pub part: Part,
    /// Whether the field is read but has no effect on the output.
    pub passed_over: bool,
}

const fn field(name: &'static str, from: Version, to: Version) -> Field {
    Field {
        name,
        from,
        to,
        part: Part::Value,
        passed_over: false,
    }
}

const fn all(name: &'static str) -> Field {
    field(name, Version::V2, Version::V32)
}

const fn v2(name: &'static str) -> Field {
    field(name, Version::V2, Version::V2)
}

const fn v30(name: &'static str) -> Field {
    field(name, Version::V30, Version::V32)
}

const fn v31(name: &'static str) -> Field {
    field(name, Version::V31, Version::V32)
}

const fn v32(name: &'static str) -> Field {
    field(name, Version::V32, Version::V32)
}

impl Field {
    const fn of(self, object: Object) -> Self {
        let part = Part::Of(object);
        Self { part, ..self }
    }

    const fn named(self, object: Object) -> Self {
        let part = Part::Named(object);
        Self { part, ..self }
    }

    const fn patterned(self, object: Object) -> Self {
        let part = Part::Patterned(object);
        Self { part, ..self }
    }

    const fn callbacks(self) -> Self {
        let part = Part::Callbacks;
        Self { part, ..self }
    }

    const fn passed_over(self) -> Self {
        Self {
            passed_over: true,
            ..self
        }
    }

    /// Whether a version has the field.
    #[must_use]
    pub fn is_of(&self, version: Version) -> bool {
        (self.from..=self.to).contains(&version)
    }

    /// The version that has the field and is nearest to `version`.
    pub(super) fn nearest(&self, version: Version) -> Version {
        version.clamp(self.from, self.to)
    }
}

/// The fields of every object except schemas: the object in words, the field's name, whether Swagger 2.0 has it, whether OpenAPI 3.2 has
/// it, and whether it is ignored.
pub fn all_fields() -> impl Iterator<Item = (&'static str, &'static str, bool, bool, bool)> {
    Object::ALL.iter().flat_map(|object| {
        let of = |field: &Field, version| field.is_of(version);
        let fields = object.fields().iter();
        fields.map(move |field| {
            let (old, new) = (of(field, Version::V2), of(field, Version::V32));
            (object.words(), field.name, old, new, field.passed_over)
        })
    })
}

impl Object {
    /// All objects except schemas.
    const ALL: [Self; 25] = [
        Self::Top,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Components,
        Self::PathItem,
        Self::Operation,
        Self::ExternalDocs,
        Self::Parameter,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Response,
        Self::Example,
        Self::Link,
        Self::Header,
        Self::Tag,
        Self::Discriminator,
        Self::Xml,
        Self::SecurityScheme,
        Self::OAuthFlows,
        Self::OAuthFlow,
        Self::Items,
    ];

    /// The object in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Top => "an API description",
            Self::Info => "`info`",
            Self::Contact => "`contact`",
            Self::License => "`license`",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Components => "`components`",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::ExternalDocs => "`externalDocs`",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Header => "a header",
            Self::Tag => "a tag",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::Xml => "`xml`",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "OAuth flows",
            Self::OAuthFlow => "an OAuth flow",
            Self::Items => "the items of a parameter",
        }
    }

    /// The fields that the object has in any version.
    pub(super) const fn fields(self) -> &'static [Field] {
        match self {
            Self::Top => TOP,
            Self::Info => INFO,
            Self::Contact => CONTACT,
            Self::License => LICENSE,
            Self::Server => SERVER,
            Self::ServerVariable => SERVER_VARIABLE,
            Self::Components => COMPONENTS,
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::ExternalDocs => EXTERNAL_DOCS,
            Self::Parameter => PARAMETER,
            Self::RequestBody => REQUEST_BODY,
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
            Self::Response => RESPONSE,
            Self::Example => EXAMPLE,
            Self::Link => LINK,
            Self::Header => HEADER,
            Self::Tag => TAG,
            Self::Schema => SCHEMA,
            Self::Discriminator => DISCRIMINATOR,
            Self::Xml => XML,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::OAuthFlows => OAUTH_FLOWS,
            Self::OAuthFlow => OAUTH_FLOW,
            Self::Items => ITEMS,
        }
    }
}

const TOP: &[Field] = &[
    v2("swagger"),
    v30("openapi"),
    v32("$self"),
    all("info").of(Object::Info),
    v31("jsonSchemaDialect").passed_over(),
    v2("host"),
    v2("basePath"),
    v2("schemes"),
    v2("consumes"),
    v2("produces"),
    v30("servers").of(Object::Server),
    all("paths").patterned(Object::PathItem),
    v31("webhooks").named(Object::PathItem),
    v30("components").of(Object::Components),
    v2("definitions").named(Object::Schema),
    v2("parameters").named(Object::Parameter),
    v2("responses").named(Object::Response),
    v2("securityDefinitions").named(Object::SecurityScheme),
    all("security"),
    all("tags").of(Object::Tag),
    all("externalDocs").of(Object::ExternalDocs).passed_over(),
];

const INFO: &[Field] = &[
    all("title"),
    v31("summary").passed_over(),
    all("description"),
    all("termsOfService").passed_over(),
    all("contact").of(Object::Contact).passed_over(),
    all("license").of(Object::License).passed_over(),
    all("version"),
];

const CONTACT: &[Field] = &[all("name"), all("url"), all("email")];

const LICENSE: &[Field] = &[all("name"), v31("identifier"), all("url")];

const SERVER: &[Field] = &[
    v30("url"),
    v30("description"),
    v32("name"),
    v30("variables").named(Object::ServerVariable),
];

const SERVER_VARIABLE: &[Field] = &[v30("enum"), v30("default"), v30("description")];

const COMPONENTS: &[Field] = &[
    v30("schemas").named(Object::Schema),
    v30("responses").named(Object::Response),
    v30("parameters").named(Object::Parameter),
    v30("examples").named(Object::Example),
    v30("requestBodies").named(Object::RequestBody),
    v30("headers").named(Object::Header),
    v30("securitySchemes").named(Object::SecurityScheme),
    v30("links").named(Object::Link),
    v30("callbacks").callbacks(),
    v31("pathItems").named(Object::PathItem),
    v32("mediaTypes").named(Object::MediaType),
];

const PATH_ITEM: &[Field] = &[
    all("$ref"),
    v30("summary"),
    v30("description"),
    all("get").of(Object::Operation),
    all("put").of(Object::Operation),
    all("post").of(Object::Operation),
    all("delete").of(Object::Operation),
    all("options").of(Object::Operation),
    all("head").of(Object::Operation),
    all("patch").of(Object::Operation),
    v30("trace").of(Object::Operation),
    v32("query").of(Object::Operation),
    v32("additionalOperations").named(Object::Operation),
    v30("servers").of(Object::Server),
    all("parameters").of(Object::Parameter),
];

const OPERATION: &[Field] = &[
    all("tags"),
    all("summary"),
    all("description"),
    all("externalDocs").of(Object::ExternalDocs),
    all("operationId"),
    v2("consumes"),
    v2("produces"),
    all("parameters").of(Object::Parameter),
    v30("requestBody").of(Object::RequestBody),
    all("responses").patterned(Object::Response),
    v30("callbacks").callbacks(),
    v2("schemes"),
    all("deprecated"),
    all("security"),
    v30("servers").of(Object::Server),
];

const EXTERNAL_DOCS: &[Field] = &[all("description"), all("url")];

/// In Swagger 2 the keywords of a simple schema are fields of the parameter itself.
const PARAMETER: &[Field] = &[
    all("name"),
    all("in"),
    all("description"),
    all("required"),
    v30("deprecated"),
    all("allowEmptyValue"),
    v30("style"),
    v30("explode"),
    v30("allowReserved"),
    all("schema").of(Object::Schema),
    v30("example").passed_over(),
    v30("examples").named(Object::Example).passed_over(),
    v30("content").named(Object::MediaType),
    v2("type"),
    v2("format"),
    v2("items").of(Object::Items),
    v2("collectionFormat"),
    v2("default"),
    v2("maximum"),
    v2("exclusiveMaximum"),
    v2("minimum"),
    v2("exclusiveMinimum"),
    v2("maxLength"),
    v2("minLength"),
    v2("pattern"),
    v2("maxItems"),
    v2("minItems"),
    v2("uniqueItems"),
    v2("enum"),
    v2("multipleOf"),
];

const ITEMS: &[Field] = &[
    v2("type"),
    v2("format"),
    v2("items").of(Object::Items),
    v2("collectionFormat").passed_over(),
    v2("default").passed_over(),
    v2("maximum"),
    v2("exclusiveMaximum"),
    v2("minimum"),
    v2("exclusiveMinimum"),
    v2("maxLength"),
    v2("minLength"),
    v2("pattern"),
    v2("maxItems"),
    v2("minItems"),
    v2("uniqueItems"),
    v2("enum"),
    v2("multipleOf"),
];

const REQUEST_BODY: &[Field] = &[
    v30("description"),
    v30("content").named(Object::MediaType),
    v30("required"),
];

const MEDIA_TYPE: &[Field] = &[
    v30("schema").of(Object::Schema),
    v32("itemSchema").of(Object::Schema),
    v30("example").passed_over(),
    v30("examples").named(Object::Example).passed_over(),
    v30("encoding").named(Object::Encoding),
    v32("prefixEncoding").of(Object::Encoding).passed_over(),
    v32("itemEncoding").of(Object::Encoding).passed_over(),
];

const ENCODING: &[Field] = &[
    v30("contentType"),
    v30("headers").named(Object::Header).passed_over(),
    v30("style"),
    v30("explode"),
    v30("allowReserved").passed_over(),
    v32("encoding").named(Object::Encoding).passed_over(),
    v32("prefixEncoding").of(Object::Encoding).passed_over(),
    v32("itemEncoding").of(Object::Encoding).passed_over(),
];

const RESPONSE: &[Field] = &[
    v32("summary"),
    all("description"),
    all("headers").named(Object::Header),
    v30("content").named(Object::MediaType),
    v30("links").named(Object::Link),
    v2("schema").of(Object::Schema),
    v2("examples").passed_over(),
];

const EXAMPLE: &[Field] = &[
    v30("summary"),
    v30("description"),
    v32("dataValue"),
    v32("serializedValue"),
    v30("externalValue"),
    v30("value"),
];

const LINK: &[Field] = &[
    v30("operationRef"),
    v30("operationId"),
    v30("parameters"),
    v30("requestBody"),
    v30("description"),
    v30("server").of(Object::Server),
];

/// A header is a parameter without `name` and `in`.
const HEADER: &[Field] = &[
    all("description"),
    v30("required"),
    v30("deprecated"),
    v30("allowEmptyValue").passed_over(),
    v30("style"),
    v30("explode").passed_over(),
    v30("allowReserved").passed_over(),
    v30("schema").of(Object::Schema),
    v30("example").passed_over(),
    v30("examples").named(Object::Example).passed_over(),
    v30("content").named(Object::MediaType),
    v2("type"),
    v2("format"),
    v2("items").of(Object::Items),
    v2("collectionFormat").passed_over(),
    v2("default").passed_over(),
    v2("maximum").passed_over(),
    v2("exclusiveMaximum").passed_over(),
    v2("minimum").passed_over(),
    v2("exclusiveMinimum").passed_over(),
    v2("maxLength").passed_over(),
    v2("minLength").passed_over(),
    v2("pattern").passed_over(),
    v2("maxItems").passed_over(),
    v2("minItems").passed_over(),
    v2("uniqueItems").passed_over(),
    v2("enum"),
    v2("multipleOf").passed_over(),
];

const TAG: &[Field] = &[
    all("name"),
    v32("summary"),
    all("description"),
    all("externalDocs").of(Object::ExternalDocs).passed_over(),
    v32("parent").passed_over(),
    v32("kind").passed_over(),
];

const DISCRIMINATOR: &[Field] = &[
    v30("propertyName"),
    v30("mapping"),
    v32("defaultMapping").passed_over(),
];

const XML: &[Field] = &[
    v32("nodeType"),
    all("name"),
    all("namespace"),
    all("prefix"),
    all("attribute"),
    all("wrapped"),
];

const SECURITY_SCHEME: &[Field] = &[
    all("type"),
    all("description"),
    all("name"),
    all("in"),
    v30("scheme"),
    v30("bearerFormat"),
    v30("flows").of(Object::OAuthFlows),
    v30("openIdConnectUrl"),
    v32("oauth2MetadataUrl"),
    v32("deprecated").passed_over(),
    v2("flow"),
    v2("authorizationUrl"),
    v2("tokenUrl"),
    v2("scopes"),
];

const OAUTH_FLOWS: &[Field] = &[
    v30("implicit").of(Object::OAuthFlow),
    v30("password").of(Object::OAuthFlow),
    v30("clientCredentials").of(Object::OAuthFlow),
    v30("authorizationCode").of(Object::OAuthFlow),
    v32("deviceAuthorization").of(Object::OAuthFlow),
];

const OAUTH_FLOW: &[Field] = &[
    v30("authorizationUrl"),
    v32("deviceAuthorizationUrl"),
    v30("tokenUrl"),
    v30("refreshUrl"),
    v30("scopes"),
];

/// The keywords of all drafts of JSON Schema, and those that OpenAPI adds. They are accepted in every version.
const SCHEMA: &[Field] = &[
    all("$ref"),
    all("type"),
    all("properties").named(Object::Schema),
    all("description"),
    all("format"),
    all("items").of(Object::Schema),
    all("required"),
    all("enum"),
    all("example").passed_over(),
    all("nullable"),
    all("title"),
    all("default"),
    all("allOf").of(Object::Schema),
    all("oneOf").of(Object::Schema),
    all("anyOf").of(Object::Schema),
    all("not").of(Object::Schema),
    all("additionalProperties").of(Object::Schema),
    all("readOnly"),
    all("writeOnly"),
    all("deprecated"),
    all("examples").passed_over(),
    all("const"),
    all("pattern"),
    all("minLength"),
    all("maxLength"),
    all("minimum"),
    all("maximum"),
    all("exclusiveMinimum"),
    all("exclusiveMaximum"),
    all("multipleOf"),
    all("minItems"),
    all("maxItems"),
    all("uniqueItems"),
    all("minProperties"),
    all("maxProperties"),
    all("patternProperties").named(Object::Schema),
    all("propertyNames").of(Object::Schema),
    all("prefixItems").of(Object::Schema),
    all("additionalItems").of(Object::Schema),
    all("contains").of(Object::Schema),
    all("minContains"),
    all("maxContains"),
    all("if").of(Object::Schema),
    all("then").of(Object::Schema),
    all("else").of(Object::Schema),
    all("dependentRequired"),
    all("dependentSchemas").named(Object::Schema),
    all("dependencies"),
    all("unevaluatedItems").of(Object::Schema),
    all("unevaluatedProperties").of(Object::Schema),
    all("contentEncoding"),
    all("contentMediaType"),
    all("contentSchema").of(Object::Schema),
    all("discriminator").of(Object::Discriminator),
    all("xml").of(Object::Xml),
    all("externalDocs").of(Object::ExternalDocs),
    all("definitions").named(Object::Schema),
    all("$defs").named(Object::Schema),
    all("$id"),
    all("id"),
    all("$schema"),
    all("$anchor"),
    all("$dynamicRef"),
    all("$dynamicAnchor"),
    all("$recursiveRef"),
    all("$recursiveAnchor"),
    all("$vocabulary"),
    all("$comment"),
];
