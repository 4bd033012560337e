//! rustfmt's rules where prettyplease has others, line by line.

use std::borrow::Cow;

/// Columns in a line.
const LINE: usize = 100;

/// Columns of the fields of a struct literal that stays on one line.
const LITERAL: usize = 18;

/// Columns of the arguments of a call that stay on one line.
const CALL: usize = 60;

/// The text with rustfmt's line breaks and a blank line between items.
pub(super) fn reflow(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let lines = join(&lines);
    let lines = spaced(&lines);
    lines.join("\n") + "\n"
}

/// Columns of a text: letters of East Asian scripts take two.
fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Lays out anew what prettyplease breaks elsewhere than rustfmt.
fn join(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        if let Some((laid_out, used)) = signature(rest)
            .or_else(|| generic(rest))
            .or_else(|| call(rest))
            .or_else(|| long_check(rest))
            .or_else(|| literal(rest))
            .or_else(|| long_literal(rest))
            .or_else(|| chain(rest))
            .or_else(|| awaited(rest))
            .or_else(|| closure(rest))
            .or_else(|| xml_call(rest))
            .or_else(|| xml_body(rest))
            .or_else(|| arm(rest))
            .or_else(|| request_chain(rest))
            .or_else(|| form_call(rest))
            .or_else(|| styled_path(rest))
            .or_else(|| only_array(rest))
            .or_else(|| only_choice(rest))
            .or_else(|| optional_parts(rest))
            .or_else(|| bounds(rest))
            .or_else(|| alias(rest))
        {
            out.extend(laid_out);
            at += used;
        } else {
            out.push(lines[at].clone());
            at += 1;
        }
    }
    out
}

/// The signature of a function that begins on the first line, and how many lines it took.
fn signature(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines.first()?;
    let head = first.trim_start();
    let is_function = [
        "fn ",
        "pub fn ",
        "pub(super) fn ",
        "async fn ",
        "pub(super) async fn ",
    ]
    .iter()
    .any(|begin| head.starts_with(begin));
    if !is_function {
        return None;
    }
    let used = lines.iter().position(|line| {
        line.ends_with(" {")
            || line.ends_with(';')
            || line.ends_with(')')
            || line.trim() == "where"
            || line.ends_with("{}")
    })? + 1;
    // A `where` clause stays as it is: only what stands before it is laid out.
    let (taken, end) = match lines[used - 1].trim() {
        "where" => (used - 1, ""),
        _ => (used, ""),
    };
    let text = lines[..taken]
        .iter()
        .map(|line| line.trim())
        .fold(String::new(), appended);
    let (open, close) = parameter_list(&text)?;
    let parameters = split(&text[open + 1..close]);
    let laid_out = laid_out(
        &" ".repeat(indent(first)),
        &text[..=open],
        &parameters,
        &text[close..],
        end,
    );
    Some((laid_out, taken))
}

/// Lines that were broken, as one: nothing behind an opening bracket, a space elsewhere, no comma before a closing one.
fn appended(mut text: String, line: &str) -> String {
    if line.starts_with([')', '>', ']']) {
        if text.ends_with(',') {
            text.pop();
        }
    } else if !text.is_empty() && !text.ends_with(['(', '<', '[']) {
        text.push(' ');
    }
    text + line
}

/// Where the parameters begin and end.
fn parameter_list(text: &str) -> Option<(usize, usize)> {
    let open = text
        .find('(')
        .filter(|_| !text.starts_with("pub("))
        .or_else(|| {
            text.find("fn ")
                .and_then(|at| text[at..].find('(').map(|open| at + open))
        })?;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < open) {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some((open, at)),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The parts between commas outside of brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part).trim().to_owned());
        } else {
            part.push(c);
        }
    }
    parts.extend(Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
    parts
}

