"""Welch's interval and p by tea-tasting, from means, variances and covariances over users."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resume_gap.stats.moments import Users

if TYPE_CHECKING:
    from tea_tasting.aggr import Aggregates
    from tea_tasting.metrics.mean import MeanResult

_OPTIONS = {"alternative": "two-sided", "equal_var": False, "use_t": True}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an interval goes from the estimate to either side."""

    p: float
    """Two-sided, of no difference."""
    half: float
    """In units of the measure."""
    factor: float | None
    """Same of treatment / control; None where a measure is not above 0."""


def welch(control: Users, treatment: Users, *, level: float) -> Reach:
    """tea-tasting's analysis of a ratio of means, with CUPED where there is a covariate.

    Args:
        control: Users of the control arm; their measure is above 0 and varies.
        treatment: Users of the treatment arm; likewise.
        level: Of the intervals.
    """
    # The import costs two seconds; only `evaluate` and `plan` pay them.
    from tea_tasting.metrics import RatioOfMeans  # noqa: PLC0415

    covariate = None if control.covariate is None else "x"
    metric = RatioOfMeans("y", "n", covariate, confidence_level=level, **_OPTIONS)
    found = metric.analyze_aggregates(_aggregates(control), _aggregates(treatment))
    return _reach(found)


def welch_of_moments(
    means: tuple[float, float],
    squares: tuple[float, float],
    users: tuple[int, int],
    *,
    level: float,
) -> Reach:
    """The same from the measures of (control, treatment) and the squares of their errors.

    Args:
        means: Measures, of any sign.
        squares: Squared errors, not both 0.
        users: Users of the arms, at least 2.
        level: Of the intervals.
    """
    from tea_tasting.aggr import Aggregates  # noqa: PLC0415
    from tea_tasting.metrics import Mean  # noqa: PLC0415

    # Where a measure is not above 0, or as good as 0, both are moved: no difference changes.
    errors = [math.sqrt(square) for square in squares]
    above = all(mean > 0 and error < mean for mean, error in zip(means, errors, strict=True))
    apart = 0.0 if above else 2 * (max(errors) + max(abs(mean) for mean in means))
    arms = [
        Aggregates(count_=count, mean_={"y": mean + apart}, var_={"y": square * count})
        for mean, square, count in zip(means, squares, users, strict=True)
    ]
    found = Mean("y", confidence_level=level, **_OPTIONS).analyze_aggregates(*arms)
    reach = _reach(found)
    return reach if above else Reach(reach.p, reach.half, None)


def _reach(found: "MeanResult") -> Reach:
    return Reach(
        float(found.pvalue),
        (found.effect_size_ci_upper - found.effect_size_ci_lower) / 2,
        (1 + found.rel_effect_size_ci_upper) / (1 + found.rel_effect_size),
    )


def _aggregates(users: Users) -> "Aggregates":
    """Means, variances and covariances over users."""
    from tea_tasting.aggr import Aggregates  # noqa: PLC0415

    values = {"y": users.numerators, "n": users.denominators}
    if users.covariate is not None:
        values["x"] = users.covariate
    names = list(values)
    spread = np.cov(np.stack(list(values.values())))
    return Aggregates(
        count_=len(users.numerators),
        mean_={name: math.fsum(value) / len(value) for name, value in values.items()},
        var_={name: float(spread[i, i]) for i, name in enumerate(names)},
        cov_={
            (one, other): float(spread[i, j])
            for i, one in enumerate(names)
            for j, other in enumerate(names)
            if i < j
        },
    )
