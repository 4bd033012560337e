//! Lowers a description to what it means on the wire.
//!
//! In: a [`Document`] with all references resolved. Out: an [`ir::Api`], and diagnostics for what it can't express. Doesn't know OpenAPI
//! versions, or Rust.

mod any_value;
mod body;
mod compose;
mod containers;
mod direction;
mod enums;
mod events;
mod form;
mod formats;
mod groups;
mod incoming;
mod kept;
mod kind;
mod links;
mod operations;
mod overlap;
mod paging;
mod parameters;
mod patch;
mod paths;
mod recursive;
mod rules;
mod schema;
mod security;
mod share;
mod steps;
mod union;
mod values;
mod xml;

#[cfg(feature = "mock")]
pub(crate) use formats::{integer_range, string_format};

use crate::diag::{Code, Diagnostics, Place, Same};
use crate::document::{Document, Schema, SchemaId};
use crate::ir::{self, Role, TypeDef, TypeId};
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;

/// Lowers a document. The result is usable even if errors were pushed: what couldn't be lowered is missing from it.
#[must_use]
pub fn lower(document: &Document, diagnostics: &mut Diagnostics) -> ir::Api {
    draft(document, diagnostics).finish()
}

/// An API with complete types, before equal ones are shared. It doesn't borrow the document.
#[derive(Debug)]
pub struct Draft(ir::Api);

impl Draft {
    /// Shares equal types.
    #[must_use]
    pub fn finish(self) -> ir::Api {
        let Self(mut api) = self;
        share::share(&mut api);
        api
    }
}

/// The part of [`lower`] that needs the document, for callers who want to free the memory of a big one early.
#[must_use]
pub fn draft(document: &Document, diagnostics: &mut Diagnostics) -> Draft {
    let mut lower = Lower::new(document, diagnostics);
    lower.find_descendants();
    lower.named_schemas();
    let schemes = lower.security_schemes();
    let operations = lower.operations();
    lower.drain();
    lower.name_recursive_types();
    lower.settle_defaults();
    if operations.is_empty() {
        lower
            .diagnostics
            .push(Code::NoOperations, Place::value(&document.origin));
    }
    let mut api = ir::Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers: document.servers.iter().map(server).collect(),
        schemes,
        tags: document
            .tags
            .iter()
            .map(|tag| (tag.name.clone(), tag.description.clone()))
            .collect(),
        types: lower.types,
        rules: lower.known.rules,
        xml: BTreeMap::new(),
        formats: lower.formats,
        suggested: lower.suggested,
        operations,
    };
    rules::keep_what_is_looked_at(&mut api.types, &api.rules);
    kept::keep_what_others_declare(&mut api.types);
    steps::report_costly(&api.types, lower.diagnostics);
    direction::relax(&mut api);
    patch::tell_apart(&mut api);
    // Types that are equal in JSON may differ in XML.
    api.xml = xml::tables(&api, &lower.xml, lower.diagnostics);
    Draft(api)
}

/// The state of lowering: the types so far, and those without a shape yet.
struct Lower<'a> {
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    types: Vec<TypeDef>,
    /// Schemas that aren't in the document, mostly merged ones. Their ids follow those of the document.
    made: Vec<Rc<Schema>>,
    /// Combinations of schemas, by the schemas that they require.
    pairs: HashMap<Vec<SchemaId>, SchemaId>,
    /// The schemas that have been merged with their parts.
    merged: HashMap<SchemaId, compose::Merged>,
    /// Number of schemas that were visited for those combinations.
    compared: usize,
    /// For an alternative merged with the siblings of its choice: that alternative, the choice, and the choices around it.
    chosen: HashMap<SchemaId, Rc<BTreeSet<SchemaId>>>,
    /// The type of each schema that has one.
    by_schema: Vec<Option<TypeId>>,
    /// For each schema with a discriminator, the schemas derived from it.
    descendants: HashMap<SchemaId, Vec<SchemaId>>,
    /// For each of these schemas, the one that stands for only itself, without derived schemas.
    alone: HashMap<SchemaId, SchemaId>,
    /// The values of `alone`.
    bases: HashSet<SchemaId>,
    /// Types that have an id but no shape yet. A queue instead of recursion, as schemas nest and chain without limit.
    pending: VecDeque<(SchemaId, TypeId)>,
    /// For schemas that inherit a default through a reference, the place of the default.
    lent_defaults: HashMap<Origin, Origin>,
    /// Keywords that shapes don't express.
    known: rules::Known,
    /// The `xml` objects.
    xml: xml::Facts,
    /// The types that have one of the known formats of the document.
    formats: BTreeMap<TypeId, usize>,
    /// `x-rust-type`, by type.
    suggested: BTreeMap<TypeId, serde_json::Value>,
}

