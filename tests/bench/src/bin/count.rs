//! Does a task by generated code or by hand: `run.py` counts the instructions. Each has a process of its own, so that it finds the same
//! memory whatever other tasks there are.
//!
//! `count` prints the names of all tasks; `count NAME ours|by-hand` does one.

use specwright_bench::counted_by_callgrind;
use specwright_bench::tasks::{NAMES, named};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [name, side] => counted_by_callgrind(&mut named(name, side == "ours")),
        _ => println!("{}", NAMES.join("\n")),
    }
}
