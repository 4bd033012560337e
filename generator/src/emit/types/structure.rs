//! `pub struct OAuthApp { … }`.

use crate::emit::code::Code;
use crate::emit::tokens::{View, derives_beside, literal};
use crate::emit::{Chunk, docs};
use crate::plan::{
    Argument, Check, Constant, Derives, Field, Ident, New, Presence, Rest, Struct, Ty,
};
use proc_macro2::Literal;

/// `object! { pub struct OAuthApp { pub id: String, … } }`.
pub(super) fn definition(item: &Struct) -> Chunk {
    let mut code = Code::item(item.name.as_str());
    code.names("object");
    // The macro uses `whole.rs` for integers.
    if item.fields.iter().any(|field| field.ty.is_whole()) {
        code.names("whole");
    }
    code.line(0, "object! {");
    code.doc(1, &item.doc);
    code.deprecated(1, item.deprecated);
    if item.rest == Rest::Refused {
        code.line(1, "#[serde(deny_unknown_fields)]");
    }
    let Derives { eq_hash, default } = item.derives;
    let eq_hash = if eq_hash { ", Eq, Hash" } else { "" };
    let default = if default { ", Default" } else { "" };
    let more = derives_beside(&item.extras);
    code.line(
        1,
        format!("#[derive(Debug, Clone, PartialEq{eq_hash}{default}{more})]"),
    );
    code.attributes(1, &item.extras);
    code.line(1, "#[non_exhaustive]");
    let is_empty = item.fields.is_empty() && rest_name(&item.rest).is_none();
    let close = if is_empty { "}" } else { "" };
    code.line(1, format!("pub struct {} {{{close}", item.name));
    for field in &item.fields {
        self::field(field, &mut code);
    }
    if let Rest::Kept { name, ty, .. } = &item.rest {
        let ty = code.ty(View::Inside, ty);
        code.line(2, "#[serde(flatten)]");
        code.line(2, format!("pub {name}: {ty},"));
    }
    if !is_empty {
        code.line(1, "}");
    }
    code.line(0, "}");
    code.chunk()
}

/// A field with its serde attributes.
fn field(field: &Field, code: &mut Code) {
    let Field { name, wire, .. } = field;
    code.doc(2, &field.doc);
    code.deprecated(2, field.deprecated);
    // The compiler normalises non-ASCII identifiers, so they may differ from the wire name.
    if name.as_str() != wire || !wire.is_ascii() {
        code.line(2, format!("#[serde(rename = {})]", literal(wire)));
    }
    match (takes_null(field), field.ty.is_whole()) {
        (false, false) => {}
        (false, true) => code.line(2, "#[serde(with = \"whole\")]"),
        (true, false) => code.line(2, "#[serde(with = \"nullable\")]"),
        (true, true) => code.line(2, "#[serde(with = \"nullable_whole\")]"),
    }
    if let Some(only) = &field.only {
        code.names("constant");
        let only = constant(only, field, code);
        code.line(2, format!("#[constant({only})]"));
    }
    let default = match field.presence {
        Presence::Required | Presence::Nullable => "",
        Presence::Optional | Presence::OptionalNullable => " = None",
    };
    let ty = stored(field, code);
    code.line(2, format!("pub {name}: {ty}{default},"));
}

/// Whether null is a value of an optional property.
fn takes_null(field: &Field) -> bool {
    match field.presence {
        Presence::OptionalNullable => true,
        // Any JSON includes null, unless its values are listed.
        Presence::Optional => {
            field.takes_null
                || (*field.ty.plain() == Ty::Value
                    && !matches!(field.checks[..], [Check::OneOf(_), ..]))
        }
        Presence::Required | Presence::Nullable => false,
    }
}

/// The type of a field: that of its value, optional depending on its presence.
pub(in crate::emit) fn stored(field: &Field, code: &mut Code) -> String {
    let ty = code.ty(View::Inside, &field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => format!("Option<{ty}>"),
        Presence::OptionalNullable => format!("Option<Option<{ty}>>"),
    }
}

/// Whether the value is boxed because the type would be infinitely large.
fn is_boxed(field: &Field) -> bool {
    matches!(field.ty, Ty::Box(_)) && field.presence == Presence::Required
}

