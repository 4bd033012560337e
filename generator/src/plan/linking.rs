//! Plans the links of responses: finds the method of each, and a value for each of its arguments.
//!
//! A link whose expressions don't lead to something that is known here becomes no method, and is reported with the reason.

use super::doc::Doc;
use super::grouping::Grouped;
use super::links::{Link, LinkArgument, LinkFrom, LinkStep, LinkTarget, LinkValue};
use super::names::{self, Case, Wanted};
use super::operations::{
    Group, GroupKind, Literal, Operation, Outcome, Parameter, Payload, Success,
};
use super::paging::Structs;
use super::rust::{Ident, Ty};
use super::{Location, ParameterStyle, Planner, Status, support};
use crate::diag::{Code, Place};
use crate::ir::{self, LinkSource};
use std::collections::{HashMap, HashSet};

/// Methods that a link must not have in addition to those of responses, as they come from traits that are always there.
const TAKEN: [&str; 6] = ["borrow", "clone", "deref", "into", "to_owned", "try_into"];

/// Why a link becomes no method.
type Reason = String;

impl Planner<'_> {
    /// Plans the links of all operations.
    pub(super) fn links(&mut self, structs: &Structs<'_>, grouped: &Grouped, groups: &mut [Group]) {
        let mut places = HashMap::new();
        for (group, grouping) in grouped.groups.iter().enumerate() {
            for (number, index) in grouping.operations.iter().enumerate() {
                places.insert(*index, (group, number));
            }
        }
        let mut planned = Vec::new();
        let mut seen = HashSet::new();
        for (index, operation) in self.api.operations.iter().enumerate() {
            let Some((group, number)) = places.get(&index).copied() else {
                continue;
            };
            let linking = Linking {
                structs,
                places: &places,
                groups,
                group,
                own: &groups[group].operations[number],
            };
            let mut found = Vec::new();
            for response in &operation.responses.list {
                for link in &response.links {
                    match linking.link(response.status, link) {
                        Ok(plan) => found.push((link.name.as_str(), plan)),
                        Err(reason) if seen.insert((&link.origin, reason.clone())) => {
                            let name = link.name.replace('`', "");
                            let code = Code::LinkWithoutMethod { name, reason };
                            self.diagnostics.push(code, Place::key(&link.origin));
                        }
                        Err(_) => {}
                    }
                }
            }
            if !found.is_empty() {
                planned.push((group, number, self.named(found)));
            }
        }
        for (group, number, links) in planned {
            groups[group].operations[number].links = links;
        }
    }

    /// Gives the methods of an operation's links their names.
    fn named(&self, links: Vec<(&str, Link)>) -> Vec<Link> {
        let wanted = links.iter().map(|(name, _)| Wanted {
            text: (*name).to_owned(),
            wire: (*name).to_owned(),
            explicit: false,
            otherwise: None,
        });
        let wanted: Vec<Wanted> = wanted.collect();
        let mut taken: Vec<&str> = support::methods("client/response.rs").collect();
        taken.extend(TAKEN);
        let named = names::scope(&self.speller, Case::Value, &taken, &wanted);
        let links = links.into_iter().zip(named.idents);
        links
            .map(|((_, link), name)| Link { name, ..link })
            .collect()
    }
}

/// An operation whose links are planned, and what they may lead to.
struct Linking<'p> {
    structs: &'p Structs<'p>,
    /// Where each operation of the API is among the groups.
    places: &'p HashMap<usize, (usize, usize)>,
    groups: &'p [Group],
    group: usize,
    own: &'p Operation,
}

impl<'p> Linking<'p> {
    fn link(&self, status: Status, link: &ir::Link) -> Result<Link, Reason> {
        if self.groups[self.group].kind != GroupKind::Calls {
            return Err("it belongs to a webhook or callback".to_owned());
        }
        if let Some(url) = &link.server {
            return Err(format!("it has a server of its own, {}", quoted(url)));
        }
        let (group, target) = self.target(link)?;
        let (outcome, variant) = self.outcome(status)?;
        let mut given = self.given(target, outcome, link)?;
        let mut taken =
            |parameter: &Parameter| given.remove(&(parameter.location, parameter.wire.clone()));
        let mut arguments = arguments(target, &mut taken);
        let mut setters = Vec::new();
        for parameter in target.parameters.iter().filter(|one| !one.required) {
            setters.extend(taken(parameter).map(|value| (parameter.setter.clone(), value)));
        }
        let body = self.body(target, outcome, link)?;
        if let (Some(value), Some(taken)) = (body, target.body.as_ref()) {
            if taken.required {
                arguments.push(value);
            } else if let LinkArgument::Value(value) = value {
                setters.push((Ident::new("body".to_owned()), value));
            }
        }
        Ok(finished(
            link,
            self.method(group, target),
            variant,
            arguments,
            setters,
        ))
    }

