//! The rules: what can differ, and what each difference means for users of the wire and of the generated crates.
//!
//! A rule has its verdicts here and nowhere else. Where the verdict depends on what else is there (the first optional parameter of an
//! operation is an argument more for the server's method, the second isn't), it is two rules.

use std::fmt;

/// What a difference means for programs that talk to each other in the old way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// They work as before.
    Info,
    /// They may fail, depending on what they rely on.
    Warning,
    /// Some that keep to the old description fail.
    Breaking,
}

/// What a difference means for programs that use the generated crates, in the words of Cargo's semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// The API of the crate stays as it is.
    Patch,
    /// It gets more.
    Minor,
    /// Programs may have to be changed to compile.
    Major,
}

impl Wire {
    /// Every verdict, the least severe first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Breaking];

    /// The verdict in a word: `breaking`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl Bump {
    /// Every verdict, the least severe first.
    pub const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    /// The verdict in a word: `major`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A kind of difference.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id.
    pub id: &'static str,
    /// What differs, in words that follow the place.
    pub says: &'static str,
    /// The verdict for what callers send.
    pub request: Wire,
    /// The verdict for what the API sends.
    pub response: Wire,
    /// The verdict for the crates of types and client.
    pub client: Bump,
    /// The verdict for the server crate, whose API has the types in it.
    pub server: Bump,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $request:ident $response:ident, $client:ident $server:ident, $says:literal;)*) => {
        $(
            $(#[$doc])*
            pub(super) const $name: &Rule = &Rule {
                id: $id,
                says: $says,
                request: Wire::$request,
                response: Wire::$response,
                client: Bump::$client,
                server: Bump::$server,
            };
        )*
        /// Every rule.
        pub const ALL: &[&Rule] = &[$($name),*];
    };
}

