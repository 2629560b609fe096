"""The inactivity threshold in words: where it comes from, and what depends on it."""

import math
from collections.abc import Callable, Mapping
from typing import Final

from resume_gap.constants import MIN_GAPS, MIN_USERS, ONE_EVENT_REACH, VALLEY_FROM, VALLEY_TO
from resume_gap.report.text import vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, exact, many, percent, signed
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import ThresholdReason
from resume_gap.results.run import Run, Threshold

PREDICTED: Final = "from prediction.json"
"""Where a threshold is from that was not given but predicted with; a report keeps the file."""
Numbers = Mapping[str, float]
"""The figures behind a reason."""

_RESULT = {
    "reorientation": "the mean re-orientation time",
    "reorientation_mean_seconds": "the mean re-orientation time",
    "productive_share": "the productive share",
    "excess": "the least extra time",
    "hit": "the hit rate of the best target rule",
}


def source(run: Run) -> str:
    """Where the inactivity threshold comes from."""
    threshold = run.threshold
    if threshold.reason == "prediction":
        return PREDICTED
    if threshold.reason == "starts_lost":
        return "default, as rows that people begin with are missing"
    if threshold.reason == "kinds_of_work":
        return "default: most gaps beyond the valley follow one event"
    if threshold.reason == "too_little" and (short := _short_of(threshold.figures)):
        return f"default: too few {' and '.join(short)}"
    return {
        "given": "given",
        "learned": "learned from this log",
        "fallback": "default, as these data have no natural boundary",
    }[threshold.source]


def interval(run: Run) -> str | None:
    """The interval of a learned threshold."""
    threshold = run.threshold
    if threshold.ci_lower is None or threshold.ci_upper is None:
        return None
    return f"[{exact(math.floor(threshold.ci_lower))}, {exact(math.ceil(threshold.ci_upper))}]"


def why(run: Run) -> str:
    """Why this threshold, in one clause."""
    if run.threshold.reason == "kinds_of_work":
        return _kinds_of_work(run.threshold)
    return _WHY[run.threshold.reason](run.threshold.figures)


def _valley(numbers: Numbers) -> str:
    return (
        "gaps fall into two groups, those within steady work and longer ones, with a clear valley "
        f"between them ({percent(numbers['valley_depth'])} deep)"
    )


def _short_of(numbers: Numbers) -> dict[str, float]:
    """What there is too little of to learn a threshold, with what it takes."""
    needed = {"gaps": MIN_GAPS.value, "users": MIN_USERS.value}
    return {what: least for what, least in needed.items() if numbers.get(what, least) < least}


def _too_little(numbers: Numbers) -> str:
    short = (
        f"{many(round(numbers[what]), what.removesuffix('s'))} ({count(round(least))} are needed)"
        for what, least in _short_of(numbers).items()
    )
    return f"too little to learn one from: {', '.join(short)}"


def _rare(numbers: Numbers) -> str:
    share = percent(numbers["resamples_share"])
    return f"no natural boundary: the valley shows in only {share} of the resamples of users"


def _kinds_of_work(found: Threshold) -> str:
    valley = found.figures["valley_seconds"]
    event = "one event" if found.event is None else label(found.event, limit=40)
    share = found.figures["event_share"]
    all_of = "all" if share == 1 else f"{percent(share)} of the"
    means = "nothing shows that they are breaks" if share == 1 else "it may part two kinds of work"
    return (
        f"the gaps have a valley at {exact(valley)}, but {all_of} gaps from there to "
        f"{exact(ONE_EVENT_REACH.value * valley)} follow {event}: {means}, "
        "so both thresholds are shown"
    )


