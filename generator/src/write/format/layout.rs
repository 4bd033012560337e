//! rustfmt's rules where prettyplease has others, line by line.

use std::borrow::Cow;

/// Columns in a line.
const LINE: usize = 100;

/// Columns of the fields of a struct literal that stays on one line.
const LITERAL: usize = 18;

/// Columns of the arguments of a call that stay on one line.
const CALL: usize = 60;

/// A line: of the text that is laid out, or made here.
type Line<'t> = Cow<'t, str>;

/// What lines that were laid out anew look like, and how many they took the place of.
type LaidOut = (Vec<String>, usize);

/// Appends the text with rustfmt's line breaks and a blank line between items.
pub(super) fn reflow(text: &str, out: &mut String) {
    let mut lines = Vec::new();
    for line in text.lines() {
        match documentation(line) {
            Some(doc) => lines.extend(doc.into_iter().map(Cow::Owned)),
            None => lines.push(Cow::Borrowed(line)),
        }
    }
    spaced(&join(&lines), out);
}

/// The lines of a comment that stands in an attribute, `#[doc["…"]]`. In the form that rustc knows it would be most of what is parsed.
fn documentation(line: &str) -> Option<Vec<String>> {
    let (indent, attribute) = line.split_at(indent(line));
    let literal = attribute.strip_prefix("#[doc[\"")?.strip_suffix("\"]]")?;
    let text = unescaped(literal);
    let line = |line: &str| {
        let space = if line.is_empty() { "" } else { " " };
        format!("{indent}///{space}{}", line.trim_end_matches(' '))
    };
    Some(text.split('\n').map(line).collect())
}

/// What a string literal stands for, as proc-macro2 writes it.
fn unescaped(literal: &str) -> Cow<'_, str> {
    let Some(first) = literal.find('\\') else {
        return Cow::Borrowed(literal);
    };
    let mut text = literal[..first].to_owned();
    let mut rest = &literal[first..];
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = escape.chars();
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let (digits, behind) = escape[1..].split_once('}').unwrap_or_default();
                let number = u32::from_str_radix(digits.trim_start_matches('{'), 16);
                text.extend(number.ok().and_then(char::from_u32));
                chars = behind.chars();
            }
            Some(other) => text.push(other),
            None => {}
        }
        rest = chars.as_str();
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Columns of a text: letters of East Asian scripts take two.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    unicode_width::UnicodeWidthStr::width(text)
}

/// Columns before the text of a line, which are spaces.
fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// Lays out anew what prettyplease breaks elsewhere than rustfmt.
fn join<'t>(lines: &'t [Line<'_>]) -> Vec<Line<'t>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        if let Some((laid_out, used)) = anew(&lines[at..]) {
            out.extend(laid_out.into_iter().map(Cow::Owned));
            at += used;
        } else {
            out.push(Cow::Borrowed(lines[at].as_ref()));
            at += 1;
        }
    }
    out
}

