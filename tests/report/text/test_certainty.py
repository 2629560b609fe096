"""How sure a headline is, in a clause."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from factories.plan_results import plan
from factories.results import changed, full

from resume_gap.report.text import certainty


@pytest.mark.parametrize(
    ("excess", "says"),
    [
        ({}, "at least 95 % confident of this range"),
        ({"word": "depends_on_matching"}, "at least 95 % confident of this range"),
        ({"ci_lower": None}, ""),
        ({"lower": None}, ""),
    ],
)
def test_of_the_extra_time_it_is_the_whole_of_three_intervals(
    excess: dict[str, Any], says: str
) -> None:
    assert certainty.of_extra_time(changed(full(), excess=excess)) == says


def test_where_the_threshold_matters_it_is_of_this_one() -> None:
    some = changed(full(), threshold={"sensitive": ("excess",)})
    assert certainty.of_extra_time(some) == (
        "at least 95 % confident of this range for gaps over 30 min"
    )


def test_that_nothing_can_be_measured_rests_on_so_many_interruptions() -> None:
    def counted(**found: int) -> str:
        return certainty.of_unmeasurable(changed(full(), counts=found))

    assert counted(interruptions=110, users_interrupted=2, users=5) == (
        "counted, not estimated, over 110 interruptions, but of only 2 of 5 users;"
        " others may differ"
    )
    assert counted(interruptions=110, users_interrupted=25, users=40) == (
        "counted, not estimated, over 110 interruptions of 25 of 40 users"
    )
    assert counted(interruptions=0) == ""


def test_of_a_mean_and_of_a_share_it_is_their_interval() -> None:
    assert certainty.of_mean(full()) == "95 % confident of 65 s to 80 s"
    assert certainty.of_share(full()).startswith("95 % confident of ")
    mean = full().reorientation.mean
    without = changed(full(), reorientation={"mean": replace(mean, ci_lower=None)})
    assert certainty.of_mean(without) == ""


def test_of_a_plan_it_is_what_the_spread_of_one_log_makes_of_it() -> None:
    users, alike = "95 % confident of 4,826 to 8,752 users", "if this log is typical"
    assert certainty.of_plan(plan()) == f"{users} with one look, {alike}"
    once = replace(plan(), plan=replace(plan().plan, looks=1))
    assert certainty.of_plan(once) == f"{users}, {alike}"
    narrow = replace(once, plan=replace(once.plan, needed_lower=once.plan.needed_upper))
    assert certainty.of_plan(narrow) == f"95 % confident of 8,752 users, {alike}"
    unknown = replace(plan(), plan=replace(plan().plan, needed_lower=None))
    assert certainty.of_plan(unknown) == ""
