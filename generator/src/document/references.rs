//! Resolves `$ref` and `$dynamicRef` of schemas, and breaks cycles of references.
//!
//! In: the references of schemas. Out: the ids of their targets, which get a name hint from their place; a diagnostic if the target isn't
//! found or references form a cycle. `resolve.rs` finds the node that a reference means.

use super::read::{Form, Reader, Version};
use super::resolve::written;
use super::{Schema, SchemaId};
use crate::diag::{Code, Place};
use crate::source::{Node, Origin, Value};
use std::collections::HashMap;
use std::sync::Arc;

impl<'a> Reader<'a> {
    /// The schema of a request body. If its `$ref` can't be resolved, one that allows anything.
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

    /// Reads the `$ref` of the schema `id`.
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

    /// The target of a schema's `$ref`. If it isn't found, the schema of that name at the place where this version keeps schemas.
    pub(super) fn schema_target(&mut self, reference: &Node<'a>) -> Result<Node<'a>, Code> {
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

    /// The name that the place of a definition suggests, unless it is nested in another definition.
    pub(super) fn hint(&self, target: &Node<'a>) -> Option<Arc<str>> {
        let Some(key) = target.pointer.last() else {
            return Some(self.sources.stem(target.file).into());
        };
        let parent = target.pointer.parent().and_then(|parent| parent.last());
        matches!(
            parent,
            None | Some("schemas" | "definitions" | "$defs" | "models")
        )
        .then(|| key.into())
    }

    /// The target of `$dynamicRef`, or `$recursiveRef` as it was called in 2019-09, determined statically: overriding by schemas that refer
    /// to this one isn't considered.
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

    /// Breaks every cycle of references that reaches no definition, and reports it once.
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

/// The state of a schema in a walk along references.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    Now,
    Before,
}
