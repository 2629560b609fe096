"""docs/performance.md, written from what one run measured."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from benchmarks.performance.days import DAYS
from benchmarks.performance.figures import Figures, Measured, Parts
from benchmarks.performance.logs import SHAPES
from benchmarks.performance.peers import PEERS

_SHOWN_QUERIES: Final = 8
_INTRODUCTION: Final = """\
# Performance

Written by `python -m benchmarks.performance`, all figures by one run on one machine:

{machine}

- **CPU** is user and system time of the whole process and of all that it starts: Python, imports,
  the log, the report. Wall time depends on what else a machine does.
- The **floor** is what DuckDB takes to hash the four columns of the log (user, time, event, target)
  in the same run, without its own imports. It says how fast the machine and the file are: ratios to
  it can be compared between machines, seconds cannot.
- **Peak** is resident memory, **temporary** the largest size of the temporary folder. Memory limit
  and threads are the defaults.
- {runs}
"""
_PEERS: Final = """\
## The same question elsewhere

How many gaps are longer than 15 minutes, how many of them interrupted work, and how long was it
until the first productive event in all? No more than that: no threshold from the data, no cleaning,
no replay, no intervals, no report. Everybody reads log A from Parquet, in a process of its own; a
time is shown only where the three numbers are those of `analyze`.
"""
_STATE: Final = """\
## A file a day, with `--state`

