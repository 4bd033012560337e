//! The documentation of a types crate for new users, and its example.

use crate::emit::example::{Example, chain, indented};
use crate::emit::overview::{about, quick_start, section};
use crate::emit::tokens::{use_list, version_order};
use crate::plan::{Argument, CrateKind, Doc, New, Plan, Presence, Struct, Ty, TypeItem};
use std::collections::HashSet;

/// Documentation of the crate.
pub(super) fn doc(plan: &Plan) -> Doc {
    let what = format!(
        "The types of {}, read from and written to JSON with serde.",
        Doc::escaped(&plan.title)
    );
    about(
        plan,
        CrateKind::Types,
        &what,
        vec![start(plan), values(plan)],
    )
}

/// How to create, serialize and deserialize a value; of a struct that is easy to create, if there is one, rather than of an error.
fn start(plan: &Plan) -> Doc {
    let all = plan.types.iter().filter_map(TypeItem::as_shown);
    let made = all.filter_map(|item| Some((item, Some(made(item)?))));
    let errors = errors(plan);
    let made = made.min_by_key(|(item, _)| {
        let is_error = errors.contains(item.name.as_str());
        (is_error, item.name.as_str().len())
    });
    let Some((item, made)) = made.or_else(|| Some((shown(plan)?, None))) else {
        return Doc::none();
    };
    let name = item.name.as_str();
    let read = |json: &str| format!("let value: {name} = serde_json::from_str({json})?;");
    let mut lines = Vec::new();
    if let Some(made) = made {
        lines.push("# fn run() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
        lines.extend(made);
        lines.push("let json = serde_json::to_string(&value)?;".to_owned());
        lines.extend([String::new(), read("&json")]);
    } else {
        lines.push("# fn run(json: &str) -> Result<(), Box<dyn std::error::Error>> {".to_owned());
        lines.push(read("json"));
    }
    let end = [
        "value.validate()?;",
        "println!(\"{value:?}\");",
        "# Ok(())",
        "# }",
    ];
    lines.extend(end.map(str::to_owned));
    section("Quick start", quick_start(plan, imports(plan, name), lines))
}

/// The names of the types of error responses.
fn errors(plan: &Plan) -> HashSet<&str> {
    let operations = plan.groups.iter().flat_map(|group| &group.operations);
    let errors = operations.flat_map(|operation| &operation.errors);
    let types = errors.flat_map(|error| error.payload.types());
    let names = types.filter_map(|ty| {
        if let Ty::Named(named) = ty.plain() {
            Some(named.name.as_str())
        } else {
            None
        }
    });
    names.collect()
}

/// `let value = Pet::new("a value").tag("a value");`, if the required values are simple.
fn made(item: &Struct) -> Option<Vec<String>> {
    let New::Arguments(arguments) = &item.new else {
        return None;
    };
    let arguments = arguments.iter().map(|index| {
        let field = &item.fields[*index];
        let is_plain = field.presence == Presence::Required;
        sample(&field.ty, field.argument).filter(|_| is_plain)
    });
    let arguments: Vec<&str> = arguments.collect::<Option<_>>()?;
    let set = item.fields.iter().find_map(|field| {
        let setter = field.setter.as_ref()?;
        let is_plain = field.presence == Presence::Optional && !field.deprecated;
        let value = sample(&field.ty, field.argument).filter(|_| is_plain)?;
        Some(format!(".{setter}({value})"))
    });
    let begin = format!("let value = {}::new({})", item.name, arguments.join(", "));
    Some(chain(&begin, &Vec::from_iter(set)))
}

/// A sample value.
fn sample(ty: &Ty, argument: Argument) -> Option<&'static str> {
    match ty {
        Ty::String if argument == Argument::Into => Some("\"a value\""),
        Ty::Bool => Some("true"),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => Some("1"),
        Ty::F64 => Some("1.0"),
        Ty::String
        | Ty::Unit
        | Ty::Bytes
        | Ty::Text(_)
        | Ty::Value
        | Ty::Vec(_)
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Option(_)
        | Ty::Box(_)
        | Ty::Named(_)
        | Ty::Local(_)
        | Ty::NoError => None,
    }
}

