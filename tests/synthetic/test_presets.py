"""Worlds by name, with parameters set as text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

import resume_gap
from resume_gap.commands.registry import COMMANDS
from resume_gap.synthetic import PRESETS, Simulated, configured, simulate
from resume_gap.synthetic.comeback import steps_us
from resume_gap.synthetic.presets import ABOUT


def test_parameters_are_set_as_text() -> None:
    world = configured("workday", ["users=40", "first_day=2025-04-07", 'roles=["a","b","c"]'])
    assert world == replace(
        PRESETS["workday"], users=40, first_day=date(2025, 4, 7), roles=("a", "b", "c")
    )


def test_every_preset_is_described_where_it_is_asked_for() -> None:
    assert set(ABOUT) == set(PRESETS)
    for text in (COMMANDS["simulate"].argument_help, resume_gap.simulate.__doc__ or ""):
        named = set(re.findall(r"\w+", text))
        assert set(PRESETS) <= named


@pytest.mark.parametrize(
    ("preset", "assignment", "message"),
    [
        ("holiday", "users=4", "there is no preset 'holiday'; there are workday, "),
        ("trial", "users", "'users' is no pair; write users=40"),
        ("trial", "foo=4", "no parameter 'foo'; it has users, replications, first_world, "),
        ("trial", "user=4", "no parameter 'user'; did you mean users?"),
        ("trial", "users=many", "--set users: 'many' is not a number"),
        ("trial", "first_day=monday", "'monday' is no date; write 2025-03-03"),
        ("trial", "users=0", "users must be at least 1"),
    ],
)
def test_what_cannot_be_meant_is_refused(preset: str, assignment: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        configured(preset, [assignment])
    assert "\n" not in str(error.value)


def drawn(preset: str, **changed: Any) -> Simulated:
    """A small log of the preset: short stretches of work."""
    return simulate(replace(PRESETS[preset], stretch_steps_median=5, **changed), seed=4)


def test_a_reload_takes_its_seconds_on_top_and_a_struck_step_is_a_long_one() -> None:
    lag = {
        name: drawn(name, users=40, weeks=1, cut_days=None).interruptions["lag_seconds"].mean()
        for name in ("steady", "reload", "residual_calls")
    }
    assert lag["reload"] > lag["steady"] + 15
    steps = steps_us(PRESETS["steady"], np.ones(200_000), np.random.default_rng(1)) / 1e6
    struck = (steps**2).mean() / steps.mean()
    assert struck > 2 * steps.mean()
    assert lag["residual_calls"] == pytest.approx(lag["steady"] + struck, rel=0.15)


def test_a_marker_may_only_keep_people_from_giving_up() -> None:
    rows = drawn("give_ups", users=60).interruptions
    kept = rows.filter(pl.col("gave_up_without") & ~pl.col("gave_up_with"))
    assert kept.height > 20
    assert kept["arrow_right"].all()
    assert not (rows["gave_up_with"] & ~rows["gave_up_without"]).any()
    stayed = rows.filter(~pl.col("gave_up_without"))
    assert stayed["lag_with_seconds"].equals(stayed["lag_without_seconds"])


def test_a_feature_that_restores_writes_work_of_its_own() -> None:
    made = drawn("restoration", users=40)
    shown = made.interruptions.filter("shown")
    at = shown.select("user_id", timestamp=pl.col("return_at") + timedelta(seconds=0.5))
    written = made.log.filter(pl.col("event") == "edit_cell").join(at, on=["user_id", "timestamp"])
    assert written.height == shown.height == made.truth["rows"]["restored"] > 0
    assert made.truth["summary"]["effects"]["p3"]["effect_seconds"] == 0


def test_a_staged_launch_treats_more_of_those_who_come_later_and_search_longer() -> None:
    users = drawn("staged", users=300, weeks=3, attendance_share=0.3).users.with_columns(
        day=(pl.col("assigned_at") - pl.col("assigned_at").min()).dt.total_days()
    )
    assert users["day"].n_unique() == 10
    early, late = users.filter(pl.col("day") < 4), users.filter(pl.col("day") > 6)
    treated = [(part["arm"] == "treatment").mean() for part in (early, late)]
    assert treated == pytest.approx([0.1, 0.9], abs=0.1)
    assert late["search_factor"].median() > 2 * early["search_factor"].median()


def test_companies_are_assigned_as_wholes_and_named_in_both_files() -> None:
    made = drawn("companies", users=100, weeks=2, attendance_share=0.3)
    assert made.assignments is not None
    arms = made.assignments.group_by("company").agg(pl.col("variant").n_unique())
    assert arms["variant"].to_list() == [1] * arms.height
    named = made.assignments.select("user_id", "company")
    assert made.log.join(named, on=["user_id", "company"], how="anti").is_empty()


def test_only_the_first_marker_costs_where_people_learn_and_novelty_is_soon_gone() -> None:
    for preset, costs in (("learning", True), ("novelty", False)):
        rows = drawn(preset, users=60).interruptions.filter(~pl.col("gave_up_with"), "noticed")
        effect = pl.col("lag_with_seconds") - pl.col("lag_without_seconds")
        hit = rows.filter(~pl.col("gave_up_without"), "arrow_right").with_columns(effect=effect)
        first = hit.filter(pl.col("exposures") == 0)["effect"].mean()
        later = hit.filter(pl.col("exposures") >= 3)["effect"].mean()
        assert (first > 40) is costs
        assert later < -20 if costs else abs(later) < abs(first) / 4


def test_users_leave_for_good_or_change_their_ids_at_the_launch() -> None:
    last = (
        drawn("churn", users=60, weeks=4, stretches_per_day_mean=1)
        .log.group_by("user_id")
        .agg(pl.col("timestamp").max())
    )
    left = last["timestamp"] < last["timestamp"].max() - timedelta(days=7)
    assert 0.35 < left.mean() < 0.65
    made = drawn("new_ids", users=60, weeks=2, stretches_per_day_mean=1)
    assert made.assignments is not None
    launch = made.assignments["assigned_at"][0]
    changed = made.users.filter(pl.col("new_user_id").is_not_null())
    assert 20 < changed.height < 50
    for users, before in ((changed["user_id"], True), (changed["new_user_id"], False)):
        rows = made.log.filter(pl.col("user_id").is_in(users.to_list()))
        assert rows.height
        assert ((rows["timestamp"] < launch) == before).all()
    logged = set(made.log["user_id"])
    assert set(made.interruptions["user_id"]) <= logged
    assert set(changed["new_user_id"]) <= set(made.assignments["user_id"])
    assert not set(changed["user_id"]) & set(made.assignments["user_id"])