/// `pub struct MessageRequired { … }`, if `new` takes required values by name. Its fields are documented in the struct itself.
pub(super) fn required(item: &Struct) -> Option<Chunk> {
    let New::Struct(name) = &item.new else {
        return None;
    };
    let mut code = Code::item(name.as_str());
    code.doc(0, &docs::required(&item.name));
    code.line(0, "#[derive(Debug)]");
    code.line(0, format!("pub struct {name} {{"));
    for field in item.fields.iter().filter(|field| field.is_argument()) {
        code.doc(1, &docs::required_field(&item.name, &field.name));
        code.deprecated(1, field.deprecated);
        // `new` boxes it.
        let ty = if is_boxed(field)
            && let Ty::Box(inner) = &field.ty
        {
            code.ty(View::Inside, inner)
        } else {
            stored(field, &mut code)
        };
        code.line(1, format!("pub {}: {ty},", field.name));
    }
    code.line(0, "}");
    Some(code.chunk())
}

/// `new(…)` with the required values, and a setter for each other field.
pub(super) fn methods(item: &Struct) -> Vec<Chunk> {
    let Struct { name, fields, .. } = item;
    let is_set = fields.iter().any(|field| field.tag.is_some());
    let takes_nothing = !fields.iter().any(Field::is_argument);
    let mut code = Code::default();
    // Users may have enabled the lint. `object!` allows it for the fields.
    if fields.iter().any(is_undocumented_setter) {
        code.line(0, "#[allow(missing_docs)]");
    }
    code.line(0, format!("impl {name} {{"));
    if takes_nothing && !is_set {
        new_empty(&mut code);
    } else {
        new(item, &mut code);
    }
    for field in fields {
        if let Some(setter) = &field.setter {
            code.blank();
            self::setter(field, setter, &mut code);
        }
    }
    if let Rest::Kept { name, ty, .. } = &item.rest {
        code.blank();
        rest_setter(name, ty, &mut code);
    }
    code.line(0, "}");
    let mut chunks = vec![code.chunk()];
    // Without arguments, clippy expects `Default` as well.
    if takes_nothing && is_set {
        let mut code = Code::default();
        code.line(0, format!("impl Default for {name} {{"));
        code.line(1, "fn default() -> Self {");
        code.line(2, "Self::new()");
        code.line(1, "}");
        code.line(0, "}");
        chunks.push(code.chunk());
    }
    chunks
}

/// Whether a field has a setter of which the description says nothing.
fn is_undocumented_setter(field: &Field) -> bool {
    field.setter.is_some() && field.doc.is_empty()
}

/// If nothing is required, there is `Default` as well.
fn new_empty(code: &mut Code) {
    code.line(1, "/// Creates an empty value; every property is optional.");
    code.line(1, "#[must_use]");
    code.line(1, "pub fn new() -> Self {");
    code.line(2, "Self::default()");
    code.line(1, "}");
}

fn new(item: &Struct, code: &mut Code) {
    code.doc(1, &docs::new(item));
    let arguments: Vec<String> = match &item.new {
        New::Arguments(arguments) => {
            let fields = arguments.iter().map(|at| &item.fields[*at]);
            fields.map(|field| argument(field, code)).collect()
        }
        New::Struct(name) => vec![format!("required: {name}")],
    };
    if arguments.len() > 7 {
        code.line(1, "#[allow(clippy::too_many_arguments)]");
    }
    code.line(1, "#[must_use]");
    code.function(1, "pub fn new", &arguments, "Self");
    let hides_list = hides_list(&item.fields);
    let mut values: Vec<String> = Vec::new();
    for field in &item.fields {
        let name = &field.name;
        values.push(match initial(field, &item.new, hides_list, code) {
            Some(value) => format!("{name}: {value}"),
            None => name.to_string(),
        });
    }
    values.extend(rest_name(&item.rest).map(|rest| format!("{rest}: Default::default()")));
    code.literal(2, "Self", &values);
    code.line(1, "}");
}

/// The initial value of a field in `new`; `None` for an argument that is used unchanged.
fn initial(field: &Field, new: &New, hides_list: bool, code: &mut Code) -> Option<String> {
    let name = &field.name;
    if let Some(tag) = &field.tag {
        let value = constant(tag, field, code);
        return Some(if field.setter.is_some() {
            format!("Some({value})")
        } else {
            value
        });
    }
    if field.setter.is_some() {
        return Some("None".to_owned());
    }
    match new {
        New::Struct(_) if is_boxed(field) => Some(format!("required.{name}.into()")),
        New::Struct(_) => Some(format!("required.{name}")),
        New::Arguments(_) => converted(field, hides_list, code),
    }
}