/// The first of the lines, and those that belong to it, where a rule says how they are laid out. Every rule looks at the beginning or
/// end of the first line before anything else.
fn anew(lines: &[Line<'_>]) -> Option<LaidOut> {
    let text = lines.first()?.trim_start();
    if text.is_empty() || text.starts_with("//") || text == "}" {
        return None;
    }
    signature(lines)
        .or_else(|| generic(lines))
        .or_else(|| call(lines))
        .or_else(|| long_check(lines))
        .or_else(|| literal(lines))
        .or_else(|| long_literal(lines))
        .or_else(|| chain(lines))
        .or_else(|| awaited(lines))
        .or_else(|| closure(lines))
        .or_else(|| xml_call(lines))
        .or_else(|| xml_body(lines))
        .or_else(|| arm(lines))
        .or_else(|| request_chain(lines))
        .or_else(|| form_call(lines))
        .or_else(|| styled_path(lines))
        .or_else(|| only_array(lines))
        .or_else(|| only_choice(lines))
        .or_else(|| optional_parts(lines))
        .or_else(|| bounds(lines))
        .or_else(|| alias(lines))
}

/// The signature of a function that begins on the first line, and how many lines it took.
fn signature(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn call(lines: &[Line<'_>]) -> Option<LaidOut> {
    let first = lines.first().filter(|line| line.ends_with('('))?;
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
fn long_check(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines
        .first()
        .filter(|line| line.trim_start().starts_with("v."))?;
    let (head, rest) = line.split_once('(')?;
    let arguments = rest
        .strip_suffix(");")
        .filter(|arguments| width(arguments) > CALL)?;
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
fn generic(lines: &[Line<'_>]) -> Option<LaidOut> {
    let first = lines.first().filter(|line| line.ends_with('<'))?;
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
fn literal(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn long_literal(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines.first().filter(|line| line.contains('}'))?;
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
fn chain(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines
        .first()
        .filter(|line| line.len() > CALL && line.ends_with([',', ';']))?;
    let at = line.find(" exchange.")? + 1;
    let end = line.len() - 1;
    let (first, second) = line[at..end].split_once("?.")?;
    if width(&line[at..end]) <= CALL {
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
fn alias(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines.first().filter(|line| line.starts_with("pub type "))?;
    if width(line) <= LINE {
        return None;
    }
    let (name, ty) = line["pub type ".len()..].split_once(" = ")?;
    let name = format!("pub type {name} =");
    Some((vec![name, format!("    {ty}")], 1))
}

/// The call of a provider, too long for one line: a step of the chain a line.
fn awaited(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines.first().filter(|line| line.ends_with(".await;"))?;
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
fn closure(lines: &[Line<'_>]) -> Option<LaidOut> {
    const ARGUMENTS: &str = "answer, |body| ";
    let first = lines.first().filter(|line| line.ends_with([')', '(']))?;
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
fn request_chain(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn xml_call(lines: &[Line<'_>]) -> Option<LaidOut> {
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
    let begin = call.first()?;
    let at = match in_block {
        Some(_) => indent(begin),
        None => begin
            .find(" => ")
            .map_or(indent(begin), |at| at + " => ".len()),
    };
    let text = &begin[at..];
    CALLS.iter().find(|call| text.starts_with(**call))?;
    let head = match in_block {
        Some(head) => format!("{head} => "),
        None => begin[..at].to_owned(),
    };
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
fn xml_body(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines.first()?;
    let awaited = line.strip_suffix(".await?;")?;
    let (target, call) = awaited.split_once(" = exchange.xml")?;
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
fn with_receiver<'l, 't>(lines: &'l [Line<'t>]) -> (Cow<'l, [Line<'t>]>, usize) {
    let [receiver, call, ..] = lines else {
        return (Cow::Borrowed(lines), 0);
    };
    let is_receiver = matches!(receiver.trim(), "response" | "self.request");
    if !is_receiver || !call.trim_start().starts_with('.') {
        return (Cow::Borrowed(lines), 0);
    }
    let depth = indent(receiver);
    let mut joined = vec![Line::from(format!("{receiver}{}", call.trim_start()))];
    let rest = lines[2..].iter();
    joined.extend(
        rest.clone()
            .take_while(|line| indent(line) > depth)
            .map(|line| Cow::Owned(line.replacen("    ", "", 1))),
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
fn only_choice(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn form_call(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn styled_path(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn only_array(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn optional_parts(lines: &[Line<'_>]) -> Option<LaidOut> {
    let line = lines.first()?;
    let line_of_both = line.strip_suffix(" } else { None };")?;
    let (head, value) = line_of_both.split_once("if exchange.has_body() { ")?;
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
fn arm(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn bounds(lines: &[Line<'_>]) -> Option<LaidOut> {
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
fn block<'l>(lines: &'l [Line<'_>], close: char) -> Option<(Vec<&'l str>, usize)> {
    let depth = indent(lines.first()?);
    let end = lines
        .iter()
        .skip(1)
        .position(|line| indent(line) <= depth)?
        + 1;
    let inner = &lines[1..end];
    let plain = |line: &Line<'_>| {
        indent(line) == depth + 4 && !line.trim_start().starts_with(['/', '#', '|'])
    };
    let closes = indent(&lines[end]) == depth && lines[end].trim_start().starts_with(close);
    (closes && !inner.is_empty() && inner.iter().all(plain))
        .then(|| (inner.iter().map(|line| line.trim()).collect(), end))
}

/// Appends the lines, with a blank line between items, and between the functions of an `impl` or `trait`; `use`s and `mod`s stay
/// together.
fn spaced(lines: &[Line<'_>], out: &mut String) {
    let mut before: Option<&str> = None;
    for line in lines {
        if before.is_some_and(|before| wants_blank(before, line)) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = Some(line);
    }
}

fn wants_blank(before: &str, line: &str) -> bool {
    if before.is_empty() || line.is_empty() || indent(line) > 4 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_is_written_as_it_was_said() {
        let said = "a \"b\" \\n c'\t\u{301}\u{7f}  \n\n```text\n\u{1f980} \\";
        let literal = proc_macro2::Literal::string(said);
        let mut out = String::new();
        reflow(&format!("    #[doc[{literal}]]\n    fn a();\n"), &mut out);
        let wanted = "    /// a \"b\" \\n c'\t\u{301}\u{7f}\n    ///\n    /// ```text\n    /// \u{1f980} \\\n    fn a();\n";
        assert_eq!(out, wanted);
    }
}
