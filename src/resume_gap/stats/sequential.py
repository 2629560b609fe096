"""Several looks at one trial: an interval that holds at all of them together.

The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2021),
after Robbins's normal mixture (1970). It pays for every look that could be taken.
"""

import math
from dataclasses import replace

from resume_gap.constants import ALPHA
from resume_gap.stats.difference import Difference

_WIDEST = 100.0  # a relative interval of a factor exp(100) either way says nothing


def rho(planned_half: float, alpha: float = ALPHA.value) -> float:
    """The rho that makes the sequence narrowest at N* users.

    rho = sqrt((-2 ln alpha + ln(1 - 2 ln alpha)) / N*).

    Args:
        planned_half: N*, half of the users planned for both arms together; above 0.
        alpha: Chance of missing the truth at any look.
    """
    if not planned_half > 0 or not 0 < alpha < 1:
        raise ValueError(f"users {planned_half} above 0, alpha {alpha} between 0 and 1")
    return math.sqrt((-2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha))) / planned_half)


def half_width(variance: float, users: int, tuning: float, alpha: float = ALPHA.value) -> float:
    """Half the width of the interval at N users, in units of the estimate.

    sqrt(V N) sqrt(2 (N rho^2 + 1) / (N^2 rho^2) ln(sqrt(N rho^2 + 1) / alpha)).

    Args:
        variance: V, of the estimate at these users.
        users: N, users of both arms together.
        tuning: From `rho`, with the same alpha.
        alpha: Chance of missing the truth at any look.
    """
    grown = users * tuning * tuning
    return math.sqrt(variance * users) * math.sqrt(
        2 * (grown + 1) / (users * grown) * math.log(math.sqrt(grown + 1) / alpha)
    )


def sequential(
    effect: Difference,
    variance: float | None,
    users: int,
    planned_users: int,
    alpha: float = ALPHA.value,
    *,
    log_variance: float | None = None,
) -> Difference:
    """The effect with the interval that holds at every look; without p, for the interval decides.

    Args:
        effect: Of `stats.difference.compare`.
        variance: Of its estimate, from the same; None leaves the effect without an interval.
        users: Users so far, both arms together.
        planned_users: Users planned for both arms together, triggered like those so far.
        alpha: Chance of missing the truth at any look.
        log_variance: Of log(treatment / control), for the relative interval.

    Returns:
        Method `sequential`; an effect without estimate or variance comes back without interval.
    """
    bare = replace(
        effect, ci_lower=None, ci_upper=None, relative_ci_lower=None, relative_ci_upper=None, p=None
    )
    if effect.estimate is None or variance is None or users < 1:
        return replace(bare, method=None)
    tuning = rho(planned_users / 2, alpha)
    half = half_width(variance, users, tuning, alpha)
    low = high = None
    if log_variance is not None and effect.control and effect.treatment:
        ratio = effect.treatment / effect.control
        reach = half_width(log_variance, users, tuning, alpha)
        if reach < _WIDEST:
            low, high = ratio * math.exp(-reach) - 1, ratio * math.exp(reach) - 1
    return replace(
        bare,
        ci_lower=effect.estimate - half,
        ci_upper=effect.estimate + half,
        relative_ci_lower=low,
        relative_ci_upper=high,
        method="sequential",
    )
