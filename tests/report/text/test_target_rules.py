"""What a resume marker could do, in sentences that page and screen share."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from factories.before_launch import marker
from factories.results import changed, full

from resume_gap.report.text import target_rules

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis


def aimed(best: str | None) -> Analysis:
    return changed(full(), marker={"best": best})


def test_the_best_rule_is_the_one_named_if_it_has_a_figure() -> None:
    found = target_rules.best(aimed("longest_dwell"))
    assert found is not None
    assert found.name == "longest_dwell"
    assert target_rules.best(aimed(None)) is None
    blind = tuple(dataclasses.replace(p, hit=None) for p in marker().policies)
    assert target_rules.best(changed(full(), marker={"policies": blind})) is None


def test_a_rule_nobody_knows_goes_by_its_name() -> None:
    assert target_rules.rule("last_productive") == "last element worked on"
    assert target_rules.rule("next_week") == "next week"


@pytest.mark.parametrize(
    ("often", "short", "long"),
    [
        (
            0.09,
            "less than once in ten weeks per active person",
            "less than once in ten weeks per active person",
        ),
        (9.94, "9.9 times a week per active person", "9.9 times a week per active person"),
        (21.6, "22 times a week per active person", "21.6 times a week per active person"),
    ],
)
def test_how_often_people_are_interrupted(often: float, short: str, long: str) -> None:
    run = changed(full(), opportunity={"interruptions_per_user_week": often})
    assert target_rules.times_a_week(run) == short
    assert target_rules.times_a_week(run, one_decimal=True) == long


def test_how_often_is_not_known() -> None:
    run = changed(full(), opportunity={"interruptions_per_user_week": None})
    assert target_rules.times_a_week(run) is None


def test_the_hit_rate_stands_beside_the_chance_baseline() -> None:
    assert target_rules.pointed(aimed("last_productive")) == (
        "A resume marker at the last element worked on would have hit in 58 % of the "
        "interruptions; the chance baseline is 19 %"
    )
    assert (target_rules.pointed(aimed("recent_three")) or "").startswith("Resume markers at the ")
    alone = tuple(dataclasses.replace(p, chance=None) for p in marker().policies)
    said = target_rules.pointed(changed(full(), marker={"policies": alone})) or ""
    assert said.endswith("58 % of the interruptions")
    assert target_rules.pointed(aimed(None)) is None


def test_the_lift_and_the_hits_have_their_intervals() -> None:
    some = dataclasses.replace(
        marker().policies[0], lift=0.39, lift_ci_lower=0.34, lift_ci_upper=0.44, ci_lower=0.5
    )
    some = dataclasses.replace(some, ci_upper=0.6)
    assert target_rules.above_chance(some) == "39 points [34, 44]"
    assert target_rules.hit_interval(some) == "[50 %, 60 %]"
    assert target_rules.above_chance(dataclasses.replace(some, lift_ci_lower=None)) == "39 points"
    assert target_rules.above_chance(dataclasses.replace(some, lift=None)) is None


def test_the_most_that_could_be_saved_by_week_or_by_interruption() -> None:
    assert target_rules.at_most(full()) == ("2.6 minutes", "person and week")
    each = changed(full(), opportunity={"minutes_per_user_week": None})
    assert target_rules.at_most(each) == ("7.3 s", "interruption")
    none = {"minutes_per_user_week": None, "search_upper_seconds": None}
    assert target_rules.at_most(changed(full(), opportunity=none)) is None


def test_why_there_is_no_upper_bound() -> None:
    assert target_rules.no_upper_bound(full()) == (
        "too few users for an interval, and without one there is no upper end"
    )
    own = changed(full(), opportunity={"reason": "no_elements"})
    of_the_marker = changed(full(), opportunity={"bounds": ()}, marker={"reason": "no_elements"})
    said = target_rules.no_upper_bound(own)
    assert "names no elements" in said
    assert target_rules.no_upper_bound(of_the_marker) == said


@pytest.mark.parametrize(
    ("often", "shown", "exactly"),
    [
        (0.1, "0.1", "0.1"),
        (9.94, "9.9", "9.9"),
        (9.96, "10", "10.0"),
        (15.4, "15", "15.4"),
    ],
)
def test_times_a_week_are_whole_from_ten_on(often: float, shown: str, exactly: str) -> None:
    found = changed(full(), opportunity={"interruptions_per_user_week": often})
    assert target_rules.times_a_week(found) == f"{shown} times a week per active person"
    text = target_rules.times_a_week(found, one_decimal=True)
    assert text == f"{exactly} times a week per active person"


def test_seldom_and_unknown_are_no_number() -> None:
    for often, text in (
        (0.09, "less than once in ten weeks per active person"),
        (None, None),
    ):
        found = changed(full(), opportunity={"interruptions_per_user_week": often})
        assert target_rules.times_a_week(found) == text


def test_hit_rate_and_baselines_add_up_as_printed() -> None:
    (some,) = (p for p in full().marker.policies if p.name == full().marker.best)
    apart = dataclasses.replace(
        some, hit=0.397, chance=0.054, lift=0.343, habit=None, lift_over_habit=None
    )
    assert target_rules.printed(apart) == ("39.7 %", "5.4 %", "34.3 points", None, None)
    odd = dataclasses.replace(apart, lift=0.2)
    assert target_rules.printed(odd).lift == "20 points"
    bare = dataclasses.replace(apart, chance=None, lift=None)
    assert target_rules.printed(bare) == ("40 %", None, None, None, None)
