"""How sure the figure of a headline is, in a clause that everybody reads."""

from typing import TYPE_CHECKING, Final

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.report.text import extra_time, vocabulary
from resume_gap.report.text.numbers import count, exact, many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis
from resume_gap.results.run import Run

if TYPE_CHECKING:
    from resume_gap.results.plan import Planned

CONFIDENT: Final = f"{LEVEL} confident of"
"""Begins the clause wherever there is an interval."""


def of_extra_time(analysis: Analysis) -> str:
    """`at least 95 % confident of this range`, which the headline says; empty without one.

    Where the inactivity threshold matters, it is of this one. From the least lower limit of three
    comparisons to the greatest upper one lies the interval of each of them, so whichever is right,
    its interval covers the truth as often as it promises.
    """
    if extra_time.headline(analysis) is None or not extra_time.limits(analysis.excess, analysis):
        return ""
    threshold = exact(analysis.threshold.seconds)
    here = f" for gaps over {threshold}" if analysis.threshold.sensitive else ""
    return f"at least {CONFIDENT} this range{here}"


def of_unmeasurable(run: Run) -> str:
    """What the finding that nothing can be measured rests on; empty without an interruption."""
    found = run.counts
    if not found.interruptions:
        return ""
    seen = many(found.interruptions, "interruption")
    people = f"{count(found.users_interrupted)} of {many(found.users, 'user')}"
    if found.users_interrupted < MIN_INTERVAL_USERS.value:
        return f"counted, not estimated, over {seen}, but of only {people}; others may differ"
    return f"counted, not estimated, over {seen} of {people}"


def of_mean(analysis: Analysis) -> str:
    """The same of the mean re-orientation time."""
    ends = _ends(vocabulary.mean_interval(analysis))
    return f"{CONFIDENT} {ends}" if ends else ""


def of_share(analysis: Analysis) -> str:
    """The same of the share that was back at work within the cap."""
    ends = _ends(vocabulary.productive_interval(analysis))
    return f"{CONFIDENT} {ends}" if ends else ""


def of_plan(found: "Planned") -> str:
    """`95 % confident of 138 to 232 users, ...`; empty without a range."""
    lower, upper = found.plan.needed_lower, found.plan.needed_upper
    if lower is None or upper is None:
        return ""
    looked = " with one look" if found.plan.looks > 1 else ""
    ends = dict.fromkeys((count(lower.triggered), count(upper.triggered)))
    users = " to ".join(ends)
    return f"{CONFIDENT} {users} users{looked}, if this log is typical"


def _ends(interval: str | None) -> str:
    """`29 s to 67 s` of `[29 s, 67 s]`; empty of none."""
    return interval.strip("[]").replace(", ", " to ") if interval else ""
