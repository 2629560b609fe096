"""Which thresholds are asked about beside the own, and which results depend on it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
from oracles.log import SECOND

from resume_gap.analysis import sensitivity
from resume_gap.analysis.recommendation import Decision
from resume_gap.analysis.sensitivity import complete_row, grid_us, sensitive, threshold_row
from resume_gap.analysis.target_rules import SizingInputs
from resume_gap.replay.returns import ThresholdTotals, cap_us
from resume_gap.settings import Settings

if TYPE_CHECKING:
    import pytest


def test_grid_and_what_depends_on_it() -> None:
    assert [us // SECOND for us in grid_us(600 * SECOND)] == [300, 600, 900, 1200, 1800, 3600]
    assert [us // SECOND for us in grid_us(1800 * SECOND)] == [900, 1800, 3600]
    values = {"a": [10.0, 12.0, 9.0], "b": [10.0, 13.0, None], "c": [None], "d": [-1.0, 1.0]}
    headline = {"a": 10.0, "b": 10.0, "c": None, "d": 1.0}
    assert sensitive(values, headline) == ["b", "d"]
    # A quarter is not over a quarter; 0 has no sign.
    quarter = {"a": [7.5, 12.5], "b": [-12.5, -7.5], "c": [0.0, 0.0]}
    assert sensitive(quarter, {"a": 10.0, "b": -10.0, "c": 0.0}) == []
    assert sensitive({"b": [-12.6]}, {"b": -10.0}) == ["b"]


# The rows, by hand -------------------------------------------------------------------------------

TOTAL = ThresholdTotals(
    threshold_us=90_000_000,
    has_productive=True,
    returns=9,
    interruptions=7,
    users_interrupted=3,
    eligible=4,
    productive=3,
    reorientation_us=10_000_000,
)


def test_a_row_says_what_returns_alone_show() -> None:
    row = threshold_row(TOTAL)
    assert (row.seconds, row.returns, row.interruptions, row.users_interrupted) == (90, 9, 7, 3)
    assert (row.reorientation_mean_seconds, row.productive_share) == (2.5, 0.75)
    for none in (
        threshold_row(TOTAL, blind=True),
        threshold_row(replace(TOTAL, eligible=0)),
        threshold_row(replace(TOTAL, has_productive=False)),
    ):
        assert (none.reorientation_mean_seconds, none.productive_share) == (None, None)
        assert none.returns == 9


def test_a_complete_row_has_the_figures_of_its_own_best_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def minutes(_: object, best: str, sizing: SizingInputs, *, interruptions: int) -> float:
        assert (best, sizing.cap_us, interruptions) == ("last_touched", cap_us(90_000_000), 7)
        return 1.5

    monkeypatch.setattr(sensitivity, "minutes_at", minutes)
    monkeypatch.setattr(
        sensitivity, "at_threshold", lambda _: SimpleNamespace(lower=20.0, upper=30.0)
    )

    def sums(eligible: int) -> Any:
        return SimpleNamespace(
            columns={"eligible": np.array([eligible, 0])}, of=lambda *_: np.array([1, 2])
        )

    decided = Decision(word="test", reason="worth_a_test", best="last_touched", figures={})
    sizing = SizingInputs(settings=Settings(), cap_us=5, weeks=2.0)
    row = complete_row(TOTAL, sums(4), decided, sizing)
    assert (row.hit, row.minutes_per_user_week, row.policy) == (0.75, 1.5, "last_touched")
    assert (row.excess_lower_seconds, row.excess_upper_seconds, row.word) == (20, 30, "test")
    for given in ((sums(0), decided, sizing), (sums(4), decided, None), (sums(4), None, sizing)):
        none = complete_row(TOTAL, *given)
        assert (none.hit, none.minutes_per_user_week) == (None, None)
    assert none.word == "not_enough_data"
    assert complete_row(TOTAL, sums(0), decided, sizing).excess_lower_seconds is None
    thinned = complete_row(TOTAL, sums(4), decided, sizing, thinned=True)
    assert (thinned.excess_upper_seconds, thinned.hit) == (None, 0.75)
