"""Units of time, and numbers with theirs."""

import pytest

from resume_gap.units import DAY_US, EPOCH, HOUR_US, MINUTE_US, US, WEEK_US, Constant, iso_instant


def test_units_are_microseconds() -> None:
    assert (US, MINUTE_US, HOUR_US) == (10**6, 60 * 10**6, 3_600 * 10**6)
    assert (DAY_US, WEEK_US) == (86_400 * 10**6, 604_800 * 10**6)


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (1_500_000, "1970-01-01T00:00:01.500000Z"),
    ],
)
def test_an_instant_is_iso_text(us: int, text: str) -> None:
    assert iso_instant(us) == text
    assert EPOCH.timestamp() == 0


def test_an_instant_beyond_all_years_overflows() -> None:
    with pytest.raises(OverflowError):
        iso_instant(2**62)


def test_a_number_in_seconds_has_microseconds() -> None:
    assert Constant(1.5, "s", "").us == 1_500_000
    assert Constant(0.000_000_6, "s", "").us == 1
    for unit in ("", "min"):
        with pytest.raises(ValueError, match="no microseconds"):
            _ = Constant(1.5, unit, "").us
