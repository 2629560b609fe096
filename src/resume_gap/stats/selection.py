"""Bounds of an effect where the arms may differ in who is seen at all (Lee 2009).

If a treatment only adds interruptions (or only takes some away), the arm with more of them holds
those that either arm would have shown and some others. Trimming the share of the others off its
top or off its bottom bounds the effect on the first kind.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import CONFIDENCE, MIN_INTERVAL_USERS

_HALVINGS = 60
_ROUNDING = 1e-9


class SelectionBounds(NamedTuple):
    """Lee bounds of treatment minus control, in units of the outcome.

    Attributes:
        reason: `no_rows` without a row in either arm, `few_users` under 25 users with a row in an
            arm; then all else is None. Else None, and `trimmed_arm` alone may be None.
        lower: Lower bound of the effect.
        upper: Upper bound.
        ci_lower: Of Imbens and Manski's 95 % interval of the effect itself.
        ci_upper: Likewise.
        trimmed_share: Share of the rows trimmed off the arm with more of them per user; 0 where
            both have as many.
        trimmed_arm: That arm; None where both have as many.
    """

    reason: Literal["no_rows", "few_users"] | None
    lower: float | None = None
    upper: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None
    trimmed_share: float | None = None
    trimmed_arm: Literal["control", "treatment"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeenUsers:
    """What is seen of one arm's users; rows in any order."""

    users: int
    """All users of the arm, those without a row included."""
    user: NDArray[np.int64]
    """(rows) whose row it is, 0 to users - 1."""
    y: NDArray[np.float64]
    """(rows) the outcome."""

    def __post_init__(self) -> None:
        """Refuse rows that belong to nobody."""
        if self.user.shape != self.y.shape or self.y.ndim != 1:
            raise ValueError(f"one user per row: {self.user.shape}, {self.y.shape}")
        if len(self.user) and not 0 <= self.user.min() <= self.user.max() < self.users:
            raise ValueError("a row belongs to one of the arm's users")
        if not np.isfinite(self.y).all():
            raise ValueError("an outcome is finite")

    @property
    def seen(self) -> int:
        """Users with a row."""
        return len(np.unique(self.user))


@dataclass(frozen=True, slots=True)
class _Bound:
    estimate: float
    error: float

    def mirrored(self) -> "_Bound":
        """The same of the outcome with its sign turned."""
        return _Bound(-self.estimate, self.error)


def lee_bounds(control: SeenUsers, treatment: SeenUsers) -> SelectionBounds:
    """Bounds of treatment minus control on the rows that either arm would have shown.

    The arm with more rows per user loses the share p = 1 - fewer / more of its rows, off its top
    for one bound and its bottom for the other; at the edge a part of a row, so that many equal
    values do no harm. With q the value at the edge and s = 1 - p, the mean of the lowest part is
    q - (sum of (q - y)+ per user of its arm) / (rows per user of the other arm), the expected
    shortfall of Rockafellar and Uryasev (2000); q moves it to second order only, so the influence
    of a user is that of two means over users. The error is sqrt(sum over arms G / (G - 1) sum of
    squared influences over all G users), the estimated share included.

    The interval is Imbens and Manski's (2004): lower - C se_lower to upper + C se_upper with
    Phi(C + (upper - lower) / max se) - Phi(-C) = .95. It holds the effect, not the whole range.

    Args:
        control: Rows of the control arm and all its users.
        treatment: Same of the treatment arm.

    Returns:
        In units of y; reason `no_rows` without a row in either arm, `few_users` under 25 users
        with a row in an arm.
    """
    if min(control.seen, treatment.seen) < MIN_INTERVAL_USERS.value:
        return SelectionBounds(reason="few_users" if control.seen + treatment.seen else "no_rows")
    surplus = len(treatment.y) * control.users - len(control.y) * treatment.users
    trimmed: Literal["control", "treatment"] | None = None
    if surplus:
        trimmed = "treatment" if surplus > 0 else "control"
    treated_more = trimmed != "control"
    more, fewer = (treatment, control) if treated_more else (control, treatment)
    lowest = _lowest(more, fewer)
    highest = _lowest(_mirrored(more), _mirrored(fewer)).mirrored()
    lower, upper = (lowest, highest) if treated_more else (highest.mirrored(), lowest.mirrored())
    reach = _imbens_manski(upper.estimate - lower.estimate, max(lower.error, upper.error))
    rates = len(more.y) / more.users, len(fewer.y) / fewer.users
    return SelectionBounds(
        reason=None,
        lower=lower.estimate,
        upper=upper.estimate,
        ci_lower=lower.estimate - reach * lower.error,
        ci_upper=upper.estimate + reach * upper.error,
        trimmed_share=0.0 if trimmed is None else 1 - rates[1] / rates[0],
        trimmed_arm=trimmed,
    )


def _lowest(more: SeenUsers, fewer: SeenUsers) -> _Bound:
    """Mean of the lowest rows of the arm with more, less the mean of the other arm."""
    kept = len(fewer.y) * more.users / fewer.users  # rows, perhaps with a part of one
    edge = min(max(math.ceil(kept - _ROUNDING), 1), len(more.y)) - 1
    q = float(np.partition(more.y, edge)[edge])
    short = np.bincount(more.user, weights=np.maximum(q - more.y, 0.0), minlength=more.users)
    depth = float(short.sum()) / kept  # q less the mean of the lowest
    mean = float(fewer.y.mean())

    own = depth / more.users - short / kept
    rows = np.bincount(fewer.user, minlength=fewer.users)
    sums = np.bincount(fewer.user, weights=fewer.y, minlength=fewer.users)
    other = depth * (rows / len(fewer.y) - 1 / fewer.users) - (sums - mean * rows) / len(fewer.y)
    square = sum(len(part) / (len(part) - 1) * float((part * part).sum()) for part in (own, other))
    return _Bound(q - depth - mean, math.sqrt(square))


def _mirrored(arm: SeenUsers) -> SeenUsers:
    return SeenUsers(users=arm.users, user=arm.user, y=-arm.y)


def _imbens_manski(width: float, error: float) -> float:
    """C with Phi(C + width / error) - Phi(-C) = .95, between 1.64 and 1.96."""
    normal = NormalDist()
    apart = width / error if error > 0 else math.inf
    low, high = normal.inv_cdf(CONFIDENCE), normal.inv_cdf((1 + CONFIDENCE) / 2)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if normal.cdf(middle + apart) - normal.cdf(-middle) < CONFIDENCE:
            low = middle
        else:
            high = middle
    return high
