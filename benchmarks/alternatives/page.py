"""docs/alternatives.md, written from what one run measured."""

from __future__ import annotations

import math
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resume_gap.report.text.numbers import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.alternatives.figures import Figures, Found, Method, Sample, Trial

NOTES: Final = Path(__file__).with_name("notes.md")
"""What the page says of other products in general, written by hand; it has no measured figures."""
_EXPECTED: Final = 0.05
_HEAD: Final = """# Compared with what people use today

Written by `python -m benchmarks.alternatives` from `docs/alternatives.json`, all figures by one run
on the [sample logs](tutorial.md). They are simulated by this project, so it is known which
interruptions are in them; a log of yours is messier, and the samples suit the tool that they come
with: they are made with its own definition of an interruption. [Real logs](real-logs.md) have no
known truth.
"""
_SESSIONS: Final = """## Sessions of 30 minutes

The usual query: a gap of more than 30 minutes between two events of a user begins a session, and
every session after a user's first is a return. The time to resume work is then the time from its
first event to its first productive event, without a cap, averaged over the sessions that have one.

- **found**, **missed**: interruptions that were planted in the log.
- **also counted**: returns that interrupted nothing (the task was finished, or nobody worked).
- **mean**: time to resume work as the way itself defines it; **planted**: the same mean over all
  planted interruptions, found or missed. `resume-gap` counts each up to a cap that follows from the
  threshold, and charges the cap to those who give up, so compare a mean with what was planted, not
  with that of another row.
"""
_WAYS: Final = {
    "sql": "sessions of 30 minutes, in SQL",
    "fixed": "`resume-gap --gap 30m`",
    "learned": "`resume-gap`",
}
_METHODS: Final = {
    "rows": ("Welch's t", "interruptions, as if independent"),
    "gbstats_first": ("GrowthBook, t-test", "users: first return"),
    "gbstats_bayes_first": ("GrowthBook, Bayesian engine", "users: first return"),
    "gbstats_all": ("GrowthBook, t-test", "users: ratio over all returns"),
    "gbstats_bayes_all": ("GrowthBook, Bayesian engine", "users: ratio over all returns"),
    "first_return": ("`resume-gap evaluate`, primary", "users: first return"),
    "all_returns": ("`resume-gap evaluate`, all returns", "users: ratio over all returns"),
}


def page(figures: Figures) -> str:
    """The page."""
    parts = [
        _HEAD,
        _sessions(figures.samples),
        _retentioneering(figures),
        _trial(figures.trial),
        NOTES.read_text(encoding="utf-8"),
        _skipped(figures),
        f"Versions: {', '.join(figures.versions)}.\n",
    ]
    return "\n".join(part for part in parts if part)


def _sessions(samples: Sequence[Sample]) -> str:
    head = ["log", "way", "threshold", "found", "missed", "also counted", "mean", "planted"]
    rows = [_way(sample, way) for sample in samples for way in sample.ways]
    sentences = [*_missed(samples), *_completed(samples)]
    return "\n".join([_SESSIONS, _table(head, rows), *map(_item, sentences), ""])


def _way(sample: Sample, way: Found) -> list[str]:
    mean = exact(way.seconds)
    if way.ci_lower is not None and way.ci_upper is not None:
        mean += f" [{exact(way.ci_lower)}, {exact(way.ci_upper)}]"
    return [
        sample.name,
        _WAYS[way.way],
        f"{exact(way.threshold_seconds)}, {way.source}",
        f"{way.found:,}",
        f"{sample.planted - way.found:,}",
        f"{way.counted - way.found:,}",
        mean,
        exact(way.truth_seconds),
    ]


def _missed(samples: Sequence[Sample]) -> list[str]:
    """What a fixed threshold misses, and where it makes no difference."""
    lines = []
    for sample in samples:
        fixed, learned = sample.ways[1:]
        if learned.found > fixed.found:
            lines.append(
                f"In `{sample.name}` half an hour misses {1 - fixed.found / sample.planted:.0%} of"
                " the interruptions, the learned threshold"
                f" {1 - learned.found / sample.planted:.0%}."
            )
        if learned.source == "fallback":
            lines.append(
                f"In `{sample.name}`, with {sample.users} users, no threshold could be learned:"
                " `resume-gap` takes the usual half an hour, too, and reports that it did."
            )
    same = [
        f"`{sample.name}`" for sample in samples if len({way.found for way in sample.ways}) == 1
    ]
    if same:
        lines.append(
            f"In {', '.join(same)} every planted gap is longer than half an hour, and the threshold"
            " makes no difference to what is found: where gaps are long, 30 minutes is good enough."
        )
    return lines


def _completed(samples: Sequence[Sample]) -> list[str]:
    """What sessions alone count, and what their mean leaves out."""
    usual = [(sample, way) for sample in samples for way in sample.ways if way.way == "sql"]
    extra = [1 - way.found / way.counted for _, way in usual]
    out = [(way.without_work or 0) / way.counted for _, way in usual]
    return [
        (
            f"Of the sessions after a user's first, {min(extra):.0%} to {max(extra):.0%} follow no"
            " interruption: the difference is whether work was in progress at the stop. Their mean"
            f" leaves out the {min(out):.0%} to {max(out):.0%} that never reach work, so giving up"
            " counts as nothing instead of as the cap."
        ),
        "A query can ask for work in progress, too: `resume-gap sql` prints one that does.",
    ]


