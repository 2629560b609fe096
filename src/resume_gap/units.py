"""Units of time inside, integer microseconds since 1970, and numbers with unit and reason."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

US: Final = 1_000_000
"""Microseconds in a second."""
MINUTE_US: Final = 60 * US
HOUR_US: Final = 60 * MINUTE_US
DAY_US: Final = 24 * HOUR_US
WEEK_US: Final = 7 * DAY_US
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The instant 0."""


def iso_instant(us: int) -> str:
    """An instant as ISO text in UTC, with `Z` and without empty parts of a second.

    Raises:
        OverflowError: It lies beyond the years 1 to 9999.
    """
    return (EPOCH + timedelta(microseconds=us)).isoformat().replace("+00:00", "Z")


def local_time(us: int, tz: str) -> datetime:
    """An instant in a time zone.

    Args:
        us: Microseconds since 1970 in UTC.
        tz: IANA name of the zone.
    """
    return datetime.fromtimestamp(us / US, tz=UTC).astimezone(ZoneInfo(tz))


def rows_that(count: int, many: str, one: str) -> str:
    """How a sentence about rows begins: `2 rows have`, `1 row has`."""
    return f"{count:,} row {one}" if count == 1 else f"{count:,} rows {many}"


class Constant(NamedTuple):
    """One number somebody had to choose.

    Attributes:
        value: The number, in `unit`.
        unit: Unit of `value`; empty for a pure number.
        reason: Why this number, in one clause.
    """

    value: float
    unit: str
    reason: str

    @property
    def us(self) -> int:
        """The value as integer microseconds; only for a number in seconds."""
        if self.unit != "s":
            raise ValueError(f"a number in {self.unit!r} has no microseconds")
        return round(self.value * US)
