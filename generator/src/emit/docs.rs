//! Generated documentation, for items that the description doesn't document.

use crate::plan::{
    Body, BodyContent, CredentialLocation, Doc, ErrorType, Failure, Group, Ident, Link, LinkTarget,
    New, Operation, Plan, Scheme, Struct, Variables,
};

/// Documentation of `Client`.
pub(super) fn client(plan: &Plan) -> Doc {
    Doc::text(&format!(
        "A client for {}. Clones share connections and settings.",
        Doc::escaped(&plan.title)
    ))
}

/// Documentation of the method that sets a credential.
pub(super) fn credential(scheme: &Scheme) -> Doc {
    let name = Doc::code(&scheme.wire);
    let what = match &scheme.location {
        CredentialLocation::Bearer => "The token for",
        CredentialLocation::Basic => "The user and password for",
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_) => "The key for",
        CredentialLocation::Http(_) => "The credentials for",
        CredentialLocation::Certificate => "The client certificate for",
        CredentialLocation::External => "",
    };
    let (sent, when) = if scheme.location == CredentialLocation::Certificate {
        (format!("{}.", name.as_str()), CERTIFICATE)
    } else {
        let sent = format!(
            "{}, sent as {}.",
            name.as_str(),
            scheme.location.in_words().as_str()
        );
        (sent, "It is only sent to operations that require it.")
    };
    Doc::text(what)
        .beside(Doc::text(&sent))
        .then(Doc::text(when))
        .then(scheme.doc.clone())
}

const CERTIFICATE: &str = "It is PEM with the certificate, those that it was signed with, and its private key. The default transport sends it to \
                           the server, whatever the operation.";

/// Documentation of the method that sets credentials from the environment.
pub(super) fn credentials_from_env(plan: &Plan) -> Doc {
    let begin = "Sets the credentials that environment variables have, which go before earlier ones; variables that aren't set, or are \
                 empty, set nothing.";
    let rows = plan.schemes.iter().filter_map(|scheme| {
        let variables = match &scheme.variables {
            Variables::None => return None,
            Variables::One(name) => Doc::code(name),
            Variables::UserAndPassword(user, password) => Doc::code(user)
                .beside(Doc::text("and"))
                .beside(Doc::code(password)),
        };
        let setter = scheme.setter.plain();
        Some(vec![
            variables,
            Doc::text(&format!("[`{setter}`](Self::{})", scheme.setter)),
        ])
    });
    let clients = plan.schemes.iter().filter_map(|scheme| {
        let (id, secret) = scheme.oauth.as_ref()?.variables.as_ref()?;
        let variables = Doc::code(id)
            .beside(Doc::text("and"))
            .beside(Doc::code(secret));
        let tokens = Doc::text("tokens of the client itself for").beside(Doc::code(&scheme.wire));
        Some(vec![
            variables,
            tokens.beside(Doc::text("(feature `oauth2`)")),
        ])
    });
    let table = Doc::table(&["variable", "like"], rows.chain(clients));
    Doc::text(begin).then(table)
}

/// Documentation of what the description says of a scheme of OAuth 2.
pub(super) fn oauth(scheme: &Scheme) -> Doc {
    Doc::text(&format!(
        "What the description says of the scheme {}, for [`AuthorizationServer::new`]: where the tokens of [`{}`](ClientBuilder::{}) \
         come from.",
        Doc::code(&scheme.wire).as_str(),
        scheme.setter.plain(),
        scheme.setter
    ))
}

/// Documentation of `Client::from_env`.
pub(super) fn from_env(plan: &Plan) -> Doc {
    let server = Doc::code(&plan.base_url_variable);
    let first = plan.servers.first().map(|server| Doc::code(&server.url));
    let or = first.map(|url| format!(", or at {} if it isn't set", url.as_str()));
    Doc::text(&format!(
        "Creates a client for the server at the URL in the environment variable {}{}, with \
         [credentials from the environment](ClientBuilder::credentials_from_env) and the default settings.",
        server.as_str(),
        or.unwrap_or_default()
    ))
}

