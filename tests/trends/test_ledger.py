"""Predictions and outcomes meet by their seal."""

from __future__ import annotations

from typing import Any

import pytest
from factories.summaries import SEAL, estimate, launch, summary

from resume_gap.trends.ledger import ledger
from resume_gap.trends.reports import read_report


def entries(*reports: tuple[dict[str, Any], str | None]) -> Any:
    read = [read_report(f"r{n}", content, seal) for n, (content, seal) in enumerate(reports)]
    return ledger(read)


def test_a_launch_is_joined_with_the_run_that_predicted_it() -> None:
    (entry,) = entries((summary(), SEAL), (launch(), None))
    assert (entry.predicted_in, entry.measured_in) == ("r0", "r1")
    assert (entry.status, entry.word, entry.seal) == ("measured", "better", SEAL)
    assert {row.name: row.agreement for row in entry.rows} == {
        "reorientation_mean_seconds": "agrees",
        "saving_at_most_seconds": "above",
        "scenario:middle": "above",
        "hit": None,
    }
    assert [row.name for row in entry.rows if row.at_most] == ["saving_at_most_seconds"]


def test_a_prediction_without_a_launch_is_open() -> None:
    (entry,) = entries((summary(), "ab" * 32))
    assert (entry.status, entry.measured_in, entry.rows) == ("open", None, ())


def test_a_plan_that_keeps_a_prediction_is_no_launch() -> None:
    plan = summary(command="plan")
    (entry,) = entries((plan, SEAL))
    assert (entry.status, entry.predicted_in, entry.measured_in) == ("open", "r0", None)
    found = entries((summary(), SEAL), (plan, SEAL), (launch(), None))
    assert [(one.predicted_in, one.measured_in) for one in found] == [("r0", "r2")]


def test_a_launch_without_a_result_is_no_outcome() -> None:
    content = launch()
    for row in content["evaluation"]["predicted"]:
        row["measured"] = estimate(None)
    (entry,) = entries((content, None))
    assert entry.status == "withheld"


def test_two_launches_may_be_held_against_one_prediction() -> None:
    found = entries((summary(), SEAL), (launch(10), None), (launch(20), None))
    assert [(one.predicted_in, one.measured_in) for one in found] == [("r0", "r1"), ("r0", "r2")]


def test_a_run_without_a_prediction_makes_no_entry() -> None:
    assert entries((summary(), None), (launch(seal=None), None)) == ()


@pytest.mark.parametrize(
    ("name", "measured", "agreement"),
    [
        ("saving_at_most_seconds", (2.0, 1.0), "agrees"),
        ("saving_at_most_seconds", (-30.0, 1.0), "agrees"),
        ("saving_at_most_seconds", (24.0, 2.0), "above"),
        ("saving_at_most_seconds", (24.0, 3.0), "agrees"),
        ("reorientation_mean_seconds", (-30.0, 1.0), "below"),
        ("reorientation_mean_seconds", (15.5, None), "agrees"),
        ("reorientation_mean_seconds", (14.5, None), "below"),
    ],
)
def test_a_figure_agrees_where_the_intervals_meet(
    name: str, measured: tuple[float, float | None], agreement: str
) -> None:
    content = launch()
    row = {"name": name, "predicted": estimate(18.0, 3.0), "measured": estimate(*measured)}
    content["evaluation"]["predicted"] = [row]
    ((found,),) = [entry.rows for entry in entries((content, None))]
    assert found.agreement == agreement