fn laid_out(
    indent: &str,
    open: &str,
    parameters: &[String],
    close: &str,
    end: &str,
) -> Vec<String> {
    let fits = |line: &str| width(line) <= LINE;
    let one_line = format!("{indent}{open}{}{close}{end}", parameters.join(", "));
    if fits(&one_line) {
        return vec![one_line];
    }
    let mut lines = vec![format!("{indent}{open}")];
    lines.extend(
        parameters
            .iter()
            .map(|parameter| format!("{indent}    {parameter},")),
    );
    let last = format!("{indent}{close}");
    if fits(&last) {
        lines.push(last);
        return lines;
    }
    let (without_brace, brace) = last
        .strip_suffix(" {")
        .map_or((last.as_str(), None), |rest| {
            (rest, Some(format!("{indent}{{")))
        });
    let (future, bounds) = without_brace
        .rsplit_once(" + ")
        .unwrap_or((without_brace, ""));
    match future.split_once(" -> impl Future<Output = ") {
        // rustfmt measures the first bound only, and lets one column more go by in another way.
        _ if fits(future) => lines.extend(std::iter::once(without_brace.to_owned()).chain(brace)),
        Some(_) if width(future) == LINE + 1 => {
            lines.extend([future.to_owned(), format!("{indent}+ {bounds} {{")]);
        }
        Some((before, result)) => lines.extend([
            format!("{before} -> impl Future<"),
            format!(
                "{indent}    Output = {},",
                result.strip_suffix('>').unwrap_or(result)
            ),
            format!("{indent}> + {bounds} {{"),
        ]),
        None => lines.push(last),
    }
    lines
}

/// A call whose arguments stand on lines of their own, as one line if rustfmt has it so.
fn call(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines.first()?;
    if first.trim_start().starts_with("//") || !first.ends_with('(') {
        return None;
    }
    let (inner, close) = block(lines, ')')?;
    let arguments = inner.join(" ");
    let arguments = arguments.strip_suffix(',').unwrap_or(&arguments);
    let line = format!("{first}{arguments}{}", lines[close].trim_start());
    let (target, value) = line.split_once(" = ").unwrap_or((&line, ""));
    let value_line = format!("{}    {value}", " ".repeat(indent(first)));
    if width(arguments) <= CALL && width(&line) <= LINE {
        return Some((vec![line], close + 1));
    }
    // An assignment is broken behind its `=` if that makes the value fit.
    let assigned = !value.is_empty() && width(&value_line) <= LINE && width(arguments) <= CALL;
    assigned.then(|| (vec![format!("{target} ="), value_line], close + 1))
}

/// A check of a value, `v.one_of(value, "…");`, whose arguments are too long for one line.
fn long_check(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let (head, rest) = line.split_once('(')?;
    let arguments = rest.strip_suffix(");")?;
    if !head.trim_start().starts_with("v.") || width(arguments) <= CALL {
        return None;
    }
    // Only the last argument is text.
    let (value, text) = arguments.split_once(", \"")?;
    let indent = " ".repeat(indent(line));
    let out = vec![
        format!("{head}("),
        format!("{indent}    {value},"),
        format!("{indent}    \"{text},"),
        format!("{indent});"),
    ];
    Some((out, 1))
}

/// A type whose arguments stand on lines of their own, as one line if there is room.
fn generic(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines
        .first()
        .filter(|line| line.ends_with('<') && !line.trim_start().starts_with("//"))?;
    let (inner, close) = block(lines, '>')?;
    let arguments = inner.join(" ");
    let line = format!(
        "{first}{}{}",
        arguments.strip_suffix(',').unwrap_or(&arguments),
        lines[close].trim_start()
    );
    (width(&line) <= LINE).then(|| (vec![line], close + 1))
}

/// `Name { field }`: a struct literal that is short.
fn literal(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines.first()?;
    let name = first.trim_start().strip_suffix(" {")?;
    if !name.starts_with(|c: char| c.is_ascii_uppercase())
        || !name.chars().all(|c| c.is_alphanumeric() || c == '_')
    {
        return None;
    }
    let (inner, close) = block(lines, '}')?;
    let fields = inner.join(" ");
    let fields = fields.strip_suffix(',').unwrap_or(&fields);
    let line = format!("{first} {fields} {}", lines[close].trim_start());
    (width(fields) <= LITERAL && width(&line) <= LINE).then(|| (vec![line], close + 1))
}

