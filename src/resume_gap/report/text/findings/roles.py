"""What events mean: work, task ends, idle events, the marker, their elements."""

from typing import Final

from resume_gap.options.names import pasted
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import (
    DataFinding,
    both,
    is_the_work,
    listed,
    share,
    without_work,
)
from resume_gap.report.text.numbers import many
from resume_gap.results.common import Check
from resume_gap.sources.role_names import marker_kind


def _likely_idle(check: Check) -> str:
    """Events that may mark idle time, with the figures with and without them."""
    shown, unnamed = (round(check.figures[name]) for name in ("names", "unnamed"))
    names = listed(check.names[:shown])
    if unnamed:
        names = " and ".join(filter(None, (names, f"{unnamed:,} that few users have")))
    return (
        f"{share(check):.0%} of the {many(check.count, 'event')} called {names} are the last before"
        f" or the first after a long gap, so they may mark idle time. {both(check)}"
    )


def _as_away(check: Check) -> str:
    """What takes such events for idle events."""
    if check.figures["unnamed"]:
        return "--show-ids shows the names; --away NAMES takes them for idle events"
    return f"--away {pasted(check.names)} takes them for idle events"


def _doubtful_ends(check: Check) -> str:
    """Task ends that a machine may have written, with the figures with and without them."""
    names = listed(check.names) or "events that few users have"
    return (
        f"{many(check.count, 'event')} ({names})"
        f" {agreeing(check.count, 'was taken for the end', 'were taken for ends')} of tasks because"
        f" {agreeing(check.count, 'it says', 'they say')} that something is done,"
        f" which may be a machine's work. {both(check)}"
    )


def _as_ends(check: Check) -> str:
    """What decides about them."""
    if is_the_work(check):
        return without_work(check)
    names = pasted(check.names) if check.names else "NAMES"
    return (
        f"--ignore {names} leaves them out; if people end tasks so, say it with --productive and"
        " --complete"
    )


def _marker_in_log(check: Check) -> str:
    """Events that a resume marker may have written."""
    names = f" ({listed(check.names)})" if check.names else ""
    are = agreeing(check.count, "is", "are")
    return (
        f"by name {many(check.count, 'event')}{names} {are} of a resume marker: if so, figures are"
        " of people who had it already"
    )


def _as_marker(check: Check) -> str:
    """What leaves them out, or the days with them."""
    kinds: dict[str, list[str]] = {}
    for name in check.names:
        kinds.setdefault(marker_kind(name) or "shown", []).append(name)
    options = [f"--marker {kind}={pasted(names)}" for kind, names in kinds.items()]
    return f"{' '.join(options) or '--marker shown=NAMES'}, or --until the day before it"


def _ends_left_out(check: Check) -> str:
    """Events that may end tasks, where no event does."""
    names = f" ({listed(check.names)})" if check.names else ""
    return (
        f"by name {many(check.count, 'event')}{names} {agreeing(check.count, 'ends', 'end')} tasks,"
        " but no event counts as a task end, so finished work counts as interrupted"
    )


def _as_task_ends(check: Check) -> str:
    """What makes them ends of tasks."""
    return f"--complete {pasted(check.names) if check.names else 'NAMES'}"


def _elements_end(check: Check) -> str:
    """Days without elements, with the figures with and without them."""
    return (
        f"on {many(check.count, 'day')} with {share(check):.0%} of the rows hardly any has an"
        " element, on other days many have."
        f" {both(check, agreeing(check.count, 'that day', 'those days'))}"
    )


FINDINGS: Final = {
    "no_productive_events": DataFinding(
        message=lambda _: (
            "no event of this log counts as work, so re-orientation cannot be measured"
        ),
        action="name the events that are work with --productive",
        short="no event counts as work: nothing can be measured.",
    ),
    "roles_by_name": DataFinding(
        message=lambda _: (
            "what counts as work, its end and idle events were taken from names alone"
        ),
        action="--productive, --complete and --away decide",
        short="what counts as work was taken from names.",
    ),
    "idle_by_name": DataFinding(
        message=lambda c: (
            f"{share(c):.0%} of the rows were taken for idle events by their names alone"
            + (": " if c.names else "")
            + ", ".join(c.names[:3])
        ),
        action="--productive NAMES or --away NAMES decides",
        short="idle events were recognized by their names alone.",
    ),
    "likely_idle_events": DataFinding(
        message=_likely_idle,
        action=_as_away,
        short="some events at long gaps may mark idle time.",
    ),
    "doubtful_task_ends": DataFinding(
        message=_doubtful_ends,
        action=_as_ends,
        short="some ends of tasks may be a machine's.",
    ),
    "task_ends_left_out": DataFinding(
        message=_ends_left_out,
        action=_as_task_ends,
        short="no event ends a task, though names suggest some.",
    ),
    "marker_in_log": DataFinding(
        message=_marker_in_log,
        action=_as_marker,
        short="the log seems to hold the marker already.",
    ),
    "elements_end": DataFinding(
        message=_elements_end,
        action="analyze the days with elements: --since and --until",
        short="on some days hardly any event names its element.",
    ),
}
