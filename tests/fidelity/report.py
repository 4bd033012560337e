"""Results → text."""

from collections import defaultdict

KINDS = ["refused at reading", "refused by validate", "changed", "not refused"]


def share(part, whole):
    return 100 * part / whole if whole else 100.0


def line(result):
    return (
        f"{result['schemas']} schemas, {result['values']} values, {result['accepted']} accepted, {result['equal']} equal; "
        f"{result['refused']} of {result['invalid']} invalid ones refused"
    )


def total(results):
    keys = ("schemas", "values", "accepted", "equal", "invalid", "refused")
    sums = {key: sum(result[key] for result in results) for key in keys}
    of_invalid = sum(count for limit, count in tally(results, "limits") if limit.startswith("not refused: "))
    return {**sums, "limited": of_invalid}


def shares(results):
    """Accepted and equal of the valid values, refused of the invalid ones that no known limit is about, in per cent."""
    sums = total(results)
    return {
        "accepted": share(sums["accepted"], sums["values"]),
        "equal": share(sums["equal"], sums["values"]),
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


def markdown(results, documents, command):
    sums = total(results)
    lines = [
        "# Fidelity",
        "",
        f"Written by `{command}`; see [`tests/README.md`](../README.md).",
        "",
        f"{len(results)} of {len(documents)} descriptions, {sums['schemas']} schemas.",
        "",
        "| | values | of them | not, by a known limit | of the others |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, part, whole, limited in [
        ("valid values accepted", "accepted", "values", 0),
        ("valid values written back equal", "equal", "values", 0),
        ("invalid values refused", "refused", "invalid", sums["limited"]),
    ]:
        of_others = share(sums[part], sums[whole] - limited)
        lines.append(f"| {name} | {sums[whole]} | {sums[part]} | {limited} | {of_others:.2f} % |")
    lines += ["", "## Known limits", ""]
    lines += [f"- {count}× {limit}" for limit, count in tally(results, "limits")]
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
            f"  - {cut(where, 200)}, type `{least['type']}`",
            f"  - schema {code(cut(least['schema'], 500))}",
            f"  - value {code(cut(least['value'], 300))}",
        ]
    lines += ["", "## Schemas without values", ""]
    lines += [f"- {count}× {reason}" for reason, count in tally(results, "undrawn")]
    lines += ["", "## Descriptions left out", ""]
    for document in documents:
        if document.problem:
            lines.append(f"- {document.shown}: {cut(document.problem, 200)}")
        elif not document.schemas:
            lines.append(f"- {document.shown}: has no type of its own")
    lines += ["", "## By description", "", "| | schemas | values | accepted | equal | invalid | refused |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for result in results:
        row = [result[key] for key in ("schemas", "values", "accepted", "equal", "invalid", "refused")]
        lines.append(f"| {result['document']} | {' | '.join(map(str, row))} |")
    return "\n".join(lines) + "\n"
