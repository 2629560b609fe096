"""Time zones and instants."""

from datetime import date, datetime, time
from typing import Any, Final

from resume_gap.options.values import Unfit, ValueKind


class Zone(ValueKind[str]):
    """A time zone of the database of time zones, the same on every machine."""

    wanted = "a time zone like Europe/Berlin"

    def parse(self, text: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - costs a help page

        if text in ("localtime", "posixrules", "Factory") or text.startswith(("posix/", "right/")):
            # These are other zones on other machines, or known to Python only.
            raise Unfit
        try:
            return ZoneInfo(text).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Unfit from None


class Instant(ValueKind[Any]):
    """A date (its midnight) or an ISO instant, to a datetime.

    Without an offset it is in the zone of the run, which is not known here: `settings` makes
    microseconds of it.
    """

    annotation = "str | date"

    def __init__(self, first_year: int, last_year: int) -> None:
        self._first, self._last = first_year, last_year
        self.bounds = f"{first_year} to {last_year}"
        self.wanted = f"a date from {self.bounds}, like 2026-03-01 or 2026-03-01T09:30+01:00"

    def parse(self, text: str) -> datetime:
        try:
            return self.take(datetime.fromisoformat(text.strip()))
        except (ValueError, OverflowError):
            raise Unfit from None

    def take(self, value: object) -> datetime:
        if isinstance(value, str):
            return self.parse(value)
        if not isinstance(value, date):
            raise Unfit
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        if not self._first <= moment.year <= self._last:
            raise Unfit
        return moment


LOG_INSTANT: Final = Instant(1970, 2099)
"""An instant that a log may hold."""