/// A struct literal that is too long for one line, a field a line.
fn long_literal(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let (head, rest) = line.split_once(" { ")?;
    let name = head.rsplit([' ', '(']).next()?;
    let (fields, tail) = rest.rsplit_once(" }")?;
    let is_literal = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_literal
        || head.trim_start().starts_with(['/', '#'])
        || head.contains("impl ")
        || width(fields) <= LITERAL
        || fields.contains('"')
    {
        return None;
    }
    let indent = " ".repeat(indent(line));
    let mut out = vec![format!("{head} {{")];
    out.extend(
        split(fields)
            .into_iter()
            .map(|field| format!("{indent}    {field},")),
    );
    out.push(format!("{indent}}}{tail}"));
    Some((out, 1))
}

/// A chain of calls that is too long for one line, a call a line.
fn chain(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let at = line.find(" exchange.")? + 1;
    let end = line
        .rfind([',', ';'])
        .filter(|end| *end + 1 == line.len())?;
    let (first, second) = line[at..end].split_once("?.")?;
    if width(&line[at..end]) <= CALL || line.trim_start().starts_with("//") {
        return None;
    }
    let indent = " ".repeat(indent(line) + 4);
    let (receiver, call) = first.split_once('.')?;
    Some((
        vec![
            format!("{}{receiver}", &line[..at]),
            format!("{indent}.{call}?"),
            format!("{indent}.{second}{}", &line[end..]),
        ],
        1,
    ))
}

/// An alias, too long for one line: its type gets one of its own.
fn alias(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first().filter(|line| width(line) > LINE)?;
    let (name, ty) = line
        .strip_prefix("pub type ")
        .and_then(|rest| rest.split_once(" = "))?;
    let name = format!("pub type {name} =");
    Some((vec![name, format!("    {ty}")], 1))
}

/// The call of a provider, too long for one line: a step of the chain a line.
fn awaited(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let (target, call) = line.split_once(" = server.api.")?;
    let call = call
        .strip_suffix(".await;")
        .filter(|call| "server.api..await".len() + width(call) > CALL)?;
    let indent = " ".repeat(indent(line) + 4);
    let steps = [".api", &format!(".{call}"), ".await;"].map(|step| format!("{indent}{step}"));
    Some((
        std::iter::once(format!("{target} = server"))
            .chain(steps)
            .collect(),
        1,
    ))
}

/// A call with a closure behind its other arguments, too long for one line: the closure gets a block.
fn closure(lines: &[String]) -> Option<(Vec<String>, usize)> {
    const ARGUMENTS: &str = "answer, |body| ";
    let first = lines.first()?;
    let (head, body, used) = if let Some((head, body)) = first.split_once("reply(answer, |body| ") {
        (head, body.strip_suffix(')')?, 1)
    } else {
        let head = first.strip_suffix("reply(")?;
        let [_, answer, closure, _, ..] = lines else {
            return None;
        };
        let body = closure.trim().strip_prefix("|body| ")?.strip_suffix(',')?;
        (head, body, (answer.trim() == "answer,").then_some(4)?)
    };
    let too_long = width(ARGUMENTS) + width(body) > CALL;
    let indent = " ".repeat(indent(first));
    too_long.then(|| {
        let out = vec![
            format!("{head}reply(answer, |body| {{"),
            format!("{indent}    {body}"),
            format!("{indent}}})"),
        ];
        (out, used)
    })
}

/// `self.request.query_styled(…);`, a chain that is too long for one line.
fn request_chain(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let call = line.trim_start().strip_prefix("self.request.")?;
    let chain = line.trim_start().strip_suffix(';')?;
    let indent = " ".repeat(indent(line));
    (width(chain) > CALL).then(|| {
        let out = vec![
            format!("{indent}self.request"),
            format!("{indent}    .{call}"),
        ];
        (out, 1)
    })
}

