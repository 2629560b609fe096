"""Savings as predicted and as measured, in one table and one picture."""

from __future__ import annotations

from factories.results import full

from resume_gap.report.page.model import Figure, Table
from resume_gap.report.page.shared.savings import Savings, counted_of, figure, finding, sparing
from resume_gap.results.common import NO_ESTIMATE, Estimate
from resume_gap.results.predicted import AT_MOST, PredictedRow, held_against

SAVED = Estimate(estimate=9.0, ci_lower=4.0, ci_upper=14.0)


def row(name: str, value: float | None) -> PredictedRow:
    predicted = NO_ESTIMATE if value is None else Estimate(estimate=value)
    return PredictedRow(
        name=name, predicted=predicted, measured=SAVED, n_predicted=200, n_measured=90
    )


def savings(*rows: PredictedRow) -> Savings:
    return Savings(rows, held_against(rows), 120.0)


def test_the_finding_sets_both_side_by_side() -> None:
    both = savings(row("scenario:middle", 11.0), row(AT_MOST, 30.0))
    assert finding(both, full()) == ("Measured 9.0 s per interruption; middle scenario 11 s")
    assert finding(savings(row(AT_MOST, 30.0)), full()).startswith("What was predicted")


def test_a_row_each_and_the_nearest_case_in_words() -> None:
    drawn, text = sparing(savings(row("scenario:low", 2.0), row("scenario:high", 10.0)), full())
    assert isinstance(drawn, Figure)
    assert [line[0] for line in drawn.table.rows] == [
        "predicted: low case",
        "predicted: high case",
        "measured: first returns",
    ]
    assert "count up to 2 min" in drawn.table.caption
    assert "The high case lies nearest" in str(text)


def test_without_any_figure_there_is_a_table_and_no_picture() -> None:
    rows = (row("scenario:low", None),)
    drawn, _ = sparing(Savings(rows, (), None), full())
    assert isinstance(drawn, Table)


def test_figures_and_counts_have_a_dash_for_nothing() -> None:
    assert figure(NO_ESTIMATE, full(), like=0.0) == counted_of(None) == "\N{EN DASH}"
    assert figure(Estimate(estimate=0.4), full(), like=0.0, share=True) == "40 %"
    assert counted_of(1_200) == "1,200"