rules! {
    // The API: id, verdicts for requests and responses, for types and client, for the server.
    API_TEXT = "api-text-changed", Info Info, Patch Patch, "the title, version or description of the API changed";
    TAG_TEXT = "tag-text-changed", Info Info, Patch Patch, "the description of a tag changed";
    SERVER_ADDED = "api-server-added", Info Info, Patch Patch, "a server was added";
    SERVER_REMOVED = "api-server-removed", Warning Warning, Patch Patch, "a server was removed";
    SERVER_TEXT = "api-server-text-changed", Info Info, Patch Patch, "the description of a server changed";
    SERVER_VARIABLE = "api-server-variable-changed", Warning Warning, Major Patch, "the variables of a server changed";
    SCHEME_ADDED = "security-scheme-added", Info Info, Minor Patch, "a security scheme was added";
    SCHEME_REMOVED = "security-scheme-removed", Info Info, Major Major, "a security scheme was removed";
    SCHEME_CHANGED = "security-scheme-changed", Warning Warning, Major Major, "a security scheme sends another credential";
    SCHEME_TEXT = "security-scheme-text-changed", Info Info, Patch Patch, "the description of a security scheme changed";
    SCHEMA_ADDED = "schema-added", Info Info, Minor Minor, "a schema was added";
    SCHEMA_REMOVED = "schema-removed", Info Info, Major Major, "a schema was removed";

    // Operations.
    OPERATION_ADDED = "operation-added", Info Info, Minor Minor, "the operation was added";
    GROUP_ADDED = "operation-group-added", Info Info, Minor Major, "the operation was added, the first of its group: a trait that servers have to implement";
    OPERATION_REMOVED = "operation-removed", Breaking Breaking, Major Major, "the operation was removed";
    DEPRECATED_REMOVED = "deprecated-operation-removed", Warning Warning, Major Major, "the operation, which was deprecated, was removed";
    OPERATION_MOVED = "operation-moved", Breaking Breaking, Patch Patch, "the operation has another method or path";
    OPERATION_ID = "operation-id-changed", Info Info, Major Major, "the operationId changed";
    OPERATION_GROUP = "operation-group-changed", Info Info, Major Major, "the operation belongs to another group";
    OPERATION_TAGS = "operation-tags-changed", Info Info, Patch Patch, "the tags of the operation changed";
    OPERATION_DEPRECATED = "operation-deprecated", Info Info, Minor Patch, "the operation was deprecated";
    OPERATION_REACTIVATED = "operation-reactivated", Info Info, Patch Patch, "the operation isn't deprecated any more";
    OPERATION_TEXT = "operation-text-changed", Info Info, Patch Patch, "the summary, description or link of the operation changed";
    OPERATION_SERVERS = "operation-servers-changed", Warning Warning, Patch Patch, "the servers of the operation changed";
    PATH_PARAMETER_RENAMED = "path-parameter-renamed", Info Info, Patch Patch, "a parameter of the path was renamed";
    WEBHOOK_ADDED = "webhook-added", Info Info, Minor Minor, "the API sends another webhook";
    WEBHOOK_REMOVED = "webhook-removed", Breaking Breaking, Major Major, "the API doesn't send the webhook any more";
    CALLBACK_ADDED = "callback-added", Info Info, Minor Minor, "the API sends another callback";
    CALLBACK_REMOVED = "callback-removed", Breaking Breaking, Major Major, "the API doesn't send the callback any more";
    CALLBACK_CAUSES = "callback-url-changed", Warning Warning, Patch Patch, "the URL or the cause of the callback changed";

    // Security requirements.
    SECURITY_INTRODUCED = "security-introduced", Warning Warning, Patch Major, "the operation needs credentials, which it didn't";
    SECURITY_DROPPED = "security-dropped", Info Info, Patch Major, "the operation needs no credentials any more";
    SECURITY_ADDED = "security-alternative-added", Info Info, Patch Patch, "the operation takes other credentials, too";
    SECURITY_REMOVED = "security-alternative-removed", Warning Warning, Patch Patch, "the operation doesn't take these credentials any more";
    SCOPE_ADDED = "security-scope-added", Info Info, Patch Patch, "the operation needs another scope";
    SCOPE_REMOVED = "security-scope-removed", Info Info, Patch Patch, "the operation doesn't need the scope any more";

    // Parameters.
    REQUIRED_PARAMETER_ADDED = "required-parameter-added", Breaking Breaking, Major Major, "a required parameter was added";
    OPTIONAL_PARAMETER_ADDED = "optional-parameter-added", Info Info, Minor Minor, "an optional parameter was added";
    FIRST_PARAMETER_ADDED = "first-optional-parameter-added", Info Info, Minor Major, "an optional parameter was added, the first in addition to those of the path: an argument more for servers";
    PARAMETER_REMOVED = "parameter-removed", Warning Warning, Major Major, "the parameter was removed";
    DEPRECATED_PARAMETER_REMOVED = "deprecated-parameter-removed", Info Info, Major Major, "the parameter, which was deprecated, was removed";
    PARAMETER_REQUIRED = "parameter-became-required", Breaking Breaking, Major Major, "the parameter became required";
    PARAMETER_OPTIONAL = "parameter-became-optional", Info Info, Major Major, "the parameter became optional";
    PARAMETER_DEFAULT_ADDED = "parameter-default-added", Breaking Breaking, Patch Major, "the parameter got a default";
    PARAMETER_DEFAULT_REMOVED = "parameter-default-removed", Breaking Breaking, Patch Major, "the parameter lost its default";
    PARAMETER_DEFAULT = "parameter-default-changed", Breaking Breaking, Patch Patch, "the default of the parameter changed";
    PARAMETER_STYLE = "parameter-style-changed", Breaking Breaking, Patch Patch, "the parameter is written in another style";
    PARAMETER_ENCODING = "parameter-encoding-changed", Warning Warning, Patch Patch, "which characters of the parameter are encoded, or whether it may be empty, changed";
    PARAMETER_DEPRECATED = "parameter-deprecated", Info Info, Minor Minor, "the parameter was deprecated";
    PARAMETER_REACTIVATED = "parameter-reactivated", Info Info, Patch Patch, "the parameter isn't deprecated any more";
    PARAMETER_TEXT = "parameter-text-changed", Info Info, Patch Patch, "the description of the parameter changed";

    // Request bodies.
    REQUIRED_BODY_ADDED = "required-body-added", Breaking Info, Major Major, "a required body was added";
    OPTIONAL_BODY_ADDED = "optional-body-added", Info Info, Minor Major, "an optional body was added";
    BODY_REMOVED = "body-removed", Breaking Breaking, Major Major, "the body was removed";
    BODY_REQUIRED = "body-became-required", Breaking Info, Major Major, "the body became required";
    BODY_OPTIONAL = "body-became-optional", Info Breaking, Major Major, "the body became optional";
    BYTES_REQUIRED = "bytes-body-became-required", Breaking Info, Major Patch, "the body, which is bytes, became required";
    BYTES_OPTIONAL = "bytes-body-became-optional", Info Breaking, Major Patch, "the body, which is bytes, became optional";
    BODY_TEXT = "body-text-changed", Info Info, Patch Patch, "the description of the body changed";

    // Media types, of bodies and of responses.
    MEDIA_TYPE_ADDED = "media-type-added", Info Info, Patch Patch, "another media type for the same content was added";
    MEDIA_TYPE_REMOVED = "media-type-removed", Breaking Breaking, Patch Patch, "a media type was removed, whose content has others";
    CONTENT_ADDED = "content-added", Info Info, Major Major, "a media type with content of its own was added";
    CONTENT_REMOVED = "content-removed", Breaking Breaking, Major Major, "a media type was removed, with its content";
    CONTENT_ORDER = "content-order-changed", Info Info, Patch Patch, "another media type is preferred";
    CONTENT_CHANGED = "content-kind-changed", Breaking Breaking, Major Major, "the content of the media type is of another kind";
    FORM_ENCODING = "form-encoding-changed", Breaking Breaking, Patch Patch, "properties of the form are written in another style";
    PART_CONTENT = "form-part-changed", Breaking Breaking, Major Major, "the part of the form holds another kind of content, or is repeated in another way";
    PART_MEDIA_TYPE = "form-part-media-type-changed", Breaking Breaking, Patch Patch, "the media type of the part changed";

    // Responses.
    SUCCESS_ADDED = "success-status-added", Info Info, Minor Minor, "a response was added to several others";
    SECOND_SUCCESS_ADDED = "second-success-status-added", Info Info, Major Major, "a second response was added: the result becomes an enum";
    SUCCESS_REMOVED = "success-status-removed", Breaking Breaking, Major Major, "the response was removed";
    ERROR_ADDED = "error-status-added", Info Info, Patch Minor, "a documented error was added";
    ERROR_REMOVED = "error-status-removed", Info Info, Patch Major, "a documented error was removed";
    ERROR_TYPE = "error-type-changed", Info Info, Major Minor, "errors have another type of body in the client";
    RESPONSE_BODY_ADDED = "response-body-added", Info Info, Major Major, "the response got a body";
    RESPONSE_BODY_REMOVED = "response-body-removed", Breaking Breaking, Major Major, "the response lost its body";
    RESPONSE_TEXT = "response-text-changed", Info Info, Patch Patch, "the description of the response changed";
    FIRST_HEADER_ADDED = "first-response-header-added", Info Info, Minor Minor, "a header was added, the first of the response";
    OPTIONAL_HEADER_ADDED = "optional-response-header-added", Info Info, Minor Minor, "an optional header was added";
    REQUIRED_HEADER_ADDED = "required-response-header-added", Info Info, Minor Major, "a required header was added";
    OPTIONAL_HEADER_REMOVED = "optional-response-header-removed", Warning Warning, Major Major, "an optional header was removed";
    REQUIRED_HEADER_REMOVED = "required-response-header-removed", Breaking Breaking, Major Major, "a required header was removed";
    HEADER_OPTIONAL = "response-header-became-optional", Breaking Breaking, Major Major, "the header became optional";
    HEADER_REQUIRED = "response-header-became-required", Info Info, Major Major, "the header became required";
    HEADER_TEXT = "response-header-text-changed", Info Info, Patch Patch, "the description of the header changed";

    // Types as a whole. A request is narrowed by what a response is widened by.
    TYPE_CHANGED = "type-changed", Breaking Breaking, Major Major, "the type changed";
    TYPE_WIDENED = "type-widened", Info Breaking, Major Major, "the type takes more values";
    TYPE_NARROWED = "type-narrowed", Breaking Info, Major Major, "the type takes fewer values";
    PRECISION_RAISED = "precision-raised", Info Breaking, Patch Patch, "the number is more precise";
    PRECISION_LOWERED = "precision-lowered", Breaking Info, Patch Patch, "the number is less precise";
    OBJECT_KIND = "object-kind-changed", Info Info, Major Major, "the object is a struct in Rust and not a map, or the other way round";
    SCHEMA_RENAMED = "schema-name-changed", Info Info, Major Major, "the schema has another name";
    RUST_TYPE = "rust-type-changed", Info Info, Major Major, "the suggested Rust type changed";
    TYPE_DEPRECATED = "schema-deprecated", Info Info, Minor Minor, "the schema was deprecated";
    TYPE_REACTIVATED = "schema-reactivated", Info Info, Patch Patch, "the schema isn't deprecated any more";
    TYPE_TEXT = "schema-text-changed", Info Info, Patch Patch, "the title or description changed";
    NULLABLE = "became-nullable", Info Breaking, Major Major, "the value may be null";
    NOT_NULLABLE = "became-not-nullable", Breaking Info, Major Major, "the value may not be null any more";
    FORMAT_ADDED = "format-added", Breaking Info, Major Major, "the text got a format, which has a type of its own";
    FORMAT_REMOVED = "format-removed", Info Breaking, Major Major, "the text lost its format, which has a type of its own";
    FORMAT_CHANGED = "format-changed", Breaking Breaking, Major Major, "the format changed";
    CHECKED_FORMAT_ADDED = "checked-format-added", Breaking Info, Patch Patch, "the text has to keep to a format";
    CHECKED_FORMAT_REMOVED = "checked-format-removed", Info Breaking, Patch Patch, "the text needn't keep to a format any more";
    CHECKED_FORMAT = "checked-format-changed", Breaking Breaking, Patch Patch, "the text has to keep to another format";
    UNKNOWN_FORMAT = "unknown-format-changed", Info Info, Patch Patch, "a format changed that nothing checks";
    XML = "xml-changed", Breaking Breaking, Patch Patch, "the value is written in another way in XML";

    // Constraints.
    LIMIT_ADDED = "limit-added", Warning Info, Patch Patch, "a limit was added";
    LIMIT_TIGHTENED = "limit-tightened", Breaking Info, Patch Patch, "a limit became tighter";
    LIMIT_RELAXED = "limit-relaxed", Info Breaking, Patch Patch, "a limit became looser";
    LIMIT_REMOVED = "limit-removed", Info Breaking, Patch Patch, "a limit was removed";
    LIMIT_CHANGED = "limit-changed", Breaking Breaking, Patch Patch, "a limit changed";
    PATTERN_ADDED = "pattern-added", Breaking Info, Patch Patch, "the text has to match a pattern";
    PATTERN_REMOVED = "pattern-removed", Info Warning, Patch Patch, "the text needn't match a pattern any more";
    PATTERN_CHANGED = "pattern-changed", Warning Warning, Patch Patch, "the text has to match another pattern";
    UNIQUE_ADDED = "unique-items-added", Breaking Info, Patch Patch, "the items have to be unique";
    UNIQUE_REMOVED = "unique-items-removed", Info Breaking, Patch Patch, "the items needn't be unique any more";
    CONSTRAINT_ADDED = "constraint-added", Breaking Info, Patch Patch, "a constraint was added";
    CONSTRAINT_REMOVED = "constraint-removed", Info Breaking, Patch Patch, "a constraint was removed";
    CONSTRAINT_CHANGED = "constraint-changed", Breaking Breaking, Patch Patch, "a constraint changed";

    // Listed values.
    ENUM_ADDED = "enum-added", Breaking Info, Major Major, "the values are listed now";
    ENUM_REMOVED = "enum-removed", Info Breaking, Major Major, "the values aren't listed any more";
    VALUE_ADDED = "enum-value-added", Info Warning, Minor Minor, "a value was added to the list";
    CONSTANT_OPENED = "constant-value-added", Info Warning, Major Major, "the constant got another value, so that it has to be given";
    VALUE_REMOVED = "enum-value-removed", Breaking Info, Major Major, "a value was removed from the list";
    CONSTANT_CHANGED = "constant-changed", Breaking Breaking, Major Major, "the constant has another value";
    ENUM_OPENED = "enum-opened", Info Warning, Patch Patch, "values that aren't listed are allowed";
    ENUM_CLOSED = "enum-closed", Breaking Info, Patch Patch, "only listed values are allowed";
    VALUE_NAME = "enum-value-name-changed", Info Info, Major Major, "a listed value has another name";
    VALUE_TEXT = "enum-value-text-changed", Info Info, Patch Patch, "the description of a listed value changed";
    VALUE_ORDER = "enum-order-changed", Info Info, Patch Patch, "the values are listed in another order";

    // Lists.
    ITEM_ADDED = "tuple-item-added", Breaking Breaking, Major Major, "an item was added";
    ITEM_REMOVED = "tuple-item-removed", Breaking Breaking, Major Major, "an item was removed";

    // Properties.
    REQUIRED_PROPERTY_ADDED = "required-property-added", Breaking Info, Major Major, "a required property was added";
    CONSTANT_PROPERTY_ADDED = "constant-property-added", Breaking Info, Minor Minor, "a required property with one possible value was added";
    WANTED_PROPERTY_ADDED = "one-way-property-added", Breaking Info, Minor Minor, "a property was added that is required in this direction only";
    OPTIONAL_PROPERTY_ADDED = "optional-property-added", Info Info, Minor Minor, "an optional property was added";
    REQUIRED_PROPERTY_REMOVED = "required-property-removed", Warning Breaking, Major Major, "a required property was removed";
    OPTIONAL_PROPERTY_REMOVED = "optional-property-removed", Warning Warning, Major Major, "an optional property was removed";
    PROPERTY_REQUIRED = "property-became-required", Breaking Info, Major Major, "the property became required";
    PROPERTY_OPTIONAL = "property-became-optional", Info Breaking, Major Major, "the property became optional";
    PROPERTY_WANTED = "property-became-required-one-way", Breaking Info, Patch Patch, "the property became required in this direction";
    PROPERTY_UNWANTED = "property-became-optional-one-way", Info Breaking, Patch Patch, "the property became optional in this direction";
    PROPERTY_PRESENCE = "property-presence-changed", Info Info, Major Major, "the other direction leaves the property out, so that it is another type in Rust";
    READ_ONLY = "property-became-read-only", Warning Info, Patch Patch, "only the API sends the property";
    NOT_READ_ONLY = "property-became-not-read-only", Info Info, Patch Patch, "callers send the property, too";
    WRITE_ONLY = "property-became-write-only", Info Warning, Patch Patch, "only callers send the property";
    NOT_WRITE_ONLY = "property-became-not-write-only", Info Info, Patch Patch, "the API sends the property, too";
    PROPERTY_DEFAULT_ADDED = "property-default-added", Breaking Info, Patch Patch, "the property got a default";
    PROPERTY_DEFAULT_REMOVED = "property-default-removed", Breaking Info, Patch Patch, "the property lost its default";
    PROPERTY_DEFAULT = "property-default-changed", Breaking Info, Patch Patch, "the default of the property changed";
    PROPERTY_DEPRECATED = "property-deprecated", Info Info, Minor Minor, "the property was deprecated";
    PROPERTY_REACTIVATED = "property-reactivated", Info Info, Patch Patch, "the property isn't deprecated any more";
    PROPERTY_TEXT = "property-text-changed", Info Info, Patch Patch, "the description of the property changed";
    PROPERTY_ORDER = "property-order-changed", Info Info, Patch Patch, "the properties are declared in another order";
    REST_CLOSED = "additional-properties-forbidden", Breaking Info, Patch Patch, "properties that aren't declared are forbidden";
    REST_OPENED = "additional-properties-allowed", Info Warning, Patch Patch, "properties that aren't declared are allowed";
    REST_TYPED = "additional-properties-typed", Breaking Info, Minor Minor, "properties that aren't declared have to be of a type";
    REST_UNTYPED = "additional-properties-untyped", Info Breaking, Major Major, "properties that aren't declared may be anything";
    REST_OPENED_TYPED = "additional-properties-added", Info Warning, Minor Minor, "properties of a type are allowed in addition to the declared ones";
    REST_CLOSED_TYPED = "additional-properties-removed", Breaking Info, Major Major, "no properties are allowed in addition to the declared ones any more";
    GROUP_RULE_ADDED = "dependent-required-added", Breaking Info, Patch Patch, "a rule was added for which properties go together";
    GROUP_RULE_REMOVED = "dependent-required-removed", Info Breaking, Patch Patch, "a rule was removed for which properties go together";

    // Alternatives.
    CHOICE_ADDED = "alternatives-introduced", Info Breaking, Major Major, "there are alternatives to the type";
    CHOICE_REMOVED = "alternatives-reduced", Breaking Info, Major Major, "only one of the alternatives is left";
    TAGGED_ADDED = "tagged-alternative-added", Info Warning, Minor Minor, "an alternative was added, which the discriminator names";
    VARIANT_ADDED = "alternative-added", Info Breaking, Major Major, "an alternative was added";
    VARIANT_REMOVED = "alternative-removed", Breaking Info, Major Major, "an alternative was removed";
    VARIANT_ORDER = "alternative-order-changed", Info Info, Patch Patch, "the alternatives are listed in another order";
    TAG_ADDED = "discriminator-added", Info Info, Major Major, "a discriminator tells the alternatives apart";
    TAG_REMOVED = "discriminator-removed", Info Info, Major Major, "no discriminator tells the alternatives apart any more";
    TAG_CHANGED = "discriminator-property-changed", Breaking Breaking, Major Major, "another property tells the alternatives apart";
    TAG_VALUE_ADDED = "discriminator-value-added", Info Warning, Major Major, "the alternative has another value of the discriminator";
    TAG_VALUE_REMOVED = "discriminator-value-removed", Breaking Info, Major Major, "the alternative lost a value of the discriminator";
    EXCLUSIVE = "alternatives-became-exclusive", Warning Info, Patch Patch, "exactly one of the alternatives has to match";
    NOT_EXCLUSIVE = "alternatives-became-inclusive", Info Warning, Patch Patch, "several of the alternatives may match";
}
