"""Up to how long the primary effect counts, and what longer caps show, in sentences."""

from typing import Final

from resume_gap.constants import PRIMARY_CAP_POINT
from resume_gap.report.text import estimates
from resume_gap.report.text.numbers import exact, exact_share
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import CapEffect, CapSource, Evaluated

_SOURCE: Final[dict[CapSource, str]] = {
    "prediction": "fixed before the trial, in the prediction file",
    "lags": (
        f"the time within which {exact_share(PRIMARY_CAP_POINT.value)} of those who got back to"
        " work before the assignments had done so"
    ),
    "standard": "the usual one, as too few returns came before the assignments to choose one",
    "threshold": "as long as re-orientation is counted at all",
}

SOURCE_BEFORE: Final[dict[CapSource, str]] = _SOURCE | {
    "prediction": "fixed before the launch, in the prediction file",
    "lags": (
        f"the time within which {exact_share(PRIMARY_CAP_POINT.value)} of those who got back to"
        " work before the launch had done so"
    ),
    "standard": "the usual one, as too few returns came before the launch to choose one",
}
"""The same of a launch without random assignment."""


def cap(found: Evaluated) -> str | None:
    """`2 min`: the cap of the primary effect; None where nothing was compared."""
    seconds = found.evaluation.primary.cap_seconds
    return None if seconds is None else exact(seconds)


def whole(found: Evaluated) -> str:
    """`6 min 56 s`: the cap of all returns, weeks and numbers of returns."""
    return exact(found.reorientation.cap_seconds)


def counted(found: Evaluated) -> str:
    """`, counted up to 2 min`: of what has the cap of the primary effect; or empty."""
    primary = cap(found)
    return f", counted up to {primary}" if primary else ""


def counted_whole(found: Evaluated) -> str:
    """A sentence for what has another cap than the verdict has."""
    primary = cap(found)
    other = "" if primary in (None, whole(found)) else f"; the verdict counts up to {primary}"
    return f"Returns are counted up to {whole(found)}{other}."


def source(found: Evaluated) -> str | None:
    """Where that cap is from, a clause."""
    where = found.evaluation.primary.cap_source
    return None if where is None else _SOURCE[where]


def estimate(row: CapEffect) -> Estimate:
    """The difference at a cap with its interval."""
    return Estimate(estimate=row.estimate, ci_lower=row.ci_lower, ci_upper=row.ci_upper)


def longest(found: Evaluated) -> CapEffect | None:
    """The effect at the longest cap, where that is not the primary one."""
    trial = found.evaluation
    if not trial.caps or trial.caps[-1].estimate is None:
        return None
    last = trial.caps[-1]
    return None if last.seconds == trial.primary.cap_seconds else last


def longest_overruling(found: Evaluated) -> CapEffect | None:
    """The effect at the cap that overrules the primary one; None where none does."""
    at = found.evaluation.verdict.figures.get("longer_seconds")
    return next((row for row in found.evaluation.caps if row.seconds == at), None)


def agrees(found: Evaluated) -> bool:
    """Whether the longest cap shows the same as the primary one: not 0, and on its side of it."""
    row, primary = longest(found), found.evaluation.primary
    if row is None or row.estimate is None or primary.estimate is None:
        return False
    excluded = estimates.includes_zero(estimate(row)) is False
    return excluded and (row.estimate < 0) == (primary.estimate < 0)


def beside(found: Evaluated) -> str | None:
    """What the longest cap shows, with the harm it cannot exclude in its interval; or None."""
    row = longest(found)
    if row is None:
        return None
    value = estimate(row)
    size = estimates.size_worded(value, "seconds", found)
    ends = estimates.between(value, "seconds", found, joined=" to ")
    says = {
        False: f"people were {size}",
        True: f"the difference is not certain: {size}",
    }[bool(estimates.includes_zero(value))]
    instead = f" instead of {primary}" if (primary := cap(found)) else ""
    interval = f" ({LEVEL} interval: {ends})" if ends else ""
    return f"Counted up to {exact(row.seconds)}{instead}, {says}{interval}."
