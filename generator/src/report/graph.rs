//! Who refers to whom: groups to operations, operations to types, types to types.
//!
//! In: a plan. Out: a [`Graph`], with names as in Rust. Doesn't know how it is shown.

use crate::plan::{Group, Plan, Ty, TypeItem};
use std::collections::{BTreeMap, BTreeSet};

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Group,
    Operation,
    Struct,
    /// An enum of listed values.
    Enum,
    /// An enum with several types.
    Union,
    Alias,
}

impl Kind {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 6] = [
        Self::Group,
        Self::Operation,
        Self::Struct,
        Self::Enum,
        Self::Union,
        Self::Alias,
    ];

    /// The kind in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Operation => "operation",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Alias => "alias",
        }
    }
}

/// A group, an operation or a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub kind: Kind,
    /// The name in Rust.
    pub name: String,
    /// `GET /pets`, or the first line of the documentation.
    pub about: String,
}

/// Groups, operations and types, in this order, and the references between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    pub nodes: Vec<Node>,
    /// From who refers to what is referred to, sorted.
    pub edges: Vec<(usize, usize)>,
}

impl Graph {
    /// The graph of a plan.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut graph = Self::default();
        let groups: Vec<&Group> = plan.all_groups().collect();
        for group in &groups {
            graph.add(Kind::Group, group.module.plain(), group.doc.as_str());
        }
        let operations = groups.iter().map(|group| group.operations.len());
        let first_type = groups.len() + operations.sum::<usize>();
        let types = plan.types.iter().enumerate();
        let types: BTreeMap<&str, usize> = types
            .map(|(number, item)| (item.name().as_str(), first_type + number))
            .collect();
        let mut edges = BTreeSet::new();
        for (number, group) in groups.iter().enumerate() {
            for operation in &group.operations {
                let about = format!("{} {}", operation.method, operation.path);
                let node = graph.add(Kind::Operation, operation.name.plain(), &about);
                edges.insert((number, node));
                let parameters = operation.all_parameters().map(|parameter| &parameter.ty);
                let payloads = operation.payloads().flat_map(|payload| payload.types());
                let named = parameters.chain(payloads).flat_map(names);
                edges.extend(named.filter_map(|name| Some((node, *types.get(name)?))));
            }
        }
        for item in &plan.types {
            let (kind, doc) = kind(item);
            let node = graph.add(kind, item.name().plain(), doc);
            let named = item.types().into_iter().flat_map(names);
            edges.extend(named.filter_map(|name| Some((node, *types.get(name)?))));
        }
        graph.edges = edges.into_iter().collect();
        graph
    }

    /// How many nodes refer to each.
    #[must_use]
    pub fn users(&self) -> Vec<usize> {
        let mut users = vec![0; self.nodes.len()];
        for (_, to) in &self.edges {
            users[*to] += 1;
        }
        users
    }

    /// What a node refers to.
    pub(super) fn from(&self, node: usize) -> impl Iterator<Item = usize> {
        let first = self.edges.partition_point(|(from, _)| *from < node);
        let edges = self.edges[first..].iter();
        edges
            .take_while(move |(from, _)| *from == node)
            .map(|(_, to)| *to)
    }

    fn add(&mut self, kind: Kind, name: &str, about: &str) -> usize {
        let about = about.lines().next().unwrap_or_default();
        self.nodes.push(Node {
            kind,
            name: name.to_owned(),
            about: about.to_owned(),
        });
        self.nodes.len() - 1
    }
}

/// The names of types within a type.
fn names(ty: &Ty) -> impl Iterator<Item = &str> {
    ty.all().filter_map(|part| {
        if let Ty::Named(named) = part {
            Some(named.name.as_str())
        } else {
            None
        }
    })
}

fn kind(item: &TypeItem) -> (Kind, &str) {
    match item {
        TypeItem::Struct(item) => (Kind::Struct, item.doc.as_str()),
        TypeItem::StringEnum(item) => (Kind::Enum, item.doc.as_str()),
        TypeItem::IntegerEnum(item) => (Kind::Enum, item.doc.as_str()),
        TypeItem::Union(item) => (Kind::Union, item.doc.as_str()),
        TypeItem::Alias(item) => (Kind::Alias, item.doc.as_str()),
        TypeItem::Foreign(item) => (Kind::Alias, item.doc.as_str()),
    }
}
