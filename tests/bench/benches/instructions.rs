//! Counts the instructions of each task of `src/tasks.rs`, by generated code and by hand: `tests/bench/run.py` makes the table of them.

use gungraun::prelude::*;
use specwright_bench::{Task, tasks::named};
use std::hint::black_box;

/// A benchmark for each task.
macro_rules! count {
    ($($name:ident)*) => {
        $(
            #[library_benchmark(setup = named)]
            #[bench::ours(stringify!($name), true)]
            #[bench::by_hand(stringify!($name), false)]
            fn $name(mut task: Task) -> Task {
                black_box(&mut task)();
                task
            }
        )*
        library_benchmark_group!(name = instructions, benchmarks = [$($name),*]);
    };
}

count! {
    object_read
    object_write
    list_read
    list_write
    union_by_tag_read
    union_by_tag_write
    union_by_kind_read
    union_by_field_read
    union_in_order_read
    expandable_read
    client_one
    client_list
    client_megabyte
    client_not_found
    server_one
    server_list
    server_create
    server_refused
    server_not_found
    server_not_allowed
    routes
    operations
}

main!(library_benchmark_groups = instructions);
