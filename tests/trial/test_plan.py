"""Weeks, rates and ranges of a plan, computed by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.made_trials import Back, made_trial
from scipy import stats

from resume_gap.arrays import NEVER
from resume_gap.results.common import Estimate
from resume_gap.results.plan import LaunchChange
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.settings import Settings
from resume_gap.stats.power import detectable, users_per_arm
from resume_gap.stats.trigger_rate import PseudoLaunches
from resume_gap.trial.plan import PilotLog, asked_for, plan_of
from resume_gap.units import DAY_US, WEEK_US

if TYPE_CHECKING:
    from resume_gap.results.plan import Plan

USERS = 200
CAP = PrimaryCap(seconds=900.0, reason="fewest_users", users_per_arm=480)


def waits(days: dict[int, float], users: int, weeks: float) -> PseudoLaunches:
    """One launch of all users, whose waits are in days."""
    us = np.full(users, NEVER, dtype=np.int64)
    for user, day in days.items():
        us[user] = round(day * DAY_US)
    return PseudoLaunches(
        launch=np.zeros(users, dtype=np.int64),
        user=np.arange(users),
        wait_us=us,
        followed_us=np.array([round(weeks * WEEK_US)]),
        active=users,
    )


def log(
    weeks: float = 2.0,
    first: tuple[float, ...] = (3.0, 10.0),
    past: tuple[Back, ...] = (),
) -> PilotLog:
    """200 users: a quarter back within each of these days, the others never.

    The first returns take 20, 40, 60 and 80 s in turn.
    """
    backs = [
        Back(50 * group + user, 20.0 * (1 + (50 * group + user) % 4), days=day)
        for group, day in enumerate(first)
        for user in range(50)
    ]
    days = {back.user: back.days for back in backs}
    return PilotLog(
        trial=made_trial([False] * USERS, [*past, *backs]),
        launches=waits(days, USERS, weeks),
        seed=1,
    )


def few(users: int, backs: list[Back]) -> PilotLog:
    """30 users in one week."""
    launches = waits({back.user: back.days for back in backs}, users, 1.0)
    return PilotLog(trial=made_trial([False] * users, backs), launches=launches, seed=1)


def test_the_trigger_rate_is_that_of_the_launches() -> None:
    """Half within the two weeks, a quarter within the first; beyond, half to 1 - .5^2 and more."""
    pilot = log()
    assert pilot.weeks == 2.0
    assert [pilot.trigger_rate(weeks).estimate for weeks in (1, 2)] == [0.25, 0.5]
    beyond = pilot.trigger_rate(4)
    assert beyond.beyond
    assert beyond.estimate == pytest.approx((0.5 + 1 - 0.5**2) / 2)
    assert beyond.lower < 0.5
    assert beyond.upper > 0.75
    assert pilot.change is None


def test_a_change_of_users_is_part_of_the_plan() -> None:
    first, latest = waits({}, 100, 2.0), waits(dict.fromkeys(range(40), 2.0), 100, 1.0)
    both = PseudoLaunches(
        launch=np.repeat([0, 1], 100),
        user=np.arange(200),
        wait_us=np.concatenate([first.wait_us, latest.wait_us]),
        followed_us=np.array([2 * WEEK_US, WEEK_US]),
        active=100,
    )
    pilot = PilotLog(trial=log().trial, launches=both, seed=1)
    assert pilot.change == LaunchChange(first=0.0, latest=0.4)
    found = plan_of(pilot, settings(), CAP).pilot
    assert (found.change, found.launches, found.weeks) == (pilot.change, 2, 2.0)


def settings(**more: object) -> Settings:
    return Settings(effect=20.0, power=0.8, looks=1, **more)  # type: ignore[arg-type]


def test_what_is_asked_for() -> None:
    asked = asked_for(Settings(worth=7.0, power=0.9, looks=3, users=None), 160, CAP)
    assert (asked.effect_seconds, asked.power, asked.looks) == (7.0, 0.9, 3)
    assert (asked.users, asked.users_by, asked.alpha, asked.reason) == (160, "log", 0.05, None)
    given = asked_for(Settings(worth=7.0, effect=3.0, users=90), 160, CAP, reason="few_users")
    assert (given.effect_seconds, given.users, given.users_by) == (3.0, 90, "given")
    assert given.reason == "few_users"


@cache
def usual() -> Plan:
    return plan_of(log(), settings(), CAP)


def test_users_and_weeks_for_both_arms() -> None:
    """20, 40, 60, 80 s, as often: variance 500 x 100/99. An effect of 20 s takes 2 n users."""
    found = usual()
    variance = 500 * 100 / 99
    assert (found.pilot.users, found.pilot.weeks, found.pilot.mean_seconds) == (100, 2.0, 50.0)
    assert found.pilot.sd_seconds == pytest.approx(math.sqrt(variance))
    assert found.pilot.cuped_share is None
    assert found.users == USERS
    assert found.needed is not None
    per_arm = users_per_arm(variance, 20.0, power=0.8)
    # By the normal formula 2 x (1.96 + 0.84)^2 x 505 / 400 = 19.8; at least 25 an arm.
    assert found.needed.triggered_per_arm == per_arm == 25
    # 50 triggered users of 200: a quarter of them, seen after one week.
    assert found.needed.weeks == 1.0
    assert found.needed.assigned_per_arm == 100
    # The lower end of a quarter is less, that of a half is more.
    assert (found.needed.weeks_earliest, found.needed.weeks_latest) == (1.0, 2.0)
    assert found.ways_out is None


def test_weeks_are_a_range_beyond_the_log() -> None:
    pilot = log()
    found = plan_of(pilot, Settings(effect=10.0, power=0.8, looks=1), CAP)
    assert found.needed is not None
    # 2 x (1.96 + 0.84)^2 x 505 / 100 = 79.3, and one or two more for t.
    assert found.needed.triggered_per_arm == 81
    rates = [pilot.trigger_rate(week) for week in range(1, 105)]
    first = next(week for week, rate in enumerate(rates, 1) if USERS * rate.upper >= 162)
    assert (found.needed.weeks_earliest, found.needed.weeks) == (first, None)
    # Nobody further beyond the log: 100 users are never 162.
    assert found.needed.weeks_latest is None
    # Without a week that is enough, the rate is that of the log.
    assert found.needed.assigned_per_arm == math.ceil(81 / 0.5)


def test_rows_join_the_ranges_of_users_and_spread() -> None:
    found, pilot = usual(), log()
    assert [row.weeks for row in found.rows] == [1.0, 2.0, 4.0, 8.0]
    assert [row.weeks for row in found.curve] == [float(w) for w in range(1, 13)]
    assert [row.extrapolated for row in found.rows] == [False, False, True, True]
    variance = 500 * 100 / 99
    lower, upper = found.pilot.sd_lower_seconds, found.pilot.sd_upper_seconds
    assert lower is not None
    assert upper is not None
    for row in found.rows:
        rate = pilot.trigger_rate(int(row.weeks))
        assert (row.trigger_rate_lower, row.trigger_rate_upper) == (rate.lower, rate.upper)
        assert row.users == math.floor(200 * rate.estimate)
        assert row.mde_seconds == pytest.approx(detectable(variance, row.users, power=0.8))
        assert row.mde_looks_seconds == pytest.approx(
            detectable(variance, row.users, power=0.8, looks=True)
        )
        assert row.mde_cuped_seconds is None
        most, fewest = (math.floor(200 * end) for end in (rate.upper, rate.lower))
        assert row.mde_lower_seconds == detectable(lower**2, most, power=0.8)
        assert row.mde_upper_seconds == detectable(upper**2, fewest, power=0.8)
    far = plan_of(log(), Settings(effect=5.0, power=0.8, looks=1), CAP)
    assert far.needed_lower is not None
    assert far.needed_upper is not None
    assert far.needed_looks is not None
    assert far.needed is not None
    assert far.needed_lower.triggered_per_arm == users_per_arm(lower**2, 5.0, power=0.8)
    assert far.needed_upper.triggered_per_arm == users_per_arm(upper**2, 5.0, power=0.8)
    assert far.needed_looks.triggered_per_arm == users_per_arm(variance, 5.0, power=0.8, looks=True)


def test_users_against_the_smallest_effect() -> None:
    """100 users find 12.7 s, 200 find 9.0 s: so many find the 10 s that are asked for."""
    found = plan_of(log(), Settings(effect=10.0, power=0.8, looks=1), CAP)
    variance = 500 * 100 / 99
    assert [row.users for row in found.sizes] == [100, 200]
    for row in found.sizes:
        assert row.mde_seconds == detectable(variance, row.users, power=0.8)
        assert row.mde_looks_seconds == detectable(variance, row.users, power=0.8, looks=True)
        assert row.mde_lower_seconds is not None
        assert row.mde_upper_seconds is not None
        assert row.mde_lower_seconds < row.mde_seconds < row.mde_upper_seconds
    looked_at = plan_of(log(), Settings(effect=10.0, power=0.8, looks=4), CAP)
    assert [row.users for row in looked_at.sizes] == [100, 200, 500]
    tiny = plan_of(log(), Settings(effect=0.01, power=0.8, looks=1), CAP)
    assert [row.users for row in tiny.sizes][-3:] == [100_000, 200_000, 500_000]
    assert len(tiny.sizes) == 12


def test_three_ways_out_where_it_takes_too_long() -> None:
    pilot = log()
    found = plan_of(pilot, Settings(effect=5.0, power=0.8, looks=1), CAP)
    variance = 500 * 100 / 99
    assert found.needed is not None
    out = found.ways_out
    assert out is not None
    rate = pilot.trigger_rate(8).estimate
    assert out.weeks == 8.0
    assert out.assigned is not None
    per_week = [out.assigned * pilot.trigger_rate(week).estimate for week in range(1, 9)]
    enough = [week for week, n in enumerate(per_week, 1) if n >= 2 * found.needed.triggered_per_arm]
    assert out.assigned_weeks == enough[0]
    assert out.assigned == math.ceil(2 * found.needed.triggered_per_arm / rate)
    assert out.effect_seconds == detectable(variance, math.floor(200 * rate), power=0.8)
    assert out.cuped_effect_seconds is None
    looked_at = plan_of(pilot, Settings(effect=5.0, power=0.8, looks=4), CAP).ways_out
    assert looked_at is not None
    assert looked_at.effect_seconds == detectable(
        variance, math.floor(200 * rate), power=0.8, looks=True
    )


def test_users_that_are_given_count_instead_of_those_of_the_log() -> None:
    found = plan_of(log(), settings(users=1_000), CAP)
    assert found.rows[0].users == 250
    assert found.users_by == "given"


def test_history_shrinks_the_variance() -> None:
    past = tuple(Back(user, 20.0 * (1 + user % 4) + user % 3, days=-2.0) for user in range(100))
    found = plan_of(log(past=past), Settings(effect=5.0, power=0.8, looks=1), CAP)
    share = found.pilot.cuped_share
    assert share is not None
    assert 0.9 < share < 1
    assert found.needed_cuped is not None
    left = 500 * 100 / 99 * (1 - share)
    assert found.needed_cuped.triggered_per_arm == users_per_arm(left, 5.0, power=0.8)
    assert found.rows[1].mde_cuped_seconds == pytest.approx(
        detectable(left, found.rows[1].users, power=0.8)
    )
    assert found.ways_out is not None
    assert found.ways_out.cuped_effect_seconds == found.rows[3].mde_cuped_seconds


def test_few_or_no_users_make_no_plan() -> None:
    found = plan_of(few(30, [Back(user, 20.0 + user) for user in range(24)]), settings(), CAP)
    assert (found.reason, found.pilot.users, found.rows, found.needed) == (
        "few_users",
        24,
        (),
        None,
    )
    assert plan_of(few(30, []), settings(), CAP).reason == "no_interruptions"
    alike = few(30, [Back(user, 20.0) for user in range(30)])
    assert plan_of(alike, settings(), CAP).reason == "few_users"
    # Nobody who was there at a launch came back, whoever came back was not.
    gone = PilotLog(trial=log().trial, launches=waits({}, 30, 1.0), seed=1)
    assert plan_of(gone, settings(), CAP).reason == "few_users"


def test_the_plan_counts_up_to_the_primary_cap() -> None:
    """First returns of 20, 40, 60 and 80 s in turn are 20, 40, 50 and 50 s up to 50 s."""
    short = PrimaryCap(seconds=50.0, reason="fewest_users", users_per_arm=480)
    found = plan_of(log(), Settings(effect=10.0, power=0.8, looks=1), short)
    assert found.pilot.mean_seconds == 40.0
    whole = plan_of(log(), Settings(effect=10.0, power=0.8, looks=1), CAP)
    assert whole.pilot.mean_seconds == 50.0
    assert found.needed is not None
    assert whole.needed is not None
    assert found.needed.triggered_per_arm < whole.needed.triggered_per_arm


def test_no_marker_saves_more_than_the_first_returns_take() -> None:
    """The search found over all returns may be more; 50 s on average, sd 22.4, 100 users."""
    search = Estimate(estimate=70.0, ci_lower=60.0, ci_upper=80.0)
    found = plan_of(log(), settings(), replace(CAP, search=search))
    y = np.array([20.0, 40.0, 60.0, 80.0] * 25)
    low, high = stats.t.interval(0.95, 99, y.mean(), stats.sem(y))
    assert low < 50 < high
    assert found.pilot.mean_upper_seconds == pytest.approx(high)
    assert found.most_seconds == found.pilot.mean_upper_seconds
    assert found.is_out_of_reach(high + 0.1)
    assert not found.is_out_of_reach(high - 0.1)
    less = replace(CAP, search=replace(search, ci_upper=9.0))
    assert plan_of(log(), settings(), less).most_seconds == 9.0
    assert plan_of(few(30, []), settings(), CAP).most_seconds is None
