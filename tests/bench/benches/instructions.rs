//! Counts the instructions of each task of `src/`, by generated code and by hand: `tests/bench/run.py` makes the table of them.

use gungraun::prelude::*;
use specwright_bench::client::{self, Canned};
use specwright_bench::server::{self, Case};
use specwright_bench::{Task, by_hand::types as hand, shop::types as shop, types, values};
use std::hint::black_box;

/// Declares a benchmark: a name, the task done by generated code, and the same by hand.
macro_rules! count {
    ($($name:ident: $ours:expr, $by_hand:expr;)*) => {
        $(
            #[library_benchmark]
            #[bench::ours(args = (), setup = || -> Task { $ours })]
            #[bench::by_hand(args = (), setup = || -> Task { $by_hand })]
            fn $name(mut task: Task) -> Task {
                black_box(&mut task)();
                task
            }
        )*
        library_benchmark_group!(name = instructions, benchmarks = [$($name),*]);
    };
}

count! {
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
}

main!(library_benchmark_groups = instructions);
