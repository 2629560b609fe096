"""Sentences that page and terminal share, so that the two cannot say different things."""

import dataclasses
from itertools import pairwise

from resume_gap.constants import CONFIDENCE, MID_TASK_WINDOW, MIN_INTERVAL_USERS
from resume_gap.report.text import counted, measurability
from resume_gap.report.text.adding_up import two_parts
from resume_gap.report.text.names import label, sentence
from resume_gap.report.text.numbers import (
    count,
    duration,
    exact,
    exact_share,
    many,
    percent,
    seconds_figure,
    seconds_interval,
    share_interval,
)
from resume_gap.results.common import GAP_CLASS_HOURS, GAP_CLASSES, Check
from resume_gap.results.run import Run

GAP_CLASS = dict(
    zip(
        GAP_CLASSES,
        (
            f"up to {many(GAP_CLASS_HOURS[0], 'hour')}",
            *(f"{start} to {many(end, 'hour')}" for start, end in pairwise(GAP_CLASS_HOURS)),
            f"over {many(GAP_CLASS_HOURS[-1], 'hour')}",
        ),
        strict=True,
    )
)
REASON = {
    "mid_task": "stopped in mid-task",
    "away_event": "stopped in mid-task, and an idle event was logged",
    "completed": "stopped after a task end",
    "idle": f"nothing productive in the {exact(MID_TASK_WINDOW.value)} before the stop",
    "unknown": "not known: nothing in this log counts as productive",
}
_DROPPED = {
    "repeated_event_id": "event id seen before",
    "duplicate_row": "equal to another row in every column",
    "broken_line": "line that cannot be read",
    "no_user": "no user",
    "no_event": "no event name",
    "placeholder_user": "placeholder for a user",
}
LEVEL = exact_share(CONFIDENCE)
"""The confidence level of intervals, as sentences name it: `95 %`."""
_NEXT = "; "
"""Between the sentences of merged warnings."""


def step(run: Run) -> float:
    """The finest difference in seconds that this log lets anybody print."""
    return run.resolution.finest_seconds


def time(seconds: float, run: Run) -> str:
    """A time to productive work as printed, never above the cap."""
    return duration(seconds, step(run), most=run.reorientation.cap_seconds)


def dropped_reason(reason: str) -> str:
    """Why rows were set aside, in words."""
    return _DROPPED.get(reason) or label(reason.replace("_", " "))


def role(run: Run, name: str, *, most: int = 8, limit: int = 40) -> str:
    """The event names of a role, cut after the first few; empty: there is none.

    Args:
        run: The log.
        name: The role's name in `Roles`.
        most: Names to show.
        limit: Characters of a name.
    """
    values: tuple[str, ...] = getattr(run.roles, name)
    unnamed = run.roles.unnamed.get(name, 0)
    if not values:
        return f"{many(unnamed, 'name')} of few users" if unnamed else ""
    shown = ", ".join(label(value, limit=limit) for value in values[:most])
    rest = max(len(values) - most, 0) + unnamed
    return f"{shown} and {rest:,} more" if rest else shown


def leading(run: Run, *, most: int = 8, limit: int = 40) -> str:
    """The most frequent event names with their counts."""
    return ", ".join(
        f"{label(name, limit=limit)} ({count(n)})" for name, n in run.roles.leading[:most]
    )


def nothing_productive(run: Run) -> str:
    """What to do when no event counts as work."""
    text = (
        "Nothing productive can be seen in this log, so what came after the returns cannot be "
        "measured. Say which events are work"
    )
    if not run.roles.leading:
        return text + ("; event names of few users are not listed." if run.roles.unnamed else ".")
    return f"{text}; the most frequent event names are {leading(run)}."


def limits_of_the_figures(run: Run) -> tuple[str, ...]:
    """Why a figure is missing or means less than it seems, a sentence each."""
    found = run.counts
    back = run.reorientation
    texts = []
    if found.returns == 0:
        texts.append(_no_returns(run))
    if back.reason == "no_productive_events":
        texts.append(nothing_productive(run))
    blind = run.measurability
    if blind.reason is not None:
        texts.append(measurability.sentence(blind.reason, blind.figures))
    if found.returns and back.reason == "no_interruptions":
        texts.append(
            f"Not one of the {many(found.returns, 'return')} followed a stop in mid-task, so there "
            "is no interruption to measure."
        )
    elif found.returns and back.reason is None and back.eligible == 0:
        texts.append(
            f"The log ends within {exact(back.cap_seconds)} of every return from an interruption, "
            "so re-orientation cannot be followed up."
        )
    texts.extend(stops(run))
    if back.zero_share is not None and at_once(run):
        texts.append(
            "The log holds hardly anything but productive events: in "
            f"{percent(back.zero_share)} of the interruptions the first event back is one already. "
            "The times below are lower bounds near zero."
        )
    if back.mean.estimate is not None and back.mean.ci_lower is None:
        texts.append(_no_interval(found.users_interrupted, found.users))
    return tuple(texts)