    fn target(&self, link: &ir::Link) -> Result<(usize, &'p Operation), Reason> {
        match &link.target {
            ir::LinkTarget::Operation(index) => {
                let place = self.places.get(index);
                let (group, number) =
                    place.ok_or_else(|| "its operation is left out".to_owned())?;
                Ok((*group, &self.groups[*group].operations[*number]))
            }
            ir::LinkTarget::Unknown(text) if text.is_empty() => {
                Err("it has neither `operationId` nor `operationRef`".to_owned())
            }
            ir::LinkTarget::Unknown(text) => Err(format!("there is no operation {}", quoted(text))),
        }
    }

    fn method(&self, group: usize, target: &Operation) -> LinkTarget {
        let theirs = &self.groups[group];
        let is_elsewhere = group != self.group;
        LinkTarget {
            module: theirs.module.clone(),
            api: theirs.api.clone(),
            method: target.name.clone(),
            request: target.request.clone(),
            is_elsewhere,
            feature: theirs.feature.clone().filter(|_| is_elsewhere),
        }
    }

    /// The response that has the link, and its variant if there are several.
    fn outcome(&self, status: Status) -> Result<(&'p Outcome, Option<Ident>), Reason> {
        let outcomes = self.own.success.outcomes();
        let found = outcomes.iter().find(|one| one.status == status);
        let outcome = found.ok_or_else(|| "its response isn't a successful one".to_owned())?;
        Ok(match self.own.success {
            Success::One(_) => (outcome, None),
            Success::Several(_) => (outcome, Some(outcome.variant.clone())),
        })
    }

    /// The values of the parameters that the link gives, by location and name.
    fn given(
        &self,
        target: &Operation,
        outcome: &Outcome,
        link: &ir::Link,
    ) -> Result<HashMap<(Location, String), LinkValue>, Reason> {
        let mut given = HashMap::new();
        for (location, name, value) in &link.parameters {
            let mut parameters = target.path_parameters.iter().chain(&target.parameters);
            let parameter = parameters.find(|one| {
                let is_there = location.is_none_or(|location| location == one.location);
                let is_header = one.location == Location::Header;
                let is_named =
                    one.wire == *name || (is_header && one.wire.eq_ignore_ascii_case(name));
                is_there && is_named
            });
            let parameter = parameter.ok_or_else(|| {
                format!("{} has no parameter {}", quoted(&target.id), quoted(name))
            })?;
            if !is_scalar(&parameter.ty) {
                return Err(format!("the parameter {} isn't a scalar", quoted(name)));
            }
            let from = self.from(value, &parameter.ty, outcome)?;
            let ty = parameter.ty.clone();
            let place = (parameter.location, parameter.wire.clone());
            given.insert(place, LinkValue { from, ty });
        }
        Ok(given)
    }

    /// The body of the next request.
    fn body(
        &self,
        target: &Operation,
        outcome: &Outcome,
        link: &ir::Link,
    ) -> Result<Option<LinkArgument>, Reason> {
        let Some(body) = &target.body else {
            return match &link.body {
                Some(_) => Err(format!("{} has no body", quoted(&target.id))),
                None => Ok(None),
            };
        };
        let ty = body
            .only()
            .and_then(|content| type_of_value(&content.payload));
        let Some(value) = &link.body else {
            return match ty {
                Some(ty) if body.required => Ok(Some(LinkArgument::GivenBody(ty.clone()))),
                None if body.required => Err(format!(
                    "the body of {} isn't only JSON",
                    quoted(&target.id)
                )),
                _ => Ok(None),
            };
        };
        let ty = ty.ok_or_else(|| format!("the body of {} isn't only JSON", quoted(&target.id)))?;
        let ir::LinkValue::Response(LinkSource::Body(tokens)) = value else {
            return Err(format!("{value} can't become a body"));
        };
        let (steps, found) = self.within(tokens, outcome)?;
        if !found.is_same(ty) {
            return Err(format!("{value} has another type than the body"));
        }
        Ok(Some(LinkArgument::Value(LinkValue {
            from: LinkFrom::Body(steps),
            ty: ty.clone(),
        })))
    }

