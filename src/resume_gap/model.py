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
RolesSource = Literal["configured", "suggested", "none"]
GAP_CLASSES = ("up_to_1h", "1h_4h", "4h_16h", "16h_72h", "over_72h")
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
    tau_seconds: float
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
class Roles:
    """Which event names count as what, and who said so."""

    source: RolesSource
    productive: tuple[str, ...]
    completing: tuple[str, ...]
    away: tuple[str, ...]
    ignored: tuple[str, ...]
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
class Analysis:
    """Everything `analyze` found; one object behind JSON, terminal and page."""

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
    gap_histogram: tuple[tuple[float, float], ...]
    """(lower edge of a bin of log2 seconds, in seconds; weight of the gaps in it, users capped)."""
    week: tuple[tuple[int, ...], ...]
    """7 x 24 counts of stops in mid-task: Monday first, hour of the day in the log's zone."""
    places: tuple[Place, ...]
    """The elements where work stops most, at least five users each."""
    data_quality: tuple[Check, ...]
    judgements: Mapping[str, str] = field(default_factory=dict)
    """Name of every judgement number to its value, unit and reason."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """File name to SQL, in the order that ran; for the page's methods, not for the JSON."""


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
