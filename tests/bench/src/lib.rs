//! What is counted by `src/bin/count.rs`: each task done by generated code, and by code that a careful engineer writes by hand
//! with serde's derive, axum and the same checks. `README.md` has the results.

pub mod by_hand;
pub mod client;
pub mod many;
pub mod routes;
pub mod server;
pub mod tasks;
pub mod types;
pub mod values;

/// What specwright makes of `api.yaml`.
#[allow(missing_docs, unreachable_pub, clippy::pedantic)]
pub mod shop {
    include!(concat!(env!("OUT_DIR"), "/shop/mod.rs"));
}

/// A task that is done again and again; what it needs is ready, and it was done before.
pub type Task = Box<dyn FnMut()>;

/// A task that was done once, so that what happens only the first time isn't counted.
pub fn task(mut run: impl FnMut() + 'static) -> Task {
    for _ in 0..3 {
        run();
    }
    Box::new(run)
}

/// Does a task. `run.py` has callgrind count between the beginning and the end of this function.
#[inline(never)]
pub fn counted_by_callgrind(task: &mut Task) {
    std::hint::black_box(task)();
}