/// The only value of a field.
fn constant(value: &Constant, field: &Field, code: &mut Code) -> String {
    match value {
        Constant::Text(text) => format!("{}.into()", literal(text)),
        Constant::Integer(number) => {
            format!("{}::from({number})", code.ty(View::Inside, &field.ty))
        }
        Constant::Float(number) => Literal::f64_unsuffixed(*number).to_string(),
        Constant::Bool(value) => value.to_string(),
        Constant::Null if field.presence == Presence::Nullable => "None".to_owned(),
        Constant::Null => "()".to_owned(),
    }
}

fn rest_name(rest: &Rest) -> Option<&Ident> {
    match rest {
        Rest::Kept { name, .. } => Some(name),
        Rest::Ignored | Rest::Refused => None,
    }
}

/// The argument of `new` or a setter for a field.
fn argument(field: &Field, code: &mut Code) -> String {
    let inner = code.ty(View::Inside, &field.ty);
    let ty = match field.presence {
        // `None` is a value here.
        Presence::Nullable => format!("Option<{inner}>"),
        Presence::OptionalNullable => format!("impl Into<Option<{inner}>>"),
        Presence::Required | Presence::Optional => match (&field.argument, field.ty.plain()) {
            (Argument::Items, Ty::Vec(item)) => {
                format!(
                    "impl IntoIterator<Item = impl Into<{}>>",
                    code.ty(View::Inside, item)
                )
            }
            (Argument::Values, Ty::Vec(item)) => {
                format!("impl IntoIterator<Item = {}>", code.ty(View::Inside, item))
            }
            (Argument::Into, _) => format!("impl Into<{inner}>"),
            (Argument::Plain | Argument::Items | Argument::Values, _) => inner,
        },
    };
    format!("{}: {ty}", field.name)
}

/// Whether a field hides the function `list`.
fn hides_list(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.name.as_str() == "list")
}

/// Converts an argument to the value of a field; `None` if it is the value already.
fn converted(field: &Field, hides_list: bool, code: &mut Code) -> Option<String> {
    let name = &field.name;
    match field.presence {
        Presence::Nullable => return None,
        Presence::OptionalNullable => return Some(format!("{name}.into()")),
        Presence::Required | Presence::Optional => {}
    }
    match field.argument {
        Argument::Plain => None,
        Argument::Into => Some(format!("{name}.into()")),
        // A property called `list` hides the function.
        Argument::Items if hides_list => {
            Some(format!("{name}.into_iter().map(Into::into).collect()"))
        }
        Argument::Items => {
            code.names("list");
            Some(format!("list({name})"))
        }
        Argument::Values => Some(format!("{name}.into_iter().collect()")),
    }
}

fn setter(field: &Field, setter: &Ident, code: &mut Code) {
    code.doc(1, &field.doc);
    code.deprecated(1, field.deprecated);
    code.line(1, "#[must_use]");
    if setter.is_operator() {
        code.line(1, "#[allow(clippy::should_implement_trait)]");
    }
    let arguments = ["mut self".to_owned(), argument(field, code)];
    code.function(1, &format!("pub fn {setter}"), &arguments, "Self");
    let name = &field.name;
    let hides_list = hides_list(std::slice::from_ref(field));
    let value = converted(field, hides_list, code);
    let value = value.unwrap_or_else(|| name.to_string());
    code.assignment(2, &format!("self.{name}"), &format!("Some({value})"));
    code.line(2, "self");
    code.line(1, "}");
}

fn rest_setter(name: &Ident, ty: &Ty, code: &mut Code) {
    let value = if let Ty::Map(value) = ty {
        code.ty(View::Inside, value)
    } else {
        code.ty(View::Inside, &Ty::Value)
    };
    code.line(1, "/// Additional properties, by name.");
    code.line(1, "#[must_use]");
    let items = format!("{name}: impl IntoIterator<Item = (impl Into<String>, {value})>");
    let arguments = ["mut self".to_owned(), items];
    code.function(1, &format!("pub fn {name}"), &arguments, "Self");
    let named = format!("{name}.into_iter().map(|(name, value)| (name.into(), value))");
    code.assignment(2, "let named", &named);
    code.assignment(2, &format!("self.{name}"), "named.collect()");
    code.line(2, "self");
    code.line(1, "}");
}
