//! Every message that specwright has: its stable code, severity, category, title and help, side by side.

use super::{Category, Severity};

/// Declares [`Code`]: variant, data, stable code, severity, category, title and help in one place each.
macro_rules! codes {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $ty:ty),* $(,)? })? = $id:literal $severity:ident $category:ident
            $title:literal, help $help:literal;
    )*) => {
        /// What a diagnostic says, with its data.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)] // the fields are named after the words of the message
        pub enum Code {
            $($(#[$doc])* $name $({ $($field: $ty),* })?,)*
        }

        #[allow(unused_variables)] // not every message prints all of its data
        impl Code {
            /// The stable code, `SW0101`.
            #[must_use]
            pub fn id(&self) -> &'static str {
                match self { $(Self::$name $({ $($field),* })? => $id,)* }
            }

            /// How bad it is when `--strict` isn't given.
            #[must_use]
            pub fn severity(&self) -> Severity {
                match self { $(Self::$name $({ $($field),* })? => Severity::$severity,)* }
            }

            /// What it means for the worth of the output.
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

        /// Every code with its severity, its category and the pattern of its title, for the reference in the documentation and its test.
        pub const ALL: &[(&str, Severity, Category, &str)] =
            &[$(($id, Severity::$severity, Category::$category, $title)),*];
    };
}

codes! {
    // SW00xx: files and syntax.
    /// A file could not be read.
    Unreadable { path: String, reason: String } = "SW0001" Error Refused
        "`{path}` can't be read: {reason}",
        help "check the path and its permissions";
    /// The text is neither YAML nor JSON.
    Syntax { detail: String } = "SW0002" Error Refused
        "this isn't valid YAML or JSON: {detail}",
        help "nothing is read from a file that doesn't parse; mend the text here and run again";
    /// The text parses, but to something that is no mapping.
    NotAMapping { found: String } = "SW0003" Error Refused
        "an API description is a mapping of keys to values, this file holds {found}",
        help "is this the right file? If the text has lost its indentation or line breaks, restore it from the original";
    /// The same key twice in a mapping.
    DuplicateKey { key: String } = "SW0004" Warning Repair
        "the key `{key}` stands twice in this mapping",
        help "YAML 1.2 section 3.2.1.3 wants keys to be unique; the last one counts, as with most readers";
    /// Nothing in it.
    EmptyFile = "SW0005" Error Refused
        "this file is empty",
        help "is this the right file?";
    /// Aliases or nesting beyond what any real document needs.
    TooDeep { limit: usize } = "SW0006" Error Refused
        "this is nested deeper than {limit} levels",
        help "real descriptions stay far below; if this one is genuine, break it up with `$ref`";
    /// Aliases that expand to too much.
    AliasBomb { limit: usize } = "SW0007" Error Refused
        "the aliases of this file expand to more than {limit} nodes",
        help "this looks like an alias bomb; write the repeated parts once and use `$ref`";
    /// The bytes are not UTF-8.
    NotUtf8 = "SW0008" Error Refused
        "this file isn't UTF-8 text",
        help "save it as UTF-8; UTF-16 and legacy encodings aren't read";
    /// More than one document in a stream.
    MoreDocuments = "SW0009" Warning PassedOver
        "another YAML document begins here, and isn't read",
        help "of a file with several documents the first is read; give each a file of its own";
    /// A folder where a file should be.
    IsFolder { path: String, hint: String } = "SW0010" Error Refused
        "`{path}` is a folder",
        help "name the file in it{hint}";
    /// A URL where a description should be.
    SpecIsUrl { url: String } = "SW0011" Error Refused
        "`{url}` is a URL, and only files are read",
        help "the network is never asked: save the description and name that file; a URL that is used in many places can stand for it in a configuration, with `\"{url}\" = \"file\"` under `[urls]`";
    /// A device or a pipe where a file should be.
    IsSpecial { path: String, what: String } = "SW0012" Error Refused
        "`{path}` is {what}, not a file",
        help "what isn't a plain file may never end, so it isn't read; save it as one, or let a description come from standard input by naming `-`";

    // SW01xx: the document.
    /// Neither `swagger` nor `openapi`.
    NotADescription = "SW0101" Error Refused
        "this is no API description: neither `openapi` nor `swagger` is at its top",
        help "an OpenAPI description begins with `openapi: 3.x.y`, a Swagger one with `swagger: \"2.0\"`";
    /// A version that isn't read.
    UnknownVersion { found: String } = "SW0102" Error Refused
        "version `{found}` isn't supported",
        help "specwright reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";
    /// A key that has to be there isn't.
    MissingKey { object: String, key: String } = "SW0103" Error Refused
        "{object} has no `{key}`",
        help "the specification requires it";
    /// A value of the wrong kind.
    WrongKind { expected: String, found: String } = "SW0104" Error Refused
        "expected {expected}, found {found}",
        help "see the specification of this object";
    /// A keyword that holds something else than it may.
    UnknownWord { what: String, found: String, known: String } = "SW0105" Error Refused
        "`{found}` isn't a {what}",
        help "known are: {known}";
    /// Two parameters with one name in one place.
    DuplicateParameter { name: String, location: String } = "SW0106" Warning Repair
        "the {location} parameter `{name}` is declared twice",
        help "a parameter is identified by its name and `in`; the first one is used";
    /// `{name}` in the path without a parameter.
    UndeclaredTemplate { name: String, path: String } = "SW0107" Warning Repair
        "the path `{path}` has a template `{{{name}}}`, but there is no path parameter `{name}`",
        help "it is read as a string; declare it under `parameters` of the path or of the operation";
    /// A path parameter that the path doesn't mention.
    UnusedPathParameter { name: String, path: String } = "SW0108" Warning Repair
        "the path parameter `{name}` doesn't stand in the path `{path}`",
        help "it is left out; write `{{{name}}}` where its value belongs, or correct its name or its `in`";
    /// A path that can't be read.
    MalformedPath { path: String, reason: String } = "SW0109" Error Refused
        "the path `{path}` can't be used: {reason}",
        help "a path begins with `/`; a template is a name in braces";
    /// Two operations with one operationId.
    DuplicateOperationId { id: String } = "SW0110" Warning Repair
        "the operationId `{id}` is used twice",
        help "operationIds are unique; the later operation is named after its method and path";
    /// Two paths that match the same requests.
    DuplicatePath { path: String, other: String } = "SW0111" Warning Repair
        "the paths `{path}` and `{other}` match the same requests",
        help "the client can call both, requests to the server go to `{other}`; join the two";
    /// One template that stands more than once in a path.
    RepeatedTemplate { name: String, path: String } = "SW0112" Warning Repair
        "the template `{{{name}}}` stands more than once in the path `{path}`",
        help "the client writes its value each time, to the server a path in which they differ isn't there; give each template a name of its own";
    /// A path parameter without `required: true`.
    PathParameterNotRequired { name: String } = "SW0120" Warning Repair
        "the path parameter `{name}` isn't marked `required: true`",
        help "a path parameter is always required; it is read as if it said so";
    /// A parameter without a type.
    UntypedParameter { name: String } = "SW0121" Warning Repair
        "the parameter `{name}` has no type",
        help "it is read as a string; say `type` (Swagger 2) or `schema` (OpenAPI 3)";
    /// A response without `description`.
    ResponseWithoutDescription { status: String } = "SW0122" Warning Repair
        "the response {status} has no `description`",
        help "the specification requires one; the words of the status are used";
    /// A body whose `$ref` leads nowhere.
    DanglingBodyRef { reference: String } = "SW0123" Warning Fallback
        "the body refers to `{reference}`, which isn't there",
        help "the body is read as free-form JSON; add the schema to give it a type";
    /// No `info.title` or `info.version`.
    InfoIncomplete { key: String } = "SW0124" Warning Repair
        "`info` has no `{key}`",
        help "the specification requires it; a stand-in is used";
    /// `security` names a scheme that isn't declared.
    UnknownSecurityScheme { name: String } = "SW0125" Warning Repair
        "the security scheme `{name}` isn't declared, or can't be read",
        help "it is read as a bearer token, so that no operation is open by mistake; declare it under `components.securitySchemes` (`securityDefinitions` in Swagger 2)";
    /// A status key that is none.
    BadStatus { found: String } = "SW0126" Warning PassedOver
        "`{found}` is no response key",
        help "the response is left out; use a status from `100` to `599`, a range `1XX` to `5XX`, or `default`";
    /// A value of the wrong kind that nothing depends on.
    IgnoredValue { expected: String, found: String } = "SW0127" Warning Repair
        "expected {expected}, found {found}",
        help "it is left out";
    /// A `type` that is none.
    UnknownType { found: String, used: String } = "SW0128" Warning Repair
        "`{found}` is no type",
        help "it is read as {used}; the types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, from 3.1 on, `null`";
    /// Swagger 2: a body and form parameters in one operation.
    BodyAndForm = "SW0129" Error Refused
        "this operation has a body parameter and form parameters",
        help "a request has one body; keep one of the two";

    /// A word or a form that isn't the specification's, and what it is taken for.
    ReadAs { found: String, used: String } = "SW0130" Warning Repair
        "{found} is read as {used}",
        help "the specification has another word or form here; write that";
    /// A key that has to be there isn't, and nothing depends on the whole.
    LeftOut { object: String, key: String } = "SW0131" Warning Repair
        "{object} has no `{key}`",
        help "the specification requires it; without it the whole is left out";
    /// A body that doesn't say what is in it.
    UntypedBody = "SW0132" Warning Fallback
        "this body doesn't say what is in it",
        help "it is read as free-form JSON; add `content` (OpenAPI 3) or `schema` (Swagger 2)";

    /// A field that no version of the specification has.
    UnknownField { object: String, field: String, meant: String } = "SW0133" Warning PassedOver
        "`{field}` is no field of {object}",
        help "{meant}it counts for nothing; the name of an extension begins with `x-`";
    /// A field of another version of the specification.
    FieldOfVersion { object: String, field: String, of: String, is: String } = "SW0134" Warning PassedOver
        "`{field}` is no field of {object} in {is}",
        help "{of} has it, and it may count for nothing here";
    /// Nearly a keyword of schemas.
    UnknownKeyword { found: String, meant: String } = "SW0135" Warning PassedOver
        "`{found}` is no keyword of a schema",
        help "did you mean `{meant}`? as it is spelt it counts for nothing";
    /// Two keys of one mapping that are spelt differently and mean the same.
    SameMeaning { found: String, other: String } = "SW0136" Warning PassedOver
        "`{found}` means the same as `{other}`",
        help "what stands under `{found}` is passed over; join the two under one key";

    // SW02xx: references.
    /// A `$ref` that leads nowhere.
    DanglingRef { reference: String } = "SW0201" Error Refused
        "`{reference}` isn't there",
        help "correct the reference, or add what it names";
    /// A chain of references that comes back to itself.
    RefCycle { reference: String } = "SW0202" Error Refused
        "`{reference}` refers to itself and never to a definition",
        help "one of the references in the chain has to lead to a definition";
    /// A reference out of the folder of the description.
    RefEscapes { reference: String } = "SW0203" Error Refused
        "`{reference}` leaves the folder of the description",
        help "only files at or below the folder of the entry document are read; add a root in the configuration to allow more";
    /// A reference to the network.
    RemoteRef { reference: String } = "SW0204" Error Refused
        "`{reference}` is on the network, which is never asked",
        help "save it as a file and map the URL to it under `[urls]` in the configuration";
    /// A `$ref` that is no string or no pointer.
    MalformedRef { reference: String } = "SW0205" Error Refused
        "`{reference}` is no reference",
        help "a reference is a file, a `#` and a JSON pointer, each of which may be left out: `schemas.yaml#/Pet`";
    /// A file that a `$ref` names can't be read.
    UnreadableRef { reference: String, reason: String } = "SW0206" Error Refused
        "the file of `{reference}` can't be read: {reason}",
        help "correct the reference, or add the file";
    /// An example whose `$ref` leads nowhere.
    DanglingExample { reference: String } = "SW0207" Warning Repair
        "the example `{reference}` isn't there",
        help "the example is left out; correct the reference, or add what it names";

    /// A schema whose `$ref` leads nowhere in a file that is there.
    DanglingSchema { reference: String } = "SW0208" Warning Fallback
        "`{reference}` isn't there",
        help "any value is taken here; correct the reference, or add the schema that it names";
    /// A response whose `$ref` leads nowhere in a file that is there.
    DanglingResponse { reference: String } = "SW0209" Warning Fallback
        "the response `{reference}` isn't there",
        help "it is read as one without a body; correct the reference, or add what it names";

    // SW03xx: meaning.
    /// Something that specwright doesn't write yet.
    Unsupported { what: String } = "SW0301" Error Refused
        "{what} isn't supported",
        help "leave the operation out with `skip` in the configuration, or change the description";
    /// A default that doesn't fit its type.
    DefaultMismatch { found: String, expected: String } = "SW0302" Warning Repair
        "the default {found} isn't {expected}",
        help "the default is left out";
    /// An enum value that doesn't fit its type.
    EnumMismatch { found: String, expected: String } = "SW0303" Warning Repair
        "the enum value {found} isn't {expected}",
        help "it is read as one where it spells one; else the list is believed more than the type";
    /// Schemas that can't be joined.
    AllOfConflict { detail: String } = "SW0304" Warning Fallback
        "the parts of this `allOf` contradict one another: {detail}",
        help "no value can satisfy both, so it is read as any value; change one of them";
    /// `required` names a property that isn't declared.
    RequiredUndeclared { property: String } = "SW0305" Warning Repair
        "`required` names `{property}`, which isn't among the properties",
        help "it is read as a property of any type";
    /// No operation at all.
    NoOperations = "SW0306" Note Note
        "this description has no operations",
        help "types are written, the client and the server have nothing to offer";

    /// A format without a type of its own.
    FormatKeptAsText { format: String } = "SW0307" Note Note
        "the format `{format}` isn't known",
        help "values are passed on as they are; the format isn't checked";
    /// A pattern that isn't a regular expression.
    BadPattern { pattern: String, reason: String } = "SW0308" Warning LostConstraint
        "the pattern `{pattern}` isn't a regular expression: {reason}",
        help "patterns are ECMA-262 regular expressions; this one isn't checked";
    /// A pattern that takes exponential time.
    SlowPattern { pattern: String } = "SW0330" Warning LostConstraint
        "the pattern `{pattern}` may take time exponential in the text",
        help "it repeats what repeats, and looks around or refers back; generated code gives up on such a text and refuses it: say `maxLength`, or write the pattern without one of them";
    /// Several media types where one is used.
    OneMediaType { used: String } = "SW0309" Warning PassedOver
        "of several media types only `{used}` is used",
        help "send another with `body_as(media_type, bytes)`; ask for another with `header(\"accept\", media_type)`, and read it with `send_raw()`";

    /// Keywords that aren't checked.
    LostConstraint { keywords: String } = "SW0310" Warning LostConstraint
        "{keywords} isn't checked",
        help "values that break it are let through";

    /// A part of an `allOf` that forbids what its neighbours declare.
    ClosedPart { properties: String } = "SW0325" Note Note
        "this part of an `allOf` forbids {properties}, which its neighbours declare",
        help "`Validate` refuses values with such properties, as JSON Schema does; say `unevaluatedProperties: false` beside the `allOf` instead";

    /// A schema that says something about its values that nothing in the output does, and is read as any value.
    AnyValue { keywords: String } = "SW0312" Warning Fallback
        "{keywords} is read as any JSON value",
        help "there is no Rust type for it; take `serde_json::Value` apart yourself";
    /// A schema that no Rust type is made of, but rules are.
    CheckedValue { keywords: String } = "SW0322" Note Note
        "no Rust type says {keywords}, so this is any JSON value",
        help "`Validate` checks it; take `serde_json::Value` apart yourself";

    /// A list, a map or an alias that is made of itself only.
    EndlessType = "SW0313" Warning Fallback
        "this holds nothing but itself",
        help "no Rust type has a name to stop at here, so it is read as any JSON value; give it a property";
    /// Two path parameters with nothing between them.
    TouchingParameters { path: String } = "SW0314" Note Note
        "nothing tells where the first of two parameters of `{path}` ends that touch",
        help "the client writes one after the other; of what the server gets, the first is one character and the last is the rest";
    /// Callbacks of a webhook or of a callback.
    CallbacksPassedOver { of: String } = "SW0316" Warning PassedOver
        "the callbacks of this {of} are passed over",
        help "they are requests that its receiver sends back; call the API with an operation of `paths` instead";

    /// Events whose data is of several types.
    EventsKeptAsText = "SW0317" Warning Fallback
        "the data of these events is of several types",
        help "it is kept as text; what it holds is told by `event`";
    /// Content of a response that can't have any.
    BodyOfNone { status: String } = "SW0318" Note Note
        "an answer with the status {status} has no body",
        help "HTTP sends none with it (RFC 9110, section 6.4.1); the content that is described here is left out";

    /// A header that HTTP can't send.
    NoHeaderName { name: String, then: String } = "SW0319" Warning PassedOver
        "no header can be called `{name}`",
        help "a name is letters, digits and a few marks, without spaces (RFC 9110, section 5.1); {then}";

    /// A path with a query.
    QueryInPath { query: String, path: String } = "SW0335" Warning Repair
        "the path `{path}` has the query `{query}`",
        help "a path has none; what is always the same is sent with the operation and required by the server, a template is a query parameter";
    /// A path with a fragment.
    FragmentInPath { fragment: String, path: String } = "SW0336" Warning Repair
        "the path `{path}` has the fragment `{fragment}`",
        help "no server gets to see one, so it isn't sent; operations of one path are told apart by what they require in query and headers";
    /// A parameter whose value is a matter of the path.
    FixedParameter { name: String, value: String } = "SW0337" Warning Repair
        "the parameter `{name}` is always `{value}` in this path",
        help "other values belong to other operations, so it isn't asked for; give it this one value by `enum`, or take it out of the path";
    /// Operations whose requests look alike.
    AlikeRequests { label: String, other: String } = "SW0338" Warning Repair
        "nothing tells requests of `{label}` from those of `{other}`",
        help "the client can call both, requests to the server go to `{other}`; a query parameter or header that only one of them requires tells them apart";

    /// A property whose name XML doesn't have.
    NoXmlName { name: String } = "SW0315" Note Note
        "`{name}` is no name in XML",
        help "the characters that XML doesn't allow are written by their number, as in `_x0040_id`; say `xml: {{name: …}}` to choose another name";

    /// A field that nothing in the output says. Only `report` says so.
    FieldPassedOver { field: String, object: String } = "SW0355" Warning PassedOver
        "`{field}` of {object} is passed over",
        help "nothing in the output says it; read it in the description";

    /// Alternatives of a `oneOf` of which one contains the other.
    Overlap { one: String, other: String } = "SW0320" Warning Note
        "what is alternative {one} of this `oneOf` is alternative {other} too, and so it is refused",
        help "exactly one has to hold (JSON Schema, section 10.2.1.3); say `anyOf`, tell them apart by a discriminator or a constant, or let the server take both with `accept_overlaps`";

    // SW04xx: names.
    /// An operationId that is no name.
    OperationIdNotAName { id: String, used: String } = "SW0401" Note Note
        "the operationId `{id}` is no name",
        help "the operation is called `{used}`, from its summary or its method and path; give it a short operationId";
    /// Two things got the same Rust name.
    NameClash { name: String, wire: String } = "SW0402" Note Note
        "the Rust name of `{wire}` is taken, so it is called `{name}`",
        help "another definition, the language or the code around it has the plain name; rename one of them to choose yourself";

    // SW05xx: output.
    /// A file could not be written.
    Unwritable { path: String, reason: String } = "SW0501" Error Refused
        "`{path}` can't be written: {reason}",
        help "check the folder and its permissions; nothing that was there before is lost";
    /// A file that isn't ours stands where one of ours would.
    ForeignFile { path: String } = "SW0502" Error Refused
        "`{path}` is there already and wasn't written by specwright",
        help "move it away, choose another output folder, or write over it with `--force`";
    /// A file of ours that was edited.
    EditedFile { path: String } = "SW0503" Error Refused
        "`{path}` was written by specwright and edited since",
        help "move your change elsewhere and write over it with `--force`; after a merge in version control `--force` is right";
    /// A stale file that was edited and is kept.
    KeptFile { path: String } = "SW0504" Note Note
        "`{path}` isn't generated any more but was edited, so it is kept",
        help "delete it when you don't need it";
    /// The manifest of an earlier run can't be read.
    BadManifest { path: String, reason: String } = "SW0505" Error Refused
        "the manifest `{path}` can't be read: {reason}",
        help "it lists what specwright wrote; restore it, or write a new one with `--force`";
    /// `check` found a difference.
    Stale { path: String, what: String } = "SW0506" Error Refused
        "`{path}` is {what}",
        help "run `specwright` and commit the result";
    /// A link, a folder or a device stands where a file would.
    BlockedPath { path: String } = "SW0507" Error Refused
        "`{path}` is no plain file or folder",
        help "symbolic links are not followed in the output folder; move it away";
    /// A folder in the place of a file.
    FolderInTheWay { path: String } = "SW0509" Error Refused
        "`{path}` is a folder, and a file has to stand there",
        help "nothing in it is touched, not even by `--force`; move it away, or choose another output folder";
    /// The crates of another API stand in the folder.
    OtherApi { folder: String, other: String, api: String } = "SW0508" Error Refused
        "`{folder}` holds the crates of `{other}`, not of `{api}`",
        help "writing `{api}` there would delete them; give it a folder of its own with `--out` (`out` in the configuration), call it `{other}`, or replace them with `--force`";
    /// Where files are written first there is something of somebody else.
    ForeignStaging { path: String } = "SW0510" Error Refused
        "`{path}` is there already and isn't specwright's",
        help "a folder of this name is where files are written before they take their places; move what is there away";

    // SW06xx: APIs.json indexes.
    /// The file is no index.
    NotAnIndex = "SW0601" Error Refused
        "this is no APIs.json index: it has no list `apis`",
        help "see apisjson.org for the format; API descriptions are read by `generate`";
    /// A description file that an index names can't be read.
    IndexFileMissing { api: String, url: String, reason: String } = "SW0602" Error Refused
        "the description of `{api}`, `{url}`, can't be read: {reason}",
        help "a path is looked for beside the index; map a URL to a local file under `[urls]` in the configuration";
    /// An entry without a description.
    IndexEntryWithoutDescription { api: String } = "SW0603" Note Note
        "`{api}` names no description file",
        help "it is listed and nothing is generated for it";
    /// Two fragments of an index that contradict one another.
    FragmentConflict { what: String } = "SW0604" Error Refused
        "the descriptions of this index contradict one another: {what}",
        help "make them agree, or generate each on its own";
    /// An index that names no description at all.
    IndexWithoutDescriptions = "SW0605" Error Refused
        "no API of this index names a description",
        help "add a property with `type: OpenAPI` and the `url` of a description to each API";
    /// Another index that an index names.
    IndexNotIncluded { url: String } = "SW0606" Warning PassedOver
        "the included index `{url}` isn't read",
        help "generate it on its own";

    // SW07xx: configuration.
    /// The configuration can't be read.
    BadConfig { detail: String } = "SW0701" Error Refused
        "the configuration isn't valid: {detail}",
        help "the README lists every key";
    /// No API to generate.
    NoApis = "SW0702" Error Refused
        "the configuration names no API",
        help "add `[apis.NAME]` with `spec = \"path\"`, or name a description on the command line";
    /// No configuration found.
    NoConfig = "SW0703" Error Refused
        "there is neither `specwright.toml` nor `specs/specwright.toml` here",
        help "name a description (`specwright generate openapi.yaml`), or write a configuration";
    /// A package name that cargo wouldn't take.
    BadName { name: String } = "SW0704" Error Refused
        "`{name}` can't be the name of a package",
        help "use letters, digits, `-` and `_`, beginning with a letter";
    /// An operation to leave out that isn't there.
    UnmatchedSkip { name: String, meant: String } = "SW0705" Warning Repair
        "`skip` names `{name}`, which no operation is",
        help "{meant}an operation is named by its operationId or as `GET /path`; nothing is left out for this one";
    /// A folder that no reference needs.
    UnmatchedRoot { root: String } = "SW0706" Warning Repair
        "no file is read from `{root}`, which `roots` names",
        help "references may reach it and none does; correct the path, or delete the entry";
    /// A URL that no reference names.
    UnmatchedUrl { url: String } = "SW0707" Warning Repair
        "no reference leads to `{url}`, which `[urls]` names",
        help "correct it, or delete the entry; a URL that stands for a folder ends in `/`";
    /// A word that isn't in any name.
    UnmatchedWord { word: String } = "SW0708" Warning Repair
        "no name holds `{word}`, which `words` names",
        help "a word is written as it stands in names (`OAuth` in `createOAuthApp`); correct it, or delete the entry";

    /// A lint level for a code that there isn't.
    UnknownLint { code: String, meant: String } = "SW0710" Error Refused
        "there is no message with the code `{code}`",
        help "{meant}every message shows its code in brackets, as in `warning[SW0401]`";
    /// A lint level below `deny` for an error.
    ErrorStays { code: String } = "SW0711" Error Refused
        "{code} is an error, which can't be allowed",
        help "nothing can be written where it comes up; `skip` in the configuration leaves an operation out";
    /// A code that is allowed and never came up.
    UnmatchedAllow { code: String } = "SW0712" Note Note
        "{code} is allowed, and never came up",
        help "take the line out, so that the message is seen when there is something to say";
}
