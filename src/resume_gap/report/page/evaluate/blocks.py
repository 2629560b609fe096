"""The charts of a trial and of its plan as data; all words in them are ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One difference with its interval; `name` and `label` are ours."""

    name: str
    estimate: float
    lower: float | None
    upper: float | None
    label: str
    second: bool = False
    """Drawn in the second colour and shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesChart:
    """Differences in seconds around 0."""

    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsChart:
    """By so many seconds, shares of both arms that were back at work, and that left again."""

    points: tuple[tuple[float, float, float, float, float], ...]
    """(seconds, control finished, control left, treatment finished, treatment left)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksChart:
    """The smallest effect found, week by week, in seconds."""

    once: tuple[tuple[float, float], ...]
    """With one look at the end: (weeks, seconds)."""
    band: tuple[tuple[float, float, float], ...]
    """(weeks, lower, upper) of the same."""
    looks: tuple[tuple[float, float], ...]
    looks_label: str
    wanted: float
    wanted_label: str
    known_weeks: float | None
    """What lies beyond is longer than the log tells."""
