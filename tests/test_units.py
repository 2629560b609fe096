"""Units of time, and numbers with theirs."""

import pytest

from resume_gap.units import DAY_US, MINUTE_US, US, WEEK_US, Constant


def test_units_are_microseconds() -> None:
    assert (US, MINUTE_US, DAY_US, WEEK_US) == (10**6, 60 * 10**6, 86_400 * 10**6, 604_800 * 10**6)


def test_a_number_in_seconds_has_microseconds() -> None:
    assert Constant(1.5, "s", "").us == 1_500_000
    assert Constant(0.000_000_6, "s", "").us == 1
    for unit in ("", "min"):
        with pytest.raises(ValueError, match="no microseconds"):
            _ = Constant(1.5, unit, "").us
