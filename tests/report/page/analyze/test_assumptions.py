"""What a resume marker could save under assumptions, on the page."""

from __future__ import annotations

from typing import Any

from factories.results import changed, full

from resume_gap.report.page.analyze.assumptions import assumptions, control
from resume_gap.report.page.model import Figure, Paragraph, ScenarioControl, Table
from resume_gap.results.common import Estimate

MINUS = "\N{MINUS SIGN}"


def shown(kind: type, **more: Any) -> list[Any]:
    blocks = assumptions(changed(full(), opportunity=more))
    return [block for block in blocks if isinstance(block, kind)]


def test_every_scenario_is_a_row_and_the_middle_one_has_the_interval() -> None:
    (table,) = shown(Table)
    assert table.rows == (
        ("low", "20 %", "30 %", "5 s", f"{MINUS}0.1 s"),
        ("middle", "50 %", "60 %", "2 s", "1.4 s [1.0 s, 1.8 s]"),
        ("high", "80 %", "90 %", "0 s", "4.4 s"),
    )
    (table,) = shown(Table, middle=Estimate(estimate=1.41))
    assert table.rows[1][4] == "1.4 s"


def test_assumptions_that_move_most_come_first() -> None:
    (figure,) = shown(Figure)
    assert [row[0] for row in figure.table.rows] == [
        "search removed",
        "markers noticed",
        "cost of a miss",
    ]
    assert figure.table.rows[2] == ("cost of a miss", "0 s", "1.8 s", "5 s", "0.8 s")
    assert {row.value for row in figure.chart.rows} == {1.41}
    assert shown(Figure, tornado=()) == []
    assert shown(Figure, middle=Estimate()) == []


def test_all_at_once_and_where_it_breaks_even() -> None:
    _, together, even = shown(Paragraph)
    assert together.text == (
        "Over all combinations of the low and high values it runs from "
        f"{MINUS}1.2 s to 4.4 s per interruption."
    )
    assert even.text == (
        "In the middle scenario a marker needs a hit rate of 21 % to save more than it costs; this "
        "rule's is 58 %."
    )
    assert len(shown(Paragraph, joint_upper_seconds=None, break_even_hit=None)) == 1


def test_the_control_begins_at_the_upper_bound_and_knows_every_scenario() -> None:
    (found,) = control(full())
    assert isinstance(found, ScenarioControl)
    sized = full().opportunity
    assert (found.search_upper_seconds, found.per_week) == (
        sized.search_upper_seconds,
        sized.interruptions_per_user_week,
    )
    first, *others = found.cases
    assert (first.noticed, first.removed, first.wrong_cost_seconds) == (1, 1, 0)
    assert [(c.noticed, c.removed, c.wrong_cost_seconds) for c in others] == [
        (s.noticed, s.removed, s.wrong_cost_seconds) for s in sized.scenarios
    ]
    assert control(changed(full(), opportunity={"search_upper_seconds": None})) == ()