    /// Where the value of a parameter comes from.
    fn from(&self, value: &ir::LinkValue, ty: &Ty, outcome: &Outcome) -> Result<LinkFrom, Reason> {
        match value {
            ir::LinkValue::Constant(value) => constant(value, ty),
            ir::LinkValue::Url => Ok(LinkFrom::SentUrl),
            ir::LinkValue::Method => Ok(LinkFrom::Text(self.own.method.clone())),
            ir::LinkValue::Status => Ok(LinkFrom::Status),
            ir::LinkValue::Request(LinkSource::Path(name)) => {
                self.sent(Location::Path, name).map(LinkFrom::SentPath)
            }
            ir::LinkValue::Request(LinkSource::Query(name)) => {
                self.sent(Location::Query, name).map(LinkFrom::SentQuery)
            }
            ir::LinkValue::Request(LinkSource::Header(name)) => {
                self.sent(Location::Header, name).map(LinkFrom::SentHeader)
            }
            ir::LinkValue::Request(LinkSource::Body(_)) => Err(format!(
                "{value} is gone, as the body of a request isn't kept"
            )),
            ir::LinkValue::Response(LinkSource::Header(name)) => {
                Ok(LinkFrom::Header(name.to_ascii_lowercase()))
            }
            ir::LinkValue::Response(LinkSource::Query(_) | LinkSource::Path(_)) => {
                Err(format!("{value} is a part of requests only"))
            }
            ir::LinkValue::Response(LinkSource::Body(tokens)) => {
                let (steps, found) = self.within(tokens, outcome)?;
                if found.is_same(ty) {
                    Ok(LinkFrom::Body(steps))
                } else if is_scalar(found) {
                    Ok(LinkFrom::Converted(steps))
                } else {
                    Err(format!("{value} isn't a scalar"))
                }
            }
            ir::LinkValue::Template(text) => {
                Err(format!("{} has more around its expression", quoted(text)))
            }
            ir::LinkValue::Wrong(text) => {
                Err(format!("{} isn't a runtime expression", quoted(text)))
            }
        }
    }

    /// The name of a parameter of the request itself.
    fn sent(&self, location: Location, name: &str) -> Result<String, Reason> {
        let mut parameters = self.own.path_parameters.iter().chain(&self.own.parameters);
        let found = parameters.find(|one| {
            let is_header = location == Location::Header;
            let is_named = one.wire == name || (is_header && one.wire.eq_ignore_ascii_case(name));
            one.location == location && is_named
        });
        let found = found.filter(|one| is_scalar(&one.ty) && one.style == ParameterStyle::Plain);
        let found = found.map(|one| one.wire.clone());
        found.ok_or_else(|| {
            let place = location.word();
            format!(
                "the request has no plain {place} parameter {}",
                quoted(name)
            )
        })
    }

    /// The way to a value in the body of the response, and its type.
    fn within<'o>(
        &self,
        tokens: &[String],
        outcome: &'o Outcome,
    ) -> Result<(Vec<LinkStep>, &'o Ty), Reason>
    where
        'p: 'o,
    {
        let Some(mut ty) = type_of_value(&outcome.payload) else {
            return Err("its response has no JSON body".to_owned());
        };
        let mut steps = Vec::new();
        for token in tokens {
            let nowhere = || format!("{} isn't a property that is known", quoted(token));
            if let Ty::Vec(item) = unboxed(ty) {
                steps.push(LinkStep::Item(token.parse().map_err(|_| nowhere())?));
                ty = item;
                continue;
            }
            let of = self.structs.get(unboxed(ty)).ok_or_else(nowhere)?;
            let mut fields = of.fields.iter();
            let field = fields.find(|field| field.wire == *token);
            let field = field.ok_or_else(nowhere)?;
            steps.push(LinkStep::Field(field.name.clone(), field.presence));
            ty = &field.ty;
        }
        Ok((steps, ty))
    }
}

