"""A second estimate of a staggered roll-out, by a library that is installed beside the tool.

Callaway and Sant'Anna (2021) compare units launched in a period with those not launched yet, and
know no lines of units; HonestDiD (Rambachan and Roth 2023) asks what is left of that where units
would have parted after the launch as they did before. Both come from `diff-diff`.
"""

import dataclasses
import math
import warnings
from typing import Any, Final, NamedTuple

import numpy as np

from resume_gap.constants import ROLLOUT_LEADS
from resume_gap.stats.imputation import RelativePeriod, RolloutEffect, taking_part
from resume_gap.stats.imputed import Floats, Order

_COLUMNS: Final = (
    "event_time",
    "att",
    "se",
    "t_stat",
    "p_value",
    "conf_int_lower",
    "conf_int_upper",
    "is_reference",
    "n",
    "df",
)


class SecondOpinion(NamedTuple):
    """What another method makes of the same roll-out.

    Attributes:
        estimate: Seconds, by Callaway and Sant'Anna; NaN: no figure, `reason` says why.
        ci_lower: Lower limit of its 95 % confidence interval; None without figure.
        ci_upper: The upper one.
        leads: The four periods before the launch but the last, against which they are measured.
        lags: The periods from the launch on.
        honest_lags: How many of the first lags the honest interval is about; 0 without one.
        honest_lower: Lower limit of the mean of those lags where from one period to the next
            units may part by as much as ever in the four periods before; None without.
        honest_upper: The upper one.
        breakdown: How many times as much units would have to part before the honest interval
            includes 0; 0: it does anyway; infinite: not even at ten times; None without.
        reason: Empty; or `not_installed`, `no_comparison`.
    """

    estimate: float = math.nan
    ci_lower: float | None = None
    ci_upper: float | None = None
    leads: tuple[RelativePeriod, ...] = ()
    lags: tuple[RelativePeriod, ...] = ()
    honest_lags: int = 0
    honest_lower: float | None = None
    honest_upper: float | None = None
    breakdown: float | None = None
    reason: str = ""


def second_opinion(panel: Floats, launched: Order) -> SecondOpinion:
    """Estimate the roll-out anew, from the same units.

    Args:
        panel: (units, periods) mean seconds; NaN: nothing measured.
        launched: (units) index of the period of the launch, also where that is cut and so missing:
            the one before it is the base; periods or more: never.

    Returns:
        Its reason is `not_installed` where the library is missing.
    """
    try:
        import diff_diff
    except ImportError:
        return SecondOpinion(reason="not_installed")
    whole, _ = taking_part(panel, None, launched, lines=True)
    values = np.where(whole.weights > 0, whole.values, np.nan)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # of cells that cannot be estimated
            return _estimated(diff_diff, values, whole.launched)
    except (ValueError, np.linalg.LinAlgError):
        return SecondOpinion(reason="no_comparison")


def parted(effect: RolloutEffect, other: SecondOpinion) -> bool:
    """Whether the two estimates lie further apart than the half-width of either interval."""
    if effect.ci_lower is None or effect.ci_upper is None:
        return False
    if other.ci_lower is None or other.ci_upper is None:
        return False
    widest = max(effect.ci_upper - effect.ci_lower, other.ci_upper - other.ci_lower) / 2
    return abs(effect.estimate - other.estimate) > widest


def _estimated(diff_diff: Any, values: Floats, launched: Order) -> SecondOpinion:  # noqa: ANN401
    import pandas as pd

    units, periods = values.shape
    first = np.where(launched < periods, launched + 1, 0)  # 0: never
    there = np.isfinite(values)
    unit, at = np.nonzero(there)
    frame = pd.DataFrame(
        {"unit": unit, "time": at + 1, "seconds": values[there], "first": first[unit]}
    )
    method = diff_diff.CallawaySantAnna(
        control_group="not_yet_treated",
        estimation_method="reg",
        base_period="universal",
        allow_unbalanced_panel=len(frame) < units * periods,
    )
    fitted = method.fit(frame, "seconds", "unit", "time", "first")
    lower, upper = map(float, fitted.overall_conf_int)
    if not math.isfinite(upper - lower):
        return SecondOpinion(reason="no_comparison")
    path = fitted.aggregate("event_study")
    lags, honest_lower, honest_upper, breakdown = _honest(diff_diff, path)
    return SecondOpinion(
        estimate=float(fitted.overall_att),
        ci_lower=lower,
        ci_upper=upper,
        leads=_periods(path, -int(ROLLOUT_LEADS.value), 0),
        lags=_periods(path, 0, periods),
        honest_lags=lags,
        honest_lower=honest_lower,
        honest_upper=honest_upper,
        breakdown=breakdown,
    )


def _periods(path: Any, first: int, end: int) -> tuple[RelativePeriod, ...]:  # noqa: ANN401
    rows = zip(path.event_time, path.att, path.conf_int_lower, path.conf_int_upper, strict=True)
    return tuple(
        RelativePeriod(int(period), float(att), float(lower), float(upper))
        for period, att, lower, upper in rows
        if first <= period < end and math.isfinite(upper - lower)
    )


def _honest(
    diff_diff: Any,  # noqa: ANN401
    path: Any,  # noqa: ANN401
) -> tuple[int, float | None, float | None, float | None]:
    """The first lags, compared with the last leads; (0, None, None, None) where it fails.

    Periods far from the launch are those of few units, which part by chance: they take no part.
    """
    many = int(ROLLOUT_LEADS.value)
    kept = (path.event_time >= -many - 1) & (path.event_time < many)
    index = np.isin(path.vcov_index, path.event_time[kept])
    near = dataclasses.replace(
        path,
        **{name: getattr(path, name)[kept] for name in _COLUMNS},
        vcov=path.vcov[np.ix_(index, index)],
        vcov_index=path.vcov_index[index],
    )
    method = diff_diff.HonestDiD(method="relative_magnitude", M=1.0)
    try:
        found = method.fit(near)
        breakdown = method.breakdown_value(near)
    except (ValueError, np.linalg.LinAlgError):
        return 0, None, None, None
    lags = int((near.event_time >= 0).sum())
    if not math.isfinite(found.ci_ub - found.ci_lb):
        return 0, None, None, None
    times = math.inf if breakdown is None else float(breakdown)
    return lags, float(found.ci_lb), float(found.ci_ub), times