_WHY: Final[Mapping[ThresholdReason, Callable[[Numbers], str]]] = {
    "given": lambda _: "with --gap",
    "prediction": lambda _: "that of the prediction, so that both measure the same",
    "valley": _valley,
    "too_little": _too_little,
    "no_valley": lambda _: (
        f"no natural boundary: the gaps have no valley between {exact(VALLEY_FROM.value)} and "
        f"{exact(VALLEY_TO.value)}"
    ),
    "kinds_of_users": lambda _: (
        "no natural boundary: the valley parts kinds of users, not gaps of each user"
    ),
    "starts_lost": lambda _: (
        "none is learned: rows that people begin with are not there, so gaps seem longer"
    ),
    "rare_in_resamples": _rare,
    "moves_in_resamples": lambda _: (
        "no natural boundary: the valley moves too much between resamples of users"
    ),
}


def sensitive(run: Run) -> str | None:
    """What depends on the inactivity threshold, and how far it moves."""
    threshold = run.threshold
    if not threshold.sensitive:
        return None
    ranges = _ranges(run)
    tried = [row.seconds for row in threshold.sensitivity]
    if not ranges or not tried:
        moving = " and ".join(
            _RESULT.get(s) or label(s.replace("_", " ")) for s in threshold.sensitive
        )
        return (
            f"The result depends on the inactivity threshold: look at {moving} under other "
            "thresholds."
        )
    return (
        f"The figures depend on the inactivity threshold, here {exact(threshold.seconds)}: from "
        f"{exact(min(tried))} to {exact(max(tried))}, {', '.join(ranges)}."
    )


def caution(run: Run, same: str = "") -> str | None:
    """That the figures depend on the threshold, and what does not; None where they do not.

    For the first screen: how far each figure moves is `sensitive`, further down.

    Args:
        run: What was found.
        same: See `holds`.
    """
    if not run.threshold.sensitive:
        return None
    return (
        "Figures depend on the inactivity threshold: here work counts as stopped after"
        f" {exact(run.threshold.seconds)} without an event{same and f'; {same}'}."
    )


def holds(analysis: Analysis) -> str:
    """What is the same at all thresholds tried, or is not, a clause; empty of a single one."""
    rows = analysis.threshold.sensitivity
    if len(rows) < 2:
        return ""
    tried = many(len(rows), "threshold")
    lower = [row.excess_lower_seconds for row in rows]
    above = [least for least in lower if least is not None and least > 0]
    words = {row.word for row in rows}
    everywhere = len(above) == len(rows)
    parts = []
    if above and analysis.excess.word == "longer":
        which = f"all {tried}" if everywhere else f"{count(len(above))} of {tried}"
        parts.append(f"at {which} tried people took longer{_estimates(analysis)}")
    if None not in words:
        where = f" at all {tried} tried" if not parts else "" if everywhere else " at all of them"
        among = "them" if parts else f"the {tried} tried"
        same = f"is the same{where}" if len(words) == 1 else f"differs between {among}"
        parts.append(f"the recommendation {same}")
    return (", and " if len(words) == 1 else ", but ").join(parts)


def _estimates(analysis: Analysis) -> str:
    """` (estimates: 27 s to 103 s)`: of the extra time, over all thresholds tried."""
    rows = analysis.threshold.sensitivity
    ends = [end for row in rows for end in (row.excess_lower_seconds, row.excess_upper_seconds)]
    known = [end for end in ends if end is not None]
    fine, like = vocabulary.step(analysis), max(map(abs, known))
    least, most = (signed(end, fine, like=like) for end in (min(known), max(known)))
    return f" (estimates: {least} to {most})"


def _ranges(run: Run) -> list[str]:
    """How far each result that moves does move."""
    fine = vocabulary.step(run)
    reported: list[str] = []
    for name, values, form in (
        (
            "reorientation",
            [r.reorientation_mean_seconds for r in run.threshold.sensitivity],
            lambda s: vocabulary.time(s, run),
        ),
        (
            "excess",
            [r.excess_lower_seconds for r in run.threshold.sensitivity],
            lambda s: signed(s, fine),
        ),
        ("hit", [r.hit for r in run.threshold.sensitivity], percent),
    ):
        known = [value for value in values if value is not None]
        if known and any(name in s for s in run.threshold.sensitive):
            verb = "" if reported else " is"
            ends = f"{form(min(known))} to {form(max(known))}"
            reported.append(f"{_RESULT[name]}{verb} {ends}")
    return reported
