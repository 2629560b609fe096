"""Checks of what a marker cannot change: the arms must be alike there."""

from collections.abc import Mapping
from dataclasses import replace

from resume_gap.constants import ALPHA, DOUBT_ERROR, MARKER_ELSEWHERE, RATIO_ERROR
from resume_gap.results.effect import Effect
from resume_gap.results.trust import CheckFigure, Trust, TrustCheck
from resume_gap.trial.data import MarkersShown
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.unaffected import before, finished_returns
from resume_gap.trial.unaffected import other_returns as effect_at_others

_OTHERS = "other_returns"
_BEFORE = "arms_before"
_DOUBTS = {_OTHERS: DOUBT_ERROR, _BEFORE: ALPHA}
"""Below which p a difference on the side of the effect is a doubt, by check."""


def arms_before(evidence: Evidence) -> TrustCheck:
    """Before the assignment the arms must be alike, as chance makes them."""
    found = before(evidence.trial, means_only=evidence.by_day)
    if found.p is None:
        return TrustCheck(name=_BEFORE, code="too_few", status="not_checked")
    return _compared(_BEFORE, found.effect, found.p, {"users": found.effect.users})


def other_returns(evidence: Evidence) -> TrustCheck:
    """Returns after finished work, where nothing is left to resume, must not differ.

    They do where the arms log work at other moments: the clock is another one then at all returns.
    Where markers are shown at such returns, too, they may differ by the marker.
    """
    markers = evidence.events.shown.get(True, MarkersShown())
    elsewhere = markers.shown - markers.at_rule
    due = int(finished_returns(evidence.trial)["is_treated"].sum())
    if elsewhere > MARKER_ELSEWHERE.value * due:
        return TrustCheck(
            name=_OTHERS,
            code="marker_shown",
            status="not_checked",
            figures={"markers": elsewhere, "returns": due},
        )
    found = effect_at_others(evidence.trial)
    if found.p is None or found.estimate is None:
        return TrustCheck(name=_OTHERS, code="too_few", status="not_checked")
    return _compared(_OTHERS, found, found.p, {"estimate": found.estimate})


def _compared(name: str, effect: Effect, p: float, more: Mapping[str, CheckFigure]) -> TrustCheck:
    """The arms compared where they must be alike."""
    differ = p < RATIO_ERROR.value
    return TrustCheck(
        name=name,
        code="differ" if differ else "alike",
        status="failed" if differ else "passed",
        p=p,
        figures={
            "control": effect.control or 0.0,
            "treatment": effect.treatment or 0.0,
            **more,
        },
    )


def doubted(trust: Trust, primary: Effect) -> Trust:
    """The checks, which warn where other returns, or those before, differ as the first ones do.

    Args:
        trust: The checks, none of which failed.
        primary: The effect at the first return, which is shown.
    """
    return replace(trust, checks=tuple(_doubtful(one, primary) for one in trust.checks))


def _doubtful(check: TrustCheck, primary: Effect) -> TrustCheck:
    error = _DOUBTS.get(check.name)
    if error is None or check.p is None or check.p >= error.value:
        return check
    same_side = _difference(check.figures) * (primary.estimate or 0.0) > 0
    return replace(check, code="unclear", status="warned") if same_side else check


def _difference(figures: Mapping[str, CheckFigure]) -> float:
    """Treatment minus control, seconds."""
    treatment, control = figures["treatment"], figures["control"]
    return float(treatment) - float(control)  # type: ignore[arg-type]
