//! The report for programs: one JSON object.

use super::{Finding, Report, Spot};
use crate::diag::Category;
use crate::source::Sources;
use serde_json::{Map, Value, json};

impl Report {
    /// The report as one JSON object on a line, `"reason": "report"`.
    #[must_use]
    pub fn to_json(&self, sources: &Sources) -> String {
        let count = |category| self.count(category);
        let object = json!({
            "reason": "report",
            "title": self.api.0,
            "version": self.api.1,
            "format": self.format,
            "paths": self.paths,
            "operations": {
                "total": self.operations,
                "methods": counts(&self.methods),
                "groups": counts(&self.groups),
            },
            "webhooks": self.incoming.0,
            "callbacks": self.incoming.1,
            "parameters": counts(&self.parameters),
            "paged": counts(&self.paged.0),
            "unsettledPages": self.paged.1,
            "types": {
                "total": self.types.total(),
                "structs": self.types.structs,
                "enums": self.types.enums,
                "unions": self.types.unions,
                "aliases": self.types.aliases,
            },
            "security": self.schemes.iter().map(|(name, sent)| json!({"name": name, "sent": sent})).collect::<Vec<_>>(),
            "freeForm": self.free_form,
            "errors": count(Category::Refused),
            "fallbacks": count(Category::Fallback),
            "lostConstraints": count(Category::LostConstraint),
            "passedOver": count(Category::PassedOver),
            "repairs": count(Category::Repair),
            "notes": count(Category::Note),
            "findings": self.findings.iter().map(|one| finding(one, sources)).collect::<Vec<_>>(),
        });
        format!("{object}\n")
    }
}

fn counts(pairs: &[(impl ToString, usize)]) -> Map<String, Value> {
    pairs
        .iter()
        .map(|(name, count)| (name.to_string(), Value::from(*count)))
        .collect()
}

fn finding(finding: &Finding, sources: &Sources) -> Value {
    let Spot {
        pointer,
        file,
        position,
    } = finding.spot(sources);
    json!({
        "category": word(finding.category),
        "code": finding.code,
        "title": finding.title,
        "help": finding.help,
        "allowed": finding.allowed.is_some(),
        "allowedBecause": finding.allowed.as_ref().and_then(Option::as_ref),
        "pointer": pointer,
        "file": file.map(|file| file.to_string_lossy().into_owned()),
        "line": position.map(|(line, _)| line),
        "column": position.map(|(_, column)| column),
    })
}

fn word(category: Category) -> &'static str {
    match category {
        Category::Refused => "error",
        Category::Fallback => "fallback",
        Category::LostConstraint => "lost-constraint",
        Category::PassedOver => "passed-over",
        Category::Repair => "repair",
        Category::Note => "note",
    }
}