/// A type where it is used.
#[derive(Debug, Clone, Copy)]
struct Use {
    ty: TypeId,
    nullable: bool,
}

impl<'a> Lower<'a> {
    fn new(document: &'a Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            diagnostics,
            // Allocated in advance, as most schemas are a type and a growing vector needs its memory twice.
            types: Vec::with_capacity(document.schemas.len()),
            made: Vec::new(),
            pairs: HashMap::new(),
            merged: HashMap::new(),
            compared: 0,
            chosen: HashMap::new(),
            by_schema: vec![None; document.schemas.len()],
            descendants: HashMap::new(),
            alone: HashMap::new(),
            bases: HashSet::new(),
            pending: VecDeque::new(),
            lent_defaults: HashMap::new(),
            known: rules::Known::default(),
            xml: xml::Facts::of(document),
            formats: BTreeMap::new(),
            suggested: BTreeMap::new(),
        }
    }

    /// The role of what a named body, response or parameter contains: it is named after that, regardless of its first user.
    fn shared(&self, kind: ir::Shared, origin: &Origin) -> Option<Role> {
        let name = self.document.definitions.get(origin)?;
        Some(Role::Shared(kind, name.clone()))
    }

    /// Gives every named schema a type, whether it is used or not: they are the vocabulary of the API.
    fn named_schemas(&mut self) {
        for (name, schema) in &self.document.named_schemas {
            self.reserve(*schema, Role::Named(name.as_str().into()));
        }
    }

    /// The type of a schema, created on first use. `role` matters only then, and only if no reference suggests a better name. A hint for an
    /// alternative isn't used for that alternative merged with the siblings of its choice.
    fn use_of(&mut self, schema: SchemaId, role: Role) -> Use {
        let nullable = self.nullable(schema);
        let target = self.definition(schema);
        let ty = self.type_of(target).unwrap_or_else(|| {
            let hint = self.schema(target).hint.clone();
            let hint = hint.filter(|_| !self.chosen.contains_key(&target));
            let role = match hint.map(Role::Referenced) {
                Some(whole) if self.bases.contains(&target) => {
                    Role::As(Box::new(whole), Role::BASE)
                }
                hinted => hinted.unwrap_or(role),
            };
            self.reserve(target, role)
        });
        Use { ty, nullable }
    }

    /// The type of a schema, if it has one already.
    fn type_of(&self, schema: SchemaId) -> Option<TypeId> {
        *self.by_schema.get(schema.0 as usize)?
    }

    fn reserve(&mut self, schema: SchemaId, role: Role) -> TypeId {
        let ty = self.push(role, ir::Shape::Any, schema);
        self.note_xml(schema, xml::Spot::Type(ty));
        let index = schema.0 as usize;
        if self.by_schema.len() <= index {
            self.by_schema.resize(index + 1, None);
        }
        self.by_schema[index] = Some(ty);
        self.pending.push_back((schema, ty));
        ty
    }

    /// Whether a header of this name can be sent (RFC 9110, section 5.1). Otherwise reports it, and what happens `then`.
    fn is_header_name(&mut self, name: &str, origin: &Origin, then: &str) -> bool {
        let is_token = ir::is_token(name);
        if !is_token {
            let code = Code::NoHeaderName {
                name: name.to_owned(),
                then: then.to_owned(),
            };
            let place = Place::value(origin);
            self.diagnostics.push_once(Same::Place, code, place);
        }
        is_token
    }

    /// Adds a type with the annotations of `schema`.
    fn push(&mut self, role: Role, shape: ir::Shape, schema: SchemaId) -> TypeId {
        let schema = self.schema(schema);
        self.types.push(TypeDef {
            role,
            title: schema.title.clone(),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            shape,
            rules: None,
            shared: false,
            origin: schema.origin.clone(),
        });
        TypeId(u32::try_from(self.types.len() - 1).unwrap_or(u32::MAX))
    }

    /// Fills in pending types, including those that are added meanwhile.
    fn drain(&mut self) {
        while let Some((schema, ty)) = self.pending.pop_front() {
            if let Some(suggested) = &self.schema(schema).rust_type {
                self.suggested.insert(ty, (**suggested).clone());
            }
            let shape = self.shape(schema, ty);
            self.note_rules(schema, ty, &shape);
            self.types[ty.index()].shape = shape;
        }
    }
}

fn server(server: &crate::document::Server) -> ir::Server {
    let url = server
        .variables
        .iter()
        .fold(server.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        });
    let variables = server.variables.iter().map(|variable| ir::Variable {
        name: variable.name.clone(),
        default: variable.default.clone(),
        allowed: variable.allowed.clone(),
        description: variable.description.clone(),
    });
    ir::Server {
        template: (url != server.url).then(|| server.url.clone()),
        url,
        description: server.description.clone(),
        variables: variables.collect(),
    }
}