/// The arguments of a method, but for the body; what the link doesn't give, the caller does.
fn arguments(
    target: &Operation,
    taken: &mut impl FnMut(&Parameter) -> Option<LinkValue>,
) -> Vec<LinkArgument> {
    let mut argument = |parameter: &Parameter| match taken(parameter) {
        Some(value) => LinkArgument::Value(value),
        None => LinkArgument::Given(Box::new(parameter.clone())),
    };
    let mut arguments: Vec<LinkArgument> =
        target.path_parameters.iter().map(&mut argument).collect();
    let required = target.required_parameters();
    match &target.required {
        Some(name) => {
            let fields = required.iter();
            let fields = fields.map(|one| (one.name.clone(), argument(one)));
            arguments.push(LinkArgument::Required(name.clone(), fields.collect()));
        }
        None => arguments.extend(required.into_iter().map(&mut argument)),
    }
    arguments
}

/// The link with names for what its method has in addition to the parameters of the request. It has no name itself yet.
fn finished(
    link: &ir::Link,
    target: LinkTarget,
    variant: Option<Ident>,
    arguments: Vec<LinkArgument>,
    setters: Vec<(Ident, LinkValue)>,
) -> Link {
    let none = Ident::new(String::new());
    let mut planned = Link {
        doc: Doc::markdown(link.description.as_deref().unwrap_or_default()),
        name: none.clone(),
        target,
        is_sure: variant.is_none(),
        variant,
        arguments,
        setters,
        client: none.clone(),
        body: none.clone(),
        found: none,
    };
    let is_there = planned.required().all(|value| value.from.is_there());
    let is_read = planned.values().any(LinkValue::is_read);
    planned.is_sure = planned.is_sure && is_there && !is_read;
    let given: Vec<String> = planned
        .given()
        .map(|one| one.name.as_str().to_owned())
        .collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    planned.client = names::first_free(&["client", "api"], &given);
    planned.body = names::first_free(&["body", "next_body"], &given);
    let beside = [
        &given[..],
        &[planned.body.as_str(), planned.client.as_str()],
    ]
    .concat();
    planned.found = names::first_free(&["body", "found"], &beside);
    planned
}

/// The type of a body that is one value.
fn type_of_value(payload: &Payload) -> Option<&Ty> {
    match payload {
        Payload::Json(ty) => Some(ty),
        Payload::Xml(xml) => Some(&xml.ty),
        Payload::Empty
        | Payload::Form(..)
        | Payload::Multipart(_)
        | Payload::Events(_)
        | Payload::Lines(_)
        | Payload::Text
        | Payload::Bytes => None,
    }
}

/// A constant as a value of a type.
fn constant(value: &serde_json::Value, ty: &Ty) -> Result<LinkFrom, Reason> {
    use serde_json::Value;
    let plain = ty.plain();
    let literal = match value {
        Value::String(text) if *plain == Ty::String => Some(Literal::Text(text.clone())),
        Value::Bool(flag) if *plain == Ty::Bool => Some(Literal::Bool(*flag)),
        Value::Number(number) if *plain == Ty::I64 => number.as_i64().map(Literal::Integer),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => None,
    };
    if let Some(literal) = literal {
        return Ok(LinkFrom::Literal(literal));
    }
    match value {
        Value::String(text) => Ok(LinkFrom::Text(text.clone())),
        Value::Bool(_) | Value::Number(_) => Ok(LinkFrom::Text(value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(format!(
            "the constant {} isn't a scalar",
            quoted(&value.to_string())
        )),
    }
}

/// Whether values are written as plain text in a request.
fn is_scalar(ty: &Ty) -> bool {
    ty.is_simple() && !matches!(ty.plain(), Ty::Vec(_))
}

fn unboxed(ty: &Ty) -> &Ty {
    let ty = ty.plain();
    if let Ty::Box(inner) = ty {
        inner.plain()
    } else {
        ty
    }
}

/// Text of the description in a message.
fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('`', ""))
}
