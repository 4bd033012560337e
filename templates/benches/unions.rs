//! How the time to read and check unions within unions grows: `cargo bench -p specwright-templates --bench unions`.
//!
//! Nests values of a depth, twice and four times that, in shapes that make several variants possible on each level. Prints microseconds
//! for each, and fails if the deepest takes 10 ms to read, or more than 40 times what the shallowest does: four times the depth may
//! cost its square, as each level may be read again with what is below it, and no more.

use sample_types::{Sum, Validate, Value};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A name, and what is before and behind what it holds.
type Shape = (&'static str, &'static str, &'static str);

const SHAPES: [Shape; 6] = [
    ("arrays", "[", "]"),
    ("maps", r#"{"name":"#, "}"),
    ("objects", r#"{"of":"#, "}"),
    ("unknown", r#"{"new":{},"suffix":"m","of":"#, "}"),
    ("mixed", r#"{"prefix":"m","of":["#, "]}"),
    ("broken", r#"{"prefix":1,"of":"#, "}"),
];

/// What is innermost: a value that holds, one of no type, one that breaks a constraint, one with an unknown property.
const INNERMOST: [&str; 4] = ["1", r#""x""#, "1001", r#"{"of":1,"new":1}"#];

const DEPTHS: [usize; 3] = [25, 50, 100];

fn main() -> ExitCode {
    let mut holds = true;
    println!(
        "{:10} {:18} {:>9} {:>9} {:>9}  µs to read, then to check",
        "", "", 25, 50, 100
    );
    for (name, before, behind) in SHAPES {
        for innermost in INNERMOST {
            let texts =
                DEPTHS.map(|depth| before.repeat(depth) + innermost + &behind.repeat(depth));
            let read = texts.each_ref().map(|text| {
                fastest(|| {
                    let _ = serde_json::from_str::<Sum>(text);
                })
            });
            let check = texts.each_ref().map(|text| {
                let value = serde_json::from_str::<Sum>(text).ok();
                fastest(|| {
                    let _ = value.as_ref().map(Validate::validate);
                })
            });
            print_line(name, innermost, read);
            print_line("", "", check);
            let grows = |times: [Duration; 3]| times[2] > times[0] * 40 + Duration::from_millis(1);
            holds &= read[2] < Duration::from_millis(10) && !grows(read) && !grows(check);
        }
    }
    wide();
    match holds {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// What the most expensive value of 400 kB costs, beside reading it as JSON.
fn wide() {
    let list = format!("[{}]", vec!["0"; 200_000].join(","));
    let text = r#"{"new":1,"of":"#.repeat(100) + &list + &"}".repeat(100);
    for (name, text) in [("wide", &list), ("wide, deep", &text)] {
        let json = fastest(|| {
            let _ = serde_json::from_str::<Value>(text);
        });
        let read = fastest(|| {
            let _ = serde_json::from_str::<Sum>(text);
        });
        println!(
            "{name:10} {:18} {json:>9.0?} {read:>9.0?}  as JSON, as a union",
            ""
        );
    }
}

fn print_line(name: &str, innermost: &str, times: [Duration; 3]) {
    let [a, b, c] = times.map(|time| time.as_secs_f64() * 1e6);
    println!("{name:10} {innermost:18} {a:>9.1} {b:>9.1} {c:>9.1}");
}

/// The least of a few times.
fn fastest(run: impl Fn()) -> Duration {
    let begin = Instant::now();
    let times = (0..20).map_while(|round| {
        let is_enough = round > 2 && begin.elapsed() > Duration::from_secs(1);
        let start = Instant::now();
        (!is_enough).then(&run)?;
        Some(start.elapsed())
    });
    times.min().unwrap_or_default()
}