/// What applies to all types.
fn values(plan: &Plan) -> Doc {
    let mut structs = plan.types.iter().filter_map(as_struct).peekable();
    if structs.peek().is_none() {
        return Doc::none();
    }
    let has_both = structs.any(|item| {
        let mut fields = item.fields.iter();
        fields.any(|field| field.presence == Presence::OptionalNullable)
    });
    let is_open = plan.types.iter().any(|item| match item {
        TypeItem::StringEnum(item) => item.open,
        TypeItem::IntegerEnum(item) => item.open,
        TypeItem::Struct(_) | TypeItem::Union(_) | TypeItem::Alias(_) | TypeItem::Foreign(_) => {
            false
        }
    });
    let both = "A property that may be both absent and null is an `Option<Option<T>>`: `None` is absent, `Some(None)` is null.";
    let open =
        "Enums keep values that the description doesn't list, so that a new value is no error.";
    let by_name = plan.types.iter().filter_map(as_struct).find_map(by_name);
    let by_name = by_name.unwrap_or_default();
    let structs = format!("{STRUCTS}{by_name}.");
    let list = [
        Some(&structs[..]),
        has_both.then_some(both),
        is_open.then_some(open),
        Some(VALIDATE),
        Some(JSON),
    ];
    let list = list.into_iter().flatten().map(Doc::bullet);
    let list = list.fold(Doc::none(), Doc::and);
    section("Values", list)
}

const STRUCTS: &str = "Structs have public fields. Each optional property has a method of its name that sets it, and `new` takes the \
                       required ones";

/// Documentation of `new` that takes a struct.
fn by_name(item: &Struct) -> Option<String> {
    match &item.new {
        New::Arguments(_) => None,
        New::Struct(required) => Some(format!(
            ", by name where two could be mixed up: `{}::new({required} {{ … }})`",
            item.name
        )),
    }
}

const VALIDATE: &str = "[`validate`](Validate::validate) checks what the description says of values (lengths, ranges, patterns, …) and \
                        reports every violation with its JSON pointer.";

const JSON: &str = "All types implement serde's traits. Errors say where in the JSON they are; those of [`from_json`] have the pointer as \
                    a value, too.";

fn as_struct(item: &TypeItem) -> Option<&Struct> {
    match item {
        TypeItem::Struct(item) => Some(item),
        TypeItem::StringEnum(_)
        | TypeItem::IntegerEnum(_)
        | TypeItem::Union(_)
        | TypeItem::Alias(_)
        | TypeItem::Foreign(_) => None,
    }
}

/// The struct to show. Short names tend to be what an API is about.
fn shown(plan: &Plan) -> Option<&Struct> {
    let structs = plan.types.iter().filter_map(TypeItem::as_shown);
    structs.min_by_key(|item| item.name.as_str().len())
}

fn imports(plan: &Plan, name: &str) -> Vec<String> {
    let mut used = [name, "Validate"];
    used.sort_by(|a, b| version_order(a, b));
    use_list(&plan.crate_name(CrateKind::Types), &used)
}

/// Reads a value from standard input, validates it and writes it back.
pub(super) fn example(plan: &Plan) -> Option<Example> {
    let name = shown(plan)?.name.as_str();
    let statements = [
        &format!("let value: {name} = serde_json::from_reader(std::io::stdin())?;"),
        "value.validate()?;",
        "let json = serde_json::to_string_pretty(&value)?;",
        "println!(\"{json}\");",
        "Ok(())",
    ];
    let statements = statements.map(str::to_owned).to_vec();
    let mut lines = vec!["fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned()];
    lines.extend(indented(statements));
    lines.push("}".to_owned());
    Some(Example {
        doc: Doc::text("Reads a value from standard input, validates it, and writes it back."),
        imports: vec![imports(plan, name)],
        lines,
    })
}
