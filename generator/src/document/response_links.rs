//! Reads the links of responses (OpenAPI 3.0 and later, Link Object).
//!
//! In: `links` of a response. Out: [`Link`]s with the place of the operation that `operationRef` leads to. What their expressions mean is the
//! next stage's.

use super::read::{Reader, Version};
use super::{Link, LinkTarget};
use crate::source::Node;

impl<'a> Reader<'a> {
    pub(super) fn response_links(&mut self, response: &Node<'a>) -> Vec<Link> {
        if self.version == Version::V2 {
            return Vec::new();
        }
        let mut links = Vec::new();
        for (name, node) in self.entries(response, "links") {
            let Some(node) = self.follow(node).filter(|node| self.is_mapping(node)) else {
                continue;
            };
            let parameters = self.entries(&node, "parameters").into_iter();
            links.push(Link {
                name: name.to_owned(),
                target: self.link_target(&node),
                parameters: parameters
                    .map(|(name, value)| (name.to_owned(), value.value.clone()))
                    .collect(),
                body: Self::member(&node, "requestBody").map(|body| body.value.clone()),
                description: self.text(&node, "description"),
                server: self
                    .mapping(&node, "server")
                    .and_then(|server| self.text(&server, "url")),
                origin: node.origin(),
            });
        }
        links
    }

    /// The operation that a link leads to. Of both fields `operationRef` says it more exactly.
    fn link_target(&mut self, link: &Node<'a>) -> LinkTarget {
        let reference = Self::member(link, "operationRef");
        if let Some(reference) = reference.filter(|one| one.value.is_string()) {
            let text = reference.value.as_str().unwrap_or_default().to_owned();
            let target = self.target(&reference).ok();
            let target = target.and_then(|target| self.follow(target));
            return match target {
                Some(target) => LinkTarget::Place(text, target.origin()),
                None => LinkTarget::Unknown(text),
            };
        }
        match self.text(link, "operationId") {
            Some(id) => LinkTarget::Id(id),
            None => LinkTarget::None,
        }
    }
}
