//! A comparison as lines of JSON.
//!
//! In: a [`Comparison`]. Out: an object for each operation, then one with the totals.

use super::{Change, Comparison, Difference, Field, Outcome, Pair};
use serde_json::{Map, Value, json};

impl Comparison {
    /// The comparison as JSON lines: `{"method", "path", "outcome", "differences"}` for each operation, in the order of the table, then
    /// `{"a", "b", "same", "different", "only_a", "only_b"}` with the names of both and how many operations there are of each outcome.
    #[must_use]
    pub fn json_lines(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let mut line = json!({
                "method": row.method,
                "path": row.path,
                "outcome": word(&row.outcome),
            });
            if let Outcome::Differs(differences) = &row.outcome {
                line["differences"] = differences.iter().map(difference).collect();
            }
            line
        });
        let count = |wanted: &str| self.count(|outcome| word(outcome) == wanted);
        let [a, b] = &self.labels;
        let totals = json!({
            "a": a,
            "b": b,
            "same": count("same"),
            "different": count("different"),
            "only_a": count("only_a"),
            "only_b": count("only_b"),
        });
        let lines: Vec<String> = rows.chain([totals]).map(|line| line.to_string()).collect();
        lines.join("\n") + "\n"
    }
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Same => "same",
        Outcome::OnlyA => "only_a",
        Outcome::OnlyB => "only_b",
        Outcome::Differs(_) => "different",
    }
}

fn difference(difference: &Difference) -> Value {
    let mut said = Map::new();
    let mut set = |name: &str, value: &str| {
        said.insert(name.to_owned(), Value::from(value));
    };
    match difference {
        Difference::Parameter {
            name,
            location,
            change,
        } => {
            set("in", "parameter");
            set("name", name);
            set("location", location.word());
            changed(change, &mut set);
        }
        Difference::Body(change) => {
            set("in", "body");
            changed(change, &mut set);
        }
        Difference::Response { status, change } => {
            set("in", "response");
            set("status", &status.to_string());
            changed(change, &mut set);
        }
        Difference::Security(values) => {
            set("in", "security");
            both(values, &mut set);
        }
        Difference::Text { field, values } => {
            set("in", field_word(*field));
            both(values, &mut set);
        }
    }
    Value::Object(said)
}

fn changed(change: &Change, set: &mut impl FnMut(&str, &str)) {
    match change {
        Change::OnlyA => set("what", "only_a"),
        Change::OnlyB => set("what", "only_b"),
        Change::Type(ty) => {
            set("what", "type");
            set("at", &ty.at);
            set("a", &ty.a);
            set("b", &ty.b);
        }
        Change::Fact(fact, values) => {
            set("what", fact);
            both(values, set);
        }
    }
}

fn both(values: &Pair, set: &mut impl FnMut(&str, &str)) {
    set("a", &values.a);
    set("b", &values.b);
}

fn field_word(field: Field) -> &'static str {
    match field {
        Field::OperationId => "operationId",
        Field::Summary => "summary",
        Field::Description => "description",
        Field::Tags => "tags",
        Field::Deprecated => "deprecated",
    }
}
