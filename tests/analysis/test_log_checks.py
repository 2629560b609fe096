"""Short logs and rows at one instant, by hand."""

from __future__ import annotations

import polars as pl
import pytest

from resume_gap.analysis.log_checks import length_checks, order_checks
from resume_gap.pipeline.tally import Tally
from resume_gap.results.common import DAY_US


def sums(*spans: tuple[float, float]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "first_us": [round(first * DAY_US) for first, _ in spans],
            "last_us": [round(last * DAY_US) for _, last in spans],
        }
    )


@pytest.mark.parametrize(
    ("spans", "count", "days"),
    [
        ([(0, 0.5), (2, 2.75)], 3, 2.75),
        ([(0, 0.25)], 1, 0.25),
        ([(1, 3.25)], 2, 2.25),
    ],
)
def test_a_short_log_counts_its_days(
    spans: list[tuple[float, float]], count: int, days: float
) -> None:
    (check,) = length_checks(sums(*spans))
    assert (check.check, check.severity, check.count) == ("short_log", "warn", count)
    assert check.figures["days"] == pytest.approx(days)


def test_a_log_of_three_days_is_not_short() -> None:
    assert length_checks(sums((0, 1), (2, 3))) == []


def test_ties_matter_where_a_rule_depends_on_them() -> None:
    tally = Tally(ties=30, rows=120)
    (check,) = order_checks(("last_touched",), tally)
    assert (check.count, check.share) == (30, 0.25)
    assert order_checks((), tally) == []
