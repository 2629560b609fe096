"""The bounds at first returns up to a trial's cap, by hand and against the reference."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from oracles import primary_cap as oracle
from scipy.stats import t

from resume_gap.stats.first_bounds import FirstBounds, first_bounds
from resume_gap.stats.primary_cap import FirstReturns
from resume_gap.units import US

NEVER = np.iinfo(np.int64).max
LONGEST = 900


def bounds(firsts: list[oracle.First], cap: int) -> FirstBounds:
    lags = [NEVER if one.lag is None else int(one.lag * US) for one in firsts]
    return first_bounds(
        FirstReturns(
            lag_us=np.array(lags, dtype=np.int64),
            observed=np.array([one.lag is not None for one in firsts]),
            hit=np.array([one.hit for one in firsts]),
            search_us=np.array([int(one.search * US) for one in firsts], dtype=np.int64),
            in_first_half=np.array([one.in_first_half for one in firsts]),
            reached=np.array([one.lag is not None for one in firsts]),
            abandoned=np.array([one.abandoned for one in firsts]),
            later=np.array([one.later for one in firsts]),
            right_later=np.array([one.right_later for one in firsts]),
        ),
        cap * US,
        LONGEST * US,
    )


def hit(lag: int, search: int) -> oracle.First:
    return oracle.First(Fraction(lag), True, Fraction(search), True)


def miss(lag: int) -> oracle.First:
    return oracle.First(Fraction(lag), False, Fraction(0), True)


def left(*, right: bool) -> oracle.First:
    return oracle.First(None, False, Fraction(0), True, True, True, right)


def test_only_what_the_cap_counts_can_be_saved() -> None:
    """Of 200 s with 150 s of search a cap of 60 s sees 60 - 50, of 100 s with 20 s nothing."""
    firsts = [hit(200, 150), hit(100, 20), hit(40, 30), miss(30)]
    assert bounds(firsts, 60).search.estimate == (10 + 0 + 30 + 0) / 4
    assert bounds(firsts, 900).search.estimate == (150 + 20 + 30) / 4
    assert bounds(firsts, 60).users == 4
    assert bounds(firsts, 60).search.ci_upper is None


def test_who_left_is_charged_the_cap_and_no_more() -> None:
    """Two of three who left work later where the marker points; one in two back is a hit."""
    firsts = [hit(40, 30), miss(30), left(right=True), left(right=True), left(right=False)]
    found = bounds(firsts, 60)
    assert found.search.estimate == 30 / 5
    assert found.with_give_ups.estimate == pytest.approx((30 + 60 * 2 / 3 * 3) / 5)
    # 27 users, all of whom left and would have been right: at most all of the cap.
    everybody = bounds([left(right=True)] * 27, 60).with_give_ups
    assert (everybody.estimate, everybody.ci_upper) == (60.0, 60.0)


def test_no_limit_is_beyond_that_of_all_that_is_charged() -> None:
    """Three of four hits are so unsure a share that its interval reaches beyond all there is."""
    gone = oracle.First(None, False, Fraction(0), True, True, False, False)
    firsts = [left(right=True)] * 4 + [left(right=False)] * 2 + [gone] * 18
    firsts += [hit(50, 50)] * 3 + [miss(50)]
    charged = np.array([60] * 24 + [50] * 4)
    upper = charged.mean() + t.ppf(0.975, 27) * charged.std(ddof=1) / np.sqrt(28)
    assert upper < 60
    found = bounds(firsts, 60).with_give_ups
    assert found.estimate == pytest.approx((60 * 3 / 4 * 24 + 150) / 28)
    assert found.ci_upper == pytest.approx(upper)


def test_nobody_has_no_bound() -> None:
    assert bounds([], 60).with_give_ups.estimate is None


@pytest.mark.parametrize("seed", range(4))
def test_points_and_limits_like_the_reference(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a test draws no secret
    firsts = []
    for _ in range(40):
        lag = random.randrange(5, 400)
        firsts.append(
            random.choice(
                [hit(lag, random.randrange(lag)), miss(lag), left(right=random.random() < 0.6)]
            )
        )
    found, cap = bounds(firsts, 120), Fraction(120)
    alone = oracle.most(firsts, cap, by="search")
    reach = float(t.ppf(0.975, 39))
    assert found.search.estimate == pytest.approx(float(alone.point))
    assert found.search.ci_upper == pytest.approx(float(alone.point) + reach * alone.error)
    both = [oracle.most(firsts, cap, by=by) for by in ("hits", "next")]
    greater = max(both, key=lambda one: float(one.point) + reach * one.error)
    mean = sum(min(120, 120 if one.lag is None else int(one.lag)) for one in firsts) / 40
    assert found.with_give_ups.estimate == pytest.approx(min(mean, float(greater.point)))
    upper = found.with_give_ups.ci_upper
    assert upper is not None
    assert upper <= float(greater.point) + reach * greater.error + 1e-9
