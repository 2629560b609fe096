"""Which scenario of a prediction comes nearest to what was measured."""

from __future__ import annotations

import pytest

from resume_gap.results.common import NO_ESTIMATE, Estimate
from resume_gap.results.predicted import PredictedRow, held_against


def row(name: str, predicted: float | None, measured: float | None = 4.0) -> PredictedRow:
    return PredictedRow(
        name=name,
        predicted=Estimate(estimate=predicted),
        measured=Estimate(estimate=measured),
        n_predicted=70,
        n_measured=30,
    )


SCENARIOS = (row("scenario:low", 1.0), row("scenario:middle", 5.0), row("scenario:high", 9.0))


@pytest.mark.parametrize(
    ("saved", "nearest"),
    [(4.0, ("middle",)), (3.0, ("low", "middle")), (-2.0, ("low",)), (8.0, ("high",))],
)
def test_the_nearest_scenario(saved: float, nearest: tuple[str, ...]) -> None:
    """Of first returns; at all interruptions no scenario was predicted."""
    cases = tuple(row(one.name, one.predicted.estimate, saved) for one in SCENARIOS)
    (first, everywhere) = held_against(cases, Estimate(estimate=4.0), n=7)
    assert (first.at, first.saved.estimate, first.n) == ("first_returns", saved, 30)
    assert first.nearest == nearest
    assert (everywhere.at, everywhere.n, everywhere.nearest) == ("all_interruptions", 7, ())


def test_what_is_no_saving_is_not_looked_at() -> None:
    rows = (row("reorientation_mean_seconds", 70.0), row("hit", 0.6))
    assert held_against(rows, Estimate(estimate=3.0)) == ()
    assert [one.is_saving for one in (*rows, row("saving_at_most_seconds", 2.0))] == [0, 0, 1]


def test_one_scenario_is_no_choice_and_nothing_measured_is_no_line() -> None:
    (first,) = held_against(SCENARIOS[:1])
    assert first.nearest == ()
    unknown = tuple(row(one.name, 1.0, None) for one in SCENARIOS)
    assert held_against(unknown, NO_ESTIMATE) == ()
