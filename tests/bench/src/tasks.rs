//! The tasks by their names.

use crate::by_hand::types as hand;
use crate::client::{self, Canned};
use crate::server::{self, Case};
use crate::shop::types as shop;
use crate::{Task, many, routes, types, values};

/// The names of all tasks, and what makes each: by generated code, and by hand.
macro_rules! tasks {
    ($($name:ident: $ours:expr, $by_hand:expr;)*) => {
        /// The names of all tasks.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// A task, done by generated code or by hand.
        ///
        /// # Panics
        /// There is no task of this name.
        #[must_use]
        pub fn named(name: &str, is_ours: bool) -> Task {
            match (name, is_ours) {
                $(
                    (stringify!($name), true) => $ours,
                    (stringify!($name), false) => $by_hand,
                )*
                _ => panic!("there is no task {name}"),
            }
        }
    };
}

tasks! {
    object_read: types::read::<shop::App>(values::app(7).to_string()), types::read::<hand::App>(values::app(7).to_string());
    object_write: types::write::<shop::App>(&values::app(7).to_string()), types::write::<hand::App>(&values::app(7).to_string());
    list_read: types::read::<Vec<shop::App>>(values::apps(60)), types::read::<Vec<hand::App>>(values::apps(60));
    list_write: types::write::<Vec<shop::App>>(&values::apps(60)), types::write::<Vec<hand::App>>(&values::apps(60));
    union_by_tag_read: types::read::<shop::Drawing>(values::drawing()), types::read::<hand::Drawing>(values::drawing());
    union_by_tag_write: types::write::<shop::Drawing>(&values::drawing()), types::write::<hand::Drawing>(&values::drawing());
    union_by_kind_read: types::read::<shop::Sheet>(values::sheet()), types::read::<hand::Sheet>(values::sheet());
    union_by_field_read: types::read::<shop::Payments>(values::payments()), types::read::<hand::Payments>(values::payments());
    union_in_order_read: types::read::<shop::Contacts>(values::contacts()), types::read::<hand::Contacts>(values::contacts());
    expandable_read: types::read::<shop::Charges>(values::charges()), types::read::<hand::Charges>(values::charges());
    client_one: client::get_ours(Canned::one()), client::get_by_hand(Canned::one());
    client_list: client::list_ours(Canned::list()), client::list_by_hand(Canned::list());
    client_megabyte: client::list_ours(Canned::megabyte()), client::list_by_hand(Canned::megabyte());
    client_not_found: client::fail_ours(Canned::not_found()), client::fail_by_hand(Canned::not_found());
    server_one: server::ours(Case::one()), server::by_hand(Case::one());
    server_list: server::ours(Case::list()), server::by_hand(Case::list());
    server_create: server::ours(Case::create()), server::by_hand(Case::create());
    server_refused: server::ours(Case::refused()), server::by_hand(Case::refused());
    server_not_found: server::ours(Case::not_found()), server::by_hand(Case::not_found());
    server_not_allowed: server::ours(Case::not_allowed()), server::by_hand(Case::not_allowed());
    routes: routes::ours(), routes::by_hand();
    operations: many::ours(), many::by_hand();
}