The first {days} days of log {log} ({events:,} events), a file for each. A state folder keeps what
was read; the report is that of a run without it, byte for byte, which this run compared. Parquet is
read where it lies, so nothing is kept of it.
"""


def page(figures: Figures, notes: str = "") -> str:
    """The page.

    Args:
        figures: What was measured.
        notes: What was written by hand, for its end.
    """
    runs = (
        "Each figure is of one run."
        if figures.runs == 1
        else f"Figures are medians of {figures.runs} runs, of one from 50 million events on."
    )
    machine = f"{figures.machine} {', '.join(figures.versions)}."
    parts = [
        _INTRODUCTION.format(machine=machine, runs=runs),
        _logs(figures.measured),
        *_growth(figures.measured),
        *_commands(figures.measured),
        *_days(figures.measured),
        *(_cost_of_parts(one) for one in figures.parts),
        *_peers(figures),
        *_skipped(figures),
        *([notes] if notes else []),
    ]
    return "\n".join(parts)


def _logs(measured: Sequence[Measured]) -> str:
    found = [one for one in measured if one.what == "analyze"]
    about = {one.log for one in found}
    named = [f"- **{name}**: {shape.about}." for name, shape in SHAPES.items() if name in about]
    rows = [
        [
            one.log,
            f"{one.events:,}",
            _seconds(one.floor),
            *_spent(one),
            _wall_share(one),
            _mib(one.cost.peak_mib if one.cost else None),
            _mib(one.cost.disk_mib if one.cost else None),
        ]
        for one in found
    ]
    head = ["log", "events", "floor s", "CPU s", "CPU s per million events", "x floor"]
    head += ["wall / CPU", "peak MiB", "temporary MiB"]
    return "\n".join(["## `analyze`", "", *named, "", _table(head, rows)])


def _growth(measured: Sequence[Measured]) -> list[str]:
    """How CPU grows with the log: the exponent between the smallest and the largest."""
    lines = []
    for name in SHAPES:
        found = sorted(
            (one.events, one.cost.cpu)
            for one in measured
            if one.what == "analyze" and one.log == name and one.cost is not None
        )
        if len(found) > 1 and found[0][0] < found[-1][0]:
            (small, less), (large, more) = found[0], found[-1]
            exponent = math.log(more / less) / math.log(large / small)
            lines.append(
                f"- {name}: CPU grows with the events to the power of {exponent:.2f}"
                f" ({small:,} to {large:,} events)."
            )
    return [*lines, ""] if lines else []


def _commands(measured: Sequence[Measured]) -> list[str]:
    """The other commands, beside `analyze` on the same log."""
    by_log = {(one.log, one.events): one for one in measured if one.what == "analyze"}
    rows = []
    for one in measured:
        if one.what not in ("evaluate", "plan", "small", "cold", "help"):
            continue
        beside = by_log.get((one.log, one.events))
        times = (
            f"{one.cost.cpu / beside.cost.cpu:.2f}"
            if one.cost and beside is not None and beside.cost
            else ""
        )
        events = f"{one.events:,}" if one.events else ""
        rows.append([one.label, events, *_spent(one), times, _mib(one.cost and one.cost.peak_mib)])
    if not rows:
        return []
    head = ["command", "events", "CPU s", "CPU s per million events", "x floor"]
    head += ["x `analyze`", "peak MiB"]
    return ["## Other commands, and small logs", "", _table(head, rows)]


def _days(measured: Sequence[Measured]) -> list[str]:
    """A file a day, by format, with a state folder and without."""
    by_format: dict[str, list[Measured]] = {}
    for one in measured:
        kind, _, label = one.what.partition(": ")
        if kind == "days":
            by_format.setdefault(label, []).append(one)
    if not by_format:
        return []
    found = next(iter(by_format.values()))
    rows = []
    for label, runs in by_format.items():
        whole = runs[0].cost
        shares = [
            f"{one.cost.cpu / whole.cpu:.2f}" if one.cost and whole else "" for one in runs[2:]
        ]
        rows.append([label, *(_seconds(one.cost and one.cost.cpu) for one in runs), *shares])
    head = ["files", *(f"{one.label}: CPU s" for one in found)]
    head += [f"{one.label}: share of {found[0].label}" for one in found[2:]]
    text = [_STATE.format(days=DAYS, events=found[0].events, log=found[0].log)]
    return [*text, _table(head, rows)]


def _cost_of_parts(parts: Parts) -> str:
    """Where the time of `analyze` goes."""
    whole = sum(parts.steps.values())
    rows = [[name, _seconds(spent), f"{spent / whole:.0%}"] for name, spent in parts.steps.items()]
    most = sorted(parts.queries.items(), key=lambda one: -one[1])[:_SHOWN_QUERIES]
    queries = [[f"`queries/{name}.sql`", _seconds(spent)] for name, spent in most if spent >= 0.01]
    text = [
        f"## The cost of the parts ({parts.log}, {parts.events:,} events)",
        "",
        "CPU from the beginning of a step to that of the next, in one run of its own.",
        "",
        _table(["step", "CPU s", "share"], rows),
    ]
    if queries:
        text += ["Of these, the dearest tables that are made in SQL:", ""]
        text += [_table(["query", "CPU s"], queries)]
    return "\n".join(text)


def _peers(figures: Figures) -> list[str]:
    measured = figures.measured
    about = {peer.name: peer.about for peer in PEERS}
    found = [one for one in measured if one.what in about]
    if not found:
        return []
    sizes = dict.fromkeys(one.events for one in found)
    text = [_PEERS]
    for size in sizes:
        ours = [one for one in measured if one.what == "analyze" and one.log == "A"]
        rows = [_peer_row(one, "everything, with the report") for one in ours if one.events == size]
        rows += [_peer_row(one, about[one.what]) for one in found if one.events == size]
        head = ["", "what it does", "CPU s", "CPU s per million events", "x floor", "peak MiB"]
        text += [f"{size:,} events:", "", _table(head, rows)]
    return [*text, f"Versions: {', '.join(dict.fromkeys(figures.others))}.", ""]


def _peer_row(one: Measured, about: str) -> list[str]:
    if one.agrees is False:
        return [one.label, about, "another answer", "", "", ""]
    return [one.label, about, *_spent(one), _mib(one.cost.peak_mib if one.cost else None)]


def _skipped(figures: Figures) -> list[str]:
    lines = [f"- {line}" for line in dict.fromkeys(figures.skipped)]
    return ["## What did not run", "", *lines, ""] if lines else []


def _spent(one: Measured) -> list[str]:
    """CPU, CPU per million events and the ratio; or why there are none."""
    if one.cost is None:
        return [f"failed: {_one_line(one.failure)}", "", ""]
    ratio = "" if one.ratio is None else f"{one.ratio:.1f}"
    return [_seconds(one.cost.cpu), _seconds(one.per_million), ratio]


def _wall_share(one: Measured) -> str:
    return f"{one.cost.wall / one.cost.cpu:.2f}" if one.cost else ""


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def _mib(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _one_line(text: str) -> str:
    last = text.strip().splitlines()[-1] if text.strip() else "no message"
    return last.replace("|", "/")[-120:]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; what is no text is to the right."""
    lines = [f"| {' | '.join(head)} |", f"|{'|'.join('---' for _ in head)}|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
