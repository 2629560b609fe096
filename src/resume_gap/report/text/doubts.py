"""What speaks against a difference that a trial has shown, beside its verdict."""

from typing import Final, NamedTuple

from resume_gap.report.text import estimates, measures
from resume_gap.report.text.trialchecks.beginnings import sooner_before
from resume_gap.report.text.trialchecks.events import SAME_MOMENTS, later
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.trust import TrustCheck


class Doubt(NamedTuple):
    """Why a difference may not be the marker's.

    Attributes:
        beside: With its figures, a sentence.
        in_short: The same for a first screen.
        badge: For the badge, a clause.
        to_do: What to find out first, a clause.
    """

    beside: str
    in_short: str
    badge: str
    to_do: str


_CLOCKS: Final = f"find out {SAME_MOMENTS}"
_FEATURES: Final = "find out whether the same users got another feature before"


def doubt(found: Evaluated) -> Doubt | None:
    """The first doubt about a verdict of faster or slower; None without any."""
    if found.evaluation.verdict.word not in ("better", "worse"):
        return None
    return _other_returns(found) or _before(found) or _history(found)


def beside(found: Evaluated) -> str | None:
    """The doubt with its figures, a sentence; None without any."""
    one = doubt(found)
    return None if one is None else one.beside


def in_short(found: Evaluated) -> str | None:
    """The same in few words."""
    one = doubt(found)
    return None if one is None else one.in_short


def _other_returns(found: Evaluated) -> Doubt | None:
    """That the arms also differ, on the same side, where no marker is due."""
    check = _unclear(found, "other_returns")
    if check is None:
        return None
    return Doubt(
        f"But {later(check.figures)}: a part of the difference may not be the marker's.",
        "But the groups also differ where there is nothing to resume.",
        "the groups also differ where there is nothing to resume",
        _CLOCKS,
    )


def _before(found: Evaluated) -> Doubt | None:
    """That the arms already differed, on the same side, before the assignment."""
    check = _unclear(found, "arms_before")
    if check is None:
        return None
    return Doubt(
        f"But {sooner_before(check.figures)}: a part of the difference may not be the marker's.",
        "But the groups already differed before the trial.",
        "the groups already differed before the trial",
        _FEATURES,
    )


def _unclear(found: Evaluated, name: str) -> TrustCheck | None:
    """The check of that name, where it doubts the verdict."""
    checks = found.evaluation.trust.checks
    return next((one for one in checks if (one.name, one.code) == (name, "unclear")), None)


def _history(found: Evaluated) -> Doubt | None:
    """That no difference is shown once the users' history is taken into account."""
    adjusted = found.evaluation.adjusted
    low, high = adjusted.ci_lower, adjusted.ci_upper
    if low is None or high is None or low > 0 or high < 0:
        return None
    return Doubt(
        f"But {measures.ADJUSTED}, a difference is not shown"
        f" ({estimates.in_figures(adjusted, found)}): the arms may have differed before.",
        f"But {measures.ADJUSTED}, no difference is shown.",
        "adjusted for history, it is not shown",
        "keep the trial running until the difference is also shown with history taken into account",
    )
