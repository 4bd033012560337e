//! Plans the tables of constraints that single checks don't express.

use super::names::{self, Case, Wanted};
use super::rust::Ident;
use super::types::Pattern;
use super::words::Speller;
use crate::ir::{Api, Rules, TypeId};
pub use crate::ir::{Rule, RuleId};
use std::collections::{BTreeMap, HashSet};

/// The tables of an API.
#[derive(Debug, Clone, Default)]
pub struct RuleTables {
    /// The constant for each of the API's rules, if it is written.
    pub names: Vec<Option<Ident>>,
    /// The patterns in the tables, each with its constant.
    pub patterns: BTreeMap<String, (Ident, Pattern)>,
    /// The tables, by name.
    pub tables: Vec<RuleTable>,
}

/// A constant such as `pub static PET_RULES: Rules = Rules(&[…]);`.
#[derive(Debug, Clone)]
pub struct RuleTable {
    pub name: Ident,
    /// Whether types refer to it; otherwise only tables do.
    pub public: bool,
    pub list: Vec<Rule>,
}

impl RuleTables {
    /// The tables that types refer to.
    pub fn of_types(&self) -> impl Iterator<Item = &Ident> {
        let public = self.tables.iter().filter(|table| table.public);
        public.map(|table| &table.name)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
}

/// Names the tables that types need: after the type that they are for, in the words of `types`, or after the schema that they are of.
pub(super) fn tables(api: &Api, speller: &Speller, types: impl Fn(TypeId) -> String) -> RuleTables {
    let needed = needed(api);
    let rules = || {
        let all = api.rules.iter().enumerate();
        all.filter(|(index, _)| needed.contains(index))
    };
    let wanted: Vec<Wanted> = rules().map(|(_, rules)| wanted(rules, &types)).collect();
    let idents = names::scope(speller, Case::Constant, &[], &wanted).idents;
    let mut names = vec![None; api.rules.len()];
    let mut tables = Vec::new();
    for ((index, rules), name) in rules().zip(idents) {
        names[index] = Some(name.clone());
        tables.push(RuleTable {
            name,
            public: rules.of.is_some(),
            list: rules.list.clone(),
        });
    }
    tables.sort_by(|a: &RuleTable, b| a.name.cmp(&b.name));
    let patterns = tables.iter().flat_map(|table| &table.list);
    let patterns = patterns.flat_map(Rule::patterns).map(|pattern| Wanted {
        text: "pattern".to_owned(),
        wire: pattern.to_owned(),
        explicit: false,
        otherwise: None,
    });
    let mut patterns: Vec<Wanted> = patterns.collect();
    patterns.sort_by(|a, b| a.wire.cmp(&b.wire));
    patterns.dedup_by(|a, b| a.wire == b.wire);
    let taken: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    let idents = names::scope(speller, Case::Constant, &taken, &patterns).idents;
    let patterns = patterns.into_iter().zip(idents).map(|(wanted, name)| {
        let pattern = Pattern::new(&wanted.wire);
        (wanted.wire, (name, pattern))
    });
    RuleTables {
        names,
        patterns: patterns.collect(),
        tables,
    }
}

fn wanted(rules: &Rules, types: impl Fn(TypeId) -> String) -> Wanted {
    let text = match rules.of {
        Some(ty) => format!("{} rules", types(ty)),
        None => rules.name.clone(),
    };
    Wanted {
        text,
        wire: rules.place.clone(),
        explicit: rules.of.is_some(),
        otherwise: Some(rules.way()),
    }
}

/// The rules that types refer to, directly or not.
fn needed(api: &Api) -> HashSet<usize> {
    let mut open: Vec<RuleId> = api.types.iter().filter_map(|ty| ty.rules).collect();
    let mut needed: HashSet<usize> = open.iter().map(|id| id.index()).collect();
    while let Some(id) = open.pop() {
        let parts = api.rules[id.index()].list.iter().flat_map(Rule::parts);
        open.extend(parts.filter(|part| needed.insert(part.index())));
    }
    needed
}
