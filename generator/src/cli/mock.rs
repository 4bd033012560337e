//! `mock`: serves a description.

use super::output::Terminal;
use super::settings::Settings;
use super::{Common, MockFlags, show};
use specwright::diag::Code;
use specwright::diag::render::printable;
use specwright::mock::{Call, Mock};
use specwright::pipeline;
use std::sync::Arc;

/// Serves a description until the process ends, or checks that all responses can be made; whether that went well.
pub(super) fn mock(flags: &MockFlags, common: &Common, terminal: &mut Terminal) -> bool {
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let options = settings.options(&flags.spec);
    let described = show::read(
        &flags.spec,
        &options,
        terminal,
        |sources, entry, diagnostics| pipeline::described(sources, entry, &options, diagnostics),
    );
    let Some(described) = described else {
        return false;
    };
    let mut mock = Mock::builder(&flags.spec)
        .port(flags.port)
        .host(flags.host)
        .seed(flags.seed)
        .dynamic(flags.dynamic)
        .stateful(flags.stateful)
        .lenient(flags.lenient);
    if flags.check {
        let notes = mock.check(described);
        Terminal::error(&notes.iter().map(line).collect::<String>());
        return notes.is_empty();
    }
    if !common.quiet {
        mock = mock.watch(Arc::new(|call, notes| Terminal::error(&told(call, notes))));
    }
    match mock.serve(described) {
        Ok(mock) => {
            terminal.result(&format!(
                "mock of {} at {}\n",
                flags.spec.display(),
                mock.url()
            ));
            mock.wait();
            true
        }
        Err(code) => {
            Terminal::error(&format!(
                "error[{}]: {}\n  help: {}\n",
                code.id(),
                code.title(),
                code.help()
            ));
            false
        }
    }
}

/// A call in a line, and what couldn't be made as described.
fn told(call: &Call, notes: &[Code]) -> String {
    let request = &call.request;
    let operation = match &call.operation {
        Some(operation) => format!(" ({operation})"),
        None => String::new(),
    };
    let line = format!(
        "{} {} -> {}{operation}",
        request.method, request.path, call.status
    );
    let notes: String = notes.iter().map(self::line).collect();
    format!("{}\n{notes}", printable(&line))
}

fn line(code: &Code) -> String {
    let line = format!("warning[{}]: {}", code.id(), code.title());
    format!("{}\n", printable(&line))
}