def interrupted(run: Run) -> str:
    """What counts as interrupted, where the word is met first."""
    threshold = exact(run.threshold.seconds)
    if counted.every_return(run):
        return (
            "Every return is counted here, whether work stopped in mid-task or not. The "
            "inactivity threshold is {threshold}."
        )
    return (
        "Interrupted means: the log sees that work stopped in mid-task and went on after more than "
        f"the inactivity threshold, {threshold}. It does not see why."
    )


def at_once(run: Run) -> bool:
    """Nearly every return begins with a productive event: re-orientation is not in the log."""
    return run.reorientation.begins_with_work


def _no_returns(run: Run) -> str:
    threshold = exact(run.threshold.seconds)
    if run.counts.not_returned:
        return (
            f"Nobody came back after a gap of more than {threshold}: the log holds "
            f"{many(run.counts.not_returned, 'stop')} and no return."
        )
    return f"The log holds no gap of more than {threshold}, so nobody stopped and nobody returned."


def task_ends(run: Run) -> str:
    """` (submit, logout)`: what counts as a task end; empty where no name is shown."""
    names = role(run, "completing", most=3)
    return f" ({names})" if names else ""


def stops(run: Run) -> list[str]:
    """What may be wrong with the roles, where nearly all stops are of one kind."""
    found = run.counts
    if found.returns == 0:
        return []
    if found.is_mostly("completed"):
        text = (
            f"{percent(found.share_of('completed'))} of the returns followed a stop right after a "
            f"task end{task_ends(run)}. Perhaps an event counts as a task end that only marks a "
            "step."
        )
        return [text]
    if found.is_mostly("idle"):
        text = (
            f"Before {percent(found.share_of('idle'))} of the stops nothing productive was "
            f"logged for {exact(MID_TASK_WINDOW.value)}. "
            "Perhaps work goes by other event names."
        )
        return [text]
    return []


def _no_interval(interrupted: int, users: int) -> str:
    enough = round(MIN_INTERVAL_USERS.value)
    if users == 1:
        return "The log holds one user: the figures describe that person, without an interval."
    if interrupted < enough:
        return (
            f"Only {many(interrupted, 'user was', 'users were')} interrupted; with fewer than "
            f"{enough} there are no intervals."
        )
    return "The figures stand without an interval: too few users carry them."


def parts_of_mean(run: Run) -> tuple[str, str] | None:
    """The mean's two parts: what the cap charges, what was measured; as printed they add up."""
    back = run.reorientation
    charged, measured = back.not_reached_seconds, back.reached_seconds
    if back.mean.estimate is None or charged is None or measured is None:
        return None
    return two_parts(charged, measured, step(run), total=back.mean.estimate, most=back.cap_seconds)


def mean(run: Run) -> str | None:
    """Mean re-orientation time as printed."""
    back = run.reorientation
    return seconds_figure(back.mean, step(run), most=back.cap_seconds)


def mean_interval(run: Run) -> str | None:
    """Its interval as printed."""
    back = run.reorientation
    return seconds_interval(back.mean, step(run), most=back.cap_seconds)


def productive(run: Run) -> str | None:
    """Productive share as printed."""
    share = run.reorientation.productive_share
    return None if share is None else percent(share)


def productive_interval(run: Run) -> str | None:
    """Its interval as printed."""
    return share_interval(run.reorientation.productive)


def interrupted_users(run: Run) -> str:
    """The size of what was found."""
    found = run.counts
    were = "was" if found.users_interrupted == 1 else "were"
    did = "came back after a gap" if counted.every_return(run) else f"{were} interrupted"
    return (
        f"{count(found.users_interrupted)} of {many(found.users, 'user')} {did}, "
        f"{many(found.interruptions, 'time')} in all"
    )


def warnings(run: Run) -> tuple[Check, ...]:
    """Checks that are more than notes, the most severe first, else in their order.

    Those of one kind, or with the same remedy, are merged: their sentences stand in one warning.
    """
    order = {"error": 0, "warn": 1}
    found = [check for check in run.data_quality if check.severity in order]
    merged: list[Check] = []
    for check in sorted(found, key=lambda check: order[check.severity]):
        place = next((i for i, one in enumerate(merged) if _is_alike(one, check)), None)
        if place is None:
            merged.append(check)
        else:
            merged[place] = _merged(merged[place], check)
    return tuple(merged)


def _is_alike(one: Check, other: Check) -> bool:
    """Whether two warnings say the same of different events, or ask for the same."""
    if one.severity != other.severity or not (one.action and other.action):
        return False
    return one.check == other.check or other.action in one.action.split(_NEXT)


def _merged(one: Check, other: Check) -> Check:
    actions = dict.fromkeys((*one.action.split(_NEXT), other.action))
    return dataclasses.replace(
        one,
        message=f"{one.message}{_NEXT}{other.message}",
        action=_NEXT.join(filter(None, actions)),
    )


def whole(text: str) -> str:
    """Text with names from the data as a sentence, with a capital and a full stop."""
    shown = sentence(text).strip()
    if not shown:
        return ""
    return shown[0].upper() + shown[1:] + ("" if shown[-1] in ".!?" else ".")
