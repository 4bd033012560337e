"""Results → text."""

from collections import defaultdict

KINDS = ["refused at reading", "refused by validate", "changed", "read as another alternative", "not refused"]
COUNTS = ("values", "accepted", "equal", "choices", "told", "invalid", "refused")


def share(part, whole):
    return 100 * part / whole if whole else 100.0


def line(result):
    return (
        f"{result['schemas']} schemas, {result['values']} values, {result['accepted']} accepted, {result['equal']} equal; "
        f"{result['told']} of {result['choices']} choices; "
        f"{result['refused']} of {result['invalid']} invalid ones refused"
    )


def total(results):
    sums = {key: sum(result[key] for result in results) for key in ("schemas", *COUNTS)}
    of_invalid = sum(count for limit, count in tally(results, "limits") if limit.startswith("not refused: "))
    return {**sums, "limited": of_invalid}


def shares(results):
    """Accepted and equal of the valid values, refused of the invalid ones that no known limit is about, in per cent."""
    sums = total(results)
    return {
        "accepted": share(sums["accepted"], sums["values"]),
        "equal": share(sums["equal"], sums["values"]),
        "alternatives told apart": share(sums["told"], sums["choices"]),
        "invalid refused": share(sums["refused"], sums["invalid"] - sums["limited"]),
    }


def verdict(results, least):
    """The exit code."""
    low = {name: value for name, value in shares(results).items() if value < least}
    for name, value in low.items():
        print(f"{name}: {value:.2f} %, less than {least} %")
    return 1 if low or not results else 0


def causes(results):
    """Failures by kind and cause; the most frequent first."""
    groups = defaultdict(list)
    for result in results:
        for failure in result["failures"]:
            groups[failure["kind"], failure["cause"]].append(failure)
    return sorted(groups.items(), key=lambda group: (KINDS.index(group[0][0]), -len(group[1]), group[0]))


def cut(text, most):
    return text if len(text) <= most else text[: most - 1] + "…"


def code(text):
    """Code in Markdown, whatever is in it."""
    fence = "`" * (1 + max((len(run) for run in text.replace("`", " `").split() if set(run) == {"`"}), default=0))
    fence = "``" if "`" in text and fence == "`" else fence
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def tally(results, key):
    """What the results count by name; the most frequent first."""
    counts = defaultdict(int)
    for result in results:
        for name, count in result[key].items():
            counts[name] += count
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def left_out(document):
    if document.problem:
        return cut(document.problem, 200)
    return None if document.schemas else "has no type of its own"


def figures(text):
    """The figures and the known limits of an earlier report, and the command that wrote it."""
    lines = text.splitlines()
    command = [line.partition(";")[0] + ":" for line in lines if line.startswith("Written by ")][:1]
    upto = next((index for index, line in enumerate(lines) if line.startswith(("## Before", "## Failures"))), 0)
    rows = [line for line in lines[:upto] if line.startswith("|")]
    limits = [line for line in lines[:upto] if line.startswith("- ")]
    return [*command, "", *rows, "", *limits] if command and rows else []


def markdown(results, documents, command, before=""):
    sums = total(results)
    lines = [
        "# Fidelity",
        "",
        f"Written by `{command}`; see [`tests/README.md`](../README.md).",
        "",
        f"{len(results)} of {len(documents)} crates, {sums['schemas']} schemas: each description by the default configuration, and with "
        '`unknown-fields = "keep"`.',
        "",
        "| | values | of them | not, by a known limit | of the others |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, part, whole, limited in [
        ("valid values accepted", "accepted", "values", 0),
        ("valid values written back equal", "equal", "values", 0),
        ("values read as the only alternative that holds", "told", "choices", 0),
        ("invalid values refused", "refused", "invalid", sums["limited"]),
    ]:
        of_others = share(sums[part], sums[whole] - limited)
        lines.append(f"| {name} | {sums[whole]} | {sums[part]} | {limited} | {of_others:.2f} % |")
    lines += ["", "## Known limits", ""]
    lines += [f"- {count}× {limit}" for limit, count in tally(results, "limits")]
    if figures(before):
        lines += ["", "## Before", "", *figures(before)]
    lines += ["", "## Failures, by cause"]
    kind = None
    for (this, cause), failures in causes(results):
        if this != kind:
            kind = this
            heading = "Invalid values that were not refused" if kind == "not refused" else f"Valid values, {kind}"
            lines += ["", f"### {heading}", ""]
        least = min(failures, key=lambda one: len(one["value"]) + min(len(one["schema"]), 400))
        where = f"{least['document']}{least['pointer']}" + (f", at `{least['path']}`" if least["path"] else "")
        lines += [
            f"- **{len(failures)}×** in {len({one['document'] for one in failures})} descriptions: {cause}",
            f"  - {cut(where, 200)} ({least['configuration']}), type `{least['type']}`",
            f"  - schema {code(cut(least['schema'], 500))}",
            f"  - value {code(cut(least['value'], 300))}",
        ]
    lines += ["", "## Schemas without values", ""]
    lines += [f"- {count}× {reason}" for reason, count in tally(results, "undrawn")]
    lines += ["", "## Descriptions left out", ""]
    # Both configurations have the same reasons, mostly.
    reasons = {f"- {document.shown}: {left_out(document)}": None for document in documents if left_out(document)}
    lines += [*reasons, "", "## By description", ""]
    lines.append("| | | schemas | values | accepted | equal | choices | told apart | invalid | refused |")
    lines.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for result in results:
        row = [result[key] for key in ("configuration", "schemas", *COUNTS)]
        lines.append(f"| {result['document']} | {' | '.join(map(str, row))} |")
    return "\n".join(lines) + "\n"
