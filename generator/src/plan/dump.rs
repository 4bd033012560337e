//! The plan as text, for `specwright dump plan` and `dump types`, and for snapshots.

use super::checks::length_checks;
use super::{
    Alias, Check, Errors, Failure, Group, Ident, LinkTarget, ListedEnum, NamedKind, New, Next,
    Operation, Paging, Parameter, Part, PartContent, Payload, Plan, Rest, Security, Sign, Step,
    Struct, Success, Ty, TypeItem, Union, Variables,
};
use crate::source::{FileId, Origin};
use serde_json::json;
use std::fmt::{self, Write};

/// The Rust type of each schema, for programs: one JSON object per line, with `file` (as `name` returns it), `pointer`, `type` (as written
/// in the types crate), and `kind`: the kind of a generated type, null for others.
#[must_use]
pub fn dump_types(types: &[(Origin, Ty)], name: impl Fn(FileId) -> String) -> String {
    let line = |(origin, ty): &(Origin, Ty)| {
        let kind = |kind| match kind {
            NamedKind::Struct | NamedKind::Wrapper => "struct",
            NamedKind::StringEnum | NamedKind::IntegerEnum => "enum",
            NamedKind::Union => "union",
            NamedKind::Alias | NamedKind::Foreign => "alias",
        };
        let kind = if let Ty::Named(named) = ty {
            Some(kind(named.kind))
        } else {
            None
        };
        let (file, pointer) = (name(origin.file), origin.pointer.to_string());
        let object =
            json!({"file": file, "pointer": pointer, "type": ty.to_string(), "kind": kind});
        format!("{object}\n")
    };
    types.iter().map(line).collect()
}

impl Plan {
    /// The plan as text. Documentation is omitted, as generated files show it.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut out = String::new();
        // Writing to a String can't fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        for package in &self.packages {
            let dependencies: Vec<&str> = package
                .dependencies
                .iter()
                .map(|dependency| dependency.name.as_str())
                .collect();
            let support: Vec<&str> = package.support.iter().map(|file| file.path).collect();
            writeln!(out, "package {} {}", package.name, package.version)?;
            writeln!(out, "  needs {}", dependencies.join(", "))?;
            writeln!(out, "  support {}", support.join(", "))?;
        }
        writeln!(out, "base path {:?}", self.base_path)?;
        for route in self.routes.iter().filter(|route| !route.when.is_empty()) {
            let (method, path) = (&route.method, &route.path);
            writeln!(
                out,
                "route {method} {path} is {} when {:?}",
                route.operation, route.when
            )?;
        }
        for scheme in &self.schemes {
            writeln!(
                out,
                "scheme {} .{}(…) {:?}{}",
                scheme.constant,
                scheme.setter,
                scheme.location,
                variables(&scheme.variables)
            )?;
        }
        for module in &self.modules {
            let types = module.types.iter().map(|index| self.types[*index].name());
            let types: Vec<&str> = types.map(Ident::as_str).collect();
            let needed = if module.features.is_empty() {
                "always".to_owned()
            } else {
                format!("for {}", module.features.join(", "))
            };
            writeln!(
                out,
                "module {} {needed}: {}",
                module.module,
                types.join(", ")
            )?;
        }
        for item in &self.types {
            writeln!(out)?;
            type_item(out, item)?;
        }
        self.all_groups()
            .try_for_each(|group| write_group(out, group, &self.errors))
    }
}

fn type_item(out: &mut String, item: &TypeItem) -> fmt::Result {
    match item {
        TypeItem::Struct(item) => structure(out, item),
        TypeItem::StringEnum(item) => listed(out, item, "String"),
        TypeItem::IntegerEnum(item) => listed(out, item, "i64"),
        TypeItem::Union(item) => union(out, item),
        TypeItem::Alias(item) => alias(out, item),
        TypeItem::Foreign(item) => {
            let with = item.with.iter().map(|with| format!(" with {with}"));
            let with: String = with.collect();
            let hash = if item.eq_hash { ", hash" } else { "" };
            writeln!(out, "foreign {} = {}{with}{hash}", item.name, item.path)
        }
    }
}

fn alias(out: &mut String, item: &Alias) -> fmt::Result {
    let Alias {
        name, ty, required, ..
    } = item;
    writeln!(out, "type {name} = {ty}")?;
    required
        .as_ref()
        .map_or(Ok(()), |(name, home)| writeln!(out, "type {name} = {home}"))
}

fn listed<T: fmt::Debug>(out: &mut String, item: &ListedEnum<T>, held: &str) -> fmt::Result {
    let open = if item.open { "open " } else { "" };
    writeln!(out, "{open}enum {}", item.name)?;
    for variant in &item.variants {
        writeln!(out, "  {} = {:?}", variant.name, variant.value)?;
    }
    writeln!(out, "  {}({held})", item.other)
}

