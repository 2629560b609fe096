"""What fewer interruptions with the marker say beside the verdict, in sentences."""

from resume_gap.report.text import estimates
from resume_gap.report.text.trust_events import fewer
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.trust import TrustCheck


def beside(found: Evaluated) -> str | None:
    """That people with the marker have fewer interruptions, with figures; None where not so."""
    check = _warned(found)
    if check is None:
        return None
    return (
        f"But treatment has {fewer(check.figures)}: where slow visits are missing from its log, or"
        " people stay away, the rest looks faster."
    )


def in_short(found: Evaluated) -> str | None:
    """The same without the interval, a sentence; None where not so."""
    check = _warned(found)
    if check is None:
        return None
    size = estimates.share(abs(float(check.figures["relative"])))  # type: ignore[arg-type]
    return f"But treatment has {size} fewer interruptions: visits may be missing from its log."


def _warned(found: Evaluated) -> TrustCheck | None:
    """The check that warns, beside a verdict that it may have made."""
    if found.evaluation.verdict.word != "better":
        return None
    checks = found.evaluation.trust.checks
    return next((one for one in checks if one.code == "fewer"), None)