def _retentioneering(figures: Figures) -> str:
    if not figures.sessions:
        return ""
    head = ["log", "timeout", "sessions, `resume-gap`", "sessions, retentioneering"]
    rows = [
        [one.sample, exact(one.timeout_seconds), f"{one.ours:,}", f"{one.theirs:,}"]
        for one in dict.fromkeys(figures.sessions)
    ]
    agree = all(one.ours == one.theirs for one in figures.sessions)
    text = [
        "## retentioneering",
        "",
        "`split_sessions` at the timeouts above, whole seconds:",
        "",
        _table(head, rows),
        "Both count the same sessions." if agree else "The two differ where the table shows it.",
        "It is given its timeout and learns none. Where sessions are paths, its metric",
        "`time_between` is the seconds from the beginning to one event; a session without it has",
        "none. It has no interruptions, no cap for those who give up, no controls, and no",
        "intervals. It has what `resume-gap` lacks: transition graphs, step matrices, funnels and",
        "clusters of paths, to explore what people do and not one question only.",
        "",
    ]
    return "\n".join(text)


def _trial(trial: Trial) -> str:
    error = 1.96 * math.sqrt(_EXPECTED * (1 - _EXPECTED) / trial.splits)
    low, high = _EXPECTED - error, _EXPECTED + error
    head = ["method", "unit", "false alarms", "on the sample", "planted"]
    about = (
        f"The arms of the {trial.users:,} users of `marker_trial` were drawn anew {trial.splits:,}"
        " times. Those who had the marker are then spread over both arms by chance, so whoever"
        f" reports a difference is wrong. All methods get the same {trial.rows:,} interruptions,"
        " found and capped by `resume-gap`; a false alarm is p < 0.05, for the Bayesian engine a"
        " chance to win above 95% or under 5%. A right test errs in 5% of the splits; by luck"
        f" that is {low:.1%} to {high:.1%} here. GrowthBook reports a share of control, the"
        " others seconds."
    )
    text = ["## Evaluating a trial", "", _filled(about), ""]
    text += [_table(head, [_method(one, trial) for one in trial.methods])]
    text += map(_item, [*_false_alarms(trial, low, high), _inside(trial), _verdict(trial)])
    return "\n".join([*text, ""])


def _false_alarms(trial: Trial, low: float, high: float) -> list[str]:
    """Who errs too often, and who as often as is right."""
    tests = [one for one in trial.methods if "bayes" not in one.key]
    lines = [
        f"{_called(one)} finds an effect in 1 of {trial.splits / one.alarms:.0f} splits without"
        " any. Interruptions of one user resemble each other: many rows are not as many users."
        for one in tests
        if one.alarms / trial.splits > high
    ]
    fine = [one for one in tests if low <= one.alarms / trial.splits <= high]
    if fine:
        lines.append(f"As often as is right: {'; '.join(map(_called, fine))}.")
    if any(one.key.startswith("gbstats") for one in fine):
        lines.append(
            "GrowthBook's test on users is as trustworthy as that of `resume-gap`. What `evaluate`"
            " adds is the measure that both were given, and the checks of the log around it."
        )
    if len(tests) < len(trial.methods):
        lines.append(
            "The Bayesian engine makes no promise about false alarms: with its flat prior, 5% at"
            " either end are 10% together."
        )
    return lines


def _inside(trial: Trial) -> str:
    """Whether the intervals of the sample include what was planted."""
    out = [one for one in trial.methods if not one.ci_lower <= one.truth <= one.ci_upper]
    if out:
        return f"The interval leaves the planted effect out: {'; '.join(map(_called, out))}."
    return "On the sample itself every interval includes the planted effect."


def _verdict(trial: Trial) -> str:
    """What `evaluate` answers in a word, and what it makes of events that only one arm has."""
    sentence = f"`evaluate` answers `{trial.verdict}`."
    if trial.unnamed != trial.verdict:
        sentence += (
            f" Where nobody names the events that the marker itself writes, it answers"
            f" `{trial.unnamed}`: they occur in one arm only, and could start or stop the clock"
            " there. The other tests take the rows that they are given."
        )
    return sentence


def _called(one: Method) -> str:
    name, unit = _METHODS[one.key]
    return f"{name} ({unit})"


def _method(one: Method, trial: Trial) -> list[str]:
    name, unit = _METHODS[one.key]
    figures = [one.estimate, one.ci_lower, one.ci_upper, one.truth]
    estimate, low, high, truth = (
        f"{value:+.1%}" if one.key.startswith("gbstats") else f"{value:+.1f} s" for value in figures
    )
    return [
        name,
        unit,
        f"{one.alarms / trial.splits:.1%}",
        f"{estimate} [{low}, {high}], {_chance(one)}",
        truth,
    ]


def _chance(one: Method) -> str:
    if "bayes" in one.key:
        return "chance to be longer " + ("< 0.1%" if one.p < 0.001 else f"{one.p:.1%}")
    return "p < 0.0001" if one.p < 0.0001 else f"p = {one.p:.4f}"


def _skipped(figures: Figures) -> str:
    lines = [f"- {line}" for line in figures.skipped]
    return "\n".join(["## What did not run", "", *lines, ""]) if lines else ""


def _filled(text: str) -> str:
    return textwrap.fill(text, 98, break_long_words=False, break_on_hyphens=False)


def _item(text: str) -> str:
    return textwrap.indent(_filled(text), "  ").replace("  ", "- ", 1)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'|'.join('---' for _ in head)}|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
