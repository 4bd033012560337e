//! Applies overlays to a description (Overlay Specification 1.0 and 1.1).
//!
//! In: the value of the entry and the files of overlays. Out: the value with all changes, and a [`Trace`] of it, so that messages point to
//! what an overlay says of it. References that an overlay adds are relative to the description, of which they are a part then.

mod action;
mod merge;
mod target;
#[cfg(test)]
mod tests;

use super::load::{decode, why_unread};
use super::read::DEPTH_LIMIT;
use super::trace::Trace;
use super::value::{Texts, Value};
use super::{FileId, Origin, Pointer, ResolveError, Sources};
use crate::diag::{Code, Diagnostics, Place};
use action::{Action, Change};
use merge::{Spot, Unfit, Update, measure};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// How many values overlays may add.
const MOST: u64 = 1_000_000;

/// A description while it is changed.
struct Merged {
    value: Json,
    trace: Trace,
    /// How many values it had, and how many came in addition.
    size: u64,
    added: u64,
}

impl Sources {
    /// Applies overlays to a file, one after the other. Problems are pushed; returns whether all of it could be applied.
    pub(super) fn apply_overlays(
        &mut self,
        entry: FileId,
        overlays: &[PathBuf],
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if overlays.is_empty() {
            return true;
        }
        let value = Json::from(&self.file(entry).value);
        let (size, _) = measure(&value);
        let mut merged = Merged {
            value,
            trace: Trace::at(self.root(entry).origin()),
            size,
            added: 0,
        };
        let mut all = true;
        for path in overlays {
            let file = self.read_overlay(path, diagnostics);
            let actions = file.and_then(|file| {
                let actions = action::read(&self.root(file), diagnostics);
                self.check_extended(entry, file, diagnostics);
                // Nobody must take it for a part of the description.
                self.files[file.0 as usize].value = Value::Null;
                actions
            });
            all &= actions.is_some();
            for action in actions.iter().flatten() {
                if let Err(failure) = merged.apply(action, diagnostics) {
                    let (code, place) = *failure;
                    diagnostics.push(code, place);
                    all = false;
                }
            }
        }
        let entry = &mut self.files[entry.0 as usize];
        entry.value = Value::of_json(&merged.value, &mut Texts::default());
        entry.trace = Some(Box::new(merged.trace));
        all
    }

    /// Warns of an overlay that says that it is for another file (`extends`). A URL that no file is given for may be this one's.
    fn check_extended(&self, entry: FileId, overlay: FileId, diagnostics: &mut Diagnostics) {
        let root = self.root(overlay);
        let Some(node) = root.get("extends") else {
            return;
        };
        let Some(extends) = node.value.as_str() else {
            let detail = format!("`extends` is a string, not {}", node.kind());
            diagnostics.push(Code::BadOverlay { detail }, Place::Value(node.origin()));
            return;
        };
        let is_this = match self.target(overlay, extends) {
            Ok(file) => file == entry,
            Err(ResolveError::Remote) => true,
            Err(_) => false,
        };
        if !is_this {
            let extends = extends.to_owned();
            let code = Code::ForeignOverlay { extends };
            diagnostics.push(code, Place::Value(node.origin()));
        }
    }

    fn read_overlay(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let (bytes, actual) = match self.store.access.read(path) {
            Ok(read) => read,
            Err(unread) => {
                self.store.missing.push(path.to_path_buf());
                diagnostics.push(why_unread(path, &unread), Place::Path(path.to_path_buf()));
                return None;
            }
        };
        let Some(text) = decode(bytes) else {
            diagnostics.push(Code::NotUtf8, Place::Path(path.to_path_buf()));
            return None;
        };
        let id = self.push(self.store.shown(&actual), actual, text);
        self.files[id.0 as usize].is_overlay = true;
        match self.parse(id, diagnostics) {
            Ok(()) => Some(id),
            Err(problem) => {
                let (code, place) = *problem;
                diagnostics.push(code, place);
                None
            }
        }
    }
}

type Failure = Box<(Code, Place)>;

impl Merged {
    /// Does what an action says. What it says in vain is pushed.
    fn apply(&mut self, action: &Action, diagnostics: &mut Diagnostics) -> Result<(), Failure> {
        let targets = self.select(&action.target)?;
        if targets.is_empty() {
            let (target, origin) = action.target.clone();
            let code = Code::UnmatchedTarget { target };
            diagnostics.push(code, Place::Value(origin));
            return Ok(());
        }
        match &action.change {
            Change::Remove(origin) => self.remove(&targets, origin),
            Change::Update(value, origin) => {
                let trace = Trace::at(origin.clone());
                self.update(&targets, &(value, origin), &trace)
            }
            Change::Copy(source) => {
                let (value, trace) = self.copied(source)?;
                self.update(&targets, &(&value, &source.1), &trace)
            }
        }
    }

    fn select(&self, (query, origin): &(String, Origin)) -> Result<Vec<String>, Failure> {
        let found = target::select(query, &self.value, self.size + self.added);
        found.map_err(|reason| {
            let target = query.clone();
            let code = Code::BadTarget { target, reason };
            Box::new((code, Place::value(origin)))
        })
    }

    fn remove(&mut self, targets: &[String], origin: &Origin) -> Result<(), Failure> {
        if targets.iter().any(String::is_empty) {
            let reason = "the whole description can't be removed".to_owned();
            return Err(Box::new((Code::UnfitAction { reason }, Place::key(origin))));
        }
        merge::remove(&mut self.value, &mut self.trace, targets);
        Ok(())
    }

    /// The single value that `copy` selects, and where it is from.
    fn copied(&self, source: &(String, Origin)) -> Result<(Json, Trace), Failure> {
        let found = self.select(source)?;
        if let [pointer] = &found[..]
            && let Some(value) = self.value.pointer(pointer)
        {
            let pointer = Pointer::parse(pointer).unwrap_or_default();
            return Ok((value.clone(), self.trace.of(&pointer.tokens())));
        }
        let reason = format!("`copy` selects {} values instead of one", found.len());
        let code = Code::UnfitAction { reason };
        Err(Box::new((code, Place::value(&source.1))))
    }

    fn update(
        &mut self,
        targets: &[String],
        (value, origin): &(&Json, &Origin),
        trace: &Trace,
    ) -> Result<(), Failure> {
        let unfit = |reason: String, from: &Origin| {
            let code = Code::UnfitAction { reason };
            Box::new((code, Place::value(from)))
        };
        let (count, depth) = measure(value);
        let times = u64::try_from(targets.len()).unwrap_or(u64::MAX);
        self.added = self.added.saturating_add(count.saturating_mul(times));
        if self.added > MOST {
            return Err(unfit(
                format!("overlays add more than {MOST} values"),
                origin,
            ));
        }
        for pointer in targets {
            if pointer.matches('/').count() + depth >= DEPTH_LIMIT {
                let reason = format!("values are nested deeper than {DEPTH_LIMIT} levels then");
                return Err(unfit(reason, origin));
            }
            let update = Update { value, trace };
            let spot = Spot::find(&mut self.value, &mut self.trace, pointer);
            let merged = spot.map_or(Ok(()), |spot| spot.update(update));
            merged.map_err(|Unfit { from, reason }| unfit(reason, &from))?;
        }
        Ok(())
    }
}
