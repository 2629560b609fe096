"""The charts of a page as data, apart from how they are drawn; all words in them are ours."""

from dataclasses import dataclass
from typing import ClassVar


class Chart:
    """Whatever `charts.svg` can draw."""

    __slots__ = ()
    narrow: ClassVar[bool] = False
    """Whether the chart fits a telephone as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsChart(Chart):
    """Distribution of the gaps between events, with the inactivity threshold."""

    bins: tuple[tuple[float, float, float], ...]
    """(from seconds, to seconds, share of the gaps), without holes."""
    threshold_seconds: float
    threshold_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart(Chart):
    """Share of the interruptions that were productive by t."""

    points: tuple[tuple[float, float], ...]
    end_label: str
    other: tuple[tuple[float, float], ...] = ()
    """The same of uninterrupted work, where there is such a curve."""
    other_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart(Chart):
    """7 x 24 counts, Monday first."""

    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChart(Chart):
    """Pace of the first steps after a return, as multiples of the steady pace."""

    steps: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """Hits of one target rule; `name` is ours."""

    name: str
    hit: float
    lower: float | None
    upper: float | None
    chance: float | None
    habit: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliciesChart(Chart):
    """Target rules side by side."""

    rows: tuple[PolicyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """One bound in seconds; `name` is ours."""

    name: str
    upper: float
    ci_lower: float | None
    ci_upper: float | None
    may_hurt: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsChart(Chart):
    """The bounds from fewest to most assumptions, with the upper bound."""

    rows: tuple[BoundRow, ...]
    upper_bound_seconds: float | None
    upper_bound_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingRow:
    """One assumption at its ends: seconds and what was assumed, in words of ours."""

    name: str
    low: float
    high: float
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingsChart(Chart):
    """How far each assumption moves the middle scenario."""

    rows: tuple[SwingRow, ...]
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """One event of a day; its lane is a place, None where it has none."""

    seconds: float
    lane: int | None
    productive: bool
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChart(Chart):
    """One day of one person, and the events around one absence of it."""

    marks: tuple[DayMark, ...]
    stop_seconds: float
    return_seconds: float
    absence_label: str
    lanes: tuple[str, ...]
    """Places around the absence, from the data, as shown."""
    before: tuple[DayMark, ...]
    after: tuple[DayMark, ...]
    skipped: int
    """Events before work went on that are not drawn one by one; they stand before the last."""
    pointed_lane: int | None
    place_lane: int | None
    work_index: int | None
    """Which of `after` is where work went on."""


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
class DifferencesChart(Chart):
    """Differences in seconds around 0."""

    narrow: ClassVar[bool] = True

    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsChart(Chart):
    """By so many seconds, shares of both arms that were back at work, and that left again."""

    points: tuple[tuple[float, float, float, float, float], ...]
    """(seconds, control finished, control left, treatment finished, treatment left)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksChart(Chart):
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
    """What lies beyond is longer than the log."""
