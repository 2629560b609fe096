"""The unit of numbers by their magnitudes."""

import duckdb
import pytest

from resume_gap.sources.time_units import median_unit, plausible, unit_bounds
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US


def test_median_unit() -> None:
    assert median_unit({}) is None
    assert median_unit({"small": 3, "ms": 2}) == "s"
    assert median_unit({"s": 1, "us": 5}) == "us"
    assert median_unit({"us": 1, "small": 1}) == "s"
    assert median_unit({"ms": 1, "ns": 1}) == "ms"
    assert median_unit({"ms": 1, "ns": 2}) == "ns"


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (0, "small"),
        (10**8 - 1, "small"),
        (-(10**8), "s"),
        (10**11 - 1, "s"),
        (10**11, "ms"),
        (10**14 - 1, "ms"),
        (10**14, "us"),
        (10**17 - 1, "us"),
        (10**17, "ns"),
        (10**30, "ns"),
    ],
)
def test_each_number_is_of_one_magnitude(number: int, unit: str) -> None:
    with duckdb.connect() as con:
        found = [
            name
            for name, condition in unit_bounds()
            if con.execute(f"select {condition} from (select {number}::hugeint as x)").fetchone()
            == (True,)
        ]
    assert found == [unit]
    assert [name for name, _ in unit_bounds()] == ["small", "s", "ms", "us", "ns"]


def test_numbers_lie_in_the_accepted_years_or_not() -> None:
    first, after = CLOCK_FROM_US // 10**6, CLOCK_BEFORE_US // 10**6
    with duckdb.connect() as con:
        for (unit, condition), scale in zip(plausible(), (1, 10**3, 10**6, 10**9), strict=True):
            sql = f"select {condition} from (select unnest(?::hugeint[]) as x)"
            numbers = [first * scale - 1, first * scale, after * scale - 1, after * scale]
            found = [row[0] for row in con.execute(sql, [numbers]).fetchall()]
            assert found == [False, True, True, False], unit
    assert [unit for unit, _ in plausible()] == ["s", "ms", "us", "ns"]
