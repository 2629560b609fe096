"""Units of time inside: integer microseconds."""

from typing import Final

US: Final = 1_000_000
"""Microseconds in a second."""
MINUTE_US: Final = 60 * US
DAY_US: Final = 86_400 * US
WEEK_US: Final = 7 * DAY_US
