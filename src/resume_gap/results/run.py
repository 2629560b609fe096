"""What every command reports about the log it read; the base of each command's result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resume_gap.constants import STOPS_ALIKE_SHARE
from resume_gap.results.common import (
    US,
    BlindReason,
    Check,
    Input,
    RolesSource,
    RowLedger,
    ThresholdReason,
    ThresholdSource,
    Word,
)
from resume_gap.results.reorientation import Reorientation


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which event names count as what, and where that comes from."""

    source: RolesSource
    """Where the roles come from: `configured`, `suggested` by name, or `none` at all."""
    productive: tuple[str, ...]
    """Event names that are work."""
    completing: tuple[str, ...]
    """Event names that end a task."""
    away: tuple[str, ...]
    """Idle events."""
    ignored: tuple[str, ...]
    """Event names that no person caused."""
    marker: tuple[str, ...] = ()
    """Events of the marker itself; never in the outcome."""
    agent: tuple[str, ...] = ()
    """Caused by an assistant or automation; no part of what the person did."""
    productive_events: int
    """Used events that are work."""
    productive_share: float
    """Of the used events that are not idle events."""
    away_share: float
    """Share of the rows used that are idle events."""
    leading: tuple[tuple[str, int], ...]
    """The most frequent event names with their counts, to choose from."""
    unnamed: Mapping[str, int] = field(default_factory=dict)
    """By role, and for `leading`, how many names are not shown because too few users have them (or
    too few would be left); empty where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How fine the stamps are, as most of the gaps show it."""

    seconds: float
    """0 where the stamps are finer than a second."""
    users_minute: int
    """Users with stamps of whole minutes or coarser ones."""
    users_second: int
    """Users with stamps of whole seconds, or of a few."""
    users_indexed: int
    """Users with minute stamps and a second added per event."""

    @property
    def finest_seconds(self) -> float:
        """The finest difference that may be printed."""
        return 2 * self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityRow:
    """The figures at one inactivity threshold, as a run with that threshold would have them."""

    seconds: float
    """The threshold."""
    returns: int
    """Returns at this threshold."""
    interruptions: int
    """Interruptions at this threshold."""
    users_interrupted: int
    """Users with one."""
    reorientation_mean_seconds: float | None
    """Mean re-orientation time of its interruptions."""
    productive_share: float | None
    """Share of them with productive work within the cap."""
    excess_lower_seconds: float | None = None
    excess_upper_seconds: float | None = None
    """None where such a run would show none."""
    policy: str | None = None
    """The best target rule at this threshold; hit and minutes are its own."""
    hit: float | None = None
    """Hit rate of this rule."""
    minutes_per_user_week: float | None = None
    """Upper bound of what a marker could save, minutes per user and week."""
    word: Word | None = None
    """The recommendation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The inactivity threshold (theta) and how much depends on it."""

    seconds: float
    """A longer gap ends a session."""
    source: ThresholdSource
    """`given`, `learned` from the gaps, or the `fallback` where nothing could be learned."""
    ci_lower: float | None
    """Lower end of its 95 % interval over resamples of users; None unless it was learned."""
    ci_upper: float | None
    """Upper end of the same."""
    reason: ThresholdReason
    """Why this threshold: `given` with --gap, in the `prediction` file, a `valley` of the gaps; or
    why the default: `too_little` to learn from, `no_valley`, a valley between `kinds_of_users` or
    `kinds_of_work`, one `rare_in_resamples` of users, or one that `moves_in_resamples`."""
    night_seconds: float | None
    """A deeper valley beyond two hours, reported and never used."""
    sensitive: tuple[str, ...]
    """The results that move more than a quarter, or change sign, with the limit."""
    sensitivity: tuple[SensitivityRow, ...]
    """The figures at other thresholds."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Behind the reason: `valley_depth` (share), `gaps` and `users`, `resamples_share`, or
    `valley_seconds` and the `event_share` of the gaps up to four times of it."""
    event: str | None = None
    """The event that those gaps follow; None: not asked, or few users have it."""

    @property
    def half_to_double(self) -> tuple[SensitivityRow, ...]:
        """The figures at thresholds from half of this one to double of it."""
        lowest, highest = (round(part * self.seconds * US) for part in (0.5, 2))
        return tuple(r for r in self.sensitivity if lowest - 1 <= r.seconds * US <= highest + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each thing there are."""

    events: int
    """Rows of the log that are used."""
    users: int
    """Users with an event that is used."""
    users_interrupted: int
    """Users with an interruption."""
    streams: int
    """Streams: a user's events on one clock; more than users where a log has several clocks."""
    sessions: int
    """Runs of events without a gap longer than the threshold."""
    returns: int
    """First events after a gap longer than the threshold."""
    interruptions: int
    """Returns whose stop was in mid-task; with --all-returns all returns."""
    not_returned: int
    """Stops without a return before the end of the log."""
    reasons: Mapping[str, int]
    """Returns by reason; every reason is present."""
    gap_classes: Mapping[str, int]
    """Interruptions by gap class (returns, where nothing productive is known); all classes."""
    followed_7d: int
    """Mid-task stops (all stops, where nothing productive is known) with seven days behind them."""
    return_rate_7d: float | None
    """Share of those that came back within seven days."""
    device_changed: int
    """Returns on another device."""
    first_at: str | None = None
    last_at: str | None = None
    """The first and the last instant of the events used, as ISO text; None: not known."""

    @property
    def by_gap_class(self) -> int:
        """All that `gap_classes` divides."""
        return sum(self.gap_classes.values())

    def is_mostly(self, reason: str) -> bool:
        """Whether nearly all returns followed a stop for this reason."""
        return self.share_of(reason) >= STOPS_ALIKE_SHARE.value

    def share_of(self, reason: str) -> float:
        """Share of the returns that followed a stop for this reason; 0 without a return."""
        return self.reasons.get(reason, 0) / self.returns if self.returns else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurability:
    """Whether the log can show re-orientation at all (section 1 of the method)."""

    reason: BlindReason | None = None
    """Why it cannot; every figure that needs it is None for this reason. None: it can, or there
    are too few interruptions to judge by."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """What was judged: `eligible` interruptions, `zero_share` whose first event is work,
    `median_lag_seconds` of the other ones that reached work (absent: none did),
    `resolution_seconds`, `batch_share` that begin in a batch upload, `lost_share` of all returns
    that begin in rows that are not there, beyond chance, `turns_share` of the work
    under ids of several people at once, `ids_of_several` 1 where another column has them,
    `session_events` of the median session, `full_share` of the sessions of exactly `full_events`
    where the log seems to cut them,
    `beside_share` of the sessions with work that hold something else, and where roles are suggested
    by name `productive_share` and `not_understood_share` of the events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFrom:
    """What a result was made from; nothing else may change it."""

    inputs: tuple[Input, ...]
    """The files of the log."""
    settings: Mapping[str, Any]
    """Every option that can change a figure, with its value."""
    beside: tuple[Input, ...] = ()
    """Files that were read beside the log: assignments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """How the figures came about; for the page, not for the JSON."""

    constants: Mapping[str, str] = field(default_factory=dict)
    """Name of every judgment number to its value, unit and reason."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """File name to SQL, in the order of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What every command says of the log it read."""

    tool_version: str
    """Version of resume-gap."""
    command: str
    generated_from: GeneratedFrom
    rows: RowLedger
    columns: Mapping[str, str | None]
    """Event column to the file's column; None where the log has none."""
    roles: Roles
    resolution: Resolution
    threshold: Threshold
    counts: Counts
    reorientation: Reorientation
    measurability: Measurability = field(default_factory=Measurability)
    data_quality: tuple[Check, ...]
    methods: Methods = field(default_factory=Methods)