fn union(out: &mut String, item: &Union) -> fmt::Result {
    let Union {
        name,
        kind,
        exclusive,
        variants,
        other,
        ..
    } = item;
    let exclusive = if exclusive.is_some() {
        ", exactly one"
    } else {
        ""
    };
    writeln!(out, "union {name} by {kind:?}{exclusive}")?;
    for variant in variants {
        let Sign { kind, needs } = &variant.sign;
        let signs: Vec<&str> = kind.iter().copied().chain(needs.as_deref()).collect();
        let signs = (!signs.is_empty()).then(|| format!(" {}", signs.join(" ")));
        writeln!(
            out,
            "  {}({}) {:?}{}{}",
            variant.name,
            variant.ty,
            variant.keys,
            signs.unwrap_or_default(),
            checks(&variant.checks)
        )?;
    }
    other
        .as_ref()
        .map_or(Ok(()), |other| writeln!(out, "  {other}(Value)"))
}

fn structure(out: &mut String, item: &Struct) -> fmt::Result {
    let Struct {
        name,
        derives,
        fields,
        new,
        rest,
        length,
        groups,
        ..
    } = item;
    let also = [(derives.eq_hash, " Eq Hash"), (derives.default, " Default")];
    let also: String = also
        .into_iter()
        .filter_map(|(holds, text)| holds.then_some(text))
        .collect();
    writeln!(out, "struct {name}{also}")?;
    for field in fields {
        write!(
            out,
            "  {}: {:?} {}, {:?}",
            field.name, field.presence, field.ty, field.wire
        )?;
        writeln!(out, "{}", checks(&field.checks))?;
    }
    match new {
        New::Arguments(fields) if fields.is_empty() => {}
        New::Arguments(at) => {
            let names = at.iter().map(|at| fields[*at].name.as_str());
            writeln!(out, "  new({})", names.collect::<Vec<_>>().join(", "))?;
        }
        New::Struct(_) => writeln!(out, "  new by name")?,
    }
    for groups in groups {
        writeln!(out, "  properties {groups:?}")?;
    }
    let length = length_checks(*length, Check::MinProperties, Check::MaxProperties);
    if !length.is_empty() {
        writeln!(out, "  properties{}", checks(&length))?;
    }
    match rest {
        Rest::Ignored => {}
        Rest::Refused => writeln!(out, "  no others")?,
        Rest::Kept {
            name,
            ty,
            checks: values,
        } => writeln!(out, "  others in {name}: {ty}{}", checks(values))?,
    }
    if let New::Struct(name) = new {
        writeln!(out, "struct {name}")?;
    }
    Ok(())
}

/// `token "cursor" from meta.next, items in data: Pet, size "limit", more if meta.has_more`.
fn pages(paging: &Paging) -> String {
    let way = |steps: &[Step]| {
        let steps = steps.iter().map(|step| step.field.as_str());
        steps.collect::<Vec<_>>().join(".")
    };
    let next = match &paging.next {
        Next::Page { parameter, first } => format!("number {parameter:?} from {first}"),
        Next::Offset { parameter, first } => format!("offset {parameter:?} from {first}"),
        Next::Token { parameter, at } => format!("token {parameter:?} from {}", way(at)),
        Next::LastItem { parameter, id } => format!("last item {parameter:?}: {}", id.field),
        Next::Url { at } => format!("URL in {}", way(at)),
        Next::Link => "header Link".to_owned(),
    };
    let items = match &paging.items[..] {
        [] => String::new(),
        steps => format!(" in {}", way(steps)),
    };
    let size = paging.size.iter().map(|size| format!(", size {size:?}"));
    let more = paging.more.iter().map(|more| {
        let word = if more.is_last { "last" } else { "more" };
        format!(", {word} if {}", way(&more.at))
    });
    let pages = paging.pages.iter();
    let pages = pages.map(|at| format!(", of {}", way(at)));
    let in_body = paging.in_body.then(|| ", in the body".to_owned());
    let rest: String = size.chain(more).chain(pages).chain(in_body).collect();
    format!("{next}, items{items}: {}{rest}", paging.item)
}

fn variables(variables: &Variables) -> String {
    match variables {
        Variables::None => String::new(),
        Variables::One(name) => format!(" from {name}"),
        Variables::UserAndPassword(user, password) => format!(" from {user} and {password}"),
    }
}

fn checks(checks: &[Check]) -> String {
    if checks.is_empty() {
        String::new()
    } else {
        format!(", {checks:?}")
    }
}

fn write_group(out: &mut String, group: &Group, errors: &Errors) -> fmt::Result {
    writeln!(out, "\ngroup {} {}", group.module, group.api)?;
    group
        .operations
        .iter()
        .try_for_each(|operation| write_operation(out, operation, errors.shared(group, operation)))
}

