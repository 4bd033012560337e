//! Finds where schemas are used, to document those without a description.

use super::doc;
use super::rust::Named;
use crate::ir::{Api, Cause, Operation, TypeId};
use std::collections::{BTreeSet, HashSet};

/// A use of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum User {
    /// In a response of the operation at this index.
    Response(usize),
    /// In the request body of the operation at this index.
    Body(usize),
    /// In a parameter of the operation at this index.
    Parameter(usize),
    /// In another type.
    Type(TypeId),
}

/// Limit of steps from a schema to its uses, so that each takes constant time.
const STEPS: usize = 2_000;

/// The items of the types crate, by schema.
type Names = [Option<Named>];

/// The direct uses of each schema.
pub(super) struct Users(Vec<Vec<User>>);

impl Users {
    /// Collects the uses of all schemas.
    pub(super) fn of(api: &Api) -> Self {
        let mut users = Self(vec![Vec::new(); api.types.len()]);
        for (index, operation) in api.operations.iter().enumerate() {
            for parameter in &operation.parameters {
                users.add(User::Parameter(index), &[parameter.ty]);
            }
            for body in operation.body.iter().flat_map(|body| &body.contents) {
                users.add(User::Body(index), &body.content.parts());
            }
            for response in &operation.responses.list {
                for content in &response.contents {
                    users.add(User::Response(index), &content.content.parts());
                }
                let headers = response.headers.iter();
                let headers: Vec<TypeId> = headers.filter_map(|header| header.ty).collect();
                users.add(User::Response(index), &headers);
            }
        }
        for (index, ty) in api.types.iter().enumerate() {
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            users.add(User::Type(id), &ty.shape.parts());
        }
        users
    }

    fn add(&mut self, user: User, types: &[TypeId]) {
        for id in types {
            if let Some(users) = self.0.get_mut(id.index()) {
                users.push(user);
            }
        }
    }

    /// `Response of …; body of …; parameter of …; part of ….`; `None` if there are too many uses.
    pub(super) fn text(&self, api: &Api, names: &Names, id: TypeId) -> Option<String> {
        let mut kinds: [(&str, &str, BTreeSet<String>); 4] = [
            ("response of", "operations"),
            ("body of", "operations"),
            ("parameter of", "operations"),
            ("part of", "types"),
        ]
        .map(|(kind, what)| (kind, what, BTreeSet::new()));
        for user in self.outermost(names, id)? {
            let (kind, name) = match user {
                User::Response(index) => (0, endpoint(&api.operations[index])),
                User::Body(index) => (1, endpoint(&api.operations[index])),
                User::Parameter(index) => (2, endpoint(&api.operations[index])),
                User::Type(of) => {
                    let name = names[of.index()].as_ref();
                    (3, doc::code(name.map_or("", |named| named.name.plain())))
                }
            };
            kinds[kind].2.insert(name);
        }
        let kinds = kinds.iter().filter(|(.., names)| !names.is_empty());
        let parts: Vec<String> = kinds
            .map(|(kind, what, names)| format!("{kind} {}", listed(names, what)))
            .collect();
        let text = parts.join("; ");
        let Some(first) = text.get(..1) else {
            return Some("Not used by any operation.".to_owned());
        };
        let first = first.to_uppercase();
        Some(format!("{first}{}.", text.get(1..).unwrap_or_default()))
    }

    /// The uses of a type, looking through lists, maps and unions that aren't items.
    fn outermost(&self, names: &Names, id: TypeId) -> Option<BTreeSet<User>> {
        let mut found = BTreeSet::new();
        let mut seen = HashSet::from([id.index()]);
        let mut open = vec![id];
        let mut steps = 0;
        while let Some(at) = open.pop() {
            for user in &self.0[at.index()] {
                steps += 1;
                if steps > STEPS {
                    return None;
                }
                match user {
                    User::Type(of) if !seen.insert(of.index()) => {}
                    User::Type(of) if names[of.index()].is_none() => open.push(*of),
                    User::Type(_) | User::Response(_) | User::Body(_) | User::Parameter(_) => {
                        found.insert(*user);
                    }
                }
            }
        }
        Some(found)
    }
}

/// `GET /pets`, as a code span.
pub(super) fn endpoint(operation: &Operation) -> String {
    let endpoint = doc::code(&format!("{} {}", operation.method, operation.path.template));
    match &operation.cause {
        Cause::Call => endpoint,
        Cause::Webhook { name } => format!("the webhook {}", doc::code(name)),
        Cause::Callback { name, .. } => format!("the callback {}", doc::code(name)),
    }
}

/// Joins names: `a`, `a and b`, `a, b and c`, `7 operations, such as a`.
fn listed(names: &BTreeSet<String>, what: &str) -> String {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_by_key(|name| name.trim_matches('`'));
    match &names[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, other, third] => format!("{one}, {other} and {third}"),
        [one, ..] => format!("{} {what}, such as {one}", names.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_listed_in_their_order_and_counted_where_there_are_many() {
        let listed = |names: &[&str]| {
            let names: BTreeSet<String> = names.iter().map(|name| format!("`{name}`")).collect();
            listed(&names, "types")
        };
        assert_eq!(listed(&["PetPatch", "Pet"]), "`Pet` and `PetPatch`");
        assert_eq!(listed(&["c", "b", "a"]), "`a`, `b` and `c`");
        assert_eq!(listed(&["d", "c", "b", "a"]), "4 types, such as `a`");
    }
}
