//! Every message of specwright: its stable code, severity, category, title and help in one place.

use super::{Category, Severity};

/// Declares [`Code`]: for each variant its data, stable code, severity, category, title and help.
macro_rules! codes {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $ty:ty),* $(,)? })? = $id:literal $severity:ident $category:ident
            $title:literal, help $help:literal;
    )*) => {
        /// The kind of a diagnostic, with its data.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)] // the fields are named after the words of the message
        pub enum Code {
            $($(#[$doc])* $name $({ $($field: $ty),* })?,)*
        }

        #[allow(unused_variables)] // not every message prints all of its data
        impl Code {
            /// The stable code, such as `SW0101`.
            #[must_use]
            pub fn id(&self) -> &'static str {
                match self { $(Self::$name $({ $($field),* })? => $id,)* }
            }

            /// The severity without `--strict`.
            #[must_use]
            pub fn severity(&self) -> Severity {
                match self { $(Self::$name $({ $($field),* })? => Severity::$severity,)* }
            }

            /// What the message means for the output.
            #[must_use]
            pub fn category(&self) -> Category {
                match self { $(Self::$name $({ $($field),* })? => Category::$category,)* }
            }

            /// What is wrong, in one line.
            #[must_use]
            pub fn title(&self) -> String {
                match self { $(Self::$name $({ $($field),* })? => format!($title),)* }
            }

            /// Why it matters and what to do.
            #[must_use]
            pub fn help(&self) -> String {
                match self { $(Self::$name $({ $($field),* })? => format!($help),)* }
            }
        }

        /// Every code with its severity, its category and the pattern of its title, for the documentation and its test.
        pub const ALL: &[(&str, Severity, Category, &str)] =
            &[$(($id, Severity::$severity, Category::$category, $title)),*];
    };
}