/// Documentation of `new` of a struct with required or constant fields.
pub(super) fn new(item: &Struct) -> Doc {
    let takes = match &item.new {
        New::Arguments(fields) if fields.is_empty() => "Creates a value",
        New::Arguments(_) | New::Struct(_) => "Creates a value from the required properties",
    };
    let set = item.fields.iter().filter(|field| field.tag.is_some());
    let set: Vec<String> = set.map(|field| format!("`{}`", field.name)).collect();
    let are = match &set[..] {
        [] => return Doc::text(&format!("{takes}; the others are unset.")),
        [_] => "is set to its only value",
        _ => "are set to their only values",
    };
    Doc::text(&format!("{takes}; {} {are}.", set.join(", ")))
}

/// Documentation of the struct that `new` of another struct takes.
pub(super) fn required(of: &Ident) -> Doc {
    Doc::text(&format!(
        "Required properties of [`{0}`], for its `new`.",
        of.plain()
    ))
}

/// Documentation of a field of that struct.
pub(super) fn required_field(of: &Ident, field: &Ident) -> Doc {
    Doc::text(&format!("[`{0}::{1}`]", of.plain(), field.plain()))
}

/// Documentation of the struct that a method of the client takes.
pub(super) fn required_parameters(group: &Group, operation: &Operation) -> Doc {
    let (api, name) = (&group.api, operation.name.plain());
    Doc::text(&format!("Required parameters of [`{api}::{name}`]."))
}

/// Documentation of the struct that `new` of the server's parameters takes.
pub(super) fn required_params(of: &Ident) -> Doc {
    Doc::text(&format!(
        "Required parameters of [`{0}`], for its `new`.",
        of.plain()
    ))
}

/// Documentation of the struct that `new` of a form takes.
pub(super) fn required_parts(of: &Ident) -> Doc {
    Doc::text(&format!(
        "Required parts of [`{0}`], for its `new`.",
        of.plain()
    ))
}

/// Documentation of a group's module in the client.
pub(super) fn group_module(group: &Group) -> Doc {
    let start = format!(
        "The operations are the methods of [`{}`]; each returns a request of its own type.",
        group.api
    );
    group.doc.clone().then(Doc::text(&start))
}

/// Documentation of the module of a trait in the server.
pub(super) fn trait_module(group: &Group) -> Doc {
    let start = format!("The trait to implement is [`{}`].", group.api);
    group.doc.clone().then(Doc::text(&start))
}

/// Documentation of a group's type in the client.
pub(super) fn group(group: &Group) -> Doc {
    let module = group.module.plain();
    let from = format!("Returned by [`Client::{module}`](super::Client::{module}).");
    group.doc.clone().then(Doc::text(&from))
}

/// Documentation of a request type of the client.
pub(super) fn request(group: &Group, operation: &Operation) -> Doc {
    let endpoint = Doc::code(&format!("{} {}", operation.method, operation.path));
    let words = format!(
        "A request of [`{}::{}`], {}; `.await` sends it.",
        group.api,
        operation.name.plain(),
        endpoint.as_str()
    );
    let errors: Vec<String> = operation
        .errors
        .iter()
        .map(|error| error.status.to_string())
        .collect();
    let fails = if operation.failure == Failure::None || errors.is_empty() {
        Doc::none()
    } else {
        Doc::text(&format!("Documented errors: {}.", errors.join(", ")))
    };
    let headers = operation.headers.as_ref().map(|_| {
        Doc::text(&format!(
            "Response headers: [`{}`].",
            operation.own_headers.plain()
        ))
    });
    let links = (!operation.links.is_empty()).then(|| {
        let name = operation.link_trait.plain();
        Doc::text(&format!("What may follow: [`{name}`]."))
    });
    let summary = operation.summary.clone();
    summary
        .then(Doc::text(&words))
        .then(fails)
        .then(headers.unwrap_or_default())
        .then(links.unwrap_or_default())
}

/// Documentation of the trait with an operation's links.
pub(super) fn links(group: &Group, operation: &Operation) -> Doc {
    let (api, name) = (&group.api, operation.name.plain());
    Doc::text(&format!(
        "What may follow a response of [`{api}::{name}`]: methods of [`Response`] that give the next request."
    ))
}

