"""What a resume marker could save under assumptions, on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factories.results import changed, full

from resume_gap.report.page.analyze.assumptions import SwingRow, SwingsChart, assumptions
from resume_gap.report.page.model import Figure, Paragraph, Table
from resume_gap.results.common import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

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
    assert figure.chart.middle == 1.41
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


def test_swings_reach_from_the_middle_to_each_end(
    layers: Callable[[Any], list[dict[str, Any]]],
) -> None:
    row = SwingRow(name="noticed", low=1.0, high=5.0, low_label="20 %", high_label="80 %")
    low, low_word, high, high_word, middle = layers(SwingsChart(rows=(row,), middle=3.0))
    assert low["rows"] == [{"name": "noticed", "seconds": 3.0, "end": 1.0}]
    assert high["rows"] == [{"name": "noticed", "seconds": 3.0, "end": 5.0}]
    assert (low_word["mark"]["text"], low_word["mark"]["align"]) == ("20 %", "right")
    assert (high_word["mark"]["text"], high_word["mark"]["align"]) == ("80 %", "left")
    assert middle["rows"] == [{"seconds": 3.0}]
