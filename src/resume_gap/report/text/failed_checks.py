"""Why no result is shown, in words of a first screen: what is wrong and what to do about it.

The full sentences with their figures are those of `trust`; they stand further down the page.
"""

from resume_gap.report.text.numbers import one_in
from resume_gap.report.text.plain_check import Plain
from resume_gap.report.text.trialchecks.table import outcome
from resume_gap.results.trust import TrustCheck


def plain(check: TrustCheck) -> Plain | None:
    """A failed check in plain words; None of one that is not known."""
    known = outcome(check)
    return None if known is None else known.plain


def sure(check: TrustCheck) -> str:
    """`chance alone makes groups this uneven in 1 of 50,000 trials`; empty without a p."""
    if check.p is None or check.code != "sample_ratio_mismatch":
        return ""
    return f"chance alone makes groups this uneven in {one_in(check.p)} trials"
