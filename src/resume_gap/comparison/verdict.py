"""One word for a launch that was not randomized, as a code with the figures behind it."""

from resume_gap.constants import ALPHA
from resume_gap.results.compare import HorizonEffect
from resume_gap.results.evaluate import Verdict
from resume_gap.results.trust import CheckFigure


def verdict_of(primary: HorizonEffect) -> Verdict:
    """One word for the effect that decides; the checks have passed.

    It takes a p that is small enough, and an interval that excludes 0 where there is one.

    Args:
        primary: The effect at the horizon that decides, or of the whole roll-out.
    """
    if primary.estimate is None or primary.p is None:
        reason = primary.reason or "few_placebos"
        return Verdict(word="not_enough_data", reason=reason, figures=_figures(primary))
    figures = _figures(primary)
    if primary.p > ALPHA.value or _includes_zero(primary):
        return Verdict(word="no_difference_seen", reason="as_without_launch", figures=figures)
    if primary.estimate < 0:
        return Verdict(word="better", reason="shorter_after", figures=figures)
    return Verdict(word="worse", reason="longer_after", figures=figures)


def _includes_zero(primary: HorizonEffect) -> bool:
    low, high = primary.ci_lower, primary.ci_upper
    return low is not None and high is not None and low <= 0 <= high


def _figures(primary: HorizonEffect) -> dict[str, CheckFigure]:
    known = {
        "ci_lower": primary.ci_lower,
        "ci_upper": primary.ci_upper,
        "p": primary.p,
        "least_p": primary.least_p,
        "placebos": primary.placebos,
        "horizon_days": primary.horizon_days,
    }
    return {name: value for name, value in known.items() if value is not None}
