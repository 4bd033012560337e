//! Schemas that stand for others: where their `$ref` and `$dynamicRef` lead, and references that never end.
//!
//! In: the references of schemas. Out: the ids of what they mean, with a name that its place suggests; a diagnostic where they lead
//! nowhere or in a circle. `resolve.rs` finds what a text means, whatever it is.

use super::read::{Form, Reader, Version};
use super::resolve::written;
use super::{Schema, SchemaId};
use crate::diag::{Code, Place};
use crate::source::{Node, Origin, Value};
use std::collections::HashMap;
use std::sync::Arc;

impl<'a> Reader<'a> {
    /// The schema of a request body: where its `$ref` leads nowhere, one that takes anything.
    pub(super) fn body_schema(&mut self, node: &Node<'a>) -> SchemaId {
        if let Some(reference) = node.get("$ref")
            && let Err(Code::DanglingRef { reference: text }) = self.schema_target(&reference)
        {
            self.report(
                Code::DanglingBodyRef { reference: text },
                Place::Value(reference.origin()),
            );
            return self.schema_in(node, Form::Anything);
        }
        self.schema(node)
    }

    /// Reads a `$ref` into the schema that has it, which is `id`.
    pub(super) fn read_reference(
        &mut self,
        id: SchemaId,
        schema: &mut Schema,
        reference: &Node<'a>,
    ) {
        match self.schema_target(reference) {
            Ok(target) => {
                let target_id = self.schema(&target);
                schema.reference = Some(target_id);
                self.references.push((id, reference.clone()));
                if self.schemas[target_id.0 as usize].hint.is_none() {
                    self.schemas[target_id.0 as usize].hint = self.hint(&target);
                }
            }
            Err(Code::DanglingRef { reference: text }) => {
                let code = Code::DanglingSchema { reference: text };
                self.report(code, Place::Value(reference.origin()));
            }
            Err(code) => self.report(code, Place::Value(reference.origin())),
        }
    }

    /// The target of a schema's `$ref`; where it leads nowhere, the schema of that name where this version keeps schemas.
    fn schema_target(&mut self, reference: &Node<'a>) -> Result<Node<'a>, Code> {
        let found = self.target_or_meant(reference);
        let (Err(Code::DanglingRef { .. } | Code::UnreadableRef { .. }), Some(text)) =
            (&found, reference.value.as_str())
        else {
            return found;
        };
        let places = ["#/definitions/", "#/components/schemas/"];
        let name = places.iter().find_map(|place| text.strip_prefix(place));
        let name = name.or_else(|| (!text.contains(['#', '/', '.'])).then_some(text));
        let holder = if self.version == Version::V2 {
            self.root.get("definitions")
        } else {
            self.root
                .get("components")
                .and_then(|components| components.get("schemas"))
        };
        let Some(schema) = name.and_then(|name| holder?.get(name)) else {
            return found;
        };
        let used = format!("#{}", schema.pointer);
        self.ref_read_as(text, &used, reference);
        Ok(schema)
    }

    /// The name that the place of a definition suggests, unless it is one inside another.
    fn hint(&self, target: &Node<'a>) -> Option<Arc<str>> {
        let Some(key) = target.pointer.last() else {
            let stem = self.sources.path(target.file).file_stem()?;
            return Some(stem.to_string_lossy().into());
        };
        let parent = target.pointer.parent().and_then(|parent| parent.last());
        matches!(
            parent,
            None | Some("schemas" | "definitions" | "$defs" | "models")
        )
        .then(|| key.into())
    }

    /// Where `$dynamicRef`, or `$recursiveRef` as it was called in 2019-09, leads as the document stands: no schema that refers to
    /// this one from elsewhere changes it.
    pub(super) fn dynamic_target(&self, node: &Node<'a>) -> Option<(&'static str, Node<'a>)> {
        if let Some(reference) = node.get("$dynamicRef") {
            let target = self.target(&reference).ok()?;
            return Some(("$dynamicRef", target));
        }
        node.get("$recursiveRef")?;
        let mut around = node.pointer.parent();
        while let Some(pointer) = around {
            let schema = self.sources.at(&Origin {
                file: node.file,
                pointer: pointer.clone(),
            })?;
            if let Some(Value::Bool(true)) = schema.get("$recursiveAnchor").map(|at| at.value) {
                return Some(("$recursiveRef", schema));
            }
            around = pointer.parent();
        }
        None
    }

    /// Cuts every cycle of references that never reaches a definition, and reports it once.
    pub(super) fn break_cycles(&mut self) {
        let mut state = vec![Seen::Never; self.schemas.len()];
        let references = std::mem::take(&mut self.references);
        let at_schema: HashMap<SchemaId, &Node<'a>> =
            references.iter().map(|(id, node)| (*id, node)).collect();
        for &(start, _) in &references {
            let mut path = Vec::new();
            let mut at = Some(start);
            while let Some(id) = at {
                match std::mem::replace(&mut state[id.0 as usize], Seen::Now) {
                    Seen::Never => path.push(id),
                    Seen::Now => {
                        let reference = at_schema[&id];
                        self.report(
                            Code::RefCycle {
                                reference: written(reference),
                            },
                            Place::Value(reference.origin()),
                        );
                        self.schemas[id.0 as usize].reference = None;
                        break;
                    }
                    Seen::Before => {
                        state[id.0 as usize] = Seen::Before;
                        break;
                    }
                }
                at = self.schemas[id.0 as usize].reference;
            }
            for id in path {
                state[id.0 as usize] = Seen::Before;
            }
        }
    }
}

/// When a walk along references came by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    Now,
    Before,
}
