"""Where a difference shows."""

from __future__ import annotations

from typing import Any

from factories.pages import figure
from factories.trial_results import better

from resume_gap.report.text.numbers import exact, percent


def test_hits_and_misses_are_not_swapped() -> None:
    chart: Any = figure("evaluate", "hit-or-miss").chart
    groups = {g.value: g.effect.estimate for g in better().evaluation.mechanism.groups}
    assert {row.name: row.value for row in chart.rows} == {
        "likely a hit": groups["hit"],
        "likely a miss": groups["miss"],
    }
    assert [row.second for row in chart.rows] == [False, True]


def test_arms_stand_in_their_table() -> None:
    found = figure("evaluate", "arms")
    chart: Any = found.chart
    points = {exact(seconds): shares for seconds, *shares in chart.points}
    assert found.table.columns[1:] == (
        "without the marker: back at work",
        "without the marker: left again",
        "with the marker: back at work",
        "with the marker: left again",
    )
    for row in found.table.rows:
        assert row[1:] == tuple(percent(share) for share in points[row[0]])
    first = better().evaluation.curves[-1]
    assert chart.points[-1] == (
        first.seconds,
        first.control_finished,
        first.control_left,
        first.treatment_finished,
        first.treatment_left,
    )
