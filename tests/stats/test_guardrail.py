"""What passes, fails or stays open, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import Comparison, Difference, compare
from resume_gap.stats.guardrail import guardrail, shown_equal, users_needed

EFFECT = Difference()

HIGHER = [
    # one-sided limits of the relative change, status at a margin of 2 %
    (-0.01, 0.03, "kept"),
    (-0.015, -0.001, "kept"),  # worse, but by less than the margin
    (-0.03, 0.01, "not_shown"),
    (-0.03, -0.01, "harmed"),
    (-0.02, 0.01, "not_shown"),  # the margin itself is not better than the margin
    (-0.03, 0.0, "not_shown"),
    (0.01, 0.09, "kept"),
]


@pytest.mark.parametrize(("lower", "upper", "status"), HIGHER)
def test_both_directions(lower: float, upper: float, status: str) -> None:
    found = guardrail(
        Comparison(effect=EFFECT, relative_lower=lower, relative_upper=upper),
        higher_is_better=True,
    )
    assert (found.status, found.worst) == (status, lower)
    turned = guardrail(
        Comparison(effect=EFFECT, relative_lower=-upper, relative_upper=-lower),
        higher_is_better=False,
    )
    assert (turned.status, turned.worst) == (status, -lower)


def test_without_limits_it_is_open() -> None:
    found = guardrail(Comparison(effect=EFFECT), higher_is_better=True)
    assert found == ("not_shown", None)
    assert not shown_equal(Comparison(effect=EFFECT))


def test_shown_equal_needs_both_limits_inside() -> None:
    for lower, upper, equal in ((-0.01, 0.01, True), (-0.03, 0.01, False), (-0.01, 0.02, False)):
        found = Comparison(effect=EFFECT, relative_lower=lower, relative_upper=upper)
        assert shown_equal(found) is equal
    wide = Comparison(effect=EFFECT, relative_lower=-0.03, relative_upper=0.04)
    assert shown_equal(wide, 0.05)


@pytest.mark.parametrize("users", [80, 400])
def test_from_users(users: int) -> None:
    """Shares of 3 in 4 for everybody but a few; the arms differ by 20 % or not at all."""
    i = np.arange(users)
    n = np.full(users, 4.0)
    returned = np.where(i % 5 == 0, 2.0, 3.0)
    worse = np.where(i % 5 == 0, 1.0, 2.4)
    control = Arm(numerators=returned, denominators=n)
    status = []
    for treatment in (returned, worse):
        found = compare(control, Arm(numerators=treatment, denominators=n), seed=1)
        status.append(guardrail(found, higher_is_better=True, margin=0.06).status)
    assert status == ["kept", "harmed"]


def test_users_needed_shrink_the_limit_to_the_margin() -> None:
    """(1.645 + 0.842) standard errors of 0.1 / 1.645 are to be 0.02: 57.1 times the users."""
    assert users_needed(-0.05, -0.15, users=100) == pytest.approx(5714, abs=2)
    assert users_needed(0.05, 0.15, users=100) == users_needed(-0.05, -0.15, users=100)
    assert users_needed(0.0, -0.02, users=100, power=0.5) == 100
    assert users_needed(None, -0.15, users=100) is None
    assert users_needed(-0.05, None, users=100) is None
