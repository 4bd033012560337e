//! Runs one document through all stages, and checks the results.

use crate::sinks;
use specwright::CrateKind;
use specwright::config::{Options, PackageName};
use specwright::diag::Diagnostics;
use specwright::diag::render::{Format, render};
use specwright::pipeline::{Stage, assess, compile, dump};
use specwright::source::Sources;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// The place of this thread's last panic.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Whether the document gives output; an error is a defect of the generator.
pub(crate) fn run(text: &str) -> Result<bool, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            let payload = info.payload();
            let text = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied());
            PANIC.set(format!("{place}: {}", text.unwrap_or_default()));
        }));
    });
    let result = catch_unwind(AssertUnwindSafe(|| stages(text)))
        .unwrap_or_else(|_| Err(format!("panics at {}", PANIC.take())));
    // Otherwise spans of parsed files accumulate, gigabytes in an hour.
    proc_macro2::extra::invalidate_current_thread_spans();
    result
}

fn stages(text: &str) -> Result<bool, String> {
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(&[("openapi.yaml", text)], &mut diagnostics);
    let mut options = Options::new(PackageName::new("fuzzed").map_err(|code| code.title())?);
    options.emit = CrateKind::ALL.to_vec();
    let output = entry.and_then(|entry| compile(&sources, entry, &options, &mut diagnostics));
    for format in [Format::Human, Format::Json] {
        let _ = render(&diagnostics, &sources, format, false);
    }
    if let Some(entry) = entry {
        let mut again = Diagnostics::default();
        let report = assess(&sources, entry, &options, &mut again);
        let _ = report.map(|report| report.to_text(&sources, false));
        let _ = dump(Stage::Plan, &sources, entry, &options, &mut again);
    }
    match output {
        None if diagnostics.has_errors() => Ok(false),
        None => Err("neither output nor an error".to_owned()),
        Some(_) if diagnostics.has_errors() => Err("output in spite of errors".to_owned()),
        Some(output) => sinks::wrong(&output, "fuzzed").map_or(Ok(true), Err),
    }
}
