"""Welch's interval and p by tea-tasting, from the arms' means, variances and covariances."""

import math
from typing import TYPE_CHECKING

import numpy as np

from resume_gap.stats.moments import Users

if TYPE_CHECKING:
    from tea_tasting.aggr import Aggregates
    from tea_tasting.metrics.mean import MeanResult


def welch(control: Users, treatment: Users, *, level: float, apart: float = 0.0) -> "MeanResult":
    """tea-tasting's analysis of a ratio of means, with CUPED where there is a covariate.

    Args:
        control: Users of the control arm.
        treatment: Users of the treatment arm.
        level: Of the intervals.
        apart: Added to both arms' measures; moves no difference. Keeps measures above 0 where
            only the difference is wanted.
    """
    # The import costs two seconds; only `evaluate` and `plan` pay them.
    from tea_tasting.metrics import RatioOfMeans  # noqa: PLC0415

    metric = RatioOfMeans(
        "y",
        "n",
        "x" if control.covariate is not None else None,
        alternative="two-sided",
        confidence_level=level,
        equal_var=False,
        use_t=True,
    )
    return metric.analyze_aggregates(_aggregates(control, apart), _aggregates(treatment, apart))


def _aggregates(users: Users, apart: float) -> "Aggregates":
    """Means, variances and covariances over users."""
    from tea_tasting.aggr import Aggregates  # noqa: PLC0415

    values = {"y": users.numerators + apart * users.denominators, "n": users.denominators}
    if users.covariate is not None:
        values["x"] = users.covariate
    names = list(values)
    spread = np.atleast_2d(np.cov(np.stack(list(values.values()))))
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
