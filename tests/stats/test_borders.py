"""The least that each figure asks for is enough, and one less is not."""

from __future__ import annotations

import numpy as np
import pytest

from resume_gap.constants import ATOM_SHARE, ATOM_USERS, GUARDRAIL_MARGIN, MIN_INTERVAL_USERS
from resume_gap.stats import excess_range, quantiles
from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import Comparison, Difference, compare
from resume_gap.stats.excess import interval_of
from resume_gap.stats.guardrail import shown_equal
from resume_gap.stats.jackknife import jackknife
from resume_gap.stats.power import detectable, spread
from resume_gap.stats.quantiles import quantile_difference
from resume_gap.stats.ratio import ratio_of_sums
from resume_gap.stats.sample_ratio import independence, over_time

LEAST = int(MIN_INTERVAL_USERS.value)


@pytest.mark.parametrize("users", [LEAST - 1, LEAST])
def test_an_interval_begins_with_25_users(users: int) -> None:
    enough = users == LEAST
    values, ones = np.arange(users) * 10, np.ones(users, dtype=np.int64)
    more = np.arange(users + 9.0)
    ratio = jackknife(values, ones)
    assert ratio is not None
    compared = compare(
        Arm(numerators=values.astype(np.float64)), Arm(numerators=more), seed=1
    ).effect
    apart = quantile_difference(0.5, values, more, seed=1, draws=99)
    for found in (
        interval_of(3.0, 1.0, users),
        ratio_of_sums(values, ones),
        ratio.to_estimate(),
        spread(values, seed=1, draws=99),
        compared,
        apart,
    ):
        assert (found.ci_lower is not None) is enough
    assert compared.reason == apart.reason == (None if enough else "few_users")
    assert (detectable(1.0, 2 * users) is not None) is enough
    assert detectable(1.0, 2 * LEAST - 1) is None


def test_five_expected_users_are_enough_for_chi_square() -> None:
    assert independence((2, 8), (8, 2)) == pytest.approx(0.00729, abs=1e-5)
    assert independence((2, 7), (8, 2)) == pytest.approx(0.02302, abs=1e-5)  # exact
    days = np.repeat([1, 2, 3], [10, 9, 1])
    treated = np.arange(20) % 2 == 0
    p, table = over_time(days, treated)
    assert (p, table.tolist()) == (1.0, [[5, 5], [5, 5]])
    p, table = over_time(np.where(days == 3, 2, days)[:19], treated[:19])
    assert (p, table.tolist()) == (None, [[9, 10]])


def test_an_atom_is_shared_by_more_than_a_twentieth_and_by_three() -> None:
    few, share = int(ATOM_USERS.value), ATOM_SHARE.value
    for users, alike, atom in (
        (20, few, True),
        (20, few - 1, False),
        (round(few / share), few, False),
        (round(few / share) - 1, few, True),
    ):
        values = np.sort(np.append(np.arange(users - alike) + 1000.0, [7.0] * alike))
        for drawn in (np.array([7.0, 9.0]), np.array([5.0, 7.0])):
            assert quantiles._jumps(values, drawn, 0.95) is atom
        assert not quantiles._jumps(values, np.array([7.1, 9.0]), 0.95)


def test_limits_at_0_and_at_the_margin_show_nothing() -> None:
    assert excess_range._word([0.1, 0.1, 1e-9]) == "longer"
    assert excess_range._word([0.1, 0.1, 0.0]) == "depends_on_matching"
    assert excess_range._word([0.0, 0.1, 0.1]) == "includes_zero"
    within = GUARDRAIL_MARGIN.value
    for lower, upper in ((-within, 0.0), (0.0, within)):
        found = Comparison(effect=Difference(), relative_lower=lower, relative_upper=upper)
        assert not shown_equal(found)
        assert shown_equal(found, 1.001 * within)
