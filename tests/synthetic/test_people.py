"""Who people are, and which arm they are in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from resume_gap.synthetic import PRESETS, World, simulate
from resume_gap.synthetic.names import HOSTILE
from resume_gap.synthetic.people import HOUR_US, calendar, draw_people, user_ids


def test_arms_are_balanced_and_nothing_else_differs() -> None:
    world = World(
        users=2000,
        weeks=1,
        launch="trial",
        launch_day=1,
        stretches_per_day_mean=1,
        stretch_steps_median=8,
    )
    simulated = simulate(world, seed=8)
    assert simulated.assignments is not None
    arms = Counter(simulated.assignments["variant"])
    assert abs(arms["treatment"] - 1000) < 3 * 500**0.5
    skewed = simulate(replace(world, treatment_skew=0.1, both_arms_share=0.05), seed=8).assignments
    assert skewed is not None
    once = skewed.unique("user_id", keep="first", maintain_order=True)
    assert once.filter(pl.col("variant") == "treatment").height == pytest.approx(1200, abs=70)
    assert skewed.height - once.height == pytest.approx(100, abs=30)
    # The arms are drawn apart from the people: a launch changes nobody's habits.
    habits = ["user_id", "role", "plan", "activity", "pace", "search_factor", "struggler"]
    plain = simulate(replace(world, launch="none"), seed=8)
    assert plain.users.select(habits).equals(simulated.users.select(habits))
    searching = simulated.users.group_by("arm").agg(pl.col("struggler").mean())["struggler"]
    assert abs(searching[0] - searching[1]) < 0.06


def test_rollout_reaches_teams_on_their_dates() -> None:
    simulated = simulate(replace(PRESETS["rollout"], users=60), seed=4)
    assert simulated.rollout is not None
    launched = dict(simulated.rollout.iter_rows())
    assert 0 < sum(at is None for at in launched.values()) < 12
    assert len({at for at in launched.values() if at is not None}) == 4
    team = dict(simulated.users.select("user_id", "team").iter_rows())
    for row in simulated.interruptions.iter_rows(named=True):
        at = launched[team[row["user_id"]]]
        live = at is not None and row["return_at"] >= at
        assert row["arm"] == ("treatment" if live else "control")


def test_assignment_at_the_first_return() -> None:
    world = replace(PRESETS["trial"], users=40, assigned_at_first_return=True)
    simulated = simulate(world, seed=4)
    assert simulated.assignments is not None
    assigned = dict(simulated.assignments.select("user_id", "assigned_at").iter_rows())
    returns = set(simulated.interruptions.select("user_id", "return_at").iter_rows())
    assert set(assigned.items()) <= returns


def test_calendars_have_working_days_only() -> None:
    world = World(users=30, weeks=2)
    people = draw_people(world, seed=1)
    starts, ends, upcoming = calendar(world, people, np.random.default_rng(1))
    assert starts.shape == ends.shape == (30, 14)
    assert upcoming.shape == (30, 15)
    length = (ends - starts) / HOUR_US
    assert length.min() >= 1 - 1e-6
    weekday = (world.first_day.weekday() + np.arange(15)) % 7
    days = upcoming[upcoming < 14]
    assert (weekday[days] < 5).all()
    assert (upcoming >= np.arange(15)).all()


def test_ids_are_distinct_for_strangers_too() -> None:
    world = World(users=90, weeks=1, hostile_names=True)
    ids = user_ids(world, draw_people(world, seed=1))
    assert len(set(ids)) == 90
    assert ids[0] == "u0000"
    assert ids[1].startswith(HOSTILE[0])
