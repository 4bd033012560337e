//! The call of an operation in the project's test.

use crate::plan::{CredentialLocation, Group, Held, Operation, Plan, Scheme, Security, Success};

/// An operation that the test calls, with its group.
pub(super) type Shown<'p> = (&'p Group, &'p Operation);

/// The first operation that can be called without any value, so that nothing but its being implemented decides about the response.
pub(super) fn shown(plan: &Plan) -> Option<Shown<'_>> {
    let is_free = |operation: &Operation| {
        let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
        let holds_value = match &operation.success {
            Success::One(outcome) => {
                matches!(
                    outcome.codec().held,
                    Held::Nothing | Held::Value(_) | Held::Text
                )
            }
            Success::Several(_) => false,
        };
        operation.path_parameters.is_empty()
            && operation.required_parameters().is_empty()
            && !needs_body
            && holds_value
            && !operation.deprecated
            && given(plan, operation).is_some()
    };
    let rank = |operation: &Operation| operation.method != "GET";
    plan.operations()
        .filter(|(_, operation)| is_free(operation))
        .min_by_key(|(_, operation)| rank(operation))
}

/// The schemes of an operation's first alternative; `None` if one of them is up to the transport.
fn given<'p>(plan: &'p Plan, operation: &Operation) -> Option<Vec<&'p Scheme>> {
    let groups = match &operation.security {
        Security::Public | Security::Optional(_) => return Some(Vec::new()),
        Security::Required(groups) => groups,
    };
    let first = groups.first()?.iter();
    let schemes = first.map(|(constant, _)| {
        let mut schemes = plan.schemes.iter();
        let scheme = schemes.find(|scheme| scheme.constant == *constant)?;
        scheme.location.is_written().then_some(scheme)
    });
    schemes.collect()
}

/// The calls that give the client its credentials.
pub(super) fn credentials(plan: &Plan, shown: Option<Shown<'_>>) -> Vec<String> {
    let schemes = shown.and_then(|(_, operation)| given(plan, operation));
    let setters = schemes.into_iter().flatten().map(|scheme| {
        let user = match scheme.location {
            CredentialLocation::Basic => "\"user\", ",
            CredentialLocation::Bearer
            | CredentialLocation::Http(_)
            | CredentialLocation::Header(_)
            | CredentialLocation::Query(_)
            | CredentialLocation::Cookie(_)
            | CredentialLocation::Certificate
            | CredentialLocation::External => "",
        };
        format!(".{}({user}\"secret\")", scheme.setter)
    });
    setters.collect()
}

/// `client().pets().list_pets().await`, as rustfmt lays it out.
pub(super) fn call(shown: Option<Shown<'_>>) -> Vec<String> {
    let Some((group, operation)) = shown else {
        return Vec::new();
    };
    let calls = [
        format!(".{}()", group.module),
        format!(".{}()", operation.name),
        ".await".to_owned(),
    ];
    let short = format!("client(){}", calls.concat());
    if short.chars().count() <= CHAIN {
        return vec![short];
    }
    let calls = calls.into_iter().map(|call| format!("    {call}"));
    std::iter::once("client()".to_owned())
        .chain(calls)
        .collect()
}

/// Greatest width of a chain of calls on one line, for rustfmt.
const CHAIN: usize = 60;
