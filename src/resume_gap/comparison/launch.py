"""When the marker was launched, compared with what the log spans."""

from typing import Final, NamedTuple

from resume_gap.analysis.summaries import instant
from resume_gap.constants import COMPARED_DAYS, PLACEBOS_LEAST, SERIES_DAYS
from resume_gap.errors import DataError, UsageError
from resume_gap.settings import Settings

_NEEDED: Final = int(COMPARED_DAYS.value + PLACEBOS_LEAST.value + SERIES_DAYS.value) - 1
"""Days before a launch that make for placebos enough."""


class LoggedSpan(NamedTuple):
    """What a log spans.

    Attributes:
        first_us: Earliest event.
        last_us: Latest event.
    """

    first_us: int
    last_us: int


def asked(settings: Settings) -> None:
    """Refuse a run that does not say when the marker was launched.

    Raises:
        UsageError: Neither a date nor a roll-out is given.
    """
    if settings.launch_us is None and settings.rollout is None:
        raise UsageError(
            "nobody says when the marker was launched; give --launch DATE, or --rollout FILE "
            "(unit, launched_at) where units got it one after the other"
        )


def inside(launch_us: int, span: LoggedSpan) -> None:
    """Refuse a launch before which, or after which, nothing was logged.

    Raises:
        DataError: The launch is outside of the log.
    """
    if span.first_us < launch_us <= span.last_us:
        return
    nothing = "before" if launch_us <= span.first_us else "after"
    raise DataError(
        f"--launch {instant(launch_us)}: the log spans {instant(span.first_us)} to "
        f"{instant(span.last_us)}, so nothing of it was logged {nothing} the launch; give the "
        f"date on which people first saw the marker, and a log that begins {_NEEDED} days before"
    )
