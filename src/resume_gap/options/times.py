"""Time zones and instants."""

import difflib
from datetime import date, datetime, time
from typing import Any, Final

from resume_gap.options.values import LONGEST_TEXT, Unfit, ValueKind

_CLOSE: Final = 0.75
"""How alike a name must be to be suggested."""
_LONGEST_ABBREVIATION: Final = 4
"""Letters of names like CEST, which are no misspelled cities."""


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

    def hint(self, value: object) -> str:
        """The zone whose name, or whose city, is nearest."""
        from zoneinfo import available_timezones  # noqa: PLC0415 - as above

        if not isinstance(value, str) or len(value) <= _LONGEST_ABBREVIATION:
            return ""
        zones = sorted(zone for zone in available_timezones() if "/" in zone)
        cities = {_folded(zone.rpartition("/")[2]): zone for zone in zones}
        known = {**cities, **{_folded(zone): zone for zone in zones}}
        folded = _folded(value[:LONGEST_TEXT])
        close = difflib.get_close_matches(folded, known, n=1, cutoff=_CLOSE)
        return f" (did you mean {known[close[0]]}?)" if close else ""


def _folded(name: str) -> str:
    return name.casefold().replace("_", " ")


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
