"""Weeks, rates and ranges of a plan, computed by hand."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.made_trials import ASSIGNED_US, Back, made_trial

from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.settings import Settings
from resume_gap.stats.power import detectable, users_per_arm
from resume_gap.trial.plan import PilotLog, asked_for, plan_of
from resume_gap.units import WEEK_US

if TYPE_CHECKING:
    from resume_gap.results.plan import Plan

USERS = 200
CAP = PrimaryCap(seconds=900.0, reason="fewest_users", users_per_arm=480)


def log(
    per_week: float = 0.0, weeks: float = 2.0, first: tuple[float, ...] = (3.0, 10.0)
) -> PilotLog:
    """200 users: a quarter back within each of these days, the others never.

    The first returns take 20, 40, 60 and 80 s in turn.
    """
    backs = [
        Back(50 * group + user, 20.0 * (1 + (50 * group + user) % 4), days=day)
        for group, day in enumerate(first)
        for user in range(50)
    ]
    return PilotLog(
        trial=made_trial([False] * USERS, backs),
        begins_us=ASSIGNED_US,
        until_us=ASSIGNED_US + round(weeks * WEEK_US),
        per_week=np.full(USERS, per_week),
    )


def test_the_trigger_rate_is_counted_within_the_log() -> None:
    pilot = log()
    assert pilot.weeks == 2.0
    assert [pilot.trigger_rate(weeks) for weeks in (0.1, 1.0, 1.5, 2.0)] == [0, 0.25, 0.5, 0.5]
    # A return at the very end of the period counts.
    assert log(first=(7.0,)).trigger_rate(1.0) == 0.25


def test_beyond_the_log_every_user_goes_on_at_their_pace() -> None:
    pilot = log(per_week=0.5)
    assert pilot.trigger_rate(4.0) == pytest.approx(1 - math.exp(-2.0))
    assert pilot.trigger_rate(2.0) == 0.5
    mixed = log()
    half = PilotLog(
        trial=mixed.trial,
        begins_us=mixed.begins_us,
        until_us=mixed.until_us,
        per_week=np.repeat([0.0, 1.0], [50, 150]),
    )
    assert half.trigger_rate(4.0) == pytest.approx(0.75 * (1 - math.exp(-4.0)))


def test_it_is_never_below_what_was_seen() -> None:
    """A slow pace extrapolates to 1 - exp(-0.04) at four weeks, under the half that was seen."""
    assert log(per_week=0.01).trigger_rate(4.0) == 0.5


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
    return plan_of(log(per_week=0.5), settings(), CAP)


def test_users_and_weeks_for_both_arms() -> None:
    """20, 40, 60, 80 s, as often: variance 500 x 100/99. An effect of 20 s takes 2 n users."""
    found = usual()
    variance = 500 * 100 / 99
    assert (found.pilot.users, found.pilot.weeks, found.pilot.mean_seconds) == (100, 2.0, 50.0)
    assert found.pilot.sd_seconds == pytest.approx(math.sqrt(variance))
    assert found.pilot.cuped_share is None
    assert found.needed is not None
    per_arm = users_per_arm(variance, 20.0, power=0.8)
    # By the normal formula 2 x (1.96 + 0.84)^2 x 505 / 400 = 19.8; at least 25 an arm.
    assert found.needed.triggered_per_arm == per_arm == 25
    # 50 triggered users of 200: a quarter of them, seen after one week.
    assert found.needed.weeks == 1.0
    assert found.needed.assigned_per_arm == 100


def test_weeks_beyond_the_log_and_users_that_are_too_few() -> None:
    pilot = log(per_week=0.5)
    found = plan_of(pilot, Settings(effect=10.0, power=0.8, looks=1), CAP)
    assert found.needed is not None
    per_arm = found.needed.triggered_per_arm
    # 2 x (1.96 + 0.84)^2 x 505 / 100 = 79.3, and one or two more for t.
    assert per_arm == 81
    # 200 (1 - exp(-w / 2)) reaches 162 after 3.32 weeks: in the fourth.
    assert found.needed.weeks == 4.0
    assert found.needed.assigned_per_arm == math.ceil(per_arm / (1 - math.exp(-2)))
    none = plan_of(log(), Settings(effect=9.0, power=0.8, looks=1), CAP).needed
    assert none is not None
    assert none.weeks is None
    # Without a week that is enough, the rate is that of the log.
    assert none.assigned_per_arm == math.ceil(none.triggered_per_arm / 0.5)


def test_rows_and_ranges() -> None:
    found = usual()
    assert [row.weeks for row in found.rows] == [1.0, 2.0, 4.0, 8.0]
    assert [row.weeks for row in found.curve] == [float(w) for w in range(1, 13)]
    assert [row.extrapolated for row in found.rows] == [False, False, True, True]
    rates = [0.25, 0.5, 1 - math.exp(-2), 1 - math.exp(-4)]
    assert [row.trigger_rate for row in found.rows] == pytest.approx(rates)
    assert [row.users for row in found.rows] == [math.floor(200 * rate) for rate in rates]
    variance = 500 * 100 / 99
    for row in found.rows:
        assert row.mde_seconds == pytest.approx(detectable(variance, row.users, power=0.8))
        assert row.mde_looks_seconds == pytest.approx(
            detectable(variance, row.users, power=0.8, looks=True)
        )
        assert row.mde_cuped_seconds is None
        assert row.mde_lower_seconds is not None
        assert row.mde_upper_seconds is not None
        assert row.mde_lower_seconds < row.mde_seconds < row.mde_upper_seconds  # type: ignore[operator]
    lower, upper = found.pilot.sd_lower_seconds, found.pilot.sd_upper_seconds
    assert lower is not None
    assert upper is not None
    row = found.rows[1]
    assert row.mde_lower_seconds == pytest.approx(detectable(lower**2, row.users, power=0.8))
    assert row.mde_upper_seconds == pytest.approx(detectable(upper**2, row.users, power=0.8))
    assert found.needed_lower is not None
    assert found.needed_upper is not None
    assert found.needed_looks is not None
    far = plan_of(log(per_week=0.5), Settings(effect=5.0, power=0.8, looks=1), CAP)
    assert far.needed_lower is not None
    assert far.needed_upper is not None
    assert far.needed_looks is not None
    assert far.needed is not None
    assert far.needed_lower.triggered_per_arm == users_per_arm(lower**2, 5.0, power=0.8)
    assert far.needed_upper.triggered_per_arm == users_per_arm(upper**2, 5.0, power=0.8)
    assert far.needed_looks.triggered_per_arm == users_per_arm(variance, 5.0, power=0.8, looks=True)


def test_users_that_are_given_count_instead_of_those_of_the_log() -> None:
    found = plan_of(log(per_week=0.5), settings(users=1_000), CAP)
    assert found.rows[0].users == 250
    assert found.users_by == "given"


def test_history_shrinks_the_variance() -> None:
    pilot = log(per_week=0.5)
    past = [Back(user, 20.0 * (1 + user % 4) + user % 3, days=-2.0) for user in range(100)]
    later = [
        Back(user, 20.0 * (1 + user % 4), days=3.0 if user < 50 else 10.0) for user in range(100)
    ]
    known = PilotLog(
        trial=made_trial([False] * USERS, past + later),
        begins_us=pilot.begins_us,
        until_us=pilot.until_us,
        per_week=pilot.per_week,
    )
    found = plan_of(known, Settings(effect=5.0, power=0.8, looks=1), CAP)
    share = found.pilot.cuped_share
    assert share is not None
    assert 0.9 < share < 1
    assert found.needed_cuped is not None
    left = 500 * 100 / 99 * (1 - share)
    assert found.needed_cuped.triggered_per_arm == users_per_arm(left, 5.0, power=0.8)
    assert found.rows[1].mde_cuped_seconds == pytest.approx(
        detectable(left, found.rows[1].users, power=0.8)
    )


def test_few_or_no_users_make_no_plan() -> None:
    few = PilotLog(
        trial=made_trial([False] * 30, [Back(user, 20.0 + user) for user in range(24)]),
        begins_us=ASSIGNED_US,
        until_us=ASSIGNED_US + WEEK_US,
        per_week=np.ones(30),
    )
    found = plan_of(few, settings(), CAP)
    assert (found.reason, found.pilot.users, found.rows, found.needed) == (
        "few_users",
        24,
        (),
        None,
    )
    nobody = PilotLog(
        trial=made_trial([False] * 30, []),
        begins_us=ASSIGNED_US,
        until_us=ASSIGNED_US + WEEK_US,
        per_week=np.ones(30),
    )
    assert plan_of(nobody, settings(), CAP).reason == "no_interruptions"
    alike = PilotLog(
        trial=made_trial([False] * 30, [Back(user, 20.0) for user in range(30)]),
        begins_us=ASSIGNED_US,
        until_us=ASSIGNED_US + WEEK_US,
        per_week=np.ones(30),
    )
    assert plan_of(alike, settings(), CAP).reason == "few_users"


def test_the_plan_counts_up_to_the_primary_cap() -> None:
    """First returns of 20, 40, 60 and 80 s in turn are 20, 40, 50 and 50 s up to 50 s."""
    short = PrimaryCap(seconds=50.0, reason="fewest_users", users_per_arm=480)
    found = plan_of(log(per_week=0.5), Settings(effect=10.0, power=0.8, looks=1), short)
    assert found.pilot.mean_seconds == 40.0
    whole = plan_of(log(per_week=0.5), Settings(effect=10.0, power=0.8, looks=1), CAP)
    assert whole.pilot.mean_seconds == 50.0
    assert found.needed is not None
    assert whole.needed is not None
    assert found.needed.triggered_per_arm < whole.needed.triggered_per_arm
