//! The operations of a document, by method and path.

use super::support::server::{Route, Routes};
use super::support::server::{query_decoded, query_pairs};
use crate::document::{self, Document, StatusKey};
use crate::ir::{self, Api, BodyContent, Content, Segment, SegmentPart, Status, TypeId};
use std::collections::HashMap;

/// An operation: the facts of the wire, and what the description says of values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation<'s> {
    pub(super) ir: &'s ir::Operation,
    pub(super) document: &'s document::Operation,
}

impl Operation<'_> {
    /// The type of requests in XML with this media type, if generated crates read it.
    pub(super) fn xml_of_request(&self, media_type: &str) -> Option<TypeId> {
        let body = self.ir.body.iter();
        xml_type(body.flat_map(|body| &body.contents), media_type)
    }

    /// The type of responses in XML with this media type, if generated crates write it.
    pub(super) fn xml_of_response(&self, status: StatusKey, media_type: &str) -> Option<TypeId> {
        let status = match status {
            StatusKey::Code(code) => Status::Code(code),
            StatusKey::Range(digit) => Status::Range(digit),
            StatusKey::Default => Status::Default,
        };
        let mut responses = self.ir.responses.list.iter();
        let found = responses.find(|response| response.status == status)?;
        xml_type(found.contents.iter(), media_type)
    }
}

fn xml_type<'c>(
    mut contents: impl Iterator<Item = &'c BodyContent>,
    media_type: &str,
) -> Option<TypeId> {
    contents.find_map(|held| match held.content {
        Content::Xml(ty) if held.media_types.iter().any(|name| name == media_type) => Some(ty),
        _ => None,
    })
}

/// The calls of an API.
#[derive(Debug)]
pub(super) struct Operations {
    /// Of each call, its index in the API, and those of its path and itself in the document.
    calls: Vec<(usize, usize, usize)>,
    routes: Routes,
    /// The paths of servers, the longest first.
    bases: Vec<String>,
}

/// The operation of a request.
pub(super) enum Routed {
    /// The numbers of calls with this method and path, those with the most fixed parameters first; the values of the path as they were
    /// sent, and the path without that of the server.
    Found {
        calls: Vec<usize>,
        values: Vec<String>,
        path: String,
    },
    /// The methods that the path has.
    OtherMethods(String),
    Unknown,
}

impl Operations {
    pub(super) fn of(document: &Document, api: &Api) -> Self {
        let mut places = HashMap::new();
        for (item_index, item) in document.paths.iter().enumerate() {
            for (index, operation) in item.operations.iter().enumerate() {
                places.insert((&*operation.method, &*item.path), (item_index, index));
            }
        }
        let calls = api
            .operations
            .iter()
            .enumerate()
            .filter(|(_, one)| one.is_call());
        let calls = calls.filter_map(|(index, operation)| {
            let key = (operation.method.as_str(), operation.path.template.as_str());
            let (item, own) = places.get(&key)?;
            Some((index, *item, *own))
        });
        let calls: Vec<_> = calls.collect();
        // The router keeps what generated code has as literals; a mock has its paths once.
        let rows = calls.iter().map(|(index, ..)| {
            let operation = &api.operations[*index];
            let method: &'static str = operation.method.clone().leak();
            let path: &'static str = template(&operation.path.segments).leak();
            (method, path)
        });
        let routes = Routes::new(rows);
        let own = api
            .operations
            .iter()
            .flat_map(|operation| &operation.servers);
        let bases = api.servers.iter().chain(own);
        let mut bases: Vec<String> = bases.map(|server| server.base_path().to_owned()).collect();
        bases.push(String::new());
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        bases.dedup();
        Self {
            calls,
            routes,
            bases,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }

    pub(super) fn get<'s>(
        &self,
        call: usize,
        document: &'s Document,
        api: &'s Api,
    ) -> Operation<'s> {
        let (index, item, own) = self.calls[call];
        Operation {
            ir: &api.operations[index],
            document: &document.paths[item].operations[own],
        }
    }

    /// Finds the operation of a request, with the path of a server before it or without.
    pub(super) fn find(&self, api: &Api, method: &str, path: &str, query: &str) -> Routed {
        let mut other_methods = None;
        for base in &self.bases {
            let Some(relative) = path.strip_prefix(base.as_str()) else {
                continue;
            };
            match self.routes.find(method, relative, 0) {
                Route::Found(rows, values) => {
                    let calls = self.of_query(api, rows, query);
                    if !calls.is_empty() {
                        let values = values.iter().filter_map(|range| relative.get(range));
                        return Routed::Found {
                            calls,
                            values: values.map(str::to_owned).collect(),
                            path: relative.to_owned(),
                        };
                    }
                }
                Route::OtherMethods(allow) => {
                    let allow = allow.to_str().unwrap_or_default().to_owned();
                    other_methods.get_or_insert(allow);
                }
                Route::Unreadable | Route::Unknown => {}
            }
        }
        other_methods.map_or(Routed::Unknown, Routed::OtherMethods)
    }

    /// Of operations with the same path those whose fixed parameters the query has, the ones with the most first.
    fn of_query(&self, api: &Api, rows: &[usize], query: &str) -> Vec<usize> {
        let has = |wanted: &ir::FixedQuery| {
            query_pairs(query).any(|(name, value)| {
                let is_value = wanted.value.as_ref().is_none_or(|wanted| {
                    query_decoded(value).is_some_and(|value| value == *wanted)
                });
                query_decoded(name).is_some_and(|name| name == wanted.name) && is_value
            })
        };
        let fixed = |row: &usize| &api.operations[self.calls[*row].0].path.query;
        let rows = rows.iter().filter(|row| fixed(row).iter().all(has));
        let mut rows: Vec<usize> = rows.copied().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(fixed(row).len()));
        rows
    }
}

/// A path as the router reads it: percent-encoded where a literal has a character with a meaning.
fn template(segments: &[Segment]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        for part in &segment.parts {
            match part {
                SegmentPart::Literal(text) => {
                    for character in text.chars() {
                        match character {
                            '%' => path.push_str("%25"),
                            '/' => path.push_str("%2F"),
                            '{' => path.push_str("%7B"),
                            '}' => path.push_str("%7D"),
                            _ => path.push(character),
                        }
                    }
                }
                SegmentPart::Parameter(_) => path.push_str("{}"),
            }
        }
    }
    path
}