/// A call that reads or writes XML, alone in its statement or in its arm: in one line if its arguments fit, else an argument a line.
fn xml_call(lines: &[String]) -> Option<(Vec<String>, usize)> {
    const CALLS: [&str; 5] = [
        "accept.reply",
        "request.xml(",
        "response.into_xml",
        "self.request.xml(",
        "support::xml(",
    ];
    let first = lines.first()?;
    let in_block = first.strip_suffix(" => {");
    let (call, merged) = with_receiver(&lines[usize::from(in_block.is_some())..]);
    let call = &call[..];
    let (head, text) = if let Some(head) = in_block {
        (format!("{head} => "), call.first()?.trim_start())
    } else {
        let first = call.first()?;
        let at = first
            .find(" => ")
            .map_or(indent(first), |at| at + " => ".len());
        (first[..at].to_owned(), &first[at..])
    };
    CALLS.iter().find(|call| text.starts_with(**call))?;
    let (text, used) = if call.first()?.ends_with('(') {
        let (inner, close) = block(call, ')')?;
        let arguments = inner.join(" ");
        let arguments = arguments.trim_end_matches(',');
        let end = call[close].trim_start();
        (format!("{text}{arguments}{end}"), close + 1)
    } else {
        (text.to_owned(), 1)
    };
    let open = text.find('(')?;
    let end = text.rfind(')')?;
    let (name, arguments, tail) = (&text[..open], &text[open + 1..end], &text[end + 1..]);
    if in_block.is_some() && call.get(used)?.trim() != "}" {
        return None;
    }
    let (tail, used) = match in_block {
        Some(_) => (",", used + merged + 2),
        None => (tail, used + merged),
    };
    let depth = " ".repeat(indent(first));
    let fits = width(arguments) <= CALL;
    let one_line = format!("{head}{name}({arguments}){tail}");
    let is_chain = name.starts_with("self.") && width(name) + width(arguments) + 2 > CALL;
    let lines = match (fits && !is_chain, in_block) {
        (true, _) if width(&one_line) <= LINE => vec![one_line],
        (true, Some(head)) => vec![
            format!("{head} => {{"),
            format!("{depth}    {name}({arguments})"),
            format!("{depth}}}"),
        ],
        (false, Some(head)) if is_chain && fits => {
            let mut out = vec![format!("{head} => {{")];
            out.extend(broken_chain(&format!("{depth}    "), name, arguments, ""));
            out.push(format!("{depth}}}"));
            out
        }
        (_, None) if is_chain && fits => broken_chain(&depth, name, arguments, tail),
        _ => {
            let mut out = vec![format!("{head}{name}(")];
            out.extend(
                split(arguments)
                    .iter()
                    .map(|argument| format!("{depth}    {argument},")),
            );
            out.push(format!("{depth}){tail}"));
            out
        }
    };
    Some((lines, used))
}

/// `let body = exchange.xml(…).await?;`, a chain that is too long for one line.
fn xml_body(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let (target, call) = line.split_once(" = exchange.xml")?;
    let call = call.strip_suffix(".await?;")?;
    let indent = " ".repeat(indent(line) + 4);
    (width("exchange.xml.await?") + width(call) > CALL).then(|| {
        let out = vec![
            format!("{target} = exchange"),
            format!("{indent}.xml{call}"),
            format!("{indent}.await?;"),
        ];
        (out, 1)
    })
}

/// Lines of a call, with what it is called on in its first line, and whether that stood in a line of its own.
fn with_receiver(lines: &[String]) -> (Cow<'_, [String]>, usize) {
    let [receiver, call, ..] = lines else {
        return (Cow::Borrowed(lines), 0);
    };
    let is_receiver = matches!(receiver.trim(), "response" | "self.request");
    if !is_receiver || !call.trim_start().starts_with('.') {
        return (Cow::Borrowed(lines), 0);
    }
    let depth = indent(receiver);
    let mut joined = vec![format!("{receiver}{}", call.trim_start())];
    let rest = lines[2..].iter();
    joined.extend(
        rest.clone()
            .take_while(|line| indent(line) > depth)
            .map(|line| line.replacen("    ", "", 1)),
    );
    // What stands behind it.
    let used = joined.len();
    joined.extend(rest.skip(used - 1).take(1).cloned());
    (Cow::Owned(joined), 1)
}

