"""Sentences of a roll-out: reasons, ranks among orders, and what is left of another method."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from factories.launch_results import (
    all_launched,
    methods_part,
    over_all,
    shorter,
    units,
    units_alike,
    young_units,
)

from resume_gap.report.page.compare.headline import headline
from resume_gap.report.text import comparison, rollout

if TYPE_CHECKING:
    from resume_gap.results.compare import Compared

REASONS = (
    "short_history",
    "no_units_after",
    "no_comparison",
    "all_launched",
    "few_units",
    "few_orders",
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_sentences(reason: str) -> None:
    assert rollout.why(reason).endswith(".")
    found = young_units()
    verdict = dataclasses.replace(found.comparison.verdict, reason=reason)
    told = dataclasses.replace(
        found, comparison=dataclasses.replace(found.comparison, verdict=verdict)
    )
    assert rollout.too_little(told) not in ("", "Too little data for a result")
    assert rollout.why("something else") == ""


def test_the_rank_is_among_orders_of_the_launches() -> None:
    assert rollout.ranked(over_all(-16.0, 9.0)) == (
        "Of 999 other orders of the launches, drawn at random, 5 show a change as large (p ="
        " 0.006)."
    )
    assert "none shows a change" in rollout.ranked(over_all(-16.0, 9.0, p=0.001))
    assert "1 shows a change" in rollout.ranked(over_all(-16.0, 9.0, p=0.002))
    assert rollout.ranked(over_all(-16.0, 9.0, p=None)) == ""
    assert comparison.rank(units()) == rollout.ranked(units().comparison.primary)


def test_first_screens_of_roll_outs() -> None:
    assert headline(units()).sentence == "Back at work 16 s faster after the launch than expected"
    assert headline(units_alike()).sentence == "No change detected with the launch"
    assert headline(methods_part()).sentence == (
        "More than the marker came with the roll-out, so no result is shown"
    )
    assert headline(all_launched()).sentence.startswith("Every unit got the marker")
    assert headline(young_units()).sentence.startswith("No launched unit has 8 weeks before")
    figures = headline(units()).figures
    assert figures is not None
    assert [one.value for one in figures.items] == ["62 s", "5 of 999", "17 of 23", "8 of 9"]


def fragile(breakdown: float | None, **more: Any) -> Compared:
    found = units()
    assert found.comparison.second is not None
    second = dataclasses.replace(found.comparison.second, breakdown=breakdown, **more)
    return dataclasses.replace(
        found, comparison=dataclasses.replace(found.comparison, second=second)
    )


def test_a_change_that_little_parting_explains_is_fragile_on_the_first_screen() -> None:
    head = headline(fragile(0.073)).decision
    assert head is not None
    assert head.proviso == "before/after, not causal, and fragile"
    assert head.led_change == (
        "Fragile: if units (by team) drift apart after their launch only 7.3 % as much as"
        " before it, that alone could explain the change of the first 4 weeks."
    )
    assert rollout.fragile(fragile(0.0)).startswith("another method, which does not model")
    for firm in (fragile(1.0), fragile(None), fragile(0.5, is_least=True), units_alike()):
        assert rollout.fragile(firm) == ""
        assert comparison.badge(firm)[1] == "before/after, not causal"


def test_one_date_has_nothing_of_it() -> None:
    assert not rollout.is_staggered(shorter())
    assert rollout.second(shorter()) == rollout.honest(shorter()) == ""


def test_where_the_honest_interval_holds_0_anyway_no_multiple_is_named() -> None:
    found = units()
    second = dataclasses.replace(found.comparison.second, breakdown=0.0, honest_upper=9.0)  # type: ignore[type-var]
    told = dataclasses.replace(
        found, comparison=dataclasses.replace(found.comparison, second=second)
    )
    assert rollout.honest(told).endswith("79 s faster to 9.0 s slower.")
