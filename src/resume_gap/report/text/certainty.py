"""How sure the figure of a headline is, in a clause that everybody reads."""

from typing import Final

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.report.text import (
    estimates,
    evaluation,
    extra_time,
    failed_checks,
    threshold,
    vocabulary,
)
from resume_gap.report.text.numbers import count, many
from resume_gap.results.analyze import Analysis
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.plan import Planned
from resume_gap.results.run import Run

_CONFIDENT: Final = "95 % confident of"
_BRACKETS: Final = "95 % confidence intervals in brackets"


def of_extra_time(analysis: Analysis) -> str:
    """`at least 95 % confident of 29 s to 67 s`; empty without an interval.

    Where the inactivity threshold matters, it is of this one, and at how many work took longer
    stands before it. From the least lower limit of three comparisons to the greatest upper one
    lies the interval of each of them, so whichever is right, its interval covers the truth as often
    as it promises.
    """
    ends = _ends(extra_time.interval(analysis.excess, analysis))
    if extra_time.claim(analysis) is None or not ends:
        return ""
    confident = f"at least {_CONFIDENT} {ends}"
    if not threshold.sensitive(analysis):
        return confident
    longer = threshold.longer(analysis) if analysis.excess.word == "longer" else ""
    here = "at this one" if longer else "at this threshold"
    return "; ".join(part for part in (longer, f"{here}, {confident}") if part)


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
    return f"{_CONFIDENT} {ends}" if ends else ""


def of_share(analysis: Analysis) -> str:
    """The same of the share that was back at work within the cap."""
    ends = _ends(vocabulary.productive_interval(analysis))
    return f"{_CONFIDENT} {ends}" if ends else ""


def of_trial(found: Evaluated) -> str:
    """The same of the difference between the arms, or of why none is shown; else empty."""
    if found.measurability.reason is not None:
        return of_unmeasurable(found)
    if evaluation.withheld(found):
        failed = evaluation.checks(found, "failed")
        return failed_checks.sure(failed[0]) if failed else ""
    word, primary = found.evaluation.verdict.word, found.evaluation.primary
    if primary.estimate is None or word == "not_enough_data":
        return ""
    if word in ("changes_with_use", "depends_on_cap"):
        return _BRACKETS
    ends = estimates.between(estimates.estimate(primary), primary.unit, found, joined=" to ")
    return f"{_CONFIDENT} {ends}" if ends else ""


def of_plan(found: Planned) -> str:
    """`it may take 138 to 232 users: one log is little to go by`; empty without a range."""
    lower, upper = found.plan.needed_lower, found.plan.needed_upper
    if lower is None or upper is None:
        return ""
    looked = " with one look" if found.plan.looks > 1 else ""
    users = f"{count(lower.triggered)} to {count(upper.triggered)}"
    return f"it may take {users} users{looked}: one log is little to go by"


def _ends(interval: str | None) -> str:
    """`29 s to 67 s` of `[29 s, 67 s]`; empty of none."""
    return interval.strip("[]").replace(", ", " to ") if interval else ""