/// `self.request.xml(…)`, the call on a line of its own.
fn broken_chain(depth: &str, name: &str, arguments: &str, tail: &str) -> Vec<String> {
    let (receiver, method) = name.rsplit_once('.').unwrap_or((name, ""));
    vec![
        format!("{depth}{receiver}"),
        format!("{depth}    .{method}({arguments}){tail}"),
    ]
}

/// `Some(if … { … } else { … })`: the brackets stand together.
fn only_choice(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines.first().filter(|line| line.ends_with("Some("))?;
    let depth = indent(first);
    let choice = lines.get(1)?.trim_start();
    let close = lines
        .iter()
        .position(|line| line.trim() == "}," && indent(line) == depth + 4)?;
    let end = lines.get(close + 1)?.trim_start().strip_prefix(')')?;
    if !choice.starts_with("if exchange.takes(") {
        return None;
    }
    let mut out = vec![format!("{first}{choice}")];
    let inner = lines[2..close].iter();
    out.extend(inner.map(|line| line.replacen("    ", "", 1)));
    out.push(format!("{}}}){end}", " ".repeat(depth)));
    Some((out, close + 2))
}

/// `request.form(&body, &[…]);`, whose arguments are too long for one line.
fn form_call(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let arguments = line.trim_start().strip_prefix("request.form(&body, ")?;
    let list = arguments.strip_suffix(");")?;
    let indent = " ".repeat(indent(line));
    (width("&body, ") + width(list) > CALL).then(|| {
        let out = vec![
            format!("{indent}request.form("),
            format!("{indent}    &body,"),
            format!("{indent}    {list},"),
            format!("{indent});"),
        ];
        (out, 1)
    })
}

/// `let name: T = exchange` and what is called on it: broken behind the `=` if that makes it fit.
fn styled_path(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let [first, call, ..] = lines else {
        return None;
    };
    let target = first.strip_suffix(" = exchange")?;
    let call = call.trim_start();
    let value = format!("{}    exchange{call}", " ".repeat(indent(first)));
    (call.starts_with(".path_styled(") && width(&value) <= LINE)
        .then(|| (vec![format!("{target} ="), value], 2))
}

/// A call whose only argument is a list over several lines: the brackets stand together.
fn only_array(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines.first().filter(|line| line.ends_with('('))?;
    let depth = indent(first);
    if lines.get(1)?.trim() != "&[" {
        return None;
    }
    let close = lines
        .iter()
        .position(|line| line.trim() == "]," && indent(line) == depth + 4)?;
    let end = lines.get(close + 1)?.trim_start().strip_prefix(')')?;
    let mut out = vec![format!("{first}&[")];
    out.extend(
        lines[2..close]
            .iter()
            .map(|line| line.replacen("    ", "", 1)),
    );
    out.push(format!("{}]){end}", " ".repeat(depth)));
    Some((out, close + 2))
}

/// `let body = if exchange.has_body() { Some(…) } else { None };`, too long for one line.
fn optional_parts(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let line = lines.first()?;
    let (head, rest) = line.split_once("if exchange.has_body() { ")?;
    let value = rest.strip_suffix(" } else { None };")?;
    let indent = " ".repeat(indent(line));
    let out = vec![
        format!("{head}if exchange.has_body() {{"),
        format!("{indent}    {value}"),
        format!("{indent}}} else {{"),
        format!("{indent}    None"),
        format!("{indent}}};"),
    ];
    Some((out, 1))
}

