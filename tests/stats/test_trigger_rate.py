"""Trigger rates by hand, against plain Python, against SciPy, and the width of their range."""

from __future__ import annotations

import math

import numpy as np
import pytest
from oracles.trigger import Seen, curves
from scipy.stats import CensoredData, ecdf

from resume_gap.stats.trigger_rate import PseudoLaunches, TriggerRate, trigger_rates
from resume_gap.units import DAY_US, WEEK_US

NEVER = 2**60


def launches(
    seen: list[Seen], followed: list[float], active: int = 100, *, unit: int = DAY_US
) -> PseudoLaunches:
    return PseudoLaunches(
        launch=np.array([one.launch for one in seen], dtype=np.int64),
        user=np.array([one.user for one in seen], dtype=np.int64),
        wait_us=np.array(
            [NEVER if one.wait is None else round(one.wait * unit) for one in seen], dtype=np.int64
        ),
        followed_us=np.array([round(days * unit) for days in followed], dtype=np.int64),
        active=active,
    )


def rates(seen: PseudoLaunches, *days: float) -> list[TriggerRate]:
    return list(trigger_rates(seen, [round(day * DAY_US) for day in days], seed=1).rates)


def drawn(seed: int, users: int, followed: list[float]) -> list[Seen]:
    """Every user at some of the launches, with waits of whole days, many of them equal."""
    rng = np.random.default_rng(seed)
    found = []
    for launch, days in enumerate(followed):
        for user in np.flatnonzero(rng.random(users) < 0.8):
            wait = float(rng.integers(0, 30))
            found.append(Seen(launch, int(user), wait if wait <= days else None))
    return found


def test_one_launch_is_the_share_seen_by_then() -> None:
    """Four of ten users within two days, two more on the ninth."""
    waits = [1.0, 2.0, 2.0, 2.0, 9.0, 9.0, None, None, None, None]
    seen = launches([Seen(0, user, wait) for user, wait in enumerate(waits)], [14.0])
    found = rates(seen, 1.5, 2.0, 7.0, 9.0, 14.0)
    assert [rate.estimate for rate in found] == pytest.approx([0.1, 0.4, 0.4, 0.6, 0.6])
    assert not any(rate.beyond for rate in found)


def test_beyond_the_log_nobody_more_or_all_go_on() -> None:
    """Half within a week, nobody in the second: the rate of 28 days is between .5 and 1 - .5^4."""
    waits = [3.0] * 50 + [None] * 50
    seen = launches([Seen(0, user, wait) for user, wait in enumerate(waits)], [7.0], active=10**9)
    (inside, outside) = rates(seen, 7.0, 28.0)
    assert (inside.estimate, inside.beyond, outside.beyond) == (0.5, False, True)
    assert outside.estimate == pytest.approx((0.5 + 1 - 0.5**4) / 2)
    # A hundred users: the error of one half is 0.05.
    assert outside.lower == pytest.approx(0.5 - 1.96 * 0.05, abs=0.01)
    # d(1 - (1 - p)^4) / dp = 4 (1 - p)^3.
    assert outside.upper == pytest.approx(1 - 0.5**4 + 1.96 * 0.05 * 4 * 0.5**3, abs=0.015)


def test_the_range_counts_whom_the_trial_will_have() -> None:
    waits = [3.0] * 50 + [None] * 50
    pairs = [Seen(0, user, wait) for user, wait in enumerate(waits)]
    many, few = (rates(launches(pairs, [7.0], active=n), 7.0)[0] for n in (10**9, 100))
    assert few.lower == pytest.approx(0.5 - 1.96 * math.sqrt(2 * 0.05**2), abs=0.01)
    assert many.lower > few.lower
    assert few.upper == pytest.approx(1 - few.lower, abs=0.01)


def test_the_same_user_at_every_launch_is_one_user() -> None:
    """Three launches of the same 100 people teach no more than one."""
    waits = [3.0] * 50 + [None] * 50
    once = [Seen(0, user, wait) for user, wait in enumerate(waits)]
    thrice = [one._replace(launch=launch) for one in once for launch in range(3)]
    (one,) = rates(launches(once, [7.0]), 7.0)
    (three,) = rates(launches(thrice, [21.0, 14.0, 7.0]), 7.0)
    assert three.estimate == pytest.approx(0.5)
    assert three.lower == pytest.approx(one.lower, abs=0.01)
    apart = [one._replace(user=one.user + 100 * one.launch) for one in thrice]
    (other,) = rates(launches(apart, [21.0, 14.0, 7.0]), 7.0)
    assert other.lower > one.lower + 0.01


@pytest.mark.parametrize("followed", [[28.0], [21.0, 14.0, 7.0], [26.0, 19.0, 12.0, 5.0]])
@pytest.mark.parametrize("seed", range(3))
def test_curves_like_plain_python(seed: int, followed: list[float]) -> None:
    seen = drawn(seed, 60, followed)
    days = [1.0, 2.5, 7.0, 12.0, 20.0, 26.0, 35.0, 70.0]
    found = rates(launches(seen, followed, active=10**12), *days)
    for day, rate in zip(days, found, strict=True):
        expected = curves(seen, followed, day, 7.0)
        middle = (expected.lower + expected.upper) / 2
        assert rate.beyond == (day > followed[0])
        assert rate.estimate == pytest.approx(middle if rate.beyond else expected.lower)
        assert rate.lower <= expected.lower
        assert rate.upper >= min(1.0, expected.upper) - 1e-9


def test_within_the_log_it_is_scipys_kaplan_meier() -> None:
    followed = [28.0, 21.0, 14.0, 7.0]
    seen = drawn(5, 80, followed)
    days = [1.0, 6.0, 7.0, 13.0, 20.0, 28.0]
    there = [max(one.wait, 1e-6) for one in seen if one.wait is not None]
    left = [followed[one.launch] for one in seen if one.wait is None]
    reference = ecdf(CensoredData(uncensored=there, right=left)).cdf.evaluate(days)
    found = rates(launches(seen, followed), *days)
    assert [rate.estimate for rate in found] == pytest.approx(list(reference))


def test_a_change_of_users_is_shown_beyond_two_errors() -> None:
    """40 of 100 and 60 of 100, other people: 0.2 apart at an error of 0.07."""

    def week(soon: tuple[int, int]) -> PseudoLaunches:
        pairs = [
            Seen(launch, 100 * launch + user, 3.0 if user < n else None)
            for launch, n in enumerate(soon)
            for user in range(100)
        ]
        return launches(pairs, [14.0, 7.0])

    change = trigger_rates(week((40, 60)), [WEEK_US], seed=1).change
    assert change is not None
    assert (change.first, change.latest, change.is_shown) == (0.4, 0.6, True)
    alike = trigger_rates(week((45, 55)), [WEEK_US], seed=1).change
    assert alike is not None
    assert not alike.is_shown
    assert trigger_rates(launches([Seen(0, 0, 1.0)], [7.0]), [WEEK_US], seed=1).change is None


def test_a_wait_of_nothing_counts_and_ends_are_shares() -> None:
    (rate,) = rates(launches([Seen(0, user, 0.0) for user in range(30)], [7.0]), 14.0)
    assert (rate.estimate, rate.upper) == (1.0, 1.0)
    (none,) = rates(launches([Seen(0, user, None) for user in range(30)], [7.0]), 7.0)
    assert (none.estimate, none.lower) == (0.0, 0.0)
