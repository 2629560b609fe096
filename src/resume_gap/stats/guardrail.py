"""What must not get worse, and what must be shown to be equal: one-sided 95 % limits."""

import math
from statistics import NormalDist
from typing import Literal, NamedTuple

from resume_gap.constants import ALPHA, GUARDRAIL_MARGIN, POWER
from resume_gap.stats.difference import Comparison

Status = Literal["kept", "harmed", "not_shown"]


class GuardrailFinding(NamedTuple):
    """What a measure shows of a change for the worse.

    Attributes:
        status: `kept`, `harmed` or `not_shown`.
        worst: One-sided 95 % limit of the change on the bad side; None where
            the comparison has no limits.
    """

    status: Status
    worst: float | None


def guardrail(
    found: Comparison,
    *,
    higher_is_better: bool,
    margin: float = GUARDRAIL_MARGIN.value,
    absolute: bool = False,
) -> GuardrailFinding:
    """Whether a measure is shown not to have got worse by more than the margin.

    `kept` when the one-sided 95 % limit of the relative change on the bad side is better than
    the margin; else `harmed` when the limit on the good side is worse than no change; else
    `not_shown`, as where there are no limits.

    Args:
        found: Of `stats.difference.compare`.
        higher_is_better: Which change is bad.
        margin: A share of the control's measure, above 0.
        absolute: Whether it is a difference instead: 0.02 of a share are 2 points.
    """
    lower, upper = found.relative_lower, found.relative_upper
    if absolute:
        lower, upper = found.lower, found.upper
    bad, good = (lower, upper) if higher_is_better else (upper, lower)
    status: Status = "not_shown"
    if bad is not None and good is not None:
        sign = 1 if higher_is_better else -1
        if sign * bad > -margin:
            status = "kept"
        elif sign * good < 0:
            status = "harmed"
    return GuardrailFinding(status, bad)


def users_needed(
    change: float | None,
    worst: float | None,
    *,
    users: float,
    margin: float = GUARDRAIL_MARGIN.value,
    power: float = POWER.value,
) -> int | None:
    """Users in each arm who would probably show that a measure did not get worse by the margin.

    The limit lies z standard errors from the change, which shrink as the root of the users. Where
    nothing changes in truth, the limit is within the margin with the power asked for.

    Args:
        change: That was found, in the measure of the margin.
        worst: Its one-sided 95 % limit on the bad side; None as in `guardrail`.
        users: In each arm of the trial at hand.
        margin: A share of the control's measure or a difference, above 0.
        power: Chance that so many users show it.

    Returns:
        Users in each arm, rounded up; None without a limit.
    """
    if change is None or worst is None:
        return None
    one_sided = NormalDist().inv_cdf(1 - ALPHA.value)
    error = abs(change - worst) / one_sided
    reach = one_sided + NormalDist().inv_cdf(power)
    return math.ceil(users * (reach * error / margin) ** 2)


def shown_equal(found: Comparison, within: float = GUARDRAIL_MARGIN.value) -> bool:
    """Whether the arms are shown to be equal up to a share of the control's measure.

    Two one-sided tests at 5 % (Schuirmann 1987). A difference that is not significant shows
    nothing of the kind.

    Args:
        found: Of `stats.difference.compare`.
        within: The share, above 0.
    """
    if found.relative_lower is None or found.relative_upper is None:
        return False
    return -within < found.relative_lower and found.relative_upper < within
