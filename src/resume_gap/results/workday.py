"""Where and when work stops, and one interruption to look at; on the page only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One interruption of one person, to be drawn: what a marker would have done."""

    person: str | None
    """The id, with --show-ids only; None: whoever knows the log need not learn who it was."""
    date: str | None
    """In the log's zone, with --show-ids only."""
    events: tuple[tuple[float, str, str | None, bool], ...]
    """(seconds since midnight, event name, element, productive), in order."""
    stop_seconds: float
    return_seconds: float
    work_seconds: float | None
    """First productive event back."""
    pointed: str | None
    """Where a marker at the last element touched would have pointed."""
    place: str | None
    """Where work went on."""
    hit: bool

    @property
    def gap_seconds(self) -> float:
        """How long the person was away."""
        return self.return_seconds - self.stop_seconds

    @property
    def reorientation_seconds(self) -> float | None:
        """From the first event back to work; None where no work was seen within the cap."""
        return None if self.work_seconds is None else self.work_seconds - self.return_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingPlace:
    """An element or a page where work stops."""

    target: str
    interruptions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPath:
    """What people did first after a return, up to the first productive event."""

    first: str
    """The first event back, as it may be shown."""
    work: str | None
    """The first productive event; None: none was seen within the cap."""
    at_once: bool
    """The first event back is productive already."""
    interruptions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapShares:
    """The gaps between events as shares of all gaps, users capped; lengths in seconds."""

    bins: tuple[tuple[float, float, float], ...]
    """(from, to, share), without holes."""
    beyond_threshold: float
    """Share that is longer than the threshold."""
    too_short: float
    """Share in bins that end below what may be printed."""
    doublings: tuple[tuple[float, float, float], ...]
    """(from, to, share) by doublings of the length; the shortest begins at 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workday:
    """Where and when work stops; on the page only, never in the JSON."""

    gaps: GapShares | None
    """None: the log holds no two events of one user at different times."""

    day: Day | None
    """One interruption to look at, at which the marker would have been right."""
    miss: Day | None = None
    """One at which it would have been wrong."""
    week: tuple[tuple[int, ...], ...]
    """7 x 24 counts of stops in mid-task: Monday first, hour of the day in the log's zone."""
    places: tuple[StoppingPlace, ...]
    """The elements where work stops most, none of a small group (quality/small_groups.py)."""
    pages: tuple[StoppingPlace, ...] = ()
    """The contexts where work stops most, likewise."""
    paths: tuple[FirstPath, ...] = ()
    """What people did first after a return, the most frequent first, likewise."""

    @property
    def stops(self) -> int:
        """All stops of the week."""
        return sum(map(sum, self.week))

    @property
    def busiest(self) -> tuple[int, int, int]:
        """(weekday, hour, stops) of the hour with most stops, the earliest of equals."""
        most = max(map(max, self.week))
        day = next(i for i, row in enumerate(self.week) if most in row)
        return day, self.week[day].index(most), most
