//! Uses of optional support code in generated code.

use super::ParameterStyle;
use super::foreign::BASE64;
use super::operations::{Group, GroupKind, Headers, Payload};
use super::rules::RuleTables;
use super::rust::{TextType, Ty};
use super::types::{Check, Grammar, TypeItem};
use std::collections::BTreeSet;

/// A capability of the support code that not every API needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    Object,
    StringEnum,
    IntegerEnum,
    /// An enum of types.
    Union,
    /// A union that writes the tag of a variant.
    WrittenTag,
    /// Text with a format that has a type of its own.
    Text(TextType),
    /// Text with a format that has none.
    Grammar,
    /// Text that is a regular expression.
    Regex,
    /// Text with a pattern.
    Pattern,
    /// A pattern that needs the backtracking engine.
    Backtracking,
    Tuple,
    /// A property that is a flag or fraction with one possible value.
    Constant,
    /// A property that is an integer.
    WholeNumber,
    /// Tables of constraints that single checks don't express.
    Rules,
    /// Random values of types.
    Arbitrary,
    /// A multipart body.
    Multipart,
    /// Webhooks or callbacks.
    Incoming,
    /// A body that is a stream of bytes.
    Bytes,
    /// Events or lines.
    Stream,
    /// A parameter or form that isn't a scalar or a list of scalars.
    Structure,
    Xml,
    /// An operation that lists page by page.
    Paging,
    /// One that does so by what is in the body of requests.
    PagingInBody,
    /// A link of a response.
    Links,
    /// An operation that goes on after its response.
    Polling,
    /// The description, to be served.
    Document,
    /// A path with several operations.
    Choice,
    /// A type of another crate.
    Foreign,
    /// Base64 text for bytes in a type of another crate.
    Base64Bytes,
    /// A scheme whose credential is a token.
    Tokens,
    /// A scheme of OAuth 2 or OpenID Connect.
    OAuth,
    /// Users of a program who log in by such a scheme.
    Login,
}

/// The uses in a crate.
#[derive(Debug, Clone, Default)]
pub(super) struct Uses(BTreeSet<Use>);

impl Uses {
    pub(super) fn of(items: &[TypeItem], headers: &[Headers], groups: &[Group]) -> Self {
        let mut uses = Self::default();
        for item in items {
            uses.item(item);
            item.types().into_iter().for_each(|ty| uses.ty(ty));
            uses.checks(item.checks());
        }
        headers
            .iter()
            .flat_map(|headers| &headers.fields)
            .for_each(|field| uses.ty(&field.ty));
        let is_incoming = groups.iter().any(|group| group.kind != GroupKind::Calls);
        uses.add(is_incoming, Use::Incoming);
        for operation in groups.iter().flat_map(|group| &group.operations) {
            let is_structured = operation.all_parameters().any(|parameter| {
                parameter.allow_reserved
                    || parameter.allow_empty
                    || matches!(parameter.style, ParameterStyle::Styled(..))
            });
            uses.add(is_structured, Use::Structure);
            uses.add(operation.paging.is_some(), Use::Paging);
            let in_body = operation.paging.as_ref().is_some_and(|one| one.in_body);
            uses.add(in_body, Use::PagingInBody);
            uses.add(!operation.links.is_empty(), Use::Links);
            uses.add(operation.long_running.is_some(), Use::Polling);
            operation.types().for_each(|ty| uses.ty(ty));
            uses.checks(operation.request_checks());
            uses.checks(operation.form_checks());
            uses.0
                .extend(operation.payloads().filter_map(Self::of_payload));
        }
        uses
    }

    pub(super) fn just(uses: impl IntoIterator<Item = Use>) -> Self {
        Self(uses.into_iter().collect())
    }

    pub(super) fn has(&self, one: Use) -> bool {
        self.0.contains(&one)
    }

    /// Adds a use if a condition holds.
    pub(super) fn add(&mut self, is_used: bool, one: Use) {
        self.0.extend(is_used.then_some(one));
    }

    pub(super) fn rules(&mut self, rules: &RuleTables) {
        self.add(!rules.is_empty(), Use::Rules);
        let mut patterns = rules.patterns.values();
        let backtracks = patterns.any(|(_, pattern)| pattern.backtracks);
        self.add(backtracks, Use::Backtracking);
    }

    /// The uses of an item, apart from its types and checks.
    fn item(&mut self, item: &TypeItem) {
        match item {
            TypeItem::Struct(item) => {
                self.add(true, Use::Object);
                let has_integers = item.fields.iter().any(|field| field.ty.is_whole());
                self.add(has_integers, Use::WholeNumber);
                let has_constants = item.fields.iter().any(|field| field.only.is_some());
                self.add(has_constants, Use::Constant);
            }
            TypeItem::StringEnum(_) => self.add(true, Use::StringEnum),
            TypeItem::IntegerEnum(_) => self.add(true, Use::IntegerEnum),
            TypeItem::Union(item) => {
                self.add(true, Use::Union);
                self.add(item.writes_tags(), Use::WrittenTag);
            }
            TypeItem::Alias(_) => {}
            TypeItem::Foreign(item) => {
                self.add(true, Use::Foreign);
                let is_base64 = item.with.as_deref() == Some(BASE64);
                self.add(is_base64, Use::Base64Bytes);
            }
        }
    }

    fn checks<'c>(&mut self, checks: impl IntoIterator<Item = &'c Check>) {
        for check in checks.into_iter().flat_map(Check::all) {
            if let Some(pattern) = check.pattern() {
                self.add(true, Use::Pattern);
                self.add(pattern.backtracks, Use::Backtracking);
            }
            if let Check::Grammar(grammar) = check {
                let is_regex = *grammar == Grammar::Regex;
                self.add(true, if is_regex { Use::Regex } else { Use::Grammar });
            }
        }
    }

    fn of_payload(payload: &Payload) -> Option<Use> {
        match payload {
            Payload::Multipart(_) => Some(Use::Multipart),
            Payload::Xml(_) => Some(Use::Xml),
            Payload::Events(_) | Payload::Lines(_) => Some(Use::Stream),
            Payload::Form(..) => Some(Use::Structure),
            Payload::Bytes => Some(Use::Bytes),
            Payload::Empty | Payload::Json(_) | Payload::Text => None,
        }
    }

    fn ty(&mut self, ty: &Ty) {
        for ty in ty.all() {
            if let Ty::Text(text) = ty {
                self.add(true, Use::Text(*text));
            }
            self.add(matches!(ty, Ty::Tuple(_)), Use::Tuple);
        }
    }
}
