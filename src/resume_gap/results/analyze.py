"""The frozen results and the units they are in; imported by all, imports nothing of ours.

JSON, terminal and page are renderings of one `Analysis`, so they cannot disagree. Times inside
are integer microseconds UTC; results are seconds (float) in fields named `*_seconds`, instants
are ISO-8601 text in fields named `*_at`, shares lie in [0, 1]. A number that cannot be had is
None, with a reason beside it; never NaN, never 0.
"""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA_VERSION = 1
US = 1_000_000
"""Microseconds in a second."""
DAY_US = 86_400 * US

Severity = Literal["note", "warn", "error"]
ThresholdSource = Literal["given", "learned", "fallback"]
Word = Literal["build", "test", "do_not_build", "not_enough_data"]
RolesSource = Literal["configured", "suggested", "none"]
GAP_CLASSES = ("up_to_1h", "1h_4h", "4h_16h", "16h_72h", "over_72h")
GAP_CLASS_ENDS_US = tuple(hours * 3600 * US for hours in (1, 4, 16, 72))
"""The longest gap of every class but the last, which has none."""
REASONS = ("mid_task", "away_event", "completed", "idle", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file (or table) that was read."""

    path: str
    """As given, never made absolute."""
    sha256: str
    rows: int
    first_at: str | None
    last_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLedger:
    """Rows read = rows used + rows dropped by reason."""

    read: int
    used: int
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding about the data's quality."""

    check: str
    """A stable name in snake_case."""
    severity: Severity
    count: int
    share: float | None
    """Of the rows, users or gaps that the message names; None where no share makes sense."""
    action: str
    """What was done, or what to do, in a few words."""
    message: str
    """One sentence; names from the data in it are untrusted text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 95 % interval; all None where it cannot be had."""

    estimate: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityRow:
    """The figures at one pause limit; the cap stays that of the headline limit."""

    seconds: float
    returns: int
    interruptions: int
    users_interrupted: int
    reorientation_mean_seconds: float | None
    productive_share: float | None
    excess_seconds: float | None = None
    """None where the headline's is, or where too few moments are found at this limit."""
    hit: float | None = None
    """Of the headline's best policy."""
    minutes_per_user_week: float | None = None
    word: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The pause limit (theta) and how much hangs on it."""

    seconds: float
    source: ThresholdSource
    ci_lower: float | None
    ci_upper: float | None
    reason: str
    """Why this limit, in one clause."""
    night_seconds: float | None
    """A deeper valley beyond two hours, reported and never used."""
    sensitive: tuple[str, ...]
    """The results that move more than a quarter, or change sign, with the limit."""
    sensitivity: tuple[SensitivityRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each thing there are."""

    events: int
    users: int
    users_interrupted: int
    streams: int
    sessions: int
    returns: int
    interruptions: int
    not_returned: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorientation:
    """What came after the interruptions (section 4 of the method)."""

    reason: str | None
    """Why the figures are None (`no_productive_events`, `no_interruptions`), or None."""
    observed: int | None
    censored: int | None
    abandoned: int | None
    abandoned_by_leaving: int | None
    log_end: int | None
    observed_median_seconds: float | None
    """Median lag of the observed, None when under half of the interruptions are observed."""
    eligible: int
    """Interruptions with return + cap inside the log; mean and shares are over these."""
    cap_seconds: float
    mean: Estimate
    reached_mean_seconds: float | None
    """Mean lag of those that reached work within the cap."""
    not_reached_seconds: float | None
    """The part of the mean that the cap sets: share not reached x cap."""
    set_by_cap: bool | None
    """More than half of the mean is the cap: the productive share is the headline then."""
    productive_share: float | None
    productive: Estimate
    """The productive share with its interval."""
    zero_share: float | None
    detours_none_share: float | None
    target_return_median_seconds: float | None
    """Median time back to the element last touched, over the interruptions (returns, where nothing
    productive is known) that got there."""
    target_returned_share: float | None
    curve: tuple[tuple[float, float], ...]
    """(seconds t, share of the eligible that were productive by t)."""
    by_gap_class: tuple["GapClassRow", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapClassRow:
    """Re-orientation after interruptions of one length."""

    gap_class: str
    eligible: int
    mean_seconds: float | None
    productive_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessRow:
    """The excess of interruptions of one length."""

    gap_class: str
    eligible: int
    excess: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """Longer than the same work uninterrupted (section 5 of the method), seconds."""

    reason: str | None
    """Why there is no figure: `no_productive_events`, `no_interruptions`, `no_moments`,
    `too_few_moments`, `depends_on_matching`, `early_moments_differ`; or None."""
    estimate: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None
    own_slots: float | None = None
    """Share of the slots filled with a comparison moment of the person's own."""
    own_returns: float | None = None
    """Share of the interruptions with at least one."""
    stop: Estimate = Estimate()
    """Moments after an event named like the stop event; the estimate, unless there is a reason."""
    first_back: Estimate = Estimate()
    """The companion: moments named like the first event back."""
    control: Estimate = Estimate()
    """Early moments against later ones, as if the early were returns; 0 is expected."""
    by_gap_class: tuple[ExcessRow, ...] = ()
    curve: tuple[tuple[float, float, float], ...] = ()
    """(seconds t, share of the interruptions productive by t, share of the moments)."""
    moments_mean_seconds: float | None = None
    """Mean re-orientation time of the comparison moments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Pace of the productive steps after a return against the person's steady pace."""

    reason: str | None
    """Why there is none: `no_productive_events`, `no_interruptions`, `too_coarse`,
    `too_few_steps`; or None."""
    steady_seconds: float | None = None
    """Median over users of the median time between two productive steps in steady work."""
    interruptions: int = 0
    """Interruptions it was read from; of large logs, those of users chosen by hash."""
    steps: tuple[tuple[int, float, int], ...] = ()
    """(step 1..20 after the first productive one, median pace as a multiple of the steady one,
    interruptions that got so far)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one arrow would have shown, over eligible interruptions; shares in [0, 1]."""

    name: str
    reason: str | None
    """Why its shares are None (`order_unknown`), or None."""
    pointed: float | None
    """Share with an element to point at."""
    already_there: float | None
    hit: float | None
    ci_lower: float | None
    ci_upper: float | None
    """Of `hit`."""
    hit_in_3: float | None
    context_hit: float | None
    """None where the log has no contexts."""
    addressable: float | None
    chance: float | None
    lift: float | None
    lift_ci_lower: float | None
    lift_ci_upper: float | None
    """None under 50 hits."""
    habit: float | None
    lift_over_habit: float | None
    lift_over_habit_ci_lower: float | None
    lift_over_habit_ci_upper: float | None
    word: Word | None
    """What section 7's rules say of this policy alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """Hits of one policy within one group of the interruptions."""

    group: str
    """`all_returns`, `gap_class`, `context` or `segment:COLUMN`."""
    value: str
    policy: str
    eligible: int
    users: int
    hit: float
    ci_lower: float | None
    ci_upper: float | None
    chance: float
    habit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The decision word; `build` still means behind an A/B test."""

    word: Word
    reason: str
    numbers: Mapping[str, float | int | str]
    """What the word rests on (`decide.recommend`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Marker replay: would the arrow have pointed at the right place?"""

    reason: str | None
    """Why nothing can be said: `no_productive_events`, `no_elements`, `no_interruptions`."""
    policies: tuple[Policy, ...] = ()
    best: str | None = None
    recommendation: Recommendation | None = None
    place_without_element: float | None = None
    """Share of the interruptions that reached work on an event without an element: misses."""
    near: float | None = None
    """Positions this close counted as the same element; None: elements were compared."""
    hits: tuple[HitRow, ...] = ()
    """All policies for all returns and by gap class; the best one by context and segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Bounds on the seconds per interruption that an arrow could spare, under one assumption."""

    rung: int
    assumption: str
    lower: float | None
    """None where it may hurt, by nobody knows how much."""
    upper: float | None
    """None without an interruption."""
    ci_lower: float | None
    """95 % interval of `upper` over users."""
    ci_upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Seconds per interruption under three assumed numbers; below 0 it costs time."""

    name: str
    noticed: float
    removed: float
    wrong_cost_seconds: float
    saving_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoRow:
    """One assumption at its low and at its high value, the others in the middle."""

    name: str
    low: float
    high: float
    saving_at_low_seconds: float
    saving_at_high_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """How much an arrow of the best policy could save at most (section 7 of the method)."""

    reason: str | None
    policy: str | None = None
    bounds: tuple[Bound, ...] = ()
    search_upper_seconds: float | None = None
    """Per interruption: the upper end of rung 4's interval."""
    minutes_per_user_week: float | None = None
    minutes_per_100_users_week: float | None = None
    interruptions_per_user_week: float | None = None
    scenarios: tuple[Scenario, ...] = ()
    tornado: tuple[TornadoRow, ...] = ()
    joint_lower_seconds: float | None = None
    joint_upper_seconds: float | None = None
    middle: Estimate = Estimate()
    """The middle scenario with its interval over users, the assumptions held."""
    break_even_hit: float | None = None
    gave_up_right: int | None = None
    """Left again although the arrow would have been right: interruptions."""
    gave_up_right_seconds: float | None = None
    """At most so many seconds per interruption; never added to a rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """One value of a column asked for with `--by`; differences are exploration only."""

    column: str
    value: str
    users: int
    eligible: int
    mean: Estimate
    productive_share: float | None
    hit: Estimate
    """Of the best policy."""
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One interruption of one person, to be drawn: what an arrow would have done."""

    person: str
    """A pseudonym, or the id with --show-ids."""
    date: str
    """In the log's zone."""
    events: tuple[tuple[float, str, str | None, bool], ...]
    """(seconds since midnight, event name, element, productive), in order."""
    stop_seconds: float
    return_seconds: float
    work_seconds: float | None
    """First productive event back."""
    pointed: str | None
    """Where an arrow at the last element touched would have pointed."""
    place: str | None
    """Where work went on."""
    hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which event names count as what, and who said so."""

    source: RolesSource
    productive: tuple[str, ...]
    completing: tuple[str, ...]
    away: tuple[str, ...]
    ignored: tuple[str, ...]
    marker: tuple[str, ...] = ()
    """Said by the marker itself; never in the outcome."""
    productive_events: int
    productive_share: float
    """Of the used events that are not absence events."""
    away_share: float
    """Share of the rows used that are absence events."""
    leading: tuple[tuple[str, int], ...]
    """The most frequent event names with their counts, to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How fine the stamps are, as most of the gaps show it."""

    seconds: float
    """0 where the stamps are finer than a second."""
    users_minute: int
    users_second: int
    users_indexed: int
    """Users with minute stamps and a second added per event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An element where work stops."""

    target: str
    interruptions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What every command says of the log it read."""

    tool_version: str
    command: str
    inputs: tuple[Input, ...]
    settings: Mapping[str, Any]
    rows: RowLedger
    columns: Mapping[str, str | None]
    """Event column to the file's column; None where the log has none."""
    roles: Roles
    resolution: Resolution
    threshold: Threshold
    counts: Counts
    reorientation: Reorientation
    data_quality: tuple[Check, ...]
    beside: tuple[Input, ...] = ()
    """Files that were read beside the log: assignments."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Name of every judgement number to its value, unit and reason."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """File name to SQL, in the order that ran; for the page's methods, not for the JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis(Run):
    """Everything `analyze` found; one object behind JSON, terminal and page."""

    excess: Excess
    recovery: Recovery
    marker: Marker
    opportunity: Opportunity
    segments: tuple[SegmentRow, ...]
    day: Day | None
    """One interruption to look at; on the page only, never in the JSON."""
    gap_histogram: tuple[tuple[float, float], ...]
    """(lower edge of a bin of log2 seconds, in seconds; weight of the gaps in it, users capped)."""
    week: tuple[tuple[int, ...], ...]
    """7 x 24 counts of stops in mid-task: Monday first, hour of the day in the log's zone."""
    places: tuple[Place, ...]
    """The elements where work stops most, at least five users each."""


def plain(value: object) -> Any:  # noqa: ANN401 - JSON is any of its types
    """A result as JSON types: dicts, lists, text, finite numbers, None.

    Raises:
        ValueError: On NaN or infinity; a result must say None and a reason instead.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"a result holds {value!r}")
    return value
