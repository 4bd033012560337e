//! Where the parts of a value come from that was put together of several files.

use super::Origin;
use std::collections::BTreeMap;

/// The origin of a value, and of those of its parts that don't come from where the value around them does. Has as many nodes as was changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Trace {
    /// `None` if it is where its origin follows from that of the value around it.
    from: Option<Origin>,
    /// By key, or by index as long as no item was added or removed.
    members: BTreeMap<String, Trace>,
    /// Of every item of a list, once one was added or removed.
    items: Option<Vec<Trace>>,
}

// Without overlays nothing is put together.
#[cfg_attr(not(feature = "overlays"), allow(dead_code))]
impl Trace {
    /// Of a value that is in one piece.
    pub(super) fn at(origin: Origin) -> Self {
        Self {
            from: Some(origin),
            ..Self::default()
        }
    }

    /// The origin of what the tokens of a pointer lead to; `None` if that of the whole is unknown.
    pub(super) fn find(&self, tokens: &[&str]) -> Option<Origin> {
        let (mut at, mut trace) = (self.from.clone()?, Some(self));
        for token in tokens {
            trace = trace.and_then(|trace| trace.part(token));
            let from = trace.and_then(|trace| trace.from.clone());
            at = from.unwrap_or_else(|| at.join(token));
        }
        Some(at)
    }

    /// The trace of a part, as it is for a value of its own.
    pub(super) fn of(&self, tokens: &[&str]) -> Self {
        let part = tokens
            .iter()
            .try_fold(self, |trace, token| trace.part(token));
        let from = self.find(tokens);
        Self {
            from,
            ..part.cloned().unwrap_or_default()
        }
    }

    /// The trace of a part, to change it.
    pub(super) fn enter(&mut self, token: &str) -> &mut Self {
        let index = token.parse::<usize>().ok();
        let Self { members, items, .. } = self;
        let item = index.zip(items.as_mut());
        let item = item.and_then(|(index, items)| items.get_mut(index));
        item.unwrap_or_else(|| members.entry(token.to_owned()).or_default())
    }

    /// Forgets the members with these keys.
    pub(super) fn forget(&mut self, is_gone: impl Fn(&str) -> bool) {
        self.members.retain(|key, _| !is_gone(key));
    }

    /// The traces of all items of a list, to change their number; `at` is the origin of the list, `count` its length.
    pub(super) fn items(&mut self, at: &Origin, count: usize) -> &mut Vec<Self> {
        let Self { members, items, .. } = self;
        items.get_or_insert_with(|| {
            let indexes = (0..count).map(|index| index.to_string());
            let traced = indexes.map(|index| {
                let mut item = members.remove(&index).unwrap_or_default();
                item.from.get_or_insert_with(|| at.join(&index));
                item
            });
            traced.collect()
        })
    }

    fn part(&self, token: &str) -> Option<&Self> {
        match &self.items {
            Some(items) => items.get(token.parse::<usize>().ok()?),
            None => self.members.get(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FileId, Pointer};
    use super::*;

    fn origin(file: u32, pointer: &str) -> Origin {
        Origin {
            file: FileId(file),
            pointer: Pointer::parse(pointer).unwrap(),
        }
    }

    #[test]
    fn each_part_is_found_where_it_comes_from() {
        let mut trace = Trace::at(origin(0, ""));
        *trace.enter("info").enter("title") = Trace::at(origin(1, "/actions/0/update"));
        let list = trace.enter("tags");
        list.enter("1").enter("name").from = Some(origin(1, "/n"));
        let items = list.items(&origin(0, "/tags"), 3);
        items.remove(0);
        items.push(Trace::at(origin(1, "/actions/1/update")));
        for (pointer, expected) in [
            ("", origin(0, "")),
            ("/info/version", origin(0, "/info/version")),
            ("/info/title", origin(1, "/actions/0/update")),
            ("/info/title/x", origin(1, "/actions/0/update/x")),
            ("/tags/0", origin(0, "/tags/1")),
            ("/tags/0/name", origin(1, "/n")),
            ("/tags/1/name", origin(0, "/tags/2/name")),
            ("/tags/2/name", origin(1, "/actions/1/update/name")),
            ("/tags/9", origin(0, "/tags/9")),
        ] {
            let tokens = Pointer::parse(pointer).unwrap();
            let found = trace.find(&tokens.tokens());
            assert_eq!(found.as_ref(), Some(&expected), "{pointer}");
            // A part that is taken out stays where it is from.
            let part = trace.of(&tokens.tokens());
            assert_eq!(part.find(&[]), Some(expected), "{pointer}");
        }
        let tags = trace.of(&["tags"]);
        assert_eq!(tags.find(&["0"]), Some(origin(0, "/tags/1")));
    }
}
