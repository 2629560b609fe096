"""What fewer interruptions with the marker say beside the verdict, in sentences."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text import estimates
from resume_gap.report.text.trialchecks.events import fewer
from resume_gap.results.evaluate import Evaluated, VerdictWord
from resume_gap.results.trust import TrustCheck

OTHERS: Final = "people may be interrupted differently, so other interruptions are compared"
_MEANS: Final[Mapping[VerdictWord, str]] = {
    "better": (
        "where slow visits are missing from its log, or people stay away, the rest looks faster"
    ),
    "worse": OTHERS,
}
_MEANS_IN_SHORT: Final[Mapping[VerdictWord, str]] = {
    "better": "visits may be missing from its log",
    "worse": OTHERS,
}


def beside(found: Evaluated) -> str | None:
    """That people with the marker have fewer interruptions, with figures; None where not so."""
    check = _warned(found)
    if check is None:
        return None
    return f"But treatment has {fewer(check.figures)}: {_MEANS[found.evaluation.verdict.word]}."


def in_short(found: Evaluated) -> str | None:
    """The same without the interval, a sentence; None where not so."""
    check = _warned(found)
    if check is None:
        return None
    size = estimates.share(abs(float(check.figures["relative"])))  # type: ignore[arg-type]
    means = _MEANS_IN_SHORT[found.evaluation.verdict.word]
    return f"But treatment has {size} fewer interruptions: {means}."


def _warned(found: Evaluated) -> TrustCheck | None:
    """The check that warns, beside a verdict that it may have made."""
    if found.evaluation.verdict.word not in _MEANS:
        return None
    checks = found.evaluation.trust.checks
    return next((one for one in checks if one.code == "fewer"), None)
