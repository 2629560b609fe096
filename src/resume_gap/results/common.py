"""What all results share: units, the words of the tables, estimates, findings, JSON types.

JSON, terminal and page are renderings of one frozen result, so they cannot disagree. Times inside
are integer microseconds UTC; results are seconds (float) in fields named `*_seconds`, instants
are ISO-8601 text in fields named `*_at`, shares lie in [0, 1]. A number that cannot be had is
None, with a reason beside it; never NaN, never 0.
"""

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeVar

from resume_gap import units

T = TypeVar("T")
V = TypeVar("V")

SCHEMA_VERSION = 2
US = units.US
DAY_US = units.DAY_US

Severity = Literal["note", "warn", "error"]
BlindReason = Literal[
    "starts_lost",
    "several_people",
    "first_event_is_work",
    "too_coarse",
    "order_unknown",
    "work_apart",
    "sessions_cut",
    "too_sparse",
    "roles_too_thin",
]
"""Why a log cannot show re-orientation at all, in the order of judgement."""
RecommendationReason = Literal[
    "below_the_marks",
    "above_the_marks",
    "worth_a_test",
    "give_ups",
    "known_well_enough",
    "too_uncertain",
    "too_little",
    "depends_on_threshold",
    "depends_on_events",
    "no_elements",
    "no_interruptions",
    "no_productive_events",
    "order_unknown",
    "first_event_is_work",
    "too_coarse",
    "starts_lost",
    "several_people",
    "work_apart",
    "sessions_cut",
    "too_sparse",
    "roles_too_thin",
    "elements_do_not_recur",
    "element_names_vary",
    "work_without_elements",
    "elements_in_fixed_order",
    "work_on_new_elements",
    "elements_too_large",
]
ThresholdSource = Literal["given", "learned", "fallback"]
ThresholdReason = Literal[
    "given",
    "prediction",
    "valley",
    "too_little",
    "no_valley",
    "kinds_of_users",
    "kinds_of_work",
    "starts_lost",
    "rare_in_resamples",
    "moves_in_resamples",
]
Word = Literal["build", "test", "do_not_build", "not_enough_data", "cannot_be_measured"]
ExcessWord = Literal["longer", "includes_zero", "depends_on_matching"]
RolesSource = Literal["configured", "suggested", "none"]
GAP_CLASSES = ("up_to_1h", "1h_4h", "4h_16h", "16h_72h", "over_72h")
GAP_CLASS_HOURS = (1, 4, 16, 72)
GAP_CLASS_ENDS_US = tuple(hours * units.HOUR_US for hours in GAP_CLASS_HOURS)
"""The longest gap of every class but the last, which has none."""
REASONS = ("mid_task", "away_event", "completed", "idle", "unknown")


SUSPECTS = "suspected_bots.txt"
"""Beside the report: ids of users who never rest, as --exclude-users reads them."""
SUSPECTS_HEAD = "user_id"
"""Its first line, so that no id is taken for a header."""

FLAT = {"flat": True}
"""Metadata of a field whose own fields stand beside its neighbors in JSON."""
INTERNAL = {"internal": True}
"""Metadata of a field that is not in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file (or table) that was read."""

    path: str
    """As given, never made absolute."""
    sha256: str | None
    """Of the file's bytes; of a frame of Python, of its content."""
    rows: int
    """Rows that were read from it."""
    first_at: str | None
    """First instant of its rows."""
    last_at: str | None
    """Last instant of its rows."""
    simulated: bool = False
    """Whether it says that a simulation wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnhashedInput(Input):
    """A frame of Python whose content has no digest."""

    reason: str
    """Why it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLedger:
    """Rows read = rows used + rows dropped by reason."""

    read: int
    """Rows of the log."""
    used: int
    """Those that are events."""
    dropped: Mapping[str, int]
    """The others by reason."""

    @property
    def all_dropped(self) -> int:
        """Rows that were dropped for any reason."""
        return sum(self.dropped.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding about the data's quality."""

    check: str
    """A stable name in snake_case."""
    severity: Severity
    """`note`, `warn` or `error`."""
    count: int
    """How many of what the message counts."""
    share: float | None
    """Of the rows, users or gaps that the message names; None where no share makes sense."""
    action: str = ""
    """What was done, or what to do, in a few words."""
    message: str = ""
    """One sentence; names from the data in it are untrusted text. Both are made from the code,
    the figures and the names (`report/text/findings`) when a command hands over its result."""
    short: str = field(default="", metadata=INTERNAL)
    """The message in a few words, made like it; empty where the code has none."""
    figures: Mapping[str, float | int] = field(default_factory=dict, metadata=INTERNAL)
    names: tuple[str, ...] = field(default=(), metadata=INTERNAL)
    """Untrusted text from the data, or what the page calls a user."""
    words: tuple[Word, Word] | None = field(default=None, metadata=INTERNAL)
    """The recommendation for the sampled users with the rows in question and without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 95 % confidence interval; all None where it cannot be had."""

    estimate: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None

    @classmethod
    def of(cls, interval: tuple[float | None, float | None, float | None]) -> Self:
        """The same of (estimate, lower, upper), as the functions of `stats` return it."""
        estimate, ci_lower, ci_upper = interval
        return cls(estimate=estimate, ci_lower=ci_lower, ci_upper=ci_upper)

    def __neg__(self) -> Self:
        """The number with the other sign, so that the ends of its interval change places."""
        ends = (self.estimate, self.ci_upper, self.ci_lower)
        at, low, high = (None if value is None else -value for value in ends)
        return type(self)(estimate=at, ci_lower=low, ci_upper=high)


NO_ESTIMATE = Estimate()
"""A number that cannot be had."""


def figure(made: Callable[[T], V]) -> Callable[[T], V]:
    """Mark a property of a result as a figure of its own, made of the fields: JSON shows it.

    It stands between `@property` and the function.
    """
    made.is_figure = True  # type: ignore[attr-defined]
    return made


def plain(value: object) -> Any:  # noqa: ANN401 - JSON is any of its types
    """A result as JSON types: dicts, lists, text, finite numbers, None.

    A part that is grouped for readers of the code only (`FLAT`) is flat in JSON. Figures that are
    made of others (`figure`) follow the fields.

    Raises:
        ValueError: On NaN or infinity; a result must say None and a reason instead.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found: dict[str, Any] = {}
        for each in dataclasses.fields(value):
            if each.metadata.get("internal"):
                continue
            content = plain(getattr(value, each.name))
            found |= content if each.metadata.get("flat") else {each.name: content}
        members = (each for kind in reversed(type(value).__mro__) for each in vars(kind).items())
        for name, each in members:
            if getattr(getattr(each, "fget", None), "is_figure", False):
                found[name] = plain(getattr(value, name))
        return found
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"a result holds {value!r}")
    return value
