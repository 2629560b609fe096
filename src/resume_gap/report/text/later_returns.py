"""That later returns show a difference where the first ones, which decide, show none."""

from typing import Final

from resume_gap.constants import USE_EXPOSURES
from resume_gap.report.text import estimates
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Evaluated

TO_DO: Final = (
    "find out what sets first returns apart, such as the morning after the launch, before a larger"
    " trial is planned"
)


def beside(found: Evaluated) -> str | None:
    """What later returns show, in sentences; None where they do not differ from the first ones."""
    if not _differ(found):
        return None
    later = estimates.in_words(found.evaluation.use.later, found)
    return (
        f"But later returns differ from first ones: from return {USE_EXPOSURES.value:.0f} on,"
        f" {later} with the marker, among users with so many returns. More users would not explain"
        " why."
    )


def in_short(found: Evaluated) -> str | None:
    """The same in few words."""
    if not _differ(found):
        return None
    later = estimates.size_in_words(found.evaluation.use.later, found)
    return f"But later returns were {later} with the marker."


def _differ(found: Evaluated) -> bool:
    """Whether only later returns show a difference, and it is also shown that they changed."""
    if found.evaluation.verdict.word != "no_difference_seen":
        return False
    use = found.evaluation.use
    change, later = (_side(estimates.estimate(one)) for one in (use.change, use.later))
    return change == later != 0


def _side(one: Estimate) -> int:
    """Below 0, above 0, or 0 where the interval includes 0 or is not known."""
    if one.ci_lower is None or one.ci_upper is None:
        return 0
    return (one.ci_lower > 0) - (one.ci_upper < 0)
