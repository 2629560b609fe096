"""Ids that may be made anew every day, by hand."""

from __future__ import annotations

import polars as pl
import pytest

from resume_gap.quality.day_ids import day_id_checks
from resume_gap.results.common import DAY_US


def users(
    of_a_day: int = 95, longer: int = 5, *, days: int = 4, on_first: int = 0, returns: int = 1
) -> pl.DataFrame:
    """Users of a day, spread over some days, and others who stay to the end."""
    first = [0 if n < on_first else n % days for n in range(of_a_day)] + [0] * longer
    span = [DAY_US - 1] * of_a_day + [DAY_US] * longer
    return pl.DataFrame({"first_us": [day * DAY_US for day in first], "span": span}).select(
        "first_us",
        last_us=pl.col("first_us") + pl.col("span"),
        returns=pl.lit(returns),
    )


def test_nearly_nobody_is_seen_on_two_days() -> None:
    (check,) = day_id_checks(users())
    assert (check.check, check.count, check.share) == ("ids_of_a_day", 95, 0.95)


@pytest.mark.parametrize(
    ("sums", "is_found"),
    [
        (users(94, 6), False),
        (users(50, 0), True),
        (users(49, 0), False),
        (users(returns=0), False),  # who comes once says nothing
        (users(days=3), False),  # a log of nearly three days
        (users(100, 0, on_first=33), True),
        (users(100, 0, on_first=70), False),  # all began on one day
        (users(0, 0), False),
    ],
)
def test_the_limits(sums: pl.DataFrame, *, is_found: bool) -> None:
    assert bool(day_id_checks(sums)) == is_found
