"""What was found about the starts of returns, of names and of ids, in sentences."""

from collections.abc import Mapping
from typing import Final

from resume_gap import constants
from resume_gap.options.names import pasted
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import DataFinding, both, share
from resume_gap.report.text.numbers import duration, many
from resume_gap.results.common import Check


def _touched_at_once(check: Check) -> str:
    """Elements that returns touch at once, with the figures with and without such events."""
    return (
        f"{many(check.count, 'return')} ({share(check):.0%}) {agreeing(check.count, 'is', 'are')}"
        f" at the element last touched within {constants.EARLY_WITHIN.value:.0f} s, but"
        f" {check.figures['astray_share']:.0%} of the people who work on it next look at others"
        " before: a program may have loaded it, or a tracker kept its name, and it counts as found."
        f" {both(check, 'these events')}"
    )


def _signed_in_late(check: Check) -> str:
    """Returns that begin before people have signed in, with the figures with and without that."""
    wait = duration(check.figures["wait_seconds"], constants.ECHO_WITHIN.value)
    return (
        f"in {many(check.count, 'return')} people sign in about {wait} after the first event: no"
        f" marker saves that time. {both(check, 'what comes before')}"
    )


def _work_renamed(check: Check) -> str:
    """Work that seems to get another name, with the figures with and without that time."""
    work, other = check.names or ("an event of work", "an event that is none")
    ends, begins = (work, other) if check.figures["is_end"] else (other, work)
    return (
        f"about when {ends} ends, {begins} begins, as often, as where a release gives the same work"
        " another name; only one of them counts as work."
        f" {both(check, 'the time of the other')}"
    )


def _as_work(check: Check) -> str:
    """What decides about it."""
    names = pasted(check.names) if check.names else "NAMES"
    return f"if both are work, add them to --productive: {names}"


def _ids_of_a_day(check: Check) -> str:
    """Users who are seen on one day only."""
    return (
        f"{many(check.count, 'user')}, {share(check):.0%} of those who come back from a long gap,"
        f" {agreeing(check.count, 'is', 'are')} seen within a day only: ids may change every day,"
        " and then one person counts as several, and intervals are too narrow"
    )


FINDINGS: Final[Mapping[str, DataFinding]] = {
    "touched_at_once": DataFinding(
        message=_touched_at_once,
        action="log an element where a person touches it only",
        short="a program may touch the last element at returns.",
    ),
    "signed_in_late": DataFinding(
        message=_signed_in_late,
        action="leave out what comes before people have signed in",
        short="signing in counts as getting back to work.",
    ),
    "work_renamed": DataFinding(
        message=_work_renamed,
        action=_as_work,
        short="work may have got another name.",
    ),
    "ids_of_a_day": DataFinding(
        message=_ids_of_a_day,
        action="map an id that stays the same with --user COL",
        short="ids may change every day.",
    ),
}
"""By code."""