codes! {
    // SW00xx: files and syntax.
    /// A file can't be read.
    Unreadable { path: String, reason: String } = "SW0001" Error Refused
        "`{path}` can't be read: {reason}",
        help "check the path and its permissions";
    /// The text is neither valid YAML nor valid JSON.
    Syntax { detail: String } = "SW0002" Error Refused
        "this isn't valid YAML or JSON: {detail}",
        help "a file that doesn't parse isn't read at all; fix the syntax and run again";
    /// The root of the text isn't a mapping.
    NotAMapping { found: String } = "SW0003" Error Refused
        "an API description is a mapping, but this file contains {found}",
        help "is this the right file? If the text has lost its indentation or line breaks, restore it from the original";
    /// A duplicate key in a mapping.
    DuplicateKey { key: String } = "SW0004" Warning Repair
        "duplicate key `{key}`",
        help "keys of a mapping are unique (YAML 1.2, section 3.2.1.3); the last one is used, as most parsers do";
    /// An empty file.
    EmptyFile = "SW0005" Error Refused
        "this file is empty",
        help "is this the right file?";
    /// Nesting deeper than any real document needs.
    TooDeep { limit: usize } = "SW0006" Error Refused
        "this is nested deeper than {limit} levels",
        help "real descriptions stay far below this limit; if this one is genuine, split it up with `$ref`";
    /// Aliases that expand to too many nodes.
    AliasBomb { limit: usize } = "SW0007" Error Refused
        "the aliases of this file expand to more than {limit} nodes",
        help "this looks like an alias bomb; write the repeated parts once and use `$ref`";
    /// The bytes aren't UTF-8.
    NotUtf8 = "SW0008" Error Refused
        "this file isn't UTF-8 text",
        help "save it as UTF-8; UTF-16 and legacy encodings aren't read";
    /// A stream with more than one document.
    MoreDocuments = "SW0009" Warning PassedOver
        "only the first YAML document of a file is read, and another one begins here",
        help "put each document into a file of its own";
    /// A directory where a file is expected.
    IsFolder { path: String, hint: String } = "SW0010" Error Refused
        "`{path}` is a directory",
        help "name a file{hint}";
    /// A URL where the path of a description is expected.
    SpecIsUrl { url: String } = "SW0011" Error Refused
        "`{url}` is a URL, but only files are read",
        help "specwright never accesses the network: download the description and name the file; a URL that is referenced can be mapped to a file in the configuration, with `\"{url}\" = \"file\"` under `[urls]`";
    /// A device or a pipe where a file is expected.
    IsSpecial { path: String, what: String } = "SW0012" Error Refused
        "`{path}` is {what}, not a regular file",
        help "it might never end, so it isn't read; save it as a file, or pipe the description to standard input and name it `-`";

    // SW01xx: the document.
    /// A document with neither `swagger` nor `openapi`.
    NotADescription = "SW0101" Error Refused
        "not an API description: neither `openapi` nor `swagger` is a top-level key",
        help "an OpenAPI description begins with `openapi: 3.x.y`, a Swagger description with `swagger: \"2.0\"`";
    /// An unsupported version.
    UnknownVersion { found: String } = "SW0102" Error Refused
        "version `{found}` isn't supported",
        help "specwright reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";
    /// A missing required key.
    MissingKey { object: String, key: String } = "SW0103" Error Refused
        "{object} has no `{key}`",
        help "the specification requires it";
    /// A value of the wrong kind.
    WrongKind { expected: String, found: String } = "SW0104" Error Refused
        "expected {expected}, found {found}",
        help "see the specification of this object";
    /// A keyword with an invalid value.
    UnknownWord { what: String, found: String, known: String } = "SW0105" Error Refused
        "`{found}` is not a valid {what}",
        help "expected one of: {known}";
    /// Two parameters with the same name and location.
    DuplicateParameter { name: String, location: String } = "SW0106" Warning Repair
        "the {location} parameter `{name}` is declared twice",
        help "a parameter is identified by its name and `in`; the first one is used";
    /// A template `{name}` in the path without a parameter.
    UndeclaredTemplate { name: String, path: String } = "SW0107" Warning Repair
        "the path `{path}` contains `{{{name}}}`, but no path parameter `{name}` is declared",
        help "it is read as a string; declare it under `parameters` of the path or of the operation";
    /// A path parameter that isn't in the path.
    UnusedPathParameter { name: String, path: String } = "SW0108" Warning Repair
        "the path parameter `{name}` is not part of the path `{path}`",
        help "it is ignored; add `{{{name}}}` to the path, or correct its name or its `in`";
    /// An invalid path.
    MalformedPath { path: String, reason: String } = "SW0109" Error Refused
        "the path `{path}` is not valid: {reason}",
        help "a path begins with `/`, and a template expression is a name in braces";
    /// A duplicate operationId.
    DuplicateOperationId { id: String } = "SW0110" Warning Repair
        "duplicate operationId `{id}`",
        help "operationIds are unique; the later operation is named after its method and path";
    /// Two paths that match the same requests.
    DuplicatePath { path: String, other: String } = "SW0111" Warning Repair
        "the paths `{path}` and `{other}` match the same requests",
        help "the client can call both, the server routes such requests to `{other}`; merge the two";
    /// A template that occurs more than once in a path.
    RepeatedTemplate { name: String, path: String } = "SW0112" Warning Repair
        "`{{{name}}}` occurs more than once in the path `{path}`",
        help "the client writes the value each time, and the server doesn't match a path in which the values differ; give each template expression a name of its own";
    /// A path parameter without `required: true`.
    PathParameterNotRequired { name: String } = "SW0120" Warning Repair
        "the path parameter `{name}` isn't marked `required: true`",
        help "a path parameter is always required, and is read as required";
    /// A parameter without a type.
    UntypedParameter { name: String } = "SW0121" Warning Repair
        "the parameter `{name}` has no type",
        help "it is read as a string; add `type` (Swagger 2) or `schema` (OpenAPI 3)";
    /// A response without `description`.
    ResponseWithoutDescription { status: String } = "SW0122" Warning Repair
        "the response {status} has no `description`",
        help "the specification requires one; the reason phrase of the status is used";
    /// A body whose `$ref` isn't found.
    DanglingBodyRef { reference: String } = "SW0123" Warning Fallback
        "the body refers to `{reference}`, which was not found",
        help "the body is read as free-form JSON; add the schema to give it a type";
    /// No `info.title` or `info.version`.
    InfoIncomplete { key: String } = "SW0124" Warning Repair
        "`info` has no `{key}`",
        help "the specification requires it; a placeholder is used";
    /// An undeclared security scheme in `security`.
    UnknownSecurityScheme { name: String } = "SW0125" Warning Repair
        "the security scheme `{name}` is not declared, or not valid",
        help "it is read as a bearer token, so that no operation becomes public by mistake; declare it under `components.securitySchemes` (`securityDefinitions` in Swagger 2)";
    /// An invalid key of `responses`.
    BadStatus { found: String } = "SW0126" Warning PassedOver
        "`{found}` is not a valid response key",
        help "the response is ignored; use a status from `100` to `599`, a range from `1XX` to `5XX`, or `default`";
    /// A value of the wrong kind in an annotation.
    IgnoredValue { expected: String, found: String } = "SW0127" Warning Repair
        "expected {expected}, found {found}",
        help "it is ignored";
    /// An invalid `type`.
    UnknownType { found: String, used: String } = "SW0128" Warning Repair
        "`{found}` is not a valid type",
        help "it is read as {used}; the types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, from 3.1 on, `null`";
    /// Swagger 2: a body and form parameters in one operation.
    BodyAndForm = "SW0129" Error Refused
        "this operation has a body parameter as well as form parameters",
        help "a request has one body; keep one of the two";

    /// A word that isn't in the specification, and the one that it is read as.
    ReadAs { found: String, used: String } = "SW0130" Warning Repair
        "{found} is read as {used}",
        help "the specification has another word here; write that";
    /// A missing required key of something that can be dropped.
    LeftOut { object: String, key: String } = "SW0131" Warning Repair
        "{object} has no `{key}`",
        help "the specification requires it; the whole entry is ignored";
    /// A body without a schema.
    UntypedBody = "SW0132" Warning Fallback
        "this body doesn't declare its content",
        help "it is read as free-form JSON; add `content` (OpenAPI 3) or `schema` (Swagger 2)";

    /// A field that no version of the specification has.
    UnknownField { object: String, field: String, meant: String } = "SW0133" Warning PassedOver
        "`{field}` is not a field of {object}",
        help "{meant}it is ignored; names of extensions begin with `x-`";
    /// A field of another version of the specification.
    FieldOfVersion { object: String, field: String, of: String, is: String } = "SW0134" Warning PassedOver
        "`{field}` is not a field of {object} in {is}",
        help "it belongs to {of} and may be ignored here";
    /// A misspelled keyword of schemas.
    UnknownKeyword { found: String, meant: String } = "SW0135" Warning PassedOver
        "`{found}` is not a JSON Schema keyword",
        help "did you mean `{meant}`? unknown keywords are ignored";
    /// Two keys of a mapping with the same meaning, spelled differently.
    SameMeaning { found: String, other: String } = "SW0136" Warning PassedOver
        "`{found}` means the same as `{other}`",
        help "`{found}` is ignored; merge the two under one key";

    /// A value whose form isn't in the specification, and the form that it is read as.
    FormReadAs { found: String, used: String } = "SW0138" Warning Repair
        "{found} is read as {used}",
        help "the specification has another form here; write it so";
    /// A default written in another form than that of its type.
    DefaultReadAs { found: String, used: String } = "SW0139" Warning Repair
        "the default {found} is read as {used}",
        help "a default is a value of the schema's type; write it as one";

    // SW02xx: references.
    /// A `$ref` whose target isn't found.
    DanglingRef { reference: String } = "SW0201" Error Refused
        "`{reference}` was not found",
        help "correct the reference, or add its target";
    /// A cycle of references.
    RefCycle { reference: String } = "SW0202" Error Refused
        "`{reference}` refers to itself and never reaches a definition",
        help "one of the references in the chain must lead to a definition";
    /// A reference to a file outside of the allowed directories.
    RefEscapes { reference: String } = "SW0203" Error Refused
        "`{reference}` is outside the directory of the description",
        help "only files in the directory of the entry document or below are read; add a directory to `roots` in the configuration to allow more";
    /// A reference to a URL.
    RemoteRef { reference: String } = "SW0204" Error Refused
        "`{reference}` is a URL, and the network is never accessed",
        help "download the file and map the URL to it under `[urls]` in the configuration";
    /// A `$ref` that isn't a string or not a valid pointer.
    MalformedRef { reference: String } = "SW0205" Error Refused
        "`{reference}` is not a valid reference",
        help "a reference is a file, `#` and a JSON pointer, and either part may be omitted: `schemas.yaml#/Pet`";
    /// A referenced file that can't be read.
    UnreadableRef { reference: String, reason: String } = "SW0206" Error Refused
        "the file of `{reference}` can't be read: {reason}",
        help "correct the reference, or add the file";
    /// An example whose `$ref` isn't found.
    DanglingExample { reference: String } = "SW0207" Warning Repair
        "the example `{reference}` was not found",
        help "the example is ignored; correct the reference, or add its target";

    /// A schema whose `$ref` isn't found in an existing file.
    DanglingSchema { reference: String } = "SW0208" Warning Fallback
        "`{reference}` was not found",
        help "it is read as any value; correct the reference, or add the schema";
    /// A response whose `$ref` isn't found in an existing file.
    DanglingResponse { reference: String } = "SW0209" Warning Fallback
        "the response `{reference}` was not found",
        help "it is read as a response without a body; correct the reference, or add its target";

    /// A malformed reference, and the one that it is read as.
    RefReadAs { found: String, used: String } = "SW0215" Warning Repair
        "`{found}` is read as `{used}`",
        help "a reference is a file, `#` and a JSON pointer; write it in full";

    // SW0216-SW0219: what names something in another way.
    /// A malformed path, and the one that it is read as.
    PathReadAs { found: String, used: String } = "SW0216" Warning Repair
        "{found} is read as {used}",
        help "a path begins with `/`, and `#` in it is written `%23`";
    /// A parameter in the query of a path.
    QueryReadAs { found: String, used: String } = "SW0217" Warning Repair
        "{found} is read as {used}",
        help "declare it under `parameters`, with `in: query`, and write the path without its query";
    /// A parameter that the path has under another name.
    ParameterReadAs { found: String, used: String } = "SW0218" Warning Repair
        "`{found}` is read as `{used}`",
        help "a parameter has the name that the path has for it, in upper and lower case as well";
    /// A choice whose alternatives all contradict its siblings.
    UnionReadAlone = "SW0219" Warning Repair
        "a union that contradicts the keywords next to it is read as the union alone",
        help "change the keywords or the alternatives; no value can satisfy both";

    // SW03xx: meaning.
    /// Something that isn't supported yet.
    Unsupported { what: String } = "SW0301" Error Refused
        "{what} isn't supported",
        help "list the operation in `exclude` of the configuration, or change the description";
    /// A default that doesn't match its type.
    DefaultMismatch { found: String, expected: String } = "SW0302" Warning Repair
        "the default {found} is not {expected}",
        help "the default is ignored";
    /// An enum value that doesn't match its type.
    EnumMismatch { found: String, expected: String } = "SW0303" Warning Repair
        "the enum value {found} is not {expected}",
        help "it is converted where possible; otherwise the list of values takes precedence over the type";
    /// Schemas that contradict each other.
    AllOfConflict { detail: String } = "SW0304" Warning Fallback
        "the schemas of this `allOf` contradict each other: {detail}",
        help "no value can satisfy both, so any value is accepted; change one of them";
    /// A required property that isn't declared.
    RequiredUndeclared { property: String } = "SW0305" Warning Repair
        "`required` lists `{property}`, which is not declared in `properties`",
        help "it is read as a property of any type";
    /// A description without operations.
    NoOperations = "SW0306" Note Note
        "this description has no operations",
        help "only types are generated; client and server are empty";

    /// A format without a Rust type of its own.
    FormatKeptAsText { format: String } = "SW0307" Note Note
        "unknown format `{format}`",
        help "values are kept as they are, and the format isn't checked";
    /// A pattern that isn't a valid regular expression.
    BadPattern { pattern: String, reason: String } = "SW0308" Warning LostConstraint
        "the pattern `{pattern}` is not a valid regular expression: {reason}",
        help "patterns are ECMA-262 regular expressions; this one isn't checked";
    /// A pattern that may take exponential time.
    SlowPattern { pattern: String } = "SW0330" Warning LostConstraint
        "matching the pattern `{pattern}` may take exponential time",
        help "it nests quantifiers and uses look-around or back-references; generated code limits the number of steps and rejects texts that exceed it: add `maxLength`, or rewrite the pattern";
    /// Several media types where only one is used.
    OneMediaType { used: String } = "SW0309" Warning PassedOver
        "only `{used}` of several media types is used",
        help "send another one with `body_as(media_type, bytes)`; request another one with `header(\"accept\", media_type)` and read it with `send_raw()`";

    /// Keywords that aren't checked.
    LostConstraint { keywords: String } = "SW0310" Warning LostConstraint
        "{keywords} isn't checked",
        help "values that violate it are accepted";

    /// A part of an `allOf` that forbids properties of the other parts.
    ClosedPart { properties: String } = "SW0325" Note Note
        "this schema of an `allOf` forbids {properties}, which the schemas next to it declare",
        help "`Validate` rejects values with such properties, as JSON Schema requires; use `unevaluatedProperties: false` next to the `allOf` instead";

    /// A schema that is read as any value, and whose keywords aren't checked.
    AnyValue { keywords: String } = "SW0312" Warning Fallback
        "{keywords} is read as any JSON value",
        help "no Rust type expresses it; inspect the `serde_json::Value` yourself";
    /// A schema that is read as any value, and whose keywords are checked.
    CheckedValue { keywords: String } = "SW0322" Note Note
        "no Rust type expresses {keywords}, so any JSON value is accepted",
        help "`Validate` checks it; inspect the `serde_json::Value` yourself";

    /// A list, a map or an alias that consists only of itself.
    RecursiveType = "SW0313" Warning Fallback
        "this type contains nothing but itself",
        help "no Rust type can break this recursion, so it is read as any JSON value; declare a property";
    /// Two adjacent path parameters.
    TouchingParameters { path: String } = "SW0314" Note Note
        "two parameters of `{path}` are adjacent, and nothing separates them",
        help "the client concatenates them; the server takes the first character for the first and the rest for the second";
    /// Callbacks of a webhook or of a callback.
    CallbacksPassedOver { of: String } = "SW0316" Warning PassedOver
        "the callbacks of this {of} are ignored",
        help "they describe requests that its receiver sends in turn; declare an operation under `paths` instead";

    /// Events whose data has several types.
    EventsKeptAsText = "SW0317" Warning Fallback
        "the data of these events has several types",
        help "it is kept as text; `event` tells the type";
    /// Content of a response that can't have any.
    BodyOfNone { status: String } = "SW0318" Note Note
        "a response with the status {status} has no body",
        help "HTTP doesn't allow one (RFC 9110, section 6.4.1); the declared content is ignored";

    /// An invalid header name.
    NoHeaderName { name: String, then: String } = "SW0319" Warning PassedOver
        "`{name}` is not a valid header name",
        help "names consist of letters, digits and a few punctuation characters, without spaces (RFC 9110, section 5.1); {then}";

    /// A path with a query.
    QueryInPath { query: String, path: String } = "SW0335" Warning Repair
        "the path `{path}` contains the query `{query}`",
        help "a path has no query; constant parameters are sent by the client and required by the server, template expressions become query parameters";
    /// A path with a fragment.
    FragmentInPath { fragment: String, path: String } = "SW0336" Warning Repair
        "the path `{path}` contains the fragment `{fragment}`",
        help "fragments are never sent to a server, so it is dropped; operations that share a path are distinguished by their required query parameters and headers";
    /// A parameter with a fixed value in the path.
    FixedParameter { name: String, value: String } = "SW0337" Warning Repair
        "the parameter `{name}` is always `{value}` in this path",
        help "other values belong to other operations, so it is not a parameter of the method; declare this one value as `enum`, or remove it from the path";
    /// Operations whose requests can't be distinguished.
    AlikeRequests { label: String, other: String } = "SW0338" Warning Repair
        "requests of `{label}` and `{other}` can't be distinguished",
        help "the client can call both, the server routes such requests to `{other}`; add a required query parameter or header to one of them";

    /// A property whose name isn't a valid XML name.
    NoXmlName { name: String } = "SW0315" Note Note
        "`{name}` is not a valid XML name",
        help "invalid characters are written as their code point, as in `_x0040_id`; set `xml: {{name: …}}` to choose another name";

    /// A field without an effect on the output. Only `report` has this message.
    FieldPassedOver { field: String, object: String } = "SW0355" Warning PassedOver
        "`{field}` of {object} is ignored",
        help "nothing in the output expresses it; see the description";

    /// Alternatives of a `oneOf`, one of which includes the other.
    Overlap { one: String, other: String } = "SW0320" Warning Note
        "values of alternative {one} of this `oneOf` match alternative {other} as well, and are rejected",
        help "exactly one alternative must match (JSON Schema, section 10.2.1.3); use `anyOf`, distinguish them by a discriminator or a constant, or let the server accept both with `accept_overlaps`";

    /// A choice whose large values may be rejected.
    ManySteps { visits: usize } = "SW0321" Note Note
        "large values of this choice may be rejected, as alternatives that overlap are read again on each level",
        help "generated code gives up after {visits} visits of each part of a value; distinguish the alternatives by a discriminator or a constant";
    /// Modules whose types are nested so deep that the crate they are part of has to say so.
    RecursionLimit { limit: usize } = "SW0329" Warning Note
        "the crate with these modules needs the line `#![recursion_limit = \"{limit}\"]`",
        help "the compiler follows nested types up to a limit, which only the root of a crate can raise: write the line at the top of `lib.rs` or `main.rs`";

    // Of groups.
    /// Two spellings of one tag.
    TagSpelledTwice { tag: String, usual: String } = "SW0324" Note Note
        "the tag `{tag}` is the same group as `{usual}`",
        help "tags that differ only in case or in what separates their words have one name in Rust; spell them alike";
    /// Settings for an operation that the description doesn't have.
    UnmatchedOperation { name: String, meant: String } = "SW0326" Warning Repair
        "`operations` lists `{name}`, but there is no such operation",
        help "{meant}operations are named by operationId or as `GET /path`; this entry has no effect";
    /// A limit that isn't valid.
    InvalidLimit { key: &'static str, expected: &'static str } = "SW0327" Warning Repair
        "`{key}` is not valid",
        help "it is ignored; write {expected}";
    /// Two names of one security scheme.
    SchemeSpelledTwice { name: String, usual: String } = "SW0328" Note Note
        "the security scheme `{name}` is the same as `{usual}`",
        help "schemes that are sent alike, and whose names differ only in case or in what separates their words, are one; use one of them";

    // SW04xx: names.
    /// An operationId that can't be used as a name.
    OperationIdNotAName { id: String, used: String } = "SW0401" Note Note
        "the operationId `{id}` is not usable as a name",
        help "the operation is called `{used}`, after its summary or its method and path; give it a short operationId";
    /// Two items with the same Rust name.
    NameClash { name: String, wire: String } = "SW0402" Note Note
        "the Rust name of `{wire}` is already taken, so it is called `{name}`",
        help "another definition, the language or generated code uses the plain name; rename one of them to choose a name yourself";

    // SW05xx: output.
    /// A file can't be written.
    Unwritable { path: String, reason: String } = "SW0501" Error Refused
        "`{path}` can't be written: {reason}",
        help "check the directory and its permissions; existing files are unchanged";
    /// A foreign file in the place of a generated one.
    ForeignFile { path: String } = "SW0502" Error Refused
        "`{path}` already exists and was not written by specwright",
        help "move it away, choose another output directory, or overwrite it with `--force`";
    /// A generated file that was edited.
    EditedFile { path: String } = "SW0503" Error Refused
        "`{path}` was written by specwright and has been edited since",
        help "move your changes elsewhere and overwrite it with `--force`; after a merge in version control, `--force` is safe";
    /// A stale file that was edited and is kept.
    KeptFile { path: String } = "SW0504" Note Note
        "`{path}` is no longer generated but has been edited, so it is kept",
        help "delete it when you no longer need it";
    /// The manifest of an earlier run can't be read.
    BadManifest { path: String, reason: String } = "SW0505" Error Refused
        "the manifest `{path}` can't be read: {reason}",
        help "it records what specwright wrote; restore it, or write a new one with `--force`";
    /// A difference that `check` has found.
    Stale { path: String, what: String } = "SW0506" Error Refused
        "`{path}` is {what}",
        help "run `specwright` and commit the result";
    /// A symbolic link or a device in the place of a file.
    BlockedPath { path: String } = "SW0507" Error Refused
        "`{path}` is not a regular file or directory",
        help "symbolic links in the output directory are not followed; move it away";
    /// A directory in the place of a file.
    FolderInTheWay { path: String } = "SW0509" Error Refused
        "`{path}` is a directory, but a file has to be written there",
        help "its contents are never touched, not even by `--force`; move it away, or choose another output directory";
    /// The directory contains the crates of another API.
    OtherApi { folder: String, other: String, api: String } = "SW0508" Error Refused
        "`{folder}` contains the crates of `{other}`, not of `{api}`",
        help "generating `{api}` there would delete them; choose another directory with `--out` (`out` in the configuration), name the API `{other}`, or replace them with `--force`";
    /// A foreign file or directory in the place of the staging directory.
    ForeignStaging { path: String } = "SW0510" Error Refused
        "`{path}` already exists and was not created by specwright",
        help "a directory of this name is used while files are being written; move the existing one away";

    // SW06xx: APIs.json indexes.
    /// A file that isn't an index.
    NotAnIndex = "SW0601" Error Refused
        "not an APIs.json index: there is no list `apis`",
        help "see apisjson.org for the format; use `generate` for API descriptions";
    /// A description file of an index can't be read.
    IndexFileMissing { api: String, url: String, reason: String } = "SW0602" Error Refused
        "the description of `{api}`, `{url}`, can't be read: {reason}",
        help "paths are relative to the index; map a URL to a local file under `[urls]` in the configuration";
    /// An entry without a description.
    IndexEntryWithoutDescription { api: String } = "SW0603" Note Note
        "`{api}` has no description file",
        help "it is listed, but nothing is generated for it";
    /// Descriptions of an index that contradict each other.
    FragmentConflict { what: String } = "SW0604" Error Refused
        "the descriptions of this index contradict each other: {what}",
        help "make them agree, or generate each of them separately";
    /// An index without descriptions.
    IndexWithoutDescriptions = "SW0605" Error Refused
        "no API of this index has a description",
        help "add a property with `type: OpenAPI` and the `url` of a description to each API";
    /// An included index.
    IndexNotIncluded { url: String } = "SW0606" Warning PassedOver
        "the included index `{url}` is ignored",
        help "generate it separately";

    // SW07xx: configuration.
    /// The configuration isn't valid.
    BadConfig { detail: String } = "SW0701" Error Refused
        "invalid configuration: {detail}",
        help "the guide lists all keys, and so does `specwright schema`";
    /// A configuration without APIs.
    NoApis = "SW0702" Error Refused
        "the configuration lists no API",
        help "add `[apis.NAME]` with `spec = \"path\"`, or name a description on the command line";
    /// No configuration was found.
    NoConfig = "SW0703" Error Refused
        "neither `specwright.toml` nor `specs/specwright.toml` was found",
        help "`specwright init` writes one with the descriptions below this directory; or name a description: `specwright generate openapi.yaml`";
    /// An invalid package name.
    BadName { name: String } = "SW0704" Error Refused
        "`{name}` is not a valid package name",
        help "use letters, digits, `-` and `_`, beginning with a letter";
    /// An entry of `include` or `exclude` that selects no operation.
    UnmatchedOperationEntry { key: String, entry: String, meant: String } = "SW0705" Warning Repair
        "`{key}` lists `{entry}`, but there is no such operation",
        help "{meant}an entry is an operationId, `GET /path`, `/path/**`, `tag:NAME` or an extension that is true (`x-internal`); this one has no effect";
    /// An entry of `roots` that no reference needs.
    UnmatchedRoot { root: String } = "SW0706" Warning Repair
        "`roots` lists `{root}`, but no file is read from it",
        help "correct the path, or delete the entry";
    /// A mapped URL that nothing refers to.
    UnmatchedUrl { url: String } = "SW0707" Warning Repair
        "`[urls]` maps `{url}`, but nothing refers to it",
        help "correct the URL, or delete the entry; a URL that stands for a directory ends in `/`";
    /// An entry of `words` that no name contains.
    UnmatchedWord { word: String } = "SW0708" Warning Repair
        "`words` lists `{word}`, but no name contains it",
        help "write a word as it occurs in names (`OAuth` in `createOAuthApp`); correct it, or delete the entry";

    /// A lint level for an unknown code.
    UnknownLint { code: String, meant: String } = "SW0710" Error Refused
        "unknown code `{code}`",
        help "{meant}every message shows its code in brackets, as in `warning[SW0401]`";
    /// A lint level below `deny` for an error.
    ErrorStays { code: String } = "SW0711" Error Refused
        "{code} is an error, whose level can't be lowered",
        help "nothing can be generated where it occurs; list the operation in `exclude` of the configuration";
    /// An allowed code that didn't occur.
    UnmatchedAllow { code: String } = "SW0712" Note Note
        "{code} is allowed but didn't occur",
        help "remove the entry, so that future messages are seen";
    /// A value of the configuration that isn't valid Rust.
    NotRust { text: String, reason: String } = "SW0716" Error Refused
        "`{text}` is not what is expected here: {reason}",
        help "types, modules and derives are paths that begin with a package (`uuid::Uuid`), attributes are written as in Rust (`#[must_use]`)";
    /// A path whose package isn't declared.
    UndeclaredPackage { package: String, path: String } = "SW0717" Error Refused
        "`{path}` belongs to the package `{package}`, which isn't declared in `dependencies`",
        help "add it, as in `Cargo.toml`: `{package} = \"1.0\"`, or a table with its `version` and `features`";
    /// A schema or format of the configuration that the description doesn't have.
    UnmatchedOwn { key: String, name: String, reason: String } = "SW0718" Warning Repair
        "`{key}` lists `{name}`, but {reason}",
        help "schemas are named as in the description, formats by their word (`date-time`); correct the entry, or delete it";
    /// Constraints of a schema that a custom type replaces.
    UncheckedReplacement { name: String, path: String } = "SW0719" Note Note
        "the constraints of `{name}` aren't checked, as `{path}` replaces it",
        help "the type says itself which values it accepts, when it is read";
    /// A hint of the description that is ignored.
    UnusedRustType { reason: String } = "SW0720" Note Note
        "`x-rust-type` is ignored: {reason}",
        help "the value is the path of a type of a package that the configuration lists among `dependencies`";
    /// A type of another crate as a parameter, with the traits of parameters in a third crate.
    ForeignParameter { path: String } = "SW0722" Error Refused
        "`{path}` stands for a parameter, which isn't possible with a `runtime`",
        help "give it a module of serde (`with`), so that it is wrapped; or leave out `runtime` for this API: only a crate with its own support code can implement the traits of parameters for types of others";

    // SW08xx: writing a description in another version, or in one file.
    /// Something that the version can't say.
    Unsayable { what: String, version: String, instead: String } = "SW0801" Warning PassedOver
        "OpenAPI {version} can't express {what}",
        help "{instead}";
    /// A field that is not kept.
    NotExported { field: String, object: String } = "SW0802" Note Note
        "`{field}` of {object} is left out",
        help "the document has what generated code depends on; copy the field by hand if readers need it";
    /// Extensions that are not kept.
    ExtensionsLeftOut { names: String } = "SW0803" Note Note
        "extensions are left out: {names}",
        help "only extensions that specwright reads are written; copy others by hand if another tool needs them";
    /// A field of a bundle that is the address of another file.
    RefersApart { field: String, text: String } = "SW0804" Warning PassedOver
        "`{field}` still refers to another file: `{text}`",
        help "only what `$ref` leads to becomes part of the document; keep the file where the address leads from the new document, or use a URL";
    /// A reference whose target contains it, and can't be a component.
    RecursiveInPlace = "SW0805" Error Refused
        "what this `$ref` leads to contains the `$ref` itself",
        help "path items, lists and values are no components in a bundle, but take the place of the reference; end the circle";
    /// Too much takes the place of references.
    LargeInPlace = "SW0806" Error Refused
        "what takes the place of references is more than a million values",
        help "objects that can't be components take the place of every reference to them; refer to components instead";
    /// An operation at the path of the document that the server serves.
    HiddenByDocument { path: String } = "SW0807" Warning PassedOver
        "`GET {path}` is hidden by the document that the server serves there",
        help "serve the document elsewhere (`document().json_at(…)`, `yaml_at`), and allow this; or list the operation in `exclude`";

    // SW081x: projects.
    /// A description without operations.
    NothingToServe = "SW0811" Error Refused
        "the description has no operations, so there is nothing to serve",
        help "a project is a server with a handler for each operation; add paths or webhooks, or use `generate` for types alone";
    /// A package in the place of a new project.
    PackageInTheWay { path: String } = "SW0812" Error Refused
        "`{path}` belongs to another package",
        help "a project has a `specwright.toml` next to it; choose another directory, or write one there to add a server to this package by hand";
    /// A project of another description.
    OtherDescription { path: String, spec: String } = "SW0813" Error Refused
        "`{path}` lists no API with the description `{spec}`",
        help "the directory is a project already; name its description, or another directory";

    // SW0814 ff.: beginning.
    /// A configuration where `init` would write one.
    ConfigurationThere { path: String } = "SW0814" Error Refused
        "`{path}` already exists",
        help "it is never overwritten; add `[apis.NAME]` with `spec = \"path\"` to it, or delete it first";
    /// No descriptions for a configuration.
    NoDescriptions { folder: String } = "SW0815" Error Refused
        "no description was found below `{folder}`",
        help "files whose version (`openapi: 3.x` or `swagger: \"2.0\"`) is near their beginning are found; name others: `specwright init PATH`";
    /// A manifest to which dependencies can't be added.
    NoDependencies { path: String, reason: String } = "SW0816" Error Refused
        "no dependencies can be added to `{path}`: {reason}",
        help "add the lines under `[dependencies]` by hand";

    // SW082x: mocks.
    /// A response for which no value was found.
    Unmockable { what: String, reason: String } = "SW0821" Warning PassedOver
        "no value was found for {what}: {reason}",
        help "add an example to the response, or correct its schema; a mock responds with 500 instead";
    /// An example that its schema doesn't allow.
    BrokenExample { name: String, what: String, pointer: String, words: String } = "SW0822" Warning Repair
        "the example{name} of {what} isn't valid: `{pointer}` {words}",
        help "correct the example or the schema; a mock responds with a value of the schema instead";
    /// A mock that can't listen.
    CannotListen { address: String, reason: String } = "SW0823" Error Refused
        "a mock can't listen at {address}: {reason}",
        help "choose another port with `--port`; 0 is any that is free";

    // SW084x: comparing two versions of a description.
    /// A list of exceptions that can't be read.
    BadException { detail: String } = "SW0841" Error Refused
        "the list of exceptions isn't valid: {detail}",
        help "it has a table `[[ignore]]` for each exception, with `rule`, `reason` and, for one place only, `place`";
    /// An exception for an unknown rule.
    UnknownRule { rule: String, meant: String } = "SW0842" Error Refused
        "unknown rule `{rule}`",
        help "{meant}every difference shows its rule in brackets, as in `breaking[operation-removed]`";
    /// An exception that no difference needs.
    UnmatchedException { rule: String } = "SW0843" Warning Repair
        "an exception for `{rule}` matches no difference",
        help "correct its rule and place, or delete it, so that it hides nothing later";
    /// A revision of a description that git can't give.
    NotInGit { path: String, reason: String } = "SW0844" Error Refused
        "`{path}` can't be read from git: {reason}",
        help "the form is `git:REVISION:PATH`, with the path as seen from the working directory, which has to be in the repository";

    // SW085x: links.
    /// A link for which the client has no method.
    LinkWithoutMethod { name: String, reason: String } = "SW0850" Warning PassedOver
        "the link `{name}` becomes no method of the client: {reason}",
        help "correct the link; or allow this, and make the request by hand from the values of the response";

    // SW0852: pages of lists.
    /// An extension about the pages of a list that can't be followed.
    UnfollowedPages { extension: &'static str, reason: String } = "SW0852" Warning PassedOver
        "`{extension}` can't be followed: {reason}",
        help "correct the extension; names and types of parameters and properties say how the pages follow each other, if they can";
    // SW086x: overlays.
    /// An overlay that can't be read.
    BadOverlay { detail: String } = "SW0860" Error Refused
        "the overlay isn't valid: {detail}",
        help "an overlay has `overlay: 1.1.0`, `info`, and a list of `actions`, each with a `target` and `update`, `copy` or `remove: true`";
    /// A query that can't be asked.
    BadTarget { target: String, reason: String } = "SW0861" Error Refused
        "`{target}` can't be selected by: {reason}",
        help "write a JSONPath query (RFC 9535), such as `$.paths['/pets'].get`; names with other characters than letters, digits and `_` are in brackets and quotes";
    /// An action without effect.
    UnmatchedTarget { target: String } = "SW0862" Warning Repair
        "`{target}` selects nothing, so the action has no effect",
        help "correct the query, or delete the action; actions see what those before them have left";
    /// An action that doesn't fit the description.
    UnfitAction { reason: String } = "SW0863" Error Refused
        "the action can't be applied: {reason}",
        help "mappings are merged with mappings, lists with lists, other values replace each other; to put another kind in its place, remove it first";
    /// An overlay of another description.
    ForeignOverlay { extends: String } = "SW0864" Warning Repair
        "the overlay extends `{extends}`, which is another file than the description",
        help "apply the overlay that belongs to this description, or correct `extends`: a path is relative to the overlay";

    // SW087x: build scripts.
    /// Dependencies that modules use and their package doesn't have.
    MissingDependencies { count: usize, lines: String } = "SW0870" Error Refused
        "`Cargo.toml` lacks {count} of the dependencies that the modules use",
        help "add these lines under `[dependencies]`; `specwright dependencies SPEC --add-to Cargo.toml` does it:\n{lines}";
    /// Features of a dependency that modules use and their package doesn't ask for.
    MissingFeatures { package: String, features: String, line: String } = "SW0871" Warning Repair
        "`Cargo.toml` doesn't ask for what the modules use of `{package}`: `{features}`",
        help "it compiles only as long as another package asks for it; the modules need\n{line}";
}
