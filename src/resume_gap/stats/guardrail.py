"""What must not get worse, and what must be shown to be equal: one-sided 95 % limits."""

from typing import Literal, NamedTuple

from resume_gap.constants import GUARDRAIL_MARGIN
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
