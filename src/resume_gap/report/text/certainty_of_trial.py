"""How sure the figure of a trial's headline is, in a clause that everybody reads."""

from typing import Final

from resume_gap.report.text import estimates, evaluation, failed_checks
from resume_gap.report.text.certainty import CONFIDENT, of_unmeasurable
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated

_BRACKETS: Final = f"{LEVEL} confidence intervals in brackets"


def of_trial(found: Evaluated) -> str:
    """Of the difference between the arms, or of why none is shown; else empty."""
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
    return f"{CONFIDENT} {ends}" if ends else ""