fn write_operation(
    out: &mut String,
    operation: &Operation,
    shared_error: Option<&Ident>,
) -> fmt::Result {
    writeln!(
        out,
        "  {} {} = {} {}",
        operation.name, operation.request, operation.method, operation.path
    )?;
    operation
        .path_parameters
        .iter()
        .chain(&operation.parameters)
        .try_for_each(|parameter| write_parameter(out, parameter))?;
    let by_name = [
        &operation.required,
        &operation.form_required,
        &operation.params_required,
    ];
    by_name
        .into_iter()
        .flatten()
        .try_for_each(|name| writeln!(out, "    requires {name}"))?;
    if let Some(body) = &operation.body {
        let optional = if body.required { "" } else { ", optional" };
        for content in &body.contents {
            writeln!(
                out,
                "    body {}: {}{optional}",
                content.media_types.join(", "),
                payload(&content.payload)
            )?;
        }
    }
    match &operation.success {
        Success::One(outcome) => writeln!(
            out,
            "    gives {} {}",
            outcome.status,
            payload(&outcome.payload)
        )?,
        Success::Several(outcomes) => {
            writeln!(out, "    gives {}", operation.response)?;
            outcomes.iter().try_for_each(|outcome| {
                writeln!(
                    out,
                    "      {} {} {}",
                    outcome.status,
                    outcome.variant,
                    payload(&outcome.payload)
                )
            })?;
        }
    }
    if let Some(paging) = &operation.paging {
        writeln!(out, "    pages by {}", pages(paging))?;
    }
    if let Some(shared) = shared_error {
        writeln!(out, "    shares {shared}")?;
    }
    for outcome in &operation.errors {
        writeln!(
            out,
            "    fails {} {} {}",
            outcome.status,
            outcome.variant,
            payload(&outcome.payload)
        )?;
    }
    match &operation.failure {
        Failure::None => {}
        Failure::Same(same) => writeln!(out, "    error {}", payload(same))?,
        Failure::ByStatus => writeln!(out, "    error {}", operation.error)?,
    }
    if let Some(long_running) = &operation.long_running {
        writeln!(out, "    goes on {long_running:?}")?;
    }
    for link in &operation.links {
        let LinkTarget { module, method, .. } = &link.target;
        let sure = if link.is_sure { "" } else { ", perhaps" };
        writeln!(out, "    link {} to {module}.{method}{sure}", link.name)?;
    }
    match &operation.security {
        Security::Public => Ok(()),
        Security::Optional(groups) => writeln!(out, "    may prove {}", security(groups)),
        Security::Required(groups) => writeln!(out, "    proves {}", security(groups)),
    }
}

fn write_parameter(out: &mut String, parameter: &Parameter) -> fmt::Result {
    let required = if parameter.required { "" } else { ", optional" };
    let default = parameter
        .default
        .as_ref()
        .map(|default| format!(", default {default:?}"))
        .unwrap_or_default();
    let checks = checks(&parameter.checks);
    writeln!(
        out,
        "    {} {}: {}, {:?}{required}{default}{checks}",
        parameter.location.word(),
        parameter.field,
        parameter.ty,
        parameter.wire
    )
}

fn payload(payload: &Payload) -> String {
    match payload {
        Payload::Empty => "nothing".to_owned(),
        Payload::Json(ty) => ty.to_string(),
        Payload::Xml(xml) if xml.json.is_some() => {
            format!("{} in JSON or XML as {}", xml.ty, xml.table)
        }
        Payload::Xml(xml) => format!("{} in XML as {}", xml.ty, xml.table),
        Payload::Form(ty, encodings) if encodings.is_empty() => format!("form of {ty}"),
        Payload::Form(ty, encodings) => format!("form of {ty}, {encodings:?}"),
        Payload::Multipart(parts) => {
            format!(
                "parts {}",
                parts.iter().map(part).collect::<Vec<_>>().join("; ")
            )
        }
        Payload::Events(Some(ty)) => format!("events of {ty}"),
        Payload::Events(None) => "events of text".to_owned(),
        Payload::Lines(ty) => format!("lines of {ty}"),
        Payload::Text => "text".to_owned(),
        Payload::Bytes => "bytes".to_owned(),
    }
}

fn part(part: &Part) -> String {
    let held = match &part.content {
        PartContent::File => "file".to_owned(),
        PartContent::Text(ty) => ty.to_string(),
        PartContent::Json(ty) => format!("JSON of {ty}"),
    };
    let many = if part.many { ", any number" } else { "" };
    let optional = if part.required { "" } else { ", optional" };
    format!("{} {:?}: {held}{many}{optional}", part.name, part.wire)
}

fn security(groups: &[Vec<(super::Ident, Vec<String>)>]) -> String {
    let group = |group: &Vec<(super::Ident, Vec<String>)>| {
        let schemes = group.iter().map(|(scheme, scopes)| {
            if scopes.is_empty() {
                scheme.to_string()
            } else {
                format!("{scheme}({})", scopes.join(" "))
            }
        });
        schemes.collect::<Vec<_>>().join(" and ")
    };
    groups.iter().map(group).collect::<Vec<_>>().join(" or ")
}