/// An arm whose only expression stands in a block, as one line if there is room.
fn arm(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let [first, body, last, ..] = lines else {
        return None;
    };
    let head = first.strip_suffix(" => {")?;
    let body = body.trim();
    let line = format!("{head} => {body},");
    let is_call =
        body.ends_with(')') && !body.starts_with("//") && body.matches('"').count() % 2 == 0;
    (is_call && last.trim() == "}" && width(&line) <= LINE).then(|| (vec![line], 3))
}

/// The bounds of a type in a `where`, too long for one line: a bound a line.
fn bounds(lines: &[String]) -> Option<(Vec<String>, usize)> {
    let first = lines.first()?;
    let more = lines
        .iter()
        .skip(1)
        .take_while(|line| line.trim_start().starts_with("+ "))
        .count();
    if more == 0 || !first.contains(": ") || first.contains('"') {
        return None;
    }
    let joined = lines[..=more]
        .iter()
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ");
    let indent = " ".repeat(indent(first));
    let mut parts = joined.split(" + ");
    let mut out = vec![format!("{indent}{}", parts.next()?)];
    out.extend(parts.map(|part| format!("{indent}    + {part}")));
    Some((out, more + 1))
}

/// The lines inside a bracket that the first line opens, one step deeper and none of them a comment, and where it closes.
fn block(lines: &[String], close: char) -> Option<(Vec<&str>, usize)> {
    let depth = indent(lines.first()?);
    let end = lines
        .iter()
        .skip(1)
        .position(|line| indent(line) <= depth)?
        + 1;
    let inner = &lines[1..end];
    let plain = |line: &String| {
        indent(line) == depth + 4 && !line.trim_start().starts_with(['/', '#', '|'])
    };
    let closes = indent(&lines[end]) == depth && lines[end].trim_start().starts_with(close);
    (closes && !inner.is_empty() && inner.iter().all(plain))
        .then(|| (inner.iter().map(|line| line.trim()).collect(), end))
}

/// A blank line between items, and between the functions of an `impl` or `trait`; `use`s and `mod`s stay together.
fn spaced(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0
            && wants_blank(
                &lines[at - 1],
                line,
                out.last().is_some_and(String::is_empty),
            )
        {
            out.push(String::new());
        }
        out.push(line.clone());
    }
    out
}

fn wants_blank(before: &str, line: &str, blank: bool) -> bool {
    if blank || line.is_empty() || indent(line) > 4 {
        return false;
    }
    let ended = |text: &str| text.trim_start().starts_with('}') || text.ends_with(';');
    let (a, b) = (before.trim_start(), line.trim_start());
    let together = |text: &str| {
        text.starts_with("use ")
            || text.starts_with("mod ")
            || text.starts_with("pub use ")
            || text.starts_with("pub mod ")
    };
    if a.starts_with("//!") {
        return !b.starts_with("//!");
    }
    if a.starts_with("//") {
        return false;
    }
    if a.starts_with("#![") {
        return !b.starts_with("#![");
    }
    if indent(line) == 0 && indent(before) == 0 {
        let same = (is_use(a) && is_use(b)) || (is_mod(a) && is_mod(b));
        return ended(a) && !b.starts_with('}') && !(same && together(a));
    }
    // Within an `impl` or a `trait`: before the documentation, attributes or signature that follow a finished item.
    let begins = b.starts_with("///")
        || b.starts_with("#[")
        || b.contains("fn ")
        || b.starts_with("const ")
        || b.starts_with("type ");
    let const_run = a.starts_with("const ") && b.starts_with("const ");
    indent(line) == 4 && indent(before) == 4 && ended(a) && begins && !const_run && is_item_end(a)
}

fn is_use(text: &str) -> bool {
    text.starts_with("use ") || text.starts_with("pub use ")
}

fn is_mod(text: &str) -> bool {
    text.starts_with("mod ") || text.starts_with("pub mod ")
}

fn is_item_end(text: &str) -> bool {
    text == "}" || text.starts_with("type ") || text.starts_with("const ") || text.ends_with(';')
}