/// Documentation of a link.
pub(super) fn link(link: &Link) -> Doc {
    let LinkTarget {
        module,
        api,
        method,
        is_elsewhere,
        ..
    } = &link.target;
    let (module, method) = (module.plain(), method.plain());
    let path = if *is_elsewhere {
        format!("(super::{module}::{api}::{method})")
    } else {
        String::new()
    };
    let otherwise = if link.is_sure {
        ""
    } else {
        "; `None` if the response lacks what it needs"
    };
    let words = format!("The request of [`{api}::{method}`]{path}{otherwise}.");
    link.doc.clone().then(Doc::text(&words))
}

/// Documentation of the client's enum of responses.
pub(super) fn client_response(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The successful responses of [`{}::{}`], by status.",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of the client's enum of errors.
pub(super) fn client_error(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The documented errors of [`{}::{}`], by status.",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of the server's parameters.
pub(super) fn params(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The parameters of [`{}::{}`] other than those of the path.",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of the server's enum of responses.
pub(super) fn server_response(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The successful responses of [`{}::{}`].",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of the server's enum of errors.
pub(super) fn server_error(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The error responses of [`{}::{}`].",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of the module of shared error types.
pub(super) fn shared_errors() -> Doc {
    Doc::text(
        "Error responses that several operations document alike. Each operation has a name of its own for its type.",
    )
}

/// Documentation of a shared error type.
pub(super) fn shared_error(error: &ErrorType) -> Doc {
    Doc::text(&format!(
        "Error responses of {} operations, such as {}.",
        error.operations,
        Doc::code(&error.example).as_str()
    ))
}

/// Documentation of the enum of body contents.
pub(super) fn payload(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The request body of [`{}::{}`], by media type.",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of a variant of that enum.
pub(super) fn media_types(content: &BodyContent) -> Doc {
    let names = content.media_types.iter().map(|name| Doc::code(name));
    names
        .reduce(|all, name| all.beside(Doc::text("or")).beside(name))
        .unwrap_or_else(Doc::none)
}

/// Documentation of the method that sends a body with another media type, if there is one.
pub(super) fn body_as(body: &Body) -> Option<Doc> {
    let words = "Sends this as the body instead, in another media type that is accepted:";
    let names = body.others.iter().map(|name| Doc::code(name));
    let names = names.reduce(|all, name| all.beside(Doc::text("or")).beside(name))?;
    Some(Doc::text(words).beside(names))
}

/// Documentation of a multipart form.
pub(super) fn form(group: &Group, operation: &Operation) -> Doc {
    Doc::text(&format!(
        "The multipart form of [`{}::{}`].",
        group.api,
        operation.name.plain()
    ))
}

/// Documentation of the marker type of a webhooks or callbacks server.
pub(super) fn requests(group: &Group) -> Doc {
    Doc::text(&format!(
        "Marks a [`Server`] that handles {} requests.",
        group.kind.word()
    ))
}

/// Documentation of the function that configures such a server.
pub(super) fn receiver(group: &Group) -> Doc {
    let word = group.kind.word();
    Doc::text(&format!(
        "Configures a server whose {word}s the receiver implements. Each has the path that the documentation of its method of [`{0}`] \
         gives, below [`base_path`](ServerBuilder::base_path) if that is set. For a {word} with a URL of its own set \
         [`only_path`](ServerBuilder::only_path). With the feature `signatures`, `.verify({1}::OPERATIONS, …)` of the builder has each \
         verified before it is decoded.",
        group.api, group.module
    ))
}

/// Documentation of the client's method that gives the senders of webhooks or callbacks.
pub(super) fn sender(group: &Group) -> Doc {
    let word = group.kind.word();
    Doc::text(&format!(
        "Sends {word}s, as the API does, to a URL or a [`Subscriber`], which may have them signed. Of the client's credentials only those are \
         sent that the {word} itself requires."
    ))
}

/// Documentation of the module that calls the provider.
pub(super) fn handlers(group: &Group) -> Doc {
    Doc::text(&format!(
        "Turns requests into calls of [`{0}`](super::super::{1}::{0}), and their results into responses.",
        group.api, group.module
    ))
}
